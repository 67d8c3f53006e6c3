"""Tells what a numeral is when it is no count: an age, a date, a floor, a queue."""

import re
from collections.abc import Sequence
from typing import Any

from vidomo.claims.document import Document, Token
from vidomo.claims.numerals import NumberWords, Numeral, number_words
from vidomo.claims.phrases import Phrase
from vidomo.claims.temporal import elements_of

_LINK = re.compile(r"(?:https?://|www\.|t\.me/)\S+|[@#][^\W]+")
_PHONE = re.compile(
    r"\+?380[ \-(]{0,2}[0-9]{2}[ \-)]{0,2}[0-9]{3}[ \-]?[0-9]{2}[ \-]?[0-9]{2}"
    r"|\(?\b0[0-9]{2}\)?[ \-]?[0-9]{3}[ \-]?[0-9]{2}[ \-]?[0-9]{2}"
    r"|\b[0-9]{4}(?: [0-9]{4}){2,}\b"
    r"|\b0[ \-]?800[ \-]?[0-9]{3}[ \-]?[0-9]{3}"
)
# Ukrainian emergency numbers (fire, police, ambulance, gas, the common one).
_EMERGENCY = frozenset({101.0, 102.0, 103.0, 104.0, 112.0})
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_FIRST_YEAR_OF_RANGE = 1500
_OLDEST = 115
# Sub-queues of Ukrainian outage timetables are written 1.1 to 6.2.
_QUEUE = re.compile(r"[1-9]\.[1-4]")
_STREET_REACH = 5
_BRACKET_REACH = 8
# Roles that a neighbour in "45 and 61 years" shares.
_SHARED = frozenset({"age", "queue", "phone", "floor", "address", "ordinal", "measure"})
# A noun that follows ("house 5 people") says that the number before it counts after all.
_SHARED_ON = frozenset({"queue", "phone", "address"})
_JOINING_MARKS = frozenset({",", "-", "\u2013", "/"})
_LAST_DAY = 31
_SIGNS = frozenset({"\u2116", "#"})
_MOST_SHORT = 4
_WEAK = frozenset({"address", "ordinal", "queue"})
_OF_TIME = {"clock": "time", "date": "date", "year": "year", "ago": "measure", "month": "year"}


def fixed_roles(doc: Document) -> dict[int, str]:
    """Return the role of each token that lies in a time, a link or a telephone number.

    A token of a link has the role ``link``: it is no number of the text at all.
    """
    roles: dict[int, str] = {}
    for element in elements_of(doc):
        role = _OF_TIME.get(element.kind, "date")
        roles |= dict.fromkeys(range(element.first, element.last), role)
    spans = [(match.start(), match.end(), "phone") for match in _PHONE.finditer(doc.text)]
    spans += [(match.start(), match.end(), "link") for match in _LINK.finditer(doc.text)]
    if spans:
        spans.sort()
        at = 0
        for index, token in enumerate(doc.tokens):
            while at < len(spans) and spans[at][1] <= token.start:
                at += 1
            if at < len(spans) and spans[at][0] <= token.start:
                roles[index] = spans[at][2]
    return roles


def role_of(doc: Document, numeral: Numeral, *, first: int, last: int, has_unit: bool) -> str:
    """Return ``count`` or what a numeral is instead.

    Args:
        doc: The text made ready.
        numeral: The numeral.
        first: Index of the first token of its sentence.
        last: Index after the last token of its sentence.
        has_unit: Whether a noun that the table of units knows follows.
    """
    words, tokens = number_words(), doc.tokens
    if numeral.role:
        return numeral.role
    if numeral.suffix:
        return _role_of_suffix(words, tokens, numeral, last)
    before = words.roles_before.before(tokens, numeral.first, first)
    after = words.roles_after.at(tokens, numeral.last, last) if numeral.last < last else None
    if after is not None:
        return _role_after(after, words, tokens, numeral, first)
    sign = tokens[numeral.first - 1] if numeral.first > first else None
    if sign is not None and sign.text in _SIGNS:
        return "ordinal"
    if numeral.is_share:
        is_half_of_time = sign is not None and words.is_small("half_before", sign.key)
        return "measure" if is_half_of_time and numeral.is_word else "count"
    if before is not None and not (has_unit and before.entry["role"] in _WEAK):
        return str(before.entry["role"])
    if numeral.is_word or has_unit:
        # "The 2024 victims": the figure of a count has no article.
        has_article = sign is not None and words.is_small("articles", sign.key)
        is_year = has_article and _is_bare_year(tokens, numeral)
        return "year" if is_year else "count" if numeral.is_whole else "measure"
    return _role_of_figures(doc, numeral, first, last)


def share_roles(doc: Document, found: Sequence[tuple[Numeral, str, bool]]) -> list[str]:
    """Return the roles after those of neighbours: both of "45 and 61 years" are ages.

    Args:
        doc: The text made ready.
        found: Numerals in order, each with its role and whether the noun after it is known.
    """
    tokens = doc.tokens
    roles = [role for _, role, _ in found]
    for at in range(len(found) - 2, -1, -1):
        numeral, _, has_unit = found[at]
        following, role = found[at + 1][0], roles[at + 1]
        if roles[at] != "count" or has_unit or following.suffix:
            continue
        gap = _gap(tokens, numeral, following)
        if (role in _SHARED and gap and not (role == "measure" and gap == ",")) or (
            role == "date" and gap and _is_day_too(tokens, numeral, following)
        ):
            roles[at] = role
    for at in range(1, len(found)):
        numeral, _, has_unit = found[at]
        role = roles[at - 1]
        gap = _gap(tokens, found[at - 1][0], numeral)
        shares = role in _SHARED_ON or (role == "age" and gap not in _JOINING_MARKS)
        if roles[at] == "count" and not has_unit and gap and shares:
            roles[at] = role
    return roles


def _gap(tokens: Sequence[Token], before: Numeral, after: Numeral) -> str:
    """Return the one small word or mark that joins two numerals, else nothing."""
    if after.first != before.last + 1:
        return ""
    key = tokens[before.last].key
    return key if key in number_words().small["joins"] or key in _JOINING_MARKS else ""


def _is_day_too(tokens: Sequence[Token], numeral: Numeral, following: Numeral) -> bool:
    """Whether "1" in "1, 2 and 3 December" is a day, and not people who came to harm."""
    near = tokens[max(0, numeral.first - 2) : numeral.first]
    is_harm = any(number_words().is_small("harm", token.key) for token in near)
    low, high = numeral.low or 0, following.low or 0
    return not is_harm and 0 < low < high <= _LAST_DAY


def _role_of_suffix(
    words: NumberWords, tokens: Sequence[Token], numeral: Numeral, last: int
) -> str:
    suffix = numeral.suffix
    phrase = words.roles_suffix.of_word(suffix, tokens, numeral.first, numeral.last)
    if phrase is None and "-" in suffix:
        tail = suffix.partition("-")[2]
        phrase = words.roles_suffix.of_word(tail, tokens, numeral.first, numeral.last)
    role = str(phrase.entry["role"]) if phrase else ""
    if suffix in words.small["count_suffix"]:
        after = words.roles_after.at(tokens, numeral.last, last) if numeral.last < last else None
        if after is not None:
            return str(after.entry["role"])
        if _FIRST_YEAR <= (numeral.low or 0) <= _LAST_YEAR:
            return "year"
        # "In the 15th district": only two, three and four have these endings as counts.
        is_ordinal = suffix in words.small["ordinal_suffix"] and (numeral.low or 0) > _MOST_SHORT
        return "ordinal" if is_ordinal else "count"
    if role == "ordinal" and numeral.last < last:
        after = words.roles_after.at(tokens, numeral.last, last)
        return str(after.entry["role"]) if after and after.entry["role"] != "measure" else role
    if role:
        return role
    unit = words.roles_after.of_word(suffix, tokens, numeral.first, numeral.last)
    return str(unit.entry["role"]) if unit else "measure"


def _role_after(
    after: Phrase, words: NumberWords, tokens: Sequence[Token], numeral: Numeral, first: int
) -> str:
    role = str(after.entry["role"])
    if role != "age":
        return role
    before = tokens[numeral.first - 1].key if numeral.first > first else ""
    is_span = before in words.small["age_not"]
    if (numeral.low or 0) > _OLDEST:
        return "measure" if (numeral.low or 0) < _FIRST_YEAR_OF_RANGE else "year"
    return "measure" if is_span else "age"


def _role_of_figures(doc: Document, numeral: Numeral, first: int, last: int) -> str:
    tokens = doc.tokens
    text = tokens[numeral.first].text
    before = tokens[numeral.first - 1].text if numeral.first > first else ""
    after = tokens[numeral.last].text if numeral.last < last else ""
    checks: tuple[tuple[str, Any], ...] = (
        ("queue", _QUEUE.fullmatch(text) and _says_queue(doc)),
        ("time", numeral.is_decimal and text[0] == "0"),
        ("measure", not numeral.is_whole),
        ("phone", text[0] == "0" and len(text) > 1),
        ("year", len(text) == len("2025") and _is_year(numeral)),
        ("phone", numeral.low in _EMERGENCY),
        ("ordinal", not before and after == "."),
        ("ordinal", after == ")" and not _is_bracketed(tokens, numeral.first, first)),
        ("measure", "/" in (before, after) or before in {"+", "="} or after == "\u00d7"),
        ("address", before == "," and _says_street(tokens, numeral.first - 1, first)),
        ("address", _is_of_street(tokens, numeral.last, last)),
        ("age", before == "," and after in {",", "."} and _is_after_name(tokens, numeral, first)),
        ("age", _is_aside(tokens, numeral, first, before=before, after=after)),
    )
    return next((role for role, holds in checks if holds), "count")


def _is_year(numeral: Numeral) -> bool:
    if numeral.is_scaled:
        return False
    low, high = numeral.low or 0, numeral.high or 0
    first = _FIRST_YEAR if low == high else _FIRST_YEAR_OF_RANGE
    return first <= low and high <= _LAST_YEAR


def _is_bare_year(tokens: Sequence[Token], numeral: Numeral) -> bool:
    return len(tokens[numeral.first].text) == len("2025") and _is_year(numeral)


def _is_bracketed(tokens: Sequence[Token], index: int, first: int) -> bool:
    return any(token.text == "(" for token in tokens[max(first, index - _BRACKET_REACH) : index])


def _says_queue(doc: Document) -> bool:
    roles = number_words().roles_before
    return any(
        (phrase := roles.at(doc.tokens, index, len(doc.tokens))) is not None
        and phrase.entry["role"] == "queue"
        for index, token in enumerate(doc.tokens)
        if token.kind == "word"
    )


def _says_street(tokens: Sequence[Token], index: int, first: int) -> bool:
    roles = number_words().roles_before
    for start in range(max(first, index - _STREET_REACH), index):
        phrase = roles.at(tokens, start, index)
        if phrase is not None and phrase.entry["role"] == "address":
            return True
    return False


def _is_of_street(tokens: Sequence[Token], index: int, last: int) -> bool:
    """Whether the name of a street follows a number: "at 59 Kharkivska Street"."""
    roles = number_words().roles_before
    for end in range(index + 1, min(index + _STREET_REACH, last)):
        if tokens[end - 1].kind != "word" or not tokens[end - 1].is_capital:
            return False
        phrase = roles.at(tokens, end, end + 1)
        if phrase is not None and phrase.entry["role"] == "address" and tokens[end].is_capital:
            return True
    return False


def _is_aside(
    tokens: Sequence[Token], numeral: Numeral, first: int, *, before: str, after: str
) -> bool:
    """Whether a number only says how old somebody is: "the farmer, 44, was ...", "a man (62)"."""
    word = numeral.first - 2
    if word < first or not 0 < (numeral.low or 0) <= _OLDEST or tokens[word].kind != "word":
        return False
    if before == "," and after == ",":
        return True
    two = numeral.last + 2  # "rescuers, 48 and 24, were ..."
    if before == "," and two < len(tokens) and after in number_words().small["joins"]:
        return tokens[numeral.last + 1].kind == "number" and tokens[two].text == ","
    is_person = number_words().is_small("persons_before", tokens[word].key)
    return is_person and before.lower() in {"(", "of"}


def _is_after_name(tokens: Sequence[Token], numeral: Numeral, first: int) -> bool:
    name = numeral.first - 2
    is_age = 0 < (numeral.low or 0) <= _OLDEST
    return is_age and name > first and tokens[name].is_capital and tokens[name - 1].is_capital
