"""The configured sources: ``sources.toml`` in the data folder, and every change as a record."""

import contextlib
import json
import os
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from vidomo.app.offices import offices_in
from vidomo.core.codec import from_json, to_json
from vidomo.core.errors import ConfigError, MachineRefused
from vidomo.core.ids import content_id
from vidomo.gazetteer import Gazetteer
from vidomo.sources.door import Door, checked_door
from vidomo.sources.registry import Registry, SourceChange, What
from vidomo.store.journal import Journal
from vidomo.store.model import Draft

FILE_NAME = "sources.toml"
DECISION = "decision"
CHANGE = "src"
"""Prefix of the ids of decisions on sources."""
_MICROSECOND = timedelta(microseconds=1)
_HEAD = """\
# The sources that Vidomo asks, one line each; `vidomo sources` writes this file, and you may.
# contact = "mailto:you@example.org"   tells webmasters who is asking
"""


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: tuple[Door, ...] = ()
    contact: str = ""


class Doors(msgspec.Struct, frozen=True, kw_only=True):
    """What ``sources.toml`` says.

    Attributes:
        doors: The sources, in the order of the file.
        contact: Whom a webmaster may write to.
    """

    doors: tuple[Door, ...] = ()
    contact: str = ""

    def get(self, source: str) -> Door:
        """Return one source.

        Raises:
            ConfigError: There is none of that id.
        """
        for door in self.doors:
            if door.id == source:
                return door
        listed = ", ".join(door.id for door in self.doors) or "none yet"
        raise ConfigError(f"there is no source {source!r}", hint=f"configured: {listed}")


def read_doors(folder: Path) -> Doors:
    """Return the configured sources of a data folder; none where there is no file.

    Raises:
        ConfigError: The file cannot be followed; it says which source and what to write.
        MachineRefused: The file cannot be read.
    """
    path = folder / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Doors()
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is no UTF-8 text", hint="save it as UTF-8") from error
    except OSError as error:
        raise _refused(path, error) from error
    try:
        table = msgspec.convert(tomllib.loads(text), _Table)
        doors = tuple(door_of(door) for door in table.source)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ConfigError(
            f"{path}: {error}", hint="docs/howto-sources.md shows every key"
        ) from error
    ids = [door.id for door in doors]
    for twice in sorted({one for one in ids if ids.count(one) > 1}):
        raise ConfigError(f"{path}: the id {twice!r} stands there twice", hint="give each its own")
    return Doors(doors=doors, contact=table.contact)


def write_doors(folder: Path, doors: Doors) -> None:
    """Write the configured sources, whole or not at all; the comments at the top stay.

    Raises:
        MachineRefused: The folder cannot be written to.
    """
    path = folder / FILE_NAME
    lines = ["source = [", *(f"  {_line(door)}," for door in doors.doors), "]"]
    if doors.contact:
        lines.insert(0, f"contact = {_value(doors.contact)}")
    fresh = path.with_name(f".{FILE_NAME}.{os.getpid()}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh.write_text(_head(path) + "\n".join(lines) + "\n", encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise _refused(path, error) from error


def changes_in(journal: Journal, *, known_at: datetime | None = None) -> Iterator[SourceChange]:
    """Yield every decision on sources that was recorded by an instant."""
    for record in journal.records(kind=DECISION, known_at=known_at):
        if record.id.startswith(f"{CHANGE}_"):
            yield from_json(record.body, SourceChange)


def registry_at(journal: Journal, known_at: datetime | None) -> Registry:
    """Return the registry as it was known at an instant."""
    known = Registry.bundled().as_known(changes_in(journal, known_at=known_at))
    return known.with_offices(offices_in(journal, known_at=known_at))


def record_changes(
    journal: Journal, doors: Sequence[Door], *, now: datetime, disowned: str = ""
) -> tuple[SourceChange, ...]:
    """Write down what differs between the configured sources and the last decisions.

    Args:
        journal: Open for writing.
        doors: What is configured now.
        now: When the operator decided, as far as known.
        disowned: A removed source that counts no more as whom it was registered.

    Returns:
        The changes, none when all of it was known.
    """
    last: dict[str, SourceChange] = {}
    for change in sorted(changes_in(journal), key=lambda one: one.changed_at):
        last[change.source] = change
    found = [*_differences(doors, last, now), *_removals(doors, last, now, disowned)]
    journal.append([_draft(change) for change in found])
    return tuple(found)


def _differences(
    doors: Iterable[Door], last: dict[str, SourceChange], now: datetime
) -> Iterator[SourceChange]:
    for door in doors:
        before = last.get(door.id)
        written = to_json(door).decode()
        if before is None or before.door != written:
            yield SourceChange(
                source=door.id,
                changed_at=_after(before, now),
                what=_what(door, before),
                entry=door.entry,
                door=written,
            )


def _removals(
    doors: Iterable[Door], last: dict[str, SourceChange], now: datetime, disowned: str
) -> Iterator[SourceChange]:
    for source in sorted(last.keys() - {door.id for door in doors}):
        before = last[source]
        is_disowned = source == disowned and before.what != "disowned"
        if is_disowned or before.door:
            yield SourceChange(
                source=source,
                changed_at=_after(before, now),
                what="disowned" if is_disowned else "removed",
                entry=None if is_disowned else before.entry,
            )


def _what(door: Door, before: SourceChange | None) -> What:
    if before is None or not before.door:
        return "added"
    earlier = from_json(before.door, Door)
    if msgspec.structs.replace(earlier, paused=door.paused) == door:
        return "paused" if door.paused else "resumed"
    return "changed"


def _after(before: SourceChange | None, now: datetime) -> datetime:
    """Return when a change was made, after the one before it whatever the clock does."""
    return now if before is None else max(now, before.changed_at + _MICROSECOND)


def _draft(change: SourceChange) -> Draft:
    return Draft(
        kind=DECISION,
        id=content_id(CHANGE, change),
        subject=change.source,
        body=to_json(change),
    )


def door_of(door: Door) -> Door:
    """Return a door that can be used, checked against registry and gazetteer.

    Raises:
        ConfigError: With what was found and what to write instead.
    """
    gazetteer = Gazetteer.open()
    return checked_door(
        door,
        registry=Registry.bundled(),
        knows_place=lambda code: gazetteer.get(code) is not None,
    )


def _line(door: Door) -> str:
    fields = msgspec.to_builtins(door)
    return "{ " + ", ".join(f"{key} = {_value(value)}" for key, value in fields.items()) + " }"


def _value(value: object) -> str:
    # JSON strings, numbers and booleans are TOML as well (TOML 1.0, basic strings).
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _head(path: Path) -> str:
    """Return the comments that the file begins with, ours where there is no file yet."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return _HEAD
    head: list[str] = []
    for line in lines:
        if line.strip() and not line.lstrip().startswith("#"):
            break
        head.append(line)
    return "\n".join([*head, ""]) if head else _HEAD


def _refused(path: Path, error: OSError) -> MachineRefused:
    reason = (error.strerror or str(error)).lower()
    return MachineRefused(f"{path}: {reason}", hint="look at the permissions of the folder")
