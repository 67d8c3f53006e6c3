"""What a source says of all that it speaks of, before and after it names parts of that."""

import pytest

from vidomo.app.reader import read

KHARKIV, KHARKIV_OBLAST = "UA63120270010096107", "UA63000000000041885"
IZIUM = "UA63040090010029555"


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


@pytest.mark.parametrize(
    "text",
    [
        "У громаді перебої зі світлом. Гаряча лінія громади: 0 800 000 000.",
        "В громаде перебои со светом.",
        "The community has no electricity.",
    ],
)
def test_a_town_that_speaks_of_the_community_speaks_of_itself(text: str) -> None:
    found = {place.code for one in read(text, home=IZIUM) for place in one.places}
    assert found <= {IZIUM}


def test_a_city_is_what_its_own_source_calls_the_city() -> None:
    text = "У Циркунах пошкоджено три будинки, а в місті немає світла."
    found = [place.code for one in read(text, home=KHARKIV) for place in one.places]
    assert KHARKIV in found


def test_what_a_town_asks_of_its_people_is_for_them() -> None:
    text = "Вибухи в Одесі. Не публікуйте фото й відео влучань!"
    assert places(text, "advice.do_not_film", home=IZIUM) == [IZIUM]
    text = "Вибухи в Кам'янці. Не публікуйте фото й відео влучань!"
    assert places(text, "advice.do_not_film", home=IZIUM) != [IZIUM]


def test_what_came_from_russia_happened_at_home() -> None:
    text = "ППО збила дрон, який зайшов із Брянської області. Поранених немає."
    assert places(text, "harm.injured", home=IZIUM) == [IZIUM]
    assert IZIUM in places(text, "event.air_defence", home=IZIUM)


@pytest.mark.parametrize(
    "text",
    [
        "Відбій балістики. Три шахеди курсом на Ізюм.",
        "Отбой баллистики. Три шахеда курсом на Изюм.",
    ],
)
def test_an_end_of_danger_without_a_name_is_not_where_the_next_danger_flies(text: str) -> None:
    found = [one for one in read(text) if one.topic == "threat.missile"]
    assert [one.places for one in found if one.polarity == "negated"] == [()]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("На Зеленій немає води.", "uk"),
        ("На Зелёной нет воды.", "ru"),
        ("There is no water in Zelena.", "en"),
    ],
)
def test_a_quarter_that_is_called_like_far_villages_is_in_the_town(text: str, lang: str) -> None:
    claims = [c for c in read(text, home=IZIUM, lang=lang) if c.topic == "impact.water.outage"]
    assert [place.code for claim in claims for place in claim.places] == [IZIUM]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("У селі Шевченкове немає води.", "uk"),
        ("У Варварівці немає води.", "uk"),
        ("На Варваровке нет воды.", "ru"),
        ("There is no water in the village of Zelena.", "en"),
    ],
)
def test_a_village_with_namesakes_is_never_taken_for_the_town(text: str, lang: str) -> None:
    claims = [c for c in read(text, home=IZIUM, lang=lang) if c.topic == "impact.water.outage"]
    assert [place.code for claim in claims for place in claim.places] == [None]
    assert all(len(place.candidates) > 1 for claim in claims for place in claim.places)


def test_an_all_clear_of_an_unknown_village_is_not_one_for_the_town() -> None:
    claims = read("Зелена: відбій тривоги.", home=IZIUM, lang="uk")
    assert not any(place.code == IZIUM for claim in claims for place in claim.places)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Ізюм. Зранку немає води. Зв'язку теж немає.", "uk"),
        ("Изюм. Вечером нет воды.", "ru"),
        ("Izium. Since nine there is no water.", "en"),
    ],
)
def test_a_community_speaks_under_the_name_of_its_seat(text: str, lang: str) -> None:
    community = "UA63040090000021240"
    claims = [c for c in read(text, home=community, lang=lang) if c.topic == "impact.water.outage"]
    assert [place.code for claim in claims for place in claim.places] == [community]


def test_a_community_that_tells_of_its_seat_means_the_town() -> None:
    claims = read("Немає води в Ізюмі.", home="UA63040090000021240", lang="uk")
    assert [place.code for claim in claims for place in claim.places] == [IZIUM]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("У Салтівському районі вимкнули воду. Технічна вода - у цистерні.", "uk"),
        ("No water in the Saltivskyi district. Technical water: a tanker by the market.", "en"),
    ],
)
def test_help_after_one_district_of_a_city_is_in_that_district(text: str, lang: str) -> None:
    claims = read(text, home="UA63120270010096107", lang=lang)
    helped = [c for c in claims if c.topic.startswith("help.")]
    assert {place.level for claim in helped for place in claim.places} <= {"city_district"}
