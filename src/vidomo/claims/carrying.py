"""Carries on the places of a sentence to those after it that name none."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from vidomo.claims.document import Document, Segment, token_at
from vidomo.claims.findings import Findings
from vidomo.claims.hits import MentionHit, NumberHit, TimeHit
from vidomo.claims.mentions_words import words
from vidomo.claims.model import Role
from vidomo.claims.numerals import number_words
from vidomo.claims.routes import lines

#: Stands among the rules of a claim whose places an earlier sentence named.
CARRIED = "localities.carried"
#: Stands beside it where that was in an earlier paragraph.
PAST_PARAGRAPH = "localities.past_paragraph"
_ROLL = 4
# Tokens between "buses" and where they go.
_LED = 6
# The first letters of a code are those of its oblast.
_OBLAST = 4
# The role of words that say over what time a total was counted.
_OVER_TIME = frozenset({"digest"})
_WHOLE = frozenset({"UA"})
# Beginnings of the codes of where weapons are launched: Crimea, Sevastopol, Russia.
_LAUNCHES = ("UA01", "UA85", "RU")
_ABROAD = frozenset({"RU"})
_WIDEST = frozenset({"oblast", "country"})
_TOWNS = frozenset({"settlement", "town"})
_SPOTS = frozenset({"settlement", "city_district", "town"})
# What "the city" and "the oblast" stand for holds for the sentences after them.
_DEFINITE = frozenset({"town", "oblast"})


class Carried(msgspec.Struct):
    """The places that a sentence without one of its own is about.

    Attributes:
        places: Mentions of the last sentence that named any.
        staying: Of the last that named any where something is: neither on the way nor an end of it.
    """

    places: tuple[MentionHit, ...] = ()
    staying: tuple[MentionHit, ...] = ()


def carried_on(doc: Document, mentions: Sequence[MentionHit], carried: Carried) -> Carried:
    """Return what a sentence without a place of its own would be about after these."""
    named = [m for m in mentions if m.role != Role.ORIGIN and (m.candidates or m.kind in _DEFINITE)]
    if not named or is_roll(named, carried.places) or _only_names_russia(doc, named, carried):
        return carried
    staying = narrowed([m for m in _not_passed(doc, named) if m.role != Role.HEADING])
    named = _not_launched(doc, named)
    return Carried(places=narrowed(named), staying=staying or carried.staying)


def _not_launched(doc: Document, named: list[MentionHit]) -> list[MentionHit]:
    """Leave out Crimea and Russia after "from", beside a place that something flies to."""
    known = words()
    rest = [
        mention
        for mention in named
        if not (
            all(code.startswith(_LAUNCHES) for code in mention.candidates)
            and (at := token_at(doc, mention.start)) > 0
            and doc.tokens[at - 1].key in known.away
        )
    ]
    return rest or named


def _only_names_russia(doc: Document, named: Sequence[MentionHit], carried: Carried) -> bool:
    """Whether a sentence between those about a place names land of Russia, and no place in it.

    "Drones hit Izium. Moscow spoke of revenge for attacks on Russian territory. Two were hurt."
    """
    told = [m for m in carried.places if m.candidates and not set(m.candidates) <= _ABROAD]
    if not told or any(set(m.candidates) != _ABROAD for m in named):
        return False
    first, last = token_at(doc, named[0].start), token_at(doc, named[-1].end)
    if any(token.kind == "number" for token in doc.tokens[first : last + 1]):
        return (
            False  # "64 drones were downed over Russian regions, 17 over X. Nobody was hurt there"
        )
    firsts = {doc.tokens[token_at(doc, mention.start)].key for mention in named}
    vague = firsts & words().abroad.keys()
    return bool(vague) and firsts <= vague | words().speaking


def _not_passed(doc: Document, mentions: Sequence[MentionHit]) -> list[MentionHit]:
    """Leave out what is only an end of a way or on it: "from X and Y", "to X", "through X"."""
    rest: list[MentionHit] = []
    known, passed = words(), -1
    for mention in mentions:
        at = token_at(doc, mention.start)
        before = doc.tokens[at - 1].key if at else ""
        is_listed = passed == at - 2 and (before in known.join or before == ",")
        if before in known.passed or is_listed or _is_gone_to(doc, mention, at):
            passed = token_at(doc, mention.end - 1)
        else:
            rest.append(mention)
    return rest


def _is_gone_to(doc: Document, mention: MentionHit, at: int) -> bool:
    """Whether buses and trains of the sentence go to a place: "buses on Ternivka"."""
    known = words()
    last = doc.tokens[token_at(doc, mention.end - 1)]
    return (
        at > 0
        and doc.tokens[at - 1].key in known.toward
        and not last.key.endswith(known.locative_ends)
        and any(lines().leads.has(token.key) for token in doc.tokens[max(at - _LED, 0) : at])
    )


def of_all(found: Findings, number: int, places: Sequence[MentionHit], carried: Carried) -> Carried:
    """Return what a sentence of totals is about: the oblast of the places told of before.

    "In the oblast eight fires. A shed burned in Lubny. In all six were put out in a day."
    Only where it says over what time, or where more than one place stands between.

    Args:
        found: What was found in the text.
        number: Which sentence it is.
        places: The places of the text.
        carried: What the sentence would be about otherwise.
    """
    if number >= len(found.doc.sentences):
        return carried
    sentence = found.doc.sentences[number]
    carried = _elsewhere(found, sentence, places, carried)
    first = next((t for t in found.doc.tokens[sentence.first : sentence.last] if t.key), None)
    over = [hit for hit in found.times if hit.role in _OVER_TIME]
    is_total = first is not None and first.key in number_words().small["in_all"]
    if first is None or not (is_total or any(one.start == first.start for one in over)):
        return carried
    counts = [hit for hit in found.numbers if hit.role == "count"]
    if not _any_in(sentence, counts) or _any_in(sentence, places):
        return carried
    codes = {code[:_OBLAST] for place in carried.places for code in place.candidates}
    before = [m for m in places if m.start < sentence.start and m.role == Role.AFFECTED]
    wide = [
        mention
        for mention in before
        if mention.kind == "oblast"
        and not codes.isdisjoint(c[:_OBLAST] for c in mention.candidates)
    ]
    if not wide:
        return carried
    spots = {m.candidates for m in before if m.start > wide[-1].start and m.kind in _SPOTS}
    if len(spots) > 1 or (is_total and _any_in(sentence, over)):
        return Carried(places=(wide[-1],), staying=(wide[-1],))
    return carried


def _elsewhere(
    found: Findings, sentence: Segment, places: Sequence[MentionHit], carried: Carried
) -> Carried:
    """Return what a sentence of another spot of a city is about: the city, not its district.

    "Hits in Darnytskyi district. At another address a roof burned."
    """
    if not carried.places or any(m.kind != "city_district" for m in carried.places):
        return carried
    tokens = found.doc.tokens[sentence.first : sentence.last]
    if words().another.isdisjoint(pair for pair in pairwise(token.key for token in tokens)):
        return carried
    towns = [m for m in places if m.kind in _TOWNS and m.start < carried.places[0].start]
    return Carried(places=(towns[-1],), staying=(towns[-1],)) if towns else Carried()


def _any_in(sentence: Segment, hits: Iterable[MentionHit | NumberHit | TimeHit]) -> bool:
    return any(sentence.start <= hit.start < sentence.end for hit in hits)


def is_roll(mentions: Sequence[MentionHit], before: Sequence[MentionHit]) -> bool:
    """Whether a sentence calls the roll of many places: what follows is not of them all.

    "Damage in four districts: A, B, C and D. Thirteen wounded": in the city. No town told of
    before holds raions, so what follows a roll of raions is of them.
    """
    spots = {m.candidates for m in mentions if m.kind not in _WIDEST and m.role == Role.AFFECTED}
    if len(spots) < _ROLL:
        return False
    are_raions = all(m.kind == "raion" for m in mentions if m.kind not in _WIDEST)
    return not (before and are_raions and all(m.kind in _SPOTS for m in before))


def narrowed(mentions: Sequence[MentionHit]) -> tuple[MentionHit, ...]:
    """Leave out the country and "the city" where something more telling stands beside them.

    Another country that something left for tells nothing more: "76 were downed over Ukraine,
    five flew in the direction of Belarus".
    """
    mentions = _nearest_to_it(mentions)
    whole = [m for m in mentions if m.candidates and set(m.candidates) <= _WHOLE]
    named = [m for m in mentions if not set(m.candidates) <= _WHOLE]
    if whole and all(m.kind == "country" and m.role == Role.HEADING for m in named):
        named = whole
    if not named:
        named = [m for m in mentions if m.candidates] or list(mentions)
    return tuple(named)


def _nearest_to_it(mentions: Sequence[MentionHit]) -> list[MentionHit]:
    """Leave out what a place is near to: "Avanhard near Odesa" is about Avanhard.

    "In Kremenets district, near Pochaiv": a wide unit says less than what stands near.
    """
    named = [m for m in mentions if m.role == Role.AFFECTED and m.candidates and m.kind in _SPOTS]
    return [m for m in mentions if m.role != Role.NEAR] if named else list(mentions)


def marks_of(found: Findings, sentence: Segment, places: Sequence[MentionHit]) -> Iterator[str]:
    """Yield what a claim of a sentence says of where its places were named."""
    if not places or any(place.end > sentence.start for place in places):
        return
    yield CARRIED
    place = max(places, key=lambda one: one.start)
    last = found.doc.sentences[found.chunks.all[found.chunks.at(place.start)].sentence]
    if last.paragraph != sentence.paragraph and not _heads(found.doc, last, place, sentence):
        yield PAST_PARAGRAPH


def _heads(doc: Document, line: Segment, place: MentionHit, sentence: Segment) -> bool:
    """Whether a place is all that the line above a paragraph says: a heading of it."""
    words_there = [one for one in doc.tokens[line.first : line.last] if one.kind == "word"]
    return sentence.paragraph == line.paragraph + 1 and all(
        place.start <= one.start < place.end for one in words_there
    )
