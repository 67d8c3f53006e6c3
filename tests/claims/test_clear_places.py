"""An all-clear holds for the places that it names, not for those that a danger moves between."""

import pytest

from vidomo.app.reader import read


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Дрон над Лозовой.\nОтбой, дрон ушёл на Днепропетровщину.", "Днепропетровщину"),
        ("В Днепре взрывы. Возможны выходы из Крыма.\nОбщий отбой 23:05.", "Крыма"),
        ("Улетел на Токмак, тревогу отменили.", "Токмак"),
    ],
)
def test_an_all_clear_is_not_for_a_place_that_the_danger_comes_from_or_flies_to(
    text: str, place: str
) -> None:
    claims = [claim for claim in read(text, lang="ru") if claim.topic == "alert.end"]
    assert claims
    assert place not in {ref.surface for claim in claims for ref in claim.places}


@pytest.mark.parametrize(
    "text",
    [
        "Возможна тревога.",
        "Сигналы учебные: в 11:00 прозвучит «отбой».",
        "Тревогу пока не снимают.",
    ],
)
def test_talk_of_a_later_or_trained_signal_ends_no_alert(text: str) -> None:
    found = [(claim.topic, claim.kind.value) for claim in read(text, lang="ru")]
    assert ("alert.end", "report") not in found


@pytest.mark.parametrize(
    "text",
    [
        "3 июня 2023 года авиабомба разрушила библиотеку, погибли двое.",
        "Ровно год без шахтёра, погибшего от сброса с дрона.",
        "Крышу чинят после весеннего прилёта.",
    ],
)
def test_what_happened_years_or_months_ago_is_background(text: str) -> None:
    claims = [claim for claim in read(text, lang="ru") if claim.topic[:5] in {"event", "harm."}]
    assert claims
    assert {claim.kind.value for claim in claims} == {"background"}


@pytest.mark.parametrize(
    ("text", "topic", "polarity"),
    [
        ("Атаки не было.", "event.strike", "negated"),
        ("Блэкаута не было.", "impact.power.outage", "negated"),
        ("Ракетная опасность отменена.", "threat.missile", "negated"),
    ],
)
def test_what_was_not_or_is_called_off_is_negated(text: str, topic: str, polarity: str) -> None:
    found = {(claim.topic, claim.polarity.value) for claim in read(text, lang="ru")}
    assert (topic, polarity) in found


@pytest.mark.parametrize(
    "text",
    [
        "Просим удалить фото из порта.",
        "Не стримьте с места!",
        "За съёмку эстакады — протокол.",
        "Хватит выкладывать схему пролёта.",
        "Админ не публикует попадания.",
    ],
)
def test_a_request_not_to_film_is_advice_alone(text: str) -> None:
    assert {claim.topic for claim in read(text, lang="ru")} == {"advice.do_not_film"}


def test_an_all_clear_is_not_for_a_district_that_is_called_yellow() -> None:
    text = "Чернігівська: Корюківський район відбій, Чернігівський район жовтий."
    (clear,) = [claim for claim in read(text, lang="uk") if claim.topic == "alert.end"]
    assert [place.surface for place in clear.places] == ["Корюківський район"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Відбій тривоги у всіх західних областях. Посольства виїхали з Києва.", "uk"),
        ("Послы уехали из Киева. Отбой тревоги в западных областях.", "ru"),
        ("Embassies were leaving Kyiv. The all-clear was announced in all western regions.", "en"),
        ("Western Ukraine: all clear.", "en"),
    ],
)
def test_an_all_clear_of_a_part_of_the_country_ends_none_elsewhere(text: str, lang: str) -> None:
    assert not [c for c in read(text, lang=lang) if c.topic == "alert.end" and c.places]
