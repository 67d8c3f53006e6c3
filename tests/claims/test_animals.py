"""Animals are no people: their deaths and wounds are no harm."""

import pytest

from vidomo.app.reader import read


def topics(text: str) -> set[str]:
    return {one.topic for one in read(text) if one.topic.startswith("harm.")}


@pytest.mark.parametrize(
    "text",
    [
        "У зоопарку поранено трьох оленів.",
        "Постраждало багато тварин: із сорока вціліла половина.",
        "Пострадало много животных, семь лошадей пришлось перевезти.",
        "Памятник медведю по кличке Малыш, погибшему при обстреле.",
        "Не менее пяти собак погибли.",
        "Погибли и ранены жившие там собаки.",
        "Three horses were injured at the farm.",
        "The kangaroo, killed in the attack, was four.",
    ],
)
def test_what_befell_animals_is_no_harm(text: str) -> None:
    assert topics(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Ті, хто не постраждав, ночують у школі.",
        "Даже те, кто не пострадал от огня, надели маски.",
        "Those not injured were taken to a school.",
    ],
)
def test_those_who_were_not_hurt_do_not_say_that_nobody_was(text: str) -> None:
    assert topics(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Загинув чоловік, його собака вціліла.",
        "Погибла жительница дома, её кот выжил.",
        "A woman was killed; her dog survived.",
    ],
)
def test_a_person_beside_an_animal_is_harmed(text: str) -> None:
    assert topics(text) == {"harm.killed"}
