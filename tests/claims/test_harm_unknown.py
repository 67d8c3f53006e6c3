"""What a text does not know of people hurt, what is provisional, and what is said not to be."""

import pytest

from claims.reading import facts, only, read
from vidomo.claims.model import Kind, Polarity


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Информации о пострадавших пока не поступало.", "not_received"),
        ("Інформації про постраждалих не надходило.", "not_received"),
        ("Информация о жертвах, раненых и разрушениях пока отсутствует.", "not_received"),
        ("No information has come yet about victims.", "not_received"),
        ("The number of victims is not known.", "unclear"),
    ],
)
def test_what_is_not_known_of_people_is_told_with_its_reason(text: str, status: str) -> None:
    unknown = only(text, "harm.casualties").unknown
    assert unknown is not None
    assert (unknown.subject, unknown.status) == ("casualties", status)


def test_what_is_not_known_of_dead_and_injured_is_told_once() -> None:
    text = "О пострадавших или погибших информации пока нет."
    assert [c.topic for c in read(text).claims] == ["harm.casualties"]


def test_how_many_died_is_a_question_of_its_own() -> None:
    assert only("Загальна кількість загиблих невідома.", "harm.killed").kind is Kind.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "По предварительной информации пострадавших нет.",
        "По их информации, пострадавших в результате атаки не было.",
        "За їхньою інформацією, постраждалих немає.",
    ],
)
def test_by_ones_information_nobody_is_hurt(text: str) -> None:
    claim = only(text, "harm.injured")
    assert claim.polarity is Polarity.NEGATED
    assert claim.kind in {Kind.REPORT, Kind.ASSESSMENT}
    assert not any(one.unknown for one in read(text).claims)


@pytest.mark.parametrize(
    "text",
    [
        "Дроны атаковали завод, предварительно, пострадавших нет.",
        "Прилёты пришлись на пустырь, по предварительным данным, пострадавших нет.",
        "По предварительным данным, снаряды упали в поле, пострадавших нет.",
        "Drones attacked a plant, preliminarily, nobody was hurt.",
    ],
)
def test_provisional_words_before_a_statement_are_meant_for_it(text: str) -> None:
    assert ("harm.injured", "assessment", "negated") in facts(text)


def test_provisional_words_after_a_statement_leave_what_was_told_before_it() -> None:
    text = "Дроны атаковали завод, предварительно, пострадавших нет."
    assert ("event.strike", "report", "affirmed") in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ніхто з бригади не травмований.",
        "Ні пасажири, ні провідники не постраждали.",
        "Людоньки цілі.",
        "Никто из членов экипажа не ранен.",
        "Пострадавших и разрушений на земле нет.",
        "The staff of the plant escaped injury.",
    ],
)
def test_nobody_hurt_is_read_in_many_words(text: str) -> None:
    assert {one for one in facts(text) if one[0] == "harm.injured"} == {
        ("harm.injured", "report", "negated")
    }


@pytest.mark.parametrize(
    "text",
    [
        "Поранено провідника, пасажири не були у вагоні.",
        "Ранен машинист, никого в вагоне не было.",
        "The driver was hurt while the crew was safe on board.",
    ],
)
def test_somebody_hurt_beside_a_no_stays_hurt(text: str) -> None:
    assert ("harm.injured", "report", "affirmed") in facts(text)
