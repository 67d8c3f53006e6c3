"""Words of city services and of schedules, and words that only look like them."""

import pytest

from vidomo.app.reader import read

_TOPICS = ("service.", "impact.comms", "power.schedule", "power.emergency")


def told(text: str, lang: str) -> list[tuple[str, str]]:
    return [
        (claim.topic, claim.kind.value)
        for claim in read(text, lang=lang)
        if claim.topic.startswith(_TOPICS)
    ]


READ = [
    ("uk", "service.transport.disrupted", "report", "У місті зупинили рух тролейбусів."),
    ("uk", "service.transport.disrupted", "report", "Не працює верхня станція фунікулера."),
    ("uk", "service.transport.disrupted", "report", "Швидкісний трамвай став."),
    (
        "uk",
        "service.transport.disrupted",
        "report",
        "Через відсутність напруги електротранспорт стоїть.",
    ),
    ("uk", "service.transport.disrupted", "report", "Маршрутки до Салтівки не курсують."),
    ("uk", "service.transport.disrupted", "report", "Поромну переправу закрито."),
    ("uk", "service.transport.disrupted", "report", "Залізничний переїзд закрито до вечора."),
    ("uk", "service.transport.disrupted", "report", "Міст закритий для вантажівок."),
    (
        "uk",
        "service.transport.disrupted",
        "report",
        "На в'їзді до міста утворилася черга, проїзд перекрито.",
    ),
    ("uk", "service.transport.disrupted", "report", "Рейс Київ – Варшава скасовано."),
    ("uk", "service.transport.disrupted", "report", "Потяги не заїжджають на станцію."),
    ("uk", "service.transport.adapted", "report", "Тролейбуси курсують з інтервалом 20 хвилин."),
    ("uk", "service.transport.adapted", "report", "Замість трамваїв запустили автобуси."),
    (
        "uk",
        "service.transport.adapted",
        "plan",
        "Із понеділка трамвай №5 ходитиме за новим розкладом.",
    ),
    ("uk", "service.transport.restored", "report", "Рух електротранспорту відновлено."),
    ("uk", "service.transport.restored", "report", "Рух поїздів на Харків відновили."),
    ("uk", "service.transport.restored", "report", "Зняли обмеження на рух трасою."),
    ("uk", "service.education.adapted", "report", "У школах скорочено уроки."),
    ("uk", "service.education.adapted", "report", "Садочки працюють у режимі чергових груп."),
    ("uk", "service.education.adapted", "report", "Учні 1–4 класів навчаються в метрошколі."),
    ("uk", "service.education.disrupted", "report", "У зв'язку з обстрілом скасовано заняття."),
    ("uk", "service.education.disrupted", "report", "Навчальний процес у громаді зупинено."),
    ("uk", "service.education.disrupted", "plan", "Завтра дитсадки не працюватимуть."),
    ("uk", "service.education.restored", "report", "Діти повернулися за парти."),
    ("uk", "service.health.disrupted", "report", "Скасовано планові операції."),
    ("uk", "service.health.disrupted", "report", "Аптека зачинена."),
    ("uk", "service.health.adapted", "report", "Пологовий будинок перейшов на генератор."),
    ("uk", "service.health.adapted", "report", "Лікарня живиться від генератора."),
    ("uk", "service.payments.disrupted", "report", "Банкомати не працюють."),
    ("uk", "service.payments.disrupted", "report", "Укрпошта не доставляє пенсії."),
    ("uk", "service.payments.restored", "report", "Відділення банку знову працює."),
    ("uk", "impact.comms.outage", "report", "Немає мобільного зв'язку."),
    ("uk", "impact.comms.outage", "report", "Зв'язок зник у трьох громадах."),
    ("uk", "impact.comms.outage", "report", "Інтернет лежить."),
    (
        "uk",
        "impact.comms.outage",
        "report",
        "Абоненти Київстару скаржаться на відсутність сигналу.",
    ),
    ("uk", "impact.comms.restored", "report", "Інтернет повернувся."),
    ("uk", "impact.comms.restored", "report", "Відновили роботу 120 базових станцій."),
    ("uk", "power.emergency_shutdown", "report", "Екстрені відключення в Києві."),
    ("uk", "power.emergency_end", "report", "Екстрені відключення в Києві закінчилися."),
    ("uk", "power.schedule", "plan", "На завтра графік такий: 1.1 — 08:00–12:00."),
    ("uk", "power.schedule", "report", "Зараз світло вимикають за графіком."),
    ("uk", "power.schedule", "report", "Сьогодні відключень немає."),
    ("ru", "service.transport.disrupted", "report", "В городе остановлено движение троллейбусов."),
    ("ru", "service.transport.disrupted", "report", "Трамваи стоят из-за отсутствия напряжения."),
    ("ru", "service.transport.disrupted", "report", "Маршрутки в Салтовку не ходят."),
    ("ru", "service.transport.disrupted", "report", "Паромная переправа закрыта."),
    (
        "ru",
        "service.transport.disrupted",
        "report",
        "Аэропорты Москвы не принимают и не отправляют рейсы.",
    ),
    (
        "ru",
        "service.transport.disrupted",
        "report",
        "В аэропорту Пулково задержано более 40 рейсов.",
    ),
    (
        "ru",
        "service.transport.disrupted",
        "report",
        "Поезд Москва – Симферополь задерживается на три часа.",
    ),
    ("ru", "service.transport.disrupted", "report", "Движение по Крымскому мосту перекрыто."),
    ("ru", "service.transport.restored", "report", "Движение по Крымскому мосту восстановлено."),
    ("ru", "service.transport.restored", "report", "Ограничения на прием и выпуск рейсов сняты."),
    ("ru", "service.transport.adapted", "report", "Автобусы отправили в объезд."),
    ("ru", "service.transport.adapted", "report", "Троллейбусы ходят с интервалом 20 минут."),
    ("ru", "service.education.disrupted", "report", "В школах города отменили занятия."),
    ("ru", "service.education.disrupted", "report", "Детские сады закрыты."),
    ("ru", "service.education.adapted", "report", "Школьники Белгорода учатся удаленно."),
    ("ru", "service.education.adapted", "plan", "С 5 марта школы Шебекино перейдут на удаленку."),
    ("ru", "service.health.disrupted", "report", "Плановый прием в поликлинике отменен."),
    ("ru", "service.health.adapted", "report", "Больница работает на резервном питании."),
    ("ru", "service.payments.disrupted", "report", "Банкоматы не работают."),
    ("ru", "impact.comms.outage", "report", "В Белгороде отключили мобильный интернет."),
    ("ru", "impact.comms.outage", "report", "Жители жалуются на отсутствие связи."),
    ("ru", "impact.comms.outage", "report", "В области ограничен мобильный интернет."),
    ("ru", "impact.comms.restored", "report", "Мобильный интернет снова заработал."),
    ("ru", "power.emergency_shutdown", "report", "В Одессе экстренные отключения."),
    ("ru", "power.emergency_end", "report", "В Киеве отменили экстренные отключения."),
    (
        "en",
        "service.transport.disrupted",
        "report",
        "Trolleybus service has been suspended in the city.",
    ),
    (
        "en",
        "service.transport.disrupted",
        "report",
        "Trams are at a standstill because there is no power.",
    ),
    ("en", "service.transport.disrupted", "report", "The ferry is not running."),
    (
        "en",
        "service.transport.disrupted",
        "report",
        "Moscow airports halted arrivals and departures.",
    ),
    ("en", "service.transport.disrupted", "report", "More than 40 flights were delayed."),
    ("en", "service.transport.disrupted", "report", "Rail traffic towards Kharkiv is disrupted."),
    ("en", "service.transport.disrupted", "report", "Traffic over the Crimean Bridge is blocked."),
    (
        "en",
        "service.transport.restored",
        "report",
        "Traffic over the Crimean Bridge has been restored.",
    ),
    ("en", "service.transport.restored", "report", "Train services to Kharkiv have resumed."),
    ("en", "service.transport.adapted", "report", "Trains are taking a detour via Poltava."),
    ("en", "service.transport.adapted", "report", "Trolleybuses run every 20 minutes."),
    ("en", "service.education.disrupted", "report", "Schools in the city are closed."),
    ("en", "service.education.adapted", "report", "Pupils are studying online."),
    (
        "en",
        "service.education.adapted",
        "plan",
        "Schools will switch to distance learning from 5 March.",
    ),
    ("en", "service.health.disrupted", "report", "The hospital has stopped admitting patients."),
    ("en", "service.health.adapted", "report", "The maternity hospital switched to a generator."),
    ("en", "service.payments.disrupted", "report", "Cash machines are out of order."),
    ("en", "impact.comms.outage", "report", "There is no mobile connection in the town."),
    ("en", "impact.comms.outage", "report", "Mobile internet was shut down in Belgorod."),
    ("en", "impact.comms.restored", "report", "Mobile internet is working again."),
    ("en", "power.emergency_shutdown", "report", "Emergency outages are in effect in Kyiv."),
    ("en", "power.emergency_end", "report", "Emergency outages in Kyiv have been lifted."),
]


@pytest.mark.parametrize(("lang", "topic", "kind", "text"), READ)
def test_words_of_city_services_are_read(lang: str, topic: str, kind: str, text: str) -> None:
    assert told(text, lang) == [(topic, kind)]


LOOK_ALIKES = [
    ("uk", "Відкрили новий міст через Дніпро, будівництво тривало рік."),
    ("uk", "Автобуси з Польщі привезли гуманітарну допомогу."),
    ("uk", "Школа перемогла на обласному конкурсі."),
    ("uk", "У лікарні відкрили нове відділення."),
    ("uk", "Ми не приймаємо такі закиди, кажуть у банку."),
    ("uk", "Наш сигнал почули у всьому світі."),
    ("uk", "Поїзд перемоги вже не зупинити."),
    ("uk", "ЗСУ перерізали трасу постачання окупантів."),
    ("uk", "Заробітна плата вчителів зросте з вересня."),
    ("uk", "Сталося ДТП: автобус врізався у вантажівку."),
    ("uk", "Мобілізація: графік роботи ТЦК змінено."),
    ("uk", "Чи зможуть діти повернутися до шкіл?"),
    ("uk", "Не забудьте зарядити телефони, доки є світло."),
    ("uk", "Завод відновив роботу після ремонту."),
    ("uk", "Банк відновив кредитування бізнесу."),
    ("uk", "Квитки на матч продають у касах стадіону."),
    ("ru", "Школьники победили на олимпиаде."),
    ("ru", "Поезд вез военную технику."),
    ("ru", "Банк возобновил кредитование бизнеса."),
    ("ru", "Завод остановил работу из-за санкций."),
    ("ru", "График работы ТЦК изменили."),
    ("ru", "Дети вернулись домой из лагеря."),
    ("ru", "Автобус с болельщиками попал в ДТП."),
    ("en", "The school won the regional contest."),
    ("en", "A new bridge was opened after three years of works."),
    ("en", "The bus crashed into a truck."),
    ("en", "The hospital opened a new department."),
    ("en", "Talks are at a standstill."),
    ("en", "The train carried military equipment."),
    ("en", "Children returned home from a camp."),
    ("en", "The plant stopped working because of sanctions."),
    ("en", "Trade routes across the Black Sea remain open."),
    ("en", "The signal to allies is clear."),
]


@pytest.mark.parametrize(("lang", "text"), LOOK_ALIKES)
def test_words_that_look_like_services_are_none(lang: str, text: str) -> None:
    assert told(text, lang) == []


@pytest.mark.parametrize(
    ("lang", "way", "text"),
    [
        ("uk", "adapted", "Громада переходить на дистанційне навчання з 30 вересня."),
        ("ru", "adapted", "Лицей переходит на дистанционное обучение с понедельника."),
        ("en", "adapted", "From Monday the school switches to distance learning."),
        ("uk", "restored", "З понеділка ліцеї повертаються до очного навчання."),
        ("ru", "restored", "С понедельника лицеи возвращаются к очному обучению."),
    ],
)
def test_what_schools_go_over_to_is_announced(lang: str, way: str, text: str) -> None:
    assert told(text, lang) == [(f"service.education.{way}", "plan")]
