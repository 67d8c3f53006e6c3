"""Counts the people whom a statement names one by one or in groups."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from vidomo.claims.attach import COUNTED_AS
from vidomo.claims.findings import Findings
from vidomo.claims.groups import Group
from vidomo.claims.hits import CueHit, NumberHit, TriggerHit
from vidomo.claims.numerals import number_words

# "and" in Ukrainian, Russian and English.
AND = frozenset({"\u0442\u0430", "\u0456", "\u0439", "\u0438", "and"})
_START = attrgetter("start")
_HARM = "harm."
# Characters before the first word of a sentence: a dash, a quotation mark.
_AT_ONCE = 3
PEOPLE = frozenset({"persons", "children"})


def joined(found: Findings, hit: NumberHit, persons: Sequence[TriggerHit]) -> int:
    """Return how many people stand beside a count: "a teacher and two pupils" are three."""
    tokens = found.doc.tokens
    before = bisect_left(tokens, hit.start, key=_START) - 1
    if before < 1 or tokens[before].key not in AND:
        return 0
    return int(
        any(
            word.end == tokens[before - 1].end
            and not any(n.unit_start <= word.start < n.unit_end for n in found.numbers)
            for word in persons
        )
    )


def listed(found: Findings, hit: NumberHit, *, cue: CueHit) -> float:
    """Return the people of the next count joined by "and": "two women and three men".

    In "killed was one man and one woman is in hospital" the second has a verb of her own.
    """
    other = next_people(found, hit)
    if other is None or other.unit not in {hit.unit, ""}:
        return 0
    after = bisect_left(found.doc.tokens, max(other.end, other.unit_end), key=_START)
    has_own = after < len(found.doc.tokens) and number_words().is_small(
        "states", found.doc.tokens[after].key
    )
    return 0 if has_own and cue.end <= hit.start else (other.min or 0)


def next_people(found: Findings, hit: NumberHit) -> NumberHit | None:
    """Return the exact count of people that "and" joins to a count of people."""
    tokens = found.doc.tokens
    end = max(hit.end, hit.unit_end)
    after = bisect_left(tokens, end, key=_START)
    if after + 1 >= len(tokens) or tokens[after].key not in AND:
        return None
    for other in found.numbers:
        if other.start == tokens[after + 1].start and other.role == "count":
            if any(cue.start < other.unit_end and other.unit_start < cue.end for cue in found.cues):
                return None  # "three killed and seventeen wounded"
            is_people = other.unit in {*PEOPLE, ""} and hit.unit in PEOPLE
            return other if is_people and other.mode == "exact" else None
    return None


def apart(found: Findings, persons: Sequence[TriggerHit]) -> list[TriggerHit]:
    """Return the people that nouns in the singular name, each once.

    "A man and a woman" are two, "a woman, a man and a child" three; "a lad, a pupil" is one.
    """
    if not persons:
        return []
    words = sorted({word.start: word for word in persons}.values(), key=lambda word: word.start)
    kept = words[:1]
    waiting: list[TriggerHit] = []
    for word in words[1:]:
        before = found.doc.tokens[max(word.tokens[0] - 2, 0) : word.tokens[0]]
        if any(token.key in AND for token in before):
            kept += [*waiting, word]
            waiting = []
        elif any(token.text == "," for token in before):
            waiting.append(word)
    return kept


def are_people(number: NumberHit) -> bool:
    """Whether a count is one of people, or of what its noun does not say."""
    return COUNTED_AS.get(number.unit, number.unit) in {*PEOPLE, ""}


def told_until(found: Findings, group: Group) -> int:
    """Return where what a statement says of people ends: "Seven wounded. Among them two children".

    A next sentence of the paragraph that begins so and states no harm of its own goes on with the
    last statement of harm of the one before.
    """
    sentences = found.doc.sentences
    own = sentences[group.sentence]
    if group.sentence + 1 >= len(sentences):
        return group.end
    after = sentences[group.sentence + 1]
    harmed = [cue.start for cue in found.cues if cue.topic.startswith(_HARM)]
    begins = any(
        word.start - after.start <= _AT_ONCE
        for word in found.has_effect("subset", after.start, after.end)
    )
    is_last = not any(group.end <= at < own.end for at in harmed)
    is_free = not any(after.start <= at < after.end for at in harmed)
    return (
        after.end
        if begins and is_last and is_free and own.paragraph == after.paragraph
        else group.end
    )
