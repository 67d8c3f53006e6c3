"""Some of those who suffered died: the total is casualties; who is named by an office is one."""

import pytest

from claims.reading import read


def counts(text: str) -> set[tuple[str, float | None, str]]:
    return {
        (claim.topic, claim.number.min, claim.number.unit)
        for claim in read(text).claims
        if claim.number is not None
    }


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("Постраждали шестеро людей, один із яких загинув.", 6.0),
        ("Постраждало кілька людей, двоє з них загинули.", None),
        ("Пострадали пять человек, один из которых погиб.", 5.0),
        ("Пострадали несколько человек. Предварительно, из них двое погибли.", None),
    ],
)
def test_a_total_that_holds_the_dead_is_of_casualties(text: str, total: float | None) -> None:
    found = counts(text)
    assert ("harm.casualties", total, "persons") in found
    assert not any(topic == "harm.injured" for topic, _, _ in found)


def test_some_who_suffered_beside_the_dead_are_injured() -> None:
    found = {claim.topic for claim in read("Загинули двоє, ще кілька людей постраждали.").claims}
    assert found == {"harm.killed", "harm.injured"}


@pytest.mark.parametrize(
    "text",
    [
        "Кількість поранених у Сумах зросла до дев'яти.\n\nСеред них п'ятеро дорослих і 4 дитини.",
        "Число раненых в Сумах выросло до девяти.\n\nИз них пятеро взрослых и 4 ребёнка.",
    ],
)
def test_parts_are_told_in_a_paragraph_of_their_own(text: str) -> None:
    assert counts(text) == {
        ("harm.injured", 9.0, "persons"),
        ("harm.injured", 5.0, "persons"),
        ("harm.injured", 4.0, "children"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Унаслідок удару загинула завідувачка амбулаторії.",
        "Під час обстрілу поранено депутата міської ради.",
        "При обстреле пострадал заместитель главы района.",
        "Унаслідок удару постраждав староста села.",
        "Ранен дворник.",
    ],
)
def test_one_named_by_an_office_is_one_person(text: str) -> None:
    assert {number for _, number, _ in counts(text)} == {1.0}


@pytest.mark.parametrize(
    "text",
    [
        "Є поранені, повідомив мер міста.",
        "Поранених відвідав голова області.",
        "О погибших рассказал глава района.",
        "За словами начальника ОВА, є загиблі.",
    ],
)
def test_an_office_that_speaks_or_visits_counts_nobody(text: str) -> None:
    assert counts(text) == set()
