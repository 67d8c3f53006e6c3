"""Plans for more elements than all states can be looked at of."""

import heapq
from collections.abc import Sequence

import numpy as np

from vidomo.grid.arrays import GridArrays
from vidomo.grid.cascade import CascadeRules
from vidomo.outlook.restoration.crews import Turn
from vidomo.outlook.restoration.exact import Hours
from vidomo.outlook.restoration.losses import Meter
from vidomo.outlook.restoration.model import Damage, Plan, Service, Step

_MISSING = 1e-3


def long_greedy(
    grid: GridArrays,
    damage: Sequence[Damage],
    hours: Hours,
    *,
    crews: int,
    services: Sequence[Service],
    rules: CascadeRules | None,
) -> Plan:
    """Return the plan for more elements than all states can be looked at of: greedy, no bound.

    Whoever is free takes what brings back most for an hour of work, of the places that are
    open; services count from the moment at which their backup has run out.
    """
    meter = Meter(grid, damage, services, rules=rules)
    broken = np.ones(len(damage), np.bool_)
    begun = np.zeros(len(damage), np.bool_)
    backup = np.array([one.backup_h or 0.0 for one in services])
    weight = np.array([one.weight_mw for one in services])
    free = [(0.0, crew) for crew in range(crews)]
    turns: list[Turn] = []
    while not begun.all():
        time, crew = heapq.heappop(free)
        open_at = np.array([item.access_from_h for item in damage])
        start_h = np.maximum(time, open_at)
        here = np.nonzero(~begun & (start_h == start_h[~begun].min()))[0]
        now = broken & ~begun
        rows = np.vstack([now, *(now & (np.arange(len(damage)) != bit) for bit in here)])
        unserved, missing = meter.read(rows)
        late = backup[:, None] <= (start_h + hours.mean_h)[here]
        back = unserved[0] - unserved[1:]
        if len(services):
            back = back + ((weight[:, None] * (missing[:, :1] - missing[:, 1:])) * late).sum(axis=0)
        worth = back / hours.mean_h[here]
        best = int(here[int(np.lexsort((here, hours.mean_h[here], -worth))[0])])
        begun[best] = True
        end = float(start_h[best] + hours.mean_h[best])
        turns.append(Turn(bit=best, crew=crew, starts_h=float(start_h[best]), ends_h=end))
        heapq.heappush(free, (end, crew))
    return _told(grid, damage, services, turns, meter)


def _told(
    grid: GridArrays,
    damage: Sequence[Damage],
    services: Sequence[Service],
    turns: list[Turn],
    meter: Meter,
) -> Plan:
    ended = sorted(turns, key=lambda one: (one.ends_h, one.bit))
    states = np.ones((len(damage) + 1, len(damage)), np.bool_)
    for row, turn in enumerate(ended):
        states[row + 1 :, turn.bit] = False
    unserved, missing = meter.read(states)
    left = unserved[-1]
    weight = np.array([one.weight_mw for one in services])
    backup = np.array([one.backup_h or 0.0 for one in services])
    cost, time = 0.0, 0.0
    steps: dict[int, Step] = {}
    end = ended[-1].ends_h
    for row, turn in enumerate(ended):
        cost += (unserved[row] - left) * (turn.ends_h - time)
        spent = np.maximum(turn.ends_h - backup, 0) - np.maximum(time - backup, 0)
        cost += float((weight * (missing[:, row] - missing[:, -1])) @ spent)
        gained = missing[:, row] - missing[:, row + 1]
        late = np.maximum(end - np.maximum(backup, turn.ends_h), 0.0)
        back = float(unserved[row] - unserved[row + 1])
        served = (missing[:, row + 1] < _MISSING) & (missing[:, row] >= _MISSING)
        steps[turn.bit] = Step(
            element=damage[turn.bit].element,
            crew=turn.crew,
            starts_h=turn.starts_h,
            ends_h=turn.ends_h,
            back_mw=back,
            unserved_mw=float(unserved[row + 1]),
            services=tuple(one.id for one, new in zip(services, served, strict=True) if new),
            saved_mwh=back * (end - turn.ends_h) + float((weight * gained) @ late),
        )
        time = turn.ends_h
    curve = (
        (0.0, float(unserved[0])),
        *((one.ends_h, steps[one.bit].unserved_mw) for one in ended),
    )
    return Plan(
        model_hash=grid.model.hash,
        is_exercise=grid.model.is_benchmark,
        steps=tuple(steps[turn.bit] for turn in turns),
        crews=1 + max(turn.crew for turn in turns),
        cost_mwh=max(float(cost), 0.0),
        greedy_mwh=max(float(cost), 0.0),
        bound_mwh=None,
        method="greedy",
        is_exact=False,
        curve=curve,
        greedy_curve=curve,
        assumptions=(
            *meter.assumptions,
            f"{len(damage)} elements are more than can be planned exactly; stability is not told",
            "repair hours are taken as certain, at their means",
        ),
    )
