"""What flies is told line by line, and its name stands once."""

import pytest

from claims.reading import count, facts, read, surfaces

LISTS = {
    "Шахеди: 3 на Лозову, ще 2 повз Балаклію": [
        ("threat.uav", 3.0, {"Лозову"}),
        ("threat.uav", 2.0, {"Балаклію"}),
    ],
    "Шахеды: 3 на Лозовую, ещё 2 мимо Балаклеи": [
        ("threat.uav", 3.0, {"Лозовую"}),
        ("threat.uav", 2.0, {"Балаклеи"}),
    ],
    "Shaheds: 3 to Lozova, 2 more past Balakliia": [
        ("threat.uav", 3.0, {"Lozova"}),
        ("threat.uav", 2.0, {"Balakliia"}),
    ],
    "КАБ на Степногірськ, ще 2 на Запоріжжя": [
        ("threat.guided_bomb", None, {"Степногірськ"}),
        ("threat.guided_bomb", 2.0, {"Запоріжжя"}),
    ],
    "Кабы с востока. Ещё 4 пуска, Чугуев внимание": [("threat.guided_bomb", 4.0, {"Чугуев"})],
    "Мопеди:\n— 4 Ромни\n— 2х над Лохвицею ↗️": [
        ("threat.uav", 4.0, {"Ромни"}),
        ("threat.uav", 2.0, {"Лохвицею"}),
    ],
}


@pytest.mark.parametrize("text", LISTS)
def test_a_line_of_a_list_is_about_the_weapon_named_last(text: str) -> None:
    found = [
        (claim.topic, numbers[0] if (numbers := count(claim)) else None, surfaces(claim))
        for claim in read(text).claims
    ]

    assert found == LISTS[text]


@pytest.mark.parametrize(
    "text",
    [
        "Шахеди на Суми, 2 на касі",
        "Шахеды на Сумы, 2 на кассе",
        "Shaheds on Sumy, 2 at the desk",
        "Шахеди на Суми, поїзд 2 на Лозову",
        "Шахеди на Суми, збір 22:10 на Лозову",
    ],
)
def test_a_line_with_any_other_word_tells_no_target(text: str) -> None:
    assert sum(claim.topic == "threat.uav" for claim in read(text).claims) == 1


def test_drones_shot_down_oblast_by_oblast_are_not_under_way() -> None:
    text = "За ніч збито 9 безпілотників: 5 над Київською областю, 4 над Сумською."

    assert all(topic == "event.air_defence" for topic, _, _ in facts(text))


@pytest.mark.parametrize(
    "text",
    [
        "Шахеди на Суми, 2 на Шостку. Ромни поки чисто",
        "Шахеды на Сумы, 2 на Шостку. Ромны пока чисто",
    ],
)
def test_clear_below_a_named_danger_ends_that_danger_only(text: str) -> None:
    assert facts(text) == {
        ("threat.uav", "warning", "affirmed"),
        ("threat.uav", "report", "negated"),
    }


@pytest.mark.parametrize(
    "text", ["КАБи на Ізюм, пуски з півночі", "Нікополь, арта. Чути виходи", "Шахеди, пуски з моря"]
)
def test_launches_beside_another_weapon_are_no_missiles(text: str) -> None:
    assert not any(topic == "threat.missile" for topic, _, _ in facts(text))


def test_a_plea_not_to_film_leaves_the_danger_before_its_full_stop() -> None:
    text = "5х мопедов с юга на Синельниково. не снимаем, в чаты не кидаем"

    assert ("threat.uav", "warning", "affirmed") in facts(text)


@pytest.mark.parametrize(
    "text",
    ["Шахеди на Сумщині. Курсом на Полтаву!", "Шахеды на Сумщине. Курсом на Полтаву!"],
)
def test_a_course_alone_is_of_the_danger_before_it(text: str) -> None:
    found = [surfaces(claim) for claim in read(text).claims]

    assert found[-1] == {"Полтаву"}


@pytest.mark.parametrize(
    "text", ["КАБи на Вовчанськ. Ізюм увага", "КАБы на Волчанск. Изюм внимание"]
)
def test_those_who_are_called_to_attention_are_in_the_same_danger(text: str) -> None:
    assert {claim.topic for claim in read(text).claims} == {"threat.guided_bomb"}
    assert len(read(text).claims) == 2


@pytest.mark.parametrize(
    "text", ["Ромни чисто, ще один над Лохвицею", "Ромны чисто, ещё над Лохвицей"]
)
def test_clear_in_one_town_is_not_clear_in_the_next(text: str) -> None:
    clear = [claim for claim in read(text).claims if claim.polarity.value == "negated"]

    assert all(surfaces(claim) <= {"Ромни", "Ромны"} for claim in clear)
