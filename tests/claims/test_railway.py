"""Lines of trains: their ends, the stations where they are late, and the tagged oblasts."""

import pytest

from vidomo.app.reader import read
from vidomo.claims.model import Claim

LATE, ADAPTED = "service.transport.disrupted", "service.transport.adapted"


def places(claim: Claim) -> set[tuple[str, str]]:
    return {(place.role.value, place.surface) for place in claim.places}


def moving(text: str, lang: str = "uk") -> list[Claim]:
    return [one for one in read(text, lang=lang) if one.topic.startswith("service.transport")]


def test_the_ends_of_a_line_are_origin_and_heading() -> None:
    (claim,) = moving(
        "Поїзд №43 Київ-Пасажирський – Івано-Франківськ прямує із затримкою 40 хвилин."
    )
    assert claim.topic == LATE
    assert claim.number is None
    assert places(claim) == {("origin", "Київ-Пасажирський"), ("heading", "Івано-Франківськ")}


def test_towns_between_the_ends_are_left_out() -> None:
    (claim,) = moving("Поїзд №7210/7020 Козятин – Фастів – Київ плюсує 43 хвилини.")
    assert places(claim) == {("origin", "Козятин"), ("heading", "Київ")}


def test_each_late_line_below_a_heading_is_a_statement() -> None:
    claims = moving(
        "Затримуємося на Харківщині.\n🚊 №7512 Лозова – Харків +30 хвилин\n"
        "🚊 №7408 Ізюм – Харків зі станції Савинці +01:10\n#Харківщина"
    )
    assert [places(one) for one in claims] == [
        {("affected", "Харківщині")},
        {("origin", "Лозова"), ("heading", "Харків")},
        {("origin", "Ізюм"), ("heading", "Харків"), ("affected", "Савинці")},
    ]


def test_tagged_oblasts_are_affected_where_the_line_lies() -> None:
    claims = moving(
        "Поїзд №7516 Лозова – Харків прямує +2 години до графіка.\n"
        "Поїзд №801 Чернівці – Львів курсує із затримкою 40 хвилин.\n"
        "#Харківщина #Буковина #Львівщина"
    )
    assert ("affected", "Харківщина") in places(claims[0])
    assert ("affected", "Харківщина") not in places(claims[1])
    assert {("affected", "Буковина"), ("affected", "Львівщина")} <= places(claims[1])


def test_each_train_that_waits_for_another_is_a_plan_of_its_own() -> None:
    claims = moving(
        "Зачекаємо у Гребінці пасажирів поїзда №7523 Ніжин – Гребінка.\nПізніше відправляться:\n"
        "🚊 №7083 Гребінка – Черкаси\n🚊 №7366 Гребінка – Ромодан – до 40 хвилин"
    )
    assert {claim.topic for claim in claims} == {ADAPTED}
    assert [places(claim) for claim in claims] == [
        {("origin", "Гребінка"), ("heading", end), ("affected", "Гребінці")}
        for end in ("Черкаси", "Ромодан")
    ]


@pytest.mark.parametrize(
    "text", ["Матч Україна – Польща перенесено.", "Поїзд №43 Київ – Львів прибув вчасно."]
)
def test_where_nothing_is_late_there_is_no_statement(text: str) -> None:
    assert moving(text) == []


def test_other_languages_have_lines_too() -> None:
    (late,) = moving("Train No 43 Kyiv – Lviv is running 40 minutes late.", "en")
    assert {role for role, _ in places(late)} == {"origin", "heading"}
    (late,) = moving("Поезд № 43 Киев – Львов следует с задержкой 40 минут.", "ru")
    assert {role for role, _ in places(late)} == {"origin", "heading"}


def test_a_cause_by_name_only_is_not_put_at_the_end_of_the_line() -> None:
    claims = read("Через обстріл затримується потяг №110 Херсон – Львів (+1:30).", lang="uk")
    assert {one.topic for one in claims} == {LATE}
    claims = read("Тривога! Потяг №110 Херсон – Львів затримується.", lang="uk")
    assert {one.topic for one in claims} == {LATE, "alert.start"}


def test_lines_joined_by_and_that_have_numbers_are_statements_of_their_own() -> None:
    claims = moving("Поїзди №31 Запоріжжя – Чоп та №51 Одеса – Чоп прямують із затримкою.")
    assert [places(one) for one in claims] == [
        {("origin", "Запоріжжя"), ("heading", "Чоп")},
        {("origin", "Одеса"), ("heading", "Чоп")},
    ]
    (claim,) = moving("Затримки на маршрутах Дніпро – Лозова та Дніпро – Апостолове.")
    assert {surface for _, surface in places(claim)} == {"Дніпро", "Лозова", "Апостолове"}


def kinds(text: str) -> list[tuple[str, str]]:
    return [(claim.topic.rpartition(".")[2], claim.kind.value) for claim in moving(text)]


def test_a_train_that_will_leave_late_says_so_once() -> None:
    text = "Поїзд №6332 Колосівка – Знам'янка рушить з орієнтовною затримкою 2 години."
    assert kinds(text) == [("adapted", "plan")]


def test_a_train_held_for_a_connection_waits_and_the_late_one_is_late() -> None:
    text = (
        "Зберігаємо пересадку. Через запізнення поїзда №6906 Київ – Ніжин затримається "
        "на відправлення поїзд №6454 Ніжин – Конотоп."
    )
    assert kinds(text) == [("disrupted", "report"), ("adapted", "plan")]


def test_a_station_on_a_line_stands_in_the_nominative_and_is_the_town() -> None:
    text = "Поїзд №6291 Лозова – Павлоград прямує із затримкою.\n#Дніпропетровщина"
    (late,) = moving(text)
    assert "UA63100050010081626" in {place.code for place in late.places}


def test_changes_that_are_possible_on_a_line_are_a_forecast() -> None:
    text = "На маршрутах Синельникове – Лозова цієї доби можливі оперативні зміни."
    assert kinds(text) == [("adapted", "forecast")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("uk", "Із затримками прямують:\n🚊 №6469 Шостка – Конотоп\n🚊 №6105 Суми – Конотоп"),
        ("ru", "С задержками идут поезда:\n№ 6469 Шостка – Конотоп;\n№ 6105 Сумы – Конотоп."),
        ("en", "Trains are delayed: No 6469 Shostka – Konotop; No 6105 Sumy – Konotop."),
    ],
)
def test_each_line_of_a_list_is_a_statement_and_its_heading_none(lang: str, text: str) -> None:
    claims = moving(text, lang)
    assert [one.topic for one in claims] == [LATE, LATE]
    assert [len(places(one)) for one in claims] == [2, 2]


def test_a_heading_that_says_where_is_a_statement_too() -> None:
    claims = moving("На Сумщині затримуються:\n🚊 №6469 Шостка – Конотоп\n🚊 №6105 Суми – Конотоп")
    assert [places(one) for one in claims] == [
        {("affected", "Сумщині")},
        {("origin", "Шостка"), ("heading", "Конотоп")},
        {("origin", "Суми"), ("heading", "Конотоп")},
    ]


def test_a_heading_that_only_says_where_the_lines_end_is_none() -> None:
    claims = moving("Затримуємося до столиці.\nПоїзд №6006 Фастів – Київ прямує із затримкою.")
    assert [places(one) for one in claims] == [{("origin", "Фастів"), ("heading", "Київ")}]


def test_a_train_that_is_waited_for_and_told_to_be_late_is_late() -> None:
    claims = moving(
        "Два поїзди зачекають пасажирів поїзда №6906 Київ – Ніжин, що прибуде із запізненням."
    )
    assert [one.topic for one in claims] == [ADAPTED, LATE]
    assert places(claims[1]) == {("origin", "Київ"), ("heading", "Ніжин")}
    (claim,) = moving("Поїзд №6460 Ніжин – Суми зачекає пасажирів поїзда №6906 Київ – Ніжин.")
    assert claim.topic == ADAPTED


def test_passengers_who_are_late_make_no_train_late() -> None:
    text = "Поїзд №6460 Ніжин – Суми зачекає пасажирів, які затримуються."
    assert kinds(text) == [("adapted", "plan")]


def test_every_line_has_the_tagged_oblasts_unless_they_part_the_lines_among_them() -> None:
    one, other = moving(
        "Поїзд №6006 Фастів – Київ прямує із затримкою.\n"
        "Поїзд №6909 Ніжин – Київ прямує із затримкою.\n#Київщина #Чернігівщина"
    )
    tags = {("affected", "Київщина"), ("affected", "Чернігівщина")}
    assert tags <= places(one) & places(other)


def test_minutes_behind_the_timetable_are_a_delay_and_a_later_start_a_plan() -> None:
    assert kinds("Поїзд №6026 Фастів – Київ їде на 24 хвилини пізніше від графіка.") == [
        ("disrupted", "report")
    ]
    assert kinds("На 1 годину пізніше відправиться поїзд №6857 Чернігів – Славутич.") == [
        ("adapted", "plan")
    ]


def test_a_land_that_shares_its_name_with_a_city_is_the_land() -> None:
    (late,) = moving("Затримуємося на Запоріжжі через рух поїздів Дніпро – Пологи.")[:1]
    assert {place.code for place in late.places} >= {"UA23000000000064947"}


def test_trains_taken_off_because_others_are_late_are_taken_off() -> None:
    text = (
        "Через тривалу затримку поїздів сьогодні виведено з графіка такі поїзди:\n"
        "▶️ №6923 Ніжин – Київ\n▶️ №6926 Київ – Ніжин"
    )
    assert kinds(text) == [("disrupted", "plan")] * 2


def test_minutes_beside_trains_that_will_leave_later_make_none_of_them_late() -> None:
    claims = moving(
        "Зберігаємо стиковку на Полтавщині. Із затримками вирушать:\n"
        "➡️ №6366 Гребінка – Ромодан +40 хвилин\n➡️ №6093 Гребінка – Черкаси +25 хвилин"
    )
    assert {claim.topic for claim in claims} == {ADAPTED}


def test_lines_of_one_sentence_with_a_delay_each_are_statements_of_their_own() -> None:
    claims = moving(
        "Затримуються поїзди: №63 Харків – Вінниця (+1:45), №118 Запоріжжя – Чернівці (+0:50)."
    )
    assert [places(one) for one in claims] == [
        {("origin", "Харків"), ("heading", "Вінниця")},
        {("origin", "Запоріжжя"), ("heading", "Чернівці")},
    ]
    assert {one.topic for one in claims} == {LATE}


def test_changes_that_concern_trains_told_to_be_late_are_their_delays() -> None:
    text = (
        "Через обстріл поїзди курсують із затримками.\nЗміни у графіку стосуються рейсів:\n"
        "- №127 Запоріжжя – Львів,\n- №51 Одеса – Суми."
    )
    assert [one.topic for one in moving(text)] == [LATE, LATE]
    text = "Зміни у графіку стосуються рейсів:\n- №127 Запоріжжя – Львів,\n- №51 Одеса – Суми."
    assert {one.topic for one in moving(text)} == {ADAPTED}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("uk", "Рух поїздів на дільниці Ворожба – Суми відновлено."),
        ("ru", "Движение электричек Ворожба – Сумы восстановлено."),
        ("en", "Traffic on the section Vorozhba – Sumy has resumed."),
    ],
)
def test_what_runs_again_on_a_line_has_its_ends(lang: str, text: str) -> None:
    (claim,) = moving(text, lang)
    assert claim.topic == "service.transport.restored"
    assert {role for role, _ in places(claim)} == {"origin", "heading"}


def test_numbers_alone_name_lines_in_a_list_of_trains() -> None:
    claims = moving("Trains are delayed: 86/72 Lviv – Pavlohrad; 75 Kyiv – Kryvyi Rih.", "en")
    assert [places(one) for one in claims] == [
        {("origin", "Lviv"), ("heading", "Pavlohrad")},
        {("origin", "Kyiv"), ("heading", "Kryvyi Rih")},
    ]
    assert moving("Рахунок 2:1, Київ – Львів зіграли нічию.") == []


def test_a_delay_that_is_expected_is_of_the_line_told_before() -> None:
    claims = moving(
        "Поїзд №43 Івано-Франківськ – Черкаси змінить маршрут. Очікувана затримка – до двох годин."
    )
    assert [(one.topic, one.kind.value) for one in claims] == [
        (ADAPTED, "plan"),
        (LATE, "forecast"),
    ]
    assert places(claims[0]) == places(claims[1])


RESTORED = "service.transport.restored"


@pytest.mark.parametrize(
    ("topic", "kind", "text"),
    [
        (LATE, "report", "Поїзд №6452 Ніжин – Конотоп прибув на кінцеву із запізненням 35 хвилин."),
        (LATE, "report", "Поїзд №6452 Ніжин – Конотоп має затримку 1 година."),
        (LATE, "report", "Поїзд №6452 Ніжин – Конотоп відстає від графіка на 20 хвилин."),
        (LATE, "report", "Поїзд №6452 Ніжин – Конотоп стоїть на станції Бахмач через тривогу."),
        (
            LATE,
            "report",
            "Зупинились на станції Бахмач: поїзд №6452 Ніжин – Конотоп, чекаємо на дозвіл рухатися.",
        ),
        (LATE, "plan", "Сьогодні не вирушить у рейс поїзд №6452 Ніжин – Конотоп."),
        (LATE, "plan", "Поїзд №6452 Ніжин – Конотоп сьогодні скасовується."),
        (LATE, "report", "Поїзд №6452 Ніжин – Конотоп сьогодні скасовано."),
        (LATE, "report", "Відправлення поїзда №6452 Ніжин – Конотоп затримується на 25 хвилин."),
        (LATE, "report", "Поїзд №6452 Ніжин – Конотоп на старті +20 хвилин."),
        (LATE, "report", "Запізнення поїзда №6452 Ніжин – Конотоп становить 45 хвилин."),
        (LATE, "report", "Поїзд №6452 Ніжин – Конотоп їде з відставанням 40 хвилин."),
        (LATE, "report", "Через безпекову зупинку поїзд №6452 Ніжин – Конотоп +50 хв."),
        (LATE, "report", "З відхиленням від графіка 30 хвилин курсує поїзд №6452 Ніжин – Конотоп."),
        (LATE, "report", "У поїзда №6452 Ніжин – Конотоп уже +1 година 10 хвилин."),
        (ADAPTED, "plan", "Поїзд №6452 Ніжин – Конотоп курсуватиме лише до станції Бахмач."),
        (ADAPTED, "plan", "Маршрут поїзда №6452 Ніжин – Конотоп скорочено до станції Бахмач."),
        (ADAPTED, "plan", "Поїзд №6452 Ніжин – Конотоп вирушить о 15:30 замість 14:50."),
        (ADAPTED, "plan", "Поїзд №6452 Ніжин – Конотоп відправлятиметься на 20 хвилин раніше."),
        (ADAPTED, "plan", "Розклад поїзда №6452 Ніжин – Конотоп зміниться з 5 серпня."),
        (ADAPTED, "plan", "Призначаємо додатковий поїзд №6460 Ніжин – Суми."),
        (ADAPTED, "plan", "Притримаємо на станції Ніжин поїзд №6452 Ніжин – Конотоп."),
        (ADAPTED, "plan", "Поїзд №6452 Ніжин – Конотоп дочекається пасажирів."),
        (ADAPTED, "plan", "Подовжимо стоянку поїзда №6452 Ніжин – Конотоп у Бахмачі."),
        (ADAPTED, "plan", "Затримаємо відправлення поїзда №6452 Ніжин – Конотоп на 15 хвилин."),
        (ADAPTED, "plan", "Поїзд №6452 Ніжин – Конотоп робитиме додаткову зупинку в Бахмачі."),
        (ADAPTED, "plan", "Поїзд №6452 Ніжин – Конотоп проїжджатиме без зупинки платформу Крути."),
        (ADAPTED, "plan", "З 21 липня поїзд №6452 Ніжин – Конотоп курсуватиме щоденно."),
        (
            ADAPTED,
            "plan",
            "Поїзд №6452 Ніжин – Конотоп тимчасово не зупинятиметься на станції Крути.",
        ),
        (RESTORED, "report", "Відновлюємо курсування поїзда №6452 Ніжин – Конотоп."),
        (RESTORED, "report", "Поїзд №6452 Ніжин – Конотоп повертається у графік."),
        (RESTORED, "plan", "З 10 серпня поїзд №6452 Ніжин – Конотоп знову курсуватиме."),
        (LATE, "report", "Поезд № 6452 Нежин – Конотоп отстает от графика на 20 минут."),
        (LATE, "plan", "Поезд № 6452 Нежин – Конотоп сегодня отменяется."),
        (ADAPTED, "plan", "Расписание поезда № 6452 Нежин – Конотоп изменится."),
        (RESTORED, "report", "Возобновляем курсирование поезда № 6452 Нежин – Конотоп."),
    ],
)
def test_a_train_is_told_of_in_other_words(topic: str, kind: str, text: str) -> None:
    lang = "ru" if "Поезд" in text or "поезда" in text else "uk"
    claims = moving(text, lang)
    assert [(one.topic, one.kind.value) for one in claims] == [(topic, kind)]
    ends = {(place.role.value, place.surface) for place in claims[0].places}
    assert {role for role, _ in ends} >= {"origin", "heading"}


@pytest.mark.parametrize(
    "text",
    [
        "Поїзд №6452 Ніжин – Конотоп прибув вчасно.",
        "Квитки на поїзд №6452 Ніжин – Конотоп продають у касах.",
        "Поїзд №6452 Ніжин – Конотоп: оновили вагони.",
    ],
)
def test_a_train_of_which_nothing_is_told_makes_no_statement(text: str) -> None:
    assert moving(text) == []
