"""List what needs a person, and take the answer."""

import getpass
from pathlib import Path

import click

from vidomo.app.cli.options import data_option, folder_or_default, json_option, kyiv, print_json
from vidomo.app.house import House
from vidomo.app.review import Item, queue, take
from vidomo.app.review_labels import labels
from vidomo.app.verdict import parse_verdict
from vidomo.gazetteer import Gazetteer

NOTHING_KNOWN = 3
LIMIT = 20
_WIDEST = 300
_CANDIDATES = 6


@click.group(invoke_without_command=True)
@click.option("--limit", default=LIMIT, show_default=True, help="How many at most; 0 for all.")
@data_option
@json_option
@click.pass_context
def review(ctx: click.Context, limit: int, folder: Path | None, as_json: bool) -> int:
    """List what needs a person: posts that the rules may have missed, places in doubt, conflicts.

    For the desk. Each line has the id that `take` is given, the reason and the words.

    \b
    Example: vidomo review --limit 5
    """
    ctx.obj = folder
    if ctx.invoked_subcommand is not None:
        return 0
    with House.open(folder_or_default(folder), read_only=True) as house:
        found = queue(house)
    shown = found[:limit] if limit > 0 else found
    if as_json:
        print_json({"open": len(found), "items": shown})
    else:
        for item in shown:
            _show(item)
        click.echo(f"{len(shown)} of {len(found)} shown", err=True)
    return 0 if found else NOTHING_KNOWN


@review.command(name="take")
@click.argument("item", metavar="ID")
@click.option(
    "--as",
    "answer",
    required=True,
    metavar="ANSWER",
    help="none, confirm, place=CODE, or topic=TOPIC,kind=KIND,quote=WORDS.",
)
@click.option("--reason", required=True, metavar="WORDS", help="Why, in your words.")
@click.option("--by", metavar="NAME", help="Who decides. Default: the user of this machine.")
@data_option
@json_option
@click.pass_context
def take_item(
    ctx: click.Context,
    item: str,
    answer: str,
    reason: str,
    by: str | None,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Answer one item of the queue; the answer is a record and the picture follows it.

    `none` says that nothing is stated there, or that a claim is wrong; `confirm` vouches for a
    claim; `place=CODE` decides its place; `topic=...,kind=...,quote=...` states what the words
    say (also `polarity=`, `place=CODE`, `count=N`, before `quote=`, which comes last).

    \b
    Example: vidomo review take ver_0123456789abcdef0123 --as none --reason "an advertisement"
    """
    verdict = parse_verdict(answer)
    with House.open(folder_or_default(folder or ctx.obj)) as house:
        made = take(house, item, verdict, reason=reason, by=by or getpass.getuser())
    if as_json:
        print_json({"records": made})
    else:
        click.echo("  ".join(made))
    return 0


@review.command()
@data_option
@click.pass_context
def export(ctx: click.Context, folder: Path | None) -> int:
    """Print what people decided as labels, one post a line: offsets only, no words, no names.

    \b
    Example: vidomo review export > decided.jsonl
    """
    count = 0
    with House.open(folder_or_default(folder or ctx.obj), read_only=True) as house:
        for label in labels(house):
            print_json(label)
            count += 1
    click.echo(f"{count} posts", err=True)
    return 0 if count else NOTHING_KNOWN


def _show(item: Item) -> None:
    chance = "" if item.chance is None else f"  {item.chance:.2f}"
    said = f"  {kyiv(item.said_at)}" if item.said_at else ""
    click.secho(f"{item.what:<9}{chance}  {item.id}  {item.source}{said}".rstrip(), bold=True)
    click.echo(f"      {item.why}")
    words = " ".join(item.words.split())
    click.secho(f"      «{words if len(words) <= _WIDEST else words[:_WIDEST] + '…'}»", dim=True)
    gazetteer = Gazetteer.open()
    for code in item.candidates[:_CANDIDATES]:
        click.secho(f"      {code}  {gazetteer.label(code, full=True)}", dim=True)
    if len(item.candidates) > _CANDIDATES:
        click.secho(f"      and {len(item.candidates) - _CANDIDATES} more", dim=True)
