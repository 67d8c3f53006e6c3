"""Names that stand for something else, and spellings of their own."""

import pytest

from vidomo.app.reader import read
from vidomo.claims.mentions import find_mentions
from vidomo.claims.prepare import prepare
from vidomo.claims.read import read_text
from vidomo.gazetteer import Gazetteer
from vidomo.places.resolve import explain

KRYVYI_RIH = "UA12060170010065850"


def told(text: str, topic: str, *, lang: str) -> set[str]:
    gazetteer = Gazetteer.open()
    return {
        gazetteer.label(ref.code) if ref.code else "?"
        for claim in read(text, lang=lang)
        if claim.topic == topic
        for ref in claim.places
    }


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Вибухи в Ізюмі, Київ поки не коментує. Поранено двох людей.", "uk"),
        ("Взрывы в Изюме, Киев пока не комментирует. Ранены два человека.", "ru"),
        ("Explosions in Izium; Kyiv has not commented. Two people were wounded.", "en"),
    ],
)
def test_a_capital_that_speaks_is_no_place(text: str, lang: str) -> None:
    assert told(text, "event.explosion", lang=lang) == {"Ізюм"}
    assert told(text, "harm.injured", lang=lang) == {"Ізюм"}


def test_a_capital_where_something_happens_is_one() -> None:
    text = "У Києві кажуть про вибухи. Київ без світла."
    assert told(text, "event.explosion", lang="uk") == {"Київ"}
    assert told(text, "impact.power.outage", lang="uk") == {"Київ"}


@pytest.mark.parametrize("text", ["#Кривий_Ріг без світла", "#Кривой_Рог без света"])
def test_a_tag_with_a_low_line_is_read_as_the_name(text: str) -> None:
    (hit,) = find_mentions(prepare(text), Gazetteer.open())
    assert KRYVYI_RIH in hit.candidates


def test_a_tag_that_is_no_name_gives_nothing() -> None:
    assert find_mentions(prepare("#Разом_До_Перемоги"), Gazetteer.open()) == ()


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Горить міст через Донець біля Ізюма.", "uk"),
        ("Горит мост через Донец у Изюма.", "ru"),
        ("A bridge over the Donets near Izium is on fire.", "en"),
    ],
)
def test_a_river_is_no_town_of_its_name(text: str, lang: str) -> None:
    assert told(text, "impact.fire", lang=lang) <= {"Ізюм"}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Дві області без світла: Сумська та Харківська.", "uk"),
        ("Две области без света: Сумская и Харьковская.", "ru"),
    ],
)
def test_oblasts_that_a_sentence_announces_are_read_without_their_type_word(
    text: str, lang: str
) -> None:
    found = told(text, "impact.power.outage", lang=lang)
    assert found == {"Сумська область", "Харківська область"}


def test_an_adjective_of_a_thing_is_no_oblast_although_one_is_spoken_of() -> None:
    text = "В області без світла школа: Харківський ліцей №3."
    hits = find_mentions(prepare(text), Gazetteer.open())
    assert not any(hit.kind == "oblast" and hit.candidates for hit in hits)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Росія вночі атакувала енергетичну інфраструктуру України.", "uk"),
        ("Россия ночью атаковала энергетическую инфраструктуру Украины.", "ru"),
    ],
)
def test_of_two_countries_the_one_that_acts_is_no_place(text: str, lang: str) -> None:
    assert told(text, "event.strike", lang=lang) == {"Україна"}


def test_a_raion_named_before_tells_its_communities_from_their_namesakes() -> None:
    text = "У Синельниківському районі ворог бив по Межівській та Покровській громадах."
    (hit,) = [one for one in find_mentions(prepare(text), Gazetteer.open()) if one.qualifiers]
    assert len(hit.candidates) == 1


def test_the_city_of_a_mayor_is_his_city() -> None:
    text = "Вибухи в Бурштині. Мер Івано-Франківська сказав, що в місті пошкоджено будинок."
    assert told(text, "impact.damage", lang="uk") == {"Івано-Франківськ"}


def test_a_city_beside_a_raion_stays_a_city() -> None:
    text = "Пожежі в Луцьку та Ковельському районі."
    kinds = [hit.kind for hit in find_mentions(prepare(text), Gazetteer.open())]
    assert kinds == ["settlement", "raion"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Про пожежу в Ізюмі повідомили в ДСНС України. Поранено двох людей.", "uk"),
        ("О пожаре в Изюме сообщили в ГСЧС Украины. Ранены два человека.", "ru"),
    ],
)
def test_the_country_in_the_name_of_a_service_is_no_place(text: str, lang: str) -> None:
    assert told(text, "harm.injured", lang=lang) == {"Ізюм"}


@pytest.mark.parametrize(
    "text", ["Обійшлося без жертв, - підкреслив Когут.", "По словам Терехова, тепла нет."]
)
def test_who_speaks_is_no_village_of_the_name(text: str) -> None:
    assert find_mentions(prepare(text), Gazetteer.open()) == ()


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("У Бєлгороді вибухи, ні Київ, ні Москва цього не підтвердили. Поранено двох.", "uk"),
        ("В Белгороде взрывы, ни Киев, ни Москва этого не подтвердили. Ранены двое.", "ru"),
        ("Explosions in Belgorod; neither Kyiv nor Moscow confirmed it. Two were hurt.", "en"),
    ],
)
def test_what_neither_capital_confirms_stays_abroad(text: str, lang: str) -> None:
    assert told(text, "event.explosion", lang=lang) == {"Росія"}
    assert told(text, "harm.injured", lang=lang) <= {"Росія"}


def test_a_country_that_acts_beside_an_oblast_is_no_place_of_what_follows() -> None:
    text = "Росія намагається знеструмити Дніпропетровщину ударами. Пошкоджено два об'єкти."
    assert told(text, "impact.damage", lang="uk") == {"Дніпропетровська область"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Shells hit the communities of Derhachi and Zolochiv in Kharkiv oblast.",
            ["Дергачівська громада", "Золочівська громада"],
        ),
        (
            "Schedules are in force in two regions at once - Cherkasy and Sumy.",
            ["Черкаська область", "Сумська область"],
        ),
        (
            "There is no power in the Zaporozhye, Dnepropetrovsk and Sumy regions.",
            ["Запорізька область", "Дніпропетровська область", "Сумська область"],
        ),
        ("There is no power in three districts of Kharkiv.", ["Харків"]),
        ("Power is back at the Kharkiv CHP.", []),
        ("Fighting goes on at the Kupiansk front.", []),
    ],
)
def test_english_names_share_a_type_word_before_or_after_them(text: str, names: list[str]) -> None:
    gazetteer = Gazetteer.open()
    reading = read_text(text, gazetteer=gazetteer, lang="en")
    placed = [one for one in explain(reading, gazetteer) if not one.mention.is_qualifier]
    assert [gazetteer.label(one.decision.code) for one in placed if one.decision.code] == names


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("ППО збила дев'ять дронів над російськими регіонами.", "uk"),
        ("ПВО сбила девять дронов над четырьмя российскими регионами.", "ru"),
        ("Nine drones were shot down over Russian regions.", "en"),
    ],
)
def test_regions_of_russia_without_names_are_russia(text: str, lang: str) -> None:
    claims = [c for c in read(text, lang=lang) if c.topic == "event.air_defence"]
    assert [place.code for claim in claims for place in claim.places] == ["RU"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Терористи з Росії завдали удару по Харкову.", "uk"),
        ("Войска России нанесли удар по Харькову.", "ru"),
    ],
)
def test_a_country_that_acts_is_not_where_a_strike_comes_from(text: str, lang: str) -> None:
    claims = [c for c in read(text, lang=lang) if c.topic == "event.strike"]
    assert [place.name for claim in claims for place in claim.places] == ["Харків"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Харків. Без світла вулиці Лісова, Зелена та Лугова.", "uk"),
        ("Харьков. Света нет на улицах Озерной, Луговой и Зеленой.", "ru"),
        ("Харків. Пожежа на житломасиві Тополя.", "uk"),
    ],
)
def test_streets_and_quarters_in_a_list_are_no_villages(text: str, lang: str) -> None:
    reading = find_mentions(prepare(text, lang=lang), Gazetteer.open())
    assert len(reading) == 1


def test_villages_in_a_list_stay() -> None:
    text = "Без світла села Лісове, Зелене та Лугове."
    assert len(find_mentions(prepare(text, lang="uk"), Gazetteer.open())) > 1


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Повідомив очільник ОВА Володимир Когут. Пошкоджено дім, додає Когут.", "uk"),
        ("Командир бригады Чумак Николай Николаевич обстрелял дома.", "ru"),
        ("Oleksandr Kamyshin wrote of a strike. Two are wounded, Kamyshin said.", "en"),
    ],
)
def test_a_surname_is_no_place_where_its_first_name_stands_once(text: str, lang: str) -> None:
    assert not find_mentions(prepare(text, lang=lang), Gazetteer.open())


def test_the_capital_of_a_so_called_republic_is_not_kyiv() -> None:
    text = "Удар по центру столицы ДНР. Украина обстреляла район."
    assert "Київ" not in told(text, "event.strike", lang="ru")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Explosions after a drone attack on Ukraine's capital.", {"Київ"}),
        ("Explosions in the capital of Poland.", set()),
        ("Strikes on Ukrainian infrastructure caused explosions.", {"Україна"}),
    ],
)
def test_the_capital_and_things_of_ukraine_in_english(text: str, names: set[str]) -> None:
    found = told(text, "event.explosion", lang="en") | told(text, "event.strike", lang="en")
    assert found - {"?"} == names


def test_a_company_of_ukraine_does_not_say_where() -> None:
    text = "Ukraine's largest energy company reported an explosion in Odesa."
    assert told(text, "event.explosion", lang="en") == {"Одеса"}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Українські регіони під ударами: росіяни атакують українські регіони.", "uk"),
        ("Россияне атаковали украинские регионы.", "ru"),
    ],
)
def test_ukrainian_regions_without_names_are_ukraine(text: str, lang: str) -> None:
    assert told(text, "event.strike", lang=lang) == {"Україна"}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Росія вночі завдала масованого удару.", "uk"),
        ("Россия нанесла массированный удар.", "ru"),
    ],
)
def test_russia_that_attacks_is_not_where_the_attack_is(text: str, lang: str) -> None:
    assert "Росія" not in told(text, "event.strike", lang=lang)


def test_russia_that_is_attacked_is_where_the_attack_is() -> None:
    assert told("Удар по территории РФ.", "event.strike", lang="ru") == {"Росія"}


@pytest.mark.parametrize(
    ("text", "lang", "names"),
    [
        ("У Сумській області вибухи, також в обласному центрі.", "uk", {"Суми"}),
        ("Взрывы по Лозовскому району: райцентр, Орелька.", "ru", {"Лозова"}),
        ("Blasts in Sumy oblast, also in the regional center.", "en", {"Суми"}),
    ],
)
def test_the_seat_of_a_unit_stands_without_its_name(text: str, lang: str, names: set[str]) -> None:
    assert names <= told(text, "event.explosion", lang=lang)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("There is no power in the Dnipro region.", "Дніпропетровська область"),
        ("There is no power in the Uzhhorod region.", "Закарпатська область"),
        ("There is no power in the Holosiivsky district of the capital.", "Голосіївський район"),
    ],
)
def test_english_spellings_of_units(text: str, name: str) -> None:
    assert told(text, "impact.power.outage", lang="en") == {name}


def test_towns_of_russia_in_ukrainian_spelling_are_russia() -> None:
    assert told("У Білгороді пролунали вибухи.", "event.explosion", lang="uk") == {"Росія"}
    told_of = told("У Білгороді-Дністровському пролунали вибухи.", "event.explosion", lang="uk")
    assert told_of == {"Білгород-Дністровський"}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Вовчанська МВА (у Харкові). У місті немає зв'язку.", "uk"),
        ("Волчанская МВА (работает из Харькова). В городе нет связи.", "ru"),
        ("Vovchansk MVA (working from Kharkiv). There is no mobile connection in the town.", "en"),
    ],
)
def test_where_a_body_works_from_in_brackets_is_not_what_it_tells_of(text: str, lang: str) -> None:
    assert told(text, "impact.comms.outage", lang=lang) == {"Вовчанськ"}


@pytest.mark.parametrize(
    "text",
    [
        "В пятигорской многоэтажке взорвался газ.",
        "Дрон попал в нижнекамский цех, горит на нижнекамском складе.",
        "Задержки рейсов во всех московских аэропортах.",
        "Пожежа на брянському складі боєприпасів.",
        "Дрони атакували рязанську нафтобазу.",
        "Вибухи на двох саратовських заводах.",
    ],
)
def test_an_adjective_of_a_town_in_russia_says_where(text: str) -> None:
    assert {p.code for c in read(text) for p in c.places} == {"RU"}


@pytest.mark.parametrize(
    "text",
    [
        "Взрыв устроила группа московских чиновников.",
        "У Московському районі Харкова пролунав вибух.",
        "Вибух, кажуть ветерани саратовських заводів.",
    ],
)
def test_an_adjective_of_people_or_of_a_district_is_no_place_in_russia(text: str) -> None:
    assert "RU" not in {p.code for c in read(text) for p in c.places}
