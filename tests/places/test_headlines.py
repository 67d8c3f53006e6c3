"""A heading and the text below it state a thing once."""

import pytest

from vidomo.app.reader import read

Fact = tuple[float | None, list[str]]


def facts(text: str, topic: str) -> list[Fact]:
    return [
        (one.number.min if one.number else None, [place.name for place in one.places])
        for one in read(text)
        if one.topic == topic
    ]


@pytest.mark.parametrize(
    ("text", "topic", "wanted"),
    [
        (
            "На Харківщині загинув чоловік\n\nУ Дергачах під час пожежі загинув чоловік.",
            "harm.killed",
            [(1, ["Дергачі"])],
        ),
        (
            "В Харьковской области погиб мужчина\n\nВ Дергачах при пожаре погиб мужчина.",
            "harm.killed",
            [(1, ["Дергачі"])],
        ),
        (
            "A man killed in Kharkiv region\n\nIn Derhachi a man was killed in a fire.",
            "harm.killed",
            [(1, ["Дергачі"])],
        ),
        ("Є постраждалі в Ізюмі. Поранено двох людей.", "harm.injured", [(2, ["Ізюм"])]),
        ("В Изюме есть пострадавшие. Ранены двое.", "harm.injured", [(2, ["Ізюм"])]),
        (
            "Over 50 drones downed over Ukraine\n\nAir defence shot down 53 drones over Ukraine.",
            "event.air_defence",
            [(53, ["Україна"])],
        ),
        (
            "Підліток загинув під час пожежі в Сумах\n\nУ будинку в Сумах загинув 15-річний хлопець.",
            "harm.killed",
            [(1, ["Суми"])],
        ),
        (
            "Подросток погиб при пожаре в Изюме\n\nВ доме в Изюме погиб 16-летний парень.",
            "harm.killed",
            [(1, ["Ізюм"])],
        ),
        (
            "A child killed in a fire in Sumy\n\nIn a flat in Sumy a six-year-old boy was killed.",
            "harm.killed",
            [(1, ["Суми"])],
        ),
        (
            "Kyiv: two dead after a strike\n\nAt least two people were killed in Kyiv.",
            "harm.killed",
            [(2, ["Київ"])],
        ),
    ],
)
def test_the_more_exact_of_the_two_stays(text: str, topic: str, wanted: list[Fact]) -> None:
    assert facts(text, topic) == wanted


@pytest.mark.parametrize(
    ("text", "topic", "count"),
    [
        ("У Харкові поранено двох\n\nУ Сумах поранено двох.", "harm.injured", 2),
        ("Семеро поранених в Ізюмі\n\nСеред поранених в Ізюмі троє дітей.", "harm.injured", 2),
        (
            "В Ізюмі загинули жінка і дитина\n\nУ будинку в Ізюмі загинула дитина.",
            "harm.killed",
            2,
        ),
        ("В Ізюмі вибухи\n\nВибухів у Харківській області не було.", "event.explosion", 2),
        ("Two wounded in Sumy region\n\nIn Sumy three people were wounded.", "harm.injured", 2),
        ("🟢 Сумщина: відбій\n🟢 Полтава: відбій", "alert.end", 2),
        (
            "Удар по Харківській області\n\nУ Харкові влучив дрон. В області горять сім будинків.",
            "event.strike",
            2,
        ),
    ],
)
def test_what_the_text_tells_apart_stays_apart(text: str, topic: str, count: int) -> None:
    assert len(facts(text, topic)) == count


def test_a_count_of_the_heading_takes_the_place_of_the_text() -> None:
    text = (
        "Railway worker killed in Sumy Oblast\n\n"
        "A fitter of the depot, who had two shifts behind him that night, was killed when a "
        "drone hit it at Konotop."
    )
    assert facts(text, "harm.killed") == [(1, ["Конотоп"])]


def test_a_heading_that_counts_the_places_of_the_text_is_told_by_them() -> None:
    text = "Two oblasts without power\n\nSumy and Poltava oblasts have no power after a storm."
    assert facts(text, "impact.power.outage") == [(None, ["Сумська область", "Полтавська область"])]


def test_a_line_of_the_railway_is_not_the_heading_told_again() -> None:
    text = "Затримки на Харківщині\n\nПоїзд №6431 Харків – Савинці затримується на 40 хвилин."
    assert len(facts(text, "service.transport.disrupted")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "РФ обстріляла Херсон\n\nУдень росіяни обстріляли Херсон і Берислав.",
        "РФ обстреляла Херсон\n\nДнём россияне обстреляли Херсон и Берислав.",
        "Russia shelled Kherson\n\nIn the afternoon Russian forces shelled Kherson and Beryslav.",
    ],
)
def test_a_heading_that_names_one_of_the_places_gives_way(text: str) -> None:
    assert [sorted(names) for _, names in facts(text, "event.shelling")] == [["Берислав", "Херсон"]]


def test_a_day_told_more_exactly_below_is_the_same_day() -> None:
    text = (
        "В ночь на среду россияне ударили по объектам Сумской области, идут работы\n\n"
        "В ночь на среду, 22 мая, россияне нанесли удар по городам Шостка и Конотоп."
    )
    assert [sorted(names) for _, names in facts(text, "event.strike")] == [["Конотоп", "Шостка"]]


def test_residents_of_a_heading_are_the_customers_of_the_text() -> None:
    text = (
        "Без світла 28 тисяч жителів Сумщини\n\n"
        "Без світла залишилися 28 тисяч абонентів Сумської області."
    )
    assert len(facts(text, "impact.power.outage")) == 1
