"""Gives what is said of one supply to the others of its list.

"Without electricity, heat and water supply": in Ukrainian and Russian only the last of them is a
whole word, the others are its first part and a hyphen. "There is no light, gas or heat" has them
in one case with "and" before the last.
"""

from collections.abc import Sequence
from functools import cache

import msgspec

from vidomo.claims.conjunctions import AND
from vidomo.claims.document import Document
from vidomo.claims.hits import CueHit
from vidomo.claims.tables import LANGUAGES, table

_HYPHEN, _COMMA = "-", ","
_SUPPLIES = ("power", "water", "heat", "gas", "comms")
_CASES = ("nominative", "genitive")
_IMPACT = "impact."


def with_prefixed(doc: Document, cues: Sequence[CueHit]) -> tuple[CueHit, ...]:
    """Return the cues of a text and those of the other supplies of their lists.

    Args:
        doc: The text.
        cues: What was found in it.
    """
    if not any(cue.topic.startswith(_IMPACT) for cue in cues):
        return tuple(cues)
    chains = [*_chains(doc), *_lists(doc)]
    if not chains:
        return tuple(cues)
    known = {(number, _supply(cue)) for cue in cues for number in cue.tokens}
    added: list[CueHit] = []
    for cue in cues:
        for numbers, supplies in chains:
            shared = numbers.intersection(cue.tokens)
            kind, _, state = cue.topic.removeprefix(_IMPACT).partition(".")
            if not shared or kind not in supplies or not cue.topic.startswith(_IMPACT):
                continue
            for supply in supplies:
                if any((number, supply) in known for number in numbers):
                    continue
                known.update((number, supply) for number in numbers)
                topic = f"{_IMPACT}{supply}.{state}"
                added.append(msgspec.structs.replace(cue, topic=topic))
    return (*cues, *added)


def _supply(cue: CueHit) -> str:
    return cue.topic.removeprefix(_IMPACT).partition(".")[0]


def _lists(doc: Document) -> list[tuple[frozenset[int], tuple[str, ...]]]:
    """Return the lists of supplies that stand in one case, with "and" before the last."""
    found: list[tuple[frozenset[int], tuple[str, ...]]] = []
    tokens = doc.tokens
    for words in _cases():
        at = 0
        while at < len(tokens):
            members, here, ends = [], at, 0
            while here < len(tokens) and tokens[here].key in words:
                members.append(here)
                if here > at and tokens[here - 1].key in AND:
                    ends = len(members)
                joint = here + 1
                if joint >= len(tokens):
                    break
                if not (tokens[joint].text == _COMMA or tokens[joint].key in AND):
                    break
                here = joint + 1
            if ends > 1:
                supplies = tuple(dict.fromkeys(words[tokens[n].key] for n in members[:ends]))
                found.append((frozenset(members[:ends]), supplies))
            at = max(here, at) + 1
    return found


def _chains(doc: Document) -> list[tuple[frozenset[int], tuple[str, ...]]]:
    """Return the tokens of each list of supplies, and which ones they are."""
    if _HYPHEN not in doc.text:
        return []
    starts, ends = _words()
    found: list[tuple[frozenset[int], tuple[str, ...]]] = []
    at, tokens = 0, doc.tokens
    while at + 2 < len(tokens):
        members: list[tuple[int, str]] = []
        here = at
        while here + 1 < len(tokens) and tokens[here].key in starts:
            if tokens[here + 1].text != _HYPHEN:
                break
            members.append((here, starts[tokens[here].key]))
            here += 2
            while here < len(tokens) and (tokens[here].text == _COMMA or tokens[here].key in AND):
                here += 1
        whole = _whole(tokens[here].key, starts, ends) if here < len(tokens) else ""
        if members and whole:
            members.append((here, whole))
            supplies = tuple(dict.fromkeys(supply for _, supply in members))
            found.append((frozenset(number for number, _ in members), supplies))
        at = max(here, at) + 1
    return found


def _whole(key: str, starts: dict[str, str], ends: tuple[str, ...]) -> str:
    """Return the supply that a whole word names: "water supply"."""
    if not key.endswith(ends):
        return ""
    return next((supply for start, supply in starts.items() if key.startswith(start)), "")


@cache
def _cases() -> tuple[dict[str, str], ...]:
    sections = [table(lang, "segments").get("listed", {}) for lang in LANGUAGES]
    return tuple(
        {
            word: supply
            for one in sections
            for supply, forms in one.get(case, {}).items()
            for word in forms
        }
        for case in _CASES
    )


@cache
def _words() -> tuple[dict[str, str], tuple[str, ...]]:
    sections = [table(lang, "segments").get("prefixed", {}) for lang in LANGUAGES]
    starts = {
        word: supply for one in sections for supply in _SUPPLIES for word in one.get(supply, ())
    }
    return starts, tuple(end for one in sections for end in one.get("ends", ()))
