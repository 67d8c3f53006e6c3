"""Show how it became known: the history of a place, the trace of a claim."""

from pathlib import Path

import click

from vidomo.app.cli.options import (
    data_option,
    folder_or_default,
    instant,
    json_option,
    kyiv,
    place_code,
    print_json,
)
from vidomo.app.history import Entry, entries, posted_start
from vidomo.app.house import House
from vidomo.core.errors import NothingKnown
from vidomo.desk.trace import Trace

NOTHING_KNOWN = 3


@click.command()
@click.argument("place")
@click.option("--known-at", metavar="T", help="As far as it was known at T. Default: now.")
@data_option
@json_option
def history(place: str, known_at: str | None, folder: Path | None, as_json: bool) -> int:
    """Tell what was said of a place, when it became known, and what was edited or taken back.

    \b
    Example: vidomo history Izium
    """
    code = place_code(place)
    with House.open(folder_or_default(folder), read_only=True) as house:
        found = entries(house, code, known_at=instant(known_at, "--known-at") or house.now())
        if as_json:
            print_json(found)
        else:
            for entry in found:
                _show(entry)
    return 0 if found else NOTHING_KNOWN


def _show(entry: Entry) -> None:
    said = kyiv(entry.said_at)
    click.echo(f"{said:<17} {entry.what:<9} {entry.topic:<24} {entry.speaker}  [{entry.standing}]")
    click.secho(f"{'':18}known {kyiv(entry.known_at)}  «{entry.words}»  {entry.id}", dim=True)


@click.command()
@click.argument("record_id", metavar="ID")
@data_option
@json_option
def trace(record_id: str, folder: Path | None, as_json: bool) -> int:
    """Follow a claim back to its exact words and to every version of its post.

    ID is the id of a claim, a version or a report.

    \b
    Example: vidomo trace clm_0123456789abcdef0123
    """
    with House.open(folder_or_default(folder), read_only=True) as house:
        found = house.trace(record_id)
        if found is None:
            raise NothingKnown(
                f"nothing here has the id {record_id!r}",
                hint="ids stand beside every statement of: vidomo state PLACE",
            )
        if as_json:
            print_json(found)
        else:
            _show_trace(found)
    return 0


def _show_trace(found: Trace) -> None:
    claim = found.claim
    if claim is not None:
        click.secho(f"{claim.id}  {claim.topic}, {claim.kind.value}", bold=True)
        click.echo(f"  «{claim.quote}»  code points {claim.start} to {claim.end}")
        click.echo(f"  rules {', '.join(claim.rules)}; reader {found.reading.reader_version}")
    for at in found.versions:
        post = at.version.post
        mark = "taken back" if post.deleted_at else "edited" if post.edited_at else "posted"
        when = post.deleted_at or post.edited_at or posted_start(post)
        click.secho(
            f"{at.version.id}  {mark} {kyiv(when)}, recorded {kyiv(at.recorded_at)}  "
            f"{post.source} {post.url or ''}",
            bold=True,
        )
        for line in post.text.splitlines():
            click.echo(f"  | {line}")
