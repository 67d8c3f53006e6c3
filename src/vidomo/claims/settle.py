"""Settles statements against each other: what was told before, and what needs no telling."""

from collections.abc import Sequence

import msgspec

from vidomo.claims.claiming import Draft
from vidomo.claims.hits import CueHit
from vidomo.claims.model import Kind, Polarity

_HURT = frozenset({"harm.injured", "harm.killed"})
_DEAD = "harm.killed"
_BLAST, _PRELIMINARY = "event.explosion", "preliminary"
_GUESSED = (_BLAST, "impact.fire")
_AIM = "_aim"
#: Ends the rule of a claim that tells where what hit was launched.
LAUNCH = "flown_from"
_GUESSING = frozenset({"likely", "possible"})
# Characters from an injury to the death of the same person.
_SOON = 120
_CONDITION = ("_condition", "uk.cues.injured_state")
_OF_IT = "_of_it"
_HAS_CAUSE = (
    *("event.", "impact.fire"),
    *(f"impact.{supply}.outage" for supply in ("power", "water", "heat", "gas", "comms")),
)
_DAMAGE, _EVENT, _WHERE = "impact.damage", "event.", "location"
_BLAST, _ASKED = "event.explosion", "question.indirect"


def asked_about(cue: CueHit, drafts: Sequence[Draft]) -> CueHit:
    """Return a question after the place or the cause with the topic of what was told last.

    "The circumstances are being clarified" under a fire asks for the cause of the fire; under
    damage alone, for that of the damage.
    """
    if cue.is_weak and cue.subject == _WHERE and cue.topic == _BLAST:
        events = [draft.cue.topic for draft in drafts if draft.cue.topic.startswith(_EVENT)]
        return msgspec.structs.replace(cue, topic=events[-1]) if events else cue
    if not cue.rule.endswith(_OF_IT):
        return cue
    told = [draft.cue.topic for draft in drafts if draft.cue.topic.startswith(_HAS_CAUSE)]
    if not told and any(draft.cue.topic == _DAMAGE for draft in drafts):
        told = [_DAMAGE]
    return msgspec.structs.replace(cue, topic=told[-1]) if told else cue


def without_conditions(drafts: list[Draft]) -> list[Draft]:
    """Leave out how somebody is where a text says anyway who was hurt.

    "Four of them are in hospital" counts nobody anew; "a woman was taken to hospital", said
    alone, is a woman hurt, and so are more in hospital than were said to be hurt.
    """
    hurt = [
        draft
        for draft in drafts
        if draft.cue.topic in _HURT
        and draft.verdict.polarity is Polarity.AFFIRMED
        and draft.verdict.kind in {Kind.REPORT, Kind.ASSESSMENT, Kind.BACKGROUND}
    ]
    told = [draft for draft in hurt if not draft.cue.rule.endswith(_CONDITION)]
    if not told:
        if any(draft.number is not None for draft in hurt):  # each one counted beside all
            return [d for d in drafts if d.number is not None or d not in hurt]
        return drafts
    most = max((_counted(draft) for draft in told if draft.cue.topic != _DEAD), default=0.0)
    return [
        draft
        for draft in drafts
        if not draft.cue.rule.endswith(_CONDITION)
        or (_counted(draft) > most and not _dies(draft, told))
    ]


def _dies(draft: Draft, told: Sequence[Draft]) -> bool:
    """Whether somebody hurt is told to have died right after: "lost both legs, he died"."""
    return _counted(draft) == 1 and any(
        0 < other.cue.start - draft.cue.start < _SOON and other.cue.topic == _DEAD for other in told
    )


def one_asked(drafts: list[Draft]) -> list[Draft]:
    """Leave of what a question names the first thing: it is what the question is about.

    "Whether the blasts were hits or falling debris is not known" asks about the blasts.
    """
    asked: set[int] = set()
    kept = []
    for draft in drafts:
        at = _question_of(draft)
        if at is not None:
            if at in asked:
                continue
            asked.add(at)
        kept.append(draft)
    return kept


def _question_of(draft: Draft) -> int | None:
    """Return the beginning of the question that a happening is asked about in, None without."""
    if not draft.cue.topic.startswith(("event.", "impact.")):
        return None
    hits = draft.effects.values()
    starts = [hit.scope_start for hit in hits if hit.rule == _ASKED and hit.effect != "condition"]
    return min(starts, default=None)


def without_guesses(drafts: list[Draft]) -> list[Draft]:
    """Leave out a blast or fire that is only guessed at where a text reports that there was one.

    "A fire in a house. Perhaps the wiring caught fire" guesses at the cause, not at the fire. What
    is told of a blast as preliminary ("preliminarily, gas exploded") is a statement beside it.
    """
    drafts = _guessed_aims([_of_launch(draft) for draft in drafts])
    guesses = {Kind.ASSESSMENT, Kind.SPECULATION}
    if not any(draft.verdict.kind in guesses for draft in drafts):
        return drafts
    told = {topic for topic in _GUESSED if any(_is_of(d, topic, {Kind.REPORT}) for d in drafts)}
    return [
        draft
        for draft in drafts
        if draft.number is not None
        or (draft.cue.topic == _BLAST and _PRELIMINARY in draft.effects)
        or not any(_is_of(draft, topic, guesses) for topic in told)
    ]


def _of_launch(draft: Draft) -> Draft:
    """Return a draft, where what hit came from as a statement of that place alone."""
    if draft.cue.rule.endswith(LAUNCH):
        named = [place for place in draft.places if place.start >= draft.cue.start]
        draft.places = tuple(msgspec.structs.replace(place, role="origin") for place in named)
    return draft


def _guessed_aims(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts, what was aimed at as a guess, or not at all.

    "Experts believe that the target was a plant" is a guess; what a body says of a target
    is part of the strike that it tells of.
    """
    aims = [draft for draft in drafts if draft.cue.rule.endswith(_AIM)]
    if not aims:
        return drafts
    guessed = [
        draft
        for draft in aims
        if draft.verdict.kind is Kind.SPECULATION or not _GUESSING.isdisjoint(draft.effects)
    ]
    for draft in guessed:
        draft.verdict = msgspec.structs.replace(draft.verdict, kind=Kind.SPECULATION)
    # "The enemy aimed at the port" is also said of guns.
    taken = {number for draft in guessed for number in draft.cue.tokens}
    return [
        draft
        for draft in drafts
        if draft in guessed
        or not (
            draft in aims
            or (draft.cue.topic.startswith("event.") and not taken.isdisjoint(draft.cue.tokens))
        )
    ]


def _is_of(draft: Draft, topic: str, kinds: set[Kind]) -> bool:
    return (
        draft.cue.topic == topic
        and draft.verdict.kind in kinds
        and draft.verdict.polarity is Polarity.AFFIRMED
    )


def _counted(draft: Draft) -> float:
    return (draft.number.min or 0.0) if draft.number is not None else 0.0
