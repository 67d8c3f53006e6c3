"""Look after the journal."""

from pathlib import Path

import click

from vidomo.app.cli.options import data_option, folder_or_default, json_option, print_json
from vidomo.app.house import House
from vidomo.core.errors import MachineRefused

KINDS = ("post", "reading", "decision", "poll", "desk")
"""Kinds of records, in the order of their way through the house."""


@click.group()
def store() -> None:
    """Look after the journal.

    \b
    Example: vidomo store verify
    """


@store.command()
@data_option
@json_option
def verify(folder: Path | None, as_json: bool) -> int:
    """Check that every record is whole.

    \b
    Example: vidomo store verify
    """
    with House.open(folder_or_default(folder), read_only=True) as house:
        problems = house.journal.verify()
        counts = {kind: house.journal.count(kind) for kind in KINDS}
    if as_json:
        print_json({"records": counts, "problems": problems})
    else:
        click.echo(", ".join(f"{count} of kind {kind}" for kind, count in counts.items()))
        for problem in problems:
            click.echo(f"{problem.where}: {problem.found}\n  hint: {problem.hint}", err=True)
    if problems:
        raise MachineRefused(
            f"the journal has {len(problems)} problems", hint="restore the last backup"
        )
    return 0


@store.command()
@data_option
@json_option
def rebuild(folder: Path | None, as_json: bool) -> int:
    """Drop everything derived from the records and make it anew.

    Answers are the same before and after; they are quicker after, where much was imported.

    \b
    Example: vidomo store rebuild
    """
    with House.open(folder_or_default(folder)) as house:
        places = house.index.rebuild()
        records = house.journal.count()
    if as_json:
        print_json({"records": records, "places": places})
    else:
        click.echo(f"{records} records, {places} places")
    return 0
