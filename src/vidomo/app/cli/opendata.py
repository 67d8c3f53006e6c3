"""Write open data as one package."""

from pathlib import Path

import click
import msgspec

from vidomo.app.cli.options import data_option, folder_or_default, json_option, print_json
from vidomo.app.cli.sources import say_err
from vidomo.app.live import LiveHouse
from vidomo.app.made_up import is_exercise
from vidomo.app.opendata import FOLDER, LATEST, LEDGERS, OpenShelf, open_view
from vidomo.core.clock import system_clock
from vidomo.core.errors import NothingKnown
from vidomo.disclosure.open_data import POLICY
from vidomo.disclosure.policy import load_policy
from vidomo.publish.words import LANGUAGES

UNNAMED = "Vidomo"
"""Publisher of a package of which nobody is on record as running it."""


class _Published(msgspec.Struct, frozen=True, kw_only=True):
    """What came of writing a package."""

    version: str
    last_day: str
    statements: int
    states: int
    outages: int
    added: int
    changed: int
    withdrawn: int
    folder: str


def _is_made_up(folder: Path) -> bool:
    """Whether a data folder is that of an exercise or of a bundled scenario."""
    return is_exercise(folder) or folder.resolve().parent.name == "scenario"


@click.command()
@click.argument(
    "target",
    metavar="[FOLDER]",
    required=False,
    type=click.Path(path_type=Path, file_okay=False),
)
@click.option("--since", default="", metavar="VERSION", help="Count changes from this version.")
@click.option(
    "--by",
    "publisher",
    metavar="NAME",
    help="Who publishes the data; by default who is on record (vidomo desk authority).",
)
@click.option("--address", default="", metavar="URL", help="Where FOLDER is served.")
@data_option
@json_option
def data(
    target: Path | None,
    since: str,
    publisher: str | None,
    address: str,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Write open data into FOLDER: tables, a map, a calendar and a feed as one package.

    One raion and one day at the finest, 72 hours after that day ended at the
    earliest, official sources only. FOLDER/latest is always the newest version,
    and takes the place of the one before in one step. Without FOLDER the package
    goes to where "vidomo run" serves it, at /data/.

    \b
    Example: vidomo publish data /tmp/vidomo-open-data
    """
    path = folder_or_default(folder)
    shelf = OpenShelf(target or path / FOLDER, ledgers=path / LEDGERS)
    with LiveHouse(path) as house:
        if house.is_demo or _is_made_up(path):
            raise NothingKnown(
                "there are no real posts here, and an exercise is never given away",
                hint="import some: vidomo import FILE",
            )
        view = open_view(house, now=system_clock())
        package = shelf.write(
            view,
            atlas=house.gazetteer,
            since=since,
            publisher=publisher or house.publisher().called(LANGUAGES[0]) or UNNAMED,
            address=f"{address.rstrip('/')}/{LATEST}/" if address else "",
        )
    say_err(load_policy(POLICY).note)
    done = _Published(
        version=shelf.latest(),
        last_day=view.last_day.isoformat(),
        statements=len(view.statements),
        states=len(view.states),
        outages=len(view.outages),
        added=len(package.changes.added),
        changed=len(package.changes.changed),
        withdrawn=len(package.changes.withdrawn),
        folder=str((target or path / FOLDER) / LATEST),
    )
    if as_json:
        print_json(done)
    else:
        click.echo(
            f"{done.version}: {done.statements} statements, {done.states} states, "
            f"{done.outages} announced outages until {done.last_day}; {done.added} rows added, "
            f"{done.changed} changed, {done.withdrawn} withdrawn"
        )
        click.echo(done.folder)
    return 0
