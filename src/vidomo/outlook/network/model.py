"""What goes in and comes out when reports are carried over to a network; for the desk only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import msgspec
import numpy as np
from numpy.typing import NDArray

from vidomo.grid.arrays import Floats
from vidomo.grid.model import PlaceShare
from vidomo.grid.outages import Outages

LEAST_ESS = 200.0
"""Effective samples below which no answer is given (our choice; twice a hundredth at p = 0.02)."""
LEAST_COVERAGE_SHARE = 0.5
"""Share of the load that lies in places that are listened to, below which no answer is given."""
LEAST_GAIN_NATS = 0.2
"""What reports must add on a branch of a radial feeder before anything is said of it; in a meshed
network nothing is said whatever they add (docs/outlook-network.md)."""


class Category(StrEnum):
    """What a piece of evidence says of a place.

    HAZARD: something that may have struck the place; it says nothing of power.
    UNKNOWN: somebody said that it is not known; it changes nothing.
    """

    NO_POWER = "no_power"
    PARTIAL = "partial"
    SERVED = "served"
    UNKNOWN = "unknown"
    HAZARD = "hazard"


class Placement(msgspec.Struct, frozen=True):
    """Which places each bus feeds.

    Attributes:
        ties: By bus id, the places and the share 0..1 of the bus's load that belongs to each.
    """

    ties: dict[str, tuple[PlaceShare, ...]]


class Evidence(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One independent voice on one place.

    Attributes:
        place: Code of a place of the placement.
        at: When what is said held, aware UTC.
        category: What it says.
        source: Id of the independent origin; two with the same one at a place count once.
        kind: Who speaks (official, declared, unsourced, wider), or for a hazard what was
            noticed (strike, explosion, shelling, alert); the rows of the prior.
        is_scheduled: Whether an announced schedule or emergency shutdown was in force there,
            which explains darkness without damage.
        claim: Id of the claim behind it; empty when there is none.
    """

    place: str
    at: datetime
    category: Category
    source: str
    kind: str
    is_scheduled: bool = False
    claim: str = ""


class SourceRecord(msgspec.Struct, frozen=True, kw_only=True):
    """How a source fared where others spoke of the same place; counts may be fractions."""

    source: str
    agreed: float = 0.0
    contradicted: float = 0.0


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One number of the prior.

    Attributes:
        value: What is taken.
        range: Between what it may lie; the outlook prints its sensitivity over it.
        origin: Where the number comes from, in words.
    """

    value: float
    range: tuple[float, float]
    origin: str


class Levels(msgspec.Struct, frozen=True, kw_only=True):
    """Values that one assumption may take, with how much each is believed beforehand."""

    values: tuple[float, ...]
    weights: tuple[float, ...]
    origin: str


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """How often each kind of speaker says what: a row for out, partly and served.

    Attributes:
        matrix: Row: what holds; column: what is said; each row sums to one.
        origin: Where the numbers come from.
    """

    matrix: tuple[tuple[float, float, float], ...]
    origin: str


class Silence(msgspec.Struct, frozen=True, kw_only=True):
    """Chance 0..1 that anybody speaks of a place that is listened to, by what holds there."""

    out: float
    partly: float
    served: float
    weight: float
    origin: str


class Cue(msgspec.Struct, frozen=True, kw_only=True):
    """How often a hazard is noticed in a struck place, and in one that was not struck."""

    if_struck: float
    otherwise: float
    origin: str


class Prior(msgspec.Struct, frozen=True, kw_only=True):
    """What is believed before anybody speaks; ``outlook/tables/prior.toml``.

    Attributes:
        version: Named in every result.
        figures: Single numbers by name.
        levels: Assumptions that are integrated over: failure_scale, local_scale,
            strike_scale, noise, cue_noise, headroom_share.
        voices: By kind of speaker.
        silence: Ways in which people may speak up, integrated over.
        cues: By kind of hazard.
        records: How named sources fared so far.
    """

    version: str
    figures: dict[str, Figure]
    levels: dict[str, Levels]
    voices: dict[str, Voice]
    silence: tuple[Silence, ...]
    cues: dict[str, Cue]
    records: tuple[SourceRecord, ...] = ()

    def __getitem__(self, name: str) -> float:
        """Return the value of a single number."""
        return self.figures[name].value


class PlacePosterior(msgspec.Struct, frozen=True, kw_only=True):
    """What is believed of one place; the three probabilities sum to one.

    Attributes:
        served: Probability that at least nine tenths of its load is served.
        partly: Probability of anything between.
        out: Probability that less than a tenth is served.
        information_gain_nats: How far that is from what was believed without any evidence.
        reports: Independent voices on its power that were weighed.
        mc_se: Standard error of ``out + partly`` from the draw alone.
    """

    place: str
    served: float
    partly: float
    out: float
    information_gain_nats: float
    reports: int
    mc_se: float = 0.0


class ElementPosterior(msgspec.Struct, frozen=True, kw_only=True):
    """What is believed of a branch; only where reports of power say more than of its places.

    Attributes:
        out: Probability that it is out.
        prior_out: The same as its places alone would have it.
        information_gain_nats: How far the two are apart.
    """

    element: str
    out: float
    prior_out: float
    information_gain_nats: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Particles:
    """States of the network, each with a weight; what they say together is the posterior.

    Attributes:
        outages: Branches that are out, numbered as in ``compile_grid(model)``.
        weights: Sum to one; one a particle.
        place_codes: Columns of the next two.
        local_out_share: Share 0..1 of each place's load that a fault below the modelled
            network keeps out, one row a particle.
        is_struck: Whether the place was struck, one row a particle.
        headroom_share: What share of the capacity beyond the output of the base state is there, one a
            particle; see ``layout.with_headroom``.
        capacity_share: The same as a share of all stated capacity.
    """

    outages: Outages
    weights: Floats
    place_codes: tuple[str, ...]
    local_out_share: Floats
    is_struck: NDArray[np.bool_]
    headroom_share: Floats
    capacity_share: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Posterior:
    """What the evidence says of a network at an instant.

    Attributes:
        at: The instant.
        model_hash: Names the network.
        is_exercise: The network is a public benchmark; so is everything here.
        prior_version: Version of the prior.
        places: By code; empty when refused.
        elements: Only where reports of power add at least ``LEAST_GAIN_NATS``.
        particles: Weighted states; None when refused.
        ess: Effective number of samples.
        coverage_share: Share 0..1 of the load in places that are listened to.
        refused: Why there is no answer; empty when there is one.
        seed: With which seed, and ``samples`` how many draws.
        learned: Mean of each integrated assumption before and after, by name.
        records: Records of the sources with this evidence counted in.
        assumptions: What it rests on, in words; the likelihood of silence among it.
        left_out: Evidence that was not weighed and why, in words.
    """

    at: datetime
    model_hash: str
    is_exercise: bool
    prior_version: str
    places: tuple[PlacePosterior, ...]
    particles: Particles | None
    ess: float
    coverage_share: float
    refused: str = ""
    elements: tuple[ElementPosterior, ...] = ()
    seed: int = 0
    samples: int = 0
    learned: dict[str, tuple[float, float]] | None = None
    records: tuple[SourceRecord, ...] = ()
    assumptions: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
