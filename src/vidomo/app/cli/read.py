"""Turn posts into claims."""

import sys
from pathlib import Path

import click
import msgspec

from vidomo.app.cli.options import json_option, print_json
from vidomo.app.reader import read_version
from vidomo.claims.model import Reading
from vidomo.core.clock import system_clock
from vidomo.core.errors import ConfigError, InputError
from vidomo.core.problems import Problem
from vidomo.core.time import parse_posted_at
from vidomo.gazetteer import Gazetteer
from vidomo.reports.keep import version_of
from vidomo.sources.files import read_posts
from vidomo.sources.model import Post

FORMATS = ["auto", "text", "html", "jsonl", "telegram", "preview"]
REFUSED = 5


@click.command()
@click.argument("file", default="-")
@click.option("--format", "how", type=click.Choice(FORMATS), default="auto", show_default=True)
@click.option("--home", metavar="CODE", help="KATOTTG code of the place the source speaks from.")
@click.option("--source", metavar="ID", help="Id of the source, where the file names none.")
@click.option("--posted-at", metavar="T", help="When it was published: instant with zone, or date.")
@click.option("--explain", is_flag=True, help="Account for every sentence.")
@json_option
def read(
    file: str,
    how: str,
    home: str | None,
    source: str | None,
    posted_at: str | None,
    explain: bool,
    as_json: bool,
) -> int:
    """Turn posts into sourced claims, each tied to its exact quotation.

    FILE is a path, or - for standard input. Nothing is stored.

    \b
    Example: echo 'Explosions in Izium, part of the town has no power.' | vidomo read -
    """
    code = 0
    for item in posts_from(file, how=how, home=home, source=source, posted_at=posted_at):
        if isinstance(item, Problem):
            code = REFUSED
            show_problem(item, as_json=as_json)
            continue
        reading = read_version(version_of(item))
        if as_json:
            print_json(
                {
                    "id": item.native_id,
                    "lang": reading.lang,
                    "claims": reading.claims,
                    "problems": [],
                    **({"silent": reading.silent} if explain else {}),
                }
            )
        else:
            show_reading(item, reading, explain=explain)
    return code


def posts_from(
    file: str,
    *,
    how: str,
    home: str | None,
    source: str | None,
    posted_at: str | None,
) -> "list[Post | Problem]":
    """Return the posts and problems of a file, options checked first.

    Raises:
        ConfigError: An unknown place code or a time that cannot be read.
    """
    gazetteer = Gazetteer.open()
    if home is not None and gazetteer.get(home) is None:
        raise ConfigError(f"--home: no place has the code {home!r}", hint="vidomo places find NAME")
    try:
        when = None if posted_at is None else parse_posted_at(posted_at)
    except InputError as error:
        raise ConfigError(f"--posted-at: {error.message}", hint=error.hint) from error
    return list(
        read_posts(
            sys.stdin.buffer if file == "-" else Path(file),
            format=how,
            home=home,
            source=source,
            posted_at=when,
            now=system_clock(),
            knows_place=lambda code: gazetteer.get(code) is not None,
            note=show_note,
        )
    )


def show_note(note: Problem) -> None:
    """Print what is worth saying about a file though nothing of it was refused."""
    click.echo(f"note: {note.where + ': ' if note.where else ''}{note.found}", err=True)


def show_problem(problem: Problem, *, as_json: bool = False) -> None:
    """Print a problem: on standard output as JSON, else on standard error for people."""
    if as_json:
        print_json({"id": problem.where, "lang": "und", "claims": [], "problems": [problem]})
        return
    where = f"{problem.where}: " if problem.where else ""
    click.echo(f"refused: {where}{problem.found}", err=True)
    if problem.hint:
        click.echo(f"  hint: {problem.hint}", err=True)


def show_reading(post: Post, reading: Reading, *, explain: bool) -> None:
    """Print a reading as a table for people."""
    click.secho(f"{post.native_id}  ({reading.lang}, {reading.genre})", bold=True)
    if not reading.claims:
        click.echo("  no claims")
    for claim in reading.claims:
        places = ", ".join(ref.name or f"{ref.surface}?" for ref in claim.places) or "-"
        meant = claim.kind.value
        if claim.polarity != "affirmed":
            meant += f", {claim.polarity.value}"
        number = "" if claim.number is None else f"  {number_words(claim.number)}"
        click.echo(f"  {claim.topic:<26} {meant:<22} {places}{number}")
        who = claim.speaker.name or claim.speaker.kind.value
        click.secho(f"      {who}: «{claim.quote}»", dim=True)
    if explain:
        click.echo("  sentences without a claim:")
        for silent in reading.silent:
            words = " ".join(post.text[silent.start : silent.end].split())
            click.secho(f"      {silent.reason}: {words}", dim=True)


def number_words(number: msgspec.Struct) -> str:
    """Return a number as short words for people."""
    low, high = getattr(number, "min", None), getattr(number, "max", None)
    mode, unit = getattr(number, "mode", ""), getattr(number, "unit", "")
    if unit == "share":
        amount = f"{(low or high or 0):.0%}"
    elif low is not None and high is not None and low != high:
        amount = f"{low:g} to {high:g}"
    else:
        value = low if low is not None else high
        amount = "" if value is None else f"{value:g}"
    words = {"about": "about", "at_least": "at least", "at_most": "at most", "several": "several"}
    return " ".join(part for part in (words.get(mode, ""), amount, unit) if part)
