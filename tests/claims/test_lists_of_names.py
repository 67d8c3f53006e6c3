"""A list of names is one thing: what is said before it and after it holds for all of them."""

import pytest

from claims.reading import only, read, surfaces

_LISTS = [
    (
        "Emergency outages were imposed in the Kharkiv, Sumy, and Poltava regions after shelling.",
        "power.emergency_shutdown",
        3,
    ),
    (
        "After strikes, customers in Odesa, Izium, and Lutsk regions are without power.",
        "impact.power.outage",
        3,
    ),
    (
        "Explosions were heard in Lutsk, Rivne and Kovel due to air defence work.",
        "event.explosion",
        3,
    ),
    (
        "Аварійні відключення діють у Харківській, Сумській та Полтавській областях через обстріли.",
        "power.emergency_shutdown",
        3,
    ),
    (
        "Взрывы слышны в Сумах, Полтаве и Харькове из-за работы ПВО.",
        "event.explosion",
        3,
    ),
]


@pytest.mark.parametrize(("text", "topic", "number"), _LISTS)
def test_all_names_of_a_list_belong_to_what_stands_before_it(
    text: str, topic: str, number: int
) -> None:
    assert len(surfaces(only(text, topic))) == number


@pytest.mark.parametrize(
    ("text", "topic", "number"),
    [
        ("Alert in Lutsk, all clear in Rivne and Kovel.", "alert.start", 1),
        ("Two were hurt in Lutsk, and Rivne lost power.", "harm.injured", 1),
    ],
)
def test_a_comma_before_a_statement_of_its_own_still_ends_the_one_before(
    text: str, topic: str, number: int
) -> None:
    assert len(surfaces(only(text, topic))) == number
    assert len(read(text).claims) > 1
