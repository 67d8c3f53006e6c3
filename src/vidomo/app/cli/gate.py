"""Explain what is withheld from the public, and let two people release a statement early."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from vidomo.app.cli.options import (
    data_option,
    folder_or_default,
    instant,
    json_option,
    kyiv,
    place_code,
    plain,
    print_json,
    time_options,
)
from vidomo.app.house import House
from vidomo.app.releases import ask_release, record_release, releases_in, second_release
from vidomo.disclosure.gate import PublicGate, moment_of
from vidomo.disclosure.model import Withheld
from vidomo.disclosure.policy import Policy, load_policy
from vidomo.disclosure.release import Release, in_effect
from vidomo.disclosure.sieve import Sieve

NOTHING_KNOWN = 3
policy_option = click.option(
    "--policy", default="ua-public", show_default=True, metavar="NAME", help="Which policy."
)


@click.group()
def gate() -> None:
    """Explain what the gate withholds, and release a statement before its time.

    \b
    Example: vidomo gate rules
    """


@gate.command()
@click.argument("place")
@policy_option
@time_options
@data_option
@json_option
def explain(
    place: str,
    policy: str,
    valid_at: str | None,
    known_at: str | None,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Say what is withheld of PLACE, until when and by which rule; never the words.

    \b
    Example: vidomo gate explain Izium
    """
    code = place_code(place)
    with House.open(folder_or_default(folder), read_only=True) as house:
        found = house.situation(
            valid_at=instant(valid_at, "--valid-at"), known_at=instant(known_at, "--known-at")
        )
        releases = releases_in(house.journal, known_at=found.known_at)
        opened = PublicGate(
            found, policy=policy, gazetteer=house.gazetteer, now=house.now(), releases=releases
        )
        codes = (code, *_places_told_here(code, house))
        withheld = opened.withheld(codes)
        moment = moment_of(found, house.now())
        rules = load_policy(policy, on=moment.date())
        released = _released(releases, moment, {item.claim for item in found.evidence})
    if as_json:
        listed = [plain(one) | _reasons(rules, one.rule) for one in withheld]
        print_json(
            {"policy": rules.id, "since": rules.since, "withheld": listed, "released": released}
        )
    else:
        _show(withheld, rules)
        for first, second in released:
            click.echo(
                f"{first.claim}  released early: {first.reason}  "
                f"[{first.by}, {second.by}, {kyiv(second.at)}]"
            )
    return 0 if withheld or released else NOTHING_KNOWN


@gate.command()
@policy_option
@json_option
def rules(policy: str, as_json: bool) -> int:
    """List the rules of a policy, each with its reason and its source.

    \b
    Example: vidomo gate rules --policy ua-public
    """
    found = load_policy(policy)
    if as_json:
        print_json(found)
        return 0
    click.echo(f"{found.id}, in force since {found.since}: {found.audience}")
    if found.note:
        click.secho(found.note, fg="yellow")
    for rule in found.rules:
        until = f", {rule.hours:g} h" if rule.hours is not None else ""
        click.echo(f"\n{rule.id}{until}")
        click.echo(f"  {rule.why}")
        mark = "" if rule.verified else " (not verified)"
        click.secho(f"  source: {rule.source}{mark}", dim=True)
        if rule.reading:
            click.secho(f"  our reading: {rule.reading}", dim=True)
    return 0


@gate.command()
@click.argument("claim", metavar="CLAIM")
@click.option("--by", required=True, metavar="NAME", help="Who decides.")
@click.option("--reason", default="", metavar="WORDS", help="Why, in your words.")
@click.option("--confirm", is_flag=True, help="Second the release that another person asked for.")
@policy_option
@data_option
@json_option
def release(
    claim: str,
    by: str,
    reason: str,
    confirm: bool,
    policy: str,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Let one statement pass before its time: one person gives the reason, another confirms.

    Only rules about objects can be lifted so. An edit of the post voids the release.

    \b
    Example: vidomo gate release clm_0123456789abcdef0123 --by Olena --reason "already on television"
    """
    with House.open(folder_or_default(folder)) as house:
        found, now = house.situation(), house.now()
        moment = moment_of(found, now)
        given = releases_in(house.journal)
        sieve = Sieve(
            found,
            load_policy(policy, on=moment.date()),
            units=house.gazetteer,
            now=moment,
            releases=given,
        )
        if confirm:
            made = second_release(sieve, claim, by=by, at=now, given=given, reason=reason)
        else:
            made = ask_release(sieve, claim, reason=reason, by=by, at=now)
        record_release(house.journal, made, replay=house.is_replay)
    if as_json:
        print_json(made)
    elif confirm:
        click.echo(f"{made.id}  {claim} is released by two people")
    else:
        click.echo(
            f"{made.id}  waits for a second person: vidomo gate release {claim} --by NAME --confirm"
        )
    return 0


def _places_told_here(code: str, house: House) -> Sequence[str]:
    """Return the units around a place whose statements its page shows, too."""
    return house.gazetteer.ancestors(code)[:-1]


def _released(
    releases: Sequence[Release], now: datetime, claims: set[str]
) -> list[tuple[Release, Release]]:
    pairs = in_effect(releases, now=now).values()
    return [(first, second) for first, second in pairs if first.claim in claims]


def _reasons(policy: Policy, name: str) -> dict[str, object]:
    rule = next(one for one in policy.rules if one.id == name)
    return {"why": rule.why, "legal_source": rule.source, "verified": rule.verified}


def _show(withheld: Sequence[Withheld], policy: Policy) -> None:
    by_rule: dict[str, list[Withheld]] = {}
    for one in withheld:
        by_rule.setdefault(one.rule, []).append(one)
    for name, items in by_rule.items():
        rule = next(one for one in policy.rules if one.id == name)
        mark = "" if rule.verified else " (source not verified)"
        click.secho(f"{name}{mark}", bold=True)
        click.echo(f"  {rule.why}")
        for one in items:
            until = f"until {kyiv(one.until)}" if one.until else "as long as the rule stands"
            until += " or two people release it" if rule.releasable else ""
            said = f", said {kyiv(one.said_at)} by {one.source}" if one.source else ""
            words = "only the words, " if one.is_quote else ""
            click.echo(f"    {one.topic or one.what.split()[0]}: {words}{until}{said}  {one.what}")
