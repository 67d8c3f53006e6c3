"""Find places and explain how a name was decided."""

import click

from vidomo.app.cli.options import json_option, print_json
from vidomo.app.reader import explain_places
from vidomo.core.errors import ConfigError
from vidomo.gazetteer import Gazetteer

NOTHING_KNOWN = 3


@click.group()
def places() -> None:
    """Find places by any form of their names.

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
