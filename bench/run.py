"""Run every measurement and write the table that the docs quote.

The million claims take half an hour; ``--quick`` stops at ten thousand and says so.

Example: python bench/run.py --quick
"""

import os
import platform
import subprocess
import sys
from pathlib import Path

from vidomo.core.clock import system_clock

ROOT = Path(__file__).resolve().parents[1]
PARTS = (
    "gazetteer",
    "journal",
    "house",
    "sirens",
    "outages",
    "scale",
    "reading_speed",
    "page",
    "check",
    "correction",
    "documents",
    "grid",
    "restoration",
    "services",
    "twins",
    "outlook",
)


def main() -> None:
    """Run the parts one after another; end with an error when one fails."""
    pages = [
        "# Measurements\n",
        "Written by `make bench`. Whole-process figures of one run; the machine is shared, so quote ratios before seconds.\n",
        (
            f"{system_clock():%Y-%m-%d}, Python {platform.python_version()}, "
            f"{platform.machine()}, {len(os.sched_getaffinity(0))} cores.\n"
        ),
    ]
    quick = "--quick" in sys.argv[1:]
    if quick:
        pages.append("A quick run: the scale stops at ten thousand claims.\n")
    for part in PARTS:
        print(f"--- {part}", flush=True)
        more = ["10000"] if quick and part == "scale" else []
        ran = subprocess.run(
            [sys.executable, str(ROOT / "bench" / f"{part}.py"), *more],
            check=False,
            stdout=subprocess.PIPE,
            text=True,
        )
        print(ran.stdout, flush=True)
        if ran.returncode != 0:
            sys.exit(f"bench/{part}.py failed")
        pages.append(f"## {part}\n\n```\n{ran.stdout.rstrip()}\n```\n")
    (ROOT / "docs" / "measurements.md").write_text("\n".join(pages), "utf-8")


if __name__ == "__main__":
    main()
