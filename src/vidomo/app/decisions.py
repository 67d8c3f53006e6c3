"""Decisions of the people at the desk: written down with a reason, found again in the journal."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from vidomo.claims.model import Kind, Polarity
from vidomo.claims.topics import topics
from vidomo.core.codec import from_json, to_json
from vidomo.core.errors import ConfigError, InputError, NothingKnown
from vidomo.core.ids import content_id
from vidomo.core.time import format_instant, parse_posted_at
from vidomo.reports.model import Version
from vidomo.situation.correction import VALUES, is_relief
from vidomo.situation.decision import Act, Anchor, Decision
from vidomo.situation.model import Evidence, Incident, Situation
from vidomo.situation.rules import dimension_rules
from vidomo.store.journal import Journal
from vidomo.store.model import Draft

KIND = "decision"
PREFIX = "dec"
"""Prefix of the ids of decisions on claims and incidents."""
_IDS_HINT = "ids stand beside every statement of: vidomo state PLACE"
_WORDS: Mapping[str, Callable[[], Collection[str]]] = {
    "topic": lambda: sorted(topics()),
    "kind": lambda: [kind.value for kind in Kind],
    "polarity": lambda: [polarity.value for polarity in Polarity],
}


def decisions_in(journal: Journal, *, known_at: datetime | None = None) -> tuple[Decision, ...]:
    """Return every decision on claims and incidents that was recorded by an instant."""
    return tuple(
        from_json(record.body, Decision)
        for record in journal.records(kind=KIND, known_at=known_at)
        if record.id.startswith(f"{PREFIX}_")
    )


def is_ahead(version: Version, recorded_at: datetime) -> bool:
    """Whether a post bears a time later than when it was written down here.

    The difference that two clocks may have (``clock_skew_s``) is let pass; beyond it the
    clock of the source is wrong, and its all-clear ends nothing by itself.
    """
    posted = version.post.posted_at
    stamps = [version.post.edited_at, posted.start if posted and posted.is_instant else None]
    limit = recorded_at + timedelta(seconds=dimension_rules().clock_skew_s)
    return any(stamp is not None and stamp > limit for stamp in stamps)


def draft_decision(
    situation: Situation,
    act: Act,
    ids: Sequence[str],
    *,
    reason: str,
    by: str,
    at: datetime,
    value: Mapping[str, str] | None = None,
) -> Decision:
    """Return a decision on what a situation shows, not yet written down.

    Args:
        situation: What the person saw; the words behind the ids are kept from it.
        act: What is decided.
        ids: Claims for confirm and overrule; incidents (or one claim of each) for merge;
            an incident and then claims of it, or claims alone, for split; a decision for
            withdraw; a decision and a claim for attach.
        reason: Why, in the person's words.
        by: Who.
        at: When.
        value: For overrule: what is put right (``situation.correction.VALUES``).

    Raises:
        ConfigError: No reason, or ids that do not fit what is decided.
        NothingKnown: Nothing here has one of the ids.
    """
    if not reason.strip():
        raise ConfigError("a decision needs a reason", hint='add --reason "why, in your words"')
    target = ""
    listed = list(dict.fromkeys(ids))
    if act in ("withdraw", "attach"):
        target = _earlier(situation, listed.pop(0) if listed else "")
    on = _anchors(situation, act, listed)
    meant = {anchor.claim for anchor in on}
    draft = Decision(
        id="",
        kind=act,
        reason=reason.strip(),
        by=by,
        at=at,
        on=on,
        target=target,
        value=_checked(
            act, value or {}, [item for item in situation.evidence if item.claim in meant]
        ),
    )
    return msgspec.structs.replace(draft, id=content_id(PREFIX, draft))


def record_decision(journal: Journal, decision: Decision, *, replay: bool = False) -> bool:
    """Write a decision down, durable on return; return whether it was new.

    Args:
        journal: Open for writing.
        decision: The decision.
        replay: Whether the journal stands in a replay: then it is known from its own time on.
    """
    draft = Draft(
        kind=KIND,
        id=decision.id,
        subject=decision.on[0].report if decision.on else decision.target,
        body=to_json(decision),
        recorded_at=decision.at if replay else None,
    )
    return journal.append([draft])[0]


def _anchors(situation: Situation, act: Act, ids: Sequence[str]) -> tuple[Anchor, ...]:
    evidence = {item.claim: item for item in situation.evidence}
    incidents = {item.id: item for item in situation.incidents}
    if act == "merge":
        return _sides(evidence, incidents, ids)
    wrong = [one for one in ids if one in incidents and act != "split"]
    if wrong:
        raise ConfigError(f"{act} is about a claim and {wrong[0]} is an incident", hint=_IDS_HINT)
    if act == "withdraw" and ids:
        raise ConfigError("withdraw takes the id of one decision", hint="vidomo decide list")
    claims = [one for one in ids if one not in incidents]
    if act != "withdraw" and not claims:
        raise ConfigError(f"{act} needs the id of a claim", hint=_IDS_HINT)
    return tuple(_anchor(_known(evidence, one)) for one in claims)


def _sides(
    evidence: Mapping[str, Evidence], incidents: Mapping[str, Incident], ids: Sequence[str]
) -> tuple[Anchor, ...]:
    """Return the claims that stand for each incident of a merge."""
    sides: dict[str, tuple[str, ...]] = {}
    for one in ids:
        found = incidents.get(one) or next(
            (item for item in incidents.values() if one in item.evidence), None
        )
        if found is None:
            raise NothingKnown(f"no incident has the id {one!r}", hint="vidomo incidents")
        sides[found.id] = found.evidence
    if len(sides) < 2:  # noqa: PLR2004 - two make a merge
        raise ConfigError("merge needs two incidents", hint="vidomo incidents PLACE lists them")
    return tuple(
        _anchor(evidence[claim], incident=incident)
        for incident, claims in sides.items()
        for claim in claims
    )


def _known(evidence: Mapping[str, Evidence], claim: str) -> Evidence:
    item = evidence.get(claim)
    if item is None:
        raise NothingKnown(f"no claim has the id {claim!r}", hint=_IDS_HINT)
    return item


def _anchor(item: Evidence, *, incident: str = "") -> Anchor:
    return Anchor(
        claim=item.claim,
        report=item.report,
        topic=item.topic,
        start=item.start,
        end=item.end,
        quote=item.quote,
        incident=incident,
    )


def _earlier(situation: Situation, decision: str) -> str:
    known = {one.id for one in situation.decisions} | {one.id for one in situation.orphaned}
    if decision not in known:
        raise NothingKnown(
            f"no decision in force has the id {decision!r}", hint="vidomo decide list"
        )
    return decision


def _checked(act: Act, value: Mapping[str, str], on: Sequence[Evidence]) -> dict[str, str]:
    if value and act != "overrule":
        raise ConfigError(f"{act} takes no value", hint="only overrule corrects what was read")
    checked = dict(value)
    for key, text in value.items():
        if key not in VALUES:
            raise ConfigError(f"{key!r} cannot be corrected", hint=f"correct {', '.join(VALUES)}")
        if key == "number" and not text.isdecimal():
            raise ConfigError(f"{text!r} is no count", hint="write a whole number")
        if key in _WORDS and text not in (allowed := _WORDS[key]()):
            raise ConfigError(f"{text!r} is no {key}", hint=f"one of {', '.join(allowed)}")
        if key == "time":
            checked[key] = _written(text, on)
    _refuse_contradictions(checked)
    for item in on:
        _refuse_relief(checked, item)
    return checked


def _written(text: str, on: Sequence[Evidence]) -> str:
    """Return an interval in its wire form, if it lies before the words that tell of it."""
    try:
        held = parse_posted_at(text)
    except InputError as error:
        raise ConfigError(error.message, hint=error.hint) from error
    for item in on:
        if item.said_until is None:
            raise ConfigError(
                f"{item.claim} bears no date", hint="words without a date hold at no time"
            )
        if held.start >= item.said_until:
            raise ConfigError(
                f"{text} is after the words were said, {format_instant(item.said_until)}",
                hint="a text tells of what came before it",
            )
    return f"{format_instant(held.start)}/{format_instant(held.end)}"


def _refuse_contradictions(value: Mapping[str, str]) -> None:
    if value.get("kind") == Kind.UNKNOWN and "number" in value:
        raise ConfigError("what is not known has no number", hint="leave --number or --kind out")
    zero = value.get("number") == "0"
    if "number" in value and value.get("polarity", "") == ("affirmed" if zero else "negated"):
        raise ConfigError(
            f"{value['number']} is not {value['polarity']}", hint="a count of zero is negated"
        )


def _refuse_relief(value: Mapping[str, str], item: Evidence) -> None:
    """Refuse what would make an all-clear or a restoration, or move one in time."""
    topic = value.get("topic", item.topic)
    kind, polarity = value.get("kind", item.kind), value.get("polarity", item.polarity)
    is_said = kind in (Kind.REPORT, Kind.ASSESSMENT) and polarity == Polarity.AFFIRMED
    before = (item.topic, item.kind, item.polarity)
    is_changed = "time" in value or (topic, kind, polarity) != before
    if is_relief(topic) and is_said and is_changed:
        raise ConfigError(
            f"a correction makes no {topic}",
            hint="state it anew with its exact words: vidomo review take",
        )
    if kind == Kind.UNKNOWN and not topics()[topic].subject:
        raise ConfigError(f"{topic} cannot be unknown", hint="choose another kind or topic")
