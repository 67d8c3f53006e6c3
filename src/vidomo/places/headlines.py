"""Leaves out what a heading says and the text below it says more exactly.

"Strike on Kharkiv oblast" above "a drone hit a house in Derhachi", "there are wounded" before
"two were wounded", "almost ninety drones" above "86 drones": one statement each, the exact one.
"""

import msgspec

from vidomo.claims.claiming import SHARE
from vidomo.claims.model import Claim, Kind, Reading, Role
from vidomo.gazetteer import Gazetteer

_FACTS = ("event.", "harm.", "impact.", "response.", "service.")
_STATED = frozenset({Kind.REPORT, Kind.ASSESSMENT, Kind.FORECAST})
_ROUND = frozenset({"about", "at_least", "at_most"})
# By how much a rounded number may miss the exact one. Our own choice.
_ROUNDED = 0.1
# Whole tens from here on are read as rounded beside a figure near them.
_MANY = 20
_HARM, _LINES = "harm.", "service."
_KILLED, _PEOPLE = "harm.killed", frozenset({"persons", "children"})
_THERE = frozenset({Role.AFFECTED, Role.NEAR})
_OURS = "UA"
_COUNTED = frozenset({"oblasts", "districts", "hromadas", "settlements"})
_UNITS = frozenset({"", "persons", "children"})
# Those who are without supply, as a heading and a text call them.
_CUSTOMERS = frozenset({"persons", "customers", "households"})


def without_headlines(reading: Reading, gazetteer: Gazetteer) -> tuple[Claim, ...]:
    """Return the claims of a reading without those of its heading that the text tells again.

    Of a count in the heading that the text tells without one, the count stays, with the places
    of the text.
    """
    kept = {claim.id: claim for claim in reading.claims}
    for head in reading.claims:
        end = next((end for end in reading.leads if head.start < end), None)
        below = () if end is None else [one for one in reading.claims if one.start >= end]
        stays = head.topic.startswith("event.") and any(
            _areas(one) == _areas(head) for one in below if one.start >= reading.leads[-1]
        )
        again = [
            one
            for one in below
            if _is_of_one(head, one, gazetteer)
            and (not stays or _areas(one) == _areas(head) or _names_more(head, one))
        ]
        dead = [one for one in reading.claims if one.topic == _KILLED and one.start < (end or 0)]
        if any(_is_no_more(head, one) for one in again) or (
            dead == [head] and any(_is_one_child(head, one) for one in again)
        ):
            kept.pop(head.id, None)
        elif head.topic.startswith(_HARM) and len(again) == 1 and again[0].number is None:
            kept.pop(again[0].id, None)
            kept[head.id] = msgspec.structs.replace(head, places=again[0].places)
    return tuple(kept.values())


def _areas(claim: Claim) -> set[tuple[Role, str | None]]:
    """Return what a claim is about: where the text stays with it, both are told of."""
    return {(place.role, place.code) for place in claim.places}


def _is_of_one(head: Claim, body: Claim, gazetteer: Gazetteer) -> bool:
    """Whether two statements may be one, whatever they count."""
    return (
        head.topic.startswith(_FACTS)
        and (head.topic, head.kind, head.polarity) == (body.topic, body.kind, body.polarity)
        and (head.kind in _STATED or (head.kind is Kind.BACKGROUND and head.number is not None))
        and head.unknown == body.unknown
        and SHARE not in (*head.rules, *body.rules)
        and not _are_of_two_times(head, body)
        and (
            _is_no_narrower(head, body, gazetteer)
            or _names_them(head, body)
            or _names_more(head, body)
        )
    )


def _are_of_two_times(head: Claim, body: Claim) -> bool:
    one, two = head.time, body.time
    if not (one.surface and two.surface and one.earliest and one.latest):
        return False
    if one.surface.casefold() in two.surface.casefold():
        return False
    return not (two.earliest and two.latest) or (
        one.latest <= two.earliest or two.latest <= one.earliest
    )


def _is_no_more(head: Claim, body: Claim) -> bool:
    """Whether the number of a heading says nothing that the one of the text does not say."""
    one, two = head.number, body.number
    if one is None or one == two or _names_them(head, body):
        return True
    if two is None or one.min is None or two.min is None:
        return False
    if one.min == two.min and {one.unit, two.unit} <= _CUSTOMERS:
        return True
    if one.unit != two.unit and not {one.unit, two.unit} <= _UNITS:
        return False
    if one.min == two.min and one.unit == two.unit:
        return True
    is_round = one.mode in _ROUND or (one.min >= _MANY and one.min % 10 == 0)
    return is_round and abs(one.min - two.min) <= _ROUNDED * max(one.min, two.min)


def _is_one_child(head: Claim, body: Claim) -> bool:
    """Whether the only one who died is a child in one of two: "a teenager", "the boy, 16"."""
    units = {claim.number.unit for claim in (head, body) if claim.number and claim.number.min == 1}
    return head.topic == _KILLED and units == _PEOPLE


def _names_them(head: Claim, body: Claim) -> bool:
    """Whether the text names as many places as the heading counts: "five oblasts dark"."""
    count = head.number
    return (
        count is not None
        and count.unit in _COUNTED
        and body.number is None
        and count.min == len({place.code for place in body.places})
    )


def _names_more(head: Claim, body: Claim) -> bool:
    """Whether the text names the places of the heading, and others beside them."""
    if head.topic.startswith(_LINES):
        return False  # a heading speaks of all lines, and each line has its own ends
    wide = _areas(head)
    near = {(role, code) for role, code in _areas(body) if role is not Role.ORIGIN}
    return bool(wide) and all(code for _, code in wide) and wide < near


def _is_no_narrower(head: Claim, body: Claim, gazetteer: Gazetteer) -> bool:
    """Whether every place of the text lies in one of the heading, a country aside."""
    if head.places and _areas(head) == _areas(body) and all(one.code for one in head.places):
        return True
    wide = [place for place in head.places if place.role in _THERE]
    near = [place for place in body.places if place.role is Role.AFFECTED]
    if len(wide) != len(head.places) or not near:
        return False
    if head.topic.startswith(_LINES) and len(near) != len(body.places):
        return False  # one line of those that the heading speaks of
    is_counted = head.number is not None
    return all(
        any(_lies_in(one.code, other.code, gazetteer, country=is_counted) for other in wide)
        for one in near
    )


def _lies_in(code: str | None, wider: str | None, gazetteer: Gazetteer, *, country: bool) -> bool:
    if code is None or wider is None:
        return False
    if code == wider:
        return True
    is_ours = code.startswith(_OURS) and wider.startswith(_OURS)
    return is_ours and (country or wider != _OURS) and gazetteer.within(code, wider)
