"""What city offices and their works say of transport, schools, hospitals and supply."""

import pytest

from vidomo.app.reader import read


def told(text: str, *, lang: str) -> set[tuple[str, str]]:
    return {(claim.topic, claim.kind.value) for claim in read(text, lang=lang)}


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Вранці на маршрути не вийдуть тролейбуси.", "uk", ("disrupted", "plan")),
        ("Трамваї не вийшли на лінію.", "uk", ("disrupted", "report")),
        ("Завтра трамваи на линию не выйдут.", "ru", ("disrupted", "plan")),
        ("Автобуси їздитимуть за схемою блекауту.", "uk", ("adapted", "plan")),
        ("Перевезення містян забезпечать автобуси.", "uk", ("adapted", "plan")),
        ("Перевозку пассажиров обеспечат автобусы.", "ru", ("adapted", "plan")),
    ],
)
def test_transport_that_stays_in_and_what_carries_people_instead(
    text: str, lang: str, expected: tuple[str, str]
) -> None:
    topic, kind = expected
    assert told(text, lang=lang) == {(f"service.transport.{topic}", kind)}


@pytest.mark.parametrize(
    ("text", "lang", "topic"),
    [
        ("Садочки працюють у скороченому режимі.", "uk", "service.education.adapted"),
        ("Школы работают по сокращённому графику.", "ru", "service.education.adapted"),
        ("Лікарні перейшли на резервне живлення.", "uk", "service.health.adapted"),
        ("Поликлиники работают в ограниченном режиме.", "ru", "service.health.adapted"),
        ("Водоканал і лікарні працюють на генераторах.", "uk", "service.health.adapted"),
        ("Лікарні вже отримали світло.", "uk", "impact.power.restored"),
        ("Насосные станции получили питание.", "ru", "impact.power.restored"),
        ("Інтернет працює зі зниженою швидкістю.", "uk", "impact.comms.outage"),
        ("Качество связи ухудшилось.", "ru", "impact.comms.outage"),
        ("Громада працює над поверненням опалення.", "uk", "response.repair"),
        ("Мер повідомив про зникнення в місті води.", "uk", "impact.water.outage"),
    ],
)
def test_one_statement_of_a_city_is_read_as_one(text: str, lang: str, topic: str) -> None:
    assert {one for one, _ in told(text, lang=lang)} == {topic}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Водоканал працює на генераторах.", "uk"),
        ("Водоканал работает от резервных источников.", "ru"),
        ("Лікарні отримують нові ліки.", "uk"),
        ("Села потерпали від посухи.", "uk"),
    ],
)
def test_what_runs_or_comes_as_usual_is_no_statement(text: str, lang: str) -> None:
    assert not told(text, lang=lang)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Виникла пожежа, її загасили.", "uk"),
        ("У Сумах сталася пожежа. Її ліквідували до ранку.", "uk"),
        ("Возник пожар. Его потушили.", "ru"),
    ],
)
def test_a_fire_that_broke_out_and_was_put_out_is_both(text: str, lang: str) -> None:
    assert {one for one, _ in told(text, lang=lang)} == {"impact.fire", "impact.fire.out"}


@pytest.mark.parametrize(
    ("text", "lang", "roles"),
    [
        ("Із прикордонних сіл Сумщини евакуювали 12 людей.", "uk", ["origin"]),
        ("Поїзд вивіз евакуйованих з Донеччини на Рівненщину.", "uk", ["heading", "origin"]),
        (
            "Примусову евакуацію розширили. На Харківщині планують евакуювати 90 дітей.",
            "uk",
            ["origin"],
        ),
        ("Із дев'ятиповерхівки в Сумах евакуювали 12 людей.", "uk", ["affected"]),
    ],
)
def test_where_people_leave_and_go_in_an_evacuation(text: str, lang: str, roles: list[str]) -> None:
    claim = [one for one in read(text, lang=lang) if one.topic == "response.evacuation"][-1]
    assert sorted(place.role.value for place in claim.places) == roles


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        (
            "Від газу відключили 30 абонентів, відновили подачу для 2 абонентів.",
            "uk",
            {("impact.gas.outage", 30), ("impact.gas.restored", 2)},
        ),
        ("Газу немає, відключено 12 абонентів.", "uk", {("impact.gas.outage", 12)}),
        ("Відключено 12 абонентів.", "uk", {("impact.power.outage", 12)}),
        ("От отопления отключили 40 домов.", "ru", {("impact.heat.outage", 40)}),
        ("Ще 40 будинків не підключені до опалення.", "uk", {("impact.heat.outage", 40)}),
        ("Уже 900 споживачів отримують воду.", "uk", {("impact.water.restored", 900)}),
        ("Ворог бив по Херсону, зокрема побив 4 дахи.", "uk", {("impact.damage", 4)}),
    ],
)
def test_who_was_cut_off_from_what_and_who_has_it_again(
    text: str, lang: str, expected: set[tuple[str, int]]
) -> None:
    assert {
        (claim.topic, claim.number.min)
        for claim in read(text, lang=lang)
        if claim.number is not None
    } == expected


@pytest.mark.parametrize(
    ("text", "lang", "topics"),
    [
        ("Вода почала надходити до будинків.", "uk", {"impact.water.restored"}),
        ("Вода начала поступать в дома.", "ru", {"impact.water.restored"}),
        ("На верхні поверхи вода так і не дійшла.", "uk", {"impact.water.outage"}),
        ("Призупинено роботу трьох ГРС.", "uk", {"impact.gas.outage"}),
        ("Графік підвезення води на завтра оприлюднено.", "uk", {"help.water"}),
        ("На напрямку діють адаптовані графіки.", "uk", {"service.transport.adapted"}),
        ("Приготовьте ёмкости для воды.", "ru", {"advice.stock_water"}),
        ("Опубликован график работы музея.", "ru", set()),
    ],
)
def test_water_gas_and_timetables_in_the_words_of_their_works(
    text: str, lang: str, topics: set[str]
) -> None:
    assert {one for one, _ in told(text, lang=lang)} == topics


@pytest.mark.parametrize(
    ("text", "lang", "number"),
    [
        ("Постраждали 52-річний і 60-річний чоловіки.", "uk", 2),
        ("Постраждали 47-річний, 50-річний, 69-річний чоловіки і 65-річна жінка.", "uk", 4),
        ("Ранены 52-летний и 60-летний мужчины, а также 70-летняя женщина.", "ru", 3),
        ("Поранено двох: 34-річну жінку і 50-річного чоловіка.", "uk", 2),
    ],
)
def test_ages_in_a_list_tell_how_many_were_hurt(text: str, lang: str, number: int) -> None:
    counts = [one.number.min for one in read(text, lang=lang) if one.number is not None]
    assert counts == [number]


def test_villages_of_a_region_are_not_the_village_named_like_it() -> None:
    claim = read("У 56 населених пунктах Харківщини немає газу.", lang="uk")[0]
    assert [place.level for place in claim.places] == ["oblast"]


def test_a_total_of_a_day_after_towns_is_of_their_oblast() -> None:
    text = (
        "На Харківщині обстріли. У Чугуєві поранено жінку. В Ізюмі пошкоджено дім. "
        "За добу сталося три пожежі."
    )
    claim = next(one for one in read(text, lang="uk") if one.topic == "impact.fire")
    assert [place.level for place in claim.places] == ["oblast"]


@pytest.mark.parametrize(
    ("text", "lang", "topics"),
    [
        ("Завтра тролейбуси не працюватимуть.", "uk", {"service.transport.disrupted"}),
        ("Завтра не будет ходить электричка и метро.", "ru", {"service.transport.disrupted"}),
        ("Дитяче відділення тимчасово не приймає.", "uk", {"service.health.disrupted"}),
        ("Пологове відділення перенесене до іншого корпусу.", "uk", {"service.health.adapted"}),
        ("Штаб ліквідації наслідків працює.", "uk", set()),
        ("Ситуація з теплопостачанням стабілізувалася.", "uk", {"impact.heat.restored"}),
        ("Ситуация с газом наладилась.", "ru", {"impact.gas.restored"}),
        ("Приступили к восстановлению движения трамваев.", "ru", {"service.transport.restored"}),
        ("Произошёл сбой в электроснабжении.", "ru", {"impact.power.outage"}),
        ("За відсутності світла відкриють пункти обігріву.", "uk", {"help.point"}),
        ("Уроки в ліцеях скасували.", "uk", {"service.education.disrupted"}),
        (
            "Автобусами замінено сполучення між Сумами і Ромнами.",
            "uk",
            {"service.transport.adapted"},
        ),
        ("Росіяни били по Оріхову.", "uk", {"event.shelling"}),
        ("Дрони били по Оріхову.", "uk", {"event.strike"}),
    ],
)
def test_what_a_city_says_of_its_services_in_other_words(
    text: str, lang: str, topics: set[str]
) -> None:
    assert {one for one, _ in told(text, lang=lang)} == topics


def test_vehicles_that_went_out_are_counted_by_kind() -> None:
    claims = read("На маршрути виїхало 57 трамваїв та 59 тролейбусів.", lang="uk")
    assert [(one.topic, one.number.min) for one in claims if one.number] == [
        ("service.transport.restored", 57),
        ("service.transport.restored", 59),
    ]


@pytest.mark.parametrize(
    ("text", "lang", "topics"),
    [
        ("На Сумщині скасували екстрені відключення світла.", "uk", {"power.emergency_end"}),
        ("Запроваджені вранці екстрені відключення скасовано.", "uk", {"power.emergency_end"}),
        ("Екстрені обмеження в Києві більше не діють.", "uk", {"power.emergency_end"}),
        ("Экстренные ограничения больше не применяются.", "ru", {"power.emergency_end"}),
        ("Про скасування екстрених відключень на Одещині не повідомляли.", "uk", set()),
        ("Об отмене аварийных отключений в Одессе не сообщали.", "ru", set()),
    ],
)
def test_emergency_cuts_end_only_where_it_is_said(text: str, lang: str, topics: set[str]) -> None:
    assert {one for one, _ in told(text, lang=lang)} == topics


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("На Сумщині екстрені вимкнення скасовано, на Полтавщині діють.", "uk"),
        ("На Сумщине экстренные отключения отменены, а на Полтавщине действуют.", "ru"),
    ],
)
def test_where_cuts_go_on_they_have_not_ended(text: str, lang: str) -> None:
    places = {one.topic: [p.name for p in one.places] for one in read(text, lang=lang)}
    assert places == {
        "power.emergency_end": ["Сумська область"],
        "power.emergency_shutdown": ["Полтавська область"],
    }


def test_nobody_is_evacuated_where_drivers_should_stay() -> None:
    text = "У Нечаяному рух заблоковано, водіїв просять не виїжджати на трасу."
    assert {one for one, _ in told(text, lang="uk")} == {
        "service.transport.disrupted",
        "advice.avoid",
    }


def test_who_should_plan_a_way_is_told_of_no_new_way() -> None:
    text = "Зважте на ці зміни і плануйте маршрут завчасно."
    assert {one for one, _ in told(text, lang="uk")} == {"advice.other"}
