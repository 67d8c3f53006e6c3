"""The run of all that was said of a place in one dimension, kept to go on from when more comes."""

from datetime import datetime, timedelta
from typing import Any, Self

import msgspec

from vidomo.situation.moves import ENDINGS, Run, Step, latest_said
from vidomo.situation.rules import dimension_rules
from vidomo.situation.testimony import Heard

_MOMENT = timedelta(microseconds=1)


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The run of all statements of a place in one dimension, to go on from when more comes.

    Attributes:
        known: When the last of it became known.
        turn: The last instant at which a state could change by what was known then.
        at: The latest instant that a statement in it holds at; None without statements.
        is_own: Whether the place has words of its own, or is taken out of a wider unit: only
            then does the run hold for it.
        phase: Where the run stands; ``steps`` the statements behind that, ``before`` the last one
            of the phase before, ``notes`` what is said beside it, ``ends`` and ``sound`` the
            all-clears that wait, ``heard`` the latest statement of all.
    """

    dimension: str
    known: datetime
    turn: datetime
    at: datetime | None
    is_own: bool
    phase: str
    steps: tuple[Step, ...] = ()
    before: Step | None = None
    notes: tuple[tuple[str, Step], ...] = ()
    ends: tuple[Step, ...] = ()
    sound: tuple[Step, ...] = ()
    heard: Heard | None = None


class Aged(Run):
    """A run that says from when on its evidence is old, whatever instant is asked for."""

    def take(self, step: Step) -> None:
        """Let one statement do what the table lets it do; of all heard only the latest is kept."""
        super().take(step)
        if len(self._heard) > 1:
            self._heard = [max(self._heard, key=lambda heard: latest_said((heard,)) or heard.at)]

    def old_from(self) -> datetime | None:
        """Return the first instant at which ``state`` says stale; None without a phase of words.

        The same sum as in ``state``, solved for the instant; a property test holds the two
        together.
        """
        pending = self._ends if self.phase not in ENDINGS else []
        behind = [*self._steps, *pending]
        if not behind:
            return None
        limit = timedelta(seconds=self._dimension.stale_after_s)
        if self._dimension.past_freshness:
            decisive = (self._steps or behind)[-1]
            limit += timedelta(seconds=decisive.heard.judged.freshness_s)
        supporting = latest_said(step.heard for step in behind)
        return None if supporting is None else supporting + limit + _MOMENT

    def keep(self, **more: Any) -> Kept:
        """Return all that it takes to go on from here; nothing of it looks at whole texts."""
        return Kept(
            phase=self.phase,
            steps=tuple(_short(step) for step in self._steps),
            before=None if self._before is None else _short(self._before),
            notes=tuple((code, _short(step)) for code, step in sorted(self._notes.items())),
            ends=tuple(_short(step) for step in self._ends),
            sound=tuple(_short(step) for step in self._sound),
            heard=_without_text(self._heard[0]) if self._heard else None,
            **more,
        )

    @classmethod
    def of(cls, kept: Kept) -> Self:
        """Return the run that was kept."""
        run = cls(dimension_rules().dimensions[kept.dimension])
        run.phase = kept.phase
        run._steps = list(kept.steps)
        run._before = kept.before
        run._notes = dict(kept.notes)
        run._ends, run._sound = list(kept.ends), list(kept.sound)
        run._heard = [kept.heard] if kept.heard is not None else []
        return run


def _short(step: Step) -> Step:
    return msgspec.structs.replace(step, heard=_without_text(step.heard))


def _without_text(heard: Heard) -> Heard:
    version = heard.version
    if not version.post.text:
        return heard
    post = msgspec.structs.replace(version.post, text="")
    bare = msgspec.structs.replace(version, post=post)
    return msgspec.structs.replace(heard, version=bare, replaced=())
