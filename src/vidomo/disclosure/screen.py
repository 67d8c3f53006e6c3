"""Finds in a text what must not be published: streets, positions, objects, victims."""

import re
from functools import lru_cache
from itertools import chain

import msgspec

from vidomo.claims.document import Document
from vidomo.claims.prepare import prepare
from vidomo.disclosure.screen_letters import evened
from vidomo.disclosure.screen_tables import Rule, Span, asides, rules
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import FormKind
from vidomo.gazetteer.names import fold

KINDS = (
    "street",
    "house",
    "point",
    "object",
    "unit",
    "crew",
    "launch_place",
    "course",
    "figure",
    "victim",
)
"""What is looked for, each a kind of ``Finding``."""

_KEPT = 4096
_STRETCH = 20_000
"""Characters looked at in one go; sentences are looked up by position within it."""
# The tables of a language cannot find anything in a text that has no word in its letters.
_LETTER = {
    "en": re.compile("[A-Za-z]{2}"),
    "uk": re.compile("[\\u0400-\\u052f]"),
    "ru": re.compile("[\\u0400-\\u052f]"),
}
_CITIES = frozenset("KM")
_QUOTES = frozenset('"\u00ab\u00bb')


class Finding(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One stretch of a text that must not be published as it is.

    Attributes:
        rule: Language, kind and name of the table entry: ``uk.street.abbreviated``.
        kind: One of ``KINDS``.
        start: Offset in code points of the text as received.
        end: End offset, exclusive.
    """

    rule: str
    kind: str
    start: int
    end: int


@lru_cache(maxsize=_KEPT)
def screen(text: str, *, lang: str | None = None) -> tuple[Finding, ...]:
    """Return everything in a text that must not be published as it is, in the order of the text.

    Finds rather too much than too little. Look-alike letters, invisible characters, markup and
    capitals make no difference; time grows with the length of the text only. The tables of all
    languages always run: a wrong language opens no hole.

    Args:
        text: The text as received.
        lang: Language as its source states it. No table asks for it yet, so that a wrong one
            opens no hole.

    Returns:
        Findings with exact offsets; two of one kind never lie one inside the other.
    """
    found: list[Finding] = []
    for begin in range(0, max(len(text), 1), _STRETCH):
        # Each stretch begins a little before the end of the last one, so that no cut hides a find.
        first = max(0, begin - _STRETCH // 40)
        stretch = text[first : begin + _STRETCH]
        found += [
            msgspec.structs.replace(one, start=one.start + first, end=one.end + first)
            for one in _findings(prepare(stretch, lang=lang))
        ]
    return _outermost(found)


def invitations(text: str, *, lang: str | None = None) -> tuple[tuple[int, int], ...]:
    """Return the sentences that invite the public somewhere: points of help, shelters, water.

    An address in such a sentence is meant to be known; whoever asks decides whether the exception holds, and it never holds where the sentence tells harm.
    """
    doc = prepare(text, lang=lang)
    spelled = evened(doc.text)
    sentences = [(one.start, one.end) for one in doc.sentences]
    inviting = {
        number
        for aside in asides()
        if aside.kind == "invitation"
        for start, _ in aside.spans(spelled)
        for number, (first, last) in enumerate(sentences)
        if first <= start < last
    }
    return tuple(doc.original_span(*sentences[number]) for number in sorted(inviting))


def _findings(doc: Document) -> list[Finding]:
    text = evened(doc.text)
    lower = text.lower()
    sentences = [(one.start, one.end) for one in doc.sentences]
    filmed = [
        span for aside in asides() if aside.kind == "film" for span in aside.spans(text, lower)
    ]
    scripts = {lang for lang, letter in _LETTER.items() if letter.search(text)}
    found = []
    telling: dict[str, list[Span]] = {"": [(0, len(text))]}
    for rule in rules():
        if rule.lang in _LETTER and rule.lang not in scripts:
            continue
        if rule.needs not in telling:
            telling[rule.needs] = _telling(rule, text, sentences)
        for start, end in _kept(rule, doc, (text, lower), telling[rule.needs], filmed):
            first, last = (start, end) if rule.is_raw else doc.original_span(start, end)
            found.append(Finding(rule=rule.id, kind=rule.kind, start=first, end=last))
    return found


def _telling(rule: Rule, text: str, sentences: list[Span]) -> list[Span]:
    """Return the sentences that hold what a rule needs; the whole text where there are none."""
    if not rule.has_needed(text, (0, len(text))):
        return []
    starts = [0, *(end for _, end in sentences[:-1])]
    ends = [end for _, end in sentences]
    stretches = list(zip(starts, [*ends[:-1], len(text)], strict=True)) if ends else []
    return [one for one in stretches or [(0, len(text))] if rule.has_needed(text, one)]


def _kept(
    rule: Rule,
    doc: Document,
    texts: tuple[str, str],
    stretches: list[Span],
    filmed: list[Span],
) -> list[Span]:
    """Return the stretches of a rule that its surroundings do not make something else."""
    if rule.is_raw:
        texts = (doc.original, doc.original.lower())
        stretches = [(0, len(doc.original))]
    text, lower = texts
    if not stretches or not rule.is_hinted(lower):
        return []
    sentences: list[Span] | None = None
    kept = []
    for match in chain.from_iterable(rule.matches(text, within=one) for one in stretches):
        start, end = match.span()
        while end > start and text[end - 1].isspace():
            end -= 1
        while start < end and not text[start].isalnum() and not rule.is_raw:
            start += 1
        if end <= start or rule.is_never(text[start:end]):
            continue
        sentences = sentences or [(one.start, one.end) for one in doc.sentences]
        around = _around(start, sentences, len(text))
        is_named = any(char.isdigit() or char in _QUOTES for char in text[start:end])
        if rule.is_not_film and not is_named and _holds_any(filmed, around):
            continue
        if rule.is_not_city and _is_city(match.groupdict().get("name") or ""):
            continue
        kept.append((start, end))
    return kept


def _around(start: int, sentences: list[Span], length: int) -> Span:
    """Return the sentence that a position lies in; the whole text where it lies in none."""
    low, high = 0, len(sentences)
    while low < high:
        middle = (low + high) // 2
        if sentences[middle][1] <= start:
            low = middle + 1
        else:
            high = middle
    if low < len(sentences) and sentences[low][0] <= start:
        return sentences[low]
    return (0, length)


def _holds_any(spans: list[Span], around: Span) -> bool:
    return any(around[0] <= start < around[1] for start, _ in spans)


@lru_cache(maxsize=_KEPT)
def _is_city(name: str) -> bool:
    """Return whether a word is the name of a city: its streets are no street."""
    gazetteer = Gazetteer.open()
    return any(
        form.kind is FormKind.NAME
        and (unit := gazetteer.get(form.code)) is not None
        and unit.category in _CITIES
        for form in gazetteer.forms(fold(name))
    )


def _outermost(found: list[Finding]) -> tuple[Finding, ...]:
    """Return the findings without those that lie inside another one of their kind."""
    kept: list[Finding] = []
    reach: dict[str, int] = {}
    for one in sorted(found, key=lambda one: (one.start, -one.end, one.rule)):
        if one.end > reach.get(one.kind, -1):
            kept.append(one)
            reach[one.kind] = one.end
    return tuple(kept)
