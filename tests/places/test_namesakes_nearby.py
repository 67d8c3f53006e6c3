"""Namesakes are told apart by the raion that their stretch of the text is about."""

import pytest

from vidomo.app.reader import read

SYNELNYKOVE_POKROVSKE = "UA12140250000015858"


def struck(text: str, *, lang: str = "uk") -> list[str | None]:
    return [
        place.code
        for claim in read(text, lang=lang)
        if claim.topic in {"event.strike", "harm.injured"}
        for place in claim.places
    ]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Синельниківський район\nДрон влучив у Покровській громаді.", "uk"),
        (
            "На Синельниківщині дрони вдарили по Межівській громаді. Удар по Покровській громаді.",
            "uk",
        ),
        ("Синельниковский район. Дрон попал в Покровской громаде.", "ru"),
    ],
)
def test_a_namesake_lies_in_the_raion_named_before_it(text: str, lang: str) -> None:
    assert struck(text, lang=lang)[-1] == SYNELNYKOVE_POKROVSKE


def test_a_namesake_of_a_list_lies_where_the_others_do() -> None:
    text = "Ворог ударив по Межівській, Покровській та Українській громадах."
    assert SYNELNYKOVE_POKROVSKE in struck(text)


def test_two_namesakes_in_one_raion_stay_undecided() -> None:
    text = "Нікопольський район. Дрон влучив у Покровській громаді."
    assert struck(text)[-1] is None


def test_a_raion_that_is_taken_out_tells_nothing() -> None:
    text = "Тихо всюди, крім Синельниківського району. Удар по селу Новоселівка."
    assert struck(text) == [None]


def test_a_village_in_a_list_of_one_oblast_is_not_the_city_of_its_name_elsewhere() -> None:
    text = "Удари по Комишувасі, Малокатеринівці, Степногірську, Кам'янському."
    assert struck(text)[-1] == "UA23040030070077377"


def test_a_seat_of_an_oblast_stays_itself_in_a_list_of_another_oblast() -> None:
    text = "Удари по Оріхову, Гуляйполю, Запоріжжю та Миколаєву."
    assert struck(text)[-1] == "UA48060150010035747"


def test_a_raion_only_locates_a_town_that_is_said_to_be_in_it() -> None:
    text = "У Покровському районі у Мирнограді поранено жінку."
    assert struck(text) == ["UA14160150010065527"]


def test_what_was_struck_before_a_colon_is_struck_itself() -> None:
    text = "Росіяни вдарили по Покровському району: у Мирнограді поранено жінку."
    assert struck(text) == ["UA14160000000061982", "UA14160150010065527"]
