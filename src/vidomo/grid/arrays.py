"""A network as read-only arrays, the form in which everything is computed."""

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from vidomo.core.errors import InputError
from vidomo.grid.check import check_grid, sound_model, stated
from vidomo.grid.model import GridModel, GridReading

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]
_Array = TypeVar("_Array", Floats, Ints)


@dataclass(frozen=True, kw_only=True, eq=False)
class GridArrays:
    """Branches in service and all buses, numbered from zero; power in MW.

    Attributes:
        model: Where it comes from; ``model.hash`` names it.
        bus_ids: Id of each bus.
        branch_ids: Id of each branch in service, in the model's order.
        start: Bus at the from end of each branch.
        stop: Bus at the to end of each branch.
        susceptance: 1 / (x tap) of each branch, per unit; may be negative.
        shift_rad: Phase shift of each branch.
        rating_mw: Limit of each branch; infinity where none is given.
        load_mw: Positive loads of each bus.
        generation_mw: Output in the base state, negative loads included.
        capacity_mw: What the generators can give, never less than ``generation_mw``.
        slack: Bus that takes up a mismatch in a plain flow.
        assumptions: What every result rests on, in words.
    """

    model: GridModel
    bus_ids: tuple[str, ...]
    branch_ids: tuple[str, ...]
    start: Ints
    stop: Ints
    susceptance: Floats
    shift_rad: Floats
    rating_mw: Floats
    load_mw: Floats
    generation_mw: Floats
    capacity_mw: Floats
    slack: int
    assumptions: tuple[str, ...]

    @property
    def buses(self) -> int:
        """Number of buses."""
        return len(self.bus_ids)

    @property
    def branches(self) -> int:
        """Number of branches in service."""
        return len(self.branch_ids)

    @cached_property
    def branch_numbers(self) -> dict[str, int]:
        """Number of each branch in service by its id."""
        return {name: number for number, name in enumerate(self.branch_ids)}

    @cached_property
    def place_codes(self) -> tuple[str, ...]:
        """Codes of all places that a substation names, sorted."""
        return tuple(
            sorted({place.place_code for site in self.model.substations for place in site.places})
        )

    @cached_property
    def place_links(self) -> tuple[Ints, Ints, Floats]:
        """Place, bus and share (0..1) of every tie between a place and a bus."""
        sites = {site.id: site.places for site in self.model.substations}
        codes = {code: number for number, code in enumerate(self.place_codes)}
        ties = [
            (codes[place.place_code], number, place.share)
            for number, bus in enumerate(self.model.buses)
            for place in sites.get(bus.substation, ())
        ]
        places, buses, shares = zip(*ties, strict=True) if ties else ((), (), ())
        return (
            _frozen(np.array(places, np.int32)),
            _frozen(np.array(buses, np.int32)),
            _frozen(np.array(shares, np.float64)),
        )

    @cached_property
    def place_load_mw(self) -> Floats:
        """Load of each place in the base state."""
        places, buses, shares = self.place_links
        return total_by(places, self.load_mw[buses] * shares, len(self.place_codes))


def compile_grid(model: GridModel) -> GridArrays:
    """Return the arrays of a network.

    Raises:
        InputError: The network has problems that stop it; see ``check.check_grid``.
    """
    problems = check_grid(model)
    sound_model(GridReading(model=model, problems=problems))
    numbers = {bus.id: number for number, bus in enumerate(model.buses)}
    live = [branch for branch in model.branches if branch.in_service]
    load = np.zeros(len(numbers))
    generation = np.zeros(len(numbers))
    capacity = np.zeros(len(numbers))
    for item in model.loads:
        if item.in_service:
            load[numbers[item.bus]] += item.power_mw
    free = np.maximum(-load, 0.0)
    for source in model.generators:
        if source.in_service:
            most = source.power_mw if source.max_power_mw is None else source.max_power_mw
            generation[numbers[source.bus]] += max(source.power_mw, 0.0)
            capacity[numbers[source.bus]] += max(most, source.power_mw, 0.0)
            load[numbers[source.bus]] += max(-source.power_mw, 0.0)
    load = np.maximum(load, 0.0)
    return GridArrays(
        model=model,
        bus_ids=tuple(numbers),
        branch_ids=tuple(branch.id for branch in live),
        start=_frozen(np.array([numbers[branch.from_bus] for branch in live], np.int32)),
        stop=_frozen(np.array([numbers[branch.to_bus] for branch in live], np.int32)),
        susceptance=_frozen(np.array([1 / (branch.x_pu * branch.tap) for branch in live])),
        shift_rad=_frozen(np.deg2rad([branch.shift_deg for branch in live])),
        rating_mw=_frozen(
            np.array([np.inf if branch.rating_mw is None else branch.rating_mw for branch in live])
        ),
        load_mw=_frozen(load),
        generation_mw=_frozen(generation + free),
        capacity_mw=_frozen(capacity + free),
        slack=numbers.get(model.slack_bus, int(np.argmax(generation + free))),
        assumptions=stated(model, problems),
    )


def branch_list(grid: GridArrays, ids: tuple[str, ...]) -> Ints:
    """Return the numbers of branches by id.

    Raises:
        InputError: One of them is not in service or does not exist.
    """
    unknown = [name for name in ids if name not in grid.branch_numbers]
    if unknown:
        raise InputError(
            f"no branch in service is called {unknown[0]!r}",
            hint="branches out of service in the base state cannot go out again",
        )
    return np.array([grid.branch_numbers[name] for name in ids], np.int32)


def total_by(groups: Ints, values: Floats, count: int) -> Floats:
    """Return the sum of the values of each group, zero for an empty one."""
    return np.bincount(groups, values, count).astype(np.float64)


def _frozen(values: _Array) -> _Array:
    values.setflags(write=False)
    return values
