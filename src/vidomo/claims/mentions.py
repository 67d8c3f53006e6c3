"""Finds the places that a text names, before anybody decides which ones are meant."""

from vidomo.claims.document import Document
from vidomo.claims.hits import MentionHit
from vidomo.claims.mentions_capital import with_capital
from vidomo.claims.mentions_doubt import with_support, without_other_names
from vidomo.claims.mentions_okrug import with_okrugs
from vidomo.claims.mentions_phrases import link, read_phrases
from vidomo.claims.mentions_routes import (
    at_stops,
    capitals,
    on_lines,
    regions,
    towns_first,
    within_tags,
)
from vidomo.claims.mentions_spans import Finder, Span, Text, finder
from vidomo.claims.mentions_ties import (
    definite_spans,
    read_roles,
    tie_districts,
    tie_qualifiers,
    tie_raions,
)
from vidomo.claims.mentions_words import Words, words
from vidomo.claims.routes import find_routes
from vidomo.gazetteer import Gazetteer


def find_mentions(doc: Document, gazetteer: Gazetteer) -> tuple[MentionHit, ...]:
    """Return the places that a text names, in order, with all that each can stand for.

    Longest forms win. Streets, people, rivers, military units and quoted names of other things
    give no mention; the place inside a body's name gives one with ``is_body``. A type word that
    stands for a place without a name ("the city") gives one of kind town, hromada, raion or
    oblast without candidates. A country's candidates are its ISO 3166-1 code (``XX`` where the
    table does not tell countries apart); it never has candidates inside Ukraine.

    Args:
        doc: The prepared text.
        gazetteer: Where forms of names are looked up.
    """
    text, known, units = Text(doc), words(), finder(gazetteer)
    routes = find_routes(doc)
    named = units.spans(text)
    ours = {one.first for one in named if one.sense.adjectives and not one.sense.abroad}
    spans = read_phrases(text, named, known, units)
    spans = without_other_names(text, spans, known)
    spans = with_okrugs(text, with_capital(text, spans, known), known, ours)
    link(text, spans, known)
    _share_types(spans)
    tie_qualifiers(text, spans, known, units)
    tie_districts(spans, units)
    tie_raions(text, spans, units)
    _seat(text, spans, known, units)
    ends = on_lines(text, spans, routes, units)
    stops = at_stops(text, spans)
    seats = {span.first for span in spans if span.key in known.capitals}
    spans = with_support(text, spans, known, sure_at=ends.keys() | stops | seats)
    definite = definite_spans(text, spans, known, units)
    # "Over Moscow region": no village that has the adjective's form for a name.
    inside = {n for one in definite if one.is_country for n in range(one.begin, one.finish)}
    spans = [*(one for one in spans if one.first not in inside), *definite]
    if routes:
        spans += capitals(text, spans)
    spans.sort(key=_position)
    read_roles(text, spans, known)
    for span in spans:
        if (role := ends.get(span.first)) is not None:
            span.is_excluded = role == "excluded"
            span.role = "affected" if span.is_excluded else role
    regions(text, spans, units)
    within_tags(text, spans, units, on_line=ends.keys() | stops if routes else ())
    towns_first(spans, units, on_line=ends.keys())
    return tuple(_hit(text, span, units) for span in spans)


def _position(span: Span) -> int:
    return span.first


def _share_types(spans: list[Span]) -> None:
    """Give a name the type word that stands before it elsewhere in the text, and only one does.

    "Village of Kamianka cut off. The bridge to Kamianka is destroyed": no town is meant.
    """
    typed: dict[str, set[frozenset[str]]] = {}
    for span in spans:
        if span.categories and span.kind == "settlement":
            typed.setdefault(span.key, set()).add(span.categories)
    for span in spans:
        kinds = typed.get(span.key, ())
        if len(kinds) == 1 and span.kind == "settlement" and not span.categories:
            (span.categories,) = kinds


def _seat(text: Text, spans: list[Span], known: Words, units: Finder) -> None:
    """Tell communities of one name apart by the sort of their seat: "X city community"."""
    for span in spans:
        if span.kind != "hromada" or len(span.candidates) <= 1 or span.is_body:
            continue
        inside = text.keys[span.last : span.finish]
        said = [kinds for stems, kinds in known.seated if any(stems.has(key) for key in inside)]
        seats = {
            code: units.unit(unit.seat)
            for code in span.candidates
            if (unit := units.unit(code)) is not None and unit.seat
        }
        fitting = tuple(
            c for c, seat in seats.items() if said and seat and seat.category in said[0]
        )
        span.candidates = fitting or span.candidates


def _hit(text: Text, span: Span, units: Finder) -> MentionHit:
    tokens = text.doc.tokens
    finish = span.last if span.is_body else span.finish
    return MentionHit(
        start=tokens[span.first].start,
        end=tokens[finish - 1].end,
        kind=span.kind,
        role=span.role,
        candidates=_fitting(span, units),
        qualifiers=tuple(dict.fromkeys(span.qualifiers)),
        typed=bool(span.level or span.categories),
        is_body=span.is_body,
        is_excluded=span.is_excluded,
        is_qualifier=span.is_qualifier,
    )


def _fitting(span: Span, units: Finder) -> tuple[str, ...]:
    """Return the candidates that lie where the text says and are what its type word says."""
    codes = span.candidates
    if span.qualifiers:
        wider = [code for code in span.qualifiers if code != "UA"]
        inside = tuple(
            code for code in codes if all(units.is_within(code, outer) for outer in wider)
        )
        codes = inside or codes
    if span.categories:
        known = [unit for code in codes if (unit := units.unit(code)) is not None]
        typed = tuple(unit.code for unit in known if unit.category in span.categories)
        codes = typed or codes
    return codes
