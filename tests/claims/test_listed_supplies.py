"""Supplies of a list in one case, and words that only look like people or streets."""

import pytest

from claims.reading import count, facts, only
from vidomo.app.reader import read


@pytest.mark.parametrize(
    ("text", "supplies"),
    [
        ("У будинках зникло світло, газ та опалення.", {"power", "gas", "heat"}),
        ("У місті немає світла, газу та зв'язку.", {"power", "gas", "comms"}),
        ("В домах пропали свет, газ и отопление.", {"power", "gas", "heat"}),
    ],
)
def test_each_supply_of_a_list_is_told(text: str, supplies: set[str]) -> None:
    assert {topic for topic, _, _ in facts(text)} == {f"impact.{one}.outage" for one in supplies}


def test_what_is_there_is_not_gone_with_the_rest() -> None:
    gone = {topic for topic, _, _ in facts("У місті є світло, газу та води немає.")}
    assert "impact.power.outage" not in gone


def test_residents_who_suffered_are_not_one() -> None:
    assert only("Постраждали мешканці.", "harm.injured").number is None


@pytest.mark.parametrize(
    "text",
    [
        "В Одесі постраждали житлові будинки та цивільні об'єкти.",
        "В Одессе пострадали жилые дома и гражданские объекты.",
    ],
)
def test_civilian_objects_are_no_civilians(text: str) -> None:
    assert {topic for topic, _, _ in facts(text)} == {"impact.damage"}


def test_the_south_of_an_oblast_suffers_no_wounds() -> None:
    found = facts("Постраждав південь Одещини.")
    assert not any(topic.startswith("harm.") for topic, _, _ in found)


@pytest.mark.parametrize(
    ("text", "number"),
    [("Знешкодити вдалося 125 ворожих БпЛА.", 125), ("Вдалося подавити 12 дронів.", 12)],
)
def test_what_was_managed_to_be_downed_is_counted(text: str, number: int) -> None:
    assert count(only(text, "event.air_defence"))[:2] == (number, number)


def test_weapons_applied_against_a_town_strike_it() -> None:
    found = facts("Ворог застосував ракети С-300 проти Запоріжжя.")
    assert found == {("event.strike", "report", "affirmed")}


def test_hourly_cuts_that_are_lifted_are_no_plan() -> None:
    found = facts("Погодинні відключення електроенергії скасовані на Сумщині.")
    assert found == {("power.schedule", "report", "negated")}


def test_the_quarters_of_a_district_lie_in_it() -> None:
    text = "У мікрорайонах Святошинського району Києва немає води."
    assert [place.code for place in read(text)[0].places] == ["UA80000000000875983"]
