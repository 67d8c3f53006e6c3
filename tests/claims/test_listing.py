"""Lists of places stay whole, and statements side by side have their own places."""

import pytest

from vidomo.app.reader import read, read as app_read
from vidomo.gazetteer import Gazetteer

SUMY_OBLAST = "UA59000000000057109"


def told(text: str, topic: str, *, lang: str, home: str | None = None) -> set[str]:
    gazetteer = Gazetteer.open()
    return {
        gazetteer.label(ref.code) if ref.code else "?"
        for claim in read(text, lang=lang, home=home)
        if claim.topic == topic
        for ref in claim.places
    }


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Через обстріли без світла Ромни, Лебедин та Охтирка.", "uk"),
        ("Из-за обстрелов без света Ромны, Лебедин и Ахтырка.", "ru"),
        ("Romny, Lebedyn and Okhtyrka are without power because of shelling.", "en"),
    ],
)
def test_a_list_is_of_both_statements_that_it_stands_between(text: str, lang: str) -> None:
    towns = {"Ромни", "Лебедин", "Охтирка"}
    assert told(text, "impact.power.outage", lang=lang) == towns
    assert told(text, "event.shelling", lang=lang) == towns


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Повідомляють про вибухи в Джанкої та про відключення світла у Феодосії.", "uk"),
        ("Сообщают о взрывах в Джанкое и об отключении света в Феодосии.", "ru"),
        ("There are reports of explosions in Dzhankoi and of a power outage in Feodosiia.", "en"),
    ],
)
def test_two_statements_in_one_stretch_have_each_its_own_place(text: str, lang: str) -> None:
    assert told(text, "event.explosion", lang=lang) == {"Джанкой"}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Без світла 28 сіл області, зокрема Лебедин. Поранено двох людей.", "uk"),
        ("Без света 28 сел области, в частности Лебедин. Ранены два человека.", "ru"),
        ("28 villages of the region, Lebedyn among them, lost power. Two people were hurt.", "en"),
    ],
)
def test_what_follows_an_example_is_of_the_whole(text: str, lang: str) -> None:
    assert told(text, "harm.injured", lang=lang, home=SUMY_OBLAST) == {"Сумська область"}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Вінницька область: у Літинській громаді поранено двох людей.", "uk"),
        ("Винницкая область: в Литинской громаде ранены два человека.", "ru"),
        ("Vinnytsia oblast: two people were wounded in Lityn.", "en"),
    ],
)
def test_an_oblast_that_heads_a_line_only_says_where_its_places_lie(text: str, lang: str) -> None:
    found = told(text, "harm.injured", lang=lang)
    assert found
    assert "Вінницька область" not in found


def test_a_name_before_a_dash_has_what_follows_the_dash() -> None:
    text = "У Чугуєві горить дах, в Ізюмі — пошкоджений дитсадок."
    assert told(text, "impact.fire", lang="uk") == {"Чугуїв"}
    assert told(text, "impact.damage", lang="uk") == {"Ізюм"}


def test_a_numbered_train_has_its_ends_in_english_too() -> None:
    text = "No. 119 Dnipro – Rakhiv is an hour late."
    (claim,) = read(text, lang="en")
    assert [one.role.value for one in claim.places] == ["origin", "heading"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("В Ізюмі стався вибух. Про це пишуть в Україні. Поранено двох людей.", "uk"),
        ("В Изюме прогремел взрыв. Об этом пишут в Украине. Ранены два человека.", "ru"),
        ("An explosion hit Izium. The news spread in Ukraine. Two people were hurt.", "en"),
    ],
)
def test_a_country_that_nothing_is_told_of_takes_no_statement_from_a_town(
    text: str, lang: str
) -> None:
    assert told(text, "harm.injured", lang=lang) == {"Ізюм"}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("На Донеччині від початку війни загинули 300 людей (без урахування Маріуполя).", "uk"),
        ("В Донецкой области погибли 300 человек (без учета Мариуполя и Волновахи).", "ru"),
        ("In Donetsk region 300 people were killed (without Mariupol and Volnovakha).", "en"),
    ],
)
def test_what_a_total_leaves_out_is_not_where_it_holds(text: str, lang: str) -> None:
    claims = [c for c in app_read(text, lang=lang) if c.topic == "harm.killed"]
    assert [p.name for c in claims for p in c.places] == ["Донецька область"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (
            "34 settlements of the region, Lozova and Izium among them, were shelled. Two hurt.",
            "en",
        ),
        ("Без світла 38 сіл області. Найскладніша ситуація в Лозовій. Двоє травмовані.", "uk"),
    ],
)
def test_what_follows_examples_is_of_more_than_them(text: str, lang: str) -> None:
    claims = app_read(text, lang=lang, home="UA63000000000041885")
    hurt = [c for c in claims if c.topic == "harm.injured"]
    assert [p.name for c in hurt for p in c.places] == ["Харківська область"]
