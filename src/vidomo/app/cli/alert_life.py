"""Write, approve, issue, update and cancel alerts at the command line, by the rules of the desk."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from vidomo.app.alert_acts import AlertDesk
from vidomo.app.alert_rules import Views
from vidomo.app.alert_views import quotes, said_for, views_of
from vidomo.app.cli.options import (
    data_option,
    folder_or_default,
    json_option,
    kyiv,
    place_code,
    plain,
    print_json,
)
from vidomo.app.exercise import open_exercise
from vidomo.app.house import House
from vidomo.app.made_up import is_exercise as holds_exercise
from vidomo.app.releases import releases_in
from vidomo.core.clock import system_clock
from vidomo.core.errors import ConfigError
from vidomo.desk.alerts.compose import Behind, correct, from_wording
from vidomo.desk.alerts.confirm import phrase
from vidomo.desk.alerts.life import Life
from vidomo.desk.alerts.model import Draft
from vidomo.desk.alerts.wordings import wording as wording_of
from vidomo.desk.factor import step_of
from vidomo.desk.passwords import is_right
from vidomo.desk.people import Person
from vidomo.desk.table import DeskTable
from vidomo.publish.alerts.model import Scope
from vidomo.publish.alerts.profile import broken_rules

F = TypeVar("F", bound=Callable[..., Any])
NOTHING_KNOWN = 3


class _Office:
    """One data folder, its people and its alerts; somebody signs in before anything is done."""

    def __init__(self, folder: Path | None, *, is_exercise: bool) -> None:
        path, clock = folder_or_default(folder), system_clock
        if is_exercise:
            path, clock = open_exercise(path, clock=clock)
        elif holds_exercise(path):
            raise ConfigError(
                f"{path} holds an exercise, and nothing in earnest comes of one",
                hint="name the data folder that it lies in, and say --exercise",
            )
        self._folder, self._clock, self._is_exercise = path, clock, is_exercise

    def person(self, login: str, *, from_stdin: bool) -> Person:
        """Return who signs in; the password is asked for, and the code where there is one.

        Raises:
            ConfigError: Login, password or code are not right; it does not say which.
        """
        password = _typed("password", from_stdin=from_stdin, is_hidden=True)
        with DeskTable.open(self._folder) as table:
            person = table.called(login.strip().lower())
            kept = table.password_hash(person.id) if person else None
            if is_right(password, kept) and person is not None and not person.is_disabled:
                secret, last = table.factor(person.id)
                if not secret:
                    return person
                code = _typed("code", from_stdin=from_stdin)
                step = step_of(code, secret, at=system_clock(), after=last)
                if step is not None and table.use_step(person.id, step):
                    return person
        raise ConfigError("login, password or code are not right", hint="vidomo desk user list")

    @contextmanager
    def desk(self, *, read_only: bool = False) -> Iterator[tuple[AlertDesk, House]]:
        """Give the alerts of the folder, and the house that they lie in."""
        with (
            DeskTable.open(self._folder) as table,
            House.open(self._folder, clock=self._clock, read_only=read_only) as house,
        ):
            desk = AlertDesk(
                house.journal,
                folder=self._folder,
                gazetteer=house.gazetteer,
                people=table.person,
                clock=self._clock,
                is_exercise=self._is_exercise,
            )
            yield desk, house


def _common(command: F) -> F:
    for option in (
        json_option,
        data_option,
        click.option("--exercise", "is_exercise", is_flag=True, help="In the exercise."),
        click.option("--password-stdin", "from_stdin", is_flag=True, help="Read it from input."),
        click.option("--as", "login", required=True, metavar="LOGIN", help="Who you are."),
    ):
        command = option(command)
    return command


def _type_option(command: F) -> F:
    return click.option(
        "--type", "typed", metavar="WORDS", help="Place and effect; asked for when left out."
    )(command)


@click.command("draft")
@click.argument("wording")
@click.argument("places", nargs=-1, required=True, metavar="PLACE...")
@click.option("--desk-only", is_flag=True, help="For officers on duty, nobody outside.")
@_common
def draft(
    wording: str,
    places: tuple[str, ...],
    desk_only: bool,
    login: str,
    from_stdin: bool,
    is_exercise: bool,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Write a draft from a wording: shelter, advice, being_verified, all_clear, from_view.

    Wordings of your own stand in alert-wordings.toml in the data folder.

    \b
    Example: vidomo alert draft shelter Izium --as olena
    """
    office = _Office(folder, is_exercise=is_exercise)
    person = office.person(login, from_stdin=from_stdin)
    codes = [place_code(one) for one in places]
    scope = Scope.RESTRICTED if desk_only else Scope.PUBLIC
    with office.desk() as (desk, house):
        kind = wording_of(wording, desk.wordings).kind
        views = _views(house, codes) if quotes(kind) else {}
        made = _made(desk, wording, codes, views, scope=scope)
        life = desk.life(desk.draft(person, made, views=views))
        _tell(desk, life, as_json=as_json)
    return 0


@click.command("approve")
@click.argument("alert")
@_type_option
@_common
def approve(
    alert: str,
    typed: str | None,
    login: str,
    from_stdin: bool,
    is_exercise: bool,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Approve exactly the message that is shown; for a second person, who did not write it.

    \b
    Example: vidomo alert approve alr_0123456789abcdef0123 --as taras
    """
    office = _Office(folder, is_exercise=is_exercise)
    person = office.person(login, from_stdin=from_stdin)
    life, words = _shown(office, alert, typed, from_stdin=from_stdin)
    with office.desk() as (desk, _):
        desk.approve(person, alert, seen=life.digest, typed=words)
        _tell(desk, desk.life(alert), as_json=as_json)
    return 0


@click.command("issue")
@click.argument("alert")
@_type_option
@_common
def issue(
    alert: str,
    typed: str | None,
    login: str,
    from_stdin: bool,
    is_exercise: bool,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Sign exactly the message that is shown and put it where it belongs, or nothing at all.

    \b
    Example: vidomo alert issue alr_0123456789abcdef0123 --as olena
    """
    office = _Office(folder, is_exercise=is_exercise)
    person = office.person(login, from_stdin=from_stdin)
    life, words = _shown(office, alert, typed, from_stdin=from_stdin)
    with office.desk() as (desk, house):
        views = _views(house, life.draft.places) if quotes(life.draft.kind) else {}
        done = desk.issue(person, alert, seen=life.digest, typed=words, views=views)
        _tell(desk, done, as_json=as_json)
        if desk.index_problem:
            click.echo(f"vidomo: it is out, but the index is not: {desk.index_problem}", err=True)
    return 0


@click.command("update")
@click.argument("alert")
@click.argument("wording")
@click.argument("places", nargs=-1, metavar="[PLACE...]")
@click.option("--correct", "is_correction", is_flag=True, help="Say that the alert was wrong.")
@_common
def update(
    alert: str,
    wording: str,
    places: tuple[str, ...],
    is_correction: bool,
    login: str,
    from_stdin: bool,
    is_exercise: bool,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Write the draft of a newer alert in the place of one that stands, or of its correction.

    \b
    Example: vidomo alert update alr_0123456789abcdef0123 shelter --correct --as olena
    """
    office = _Office(folder, is_exercise=is_exercise)
    person = office.person(login, from_stdin=from_stdin)
    with office.desk() as (desk, house):
        before = desk.life(alert)
        codes = [place_code(one) for one in places] or list(before.draft.places)
        kind = wording_of(wording, desk.wordings).kind
        views = _views(house, codes) if quotes(kind) else {}
        if is_correction:
            press = desk.press(scope=before.draft.alert.scope)
            made = correct(press, before, wording, codes, lives=desk.lives)
        else:
            made = _made(desk, wording, codes, views, scope=before.draft.alert.scope, before=before)
        life = desk.life(desk.draft(person, made, views=views))
        _tell(desk, life, as_json=as_json)
    return 0


@click.command("cancel")
@click.argument("alert")
@_common
def cancel(
    alert: str,
    login: str,
    from_stdin: bool,
    is_exercise: bool,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Write the draft of a cancellation; it is no all-clear, and a second person approves it.

    \b
    Example: vidomo alert cancel alr_0123456789abcdef0123 --as olena
    """
    office = _Office(folder, is_exercise=is_exercise)
    person = office.person(login, from_stdin=from_stdin)
    with office.desk() as (desk, _):
        before = desk.life(alert)
        scope = before.draft.alert.scope
        made = _made(desk, "cancel", before.draft.places, {}, scope=scope, before=before)
        life = desk.life(desk.draft(person, made))
        _tell(desk, life, as_json=as_json)
    return 0


@click.command("list")
@click.option("--exercise", "is_exercise", is_flag=True, help="Those of the exercise.")
@data_option
@json_option
def list_alerts(is_exercise: bool, folder: Path | None, as_json: bool) -> int:
    """List alerts as they stand, the newest first.

    \b
    Example: vidomo alert list
    """
    office = _Office(folder, is_exercise=is_exercise)
    with office.desk(read_only=True) as (desk, _):
        lives = desk.lives
    if as_json:
        print_json([_facts(one) for one in lives])
        return 0 if lives else NOTHING_KNOWN
    for one in lives:
        headline = one.draft.alert.infos[0].headline
        click.echo(f"{kyiv(one.draft.alert.sent)}  {one.state:<9} {headline}  {one.id}")
    if not lives:
        click.echo("vidomo: no alert was ever written", err=True)
    return 0 if lives else NOTHING_KNOWN


def _made(
    desk: AlertDesk,
    wording: str,
    codes: Sequence[str],
    views: Views,
    *,
    scope: Scope = Scope.PUBLIC,
    before: Life | None = None,
) -> Draft:
    kind = wording_of(wording, desk.wordings).kind
    said = said_for(kind, codes, views, gazetteer=desk.atlas)
    behind = Behind(said=said, follows=before, lives=desk.lives)
    return from_wording(desk.press(scope=scope), wording, codes, behind=behind)


def _views(house: House, codes: Sequence[str]) -> Views:
    return views_of(house, codes, releases=releases_in(house.journal))


def _shown(office: _Office, alert: str, typed: str | None, *, from_stdin: bool) -> tuple[Life, str]:
    """Show a message and return it with the words that were typed for it."""
    with office.desk(read_only=True) as (desk, _):
        life = desk.life(alert)
        words = phrase(life.draft, lang="uk", gazetteer=desk.atlas)
        other = phrase(life.draft, lang="en", gazetteer=desk.atlas)
    for info in life.draft.alert.infos:
        click.echo(f"{info.headline}\n{info.description}\n{info.instruction}\n", err=True)
    if typed is None:
        asked = f"type to confirm: {words} (or: {other})"
        typed = _typed(asked, from_stdin=from_stdin)
    return life, typed


def _typed(asked: str, *, from_stdin: bool, is_hidden: bool = False) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt(asked, hide_input=is_hidden, err=True))


def _facts(life: Life) -> dict[str, object]:
    found: dict[str, object] = plain(life)
    return found


def _tell(desk: AlertDesk, life: Life, *, as_json: bool) -> None:
    if as_json:
        print_json(_facts(life))
        return
    info = life.draft.alert.infos[0]
    click.echo(f"{life.id}  {life.state}")
    click.echo(f"{info.headline}\n{info.description}\n{info.instruction}")
    for code in life.held:
        click.secho(f"held: {code}", fg="yellow")
    if life.is_out:
        return
    for problem in broken_rules(life.draft.alert):
        click.secho(f"cannot go out: {problem.code} {problem.found}", fg="yellow")
    need = desk.need(life)
    if need.why:
        told = "approved" if need.is_met else "needs a second person"
        click.echo(f"{told}: {', '.join(need.why)}")
    click.echo(f"to type: {phrase(life.draft, lang='uk', gazetteer=desk.atlas)}")
