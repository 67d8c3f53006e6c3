"""Who was not hurt, what is not back and what will not work are not read as their opposite."""

import pytest

from claims.reading import facts, read


@pytest.mark.parametrize(
    "text",
    [
        "Працівники складу не постраждали.",
        "Лікарі поліклініки не постраждали.",
        "Пасажири не були поранені.",
        "Ніхто з учнів не був травмований.",
        "Водій та пасажири не травмувалися.",
        "Работники завода не пострадали.",
        "Пассажиры не были ранены.",
        "People were not injured.",
    ],
)
def test_people_said_to_be_unhurt_are_no_casualties(text: str) -> None:
    told = facts(text)
    assert ("harm.injured", "report", "negated") in told
    assert ("harm.injured", "report", "affirmed") not in told


@pytest.mark.parametrize(
    "text",
    [
        "Обійшлося без травмованих і займань.",
        "Обошлось без пострадавших и возгораний.",
    ],
)
def test_a_fire_that_there_was_not_is_none(text: str) -> None:
    assert ("impact.fire", "report", "negated") in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Світло в оселі вдасться повернути за три години.",
        "Енергетики намагаються повернути світло.",
        "Тиск у мережі водопостачання буде нижчим.",
        "Давление в системе водоснабжения будет ниже.",
        "Бригади працюють, щоб запрацювала котельня.",
    ],
)
def test_supplies_yet_to_come_back_are_not_restored(text: str) -> None:
    restored = [c for c in read(text).claims if c.topic.endswith(".restored")]
    assert all(claim.kind.value != "report" for claim in restored)


def test_a_hospital_that_will_not_work_is_said_to_be_so() -> None:
    told = facts("Лікарня не буде працювати тиждень.")
    assert ("service.health.disrupted", "plan", "affirmed") in told


def test_limits_on_water_to_be_lifted_are_no_outage() -> None:
    told = facts("Від четверга знімають обмеження на подачу води.")
    assert told == {("impact.water.restored", "plan", "affirmed")}


def test_an_army_is_from_its_country_and_an_outage_is_not() -> None:
    claims = read("Через удар армією РФ у Нікополі немає світла.").claims
    outages = [c for c in claims if c.topic == "impact.power.outage"]
    assert [[place.surface for place in c.places] for c in outages] == [["Нікополі"]]
