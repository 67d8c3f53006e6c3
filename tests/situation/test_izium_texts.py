"""The thirteen real texts of one night, read, placed and folded: every row of the facts."""

import json
import random
from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from vidomo.claims.read import read_text
from vidomo.core.ids import content_id
from vidomo.core.time import parse_instant, parse_posted_at
from vidomo.gazetteer import Gazetteer
from vidomo.places.resolve import resolve
from vidomo.reports.model import Version
from vidomo.situation.fold import Known, fold, state_of
from vidomo.situation.model import Evidence, Incident, PlaceState, Situation, Standing
from vidomo.sources.model import Post
from vidomo.sources.registry import Registry

IZIUM = "UA63040090010029555"
IZIUM_RAION = "UA63040000000023521"
IZMAIL = "UA51080030010072039"
LATER = parse_instant("2026-01-02T00:00:00Z")
NEWS = {f"iz0{number}" for number in range(1, 7)}
REWRITES = {"iz07", "iz08", "iz09", "iz10", "iz11", "iz12", "article"}


def _known(row: dict[str, str], gazetteer: Gazetteer) -> Known:
    post = Post(
        source="file:texts",
        native_id=row["id"],
        text=row["text"],
        posted_at=parse_posted_at(row["posted_at"]) if "posted_at" in row else None,
        url=row.get("url"),
    )
    version = Version(
        id=content_id("ver", post), report=content_id("rep", row["id"]), post=post, digest=""
    )
    reading = read_text(
        post.text,
        gazetteer=gazetteer,
        report=version.report,
        version=version.id,
        posted_at=post.posted_at,
    )
    return Known(version=version, reading=resolve(reading, gazetteer))


@pytest.fixture(scope="module")
def known(shared: Path) -> list[Known]:
    lines = (shared / "izium/texts.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    rows.append({"id": "article", "text": (shared / "seed/article.txt").read_text("utf-8")})
    assert {row["id"] for row in rows} == NEWS | REWRITES
    return [_known(row, Gazetteer.open()) for row in rows]


def folded(known: list[Known], valid_at: datetime = LATER) -> Situation:
    return fold(
        known,
        valid_at=valid_at,
        known_at=LATER,
        registry=Registry.bundled(),
        gazetteer=Gazetteer.open(),
    )


@pytest.fixture(scope="module")
def found(known: list[Known]) -> Situation:
    return folded(known)


@pytest.fixture(scope="module")
def incident(found: Situation) -> Incident:
    (only,) = found.incidents
    return only


@pytest.fixture(scope="module")
def texts(known: list[Known]) -> dict[str, str]:
    """Which text each report is."""
    return {one.version.report: one.version.post.native_id for one in known}


def phases(found: Situation, place: str = IZIUM) -> dict[str, str]:
    state: PlaceState = state_of(found, place, Gazetteer.open())
    return {row.dimension: row.phase for row in state.dimensions}


def behind(found: Situation, claims: tuple[str, ...]) -> list[Evidence]:
    by_id = {item.claim: item for item in found.evidence}
    return [by_id[claim] for claim in claims]


def test_what_happened_is_one_attack_with_guided_bombs_at_izium(incident: Incident) -> None:
    assert incident.place == IZIUM
    assert incident.family == "air"
    assert "kab" in incident.means


def test_when_is_two_times_side_by_side(incident: Incident) -> None:
    stated = [time for time in incident.times if not time.disputed]
    first, second = parse_instant("2025-12-20T13:40:00Z"), parse_instant("2025-12-20T15:30:00Z")
    assert len(stated) == 2
    assert stated[0].earliest <= first < stated[0].latest
    assert stated[1].earliest <= second < stated[1].latest


def test_the_morning_of_a_text_without_a_source_is_disputed(
    found: Situation, incident: Incident, texts: dict[str, str]
) -> None:
    disputed = [time for time in incident.times if time.disputed]
    assert disputed
    for time in disputed:
        assert {texts[item.report] for item in behind(found, time.evidence)} <= REWRITES


def test_how_many_is_two_counts_of_two_things_and_the_harm_and_nothing_else(
    incident: Incident,
) -> None:
    rows = {
        (row.topic.split(".")[0], row.unit, row.min, row.mode, row.status)
        for row in incident.figures
        if not row.topic.startswith("harm.")
    }
    assert {(unit, n, mode, status) for _, unit, n, mode, status in rows} == {
        ("explosions", 10, "about", "current"),
        ("bombs", 4, "exact", "current"),
    }


def test_two_were_killed_earlier_one_and_one_was_injured(incident: Incident) -> None:
    rows = {
        (row.topic, row.min, row.max, row.status, row.order_inferred)
        for row in incident.figures
        if row.topic.startswith("harm.")
    }
    assert rows == {
        ("harm.killed", 2, 2, "current", True),
        ("harm.killed", 1, 1, "earlier", True),
        ("harm.injured", 1, 1, "current", False),
    }


def test_every_figure_has_a_speaker_and_the_texts_of_officials_behind_it(
    found: Situation, incident: Incident, texts: dict[str, str]
) -> None:
    for row in incident.figures:
        assert row.speakers
        assert {texts[item.report] for item in behind(found, row.evidence)} <= NEWS


def test_damage_is_reported(found: Situation) -> None:
    assert phases(found)["damage"] == "reported"
    assert phases(found)["harm"] == "reported"


def test_power_was_partly_out_and_is_restored(known: list[Known], found: Situation) -> None:
    evening = folded(known, parse_instant("2025-12-20T21:59:00Z"))
    assert phases(evening)["power"] == "partial"
    assert phases(found)["power"] == "restored"


def test_what_cannot_be_restored_today_is_a_note(known: list[Known]) -> None:
    evening = folded(known, parse_instant("2025-12-20T21:59:00Z"))
    state = state_of(evening, IZIUM, Gazetteer.open())
    power = next(row for row in state.dimensions if row.dimension == "power")
    assert "forecast" in {note.code for note in power.notes}


def test_casualties_are_asked_by_the_article_and_answered_by_officials(
    found: Situation, texts: dict[str, str]
) -> None:
    asked = [
        question
        for question in found.questions
        if question.subject == "casualties" and question.place == IZIUM
    ]
    assert asked
    for question in asked:
        assert question.status == "answered"
        answers = {texts[item.report] for item in behind(found, question.answered_by)}
        assert answers
        assert answers <= NEWS
        assert "article" in {texts[item.report] for item in behind(found, question.evidence)}


def test_the_places_of_the_impacts_are_asked_only_without_a_source_and_stay_unknown(
    found: Situation,
) -> None:
    shown = state_of(found, IZIUM, Gazetteer.open()).questions
    asked = [
        question
        for question in found.questions
        if question.subject == "location" and question.id in shown
    ]
    assert asked
    for question in asked:
        assert question.unsourced
        assert question.status in {"open", "stale"}


def test_the_extent_of_the_damage_stays_unknown(found: Situation, texts: dict[str, str]) -> None:
    asked = [
        question
        for question in found.questions
        if question.subject == "extent" or (question.subject == "damage" and question.candidates)
    ]
    askers = {texts[item.report] for question in asked for item in behind(found, question.evidence)}
    assert "iz02" in askers
    assert all(question.status in {"open", "stale"} for question in asked)


def test_texts_without_a_source_are_no_witnesses(found: Situation, texts: dict[str, str]) -> None:
    for item in found.evidence:
        if texts[item.report] in REWRITES:
            assert item.standing is Standing.UNSOURCED
    for one in found.incidents:
        assert not any(origin.startswith("text:") for origin in one.origins)
        assert {texts[item.report] for item in behind(found, one.evidence)} <= NEWS


def test_without_them_nothing_holds_differently(known: list[Known], found: Situation) -> None:
    officials = [one for one in known if one.version.post.native_id in NEWS]
    assert phases(folded(officials)) == phases(found)
    assert folded(officials).incidents[0].figures == found.incidents[0].figures


def test_alone_they_move_nothing_and_open_nothing(known: list[Known]) -> None:
    alone = folded([one for one in known if one.version.post.native_id in REWRITES])
    assert alone.incidents == ()
    defaults = phases(folded([]))
    for state in alone.places:
        assert phases(alone, state.place) == defaults


def test_nothing_opens_at_izmail(found: Situation) -> None:
    assert all(one.place == IZIUM for one in found.incidents)
    assert phases(found, IZMAIL) == phases(folded([]))


def test_the_text_of_november_is_in_no_incident(
    found: Situation, incident: Incident, texts: dict[str, str]
) -> None:
    inside = behind(found, (*incident.evidence, *incident.unsourced))
    assert "iz12" not in {texts[item.report] for item in inside}


def test_no_service_changes_for_an_authors_words(found: Situation) -> None:
    for place in (IZIUM, IZIUM_RAION):
        rows = phases(found, place)
        for name in ("health", "communications", "emergency", "transport", "water", "heat", "gas"):
            assert rows[name] == "not_reported"
        assert rows["alert"] == "unknown"


@pytest.mark.parametrize("orders", [30, pytest.param(300, marks=pytest.mark.soak)])
def test_any_order_with_repeats_gives_the_same_bytes(known: list[Known], orders: int) -> None:
    expected = msgspec.json.encode(folded(known))
    dice = random.Random(20251220 + orders)
    for _ in range(orders):
        shuffled = [*known, *dice.choices(known, k=4)]
        dice.shuffle(shuffled)
        assert msgspec.json.encode(folded(shuffled)) == expected


def test_no_rewrite_is_the_origin_of_an_official(found: Situation, texts: dict[str, str]) -> None:
    by_id = {item.claim: item for item in found.evidence}
    for item in found.evidence:
        if item.copied_from and texts[item.report] in NEWS:
            assert texts[by_id[item.copied_from].report] in NEWS


def test_the_two_times_disagree_and_the_two_counts_do_not(incident: Incident) -> None:
    (conflict,) = incident.conflicts
    assert conflict.what == "time"
    assert len(conflict.sides) == 2
    assert conflict.sides[0].speakers != conflict.sides[1].speakers


def test_the_raion_is_partly_out_with_one_of_its_communities(known: list[Known]) -> None:
    evening = folded(known, parse_instant("2025-12-20T21:59:00Z"))
    state = state_of(evening, IZIUM_RAION, Gazetteer.open())
    power = next(row for row in state.dimensions if row.dimension == "power")
    assert power.phase == "partial"
    assert power.share is not None
    assert (power.share.level, power.share.parts, power.share.of) == ("hromada", 1, 8)


def test_the_casualty_question_has_its_life_and_names_its_answer(found: Situation) -> None:
    question = next(
        one for one in found.questions if one.subject == "casualties" and one.place == IZIUM
    )
    assert question.steps[0].what == "asked"
    assert question.steps[0].unsourced
    answered = next(step for step in question.steps if step.what == "answered")
    assert answered.claim in question.answered_by
