"""Check a draft before it is posted."""

import sys
from pathlib import Path

import click

from vidomo.app.cli.options import json_option, place_code, print_json
from vidomo.core.clock import system_clock
from vidomo.core.errors import InputError, MachineRefused
from vidomo.desk.check import Checked, check_draft
from vidomo.desk.check.draft import LONGEST
from vidomo.desk.check.model import Forbidden
from vidomo.desk.check.words import check_words
from vidomo.publish.words import LANGUAGES, Words

_BYTES = 4 * LONGEST + 1


@click.command()
@click.argument("file", default="-")
@click.option("--home", metavar="PLACE", help="Place that you write from: a code or a name.")
@click.option("--sign", metavar="NAME", default="", help="Who says it; put under the texts.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="uk", show_default=True)
@json_option
def check(file: str, home: str | None, sign: str, lang: str, as_json: bool) -> int:
    """Check a draft before it is posted: what it says, what it lacks, what it must not say.

    FILE is a path, or - for standard input. Nothing is sent and nothing is stored; no feed,
    data folder or network is needed.

    \b
    Example: echo 'Izium. At 15:40 a strike. A driver was injured.' | vidomo check - --lang en
    """
    text = _draft(file)
    found = check_draft(
        text,
        home=None if home is None else place_code(home),
        sign=sign,
        lang=lang,
        now=system_clock(),
    )
    if as_json:
        print_json(found)
    else:
        _show(found, check_words(lang))
    return 0


def _draft(file: str) -> str:
    try:
        if file == "-":
            body = sys.stdin.buffer.read(_BYTES)
        else:
            with Path(file).open("rb") as source:
                body = source.read(_BYTES)
    except OSError as error:
        raise MachineRefused(f"{file} cannot be read: {error.strerror}") from error
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"the draft is not UTF-8: byte {error.start} cannot be read",
            hint="save it as UTF-8 text, or paste it",
        ) from error
    if len(text) > LONGEST:
        raise InputError(
            f"the draft has more than {LONGEST} characters", hint="check one post at a time"
        )
    if not text.strip():
        raise InputError("the draft is empty", hint="pipe it in, or give a file")
    return text


def _show(found: Checked, words: Words) -> None:
    if found.is_sound:
        click.secho(words("check.sound"), bold=True)
    _heading(words("check.told"))
    for place in found.told:
        click.echo(f"  {place.name}" + (f" ({place.level})" if place.level else ""))
        for one in place.statements:
            click.echo(f"    - {one.text}")
    if not found.told:
        click.echo(f"  {words('check.told_none')}")
    _heading(words("check.missing"))
    for missed in found.missing or ():
        click.echo(f"  - {missed.text}")
    if not found.missing:
        click.echo(f"  {words('check.missing_none')}")
    _show_doubts(found, words)
    _heading(words("check.forbidden"))
    for item in found.forbidden:
        _show_forbidden(item, words)
    if not found.forbidden:
        click.echo(f"  {words('check.forbidden_none')}")
    for address in found.invited:
        click.echo(f"  «{address}»: {words('check.invited')}")
    _show_copies(found, words)


def _show_doubts(found: Checked, words: Words) -> None:
    _heading(words("check.doubts"))
    for doubt in found.doubts:
        click.echo(f"  - {f'«{doubt.words}»: ' if doubt.words else ''}{doubt.text}")
        for code, name in doubt.candidates:
            click.echo(f"      {name}  {code}")
        if doubt.more:
            click.echo(f"      {words('check.more', n=doubt.more)}")
    if not found.doubts:
        click.echo(f"  {words('check.doubts_none')}")


def _show_forbidden(item: Forbidden, words: Words) -> None:
    click.echo(f"  - «{' '.join(item.words.split())}»: {item.why}")
    instead = f"{words('check.instead')}: {item.proposal}" if item.proposal else words("check.drop")
    click.echo(f"      {instead}")
    click.secho(f"      {words('check.rule')} {item.policy_rule} ({item.rule})", dim=True)
    if not item.is_verified:
        click.secho(f"      {words('check.unverified')}", dim=True)


def _show_copies(found: Checked, words: Words) -> None:
    _heading(words("check.copies"))
    shown: dict[str, list[str]] = {}
    for copy in found.copies:
        shown.setdefault(copy.text, []).append(words(f"outlet.{copy.outlet}"))
    for copy in found.copies:
        outlets = shown.pop(copy.text, None)
        if outlets is None:
            continue
        unit = words("check.seconds" if copy.outlet == "voice" else "check.units")
        size = f"{copy.size:g} {words('check.of')} {copy.limit:g} {unit}"
        click.secho(f"  {', '.join(outlets)} ({size})", bold=True)
        for line in (copy.text or words("check.copies_none")).splitlines():
            click.echo(f"    {line}")
        if copy.left_out:
            click.echo(f"    {words('check.left_out', n=copy.left_out)}")
    for count, key in ((found.replaced, "check.replaced"), (found.dropped, "check.dropped")):
        if count:
            click.echo(f"  {words(key, n=count)}")
    click.secho(words("check.limits"), dim=True)


def _heading(text: str) -> None:
    click.secho(f"\n{text}", bold=True)
