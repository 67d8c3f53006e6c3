"""Cuts a text at its marks into stretches of places and of words that say what an alarm does."""

from collections.abc import Iterator, Sequence

import msgspec

from vidomo.claims.document import Document, Token
from vidomo.claims.hits import MentionHit
from vidomo.claims.lexicon import Entry, lexicon
from vidomo.claims.model import Role

PLACE, ENDED, ON, NOT = "place", "ended", "on", "not"
EXCEPT, ALSO, EVERYWHERE = "except", "also", "everywhere"
_BREAK, _GLUE = "break", "glue"
_TOLD = frozenset({ENDED, ON})
# What stands before a stretch, the strongest mark last.
SOFT, OPEN, COLON, HARD, LINE = range(5)
_MARKS = {
    **dict.fromkeys((",", "/", "|", "+", "&", ")"), SOFT),
    "(": OPEN,
    **dict.fromkeys((":", "-", "=", "\u2013", "\u2014", "\u2192"), COLON),
    **dict.fromkeys(("!", ";", "\u2026", "\u2757", "\u203c", "\u2049"), HARD),
}
_STOP = "."
# Letters of the longest word that a full stop cuts short.
_CUT_SHORT = 4
# A question, and what stands between quotation marks, states nothing.
_SPOILS = frozenset('?"\u00ab\u00bb\u201c\u201d\u201e')
# Yellow and orange circles and squares: neither on nor over.
_BETWEEN = frozenset("\U0001f7e0\U0001f7e1\U0001f7e7\U0001f7e8")
# A sign opens a sentence of its own where it stands before a capital letter.
_SIGNS = frozenset("\U0001f534\U0001f7e2\U0001f7e5\U0001f7e9")
_HERE = frozenset({Role.AFFECTED.value, Role.NEAR.value})


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A place, or words that say what its alarm does.

    Attributes:
        says: place, ended, on, not, except, also or everywhere.
        first: Index of its first token.
        last: Index after its last token.
        rule: Entry of the table; empty for a place.
        mention: The place.
        is_sign: Whether it is a coloured sign, or a word that says little alone.
    """

    says: str
    first: int
    last: int
    rule: str = ""
    mention: MentionHit | None = None
    is_sign: bool = False


class Stretch(msgspec.Struct, kw_only=True):
    """What stands between two marks.

    Attributes:
        before: The mark before it: soft, open, colon, hard or line.
        first: Index of its first token.
        last: Index after its last token.
        items: Its places and words of alarm, in order.
        is_clean: Whether it has no other words.
        has_words: Whether it has any words or signs at all.
        has_time: Whether it has a time of day.
    """

    before: int
    first: int
    last: int
    items: list[Item]
    is_clean: bool = True
    has_words: bool = False
    has_time: bool = False


def stretches_of(doc: Document, mentions: Sequence[MentionHit]) -> list[Stretch]:
    """Return the stretches of a text that speaks of an alarm, else none; none is empty."""
    hits = _hits(doc)
    if not any(entry.fields["says"] in _TOLD for entry, _ in hits):
        return []
    items = {item.first: item for item in _items(doc, mentions, hits)}
    if not any(item.says in _TOLD for item in items.values()):
        return []
    return _Cutter(doc, mentions, items).cut()


class _Cutter:
    """Goes through the tokens of a text once."""

    def __init__(
        self, doc: Document, mentions: Sequence[MentionHit], items: dict[int, Item]
    ) -> None:
        self._doc = doc
        self._mentions = mentions
        self._items = items
        self._begins = {sentence.first for sentence in doc.sentences} | {len(doc.tokens)}
        self._found: list[Stretch] = []
        self._now = Stretch(before=LINE, first=0, last=0, items=[])

    def cut(self) -> list[Stretch]:
        """Return the stretches in order."""
        tokens, at = self._doc.tokens, 0
        while at < len(tokens):
            if at and "\n" in self._doc.text[tokens[at - 1].end : tokens[at].start]:
                self._next(at, LINE)
            elif at in self._begins and tokens[at].text not in _SIGNS:
                self._next(at, HARD)
            item = self._items.get(at)
            if item is not None:
                self._take(item)
            else:
                self._take_other(at)
            at = item.last if item is not None else at + 1
            self._now.last = at
        self._next(at, LINE)
        return self._found

    def _take(self, item: Item) -> None:
        if item.says == _BREAK:
            self._next(item.first, SOFT)
            self._now.is_clean = False
        elif item.says != _GLUE:
            self._now.items.append(item)
        self._now.has_words = True

    def _take_other(self, at: int) -> None:
        token = self._doc.tokens[at]
        if token.text == _STOP:
            if at + 1 in self._begins or not self._cuts_short(at):
                self._next(at + 1, HARD)
        elif token.kind in {"mark", "emoji"} and token.text in _MARKS:
            self._next(at + 1, _MARKS[token.text])
        elif token.kind in {"word", "number"} or token.text in _SPOILS or token.text in _BETWEEN:
            if token.kind == "word" and _ends_with_red(self._now):
                self._next(at, SOFT)
            self._now.is_clean &= _is_time(token)
            self._now.has_time |= _is_time(token)
            self._now.has_words = True

    def _next(self, first: int, mark: int) -> None:
        """Keep a stretch with words and begin the next; of two marks the stronger counts."""
        if self._now.has_words:
            self._found.append(self._now)
        else:
            mark = max(mark, self._now.before)
        self._now = Stretch(before=mark, first=first, last=first, items=[])

    def _cuts_short(self, at: int) -> bool:
        """Whether a full stop cuts a word short: "obl.", or inside a name."""
        word = self._doc.tokens[at - 1]
        is_inside = any(m.start < word.end < m.end for m in self._mentions)
        return len(word.text) <= _CUT_SHORT or is_inside


def _ends_with_red(now: Stretch) -> bool:
    """Whether a sign that the alarm is on closes a list: what follows it is another statement."""
    return (
        now.is_clean and len(now.items) > 1 and now.items[-1].is_sign and now.items[-1].says == ON
    )


def _is_time(token: Token) -> bool:
    return token.kind == "number" and ":" in token.text


def _hits(doc: Document) -> list[tuple[Entry, tuple[int, ...]]]:
    words = lexicon("alarms")
    return [hit for sentence in doc.sentences for hit in words.matches(doc, sentence)]


def _items(
    doc: Document,
    mentions: Sequence[MentionHit],
    hits: Sequence[tuple[Entry, tuple[int, ...]]],
) -> Iterator[Item]:
    taken: set[int] = set()
    starts = {token.start: at for at, token in enumerate(doc.tokens)}
    for mention in mentions:
        first = starts.get(mention.start)
        if first is None or mention.is_body or mention.role not in _HERE:
            continue
        last = first
        while last < len(doc.tokens) and doc.tokens[last].start < mention.end:
            last += 1
        taken.update(range(first, last))
        yield Item(says=PLACE, first=first, last=last, mention=mention)
    ranked = sorted(hits, key=lambda hit: (-len(hit[1]), hit[1][0], hit[0].fields["says"] == _GLUE))
    for entry, tokens in ranked:
        span = range(tokens[0], tokens[-1] + 1)
        if taken.isdisjoint(span):
            taken.update(span)
            yield Item(
                says=entry.fields["says"],
                first=span.start,
                last=span.stop,
                rule=entry.id,
                is_sign=doc.tokens[span.start].kind == "emoji" or "weak" in entry.fields,
            )
