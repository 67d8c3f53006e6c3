"""What comes from a place, and what moves to one."""

import pytest

from vidomo.app.reader import read
from vidomo.gazetteer import Gazetteer


def told(text: str, topic: str, *, lang: str) -> list[str]:
    gazetteer = Gazetteer.open()
    return [
        f"{ref.role.value} {gazetteer.label(ref.code) if ref.code else None}"
        for claim in read(text, lang=lang)
        if claim.topic == topic
        for ref in claim.places
    ]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Ракетна загроза: з Криму, курс Миколаїв!", "uk"),
        ("Ракета из Крыма, курс Николаев!", "ru"),
        ("A missile from Crimea, course Mykolaiv!", "en"),
    ],
)
def test_a_danger_comes_from_one_place_and_flies_to_the_other(text: str, lang: str) -> None:
    assert set(told(text, "threat.missile", lang=lang)) == {
        "origin Автономна Республіка Крим",
        "heading Миколаїв",
    }


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Три шахеди Борзна → Ніжин", "uk"),
        ("БпЛА Борзна → Нежин", "ru"),
        ("Three Shaheds: Borzna → Nizhyn", "en"),
    ],
)
def test_an_arrow_leads_from_one_place_to_the_other(text: str, lang: str) -> None:
    assert told(text, "threat.uav", lang=lang) == ["origin Борзна", "heading Ніжин"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Зліт Ту-95 з Енгельса, загроза ракет.", "uk"),
        ("Белгородская область — пуски КАБ.", "ru"),
        ("Tu-95 airborne, Engels. Missile danger.", "en"),
    ],
)
def test_what_is_launched_in_russia_is_no_danger_there(text: str, lang: str) -> None:
    topic = "threat.guided_bomb" if lang == "ru" else "threat.missile"
    assert "affected Росія" not in told(text, topic, lang=lang)


def test_a_danger_in_russia_itself_stays_there() -> None:
    text = "В Белгородской области объявлена ракетная опасность."
    assert told(text, "threat.missile", lang="ru") == ["affected Росія"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Із Вовчанська та Липців евакуювали 40 людей.", "uk"),
        ("Из Волчанска и Липцев эвакуировали 40 человек.", "ru"),
        ("40 people were evacuated from Vovchansk and Lyptsi.", "en"),
    ],
)
def test_people_are_evacuated_from_where_they_lived(text: str, lang: str) -> None:
    assert told(text, "response.evacuation", lang=lang) == ["origin Вовчанськ", "origin Липці"]


def test_an_evacuation_in_a_town_is_told_of_that_town() -> None:
    text = "У Вовчанську евакуювали 40 людей."
    assert told(text, "response.evacuation", lang="uk") == ["affected Вовчанськ"]


def test_guns_do_not_fly_on() -> None:
    text = "Нікополь, загроза артобстрілу! В укриття."
    assert told(text, "threat.artillery", lang="uk") == ["affected Нікополь"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Затримуються поїзди з Конотопа до Сум.", "uk"),
        ("Задерживаются поезда из Конотопа на Сумы.", "ru"),
        ("Trains from Konotop to Sumy are cancelled.", "en"),
    ],
)
def test_trains_come_from_one_place_and_go_to_the_other(text: str, lang: str) -> None:
    assert set(told(text, "service.transport.disrupted", lang=lang)) == {
        "origin Конотоп",
        "heading Суми",
    }


def test_where_trains_stand_is_where_they_are_late() -> None:
    text = "Через обстріл затримуються поїзди у Конотопі."
    assert told(text, "service.transport.disrupted", lang="uk") == ["affected Конотоп"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Три шахеди з боку Борзни, курс — Ніжин / Прилуки", "uk"),
        ("Три шахеда со стороны Борзны, курс — Нежин / Прилуки", "ru"),
        ("Three Shaheds from Borzna, course — Nizhyn/Pryluky", "en"),
    ],
)
def test_a_course_leads_to_its_places_over_a_dash(text: str, lang: str) -> None:
    assert set(told(text, "threat.uav", lang=lang)) == {
        "origin Борзна",
        "heading Ніжин",
        "heading Прилуки",
    }


def test_a_sector_of_the_front_over_a_colon_is_no_course() -> None:
    text = "Лозівський напрям: Близнюки, Орілька — без світла після обстрілу."
    assert "heading Орілька" not in told(text, "impact.power.outage", lang="uk")


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Два БпЛА повз Миргород на Гадяч", "uk"),
        ("Два БпЛА мимо Миргорода на Гадяч", "ru"),
        ("БпЛА пройшли Миргород, курс на н.п. Гадяч", "uk"),
    ],
)
def test_a_danger_flies_by_one_place_to_the_other(text: str, lang: str) -> None:
    assert set(told(text, "threat.uav", lang=lang)) == {"near Миргород", "heading Гадяч"}


@pytest.mark.parametrize(
    ("text", "lang", "role"),
    [
        ("Два шахеди на Чернігівщині", "uk", "affected"),
        ("Два шахеди на Чернігівщину", "uk", "heading"),
        ("БпЛА курсом на північ Чернігівщини", "uk", "heading"),
        ("БпЛА курсом на юг Черниговщины", "ru", "heading"),
        ("БпЛА на півдні Чернігівщини", "uk", "affected"),
    ],
)
def test_a_case_tells_over_a_place_from_towards_it(text: str, lang: str, role: str) -> None:
    assert told(text, "threat.uav", lang=lang) == [f"{role} Чернігівська область"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Пуски КАБ з Бєлгородщини на Харків!", "uk"),
        ("Пуски КАБ из Белгорода на Харьков!", "ru"),
        ("KAB launches from Belgorod at Kharkiv!", "en"),
    ],
)
def test_what_is_launched_at_a_place_flies_there(text: str, lang: str) -> None:
    assert set(told(text, "threat.guided_bomb", lang=lang)) == {"origin Росія", "heading Харків"}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Тривога у Броварському районі. Дрони заходять з боку Чернігівщини.", "uk"),
        ("Броварский район — воздушная тревога. БпЛА со стороны Черниговщины.", "ru"),
    ],
)
def test_a_danger_flies_to_where_the_alert_was_given(text: str, lang: str) -> None:
    assert set(told(text, "threat.uav", lang=lang)) == {
        "origin Чернігівська область",
        "heading Броварський район",
    }


def test_a_launch_area_alone_flies_to_nothing_named_long_before() -> None:
    text = "У Лубнах тривога. Школи не працюють. БпЛА з боку Сумщини."
    assert "heading Лубни" not in told(text, "threat.uav", lang="uk")


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Крим: пуски «Калібрів» у бік моря.", "uk"),
        ("Крым: пуски «Калибров» в сторону моря.", "ru"),
    ],
)
def test_crimea_before_a_launch_is_where_it_comes_from(text: str, lang: str) -> None:
    assert told(text, "threat.missile", lang=lang) == ["origin Автономна Республіка Крим"]


def test_a_danger_is_over_its_oblast_and_flies_to_a_town_in_it() -> None:
    text = "Рівненщина: БпЛА в напрямку н.п. Сарни."
    assert set(told(text, "threat.uav", lang="uk")) == {
        "affected Рівненська область",
        "heading Сарни",
    }


@pytest.mark.parametrize(
    ("text", "lang", "role"),
    [
        ("У Борзні оголошено обов'язкову евакуацію сімей з дітьми.", "uk", "origin"),
        ("В Борзне началась принудительная эвакуация семей с детьми.", "ru", "origin"),
        ("У Борзні з будинку евакуювали 20 мешканців.", "uk", "affected"),
    ],
)
def test_where_all_have_to_leave_is_what_they_leave(text: str, lang: str, role: str) -> None:
    assert told(text, "response.evacuation", lang=lang) == [f"{role} Борзна"]
