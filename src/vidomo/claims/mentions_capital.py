"""Reads "the capital" as the city that a text means by it."""

from collections.abc import Sequence

from vidomo.claims.mentions_spans import HOMELAND, Sense, Span, Text
from vidomo.claims.mentions_words import Words

_KYIV = "UA80000000000093317"
_DONETSK, _LUHANSK = "UA14080030010048113", "UA44060010010012753"
_RUSSIA = "RU"
_UKRAINIAN = "uk"
# Shorter words in capitals are no names: "PVO".
_NAME_LENGTH = 4


def with_capital(text: Text, spans: Sequence[Span], known: Words) -> list[Span]:
    """Return spans with those of "the capital" among them, in order.

    It is Kyiv where the text names places of Ukraine, Moscow where it names places of Russia
    only, and nothing where it names both or none; a text in Ukrainian means Kyiv as well where
    it names nothing abroad. "The capital of Hungary", "the cultural capital" are not read.
    """
    at = [index for index, key in enumerate(text.keys) if key in known.capitals]
    if not at:
        return list(spans)
    seats = [span for index in at for span in _seat(text, index, known)]
    if seats or not known.so_called.isdisjoint(text.keys):
        return sorted([*spans, *seats], key=lambda span: span.first)
    code = _meant(text, spans)
    taken = {index for span in spans for index in range(span.begin, span.finish)}
    starts = {span.begin: span for span in spans}
    found = [
        Span(
            index,
            index + 1,
            text.keys[index],
            Sense(is_prominent=True),
            index - (text.key(index - 1, index) == "the"),
            index + 1,
            kind="settlement",
            candidates=(code,),
        )
        for index in at
        if code and index not in taken and _is_alone(text, index, starts, known)
    ]
    begins = {span.first for span in found}
    # "Ukraine's capital": the country only says whose.
    rest = [one for one in spans if one.candidates != (HOMELAND,) or one.last not in begins]
    return sorted([*rest, *found], key=lambda span: span.first)


def _seat(text: Text, index: int, known: Words) -> list[Span]:
    """Return "the capital" as the city from which Russia runs the oblast named right after it."""
    one, two = text.key(index + 1, index), text.key(index + 2, index)
    for named, code in ((known.seat_donetsk, _DONETSK), (known.seat_luhansk, _LUHANSK)):
        if one in named or f"{one} {two}" in named:
            key = text.keys[index]
            return [
                Span(
                    index,
                    index + 1,
                    key,
                    Sense(is_prominent=True),
                    index,
                    index + 1,
                    kind="settlement",
                    candidates=(code,),
                )
            ]
    return []


def _meant(text: Text, spans: Sequence[Span]) -> str:
    codes = {code for span in spans for code in span.candidates}
    is_home = any(code.startswith(HOMELAND) for code in codes)
    is_russia = any(_RUSSIA in span.candidates and span.kind != "country" for span in spans)
    if text.doc.lang == _UKRAINIAN:
        return _KYIV if is_home or not codes else ""
    if is_home == is_russia:
        return ""
    return _KYIV if is_home else _RUSSIA


def _is_alone(text: Text, index: int, starts: dict[int, Span], known: Words) -> bool:
    """Whether no word beside it says that another capital is meant."""
    before, following = text.key(index - 1, index), text.key(index + 1, index)
    if any(
        one.not_after.has(before or " ")
        or one.not_before.has(following or " ")
        or (one.after.exact and not one.after.has(before or " "))
        for one in known.capitals[text.keys[index]]
    ):
        return False
    named = starts.get(index + 1)
    if named is not None:
        return named.candidates == (HOMELAND,)
    token = text.doc.tokens[index + 1] if following else None
    return token is None or not token.is_capital or len(token.text) < _NAME_LENGTH
