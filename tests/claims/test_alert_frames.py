"""Advice and alarms in words of their own, and the sentences that only look like them."""

import pytest

from claims.reading import facts

ADVICE = {
    "Ночуємо в коридорах": "advice.shelter",
    "Бердичів, у підвали!": "advice.shelter",
    "Не виходьте надвір": "advice.shelter",
    "Тримайтеся подалі від вікон": "advice.shelter",
    "Ночуем в коридорах": "advice.shelter",
    "Всем в подвалы!": "advice.shelter",
    "Everyone into the cellar!": "advice.shelter",
    "Keep away from the windows": "advice.shelter",
    "Не ширте відео роботи ППО": "advice.do_not_film",
    "Фото удару без дозволу військових — кримінал": "advice.do_not_film",
    "Видео прилёта, которое вы видели, удалите": "advice.do_not_film",
    "Please do not circulate clips of the strike": "advice.do_not_film",
    "Водіїв просимо рухатися в об'їзд": "advice.avoid",
    "Не собирайтесь толпой у оцепления": "advice.avoid",
    "Перевірте вентиляцію та димоходи": "advice.other",
    "Не переходьте за цим посиланням": "advice.other",
    "Пожалуйста, держите телефоны заряженными": "advice.other",
    "Check your flues before winter": "advice.other",
    "Не залишайте свічки без нагляду": "advice.other",
    "Запрещено разводить костры в лесу": "advice.other",
    "Нагадуємо про заборону знімати роботу ППО": "advice.do_not_film",
    "Нельзя вести съемку последствий": "advice.do_not_film",
    "Просимо відкласти поїздки через негоду": "advice.avoid",
    "Drivers should avoid the bridge tonight": "advice.avoid",
}
NO_ADVICE = [
    "Усі були в укритті, ніхто не постраждав",
    "Димоходи перевірили рятувальники",
    "Поїзд прямує в об'їзд через Ромни",
    "У пункті незламності можна зарядити телефон",
    "Адресу не розголошуємо з міркувань безпеки",
    "Residents went into the cellar when the siren sounded",
    "Officials do not share this view",
    "The admins will delete the clips",
]
ALARMS = {
    "Чекаємо відбій, має бути за кілька хвилин": ("alert.end", "forecast", "affirmed"),
    "Отбой тревоги ждём с минуты на минуту": ("alert.end", "forecast", "affirmed"),
    "Тривога в Сумах закінчилась о 5:10": ("alert.end", "report", "affirmed"),
    "Воздушная тревога в Чернигове завершилась в 5:40": ("alert.end", "report", "affirmed"),
    "Цієї ночі тривог не оголошували": ("alert.start", "report", "negated"),
    "Ночь без тревог": ("alert.start", "report", "negated"),
    "A night without alerts": ("alert.start", "report", "negated"),
    "Тривога в області тривала п'ять годин": ("alert.start", "background", "affirmed"),
    "Уночі тривогу оголошували тричі": ("alert.start", "background", "affirmed"),
    "Отбой арты": ("threat.artillery", "report", "negated"),
    "Балістики більше немає": ("threat.missile", "report", "negated"),
    "Відбій загрози ударних БпЛА": ("threat.uav", "report", "negated"),
    "Загроза повторних обстрілів зберігається": ("threat.artillery", "warning", "affirmed"),
}


@pytest.mark.parametrize("text", ADVICE)
def test_advice_is_heard_in_many_words(text: str) -> None:
    assert (ADVICE[text], "advice", "affirmed") in facts(text)


@pytest.mark.parametrize("text", NO_ADVICE)
def test_what_was_done_or_can_be_done_is_no_advice(text: str) -> None:
    assert not any(topic.startswith("advice.") for topic, _, _ in facts(text))


@pytest.mark.parametrize(
    "text",
    [
        "До укриття спускатися не потрібно, це навчання",
        "В укрытие спускаться не нужно",
        "There is no need to go to the shelter",
    ],
)
def test_shelter_that_nobody_need_go_to_is_negated(text: str) -> None:
    assert ("advice.shelter", "advice", "negated") in facts(text)


@pytest.mark.parametrize("text", ALARMS)
def test_alarms_are_told_by_their_frames(text: str) -> None:
    assert facts(text) == {ALARMS[text]}


@pytest.mark.parametrize("text", ["Відбій після ракетної атаки", "Отбой после налёта шахедов"])
def test_an_all_clear_after_an_attack_ends_no_single_danger(text: str) -> None:
    assert not any(topic.startswith("threat.") for topic, _, _ in facts(text))


@pytest.mark.parametrize(
    ("topic", "kind", "polarity", "text"),
    [
        ("alert.end", "report", "affirmed", "Хмельницький, Тернопіль, Рівне — відбої."),
        ("alert.end", "report", "affirmed", "Черкассы, Смела — тревоге конец."),
        ("alert.end", "report", "affirmed", "Полтава 🔴→🟢"),
        ("alert.end", "report", "affirmed", "В Вознесенске был дан отбой воздушной тревоги."),
        ("alert.start", "report", "affirmed", "Сирени працюють у Полтаві."),
        ("alert.start", "report", "affirmed", "В ряде областей звучат сирены."),
        ("alert.start", "report", "affirmed", "Air raid sirens went off across Ukraine."),
        ("alert.start", "report", "affirmed", "Отбой по стране, остаются Харьковская и Сумская."),
        ("alert.start", "report", "affirmed", "Тривога в Києві ще не закінчилася."),
        ("alert.start", "background", "affirmed", "Duration of the alert in Kyiv: 3 h 7 min."),
        ("alert.start", "report", "affirmed", "Тривога охопила Київ."),
        ("alert.start", "report", "affirmed", "У Києві лунав сигнал повітряної тривоги."),
        ("alert.start", "report", "affirmed", "В Киеве сработали сигналы воздушной тревоги."),
        ("alert.start", "background", "affirmed", "Сигнал тревоги в Киеве действовал 50 минут."),
        ("alert.end", "report", "affirmed", "Відбої тривог пролунали у Миколаївській області."),
        ("threat.guided_bomb", "warning", "affirmed", "На Харьков летит управляемая авиабомба."),
        ("threat.guided_bomb", "warning", "affirmed", "На Харків прямує керована авіабомба."),
        ("threat.missile", "warning", "affirmed", "The missile siren was activated in Belgorod."),
        ("alert.start", "report", "affirmed", "В Севастополе полчаса работала сирена."),
        ("alert.start", "report", "affirmed", "Warnings of air attacks went into effect in Kyiv."),
        ("alert.end", "report", "affirmed", "В Севастополе в 16:06 тревога была отменена."),
        ("threat.uav", "warning", "affirmed", "Вночі дрони фіксували на заході Полтавщини."),
        ("threat.uav", "warning", "affirmed", "Ночью дроны фиксировали на западе Полтавщины."),
        ("threat.uav", "warning", "affirmed", "The Air Force told of the movement of drones."),
        ("alert.start", "report", "negated", "Сирены не звучат ни в одной области."),
        ("threat.artillery", "warning", "affirmed", "Dnipro: artillery threat remains all night."),
        ("threat.artillery", "warning", "affirmed", "В ближайшие часы вероятен обстрел Херсона."),
        ("threat.missile", "warning", "affirmed", "Вся країна під загрозою «кинджалів»."),
        ("threat.missile", "report", "negated", "По ракетах з Криму відбій."),
        ("threat.uav", "warning", "affirmed", "Каналы пишут о 30 «шахедах» над Сумской областью."),
        ("threat.missile", "warning", "affirmed", "Стратегическая авиация взлетела с Оленьей."),
    ],
)
def test_alarms_and_dangers_are_read_in_other_words(
    topic: str, kind: str, polarity: str, text: str
) -> None:
    assert (topic, kind, polarity) in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "The sirens in Rivne will be tested on Tuesday at 10:00.",
        "Ідемо в укриття, коли лунає сирена.",
        "Охрана нажала кнопку тревога.",
        "Сирены перестали звучать в Житомирской области.",
        "Сирени стихли на Житомирщині.",
        "Через загрозу повторних обстрілів заняття перенесли.",
        "Роботи зупинили через загрозу повторного удару.",
        "Work was suspended because of the threat of a repeated strike.",
        "Нових загроз із півночі немає, це навчання.",
        "Штормовое предупреждение в Севастополе было снято.",
    ],
)
def test_alarms_and_dangers_that_are_only_named_are_none(text: str) -> None:
    assert not any(fact[0].startswith(("alert.", "threat.")) for fact in facts(text))


@pytest.mark.parametrize(
    "text",
    [
        "В Севастополе отменена воздушная тревога.",
        "В Севастополе в 16:06 тревога была отменена.",
        "У Києві скасовано повітряну тривогу.",
        "The air raid alert in Kyiv was lifted.",
    ],
)
def test_an_alarm_that_is_told_as_ended_is_not_told_as_on(text: str) -> None:
    assert facts(text) == {("alert.end", "report", "affirmed")}
