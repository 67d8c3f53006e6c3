"""Says "no" of all that a list names: "no wounded, destruction or fires", "light and water are not".

A "no" reaches to the next comma. In a list it is said of every member: of those after it as long
as each is a bare thing, and of those before it. Things of a list have a form of their own (the
genitive); what has a verb or a count beside it is a statement of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec

from vidomo.claims.document import Document, Segment, Token
from vidomo.claims.hits import TriggerHit
from vidomo.claims.old_dates import past_parts
from vidomo.claims.tables import LANGUAGES, entries

_RULE = "noes.shared"
_COMMA = ","
_TARGETS = ("event.", "impact.", "harm.", "service.", "power.", "response.evacuation")
# Words between two members beside the thing itself, after the last of them, and after a thing
# of which supplies are named.
_BESIDE, _TAIL, _OF_TAIL = 6, 6, 11
_MARKS = frozenset({"mark", "emoji"})


class _Words(msgspec.Struct, frozen=True):
    """The words of one language."""

    no: frozenset[str]
    nots: frozenset[str]
    happened: frozenset[str]
    objects: frozenset[str]
    of: frozenset[str]
    ends: tuple[str, ...]
    before: frozenset[str]
    joins: frozenset[str]
    follows: frozenset[str]
    done: frozenset[str]
    leads: frozenset[str]
    stops: frozenset[str]


class _Item(msgspec.Struct, frozen=True):
    """One member of a list: its tokens, and where the words that belong to it end."""

    first: int
    thing: int
    last: int


def with_noes(doc: Document, triggers: Sequence[TriggerHit]) -> tuple[TriggerHit, ...]:
    """Return the triggers of a text, with every "no" that its lists share."""
    found = [
        hit
        for words in _languages()
        if not words.no.isdisjoint(keys := {token.key for token in doc.tokens})
        or not words.nots.isdisjoint(keys)
        for sentence in doc.sentences
        for hit in _of_sentence(doc, sentence, words)
    ]
    if not found:
        return tuple(triggers)
    return tuple(sorted((*triggers, *found), key=lambda hit: (hit.start, hit.end, hit.rule)))


def _of_sentence(doc: Document, sentence: Segment, words: _Words) -> Iterator[TriggerHit]:
    tokens = doc.tokens
    if not any(tokens[at].key in words.objects for at in range(sentence.first, sentence.last)):
        return
    for first, last in _noes(doc, sentence, words):
        items = _list_from(doc, last, sentence.last, words)
        yield from (_said(doc, item, first, last) for item in items)
    at = sentence.first
    while at < sentence.last:
        items = _list_from(doc, at, sentence.last, words) if _may_open(doc, at, words) else []
        if not items:
            at += 1
            continue
        at = items[-1].last
        no = _no_at(doc, at, sentence.last, words)
        if no > at:
            yield from (_said(doc, item, at, no) for item in items)


def _noes(doc: Document, sentence: Segment, words: _Words) -> Iterator[tuple[int, int]]:
    """Give the "no"s of a sentence, as the tokens that they are."""
    for at in range(sentence.first, sentence.last):
        last = _no_at(doc, at, sentence.last, words)
        if last > at:
            yield at, last


def _no_at(doc: Document, at: int, end: int, words: _Words) -> int:
    """Return the token after a "no" that stands at one; that one itself where none does."""
    if at < end and doc.tokens[at].key in words.no:
        return at + 1
    if at + 1 < end and doc.tokens[at].key in words.nots:
        return at + 2 if doc.tokens[at + 1].key in words.happened else at
    return at


def _may_open(doc: Document, at: int, words: _Words) -> bool:
    """Whether a list that is denied afterwards may begin here: nothing before it governs it."""
    if not words.ends:
        return False  # a language without cases
    before = doc.tokens[at - 1] if at else None
    return before is None or before.kind in _MARKS or before.key in words.leads


def _list_from(doc: Document, at: int, end: int, words: _Words) -> list[_Item]:
    """Return the members of a list that begins at a token, none where something else is told."""
    items: list[_Item] = []
    while (item := _item(doc, at, end, words)) is not None:
        items.append(item)
        at = item.last
        joint = _joint(doc, at, end, words)
        if joint == at:
            break
        at = joint
    if not words.ends and items and not _is_closed(doc, items, words):
        return items[:1]
    return items


def _is_closed(doc: Document, items: Sequence[_Item], words: _Words) -> bool:
    """Whether a list without cases ends with a joining word: "casualties, damage or fires"."""
    return len(items) == 1 or doc.tokens[items[-1].first - 1].key in words.joins


def _item(doc: Document, at: int, end: int, words: _Words) -> _Item | None:
    first = at
    while at < min(end, first + _BESIDE) and _describes(doc.tokens[at], words):
        at += 1
        joint = _joint(doc, at, end, words)  # "planned or emergency cuts"
        if joint > at and joint < end and _describes(doc.tokens[joint], words):
            at = joint
    if at >= end or doc.tokens[at].key not in words.objects:
        return None
    last = _tail(doc, at, end, words)
    return _Item(first=first, thing=at, last=last) if last > at else None


def _describes(token: Token, words: _Words) -> bool:
    if token.key in words.objects or token.kind != "word":
        return False
    return token.key in words.before or bool(words.ends and token.key.endswith(words.ends))


def _tail(doc: Document, thing: int, end: int, words: _Words) -> int:
    """Return where the words after a thing end that belong to it; the thing where they tell more.

    "Wounded in the town", "interruptions of light, water and heat"; not "the wounded were taken".
    """
    at = thing + 1
    is_of = doc.tokens[thing].key in words.of
    reach = min(end, thing + 1 + (_OF_TAIL if is_of else _TAIL))
    while at < reach:
        token = doc.tokens[at]
        if _no_at(doc, at, end, words) > at or _opens_item(doc, at, end, words):
            return at
        if token.kind in _MARKS and not (is_of and token.text == _COMMA):
            return at
        if token.kind == "number" or token.key in words.stops or _is_verb(token, words):
            return thing
        if at == thing + 1 and not is_of and token.key not in words.follows:
            return thing
        if not words.ends and token.key in words.follows and _is_done(doc, at, end, words):
            return at
        at += 1
    return at if at == end else thing


def _is_done(doc: Document, at: int, end: int, words: _Words) -> bool:
    """Whether the list is said not to have been: "were reported", "have been recorded"."""
    return any(doc.tokens[one].key in words.done for one in range(at, min(at + 3, end)))


def _opens_item(doc: Document, at: int, end: int, words: _Words) -> bool:
    """Whether a comma or a joining word leads to the next thing of the list."""
    joint = _joint(doc, at, end, words)
    if joint == at:
        return False
    while joint < end and _describes(doc.tokens[joint], words):
        joint += 1
    return joint < end and doc.tokens[joint].key in words.objects


def _joint(doc: Document, at: int, end: int, words: _Words) -> int:
    """Return the token after what joins two members; the same one where nothing does."""
    first = at
    at += at < end and doc.tokens[at].text == _COMMA
    while at < min(end, first + 3) and doc.tokens[at].key in words.joins:
        at += 1
    return at


def _is_verb(token: Token, words: _Words) -> bool:
    if not words.ends or token.key in words.follows or token.key in words.objects:
        return False
    return token.key.endswith((*past_parts("past_ends"), *past_parts("present_ends")))


def _said(doc: Document, item: _Item, first: int, last: int) -> TriggerHit:
    return TriggerHit(
        start=doc.tokens[first].start,
        end=doc.tokens[last - 1].end,
        rule=_RULE,
        effect="negated",
        scope_start=doc.tokens[item.first].start,
        scope_end=doc.tokens[item.thing].end,
        targets=_TARGETS,
        tokens=tuple(range(first, last)),
    )


@cache
def _languages() -> tuple[_Words, ...]:
    return tuple(_words_of(row) for lang in LANGUAGES for row in entries(lang, "noes", "shared"))


def _words_of(row: Mapping[str, Any]) -> _Words:
    def words(name: str) -> frozenset[str]:
        return frozenset(row.get(name, ()))

    return _Words(
        no=words("no"),
        nots=words("not"),
        happened=words("happened"),
        objects=words("objects"),
        of=words("of"),
        ends=tuple(row["ends"]),
        before=words("before"),
        joins=words("joins"),
        follows=words("follows"),
        done=words("done"),
        leads=words("leads"),
        stops=words("stops"),
    )
