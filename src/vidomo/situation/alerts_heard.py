"""When alerts were on at a place and when they were over, as bodies of competence said."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime

from vidomo.situation.hierarchy import Tree
from vidomo.situation.moves import ENDINGS, steps_by_place
from vidomo.situation.testimony import Heard

_TOPICS = frozenset({"alert.start", "alert.end"})
_Turn = tuple[datetime, bool]


class AlertsHeard:
    """Starts and ends of alerts; what was said of a wider unit holds for its parts.

    An all-clear counts here as soon as one body of competence gives it: it parts two attacks
    and ends nothing.
    """

    def __init__(self, heard: Iterable[Heard], tree: Tree) -> None:
        self._tree = tree
        steps = steps_by_place((item for item in heard if item.claim.topic in _TOPICS), tree=tree)
        self._steps = {place: rows.get("alert", ()) for place, rows in steps.items()}
        self._turns: dict[str, tuple[list[datetime], list[_Turn]]] = {}

    def on_since(self, place: str, at: datetime) -> datetime | None:
        """Return since when the alert is on that is on at an instant; None when none is."""
        ends, turns = self._at(place)
        before = turns[: bisect_right(turns, (at, True))]
        if not before or before[-1][1]:
            return None
        ended = bisect_right(ends, at)
        last = ends[ended - 1] if ended else None
        return next(start for start, is_end in before if not is_end and (not last or start >= last))

    def is_over_between(self, place: str, start: datetime, end: datetime) -> bool:
        """Whether an all-clear was given after one instant, and no later than another."""
        ends, _ = self._at(place)
        return bisect_right(ends, start) < bisect_right(ends, end)

    def _at(self, place: str) -> tuple[list[datetime], list[_Turn]]:
        if place not in self._turns:
            turns = sorted(
                (step.heard.at, step.move.to in ENDINGS)
                for unit in (place, *self._tree.wider(place))
                for step in self._steps.get(unit, ())
                if _is_sound(step.heard) and not self._tree.is_taken_out(place, step.heard.excluded)
            )
            self._turns[place] = ([at for at, is_end in turns if is_end], turns)
        return self._turns[place]


def _is_sound(heard: Heard) -> bool:
    """Whether words can be put in order by their time."""
    is_clear = not heard.is_ahead and not heard.is_edited_in
    return is_clear and heard.said is not None and heard.is_timed
