"""What a number of a statement counts, and in which unit."""

import pytest

from claims.reading import read


def counts(text: str) -> set[tuple[str, float | None, str]]:
    """Return topic, lower bound and unit of every counted statement."""
    return {
        (claim.topic, claim.number.min, claim.number.unit)
        for claim in read(text).claims
        if claim.number is not None
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("У громаді працюють 7 пунктів незламності.", ("help.point", 7, "facilities")),
        ("В городе открыто 12 пунктов обогрева.", ("help.point", 12, "facilities")),
        ("14 Points of Invincibility are open.", ("help.point", 14, "facilities")),
        ("У трьох школах немає опалення.", ("impact.heat.outage", 3, "facilities")),
        ("Без света остались две котельные.", ("impact.power.outage", 2, "facilities")),
        ("Four hospitals are without power.", ("impact.power.outage", 4, "facilities")),
        ("Пошкоджено 9 багатоповерхівок.", ("impact.damage", 9, "buildings")),
        ("Пошкоджено два причали.", ("impact.damage", 2, "facilities")),
        ("Повреждены три вагона.", ("impact.damage", 3, "vehicles")),
        ("Пошкоджено 6 садиб.", ("impact.damage", 6, "houses")),
    ],
)
def test_named_things_are_counted_in_the_unit_of_their_kind(
    text: str, wanted: tuple[str, float, str]
) -> None:
    assert wanted in counts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Кілька груп БпЛА на Сумщині.",
        "Несколько групп беспилотников над Сумской областью.",
        "Вибиті вікна в одному під'їзді багатоповерхового будинку.",
        "Ворог випустив по місту 15 снарядів.",
        "У шести областях частина споживачів без світла.",
        "Five regions are without power.",
    ],
)
def test_groups_parts_of_a_house_shells_and_regions_are_no_count(text: str) -> None:
    assert counts(text) == set()
