"""How well the cells of the raions fit: the section of the report, against borders kept elsewhere."""

import json
from collections import defaultdict
from pathlib import Path
from statistics import median

import shapely
from shapely.geometry import shape

from gazetteer.build import Build
from gazetteer.cells import area_of
from vidomo.gazetteer.names import fold
from vidomo.gazetteer.shapes import Shapes
from vidomo.gazetteer.shapes_arcs import SCALE

_FEW = 0.9  # share of area in the right raion; below it, by our own rule, points are too few
_ABOUT = 0.05  # degrees that a border may be off before a feature counts as outside its oblast


def quality(build: Build, cells: Shapes, *, borders: Path | None) -> list[str]:
    """Return the section as lines of Markdown.

    Args:
        build: Names and points.
        cells: What was made of them.
        borders: A GeoJSON file of raions to measure against; it goes into no file of ours.
    """
    lines = [
        "## Cells of the raions",
        "",
        (
            f"{len(cells.codes)} shapes (136 raions, Kyiv, Sevastopol): the land nearest to the "
            f"settlements of each, from {_pointed(build):,} points, clipped to the oblast. "
            f"{sum(map(len, cells.arcs.lines)):,} corners on {len(cells.arcs.lines):,} shared lines."
        ),
        "",
    ]
    if borders is None or not borders.exists():
        return [*lines, "Not measured: no borders to measure against on this machine.", ""]
    return [*lines, *_measured(build, cells, _drawn(build, borders))]


def _pointed(build: Build) -> int:
    return sum(1 for code in build.spot_of if len(build.by_code[code].above) > 1)


def _drawn(build: Build, borders: Path) -> dict[str, shapely.Geometry]:
    """Return the borders of raions that a file names, each in the oblast that it lies in."""
    named: dict[str, list[str]] = defaultdict(list)
    for row in build.rows:
        if row.category == "P":
            named[fold(row.name)].append(row.code)
    oblasts = {code: area_of(rings).buffer(_ABOUT) for code, rings in build.shapes.items()}
    found = {}
    for feature in json.loads(borders.read_text(encoding="utf-8"))["features"]:
        area = shapely.make_valid(shape(feature["geometry"]))
        middle = area.representative_point()
        name = fold(feature["properties"]["name"]).rsplit(" ", 1)[0]
        fitting = [
            code
            for code in named.get(name, ())
            if oblasts[build.by_code[code].above[0]].contains(middle)
        ]
        if len(fitting) == 1:
            found[fitting[0]] = area
    return found


def _measured(build: Build, cells: Shapes, drawn: dict[str, shapely.Geometry]) -> list[str]:
    by_oblast: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    points: dict[str, int] = defaultdict(int)
    for code in build.spot_of:
        above = build.by_code[code].above
        if len(above) > 1:
            points[above[0]] += 1
    for code, area in drawn.items():
        rings = [[(x / SCALE, y / SCALE) for x, y in ring] for ring in cells.arcs.rings(code)]
        cell = area_of(rings)
        both = area.intersection(cell).area
        # One oblast spans little latitude, so that square degrees compare well inside it.
        by_oblast[build.by_code[code].above[0]].append(
            (both, area.area, both / area.union(cell).area)
        )
    raions = defaultdict(int)
    for row in build.rows:
        raions[row.above[0] if row.above else row.code] += row.category == "P"
    lines = [
        (
            f"Measured against {len(drawn)} raions as OpenStreetMap has them (ODbL, beside the "
            "project, never in it). Share: area that lies in the right raion. IoU: intersection "
            f"over union. Where less than {_FEW:.0%} of the area lies right, there are too few points "
            "with coordinates, and the borders are guesses."
        ),
        "",
        "| oblast | raions | measured | points a raion | share | median IoU | lowest IoU | |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for oblast, found in sorted(by_oblast.items()):
        each = points[oblast] / raions[oblast]
        lines.append(
            f"| {build.by_code[oblast].name} | {raions[oblast]} | {len(found)} | {each:.0f} | "
            f"{_share(found)} | {median(one[2] for one in found):.2f} | "
            f"{min(one[2] for one in found):.2f} | {'' if _right(found) >= _FEW else 'too few points'} |"
        )
    all_found = [one for found in by_oblast.values() for one in found]
    lines.append(
        f"| all | {sum(raions.values())} | {len(all_found)} | "
        f"{sum(points.values()) / sum(raions.values()):.0f} | {_share(all_found)} | "
        f"{median(one[2] for one in all_found):.2f} | {min(one[2] for one in all_found):.2f} | |"
    )
    return [*lines, ""]


def _right(found: list[tuple[float, float, float]]) -> float:
    return sum(one[0] for one in found) / sum(one[1] for one in found)


def _share(found: list[tuple[float, float, float]]) -> str:
    return f"{100 * _right(found):.1f} %"
