"""The quick path gives byte for byte what the whole fold gives, whatever happened."""

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
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
from vidomo.app.decisions import is_ahead
from vidomo.app.index import PlaceIndex
from vidomo.core.codec import to_json
from vidomo.core.ids import content_id
from vidomo.situation.fold import Known, fold, state_of
from vidomo.situation.model import PlaceState
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
        for group in drafts_of(told, dice):
            journal.append(group)
            if dice.random() < 0.4:
                index.catch_up()
                if dice.random() < 0.5:
                    index.refresh(index.tables.all_touched())
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
                quick = index.state(place, polls=polls, **at)
                assert quick is not None
                slow = without_incidents(state_of(whole, place, COUNTRY))
                assert to_json(quick) == to_json(slow)


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
            for table in ("telling", "touch", "shingle", "echo", "phase")
            for row in connection.execute(f"select * from {table}")
        ]


@given(SEEDS)
def test_what_is_derived_can_be_dropped_and_comes_back_bit_for_bit(seed: int) -> None:
    with indexed(history(seed), seed) as (index, journal):
        index.refresh(index.tables.all_touched())
        before = bytes_of(journal)
        index.rebuild()
        index.refresh(index.tables.all_touched())
        assert bytes_of(journal) == before
