"""The area of a thing is no raion; what a state denies of its army is no attack."""

import pytest

from claims.reading import count, facts, only, read
from vidomo.app.reader import read as read_placed


@pytest.mark.parametrize(
    "text",
    [
        "Дрон упав у Покровську. У районі обстрілу пошкоджено дві хати.",
        "Дрон упав у Покровську. Удар припав у район щільної забудови.",
        "Дрон упал в Покровске. В районе обстрела повреждены две хаты.",
    ],
)
def test_the_area_of_a_blow_is_the_town(text: str) -> None:
    codes = {place.code for claim in read_placed(text) for place in claim.places}
    assert codes == {"UA14160210010099403"}


@pytest.mark.parametrize(
    "text",
    [
        "Керівництво Росії заперечує, що її армія завдає ударів по школах і лікарнях.",
        "Власти России отрицают, что её армия наносит удары по школам и больницам.",
    ],
)
def test_what_a_state_denies_of_its_army_is_no_claim(text: str) -> None:
    assert facts(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Від 24 лютого росіяни завдали по області понад 16 тисяч ракетних ударів.",
        "С 24 февраля россияне нанесли по области более 16 тысяч ракетных ударов.",
    ],
)
def test_totals_since_the_invasion_are_background(text: str) -> None:
    assert only(text, "event.strike").kind.value == "background"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Ранения получили женщины 1972 и 1961 г.р. и мужчина 1959 г.р.", 3),
        ("Поранено жінок 1985 та 1990 р.н.", 2),
        ("Поранення отримали четверо членів родини: дідусь із бабусею та їхня донька.", 4),
    ],
)
def test_years_of_birth_and_families_count_people(text: str, number: int) -> None:
    assert count(only(text, "harm.injured"))[:2] == (number, number)


def test_emergency_cuts_that_are_absent_are_none() -> None:
    found = facts("У Сумах аварійні відключення відсутні.")
    assert ("power.emergency_shutdown", "report", "negated") in found
    assert not any(polarity == "affirmed" for _, _, polarity in found)


def test_electric_energy_that_is_back_is_power() -> None:
    found = facts("Уранці подано електричну енергію.")
    assert ("impact.power.restored", "report", "affirmed") in found


def test_what_somebody_says_after_the_earlier_is_new() -> None:
    text = (
        "В Горловке ранены четверо. Ранее там были ранены трое. "
        "Глава района заявил, что без света остаются 80 тысяч жителей."
    )
    assert only(text, "impact.power.outage").kind.value == "report"
    assert "background" in {claim.kind.value for claim in read(text).claims}
