"""Names that a tired writer takes for one another."""

import pytest
from hypothesis import given, strategies as st

from vidomo.places.slip import are_near, distance

WORDS = st.text(alphabet="абвгдеіїькмлн", max_size=12)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ізмаїл", "Ізюм"), ("Izmail", "Izium"), ("Чугуїв", "Чугіїв"), ("Лозова", "Лозава")],
)
def test_near_names_are_near_both_ways(one: str, other: str) -> None:
    assert are_near(one, other)
    assert are_near(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ізюм", "Ізюм"),
        ("Харків", "Херсон"),
        ("Чугуїв", "Чернігів"),
        ("Краматорськ", "Кременчук"),
        ("Одеса", "Суми"),
        ("Ізюм", "Ізмаїлівка"),
    ],
)
def test_other_names_are_not(one: str, other: str) -> None:
    assert not are_near(one, other)


@given(WORDS, WORDS)
def test_the_distance_is_a_distance(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))


@given(WORDS, WORDS)
def test_nearness_is_mutual(one: str, other: str) -> None:
    assert are_near(one, other) == are_near(other, one)
