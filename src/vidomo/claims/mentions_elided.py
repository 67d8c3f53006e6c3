"""Gives adjectives that stand alone the type word that the text set beside another one."""

from collections.abc import Sequence

from vidomo.claims.mentions_spans import Span, Text
from vidomo.claims.mentions_words import Words

_ELIDED = frozenset({"oblast", "raion"})
# "And" and "or" in Ukrainian and Russian.
_JOINS = frozenset(
    {"\u0442\u0430", "\u0456", "\u0439", "\u0438", "\u0430\u0431\u043e", "\u0438\u043b\u0438"}
)
# Marks before a list that a type word announced, and how far before them it stands.
_LEADS = frozenset({":", "\u2013", "\u2014", "-"})
_ANNOUNCED = 5
# Levels that an adjective may name when none of the asked level is known: districts that were
# dissolved in 2020 live on as communities, and people go on naming them.
_NEXT_BEST = {
    "raion": ("raion", "city_district", "hromada"),
    "oblast": ("oblast",),
    "hromada": ("hromada",),
}


def has_level(span: Span, level: str) -> bool:
    """Whether a form can be the adjective of a unit of a level, or of one in Russia."""
    return span.sense.abroad or any(one in span.sense.adjectives for one in _NEXT_BEST[level])


def share_elided(text: Text, spans: Sequence[Span], known: Words) -> None:
    """Give an adjective that stands alone the type word of its sentence, or of the one before.

    "Six over Rostov oblast, two over Kursk": the nearest before it, else the nearest after.
    """
    level, sentence, typed_in = "", -1, -1
    _share_opening(text, spans, known)
    for order, span in ((n, one) for n in (1, -1) for one in spans[::n]):
        here = text.sentence[span.first]
        if here not in (sentence, sentence + 1):
            level = ""
        sentence = here
        if span.level in _ELIDED and not span.is_body:
            level, typed_in = span.level, here
        elif (
            level
            and has_level(span, level)
            and (
                (
                    _may_stand_alone(text, span, known)
                    # "Chernihivska: all clear in Koriukivskyi raion": no feminine is a raion.
                    and not (level == "raion" and span.key.endswith(known.feminine_ends))
                )
                or (
                    level == "raion"
                    and order > 0
                    and here == typed_in
                    and _is_parallel(text, span, known)
                )
            )
        ):
            span.level = level


def _share_opening(text: Text, spans: Sequence[Span], known: Words) -> None:
    """Give an adjective that opens a paragraph the type word of an oblast that opened one before.

    "In Cherkasy oblast two hits. / In Sumska eight shellings in the night".
    """
    has_oblast = False
    for span in spans:
        at = span.begin - 1
        if span.is_body or text.key(at, span.first) not in known.support or not _opens(text, at):
            continue
        if span.level == "oblast":
            has_oblast = True
        elif (
            has_oblast
            and not span.level
            and span.key.endswith(known.feminine_ends)
            and "oblast" in span.sense.adjectives
            and text.key(span.finish, span.first) in known.beside_alone
        ):
            span.level = "oblast"


def _opens(text: Text, at: int) -> bool:
    """Whether a token is the first of its paragraph, marks aside."""
    number = text.sentence[at]
    sentence = text.doc.sentences[number]
    is_new = not number or text.doc.sentences[number - 1].paragraph != sentence.paragraph
    return is_new and not any(key[:1].isalnum() for key in text.keys[sentence.first : at])


def _is_parallel(text: Text, span: Span, known: Words) -> bool:
    """Whether an adjective stands like the raion before it: "in X raion ..., in Y a farm burned".

    The preposition, the case, and that no noun follows which it could belong to.
    """
    if span.kind or span.level or span.is_body or span.sense.is_prominent or span.key.isascii():
        return False
    following = text.key(span.finish, span.first)
    return (
        text.key(span.begin - 1, span.first) in known.support
        and span.key.endswith(known.adjective_locatives)
        and not following.endswith(known.noun_locatives)
        and not (following and text.doc.tokens[span.finish].is_capital)
    )


def share_announced(text: Text, spans: Sequence[Span], known: Words) -> None:
    """Give adjectives the type word that their sentence announced without a name.

    "Two oblasts have no power: Sumska and Kharkivska."
    """
    taken = {at for span in spans for at in range(span.begin, span.finish)}
    heads = [
        (at, head)
        for at, key in enumerate(text.keys)
        if key in known.heads
        and at not in taken
        and (
            (head := known.heads[key]).level == "oblast"
            or (head.is_plural and head.level == "raion")
        )
    ]
    for span in spans if heads else ():
        if span.key.isascii():
            _share_named(text, span, known)
        if span.level or not (
            _may_stand_alone(text, span, known) or _is_counted_oblast(text, span, known)
        ):
            continue
        said = [
            head.level
            for at, head in heads
            if at < span.first and text.sentence[at] == text.sentence[span.first]
        ]
        if said and has_level(span, said[-1]):
            span.level = said[-1]


def _is_counted_oblast(text: Text, span: Span, known: Words) -> bool:
    """Whether a dash and a figure follow an adjective: "in two oblasts: Dnipropetrovska - 10"."""
    return (
        not (span.kind or span.is_body)
        and span.key.endswith(known.feminine_ends)
        and text.key(span.finish, span.first) in _LEADS
        and bool(text.key(span.finish + 1, span.first)[:1].isdigit())
    )


def _share_named(text: Text, span: Span, known: Words) -> None:
    """Give the names of a list the type word counted before it: "in three regions - A, B, C"."""
    at = span.begin - 1
    if span.level or text.key(at, span.first) not in _LEADS:
        return
    for before in range(at - 1, at - _ANNOUNCED, -1):
        head = known.heads.get(text.key(before, span.first))
        if head is not None and head.is_plural:
            if has_level(span, head.level) and not span.is_body:
                span.level, span.leads_list = head.level, True
            return


def _may_stand_alone(text: Text, span: Span, known: Words) -> bool:
    if span.kind or span.level or span.is_body or span.sense.names or span.key.isascii():
        return False
    following = text.key(span.finish, span.first)
    return not following[:1].isalpha() or following in _JOINS or following in known.beside_alone
