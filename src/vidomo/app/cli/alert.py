"""Alert files: check any, and look after the key that ours are signed with."""

import hashlib
from datetime import datetime
from pathlib import Path

import click

from vidomo.app.cli.late import LateGroup
from vidomo.app.cli.options import data_option, folder_or_default, json_option, plain, print_json
from vidomo.app.exercise import exercise_folder, open_exercise
from vidomo.core.clock import system_clock
from vidomo.core.errors import InputError, MachineRefused
from vidomo.publish.alerts.keys import (
    SigningKey,
    certificate_of,
    fingerprint,
    keys_folder,
    load_key,
    new_key,
    rotate_key,
    trusted_certificates,
)
from vidomo.publish.alerts.parse import LARGEST
from vidomo.publish.alerts.verify import Verdict, check_references, verify_file

LIFE = {
    "draft": "alert_life:draft",
    "approve": "alert_life:approve",
    "issue": "alert_life:issue",
    "update": "alert_life:update",
    "cancel": "alert_life:cancel",
    "list": "alert_life:list_alerts",
}
"""Steps of an alert's life, with the module and the name of each."""
_SOON_DAYS = 60


@click.group(cls=LateGroup, late=LIFE)
def alert() -> None:
    """Look after alerts: their files, their life and the key that signs them.

    \b
    Example: vidomo alert verify alert.xml
    """


@alert.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--trust", multiple=True, metavar="CERT", help="PEM certificate of a sender.")
@click.option("--index", "index", metavar="FEED", help="Atom or RSS index that lists the files.")
@data_option
@json_option
def verify(
    files: tuple[str, ...],
    trust: tuple[str, ...],
    index: str | None,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Check alert files of anybody: kind, version, schema, profile, signature, references.

    Nothing in a file is followed, fetched or expanded. Certificates of this data folder and
    of its exercise are trusted, and those of --trust. Ends with 5 when any file is not acceptable: a sound index, or
    an alert that is valid, keeps docs/cap-profile.md and is signed by a trusted sender.

    \b
    Example: vidomo alert verify alert.xml --trust certificate.pem
    """
    trusted = [certificate_of(_read(path)) for path in trust]
    for is_exercise in (False, True):
        trusted += trusted_certificates(_keys(folder, is_exercise=is_exercise))
    verdicts: tuple[Verdict, ...] = tuple(
        verify_file(
            body := _read(path),
            file=path,
            sha256=hashlib.sha256(body).hexdigest(),
            trusted=trusted,
        )
        for path in files
    )
    if index is not None or len(files) > 1:
        verdicts = check_references(verdicts, index=None if index is None else _read(index))
    if as_json:
        print_json([plain(one) | {"is_acceptable": one.is_acceptable} for one in verdicts])
    else:
        for one in verdicts:
            _show(one)
    refused = sum(not one.is_acceptable for one in verdicts)
    return InputError.exit_code if refused else 0


@alert.group()
def key() -> None:
    """Look after the key that alert files are signed with.

    \b
    Example: vidomo alert key show
    """


@key.command()
@click.option("--holder", required=True, metavar="NAME", help="The body whose key it is.")
@click.option("--exercise", "is_exercise", is_flag=True, help="A key that signs exercises only.")
@data_option
def new(holder: str, is_exercise: bool, folder: Path | None) -> int:
    """Make a key and its certificate, for three years; the key never leaves the data folder.

    \b
    Example: vidomo alert key new --holder "Izium community"
    """
    keys, now = _keys_and_now(folder, is_exercise=is_exercise)
    made = new_key(keys, holder=holder, is_exercise=is_exercise, now=now)
    _tell(made)
    click.echo(f"Give this certificate to whoever checks your alerts: {keys / 'certificate.pem'}")
    return 0


@key.command()
@click.option("--holder", required=True, metavar="NAME", help="The body whose key it is.")
@click.option("--exercise", "is_exercise", is_flag=True, help="The key for exercises.")
@data_option
def rotate(holder: str, is_exercise: bool, folder: Path | None) -> int:
    """Put a new key in the place of the old one; old files still verify.

    \b
    Example: vidomo alert key rotate --holder "Izium community"
    """
    keys, now = _keys_and_now(folder, is_exercise=is_exercise)
    _tell(rotate_key(keys, holder=holder, is_exercise=is_exercise, now=now))
    click.echo("Give out the new certificate before you issue the next alert.")
    return 0


@key.command()
@click.option("--exercise", "is_exercise", is_flag=True, help="The key for exercises.")
@data_option
@json_option
def show(is_exercise: bool, folder: Path | None, as_json: bool) -> int:
    """Show fingerprint and certificate of the key, never the key.

    \b
    Example: vidomo alert key show
    """
    keys = _keys(folder, is_exercise=is_exercise)
    used = load_key(keys)
    pem = (keys / "certificate.pem").read_text("ascii")
    retired = [fingerprint(one) for one in trusted_certificates(keys)]
    retired.remove(fingerprint(used.certificate))
    if as_json:
        print_json(
            {
                "fingerprint": fingerprint(used.certificate),
                "valid_until": used.certificate.not_valid_after_utc,
                "is_exercise": used.is_exercise,
                "retired": retired,
                "certificate": pem,
            }
        )
        return 0
    _tell(used)
    for one in retired:
        click.echo(f"retired      {one}")
    click.echo(pem.rstrip())
    return 0


def _keys(folder: Path | None, *, is_exercise: bool) -> Path:
    """Return where the keys lie: those of an exercise in its own data folder, as its desk has it."""
    path = folder_or_default(folder)
    return keys_folder(exercise_folder(path) if is_exercise else path, is_exercise=is_exercise)


def _keys_and_now(folder: Path | None, *, is_exercise: bool) -> tuple[Path, datetime]:
    """Return where the keys lie, and the instant from which on a new one holds.

    An exercise has a clock of its own: a certificate that begins later signs nothing there.
    """
    if is_exercise:
        path, clock = open_exercise(folder_or_default(folder), clock=system_clock)
        return keys_folder(path, is_exercise=True), clock()
    return _keys(folder, is_exercise=False), system_clock()


def _tell(made: SigningKey) -> None:
    until = made.certificate.not_valid_after_utc
    click.echo(f"signs        {'exercises only' if made.is_exercise else 'alerts'}")
    click.echo(f"holder       {made.certificate.subject.rfc4514_string()}")
    click.echo(f"fingerprint  {fingerprint(made.certificate)}")
    click.echo(f"valid until  {until:%Y-%m-%d}")
    if (until - system_clock()).days < _SOON_DAYS:
        click.echo("The certificate ends soon: vidomo alert key rotate", err=True)


def _show(one: Verdict) -> None:
    click.secho(one.file, bold=True)
    version = f" CAP {one.cap_version}" if one.cap_version else ""
    click.echo(f"  kind        {one.kind}{version}")
    if one.attack:
        click.echo(f"  refused     {one.attack}")
    if one.embedded:
        held = ", ".join(one.embedded)
        click.echo(f"  holds       alerts of CAP {held}; save each as a file to check it")
    click.echo(f"  schema      {one.schema}")
    click.echo(f"  profile     {one.profile}")
    detail = f": {one.signature_detail}" if one.signature_detail else ""
    click.echo(f"  signature   {one.signature}{detail}")
    if one.signer:
        click.echo(f"  signer      {one.signer}")
    if one.references != "not checked":
        click.echo(f"  references  {one.references}")
    for problem in one.problems:
        where = f" ({problem.where})" if problem.where else ""
        click.echo(f"  - {problem.code} {problem.found}{where}")
    click.echo(f"  {'acceptable' if one.is_acceptable else 'NOT acceptable'}")


def _read(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise MachineRefused(f"{path} cannot be read: {error.strerror}") from error
