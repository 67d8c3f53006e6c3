"""Finds the words that stand for a country, several of its oblasts, or the seat of one."""

from collections.abc import Mapping, Sequence

from vidomo.claims.mentions_spans import ABROAD, HOMELAND, Finder, Sense, Span, Text
from vidomo.claims.mentions_words import AROUND, Words, is_counted

# Beginnings of the codes of Crimea and Sevastopol.
_CRIMEA = ("UA01", "UA85")
_DONETSK, _LUHANSK = "UA14000000000091971", "UA44000000000018893"
_OURS = frozenset({ABROAD, HOMELAND})


def nation_spans(text: Text, spans: Sequence[Span], known: Words) -> list[Span]:
    """Return the phrases that mean the whole country: "in all oblasts", or "Russian regions".

    The former not in a text that names Russia and nothing else: another country is meant there.
    """
    named = {code for span in spans for code in span.candidates}
    found = [
        *_phrase_spans(text, known.abroad, code=ABROAD, kind="oblast"),
        *_republic_spans(text, known),
    ]
    if ABROAD in named and all(code == ABROAD for code in named):
        return found
    found += _phrase_spans(text, known.nation, code=HOMELAND, kind="country")
    found += _peninsula_spans(text, spans, known)
    return [*found, *_counted_spans(text, [*spans, *found], known)]


def _peninsula_spans(text: Text, spans: Sequence[Span], known: Words) -> list[Span]:
    """Return where a text that names Crimea, or towns in it, says "the peninsula"."""
    if known.peninsula.isdisjoint(text.keys) or not any(
        span.candidates and all(code.startswith(_CRIMEA) for code in span.candidates)
        for span in spans
    ):
        return []
    taken = {at for span in spans for at in range(span.begin, span.finish)}
    found = []
    for at, key in enumerate(text.keys):
        if key not in known.peninsula or at in taken:
            continue
        span = Span(at, at + 1, key, Sense(), at, at + 1, kind="oblast")
        span.candidates = tuple(AROUND.values())
        found.append(span)
    return found


def _republic_spans(text: Text, known: Words) -> list[Span]:
    """Return the so-called republics by their full names, but not where they name a body."""
    found = []
    for phrases, code in ((known.republic_donetsk, _DONETSK), (known.republic_luhansk, _LUHANSK)):
        for span in _phrase_spans(text, phrases, code=code, kind="oblast"):
            span.is_country = False
            before = text.key(span.first - 1, span.first) or " "
            if before not in known.capitals and not known.body_before.has(before):
                found.append(span)
    return found


def _counted_spans(text: Text, spans: Sequence[Span], known: Words) -> list[Span]:
    """Return the oblasts that a sentence counts and does not name: "in six oblasts"."""
    named = {text.sentence[span.first] for span in spans if span.kind in {"oblast", "country"}}
    found: list[Span] = []
    if known.oblasts.isdisjoint(text.keys) or any(
        span.is_country and not _OURS.issuperset(span.candidates) for span in spans
    ):
        return found  # another country's provinces
    for at, key in enumerate(text.keys):
        if (
            key not in known.oblasts
            or text.sentence[at] in named
            or not is_counted(text.doc, at, known)
        ):
            continue
        if text.key(at - 2, at) in known.support - known.away:
            span = Span(at - 1, at + 1, key, Sense(), at - 1, at + 1, kind="country")
            span.candidates, span.is_country = (HOMELAND,), True
            found.append(span)
    return found


def _phrase_spans(
    text: Text, phrases: Mapping[str, tuple[tuple[str, ...], ...]], *, code: str, kind: str
) -> list[Span]:
    found: list[Span] = []
    for index, first in [(at, key) for at, key in enumerate(text.keys) if key in phrases]:
        for phrase in phrases[first]:
            last = index + len(phrase)
            if tuple(text.keys[index:last]) == phrase and (not found or index >= found[-1].last):
                span = Span(index, last, " ".join(phrase), Sense(), index, last, kind=kind)
                span.candidates, span.is_country = (code,), True
                found.append(span)
    return found


def seat_spans(text: Text, spans: Sequence[Span], known: Words, units: Finder) -> list[Span]:
    """Return the phrases that mean the seat of a unit named before them: "the regional centre"."""
    found: list[Span] = []
    for index, first in [(at, key) for at, key in enumerate(text.keys) if key in known.seats]:
        for level, phrase in known.seats[first]:
            last = index + len(phrase)
            if tuple(text.keys[index:last]) != phrase:
                continue
            above = [one for one in spans if one.kind == level and one.last <= index]
            named = (units.unit(code) for code in (above[-1].candidates if above else ()))
            seats = tuple(unit.seat for unit in named if unit is not None and unit.seat)
            if seats:
                span = Span(index, last, " ".join(phrase), Sense(), index, last)
                span.kind, span.candidates = "settlement", seats
                found.append(span)
    return found
