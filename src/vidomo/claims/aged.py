"""Counts people whom a text tells apart by ages or years of birth: "men aged 32 and 49"."""

from bisect import bisect_left
from collections.abc import Mapping
from operator import attrgetter

from vidomo.claims.conjunctions import AND
from vidomo.claims.findings import Findings
from vidomo.claims.hits import NumberHit, TriggerHit
from vidomo.claims.numerals import number_words
from vidomo.claims.people import PEOPLE

_START = attrgetter("start")
_TOLD_BY, _COUNT = frozenset({"age", "year"}), "count"
_COMMA = ","
# Words and marks between a noun and the ages: "men, aged 32 and 49".
_BEFORE = 2
# Tokens from one list of ages to the noun of the next: ", and also women 43 and 45".
_BETWEEN = 6
_SEVERAL = 2


def of_listed_ages(found: Findings, start: int, end: int) -> list[TriggerHit]:
    """Return one person for each age of a list after a noun that counts nobody.

    Args:
        found: What was found in the text.
        start: Where the noun stands at the earliest.
        end: Where it stands at the latest; the ages may go on behind it.
    """
    text = found.doc.text
    ages = {
        one.start: one
        for one in found.numbers
        if one.role in _TOLD_BY and text[one.start : one.end].isdigit()
    }
    if len(ages) < _SEVERAL:
        return []
    tokens = found.doc.tokens
    at = bisect_left(tokens, start, key=_START)
    last = bisect_left(tokens, end, key=_START)
    while at < last:
        made, after = _list_at(found, at, ages)
        if len(made) >= _SEVERAL:
            return [*made, *_more(found, after, ages)]
        at += 1
    return []


def _more(found: Findings, at: int, ages: Mapping[int, NumberHit]) -> list[TriggerHit]:
    for index in range(at, min(at + _BETWEEN, len(found.doc.tokens))):
        made, after = _list_at(found, index, ages)
        if made:
            return [*made, *_more(found, after, ages)]
    return []


def _list_at(
    found: Findings, at: int, ages: Mapping[int, NumberHit]
) -> tuple[list[TriggerHit], int]:
    """Return a person for each age right after a noun, and the token behind the last."""
    tokens = found.doc.tokens
    noun = number_words().units.at(tokens, at, len(tokens))
    if noun is None or noun.entry["unit"] not in PEOPLE or _is_counted(found, tokens[at].start):
        return [], at
    made: list[TriggerHit] = []
    index = next((n for n in range(at + 1, at + 2 + _BEFORE) if _starts(found, n) in ages), -1)
    while 0 <= index < len(tokens) and (age := ages.get(tokens[index].start)) is not None:
        made.append(_someone(age, index))
        index = bisect_left(tokens, max(age.end, age.unit_end), key=_START)
        follows = index + 1
        if follows >= len(tokens) or not (tokens[index].text == _COMMA or tokens[index].key in AND):
            break
        if tokens[follows].start not in ages:
            break
        index = follows
    return made, index


def _starts(found: Findings, index: int) -> int:
    tokens = found.doc.tokens
    return tokens[index].start if index < len(tokens) else -1


def _is_counted(found: Findings, offset: int) -> bool:
    return any(
        one.role == _COUNT and one.unit_start <= offset < one.unit_end for one in found.numbers
    )


def _someone(age: NumberHit, index: int) -> TriggerHit:
    return TriggerHit(
        start=age.start,
        end=age.end,
        rule="people.aged",
        effect="person",
        scope_start=age.start,
        scope_end=age.end,
        tokens=(index,),
    )
