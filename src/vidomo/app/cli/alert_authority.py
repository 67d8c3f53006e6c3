"""Put on record who warns the public, or show it."""

from pathlib import Path

import click
import msgspec

from vidomo.app.alert_acts import AlertDesk
from vidomo.app.cli.options import (
    data_option,
    folder_or_default,
    json_option,
    place_code,
    plain,
    print_json,
)
from vidomo.app.house import House
from vidomo.core.clock import system_clock
from vidomo.desk.alerts.authority import problems_of
from vidomo.desk.entry import CLI
from vidomo.desk.people import COUNTRY, Grant, Person, Role

OWNER = Person(id=CLI, login=CLI, name="owner", grants=(Grant(Role.ADMIN, COUNTRY),))
"""The owner of the machine, who could change the files anyway; the record names them as such."""
_HEADINGS = {
    "name": "What the body is called in Ukrainian.",
    "name_en": "What it is called in English.",
    "legal_basis": "The act that lets it warn the public, with number and date.",
    "sender": "Its identifier in messages, such as cap@city.example.",
    "contact": "How people reach it.",
    "web": "Its own page, https.",
    "address": "Where the files are served, https, if elsewhere.",
    "territory": "The place that it is competent for, by code or name.",
}


@click.group()
def authority() -> None:
    """Put on record who warns the public; without it nothing goes out in earnest.

    \b
    Example: vidomo desk authority show
    """


def _set_options(command: click.decorators.FC) -> click.decorators.FC:
    command = click.option(
        "--second-factor-in",
        "strict",
        multiple=True,
        metavar="PLACE",
        help="Where a second person needs a second factor; may be given several times.",
    )(command)
    for name, text in reversed(_HEADINGS.items()):
        command = click.option(f"--{name.replace('_', '-')}", name, help=text)(command)
    return command


@authority.command("set")
@_set_options
@data_option
def set_authority(strict: tuple[str, ...], folder: Path | None, **given: str | None) -> int:
    """Put the authority on record; what is left out stays as it was.

    \b
    Example: vidomo desk authority set --name "Ukraine City Council" --territory Izium
    """
    path = folder_or_default(folder)
    with House.open(path) as house:
        desk = _desk(house, path)
        known = {name: text.strip() for name, text in given.items() if text is not None}
        if known.get("territory"):
            known["territory"] = place_code(known["territory"])
        codes = tuple(place_code(one) for one in strict)
        changed = {**known, **({"second_factor_in": codes} if codes else {})}
        own = msgspec.structs.replace(desk.authority, **changed)
        desk.set_authority(OWNER, own)
    for problem in problems_of(own):
        click.echo(f"still wrong: {problem.found}", err=True)
    click.echo("written down")
    return 0


@authority.command("show")
@data_option
@json_option
def show_authority(folder: Path | None, as_json: bool) -> int:
    """Show what is on record of the authority, and what is missing.

    \b
    Example: vidomo desk authority show
    """
    path = folder_or_default(folder)
    with House.open(path) as house:
        own = _desk(house, path).authority
    problems = problems_of(own)
    if as_json:
        print_json({"authority": plain(own), "is_complete": own.is_complete, "problems": problems})
    else:
        for name, value in plain(own).items():
            click.echo(f"{name:<17} {value}")
        for problem in problems:
            click.echo(f"missing           {problem.found}")
    return 0


def _desk(house: House, path: Path) -> AlertDesk:
    return AlertDesk(
        house.journal,
        folder=path,
        gazetteer=house.gazetteer,
        people=lambda _: None,
        clock=system_clock,
    )
