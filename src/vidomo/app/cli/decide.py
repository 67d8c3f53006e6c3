"""Decide what a machine cannot: confirm, overrule, merge, split, take back."""

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from vidomo.app.cli.options import (
    data_option,
    folder_or_default,
    json_option,
    kyiv,
    place_code,
    print_json,
)
from vidomo.app.decisions import draft_decision, record_decision
from vidomo.app.house import House
from vidomo.situation.decision import Act
from vidomo.situation.model import Decided, Orphaned

NOTHING_KNOWN = 3
F = TypeVar("F", bound=Callable[..., object])


@click.group()
def decide() -> None:
    """Decide what a machine cannot; every decision is a record with a reason.

    \b
    Example: vidomo decide list
    """


def _common(command: F) -> F:
    for option in (
        json_option,
        data_option,
        click.option(
            "--by", metavar="NAME", help="Who decides. Default: the user of this machine."
        ),
        click.option("--reason", required=True, metavar="WORDS", help="Why, in your words."),
    ):
        command = option(command)
    return command


@decide.command()
@click.argument("claim", metavar="CLAIM")
@_common
def confirm(claim: str, reason: str, by: str | None, folder: Path | None, as_json: bool) -> int:
    """Vouch for a claim, such as an all-clear that you have checked by telephone.

    An all-clear ends an alert only when an authority of that place has given it; words without a
    source may then report, and never end anything.

    \b
    Example: vidomo decide confirm clm_0123456789abcdef0123 --reason "called the duty officer"
    """
    return _decide("confirm", [claim], reason, by, folder, as_json)


@decide.command()
@click.argument("claim", metavar="CLAIM")
@click.option("--place", metavar="PLACE", help="The claim is about this place instead.")
@click.option("--number", metavar="N", help="The claim says this number instead.")
@click.option(
    "--topic", metavar="TOPIC", help="The claim is about this topic, such as event.strike."
)
@click.option(
    "--kind", metavar="KIND", help="It is meant so: report, warning, forecast, unknown, ..."
)
@click.option(
    "--polarity", metavar="WORD", help="It affirms, negates or denies: affirmed, negated, denied."
)
@click.option("--time", metavar="T", help="It tells of this time: an instant, a date, or T/T.")
@_common
def overrule(
    claim: str,
    place: str | None,
    number: str | None,
    topic: str | None,
    kind: str | None,
    polarity: str | None,
    time: str | None,
    reason: str,
    by: str | None,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Set a claim aside, or correct what was read in it.

    Who says so stays who it was. A correction makes no all-clear and no restoration: such words
    are stated anew with vidomo review take.

    \b
    Example: vidomo decide overrule clm_0123456789abcdef0123 --reason "a slip for Izium"
    """
    given = {
        "place": place_code(place) if place else None,
        "number": number,
        "topic": topic,
        "kind": kind,
        "polarity": polarity,
        "time": time,
    }
    value = {key: text for key, text in given.items() if text}
    return _decide("overrule", [claim], reason, by, folder, as_json, value=value)


@decide.command()
@click.argument("incidents", nargs=-1, required=True, metavar="INCIDENT INCIDENT...")
@_common
def merge(
    incidents: tuple[str, ...], reason: str, by: str | None, folder: Path | None, as_json: bool
) -> int:
    """Make one incident of several.

    \b
    Example: vidomo decide merge inc_01234567890123456789 inc_9876543210 --reason "one attack"
    """
    return _decide("merge", list(incidents), reason, by, folder, as_json)


@decide.command()
@click.argument("claims", nargs=-1, required=True, metavar="CLAIM...")
@_common
def split(
    claims: tuple[str, ...], reason: str, by: str | None, folder: Path | None, as_json: bool
) -> int:
    """Take claims out of their incident; they become one of their own.

    \b
    Example: vidomo decide split clm_0123456789abcdef0123 --reason "the strike of the evening"
    """
    return _decide("split", list(claims), reason, by, folder, as_json)


@decide.command()
@click.argument("decision", metavar="DECISION")
@_common
def withdraw(decision: str, reason: str, by: str | None, folder: Path | None, as_json: bool) -> int:
    """Take an earlier decision back.

    \b
    Example: vidomo decide withdraw dec_0123456789abcdef0123 --reason "it was the wrong claim"
    """
    return _decide("withdraw", [decision], reason, by, folder, as_json)


@decide.command()
@click.argument("decision", metavar="DECISION")
@click.argument("claim", metavar="CLAIM")
@_common
def attach(
    decision: str, claim: str, reason: str, by: str | None, folder: Path | None, as_json: bool
) -> int:
    """Say which claim a decision is about, after its own is no longer read.

    \b
    Example: vidomo decide attach dec_0123456789 clm_0123456789 --reason "the same words"
    """
    return _decide("attach", [decision, claim], reason, by, folder, as_json)


@decide.command(name="list")
@data_option
@json_option
def list_decisions(folder: Path | None, as_json: bool) -> int:
    """List the decisions in force, and those whose claim is no longer read.

    \b
    Example: vidomo decide list
    """
    with House.open(folder_or_default(folder), read_only=True) as house:
        found = house.situation()
    if as_json:
        print_json({"decisions": found.decisions, "orphaned": found.orphaned})
    else:
        for one in found.decisions:
            mark = "  (found again after a re-reading)" if one.reattached else ""
            _show(one)
            click.secho(f"      {', '.join(one.claims)}{mark}", dim=True)
        for lost in found.orphaned:
            _show(lost)
            click.secho(f"      its claim is no longer read: «{lost.quote}»", fg="yellow")
        if not found.decisions and not found.orphaned:
            click.echo("vidomo: no decision is in force", err=True)
    return 0 if found.decisions or found.orphaned else NOTHING_KNOWN


def _show(one: Decided | Orphaned) -> None:
    click.echo(f"{kyiv(one.at):<17} {one.kind:<9} {one.reason}  [{one.by}]  {one.id}")


def _decide(
    act: Act,
    ids: list[str],
    reason: str,
    by: str | None,
    folder: Path | None,
    as_json: bool,
    *,
    value: dict[str, str] | None = None,
) -> int:
    with House.open(folder_or_default(folder)) as house:
        decision = draft_decision(
            house.situation(),
            act,
            ids,
            reason=reason,
            by=by or getpass.getuser(),
            at=house.now(),
            value=value,
        )
        record_decision(house.journal, decision, replay=house.is_replay)
    if as_json:
        print_json(decision)
    else:
        click.echo(f"{decision.id}  {act}: {decision.reason}")
    return 0
