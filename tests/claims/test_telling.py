"""What closes a text: how far what is recalled is told on, and news of other places."""

import pytest

from claims.reading import facts, read


def kinds(text: str, topic: str) -> list[str]:
    return [claim.kind.value for claim in read(text).claims if claim.topic == topic]


_CLOSED = [
    (
        "В Ізюмі дрон влучив у будинок. Двоє поранених.\n"
        "Про це повідомив мер міста. Рятувальники загасили пожежу.\n"
        "Нагадаємо, 5 березня російські війська атакували Суми.\n"
        "Внаслідок атаки загинула жінка, пошкоджено школу."
    ),
    (
        "В Изюме дрон попал в дом. Двое раненых.\n"
        "Об этом сообщил мэр города. Спасатели потушили пожар.\n"
        "Ранее стало известно, что 5 марта российские войска атаковали Сумы.\n"
        "В результате атаки погибла женщина, повреждена школа."
    ),
    (
        "In Izium a drone hit a house. Two people were wounded.\n"
        "This was reported by the mayor. Rescuers put out the fire.\n"
        "As a reminder, on 5 March Russian troops attacked Sumy.\n"
        "A woman was killed in the attack and a school was damaged."
    ),
]


@pytest.mark.parametrize("text", _CLOSED)
def test_what_a_text_recalls_at_its_end_goes_on_over_the_next_paragraph(text: str) -> None:
    assert kinds(text, "harm.killed") == ["background"]
    assert kinds(text, "harm.injured") == ["report"]


@pytest.mark.parametrize(
    "text",
    [
        (
            "В Ізюмі дрон влучив у будинок.\nМер просить не публікувати фото. Тривога триває.\n"
            "Нагадаємо, 5 березня атакували Суми.\nСьогодні у Харкові поранено двох людей."
        ),
        (
            "В Изюме дрон попал в дом.\nМэр просит не публиковать фото. Тревога продолжается.\n"
            "Ранее атаковали Сумы.\nСегодня в Харькове ранены двое."
        ),
    ],
)
def test_what_holds_today_is_no_part_of_what_is_recalled(text: str) -> None:
    assert kinds(text, "harm.injured") == ["report"]


@pytest.mark.parametrize(
    "text",
    [
        (
            "У Лозовій на Харківщині загорівся будинок. Загинула жінка.\n"
            "Рятувальники гасили вогонь дві години.\nПричину пожежі встановлюють.\n"
            "У Кременчуці вибухнув газ. Постраждали троє."
        ),
        (
            "В Лозовой Харьковской области загорелся дом. Погибла женщина.\n"
            "Спасатели тушили огонь два часа.\nПричину пожара устанавливают.\n"
            "В Кременчуге произошел взрыв газа. Пострадали трое."
        ),
        (
            "A house burned in Lozova, Kharkiv oblast. A woman was killed.\n"
            "Rescuers fought the fire for two hours.\nThe cause is being established.\n"
            "In Kremenchuk gas exploded. Three people were injured."
        ),
    ],
)
def test_a_last_paragraph_about_another_oblast_is_other_news(text: str) -> None:
    found = facts(text)
    assert ("harm.injured", "background", "affirmed") in found
    assert ("harm.killed", "report", "affirmed") in found


@pytest.mark.parametrize(
    "text",
    [
        (
            "У Лозовій на Харківщині загорівся будинок. Загинула жінка.\n"
            "Рятувальники гасили вогонь дві години.\nПричину пожежі встановлюють.\n"
            "Також у Кременчуці вибухнув газ. Постраждали троє."
        ),
        (
            "Удар по Харкову: загинула жінка.\nУ Сумах пошкоджено школу.\n"
            "У Чернігові загорівся склад.\nУ Полтаві постраждали троє."
        ),
    ],
)
def test_what_happened_there_as_well_is_news(text: str) -> None:
    assert kinds(text, "harm.injured") == ["report"]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Ізюм обстріляли 19 грудня вдень. Без світла два села.\n"
            "Вдень 18 грудня під обстрілом загинув чоловік."
        ),
        (
            "Изюм обстреляли 19 декабря днем. Без света два села.\n"
            "Днем 18 декабря при обстреле погиб мужчина."
        ),
    ],
)
def test_the_day_before_told_below_the_news_is_past(text: str) -> None:
    assert kinds(text, "harm.killed") == ["background"]


def test_an_evening_and_the_morning_after_it_are_one_night() -> None:
    text = (
        "Вранці 9 січня обстріляли Ізюм.\n"
        "8 січня близько 22:30 війська били по селу, загинув чоловік."
    )
    assert kinds(text, "harm.killed") == ["report"]


@pytest.mark.parametrize(
    "text",
    [
        "Енергетики відновлюють підстанцію, яку раніше пошкодили обстріли.",
        "Енергетики відновлюють раніше зруйновану підстанцію.",
        "Энергетики восстанавливают линию, которую ранее повредили обстрелы.",
        "Crews repair a substation previously damaged by shelling.",
        "Головне, що ви могли пропустити. У Сумах дрон пошкодив школу.",
        "Из-за вторжения россии в городе повреждено 300 домов.",
        "The outage is due to previous massive shelling and damage to the plant.",
    ],
)
def test_earlier_damage_is_past(text: str) -> None:
    assert set(kinds(text, "impact.damage")) <= {"background"}


@pytest.mark.parametrize(
    "text",
    [
        "Це один із наймасованіших ударів по Сумах за останній місяць.",
        "Это один из самых массированных ударов по Сумам за последний месяц.",
        "It was one of the largest strikes on Sumy in the past month.",
    ],
)
def test_the_greatest_of_a_month_is_news(text: str) -> None:
    assert kinds(text, "event.strike") == ["report"]


@pytest.mark.parametrize(
    "text",
    [
        "За добу з громади евакуювали 40 людей.",
        "За сутки из громады эвакуировали 40 человек.",
        "In 24 hours 40 people were evacuated from the community.",
    ],
)
def test_those_taken_out_in_a_day_are_a_total(text: str) -> None:
    assert kinds(text, "response.evacuation") == ["background"]


def test_what_is_told_of_a_day_goes_on_below_its_heading() -> None:
    text = (
        "Izium district administration. Morning summary.\n\n"
        "Over the past day the enemy attacked 9 settlements.\n"
        "A school in Izium was damaged."
    )
    assert kinds(text, "impact.damage") == ["background"]


def test_strikes_during_the_day_are_a_total() -> None:
    assert kinds("412 strikes on 9 settlements during the day.", "event.strike") == ["background"]


@pytest.mark.parametrize(
    "text",
    [
        "Лікарня зачинена: дах пошкоджено ударом восени 2025-го.",
        "Больница закрыта: крыша повреждена ударом осенью 2025-го.",
    ],
)
def test_a_year_with_an_ending_is_a_year(text: str) -> None:
    (claim,) = [
        one
        for one in read(text, posted="2026-03-08T09:00+02:00").claims
        if one.topic == "event.strike"
    ]
    assert claim.kind.value == "background"


@pytest.mark.parametrize(
    "text",
    [
        "Поранення дістали двоє: чоловіки 1961 і 2002 р.н.",
        "Ранения получили двое: мужчины 1961 и 2002 г.р.",
        "Two were injured: a woman born in 1990 and her son.",
    ],
)
def test_the_year_of_a_birth_makes_nobody_hurt_long_ago(text: str) -> None:
    claims = read(text, posted="2026-03-08T09:00+02:00").claims
    assert "report" in {one.kind.value for one in claims if one.topic == "harm.injured"}


@pytest.mark.parametrize(
    "text",
    [
        (
            "В Ізюмі дрон влучив у склад.\nПожежу загасили.\n"
            "До слова, в ніч проти 1 грудня атакували Чернігів."
        ),
        (
            "В Изюме дрон попал в склад.\nПожар потушили.\n"
            "К слову, в ночь на 1 декабря атаковали Чернигов."
        ),
        "Trams run again in Kherson.\nPreviously\nA strike hit the grid of the city.",
        "Schools of Nizhyn reopen on October 6.\n- october 1 Russia struck a plant in Slavutych",
    ],
)
def test_news_that_are_named_by_the_way_are_past(text: str) -> None:
    assert kinds(text, "event.strike")[-1] == "background"


@pytest.mark.parametrize(
    "text",
    [
        (
            "У селі загорівся будинок, загинула жінка.\nВогонь гасили 16 рятувальників.\n"
            "Обставини встановлюють.\n18 грудня в квартирі у Харкові сталася пожежа, загинув чоловік."
        ),
        (
            "В селе загорелся дом, погибла женщина.\nОгонь тушили 16 спасателей.\n"
            "Обстоятельства устанавливают.\n18 декабря в квартире в Харькове был пожар, погиб мужчина."
        ),
    ],
)
def test_a_date_that_closes_a_text_without_dates_is_older_than_its_news(text: str) -> None:
    assert kinds(text, "harm.killed") == ["report", "background"]


@pytest.mark.parametrize(
    "text",
    [
        "У місті пройшла акція на честь загиблих унаслідок удару по ринку.",
        "Поліція повідомила військовому про підозру: за його наказом ударили по будинку.",
        "Нагадуємо: 12 січня у цій громаді внаслідок удару загинув водій.",
        "Як відомо, 8 липня ракета влучила в лікарню.",
        "В городе прошла акция в память погибших при ударе по рынку.",
        "Командиру сообщили о подозрении: он приказал нанести удар по дому.",
        "Как известно, 8 июля ракета попала в больницу.",
        "A commander was indicted over a strike on a block of flats.",
        "The strike followed an attack on Friday that left the city dark.",
    ],
)
def test_what_is_remembered_tried_or_known_is_past(text: str) -> None:
    found = kinds(text, "event.strike")
    assert "background" in found or not found


@pytest.mark.parametrize(
    "text",
    [
        "Губернатор сообщил о троих раненых.",
        "Мер повідомив про трьох поранених.",
        "The governor reported three wounded.",
    ],
)
def test_what_an_official_reports_is_news(text: str) -> None:
    assert kinds(text, "harm.injured") == ["report"]
