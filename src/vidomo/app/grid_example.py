"""A small made-up district network: eight buses, two sources, no real place."""

from vidomo.grid.model import Branch, Bus, Generator, GridModel, Load, PlaceShare, Substation
from vidomo.outlook.restoration.model import Damage, RepairHours, Service

_PLACES = {
    "North": ("UA00000000000000001", 18.0),
    "South": ("UA00000000000000002", 12.0),
    "East": ("UA00000000000000003", 25.0),
    "West": ("UA00000000000000004", 9.0),
    "Mill": ("UA00000000000000005", 6.0),
    "Hill": ("UA00000000000000006", 4.0),
}
_LINES = (
    ("L1", "Border", "North", 0.05, 60.0),
    ("L2", "North", "South", 0.08, 40.0),
    ("L3", "Border", "East", 0.06, 60.0),
    ("L4", "East", "South", 0.07, 40.0),
    ("L5", "East", "West", 0.09, 30.0),
    ("L6", "West", "Mill", 0.10, 20.0),
    ("L7", "South", "Hill", 0.12, 15.0),
    ("L8", "Station", "West", 0.05, 20.0),
)


def example_network() -> GridModel:
    """Return the network; like a benchmark, whatever comes of it is an exercise."""
    names = ("Border", *_PLACES, "Station")
    return GridModel(
        name="made-up district",
        base_mva=100.0,
        slack_bus="Border",
        buses=tuple(Bus(id=name, substation=name, base_kv=110.0) for name in names),
        substations=tuple(
            Substation(
                id=name,
                places=(PlaceShare(_PLACES[name][0]),) if name in _PLACES else (),
            )
            for name in names
        ),
        branches=tuple(
            Branch(id=name, from_bus=one, to_bus=other, x_pu=x_pu, rating_mw=rating, r_pu=x_pu / 3)
            for name, one, other, x_pu, rating in _LINES
        ),
        generators=(
            Generator(id="import", bus="Border", power_mw=66.0, max_power_mw=90.0, voltage_pu=1.05),
            Generator(id="plant", bus="Station", power_mw=8.0, max_power_mw=12.0),
        ),
        loads=tuple(
            Load(id=name, bus=name, power_mw=load, reactive_mvar=load / 4)
            for name, (_, load) in _PLACES.items()
        ),
        is_benchmark=True,
        assumptions=("a made-up district; no place and no line of it is real",),
    )


def example_district() -> tuple[GridModel, tuple[Damage, ...], tuple[Service, ...]]:
    """Return the network with damage and with services that wait."""
    damage = (
        Damage(element="L2", repair=RepairHours(median_h=9, spread=1.4)),
        Damage(element="L1", repair=RepairHours(median_h=10, spread=1.4)),
        Damage(element="L4", repair=RepairHours(median_h=7, spread=1.4)),
        Damage(element="L6", repair=RepairHours(median_h=6, spread=1.4), probability=0.8),
        Damage(element="L7", repair=RepairHours(median_h=3, spread=1.4), probability=0.6),
    )
    services = (
        Service(id="hospital South", place="UA00000000000000002", weight_mw=40.0, backup_h=8.0),
        Service(id="pumping station Hill", place="UA00000000000000006", weight_mw=10.0),
    )
    return example_network(), damage, services
