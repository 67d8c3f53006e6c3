"""Finds the numbers in a text: what they count, or what they are instead."""

from collections.abc import Sequence

import msgspec

from vidomo.claims.document import Document, Segment, Token
from vidomo.claims.figures import (
    DASHES,
    PEOPLE,
    REACH,
    WHOLE,
    Figure,
    counts_times,
    noun_after,
    of_them,
    rounded,
)
from vidomo.claims.hits import NumberHit
from vidomo.claims.number_roles import fixed_roles, role_of, share_roles
from vidomo.claims.numerals import Numeral, number_words, numeral_at, numeral_starts

# "34/44 drones": shot down, and how many there were.
_OUT_OF = "/"
_REACH_BACK = 6
_TALLY_REACH = 14
# The same, where the verb says what the number has come to.
_RISE_REACH = 16
_HARM_REACH = 2
_MOST_MODIFIERS = 3
_OWNER_REACH = 3
# Things of which one is told apart from the others: "one of the missiles fell into the sea".
_AREAS = frozenset({"oblasts", "districts", "hromadas"})
_ONE_OF = frozenset({"uavs", "missiles", "bombs"})


def find_numbers(doc: Document) -> tuple[NumberHit, ...]:
    """Return the numbers in a text, in order.

    Numbers that are no counts (years, dates, ages, floors, queues, addresses, models, money,
    telephone numbers, measures, ordinals) are there too, with their role.
    """
    fixed = fixed_roles(doc)
    figures: list[Figure] = []
    for sentence in doc.sentences:
        figures += _figures_of(doc, sentence, fixed)
    figures = of_them(doc, figures)
    roles = [_role(doc, figure, fixed) for figure in figures]
    listed = [
        (figure.numeral, role, figure.counts_what_follows)
        for figure, role in zip(figures, roles, strict=True)
    ]
    roles = share_roles(doc, listed)
    hits = [_hit(doc, figure, role) for figure, role in zip(figures, roles, strict=True)]
    return tuple(hit for hit in hits if hit.role != "link")


def _role(doc: Document, figure: Figure, fixed: dict[int, str]) -> str:
    numeral, sentence = figure.numeral, figure.sentence
    inside = fixed.get(numeral.first)
    if (
        inside is not None
        and not numeral.is_word
        and not _counts_people(doc, numeral, figure.sentence)
    ):
        return inside
    has_unit = figure.counts_what_follows
    return role_of(doc, numeral, first=sentence.first, last=sentence.last, has_unit=has_unit)


def _counts_people(doc: Document, numeral: Numeral, sentence: Segment) -> bool:
    """Whether an ending on figures and a noun say that no time is meant: "about 3-kh injured".

    "About" is also "at" in Ukrainian, but no hour ends so.
    """
    return (
        numeral.suffix in number_words().small["count_suffix"]
        and noun_after(doc.tokens, numeral.last, sentence.last)[0] in PEOPLE
    )


def _hit(doc: Document, figure: Figure, role: str) -> NumberHit:
    tokens, numeral, noun = doc.tokens, figure.numeral, figure.noun
    is_count = role == "count"
    low = None if figure.mode == "at_most" else numeral.low
    high = None if figure.mode == "at_least" else numeral.high
    shown = noun if is_count else None
    unit = "share" if numeral.is_share else figure.unit
    return NumberHit(
        start=tokens[figure.first].start,
        end=tokens[figure.last - 1].end,
        min=low,
        max=high,
        mode=figure.mode,
        role=role,
        unit=unit if is_count else "",
        unit_start=tokens[shown[0]].start if shown else -1,
        unit_end=tokens[shown[1] - 1].end if shown else -1,
    )


def _figures_of(doc: Document, sentence: Segment, fixed: dict[int, str]) -> list[Figure]:
    figures: list[Figure] = []
    after, floor = sentence.first, sentence.first
    taken: tuple[int, int] | None = None
    for index in numeral_starts(doc.tokens, sentence.first, sentence.last):
        if index < after:
            continue
        numeral = numeral_at(doc.tokens, index, sentence.last)
        if numeral is None or (fixed.get(index) and numeral.is_word):
            continue
        if fixed.get(index) and not _counts_people(doc, numeral, sentence):
            numeral = msgspec.structs.replace(numeral, last=min(numeral.last, index + 1))
            figure: Figure | None = _plain(numeral, sentence)
        else:
            figure = _figure(doc, numeral, sentence, floor)
        if figure is not None:
            figures.append(figure)
            floor = max(figure.last, figure.noun[1] if figure.noun else 0)
            if figure.noun is not None and figure.noun == taken:
                figures[-1] = msgspec.structs.replace(figure, unit=WHOLE, noun=None)
            taken = figure.noun or taken
            after = figure.last
        else:
            after = numeral.last
    return figures


def _plain(numeral: Numeral, sentence: Segment) -> Figure:
    return Figure(
        numeral=numeral,
        first=numeral.first,
        last=numeral.last,
        mode=numeral.mode,
        unit="",
        noun=None,
        sentence=sentence,
    )


def _figure(doc: Document, numeral: Numeral, sentence: Segment, floor: int) -> Figure | None:
    tokens = doc.tokens
    numeral, first = _with_range(tokens, numeral, sentence.last, floor)
    mode, first, last = _bounds(tokens, numeral, first, floor, sentence.last)
    numeral, mode, first = rounded(tokens, numeral, mode=mode, first=first, floor=floor)
    unit, noun = noun_after(tokens, last, sentence.last)
    if counts_times(tokens, numeral):
        unit, noun = "times", (numeral.first, numeral.last)
    if noun is None:
        unit, noun = _noun_of_whole(tokens, last, sentence.last)
    if _is_one_of(tokens, numeral, sentence.last):
        unit, noun = _noun_of_one_of(tokens, last, sentence.last)
    if noun is None and not numeral.suffix:
        unit, noun = _noun_before(tokens, first, floor)
    if noun is None and _is_risen(tokens, first, floor):
        unit, noun = _tallied(tokens, first, max(sentence.first, first - _RISE_REACH))
    if not _is_number(tokens, numeral, sentence, noun) or _is_both_people(tokens, numeral, unit):
        return None
    return Figure(
        numeral=numeral,
        first=first,
        last=last,
        mode=mode,
        unit=unit,
        noun=noun,
        sentence=sentence,
    )


def _with_range(
    tokens: Sequence[Token], numeral: Numeral, end: int, floor: int
) -> tuple[Numeral, int]:
    """Return the numeral widened to a range, and where its words begin."""
    words, first = number_words(), numeral.first
    if numeral.mode != "exact" or numeral.role or numeral.suffix or numeral.last + 1 >= end:
        return numeral, first
    opens = first > floor and tokens[first - 1].key in words.small["range_from"]
    link = tokens[numeral.last].key
    joins = link in DASHES or link in words.small["range_or"]
    is_open = opens or _is_range_alone(tokens, numeral, floor)
    if not joins and not (is_open and link in words.small["range_to"]):
        return numeral, first
    upper = numeral_at(tokens, numeral.last + 1, end)
    if upper is None or upper.mode != "exact" or upper.role or upper.suffix:
        return numeral, first
    low, high = numeral.low or 0.0, upper.high or 0.0
    if upper.is_share and not numeral.is_share:
        low /= 100
    elif upper.is_scaled and not numeral.is_scaled and low < high:
        scale = _scale_of(tokens, upper)
        low = low * scale if low * scale < high else low
    if low >= high:
        return numeral, first
    whole = msgspec.structs.replace(
        upper, first=first, low=low, mode="range", is_word=numeral.is_word and upper.is_word
    )
    return whole, first - opens


def _is_range_alone(tokens: Sequence[Token], numeral: Numeral, floor: int) -> bool:
    """Whether "to" joins two figures without a "from": "52 to 55 drones", never "rose 5 to 12"."""
    small = number_words()
    near = tokens[max(floor, numeral.first - 1) : numeral.first]
    return tokens[numeral.last].key in small.small["range_alone"] and not any(
        small.is_small("growth", token.key) for token in near
    )


def _scale_of(tokens: Sequence[Token], numeral: Numeral) -> float:
    phrase = number_words().multipliers.at(tokens, numeral.first + 1, numeral.last)
    return float(phrase.entry["value"]) if phrase else 1.0


def _bounds(
    tokens: Sequence[Token], numeral: Numeral, first: int, floor: int, end: int
) -> tuple[str, int, int]:
    """Return the mode, and where the words that bound the numeral begin and end."""
    words, mode, last = number_words(), numeral.mode, numeral.last
    for _ in range(_MOST_MODIFIERS):
        phrase = words.before.before(tokens, first, floor)
        if phrase is None or _is_growth(tokens, first - len(phrase.words), floor, phrase.words):
            break
        first -= len(phrase.words)
        if mode == "exact" or (mode == "about" and phrase.entry["mode"] != "about"):
            mode = phrase.entry["mode"]
    after = words.after.at(tokens, last, end) if last < end else None
    if after is not None:
        last += len(after.words)
        mode = after.entry["mode"] if mode in {"exact", "about"} else mode
    return mode, first, last


def _is_growth(tokens: Sequence[Token], index: int, floor: int, phrase: Sequence[str]) -> bool:
    """Whether "to" tells where a figure has come to ("rose to 23") and bounds nothing."""
    if len(phrase) != 1 or phrase[0] not in number_words().small["range_to"]:
        return False
    near = tokens[max(floor, index - 2) : index]
    return any(number_words().is_small("growth", token.key) for token in near)


def _noun_of_whole(
    tokens: Sequence[Token], last: int, end: int
) -> tuple[str, tuple[int, int] | None]:
    """Return the noun of "23 of 31 drones", "34/44 drones" and "two of the four houses".

    It is that of the first number; the second then counts nothing by itself and comes without.
    So it is with "16 of these drones".
    """
    small = number_words().small
    last += last + 1 < end and tokens[last].key == "out"  # "10 out of 14 drones"
    is_of = last < end and (tokens[last].key in small["of"] or tokens[last].text == _OUT_OF)
    if not is_of or last + 1 >= end:
        return "", None
    index = last + 1 + (tokens[last + 1].key == "the")
    if tokens[last + 1].key in small["these"]:
        return noun_after(tokens, index + 1, end)
    whole = numeral_at(tokens, index, end) if index < end else None
    for at in range(
        index + 1, min(index + _OWNER_REACH, end)
    ):  # "3,000 of the city's 60,000 homes"
        whole = whole or (numeral_at(tokens, at, end) if tokens[at - 1].kind == "word" else None)
    return noun_after(tokens, whole.last, end) if whole else ("", None)


def _is_one_of(tokens: Sequence[Token], numeral: Numeral, end: int) -> bool:
    """Whether a numeral begins "one of" more."""
    if not numeral.is_word or numeral.low != 1 or numeral.last + 1 >= end:
        return False
    return tokens[numeral.last].key in number_words().small["of"]


def _noun_of_one_of(
    tokens: Sequence[Token], last: int, end: int
) -> tuple[str, tuple[int, int] | None]:
    """Return the noun of "one of the drones", which is one; "one of the largest plants" is any."""
    words = number_words()
    unit, noun = noun_after(tokens, last + 1 + (tokens[last + 1].key == "the"), end)
    if noun is None or unit not in _ONE_OF:
        return "", None
    is_any = any(words.is_small("topmost", token.key) for token in tokens[last + 1 : noun[0]])
    return ("", None) if is_any else (unit, noun)


def _noun_before(
    tokens: Sequence[Token], first: int, floor: int
) -> tuple[str, tuple[int, int] | None]:
    words = number_words()
    index = first
    while index > floor and first - index <= _REACH_BACK:
        phrase = words.units.before(tokens, index, floor)
        # Side by side, a noun before its number is a count of people ("dead 2") or a name
        # ("district 2").
        if phrase is not None and phrase.entry["unit"] in _AREAS:
            break  # "Sumy oblast - 5"
        if phrase is not None and (index < first or phrase.entry["unit"] in PEOPLE):
            noun = phrase.entry["unit"], (index - len(phrase.words), index)
            if phrase.entry["unit"] in PEOPLE:
                return noun
            # "The number of injured after the strike rose to 57".
            tallied = _tallied(tokens, first, max(floor, first - _TALLY_REACH))
            return tallied if tallied[1] else noun
        key = tokens[index - 1].key
        which = key == "," and index < first and tokens[index].key == "which"
        if key not in words.small["links"] and not which:
            break
        index -= 1
    is_linked = index < first
    return _tallied(tokens, first, max(floor, first - _TALLY_REACH)) if is_linked else ("", None)


def _is_risen(tokens: Sequence[Token], first: int, floor: int) -> bool:
    """Whether a figure is what a number has come to: "rose to 23"."""
    return first > floor and _is_growth(tokens, first - 1, floor, (tokens[first - 1].key,))


def _tallied(tokens: Sequence[Token], first: int, start: int) -> tuple[str, tuple[int, int] | None]:
    """Return the noun of "the number of injured in the city rose to 23"."""
    words = number_words()
    for index in range(first - 1, start - 1, -1):
        if tokens[index].key not in words.small["tally"]:
            continue
        for noun in range(max(start, index - 1), min(first, index + REACH + 1)):
            phrase = words.units.at(tokens, noun, first)
            if phrase is not None:
                return phrase.entry["unit"], (noun, noun + len(phrase.words))
    return "", None


def _is_number(
    tokens: Sequence[Token], numeral: Numeral, sentence: Segment, noun: tuple[int, int] | None
) -> bool:
    """Whether a numeral is meant as one: "one" and "one of" mostly are not."""
    words = number_words()
    if not numeral.is_word or numeral.low != 1 or numeral.is_scaled:
        return True
    after = tokens[numeral.last].key if numeral.last < sentence.last else ""
    before = tokens[numeral.first - 1].key if numeral.first > sentence.first else ""
    if before == "no" or (after in words.small["of"] and noun is None):
        return False
    if noun is not None or _is_share_of_one(tokens, numeral, sentence):
        return True
    near = [
        *tokens[max(sentence.first, numeral.first - _HARM_REACH) : numeral.first],
        *tokens[numeral.last : min(sentence.last, numeral.last + _HARM_REACH)],
    ]
    return any(words.is_small("harm", token.key) for token in near)


def _is_both_people(tokens: Sequence[Token], numeral: Numeral, unit: str) -> bool:
    """Whether "both" counts nothing anew: people told of before, or no thing that we know."""
    is_both = tokens[numeral.first].key in number_words().small["both"]
    return is_both and (not unit or unit in PEOPLE)


def _is_share_of_one(tokens: Sequence[Token], numeral: Numeral, sentence: Segment) -> bool:
    """Whether "one" ends or continues a list of counts: "two over A, one over B"."""
    before = tokens[max(sentence.first, numeral.first - _TALLY_REACH) : numeral.first]
    after = tokens[numeral.last].key if numeral.last < sentence.last else ""
    if before and before[-1].key in number_words().small["more"]:
        before = before[:-1]  # "twelve in A, one more in B"
    if not before or before[-1].key not in {
        ",",
        ";",
        *number_words().small["joins"],
        *number_words().small["one_each"],
    }:
        return False
    is_place = after in DASHES or after in number_words().small["one_over"]
    return is_place and any(
        numeral_at(tokens, index, numeral.first) is not None
        for index in range(numeral.first - len(before), numeral.first)
    )
