"""The report of a build: what went in, what is missing."""

from collections import Counter

from gazetteer.build import Build
from gazetteer.codifier import SETTLEMENTS

# First digits of the units that were outside government control in whole when the build was
# made: Crimea, Sevastopol and Luhansk oblast. Others are split by the line of contact; the report
# names them so that nobody takes their gaps for carelessness.
_OCCUPIED = ("UA01", "UA85", "UA44")
_SPLIT = ("UA14", "UA23", "UA65")
_LEVELS = (("O", "oblasts and Crimea"), ("P", "raions"), ("H", "communities"))


def report(build: Build, parts: dict[str, bytes], *, edition: str) -> str:
    """Return the report as Markdown."""
    return "\n".join(
        [
            "# What the gazetteer file holds",
            "",
            f"Written by `make gazetteer`. Sources: {edition}.",
            "",
            *_units(build),
            *_coordinates(build),
            *_centres(build),
            *_names(build),
            *_size(parts),
        ]
    )


def _units(build: Build) -> list[str]:
    counted = Counter(row.category for row in build.rows)
    lines = ["## Units", "", "| category | units |", "| --- | ---: |"]
    lines += [f"| {letter} | {counted[letter]:,} |" for letter in "OKPHMXCB"]
    lines += [
        f"| all | {len(build.rows):,} |",
        "",
        f"Stray blanks were taken off {build.stray} names.",
        "",
    ]
    return lines


def _coordinates(build: Build) -> list[str]:
    places = [row for row in build.rows if row.category in SETTLEMENTS]
    found = [row for row in places if row.code in build.spot_of]
    people = sum(1 for row in found if build.spot_of[row.code].population)
    lines = [
        "## Coordinates of settlements",
        "",
        (
            f"{len(found):,} of {len(places):,} settlements ({_share(len(found), len(places))}) have "
            f"coordinates, {people:,} a population; {len(build.spots) - len(found):,} of "
            f"{len(build.spots):,} GeoNames places fit no settlement or several, and are left out."
        ),
        "",
        "| category | settlements | with coordinates | share |",
        "| --- | ---: | ---: | ---: |",
    ]
    for letter in "KMXC":
        whole = sum(1 for row in places if row.category == letter)
        some = sum(1 for row in found if row.category == letter)
        lines.append(f"| {letter} | {whole:,} | {some:,} | {_share(some, whole)} |")
    return [*lines, ""]


def _centres(build: Build) -> list[str]:
    lines = [
        "## Centres",
        "",
        (
            "The centre of a wider unit is its seat's place, else that of the largest settlement "
            "inside that has one, else unknown."
        ),
        "",
        "| level | units | with a centre | of these at the seat | share |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for letter, label in _LEVELS:
        rows = [row for row in build.rows if row.category == letter]
        found = [row for row in rows if row.code in build.centre_of]
        seated = sum(1 for row in found if build.seats.get(row.code) in build.spot_of)
        share = _share(len(found), len(rows))
        lines.append(f"| {label} | {len(rows):,} | {len(found):,} | {seated:,} | {share} |")
    communities = [row.code for row in build.rows if row.category == "H"]
    for label, outside in (
        ("outside Crimea, Sevastopol and Luhansk oblast", _OCCUPIED),
        ("and outside Donetsk, Zaporizhzhia and Kherson oblasts", (*_OCCUPIED, *_SPLIT)),
    ):
        rest = [code for code in communities if not code.startswith(outside)]
        centred = sum(1 for code in rest if code in build.centre_of)
        lines += [
            "",
            (
                f"Communities {label}: {centred:,} of {len(rest):,} "
                f"({_share(centred, len(rest))}) have a centre."
            ),
        ]
    return [*lines, ""]


def _names(build: Build) -> list[str]:
    names = build.naming
    cities = [row.code for row in build.rows if row.category in "KM"]
    confirmed = sum(1 for code in cities if code not in names.ru_by_rule)
    origins = Counter(base.origin for base in names.units)
    return [
        "## Names",
        "",
        (
            f"Words that stand for units: {len(names.units):,} "
            f"({', '.join(f'{origin} {count:,}' for origin, count in sorted(origins.items()))})."
        ),
        "",
        f"Units with former names: {sum(1 for old in names.former.values() if old):,}.",
        "",
        (
            f"Russian names by hand or confirmed by GeoNames: {len(names.ru) - len(names.ru_by_rule):,}"
            f" of {len(names.ru):,} units, {confirmed} of {len(cities)} cities; the rest is by rule."
        ),
        "",
    ]


def _size(parts: dict[str, bytes]) -> list[str]:
    lines = ["## The file", "", "| section | bytes |", "| --- | ---: |"]
    lines += [f"| {name} | {len(body):,} |" for name, body in parts.items()]
    return [*lines, f"| all | {sum(map(len, parts.values())):,} |", ""]


def _share(some: int, whole: int) -> str:
    return f"{100 * some / whole:.1f} %"
