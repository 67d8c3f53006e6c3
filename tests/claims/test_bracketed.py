"""Places in brackets after the things of a list."""

from vidomo.app.reader import read


def damage(text: str) -> list[tuple[float | None, str, list[str]]]:
    return [
        (
            claim.number.min if claim.number else None,
            text[claim.start : claim.end],
            [place.name for place in claim.places],
        )
        for claim in read(text)
        if claim.topic == "impact.damage"
    ]


def test_each_thing_is_damaged_in_the_place_after_it() -> None:
    text = (
        "У Куп'янському районі пошкоджено будинок (м. Куп'янськ), магазин (с. Осиново), "
        "гаражі, паркани (с. Старовірівка)."
    )
    assert [places for _, _, places in damage(text)] == [
        ["Куп’янськ"],
        ["Осиново"],
        ["Старовірівка"],
    ]


def test_a_count_takes_the_brackets_that_follow_it() -> None:
    text = "На Харківщині пошкоджено магазин (с. Осиново), 2 будинки, 3 автомобілі (м. Чугуїв)."
    told = {number: places for number, _, places in damage(text)}
    assert told == {None: ["Осиново"], 2: ["Чугуїв"], 3: ["Чугуїв"]}


def test_one_pair_of_brackets_with_two_places_is_of_both() -> None:
    text = "На Харківщині пошкоджено 3 будинки (м. Чугуїв, с. Осиново)."
    assert [places for _, _, places in damage(text)] == [["Чугуїв", "Осиново"]]


def test_a_quotation_of_a_thing_ends_with_its_brackets() -> None:
    text = "У Куп'янському районі пошкоджено будинок (м. Куп'янськ), магазин (с. Осиново)."
    assert damage(text)[1][1] == "магазин (с. Осиново)"
