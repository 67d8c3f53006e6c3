"""Figures of a text, and what they count where their noun was named before."""

from collections.abc import Sequence

import msgspec

from vidomo.claims.document import Document, Segment, Token
from vidomo.claims.numerals import Numeral, number_words, numeral_at

DASHES = frozenset({"-", "\u2013"})
_FLYING = frozenset({"uavs", "missiles", "bombs"})
PEOPLE = frozenset({"persons", "children"})
# The unit of a count that only says out of how many: no statement counts in it.
WHOLE = "wholes"
# A noun may stand so many words after its number ("14,200 household and other consumers").
REACH = 3
# Things that are damaged; words from their count to what was done to them.
_THINGS = frozenset({"houses", "homes", "buildings", "apartments", "vehicles", "facilities"})
_DONE = 4
# "15 <<Shaheds>>": a name in quotation marks is counted like any noun.
_OPENING = frozenset('\u00ab"\u201c\u201e')
# Round figures that a word stands for in the case that "about" asks for.
_ROUND = (("one_hundred", 100.0), ("one_thousand", 1000.0))
_ARTICLE = "a"
_COMMA = ","


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A numeral with the words that bound it and the noun that it counts.

    Attributes:
        numeral: The numeral, both ends of a range together.
        first: Index of the first token, bounding words included.
        last: Index after the last token.
        mode: As ``NumberHit.mode``.
        unit: Unit of the noun, empty when the table knows none.
        noun: Indexes of the noun, first and after the last; None when there is none.
        sentence: The sentence.
    """

    numeral: Numeral
    first: int
    last: int
    mode: str
    unit: str
    noun: tuple[int, int] | None
    sentence: Segment

    @property
    def counts_what_follows(self) -> bool:
        """Whether the noun that it counts stands after it."""
        return self.noun is not None and self.noun[0] >= self.numeral.last


def of_them(doc: Document, figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures, those without a noun with the unit of what was counted beside them.

    "15 of them", "71 downed", "another 20 will wait" and "there are 8 of them" count what was
    counted before; "two brick and three wooden houses" are five houses.
    "Three of them children": what follows says better what is counted.
    """
    found, unit = list[Figure](), ""
    for number, figure in enumerate(figures):
        unit = figure.unit or unit
        told = ""
        if not figure.unit:
            following = figures[number + 1] if number + 1 < len(figures) else None
            told = (
                (number and _unit_of_whole(doc, found, figure))
                or _unit_shared(doc, figure, following)
                or (number and _unit_left_out(doc, found[-1], figure))
                or (number and _unit_spoiled(doc, found[-1], figure))
                or _unit_of_them(doc, figure, unit)
            )
        found.append(msgspec.structs.replace(figure, unit=told) if told else figure)
    return found


def _unit_of_whole(doc: Document, found: list[Figure], figure: Figure) -> str:
    """Return the unit of "of 1,400 houses 1,100 have heat", whose whole then counts nothing."""
    whole = found[-1]
    if not whole.counts_what_follows or whole.noun is None or whole.unit in PEOPLE:
        return ""
    is_whole = whole.first > whole.sentence.first and (
        doc.tokens[whole.first - 1].key in number_words().small["of"]
    )
    if not is_whole or whole.sentence != figure.sentence:
        return ""
    if figure.first - whole.noun[1] > REACH or whole.first - whole.sentence.first > REACH:
        return ""
    unit = whole.unit
    found[-1] = msgspec.structs.replace(whole, unit=WHOLE)
    return unit


def _unit_shared(doc: Document, figure: Figure, following: Figure | None) -> str:
    """Return the unit of the noun that two counts share: "two brick and three wooden houses"."""
    if following is None or not following.counts_what_follows:
        return ""
    between = doc.tokens[figure.last : following.first]
    if len(between) != len(("brick", "and")) or between[0].kind != "word":
        return ""
    small = number_words().small
    if between[0].key in small["stop"] or not between[0].key.endswith(tuple(small["adjective"])):
        return ""
    is_joined = between[1].text == _COMMA or between[1].key in small["joins"]
    return following.unit if is_joined else ""


def _unit_left_out(doc: Document, before: Figure, figure: Figure) -> str:
    """Return the unit of the noun that the last of two counts leaves out: "15 trains and 7 local"."""
    tokens, small = doc.tokens, number_words().small
    if not before.counts_what_follows or before.noun is None or before.unit in PEOPLE:
        return ""
    joint = figure.first - 1
    is_joined = joint >= before.noun[1] and tokens[joint].key in small["joins"]
    last = figure.last + 1
    if not is_joined or joint - before.noun[1] > REACH or last > figure.sentence.last:
        return ""
    ends = last == figure.sentence.last or tokens[last].kind == "mark"
    kind = tokens[figure.last]
    is_kind = kind.kind == "word" and kind.key.endswith(tuple(small["adjective"]))
    return before.unit if ends and is_kind and kind.key not in small["stop"] else ""


def _unit_spoiled(doc: Document, before: Figure, figure: Figure) -> str:
    """Return what is counted again with what was done to it: "six houses burned, 20 were damaged"."""
    small = number_words().small
    if before.unit not in _THINGS or before.sentence != figure.sentence:
        return ""
    said = [token.key for token in doc.tokens[figure.last : figure.sentence.last][:_DONE]]
    while said and (said[0] in small["more_after"] or said[0] in small["links"]):
        said = said[1:]
    return before.unit if said and said[0] in small["spoiled"] else ""


def _unit_of_them(doc: Document, figure: Figure, unit: str) -> str:
    words, at, end = number_words(), figure.numeral.last, figure.sentence.last
    keys = [token.key for token in doc.tokens[at : min(at + len(("of", "them")), end)]]
    if keys and keys[0] in DASHES:
        keys = keys[1:]
    before = doc.tokens[figure.first - 1].key if figure.first > figure.sentence.first else ""
    ends = not keys or (doc.tokens[at].kind == "mark" and doc.tokens[at].text not in DASHES)
    if before in words.small["one_each"] and ends:
        return "pieces"  # "guided bombs on A and B, two each"
    is_same = before in words.small["them_before"] or _is_more(doc, figure)
    if figure.first - 2 >= figure.sentence.first and before in words.small["them"]:
        is_same = is_same or doc.tokens[figure.first - 2].key in words.small["of"]
    if unit not in PEOPLE and is_same:
        return unit
    if keys and keys[0] in words.small["downed"]:
        return unit if unit in _FLYING else ""
    if len(keys) < len(("of", "them")) or keys[0] not in words.small["of"]:
        return ""
    if keys[1] not in words.small["them"]:
        return ""
    named, _ = noun_after(doc.tokens, at + len(keys), end)
    return named or ("" if unit in PEOPLE else unit)


def noun_after(tokens: Sequence[Token], last: int, end: int) -> tuple[str, tuple[int, int] | None]:
    """Return the unit of the noun that follows a number, and its tokens."""
    words = number_words()
    for index in range(last, min(end, last + REACH + 1)):
        token = tokens[index]
        if token.text in _OPENING:
            continue  # "three «mopeds»", "six mobile «points»"
        if index == last and token.key in words.small["more_after"]:
            continue  # "four more houses"
        if token.kind != "word" or token.key in words.small["stop"]:
            break
        phrase = words.units.at(tokens, index, end)
        if phrase is not None:
            return phrase.entry["unit"], (index, index + len(phrase.words))
        if numeral_at(tokens, index, end) is not None:
            break
        if index > last and words.roles_after.at(tokens, index, end) is not None:
            break
    return "", None


def _is_more(doc: Document, figure: Figure) -> bool:
    """Whether a figure only says how many more: "another 20 will wait until Monday"."""
    small = number_words().small
    before = doc.tokens[figure.first - 1].key if figure.first > figure.sentence.first else ""
    at = figure.last
    is_more = before in small["more"]
    if at < figure.sentence.last and doc.tokens[at].key in small["more_after"]:
        is_more, at = True, at + 1
    ends = at >= figure.sentence.last or doc.tokens[at].kind == "mark"
    return is_more and (ends or doc.tokens[at].key in small["after_more"])


def counts_times(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether a numeral says by itself how often something happened: "twice"."""
    return tokens[numeral.last - 1].key in number_words().small["times_over"]


def rounded(
    tokens: Sequence[Token], numeral: Numeral, *, mode: str, first: int, floor: int
) -> tuple[Numeral, str, int]:
    """Return a numeral that stands for a round figure: "about a hundred", "some ten houses".

    After "about" and "more than", the word for hundreds is one hundred in two languages.

    Args:
        tokens: All tokens of the text.
        numeral: The numeral.
        mode: Its mode, from the words that bound it.
        first: Where these words begin.
        floor: Index before which nothing belongs to the numeral.

    Returns:
        The numeral, its mode and where the words that bound it begin.
    """
    small = number_words().small
    key = tokens[numeral.first].key
    if numeral.last == numeral.first + 1 and numeral.low is None and first < numeral.first:
        for name, value in _ROUND:
            bound = number_words().before.before(tokens, numeral.first, floor)
            if key in small[name] and bound is not None:
                whole = msgspec.structs.replace(numeral, low=value, high=value, mode="exact")
                return msgspec.structs.replace(whole, is_scaled=True), bound.entry["mode"], first
    before = tokens[first - 1].key if first > floor else ""
    is_alone = numeral.last == numeral.first + 1 and numeral.is_word
    multiplier = number_words().multipliers.at(tokens, numeral.first, numeral.last)
    if is_alone and multiplier is not None:
        if mode == "exact" and before in small["about_ten"]:
            return numeral, "about", first - 1
        if before == _ARTICLE:
            bound = number_words().before.before(tokens, first - 1, floor)
            if bound is not None:
                return numeral, bound.entry["mode"], first - 1 - len(bound.words)
    return numeral, mode, first
