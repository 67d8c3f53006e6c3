"""The split of continental Europe on 8 January 2021, step by step on a network of eight buses.

The network is made by hand: it has the published exchange of power and the lines that the report
names, and nothing else of any real network. Signs and sums are checked by hand arithmetic from
the recorded steps; frequency is beyond a linear flow.
"""

import csv
from pathlib import Path

import pytest

from conftest import SHARED, missing
from outlook.fragmentation.worlds import SURE, known, placement_of, scenario
from vidomo.grid.arrays import compile_grid
from vidomo.grid.cascade import cascade_reference
from vidomo.grid.fast import cascade, islands
from vidomo.grid.islands import island_list
from vidomo.grid.model import Branch, Bus, Generator, GridModel, Load, PlaceShare, Substation
from vidomo.grid.outages import outages_from_ids
from vidomo.outlook.fragmentation.outlook import outlook

EVENT = "CE-2021-01-08"
NORTH_WEST_MW, SOUTH_EAST_MW = 60_000.0, 40_000.0
"""Loads of the two areas; only their difference to the generation is published."""


@pytest.fixture(scope="module")
def steps() -> dict[int, dict[str, str]]:
    path: Path = SHARED / "grid" / "system_split_events.csv"
    if not path.exists():
        missing(f"{path} is not there")
    rows = csv.DictReader(path.read_text("utf-8").splitlines())
    return {int(row["step"]): row for row in rows if row["event_id"] == EVENT}


@pytest.fixture(scope="module")
def recorded(steps: dict[int, dict[str, str]]) -> dict[str, float]:
    """Exchange, disconnected industry and help from neighbours, in MW."""
    assert "coupler at Ernestinovo" in steps[1]["what"]
    assert "Subotica - Novi Sad" in steps[2]["what"]
    assert steps[3]["value"] == "2"
    assert "deficit of NW area = surplus of SE area" in steps[4]["what"]
    return {
        "exchange": float(steps[4]["value"]),
        "industry": float(steps[9]["value"]),
        "help": sum(map(float, steps[10]["value"].split("+"))),
    }


def network(recorded: dict[str, float]) -> GridModel:
    """Return two areas, tied by a coupler at Ernestinovo and by three lines elsewhere."""
    exchange = recorded["exchange"]
    # What reserves and neighbours gave is what industry need not be cut off for.
    reserve = exchange - recorded["industry"]
    ties = (
        ("Ernestinovo coupler", "Ernestinovo W", "Ernestinovo E", 0.0001, 3000.0),
        ("Zerjavinec", "North-West", "Ernestinovo W", 0.0004, None),
        ("Pecs", "North-West", "Ernestinovo W", 0.0004, None),
        ("Ugljevik", "Ernestinovo E", "South-East", 0.0004, None),
        ("Sremska Mitrovica", "Ernestinovo E", "South-East", 0.0004, None),
        ("Subotica - Novi Sad", "North-West", "South-East", 0.0011, 2200.0),
        ("further line 1", "North-West", "South-East", 0.0014, 2000.0),
        ("further line 2", "North-West", "South-East", 0.0014, 2000.0),
    )
    places = {"North-West": "place-nw", "South-East": "place-se"}
    buses = ("North-West", "South-East", "Ernestinovo W", "Ernestinovo E")
    return GridModel(
        name="8 January 2021, by hand",
        base_mva=1.0,
        slack_bus="North-West",
        buses=tuple(Bus(id=name, substation=name) for name in buses),
        substations=tuple(
            Substation(id=name, places=(PlaceShare(places[name]),) if name in places else ())
            for name in buses
        ),
        branches=tuple(
            Branch(id=name, from_bus=one, to_bus=other, x_pu=x_pu, rating_mw=rating)
            for name, one, other, x_pu, rating in ties
        ),
        generators=(
            Generator(
                id="north-west",
                bus="North-West",
                power_mw=NORTH_WEST_MW - exchange,
                max_power_mw=NORTH_WEST_MW - exchange + reserve,
            ),
            Generator(
                id="south-east",
                bus="South-East",
                power_mw=SOUTH_EAST_MW + exchange,
                max_power_mw=SOUTH_EAST_MW + exchange,
            ),
        ),
        loads=(
            Load(id="nw", bus="North-West", power_mw=NORTH_WEST_MW),
            Load(id="se", bus="South-East", power_mw=SOUTH_EAST_MW),
        ),
        is_benchmark=True,
        assumptions=("two areas made by hand; only sums are those of the report",),
    )


def test_with_the_coupler_closed_the_network_holds(recorded: dict[str, float]) -> None:
    grid = compile_grid(network(recorded))
    table = cascade(grid, outages_from_ids(grid, [()]))
    assert (table.trips[0], table.rounds[0], table.islands[0]) == (0, 1, 1)
    assert table.served_mw[0] == pytest.approx(NORTH_WEST_MW + SOUTH_EAST_MW)


def test_once_it_opens_the_lines_trip_one_after_another_and_two_areas_are_left(
    recorded: dict[str, float],
) -> None:
    grid = compile_grid(network(recorded))
    out = outages_from_ids(grid, [("Ernestinovo coupler",)])
    assert islands(grid, out).islands[0] == 1  # the coupler alone parts nothing
    for table in (cascade(grid, out), cascade_reference(grid, out)):
        assert table.islands[0] == 2
        assert table.trips[0] == 3
        assert table.rounds[0] > 1
        # North-West sheds what its reserve does not cover: the industry that was cut off.
        shed = NORTH_WEST_MW + SOUTH_EAST_MW - table.served_mw[0]
        assert shed == pytest.approx(recorded["industry"])
        assert table.largest_served_mw[0] == pytest.approx(NORTH_WEST_MW - recorded["industry"])


def test_the_west_lacks_what_the_east_has_too_much(recorded: dict[str, float]) -> None:
    grid = compile_grid(network(recorded))
    gone = ("Ernestinovo coupler", "Subotica - Novi Sad", "further line 1", "further line 2")
    parted = island_list(grid, tuple(grid.branch_numbers[name] for name in gone))
    found = {"nw" if one.load_mw == NORTH_WEST_MW else "se": one for one in parted}
    balance = {name: one.generation_mw - one.load_mw for name, one in found.items()}
    assert balance["nw"] == pytest.approx(-recorded["exchange"])
    assert balance["se"] == pytest.approx(recorded["exchange"])
    # Reserves of its own cover the rest beside industry and neighbours: 4,120 MW of 6,300.
    own = recorded["exchange"] - recorded["industry"] - recorded["help"]
    assert 0 < own < recorded["exchange"]
    assert own == pytest.approx(4120.0)


def test_the_outlook_sees_the_split_and_the_shedding_only_once_the_coupler_is_open(
    recorded: dict[str, float],
) -> None:
    model = network(recorded)
    for out, split, shed in (((), 0.0, 0.0), (("Ernestinovo coupler",), 1.0, recorded["industry"])):
        found = outlook(
            known(model, out), model, placement_of(model), [scenario(SURE)], samples=50, seed=1
        )
        horizon = found.scenarios[0].horizons[0]
        assert found.is_exercise
        assert (horizon.p_split.value, horizon.p_neff.value) == (split, split)
        # Open for five hours, closed at the next moment looked at: six hours without it.
        assert horizon.unserved_mwh.value == pytest.approx(6 * shed, rel=1e-6)
        lost = {one.place: one.unserved_mwh for one in horizon.places}
        assert lost["place-se"] == pytest.approx(0.0, abs=0.1)
        assert lost["place-nw"] == pytest.approx(6 * shed, rel=1e-6)
