"""Say who holds an office, and since when; show who is known to."""

import getpass
from pathlib import Path

import click

from vidomo.app.cli.options import data_option, folder_or_default, json_option, print_json
from vidomo.app.house import House
from vidomo.app.offices import draft_office, offices_in, record_office

NOTHING_KNOWN = 3


@click.command()
@click.argument("body", metavar="TYPE@CODE")
@click.argument("name", metavar="NAME")
@click.option("--also", multiple=True, metavar="NAME", help="Another spelling; may be repeated.")
@click.option("--since", metavar="DATE", help="First day in office. Default: not known.")
@click.option("--until", metavar="DATE", help="First day no longer in office. Default: still is.")
@click.option("--drop", is_flag=True, help="They never held it.")
@click.option("--reason", required=True, metavar="WORDS", help="Why, in your words.")
@click.option("--by", metavar="NAME", help="Who decides. Default: the user of this machine.")
@data_option
@json_option
def holder(
    body: str,
    name: str,
    also: tuple[str, ...],
    since: str | None,
    until: str | None,
    drop: bool,
    reason: str,
    by: str | None,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Say that NAME heads the body TYPE@CODE, a record with a reason.

    From then on their words count as that body's, and a text that presents somebody else as
    its head on a day when NAME held the office is no witness.

    \b
    Example: vidomo sources holder city_military_administration@UA63040090010029555 "Name Surname" --since 2025-01-15 --reason "decree"
    """
    with House.open(folder_or_default(folder)) as house:
        change = draft_office(
            house.registry,
            body,
            [name, *also],
            since=since,
            until=until,
            is_removed=drop,
            reason=reason,
            by=by or getpass.getuser(),
            at=house.now(),
        )
        record = record_office(house.journal, change)
    if as_json:
        print_json({"id": record, "change": change})
    else:
        did = "never headed" if drop else "heads"
        click.echo(f"{record}  {change.holder.names['uk']} {did} {change.body}: {change.reason}")
    return 0


@click.command()
@click.argument("body", metavar="TYPE@CODE", required=False)
@data_option
@json_option
def holders(body: str | None, folder: Path | None, as_json: bool) -> int:
    """List who is known to hold an office; where nobody is listed nobody is contradicted.

    \b
    Example: vidomo sources holders
    """
    with House.open(folder_or_default(folder), read_only=True) as house:
        found = [
            (one.id, person)
            for one in house.registry.staffed()
            if body is None or one.id == body
            for person in one.holders
        ]
        changes = list(offices_in(house.journal))
    if as_json:
        print_json(
            {"holders": [{"body": one, "holder": who} for one, who in found], "changes": changes}
        )
        return 0 if found else NOTHING_KNOWN
    for one, who in found:
        spellings = ", ".join(dict.fromkeys((who.names["uk"], *who.names.values())))
        click.echo(f"{one}  {spellings}, {who.since or 'day not known'} to {who.until or 'now'}")
    return 0 if found else NOTHING_KNOWN
