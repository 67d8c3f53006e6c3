"""What a sentence that names no place is about after one that named a part, a way or a list."""

import pytest

from vidomo.app.reader import read

KYIV, CRIMEA = "UA80000000000093317", "UA01000000000013043"
PAVLOHRAD, NIKOPOL_RAION = "UA12120070010055676", "UA12080000000023578"


def codes(text: str, topic: str) -> set[str | None]:
    found = [one for one in read(text) if one.topic == topic]
    assert found, text
    return {place.code for place in found[-1].places}


@pytest.mark.parametrize(
    "text",
    [
        (
            "У Києві пошкоджено будинки. У Дарницькому районі влучили у склад. За іншою адресою "
            "загорівся дах."
        ),
        (
            "В Киеве повреждены дома. В Дарницком районе попали в склад. По другому адресу "
            "загорелась крыша."
        ),
        (
            "Houses were damaged in Kyiv. A warehouse was hit in Darnytskyi district. At another "
            "address a roof caught fire."
        ),
    ],
)
def test_another_address_lies_elsewhere_in_the_city(text: str) -> None:
    assert codes(text, "impact.fire") == {KYIV}


@pytest.mark.parametrize(
    "text",
    [
        "У Києві пошкоджено будинки. У Дарницькому районі влучили у склад. Там загорівся дах.",
        "В Киеве повреждены дома. В Дарницком районе попали в склад. Там загорелась крыша.",
    ],
)
def test_the_same_spot_stays_in_its_district(text: str) -> None:
    assert KYIV not in codes(text, "impact.fire")


@pytest.mark.parametrize(
    "text",
    [
        "Нікопольський район. За добу 14 ударів по Марганцю та Покрову. Загинув чоловік.",
        "Никопольский район. За сутки 14 ударов по Марганцу и Покрову. Погиб мужчина.",
    ],
)
def test_totals_of_a_day_are_of_the_unit_that_the_text_began_with(text: str) -> None:
    assert codes(text, "harm.killed") == {NIKOPOL_RAION}


@pytest.mark.parametrize(
    "text",
    [
        "Нікопольський район. Уранці дрони влучили у Марганець та Покров. Загинув чоловік.",
        "Никопольский район. Утром дроны попали в Марганец и Покров. Погиб мужчина.",
    ],
)
def test_what_follows_a_strike_stays_where_it_struck(text: str) -> None:
    assert NIKOPOL_RAION not in codes(text, "harm.killed")


@pytest.mark.parametrize(
    "text",
    [
        (
            "У Павлограді пошкоджено готель. Автобуси на Тернівку їдуть від ринку. Світла немає у "
            "6 тисяч родин."
        ),
        (
            "В Павлограде повреждена гостиница. Автобусы на Терновку едут от рынка. Света нет у "
            "6 тысяч семей."
        ),
    ],
)
def test_where_buses_go_is_not_what_follows_is_about(text: str) -> None:
    assert codes(text, "impact.power.outage") == {PAVLOHRAD}


@pytest.mark.parametrize(
    "text",
    [
        "Вибухи у Джанкої та Керчі. На півострові поранено трьох людей.",
        "Взрывы в Джанкое и Керчи. На полуострове ранены трое.",
        "Explosions in Dzhankoi and Kerch. Three people were injured on the peninsula.",
    ],
)
def test_the_peninsula_is_crimea_where_the_text_is_about_it(text: str) -> None:
    assert codes(text, "harm.injured") == {CRIMEA}


def test_the_peninsula_elsewhere_is_no_place() -> None:
    for claim in read("Вибухи у Миколаєві. На півострові поранено трьох людей."):
        assert CRIMEA not in {place.code for place in claim.places}


@pytest.mark.parametrize(
    ("text", "topic", "code"),
    [
        (
            "У Черкаській області два прильоти.\nУ Сумській вночі було вісім обстрілів.",
            "event.shelling",
            "UA59000000000057109",
        ),
        (
            "В Черкасской области два прилета.\nВ Сумской ночью было восемь обстрелов.",
            "event.shelling",
            "UA59000000000057109",
        ),
        (
            "Голова Запорізької ОВА: ворог завдав удару по місту. На Нікопольщині поранено двох.",
            "event.strike",
            "UA23060070010069526",
        ),
        (
            "У Річківській громаді в селі Вири здійснено удар дроном. Пошкоджено дитсадок.",
            "impact.damage",
            "UA59080210070074233",
        ),
    ],
)
def test_an_oblast_a_city_and_a_village_are_those_that_the_words_lead_to(
    text: str, topic: str, code: str
) -> None:
    assert codes(text, topic) == {code}


def test_an_adjective_before_its_own_noun_is_no_oblast() -> None:
    text = "У Черкаській області два прильоти.\nУ Сумській лікарні поранено двох."
    assert "UA59000000000057109" not in codes(text, "harm.injured")


@pytest.mark.parametrize(
    "text",
    [
        (
            "У селі Сойми Хустського району горів будинок. Приїхали вогнеборці 16-ї "
            "пожежно-рятувальної частини селища Міжгір'я. Загинув чоловік."
        ),
        (
            "В селе Соймы Хустского района горел дом. Приехали спасатели 16-й пожарно-спасательной "
            "части поселка Межгорье. Погиб мужчина."
        ),
        (
            "A house burned in the village of Soimy, Khust district. A fire brigade from Mizhhiria "
            "came. A man died."
        ),
    ],
)
def test_the_station_that_the_engines_came_from_is_not_where_it_burned(text: str) -> None:
    assert "UA21120190010094897" not in codes(text, "harm.killed")
    assert codes(text, "harm.killed") != {None}


@pytest.mark.parametrize(
    "text",
    [
        (
            "Ракета влучила в ринок Костянтинівки. Поранених доставили до лікарні Краматорська. "
            "Двоє загинули."
        ),
        (
            "Ракета попала в рынок Константиновки. Раненых доставили в больницу Краматорска. "
            "Двое погибли."
        ),
        (
            "A missile hit a market in Kostiantynivka. Hospitals in Kramatorsk are receiving the "
            "wounded. Two people were killed."
        ),
    ],
)
def test_where_the_wounded_are_treated_is_not_where_they_were_hurt(text: str) -> None:
    assert codes(text, "harm.killed") == {"UA14120070010085843"}


@pytest.mark.parametrize(
    "text",
    [
        "Дрон влучив у лікарню Краматорська. Загинула жінка.",
        "Дрон попал в больницу Краматорска. Погибла женщина.",
    ],
)
def test_a_hospital_that_was_hit_is_where_it_happened(text: str) -> None:
    assert codes(text, "harm.killed") == {"UA14120090010038661"}


KHARKIV, KHARKIV_OBLAST = (
    "UA63120270010096107",
    "UA63000000000041885",
)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Russia struck the Pechenihy reservoir dam in Kharkiv Oblast.", "event.strike"),
        ("Росія вдарила по Печенізькій дамбі в Харківській області.", "event.strike"),
        ("Удар нанесли по Печенегам на территории Харьковской области.", "event.strike"),
    ],
)
def test_an_oblast_that_only_locates_a_town_is_no_second_place(text: str, topic: str) -> None:
    found = codes(text, topic)
    assert len(found) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Ворожих ударів зазнали Харків та 11 населених пунктів Харківської області.",
        "Ударам подверглись Харьков и 11 населенных пунктов Харьковской области.",
        "Kharkiv and 11 settlements of Kharkiv region came under attack.",
    ],
)
def test_an_oblast_beside_its_city_is_a_second_place_where_both_are_named(text: str) -> None:
    assert codes(text, "event.strike") == {KHARKIV, KHARKIV_OBLAST}


@pytest.mark.parametrize(
    "text",
    [
        (
            "У Харкові лунали вибухи. Бомби впали на Шевченківський та Холодногірський райони. "
            "Рух трамваїв зупинено."
        ),
        (
            "Explosions were heard in Kharkiv. Bombs fell on the Shevchenkivskyi and Kholodnohirskyi "
            "districts. Tram traffic was halted."
        ),
    ],
)
def test_trams_stop_in_the_city_and_not_in_its_districts(text: str) -> None:
    assert codes(text, "service.transport.disrupted") == {KHARKIV}


@pytest.mark.parametrize(
    "text",
    [
        "Укрзалізниця пускає додатковий евакуаційний рейс №604 Суми – Львів.",
        "Укрзализныця пускает дополнительный эвакуационный рейс №604 Сумы – Львов.",
    ],
)
def test_an_evacuation_train_has_the_ends_of_its_line(text: str) -> None:
    (claim,) = [one for one in read(text) if one.topic == "response.evacuation"]
    assert [place.role.value for place in claim.places] == ["origin", "heading"]


def test_the_city_is_the_one_that_a_long_text_is_about() -> None:
    text = (
        "Росія атакувала Павлоград. У Павлограді пошкоджено готель. Автобуси їдуть до Тернівки. "
        "Комунальні служби працюють цілодобово, психологи чергують у школі, волонтери роздають "
        "чай, ковдри та плівку для вікон, черги немає. Востаннє таку сильну атаку місто пережило "
        "у квітні, загинула дівчинка."
    )
    assert codes(text, "harm.killed") == {PAVLOHRAD}
