"""What changed at a place between two questions, when it became known, and why."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import msgspec

from vidomo.app.history import recorded_at
from vidomo.app.house import House
from vidomo.situation.fold import state_of
from vidomo.situation.model import (
    DimensionState,
    Evidence,
    Figure,
    Incident,
    PlaceState,
    Situation,
    Standing,
)


class Because(msgspec.Struct, frozen=True, kw_only=True):
    """One reason of a change.

    Attributes:
        how: said, edited_away, deleted, overruled, decided, aged (nobody said anything new).
        at: When the source or the person did so; None when nobody says.
        known_at: When it was written down here; None for what only age has done.
        id: Id of the claim or the decision.
    """

    how: str
    speaker: str = ""
    words: str = ""
    at: datetime | None = None
    known_at: datetime | None = None
    id: str = ""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is different.

    Attributes:
        what: phase, figure, incident, question.
        subject: Dimension; topic and unit of the figure; id of the incident or question.
        before: How it stood; empty when it was not there.
        after: How it stands; empty when it is gone.
        known_at: When the last reason for it became known.
    """

    what: str
    subject: str
    before: str
    after: str
    known_at: datetime | None = None
    because: tuple[Because, ...] = ()


class _Side(msgspec.Struct):
    """One of the two answers that are compared."""

    situation: Situation
    state: PlaceState
    evidence: dict[str, Evidence]
    incidents: dict[str, Incident]


def difference(
    house: House,
    place: str,
    *,
    valid_from: datetime,
    valid_to: datetime,
    known_from: datetime,
    known_to: datetime,
) -> tuple[Change, ...]:
    """Return what is different between two answers for one place, with the reasons.

    Args:
        house: The data folder.
        place: Code of the place.
        valid_from: Instant of the first answer.
        valid_to: Instant of the second.
        known_from: As of when the first is asked.
        known_to: As of when the second is asked.
    """
    before = _side(house, place, valid_from, known_from)
    after = _side(house, place, valid_to, known_to)
    why = _Why(before, after, recorded_at(house, max(known_from, known_to)))
    return (
        *_phases(before, after, why),
        *_figures(before, after, why),
        *_incidents(before, after, why),
        *_questions(before, after, why),
    )


def _side(house: House, place: str, valid_at: datetime, known_at: datetime) -> _Side:
    situation = house.situation(valid_at=valid_at, known_at=known_at)
    state = state_of(situation, place, house.gazetteer)
    return _Side(
        situation,
        state,
        {item.claim: item for item in situation.evidence},
        {item.id: item for item in situation.incidents if item.id in state.incidents},
    )


class _Why:
    """Finds the reasons of a change in what is new, taken back or decided."""

    def __init__(self, before: _Side, after: _Side, recorded: dict[str, datetime]) -> None:
        self._before, self._after, self._recorded = before, after, recorded
        old = {one.id for one in before.situation.decisions}
        new = {one.id for one in after.situation.decisions}
        self._decided = [
            one
            for side in (before, after)
            for one in side.situation.decisions
            if one.id in old ^ new
        ]

    def change(
        self, what: str, subject: str, words: tuple[str, str], claims: Iterable[Sequence[str]]
    ) -> Change:
        """Return a change with its reasons.

        Args:
            what: Kind of the change.
            subject: What changed.
            words: How it stood and how it stands.
            claims: The claims behind it before, and after.
        """
        old, new = (tuple(one) for one in claims)
        reasons = [*self._taken_back(old), *self._said(old, new), *self._by_people((*old, *new))]
        known = [one.known_at for one in reasons if one.known_at]
        return Change(
            what=what,
            subject=subject,
            before=words[0],
            after=words[1],
            known_at=max(known, default=None),
            because=tuple(reasons) or (Because(how="aged"),),
        )

    def _said(self, old: Sequence[str], new: Sequence[str]) -> Iterator[Because]:
        for claim in new:
            item = self._after.evidence.get(claim)
            if item is not None and claim not in old:
                yield self._because("said", item, item.said_at)

    def _taken_back(self, old: Sequence[str]) -> Iterator[Because]:
        """Yield what deletions took back, and words in whose place an edit put others."""
        for claim in old:
            was, item = self._before.evidence.get(claim), self._after.evidence.get(claim)
            if item is None:
                continue
            if item.standing is Standing.WITHDRAWN:
                yield self._because(item.reason, item, item.withdrawn_at)
            elif was is not None and was.quote != item.quote and item.said_at is not None:
                # A statement that stays where it was keeps its id when an edit changes its words.
                known_at = self._recorded.get(item.version)
                gone = self._because("edited_away", was, item.said_at)
                yield msgspec.structs.replace(gone, known_at=known_at)

    def _by_people(self, claims: Sequence[str]) -> Iterator[Because]:
        for one in self._decided:
            if set(one.claims) & set(claims):
                yield Because(
                    how="decided",
                    speaker=one.by,
                    words=f"{one.kind}: {one.reason}",
                    at=one.at,
                    known_at=self._recorded.get(one.id),
                    id=one.id,
                )

    def _because(self, how: str, item: Evidence, at: datetime | None) -> Because:
        return Because(
            how=how,
            speaker=item.speaker,
            words=" ".join(item.quote.split()),
            at=at,
            known_at=self._recorded.get(item.version),
            id=item.claim,
        )


def _phases(before: _Side, after: _Side, why: _Why) -> Iterator[Change]:
    old = {row.dimension: row for row in before.state.dimensions}
    for row in after.state.dimensions:
        was = old[row.dimension]
        words = (_phase(was), _phase(row))
        if words[0] != words[1]:
            yield why.change("phase", row.dimension, words, (was.evidence, row.evidence))


def _phase(row: DimensionState) -> str:
    parts = [row.phase]
    if row.share is not None:
        parts.append(f"{row.share.parts} of {row.share.of} {row.share.level}")
    if row.stale:
        parts.append("stale")
    return ", ".join(parts)


def _figures(before: _Side, after: _Side, why: _Why) -> Iterator[Change]:
    old, new = _by_value(before), _by_value(after)
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key), new.get(key)
        if (was and was.status) != (now and now.status):
            shown = now or was
            subject = f"{shown.topic} {shown.unit}".strip() if shown else ""
            words = (_figure(was), _figure(now))
            claims = (was.evidence if was else (), now.evidence if now else ())
            yield why.change("figure", subject, words, claims)


def _by_value(side: _Side) -> dict[tuple[object, ...], Figure]:
    return {
        (row.topic, row.unit, row.min, row.max, row.mode): row
        for incident in side.incidents.values()
        for row in incident.figures
    }


def _figure(row: Figure | None) -> str:
    if row is None:
        return ""
    low, high = (f"{one:g}" if one is not None else "?" for one in (row.min, row.max))
    return f"{low if low == high else f'{low} to {high}'} ({row.mode}), {row.status}"


def _incidents(before: _Side, after: _Side, why: _Why) -> Iterator[Change]:
    """Yield incidents that opened, went away, were merged or split, by the claims they share."""
    for one in after.incidents.values():
        was = _sharing(one, before.incidents.values())
        words = "opened" if not was else "merged" if len(was) > 1 else ""
        if words:
            old = tuple(claim for other in was for claim in other.evidence)
            label = ", ".join(other.id for other in was)
            yield why.change("incident", one.id, (label, words), (old, one.evidence))
    for one in before.incidents.values():
        now = _sharing(one, after.incidents.values())
        words = "gone" if not now else "split" if len(now) > 1 else ""
        if words:
            new = tuple(claim for other in now for claim in other.evidence)
            yield why.change("incident", one.id, ("stood", words), (one.evidence, new))


def _sharing(one: Incident, others: Iterable[Incident]) -> list[Incident]:
    mine = set(one.evidence)
    return [other for other in others if mine & set(other.evidence)]


def _questions(before: _Side, after: _Side, why: _Why) -> Iterator[Change]:
    old = {one.id: one for one in before.situation.questions if one.id in before.state.questions}
    new = {one.id: one for one in after.situation.questions if one.id in after.state.questions}
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key), new.get(key)
        words = (was.status if was else "", now.status if now else "")
        if words[0] != words[1]:
            shown = now or was
            subject = f"{shown.subject} ({shown.topic})" if shown else key
            claims = (
                (*was.evidence, *was.answered_by) if was else (),
                (*now.evidence, *now.answered_by) if now else (),
            )
            yield why.change("question", subject, words, claims)
