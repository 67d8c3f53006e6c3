"""Reads the type words, bodies and lists around a name, and so decides what kind it is."""

from collections.abc import Sequence
from itertools import pairwise

from vidomo.claims.mentions_alarm import name_region, name_units
from vidomo.claims.mentions_elided import has_level as _has_level, share_announced, share_elided
from vidomo.claims.mentions_spans import ABROAD, Finder, Span, Text
from vidomo.claims.mentions_words import Head, Words

_LOOK_AHEAD = 4
_POSSESSIVE = ("'s", "\u2019s")
_LOOK_BACK = 3
# Words and marks that a remark in brackets takes at most.
_REMARK = 8
_COMMA = ","
_COLONS = frozenset({":", "\u2013"})
# "N. p.", settlement, in Ukrainian and Russian: its first letter and dot.
_SETTLED = frozenset({("\u043d", ".")})
_LEVELS = ("oblast", "raion", "hromada", "city_district", "settlement", "country")


def read_phrases(text: Text, spans: Sequence[Span], known: Words, units: Finder) -> list[Span]:
    """Return the spans that can be mentions, each with its kind and its candidates."""
    for span in spans:
        if not span.kind:
            _read_front(text, span, known)
            _read_after(text, span, known)
        elif not span.is_body:
            _read_body_before(text, span, known)
            _read_body_of_country(text, span, known)
    link(text, spans, known)
    _share_heads(text, spans, known)
    share_elided(text, spans, known)
    share_announced(text, spans, known)
    name_units(text, spans, known, units)
    _share_region(text, spans, known, units)
    for before, span in pairwise(spans):
        if span.linked and before.leads_list and not span.level and _has_level(span, before.level):
            span.level, span.leads_list = before.level, True
        if span.linked and before.categories and not span.categories and not span.level:
            span.categories = before.categories
    for span in spans:
        if not span.kind:
            _settle(span)
    return [span for span in spans if span.kind]


def gap_is_list(text: Text, before: Span, span: Span, known: Words) -> bool:
    """Whether nothing but a comma or a joining word stands between two phrases."""
    start = _past_remark(text, before.finish, before.first)
    between = text.keys[start : span.begin]
    if text.sentence[before.first] != text.sentence[span.first]:
        return False
    if not between or len(between) > _LOOK_BACK:
        return False
    # Adjectives that nobody knows, of districts abroad, may stand in the list too.
    joined = " ".join(
        key
        for at, key in enumerate(between, start)
        if key not in {_COMMA, "/"}
        and not (text.doc.tokens[at].is_capital and key.endswith(known.okrug_ends))
    )
    return not joined or joined in known.join


def _past_remark(text: Text, at: int, beside: int) -> int:
    """Return where a text goes on after a remark in brackets: "in Sumy (partly) oblast"."""
    if text.key(at, beside) != "(":
        return at
    closes = (n for n in range(at + 1, at + _REMARK) if text.key(n, beside) == ")")
    return next(closes, at - 1) + 1


def _read_front(text: Text, span: Span, known: Words) -> None:
    """Read a type word before the name: a dotted letter, "town", "the city of"."""
    first = span.first
    before, second = text.key(first - 1, first), text.key(first - 2, first)
    is_far = before in {".", "of"}
    kind = known.kinds.get(second if is_far else before)
    # "In 56 villages of the Kharkiv land": the village of that name is none of them.
    is_of_region = kind is not None and kind.is_plural and bool(span.sense.regions)
    if (
        kind is not None
        and kind.dotted == (before == ".")
        and span.sense.names
        and not is_of_region
    ):
        span.categories, span.begin = kind.categories, first - 1 - is_far
        if is_far and tuple(text.keys[max(span.begin - 2, 0) : span.begin]) in _SETTLED:
            span.begin -= 2
    _read_head_before(text, span, known)
    if text.key(span.begin - 1, first) == "the":
        span.begin -= 1
    _read_body_before(text, span, known)


def _read_head_before(text: Text, span: Span, known: Words) -> None:
    """Read a type word that stands before its adjectives: "in the districts: X, Y"."""
    at = span.begin - 1
    if has_colon := text.key(at, span.first) in _COLONS:
        at -= 1
    head = known.heads.get(text.key(at, span.first))
    is_list = head is not None and (head.is_plural or at == span.begin - 1)
    if span.key.isascii() and not (has_colon and head is not None and head.is_plural):
        head = _head_of(text, span, known) if not has_colon else None
        is_list = head is not None
        at = span.begin - 2
    if head is not None and is_list and _has_level(span, head.level):
        span.level, span.leads_list, span.begin = head.level, head.is_plural, at


def _head_of(text: Text, span: Span, known: Words) -> Head | None:
    """Return the type word of "the communities of Derhachi and Zolochiv", for a first name."""
    at = span.begin - 2
    head = known.heads.get(text.key(at, span.first))
    is_of = text.key(span.begin - 1, span.first) == "of"
    if head is None or not is_of or head.level == "raion":
        return None  # "in three districts of Kharkiv": the city
    if not head.is_plural and head.level != "oblast":
        return None  # "the southern region of Odesa", but "the community of Odesa"
    is_named = text.doc.tokens[at - 1].is_capital and text.key(at - 1, at) not in known.described
    return None if is_named else head


def _read_body_before(text: Text, span: Span, known: Words) -> None:
    at = span.begin - 1
    while text.key(at, span.first) in known.described:
        at -= 1  # "the head of the southern Odesa region"
    if text.key(at, span.first) == "the" and text.key(at - 1, span.first) == "of":
        at -= 1
    if text.key(at, span.first) == "of":
        at -= 1
    if known.body_before.has(text.key(at, span.first) or " "):
        span.is_body = True


def _read_body_of_country(text: Text, span: Span, known: Words) -> None:
    """Read "Ukraine's largest energy producer", "Ukraine's air force" as bodies."""
    if not text.doc.tokens[span.last - 1].text.endswith(_POSSESSIVE):
        return
    for at in range(span.last, span.last + _LOOK_AHEAD):
        key = text.key(at, span.first)
        if not key[:1].isalpha():
            return
        if known.body_after.has(key):
            span.is_body, span.finish = True, at + 1
            return


def _read_after(text: Text, span: Span, known: Words) -> None:
    """Read what follows a name, past a remark in brackets if a type word stands after it."""
    if _is_unknown_district(text, span, known):
        span.has_adjective = True  # "the Soniachnyi district of Ternopil": no village so called
        return
    after = _past_remark(text, span.last, span.first)
    head = known.heads.get(text.key(after, span.first)) if after > span.last else None
    if head is None or not _has_level(span, head.level):
        _read_back(text, span, known)
    else:
        span.level, span.is_plural = head.level, head.is_plural


def _read_back(text: Text, span: Span, known: Words) -> None:
    """Read what follows the name: a type word, a body, or fillers that lead to one."""
    first, at = span.first, span.last
    is_latin = span.key.isascii()
    head_at = -1
    for at in range(span.last, span.last + _LOOK_AHEAD):
        key = text.key(at, first)
        if not key:
            break
        if known.body_after.has(key) and (span.sense.adjectives or is_latin):
            if not _stands_in(text, span, at):
                span.is_body, span.finish = True, at + 1
                span.has_adjective = bool(span.sense.adjectives) and not is_latin
                span.body_levels = _body_levels(text.keys[span.last : at + 1], known)
            break
        if key in known.heads and head_at < 0 and _has_level(span, known.heads[key].level):
            head_at = at
            if not is_latin:
                break
        elif not (known.body_fillers.has(key) or known.head_fillers.has(key)):
            break
    if head_at >= 0 and not (head_at > span.last and not _are_fillers(text, span, head_at, known)):
        head = known.heads[text.keys[head_at]]
        span.level, span.is_plural = head.level, head.is_plural
        if not span.is_body:
            span.finish = head_at + 1


def _is_unknown_district(text: Text, span: Span, known: Words) -> bool:
    """Whether a name right before "district" is that of no district that is known."""
    head = known.heads.get(text.key(span.last, span.first))
    return (
        span.key.isascii()
        and head is not None
        and head.level == "raion"
        and not (head.is_plural or span.sense.is_prominent or span.sense.is_seat)
        and not _has_level(span, head.level)
    )


def _body_levels(keys: Sequence[str], known: Words) -> tuple[str, ...]:
    """Return the level that a body's own words name: "regional", "district", "city"."""
    for level, level_words in known.body_levels.items():
        if any(level_words.has(key) for key in keys):
            return (level,)
    return ()


def _stands_in(text: Text, span: Span, body_at: int) -> bool:
    """Whether "in Kharkiv police said" names a place and not a body."""
    return body_at == span.last and text.key(span.first - 1, span.first) in {"in", "near"}


def _are_fillers(text: Text, span: Span, head_at: int, known: Words) -> bool:
    return all(known.head_fillers.has(key) for key in text.keys[span.last : head_at])


def link(text: Text, spans: Sequence[Span], known: Words) -> None:
    """Mark each span that continues a list begun by the one before."""
    for span in spans[:1]:
        span.linked = False
    for before, span in pairwise(spans):
        span.linked = gap_is_list(text, before, span, known)


def _share_heads(text: Text, spans: Sequence[Span], known: Words) -> None:
    """Give the names of lists the type word that their list ends with."""
    headed: Span | None = None
    for span, following in reversed(list(pairwise(spans))):
        # "In Kamensky, Millerovsky and Azovsky raions": one that lies abroad is passed over.
        is_passed = ABROAD in following.candidates and following.linked
        headed = headed if is_passed and headed is not None else following
        if not _begins_anew(text, span, following, known):
            _share_head(span, headed, known)


def _share_head(span: Span, following: Span, known: Words) -> None:
    """Give a coordinated adjective the type word that its list ends with."""
    if not following.linked or not following.level or span.level or span.kind or span.is_body:
        return
    # "In Lutsk and Kovel raion": the case form of the city is no adjective of a raion.
    is_town = bool(span.sense.names) and span.key.endswith(known.feminine_ends)
    if is_town and following.level == "raion":
        return
    # In Latin script an adjective looks like the name: only a plural type word is shared.
    if _has_level(span, following.level) and (following.is_plural or not span.key.isascii()):
        span.level, span.is_plural = following.level, following.is_plural


def _begins_anew(text: Text, span: Span, following: Span, known: Words) -> bool:
    """Whether a preposition begins another list: "in Poltava and in Myrhorod, Lubny raions"."""
    between = text.keys[span.finish : following.begin]
    return span.key.isascii() and not known.support.isdisjoint(between)


def _share_region(text: Text, spans: Sequence[Span], known: Words, units: Finder) -> None:
    """Give seats and names the type word of their list: "Dnipro, Kharkiv and Kherson regions"."""
    for span, following in reversed(list(pairwise(spans))):
        is_new = _begins_anew(text, span, following, known)
        if span.key.isascii() and following.is_plural and not is_new:
            if not _has_level(span, following.level):
                name_region(span, following, units)
            _share_head(span, following, known)


def _settle(span: Span) -> None:
    """Decide kind and candidates by type word first, then by how the form can be used."""
    sense = span.sense
    if span.level and not span.has_adjective:
        _settle_level(span)
    elif sense.regions and not span.categories:
        span.kind, span.candidates = sense.region_level, sense.regions
    elif sense.names and not span.has_adjective:
        span.kind = "settlement"
        span.candidates = sense.names
    elif span.is_body and sense.adjectives:
        known = [level for level in _LEVELS if level in sense.adjectives]
        levels = [level for level in known if level in span.body_levels] or known
        span.kind = levels[0]
        span.candidates = tuple(
            dict.fromkeys(code for level in levels for code in sense.adjectives[level])
        )


def _settle_level(span: Span) -> None:
    adjectives = span.sense.adjectives
    if span.level == "raion":
        codes = adjectives.get("raion", ()) + adjectives.get("city_district", ())
        span.kind = "raion" if adjectives.get("raion") else "city_district"
        if not codes:
            codes, span.kind = adjectives.get("hromada", ()), "hromada"
    else:
        codes, span.kind = adjectives.get(span.level, ()), span.level
    if span.sense.abroad:
        codes = (*codes, "RU")
    span.candidates = codes
