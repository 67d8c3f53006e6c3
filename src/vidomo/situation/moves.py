"""Where a place stands in one dimension, from the statements that move it, in order."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import combinations

import msgspec

from vidomo.core.time import format_instant
from vidomo.situation.hierarchy import COUNTRY, Tree
from vidomo.situation.model import DimensionState, Note, Standing
from vidomo.situation.rules import Dimension, Move, dimension_rules, extent_of
from vidomo.situation.testimony import Heard

ENDINGS = frozenset({"ended", "over"})
"""The phases that only an all-clear leads to."""


class Step(msgspec.Struct, frozen=True):
    """One statement that has a say in one dimension of one place."""

    heard: Heard
    move: Move
    place: str


def steps_by_place(heard: Iterable[Heard], *, tree: Tree) -> dict[str, dict[str, tuple[Step, ...]]]:
    """Return for each place and dimension the statements made of that very place.

    Only statements of standing by speakers of the needed competence are there; of near-copies
    only the first.
    """
    rules = dimension_rules()
    made: dict[tuple[str, str, str], Step] = {}
    for item in heard:
        if not item.is_counted:
            continue
        for name, move in rules.moves_of(item.claim).items():
            for place in item.places:
                if is_competent(item, move, rules.dimensions[name], place=place, tree=tree):
                    made[place, name, item.claim.id] = Step(item, move, place)
    found: dict[str, dict[str, list[Step]]] = {}
    for (place, name, _), step in made.items():
        if not _is_echo(step, made, name):
            found.setdefault(place, {}).setdefault(name, []).append(step)
    return {
        place: {name: tuple(steps) for name, steps in rows.items()} for place, rows in found.items()
    }


def _is_echo(step: Step, made: Mapping[tuple[str, str, str], Step], name: str) -> bool:
    """Whether a statement only repeats one that moves the same, so that old news stay old.

    What a body says in its own channel is its word of that moment, copied or not.
    """
    heard = step.heard
    if heard.copied_from is None or heard.judged.is_direct:
        return False
    return (step.place, name, heard.copied_from) in made


def is_competent(heard: Heard, move: Move, dimension: Dimension, *, place: str, tree: Tree) -> bool:
    """Whether the speaker may make this move at this place.

    A source with a declared home may report, but never where the table asks for an official. A
    city passes on that the alert of its oblast is on; no more than a danger, for the city cannot
    end it there.
    """
    body = heard.judged.body
    if body is None:
        return move.standing == "counted" and heard.judged.standing is Standing.DECLARED
    if (move.competence or dimension.competence) not in body.competence:
        return False
    if move.relieves:
        return tree.serves(body, place)
    if move.standing == "official":
        return tree.serves(body, place) or (place != COUNTRY and tree.within(body.home, place))
    return True


def along(
    place: str,
    name: str,
    *,
    steps: dict[str, dict[str, tuple[Step, ...]]],
    tree: Tree,
    is_taken_out: bool = False,
) -> tuple[Step, ...]:
    """Return the statements of a place and those of wider units that hold for it too.

    Empty where nothing was said of the place itself: then it inherits, unless something said
    of a wider unit takes it out. Then it has what that unit had without those words.
    """
    own = steps.get(place, {}).get(name, ())
    if not own and not is_taken_out:
        return ()
    wider = [
        step
        for unit in tree.wider(place)
        for step in steps.get(unit, {}).get(name, ())
        if step.move.covers_parts and not tree.is_taken_out(place, step.heard.excluded)
    ]
    return (*own, *wider)


def stand(name: str, steps: Sequence[Step], *, valid_at: datetime, place: str) -> DimensionState:
    """Return where a place stands after all statements, taken in the order they held.

    Of statements that hold at one time the more severe is taken last; the words of one
    text stay in their order.
    """
    dimension = dimension_rules().dimensions[name]
    run = Run(dimension)
    for step in in_order(dimension, steps):
        run.take(step)
    return run.state(name, valid_at=valid_at, place=place)


def in_order(dimension: Dimension, steps: Sequence[Step]) -> list[Step]:
    """Return statements in the order they are taken: by time, the more severe last.

    The words of one text that hold at one time stay together, in the order of the text.
    """
    severity = {phase: rank for rank, phase in enumerate(dimension.phases)}
    last: dict[tuple[datetime, str], tuple[int, str, int]] = {}
    for step in steps:
        key = (step.heard.at, step.heard.version.id)
        rank = severity.get(step.move.to, -1)
        last[key] = max(last.get(key, (-1, "", -1)), (step.heard.claim.start, step.place, rank))
    return sorted(
        steps,
        key=lambda step: (
            step.heard.at,
            last[step.heard.at, step.heard.version.id][2],
            step.heard.version.id,
            step.heard.claim.start,
            step.heard.claim.id,
            step.place,
        ),
    )


class Run:
    """The statements behind the phase that holds now."""

    def __init__(self, dimension: Dimension) -> None:
        self._dimension = dimension
        self.phase = dimension.default
        self._steps: list[Step] = []
        self._before: Step | None = None
        self._notes: dict[str, Step] = {}
        self._ends: list[Step] = []
        self._sound: list[Step] = []
        self._heard: list[Heard] = []

    def take(self, step: Step) -> None:
        """Let one statement do what the table lets it do."""
        self._heard.append(step.heard)
        if step.move.note:
            self._notes[step.move.note] = step
        elif step.move.leaves and self.phase not in step.move.leaves:
            return
        elif step.move.to in ENDINGS:
            self._end(step)
        else:
            self._ends, self._sound = [], []
            self._go(step)

    def _end(self, step: Step) -> None:
        """Pass an all-clear on; end the phase only when it is confirmed (law 6)."""
        judged, is_confirmed = step.heard.judged, bool(step.heard.confirmed_by)
        if not is_confirmed and (not judged.is_faithful or step.heard.is_edited_in):
            return
        self._ends.append(step)
        if is_confirmed or self._is_after_the_alarm(step):
            self._sound.append(step)
        feeds = any(end.heard.judged.is_alarm_feed for end in self._sound)
        if is_confirmed or feeds or _is_by_two(self._sound):
            for end in self._ends:
                self._go(end)

    def _is_after_the_alarm(self, end: Step) -> bool:
        """Whether an all-clear came after the last alarm, whatever the clocks of the two show."""
        if end.heard.is_ahead:
            return False
        if self.phase in ENDINGS or not self._steps:
            return True
        skew = timedelta(seconds=dimension_rules().clock_skew_s)
        clock = end.heard.version.post.source
        return not any(
            step.heard.version.post.source != clock and end.heard.at - step.heard.at < skew
            for step in self._steps
        )

    def _go(self, step: Step) -> None:
        if step.move.to != self.phase:
            self._before = self._steps[-1] if self._steps else None
            self._steps = []
            self.phase = step.move.to
        self._steps.append(step)

    def state(self, name: str, *, valid_at: datetime, place: str) -> DimensionState:
        """Return the state after the last statement."""
        pending = self._ends if self.phase not in ENDINGS else []
        behind = [*self._steps, *pending]
        kept = self._kept_notes()
        notes = tuple(self._all_notes(pending, kept))
        evidence = _newest_first(step.heard for step in (*behind, *kept.values()))
        if not behind:
            return DimensionState(
                dimension=name,
                phase=self.phase,
                heard_at=latest_said(self._heard),
                note=_in_words(notes),
                notes=notes,
                evidence=evidence,
            )
        decisive = (self._steps or behind)[-1]
        supporting = latest_said(step.heard for step in behind)
        limit = timedelta(seconds=self._dimension.stale_after_s)
        if self._dimension.past_freshness:
            limit += timedelta(seconds=decisive.heard.judged.freshness_s)
        return DimensionState(
            dimension=name,
            phase=self.phase,
            since=_since(self._steps),
            confirmed_at=self._confirmed_at(),
            heard_at=latest_said(self._heard),
            stale=supporting is None or valid_at - supporting > limit,
            certainty=decisive.heard.claim.certainty.value,
            extent=extent_of(decisive.heard.claim),
            inherited_from=decisive.place if decisive.place != place else None,
            note=_in_words(notes),
            notes=notes,
            evidence=evidence,
            excepts=self._excepts(),
        )

    def _excepts(self) -> tuple[str, ...]:
        """Return the parts that the words behind the phase take out: when in doubt, no relief."""
        taken_out = [set(step.heard.excluded) for step in self._steps]
        if not taken_out:
            return ()
        is_relief = any(step.move.relieves for step in self._steps)
        return tuple(sorted(set.union(*taken_out) if is_relief else set.intersection(*taken_out)))

    def _confirmed_at(self) -> datetime | None:
        first: set[str] = set()
        confirmed: list[Heard] = []
        for step in self._steps:
            first = first or {step.heard.judged.origin}
            if step.heard.judged.origin not in first and step.heard.copied_from is None:
                confirmed.append(step.heard)
        return latest_said(confirmed)

    def _kept_notes(self) -> dict[str, Step]:
        """Return what is said beside the phase, without what the phase has overtaken."""
        begun = self._steps[0].heard.at if self._steps else None
        return {
            code: step
            for code, step in sorted(self._notes.items())
            if begun is None or step.heard.at >= begun
        }

    def _all_notes(self, pending: Sequence[Step], kept: dict[str, Step]) -> Iterable[Note]:
        if pending:
            yield _note("all_clear_being_confirmed", pending[-1])
        elif self.phase in ENDINGS:
            yield _note("all_clear_announced", self._steps[-1])
        for code, step in kept.items():
            yield _note(code, step)
        if self._before and self._steps:
            one, two = self._before.heard, self._steps[0].heard
            overlap = one.said and two.said and one.said.overlaps(two.said)
            if overlap and one.version.id != two.version.id:
                yield _note("order_inferred", self._steps[0])


def _is_by_two(ends: Sequence[Step]) -> bool:
    """Whether two bodies gave an all-clear, each in words of its own.

    Words that repeat another body's have that one's origin. So a body whose text repeats one
    sentence and adds another has two origins, and is one body all the same.
    """
    given = {
        (end.heard.judged.origin, end.heard.judged.body.voice if end.heard.judged.body else "")
        for end in ends
    }
    return any(one[0] != two[0] and one[1] != two[1] for one, two in combinations(given, 2))


def _since(steps: Sequence[Step]) -> datetime | None:
    """Return since when a phase holds at the earliest; a time of day goes before a bare day."""
    narrow = [step.heard.since for step in steps if step.heard.is_timed]
    return min(narrow or [step.heard.since for step in steps], default=None)


def _note(code: str, step: Step) -> Note:
    heard = step.heard
    return Note(
        code=code,
        speaker=heard.judged.speaker,
        at=heard.said.start if heard.said else None,
        quote=heard.claim.quote,
        claim=heard.claim.id,
    )


def _in_words(notes: Sequence[Note]) -> str:
    """Return the notes as one line: an all-clear in fixed words, the rest as it was said."""
    lines = []
    for note in notes:
        at = format_instant(note.at) if note.at else "an unstated time"
        if note.code == "all_clear_being_confirmed":
            lines.append(f"all-clear announced by {note.speaker} at {at}, being confirmed")
        elif note.code == "all_clear_announced":
            lines.append(f"all-clear announced by {note.speaker} at {at}")
        elif note.code != "order_inferred":
            lines.append(f"{note.speaker}: {note.quote}")
    return "; ".join(lines)


def latest_said(heard: Iterable[Heard]) -> datetime | None:
    """Return when the newest of some statements was published; None for no statement."""
    return max((item.said.start if item.said else item.at for item in heard), default=None)


def _newest_first(heard: Iterable[Heard]) -> tuple[str, ...]:
    ordered = sorted(heard, key=lambda item: item.order, reverse=True)
    return tuple(dict.fromkeys(item.claim.id for item in ordered))
