"""Tells attacks that a text only gives as a reason from those that it reports.

"The grid is under threat because of Russian attacks", "how the network is rebuilt after enemy
shelling" speak of attacks in general: several of them, without a day, a place or a figure, and
without anything that came of them. "Because of shelling two villages have no power" reports them.
"""

from collections.abc import Sequence

import msgspec

from vidomo.claims.claiming import Draft
from vidomo.claims.findings import Findings
from vidomo.claims.model import Kind, Polarity
from vidomo.claims.old_dates import past_words

_EVENT = "event."
_ATTACKS = frozenset({"event.strike", "event.shelling"})
# What attacks lead to: where a sentence tells of it, it reports them too.
_RESULTS = ("impact.", "harm.", "service.", "power.", "response.evacuation")
_CAUSES = frozenset({"because", "given"})
# Characters from "because of" to the attacks: "after the latest massive Russian attacks".
_REACH = 40


def with_generic(found: Findings, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the statements of a text, attacks that are only a reason as its background."""
    attacks = [draft for draft in drafts if _is_bare(draft)]
    for draft in attacks:
        if (
            _is_plural(found, draft)
            and _is_reason(found, draft)
            and not _is_anchored(found, draft)
            and not any(other is not draft and _tells(draft, other) for other in drafts)
        ):
            draft.verdict = msgspec.structs.replace(draft.verdict, kind=Kind.BACKGROUND)
    return list(drafts)


def _is_bare(draft: Draft) -> bool:
    verdict = draft.verdict
    return (
        draft.cue.topic in _ATTACKS
        and verdict.kind is Kind.REPORT
        and verdict.polarity is Polarity.AFFIRMED
        and draft.number is None
    )


def _is_plural(found: Findings, draft: Draft) -> bool:
    return any(found.doc.tokens[at].key in past_words("attacks") for at in draft.cue.tokens)


def _is_reason(found: Findings, draft: Draft) -> bool:
    start = draft.cue.start
    return any(
        0 <= start - hit.end <= _REACH
        for effect in _CAUSES
        for hit in found.has_effect(effect, start - _REACH, start)
    )


def _is_anchored(found: Findings, draft: Draft) -> bool:
    """Whether the sentence has a time, or the stretch a place or an aim of its own."""
    sentence = found.doc.sentences[draft.group.sentence]
    chunk = found.chunks.all[found.chunks.at(draft.cue.start)]
    tokens, after = found.doc.tokens, draft.cue.tokens[-1] + 1
    return (
        (after < len(tokens) and tokens[after].key in past_words("aims"))
        or any(sentence.start <= time.start < sentence.end for time in found.times)
        or any(draft.cue.start <= place.start < chunk.end for place in draft.places)
        or any(
            sentence.start <= hit.start < sentence.end
            for hit in found.triggers
            if hit.effect == "now"
        )
    )


def _tells(draft: Draft, other: Draft) -> bool:
    """Whether another statement shows that the attacks are reported: what they led to."""
    if other.verdict.kind not in {Kind.REPORT, Kind.ASSESSMENT}:
        return False
    is_beside = abs(other.group.sentence - draft.group.sentence) <= 1
    topic = other.cue.topic
    return (is_beside and topic.startswith(_RESULTS)) or topic.startswith(_EVENT)
