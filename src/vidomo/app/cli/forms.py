"""List the forms of authorities, and fill one from what is known."""

from collections.abc import Sequence
from pathlib import Path

import click

from vidomo.app.cli.options import (
    data_option,
    folder_or_default,
    instant,
    json_option,
    place_code,
    plain,
    print_json,
    time_options,
)
from vidomo.app.exercise import open_exercise
from vidomo.app.house import House
from vidomo.app.made_up import is_exercise
from vidomo.app.releases import releases_in
from vidomo.core.clock import system_clock
from vidomo.core.errors import ConfigError, NothingKnown
from vidomo.core.problems import Problem
from vidomo.desk.forms import Filled, Form, Given, fill as fill_form, load_forms
from vidomo.desk.forms.facts import facts_for
from vidomo.desk.forms.look import faults_of, look
from vidomo.desk.forms.phrases import LANGUAGES

NOTHING_KNOWN, REFUSED_IN_PART = 3, 5


@click.group()
def form() -> None:
    """Show the forms of authorities, and fill one from what is known.

    \b
    Example: vidomo form list
    """


@form.command("list")
@json_option
@data_option
def list_forms(*, as_json: bool, folder: Path | None) -> int:
    """List every form at hand: the shipped examples, and your own of DATA/forms.

    What is wrong with a file of yours goes to standard error, every fault of it.

    \b
    Example: vidomo form list
    """
    shelf = load_forms(folder_or_default(folder))
    if as_json:
        print_json([_listed(one) for one in shelf.forms])
    else:
        for one in shelf.forms:
            state = f"{one.status}{' by ' + one.confirmed_by if one.is_confirmed else ''}"
            own = ", your own" if one.is_own else ""
            click.echo(
                f"{one.key:28} {one.audience.value:9} {', '.join(one.words):11} {state}{own}"
            )
            click.secho(f"{'':28} {one.title['en']}", dim=True)
    for problem in shelf.problems:
        _tell(problem)
    return REFUSED_IN_PART if shelf.problems else 0


@form.command()
@click.argument("name", metavar="FORM")
@click.argument("place")
@click.option("--lang", type=click.Choice(LANGUAGES), default="uk", show_default=True)
@click.option("--body", default="", help="Who speaks. Default: as registered for PLACE.")
@click.option("--contact", default="", help="How to reach whoever speaks.")
@click.option("--next", "next_at", metavar="T", help="When the next message will come.")
@click.option("--exercise", is_flag=True, help="Fill from the exercise, and say so.")
@click.option("--note", "notes", multiple=True, metavar="NAME=TEXT", help="Words of your own.")
@time_options
@json_option
@data_option
def fill(
    *,
    name: str,
    place: str,
    lang: str,
    body: str,
    contact: str,
    next_at: str | None,
    exercise: bool,
    notes: Sequence[str],
    valid_at: str | None,
    known_at: str | None,
    as_json: bool,
    folder: Path | None,
) -> int:
    """Fill FORM for PLACE from what is known; nothing is sent or stored.

    What nobody has said reads as not known. A text for residents is made of what residents may
    see, and checked as "vidomo check" does; what it finds goes to standard error. Ends with 3
    where something is not known without which the text may not go out.

    \b
    Example: vidomo form fill community/power Izium
    """
    code = place_code(place)
    data, clock = folder_or_default(folder), system_clock
    if exercise:
        data, clock = open_exercise(data, clock=clock)
    exercise = exercise or is_exercise(data)
    found = load_forms(data).get(name)
    if found is None:
        raise NothingKnown(f"there is no form {name!r}", hint="vidomo form list shows all of them")
    given = Given(
        body=body, contact=contact, next_at=instant(next_at, "--next"), notes=_notes(notes)
    )
    with House.open(data, clock=clock, read_only=True) as house:
        facts = facts_for(
            found,
            house.situation(
                valid_at=instant(valid_at, "--valid-at"), known_at=instant(known_at, "--known-at")
            ),
            code,
            gazetteer=house.gazetteer,
            releases=releases_in(house.journal),
            given=given,
        )
        filled = fill_form(found, facts, lang, atlas=house.gazetteer, is_exercise=exercise)
        faults = faults_of(look(filled, atlas=house.gazetteer)) if found.is_public else ()
    if as_json:
        print_json(_filled(filled, faults))
    else:
        click.echo(filled.text)
        _remarks(found, filled, faults)
    return NOTHING_KNOWN if filled.lacking else 0


def _remarks(found: Form, filled: Filled, faults: Sequence[str]) -> None:
    if not found.is_confirmed:
        click.echo("\nunofficial example: no authority has confirmed these words", err=True)
    for line in filled.lines:
        if line.claims:
            click.echo(f"  {', '.join(line.claims)}: {line.text}", err=True)
    for label, names in (("not known", filled.unknown), ("may not go out without", filled.lacking)):
        if names:
            click.echo(f"  {label}: {', '.join(names)}", err=True)
    for fault in faults:
        click.echo(f"  check: {fault}", err=True)


def _notes(notes: Sequence[str]) -> dict[str, str]:
    found = {}
    for note in notes:
        name, is_split, text = note.partition("=")
        if not is_split or not name.strip():
            raise ConfigError(f"--note {note!r} has no name", hint="write it as NAME=TEXT")
        found[name.strip()] = text
    return found


def _listed(one: Form) -> dict[str, object]:
    return {
        "form": one.key,
        "purpose": one.purpose,
        "audience": one.audience.value,
        "title": dict(one.title),
        "languages": list(one.words),
        "status": one.status,
        "confirmed_by": one.confirmed_by,
        "confirmed_on": one.confirmed_on,
        "digest": one.digest,
        "own": one.is_own,
    }


def _filled(filled: Filled, faults: Sequence[str]) -> dict[str, object]:
    shown: dict[str, object] = plain(filled)
    return shown | {
        "text": filled.text,
        "unknown": list(filled.unknown),
        "lacking": list(filled.lacking),
        "faults": list(faults),
    }


def _tell(problem: Problem) -> None:
    hint = f" ({problem.hint})" if problem.hint else ""
    click.echo(f"{problem.where}: {problem.found}{hint}", err=True)
