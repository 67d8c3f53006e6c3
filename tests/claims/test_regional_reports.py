"""What regional authorities and agencies report is read by what their sentences say."""

import pytest

from vidomo.app.reader import read
from vidomo.claims.model import Claim, Kind


def told(text: str, lang: str) -> list[tuple[str, str]]:
    return [(one.topic, one.kind.value) for one in read(text, lang=lang)]


def counts(claims: list[Claim] | tuple[Claim, ...], topic: str) -> list[float | None]:
    return [one.number.min for one in claims if one.topic == topic and one.number is not None]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Данных о раненых и повреждениях губернатор не привел.", "ru"),
        ("Сведения о пострадавших и разрушениях мэр города пока не назвал.", "ru"),
        ("Інформації про поранених або руйнування голова громади не навів.", "uk"),
        ("Даних про загиблих і пошкодження у місті служба не наводить.", "uk"),
        ("The governor gave no information on casualties or damage.", "en"),
    ],
)
def test_what_nobody_gave_figures_of_is_unknown(text: str, lang: str) -> None:
    assert {("harm.casualties", "unknown"), ("impact.damage", "unknown")} == set(told(text, lang))


def test_figures_that_were_given_are_no_unknown() -> None:
    assert ("impact.damage", "unknown") not in told("Губернатор привел данные о разрушениях.", "ru")
    assert ("impact.damage", "unknown") not in told("Мер навів дані про руйнування.", "uk")


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("На местах работают специалисты экстренных служб города.", "ru"),
        ("Экстренные службы ликвидируют последствия.", "ru"),
        ("Спасатели устраняют последствия.", "ru"),
        ("На місці працюють фахівці екстрених служб області.", "uk"),
        ("Екстрені служби ліквідовують наслідки.", "uk"),
    ],
)
def test_emergency_services_at_work_are_rescue(text: str, lang: str) -> None:
    assert told(text, lang) == [("response.rescue", "report")]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("На месте работают специалисты водоканала.", "ru"),
        ("Коммунальные службы ликвидируют последствия.", "ru"),
        ("На місці працюють фахівці водоканалу.", "uk"),
        ("Комунальні служби ліквідовують наслідки.", "uk"),
    ],
)
def test_utilities_at_work_are_repair(text: str, lang: str) -> None:
    assert told(text, lang) == [("response.repair", "report")]


@pytest.mark.parametrize(
    ("text", "lang", "topic"),
    [
        ("Сняты ограничения в аэропорту Пензы.", "ru", "restored"),
        ("Ведомство сообщило о снятии временных ограничений в аэропорту Самары.", "ru", "restored"),
        ("Введены ограничения в аэропорту Пензы.", "ru", "disrupted"),
        ("Сообщили о введении временных ограничений в аэропорту Самары.", "ru", "disrupted"),
        ("Знято обмеження в аеропорту Пензи.", "uk", "restored"),
        ("Повідомили про зняття обмежень на роботу аеропорту Самари.", "uk", "restored"),
        ("Діють обмеження в аеропорту Пензи.", "uk", "disrupted"),
    ],
)
def test_limits_at_an_airport_hold_until_they_are_lifted(text: str, lang: str, topic: str) -> None:
    assert told(text, lang) == [(f"service.transport.{topic}", "report")]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("В области зафиксирован удар дрона по грузовику в Сумах.", "ru"),
        ("Зафиксирована атака беспилотника на склад в Сумах.", "ru"),
        ("Зафіксовано удар дрона по вантажівці в Сумах.", "uk"),
        ("Зафіксовано влучання безпілотника в склад у Сумах.", "uk"),
    ],
)
def test_a_blow_that_was_recorded_is_no_danger_that_comes(text: str, lang: str) -> None:
    assert told(text, lang) == [("event.strike", "report")]


def test_a_drone_that_was_recorded_is_a_danger() -> None:
    assert told("Зафиксирован беспилотник в Сумской области.", "ru")[0][0] == "threat.uav"


@pytest.mark.parametrize("accident", ["ДТП", "столкновения", "наезда"])
def test_the_circumstances_of_a_road_accident_are_of_no_explosion(accident: str) -> None:
    text = f"Погибли два человека. Обстоятельства {accident} устанавливают."
    assert [one.topic for one in read(text, lang="ru")] == ["harm.killed"]


@pytest.mark.parametrize(
    ("text", "lang", "wanted"),
    [
        (
            (
                "Повітряні сили: збито 36 безпілотників. Над Сумською областю — 24 БпЛА, над"
                " Полтавською — 12. Про це командування повідомило вранці в застосунку, додавши, що"
                " чергові розрахунки працювали всю ніч, а дані ще уточнюватимуть у штабі."
            ),
            "uk",
            [36, 24, 12],
        ),
        (
            (
                "Военные сообщили: сбито 36 беспилотников. Над Сумской областью — 24 БПЛА, над"
                " Полтавской — 12. Об этом командование сообщило утром в приложении, добавив, что"
                " дежурные расчёты работали всю ночь и ещё полдня после неё, до самого вечера."
            ),
            "ru",
            [36, 24, 12],
        ),
        (
            (
                "The air force said 36 drones were downed. Over Sumy oblast 24 drones, over Poltava"
                " oblast 12."
            ),
            "en",
            [36, 24, 12],
        ),
    ],
)
def test_the_sentence_after_a_count_of_the_downed_tells_where(
    text: str, lang: str, wanted: list[int]
) -> None:
    claims = read(text, lang=lang)
    assert counts(claims, "event.air_defence") == wanted
    assert not counts(claims, "event.strike")


def test_drones_in_a_town_after_a_count_of_the_downed_are_none_of_those() -> None:
    claims = read("Сбито 36 дронов. В Сумах 4 дрона попали в дом.", lang="ru")
    assert counts(claims, "event.air_defence") == [36]


@pytest.mark.parametrize(
    "text",
    [
        "Угроза атаки БПЛА в Воронеже и Бутурлиновском районе области.",
        "Пожар в Воронеже и Лискинском районе.",
    ],
)
def test_a_district_with_a_name_of_its_own_is_not_that_of_the_town_before_it(text: str) -> None:
    codes = {place.code for claim in read(text, lang="ru") for place in claim.places}
    assert not any(code and code.startswith("UA59100") for code in codes)


def test_a_district_without_a_name_is_that_of_the_town_before_it() -> None:
    claim = read("Взрывы в Сумах и районе.", lang="ru")[0]
    assert claim.kind is Kind.REPORT
    assert len(claim.places) == 2
