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


def test_trains_that_wait_for_another_are_one_plan() -> None:
    (claim,) = moving(
        "Зачекаємо у Гребінці пасажирів поїзда №7523 Ніжин – Гребінка.\nПритримаємо два поїзди:\n"
        "🚊 №7083 Гребінка – Черкаси\n🚊 №7366 Гребінка – Ромодан – до 40 хвилин"
    )
    assert claim.topic == ADAPTED
    assert {("heading", "Черкаси"), ("heading", "Ромодан"), ("affected", "Гребінці")} <= places(
        claim
    )
    assert not any("Ніжин" in surface for _, surface in places(claim))


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


def test_lines_joined_by_and_share_their_words() -> None:
    (claim,) = moving("Поїзди №31 Запоріжжя – Чоп та №51 Одеса – Чоп прямують із затримкою.")
    assert {("origin", "Запоріжжя"), ("origin", "Одеса"), ("heading", "Чоп")} == places(claim)


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


def test_lines_that_are_only_listed_belong_to_their_heading() -> None:
    claims = moving(
        "Із затримками курсують приміські поїзди на Сумщині.\n🚊 №6469 Шостка – Конотоп\n"
        "🚊 №6105 Путивль – Конотоп"
    )
    assert len(claims) == 1
    assert {("origin", "Шостка"), ("origin", "Путивль")} <= places(claims[0])


def test_trains_taken_off_because_others_are_late_are_taken_off() -> None:
    text = (
        "Через тривалу затримку поїздів сьогодні виведено з графіка такі поїзди:\n"
        "▶️ №6923 Ніжин – Київ\n▶️ №6926 Київ – Ніжин"
    )
    assert kinds(text) == [("disrupted", "plan")]


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


def test_lines_of_one_sentence_without_delays_of_their_own_are_one_statement() -> None:
    claims = moving("Затримуються поїзди №63 Харків – Вінниця, №118 Запоріжжя – Чернівці.")
    assert len(claims) == 1
