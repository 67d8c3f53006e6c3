"""The thirteen texts about one night: what a right answer looks like (FACTS)."""

import json
from pathlib import Path

import pytest

IZIUM = "UA63040090010029555"
IZMAIL = "UA51080030010072039"


@pytest.fixture
def imported(run_vidomo, shared: Path):
    ran = run_vidomo("import", shared / "izium/texts.jsonl", shared / "seed/article.txt")
    assert ran.code == 0
    assert ran.out.splitlines()[-1] == "13 new, 0 known, 0 changed, 0 refused"
    return run_vidomo


def facts(imported) -> dict:
    ran = imported("state", IZIUM, "--json")
    assert ran.code == 0
    return json.loads(ran.out)


def harm(state: dict) -> set[tuple]:
    return {
        (figure["topic"], figure["min"], figure["max"], figure["status"])
        for incident in state["incidents"]
        for figure in incident["figures"]
        if figure["topic"].startswith("harm.")
    }


def test_two_killed_earlier_one_and_one_injured_and_no_other_casualty_figure(imported) -> None:
    assert harm(facts(imported)) == {
        ("harm.killed", 2, 2, "current"),
        ("harm.killed", 1, 1, "earlier"),
        ("harm.injured", 1, 1, "current"),
    }


def test_every_casualty_figure_has_a_speaker_and_an_exact_quotation(imported, shared: Path) -> None:
    state = facts(imported)
    texts = [
        json.loads(line)["text"]
        for line in (shared / "izium/texts.jsonl").read_text("utf-8").splitlines()
    ]
    evidence = {item["claim"]: item for item in state["evidence"]}
    figures = [
        f for i in state["incidents"] for f in i["figures"] if f["topic"].startswith("harm.")
    ]
    assert figures
    for figure in figures:
        assert figure["speakers"]
        assert all(figure["speakers"])
        assert figure["evidence"]
        for claim in figure["evidence"]:
            item = evidence[claim]
            assert any(text[item["start"] : item["end"]] == item["quote"] for text in texts)


def test_there_is_exactly_one_attack_incident_and_it_is_at_izium(imported) -> None:
    ran = imported("incidents", "--json")
    assert [incident["place"] for incident in json.loads(ran.out)] == [IZIUM]


def test_no_incident_opens_at_izmail(imported) -> None:
    state = json.loads(imported("state", IZMAIL, "--json").out)
    assert state["incidents"] == []


def test_about_ten_explosions_and_four_bombs_stand_side_by_side(imported) -> None:
    figures = {
        (figure["unit"], figure["min"], figure["mode"])
        for incident in facts(imported)["incidents"]
        for figure in incident["figures"]
        if figure["topic"].startswith(("event.", "cause."))
    }
    assert ("explosions", 10, "about") in figures
    assert ("bombs", 4, "exact") in figures


def test_nothing_of_the_november_text_is_in_the_incident(imported) -> None:
    state = facts(imported)
    november = {
        e["claim"]
        for e in state["evidence"]
        if (e["said_at"] or "").startswith("2025-1") and e["said_at"] < "2025-12"
    }
    for incident in state["incidents"]:
        assert not november & {*incident["evidence"], *incident["unsourced"]}
        for figure in incident["figures"]:
            assert not november & set(figure["evidence"])
    for dimension in state["dimensions"]:
        assert not november & set(dimension["evidence"])


def test_texts_without_a_source_are_no_origin_of_anything(imported) -> None:
    state = facts(imported)
    evidence = {item["claim"]: item for item in state["evidence"]}
    for dimension in state["dimensions"]:
        assert all(
            evidence[c]["standing"] in {"official", "declared"} for c in dimension["evidence"]
        )
    for incident in state["incidents"]:
        assert {evidence[c]["standing"] for c in incident["evidence"]} <= {"official", "declared"}
        assert {evidence[c]["standing"] for c in incident["unsourced"]} <= {"unsourced"}


def test_the_times_of_the_officials_stand_side_by_side_and_are_never_averaged(imported) -> None:
    (incident,) = facts(imported)["incidents"]
    said = [
        (time["earliest"], time["latest"]) for time in incident["times"] if not time["disputed"]
    ]
    for moment in ("2025-12-20T13:40:00Z", "2025-12-20T15:30:00Z"):  # 15:40 and 17:30 in Kyiv
        around = [
            one for one in said if one[0] <= moment < one[1] and one[1] < "2025-12-20T16:00:00Z"
        ]
        assert around, said


def test_power_is_restored_and_nothing_else_in_supply_moved(imported) -> None:
    phases = {item["dimension"]: item["phase"] for item in facts(imported)["dimensions"]}
    assert phases["power"] == "restored"
    for service in ("water", "heat", "gas", "communications", "health", "transport", "emergency"):
        assert phases[service] == "not_reported"
    assert phases["alert"] == "unknown"


def test_power_was_partly_out_on_the_evening(imported) -> None:
    ran = imported("state", IZIUM, "--json", "--valid-at", "2025-12-20T23:59:00+02:00")
    phases = {item["dimension"]: item["phase"] for item in json.loads(ran.out)["dimensions"]}
    assert phases["power"] == "partial"


def test_the_question_of_casualties_is_answered_and_that_of_locations_is_open(imported) -> None:
    found = {(q["subject"], q["topic"].split(".")[0]): q for q in facts(imported)["questions"]}
    casualties = next(q for (subject, _), q in found.items() if subject == "casualties")
    assert casualties["status"] == "answered"
    assert casualties["answered_by"]
    location = next(q for (subject, _), q in found.items() if subject == "location")
    assert location["unsourced"]
    assert location["status"] in {"open", "stale"}
    assert location["status_said"] == "not_released"


def test_a_second_import_adds_nothing(imported, shared: Path) -> None:
    ran = imported("import", shared / "izium/texts.jsonl", shared / "seed/article.txt")
    assert ran.out.splitlines()[-1] == "0 new, 13 known, 0 changed, 0 refused"
