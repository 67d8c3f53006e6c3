"""Ruins that a text only names are background: what is told of them is something else."""

import pytest

from claims.reading import facts

_RUINS = ("impact.damage", "background", "affirmed")


@pytest.mark.parametrize(
    "text",
    [
        "Книжки вивезли зі знищених окупантами шкіл Ізюма.",
        "Ярмарок у розбитій ворогом Бородянці зібрав сотні гостей.",
        "До осені здадуть два мости, пошкоджені під час бойових дій.",
        "Книги вывезли из уничтоженных оккупантами школ Изюма.",
        "Мэр осмотрел стройку домов, пострадавших от боевых действий.",
    ],
)
def test_ruins_named_in_passing_are_background(text: str) -> None:
    assert _RUINS in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Росіяни вночі зруйнували школу в Ізюмі.",
        "Унаслідок удару зруйновано дві хати.",
        "Россияне ночью разрушили школу в Изюме.",
    ],
)
def test_what_is_ruined_now_is_a_report(text: str) -> None:
    assert _RUINS not in facts(text)
    assert ("impact.damage", "report", "affirmed") in facts(text)
