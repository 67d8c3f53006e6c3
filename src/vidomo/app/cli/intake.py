"""Take posts from files into the journal."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import click

from vidomo.app.cli.options import data_option, folder_or_default, json_option, print_json
from vidomo.app.cli.read import FORMATS, REFUSED, posts_from, show_problem
from vidomo.app.house import House, Watch
from vidomo.core.problems import Problem
from vidomo.sources.model import Post

T = TypeVar("T")
LINE_EVERY = 1000


@click.command("import")
@click.argument("files", nargs=-1, required=True)
@click.option("--format", "how", type=click.Choice(FORMATS), default="auto", show_default=True)
@click.option("--home", metavar="CODE", help="KATOTTG code of the place the source speaks from.")
@click.option("--source", metavar="ID", help="Id of the source, where the file names none.")
@click.option("--posted-at", metavar="T", help="When it was published: instant with zone, or date.")
@click.option("--replay", is_flag=True, help="Into an empty folder: known from when it was posted.")
@data_option
@json_option
def import_posts(
    files: tuple[str, ...],
    how: str,
    home: str | None,
    source: str | None,
    posted_at: str | None,
    replay: bool,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Take posts from FILES into the journal and read them.

    Ends with one line: N new, N known, N changed, N refused. What is stored
    stays stored, and the same file twice adds nothing.

    \b
    Example: vidomo import channel/result.json --home UA63040090010029555
    """
    items: list[Post | Problem] = []
    for file in files:
        items.extend(posts_from(file, how=how, home=home, source=source, posted_at=posted_at))
    undated = sum(1 for item in items if isinstance(item, Post) and item.posted_at is None)
    with House.open(folder_or_default(folder)) as house:
        tally = house.take_in(
            items, replay=replay, refuse=show_problem, watch=_watch(quiet=as_json)
        )
    if undated:
        click.echo(
            f"note: {undated} without a date; kept and shown, but they move no state "
            "(--posted-at gives them one)",
            err=True,
        )
    if as_json:
        print_json(tally)
    else:
        click.echo(tally.line)
    return REFUSED if tally.refused else 0


def _watch(quiet: bool) -> Watch:
    """Return what wraps long work: a bar on a terminal, a line now and then elsewhere."""

    def watch(items: Sequence[T], label: str) -> Iterator[T]:
        if quiet or not items:
            yield from items
        elif sys.stderr.isatty():
            with click.progressbar(items, label=label, file=sys.stderr) as bar:
                yield from bar
        else:
            for count, item in enumerate(items):
                if count and count % LINE_EVERY == 0:
                    click.echo(f"{label}: {count:,} of {len(items):,}", err=True)
                yield item

    return watch
