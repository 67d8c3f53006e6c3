"""Words about whether something holds state neither that it does nor that it does not."""

import pytest

from claims.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "Невідомо, чи оголосили відбій в Ізюмі.",
        "Чи оголосили відбій в Ізюмі — невідомо.",
        "Ми не знаємо, чи був відбій тривоги в Ізюмі.",
        "Немає підтвердження, що в Ізюмі оголосили відбій.",
        "Чи оголосили відбій в Ізюмі, питаємо.",
        "Объявили ли отбой в Изюме, уточним.",
        "We are asking whether the all-clear was given in Izium.",
        "Stay there until an official source gives the all-clear.",
        "Неизвестно, объявили ли отбой в Изюме.",
        "Объявили ли отбой в Изюме — неизвестно.",
        "Нет подтверждения, что в Изюме отбой тревоги.",
        "It is not known whether the all-clear was given in Izium.",
    ],
)
def test_whether_an_all_clear_was_given_is_no_all_clear(text: str) -> None:
    found = [claim for claim in read(text).claims if claim.topic == "alert.end"]
    assert not found


@pytest.mark.parametrize(
    "text",
    [
        "Невідомо, чи відновлено світло в Ізюмі.",
        "Чи працюють Пункти незламності в Ізюмі — невідомо.",
        "Неизвестно, работает ли пункт несокрушимости в Изюме.",
    ],
)
def test_whether_help_is_there_is_no_help(text: str) -> None:
    for claim in read(text).claims:
        assert claim.kind.value == "unknown" or claim.topic != "help.point"
        assert claim.kind.value == "unknown" or not claim.topic.endswith(".restored")


@pytest.mark.parametrize(
    "text",
    [
        "Готуйтеся до перебоїв зі світлом в Ізюмі.",
        "Будьте готовы к перебоям со светом в Изюме.",
        "Be ready for power cuts in Izium.",
    ],
)
def test_what_people_are_to_prepare_for_has_not_happened(text: str) -> None:
    found = {claim.kind.value for claim in read(text).claims if claim.topic.startswith("impact.")}
    assert found <= {"forecast"}


def test_an_all_clear_beside_what_is_being_clarified_stays_one() -> None:
    text = "Відбій тривоги в Ізюмі. Чи є постраждалі, уточнюється."
    found = {claim.topic: claim.kind.value for claim in read(text).claims}
    assert found == {"alert.end": "report", "harm.casualties": "unknown"}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Зниклих безвісти в Ізюмі немає.", "harm.missing"),
        ("Пропавших без вести в Изюме нет.", "harm.missing"),
        ("Загиблих: нікого.", "harm.killed"),
        ("Поранених: нікого.", "harm.injured"),
        ("Погибших: никого.", "harm.killed"),
        ("Раненых: нет.", "harm.injured"),
    ],
)
def test_nobody_in_a_list_is_nobody(text: str, topic: str) -> None:
    (claim,) = read(text).claims
    assert (claim.topic, claim.polarity.value) == (topic, "negated")
