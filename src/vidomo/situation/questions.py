"""What is said not to be known, and what became of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from vidomo.claims.model import Claim, Kind
from vidomo.core.ids import content_id
from vidomo.situation.hierarchy import Tree
from vidomo.situation.model import Question, QuestionStep, Standing
from vidomo.situation.rules import Answer, question_rules
from vidomo.situation.testimony import Heard

_STATED_KINDS = frozenset({Kind.REPORT, Kind.ASSESSMENT, Kind.PLAN, Kind.FORECAST})


class _Subject(msgspec.Struct, frozen=True, order=True):
    """What is asked, and where."""

    subject: str
    family: str
    place: str
    candidates: tuple[str, ...]


def questions_of(heard: Sequence[Heard], *, valid_at: datetime, tree: Tree) -> tuple[Question, ...]:
    """Return every question that was asked by then, with its life, in one order.

    Anybody may ask, and who asks without a source is said so; only a statement of standing
    answers, and only what the table of answers names.
    """
    asked: dict[_Subject, list[Heard]] = {}
    for item in heard:
        if item.judged.standing is Standing.WITHDRAWN or item.claim.kind is not Kind.UNKNOWN:
            continue
        for subject in _subjects(item, tree):
            asked.setdefault(subject, []).append(item)
    answers = [item for item in heard if item.is_counted and item.claim.kind in _STATED_KINDS]
    return tuple(
        _question(subject, asked[subject], answers, valid_at=valid_at, tree=tree)
        for subject in sorted(asked)
    )


def family_of(topic: str) -> str:
    """Return what a topic is about without what became of it: ``impact.power``, ``harm``."""
    parts = topic.split(".")
    if parts[0] in ("impact", "service"):
        return ".".join(parts[:2])
    return parts[0]


def _subjects(heard: Heard, tree: Tree) -> Iterable[_Subject]:
    unknown = heard.claim.unknown
    subject = unknown.subject if unknown else "number"
    family = family_of(heard.claim.topic)
    for place in tree.narrowest(heard.places):
        yield _Subject(subject, family, place, ())
    if not heard.places:
        yield _Subject(subject, family, "", tuple(sorted(heard.candidates)))


def _question(
    subject: _Subject,
    asked: Sequence[Heard],
    answers: Iterable[Heard],
    *,
    valid_at: datetime,
    tree: Tree,
) -> Question:
    of_standing = [item for item in asked if item.is_counted]
    weighty = of_standing or asked
    answered = [item for item in answers if _answers(item, subject, tree)]
    latest = weighty[-1]
    first_asked, last_asked = _first_said(asked), _last_said(asked)
    answers_given = answered
    if answered and _is_reopened(of_standing, answered):
        answered = []
    status = latest.claim.unknown.status if latest.claim.unknown else ""
    state = _status(status, last_asked, is_answered=bool(answered), valid_at=valid_at)
    return Question(
        id=content_id("qst", subject),
        subject=subject.subject,
        topic=latest.claim.topic,
        place=subject.place or None,
        candidates=subject.candidates,
        status=state,
        status_said=status,
        asked_at=first_asked,
        last_asked_at=last_asked,
        asked_by=tuple(dict.fromkeys(item.judged.speaker for item in asked)),
        unsourced=not of_standing,
        answered_at=_first_said(answered),
        answered_by=tuple(item.claim.id for item in answered),
        evidence=tuple(item.claim.id for item in asked),
        steps=_life(asked, answers_given, valid_at=valid_at, is_stale=state == "stale"),
    )


def _life(
    asked: Sequence[Heard], answered: Sequence[Heard], *, valid_at: datetime, is_stale: bool
) -> tuple[QuestionStep, ...]:
    """Return every step of a question's life in order, undated ones first.

    Of the answers the first after each asking is a step; the rest only repeat it. Whoever
    asks again after an answer opens the question again only with standing of their own.
    """
    events = [(item, False) for item in asked] + [(item, True) for item in answered]
    events.sort(key=lambda event: (event[0].said is not None, _said_at(event[0]), event[0].order))
    steps: list[QuestionStep] = []
    is_answered = is_asked = False
    for item, gives in events:
        if gives and is_answered:
            continue
        if gives:
            what = "answered"
        elif _is_withheld(item):
            what = "withheld"
        elif is_answered and item.is_counted:
            what = "reopened"
        else:
            what = "reasked" if is_asked else "asked"
        is_answered = gives or (is_answered and not item.is_counted)
        is_asked = is_asked or not gives
        steps.append(
            QuestionStep(
                what=what,
                at=item.said.start if item.said else None,
                speaker=item.judged.speaker,
                claim=item.claim.id,
                unsourced=not item.is_counted,
            )
        )
    if is_stale:
        limit = timedelta(seconds=question_rules().stale_after_s)
        last = _last_said(asked)
        steps.append(QuestionStep(what="stale", at=last + limit if last else valid_at))
    return tuple(steps)


def _said_at(heard: Heard) -> datetime:
    return heard.said.start if heard.said else heard.at


def _is_withheld(heard: Heard) -> bool:
    return heard.claim.unknown is not None and heard.claim.unknown.status == "withheld"


def _status(
    said: str, last_asked: datetime | None, *, is_answered: bool, valid_at: datetime
) -> str:
    if is_answered:
        return "answered"
    if said == "withheld":
        return "withheld"
    limit = timedelta(seconds=question_rules().stale_after_s)
    if last_asked is not None and valid_at - last_asked > limit:
        return "stale"
    return "open"


def _is_reopened(asked: Sequence[Heard], answered: Sequence[Heard]) -> bool:
    """Whether somebody of standing says again, after the last answer, that it is not known."""
    ends = [item.said.end for item in answered if item.said]
    starts = [item.said.start for item in asked if item.said]
    return bool(ends and starts) and max(starts) >= max(ends)


def _answers(heard: Heard, subject: _Subject, tree: Tree) -> bool:
    rule = question_rules().answers.get(subject.subject)
    if rule is None or not _gives(heard.claim, rule, subject.family):
        return False
    if not subject.place:
        return False
    return any(tree.within(place, subject.place) for place in heard.places)


def _gives(claim: Claim, rule: Answer, family: str) -> bool:
    if claim.kind.value not in rule.kinds or not claim.topic.startswith(rule.topics):
        return False
    if rule.same_family and family_of(claim.topic) != family:
        return False
    if rule.endings and not claim.topic.endswith(rule.endings):
        return False
    number = claim.number
    return not rule.needs_number or (
        number is not None and (number.min is not None or number.max is not None)
    )


def _first_said(heard: Iterable[Heard]) -> datetime | None:
    return min((item.said.start for item in heard if item.said), default=None)


def _last_said(heard: Iterable[Heard]) -> datetime | None:
    return max((item.said.start for item in heard if item.said), default=None)
