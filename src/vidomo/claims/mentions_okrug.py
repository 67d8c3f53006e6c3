"""Reads the municipal districts of Russia, which Ukraine does not have: "Shebekino city okrug"."""

from collections.abc import Collection, Sequence

from vidomo.claims.mentions_spans import ABROAD, HOMELAND, Sense, Span, Text
from vidomo.claims.mentions_words import Words

# Words between the adjective and the type word: "Shebekinsky city okrug".
_FILLERS = 2
# Letters that the name of a district shares with that of its seat.
_STEM = 4


def with_okrugs(
    text: Text, spans: Sequence[Span], known: Words, ours: Collection[int]
) -> list[Span]:
    """Return spans with those of districts of Russia among them, in order.

    An okrug of an adjective that no unit of Ukraine has is one; so is a raion of such an
    adjective where the text names Russia and no place of Ukraine. An adjective of a unit of
    Ukraine keeps its own meaning in any other text: occupied raions are called okrugs too.

    Args:
        text: The text.
        spans: What was found in it.
        known: The words around names.
        ours: Where adjectives of units of Ukraine stand.
    """
    at = [index for index, key in enumerate(text.keys) if key in known.okrugs]
    if not at and known.okrugs_too.isdisjoint(text.keys):
        return list(spans)
    taken = {
        index
        for span in spans
        for index in range(span.begin, span.finish)
        if span.sense.adjectives or span.level or ABROAD in span.candidates
    }
    if any(ABROAD in one.candidates and one.kind != "country" for one in spans) and not any(
        code.startswith(HOMELAND) for one in spans for code in one.candidates
    ):
        raions = [n for n, key in enumerate(text.keys) if key in known.okrugs_too]
        at = sorted([*at, *raions])
    else:
        taken.update(ours)
    seats = {
        one.key[:_STEM]
        for one in spans
        if any(code.startswith(HOMELAND) for code in one.candidates)
        and not one.key.endswith(known.okrug_ends)
    }
    found = [
        span
        for index in at
        if index not in taken
        and (span := _okrug(text, index, taken, known)) is not None
        and span.key[:_STEM] not in seats
    ]
    if not found:
        return list(spans)
    # A village has the name of the district in another case: it is not what is meant.
    firsts = {span.first for span in found}
    rest = [span for span in spans if span.first not in firsts]
    return sorted([*rest, *found], key=lambda span: span.first)


def _okrug(text: Text, index: int, taken: set[int], known: Words) -> Span | None:
    """Return the district whose type word stands at an index, None where no name is before it."""
    first = index - 1
    while first > index - 1 - _FILLERS and known.okrug_fillers.has(text.key(first, index) or " "):
        first -= 1
    key = text.key(first, index)
    if (
        first in taken
        or not key.endswith(known.okrug_ends)
        or not text.doc.tokens[first].is_capital
    ):
        return None
    return Span(
        first,
        first + 1,
        key,
        Sense(),
        first,
        index + 1,
        kind="raion",
        candidates=(ABROAD,),
        level="raion",
    )
