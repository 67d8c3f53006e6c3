"""Tells whom a statement about people names without counting them.

"A man and a woman were killed", "the driver, 39 years old, died", "he died".
"""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import pairwise
from operator import attrgetter

from vidomo.claims.aged import of_listed_ages
from vidomo.claims.conjunctions import AND
from vidomo.claims.document import Token
from vidomo.claims.findings import Findings
from vidomo.claims.groups import Group
from vidomo.claims.hits import CueHit, TriggerHit
from vidomo.claims.numerals import number_words
from vidomo.claims.people import harmed

_START = attrgetter("start")
_HARM = "harm."
_KILLED = "harm.killed"
# Characters that "33-year-old" before the noun of a person takes at most.
_AGE_REACH = 12
# "A girl (22 years old), who ...": characters from a person to what is told of her.
_WHO_REACH = 16
# "..., later died": characters from the beginning of a stretch to its cue.
_LATER = 14
# "A 50-year-old man, a 69-year-old pensioner": tokens from an age to the next in a list.
_LISTED_AGES = 4
# Between the last two of an English list: "a woman, a man, and a boy".
_COMMA_AND = ([",", "and"],)
# "The driver, 39 years old, ...".
_AGED_REACH = 24


def named(
    found: Findings, group: Group, cue: CueHit, *, others: Collection[int]
) -> list[TriggerHit]:
    """Return the people that nouns in the singular name as those a statement is about.

    Args:
        found: What was found in the text.
        group: The stretch of the statement.
        cue: The statement.
        others: Starts of the counts that belong to other statements.
    """
    start, end = _conjunct(found, group, cue)
    for number in found.numbers:
        is_count = number.role == "count" and number.unit in {"persons", ""}
        if is_count and start <= number.start < end and number.start not in others:
            return []
    persons = [
        word
        for word in found.has_effect("person", start, end)
        if not any(number.start <= word.start < number.end for number in found.numbers)
        and not any(
            other.topic != cue.topic and (other.start, other.end) == (word.start, word.end)
            for other in harmed(group)
        )
    ]
    kept = apart(found, persons)
    listed = of_listed_ages(found, start, end)
    if listed:
        last = listed[-1].end
        return [*(one for one in kept if one.start < listed[0].start or one.start > last), *listed]
    ages = _of_ages(found, start, end, cue=cue)
    return (
        (ages if len(ages) > max(len(kept), 1) else kept)
        or _of_age(found, start, end)
        or _pronoun(found, cue)
        or _subject(found, group, cue)
    )


def _conjunct(found: Findings, group: Group, cue: CueHit) -> tuple[int, int]:
    """Return the part of a stretch that is about one of two things done to people.

    "They killed a driver and wounded a child".
    """
    start, end = group.start, group.end
    joints = [token for token in found.doc.tokens if group.holds(token.start) and token.key in AND]
    told = any(one.end <= cue.start for one in found.has_effect("person", start, cue.start))
    if told:  # "a fitter was killed and his colleague ..."
        end = min([end, *[t.start for t in joints if 0 <= t.start - cue.end <= 1]])
    for other in harmed(group):
        if other.start >= cue.end:
            end = min([end, *[t.start for t in joints if cue.end <= t.start < other.start][-1:]])
        elif other.end <= cue.start:
            start = max([start, *[t.end for t in joints if other.end <= t.start < cue.start][-1:]])
    return start, end


def _subject(found: Findings, group: Group, cue: CueHit) -> list[TriggerHit]:
    """Return who the words right before a statement describe.

    "A girl, who was ill, died", "the driver, 39 years old, died".
    """
    sentence, small = found.doc.sentences[group.sentence], number_words().small
    is_begun = cue.start - group.start > _LATER
    if group.start == sentence.start or is_begun or not cue.topic.startswith(_HARM):
        return []
    aside = _aged(found, sentence.start, group.start)
    if aside:
        return aside
    known = small["someone_who"] | small["who"]
    for token in reversed(found.doc.tokens[sentence.first : sentence.last]):
        if token.start >= group.start or token.key not in known:
            continue
        people = [
            one
            for one in found.has_effect("person", sentence.start, token.start)
            if token.start - one.end <= _WHO_REACH
        ]
        return people[-1:]
    return []


def _aged(found: Findings, start: int, end: int) -> list[TriggerHit]:
    """Return the person described between two marks right before an offset.

    "The driver, 39 years old, died", "one of them, a 52-year-old man, died".
    """
    people = [one for one in found.has_effect("person", start, end) if one.end < end]
    if not people or end - people[-1].end > _AGED_REACH:
        return []
    last, text = people[-1], found.doc.text
    after = text[last.end : end]
    is_free = "," in after and not any(last.end <= cue.start < end for cue in found.cues)
    before = text[max(start, last.start - _AGE_REACH) : last.end]
    has_age = any(sign.isdigit() for sign in before.rpartition(",")[2] + after)
    return people[-1:] if is_free and has_age else []


def _of_age(found: Findings, start: int, end: int) -> list[TriggerHit]:
    """Return whom an age in the singular describes: "a 41-year-old Syrian", whatever the noun."""
    tokens = found.doc.tokens
    at = bisect_left(tokens, start, key=_START)
    for index in range(at, bisect_left(tokens, end, key=_START)):
        key = tokens[index].key
        if key[0].isdigit() and key.endswith(tuple(number_words().small["aged_one"])):
            token = tokens[index]
            return [_someone(token, index)]
    return []


def _of_ages(found: Findings, start: int, end: int, *, cue: CueHit) -> list[TriggerHit]:
    """Return those whom ages in a list tell apart: "a 52-year-old and a 60-year-old man"."""
    tokens, ends = found.doc.tokens, tuple(number_words().small["aged_one"])
    made: list[TriggerHit] = []
    for index in range(
        bisect_left(tokens, start, key=_START), bisect_left(tokens, end, key=_START)
    ):
        key = tokens[index].key
        if not (key[0].isdigit() and key.endswith(ends)):
            continue
        if made:
            between = tokens[made[-1].tokens[0] + 1 : index]
            joints = [one for one in between if one.text == "," or one.key in AND]
            is_told = any(
                one.start == other.start
                for one in between
                for other in found.cues
                if other.start != cue.start
            )
            is_one = len(joints) == 1 or [one.text for one in joints] in _COMMA_AND
            if not is_one or len(between) > _LISTED_AGES or is_told:
                return made
        made.append(_someone(tokens[index], index))
    return made


def _someone(token: Token, index: int) -> TriggerHit:
    return TriggerHit(
        start=token.start,
        end=token.end,
        rule="people.pronoun",
        effect="person",
        scope_start=token.start,
        scope_end=token.end,
        tokens=(index,),
    )


def _pronoun(found: Findings, cue: CueHit) -> list[TriggerHit]:
    """Return the word that stands for one person right beside a cue: "he died"."""
    tokens, small = found.doc.tokens, number_words().small
    if not cue.tokens or not cue.topic.startswith(_HARM):
        return []
    first, last = cue.tokens[0], cue.tokens[-1]
    known = small["someone"] | (small["someone_who"] if cue.topic == _KILLED else frozenset())
    for at in range(max(first - 1, 0), min(last + 2, len(tokens))):
        is_who = tokens[at].key in small["someone_who"]
        if tokens[at].key in known and not (is_who and at and tokens[at - 1].kind != "mark"):
            return [_someone(tokens[at], at)]
    return []


def apart(found: Findings, persons: Sequence[TriggerHit]) -> list[TriggerHit]:
    """Return the people that nouns in the singular name, each once.

    "A man and a woman" are two, "a woman, a man and a child" three; "a lad, a pupil" is one.
    """
    if not persons:
        return []
    words = sorted({word.start: word for word in persons}.values(), key=lambda word: word.start)
    kept = words[:1]
    waiting: list[TriggerHit] = []
    for last, word in pairwise(words):
        if word.tokens[0] <= last.tokens[-1] + 1:
            continue  # "a 33-year-old woman"
        before = found.doc.tokens[max(word.tokens[0] - 2, 0) : word.tokens[0]]
        if any(token.key in AND for token in before):
            kept += [*waiting, word]
            waiting = []
        elif any(token.text == "," for token in before):
            waiting.append(word)
    return kept
