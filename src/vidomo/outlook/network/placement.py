"""Which places a network feeds, and the network with just these ties."""

import msgspec

from vidomo.core.errors import InputError
from vidomo.grid.model import GridModel, Substation
from vidomo.outlook.network.model import Placement


def placement_of(model: GridModel) -> Placement:
    """Return the placement that the network's own substations state; empty places are left out."""
    sites = {site.id: site.places for site in model.substations}
    return Placement(
        {bus.id: sites[bus.substation] for bus in model.buses if sites.get(bus.substation)}
    )


def placed(model: GridModel, placement: Placement) -> GridModel:
    """Return the network with the ties of a placement in place of its own.

    Raises:
        InputError: A bus that the network does not have, or shares beyond the whole.
    """
    if placement == placement_of(model):
        return model
    known = {bus.id for bus in model.buses}
    for bus, ties in placement.ties.items():
        if bus not in known:
            raise InputError(f"the placement names bus {bus!r}", hint="the network has no such bus")
        shares = [tie.share for tie in ties]
        if any(not 0 <= share <= 1 for share in shares) or sum(shares) > 1 + 1e-9:
            raise InputError(f"the shares of bus {bus!r} are {shares}", hint="at most one in all")
    return msgspec.structs.replace(
        model,
        buses=tuple(msgspec.structs.replace(bus, substation=bus.id) for bus in model.buses),
        substations=tuple(
            Substation(id=bus.id, places=placement.ties.get(bus.id, ())) for bus in model.buses
        ),
    )
