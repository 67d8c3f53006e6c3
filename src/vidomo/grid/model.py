"""A power network as immutable records, with units in the names."""

from functools import cached_property

import msgspec

from vidomo.core.ids import content_id
from vidomo.core.problems import Problem


class PlaceShare(msgspec.Struct, frozen=True):
    """How much of a substation's load belongs to a place.

    Attributes:
        place_code: Code of the place, such as a KATOTTG code.
        share: 0..1; the shares of one substation sum to at most one.
    """

    place_code: str
    share: float = 1.0


class Substation(msgspec.Struct, frozen=True, kw_only=True):
    """A site that holds buses; it carries place codes and never coordinates."""

    id: str
    places: tuple[PlaceShare, ...] = ()


class Bus(msgspec.Struct, frozen=True, kw_only=True):
    """One electrical node.

    Attributes:
        id: Name of the bus, unique within the network.
        substation: Id of its substation; empty when not known.
        base_kv: Nominal voltage; None when not known.
        min_pu: Lowest voltage allowed; None when not known. Voltages matter to ``ac`` alone.
        max_pu: Highest voltage allowed; None when not known.
        shunt_mvar: Reactive power put in at a voltage of one; negative for a reactor.
    """

    id: str
    substation: str = ""
    base_kv: float | None = None
    min_pu: float | None = None
    max_pu: float | None = None
    shunt_mvar: float = 0.0


class Branch(msgspec.Struct, frozen=True, kw_only=True):
    """A line, cable, transformer or closed coupler between two buses.

    Attributes:
        id: Name, unique among branches.
        from_bus: Id of the bus at which a positive flow enters.
        to_bus: Id of the other bus.
        x_pu: Series reactance on the network's base; negative for series capacitors
            and for the middle of three-winding transformers, never zero.
        tap: Off-nominal ratio at the from side; one for a line.
        shift_deg: Phase shift at the from side, degrees.
        rating_mw: Long-term limit; None when not known. None is never "no limit".
        in_service: Whether it is closed in the base state.
        r_pu: Series resistance, for ``ac`` alone; None when not known.
        charging_pu: Shunt susceptance of the whole branch, for ``ac`` alone.
    """

    id: str
    from_bus: str
    to_bus: str
    x_pu: float
    tap: float = 1.0
    shift_deg: float = 0.0
    rating_mw: float | None = None
    in_service: bool = True
    r_pu: float | None = None
    charging_pu: float = 0.0


class Generator(msgspec.Struct, frozen=True, kw_only=True):
    """A source of power.

    Attributes:
        id: Name, unique among generators.
        bus: Id of its bus.
        power_mw: Output in the base state.
        max_power_mw: What it can give; None when not known, then the output counts.
        in_service: Whether it runs in the base state.
        voltage_pu: Voltage that it holds, for ``ac`` alone; None when it holds none.
    """

    id: str
    bus: str
    power_mw: float
    max_power_mw: float | None = None
    in_service: bool = True
    voltage_pu: float | None = None


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """What is drawn at a bus; a negative load is a source that nobody steers.

    Attributes:
        id: Name, unique among loads.
        bus: Id of its bus.
        power_mw: What it draws.
        in_service: Whether it is connected in the base state.
        reactive_mvar: Reactive power that it draws, for ``ac`` alone.
    """

    id: str
    bus: str
    power_mw: float
    in_service: bool = True
    reactive_mvar: float = 0.0


class GridModel(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A whole network in one state; what it computes is named by its ``hash``.

    Attributes:
        name: What people call it.
        base_mva: Power base of every value per unit.
        slack_bus: Bus that takes up a mismatch in a plain DC flow; empty when not known.
        is_benchmark: A public benchmark: every result from it is an exercise.
        assumptions: What the reader assumed, in words; carried into every result.
    """

    name: str
    base_mva: float
    buses: tuple[Bus, ...]
    branches: tuple[Branch, ...]
    generators: tuple[Generator, ...] = ()
    loads: tuple[Load, ...] = ()
    substations: tuple[Substation, ...] = ()
    slack_bus: str = ""
    is_benchmark: bool = False
    assumptions: tuple[str, ...] = ()

    @cached_property
    def hash(self) -> str:
        """Digest of everything that can change a result; the name is left out."""
        return content_id(
            "net",
            self.base_mva,
            self.buses,
            self.branches,
            self.generators,
            self.loads,
            self.substations,
            self.slack_bus,
        )

    @cached_property
    def load_mw(self) -> float:
        """Sum of the loads in service, negative ones left out."""
        return sum(max(load.power_mw, 0.0) for load in self.loads if load.in_service)


class GridReading(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader made of a file.

    Attributes:
        model: The network; None when the file cannot be understood at all.
        problems: Everything found wrong, with element and field; see ``check.is_sound``.
    """

    model: GridModel | None
    problems: tuple[Problem, ...] = ()
