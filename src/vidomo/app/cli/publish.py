"""Write what is for the public as files: the residents' pages, and what else is published."""

import contextlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import click

from vidomo.app.cli.late import LateGroup
from vidomo.app.cli.options import F, data_option, folder_or_default, json_option, print_json
from vidomo.app.cli.sources import say_err
from vidomo.app.live import LiveHouse
from vidomo.app.made_up import refuse_exercise
from vidomo.app.web.site import RESIDENTS
from vidomo.app.web.tree import Tree
from vidomo.core.errors import ConfigError, InputError
from vidomo.disclosure.policy import load_policy
from vidomo.gazetteer.shapes import shapes_in
from vidomo.publish.residents import Tables, bundled_tables
from vidomo.publish.words import BY_CHOICE, LANGUAGES


def language_option(command: F) -> F:
    """Add ``--also-in LANG``: a language beside the usual ones, by the operator's choice."""
    return click.option(
        "--also-in",
        "also",
        multiple=True,
        type=click.Choice(BY_CHOICE),
        help="Offer residents one more language.",
    )(command)


def address_option(command: F) -> F:
    """Add ``--address URL``: where a tree of pages is served."""
    return click.option(
        "--address",
        default="",
        metavar="URL",
        help="Where the folder is served; then it holds notices with a QR code and plain texts.",
    )(command)


def own_tables(folder: Path) -> Tables:
    """Return the reviewed tables: the bundled rows, after those of a data folder.

    Raises:
        ConfigError: A table of the folder cannot be read.
    """
    texts = {}
    for name in ("advice", "calls"):
        path = folder / f"{name}.toml"
        try:
            texts[name] = path.read_text("utf-8") if path.exists() else ""
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"cannot read {path}: {error}") from error
    try:
        return bundled_tables().more(**texts)
    except InputError as error:
        raise ConfigError(f"{folder}: {error.message}", hint=error.hint) from error


@contextlib.contextmanager
def tree_over(
    folder: Path,
    target: Path,
    *,
    also: tuple[str, ...] = (),
    every: bool = False,
    address: str = "",
) -> Iterator[tuple[LiveHouse, Tree]]:
    """Give a tree over a data folder, and the house that it reads."""
    with LiveHouse(folder) as house:
        yield (
            house,
            Tree(
                house,
                target,
                offered=(*LANGUAGES, *also),
                shapes=partial(shapes_in, folder),
                every=every,
                tables=own_tables(folder),
                address=address,
                alerts=folder,
            ),
        )


PARTS = {"data": "opendata:data", "sitrep": "sitrep:sitrep"}
"""What can be published beside the pages, with the module and the name of each command."""


class _PagesOrParts(LateGroup):
    """A group whose first argument may also be the folder of the pages."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take what names no command for the arguments of ``pages``."""
        is_known = bool(args) and args[0] in (*self.list_commands(ctx), *ctx.help_option_names)
        return super().parse_args(ctx, args if is_known else ["pages", *args])


@click.group(cls=_PagesOrParts, late=PARTS)
def publish() -> None:
    """Write files for the public: pages of residents (the default), open data, reports.

    \b
    Example: vidomo publish /tmp/vidomo-pages
    """


@publish.command()
@click.argument("target", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False))
@click.option("--every-place", "every", is_flag=True, help="Pages of villages, too (30,000).")
@address_option
@language_option
@data_option
@json_option
def pages(
    target: Path,
    every: bool,
    address: str,
    also: tuple[str, ...],
    folder: Path | None,
    as_json: bool,
) -> int:
    """Write the residents' pages into FOLDER, for any web server to serve.

    Each file is replaced in one step with a compressed copy beside it; what tells
    the same as before is left alone, and what is no part of it any more goes.
    Files that vidomo did not write are never touched. To keep the folder up to
    date, use: vidomo run --tree FOLDER

    \b
    Example: vidomo publish /tmp/vidomo-pages
    """
    data = folder_or_default(folder)
    refuse_exercise(data)
    with tree_over(data, target, also=also, every=every, address=address) as (_, tree):
        done = tree.render()
    say_err(load_policy(RESIDENTS).note)
    if as_json:
        print_json(done)
    else:
        click.echo(f"{done.written} written, {done.kept} kept, {done.removed} removed")
    return 0
