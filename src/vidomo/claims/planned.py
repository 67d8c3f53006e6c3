"""Takes for announced what is told with a time to come: "no water from 10 to 17 tomorrow".

"The bus leaves tomorrow", "power is cut off from 9 to 16", "a cut is planned in the village" are
plans though no verb of the future says so; a supply that returns tomorrow is expected.
"""

from collections.abc import Sequence

import msgspec

from vidomo.claims.claiming import Draft
from vidomo.claims.findings import Findings
from vidomo.claims.hits import TimeHit
from vidomo.claims.model import Kind, Polarity
from vidomo.claims.old_dates import past_parts, past_words
from vidomo.claims.times import Group, groups_of

_OUT, _BACK, _COMMS = ".outage", ".restored", "impact.comms"
# What one does oneself, and a supply, when it is of the next day.
_ACTS = (
    "service.",
    "response.evacuation",
    "response.repair",
    "help.point",
    "help.water",
    "impact.",
)
_PLANNED, _PERHAPS = "planned", frozenset({"possible", "likely", "denied", "condition"})
_ROLES = frozenset({"at", "from", "since"})
_COMMAS = frozenset(",;.")
_TOLD = frozenset({Kind.REPORT, Kind.FORECAST})


def with_planned(found: Findings, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the statements of a text, what is announced as a plan."""
    told = [draft for draft in drafts if _may_be(draft)]
    if not told:
        return list(drafts)
    groups = groups_of(found.doc)
    for draft in told:
        kind = _kind_of(found, draft, groups)
        if kind is not None:
            draft.verdict = msgspec.structs.replace(draft.verdict, kind=kind)
    return list(drafts)


def _may_be(draft: Draft) -> bool:
    verdict, topic = draft.verdict, draft.cue.topic
    return (
        verdict.kind in _TOLD
        and draft.cue.kind != Kind.FORECAST.value
        and verdict.polarity is not Polarity.DENIED
        and topic.startswith(_ACTS)
        and (not topic.startswith("impact.") or topic.endswith((_OUT, _BACK)))
        and _PERHAPS.isdisjoint(draft.effects)
    )


def _kind_of(found: Findings, draft: Draft, groups: Sequence[Group]) -> Kind | None:
    topic = draft.cue.topic
    is_out = topic.endswith(_OUT) and not topic.startswith(_COMMS)
    if is_out and _PLANNED in draft.effects:
        return Kind.PLAN
    times = [
        group
        for group, time in zip(groups, found.times, strict=True)
        if time.role in _ROLES and _governs(found, draft, time)
    ]
    is_next = any((day := one.one("day")) is not None and day.entry["offset"] > 0 for one in times)
    is_hours = is_out and any(one.is_range and one.one("clock") is not None for one in times)
    if not (is_next or is_hours) or _is_past(found, draft):
        return None
    return Kind.FORECAST if topic.startswith("impact.") and topic.endswith(_BACK) else Kind.PLAN


def _governs(found: Findings, draft: Draft, time: TimeHit) -> bool:
    """Whether a time stands with a cue, or beside it with nothing else told between."""
    chunks, cue = found.chunks, draft.cue
    if chunks.at(time.start) in {chunks.at(cue.start), chunks.at(cue.end - 1)}:
        return True
    sentence = found.doc.sentences[draft.group.sentence]
    if time.start >= cue.end:  # "departure of the bus - tomorrow at 8"
        between = found.doc.text[cue.end : time.start]
        is_near = time.start < sentence.end and not _COMMAS & set(between)
        return is_near and not any(cue.end <= one.start < time.start for one in found.cues)
    if not sentence.start <= time.start < cue.start:
        return False
    start = chunks.all[chunks.at(time.start)].start
    return not any(start <= one.start < cue.start for one in found.cues)


def _is_past(found: Findings, draft: Draft) -> bool:
    """Whether the verb beside a cue is of the past: "was closed from 2 to 6"."""
    chunk = found.chunks.all[found.chunks.at(draft.cue.start)]
    last = found.chunks.all[found.chunks.at(draft.cue.end - 1)].last
    tokens = found.doc.tokens[chunk.first : last]
    keys = [token.key for token in tokens if token.key not in past_words("no_past")]
    if any(key in past_words("wills") for key in keys):
        return False
    return any(key in past_words("weres") or key.endswith(past_parts("past_ends")) for key in keys)
