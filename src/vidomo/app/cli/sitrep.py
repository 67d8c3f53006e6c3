"""Write a situation report."""

import sys
from datetime import datetime
from pathlib import Path

import click

from vidomo.app.cli.options import data_option, folder_or_default, instant, place_code
from vidomo.app.cli.sources import say_err
from vidomo.app.exercise import open_exercise
from vidomo.app.live import LiveHouse
from vidomo.app.made_up import is_exercise as holds_exercise
from vidomo.app.sitrep import KINDS, Order, situation_report, written
from vidomo.core.clock import system_clock
from vidomo.core.errors import ConfigError, InputError, MachineRefused
from vidomo.core.time import parse_posted_at
from vidomo.gazetteer.shapes import shapes_in
from vidomo.publish.words import LANGUAGES


@click.command()
@click.argument("place")
@click.argument(
    "target", metavar="[OUT]", required=False, default="-", type=click.Path(path_type=Path)
)
@click.option(
    "--from", "start", metavar="T", help="Begin of the period. Default: a day before its end."
)
@click.option("--to", "end", metavar="T", help="End of the period. Default: now.")
@click.option(
    "--since", metavar="T", help="When the last report was made; this one says what changed."
)
@click.option("--known-at", metavar="T", help="As far as it was known at T. Default: now.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="uk", show_default=True)
@click.option(
    "--as",
    "kind",
    type=click.Choice(tuple(KINDS)),
    default=None,
    help="Default: as the name of OUT ends, else md.",
)
@click.option("--internal", is_flag=True, help="Everything, for the desk; each page says so.")
@click.option("--exercise", "is_exercise", is_flag=True, help="Of the exercise; each page says so.")
@data_option
def sitrep(
    place: str,
    target: Path,
    start: str | None,
    end: str | None,
    since: str | None,
    known_at: str | None,
    lang: str,
    kind: str | None,
    internal: bool,
    is_exercise: bool,
    folder: Path | None,
) -> int:
    """Write a situation report of PLACE to OUT, or to the terminal.

    Without --internal it holds only what residents may be shown. Every sentence has a footnote
    with who said it, when and in which words. With --known-at the same report comes out later,
    but for words that their source has taken back since. Times need a zone; a bare date is read
    in Kyiv time: --from begins with it, the others end with it.

    \b
    Example: vidomo publish sitrep Izium --as md
    """
    data, clock = folder_or_default(folder), system_clock
    if is_exercise:
        data, clock = open_exercise(data, clock=clock)
    is_exercise = is_exercise or holds_exercise(data)
    order = Order(
        place=place_code(place),
        start=_begin(start),
        end=instant(end, "--to"),
        since=instant(since, "--since"),
        known_at=instant(known_at, "--known-at"),
        lang=lang,
        is_internal=internal,
    )
    kind = kind or _kind_of(target)
    with LiveHouse(data, clock=clock, is_exercise=is_exercise) as house:
        body = written(situation_report(house, order, shapes=shapes_in(data)), kind)
    if str(target) == "-":
        if kind == "pdf" and sys.stdout.isatty():
            raise ConfigError("a PDF is not for the terminal", hint="name a file: OUT")
        click.echo(body, nl=False)
        return 0
    try:
        target.write_bytes(body)
    except OSError as error:
        raise MachineRefused(
            f"cannot write {target}: {error.strerror}", hint="name a file that you may write"
        ) from error
    say_err(f"{target}: {len(body)} bytes")
    return 0


def _kind_of(target: Path) -> str:
    ending = target.suffix.removeprefix(".").lower()
    return ending if ending in KINDS else "md"


def _begin(text: str | None) -> datetime | None:
    """Return the instant at which a period begins; a bare date stands for its begin.

    Raises:
        ConfigError: Nothing of the kind, or a time of day without a zone.
    """
    if text is None:
        return None
    try:
        return parse_posted_at(text).start
    except InputError as error:
        raise ConfigError(f"--from: {error.message}", hint=error.hint) from error
