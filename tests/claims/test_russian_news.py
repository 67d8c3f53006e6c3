"""News in Russian of attacks on regions of Russia and of Ukraine."""

import pytest

from vidomo.app.reader import read

DONETSK, LUHANSK = "UA14080030010048113", "UA44060010010012753"


def told(text: str, lang: str = "ru") -> list[tuple[str, str, str]]:
    return [(c.topic, c.kind.value, c.polarity.value) for c in read(text, lang=lang)]


@pytest.mark.parametrize(
    "text",
    [
        "В аэропорту Саратова сняты временные ограничения.",
        "Аэропорт Сочи вернулся к штатному режиму.",
        "Ограничения в аэропорту Пензы отменили в шесть утра.",
        "Авиагавань Казани снова принимает рейсы.",
        "Внуково: введённые ночью ограничения сняли.",
    ],
)
def test_an_airport_that_opens_is_restored(text: str) -> None:
    assert told(text) == [("service.transport.restored", "report", "affirmed")]


@pytest.mark.parametrize(
    "text",
    [
        "Аэропорт Казани приостановил приём и выпуск рейсов.",
        "Вылеты из Сочи задержаны.",
        "Двенадцать бортов ушли на запасные аэродромы.",
        "В Пулково отменены 40 рейсов.",
    ],
)
def test_an_airport_that_closes_is_disrupted(text: str) -> None:
    assert told(text) == [("service.transport.disrupted", "report", "affirmed")]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Информации о жертвах нет.", "harm.killed"),
        ("О жертвах не сообщалось.", "harm.killed"),
        ("О пострадавших не сообщалось.", "harm.casualties"),
        ("Данных о жертвах и пострадавших нет.", "harm.casualties"),
    ],
)
def test_what_is_not_known_of_the_dead_is_theirs(text: str, topic: str) -> None:
    assert told(text) == [(topic, "unknown", "affirmed")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Обстрел центра столицы Донецкой Народной Республики.", DONETSK),
        ("По столице ДНР нанесён удар.", DONETSK),
        ("Обстрелы столицы ЛНР продолжаются.", LUHANSK),
    ],
)
def test_the_capital_of_a_so_called_republic_is_its_city(text: str, code: str) -> None:
    assert [place.code for claim in read(text, lang="ru") for place in claim.places] == [code]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Нанесён удар из РСЗО по Изюму.", "ru"),
        ("Завдано удару з РСЗВ по Ізюму.", "uk"),
    ],
)
def test_a_blow_is_a_strike_whatever_it_comes_from(text: str, lang: str) -> None:
    assert told(text, lang) == [("event.strike", "report", "affirmed")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("У мужчины взорвался повербанк.", ("event.explosion", "report", "affirmed")),
        ("В бане взорвался котёл.", ("event.explosion", "report", "affirmed")),
        ("Энергетики обещают всё починить до утра.", ("response.repair", "forecast", "affirmed")),
        ("Коммунальщики не успевают чинить сети.", ("response.repair", "report", "affirmed")),
        (
            "Экстренные службы занимаются ликвидацией последствий.",
            ("response.rescue", "report", "affirmed"),
        ),
        ("Со здания оторвало часть облицовки.", ("impact.damage", "report", "affirmed")),
    ],
)
def test_other_words_of_the_news(text: str, wanted: tuple[str, str, str]) -> None:
    assert told(text) == [wanted]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Обстрелян Валуйский округ.", "RU"),
        ("В Губкинском городском округе повреждён дом.", "RU"),
        ("В селе Дубки Валуйского муниципального округа повреждён дом.", "RU"),
        ("Взрывы в Белгороде. В Чернянском районе повреждён дом.", "RU"),
    ],
)
def test_an_okrug_lies_in_russia(text: str, code: str) -> None:
    places = {place.code for claim in read(text, lang="ru") for place in claim.places}
    assert places == {code}


@pytest.mark.parametrize(
    "text",
    [
        "В Каховском муниципальном округе повреждён дом.",
        "Повреждён дом в Алёшках, эвакуации из Алёшкинского округа нет.",
        "Московский военный округ сообщил о взрыве.",
    ],
)
def test_an_occupied_raion_and_an_army_are_no_okrug_of_russia(text: str) -> None:
    assert "RU" not in {place.code for claim in read(text, lang="ru") for place in claim.places}


def test_two_places_in_russia_are_told_of_apart() -> None:
    text = "О сильном ветре.\n\nНа улице темно.\n\nВ Шебекино повреждён дом.\n\nВ Рыльске повреждён гараж."
    assert told(text) == [("impact.damage", "report", "affirmed")] * 2


def test_those_hurt_in_another_town_make_no_total_with_its_dead() -> None:
    text = "В Балаклее погиб один человек. В Чернигове ранены четверо. В Одессе пострадали пятеро."
    assert "harm.casualties" not in {topic for topic, _, _ in told(text)}


def test_what_is_preliminary_in_a_quotation_ends_with_it() -> None:
    text = "«По предварительным данным, есть раненые», — сказал мэр и добавил, что горит склад."
    assert ("impact.fire", "report", "affirmed") in told(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("В семи сёлах произошло аварийное отключение света.", {"impact.power.outage"}),
        ("Два отселённых села без света.", {"impact.power.outage"}),
        ("Над устранением возгорания работают службы.", {"response.rescue"}),
        ("Атака привела к пожарам.", {"event.strike", "impact.fire"}),
        ("Школы и детсады перевели на генераторы.", {"service.education.adapted"}),
        ("После подавления РЭБ два дрона упали в поле.", {"event.air_defence"}),
    ],
)
def test_topics_of_russian_news(text: str, wanted: set[str]) -> None:
    assert {topic for topic, _, _ in told(text)} == wanted


@pytest.mark.parametrize(
    "text",
    [
        "В Туле отменили режим опасности атаки БПЛА.",
        "В Воронеже отменена опасность атаки БПЛА.",
        "Отбой опасности атаки БПЛА в Курской области.",
        "Режим беспилотной опасности снят в Липецкой области.",
        "Угроза удара дронов в Орле миновала.",
    ],
)
def test_a_danger_of_drones_that_is_lifted_is_over(text: str) -> None:
    assert told(text) == [("threat.uav", "report", "negated")]


@pytest.mark.parametrize(
    "text",
    ["В Туле действует режим опасности атаки БПЛА.", "Опасность атаки БПЛА объявлена в Орле."],
)
def test_a_danger_of_drones_that_lasts_is_a_warning(text: str) -> None:
    assert told(text) == [("threat.uav", "warning", "affirmed")]


def test_what_hurt_somebody_preliminarily_has_happened() -> None:
    text = "Один человек, предварительно, пострадал в результате взрыва в Туле."
    assert set(told(text)) == {
        ("harm.injured", "assessment", "affirmed"),
        ("event.explosion", "report", "affirmed"),
    }


def test_nobody_goes_where_an_attack_was() -> None:
    text = "Поезда задерживаются из-за атаки дронов на Ростовскую область. Пассажиры эвакуированы."
    assert {place.role.value for one in read(text, lang="ru") for place in one.places} == {
        "affected"
    }


def test_a_list_of_raions_abroad_lies_abroad() -> None:
    text = "БПЛА сбиты в Таганроге, Каменском, Миллеровском и Дубовском районах Ростовской области."
    assert {place.code for one in read(text, lang="ru") for place in one.places} == {"RU"}


def test_the_drones_count_an_attack_and_not_its_regions() -> None:
    claims = read("Россия ночью атаковала три региона Украины с помощью семи дронов.", lang="ru")
    assert [(c.number.min, c.number.unit) for c in claims if c.number] == [(7, "uavs")]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (
            "Вооруженные силы Украины атаковали энергосистему Донецкой Народной Республики.",
            {"UA14000000000091971"},
        ),
        ("Взрывы в Луганской Народной Республике.", {"UA44000000000018893"}),
        ("Дроны сбиты над территорией Московского региона.", {"RU"}),
        ("Армия России ударила по Сумам.", {"UA59080270010036634"}),
    ],
)
def test_armies_are_no_places_and_regions_are(text: str, codes: set[str]) -> None:
    assert {place.code for one in read(text, lang="ru") for place in one.places} == codes


def test_shares_may_lead_up_to_the_last_of_them() -> None:
    text = (
        "Над Брянской областью сбили 19 дронов. Восемь — в Ростовской, семь — в Воронежской "
        "и один дрон уничтожили над Тульской."
    )
    claims = read(text, lang="ru")
    assert sorted(c.number.min for c in claims if c.number) == [1, 7, 8, 19]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "В Винницкой области режим воздушной тревоги сняли, передаёт ТАСС.",
            ("alert.end", "report", "affirmed"),
        ),
        (
            "В Тульской области действует режим воздушной тревоги.",
            ("alert.start", "report", "affirmed"),
        ),
        ("Беспилотная опасность длилась всю ночь.", ("threat.uav", "background", "affirmed")),
        (
            "Все службы Тулы приведены в повышенную готовность.",
            ("service.emergency.adapted", "report", "affirmed"),
        ),
        (
            "Движение по Крымскому мосту перекрыто.",
            ("service.transport.disrupted", "report", "affirmed"),
        ),
        ("В Киеве сработали системы ПВО.", ("event.air_defence", "report", "affirmed")),
    ],
)
def test_regimes_and_services_of_an_attack(text: str, wanted: tuple[str, str, str]) -> None:
    assert told(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "Режим воздушной тревоги в Киеве сняли по ошибке.",
        "Режим воздушной тревоги в Туле ещё не сняли.",
        "Если режим воздушной тревоги сняли, выходите.",
        "Говорят, режим воздушной тревоги снят.",
    ],
)
def test_a_doubtful_end_of_the_regime_ends_nothing(text: str) -> None:
    assert ("alert.end", "report", "affirmed") not in told(text)


def test_a_bridge_is_no_place() -> None:
    assert not [p for c in read("Движение по Крымскому мосту перекрыто.") for p in c.places]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("ВСУ шесть раз атаковали станцию беспилотниками.", "ru"),
        ("Ворог шість разів атакував місто дронами.", "uk"),
    ],
)
def test_how_often_they_struck_is_counted(text: str, lang: str) -> None:
    counts = [c.number for c in read(text, lang=lang) if c.topic == "event.strike"]
    assert [(n.min, n.unit) for n in counts if n] == [(6, "strikes")]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Взрыв произошёл в Ангарске.", {"RU"}),
        ("В Кубинке пожар.", {"RU"}),
        ("Обстрелян Павловск.", {"RU"}),
        ("Пожар в Троицком Луганской области.", {"UA44100130010040850"}),
    ],
)
def test_towns_of_russia_are_known_and_villages_of_ukraine_stay(text: str, codes: set[str]) -> None:
    assert {place.code for one in read(text, lang="ru") for place in one.places} == codes


def test_a_line_that_is_only_a_district_heads_its_paragraph() -> None:
    text = "Взрывы в Киеве.\n\nПечерский район\n\nГорит склад.\n\nГолосеевский район\n\nГорит дом."
    fires = [c for c in read(text, lang="ru") if c.topic == "impact.fire"]
    assert [place.surface for c in fires for place in c.places] == [
        "Печерский район",
        "Голосеевский район",
    ]
