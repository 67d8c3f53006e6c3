"""Borders that neighbours share: each once, and still shared when simplified."""

from hypothesis import given, strategies as st

from vidomo.gazetteer.shapes_arcs import Arcs, arcs_of
from vidomo.gazetteer.shapes_rings import holds, polygons, signed_area

LEFT = [(0, 0), (100, 0), (100, 50), (100, 100), (0, 100)]
RIGHT = [(100, 0), (200, 0), (200, 100), (100, 100), (100, 50)]


def area(arcs: Arcs, code: str) -> float:
    return sum(abs(signed_area(ring)) for ring in arcs.rings(code))


def test_a_border_of_two_neighbours_is_stored_once() -> None:
    arcs = arcs_of({"a": [LEFT], "b": [RIGHT]})
    assert sum((100, 50) in line for line in arcs.lines) == 1
    assert [set(line) for line in arcs.borders(str)] == [{(100, 0), (100, 50), (100, 100)}]


def test_the_direction_that_a_ring_is_given_in_does_not_matter() -> None:
    turned = arcs_of({"a": [LEFT], "b": [RIGHT[::-1]]})
    assert len(turned.lines) == 3
    assert len(turned.outline("ab")) == 1


def test_two_units_together_have_no_border_between_them() -> None:
    arcs = arcs_of({"a": [LEFT], "b": [RIGHT]})
    (ring,) = arcs.outline("ab")
    assert abs(signed_area(ring)) == 20_000
    assert (100, 50) not in ring
    assert arcs.borders(lambda _: "same") == ()
    assert arcs.outline(["nobody"]) == ()


def test_a_hole_that_another_unit_fills_is_one_line_for_both() -> None:
    hole = [(40, 40), (40, 60), (60, 60), (60, 40)]
    arcs = arcs_of({"a": [LEFT, hole], "b": [hole[2:] + hole[:2]]})
    assert len(arcs.lines) == 2
    assert area(arcs, "b") == 400
    assert abs(signed_area(arcs.outline("ab")[0])) == 10_000


def test_rings_without_an_area_are_left_out() -> None:
    arcs = arcs_of({"a": [[(0, 0), (0, 0), (5, 5), (0, 0)], [], LEFT]})
    assert len(arcs.rings("a")) == 1
    assert arcs.rings("unknown") == ()


def test_small_corners_go_and_large_ones_stay() -> None:
    jagged = [(0, 0), (50, 1), (100, 0), (100, 100), (0, 100)]
    arcs = arcs_of({"a": [jagged]}).simplified(60)
    assert (50, 1) not in arcs.rings("a")[0]
    assert {(100, 0), (100, 100), (0, 100)} <= set(arcs.rings("a")[0])


def test_a_unit_never_loses_all_its_area() -> None:
    for arcs in (arcs_of({"a": [LEFT]}), arcs_of({"a": [LEFT], "b": [RIGHT]})):
        simple = arcs.simplified(1e12)
        assert area(simple, "a") > 0


@given(st.lists(st.integers(1, 40), min_size=1, max_size=25), st.floats(0, 3_000))
def test_neighbours_stay_neighbours_however_much_is_simplified(steps, weight: float) -> None:
    border = [(100 + step, 5 * at + 5) for at, step in enumerate(steps)]
    top = 5 * len(steps) + 5
    left = [(0, 0), (100, 0), *border, (100, top), (0, top)]
    right = [(300, 0), (300, top), (100, top), *border[::-1], (100, 0)]
    arcs = arcs_of({"a": [left], "b": [right]}).simplified(weight)
    assert area(arcs, "a") + area(arcs, "b") == sum(
        abs(signed_area(ring)) for ring in arcs.outline("ab")
    )


def test_rings_are_sorted_into_outer_ones_and_their_holes() -> None:
    outer = ((0, 0), (90, 0), (90, 90), (0, 90), (0, 0))
    hole = ((30, 30), (60, 30), (60, 60), (30, 60), (30, 30))
    island = ((40, 40), (50, 40), (50, 50), (40, 50), (40, 40))
    found = polygons([island, hole, outer])
    assert sorted(len(one) for one in found) == [1, 2]
    (with_hole,) = (one for one in found if len(one) == 2)
    assert signed_area(with_hole[0]) > 0 > signed_area(with_hole[1])
    assert set(with_hole[0]) == set(outer)
    assert holds(outer, 45, 45)
    assert not holds(outer, 95, 45)
