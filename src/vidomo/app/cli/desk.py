"""People of the desk: who may sign in, and what they may do where."""

import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any, Self, TypeVar

import click
import segno

from vidomo.app.cli.alert_authority import authority
from vidomo.app.cli.options import (
    data_option,
    folder_or_default,
    json_option,
    place_code,
    print_json,
)
from vidomo.app.desk_book import write_entries
from vidomo.app.exercise import open_exercise
from vidomo.app.house import House
from vidomo.core.clock import system_clock
from vidomo.core.errors import ConfigError, NothingKnown
from vidomo.desk.entry import CLI, entry, new_id
from vidomo.desk.factor import address_of, new_secret, step_of
from vidomo.desk.passwords import checked_password, hash_of
from vidomo.desk.people import (
    COUNTRY,
    Grant,
    Person,
    Role,
    checked_login,
    checked_name,
    role_named,
)
from vidomo.desk.table import DeskTable

F = TypeVar("F", bound=Callable[..., Any])
exercise_option = click.option(
    "--exercise", "is_exercise", is_flag=True, help="The people of the exercise, who are others."
)
_GRANT_HINT = "write ROLE:PLACE, such as editor:Izium or approver:UA"


@click.group()
def desk() -> None:
    """Say who may sign in to the desk.

    \b
    Example: vidomo desk user list
    """


desk.add_command(authority)


@desk.group()
def user() -> None:
    """Add people, change what they may do, shut them out.

    \b
    Example: vidomo desk user list
    """


@user.command("add")
@click.argument("login")
@click.option("--name", required=True, help="The person's name; it stays on this machine.")
@click.option("--office", default="", help="Office or shift.")
@click.option(
    "--role", help="viewer, editor, approver or admin. Default for the first person: admin."
)
@click.option(
    "--territory", help="Place, by code or name. Default for the first person: the country."
)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@exercise_option
@data_option
def add(
    login: str,
    name: str,
    office: str,
    role: str | None,
    territory: str | None,
    password_stdin: bool,
    is_exercise: bool,
    folder: Path | None,
) -> int:
    """Add a person, who then signs in with the password that you type twice.

    The first one is administrator of the whole country unless you say otherwise; of all others
    say role and territory. There is no default password.

    \b
    Example: vidomo desk user add olena --name "Olena K." --role editor --territory Izium
    """
    with _Room(folder, is_exercise=is_exercise) as room:
        if (role is None or territory is None) and not room.table.is_empty:
            raise ConfigError(
                "only the first person is administrator of everything by default",
                hint="say --role and --territory",
            )
        grant = Grant(
            Role.ADMIN if role is None else role_named(role),
            COUNTRY if territory is None else place_code(territory),
        )
        login = checked_login(login)
        person = Person(
            id=new_id("usr", login, room.clock()),
            login=login,
            name=checked_name(name, what="name"),
            office=checked_name(office, what="office") if office else "",
            grants=(grant,),
        )
        if room.table.called(login):
            raise ConfigError(f"somebody is called {login!r} already", hint="choose another login")
        hashed = hash_of(checked_password(_typed(from_stdin=password_stdin), login=login))
        room.note("person.added", person, grant=grant)
        room.table.add(person, password_hash=hashed, at=room.clock())
    click.echo(f"{person.login} may sign in: {_told(grant)}")
    return 0


@user.command("list")
@exercise_option
@data_option
@json_option
def list_people(is_exercise: bool, folder: Path | None, as_json: bool) -> int:
    """List who may sign in, and what they may do where.

    \b
    Example: vidomo desk user list
    """
    with _Room(folder, is_exercise=is_exercise) as room:
        people = room.table.people()
    if as_json:
        print_json(people)
    elif not people:
        click.echo('nobody yet; add the first: vidomo desk user add LOGIN --name "NAME"', err=True)
    else:
        for person in people:
            marks = [
                *(["second factor"] if person.has_second_factor else []),
                *(["disabled"] if person.is_disabled else []),
            ]
            grants = "; ".join(map(_told, person.grants)) or "no role"
            click.echo(
                " · ".join([person.login, person.name, person.office or "-", grants, *marks])
            )
    return 0


@user.command("disable")
@click.argument("login")
@exercise_option
@data_option
def disable(login: str, is_exercise: bool, folder: Path | None) -> int:
    """Shut a person out at once; what they did stays in the record.

    \b
    Example: vidomo desk user disable olena
    """
    with _Room(folder, is_exercise=is_exercise) as room:
        person = room.called(login)
        room.note("person.disabled", person)
        room.table.set_disabled(person.id, is_disabled=True)
    click.echo(f"{person.login} may not sign in; every sign-in has ended")
    return 0


@user.command("enable")
@click.argument("login")
@exercise_option
@data_option
def enable(login: str, is_exercise: bool, folder: Path | None) -> int:
    """Let a person in again.

    \b
    Example: vidomo desk user enable olena
    """
    with _Room(folder, is_exercise=is_exercise) as room:
        person = room.called(login)
        room.note("person.enabled", person)
        room.table.set_disabled(person.id, is_disabled=False)
    click.echo(f"{person.login} may sign in")
    return 0


@user.command("grant")
@click.argument("login")
@click.argument("grants", nargs=-1, metavar="ROLE:PLACE...")
@exercise_option
@data_option
def grant_roles(login: str, grants: tuple[str, ...], is_exercise: bool, folder: Path | None) -> int:
    """Set all the roles of a person, each over a territory; with none, take all away.

    \b
    Example: vidomo desk user grant olena editor:Izium viewer:UA
    """
    given = tuple(_grant(text) for text in grants)
    with _Room(folder, is_exercise=is_exercise) as room:
        person = room.called(login)
        for grant in given:
            room.note("person.granted", person, grant=grant)
        if not given:
            room.note("person.stripped", person)
        room.table.set_grants(person.id, given)
    click.echo(f"{person.login}: {'; '.join(map(_told, given)) or 'no role'}")
    return 0


@user.command("password")
@click.argument("login")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@exercise_option
@data_option
def password(login: str, password_stdin: bool, is_exercise: bool, folder: Path | None) -> int:
    """Give a person a new password; every sign-in of theirs ends.

    \b
    Example: vidomo desk user password olena
    """
    with _Room(folder, is_exercise=is_exercise) as room:
        person = room.called(login)
        hashed = hash_of(checked_password(_typed(from_stdin=password_stdin), login=person.login))
        room.note("person.password", person)
        room.table.set_password(person.id, hashed)
    click.echo(f"{person.login} has a new password; every sign-in has ended")
    return 0


@user.command("factor")
@click.argument("login")
@click.option("--remove", is_flag=True, help="Take the second factor away.")
@exercise_option
@data_option
def factor(login: str, remove: bool, is_exercise: bool, folder: Path | None) -> int:
    """Add a second factor: show its QR code, then ask for the first code.

    \b
    Example: vidomo desk user factor olena
    """
    with _Room(folder, is_exercise=is_exercise) as room:
        person = room.called(login)
        if remove:
            room.note("person.factor_removed", person)
            room.table.set_factor(person.id, "")
            click.echo(f"{person.login} signs in with the password alone")
            return 0
        secret = new_secret()
        address = address_of(secret, login=person.login)
        picture = StringIO()
        segno.make(address).terminal(out=picture, compact=True)
        click.echo(picture.getvalue(), err=True)
        click.echo(f"or type this into the authenticator: {secret}", err=True)
        code = click.prompt("code that it shows now", err=True)
        step = step_of(code, secret, at=system_clock(), after=0)
        if step is None:
            raise ConfigError(
                "that code is not right; nothing was changed",
                hint="look at the clocks of both machines and begin again",
            )
        room.note("person.factor", person)
        room.table.set_factor(person.id, secret, step=step)
    click.echo(f"{person.login} signs in with password and code; every sign-in has ended")
    return 0


class _Room:
    """The table of people of a folder, and the book in which every change is noted first."""

    def __init__(self, folder: Path | None, *, is_exercise: bool) -> None:
        path, clock = folder_or_default(folder), system_clock
        if is_exercise:
            path, clock = open_exercise(path, clock=clock)
        self._folder, self.clock = path, clock
        self.table = DeskTable.open(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.table.close()

    def called(self, login: str) -> Person:
        person = self.table.called(login.strip().lower())
        if person is None:
            raise NothingKnown(f"nobody is called {login!r}", hint="vidomo desk user list")
        return person

    def note(self, what: str, person: Person, *, grant: Grant | None = None) -> None:
        """Write down what is about to be done: an act without a record must not be."""
        done = entry(
            what,
            subject=person.id,
            by=CLI,
            at=self.clock(),
            body=grant,
            place=grant.territory if grant else "",
        )
        with House.open(self._folder, clock=self.clock) as house:
            write_entries(house.journal, [done])


def _grant(text: str) -> Grant:
    role, mark, place = text.partition(":")
    if not mark:
        raise ConfigError(f"{text!r} is no grant", hint=_GRANT_HINT)
    return Grant(role_named(role), place_code(place))


def _told(grant: Grant) -> str:
    return f"{grant.role.name.lower()} of {grant.territory}"


def _typed(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("password", hide_input=True, confirmation_prompt=True, err=True))
