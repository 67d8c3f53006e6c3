"""Tells trains that are held for a connection from trains that are late."""

import msgspec

from vidomo.claims.claiming import Draft
from vidomo.claims.findings import Findings
from vidomo.claims.model import Kind
from vidomo.claims.routes import lines

TRANSPORT = "service.transport."
DISRUPTED, ADAPTED = TRANSPORT + "disrupted", TRANSPORT + "adapted"
RESTORED = TRANSPORT + "restored"
#: "Connection kept in Nizhyn": says where a train waits, never that one does.
TRANSFER = ".rail.transfer"
_LATE, _WAIT = ".rail.late", ".rail.wait"
_PLUS = "+"


def held(found: Findings, draft: Draft) -> Draft:
    """Return a train that "will be delayed" as one that waits, where a connection is spoken of."""
    tokens = found.doc.tokens
    at = next((n for n in draft.cue.tokens if tokens[n].key in lines().later), None)
    if (
        at is None
        or draft.cue.topic == ADAPTED
        or not any(cue.rule.endswith(TRANSFER) for cue in found.cues)
    ):
        return draft
    cue = msgspec.structs.replace(
        draft.cue, topic=ADAPTED, start=tokens[at].start, end=tokens[at].end, tokens=(at,)
    )
    verdict = msgspec.structs.replace(draft.verdict, kind=Kind.PLAN)
    return msgspec.structs.replace(draft, cue=cue, verdict=verdict)


def only_adds(found: Findings, draft: Draft) -> bool:
    """Whether "+40 minutes" only says how long a train of a list waits that will leave late."""
    cue = draft.cue
    if cue.topic != DISRUPTED or all(found.doc.tokens[at].text != _PLUS for at in cue.tokens):
        return False
    before = [
        other
        for other in found.cues
        if other.start < cue.start
        and other.rule.endswith((_LATE, _WAIT))
        and found.doc.tokens[other.tokens[0]].text != _PLUS
    ]
    return bool(before) and before[-1].rule.endswith(_WAIT)
