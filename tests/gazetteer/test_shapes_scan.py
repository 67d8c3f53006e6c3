"""Rows of shapes: overlaps, inner points, and the common grid."""

from hypothesis import given, strategies as st

from vidomo.gazetteer.shapes_arcs import arcs_of
from vidomo.gazetteer.shapes_rings import holds, signed_area
from vidomo.gazetteer.shapes_scan import gridded, inner_point, overlaps, spans


def box(west: int, south: int, east: int, north: int):
    return ((west, south), (east, south), (east, north), (west, north), (west, south))


def test_a_row_knows_where_a_shape_with_a_hole_lies() -> None:
    found = spans([box(0, 0, 100, 100), box(40, 40, 60, 60)], height=100)
    assert found == {0: [(0.0, 40.0), (60.0, 100.0)]}


def test_shapes_that_only_touch_do_not_overlap() -> None:
    assert overlaps({"a": [box(0, 0, 5000, 5000)], "b": [box(5000, 0, 9000, 5000)]}) == {}


def test_an_overlap_is_told_as_a_share_of_the_smaller_one() -> None:
    found = overlaps({"a": [box(0, 0, 10_000, 10_000)], "b": [box(9_000, 0, 13_000, 10_000)]})
    assert found == {("a", "b"): 0.25}


def test_three_shapes_on_one_spot_overlap_in_pairs() -> None:
    one = [box(0, 0, 8_000, 8_000)]
    assert set(overlaps({"a": one, "b": one, "c": one}).values()) == {1.0}


@given(st.integers(1, 40), st.integers(1, 40))
def test_a_point_inside_lies_inside(width: int, height: int) -> None:
    ring = box(0, 0, width * 100, height * 100)
    assert holds(ring, *inner_point([ring]))


def test_the_point_inside_a_crescent_lies_in_it() -> None:
    crescent = (
        (0, 0),
        (100, 0),
        (100, 10),
        (10, 10),
        (10, 90),
        (100, 90),
        (100, 100),
        (0, 100),
        (0, 0),
    )
    assert holds(crescent, *inner_point([crescent]))


def test_a_flat_ring_has_no_inside() -> None:
    assert inner_point([((0, 0), (5, 0), (9, 0), (0, 0))]) is None


def test_neighbours_with_a_gap_and_an_overlap_share_one_border_on_the_grid() -> None:
    units = {
        "a": [box(0, 0, 15_000, 15_000)],
        "b": [box(15_300, 0, 30_000, 15_000)],
        "c": [box(0, 14_000, 30_000, 30_000)],
    }
    arcs = arcs_of(gridded(units))
    (ring,) = arcs.outline("abc")
    assert abs(signed_area(ring)) == 30_000 * 30_000
    assert overlaps({code: arcs.rings(code) for code in "abc"}) == {}


def test_a_hole_that_nobody_has_is_given_to_a_neighbour() -> None:
    units = {"a": [box(0, 0, 30_000, 30_000), box(9_000, 9_000, 21_000, 21_000)]}
    assert len(arcs_of(gridded(units)).rings("a")) == 1
