"""A new paragraph turns back from the parts of a place to all of it."""

import pytest

from vidomo.app.reader import read


def hurt(text: str, *, lang: str) -> list[str]:
    return [
        place.name
        for claim in read(text, lang=lang)
        if claim.topic == "harm.injured"
        for place in claim.places
    ]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (
            "Атака на Харків.\n\nУ Салтівському районі пошкоджено дім.\n\nПоранено двох людей.",
            "uk",
        ),
        (
            "Атака на Харьков.\n\nПожары в Салтовском и Немышлянском районах.\n\nРанены двое.",
            "ru",
        ),
        (
            "Drones hit Kharkiv.\n\nFires in Saltivskyi and Nemyshlianskyi districts.\n\nTwo hurt.",
            "en",
        ),
    ],
)
def test_a_paragraph_after_the_districts_of_a_city_is_about_the_city(text: str, lang: str) -> None:
    assert hurt(text, lang=lang) == ["Харків"]


def test_a_paragraph_after_several_oblasts_is_about_the_country_told_of_before() -> None:
    text = (
        "В Україні вночі лунали вибухи.\n\nПошкоджено будинки у Сумській та Полтавській "
        "областях.\n\nПоранено двох людей."
    )
    assert [c.places[0].code for c in read(text, lang="uk") if c.topic == "harm.injured"] == ["UA"]


@pytest.mark.parametrize(
    "text",
    [
        "Росіяни атакували Харківську область.\n\nУ Чугуєві пошкоджено будинок.\n\nПоранено двох.",
        "У Чугуєві та Змієві пошкоджено будинки.\n\nПоранено двох.",
    ],
)
def test_one_town_goes_on_and_so_do_several_that_the_text_began_with(text: str) -> None:
    assert "Харківська область" not in hurt(text, lang="uk")
    assert "Чугуїв" in hurt(text, lang="uk")


def test_a_heading_about_one_district_goes_on() -> None:
    text = "У Салтівському районі Харкова пожежа.\n\nПоранено двох людей."
    assert hurt(text, lang="uk") == ["Салтівський район"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Кривий Ріг. У Саксаганському районі пожежа. Тролейбуси не ходять.", "uk"),
        ("Кривой Рог. В Саксаганском районе пожар. Троллейбусы не ходят.", "ru"),
        ("Kryvyi Rih. A fire in Saksahanskyi district. Trolleybuses do not run.", "en"),
    ],
)
def test_services_of_a_local_source_are_of_all_that_it_began_with(text: str, lang: str) -> None:
    home = "UA12060170010065850"
    claims = read(text, home=home, lang=lang)
    lines = [c for c in claims if c.topic == "service.transport.disrupted"]
    assert [place.name for claim in lines for place in claim.places] == ["Кривий Ріг"]
    fires = [c for c in claims if c.topic == "impact.fire"]
    assert [place.level for claim in fires for place in claim.places] == ["city_district"]
