"""In English "over" tells an end, or where something is: an alert over a city is no all-clear."""

import pytest

from claims.reading import facts


@pytest.mark.parametrize(
    "text",
    [
        "Alert over Sumy.",
        "Air raid alert over Sumy region!",
        "Alarm over the city of Sumy",
        "Air alert over several regions.",
        "Air alert over northern Sumy region",
        "Air alert over all regions",
    ],
)
def test_an_alert_over_a_place_is_no_all_clear(text: str) -> None:
    assert {one for one in facts(text) if one[0].startswith("alert.")} == {
        ("alert.start", "report", "affirmed")
    }


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Threat of drones over Sumy.", "threat.uav"),
        ("Drone threat over Sumy region", "threat.uav"),
        ("There is a threat from drones in the skies over Sumy.", "threat.uav"),
        ("Ballistic threat over Sumy!", "threat.missile"),
        ("Threat of ballistic missiles over Sumy region.", "threat.missile"),
        ("KAB danger over Sumy.", "threat.guided_bomb"),
        ("Artillery threat over Nikopol.", "threat.artillery"),
    ],
)
def test_a_danger_over_a_place_is_not_gone(text: str, topic: str) -> None:
    assert (topic, "warning", "affirmed") in facts(text)
    assert not [one for one in facts(text) if one[2] == "negated"]


def test_work_against_a_threat_over_a_place_ends_none() -> None:
    text = "Air defence forces are working to destroy the threat in the skies over Sumy."
    assert {topic for topic, _, _ in facts(text)} == {"event.air_defence"}


@pytest.mark.parametrize(
    "text",
    [
        "The air raid alert is over in Sumy.",
        "Alert over in Sumy",
        "Alert over for Sumy region",
        "Sumy: alert over.",
        "The alert is over, stay safe.",
        "The alert over Sumy and the region was lifted.",
    ],
)
def test_an_alert_that_is_over_is_an_all_clear(text: str) -> None:
    assert ("alert.end", "report", "affirmed") in facts(text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("The drone threat is over in Sumy.", "threat.uav"),
        ("Missile danger over.", "threat.missile"),
        ("The threat of guided bombs is over for Sumy.", "threat.guided_bomb"),
    ],
)
def test_a_danger_that_is_over_is_gone(text: str, topic: str) -> None:
    assert (topic, "report", "negated") in facts(text)
