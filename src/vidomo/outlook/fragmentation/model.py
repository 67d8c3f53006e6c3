"""What the outlook is asked and what it answers; for the desk only."""

from datetime import datetime

import msgspec

from vidomo.outlook.network.model import Figure

HORIZONS_H = (6.0, 24.0, 72.0)
INSTANTS_H = (
    *(0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 12.0),
    *(float(hour) for hour in range(15, 73, 3)),
)
"""Hours from now at which the network is looked at; between two of them the earlier state holds."""
PAST_H = (2.0, 4.0, 8.0, 24.0)
"""Lengths of a stretch without power that are told for each place."""
SPLIT_SHARE = 0.1
"""Share of the load outside the largest island from which a network counts as split."""
APART = 1.5
"""Effective number of islands from which a network counts as more than one."""
QUANTILES = (0.05, 0.5, 0.95)


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """What may happen from now on, named by a person.

    Attacks come at random moments; each strikes every place by chance, and in a struck place
    branches fail by chance. Which branches is never chosen by what their loss would do.

    Attributes:
        name: Its name, such as ``as-last-week``.
        titles: By language, what people call it.
        weight: How much it is believed, 0..1; None where nobody has said so.
        figures: ``FIGURES`` by name; what is left out is taken from the prior.
        places: By place code, a strike probability of its own, 0..1 an attack.
    """

    name: str
    titles: dict[str, str] = {}
    weight: float | None = None
    figures: dict[str, Figure] = {}
    places: dict[str, float] = {}


class Backed(msgspec.Struct, frozen=True, kw_only=True):
    """A service that lives on its backup once its place is without power.

    Attributes:
        service: Its id.
        place: Code of the place that feeds it.
        backup_from_h: Hours left from now on without mains, at least; None when not known.
        backup_until_h: At most; None when not known.
    """

    service: str
    place: str
    backup_from_h: float | None = None
    backup_until_h: float | None = None


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """A number from draws.

    Attributes:
        value: The number.
        mc_se: Standard error of the draw alone; it says nothing of the assumptions.
    """

    value: float
    mc_se: float


class Sensitivity(msgspec.Struct, frozen=True, kw_only=True):
    """What comes out when one assumption is another.

    Attributes:
        assumption: strikes, failures, repair, or the name of another posterior.
        factor: By what it was multiplied.
        p_split: Probability of a split then.
        unserved_mwh: Expected energy not served then.
    """

    assumption: str
    factor: float
    p_split: float
    unserved_mwh: float


class DarkPlace(msgspec.Struct, frozen=True, kw_only=True):
    """What may become of the supply of one place within a horizon.

    Attributes:
        place: Its code.
        p_without_power_past_h: By hours in ``PAST_H``, as text, the probability of a stretch
            without power that is longer, as far as the horizon lets one see it.
        p_without_power_at_end: Probability that it is without power at the end.
        unserved_mwh: Expected energy not served.
    """

    place: str
    p_without_power_past_h: dict[str, Estimate]
    p_without_power_at_end: Estimate
    unserved_mwh: float


class DarkService(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a service outlives the outages of its place within a horizon.

    Attributes:
        service: Its id.
        place: Code of its place.
        p_past_backup: Probability that a stretch without power outlasts its backup; None
            where the backup is not known, which is never zero.
        p_without_mains: Probability of any stretch without power.
        unknown: Why there is no answer; empty when there is one.
    """

    service: str
    place: str
    p_past_backup: Estimate | None
    p_without_mains: Estimate | None
    unknown: str = ""


class HorizonOutlook(msgspec.Struct, frozen=True, kw_only=True):
    """What a scenario says of the time from now to a horizon.

    Attributes:
        hours: The horizon.
        p_split: Probability that at any moment looked at at least ``SPLIT_SHARE`` of the load
            is outside the largest island.
        p_neff: The same for an effective number of islands of at least ``APART``; at least
            this, exact where two islands have supply.
        unserved_mwh: Expected energy not served.
        quantiles_mwh: By ``QUANTILES``, rounded up to a ten-thousandth of the demand.
        places: By place, the worst first.
        services: As given.
        sensitivity: Every assumption that was varied.
    """

    hours: float
    p_split: Estimate
    p_neff: Estimate
    unserved_mwh: Estimate
    quantiles_mwh: tuple[float, float, float]
    places: tuple[DarkPlace, ...]
    services: tuple[DarkService, ...] = ()
    sensitivity: tuple[Sensitivity, ...] = ()

    @property
    def p_split_range(self) -> tuple[float, float]:
        """Return the least and the most likely split under every assumption tried."""
        tried = [self.p_split.value, *(one.p_split for one in self.sensitivity)]
        return min(tried), max(tried)

    @property
    def unserved_range_mwh(self) -> tuple[float, float]:
        """Return the least and the most expected energy under every assumption tried."""
        tried = [self.unserved_mwh.value, *(one.unserved_mwh for one in self.sensitivity)]
        return min(tried), max(tried)


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """Load not served at one moment: ``QUANTILES`` and mean, in MW."""

    hour: float
    low_mw: float
    median_mw: float
    high_mw: float
    mean_mw: float


class ScenarioOutlook(msgspec.Struct, frozen=True, kw_only=True):
    """What one scenario says, or the mixture of all."""

    scenario: str
    weight: float | None
    horizons: tuple[HorizonOutlook, ...]
    moments: tuple[Moment, ...]


class Metric(msgspec.Struct, frozen=True, kw_only=True):
    """A number of the network as it most probably is now; context and nothing more.

    Attributes:
        name: Its name.
        value: None where it was not computed.
        auc_stressed: How well it told further loss in the measured test, a heavily loaded
            network; 0.5 is a coin.
        auc_relaxed: The same for a lightly loaded one.
    """

    name: str
    value: float | None
    auc_stressed: float
    auc_relaxed: float


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """What was run, for the record.

    Attributes:
        model_hash: Names the network.
        purpose: Why, in the words of whoever ran it.
        at: As of when.
        seed: With which seed.
        samples: How many courses a scenario.
        scenarios: Their names and the digest of their numbers.
        prior_version: Version of the prior.
        is_exercise: Whether the network is a benchmark.
    """

    model_hash: str
    purpose: str
    at: datetime
    seed: int
    samples: int
    scenarios: tuple[str, ...]
    prior_version: str
    is_exercise: bool


class Outlook(msgspec.Struct, frozen=True, kw_only=True):
    """The answer: what may come, or that the information is insufficient.

    Attributes:
        run: What was run.
        is_exercise: The network is a public benchmark or made up: EXERCISE stands on every
            screen and in every file.
        insufficient: Why there is no answer; empty when there is one.
        load_mw: Load of the network.
        scenarios: One a scenario, in the order given.
        mixed: The mixture by the weights that a person gave; None without such weights.
        context: Graph metrics, which do not tell the future.
        ess: Effective samples of what is known now.
        coverage_share: Share 0..1 of the load in places that are listened to.
        assumptions: What every number rests on, in words.
    """

    run: Run
    is_exercise: bool
    insufficient: str = ""
    load_mw: float = 0.0
    scenarios: tuple[ScenarioOutlook, ...] = ()
    mixed: ScenarioOutlook | None = None
    context: tuple[Metric, ...] = ()
    ess: float = 0.0
    coverage_share: float = 0.0
    assumptions: tuple[str, ...] = ()
