"""How a law is tried: over many histories, with what they held, and on broken implementations."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings, strategies as st

from vidomo.situation.decision import Decision
from vidomo.situation.model import Situation, Standing

Law = Callable[[Any, int], Iterable[str]]
"""Tries one subject on the history of a seed; returns what that history held."""

SEEDS = st.integers(min_value=0, max_value=2**32 - 1)
MATTERS = ("conflict", "edit", "deletion", "silence", "withheld")
"""What at least a fifth of the examples of every law must hold."""
ENOUGH = 1000  # a share of a few examples says nothing
STATISTICS: dict[str, Counter[str]] = {}
"""What the examples of each law held; printed at the end of the run."""


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder that costs no waiting for a real disk, where the machine has one."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as made:
        yield Path(made)


def held_in(found: Situation) -> set[str]:
    """Return what a situation really shows of what matters, whatever was thrown into it."""
    away = [item for item in found.evidence if item.standing is Standing.WITHDRAWN]
    seen = {
        "conflict": any(one.conflicts for one in found.incidents),
        "edit": any(item.reason == "edited_away" for item in away),
        "deletion": any(item.reason == "deleted" for item in away),
        "silence": any(one.silent_since for one in found.sources),
        "withheld": bool(away),
        "decision": bool(found.decisions),
        "orphaned": bool(found.orphaned),
    }
    return {name for name, is_held in seen.items() if is_held}


def put_right(
    found: Situation, decisions: Iterable[Decision]
) -> dict[str, set[tuple[float | None, float | None]]]:
    """Return the numbers that people put right, by the claims that they put right, copies too."""
    values = {one.id: one.value for one in decisions if one.kind == "overrule"}
    numbers: dict[str, set[tuple[float | None, float | None]]] = {}
    for decided in found.decisions:
        value = values.get(decided.id, {})
        given = [float(value["number"])] if "number" in value else []
        given += [0.0] if value.get("polarity") == "negated" else []
        copies = [item.claim for item in found.evidence if item.copied_from in decided.claims]
        for claim in (*decided.claims, *copies):
            numbers.setdefault(claim, set()).update((one, one) for one in given)
    return numbers


def keeps(name: str, law: Law, subject: Any, *, short: int | None = None) -> None:
    """Try a law on many histories; where they are many, a fifth hold each thing that matters.

    Args:
        name: Number and name of the law, for the statistics.
        law: The law.
        subject: What has to keep it.
        short: How many histories the short form takes, where each is slow.
    """
    held = STATISTICS.setdefault(name, Counter())
    usual = settings.default.max_examples
    count = usual if short is None or usual >= ENOUGH else short

    @settings(max_examples=count)
    @given(seed=SEEDS)
    def holds(seed: int) -> None:
        held.update(law(subject, seed))
        held["all"] += 1

    holds()
    if held["all"] >= ENOUGH:
        for feature in MATTERS:
            assert held[feature] >= held["all"] / 5, feature


def catches(law: Law, mutant: Any, *, examples: int = 2000) -> None:
    """Assert that a law rejects a broken implementation, and that by its own assertion."""

    @settings(max_examples=examples, phases=[Phase.generate], database=None)
    @given(seed=SEEDS)
    def holds(seed: int) -> None:
        law(mutant, seed)

    with pytest.raises(AssertionError):
        holds()


def statistics() -> Iterable[str]:
    """Yield one line a law: how many examples, and which share of them held what."""
    for name, held in STATISTICS.items():
        count = held["all"]
        if count:
            shares = ", ".join(
                f"{feature} {held[feature] / count:.0%}"
                for feature in sorted(
                    held.keys() - {"all"}, key=lambda one: (one not in MATTERS, one)
                )
            )
            yield f"{name:<24} {count:>6} examples: {shares}"
