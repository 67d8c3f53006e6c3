"""Chooses the words that a claim quotes."""

from typing import TYPE_CHECKING

from vidomo.claims.findings import Findings
from vidomo.claims.hits import NumberHit

if TYPE_CHECKING:
    from vidomo.claims.claiming import Draft

_EDGE = " \t\n,;:.!?\u2013\u2014-\u2022*"
# Beyond this many characters a quotation is cut down to its cue and arguments.
_MAX_QUOTE = 220
# A quotation of one or two words says too little by itself.
_MIN_BLANKS = 2
_TELLING = ("unknown.", "negated", "denied", "preliminary", "likely", "possible", "forecast")


def quote_span(found: Findings, draft: "Draft") -> tuple[int, int]:
    """Return the stretch of the normalised text that a claim quotes.

    From the first to the last of the cue's arguments (number, weapons, places, the words
    that say how it is meant) inside its group, widened to whole chunks.
    """
    cue, group = draft.cue, draft.group
    if draft.is_exact:
        return cue.start, cue.end
    if cue.at and draft.places:
        spans = [(cue.start, cue.end), *((place.start, place.end) for place in draft.places)]
        wide = min(start for start, _ in spans), max(end for _, end in spans)
        return wide if wide[1] - wide[0] <= _MAX_QUOTE else (cue.start, cue.end)
    if draft.is_share and draft.hit is not None and not draft.is_narrow:
        ends = [(draft.hit.start, max(draft.hit.end, draft.hit.unit_end))]
        ends += [(place.start, place.end) for place in draft.places]
        return min(start for start, _ in ends), max(end for _, end in ends)
    spans = [(cue.start, cue.end), *_arguments(draft)]
    if draft.is_part and draft.hit is not None:
        spans = [_part_span(found, draft, draft.hit)]
    if draft.is_narrow:
        hit = draft.hit
        spans = [(cue.start, cue.end), *([(hit.start, max(hit.end, hit.unit_end))] if hit else [])]
    start = min(spans)[0]
    end = max([span[1] for span in spans])
    wide_start = max(found.chunks.all[found.chunks.at(start)].start, group.start)
    wide_end = found.chunks.all[found.chunks.at(max(end - 1, start))].end
    if draft.is_narrow:
        return _trimmed(found.doc.text, start, end)
    if found.doc.text.count(" ", wide_start, wide_end) < _MIN_BLANKS:
        wide_start, wide_end = group.start, group.end
    if draft.is_part and any(wide_start <= place.start < wide_end for place in draft.places):
        return _trimmed(found.doc.text, wide_start, wide_end)
    if draft.is_part or wide_end - wide_start > _MAX_QUOTE:
        wide_start, wide_end = start, end
    return _trimmed(found.doc.text, wide_start, wide_end)


def _part_span(found: Findings, draft: "Draft", hit: NumberHit) -> tuple[int, int]:
    """Return the count of a part with its noun, one without a noun with its chunk.

    "Five of them beyond repair": a bare figure says nothing, unless the whole stands beside it.
    """
    chunk = found.chunks.all[found.chunks.at(hit.start)]
    is_shared = chunk.start <= draft.cue.start < chunk.end or chunk.start < draft.group.start
    if hit.unit_end >= 0 or is_shared or chunk.end - chunk.start > _MAX_QUOTE:
        return hit.start, max(hit.end, hit.unit_end)
    return chunk.start, chunk.end


def _arguments(draft: "Draft") -> list[tuple[int, int]]:
    group = draft.group
    spans = []
    if draft.hit is not None:
        spans.append((draft.hit.start, max(draft.hit.end, draft.hit.unit_end)))
    spans += [(hit.start, hit.end) for hit in draft.means]
    spans += [(place.start, place.end) for place in draft.places]
    spans += [
        (hit.start, hit.end)
        for effect, hit in draft.effects.items()
        if effect.startswith(_TELLING) and hit.rule in draft.verdict.rules
    ]
    return [span for span in spans if group.start <= span[0] and span[1] <= group.end]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end - 1 and text[start] in _EDGE:
        start += 1
    while end > start + 1 and text[end - 1] in _EDGE:
        end -= 1
    return start, end
