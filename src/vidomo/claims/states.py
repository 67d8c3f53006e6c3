"""Keeps how things stand apart from what a day sums up: "in a day ...; this morning no power in A".

What happened over a day is a total; a supply, a schedule or a service that is said to be so at an
hour, "as of the morning" or "still" is how it stands when the text is written.
"""

from collections.abc import Sequence

import msgspec

from vidomo.claims.claiming import Draft
from vidomo.claims.findings import Findings
from vidomo.claims.model import Kind
from vidomo.claims.old_dates import past_parts, past_words

_STATES = ("impact.power", "impact.water", "impact.heat", "impact.gas", "impact.comms", "power.")
_TOTAL, _RULE = "digest", "times.digest"
_NOW = frozenset({"now", "still"})
_AS_OF, _AT = "as_of", "at"


def with_states(found: Findings, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the statements of a text, those of how things stand now as reports."""
    for draft in drafts:
        hit = draft.effects.get(_TOTAL)
        is_total = hit is not None and hit.rule == _RULE and draft.verdict.kind is Kind.BACKGROUND
        if is_total and draft.cue.topic.startswith(_STATES) and _stands(found, draft):
            draft.verdict = msgspec.structs.replace(draft.verdict, kind=Kind.REPORT)
    return list(drafts)


def _stands(found: Findings, draft: Draft) -> bool:
    """Whether the stretch of a statement says that it speaks of now."""
    chunk = found.chunks.all[found.chunks.at(draft.cue.start)]
    end = max(chunk.end, draft.cue.end)
    if any(found.has_effect(effect, chunk.start, end) for effect in _NOW):
        return True
    roles = {time.role for time in found.times if chunk.start <= time.start < end}
    return _AS_OF in roles or (_AT in roles and not _is_past(found, draft))


def _is_past(found: Findings, draft: Draft) -> bool:
    chunk = found.chunks.all[found.chunks.at(draft.cue.start)]
    tokens = found.doc.tokens[chunk.first : chunk.last]
    keys = [token.key for token in tokens if token.key not in past_words("no_past")]
    return any(key in past_words("weres") or key.endswith(past_parts("past_ends")) for key in keys)
