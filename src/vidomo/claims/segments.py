"""Cuts a text into tokens, sentences and clauses."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import msgspec

from vidomo.claims.answers import Answers
from vidomo.claims.document import Segment, Token
from vidomo.claims.of_them import tells_of_some
from vidomo.claims.tables import LANGUAGES, table

_LETTER = r"[^\W\d_]"
_EMOJI = (
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff\u25a0-\u25ff\u2190-\u21ff"
    "\u203c\u2049\u2139\u2022]|[0-9#*]\u20e3"
)
_TOKEN = re.compile(
    rf"(?P<emoji>{_EMOJI})"
    rf"|(?P<word>{_LETTER}[^\W_]*(?:['\-][^\W_]+)*|[0-9]+(?:-{_LETTER}|{_LETTER})[^\W_]*(?:['\-][^\W_]+)*)"
    r"|(?P<number>[0-9]{1,2}:[0-9]{2}(?![0-9])"
    r"|[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{4}|[0-9]{2})(?![0-9])"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])"
    r"|[0-9]{1,3}(?: [0-9]{3})+(?![0-9])"
    r"|[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])"
    r"|[0-9]+(?:[.,][0-9]+)?)"
    r"|(?P<mark>\S)"
)
_ENDS = frozenset(".!?\u2026")
_CLOSING = frozenset(")\u00bb\"']")
_MAY_END = _ENDS | _CLOSING
_OPENING = frozenset("(\u00ab\"'[")
# Marks that belong to the words before them, wherever the line ends.
_CLOSES = frozenset(",.;:!?)\u2026\u00bb")
_BULLET_MARKS = frozenset("-\u2013*\u25aa\u00b7")
_DASH = "\u2013"
# Words remembered with their keys; a text of random letters must not fill the memory.
_WORDS_KEPT, _LONGEST_KEPT = 20_000, 40
# A dash between two words or numbers of a few letters joins; only a side with at least this
# many words can hold a predicate of its own. Our own choice, from the labelled posts.
_PREDICATE_WORDS = 2


class Conjunction(msgspec.Struct, frozen=True):
    """Words that begin a clause of their own.

    Attributes:
        keys: The words, as token keys.
        after_comma: Whether a comma must stand before them.
        unless_next: Words after them that take the meaning away.
    """

    keys: tuple[str, ...]
    after_comma: bool = False
    unless_next: frozenset[str] = frozenset()


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the words, numbers, marks and emoji of a normalised text, in order."""
    found = []
    keys = _KEYS
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        word = match[0]
        start, end = match.span()
        if kind == "word":
            found.append(Token(word, keys[word], start, end, kind, word[0].isupper()))
        else:
            found.append(Token(word, word, start, end, kind))
    return tuple(found)


def sentences_of(text: str, tokens: Sequence[Token]) -> tuple[Segment, ...]:
    """Return the sentences; a line end or a bullet always begins a new one."""
    found: list[Segment] = []
    paragraph, first = 0, 0
    for index, begins_paragraph in _starts(text, tokens):
        if index > first:
            found.append(_segment(tokens, first, index, len(found), paragraph))
        paragraph += begins_paragraph and index > 0
        first = index
    if tokens:
        found.append(_segment(tokens, first, len(tokens), len(found), paragraph))
    return tuple(found)


def clauses_of(tokens: Sequence[Token], sentences: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return the clauses; each lies in one sentence, and together they cover it."""
    found: list[Segment] = []
    for sentence in sentences:
        first = sentence.first
        for cut in _cuts(tokens, sentence):
            if first < cut < sentence.last:
                found.append(_segment(tokens, first, cut, sentence.sentence, sentence.paragraph))
                first = cut
        found.append(_segment(tokens, first, sentence.last, sentence.sentence, sentence.paragraph))
    return tuple(found)


def _key(word: str) -> str:
    # Russian yo is mostly written without its dots.
    return word.lower().replace("'", "").replace("\u0451", "\u0435")


class _Keys(dict[str, str]):
    """The keys of words met so far: posts repeat their words."""

    def __missing__(self, word: str) -> str:
        key = _key(word)
        if len(self) < _WORDS_KEPT and len(word) <= _LONGEST_KEPT:
            self[word] = key
        return key


_KEYS = _Keys()


def _segment(
    tokens: Sequence[Token], first: int, last: int, sentence: int, paragraph: int
) -> Segment:
    return Segment(tokens[first].start, tokens[last - 1].end, first, last, sentence, paragraph)


def _starts(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, bool]]:
    """Yield the index of each token that begins a sentence, and whether a paragraph too."""
    words = _words()
    for index, token in enumerate(tokens):
        if index == 0:
            yield 0, True
            continue
        before = tokens[index - 1]
        between = text[before.end : token.start]
        if "\n" in between and _goes_on(between, before, token, words):
            continue
        if "\n" in between or (token.kind != "word" and _is_bullet(tokens, index, words)):
            yield index, True
        elif before.text in _MAY_END and _ends_sentence(text, tokens, index, words):
            yield index, False


def _goes_on(between: str, before: Token, token: Token, words: "_Words") -> bool:
    """Whether a line end only stands where bold words or a link began or ended.

    A mark that closes never begins a line. Else a blank beside the one line end gives it away,
    and that the line breaks off in the middle: after a small word or a comma, or before a word
    that begins small.
    """
    if between.count("\n") > 1:
        return False
    if token.text in _CLOSES:
        return before.kind != "emoji"
    if between == "\n" or token.kind not in {"word", "number"}:
        return False
    if before.text == "," or before.key in words.goes_on:
        return True
    return token.kind == "word" and token.text[0].islower() and before.kind in {"word", "number"}


def _is_bullet(tokens: Sequence[Token], index: int, words: "_Words") -> bool:
    token, before = tokens[index], tokens[index - 1]
    if token.text[0] not in words.bullets and "\u20e3" not in token.text:
        return False
    # "The administration: 🔴 alert in the oblast" is one sentence of its speaker, not a list.
    if before.text == ":" and sum(other.text == token.text for other in tokens) == 1:
        return False
    following = index + 1
    while following < len(tokens) and tokens[following].kind == "emoji":
        if following - index > len("emoji"):
            return False
        following += 1
    if before.kind == "emoji" or following >= len(tokens):
        return False
    following_token = tokens[following]
    return following_token.is_capital or following_token.kind == "number"


def _ends_sentence(text: str, tokens: Sequence[Token], index: int, words: "_Words") -> bool:
    token, last = tokens[index], index - 1
    if tokens[last].end == token.start:
        return False
    while last > 0 and index - last <= len(_CLOSING) and tokens[last].text in _CLOSING:
        last -= 1
    if tokens[last].text not in _ENDS:
        return False
    if tokens[last].text == ".":
        return _full_stop_ends(text, tokens, last, token, words)
    return not (token.kind == "word" and token.text[0].islower())


def _full_stop_ends(
    text: str, tokens: Sequence[Token], stop: int, following: Token, words: "_Words"
) -> bool:
    if following.kind == "word" and not following.is_capital and following.text[0].isalpha():
        return False
    if stop == 0 or tokens[stop - 1].end != tokens[stop].start:
        return True
    word = tokens[stop - 1]
    key = word.key
    if word.kind == "number" and (stop == 1 or "\n" in text[tokens[stop - 2].end : word.start]):
        return False  # the number of an item of a list
    # Dotted abbreviations come as several tokens: read "n.p" and "p.m" back from the text.
    if (
        stop >= len("n.p")
        and tokens[stop - 2].text == "."
        and tokens[stop - 3].end == word.start - 1
    ):
        dotted = _key(text[tokens[stop - 3].start : word.end])
        if dotted in words.unit_abbreviations:
            return following.is_capital
        is_initials = len(word.text) == len(tokens[stop - 3].text) == 1 and word.is_capital
        if dotted in words.abbreviations or is_initials:
            return False
    if key in words.unit_abbreviations:
        return following.is_capital or following.kind == "emoji"
    after_number = stop > 1 and tokens[stop - 2].kind == "number"
    if key in words.abbreviations and len(word.text) == len(key):
        return after_number and following.is_capital and len(key) == 1
    # An initial: one capital letter, then the surname.
    return not (len(word.text) == 1 and word.is_capital and following.is_capital)


def _cuts(tokens: Sequence[Token], sentence: Segment) -> Iterator[int]:
    """Yield the indexes of tokens that begin a clause inside a sentence."""
    words = _words()
    predicates = [
        token.kind == "word" and words.predicates[token.key]
        for token in tokens[sentence.first : sentence.last]
    ]
    total, seen = sum(predicates), 0
    commas = _Commas(tokens, sentence, predicates, words)
    for index in range(sentence.first, sentence.last):
        token = tokens[index]
        if token.kind == "word":
            for conjunction in (
                words.conjunctions.get(token.key, ()) if index > sentence.first else ()
            ):
                if _begins_clause(tokens, index, sentence, conjunction):
                    commas.begin_clause()
                    yield index
                    break
            else:
                if tells_of_some(tokens, index, sentence, words.predicates):
                    commas.begin_clause()
                    yield index
        elif commas.cuts_at(index) or token.text == ";":
            yield index + 1
        elif token.text == _DASH and index > sentence.first:
            left = index - sentence.first
            right = sentence.last - index - 1
            after_comma = tokens[index - 1].text == ","
            enough = left > _PREDICATE_WORDS and right >= _PREDICATE_WORDS
            if enough and (after_comma or 0 < seen < total):
                commas.begin_clause()
                yield index + 1
        seen += predicates[index - sentence.first]


def _begins_clause(
    tokens: Sequence[Token], index: int, sentence: Segment, conjunction: Conjunction
) -> bool:
    end = index + len(conjunction.keys)
    if end >= sentence.last:
        return False
    if tuple(token.key for token in tokens[index:end]) != conjunction.keys:
        return False
    if conjunction.after_comma and tokens[index - 1].text not in {",", _DASH}:
        return False
    return tokens[end].key not in conjunction.unless_next


class _Commas:
    """Decides at which commas of a sentence a clause ends.

    Only where both sides have a predicate of their own, neither hangs on the other, and
    neither tells who says so: "No casualties, two houses damaged", never "Two people, he said".
    """

    def __init__(
        self,
        tokens: Sequence[Token],
        sentence: Segment,
        predicates: Sequence[bool],
        words: "_Words",
    ) -> None:
        self._tokens = tokens
        self._words = words
        self._first = sentence.first
        self._predicates = predicates
        marks = [i for i in range(sentence.first, sentence.last) if tokens[i].text in ",;"]
        self._until = dict(pairwise([*marks, sentence.last]))
        self._read_to = sentence.first
        self._has_predicate, self._hangs = False, False

    def cuts_at(self, index: int) -> bool:
        """Whether the comma at a token ends a clause; to be asked from left to right."""
        until = self._until.get(index)
        if until is None:
            return False
        has_predicate, hangs = self._look(self._read_to, index)
        self._has_predicate |= has_predicate
        self._hangs |= hangs
        self._read_to = index + 1
        if self._tokens[index].text == ";":
            self.begin_clause()
            return False
        if not self._has_predicate or self._hangs or index + 1 >= until:
            return False
        has_predicate, hangs = self._look(index + 1, until)
        begins = self._tokens[index + 1].key not in self._words.continuations
        if not (begins and has_predicate) or hangs:
            return False
        self.begin_clause()
        return True

    def begin_clause(self) -> None:
        """Forget what was seen: another mark or word has ended the clause."""
        self._has_predicate, self._hangs = False, False

    def _look(self, first: int, last: int) -> tuple[bool, bool]:
        """Return whether a stretch has a predicate, and whether it hangs on something."""
        keys = (token.key for token in self._tokens[first:last])
        hangs = any(map(self._words.hanging.__getitem__, keys))
        return any(self._predicates[first - self._first : last - self._first]), hangs


class _Words(msgspec.Struct, frozen=True):
    bullets: frozenset[str]
    abbreviations: frozenset[str]
    unit_abbreviations: frozenset[str]
    conjunctions: dict[str, tuple[Conjunction, ...]]
    predicates: Answers
    hanging: Answers
    continuations: frozenset[str]
    goes_on: frozenset[str]


@cache
def _words() -> _Words:
    tables = [table(lang, "segments") for lang in LANGUAGES]
    # Ukrainian and Russian share conjunctions: what takes the meaning away in one does so always.
    merged: dict[tuple[str, ...], Conjunction] = {}
    for entry in (entry for one in tables for entry in one["conjunction"]):
        found = _conjunction(entry)
        known = merged.get(found.keys, found)
        merged[found.keys] = Conjunction(
            found.keys,
            known.after_comma or found.after_comma,
            known.unless_next | found.unless_next,
        )
    conjunctions: dict[str, tuple[Conjunction, ...]] = {}
    for found in merged.values():
        conjunctions[found.keys[0]] = (*conjunctions.get(found.keys[0], ()), found)
    return _Words(
        bullets=frozenset("".join(one["bullets"] for one in tables)),
        abbreviations=frozenset(word for one in tables for word in one["abbreviations"]),
        unit_abbreviations=frozenset(word for one in tables for word in one["unit_abbreviations"]),
        conjunctions=conjunctions,
        predicates=Answers(
            exact=frozenset(word for one in tables for word in one["predicates"]["words"]),
            tails=tuple(end for one in tables for end in one["predicates"]["ends"]),
        ),
        hanging=Answers(
            exact=frozenset(word for one in tables for word in one["predicates"]["subordinators"]),
            stems=tuple(stem for one in tables for stem in one["predicates"]["sayings"]),
        ),
        continuations=frozenset(
            word for one in tables for word in one["predicates"]["continuations"]
        ),
        goes_on=frozenset(word for one in tables for word in one["lines"]["goes_on"]),
    )


def _conjunction(entry: Mapping[str, Any]) -> Conjunction:
    return Conjunction(
        keys=tuple(_key(word) for word in entry["words"].split()),
        after_comma=entry.get("after_comma", False),
        unless_next=frozenset(entry.get("unless_next", ())),
    )
