"""Finds out what a pattern needs to stand in a text, so that no hint hides what it could find."""

from re import _parser as parser

Needed = list[frozenset[str]]
"""Alternatives in a row: of each set, one member stands in every text that fits."""

_FEW = 400


def literal_sets(pattern: str) -> Needed:
    """Return sets of lower-case literals: a match of the pattern holds one member of each."""
    return _of(parser.parse(pattern))


def _of(items: object, run: frozenset[str] | None = None) -> Needed:
    found: Needed = []
    for kind, value in items:
        alternatives = _alternatives(str(kind), value)
        if alternatives is not None and (run is None or len(run) * len(alternatives) <= _FEW):
            run = (
                alternatives
                if run is None
                else frozenset(head + tail for head in run for tail in alternatives)
            )
            continue
        if run is not None:
            found.append(run)
        found += _inner(str(kind), value, run)
        run = alternatives
    if run is not None:
        found.append(run)
    return [one for one in found if "" not in one]


def _alternatives(kind: str, value: object) -> frozenset[str] | None:
    """Return what an item can be, where that is a short list of exact strings."""
    if kind == "LITERAL":
        return frozenset({chr(value).lower()})
    if kind == "IN":
        chars = [item for what, item in value if str(what) == "LITERAL"]
        return frozenset(chr(char).lower() for char in chars) if len(chars) == len(value) else None
    if kind == "SUBPATTERN":
        return _exact(value[-1])
    if kind == "BRANCH":
        each = [_exact(branch) for branch in value[1]]
        return None if None in each else frozenset().union(*each)
    if kind in {"MAX_REPEAT", "MIN_REPEAT"} and value[1] == 1:
        inner = _exact(value[2])
        if inner is None:
            return None
        return inner | {""} if value[0] == 0 else inner
    if kind in {"ASSERT", "ASSERT_NOT", "AT"}:
        return frozenset({""})
    return None


def _exact(items: object) -> frozenset[str] | None:
    run = frozenset({""})
    for kind, value in items:
        one = _alternatives(str(kind), value)
        if one is None or len(run) * len(one) > _FEW:
            return None
        run = frozenset(head + tail for head in run for tail in one)
    return run


def _inner(kind: str, value: object, run: frozenset[str] | None) -> Needed:
    """Return what the inside of an item needs; of branches, one of the best set of each.

    What stood right before it is the beginning of what it needs: the parser takes the letters
    that all branches begin with out of them.
    """
    if kind == "SUBPATTERN":
        return _of(value[-1], run)
    if kind in {"MAX_REPEAT", "MIN_REPEAT"} and value[0] > 0:
        return _of(value[2], run)
    if kind == "BRANCH":
        each = [_of(branch, run) for branch in value[1]]
        if all(each):
            best = [max(sets, key=lambda one: min(map(len, one))) for sets in each]
            return [frozenset().union(*best)]
    return []


def unhinted(pattern: str, hints: tuple[str, ...]) -> frozenset[str]:
    """Return what the pattern could find although no hint stands there; empty where none."""
    sets = literal_sets(pattern)
    left = [
        frozenset(text for text in one if not any(hint in text for hint in hints)) for one in sets
    ]
    return min(left, key=len, default=frozenset({"anything"}))
