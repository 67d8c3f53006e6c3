"""Measure how soon a wrong post is put right on every output, from the officer's first act on.

Plays the drill of ``tests/app/correction_drill.py``: commands and a server in processes of their
own. The officer's own thinking is not in it; each look at all outputs is.

Example: python bench/correction.py
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from app.correction_drill import LIMIT_S, drill  # noqa: E402 - where the drill lies is said above


def show(what: str, figure: str) -> None:
    """Print one row."""
    print(f"{what:<66}{figure:>22}", flush=True)


def main() -> None:
    """Play the drill once."""
    with tempfile.TemporaryDirectory() as folder:
        drilled = drill(Path(folder))
    groups: dict[str, list[float]] = {}
    for name, seconds in drilled.took_s.items():
        groups.setdefault(name.partition(",")[0], []).append(seconds)
    for name, took in sorted(groups.items(), key=lambda one: max(one[1])):
        show(f"{name}: right again after ({len(took)} looked at)", f"{max(took):.1f} s")
    show(
        f"every output right again (promised: {LIMIT_S:.0f} s)",
        f"{max(drilled.took_s.values()):.1f} s",
    )
    if max(drilled.took_s.values()) > LIMIT_S:
        sys.exit("not within what is promised")


if __name__ == "__main__":
    main()
