"""Supplies of a list whose common end stands once, and words beside them."""

import pytest

from claims.reading import count, facts, only
from vidomo.app.reader import read


@pytest.mark.parametrize(
    ("text", "supplies"),
    [
        ("Ізюм без електро-, тепло- та водопостачання.", {"power", "heat", "water"}),
        ("Ізюм лишився без водо- і газопостачання.", {"water", "gas"}),
        ("Изюм без электро-, тепло- и водоснабжения.", {"power", "heat", "water"}),
        ("Ізюм без електропостачання.", {"power"}),
    ],
)
def test_a_list_of_supplies_names_each(text: str, supplies: set[str]) -> None:
    assert {topic for topic, _, _ in facts(text)} == {f"impact.{one}.outage" for one in supplies}


def test_what_is_back_is_said_of_each() -> None:
    found = facts("В Ізюмі відновлено електро- та водопостачання.")
    assert {topic for topic, _, _ in found} == {"impact.power.restored", "impact.water.restored"}


@pytest.mark.parametrize(
    ("text", "topic", "number"),
    [
        ("Дрон ударив по селу, вбивши двох людей.", "harm.killed", 2),
        ("Дрон ударив по селу, травмувавши трьох людей.", "harm.injured", 3),
        ("Травми, несумісні з життям, дістав чоловік.", "harm.killed", 1),
    ],
)
def test_what_a_strike_did_to_people_is_told_beside_it(text: str, topic: str, number: int) -> None:
    assert count(only(text, topic))[:2] == (number, number)


def test_no_voltage_in_the_net_is_no_lost_signal() -> None:
    found = facts("Через відсутність напруги в мережі трамваї стоять.")
    assert not any(topic == "impact.comms.outage" for topic, _, _ in found)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Удар по Херсону. Постраждали люди, які їхали в селище Антонівка.", "UA65100150010064384"),
        ("У Ковелі горів дім. Жінку госпіталізували до лікарні в Луцьку.", "UA07060190010068509"),
    ],
)
def test_where_people_went_is_not_where_it_happened(text: str, code: str) -> None:
    assert {place.code for claim in read(text) for place in claim.places} == {code}


def test_people_taken_from_the_front_line_are_told() -> None:
    text = "У Сіверську пошкоджено 9 будинків. З лінії фронту евакуйовано 12 людей."
    assert {topic for topic, _, _ in facts(text)} == {"impact.damage", "response.evacuation"}


@pytest.mark.parametrize("text", ["Завтра ймовірні ворожі атаки.", "Ймовірні обстріли міста."])
def test_attacks_that_are_likely_have_not_happened(text: str) -> None:
    assert {kind for _, kind, _ in facts(text)} == {"warning"}
