"""Find places, explain how a name was decided, and take in the borders of raions."""

from pathlib import Path

import click

from vidomo.app.cli.options import data_option, folder_or_default, json_option, print_json
from vidomo.app.reader import explain_places
from vidomo.core.errors import ConfigError, InputError, MachineRefused
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.shapes import store_shapes
from vidomo.gazetteer.shapes_import import Imported, import_shapes
from vidomo.gazetteer.shapes_read import LARGEST

NOTHING_KNOWN, REFUSED_IN_PART = 3, 5


@click.group()
def places() -> None:
    """Find places by any form of their names; take in the borders of raions.

    \b
    Example: vidomo places find Izum
    """


@places.command()
@click.argument("name")
@click.option("--limit", default=20, show_default=True, help="How many at most.")
@json_option
def find(name: str, limit: int, as_json: bool) -> int:
    """Find every unit that a name can stand for, best first.

    \b
    Example: vidomo places find Shevchenkove --limit 5
    """
    gazetteer = Gazetteer.open()
    found = gazetteer.find(name, limit=limit)
    if as_json:
        print_json(
            [
                {
                    "code": item.code,
                    "how": item.how,
                    "matched": item.matched,
                    "unit": gazetteer.get(item.code),
                    "label": gazetteer.label(item.code, full=True),
                }
                for item in found
            ]
        )
    else:
        for item in found:
            click.echo(f"{item.code}  {gazetteer.label(item.code, full=True)}  ({item.how})")
    return 0 if found else NOTHING_KNOWN


@places.command()
@click.argument("text")
@click.option("--home", metavar="CODE", help="KATOTTG code of the place the source speaks from.")
@json_option
def explain(text: str, home: str | None, as_json: bool) -> int:
    """Show how each place named in TEXT was decided: candidates, scores, margin.

    \b
    Example: vidomo places explain 'Explosions in Shevchenkove' --home UA63080000000032022
    """
    if home is not None and Gazetteer.open().get(home) is None:
        raise ConfigError(f"--home: no place has the code {home!r}", hint="vidomo places find NAME")
    found = explain_places(text, home=home)
    if as_json:
        print_json(found)
    else:
        for item in found:
            click.echo(str(item))
    return 0 if found else NOTHING_KNOWN


@places.command("import-shapes")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--source", required=True, help="Who drew the borders; shown under every map.")
@click.option("--licence", required=True, help="What they may be used under; shown as well.")
@click.option("--date", "day", required=True, help="Day that they stand for: 2025-01-31.")
@data_option
@json_option
def import_borders(
    file: Path, source: str, licence: str, day: str, folder: Path | None, as_json: bool
) -> int:
    """Take the borders of raions from a GeoJSON FILE, in place of the approximate ones.

    Features are matched by KATOTTG code, else by P-code, else by Ukrainian or English name
    within the oblast that they lie in. What cannot be matched or used is told and left out;
    raions that the file lacks keep their approximate borders. The maps show source, licence
    and date from then on.

    \b
    Example: vidomo places import-shapes raions.geojson --source 'State geodesy' --licence 'CC BY 4.0' --date 2025-01-31
    """
    gazetteer = Gazetteer.open()
    found = import_shapes(_body(file), source=source, licence=licence, day=day, gazetteer=gazetteer)
    path = None
    if found.shapes is not None:
        path = store_shapes(found.shapes, folder_or_default(folder))
    if as_json:
        print_json(_facts(found, path))
    else:
        _tell(found, path, gazetteer)
    if found.shapes is None:
        raise InputError(
            f"no raion of {file.name} can be used",
            hint=(found.problems[0].hint if found.problems else "give features of raions"),
        )
    return REFUSED_IN_PART if found.problems else 0


def _body(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise InputError(
                f"{file.name} has {file.stat().st_size:,} bytes; at most {LARGEST:,} are read",
                hint="simplify it: ogr2ogr -simplify 0.001 new.geojson FILE",
            )
        return file.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"there is no file {file}", hint="look at the path") from error
    except OSError as error:
        raise MachineRefused(f"cannot read {file}: {error.strerror}") from error


def _facts(found: Imported, path: Path | None) -> dict[str, object]:
    return {
        "stored": str(path) if path else None,
        "origin": found.shapes.origin if found.shapes else None,
        "matched": [
            {"code": match.code, "how": match.how, "where": match.feature.where}
            for match in found.matches
        ],
        "mended": [match.feature.where for match in found.matches if match.feature.mended],
        "problems": found.problems,
    }


def _tell(found: Imported, path: Path | None, gazetteer: Gazetteer) -> None:
    for problem in found.problems:
        click.echo(f"{problem.where or 'file'}: {problem.found}", err=True)
    for hint in dict.fromkeys(problem.hint for problem in found.problems if problem.hint):
        click.echo(f"  hint: {hint}", err=True)
    mended = sum(1 for match in found.matches if match.feature.mended)
    if mended:
        click.echo(f"small loops cut off the borders of {mended} raions", err=True)
    if found.shapes is None or path is None:
        return
    origin = found.shapes.origin
    click.echo(f"{len(found.matches)} raions stored in {path}")
    if origin.missing:
        rest = "; ".join(gazetteer.label(code, lang="en", full=True) for code in origin.missing)
        click.echo(f"approximate borders stay for {len(origin.missing)}: {rest}")
    click.echo(f"under every map: {origin.source}; {origin.licence}; {origin.date}")
