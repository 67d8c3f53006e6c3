"""Show how it became known: history and difference of a place, the trace of a claim."""

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
from vidomo.app.difference import Change, difference
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
    who = f"{entry.speaker}  [{entry.standing}]" if entry.speaker else ""
    click.echo(f"{said:<17} {entry.what:<11} {entry.topic:<24} {who}".rstrip())
    click.secho(f"{'':18}known {kyiv(entry.known_at)}  «{entry.words}»  {entry.id}", dim=True)


@click.command()
@click.argument("place")
@click.option("--from", "valid_from", metavar="T", required=True, help="What held at T.")
@click.option("--to", "valid_to", metavar="T", help="Against what held at T. Default: now.")
@click.option("--known-from", metavar="T", help="The first as known at T. Default: now.")
@click.option("--known-to", metavar="T", help="The second as known at T. Default: now.")
@data_option
@json_option
def diff(
    place: str,
    valid_from: str,
    valid_to: str | None,
    known_from: str | None,
    known_to: str | None,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Tell what changed at a place between two instants, when it became known, and why.

    With one instant and two --known options it tells what was learned in between.

    \b
    Example: vidomo diff Izium --from 2025-12-20T18:00Z --to 2025-12-21T10:00Z
    """
    code = place_code(place)
    with House.open(folder_or_default(folder), read_only=True) as house:
        now = house.now()
        found = difference(
            house,
            code,
            valid_from=instant(valid_from, "--from") or now,
            valid_to=instant(valid_to, "--to") or now,
            known_from=instant(known_from, "--known-from") or now,
            known_to=instant(known_to, "--known-to") or now,
        )
        if as_json:
            print_json(found)
        else:
            for change in found:
                _show_change(change)
            if not found:
                click.echo("vidomo: the two answers do not differ", err=True)
    return 0 if found else NOTHING_KNOWN


def _show_change(change: Change) -> None:
    click.secho(
        f"{change.subject}: {change.before or 'nothing'} -> {change.after or 'nothing'}", bold=True
    )
    for one in change.because:
        if one.how == "aged":
            click.secho("  nobody said anything new; what was said is older", dim=True)
        else:
            click.echo(
                f"  {one.how:<11} {kyiv(one.at)}, known {kyiv(one.known_at)}  "
                f"{one.speaker}: «{one.words}»  {one.id}"
            )


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
