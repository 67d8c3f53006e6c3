"""What is damaged, who waits for it, and the order of repair that comes out."""

import msgspec

LONGEST = 20
"""Elements for which every state is looked at: 2**20 states are a million."""


class RepairHours(msgspec.Struct, frozen=True, kw_only=True):
    """How long a repair takes: log-normal hours, or fixed where the spread is one.

    Attributes:
        median_h: Half of the repairs take less.
        spread: Ratio of the 84 % quantile to the median; one is no spread.
    """

    median_h: float
    spread: float = 1.0


class Damage(msgspec.Struct, frozen=True, kw_only=True):
    """One damaged element.

    Attributes:
        element: Id of a branch in service, of a bus, or of a substation; the latter two stand
            for all branches that end there.
        repair: How long one crew needs.
        probability: Chance 0..1 that it is damaged at all; the order is made as if it were, and
            its stability is told over the chance.
        access_from_h: Hours from now until a crew may begin there.
    """

    element: str
    repair: RepairHours
    probability: float = 1.0
    access_from_h: float = 0.0


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """A service that waits for supply in a place.

    Attributes:
        id: What people call it.
        place: Code of the place that feeds it.
        weight_mw: How much load without any backup it counts as; the operator's own judgement.
        backup_h: Hours from now that its backup lasts; None when not known, then it counts
            from the beginning, as if it had none.
    """

    id: str
    place: str
    weight_mw: float
    backup_h: float | None = None


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One repair of a plan, by the mean hours.

    Attributes:
        crew: Number of the crew, from zero.
        starts_h: When it begins, in hours from now; ``ends_h`` when it is mended.
        back_mw: Load that is served again from then on; negative where closing it trips others.
        unserved_mw: Load still not served after it.
        services: Services whose place is served again from then on.
        saved_mwh: How much more would be lost, weights included, if this repair came last.
        stability_share: Share 0..1 of the samples of what is damaged in which it is among the
            first three, of those in which it is damaged.
    """

    element: str
    crew: int
    starts_h: float
    ends_h: float
    back_mw: float
    unserved_mw: float
    services: tuple[str, ...] = ()
    saved_mwh: float = 0.0
    stability_share: float = 1.0


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """An order of repair with what it rests on.

    Attributes:
        model_hash: Names the network.
        is_exercise: The network is a public benchmark; so is the plan.
        steps: Repairs in the order in which they begin.
        crews: How many work side by side.
        cost_mwh: Expected load not served until all is mended, with the weights of services
            that have no backup left; what stays unserved when all is mended is not counted.
        greedy_mwh: The same for always mending what brings back most an hour of work.
        bound_mwh: What no order can beat; None where none could be shown.
        method: subset_dp, subset_labels, schedule or greedy.
        is_exact: Whether no order of these repairs is better under the stated assumptions.
        curve: Hours from now and load not served from then on.
        greedy_curve: The same for the greedy order.
        assumptions: What it rests on, in words.
    """

    model_hash: str
    is_exercise: bool
    steps: tuple[Step, ...]
    crews: int
    cost_mwh: float
    greedy_mwh: float
    bound_mwh: float | None
    method: str
    is_exact: bool
    curve: tuple[tuple[float, float], ...]
    greedy_curve: tuple[tuple[float, float], ...]
    assumptions: tuple[str, ...]

    @property
    def gap_share(self) -> float | None:
        """How far at most the plan is from the best one, as a share of its cost; None if unknown."""
        if self.is_exact or self.cost_mwh <= 0:
            return 0.0
        if self.bound_mwh is None:
            return None
        return max(0.0, 1.0 - self.bound_mwh / self.cost_mwh)
