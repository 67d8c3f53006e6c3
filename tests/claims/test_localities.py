"""A statement gets the places that it is about, and no others."""

import pytest

from claims.reading import only
from vidomo.app.reader import read
from vidomo.gazetteer import Gazetteer

KYIV = "UA80000000000093317"


def told(text: str, topic: str, *, home: str | None = None, lang: str = "") -> list[str]:
    gazetteer = Gazetteer.open()
    return [
        f"{ref.role.value} {gazetteer.label(ref.code) if ref.code else None}"
        for claim in read(text, home=home, lang=lang or None)
        if claim.topic == topic
        for ref in claim.places
    ]


def test_all_places_of_a_list_are_where_the_danger_moves() -> None:
    text = "Из Чауды пуск, ракета на Николаев/Одессу."
    assert told(text, "threat.missile", lang="ru") == ["heading Миколаїв", "heading Одеса"]


def test_a_city_that_missiles_are_attacking_is_where_they_fly() -> None:
    text = "Киев атакуют крылатые ракеты, сообщают Воздушные силы."
    assert told(text, "threat.missile", lang="ru") == ["heading Київ"]


def test_a_wide_unit_gives_way_to_what_stands_near() -> None:
    text = "Kremenets raion: a gas main broke near Pochaiv, two houses were damaged."
    assert set(told(text, "impact.damage", lang="en")) == {"near Почаїв"}


def test_where_a_resident_lives_is_not_where_something_happened() -> None:
    text = "У Харкові поранено мешканця Лозової."
    assert told(text, "harm.injured", lang="uk") == ["affected Харків"]


def test_the_oblast_that_a_sentence_speaks_of_holds_for_the_next_one() -> None:
    text = "Миколаїв. В області знеструмлено 199 сіл. Працюють 102 ремонтні бригади."
    assert told(text, "response.repair", lang="uk") == ["affected Миколаївська область"]


def test_the_whole_country_is_a_place_also_where_the_alert_is_named_with_it() -> None:
    text = "Удар по Днепру. Режим воздушной тревоги по всей Украине остается в силе."
    assert told(text, "alert.start", lang="ru") == ["affected Україна"]


def test_the_oblast_after_the_authorities_of_a_town_only_tells_which_town() -> None:
    text = "Власти Дрогобыча Львовской области заявили об ударе по подстанции."
    assert told(text, "event.strike", lang="ru") == ["affected Дрогобич"]


def test_a_district_belongs_to_the_city_named_before_it() -> None:
    text = "В Киеве после ночной атаки горит дом в Днепровском районе."
    assert told(text, "impact.fire", lang="ru") == ["affected Дніпровський район"]


def test_districts_listed_in_english_share_the_word_before_the_colon() -> None:
    text = "Damage in 4 districts: Sviatoshynskyi, Podilskyi, Dniprovskyi, Pecherskyi. 13 wounded."
    assert len(told(text, "impact.damage", home=KYIV, lang="en")) == 4
    assert told(text, "harm.injured", home=KYIV, lang="en") == ["affected Київ"]


def test_a_village_told_by_its_type_once_is_no_town_elsewhere_in_the_text() -> None:
    text = "Village of Kamianka cut off. The only bridge to Kamianka was destroyed."
    assert told(text, "impact.damage", lang="en") == ["affected None"]


@pytest.mark.parametrize(
    ("text", "lang", "role"),
    [("Взрыв у Купянска, есть раненые.", "ru", "near"), ("Вибух у Купʼянську.", "uk", "affected")],
)
def test_one_small_word_is_near_in_russian_and_in_in_ukrainian(
    text: str, lang: str, role: str
) -> None:
    assert told(text, "event.explosion", lang=lang) == [f"{role} Куп’янськ"]


def test_the_rest_is_not_where_the_sentence_before_was() -> None:
    text = "В Роменском районе введены экстренные отключения, в остальных — почасовые."
    assert only(text, "power.schedule").places == ()


def test_what_follows_a_roll_of_raions_is_of_them_and_not_of_the_village_before() -> None:
    text = (
        "В Безлюдовке повреждены дома. Также обстреляны Чугуевский, Харьковский, "
        "Богодуховский и Изюмский районы. Есть один погибший."
    )
    assert len(told(text, "harm.killed", home="UA63000000000041885")) == 4


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "В Сумах пожар. Власти Львовской области заявили о прилете по складу.",
            "Львівська область",
        ),
        ("В Изюме пожар. Власти Харьковской области заявили о прилете по складу.", "Ізюм"),
        ("Власти Харькова заявили о прилете в Чугуеве.", "Чугуїв"),
        ("В Сумах пожар. Власти Украины заявили о прилете по складу.", "Суми"),
    ],
)
def test_what_authorities_tell_is_of_their_oblast_where_nothing_else_is_named(
    text: str, place: str
) -> None:
    assert told(text, "event.strike", lang="ru") == [f"affected {place}"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("У Лозовій вимкнули воду. Автобуси до Барвінкового вирушають. Світла немає.", "uk"),
        ("В Лозовой отключили воду. Автобусы из Барвенково и Изюма ходят. Света нет.", "ru"),
        ("Water is off in Lozova. Buses to Barvinkove leave on time. No power.", "en"),
    ],
)
def test_where_a_way_only_begins_or_ends_is_not_what_follows_about(text: str, lang: str) -> None:
    assert told(text, "impact.power.outage", lang=lang) == ["affected Лозова"]


def test_where_the_only_place_is_an_end_of_a_way_it_stays() -> None:
    text = "З Куп'янська вивезли людей. Двоє поранені."
    assert told(text, "harm.injured", lang="uk") == ["affected Куп’янськ"]


@pytest.mark.parametrize(
    ("text", "hurt"),
    [
        ("Ни один объект инфраструктуры не пострадал.", []),
        ("Жоден будинок у місті не постраждав.", []),
        ("Жители и дома не пострадали.", [0]),
    ],
)
def test_things_that_are_whole_say_nothing_of_people(text: str, hurt: list[int]) -> None:
    told = [c.number.min for c in read(text) if c.topic == "harm.injured" and c.number]
    assert told == hurt
