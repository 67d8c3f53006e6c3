"""Options that several commands share, and what they are turned into."""

import math
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from vidomo.app.config import default_folder
from vidomo.core.codec import to_json
from vidomo.core.errors import ConfigError, InputError
from vidomo.core.time import KYIV, parse_posted_at
from vidomo.gazetteer import Gazetteer

F = TypeVar("F", bound=Callable[..., Any])
MANY = 12


class FiniteRange(click.FloatRange):
    """A range of numbers without NaN, which is below nothing and above nothing."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number; refuse what is none."""
        found = float(super().convert(value, param, ctx))
        if not math.isfinite(found):
            self.fail(f"{value!r} is no number", param, ctx)
        return found


def data_option(command: F) -> F:
    """Add ``--data DIR``."""
    return click.option(
        "--data",
        "folder",
        type=click.Path(path_type=Path, file_okay=True),
        default=None,
        help="Data folder. Default: VIDOMO_DATA, else the user's data directory.",
    )(command)


def json_option(command: F) -> F:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print the facts as JSON.")(command)


def time_options(command: F) -> F:
    """Add ``--valid-at`` and ``--known-at``."""
    command = click.option(
        "--known-at", metavar="T", help="As far as it was known at T. Default: now."
    )(command)
    return click.option("--valid-at", metavar="T", help="What held at T. Default: now.")(command)


def folder_or_default(folder: Path | None) -> Path:
    """Return the folder of the option, else the default one."""
    return default_folder() if folder is None else folder


def instant(text: str | None, option: str) -> datetime | None:
    """Return the instant of an option; a bare date stands for its end.

    Raises:
        ConfigError: Nothing of the kind, or a time of day without a zone.
    """
    if text is None:
        return None
    try:
        interval = parse_posted_at(text)
    except InputError as error:
        raise ConfigError(f"{option}: {error.message}", hint=error.hint) from error
    return interval.start if interval.is_instant else interval.end


def place_code(name: str) -> str:
    """Return the code of a place given as a code or as a name in any form.

    Raises:
        ConfigError: No such place, or more than one that fits equally well.
    """
    gazetteer = Gazetteer.open()
    if gazetteer.get(name) is not None:
        return name
    found = [item for item in gazetteer.find(name, limit=MANY) if item.how != "prefix"]
    if not found:
        near = gazetteer.find(name, limit=3)
        hint = "try: vidomo places find NAME"
        if near:
            hint = "did you mean " + ", ".join(
                f"{gazetteer.label(item.code, full=True)} ({item.code})" for item in near
            )
        raise ConfigError(f"no place is called {name!r}", hint=hint)
    if len(found) > 1 and found[0].score - found[1].score <= 0:
        listed = "; ".join(
            f"{item.code} {gazetteer.label(item.code, full=True)}" for item in found[:MANY]
        )
        raise ConfigError(f"{name!r} is the name of several places", hint=f"give a code: {listed}")
    return found[0].code


def print_json(value: object) -> None:
    """Print one value as canonical JSON on one line."""
    click.echo(to_json(value).decode())


def plain(value: object) -> Any:
    """Return a value as builtins, for JSON with extra keys."""
    return msgspec.to_builtins(value)


def kyiv(moment: datetime | None) -> str:
    """Return a time for people: in Kyiv, with its date."""
    if moment is None:
        return "not said"
    local = moment.astimezone(KYIV)
    if local.timetz().replace(tzinfo=None) == time(0):
        return local.strftime("%d.%m.%Y")
    return local.strftime("%d.%m.%Y %H:%M")


def utc(moment: datetime) -> datetime:
    """Return an instant in UTC without fractions."""
    return moment.astimezone(UTC).replace(microsecond=0)
