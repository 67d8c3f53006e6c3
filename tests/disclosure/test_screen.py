"""What must not be published is found in any spelling, and sound words are left alone."""

import time

import pytest
from hypothesis import given, strategies as st

from disclosure.hints import unhinted
from vidomo.core.errors import ConfigError
from vidomo.disclosure import screen_tables
from vidomo.disclosure.screen import KINDS, Finding, invitations, screen
from vidomo.disclosure.screen_tables import Rule, asides, rules

HIDDEN = {
    "street": [
        "Прильот на вyл. Миру",
        "ВУЛ. МИРУ",
        "ВУЛИЦЯ ХАРКІВСЬКА",
        "вулМиру15",
        "прос\u200bпект Науки",
        "просп.Науки",
        "на пров. Садовому",
        "ул. Сумская, 5",
        "улица Пушкинская",
        "На Сумській, 12",
        "On Myru St.",
        "на вулиці «Героїв Праці»",
        "вул Шевченка 5",
        "пр-т Перемоги",
        "на вулиці 8 Березня",
        "на площі Свободи",
        "біля перехрестя вулиць Миру та Садової",
        "за адресою Миру 5",
        "по вулиці соборній",
        "**вул.** Миру",
        "на Шевченка, 15",
        "на вулиці Кοбзарській",
        "𝐒𝐮𝐦𝐬𝐤𝐚 𝐒𝐭𝐫𝐞𝐞𝐭",
        "Ｓｕｍｓｋａ Ｓｔｒｅｅｔ",
    ],
    "house": [
        "вул. Миру, 15",
        "буд. 7",
        "будинок №7",
        "вул.Миру15",
        "ул. Сумская 5",
        "у під'їзді 3",
        "15 Myru Street",
        "вул. 8 Березня, 12",
    ],
    "point": [
        "49.2125, 37.2567",
        "49,2125; 37,2567",
        "49°12'45\"N 37°15'24\"E",
        "49° 12′ 45″ пн.ш.",
        "N49 12.750 E37 15.400",
        "37U CQ 45678 12345",
        "X=5448123 Y=7388456",
        "8GXJ6724+2V",
        "https://maps.app.goo.gl/abc",
        "[тут](https://maps.google.com/?q=49.1,37.2)",
        "широта 49.21251 довгота 37.25671",
        "geo:49.2,37.2",
        "٤٩.2125, 37.2567",
    ],
    "object": [
        "Влучання у ТЕЦ-5",
        "влучання в ТEЦ",
        "удар по підстанції 330 кВ",
        "пошкоджено TEC",
        "Зміївська ТЕС пошкоджена",
        "влучили в завод",
        "приліт у казарму",
        "пошкоджено школу №4",
        "пошкоджено вокзал",
        "Не публікуйте фото влучання у ТЕЦ-5",
        "School No. 12 was hit",
    ],
    "unit": [
        "92-га бригада",
        "бійці 92 ОМБр",
        "батальйон «Вовки»",
        "в/ч А1234",
        "the 92nd Brigade",
    ],
    "crew": ["Мобільна вогнева група стоїть за мостом", "бригада № 14 виїхала"],
    "launch_place": ["Пуски КАБ з Бєлгородщини", "пуски ракет з акваторії Чорного моря"],
    "course": [
        "БпЛА курсом на Ізюм",
        "Ракета летить на Харків",
        "2 шахеди → Лозова",
        "КАБ на Ізюм",
    ],
    "figure": [
        "без світла 5000 абонентів",
        "300 МВт",
        "7 влучань",
        "три прильоти",
        "80% абонентів",
        "збито 12 БпЛА",
        "Світло повернули 3 тисячам родин",
        "10,000 customers",
    ],
    "victim": [
        "поранено 74-річного чоловіка",
        "ПОРАНЕНО ЖІНКУ",
        "загинув водій автобуса",
        "загинули мати з донькою",
        "серед поранених — дівчинка 5 років",
        "погиб мужчина 61 года",
        "a 60-year-old woman was injured",
        "Загинув Петро Вигаданий",
        "Двоє загиблих: батько та син",
    ],
}
SOUND = [
    "Ізюм. О 15:40 пролунали вибухи. Частина міста без світла. Наступне повідомлення о 17:00.",
    "Не виходьте на вулицю без потреби.",
    "НЕ ВИХОДЬТЕ НА ВУЛИЦЮ БЕЗ ПОТРЕБИ! ПЕРЕБУВАЙТЕ В УКРИТТЯХ.",
    "На вулицях Ізюма темно. Вулиці Харкова порожні.",
    "Поранено трьох людей, медики надають допомогу.",
    "Загинула одна людина. Співчуття родині.",
    "Пошкоджено 12 приватних будинків та школу.",
    "Пошкоджено об'єкт енергетичної інфраструктури. Енергетики відновлюють живлення.",
    "Світло за графіком: черга 3.1 з 16:00 до 20:00.",
    "Загроза БпЛА для Ізюмського району. Пройдіть в укриття!",
    "Не публікуйте фото роботи ППО, місць влучань, підстанцій.",
    "Рух трамваїв у напрямку центру зупинено через знеструмлення.",
    "Ранены 5 человек. Информация уточняется.",
    "Power is out in part of Izium. Casualty figures are not yet known. Stay in shelter.",
]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_a_rule_finds_its_example_and_leaves_its_counter_example(rule: Rule) -> None:
    assert rule.kind in KINDS
    assert any(one.rule == rule.id or one.kind == rule.kind for one in screen(rule.example))
    assert list(rule.matches(rule.example))
    assert not [one for one in screen(rule.counter) if one.rule == rule.id]


@pytest.mark.parametrize("rule", asides(), ids=lambda rule: rule.id)
def test_an_aside_fits_its_example_and_not_its_counter_example(rule: Rule) -> None:
    assert list(rule.spans(rule.example))
    assert not list(rule.spans(rule.counter))


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in HIDDEN.items() for text in texts]
)
def test_what_must_not_be_published_is_found_in_any_spelling(kind: str, text: str) -> None:
    assert kind in {one.kind for one in screen(text)}


@pytest.mark.parametrize("text", SOUND)
def test_sound_words_are_left_alone(text: str) -> None:
    assert screen(text) == ()


@given(before=st.text(max_size=40), after=st.text(max_size=40))
def test_a_street_is_found_whatever_stands_around_it(before: str, after: str) -> None:
    text = f"{before}\nРуйнування на вул. Вигаданій.\n{after}"
    found = [one for one in screen(text) if one.kind == "street"]
    assert found
    assert all(0 <= one.start < one.end <= len(text) for one in screen(text))
    assert any("вул" in text[one.start : one.end] for one in found)


@given(st.text(max_size=300))
def test_any_text_is_screened_twice_with_one_answer(text: str) -> None:
    screen.cache_clear()
    first = screen(text)
    screen.cache_clear()
    assert screen(text, lang=None) == first
    assert list(first) == sorted(first, key=lambda one: (one.start, -one.end))


def test_the_stated_language_opens_no_hole() -> None:
    for lang in ("uk", "ru", "en", "xx", None):
        assert {one.kind for one in screen("вул. Миру, 15", lang=lang)} >= {"street", "house"}


def test_a_finding_that_lies_on_a_cut_of_a_long_text_is_found_once() -> None:
    for shift in range(0, 60, 7):
        text = "а " * (10_000 - 20 + shift // 2) + "Прильот на вул. Вигаданій. " + "б " * 400
        found = [one for one in screen(text) if one.kind == "street"]
        assert len(found) == 1
        assert text[found[0].start : found[0].end].startswith("вул")


@pytest.mark.parametrize(
    "piece",
    ["вул", "поранен", "загинула ", "а", "1", "вул. ", "БпЛА на ", "5 ", "«", "-", "x=", "49.2125"],
)
def test_time_grows_with_the_length_of_a_hostile_text_only(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        screen.cache_clear()
        begin = time.process_time()
        screen(text)
        return time.process_time() - begin

    seconds(2_000)
    short = min(seconds(10_000) for _ in range(3))
    long = seconds(80_000)
    assert long < 8 * short * 4 + 0.2


def test_sentences_that_invite_the_public_are_told_apart() -> None:
    text = "Є руйнування. Пункт незламності: вул. Миру, 5. Тримайтеся."
    ((start, end),) = invitations(text)
    assert text[start:end].startswith("Пункт незламності")
    assert invitations("Є руйнування на вул. Миру, 5.") == ()


def test_findings_know_their_place_in_the_text_as_received() -> None:
    text = "Увага!\u200b \u200bПрильот на в\u200bул. Миру"
    (found,) = screen(text)
    assert found == Finding(
        rule="uk.street.abbreviated", kind="street", start=found.start, end=len(text)
    )
    assert text[found.start :] == "в\u200bул. Миру"


@pytest.mark.parametrize("rule", [rule for rule in rules() if rule.hint], ids=lambda rule: rule.id)
def test_no_hint_hides_what_a_pattern_could_find(rule: Rule) -> None:
    for source in rule.sources:
        assert not unhinted(screen_tables.compiled(source, rule.id).pattern, rule.hint)


def test_a_hint_that_hides_something_is_caught() -> None:
    assert unhinted("(?:abc|abd)e|fgh", ("abc", "fgh")) == {"abde"}
    assert not unhinted("(?:abc|abd)e|fgh", ("ab", "fgh"))
    assert unhinted(r"\d+x?", ("x",))


def test_a_broken_table_says_which_entry_it_is() -> None:
    with pytest.raises(ConfigError, match=r"uk\.street\.x"):
        screen_tables.compiled("(", "uk.street.x")
    with pytest.raises(ConfigError, match="unknown piece <nosuch>"):
        screen_tables.compiled("<nosuch>", "uk.street.x")
    with pytest.raises(ConfigError, match="has no counter"):
        screen_tables._rule("uk", "street", {"id": "x", "any": ["a"], "example": "a"})


def test_every_pattern_of_every_table_compiles() -> None:
    for rule in (*rules(), *asides()):
        for source in (*rule.sources, *rule.never, *filter(None, [rule.needs])):
            assert screen_tables.compiled(source, rule.id).pattern
