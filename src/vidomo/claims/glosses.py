"""Finds expansions of abbreviations that are checkably wrong."""

import re
from functools import cache

import msgspec

from vidomo.claims.document import Document
from vidomo.claims.topics import vocabulary

_MAX_GLOSS = 80


class FalseGloss(msgspec.Struct, frozen=True):
    """An abbreviation with a false expansion, in normalised offsets."""

    start: int
    end: int
    rule: str


class _Gloss(msgspec.Struct, frozen=True):
    rule: str
    initials: frozenset[str]
    right: tuple[tuple[str, ...], ...]


@cache
def _glosses() -> tuple[re.Pattern[str], dict[str, _Gloss]]:
    known: dict[str, _Gloss] = {}
    for name, row in vocabulary("glosses").items():
        gloss = _Gloss(
            f"gloss.{name}",
            frozenset(row["initials"]),
            tuple(tuple(parts) for parts in row["right"]),
        )
        known.update(dict.fromkeys(row["forms"], gloss))
    forms = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    return re.compile(rf"\b({forms})\s?\(([^()\n]{{3,{_MAX_GLOSS}}})\)"), known


def find_false_glosses(doc: Document) -> tuple[FalseGloss, ...]:
    """Return the abbreviations that a text expands wrongly.

    Only a bracket that begins like an expansion is judged ("KAB (Korabl-Svyaz)");
    any other remark in brackets is none ("KAB (four of them)").
    """
    pattern, known = _glosses()
    found = []
    for match in pattern.finditer(doc.text):
        gloss = known[match[1]]
        words = match[2].strip().lower()
        if words[:1] not in gloss.initials or len(words) <= len(match[1]):
            continue
        if not any(all(part in words for part in parts) for parts in gloss.right):
            found.append(FalseGloss(match.start(), match.end(), gloss.rule))
    return tuple(found)
