"""Tells places from the streets, people, rivers, units and ordinary words that look like them."""

from collections.abc import Collection, Sequence

from vidomo.claims.mentions_spans import ABROAD, HOMELAND, Span, Text
from vidomo.claims.mentions_words import Words

_OPENING = frozenset("\u00ab\"'(\u201c\u201e")
_CLOSING = frozenset("\u00bb\"')\u201d")
_QUOTED_NAME_TOKENS = 3
# From this length on a romanised name is hardly ever an English word; our own choice.
_TELLING_LENGTH = 8
_COLONS = frozenset({":", "\u2013", "-"})
# "Kyiv has so far not commented".
_SPEAKS_WITHIN = 4
# "Zh/m", housing estate, in Ukrainian and Russian.
_ESTATE = ("\u0436", "/", "\u043c")
_PAUSES = frozenset(",;:.!?\u2013-")
_MARKS_BETWEEN = _COLONS | {","}
# Capitals, which agencies write from whatever they write of; marks before an agency; how far on it stands.
_WRITTEN_FROM = frozenset({"UA80000000000093317", ABROAD, "XX", "US", "DE", "PL", "RO", "MD", "BY"})
_BEFORE_AGENCY = frozenset({"(", "/", "\u2022", "|", "\u2013", "\u2014", "-", "."})
_DATELINE = 8
# Words of a list of streets before a name of it.
_STREETS = 10
# Characters from which an English text is an article, whose first word in capitals is no heading.
_ARTICLE = 400
# Who writes of Ukraine by its name writes from abroad.
_UKRAINE = "ukrain"


def without_other_names(text: Text, spans: Sequence[Span], known: Words) -> list[Span]:
    """Return the spans that are not part of the name of something else."""
    kept: list[Span] = []
    streets_end = -1
    surnames = {span.key for span in spans if _is_named_in_full(text, span, known)}
    for span in spans:
        if span.key in surnames and _may_be_surname(span):
            continue
        if (
            _is_street(text, span, known)
            or _continues_street(text, span, streets_end)
            or _is_listed_street(text, span, known)
        ):
            streets_end = span.last
            continue
        if not any(is_other(text, span, known) for is_other in _OTHERS):
            kept.append(span)
    return kept


def with_support(
    text: Text, spans: Sequence[Span], known: Words, *, sure_at: Collection[int] = ()
) -> list[Span]:
    """Return the spans that enough in the text speaks for.

    A capital letter inside a sentence is evidence in Cyrillic; where it says nothing (it opens
    a sentence, all is capitals, or the name is also an ordinary word), or the script is Latin,
    the name must be that of a city or a community seat, or something beside it must speak for a
    place: a type word, a preposition, a colon, a wider unit, or a list in which another name
    stands that needs no help. Names that begin at a token of ``sure_at`` need none either.
    """
    sure = [span.first in sure_at or _is_sure(text, span, known) for span in spans]
    for order in (range(1, len(spans)), range(len(spans) - 2, -1, -1)):
        step = 1 if order.step > 0 else -1
        for index in order:
            linked = spans[index].linked if step > 0 else spans[index + 1].linked
            neighbour = sure[index - 1] if step > 0 else sure[index + 1]
            if linked and neighbour and _may_list(spans[index], known):
                sure[index] = True
    return [span for span, is_sure in zip(spans, sure, strict=True) if is_sure]


def _may_list(span: Span, known: Words) -> bool:
    return not span.is_weak or _risk(span, known) != "typed"


def _is_sure(text: Text, span: Span, known: Words) -> bool:
    if span.level or span.is_country or span.categories or span.sense.regions:
        return True
    if span.is_body:
        return not known.risky_typed.has(span.key)
    is_latin, is_seat = span.key.isascii(), span.sense.is_seat
    is_located = any(code not in {HOMELAND, ABROAD} for code in span.qualifiers)
    risk = _risk(span, known)
    if risk == "typed":
        return is_located
    supported = is_located or _is_supported(text, span, known)
    if risk:
        return supported
    if not text.has_capitals:
        return supported and span.sense.is_prominent
    if not span.is_weak and (not is_latin or len(span.key) >= _TELLING_LENGTH):
        return True
    return supported or is_seat or span.key.endswith(known.settlement_ends)


def _risk(span: Span, known: Words) -> str:
    """Return what a name that is also an ordinary word needs: typed, support or nothing."""
    if " " in span.key:
        return "typed" if span.key in known.risky_typed.exact else ""
    if known.risky_typed.has(span.key):
        return "typed"
    if span.sense.adjectives and not span.key.isascii() and not span.sense.is_prominent:
        # An adjective without its type word: "the Izium lyceum" is not the village Iziumske.
        return "typed"
    return "support" if known.risky.has(span.key) else ""


def _is_supported(text: Text, span: Span, known: Words) -> bool:
    word = text.key(span.begin - 1, span.first)
    if word in known.support or any(
        phrase.role == "near" and phrase.keys == (word,) for phrase in known.roles.get(word, ())
    ):
        return True
    if _is_beside_alarm(text, span, known) or _is_with_its_area(text, span, known):
        return True
    opens = span.begin == 0 or text.sentence[span.begin - 1] != text.sentence[span.first]
    return opens and text.key(span.finish, span.first) in _COLONS


def _is_with_its_area(text: Text, span: Span, known: Words) -> bool:
    """Whether a name stands beside its oblast or raion: "Sumy and the oblast"."""
    is_joined = text.key(span.finish, span.first) in known.join
    return is_joined and text.key(span.finish + 1, span.first) in known.heads


def _is_beside_alarm(text: Text, span: Span, known: Words) -> bool:
    """Whether words of an alarm stand right beside a name, a mark between them at most."""
    first = span.first
    for step, at in ((1, span.finish), (-1, span.begin - 1)):
        key = text.key(at, first)
        if key in known.alarm or (
            key in _MARKS_BETWEEN and text.key(at + step, first) in known.alarm
        ):
            return True
    return False


def _is_street(text: Text, span: Span, known: Words) -> bool:
    before = text.key(span.first - 1, span.first)
    if before == ".":
        before = text.key(span.first - 2, span.first)
    if before and known.streets.has(before):
        return not span.level  # "in the streets of the Kyivskyi district" is in that district
    if before == _ESTATE[-1] and tuple(text.keys[span.first - 3 : span.first]) == _ESTATE:
        return True
    return not span.level and known.streets_after.has(text.key(span.last, span.first) or " ")


def _continues_street(text: Text, span: Span, streets_end: int) -> bool:
    return span.first == streets_end + 1 and text.keys[streets_end] in _COLONS


def _is_listed_street(text: Text, span: Span, known: Words) -> bool:
    """Whether a name stands in a list of streets: "the streets Luhova, Zelena and Sadova"."""
    if span.level or span.categories or span.sense.is_prominent or span.is_country:
        return False
    at, tokens, is_list = span.first - 1, text.doc.tokens, False
    while at > span.first - _STREETS and text.key(at, span.first):
        key = text.keys[at]
        if known.streets.has(key):
            return is_list
        is_mark = key == "," or key in known.join
        is_list = is_list or is_mark
        if not (is_mark or tokens[at].is_capital):
            return False
        at -= 1
    return False


def _is_person(text: Text, span: Span, known: Words) -> bool:
    if span.level or span.categories or span.is_country or span.finish > span.last:
        return False
    if _is_named_in_full(text, span, known):
        return True
    tokens, first = text.doc.tokens, span.first
    before, following = text.key(first - 1, first), text.key(span.last, first)
    if (
        following
        and tokens[span.last].is_capital
        and (
            known.first_names.has(span.key)
            or (following in known.first_names.exact and _may_be_surname(span))
        )
    ):
        return True
    if before == "." and first >= len("O.") and len(text.key(first - 2, first)) == 1:
        return tokens[first - 2].is_capital
    if known.ranks.has(before or " "):
        return True
    return not span.sense.is_prominent and known.titles.has(before or " ")


def _is_named_in_full(text: Text, span: Span, known: Words) -> bool:
    """Whether a first name stands before a name: "Viktor Kohut"."""
    first = span.first
    before = text.key(first - 1, first)
    return bool(before) and text.doc.tokens[first - 1].is_capital and known.first_names.has(before)


def _may_be_surname(span: Span) -> bool:
    return (
        not (span.level or span.categories or span.sense.is_prominent or span.finish > span.last)
        and span.kind != "oblast"
    )


def _is_group(text: Text, span: Span, known: Words) -> bool:
    at = span.first - 1
    if text.key(at, span.first) in _OPENING:
        at -= 1
    before = text.key(at, span.first)
    return bool(before) and not span.level and known.units.has(before)


def _is_quoted_name(text: Text, span: Span, known: Words) -> bool:
    """Whether the name stands in a short quotation that names something else."""
    if span.is_body:
        return False
    first = span.first
    opening = next(
        (
            at
            for at in range(first - 1, first - 1 - _QUOTED_NAME_TOKENS, -1)
            if text.key(at, first) in _OPENING
        ),
        -1,
    )
    if opening < 0 or text.keys[opening] == "(" or span.categories or span.level:
        return False
    closing = next(
        (
            at
            for at in range(span.last, opening + 2 + _QUOTED_NAME_TOKENS)
            if text.key(at, first) in _CLOSING
        ),
        -1,
    )
    if closing < 0:
        return False
    before = opening - (2 if text.key(opening - 1, first) == "of" else 1)
    return known.kinds.get(text.key(before, first)) is None


def _is_river(text: Text, span: Span, known: Words) -> bool:
    if span.key not in known.rivers or span.categories or span.level or span.is_body:
        return False
    first = span.first
    before, second = text.key(first - 1, first), text.key(first - 2, first)
    if known.river_before.has(before or " ") or known.river_after.has(
        text.key(span.last, first) or " "
    ):
        return True
    return bool({f"{before} {span.key}", f"{second} {before} {span.key}"} & known.river_phrases)


def _is_ordinary(text: Text, span: Span, known: Words) -> bool:
    against = known.ordinary.get(span.key)
    if against is None or span.categories:
        return False
    sentence = text.doc.sentences[text.sentence[span.first]]
    said = text.doc.tokens[sentence.first : sentence.last]
    return any(against.has(token.key) for token in said)


def _is_speaking(text: Text, span: Span, known: Words) -> bool:
    """Whether a capital stands for its government: "Kyiv has not commented"."""
    if span.key not in known.speaking or span.begin != span.first:
        return False
    before = text.key(span.first - 1, span.first)
    if before in known.speaking_before:
        return True  # "neither Kyiv nor Moscow has confirmed it"
    if before in known.support:
        return False
    for at in range(span.last, span.last + _SPEAKS_WITHIN):
        key = text.key(at, span.first)
        if not key or key in _PAUSES:
            return False
        if known.speaking_verbs.has(key):
            return True
    return False


def _is_dateline(text: Text, span: Span, known: Words) -> bool:
    """Whether an agency only writes from there: "KYIV, Feb 2 (Reuters) -", "Kyiv \u2022 UNN"."""
    tokens, first = text.doc.tokens, span.first
    if span.candidates and _WRITTEN_FROM.isdisjoint(span.candidates):
        return False
    if first and text.doc.text[tokens[first - 1].end : tokens[first].start].strip(" ") == "":
        return False
    is_article = text.doc.lang == "en" and len(text.doc.text) > _ARTICLE
    if is_article and (text.is_shouted(first) or _is_told_from(text, span)):
        return True  # "KYIV, Ukraine: Russia on Saturday ...", in a text of some length
    for at in range(span.last, min(span.last + _DATELINE, len(tokens))):
        if "\n" in text.doc.text[tokens[at - 1].end : tokens[at].start]:
            return False
        if text.keys[at] in known.agencies and tokens[at - 1].text in _BEFORE_AGENCY:
            return True
        is_month = tokens[at - 1].kind == "number"
        if tokens[at].kind == "word" and not (tokens[at].is_capital or is_month):
            return False
    return False


def _is_told_from(text: Text, span: Span) -> bool:
    """Whether a text opens with where it is written: "Kyiv: Russia hit Ukraine's ports"."""
    if span.first or text.key(span.finish, span.first) != ":":
        return False
    sentence = text.doc.sentences[text.sentence[span.finish + 1]]
    said = text.doc.tokens[span.finish : sentence.last]
    return any(token.key.startswith(_UKRAINE) for token in said)


_OTHERS = (
    *(_is_person, _is_group, _is_quoted_name, _is_river, _is_ordinary),
    *(_is_speaking, _is_dateline),
)
