import numpy as np
import pytest

from grid.networks import square
from vidomo.core.errors import InputError
from vidomo.grid.arrays import compile_grid
from vidomo.grid.outages import outages_from_ids, outages_from_lists, outages_from_masks

GRID = compile_grid(square())


def test_ids_lists_and_masks_say_the_same() -> None:
    by_id = outages_from_ids(GRID, [("AB", "CD", "AB"), (), ("DA",)])
    by_list = outages_from_lists(GRID, [[0, 2], [], [3]])
    by_mask = outages_from_masks(np.array([[1, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 1]], bool))
    for one in (by_id, by_list, by_mask):
        assert [one[s].tolist() for s in range(len(one))] == [[0, 2], [], [3]]
        assert [one.part(1, 3)[s].tolist() for s in (0, 1)] == [[], [3]]


def test_no_scenario_at_all_is_allowed() -> None:
    assert len(outages_from_lists(GRID, [])) == 0


def test_an_unknown_branch_is_refused_by_name() -> None:
    with pytest.raises(InputError, match="'XY'"):
        outages_from_ids(GRID, [("XY",)])


@pytest.mark.parametrize("numbers", [[4], [-1]])
def test_a_number_outside_is_refused(numbers: list[int]) -> None:
    with pytest.raises(InputError, match="0 to 3"):
        outages_from_lists(GRID, [numbers])


def test_a_repeated_number_is_refused() -> None:
    with pytest.raises(InputError, match="twice"):
        outages_from_lists(GRID, [[1, 1]])
