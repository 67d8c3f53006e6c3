"""Serve the pages, or show the bundled scenario."""

import contextlib
from functools import partial
from pathlib import Path

import click

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
from vidomo.app.live import LiveHouse
from vidomo.app.scenario import open_scenario
from vidomo.app.server import make_app, serve
from vidomo.app.web.tree_keeping import TreeKeeper
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
@address_option
@language_option
@data_option
def run(
    host: str,
    port: int,
    tree: Path | None,
    address: str,
    is_reviewed: bool,
    also: tuple[str, ...],
    folder: Path | None,
) -> int:
    """Serve the pages of what is known: for residents, and the desk for you.

    The desk is at /desk/ and only on this machine; with another --host there is
    none, because nobody signs in yet.

    While there are no posts, the bundled scenario is shown and says so; it is
    kept apart from your own posts, which take its place once you import some.
    The configured sources (vidomo sources) are asked in the background.

    \b
    Example: vidomo run --port 8600
    """
    path = folder_or_default(folder)
    read_doors(path)  # a broken file is told now, not in the night
    tables = own_tables(path)  # so is a broken table
    end_on_term()
    with contextlib.ExitStack() as stack:
        house = stack.enter_context(LiveHouse(path))
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
            make=partial(
                make_app,
                offered=(*LANGUAGES, *also),
                shapes=partial(shapes_in, path),
                tables=tables,
            ),
        )
    return 0


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
