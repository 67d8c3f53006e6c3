"""How a place came to stand where it stands: the steps on the way, each with its claim."""

from collections.abc import Sequence

from vidomo.claims.model import Kind
from vidomo.situation.model import Moved
from vidomo.situation.moves import Run, Step, in_order
from vidomo.situation.rules import Dimension, dimension_rules
from vidomo.situation.testimony import LONG_AGO

KEPT = 8
"""Steps kept for one dimension of one place; older ones are in the timeline (our own choice)."""


def trail(name: str, steps: Sequence[Step], *, place: str) -> tuple[Moved, ...]:
    """Return the last steps of a place in one dimension, oldest first; none for a single one.

    Each changed the phase or, for a supply, what was said about it ("several districts are
    out", then "part is back", both partly out). Words taken back are no steps.

    Args:
        name: The dimension.
        steps: The statements that ``stand`` is given.
        place: Code of the unit.
    """
    if len(steps) < 2:  # noqa: PLR2004 - one step is no way
        return ()
    rules = dimension_rules().dimensions[name]
    is_supply = "partial" in rules.phases
    walk = _Walk(rules)
    for step in in_order(rules, steps):
        walk.take(step)
    made: list[Moved] = []
    last = ("", "")
    for phase, step in walk.steps:
        mark = (phase, step.heard.claim.topic if is_supply else "")
        if mark != last:
            made.append(_moved(name, step, place=place, phase=phase))
        last = mark
    return tuple(made[-KEPT:]) if len(made) > 1 else ()


class _Walk(Run):
    """A run that remembers every statement behind a phase, with the phase after it."""

    def __init__(self, dimension: Dimension) -> None:
        super().__init__(dimension)
        self.steps: list[tuple[str, Step]] = []

    def _go(self, step: Step) -> None:
        super()._go(step)
        self.steps.append((self.phase, step))


def _moved(name: str, step: Step, *, place: str, phase: str) -> Moved:
    heard = step.heard
    # What is not known is not known when somebody says so, whenever the thing itself was.
    time = heard.said if heard.claim.kind is Kind.UNKNOWN else heard.held or heard.said
    is_known = time is not None and time.start > LONG_AGO
    return Moved(
        place=place,
        dimension=name,
        phase=phase,
        claim=heard.claim.id,
        at=time.start if time is not None and is_known else None,
        until=time.end if time is not None and is_known else None,
    )
