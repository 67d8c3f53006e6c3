"""Ties names to what stands before and beside them: roles, exceptions, wider units."""

from collections.abc import Sequence
from itertools import pairwise

from vidomo.claims.mentions_nation import nation_spans, seat_spans
from vidomo.claims.mentions_phrases import gap_is_list
from vidomo.claims.mentions_spans import ABROAD, CITIES, HOMELAND, Finder, Sense, Span, Text
from vidomo.claims.mentions_words import RolePhrase, Words

_GAP = 6
_NEEDS_WITHIN = 4
_FAR_BEFORE = 14
# How many names of a list a wider unit at its end can locate.
_LISTED = 60
_CLOSING = frozenset({";", "."})
_BREADTH = {
    "country": 5,
    "oblast": 4,
    "raion": 3,
    "hromada": 2,
    "settlement": 1,
    "city_district": 0,
    "town": -1,
}
_SHARED_START = 4
_HEADING_MARKS = frozenset({":", "\u2013", "-"})
# Between a district and its city in English; nothing else is.
_OF = frozenset({"of"})
_TOWNS = frozenset({"town", "city", "village", "settlement", "suburb", "hamlet"})
_LAND = frozenset({"of", "in", ","})
_WAYS = frozenset({"heading", "origin"})
_DISTRICTS = frozenset({"raion", "city_district"})


def tie_qualifiers(text: Text, spans: Sequence[Span], known: Words, units: Finder) -> None:
    """Tie each name to the wider units that the text sets beside it."""
    anchor: Span | None = None
    listed: list[Span] = []
    for before, span in pairwise(spans):
        if anchor is None or not before.is_qualifier:
            anchor = before
            listed = [*listed[-_LISTED:], before] if before.linked else [before]
        if span.linked and span.kind == before.kind and span.level:
            # "In Kharkiv, in X and Y districts": the city locates both.
            _tie_listed(span, before.qualifiers, units)
        between = text.keys[before.finish : span.begin]
        if not _can_tie(text, before, span, between, known):
            anchor = None
            continue
        if set(between) <= _OF and _is_district(before, span, units):
            _tie(before, span, between, units)
        elif _BREADTH[before.kind] > _BREADTH[span.kind] and (
            _leads(between)
            # "In Richky community in the village of Vyry"
            or (span.categories and known.support.issuperset(between))
            or _is_in(before, span, between, known, units)
        ):
            _tie(span, before, between, units)
            before.is_qualifier &= not _is_struck(text, before, between, known)
        if _is_district(span, anchor, units):
            _tie(span, anchor, between, units)  # "in Kyiv, in Dniprovskyi district"
        elif _BREADTH[span.kind] > _BREADTH[anchor.kind]:
            _tie(anchor, span, between, units)
            if span.is_qualifier and (not between or _closes(text, span)):
                _tie_list(listed[:-1], span, units)


def _is_struck(text: Text, wide: Span, between: Sequence[str], known: Words) -> bool:
    """Whether they struck a unit: "they struck Pokrovsk raion: in Kurakhove ..."."""
    struck = known.reached - known.linking
    return between[:1] == [":"] and text.key(wide.begin - 1, wide.first) in struck


def _is_in(wide: Span, span: Span, between: Sequence[str], known: Words, units: Finder) -> bool:
    """Whether a town stands in the wider unit before it: "in Pokrovsk raion in Myrnohrad"."""
    return (
        len(between) == 1
        and between[0] in known.reached
        and wide.kind in {"raion", "hromada", "oblast"}
        and span.kind == "settlement"
        and any(
            _lies_in(inner, outer, units) for outer in wide.candidates for inner in span.candidates
        )
    )


def _tie_list(listed: Sequence[Span], wide: Span, units: Finder) -> None:
    """Tie a list to the unit at its end: "Antonivka, Zelenivka and Kizomys of Kherson oblast"."""
    for other in listed:
        if _BREADTH[wide.kind] > _BREADTH[other.kind]:
            _tie_listed(other, wide.candidates, units)


def tie_districts(spans: Sequence[Span], units: Finder) -> None:
    """Tie a district of a city to the last city named before it, where that has one so called.

    "In Kyiv debris fell in Dniprovskyi district": other cities have a district of that name.
    """
    city: Span | None = None
    for span in spans:
        if span.kind == "settlement" and not span.is_country:
            city = span
        elif city is not None and not span.qualifiers and len(span.candidates) > 1 and span.level:
            _tie_listed(span, city.candidates, units)


def tie_raions(text: Text, spans: Sequence[Span], units: Finder) -> None:
    """Tie a name that several units have to the raion named before it in its sentence.

    "In Synelnykove raion they hit Pokrovska community": the oblast has three of that name.
    """
    raion: Span | None = None
    for span in spans:
        if raion is not None and text.sentence[raion.first] != text.sentence[span.first]:
            raion = None
        if span.kind == "raion" and not span.is_body:
            raion = span
        elif (
            raion is not None
            and not span.qualifiers
            and len(span.candidates) > 1
            and span.kind in {"settlement", "hromada"}
        ):
            _tie_listed(span, raion.candidates, units)


def _is_district(before: Span, span: Span, units: Finder) -> bool:
    """Whether a name can be a district of the city after it: "in Dniprovskyi district of Kyiv"."""
    return (
        before.kind in _DISTRICTS
        and span.kind == "settlement"
        and any(
            _lies_in(inner, city, units) for city in span.candidates for inner in before.candidates
        )
    )


def _can_tie(text: Text, before: Span, span: Span, between: Sequence[str], known: Words) -> bool:
    if span.is_body and not before.is_body:
        return False
    # "The authorities of Drohobych, Lviv oblast": the oblast only says which Drohobych.
    if len(between) > (0 if before.is_body else _GAP):
        return False
    if text.sentence[before.first] != text.sentence[span.first]:
        return False
    if before.level and between and between[0] in {":", "."}:
        between = between[1:]  # "Kharkiv oblast: in Izium", "Kharkiv obl., Izium"
    return all(
        key in known.linking or key in known.described or key in {",", "(", ")", "the"}
        for key in between
    )


def _closes(text: Text, span: Span) -> bool:
    """Whether a wider unit closes a list: "A, B, C, of Donetsk oblast; D of the next one"."""
    return span.finish >= len(text.keys) or text.keys[span.finish] in _CLOSING


def _leads(between: Sequence[str]) -> bool:
    """Whether a wider unit can stand before the one it locates: "Kharkiv's X", "oblast, X"."""
    return not between or bool(set(between) & {",", "(", ":"})


def _tie(narrow: Span, wide: Span, between: Sequence[str], units: Finder) -> None:
    holding = tuple(
        code
        for code in wide.candidates
        if any(_lies_in(inner, code, units) for inner in narrow.candidates)
    )
    if not holding and not ("," in between or "(" in between) and wide.level and narrow.is_named:
        # "Borova of Izium raion", and no Borova known there: no other Borova will do.
        holding = wide.candidates
    if not holding:
        # "Pervomaiske, a village in the Pervomaisk community": spelled in another way, yet one.
        wide.is_qualifier |= between[:1] == [","] and not _TOWNS.isdisjoint(between)
        return
    narrow.qualifiers = (*narrow.qualifiers, *holding, *wide.qualifiers)
    # "Izium, Izium district" is a list of two places as often as it is one place; "Kherson, the
    # capital of Kherson region" is one.
    is_namesake = narrow.key[:_SHARED_START] == wide.key[:_SHARED_START] and "of" not in between
    is_told = not _TOWNS.isdisjoint(between)  # "Izium, a town in Izium district"
    wide.is_qualifier = is_told or not (is_namesake and "," in between)


def _tie_listed(narrow: Span, wider: Sequence[str], units: Finder) -> None:
    holding = [
        code
        for code in wider
        if code not in narrow.qualifiers
        and any(_lies_in(inner, code, units) for inner in narrow.candidates)
    ]
    narrow.qualifiers = (*narrow.qualifiers, *holding)


def _lies_in(inner: str, outer: str, units: Finder) -> bool:
    return inner != outer and units.is_within(inner, outer)


def read_roles(text: Text, spans: Sequence[Span], known: Words) -> None:
    """Give each name the role that the words before it, or before its list, say."""
    before: Span | None = None
    is_ours = text.doc.lang == "uk" or any(
        code.startswith(HOMELAND) for span in spans for code in span.candidates
    )
    for span in spans:
        phrase = _phrase_before(text, span, known)
        if phrase is not None:
            span.is_excluded = phrase.role == "excluded"
            span.is_body = span.is_body or phrase.role == "body"
            span.role = "affected" if span.is_excluded else phrase.role
        elif before is not None and _shares_role(text, before, span, known):
            span.role, span.is_excluded = before.role, before.is_excluded
        is_away = text.key(span.begin - 1, span.first) in known.away
        if span.role == "affected" and _is_side(text, span, known, is_away=is_away):
            span.role = "origin"
        if is_ours and is_away and span.role == "affected" and set(span.candidates) == {ABROAD}:
            span.role = "origin"  # what comes from Russia did not happen there
        if before is not None and before.is_body and _is_land_of(text, before, span, known):
            span.is_body = True
        if span.is_body:
            span.role = "source"
        elif before is not None and _is_seat_in_exile(text, before, span):
            span.is_excluded = True
        before = span


def _is_land_of(text: Text, body: Span, span: Span, known: Words) -> bool:
    """Whether a country only says whose a body is: "the governor of Kharkiv oblast in Ukraine"."""
    between = text.keys[body.finish : span.begin]
    return (
        span.kind == "country"
        and 0 < len(between) <= _GAP
        and all(key in _LAND or key in known.linking or key in known.heads for key in between)
    )


def _is_seat_in_exile(text: Text, body: Span, span: Span) -> bool:
    """Whether a town in brackets is where a body works from: "Vovchansk MA (in Kharkiv)"."""
    between = text.keys[body.finish : span.begin]
    return (
        body.is_body
        and span.kind == "settlement"
        and not span.is_country
        and 0 < len(between) <= _NEEDS_WITHIN
        and between[0] == "("
        and text.key(span.finish, span.first) == ")"
    )


def _is_within(text: Text, span: Span, known: Words) -> bool:
    """Whether a name after "on" stands in the case of where something is."""
    last = text.keys[span.finish - 1]
    return last.endswith(known.locative_ends) and not last.endswith(known.both_ends)


def _is_side(text: Text, span: Span, known: Words, *, is_away: bool) -> bool:
    """Whether something comes from the side of a place: "from the Brovary side"."""
    if text.key(span.finish, span.first) not in known.from_side:
        return False
    return is_away or text.key(span.begin - 2, span.first) in known.away


def _shares_role(text: Text, before: Span, span: Span, known: Words) -> bool:
    if text.sentence[before.first] != text.sentence[span.first]:
        return False
    if span.linked or span.is_qualifier or gap_is_list(text, before, span, known):
        return True
    are_abroad = set(span.candidates) == set(before.candidates) == {ABROAD}
    between = text.keys[before.finish : span.begin]
    if are_abroad and len(between) <= _GAP and all(k in known.linking or k == "," for k in between):
        return True  # "from Bryansk oblast of Russia", "from Engels, a city in Russia"
    # "Drones on X, two more on Y": the same preposition carries the heading on.
    word = text.key(before.begin - 1, span.first)
    return (
        before.role == "heading" and bool(word) and word == text.key(span.begin - 1, before.first)
    )


def _phrase_before(text: Text, span: Span, known: Words) -> RolePhrase | None:
    begin = span.begin
    phrase = _phrase_at(text, span, known, begin)
    while phrase is None and text.key(begin - 1, span.first) in known.sides:
        begin -= 1  # "on the north of the oblast", "from the south of the oblast"
        phrase = _phrase_at(text, span, known, begin)
    if phrase is not None and (begin == span.begin or phrase.role in _WAYS):
        return phrase
    begin = span.begin
    while (
        text.key(begin - 1, span.first) in known.described
        or text.key(begin - 1, span.first) == "the"
    ):
        begin -= 1  # "north of the recently captured Avdiivka"
    phrase = _phrase_at(text, span, known, begin) if begin < span.begin else None
    return phrase if phrase is not None and phrase.role in {"near", *_WAYS} else None


def _phrase_at(text: Text, span: Span, known: Words, begin: int) -> RolePhrase | None:
    key = text.key(begin - 1, span.first)
    for phrase in known.roles.get(key, ()):
        if phrase.lang and phrase.lang != text.doc.lang:
            continue
        start = begin - len(phrase.keys)
        if start < 0 or tuple(text.keys[start:begin]) != phrase.keys:
            continue
        if phrase.role == "heading" and key in known.toward and _is_within(text, span, known):
            continue  # "drones in the oblast" share the preposition with "drones on the city"
        if not text.key(start, span.first):
            continue
        if not (phrase.needs.exact or phrase.needs.stems):
            return phrase
        near = [*range(start - _NEEDS_WITHIN, begin)]
        if set(span.candidates) == {ABROAD}:
            # "They struck with cruise missiles from X", "from X five mines came": what is told
            # to come from Russia did not happen there.
            near = [*range(start - _FAR_BEFORE, start), *range(span.finish, span.finish + 4)]
        if any(key and phrase.needs.has(key) for at in near if (key := text.key(at, span.first))):
            return phrase
    return None


def definite_spans(text: Text, spans: Sequence[Span], known: Words, units: Finder) -> list[Span]:
    """Return the type words that stand for a place without naming it: "the city"."""
    taken = {at for span in spans for at in range(span.begin, span.finish)}
    ends = {span.finish: span for span in spans}
    found = [*nation_spans(text, spans, known), *seat_spans(text, spans, known, units)]
    taken |= {at for span in found for at in range(span.begin, span.finish)}
    for index, key in enumerate(text.keys):
        if key not in known.definites or index in taken:
            continue
        if span := _definite_at(text, index, known, ends, units):
            found.append(span)
    return found


def _definite_at(
    text: Text, index: int, known: Words, ends: dict[int, Span], units: Finder
) -> Span | None:
    key = text.keys[index]
    before, following = text.key(index - 1, index), text.key(index + 1, index)
    begin = index - 1 if before == "the" else index
    for definite in known.definites[key]:
        span = Span(index, index + 1, key, Sense(), begin, index + 1, kind=definite.kind)
        if definite.kind in {"oblast", "raion", "hromada"}:
            named = _joined_name(text, begin, known, ends)
            if named is not None:
                span.candidates = _above(named, definite.kind, units)
                return span
        # "The city and oblast": the first one has said that no name follows.
        is_second = before in known.join and text.key(index - 2, index) in known.definites
        is_head = _heads_alarm(text, begin, following, known)
        if not (
            not definite.after.exact or definite.after.has(before or " ") or is_second or is_head
        ):
            continue
        if definite.not_after.has(before or " ") or definite.not_before.has(following or " "):
            continue
        is_body = known.body_after.has(following or " ") or known.body_fillers.has(following or " ")
        if not is_body and not (index and text.doc.tokens[index - 1].kind == "number"):
            return span
    return None


def _joined_name(text: Text, begin: int, known: Words, ends: dict[int, Span]) -> Span | None:
    """Return the city in "Kharkiv and the region", "Kharkiv, region: all clear"."""
    if text.key(begin - 1, begin) == "," and _speaks_of_alarm(text, begin, known):
        span = ends.get(begin - 1)
        return span if span is not None and span.kind == "settlement" else None
    for at in range(begin - 1, max(begin - 4, -1), -1):
        if text.doc.tokens[at].is_capital and at not in ends:
            return None  # "in Voronezh and Buturlinovka raion": a raion with a name of its own
        if text.key(at, begin) in known.join:
            span = ends.get(at)
            return span if span is not None and span.kind == "settlement" else None
    return None


def _heads_alarm(text: Text, begin: int, following: str, known: Words) -> bool:
    """Whether a type word alone heads what is said of an alarm: "Kyiv - over, oblast - on"."""
    before = text.key(begin - 1, begin)
    is_first = not before[:1].isalnum()
    return is_first and following in _HEADING_MARKS and _speaks_of_alarm(text, begin, known)


def _speaks_of_alarm(text: Text, at: int, known: Words) -> bool:
    sentence = text.doc.sentences[text.sentence[at]]
    return any(key in known.alarm for key in text.keys[sentence.first : sentence.last])


def _above(span: Span, level: str, units: Finder) -> tuple[str, ...]:
    """Return the wider units of the cities that a name can mean, else of all it can mean."""
    known = [unit for code in span.candidates if (unit := units.unit(code)) is not None]
    cities = [unit for unit in known if unit.category in CITIES]
    above = (
        units.around(unit) if level == "oblast" else getattr(unit, level, None)
        for unit in cities or known
    )
    abroad = (ABROAD,) if ABROAD in span.candidates else ()
    return tuple(dict.fromkeys((*(code for code in above if code), *abroad)))
