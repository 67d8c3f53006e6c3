"""Islands, N-1 screening and cascades by the kernels, or by the references where there are none."""

import ctypes

import numpy as np

from vidomo.core.errors import InputError
from vidomo.grid.arrays import Floats, GridArrays, Ints
from vidomo.grid.cascade import (
    CascadeRules,
    CascadeTable,
    cascade_assumptions,
    cascade_limits,
    cascade_reference,
)
from vidomo.grid.flow import ContingencyTable, DcModel
from vidomo.grid.islands import IslandTable, islands_reference
from vidomo.grid.native import Cascade, Islands, Screening, fill, library, refuse_failure
from vidomo.grid.native_factor import native_factor, numeric
from vidomo.grid.native_islands import tour
from vidomo.grid.outages import Outages

_NEVER_MW = 1e300


def islands(grid: GridArrays, outages: Outages) -> IslandTable:
    """Return the islands of each scenario.

    With at most 24 branches out the cost does not depend on the size of the network; a split
    that is none is told with a probability below 2**-40 a scenario, a split is never missed.
    """
    native = library()
    if native is None:
        return islands_reference(grid, outages)
    walked = tour(grid)
    found = IslandTable(
        islands=np.zeros(len(outages), np.int32),
        largest_load_mw=np.zeros(len(outages)),
        unserved_mw=np.zeros(len(outages)),
        assumptions=grid.assumptions,
    )
    call = Islands()
    fill(
        call,
        buses=grid.buses,
        branches=grid.branches,
        label=walked.label if walked else None,
        enter=walked.enter if walked else None,
        leave=walked.leave if walked else None,
        load_before=walked.load_before if walked else None,
        capacity_before=walked.capacity_before if walked else None,
        start=grid.start,
        stop=grid.stop,
        load=grid.load_mw,
        capacity=grid.capacity_mw,
        count=len(outages),
        offset=outages.offset,
        lost=outages.branch,
        islands=found.islands,
        largest=found.largest_load_mw,
        unserved=found.unserved_mw,
    )
    native.vidomo_grid_islands(ctypes.addressof(call))
    return found


def contingencies(model: DcModel, columns: Ints, *, width: int = 0) -> ContingencyTable:
    """Return the N-1 screening of some branches, in the order of ``columns``.

    Args:
        model: A network, factorised.
        columns: Branches that go out, one at a time.
        width: Contingencies side by side; 0 is what the processor can.
    """
    if library() is None:
        return model.contingencies_reference(columns)
    worst, where, overloads = _screen(model, columns, None, width)
    split = model.split[columns] | np.isnan(worst)
    none = split | (where < 0)
    return ContingencyTable(
        branch=columns,
        is_split=split,
        worst_loading=np.where(none, np.nan, worst),
        worst_branch=np.where(none, -1, where).astype(np.int32),
        overloads=np.where(split, -1, overloads).astype(np.int32),
        assumptions=(*model.grid.assumptions, *model.assumptions),
    )


def flows_without(model: DcModel, columns: Ints, *, width: int = 0) -> Floats:
    """Return the flows in MW after the loss of each branch: a row a loss, NaN where it splits."""
    if library() is None:
        flows = model.flows_without(columns).T
    else:
        flows = np.zeros((len(columns), model.grid.branches))
        _screen(model, columns, flows, width)
    flows[np.arange(len(columns)), columns] = 0.0
    flows[model.split[columns]] = np.nan
    return flows


def _screen(
    model: DcModel, columns: Ints, flows: Floats | None, width: int
) -> tuple[Floats, Ints, Ints]:
    grid = model.grid
    if columns.size and not (columns.min() >= 0 and columns.max() < grid.branches):
        raise InputError(f"branch numbers run from 0 to {grid.branches - 1}")
    native = library()
    assert native is not None  # noqa: S101 - callers ask library() first
    factor = native_factor(grid)
    values, pivots = numeric(factor, model.references)
    watch = np.nonzero(np.isfinite(grid.rating_mw))[0].astype(np.int32)
    # Neighbours share paths of the elimination tree, so like goes with like.
    near = np.argsort(
        np.minimum(factor.place[grid.start[columns]], factor.place[grid.stop[columns]]),
        kind="stable",
    )
    rows = np.zeros_like(flows) if flows is not None else None
    worst = np.zeros(len(columns))
    where, overloads = (np.zeros(len(columns), np.int32) for _ in range(2))
    call = Screening()
    fill(
        call,
        values=values,
        pivots=pivots,
        flow=model.flows_mw(),
        watched=len(watch),
        watch=watch,
        inverse_rating=1.0 / grid.rating_mw[watch],
        count=len(columns),
        lost=columns[near].astype(np.int32),
        worst=worst,
        where=where,
        overloads=overloads,
        flows=rows,
    )
    refuse_failure(
        native.vidomo_grid_screen(ctypes.addressof(factor.struct), ctypes.addressof(call), width)
    )
    if flows is not None and rows is not None:
        flows[near] = rows
    back = np.empty_like(near)
    back[near] = np.arange(len(near))
    return worst[back], where[back], overloads[back]


def cascade(
    grid: GridArrays,
    outages: Outages,
    *,
    rules: CascadeRules | None = None,
    by_place: bool = False,
    width: int = 0,
) -> CascadeTable:
    """Return the cascades of all scenarios; see ``cascade.cascade_reference`` for the rules.

    Args:
        grid: Any network.
        outages: What goes out first, in each scenario.
        rules: How a cascade runs.
        by_place: Whether to tell the load served by place.
        width: Scenarios side by side; 0 is what the processor can.
    """
    native = library()
    if native is None:
        return cascade_reference(grid, outages, rules=rules, by_place=by_place)
    rules = rules or CascadeRules()
    factor = native_factor(grid)
    places, buses, shares = grid.place_links
    count = len(outages)
    served_by_place = np.zeros((count, len(grid.place_codes))) if by_place else None
    rounds, out, split = (np.zeros(count, np.int32) for _ in range(3))
    served, largest = np.zeros(count), np.zeros(count)
    call = Cascade()
    fill(
        call,
        limit=np.minimum(cascade_limits(grid, rules), _NEVER_MW),
        generation=grid.generation_mw[factor.order],
        headroom=(grid.capacity_mw - grid.generation_mw)[factor.order],
        load=grid.load_mw[factor.order],
        count=count,
        offset=outages.offset,
        lost=outages.branch,
        max_rounds=rules.max_rounds,
        places=len(grid.place_codes),
        links=len(places),
        link_place=places,
        link_bus=factor.place[buses],
        link_load=grid.load_mw[buses] * shares,
        rounds=rounds,
        out=out,
        islands=split,
        served=served,
        largest=largest,
        by_place=served_by_place,
    )
    refuse_failure(
        native.vidomo_grid_cascade(ctypes.addressof(factor.struct), ctypes.addressof(call), width)
    )
    return CascadeTable(
        rounds=rounds,
        trips=out - np.diff(outages.offset).astype(np.int32),
        islands=split,
        served_mw=served,
        largest_served_mw=largest,
        place_served_mw=served_by_place,
        assumptions=cascade_assumptions(grid, rules),
    )
