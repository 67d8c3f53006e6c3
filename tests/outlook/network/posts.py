"""A ring of four buses, a feeder, and evidence on them, for the tests of this folder."""

from datetime import UTC, datetime, timedelta

from grid.networks import branch, square
from vidomo.grid.model import Bus, Generator, GridModel, Load, PlaceShare, Substation
from vidomo.outlook.network.infer import Hearing, Method, infer
from vidomo.outlook.network.model import Category, Evidence, Placement, Posterior, Prior
from vidomo.outlook.network.placement import placement_of
from vidomo.outlook.network.prior import bundled_prior

NOW = datetime(2026, 1, 15, 18, tzinfo=UTC)
RING = square()
EVERYWHERE = frozenset(f"place-{name}" for name in "ABCD")


def feeder() -> GridModel:
    """A source S that feeds seven places one after another, each behind a single line."""
    names = "SABCDEFG"
    return GridModel(
        name="feeder",
        base_mva=100.0,
        slack_bus="S",
        buses=tuple(Bus(id=name, substation=f"S{name}") for name in names),
        substations=tuple(
            Substation(id=f"S{name}", places=() if name == "S" else (PlaceShare(f"place-{name}"),))
            for name in names
        ),
        branches=tuple(branch(names[at : at + 2]) for at in range(len(names) - 1)),
        generators=(Generator(id="G", bus="S", power_mw=70.0, max_power_mw=200.0),),
        loads=tuple(Load(id=name, bus=name, power_mw=10.0) for name in names[1:]),
    )


def said(place: str, category: Category, source: str = "one", **changed: object) -> Evidence:
    fields: dict[str, object] = {
        "place": place,
        "at": NOW,
        "category": category,
        "source": source,
        "kind": "explosion" if category is Category.HAZARD else "declared",
    }
    return Evidence(**(fields | changed))  # type: ignore[arg-type]


def dark(place: str, source: str = "one", **changed: object) -> Evidence:
    return said(place, Category.NO_POWER, source, **changed)


def lit(place: str, source: str = "one", **changed: object) -> Evidence:
    return said(place, Category.SERVED, source, **changed)


def asked(
    *evidence: Evidence,
    model: GridModel = RING,
    prior: Prior | None = None,
    samples: int = 1000,
    seed: int = 5,
    hearing: Hearing | None = None,
    method: Method | None = None,
    placement: Placement | None = None,
) -> Posterior:
    """Return the posterior, every place listened to unless told otherwise."""
    codes = {tie.place_code for ties in placement_of(model).ties.values() for tie in ties}
    return infer(
        model,
        placement or placement_of(model),
        evidence,
        prior or bundled_prior(),
        at=NOW,
        seed=seed,
        samples=samples,
        hearing=hearing or Hearing(places=frozenset(codes)),
        method=method,
    )


def served(found: Posterior, place: str) -> float:
    return next(one.served for one in found.places if one.place == place)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)
