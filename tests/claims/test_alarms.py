"""Lists of places tell what the alarm does at each of them, in any order and register."""

import pytest

from vidomo.app.reader import read

OBLAST_KHARKIV, OBLAST_SUMY, CITY_SUMY = (
    "UA63000000000041885",
    "UA59000000000057109",
    "UA59080270010036634",
)


def told(text: str, *, home: str | None = None) -> tuple[set[str], set[str]]:
    """Return the places where an alert ends, and where one is on, in the words of the text."""
    claims = [c for c in read(text, home=home) if c.kind == "report" and c.polarity == "affirmed"]
    ends, starts = (
        {
            place.surface or place.code or ""
            for c in claims
            if c.topic == topic
            for place in c.places
        }
        for topic in ("alert.end", "alert.start")
    )
    return ends, starts


@pytest.mark.parametrize(
    ("text", "ends", "starts"),
    [
        ("Полтавська область: відбій", {"Полтавська область"}, set()),
        ("Відбій — Суми, Шостка", {"Суми", "Шостка"}, set()),
        ("🟢 Сумщина", {"Сумщина"}, set()),
        ("Дали відбій у Лозовій та Балаклії", {"Лозовій", "Балаклії"}, set()),
        ("Ізюм, Барвінкове — відбій. Лозова ще червона", {"Ізюм", "Барвінкове"}, {"Лозова"}),
        ("Відбій: Рівненська, Волинська. Львівська — ще ні", {"Рівненська", "Волинська"}, {"Львівська"}),
        ("🟢Одещина 🟢Миколаївщина 🔴Херсонщина", {"Одещина", "Миколаївщина"}, {"Херсонщина"}),
        ("Тернопіль відбій, Чортків теж, Бережани чекаємо", {"Тернопіль", "Чортків"}, {"Бережани"}),
        ("🔴 Тривога: Суми, Охтирка\n🟢 Відбій: Ромни", {"Ромни"}, {"Суми", "Охтирка"}),
        ("Відбій тривоги:\nУмань\nСміла\nЗвенигородка", {"Умань", "Сміла", "Звенигородка"}, set()),
        ("Чугуїв район, відбій. Вовчанськ — тривога", {"Чугуїв район"}, {"Вовчанськ"}),
        ("Київ - відбій, область - тривога", {"Київ"}, {"область"}),
        ("Тривога: Дніпропетровська, Запорізька", set(), {"Дніпропетровська", "Запорізька"}),
        ("Суми, відбій! Харків, тримайтесь", {"Суми"}, set()),
        ("Суми: відбій дали, і знову тривога", set(), {"Суми"}),
        ("У Сумах відбій дали і вже знов тривога.", set(), {"Сумах"}),
        ("Отбой. Днепр, Запорожье — следим дальше", set(), set()),
        ("Отбой Полтава, Лубны. Миргород ждём", {"Полтава", "Лубны"}, {"Миргород"}),
        ("По Харькову отбой", {"Харькову"}, set()),
        ("Дали отбой по Сумской и Черниговской областям", {"Сумской", "Черниговской областям"}, set()),
        ("Никополь — отбой; Марганец — ещё нет", {"Никополь"}, {"Марганец"}),
        ("Отбой: Черкасская, Кировоградская; тревога: Полтавская", {"Черкасская", "Кировоградская"}, {"Полтавская"}),
        ("🟢 Запорожье, Запорожский район — отбой", {"Запорожье", "Запорожский район"}, set()),
        ("Конотоп 🟢 Шостка 🟢 Глухов 🔴", {"Конотоп", "Шостка"}, {"Глухов"}),
        ("All clear for Kharkiv and Sumy", {"Kharkiv", "Sumy"}, set()),
        ("Sumy region: all clear. Kharkiv region: not yet", {"Sumy region"}, {"Kharkiv region"}),
        ("🟢 Lviv oblast\n🟢 Volyn oblast\n🔴 Rivne oblast", {"Lviv oblast", "Volyn oblast"}, {"Rivne oblast"}),
        ("Nikopol is clear, Marhanets still red", {"Nikopol"}, {"Marhanets"}),
        ("Poltava and Lubny: alert over; Myrhorod: alert continues", {"Poltava", "Lubny"}, {"Myrhorod"}),
        ("Uman clear, Smila too, Cherkasy waits", {"Uman", "Smila"}, {"Cherkasy"}),
    ],
)  # fmt: skip
def test_a_list_tells_what_the_alarm_does_at_each_place(
    text: str, ends: set[str], starts: set[str]
) -> None:
    assert told(text) == (ends, starts)


@pytest.mark.parametrize(
    ("text", "ends", "starts"),
    [
        ("Відбій по області, крім Лозівського району", {"області"}, {"Лозівського району"}),
        ("Харківщина — відбій, окрім Вовчанська та Куп'янська", {"Харківщина"}, {"Вовчанська", "Куп'янська"}),
        ("Відбій: Сумська (за винятком Шосткинського району)", {"Сумська"}, {"Шосткинського району"}),
        ("Отбой по области, кроме Изюма", {"области"}, {"Изюма"}),
        ("Полтавская область: отбой, за исключением Кременчугского района", {"Полтавская область"}, {"Кременчугского района"}),
        ("Отбой везде, кроме Сумской и Черниговской", {"везде"}, {"Сумской", "Черниговской"}),
        ("All clear in Kharkiv region except Izium raion", {"Kharkiv region"}, {"Izium raion"}),
        ("Poltava oblast is clear, but not Kremenchuk", {"Poltava oblast"}, {"Kremenchuk"}),
        ("All clear everywhere except Sumy oblast and Chernihiv oblast", {"everywhere"}, {"Sumy oblast", "Chernihiv oblast"}),
    ],
)  # fmt: skip
def test_what_is_taken_out_of_an_all_clear_keeps_its_alarm(
    text: str, ends: set[str], starts: set[str]
) -> None:
    assert told(text, home=OBLAST_KHARKIV) == (ends, starts)


@pytest.mark.parametrize(
    "text",
    [
        "🟢 — відбій, 🔴 — тривога",
        "🟢 відбій\n🔴 тривога\n🟡 загроза",
        "🔴 - тревога, 🟢 - отбой. Карта обновляется каждую минуту",
        "🟢 all clear / 🔴 alert",
        "Map: 🔴 alert, 🟢 clear",
        "Мапа тривог: червоним — тривога, зеленим — відбій",
        "На карте красным — тревога, зелёным — отбой",
        "Green means all clear, red means alert",
    ],
)
def test_the_legend_of_a_map_ends_and_begins_nothing(text: str) -> None:
    assert told(text, home=CITY_SUMY) == (set(), set())


@pytest.mark.parametrize(
    "text",
    [
        "🟢 Харківщина: графіків немає",
        "🟢 Суми, Ромни: маршрутки ходять",
        "🟢 Одеса — світло є",
        "🟢 Полтава: вода подається",
        "🔴 Харків: пошкоджено будинок\n🔴 Суми: двоє поранених",
        "🟢 Харьков: свет есть",
        "🟢 Сумы, Ромны: автобусы ходят",
        "🟢 Sumy: shops are open",
        "🟢 Суми 🔴 Ромни — де є світло",
        "🟢 Сумы 🔴 Ромны — где есть свет",
        "Kharkiv is off",
        "🟢 Poltava region: no outages",
        "🔴 Kharkiv: a house is damaged\n🔴 Sumy: two wounded",
    ],
)
def test_a_coloured_circle_before_other_news_is_no_alarm(text: str) -> None:
    assert told(text, home=CITY_SUMY) == (set(), set())


@pytest.mark.parametrize(
    "text",
    [
        "Відбій: Суми. Харків: вибухи",
        "Відбій: Суми, Харків: вибухи",
        "Відбій Суми, у Харкові ще лунають вибухи",
        "Суми: відбій, Харків: тривога триває",
        "Дрон пішов на Харків, у Сумах відбій",
        "Отбой: Сумы. Харьков: взрывы",
        "Сумы: отбой, Харьков: тревога продолжается",
        "В Харькове взрывы, в Сумах отбой тревоги",
        "Отбой в Сумах, Харьков держится",
        "All clear in Sumy. Kharkiv: explosions",
        "Sumy: all-clear, Kharkiv: alert still on",
        "Sumy is clear but Kharkiv is red",
        "Kharkiv is under alert; Sumy: all clear",
    ],
)
def test_an_all_clear_for_one_place_never_reaches_another(text: str) -> None:
    ends, _ = told(text)
    assert ends
    assert not [place for place in ends if place[:4].lower() in {"харк", "харь", "khar"}]


@pytest.mark.parametrize(
    "text",
    [
        "Внаслідок атаки пошкоджено будинок у Білопіллі. Відбій тривоги о 05:58.",
        "У Тростянці горить склад. Постраждалих немає. Відбій!",
        "В Лебедине повреждён дом. Отбой тревоги в 6:10.",
        "Над Ахтыркой сбит дрон. Тревогу отменили.",
        "A house burned in Bilopillia. The alert was lifted at 5:58.",
        "A drone was downed over Trostianets. All clear.",
    ],
)
def test_an_all_clear_that_names_no_place_is_for_the_home_of_its_source(text: str) -> None:
    (end,) = [claim for claim in read(text, home=CITY_SUMY) if claim.topic == "alert.end"]
    assert [place.code for place in end.places] == [CITY_SUMY]


@pytest.mark.parametrize(
    "text",
    [
        "Охтирка. Відбій тривоги.",
        "В Охтирці тривога тривала годину. Відбій о 5:10.",
        "Ахтырка. Отбой тревоги.",
        "Тревога в Ахтырке длилась час. Отбой в 5:10.",
        "Okhtyrka. All clear.",
        "The alert in Okhtyrka was declared at 4:00. All clear at 5:10.",
        "В Охтирці вибухи, працює ППО. Відбій о 5:10.",
    ],
)
def test_an_all_clear_of_an_oblast_is_for_the_town_that_was_spoken_of(text: str) -> None:
    (end,) = [claim for claim in read(text, home=OBLAST_SUMY) if claim.topic == "alert.end"]
    assert [place.code for place in end.places] == ["UA59040110010017443"]


@pytest.mark.parametrize(
    "text",
    [
        "Відбій: Суми — фейк",
        "Суми, Шостка: відбій? Ні, чекайте",
        "Суми: відбій скоро",
        "До відбою: Суми, Шостка",
        "Відбій: Суми, кажуть у чаті. Неправда",
        "Сумы: отбой через 10 минут",
        "Отбой: Сумы? Нет",
        "Отбой в Сумах отменён",
        "Sumy: all-clear soon",
        "All clear in Sumy? Not yet",
        "Sumy: fake all clear",
        "Відбій ще рано, Суми",
        "Суми: був відбій, але знову тривога",
        "Раніше: Суми — відбій, зараз знову тривога",
        "Сирени перевірять: тривога 11:00, відбій 11:05",
        "Отбой аварийных отключений: Сумы",
        "Сумы: был отбой, но снова тревога",
        "All clear in Sumy when the MiG lands",
        "Earlier all clear in Sumy, now a new alert",
        "Drill: alert at 9:00, all clear at 9:15 in Sumy",
        "Відбій у Сумах через годину",
        "Суми: відбій за 10 хвилин",
        "Отбой в Сумах через полчаса",
        "Через 20 минут отбой в Сумах",
        "All clear in Sumy in an hour",
    ],
)
def test_an_all_clear_that_is_doubted_denied_or_to_come_ends_nothing(text: str) -> None:
    ends, _ = told(text)
    assert not ends


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Відбій тривоги в районі, дітей можна вести", {"районі"}),
        ("🟢 Харків і область", {"Харків", "область"}),
        ("Київ, область — відбій", {"Київ", "область"}),
        ("Отбой в городе и районе", {"городе", "районе"}),
        ("🟢🟢 Poltava and region", {"Poltava", "region"}),
        ("Starokostiantyniv & district — all-clear at 10:03", {"Starokostiantyniv", "district"}),
    ],
)
def test_an_all_clear_may_name_the_district_or_oblast_around_a_town(
    text: str, ends: set[str]
) -> None:
    assert told(text, home="UA68040390010084208")[0] == ends


@pytest.mark.parametrize(
    "text",
    [
        "На Українці стоять сім Ту-95, ночуємо в коридорах",
        "Оленья, Українка: борти заправлені",
        "На Украинке семь Ту-95мс, ночь будет громкой",
        "Энгельс и Украинка: стратеги на взлёте",
        "Seven Tu-95MS are loaded at Ukrainka",
        "Engels, Ukrainka: bombers fuelled",
    ],
)
def test_the_airfield_of_the_bombers_is_not_the_town_near_kyiv(text: str) -> None:
    codes = {place.code for claim in read(text) for place in claim.places}
    assert "UA32120150010043175" not in codes


@pytest.mark.parametrize(
    "text",
    [
        "A memorial to the 2024 victims opens in Lubny.",
        "Relatives of the 2022 dead came to the wall.",
        "The 2023 casualties are named on a stone.",
        "Два портрети загиблих під ракетами висять у частині.",
        "Погибли под ракетами, три портрета висят в части.",
        "Їх убило ракетою, чотири лампадки горять.",
    ],
)
def test_a_year_or_things_in_memory_of_the_dead_count_nobody(text: str) -> None:
    assert not [claim.number for claim in read(text) if claim.number]


@pytest.mark.parametrize(
    "text",
    [
        "Відбій усюди, крім Сум",
        "Загальний відбій, окрім Сумської області",
        "Отбой везде, кроме Сумского района",
        "Общий отбой, кроме Сум",
        "All clear everywhere except Sumy",
        "All clear everywhere, except for Sumy oblast",
    ],
)
def test_an_all_clear_for_all_but_the_home_of_a_source_is_not_for_its_home(text: str) -> None:
    codes = [
        place.code
        for claim in read(text, home=CITY_SUMY)
        if claim.topic == "alert.end"
        for place in claim.places
    ]
    assert codes == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Пишуть, що в Сумах відбій, та це неправда",
        "Відбій у Сумах? Ні, це фейк",
        "Пишут, что в Сумах отбой, но это неправда",
        "В чате объявили отбой в Сумах, это ложь",
        "They write that Sumy is clear, which is not true",
        "Rumours say all clear in Sumy, this is false",
    ],
)
def test_a_rumour_of_an_all_clear_that_is_called_false_ends_nothing(text: str) -> None:
    assert not told(text, home=OBLAST_KHARKIV)[0]


@pytest.mark.parametrize(
    ("text", "kind", "polarity"),
    [
        ("There were no reports of casualties.", "report", "negated"),
        ("Police had no reports of deaths.", "report", "negated"),
        ("There were no immediate reports of casualties.", "unknown", "affirmed"),
        ("There are no reports of injuries yet.", "unknown", "affirmed"),
        ("No confirmed reports of fatalities.", "unknown", "affirmed"),
        ("Повідомлень про загиблих немає.", "unknown", "affirmed"),
        ("Сообщений о погибших нет.", "unknown", "affirmed"),
    ],
)
def test_no_reports_of_casualties_is_zero_unless_it_is_too_early(
    text: str, kind: str, polarity: str
) -> None:
    found = {(c.kind.value, c.polarity.value) for c in read(text) if c.topic[:5] == "harm."}
    assert found == {(kind, polarity)}


@pytest.mark.parametrize(
    "text",
    [
        "У деяких областях оголосили відбій.",
        "Відбій у більшості районів, у двох тривога ще діє.",
        "Для частини громад уже відбій",
        "В ряде областей дали отбой.",
        "Отбой тревоги в некоторых районах",
        "All clear in some regions",
        "The alert was lifted in several districts.",
    ],
)
def test_an_all_clear_for_some_units_that_nobody_names_is_for_none(text: str) -> None:
    assert not told(text, home=OBLAST_KHARKIV)[0]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("У Києві скасували повітряну тривогу.", {"Києві"}),
        ("Оголосили про скасування тривоги в Полтаві.", {"Полтаві"}),
        ("В Киеве объявили об отмене воздушной тревоги", {"Киеве"}),
        ("В Сумах сняли воздушную тревогу.", {"Сумах"}),
        ("Воздушная тревога, объявленная утром в Одессе, отменена.", {"Одессе"}),
        ("The air raid alert declared in Odesa at dawn has been lifted.", {"Odesa"}),
    ],
)
def test_an_alert_that_is_called_off_has_ended(text: str, ends: set[str]) -> None:
    assert told(text) == (ends, set())


def test_a_place_taken_out_in_one_sentence_is_not_taken_out_in_the_next() -> None:
    claims = read("Відбій усюди, крім Харкова.\nПожежа у Бєлгородській області", home=CITY_SUMY)
    (fire,) = [claim for claim in claims if claim.topic == "impact.fire"]
    assert [place.code for place in fire.places] == ["RU"]
