"""Graph metrics: computed right, shown as context with how little they told."""

import numpy as np
import pytest

from outlook.fragmentation.worlds import known, ring, tree
from vidomo.grid.ensemble import compiled
from vidomo.outlook.fragmentation import context
from vidomo.outlook.fragmentation.context import context_of, measured, metrics


def test_metrics_of_a_ring_are_those_of_the_textbook() -> None:
    grid = compiled(ring())
    found = metrics(grid, np.ones(4, np.bool_))
    # Eigenvalues of a ring of four with weight 10: 0, 20, 20, 40.
    assert found["algebraic_connectivity"] == pytest.approx(20.0)
    assert found["effective_graph_resistance"] == pytest.approx(4 * (1 / 20 + 1 / 20 + 1 / 40))
    assert (found["islands"], found["effective_islands"], found["elements_out"]) == (1, 1.0, 0)


def test_metrics_are_those_of_the_island_with_most_load() -> None:
    grid = compiled(tree())
    live = np.ones(3, np.bool_)
    live[grid.branch_numbers["BC"]] = False
    found = metrics(grid, live)
    assert found["load_outside_largest_island"] == pytest.approx(10 / 60)
    assert found["effective_islands"] == pytest.approx(1 / ((10 / 60) ** 2 + (50 / 60) ** 2))
    assert found["algebraic_connectivity"] == pytest.approx(20.0)
    alone = metrics(grid, np.zeros(3, np.bool_))
    assert alone["islands"] == 4
    assert alone["algebraic_connectivity"] is None


def test_a_large_network_has_no_eigenvalues_and_says_so(monkeypatch) -> None:
    monkeypatch.setattr(context, "MOST_BUSES", 3)
    found = metrics(compiled(ring()), np.ones(4, np.bool_))
    assert found["effective_graph_resistance"] is None
    assert found["islands"] == 1


def test_the_context_is_of_the_likeliest_state_with_its_measured_worth() -> None:
    grid = compiled(tree())
    # The same state twice, each time less likely than another: together it is the likeliest.
    particles = known(tree(), ("BC",), (), ("BC",), weights=(0.3, 0.4, 0.3)).particles
    found = {one.name: one for one in context_of(grid, particles)}
    assert found["elements_out"].value == 1
    for name, one in found.items():
        assert (one.auc_stressed, one.auc_relaxed) == measured().auc[name]
