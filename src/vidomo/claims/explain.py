"""Says of every sentence without a claim why it has none."""

from collections.abc import Sequence

from vidomo.claims.findings import Findings
from vidomo.claims.model import Claim, Silent

_HEADING_LENGTH = 90


def silent_sentences(
    found: Findings, claims: Sequence[Claim], reasons: dict[int, str], *, out_of_scope: bool
) -> tuple[Silent, ...]:
    """Return the sentences that no claim quotes, each with the reason.

    Together with the claims they account for every sentence of the text.

    Args:
        found: What was found in the text.
        claims: The claims that were made.
        reasons: Why cues state nothing, by the offset of the cue in the normalised text.
        out_of_scope: Whether the whole text is about something that gives no claims.
    """
    silent = []
    ordered = sorted(reasons.items())
    for sentence in found.doc.sentences:
        start, end = found.doc.original_span(sentence.start, sentence.end)
        if any(claim.start < end and start < claim.end for claim in claims):
            continue
        reason = "out_of_scope" if out_of_scope else _reason(found, sentence.start, sentence.end)
        for offset, why in ordered:
            if sentence.start <= offset < sentence.end and not out_of_scope:
                reason = "no_cue" if why == "weak" else why
                break
        else:
            if not out_of_scope and _repeats(found, sentence.start, sentence.end):
                reason = "repeated"
        silent.append(Silent(start=start, end=end, reason=reason))
    return tuple(silent)


def _repeats(found: Findings, start: int, end: int) -> bool:
    """Whether the sentence has a cue whose fact another sentence quotes."""
    return any(start <= cue.start < end and not cue.is_weak for cue in found.cues)


def _reason(found: Findings, start: int, end: int) -> str:
    for effect, reason in (("question", "question"), ("opinion", "opinion")):
        if found.has_effect(effect, start, end):
            return reason
    text = found.doc.text[start:end].rstrip()
    if len(text) <= _HEADING_LENGTH and text[-1:].isalnum():
        return "heading"
    return "context" if any(start <= m.start < end for m in found.mentions) else "no_cue"
