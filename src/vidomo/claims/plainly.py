"""Hears an all-clear only where its stretch holds nothing but words that go with one.

What turns an all-clear into a promise, a rumour, a wish, a story or a lights-out in barracks can
be said in more ways than any table has. So the table ``plain`` has the words that are harmless,
and one word beside them is enough for silence: a missed all-clear costs time, a wrong one lives.
"""

from functools import cache
from typing import TYPE_CHECKING

from vidomo.claims.document import Document, Segment, Token
from vidomo.claims.hits import CueHit
from vidomo.claims.model import Kind
from vidomo.claims.patterns import Element, parse_pattern
from vidomo.claims.tables import LANGUAGES, table

if TYPE_CHECKING:
    from vidomo.claims.findings import Findings

_REPORTS, _THAT, _TAKEN_BACK, _NO = "reports", "that", "taken_back", "no"
_OFFICIALS, _DEFINES, _HEARSAY = "officials", "defines", "hearsay"
_AGAIN, _ALARM, _ON = "again", "alarm", "alert.start"
#: Words of an end that alone are of what flies, and colours that are of an alarm.
BARE, COLOURS = "bare", "colours"
_RED, _AND = "red", "and"
_NEITHER = frozenset(
    {
        _REPORTS,
        _THAT,
        _TAKEN_BACK,
        _NO,
        _AGAIN,
        _OFFICIALS,
        _DEFINES,
        _HEARSAY,
        BARE,
        COLOURS,
        _RED,
        _AND,
    }
)
# Marks after which a stretch says what the words before it are: "green - all clear".
_LEADS = frozenset({":", "-", "\u2013", "\u2014"})
# Words after an all-clear by which it is taken back, and the tokens among which they are.
_FIRST, _NEAR = 3, 8


def is_plainly_said(found: "Findings", cue: CueHit) -> bool:
    """Whether every word around an all-clear, up to the next comma or dash, goes with one.

    Words of a report are harmless beside a body ("the RMA reported"); a stretch that hangs on
    the one before it ("they write, that ...") needs such a word there.
    """
    chunks, doc = found.chunks, found.doc
    at = chunks.at(cue.start)
    here, last = chunks.all[at], chunks.all[chunks.at(cue.end - 1)]
    own = set(cue.tokens)
    words = [n for n in range(here.first, last.last) if doc.tokens[n].kind == "word"]
    hangs = bool(words) and fits(_THAT, doc.tokens[words[0]])
    has_body = any(one.is_body and here.start <= one.start < last.end for one in found.mentions)
    for number in words[1:] if hangs else words:
        token = doc.tokens[number]
        if number in own or _harmless().fits(token) or _is_named(found, token):
            continue
        if not (has_body and fits(_REPORTS, token)):
            return False
    if is_hearsay(doc, doc.sentences[here.sentence]) or _is_taken_back(doc, last.last):
        return False
    if doc.tokens[last.last - 1].text == ":" and not _goes_with(found, last):
        return False
    if hangs:
        return at > 0 and _is_report(found, chunks.all[at - 1], here.sentence)
    if at and words and fits(_AND, doc.tokens[words[0]]) and _leads_on(found, at):
        return False
    return all(
        _may_lead(found, chunks.all[number], here.sentence)
        for number in range(at)
        if number == at - 1 or doc.tokens[chunks.all[number].last - 1].text == ":"
    )


def _leads_on(found: "Findings", at: int) -> bool:
    """Whether a dash leads to a chunk from one that names no place: "a minute more - and ..."."""
    before = found.chunks.all[at - 1]
    tokens = found.doc.tokens[before.first : before.last]
    return tokens[-1].text in _LEADS and not any(_is_named(found, token) for token in tokens)


def _goes_with(found: "Findings", last: Segment) -> bool:
    """Whether what a colon leads to is of an alarm: not "All clear: the flight is off"."""
    at = found.chunks.at(last.start) + 1
    if at >= len(found.chunks.all) or found.chunks.all[at].sentence != last.sentence:
        return True
    after = found.chunks.all[at]
    words = [one for one in found.doc.tokens[after.first : after.last] if one.kind == "word"]
    return any(_is_named(found, one) for one in words) or all(map(_harmless().fits, words))


def is_on_again(found: "Findings", cue: CueHit) -> bool:
    """Whether the same sentence goes on to say that the alarm is on, here or once again."""
    sentence = found.doc.sentences[found.chunks.all[found.chunks.at(cue.start)].sentence]
    rest = [t for t in found.doc.tokens[sentence.first : sentence.last] if t.start >= cue.end]
    for at, token in enumerate(rest):
        if fits(_AGAIN, token) and any(
            fits(_ALARM, near) or fits(_RED, near) for near in rest[max(at - _NEAR, 0) : at + _NEAR]
        ):
            return True
    return any(
        other.topic == _ON
        and other.kind in {"", Kind.REPORT.value}
        and not other.polarity
        and cue.end <= other.start < sentence.end
        and not any(cue.end <= one.start < other.end for one in found.mentions)
        for other in found.cues
    )


def _may_lead(found: "Findings", before: Segment, sentence: int) -> bool:
    """Whether the words before a dash or colon name a place or go with an all-clear as well."""
    tokens = found.doc.tokens[before.first : before.last]
    if before.sentence != sentence or tokens[-1].text not in _LEADS:
        return True
    words = [token for token in tokens if token.kind == "word"]
    return any(_is_named(found, token) for token in words) or all(
        _harmless().fits(token) or fits(_OFFICIALS, token) for token in words
    )


def is_hearsay(doc: Document, sentence: Segment) -> bool:
    """Whether a sentence names as its source those who only saw or heard of it."""
    return any(fits(_HEARSAY, token) for token in doc.tokens[sentence.first : sentence.last])


def _is_taken_back(doc: Document, after: int) -> bool:
    """Whether the next words take it back or define it: "All clear. No, sorry, a mistake"."""
    near = range(after, min(after + _NEAR, len(doc.tokens)))
    words = [number for number in near if doc.tokens[number].kind == "word"][:_FIRST]
    if any(fits(_TAKEN_BACK, doc.tokens[number]) for number in words):
        return True
    if words and _is_said(doc, after, words):
        return True
    if words and doc.tokens[after - 1].text in _LEADS and fits(_DEFINES, doc.tokens[words[0]]):
        return True
    if not words or not fits(_NO, doc.tokens[words[0]]):
        return False
    return words[0] + 1 < len(doc.tokens) and doc.tokens[words[0] + 1].kind == "mark"


def _is_said(doc: Document, after: int, words: list[int]) -> bool:
    """Whether a dash leads on to who only said it: "All clear!" - somebody shouted."""
    is_led = any(token.text in _LEADS for token in doc.tokens[after - 1 : words[0]])
    return is_led and any(fits(_HEARSAY, doc.tokens[number]) for number in words)


def _is_report(found: "Findings", before: Segment, sentence: int) -> bool:
    tokens = found.doc.tokens[before.first : before.last]
    return before.sentence == sentence and any(fits(_REPORTS, token) for token in tokens)


def _is_named(found: "Findings", token: Token) -> bool:
    return any(mention.start <= token.start < mention.end for mention in found.mentions)


def fits(name: str, token: Token) -> bool:
    """Whether a word is of a section of the table, in any language."""
    return _element(frozenset({name})).fits(token)


@cache
def _harmless() -> Element:
    names = {name for lang in LANGUAGES for name in table(lang, "plain")}
    return _element(frozenset(names - _NEITHER))


@cache
def _element(names: frozenset[str]) -> Element:
    """Return all words of some sections of the table, in all languages, as one choice."""
    listed = [
        fields["words"]
        for lang in LANGUAGES
        for name, fields in table(lang, "plain").items()
        if name in names
    ]
    return parse_pattern("|".join(listed))[0][0]
