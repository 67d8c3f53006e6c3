"""What a person at the desk has decided about claims and incidents."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec

Act = Literal["confirm", "overrule", "merge", "split", "withdraw", "attach"]


class Anchor(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a decision holds on to, so that it is found again after a re-reading.

    Attributes:
        claim: Id of the claim when the decision was made.
        report: Its report; ``start`` and ``end`` its span in code points.
        topic: Its topic.
        quote: Its exact words.
        incident: Id of the incident that it stood for, in a merge.
    """

    claim: str
    report: str
    topic: str
    start: int
    end: int
    quote: str
    incident: str = ""


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One decision with its reason; a record like any other, never changed.

    Attributes:
        id: ``dec_`` and a digest of the rest.
        kind: confirm (a person vouches for a claim), overrule (a claim does not count, or
            counts with what ``value`` puts right), merge (incidents are one), split
            (these claims are a happening of their own), withdraw (an earlier decision is
            taken back), attach (an earlier decision is about this claim).
        on: The claims that it is about.
        target: Id of the earlier decision, for withdraw and attach.
        value: For overrule: ``place`` a code, ``number`` a count, ``topic``, ``kind``,
            ``polarity``, ``time`` an interval; empty where the claim does not count at all.
        by: Who decided; never shown outside the desk.
        at: When, aware UTC.
    """

    id: str
    kind: Act
    reason: str
    by: str
    at: datetime
    on: tuple[Anchor, ...] = ()
    target: str = ""
    value: dict[str, str] = msgspec.field(default_factory=dict)


def in_force(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that are not taken back, in the order in which they were made.

    A withdrawal that was itself withdrawn has no effect. An attachment gives an earlier
    decision the claims that it now rests on; the last one counts.
    """
    ordered = sorted({one.id: one for one in decisions}.values(), key=lambda one: (one.at, one.id))
    gone: set[str] = set()
    for one in reversed(ordered):
        if one.kind == "withdraw" and one.id not in gone:
            gone.add(one.target)
    left = [one for one in ordered if one.id not in gone]
    moved = {one.target: one.on for one in left if one.kind == "attach"}
    return tuple(
        msgspec.structs.replace(one, on=moved.get(one.id, one.on))
        for one in left
        if one.kind not in ("withdraw", "attach")
    )
