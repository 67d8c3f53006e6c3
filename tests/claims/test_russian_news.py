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
