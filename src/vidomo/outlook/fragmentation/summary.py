"""From counts to probabilities, bands and quantiles, each with the error of the draw."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from vidomo.grid.arrays import Floats
from vidomo.grid.ensemble import share_error
from vidomo.outlook.fragmentation.counts import ENERGY_BINS, KWH, Tally, quantile
from vidomo.outlook.fragmentation.model import (
    PAST_H,
    QUANTILES,
    Backed,
    DarkPlace,
    DarkService,
    Estimate,
    HorizonOutlook,
    Moment,
    ScenarioOutlook,
    Sensitivity,
)

BACKUP_UNKNOWN = "how long its backup lasts is not known"
PLACE_UNKNOWN = "the network does not say what feeds its place"


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What was looked at.

    Attributes:
        places: Codes of the places, as in the tallies.
        place_load_mw: Load of each; places without are left out.
        load_mw: Load of the network.
        instants_h: When it was looked at.
        horizons_h: Horizons.
        services: Those that live on a backup.
    """

    places: tuple[str, ...]
    place_load_mw: Floats
    load_mw: float
    instants_h: tuple[float, ...]
    horizons_h: tuple[float, ...]
    services: tuple[Backed, ...]


class Mixture:
    """Tallies with weights that sum to one; a single scenario is a mixture of one."""

    def __init__(self, parts: Sequence[tuple[float, Tally]]) -> None:
        self.parts = [(weight, tally) for weight, tally in parts if weight > 0]

    def share(self, count: Callable[[Tally], int]) -> Estimate:
        """Return the share of courses that a count stands for."""
        shares = [(weight, count(one) / one.courses, one.courses) for weight, one in self.parts]
        errors = [(weight * share_error(share, courses)) ** 2 for weight, share, courses in shares]
        return Estimate(
            value=math.fsum(weight * share for weight, share, _ in shares),
            mc_se=math.sqrt(math.fsum(errors)),
        )

    def mean(self, total: Callable[[Tally], int], *, unit: float) -> float:
        """Return the mean of what was added up in parts of a unit."""
        return math.fsum(
            weight * float(total(one)) / one.courses / unit for weight, one in self.parts
        )

    def spread(self, counts: Callable[[Tally], Floats]) -> Floats:
        """Return the distribution over the bins, summing to one."""
        return np.asarray(
            sum(weight * counts(one) / one.courses for weight, one in self.parts), np.float64
        )

    def mean_error(self, counts: Callable[[Tally], Floats], *, whole: float) -> float:
        """Return the standard error of a mean from its distribution over the bins."""
        found = 0.0
        for weight, one in self.parts:
            shares = counts(one) / one.courses
            at = np.arange(len(shares)) / (len(shares) - 1) * whole
            middle = float((shares * at).sum())
            variance = float((shares * (at - middle) ** 2).sum())
            # Where every course says the same the error is not nothing: rule of three over three.
            found += weight**2 * max(variance / one.courses, (whole / ENERGY_BINS) ** 2 / 12)
        return math.sqrt(found)


def scenario_outlook(
    name: str,
    weight: float | None,
    parts: Sequence[tuple[float, Tally]],
    seen: Seen,
    varied: Sequence[tuple[str, float, Sequence[tuple[float, Tally]]]],
) -> ScenarioOutlook:
    """Return what tallies say.

    Args:
        name: Name of the scenario.
        weight: How much it is believed.
        parts: Tallies with weights.
        seen: What was looked at.
        varied: By assumption and factor, the tallies with that assumption instead.
    """
    mixture = Mixture(parts)
    others = [(assumption, factor, Mixture(tallies)) for assumption, factor, tallies in varied]
    return ScenarioOutlook(
        scenario=name,
        weight=weight,
        horizons=tuple(_horizon(mixture, seen, at, others) for at in range(len(seen.horizons_h))),
        moments=tuple(_moment(mixture, seen, at) for at in range(len(seen.instants_h))),
    )


def _horizon(
    mixture: Mixture, seen: Seen, at: int, others: Sequence[tuple[str, float, Mixture]]
) -> HorizonOutlook:
    hours = seen.horizons_h[at]
    demand = seen.load_mw * hours
    spread = mixture.spread(lambda one: one.energy[at].astype(np.float64))
    low, middle, high = (quantile(spread, share) * demand for share in QUANTILES)
    return HorizonOutlook(
        hours=hours,
        p_split=mixture.share(lambda one: int(one.split[at])),
        p_neff=mixture.share(lambda one: int(one.apart[at])),
        unserved_mwh=Estimate(
            value=_energy(mixture, at),
            mc_se=mixture.mean_error(lambda one: one.energy[at].astype(np.float64), whole=demand),
        ),
        quantiles_mwh=(low, middle, high),
        places=_places(mixture, seen, at),
        services=tuple(
            _service(mixture, seen, at, number, one) for number, one in enumerate(seen.services)
        ),
        sensitivity=tuple(
            Sensitivity(
                assumption=assumption,
                factor=factor,
                p_split=other.share(lambda one: int(one.split[at])).value,
                unserved_mwh=_energy(other, at),
            )
            for assumption, factor, other in others
        ),
    )


def _energy(mixture: Mixture, at: int) -> float:
    return mixture.mean(lambda one: int(one.energy_kwh[at]), unit=KWH)


def _places(mixture: Mixture, seen: Seen, at: int) -> tuple[DarkPlace, ...]:
    found = [
        DarkPlace(
            place=code,
            p_without_power_past_h={
                f"{past:g}": mixture.share(
                    lambda one, length=length, column=column: int(  # type: ignore[misc]
                        one.place_past[at, length, column]
                    )
                )
                for length, past in enumerate(PAST_H)
                if past <= seen.horizons_h[at]
            },
            p_without_power_at_end=mixture.share(
                lambda one, column=column: int(one.place_end[at, column])  # type: ignore[misc]
            ),
            unserved_mwh=mixture.mean(
                lambda one, column=column: int(one.place_kwh[at, column]),  # type: ignore[misc]
                unit=KWH,
            ),
        )
        for column, code in enumerate(seen.places)
        if seen.place_load_mw[column] > 0
    ]

    def badness(one: DarkPlace) -> tuple[float, float, str]:
        worst = max((past.value for past in one.p_without_power_past_h.values()), default=0.0)
        return -worst, -one.unserved_mwh, one.place

    return tuple(sorted(found, key=badness))


def _service(mixture: Mixture, seen: Seen, at: int, number: int, one: Backed) -> DarkService:
    # A place that draws no load in the network is never dark in it, which tells nothing.
    if one.place not in seen.places or seen.place_load_mw[seen.places.index(one.place)] <= 0:
        return DarkService(
            service=one.service,
            place=one.place,
            p_past_backup=None,
            p_without_mains=None,
            unknown=PLACE_UNKNOWN,
        )
    is_known = one.backup_from_h is not None and one.backup_until_h is not None
    return DarkService(
        service=one.service,
        place=one.place,
        p_past_backup=mixture.share(lambda tally: int(tally.service_past[at, number]))
        if is_known
        else None,
        p_without_mains=mixture.share(lambda tally: int(tally.service_any[at, number])),
        unknown="" if is_known else BACKUP_UNKNOWN,
    )


def _moment(mixture: Mixture, seen: Seen, at: int) -> Moment:
    spread = mixture.spread(lambda one: one.power[at].astype(np.float64))
    low, middle, high = (quantile(spread, share) * seen.load_mw for share in QUANTILES)
    return Moment(
        hour=seen.instants_h[at],
        low_mw=low,
        median_mw=middle,
        high_mw=high,
        mean_mw=mixture.mean(lambda one: int(one.power_kw[at]), unit=KWH),
    )
