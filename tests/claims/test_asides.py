"""Remarks between words that belong together, and words that only look like others."""

import pytest

from claims.reading import count, facts, only
from vidomo.app.reader import read


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Постраждалих серед містян, за даними мерії, немає.", "harm.injured"),
        ("Загиблих серед містян, за словами мера, немає.", "harm.killed"),
        ("Пострадавших среди жителей, по данным мэрии, нет.", "harm.injured"),
        ("Погибших среди жителей, по словам мэра, нет.", "harm.killed"),
    ],
)
def test_a_remark_before_the_no_leaves_it_a_no(text: str, topic: str) -> None:
    assert facts(text) == {(topic, "report", "negated")}


@pytest.mark.parametrize(
    ("text", "topic", "number"),
    [
        ("Відомо про сімох загиблих.", "harm.killed", 7),
        ("У місті сім загиблих.", "harm.killed", 7),
        ("Известно о семи погибших.", "harm.killed", 7),
        ("Вдалося врятувати 21 постраждалого.", "harm.rescued", 21),
        ("По Запоріжжю випущено сім ракет.", "event.strike", 7),
        ("Дев'ять ракет накрили Запоріжжя.", "event.strike", 9),
        ("Дрон обірвав життя однієї жінки.", "harm.killed", 1),
    ],
)
def test_counts_are_of_what_they_stand_at(text: str, topic: str, number: int) -> None:
    assert count(only(text, topic))[:2] == (number, number)


def test_families_of_the_dead_are_no_seven() -> None:
    assert facts("Сім'ї загиблих отримають допомогу.") == set()


def test_who_are_wounded_in_two_languages_are_no_sum() -> None:
    text = "Відомо про 14 загиблих та 74 ранених."
    assert count(only(text, "harm.killed"))[:2] == (14, 14)


@pytest.mark.parametrize(
    "text",
    ["З-під завалів деблокували тіло чоловіка.", "Из-под завалов извлекли тело женщины."],
)
def test_a_body_from_the_rubble_is_nobody_rescued(text: str) -> None:
    assert facts(text) == {("harm.killed", "report", "affirmed")}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("У громаді постраждав житловий сектор.", "impact.damage"),
        ("Унаслідок атаки постраждала міська забудова.", "impact.damage"),
        ("В общине пострадал частный сектор.", "impact.damage"),
        ("У Запоріжжі поруйновані житлові будинки.", "impact.damage"),
        ("Триває обстеження та ліквідація наслідків.", "response.rescue"),
        ("ДСНС працює, ліквідовуючи наслідки негоди.", "response.rescue"),
    ],
)
def test_a_quarter_that_suffered_is_damage(text: str, topic: str) -> None:
    found = {claim for claim, _, _ in facts(text)}
    assert topic in found
    assert not found & {"harm.injured", "response.repair"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Світла немає в Ізюмському (частково) районі.", 1),
        ("Світла немає у Сумській, Запорізькій (частково) і Полтавській (без міст) областях.", 3),
        ("Света нет в Сумской (частично) и Полтавской (кроме городов) областях.", 2),
    ],
)
def test_remarks_in_brackets_leave_a_list_whole(text: str, number: int) -> None:
    places = [place.code for claim in read(text) for place in claim.places]
    assert len(places) == number
    assert None not in places


def test_who_is_quoted_is_no_village() -> None:
    assert not read("Пряма мова Григорова: Постраждалих немає.")[0].places
