"""Serve the pages, or show the bundled scenario."""

import contextlib
from functools import partial
from pathlib import Path

import click

from vidomo.app.alert_acts import repair_alerts
from vidomo.app.alert_outlet import AlertFolder
from vidomo.app.cli.know import NOTHING_KNOWN, show_state, state_facts
from vidomo.app.cli.options import (
    data_option,
    folder_or_default,
    instant,
    json_option,
    place_code,
    print_json,
    time_options,
)
from vidomo.app.cli.publish import address_option, language_option, own_tables, tree_over
from vidomo.app.cli.sources import end_on_term, say_err
from vidomo.app.collect import Collector, collecting
from vidomo.app.doors import read_doors
from vidomo.app.exercise import open_exercise
from vidomo.app.live import LiveHouse
from vidomo.app.made_up import is_exercise as holds_exercise
from vidomo.app.opendata import FOLDER as OPEN_DATA
from vidomo.app.scenario import open_scenario
from vidomo.app.server import make_app, serve
from vidomo.app.web.desk.desk_site import DeskSite, checked_address
from vidomo.app.web.site import DESK
from vidomo.app.web.tree_keeping import TreeKeeper
from vidomo.core.clock import system_clock
from vidomo.core.errors import ConfigError
from vidomo.desk.table import DeskTable
from vidomo.disclosure.policy import may_listen
from vidomo.gazetteer.shapes import shapes_in
from vidomo.publish.words import LANGUAGES
from vidomo.situation.fold import state_of


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8600, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--tree",
    type=click.Path(path_type=Path, file_okay=False),
    help="Also keep the residents' pages in this folder, for any web server.",
)
@click.option(
    "--policy-reviewed",
    "is_reviewed",
    is_flag=True,
    help="Counsel has reviewed what residents are shown; needed with another --host.",
)
@click.option(
    "--desk-address",
    metavar="URL",
    help="Where a TLS proxy of yours makes the desk reachable, such as https://desk.example.",
)
@click.option(
    "--exercise",
    "is_exercise",
    is_flag=True,
    help="Serve an exercise: another folder, other people, another colour; no source is asked.",
)
@address_option
@language_option
@data_option
def run(
    host: str,
    port: int,
    tree: Path | None,
    address: str,
    is_reviewed: bool,
    desk_address: str | None,
    is_exercise: bool,
    also: tuple[str, ...],
    folder: Path | None,
) -> int:
    """Serve the pages of what is known: for residents, and the desk for you.

    The desk is at /desk/ and only on this machine; with another --host there is
    none. Until you add people (vidomo desk user add) it only shows; from then on
    they sign in. --desk-address lets them in from elsewhere, with a second factor.

    While there are no posts, the bundled scenario is shown and says so; it is
    kept apart from your own posts, which take its place once you import some.
    The configured sources (vidomo sources) are asked in the background.

    \b
    Example: vidomo run --port 8600
    """
    path, clock = folder_or_default(folder), system_clock
    if is_exercise:
        if tree is not None or not may_listen(DESK, host):
            raise ConfigError(
                "an exercise stays on this machine",
                hint="leave --tree and --host out; --desk-address lets people of it in",
            )
        path, clock = open_exercise(path, clock=clock)
    elif holds_exercise(path):
        raise ConfigError(
            f"{path} holds an exercise, which is never served as real",
            hint="name the data folder that it lies in, and say --exercise",
        )
    read_doors(path)  # a broken file is told now, not in the night
    tables = own_tables(path)  # so is a broken table
    end_on_term()
    with contextlib.ExitStack() as stack:
        repair_alerts(path, clock=clock, is_exercise=is_exercise)
        table = stack.enter_context(DeskTable.open(path))
        where = _desk_address(desk_address, host=host, table=table)
        house = stack.enter_context(LiveHouse(path, clock=clock, is_exercise=is_exercise))
        if not is_exercise:
            stack.enter_context(collecting(Collector(path, say=say_err)))
        if tree is not None:
            keeper = TreeKeeper(
                partial(tree_over, path, tree, also=also, address=address), say=say_err
            )
            stack.enter_context(keeper.beside())
        serve(
            house,
            host=host,
            port=port,
            is_reviewed=is_reviewed,
            desk=partial(
                DeskSite,
                folder=path,
                table=table,
                clock=clock,
                address=where,
                is_exercise=is_exercise,
            ),
            make=partial(
                make_app,
                offered=(*LANGUAGES, *also),
                shapes=partial(shapes_in, path),
                tables=tables,
                open_data=path / OPEN_DATA,
                alerts=AlertFolder(path, is_exercise=is_exercise),
            ),
        )
    return 0


def _desk_address(address: str | None, *, host: str, table: DeskTable) -> str:
    """Return where the desk is reached from elsewhere, empty for nowhere.

    Raises:
        ConfigError: Not behind a proxy on this machine, or nobody has a second factor.
    """
    if address is None:
        return ""
    if not may_listen(DESK, host):
        raise ConfigError(
            f"--desk-address and --host {host} do not go together",
            hint="leave --host out: your TLS proxy runs on this machine and asks the desk there",
        )
    if not any(one.has_second_factor and not one.is_disabled for one in table.people()):
        raise ConfigError(
            "nobody could sign in from elsewhere: no one has a second factor",
            hint="vidomo desk user factor LOGIN",
        )
    return checked_address(address)


@click.command()
@click.argument("place", default="Izium")
@time_options
@data_option
@json_option
def demo(
    place: str, valid_at: str | None, known_at: str | None, folder: Path | None, as_json: bool
) -> int:
    """Show what is known in the bundled scenario, without any network.

    \b
    Example: vidomo demo Izium --known-at 2025-12-20T16:30+02:00
    """
    code = place_code(place)
    with open_scenario(folder_or_default(folder)) as house:
        known = instant(known_at, "--known-at")
        valid = instant(valid_at, "--valid-at") or known
        situation = house.situation(valid_at=valid, known_at=known)
        found = state_of(situation, code, house.gazetteer)
        if as_json:
            print_json(state_facts(situation, found))
        else:
            show_state(situation, found, house.gazetteer.label(code, lang="en", full=True))
    return 0 if found.timeline else NOTHING_KNOWN
