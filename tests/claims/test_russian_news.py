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
