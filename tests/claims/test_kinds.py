"""Counts of several kinds of things in one statement."""

import pytest

from claims.reading import read


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Збито 27 БпЛА та 2 ракети.", {(27, "uavs"), (2, "missiles")}),
        ("Air defences shot down 27 drones and 2 missiles.", {(27, "uavs"), (2, "missiles")}),
        ("Damaged: 12 houses, 4 garages.", {(12, "houses"), (4, "buildings")}),
        ("Two houses were damaged; the crew has three cars.", {(2, "houses")}),
        ("Shot down 27 drones over 3 districts.", {(27, "uavs")}),
    ],
)
def test_each_kind_of_things_has_a_claim_of_its_own(
    text: str, wanted: set[tuple[int, str]]
) -> None:
    found = {(c.number.min, c.number.unit) for c in read(text).claims if c.number}
    assert found == wanted
