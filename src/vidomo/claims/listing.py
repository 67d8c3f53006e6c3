"""Keeps lists of places whole, and gives each of two statements in one stretch its own places."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import chain, pairwise

from vidomo.claims.document import Document, Token
from vidomo.claims.findings import Findings
from vidomo.claims.groups import Group
from vidomo.claims.hits import CueHit, MentionHit
from vidomo.claims.mentions_words import words
from vidomo.claims.model import Role
from vidomo.claims.numerals import number_words, numeral_at

#: Stands among the rules of a claim some of whose places are only examples of where it holds.
EXAMPLES = "listing.examples"
_OPENS = frozenset({":", "\u2013", "-"})
_COMMAS = frozenset({",", "/"})
# Words of a list before a name, tokens.
_BACK = 14
_CLEAR = "alert.end"
_ATTACKS = ("event.strike", "event.shelling", "threat.")
_SPOTS = frozenset({"settlement", "city_district"})
# How many letters of a code all units in an oblast, a district, a community share.
_WITHOUT_RAIONS = ("UA80", "UA85")
_DIGITS = {"oblast": 4, "raion": 6, "hromada": 9}
_RUSSIA = frozenset({"RU"})
_WIDEST = frozenset({"oblast", "country"})
_SPOTS = frozenset({"settlement", "city_district"})
# Letters of a code that name its oblast.
_OBLAST = 4
# Characters of a name that is cut short, and the same in all cases.
_SHORT = 2
_ENDS = (".end", "_end", ".restored", ".out")


def with_whole_list(
    found: Findings, cue: CueHit, chosen: Sequence[MentionHit], mentions: Sequence[MentionHit]
) -> list[MentionHit]:
    """Return places with those that stand in one list with them.

    "Outages in A, B and C because of damage": all three for both statements. A list ends in
    "and", so that "wounded in A, B without power" is none; what ends something takes only the
    places that no other statement comes before the cause of.

    Args:
        found: What was found in the text.
        cue: The statement.
        chosen: The places of its own stretch.
        mentions: All places of its sentence, in order.
    """
    if cue.topic == _CLEAR:
        return list(chosen)
    starts = {mention.start for mention in chosen}
    kept = set(starts)
    for listed in _lists(found.doc, mentions):
        inside = {mention.start for mention in listed}
        if inside.isdisjoint(starts) or inside <= starts:
            continue
        if not cue.topic.endswith(_ENDS) or _only_cause_follows(found, cue, listed[-1]):
            kept |= inside
    return [mention for mention in mentions if mention.start in kept]


def _lists(doc: Document, mentions: Sequence[MentionHit]) -> list[list[MentionHit]]:
    """Return the lists among the places of a sentence, each with an "and" in or after it."""
    found: list[list[MentionHit]] = []
    joins = words().join
    current: list[MentionHit] = list(mentions[:1])
    has_join = False
    for before, mention in pairwise(mentions):
        between = doc.text[before.end : mention.start].strip().lower()
        if (between in _COMMAS or between in joins) and before.role == mention.role:
            current.append(mention)
            has_join = has_join or between in joins
            continue
        if len(current) > 1 and (has_join or _goes_on_with_and(doc, before, joins)):
            found.append(current)
        current, has_join = [mention], False
    if len(current) > 1 and (has_join or _goes_on_with_and(doc, current[-1], joins)):
        found.append(current)
    return found


def _goes_on_with_and(doc: Document, mention: MentionHit, joins: frozenset[str]) -> bool:
    """Whether "and so many more" follows a list."""
    following = _token_after(doc, mention)
    return following is not None and following.key in joins


def _token_after(doc: Document, mention: MentionHit) -> Token | None:
    at = bisect_left(doc.tokens, mention.end, key=_start)
    return doc.tokens[at] if at < len(doc.tokens) else None


def _start(token: Token) -> int:
    return token.start


def _only_cause_follows(found: Findings, cue: CueHit, last: MentionHit) -> bool:
    """Whether nothing is told between a list and the next statement but that it was the cause."""
    if last.start < cue.start:
        return True
    following = _token_after(found.doc, last)
    if following is not None and following.text in _OPENS:
        return False  # "A is back, B and C - not"
    told = min((other.start for other in found.cues if other.start >= last.end), default=last.end)
    if told == last.end:
        return True
    return any(
        bool(found.has_effect(effect, last.end - 1, told)) for effect in ("because", "given")
    )


def in_own_part(cue: CueHit, group: Group, places: Sequence[MentionHit]) -> list[MentionHit]:
    """Return the places of a statement where each of several in one stretch has its own after it.

    "Explosions near A and outages in B": the explosions are near A only.
    """
    starts = sorted({one.start for one in group.cues})
    if len(starts) < 2:  # noqa: PLR2004 - one statement has all the places
        return list(places)
    bounds = [*starts, group.end]
    parts = [
        [place for place in places if first <= place.start < last]
        for first, last in pairwise(bounds)
    ]
    # "In X oblast, one was killed in Y and five hurt across the region": X says where both lie.
    leads = [place for place in places if place.start < bounds[0] and place.kind not in _WIDEST]
    if not all(parts) or leads:
        return list(places)
    return parts[starts.index(cue.start)] if cue.start in starts else list(places)


def is_example(
    doc: Document, mention: MentionHit, mentions: Sequence[MentionHit], *, is_counted: bool = False
) -> bool:
    """Whether a place is only an example of where something holds: "28 villages, among them A".

    Args:
        doc: The text.
        mention: The place.
        mentions: All places of its sentence.
        is_counted: Whether a count may stand before it: "among them four children in A".
    """
    if not _has_examples(doc):
        return False
    known = words()
    at = bisect_left(doc.tokens, mention.start, key=_start)
    after = bisect_left(doc.tokens, _end_of_list(doc, mention, mentions), key=_start)
    if tuple(token.key for token in doc.tokens[after : after + 2]) in known.examples_after:
        return True
    for index in range(at - 1, max(at - _BACK, -1), -1):
        token = doc.tokens[index]
        if (token.key,) in known.examples or (
            (doc.tokens[index - 1].key, token.key) in known.examples and index
        ):
            return True
        is_named = any(one.start <= token.start < one.end for one in mentions)
        if not (
            is_named
            or token.text in _COMMAS
            or token.key in known.join
            or token.key in known.support
            or token.key in known.heads
            or token.key in known.kinds
            or (is_counted and _is_counted(doc, index))
        ):
            return False
    return False


def _is_counted(doc: Document, index: int) -> bool:
    """Whether a word is a number or what it counts: "20 hurt, including four children in A"."""
    tokens = doc.tokens
    if number_words().is_small("articles", tokens[index].key):
        return True
    if number_words().units.at(tokens, index, index + 1) is not None and index:
        index -= 1
    return tokens[index].kind == "number" or numeral_at(tokens, index, index + 1) is not None


def _end_of_list(doc: Document, mention: MentionHit, mentions: Sequence[MentionHit]) -> int:
    """Return where the list ends that a place stands in: "A, B and C among them"."""
    end, known = mention.end, words()
    for other in mentions:
        if other.start < end or other.kind != mention.kind:
            continue
        between = doc.text[end : other.start].strip().lower()
        if between not in _COMMAS and between not in known.join:
            break
        end = other.end
    return end


def _has_examples(doc: Document) -> bool:
    """Whether a text has words that introduce examples; worked out once for each text."""
    held = doc.memo.get("has_examples")
    if not isinstance(held, bool):
        keys = [token.key for token in doc.tokens]
        said = chain(zip(keys, strict=True), pairwise(keys))
        held = doc.memo["has_examples"] = not _examples().isdisjoint(said)
    return held


@cache
def _examples() -> frozenset[tuple[str, ...]]:
    return words().examples | words().examples_after


def without_locators(doc: Document, mentions: Sequence[MentionHit]) -> list[MentionHit]:
    """Leave out a wider unit that only says where the place before it lies.

    "The dam of Pechenihy reservoir in Kharkiv oblast", not "Kharkiv and the villages of the
    oblast", "Kharkiv, Kharkiv oblast".
    """
    joins = words().join
    kept = list(mentions[:1])
    for before, mention in pairwise(mentions):
        if (
            mention.role == before.role == Role.AFFECTED
            and before.kind in _SPOTS
            and _lies_in(before, mention)
            and not any(
                token.key in joins or not (token.key or " ")[:1].isalnum()
                for token in _tokens_between(doc, before.end, mention.start)
            )
        ):
            continue
        kept.append(mention)
    return kept


def _lies_in(narrow: MentionHit, wide: MentionHit) -> bool:
    """Whether some unit of one name lies in one of the other; codes begin like those above."""
    digits = _DIGITS.get(wide.kind)
    if digits is None or any(code.startswith(_WITHOUT_RAIONS) for code in narrow.candidates):
        return False  # a district beside Kyiv is one of its own
    wider = {code[:digits] for code in wide.candidates}
    return any(code[:digits] in wider for code in narrow.candidates)


def _tokens_between(doc: Document, start: int, end: int) -> Sequence[Token]:
    first = bisect_left(doc.tokens, start, key=_start)
    return doc.tokens[first : bisect_left(doc.tokens, end, key=_start)]


def without_examples(
    doc: Document, mentions: Sequence[MentionHit], *, is_counted: bool = False
) -> list[MentionHit]:
    """Return the places of a sentence that are more than examples; what follows is about them."""
    return [m for m in mentions if not is_example(doc, m, mentions, is_counted=is_counted)]


def without_actors(doc: Document, mentions: Sequence[MentionHit]) -> list[MentionHit]:
    """Leave out beside another place the country that acts: "Russia attacked the grid of Ukraine"."""
    acting = [
        mention
        for mention in mentions
        if mention.kind == "country"
        and mention.role == Role.AFFECTED
        and doc.text[mention.start : mention.end].lower() in words().acting
    ]
    if not acting:
        return list(mentions)
    rest = [mention for mention in mentions if mention not in acting]
    return rest if any(mention.role == Role.AFFECTED for mention in rest) else list(mentions)


def without_aggressor(
    doc: Document, cue: CueHit, mentions: Sequence[MentionHit]
) -> list[MentionHit]:
    """Leave Russia out of where an attack was where its name is that of who attacks."""
    if not cue.topic.startswith(_ATTACKS):
        return list(mentions)
    acting = words().acting
    return [
        mention
        for mention in mentions
        if not (
            set(mention.candidates) == _RUSSIA
            and mention.kind == "country"
            and mention.end - mention.start > _SHORT
            and doc.text[mention.start : mention.end].lower() in acting
        )
    ]


def told_on(
    doc: Document,
    mentions: Sequence[MentionHit],
    cues: Sequence[CueHit],
    before: Sequence[MentionHit],
) -> list[MentionHit]:
    """Return the places that the sentences after one are about.

    One that tells nothing ("the rescue service of Ukraine wrote") does not turn to a country.

    Args:
        doc: The text.
        mentions: The places of the sentence.
        cues: What it tells.
        before: What the sentences before it are about.
    """
    kept = without_examples(doc, without_locators(doc, without_actors(doc, mentions)))
    if cues or not before:
        return kept
    spots = {code[:_OBLAST] for m in kept if m.kind in _SPOTS for code in m.candidates}
    return [
        mention
        for mention in kept
        # "X is one of the cities in Y region": what follows is of X.
        if mention.kind != "country"
        and not (mention.kind == "oblast" and any(c[:_OBLAST] in spots for c in mention.candidates))
    ]
