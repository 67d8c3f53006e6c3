"""The bundled scenario tells the same night: every row of the facts holds in it too."""

from datetime import datetime
from pathlib import Path

import pytest

from vidomo.app.house import House
from vidomo.app.scenario import open_scenario
from vidomo.core.codec import to_json
from vidomo.core.time import parse_instant
from vidomo.disclosure.gate import gate
from vidomo.situation.fold import state_of
from vidomo.situation.model import Incident, PlaceState, Situation, Standing

IZIUM = "UA63040090010029555"
IZMAIL = "UA51080030010072039"
REWRITES = {"rewrite_one", "rewrite_two", "rewrite_three"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory):
    folder: Path = tmp_path_factory.mktemp("scenario")
    with open_scenario(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def found(house: House) -> Situation:
    return house.situation()


@pytest.fixture(scope="module")
def incident(found: Situation) -> Incident:
    (only,) = found.incidents
    return only


def at_izium(house: House, valid_at: datetime | None = None, place: str = IZIUM) -> PlaceState:
    return state_of(house.situation(valid_at=valid_at), place, house.gazetteer)


def phases(state: PlaceState) -> dict[str, str]:
    return {row.dimension: row.phase for row in state.dimensions}


def sources(found: Situation, claims: tuple[str, ...]) -> set[str]:
    by_id = {item.claim: item.source for item in found.evidence}
    return {by_id[claim] for claim in claims}


def test_what_happened_is_one_attack_with_guided_bombs_at_izium(incident: Incident) -> None:
    assert (incident.place, incident.family) == (IZIUM, "air")
    assert "kab" in incident.means


def test_when_is_two_times_side_by_side_that_disagree_with_who_says_which(
    incident: Incident,
) -> None:
    stated = [time for time in incident.times if not time.disputed]
    for moment in ("2025-12-20T13:40:00Z", "2025-12-20T15:30:00Z"):
        assert any(time.earliest <= parse_instant(moment) < time.latest for time in stated)
    conflict = next(one for one in incident.conflicts if one.what == "time")
    assert len({side.speakers for side in conflict.sides}) == len(conflict.sides) == 2


def test_the_morning_of_a_rewrite_is_disputed(found: Situation, incident: Incident) -> None:
    for time in incident.times:
        if time.disputed:
            assert sources(found, time.evidence) <= REWRITES


def test_about_ten_explosions_and_four_bombs_are_no_conflict(incident: Incident) -> None:
    rows = {(row.unit, row.min, row.mode, row.status) for row in incident.figures}
    assert ("explosions", 10, "about", "current") in rows
    assert ("bombs", 4, "exact", "current") in rows
    assert all(one.what == "time" for one in incident.conflicts)


def test_two_were_killed_earlier_one_and_one_was_injured(incident: Incident) -> None:
    assert {
        (row.topic, row.min, row.status)
        for row in incident.figures
        if row.topic.startswith("harm.")
    } == {
        ("harm.killed", 2, "current"),
        ("harm.killed", 1, "earlier"),
        ("harm.injured", 1, "current"),
    }


def test_damage_is_reported_and_power_was_partly_out_then_restored(house: House) -> None:
    evening = phases(at_izium(house, parse_instant("2025-12-20T21:00:00Z")))
    assert evening["power"] == "partial"
    assert evening["damage"] == "reported"
    assert phases(at_izium(house))["power"] == "restored"


def test_the_casualties_were_asked_and_answered_and_the_life_of_the_question_says_so(
    house: House, found: Situation
) -> None:
    asked = [one for one in found.questions if one.subject == "casualties" and one.place == IZIUM]
    assert asked
    for question in asked:
        assert question.status == "answered"
        assert {"asked", "answered"} <= {step.what for step in question.steps}
        assert not sources(found, question.answered_by) & REWRITES


def test_the_slip_opens_nothing_at_izmail(house: House, found: Situation) -> None:
    assert all(one.place == IZIUM for one in found.incidents)
    untouched = state_of(house.situation(), "UA51080030010064568", house.gazetteer)
    assert phases(at_izium(house, place=IZMAIL)) == phases(untouched) or (
        phases(at_izium(house, place=IZMAIL))["attack"] == "none_reported"
    )


def test_the_rewrites_confirm_nothing_and_open_nothing(
    found: Situation, incident: Incident
) -> None:
    for item in found.evidence:
        if item.source in REWRITES:
            assert item.standing is Standing.UNSOURCED
    assert not sources(found, incident.evidence) & REWRITES
    for row in incident.figures:
        assert not sources(found, row.evidence) & REWRITES


def test_an_earlier_night_is_no_part_of_this_one(found: Situation, incident: Incident) -> None:
    assert "rewrite_three" not in sources(found, (*incident.evidence, *incident.unsourced))


def test_no_service_changes_for_an_authors_words(house: House) -> None:
    rows = phases(at_izium(house))
    for name in ("health", "communications", "emergency", "transport", "water", "heat", "gas"):
        assert rows[name] == "not_reported"


def test_one_voice_of_all_clear_is_being_confirmed_and_ends_nothing(house: House) -> None:
    after = parse_instant("2025-12-20T17:00:00Z")
    state = next(row for row in at_izium(house, after).dimensions if row.dimension == "alert")
    assert state.phase not in {"ended", "none"}


def test_the_street_that_was_taken_back_and_the_age_of_the_hurt_are_in_no_public_view(
    house: House, found: Situation
) -> None:
    view = to_json(gate(found, gazetteer=house.gazetteer, also=(IZIUM,))).decode()
    assert "Вигаданій" not in view


def test_the_chain_leads_from_the_warning_to_the_restoration(
    found: Situation, incident: Incident
) -> None:
    topics = {item.claim: item.topic for item in found.evidence}
    pairs = {(link.kind, topics[link.to_claim]) for link in incident.links}
    assert ("restored", "impact.power.restored") in pairs
    assert any(kind in {"followed", "caused"} for kind, _ in pairs)
    assert any(topics[link.from_claim].startswith("threat.") for link in incident.links)
