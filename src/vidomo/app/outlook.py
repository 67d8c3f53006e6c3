"""The outlook over a data folder: its network, what is known there, services, scenarios."""

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from vidomo.app.grid_example import example_network
from vidomo.app.network import FILES, read_network
from vidomo.core.errors import InputError, MachineRefused, NothingKnown
from vidomo.core.ids import content_id
from vidomo.desk.entry import Entry, entry
from vidomo.grid.check import sound_model
from vidomo.grid.model import GridModel
from vidomo.outlook.fragmentation.model import Backed, Outlook, Scenario
from vidomo.outlook.fragmentation.outlook import NO_NETWORK, SAMPLES, Asking, no_outlook, outlook
from vidomo.outlook.fragmentation.scenarios import bundled_scenarios, read_scenarios, weighted
from vidomo.outlook.network.infer import Hearing, Method, infer
from vidomo.outlook.network.model import (
    LEAST_COVERAGE_SHARE,
    LEAST_ESS,
    Category,
    Evidence,
    Posterior,
    Prior,
)
from vidomo.outlook.network.placement import placement_of
from vidomo.outlook.network.prior import bundled_prior, read_prior

SCENARIOS_FILE = "scenarios.toml"
PRIOR_FILE = "prior.toml"
DEED = "outlook.run"
"""What a run is called in the audit trail."""
_DRAWS = (1000, 4000, 16_000)
_PAIR = ("bus.csv", "branch.csv")
_DOUBTS = (("prior x0.3", 0.3), ("prior x3", 3.0))
_SCALED = (
    "strike_probability",
    "failure_if_struck",
    "failure_otherwise",
    "local_partly_if_struck",
    "local_out_if_struck",
    "local_partly_otherwise",
    "local_out_otherwise",
)


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What is known of the network's places, from wherever it comes.

    Attributes:
        evidence: Voices and hazards.
        places: Places from which something is usually heard.
        services: Services that live on a backup.
        notes: What was left out of these, for the assumptions.
    """

    evidence: tuple[Evidence, ...] = ()
    places: frozenset[str] = frozenset()
    services: tuple[Backed, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is asked for.

    Attributes:
        purpose: Why, for the audit trail.
        at: As of when.
        seed: With which seed.
        samples: Courses a scenario.
        weights: Weights of scenarios by name, given by a person.
        executor: Who counts; None is this thread.
        chunks: Parts of each scenario that are counted apart.
    """

    purpose: str
    at: datetime
    seed: int = 1
    samples: int = SAMPLES
    weights: Mapping[str, float] = field(default_factory=dict)
    executor: Executor | None = None
    chunks: int = 1


@dataclass(frozen=True, kw_only=True)
class Own:
    """The operator's own network and numbers.

    Attributes:
        model: The network.
        model_at: When its youngest file was changed.
        scenarios: The operator's, else the bundled ones.
        prior: The operator's, else the bundled one.
    """

    model: GridModel
    model_at: datetime | None
    scenarios: tuple[Scenario, ...]
    prior: Prior


def own_network(folder: Path) -> Own:
    """Return what lies in a folder: a network, and if there are any, scenarios and a prior.

    Raises:
        NothingKnown: There is no network.
        InputError: Something in it is wrong.
    """
    if not folder.exists():
        raise NothingKnown(f"there is no {folder}", hint="put bus.csv and branch.csv there")
    model = sound_model(read_network(folder))
    prior = _text(folder, PRIOR_FILE)
    return Own(
        model=model,
        model_at=_changed_at(folder),
        scenarios=own_scenarios(folder),
        prior=read_prior(prior) if prior else bundled_prior(),
    )


def insufficient_without_network(order: Order) -> Outlook:
    """Return the only answer that there is without a network of the operator's own."""
    return no_outlook(
        why=NO_NETWORK,
        purpose=order.purpose,
        at=order.at,
        seed=order.seed,
        samples=order.samples,
    )


def example_outlook(order: Order) -> Outlook:
    """Return the outlook for the made-up district: an exercise from beginning to end."""
    places = {share.place_code for site in example_network().substations for share in site.places}
    north, south = sorted(places)[:2]
    said = [(north, "official", "the mayor"), (south, "declared", "a channel")]
    heard = Heard(
        evidence=tuple(
            Evidence(place=place, at=order.at, category=Category.NO_POWER, source=source, kind=kind)
            for place, kind, source in said
        ),
        places=frozenset(places),
        services=(
            Backed(service="hospital South", place=south, backup_from_h=8, backup_until_h=24),
            Backed(service="mobile sites North", place=north, backup_from_h=4, backup_until_h=10),
            Backed(service="pumping station Hill", place=max(places)),
        ),
    )
    own = Own(
        model=example_network(),
        model_at=order.at,
        scenarios=bundled_scenarios(),
        prior=bundled_prior(),
    )
    return outlook_of(own, heard, order)


def run_entry(found: Outlook, *, by: str, at: datetime) -> Entry:
    """Return a run as an act for the audit trail: network, purpose, numbers; no result."""
    subject = found.run.model_hash or content_id("net", "none")
    return entry(DEED, subject=subject, by=by, at=at, body=found.run, reason=found.run.purpose)


def own_scenarios(folder: Path) -> tuple[Scenario, ...]:
    """Return the scenarios that lie beside a network, else the bundled ones.

    Raises:
        InputError: They have problems.
    """
    text = _text(folder, SCENARIOS_FILE)
    return read_scenarios(text) if text else bundled_scenarios()


def outlook_of(own: Own, heard: Heard, order: Order) -> Outlook:
    """Return the outlook of a network from what is known of its places.

    Raises:
        InputError: A network or weights with problems.
    """

    def posterior(prior: Prior) -> Posterior:
        return _inferred(own.model, heard, prior, order)

    found = outlook(
        posterior(own.prior),
        own.model,
        placement_of(own.model),
        weighted(own.scenarios, order.weights) if order.weights else own.scenarios,
        seed=order.seed,
        samples=order.samples,
        executor=order.executor,
        chunks=order.chunks,
        asking=Asking(
            purpose=order.purpose,
            prior=own.prior,
            services=heard.services,
            doubts=tuple((name, posterior(scaled(own.prior, by))) for name, by in _DOUBTS),
            model_at=own.model_at,
        ),
    )
    return msgspec.structs.replace(found, assumptions=(*found.assumptions, *heard.notes))


def _inferred(model: GridModel, heard: Heard, prior: Prior, order: Order) -> Posterior:
    """Return what is known now; drawn longer where few samples count, refused in the end."""
    placement, hearing = placement_of(model), Hearing(places=heard.places)
    method = Method(chunks=order.chunks, executor=order.executor)

    def drawn(samples: int) -> Posterior:
        return infer(
            model,
            placement,
            heard.evidence,
            prior,
            at=order.at,
            seed=order.seed,
            samples=samples,
            hearing=hearing,
            method=method,
        )

    found = drawn(_DRAWS[0])
    for samples in _DRAWS[1:]:
        if found.ess >= LEAST_ESS or found.coverage_share < LEAST_COVERAGE_SHARE:
            break
        found = drawn(samples)
    return found


def scaled(prior: Prior, factor: float) -> Prior:
    """Return a prior with every probability of damage multiplied, and not above its most.

    A place may lose all or part of its load to a fault: together these stay below one.
    """
    figures = dict(prior.figures)
    for name in _SCALED:
        most = 0.45 if name.startswith("local") else 0.9
        old = figures[name]
        value = min(old.value * factor, max(most, old.value))
        low, high = old.range
        figures[name] = msgspec.structs.replace(
            old, value=value, range=(min(low, value), max(high, value))
        )
    return msgspec.structs.replace(
        prior, figures=figures, version=f"{prior.version}, damage x{factor:g}"
    )


def _text(folder: Path, name: str) -> str:
    path = folder / name if folder.is_dir() else folder.parent / name
    if not path.is_file():
        return ""
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise MachineRefused(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is no text in UTF-8", hint="save it as UTF-8") from error


def _changed_at(folder: Path) -> datetime | None:
    files = [folder] if folder.is_file() else [one for one in folder.iterdir() if one.is_file()]
    networks = [one for one in files if one.name in _PAIR or one.suffix.lower() in FILES]
    stamps = [one.stat().st_mtime for one in networks]
    return datetime.fromtimestamp(max(stamps), UTC) if stamps else None
