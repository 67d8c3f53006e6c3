"""Russian statements that are easily turned over, and phrasings of many voices."""

import pytest

from vidomo.app.reader import read


def facts(text: str) -> set[tuple[str, str, str]]:
    return {(c.topic, c.kind.value, c.polarity.value) for c in read(text, lang="ru")}


def places_of_the_end(text: str) -> list[str | None]:
    return [
        place.code
        for claim in read(text, lang="ru")
        if claim.topic == "alert.end"
        for place in claim.places
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (
            "Отбой: Полтавская, Сумская. Возле Чугуева ещё два дрона.",
            ["UA53000000000028050", "UA59000000000057109"],
        ),
        ("Отбой везде, кроме Сумской области.", ["UA"]),
        ("Ждём отбоя, не снимать работу ПВО.", []),
    ],
)
def test_an_all_clear_is_for_the_oblasts_that_a_list_names_short(
    text: str, codes: list[str]
) -> None:
    assert places_of_the_end(text) == codes


def test_an_expected_lack_of_an_all_clear_is_a_forecast() -> None:
    assert ("alert.end", "forecast", "negated") in facts("Отбоя до утра не будет, Полтава.")


@pytest.mark.parametrize(
    "text",
    [
        "Пострадавшие: ни одного.",
        "Ночью 0 раненых в Одессе.",
        "Рабочих не задело.",
        "Взрывов в городе ночью не было, как и пострадавших.",
    ],
)
def test_nobody_hurt_is_not_somebody_hurt(text: str) -> None:
    found = {fact for fact in facts(text) if fact[0] == "harm.injured"}
    assert found == {("harm.injured", "report", "negated")}


@pytest.mark.parametrize(
    "text",
    [
        "Восстановление путей идёт после налёта 12 ноября.",
        "Клуб снова открыт; три недели после обстрела стоял без тепла.",
        "Взрывов в городе в тот день не было.",
    ],
)
def test_what_a_sentence_dates_back_is_background(text: str) -> None:
    events = {fact for fact in facts(text) if fact[0].startswith("event.")}
    assert events
    assert {kind for _, kind, _ in events} == {"background"}


def test_a_request_that_names_a_bang_is_no_bang() -> None:
    assert facts("Фото, «где рвануло», не надо.") == {("advice.do_not_film", "advice", "affirmed")}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Авиабомбы легли в поле под Сумами.", ("event.strike", "report", "affirmed")),
        ("Версию о дроне в мэрии опровергли.", ("event.strike", "report", "denied")),
        ("Мина попала в двор в Никополе.", ("event.shelling", "report", "affirmed")),
        ("Обвалился сарай.", ("impact.damage", "report", "affirmed")),
        ("Двоих достали живыми.", ("harm.rescued", "report", "affirmed")),
        ("Убитых нет.", ("harm.killed", "report", "negated")),
        ("Завтра ГАО не будет.", ("power.emergency_shutdown", "forecast", "negated")),
        ("Отбой угрозы артобстрела.", ("threat.artillery", "report", "negated")),
        ("Спасателей не пускают к подвалу.", ("response.rescue", "report", "negated")),
        ("Больницы работают в штатном режиме.", ("service.health.disrupted", "report", "negated")),
        ("Подвоз воды в среду.", ("help.water", "plan", "affirmed")),
        (
            "Поезда до Лозовой заменены автобусами.",
            ("service.transport.adapted", "report", "affirmed"),
        ),
    ],
)
def test_a_phrasing_is_read(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts(text)
