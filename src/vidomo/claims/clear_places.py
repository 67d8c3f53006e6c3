"""Says where an alert begins or ends where no list tells: in its own clause, or under a heading.

An all-clear for one place must never reach another: of the other statements of its sentence, and
of those before it, it takes no place but that of a heading or of an earlier word on the alert.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vidomo.claims.document import Segment, token_at
from vidomo.claims.groups import Group
from vidomo.claims.hits import CueHit, MentionHit
from vidomo.claims.mentions_words import is_counted, words
from vidomo.claims.model import Role

if TYPE_CHECKING:
    from vidomo.claims.findings import Findings

_ALERT = "alert."
_AFTER_HEADING = frozenset({":", "\u2013", "-"})
# Tokens from "some" to the word for units: "some northern oblasts".
_NEAR = 4
# Words of a sentence that only calls the one before it false.
_FEW = 4
_RUSSIA = frozenset({"RU"})
_STOPS = frozenset(",.!;\n")
_HERE = frozenset({Role.AFFECTED.value, Role.NEAR.value})
#: Stands among the rules of a claim whose places another statement named.
BORROWED = "clear_places.borrowed"


def is_for_some(found: "Findings", start: int) -> bool:
    """Whether words of a clause end the alert in some units that it does not name.

    "In some oblasts the alert is over": nobody can say in which.
    """
    known, doc = words(), found.doc
    clause = doc.clauses[found.chunks.clause_at(start)]
    named = any(m.kind == "oblast" and clause.start <= m.start < clause.end for m in found.mentions)
    for at in range(clause.first, clause.last):
        if doc.tokens[at].key in known.oblasts and not named and is_counted(doc, at, known):
            return True
        if doc.tokens[at].key not in known.partly:
            continue
        for following in doc.tokens[at + 1 : min(at + _NEAR, clause.last)]:
            head = known.heads.get(following.key)
            if head is not None and head.is_plural:
                return True
        here = [token.start for token in doc.tokens[at : at + 2]]  # "western Ukraine"
        if any(
            m.kind == "country" and m.start <= one < m.end for m in found.mentions for one in here
        ):
            return True
    return False


def is_called_false(found: "Findings", start: int) -> bool:
    """Whether the sentence after says no more than that it is not so: "All clear. A fake"."""
    number = found.chunks.all[found.chunks.at(start)].sentence + 1
    for after in found.doc.sentences[number : number + 1]:
        words = sum(token.kind == "word" for token in found.doc.tokens[after.first : after.last])
        if words <= _FEW and found.has_effect("denied", after.start, after.end):
            return True
    return False


def within_reach(
    found: "Findings",
    cue: CueHit,
    groups: Sequence[Group],
    mentions: Sequence[MentionHit],
    carried: Sequence[MentionHit],
) -> tuple[list[MentionHit], tuple[MentionHit, ...]]:
    """Return the places of a sentence that an all-clear can be for, and those it may borrow.

    It borrows only where its own clause names none: of the statements before it.
    """
    near = [m for m in mentions if not _is_on_the_way(found, cue, m)]
    ours = [m for m in near if _may_be_of(found, cue, groups, m)]
    if ours:
        return ours, ()
    before = [m for m in near if m.start < cue.start and m.role in _HERE]
    lent = before or [m for m in carried if not _is_on_the_way(found, cue, m)]
    if is_borrowed(found, cue, groups, lent):
        lent = [m for m in lent if set(m.candidates) != _RUSSIA]
    return [], tuple(lent)


def is_borrowed(
    found: "Findings", cue: CueHit, groups: Sequence[Group], places: Sequence[MentionHit]
) -> bool:
    """Whether an alert took its places from a statement before it that tells something else."""
    if not cue.topic.startswith(_ALERT) or cue.at or not places:
        return False
    here = _sentence_of(found, cue.start)
    return all(
        not _may_be_of(found, cue, groups, place)
        if here.start <= place.start < here.end
        else not _is_told_there(found, place)
        for place in places
    )


def _may_be_of(
    found: "Findings", cue: CueHit, groups: Sequence[Group], mention: MentionHit
) -> bool:
    """Whether a place of the same sentence can be where an alert ends."""
    own = next((group for group in groups if cue in group.cues), None)
    other = next((group for group in groups if group.holds(mention.start)), own)
    if other is own or other is None:
        return True
    if any(one.topic.startswith(_ALERT) for one in other.cues):
        return mention.start < cue.start
    return _is_heading(found, mention)


def _is_on_the_way(found: "Findings", cue: CueHit, mention: MentionHit) -> bool:
    """Whether something flies to a place or comes from it, past a mark.

    "It left for B, the alert is over", "launches from C. All clear": neither B nor C is clear.
    """
    doc, known = found.doc, words()
    at = token_at(doc, mention.start)
    between = doc.text[min(mention.end, cue.end) : max(mention.start, cue.start)]
    is_beside = found.chunks.at(mention.start) == found.chunks.at(cue.start)
    if at == 0 or (is_beside and _STOPS.isdisjoint(between)):
        return False
    before = doc.tokens[at - 1].key
    last = doc.tokens[token_at(doc, mention.end - 1)].key
    return before in known.away or (
        before in known.toward and not last.endswith(known.locative_ends)
    )


def _is_heading(found: "Findings", mention: MentionHit) -> bool:
    """Whether a place stands in a list that opens its sentence: "Sumy and raion - all clear"."""
    tokens = found.doc.tokens
    sentence = _sentence_of(found, mention.start)
    named = [m for m in found.mentions if sentence.start <= m.start < sentence.end]
    for token in tokens[sentence.first : sentence.last]:
        if token.text in _AFTER_HEADING:
            return mention.start < token.start
        is_named = any(m.start <= token.start < m.end for m in named)
        if token.kind in {"word", "number"} and not is_named and token.key not in words().join:
            return False
    return False


def _is_told_there(found: "Findings", place: MentionHit) -> bool:
    """Whether the sentence of a place is a heading, or speaks of the alert there."""
    sentence = _sentence_of(found, place.start)
    cues = [cue for cue in found.cues if sentence.start <= cue.start < sentence.end]
    if any(cue.topic.startswith(_ALERT) for cue in cues):
        return True
    told = [
        token
        for token in found.doc.tokens[sentence.first : sentence.last]
        if token.kind in {"word", "number"} and ":" not in token.text
    ]
    named = [m for m in found.mentions if sentence.start <= m.start < sentence.end]
    return not cues and all(any(m.start <= one.start < m.end for m in named) for one in told)


def _sentence_of(found: "Findings", offset: int) -> Segment:
    return found.doc.sentences[found.chunks.all[found.chunks.at(offset)].sentence]
