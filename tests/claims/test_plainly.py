"""An all-clear is heard only where nothing beside it could make it something else."""

import pytest

from vidomo.app.reader import read
from vidomo.claims.patterns import parse_pattern
from vidomo.claims.prepare import prepare
from vidomo.claims.tables import LANGUAGES, table

HOME = "UA63120270010096107"  # Kharkiv


def clear(text: str) -> list[set[str | None]]:
    return [
        {place.code for place in claim.places}
        for claim in read(text, home=HOME)
        if claim.topic == "alert.end"
        and claim.kind.value in {"report", "assessment"}
        and claim.polarity.value == "affirmed"
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_beside_an_all_clear_show_in_their_example_only(lang: str) -> None:
    for name, entry in table(lang, "plain").items():
        ((element,),) = parse_pattern(entry["words"])
        assert any(element.fits(token) for token in prepare(entry["example"]).tokens), name
        assert not any(element.fits(token) for token in prepare(entry["counter"]).tokens), name


@pytest.mark.parametrize(
    "text",
    [
        "Відбій можливий найближчим часом у Київській області.",
        "Мер пообіцяв повідомити про відбій у Павлограді.",
        "Відбій у громаді дамо окремим повідомленням.",
        "Комендант: відбій у гарнізоні о 22:00, світло гасимо.",
        "Відбій! Ні, вибачте, це помилка, тривога в Сумах триває.",
        "Відбій дали, але за хвилину знову оголосили тривогу в Сумах.",
        "Відбій на сході області, на заході тривога: Сарни, Дубно.",
        "Відбій — це коли сирена рівна одну хвилину.",
        "Отбой! (шутка)",
        "За словами очевидців, відбій у Херсоні пролунав, офіційно не підтверджено.",
        "Отбой в Херсоне, якобы, объявили.",
        "According to witnesses, the all-clear was given in Kherson.",
        "Сторож приспав дітей і погасив світло: відбій.",
        "У чатах пишуть, що відбій у Лозовій.",
        "В чатах пишут, что в Одессе отбой. Мы такой информации не имеем.",
        "Зелёная иконка на карте — отбой.",
        "Мэр обещал сообщить про отбой в Мерефе.",
        "Отбой в гарнизоне в 22:00, свет гасим.",
        "Отбой. Стоп, ошибочно нажали, тревога в Сумах.",
        "Отбой дали, через минуту снова тревога в Сумах.",
        "Had the all-clear been sounded earlier in Kherson, nobody would have queued.",
        "Kyiv region: all-clear cancelled, new threat from the north.",
        "All-clear for you, Cherkasy 😉 No wait, that was the football chat.",
        "The mayor promised an all-clear in Sumy.",
        "They write that the all-clear was given in Izium.",
        "The all-clear in Sumy was given, a minute later the alert was on again in Shostka.",
    ],
)
def test_a_promise_a_rumour_a_story_and_a_slip_end_no_alarm(text: str) -> None:
    assert clear(text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Нарешті відбій тривоги в Чугуєві, дякуємо всім.", "UA63140170010036104"),
        ("Увага! У місті оголошено відбій повітряної тривоги.", HOME),
        ("Міська рада повідомила, що відбій тривоги дали о 07:01.", HOME),
        ("Отбой воздушной тревоги в Харькове дали в 09:48, можно выходить.", HOME),
        ("Уважаемые жители города, отбой!", HOME),
        ("The all-clear was given in Kharkiv at 07:12.", HOME),
        ("Kharkiv: the air raid alert is over, you may leave shelters.", HOME),
    ],
)
def test_what_administrations_really_write_is_heard(text: str, place: str) -> None:
    assert clear(text) == [{place}]


def test_a_report_of_a_body_is_heard_and_hearsay_is_not() -> None:
    assert clear("ОВА повідомила, що відбій тривоги у Харкові.") == [{HOME}]
    assert clear("Сусіди кажуть, що відбій тривоги у Харкові.") == []


@pytest.mark.parametrize(
    "text",
    [
        "О 14:05 на території громади пролунав сигнал «Відбій повітряної тривоги».",
        "Повітряна тривога в області завершена, відновлюємо роботу ЦНАПів.",
        "Обласна військова адміністрація: відбій повітряної тривоги по всіх громадах.",
        "Мэр: отбой тревоги, коммунальщики выезжают на вызовы.",
        "Поступил сигнал отбоя в Запорожье.",
        "The alert lasted four hours; the all-clear sounded at 6:02 a.m.",
    ],
)
def test_an_all_clear_is_heard_and_no_alarm_in_its_words(text: str) -> None:
    assert len(clear(text)) == 1
    starts = [c for c in read(text, home=HOME) if c.topic == "alert.start"]
    assert all(claim.kind.value == "background" for claim in starts)
