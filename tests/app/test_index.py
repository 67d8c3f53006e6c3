"""The quick path gives byte for byte what the whole fold gives, whatever happened."""

import json
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, strategies as st

from situation.histories import BEGIN, HOURS, History, history
from situation.testimonies import (
    CHUHUIV,
    CHUHUIV_RAION,
    COUNTRY,
    IZIUM,
    IZIUM_HROMADA,
    IZIUM_RAION,
    IZMAIL,
    KHARKIV_OBLAST,
    REGISTRY,
    VILLAGE,
)
from vidomo.app.decisions import draft_decision, is_ahead
from vidomo.app.house import House
from vidomo.app.index import PlaceIndex
from vidomo.app.offices import draft_office, record_office
from vidomo.app.reader import read_version
from vidomo.core.codec import to_json
from vidomo.core.ids import content_id
from vidomo.core.time import instant_interval
from vidomo.reports.keep import Keeper, version_of
from vidomo.situation.aged import Aged, Kept
from vidomo.situation.fold import Known, fold, state_of
from vidomo.situation.model import PlaceState
from vidomo.situation.rules import dimension_rules
from vidomo.sources.model import Post
from vidomo.sources.registry import SourceChange, SourceEntry
from vidomo.store.model import Draft
from vidomo.store.sqlite import SqliteJournal

SEEDS = st.integers(min_value=0, max_value=2**32 - 1)
EVERYWHERE = (
    IZIUM,
    VILLAGE,
    IZIUM_HROMADA,
    IZIUM_RAION,
    KHARKIV_OBLAST,
    CHUHUIV,
    CHUHUIV_RAION,
    IZMAIL,
    "UA",
)


def drafts_of(told: History, dice: random.Random) -> list[list[Draft]]:
    """Each entry as the records that the house would write, the reading sometimes later."""
    found = []
    for entry in told.entries:
        if entry.known:
            version, reading = entry.known.version, entry.known.reading
            late = timedelta(minutes=dice.choice((0, 0, 0, 5, 200)))
            draft = Draft(
                kind="post",
                id=version.id,
                subject=version.report,
                body=to_json(version),
                recorded_at=entry.recorded_at,
            )
            found.append([draft, _reading(reading, entry.recorded_at + late)])
            if dice.random() < 0.15:
                again = msgspec.structs.replace(
                    reading, reader_version="u", claims=reading.claims[1:]
                )
                found.append([_reading(again, entry.recorded_at + late + timedelta(minutes=90))])
        elif entry.decision:
            found.append(
                [
                    Draft(
                        kind="decision",
                        id=entry.decision.id,
                        subject=entry.decision.id,
                        body=to_json(entry.decision),
                        recorded_at=entry.recorded_at,
                    )
                ]
            )
    return found


def _reading(reading: object, at: datetime) -> Draft:
    return Draft(
        kind="reading",
        id=content_id("rdg", reading.version, reading.reader_version),
        subject=reading.report,
        body=to_json(reading),
        recorded_at=at,
    )


@contextmanager
def indexed(told: History, seed: int) -> Iterator[tuple[PlaceIndex, SqliteJournal]]:
    """A journal of a history with its index, kept up at random moments."""
    dice = random.Random(seed)
    with (
        tempfile.TemporaryDirectory() as folder,
        SqliteJournal.open(Path(folder), clock=lambda: BEGIN) as journal,
    ):
        index = PlaceIndex(journal, gazetteer=COUNTRY, registry_at=lambda _: REGISTRY)
        groups = drafts_of(told, dice)
        if dice.random() < 0.7:  # as it mostly comes; else in any order
            groups.sort(key=lambda group: group[-1].recorded_at)
        for group in groups:
            journal.append(group)
            if dice.random() < (0.3, 0.6, 1.0)[seed % 3]:
                index.catch_up()
                some = dice.choice((0.0, 0.5, 1.0, 1.0))
                index.refresh([c for c in index.tables.all_touched() if dice.random() < some])
        index.catch_up()
        yield index, journal


def folded(told: History, journal: SqliteJournal, *, valid_at: datetime, known_at: datetime):
    """The whole fold over the journal, as the house makes it."""
    readings = {}
    for record in journal.records(kind="reading", known_at=known_at):
        reading = msgspec.json.decode(record.body, type=_READING)
        kept = readings.get(reading.version)
        key = (record.recorded_at, reading.reader_version)
        if kept is None or key >= kept[0]:
            readings[reading.version] = (key, reading)
    known = []
    for record in journal.records(kind="post", known_at=known_at):
        version = msgspec.json.decode(record.body, type=_VERSION)
        if version.id in readings:
            ahead = is_ahead(version, record.recorded_at)
            known.append(Known(version=version, reading=readings[version.id][1], is_ahead=ahead))
    return fold(
        known,
        polls=[e.poll for e in told.entries if e.poll and e.recorded_at <= known_at],
        decisions=[e.decision for e in told.entries if e.decision and e.recorded_at <= known_at],
        valid_at=valid_at,
        known_at=known_at,
        registry=REGISTRY,
        gazetteer=COUNTRY,
    )


_READING = Known.__annotations__["reading"]
_VERSION = Known.__annotations__["version"]


def without_incidents(found: PlaceState) -> PlaceState:
    return msgspec.structs.replace(found, incidents=(), figures=())


def moment(dice: random.Random) -> datetime:
    return BEGIN + timedelta(minutes=dice.randint(0, HOURS * 60 + 300))


@given(SEEDS)
def test_a_place_out_of_the_index_is_the_place_out_of_the_whole_fold(seed: int) -> None:
    told, dice = history(seed), random.Random(seed + 5)
    with indexed(told, seed) as (index, journal):
        for _ in range(3):
            at = {"valid_at": moment(dice), "known_at": moment(dice)}
            whole = folded(told, journal, **at)
            polls = [e.poll for e in told.entries if e.poll and e.recorded_at <= at["known_at"]]
            for place in EVERYWHERE:
                slow = to_json(without_incidents(state_of(whole, place, COUNTRY)))
                for ask in (index._from_words, index.state):
                    quick = ask(place, polls=polls, **at)
                    assert quick is not None
                    assert to_json(quick) == slow


@given(SEEDS)
def test_rows_built_step_by_step_give_what_the_whole_fold_gives(seed: int) -> None:
    told, dice = history(seed), random.Random(seed + 7)
    with indexed(told, seed) as (index, journal):
        index.refresh(index.tables.all_touched())
        index.refresh(EVERYWHERE)
        for _ in range(3):
            at = {"valid_at": moment(dice), "known_at": moment(dice)}
            whole = folded(told, journal, **at)
            polls = [e.poll for e in told.entries if e.poll and e.recorded_at <= at["known_at"]]
            for place in EVERYWHERE:
                quick = index._from_rows(place, polls=polls, **at)
                assert quick is not None
                slow = without_incidents(state_of(whole, place, COUNTRY))
                assert to_json(quick) == to_json(slow)
            country = index.country(polls=polls, **at)
            assert country is not None
            assert set(country) == {one.place for one in whole.places}
            for place, rows in country.items():
                assert rows == state_of(whole, place, COUNTRY).dimensions


def bytes_of(journal: SqliteJournal) -> list[tuple[object, ...]]:
    """Every derived row, without the marks of how far the tables are built."""
    with journal.reading() as connection:
        return [
            tuple(row)
            for table in ("telling", "touch", "line", "shingle", "echo", "phase", "kept")
            for row in sorted(connection.execute(f"select * from {table}"))
        ]


@given(SEEDS)
def test_what_is_derived_can_be_dropped_and_comes_back_bit_for_bit(seed: int) -> None:
    with indexed(history(seed), seed) as (index, journal):
        index.refresh(index.tables.all_touched())
        before = bytes_of(journal)
        index.rebuild()
        index.refresh(index.tables.all_touched())
        assert bytes_of(journal) == before


NIGHT = [
    Post(
        source="izium_mva",
        native_id=str(number),
        text=text,
        posted_at=instant_interval(BEGIN + timedelta(hours=number)),
    )
    for number, text in enumerate(
        (
            "В Ізюмі зникло світло, ремонтні бригади працюють.",
            "Ізюм: чути вибухи. Перебувайте в укриттях.",
            "Інформація щодо постраждалих в Ізюмі уточнюється.",
        )
    )
]
ASKED = {"valid_at": BEGIN + timedelta(hours=9), "known_at": BEGIN + timedelta(days=99)}


def test_a_house_answers_from_the_index_what_the_whole_fold_says(tmp_path: Path) -> None:
    with House.open(tmp_path, clock=lambda: BEGIN + timedelta(hours=3)) as house:
        house.take_in(NIGHT)
        whole = house.situation(**ASKED)
        quick = house.index.state(IZIUM, polls=(), **ASKED)
        assert quick is not None
        assert to_json(quick) == to_json(house.place_state(IZIUM, **ASKED))
        assert quick == without_incidents(state_of(whole, IZIUM, house.gazetteer))
        assert quick.timeline
        country = house.country(**ASKED)
        assert country[IZIUM] == quick.dimensions


def test_an_index_that_is_behind_is_not_asked(tmp_path: Path) -> None:
    with House.open(tmp_path, clock=lambda: BEGIN + timedelta(hours=3)) as house:
        house.take_in(NIGHT[:1])
        before = house.place_state(IZIUM, **ASKED)
        list(Keeper(house.journal).keep(NIGHT[1:]))
        house.catch_up()
        assert house.index.state(IZIUM, polls=(), **ASKED) is None
        assert house.index.country(polls=(), **ASKED) is None
        after = house.place_state(IZIUM, **ASKED)
        assert len(after.timeline) > len(before.timeline)
        assert IZIUM in house.country(**ASKED)
    with House.open(tmp_path, read_only=True) as house:
        assert house.index.state(IZIUM, polls=(), **ASKED) == after


def test_a_decision_moves_the_quick_answer_too(tmp_path: Path) -> None:
    with House.open(tmp_path, clock=lambda: BEGIN + timedelta(hours=3)) as house:
        house.take_in(NIGHT)
        whole = house.situation(**ASKED)
        outage = next(one for one in whole.evidence if one.topic == "impact.power.outage")
        made = draft_decision(whole, "overrule", [outage.claim], reason="not so", by="d", at=BEGIN)
        house.journal.append(
            [Draft(kind="decision", id=made.id, subject=made.id, body=to_json(made))]
        )
    with House.open(tmp_path, read_only=True) as house:
        quick = house.index.state(IZIUM, polls=(), **ASKED)
        assert quick is not None
        whole = house.situation(**ASKED)
        assert quick == without_incidents(state_of(whole, IZIUM, house.gazetteer))
        assert next(d for d in quick.dimensions if d.dimension == "power").phase == "not_reported"


def test_a_large_import_is_left_for_later_and_answers_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vidomo.app.index_making._LITTLE", 2)
    with House.open(tmp_path, clock=lambda: BEGIN + timedelta(hours=3)) as house:
        house.take_in(NIGHT)
        assert house.index.state(IZIUM, polls=(), **ASKED) is None
        slow = house.place_state(IZIUM, **ASKED)
        assert house.index.rebuild() > 0
        assert house.index.state(IZIUM, polls=(), **ASKED) == slow


def test_what_other_rules_have_made_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = lambda: BEGIN + timedelta(hours=3)  # noqa: E731 - a clock in one line
    with House.open(tmp_path, clock=clock) as house:
        house.take_in(NIGHT)
        assert house.index.keep_up()
        told = house.index.state(IZIUM, polls=(), **ASKED)
        with house.journal.deriving() as connection:
            connection.execute("update phase set phase = 'wrong', state = x'7b7d'")
    monkeypatch.setattr("vidomo.app.index_words.rules_version", lambda: "rul_other")
    with House.open(tmp_path, clock=clock, read_only=True) as house:
        assert not house.index.tables.is_current
        assert house.index.state(IZIUM, polls=(), **ASKED) is None
    with House.open(tmp_path, clock=clock) as house:
        assert house.index.keep_up()
        assert house.index.state(IZIUM, polls=(), **ASKED) == told


def test_rebuild_and_the_brief_state_are_commands(run_vidomo, tmp_path: Path) -> None:
    folder = str(tmp_path / "data")
    with House.open(Path(folder), clock=lambda: BEGIN + timedelta(hours=3)) as house:
        house.take_in(NIGHT)
    rebuilt = run_vidomo("store", "rebuild", "--data", folder, "--json")
    assert rebuilt.code == 0
    assert '"places"' in rebuilt.out
    assert "places" in run_vidomo("store", "rebuild", "--data", folder).out
    asked = ("--data", folder, "--valid-at", "2026-01-10T20:00Z")
    brief = run_vidomo("state", IZIUM, "--brief", "--json", *asked)
    whole = run_vidomo("state", IZIUM, "--json", *asked)
    assert brief.code == whole.code == 0
    assert json.loads(brief.out)["dimensions"] == json.loads(whole.out)["dimensions"]
    assert "power" in run_vidomo("state", IZIUM, "--brief", *asked).out


def _differs(seed: int) -> bool:
    """Whether the quick path gives anything else than the whole fold, or than rows made anew."""
    told, dice = history(seed), random.Random(seed + 7)
    with indexed(told, seed) as (index, journal):
        index.refresh(index.tables.all_touched())
        before = bytes_of(journal)
        index.rebuild()
        if bytes_of(journal) != before:
            return True
        for _ in range(4):
            at = {"valid_at": moment(dice), "known_at": moment(dice)}
            whole = folded(told, journal, **at)
            polls = [e.poll for e in told.entries if e.poll and e.recorded_at <= at["known_at"]]
            for place in EVERYWHERE:
                quick = index.state(place, polls=polls, **at)
                if quick != without_incidents(state_of(whole, place, COUNTRY)):
                    return True
    return False


def _forgetful(kept: Kept) -> Aged:
    """A run that forgets what was said before."""
    return Aged(dimension_rules().dimensions[kept.dimension])


@pytest.mark.parametrize(
    ("broken", "feature", "by"),
    [
        ("vidomo.store.index.Index.echoes", "copy", lambda *_: set()),
        ("vidomo.app.index.PlaceIndex._inside", "edit", lambda *_: []),
        ("vidomo.app.index_words.Words.decisions_at", "decision", lambda *_: ()),
        ("vidomo.app.index_words.Words.feeds", "silence", lambda *_, **__: ()),
        ("vidomo.situation.aged.Aged.old_from", "conflict", lambda _: None),
        ("vidomo.situation.telling.valid_from", "edit", lambda _: BEGIN),
        # What may go on from the rows that are there, and what must have them made anew.
        ("vidomo.situation.phase_line._Front.is_above", "conflict", lambda *_: True),
        ("vidomo.app.index_making._is_changed", "edit", lambda *_: False),
        ("vidomo.app.index_making._Before.live", "conflict", lambda *_: []),
        ("vidomo.situation.aged.Aged.of", "conflict", _forgetful),
    ],
)
def test_a_broken_index_is_caught(
    monkeypatch: pytest.MonkeyPatch, broken: str, feature: str, by: object
) -> None:
    monkeypatch.setattr(broken, by)
    if broken.endswith("valid_from"):
        monkeypatch.setattr("vidomo.app.index_reports.valid_from", by)
    seeds = [seed for seed in range(400) if feature in history(seed).features][:40]
    assert any(_differs(seed) for seed in seeds)


def test_a_source_registered_later_counts_from_when_it_was(tmp_path: Path) -> None:
    clock = iter(BEGIN + timedelta(hours=3, minutes=minute) for minute in range(10_000))
    post = Post(
        source="new_channel",
        native_id="1",
        text="В Ізюмі зникло світло, ремонтні бригади працюють.",
        posted_at=instant_interval(BEGIN),
    )
    with House.open(tmp_path, clock=lambda: next(clock)) as house:
        house.take_in([post])
        entry = SourceEntry(
            id="new_channel", body=f"city_military_administration@{IZIUM}", home=IZIUM
        )
        change = SourceChange(source="new_channel", changed_at=BEGIN, what="added", entry=entry)
        before = house.journal.last_recorded_at
        draft = Draft(kind="decision", id="src_1", subject="new_channel", body=to_json(change))
        house.journal.append([draft])
        house.index.keep_up()
        assert house.index.keep_up()
        seen = []
        for known_at in (before, house.journal.last_recorded_at):
            at = {"valid_at": BEGIN + timedelta(hours=1), "known_at": known_at}
            whole = state_of(house.situation(**at), IZIUM, house.gazetteer)
            quick = house.index.state(IZIUM, polls=(), **at)
            assert quick == without_incidents(whole)
            seen.append(next(d for d in quick.dimensions if d.dimension == "power").phase)
        assert seen == ["not_reported", "out"]


def test_a_post_passed_on_counts_from_when_its_source_is_registered(tmp_path: Path) -> None:
    clock = iter(BEGIN + timedelta(hours=3, minutes=minute) for minute in range(10_000))
    post = Post(
        source="relay",
        native_id="1",
        text="В Ізюмі зникло світло, ремонтні бригади працюють.",
        posted_at=instant_interval(BEGIN),
        forwarded_from="Новий канал",
    )
    entry = SourceEntry(
        id="new_channel",
        body=f"city_military_administration@{IZIUM}",
        home=IZIUM,
        title="Новий Канал",
    )
    with House.open(tmp_path, clock=lambda: next(clock)) as house:
        house.take_in([post])
        change = SourceChange(source="new_channel", changed_at=BEGIN, what="added", entry=entry)
        draft = Draft(kind="decision", id="src_1", subject="new_channel", body=to_json(change))
        house.journal.append([draft])
        house.index.keep_up()
        at = {"valid_at": BEGIN + timedelta(hours=1), "known_at": house.journal.last_recorded_at}
        quick = house.index.state(IZIUM, polls=(), **at)
        whole = state_of(house.situation(**at), IZIUM, house.gazetteer)
        assert quick == without_incidents(whole)
        assert next(d for d in quick.dimensions if d.dimension == "power").phase == "out"


@pytest.mark.parametrize(
    ("hour", "phase"),
    [(2, "restored"), (0.5, "restored"), (-1, "out")],
    ids=["last", "among", "first"],
)
def test_what_is_known_last_is_added_to_the_rows_and_nothing_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hour: float, phase: str
) -> None:
    clock = iter(BEGIN + timedelta(hours=3, minutes=minute) for minute in range(10_000))
    with House.open(tmp_path, clock=lambda: next(clock)) as house:
        house.take_in(NIGHT[:2])
        monkeypatch.setattr(
            "vidomo.app.index_making.Making._make_anew", lambda *_: pytest.fail("made anew")
        )
        house.take_in(
            [
                Post(
                    source="izium_mva",
                    native_id="9",
                    text="В Ізюмі відновили світло.",
                    posted_at=instant_interval(BEGIN + timedelta(hours=hour)),
                )
            ]
        )
        quick = house.index.state(IZIUM, polls=(), **ASKED)
        assert quick == without_incidents(
            state_of(house.situation(**ASKED), IZIUM, house.gazetteer)
        )
        assert next(d for d in quick.dimensions if d.dimension == "power").phase == phase


def test_a_house_that_only_reads_folds_the_words_of_a_place_whose_rows_are_old(
    tmp_path: Path,
) -> None:
    wide = Post(
        source="kharkiv_ova",
        native_id="1",
        text="Харківська область: повітряна тривога!",
        posted_at=instant_interval(BEGIN + timedelta(hours=2)),
    )
    with House.open(tmp_path, clock=lambda: BEGIN + timedelta(hours=3)) as house:
        house.take_in(NIGHT)
        house.take_in([wide])
        assert house.index._making.stale([IZIUM]) == [IZIUM]
        with House.open(tmp_path, read_only=True) as reader:
            assert reader.index._from_rows(IZIUM, polls=(), **ASKED) is None
            slow = reader.index.state(IZIUM, polls=(), **ASKED)
            assert reader.index.country(polls=(), **ASKED) is None
        assert house.index.state(IZIUM, polls=(), **ASKED) == slow
        assert house.index._making.stale([IZIUM]) == []
        assert house.country(**ASKED)[IZIUM] == slow.dimensions


def test_what_was_known_before_what_is_there_takes_its_place_among_it(tmp_path: Path) -> None:
    late = msgspec.structs.replace(
        NIGHT[0],
        native_id="9",
        text="В Ізюмі відновили світло.",
        posted_at=instant_interval(BEGIN + timedelta(hours=2)),
    )
    with House.open(tmp_path, clock=lambda: BEGIN + timedelta(hours=9)) as house:
        for post, hour in ((NIGHT[0], 6), (late, 4)):
            version = version_of(post)
            reading = msgspec.structs.replace(read_version(version), reader_version="u")
            recorded_at = BEGIN + timedelta(hours=hour)
            kept = Draft(
                kind="post",
                id=version.id,
                subject=version.report,
                body=to_json(version),
                recorded_at=recorded_at,
            )
            house.journal.append([kept, _reading(reading, recorded_at)])
            house.index.keep_up()
        for known_at in (5, 7):
            at = {
                "valid_at": BEGIN + timedelta(hours=3),
                "known_at": BEGIN + timedelta(hours=known_at),
            }
            whole = state_of(house.situation(**at), IZIUM, house.gazetteer)
            assert house.index.state(IZIUM, polls=(), **at) == without_incidents(whole)


def test_who_holds_an_office_bears_on_no_words_that_quote_nobody(tmp_path: Path) -> None:
    clock = iter(BEGIN + timedelta(hours=3, minutes=minute) for minute in range(10_000))
    quoting = msgspec.structs.replace(
        NIGHT[0],
        source="news_site",
        text="У Харкові зникло світло, повідомив начальник Ізюмської МВА Тарас Лановий.",
    )
    with House.open(tmp_path, clock=lambda: next(clock)) as house:
        house.take_in([*NIGHT, quoting])
        before = {one.report for one in house.index.tables.everything()}
        lines = house.index.tables.lines(IZIUM, **LATE)
        body = f"city_military_administration@{IZIUM}"
        made = draft_office(
            house.registry, body, ["Тарас Лановий"], reason="указ", by="d", at=house.now()
        )
        record_office(house.journal, made)
        record = list(house.journal.records(kind="decision"))[-1]
        named = list(house.index._making._deriving.named(record))
        assert len(before) == 4
        assert len(named) == 1
        house.index.keep_up()
        assert house.index.tables.lines(IZIUM, **LATE) == lines
        assert lines


LATE = {"valid_at": 2**61, "known_at": 2**61}
