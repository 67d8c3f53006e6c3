"""What a source says of all that it speaks of, before and after it names parts of that."""

import pytest

from vidomo.app.reader import read

KHARKIV, KHARKIV_OBLAST = "UA63120270010096107", "UA63000000000041885"
SUMY_OBLAST = "UA59000000000057109"


def places(text: str, topic: str, *, home: str | None = None) -> list[str | None]:
    """Return the places of the last claim of a topic."""
    *_, last = [one for one in read(text, home=home) if one.topic == topic]
    return [place.code for place in last.places]


@pytest.mark.parametrize(
    "text",
    [
        "За добу в Чугуєві та Ізюмі поранено двох людей. Евакуйовано 40 мешканців.",
        "За сутки в Чугуеве и Изюме ранены два человека. Эвакуированы 40 жителей.",
        "Over the past day two people were wounded in Chuhuiv and Izium. 40 residents were evacuated.",
    ],
)
def test_the_totals_of_a_day_are_of_the_whole_oblast(text: str) -> None:
    assert places(text, "response.evacuation", home=KHARKIV_OBLAST) == [KHARKIV_OBLAST]
    assert KHARKIV_OBLAST not in places(text, "response.evacuation")


@pytest.mark.parametrize(
    "text",
    [
        "Уламки впали в Чугуєві, а ввечері горів склад в Ізюмі. Загиблих немає.",
        "Обломки упали в Чугуеве, а вечером горел склад в Изюме. Погибших нет.",
        "Debris fell in Chuhuiv, and a warehouse burned in Izium at night. Nobody was killed.",
    ],
)
def test_nobody_hurt_after_two_places_is_said_of_the_whole_oblast(text: str) -> None:
    assert places(text, "harm.killed", home=KHARKIV_OBLAST) == [KHARKIV_OBLAST]


@pytest.mark.parametrize(
    "text",
    [
        "Сьогодні графіків немає. Планово без світла лише Ізюм.",
        "Сегодня графики отключений не применяются. Планово без света только Изюм.",
        "No outage schedules today. Only Izium is without power.",
    ],
)
def test_what_comes_before_the_first_place_is_said_of_the_whole_oblast(text: str) -> None:
    assert places(text, "power.schedule", home=KHARKIV_OBLAST) == [KHARKIV_OBLAST]


def test_an_all_clear_without_a_place_is_never_for_the_whole_country() -> None:
    assert [one.places for one in read("Відбій тривоги!", home="UA")] == [()]


def test_a_body_of_a_town_does_not_make_its_community_the_place() -> None:
    text = "Харківська міська рада. Вночі пошкоджено дитсадок."
    assert places(text, "impact.damage", home=KHARKIV) == [KHARKIV]
