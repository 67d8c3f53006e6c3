"""The shapes that ship: who has one, what they touch, and how they are stored."""

from itertools import pairwise

import msgspec
import pytest

from vidomo.core.errors import MachineRefused
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level
from vidomo.gazetteer.shapes import (
    IMPORTED,
    Origin,
    Shapes,
    bundled_shapes,
    decode_shapes,
    encode_shapes,
    shapes_in,
    store_shapes,
    with_cells,
)
from vidomo.gazetteer.shapes_arcs import SCALE, arcs_of
from vidomo.gazetteer.shapes_rings import holds, polygons, signed_area

IZIUM = "UA63040000000023521"
KYIV, SEVASTOPOL = "UA80000000000093317", "UA85000000000065278"


def test_every_raion_has_a_shape_and_so_have_kyiv_and_sevastopol(gazetteer: Gazetteer) -> None:
    raions = {unit.code for unit in gazetteer.units() if unit.level is Level.RAION}
    assert set(bundled_shapes().codes) == raions | {KYIV, SEVASTOPOL}


def test_the_bundled_borders_say_that_they_are_approximate() -> None:
    assert bundled_shapes().origin.is_approximate


def test_a_settlement_lies_in_the_cell_of_its_raion_but_for_a_few_at_the_border(gazetteer) -> None:
    shapes = bundled_shapes()
    right = wrong = 0
    for unit in gazetteer.units():
        if unit.level is not Level.SETTLEMENT or unit.lat is None or unit.raion is None:
            continue
        x, y = unit.lon * SCALE, unit.lat * SCALE
        inside = sum(holds(ring, x, y) for ring in shapes.arcs.rings(unit.raion)) % 2
        right += inside
        wrong += not inside
    assert right + wrong > 4_900
    assert wrong / (right + wrong) < 0.03  # borders are simplified after the cells are cut


def test_no_two_units_overlap_and_no_gap_is_left_between_them() -> None:
    arcs = bundled_shapes().arcs
    uses = [0] * len(arcs.lines)
    for rings in arcs.units.values():
        for number in (one for ring in rings for one in ring):
            uses[number if number >= 0 else ~number] += 1
    assert set(uses) == {1, 2}
    # All lines of one side together are the border of the country: one ring, and one lagoon.
    outline = arcs.outline(arcs.units)
    assert max(len(ring) for ring in outline) > 300
    assert len(outline) <= 2
    whole = area(polygons(outline))
    parts = sum(area(polygons(arcs.rings(code))) for code in arcs.units)
    assert parts == pytest.approx(whole, rel=1e-9)


def area(found) -> float:
    return sum(signed_area(ring) for polygon in found for ring in polygon)


def test_the_shapes_lie_inside_the_shapes_of_their_oblasts(gazetteer: Gazetteer) -> None:
    shapes = bundled_shapes()
    for oblast in gazetteer.oblasts():
        wide = [[(x, y) for x, y in ring] for ring in gazetteer.shape(oblast.code)]
        box = (
            min(x for ring in wide for x, _ in ring),
            max(x for ring in wide for x, _ in ring),
        )
        for code in shapes.codes:
            if code[:4] == oblast.code[:4]:
                xs = [x / SCALE for ring in shapes.arcs.rings(code) for x, _ in ring]
                assert box[0] - 0.02 <= min(xs)
                assert max(xs) <= box[1] + 0.02


def test_the_file_is_small_and_holds_no_point_finer_than_a_hundred_metres() -> None:
    shapes = bundled_shapes()
    assert len(encode_shapes(shapes)) < 40_000
    assert all(x % 10 == 0 and y % 10 == 0 for line in shapes.arcs.lines for x, y in line)


def test_the_same_shapes_give_the_same_bytes_and_come_back() -> None:
    body = encode_shapes(bundled_shapes())
    assert encode_shapes(decode_shapes(body)) == body


@pytest.mark.parametrize("body", [b"", b"not a file of shapes", b"\x94\x01\x80\x90\x80"])
def test_a_broken_file_of_shapes_is_refused_with_a_hint(body: bytes) -> None:
    with pytest.raises(MachineRefused) as refused:
        decode_shapes(body)
    assert "import-shapes" in refused.value.hint


def test_a_file_with_numbers_of_lines_that_are_not_there_is_refused() -> None:
    good = msgspec.msgpack.decode(encode_shapes(_square()))
    good[3] = {IZIUM: [[7]]}
    with pytest.raises(MachineRefused):
        decode_shapes(msgspec.msgpack.encode(good))


def test_a_folder_without_imported_shapes_has_the_bundled_ones(tmp_path) -> None:
    assert shapes_in(tmp_path) is bundled_shapes()


def test_imported_shapes_come_back_with_their_origin(tmp_path) -> None:
    path = store_shapes(_square(), tmp_path)
    found = shapes_in(tmp_path)
    assert path.name == IMPORTED
    assert found.origin.source == "a surveyor"
    assert found.arcs.rings(IZIUM) == _square().arcs.rings(IZIUM)
    assert shapes_in(tmp_path) is found
    assert list(tmp_path.iterdir()) == [path]


def test_units_without_own_shapes_keep_their_cells() -> None:
    found = with_cells(_square())
    assert len(found.codes) == 138
    assert len(found.origin.missing) == 137
    assert found.arcs.rings(IZIUM) == _square().arcs.rings(IZIUM)


def test_borders_that_neighbours_do_not_share_are_redrawn_so_that_they_do() -> None:
    apart = {
        code: [
            [(x + at % 7, y - at % 5) for x, y in ring]
            for ring in bundled_shapes().arcs.rings(code)
        ]
        for at, code in enumerate(bundled_shapes().codes)
    }
    loose = Shapes(Origin(source="a surveyor"), arcs_of(apart))
    found = with_cells(loose)
    outline = found.arcs.outline(found.codes)
    assert len(loose.arcs.outline(loose.codes)) > 100
    assert len(outline) < 12  # islands and lagoons
    whole, redrawn = area(polygons(bundled_shapes().arcs.outline(apart))), area(polygons(outline))
    assert redrawn == pytest.approx(whole, rel=0.01)


def test_shapes_imported_later_take_the_place_of_the_earlier_ones(tmp_path) -> None:
    store_shapes(_square(), tmp_path)
    shapes_in(tmp_path)
    later = Shapes(Origin(source="another surveyor"), _square(9).arcs)
    store_shapes(later, tmp_path)
    assert shapes_in(tmp_path).origin.source == "another surveyor"


def test_a_folder_that_cannot_be_written_is_told(tmp_path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(MachineRefused):
        store_shapes(_square(), tmp_path / "file")


def test_a_broken_file_of_imported_shapes_brings_no_page_down(tmp_path) -> None:
    (tmp_path / IMPORTED).write_bytes(b"cut off")
    assert shapes_in(tmp_path) is bundled_shapes()
    (tmp_path / "file").write_text("no folder")
    assert shapes_in(tmp_path / "file" / "below") is bundled_shapes()


@pytest.mark.parametrize("field", [0, 2])
def test_a_file_of_another_version_or_with_empty_lines_is_refused(field: int) -> None:
    good = msgspec.msgpack.decode(encode_shapes(_square()))
    good[field] = {0: 2, 2: [[]]}[field]
    with pytest.raises(MachineRefused):
        decode_shapes(msgspec.msgpack.encode(good))


def _square(size: int = 4) -> Shapes:
    ring = [(370_000, 490_000), (370_000 + size * 1_000, 490_000), (372_000, 494_000)]
    return Shapes(
        Origin(source="a surveyor", licence="CC0", date="2025-01-31"),
        arcs_of({IZIUM: [ring]}),
    )


def test_every_line_of_the_bundled_shapes_is_walked_without_jumps() -> None:
    arcs = bundled_shapes().arcs
    for code, rings in arcs.units.items():
        for numbers in rings:
            ends = [
                (arcs.lines[one][0], arcs.lines[one][-1])
                if one >= 0
                else (arcs.lines[~one][-1], arcs.lines[~one][0])
                for one in numbers
            ]
            assert all(a[1] == b[0] for a, b in pairwise([*ends, ends[0]])), code
