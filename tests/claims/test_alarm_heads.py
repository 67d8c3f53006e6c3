"""A heading above a list of alarms says where its places lie, and is not clear itself."""

import pytest

from vidomo.app.reader import read

LUBNY, MYRHOROD = "UA53040000000081308", "UA53060000000045271"
ENDS = [
    "Полтавська область. Відбій тривоги: Лубенський та Миргородський райони.",
    "‼️Полтавська область\nВідбій тривоги: Лубенський, Миргородський райони.",
    "Полтавська область: відбій: Лубенський, Миргородський райони.",
    "Полтавская область. Отбой тревоги: Лубенский и Миргородский районы.",
    "Poltava oblast. All clear: Lubny and Myrhorod raions.",
]


def ended(text: str, *, home: str | None = None) -> set[str | None]:
    return {
        place.code
        for claim in read(text, home=home)
        if claim.topic == "alert.end" and claim.polarity == "affirmed"
        for place in claim.places
    }


@pytest.mark.parametrize("home", [None, "UA53000000000028050"])
@pytest.mark.parametrize("text", ENDS)
def test_an_all_clear_with_a_list_holds_for_the_list_alone(text: str, home: str | None) -> None:
    assert ended(text, home=home) == {LUBNY, MYRHOROD}


def test_a_place_before_the_word_keeps_its_end_where_another_has_words_of_its_own() -> None:
    assert ended("Лубни — відбій: Миргородський район — тривога.") <= {"UA53040030010081016"}
    assert MYRHOROD not in ended("Лубни — відбій: Миргородський район — тривога.")


@pytest.mark.parametrize(
    "text",
    [
        "Балістики немає, відбій по ній дали о 21:05.",
        "Баллистики нет, отбой по ней дали в 21:05.",
        "Шахеди збито, відбій по них о 03:10, тривога триває.",
    ],
)
def test_an_end_of_it_is_an_end_of_what_it_stands_for(text: str) -> None:
    assert "alert.end" not in {claim.topic for claim in read(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Тривога у місті скінчилася о 05:07.",
        "Тривогу в області скасовано.",
        "Тревога в городе закончилась в 05:07.",
        "Воздушная тревога, объявленная днём в области, отменена.",
        "The alert in the region has ended.",
    ],
)
def test_an_alarm_that_is_over_is_not_on(text: str) -> None:
    topics = {claim.topic for claim in read(text, home="UA53000000000028050")}
    assert "alert.end" in topics
    assert "alert.start" not in topics


@pytest.mark.parametrize(
    "text",
    [
        "Ніч минула без пошкоджень та постраждалих.",
        "Обійшлося без пожеж і травмованих.",
        "Ночь прошла без пожаров и пострадавших.",
        "Обошлось без разрушений и раненых.",
    ],
)
def test_without_one_thing_and_another_denies_both(text: str) -> None:
    hurt = [claim.polarity for claim in read(text) if claim.topic == "harm.injured"]
    assert hurt == ["negated"]


@pytest.mark.parametrize(
    "text",
    [
        "Kyiv, clear for now. But the alert is still on.",
        'A screenshot is going around that "the all-clear has been given" in Berdychiv.',
        "Бердичівська громада: ходить чутка, що відбій дали.",
        "По чатам ходит скриншот, будто отбой уже дали.",
    ],
)
def test_what_is_clear_for_now_or_by_rumour_ends_no_alarm(text: str) -> None:
    assert not [
        claim
        for claim in read(text, home="UA18020030000035625")
        if claim.topic == "alert.end" and claim.polarity == "affirmed"
    ]
