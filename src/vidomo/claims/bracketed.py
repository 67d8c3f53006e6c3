"""Gives the things of a list the places that stand in brackets after them.

"Damaged were a house (village A), two blocks and three cars (town B)": the house is in A, the
rest in B.
"""

from collections.abc import Sequence

import msgspec

from vidomo.claims.claiming import Draft
from vidomo.claims.findings import Findings
from vidomo.claims.hits import MentionHit

_OPEN, _CLOSE = "(", ")"
_LISTED = ("impact.", "harm.")
# Characters of what stands in one pair of brackets.
_WIDTH = 80
_FEWEST = 2


class _Bracket(msgspec.Struct, frozen=True):
    """A pair of brackets with places in it.

    Attributes:
        begin: Where the list that it ends begins: the end of the brackets before it.
        start: Where it opens.
        end: Where it closes.
        places: The places in it.
    """

    begin: int
    start: int
    end: int
    places: tuple[MentionHit, ...]


def in_brackets(found: Findings, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the statements, those of a list with places in brackets each with its own."""
    if _OPEN not in found.doc.text:
        return list(drafts)
    of_cue: dict[tuple[int, str], list[Draft]] = {}
    for draft in drafts:
        of_cue.setdefault((draft.cue.start, draft.cue.topic), []).append(draft)
    made: list[Draft] = []
    for told in of_cue.values():
        made.extend(_placed(found, told))
    order = {id(draft): number for number, draft in enumerate(drafts)}
    return sorted(made, key=lambda draft: order.get(id(draft), len(order)))


def _placed(found: Findings, told: list[Draft]) -> list[Draft]:
    first = told[0]
    if not first.cue.topic.startswith(_LISTED) or first.verdict.polarity.value != "affirmed":
        return told
    brackets = _brackets(found, first)
    if len(brackets) < _FEWEST:
        return told
    counted: set[int] = set()
    for draft in told:
        if draft.hit is None:
            continue
        own = next((one for one in brackets if one.start >= draft.hit.start), None)
        if own is not None and own.begin <= draft.hit.start:
            draft.places = own.places
            counted.add(own.start)
    bare = [one for one in brackets if one.start not in counted]
    uncounted = [draft for draft in told if draft.hit is None and draft.number is None]
    if not bare:
        return told
    if uncounted:
        uncounted[0].places = bare[0].places
        bare = bare[1:]
    return [*told, *(_of_bracket(first, one) for one in bare)]


def _of_bracket(draft: Draft, bracket: _Bracket) -> Draft:
    """Return what a list says without a count before brackets of its own."""
    cue = msgspec.structs.replace(draft.cue, start=bracket.begin, end=bracket.end)
    return msgspec.structs.replace(
        draft, cue=cue, number=None, hit=None, places=bracket.places, is_exact=True
    )


def _brackets(found: Findings, draft: Draft) -> list[_Bracket]:
    text, begin = found.doc.text, draft.cue.start
    made: list[_Bracket] = []
    for place in sorted(draft.places, key=lambda one: one.start):
        start, end = text.rfind(_OPEN, begin, place.start), text.find(_CLOSE, place.end)
        if start < 0 or end < 0 or end - start > _WIDTH or _CLOSE in text[start : place.start]:
            if made and made[-1].start < place.start < made[-1].end:
                last = made.pop()
                made.append(msgspec.structs.replace(last, places=(*last.places, place)))
            continue
        made.append(_Bracket(begin=begin, start=start, end=end + 1, places=(place,)))
        begin = _after(text, end + 1)
    return made


def _after(text: str, at: int) -> int:
    """Return where the next word of a list begins."""
    while at < len(text) and not text[at].isalnum():
        at += 1
    return at
