"""Recorded alerts as posts of alarm sources: one at the start, one at the end."""

import csv
import functools
import random
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from importlib.resources import files
from pathlib import Path

import msgspec

from vidomo.app.replay.registering import register
from vidomo.core.errors import InputError
from vidomo.core.problems import Problem
from vidomo.core.time import instant_interval, parse_instant
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level, Unit
from vidomo.sources.model import Post
from vidomo.sources.registry import SourceEntry
from vidomo.store.journal import Journal

COLUMNS = ("oblast", "raion", "hromada", "level", "started_at", "finished_at")
_FRESHNESS_S = 900.0  # a quarter of an hour; our choice, no poll is replayed beside the posts
_CITY = "K"  # category of Kyiv and Sevastopol


class Siren(msgspec.Struct, frozen=True, kw_only=True):
    """One recorded alert.

    Attributes:
        unit: Code of the unit that was named.
        level: oblast, raion or hromada, as recorded.
        line: Line of the file, the heading being the first.
    """

    unit: str
    level: str
    started_at: datetime
    finished_at: datetime
    line: int


class _Tables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    texts: dict[str, str]
    body: dict[str, str]
    own_channel: dict[str, tuple[str, ...]]
    unit: dict[str, dict[str, str]]


@functools.cache
def _tables() -> _Tables:
    text = (files("vidomo.app.replay") / "tables" / "sirens.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), _Tables)


def read_sirens(path: Path) -> tuple[tuple[Siren, ...], tuple[Problem, ...]]:
    """Return the alerts of a CSV file, and everything that was wrong with it.

    A row whose oblast and raion stand in each other's column is reported and mended: the
    words themselves say which is which ("... oblast", "... raion"). A row that cannot be
    placed or timed is reported and left out.

    Raises:
        InputError: The file is no such table.
    """
    sirens: list[Siren] = []
    problems: list[Problem] = []
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if not set(COLUMNS) <= set(rows.fieldnames or ()):
            raise InputError(
                f"{path.name} has the columns {', '.join(rows.fieldnames or ()) or 'of no table'}",
                hint="needed: " + ", ".join(COLUMNS),
            )
        for line, row in enumerate(rows, start=2):
            found, wrong = _siren({key: row[key] or "" for key in COLUMNS}, line)
            sirens += [found] if found else []
            problems += [wrong] if wrong else []
    return tuple(sirens), tuple(problems)


def _siren(row: Mapping[str, str], line: int) -> tuple[Siren | None, Problem | None]:
    where = f"line {line}"
    oblast, raion, hromada = row["oblast"], row["raion"], row["hromada"]
    problem = None
    if oblast.endswith(" raion") and raion.endswith(" oblast"):
        problem = Problem(
            code="oblast_and_raion_swapped",
            found=f"oblast {oblast!r}, raion {raion!r}",
            hint="read the other way round: the words say which is which",
            where=where,
        )
        oblast, raion = raion, oblast
    named = " / ".join(part for part in (oblast, raion, hromada) if part)
    unit = _tables().unit.get(row["level"], {}).get(named)
    if unit is None:
        return None, Problem(
            code="unit_not_in_table",
            found=f"{row['level']} {named!r}",
            hint="add the name with its code to sirens.toml",
            where=where,
        )
    try:
        started_at, finished_at = (
            parse_instant(row["started_at"]),
            parse_instant(row["finished_at"]),
        )
    except InputError as error:
        return None, Problem(code="no_instant", found=error.message, hint=error.hint, where=where)
    if finished_at <= started_at:
        return None, Problem(
            code="ends_before_it_begins",
            found=f"{row['started_at']} to {row['finished_at']}",
            where=where,
        )
    siren = Siren(
        unit=unit,
        level=row["level"],
        started_at=started_at,
        finished_at=finished_at,
        line=line,
    )
    return siren, problem


def posts_of(sirens: Iterable[Siren], *, seed: int) -> list[Post]:
    """Return two posts for each alert, in the order of arrival.

    Args:
        sirens: The alerts.
        seed: Posts of one minute arrive in an order that this decides.
    """
    posts = [post for siren in sirens for post in _two(siren)]
    shuffled = random.Random(seed)  # noqa: S311 - the order of a replay keeps no secret
    keyed = [(_minute(post), shuffled.random(), post) for post in posts]
    return [post for _, _, post in sorted(keyed, key=lambda row: row[:2])]


def alarm_sources(sirens: Iterable[Siren]) -> tuple[SourceEntry, ...]:
    """Return the alarm sources that the alerts come from: one an oblast, and the own channels."""
    homes = sorted({_home(siren.unit) for siren in sirens})
    return tuple(_entry(home) for home in homes)


def register_alarm_sources(journal: Journal, sirens: Sequence[Siren]) -> None:
    """Register the alarm sources in a journal that holds the posts of these alerts."""
    if sirens:
        since = min(siren.started_at for siren in sirens)
        register(journal, alarm_sources(sirens), since=since)


def _two(siren: Siren) -> tuple[Post, Post]:
    home = _home(siren.unit)
    texts, place = _tables().texts, _place(siren.unit)

    def post(what: str, at: datetime) -> Post:
        return Post(
            source=f"alarm:{home}",
            native_id=f"{siren.line}-{what}",
            text=texts[what].format(place=place),
            posted_at=instant_interval(at),
            lang="uk",
            home=home,
            format="jsonl",
        )

    return post("start", siren.started_at), post("end", siren.finished_at)


def _minute(post: Post) -> datetime:
    if post.posted_at is None:  # pragma: no cover - every post of a replay has a time
        raise ValueError(post.native_id)
    return post.posted_at.start.replace(second=0, microsecond=0)


@functools.cache
def _home(unit: str) -> str:
    if unit in _tables().own_channel["units"]:
        return unit
    return Gazetteer.open().unit(unit).oblast or unit


@functools.cache
def _place(unit: str) -> str:
    gazetteer = Gazetteer.open()
    found = gazetteer.unit(unit)
    beside = {Level.HROMADA: found.raion, Level.RAION: found.oblast}.get(found.level)
    named = gazetteer.label(unit)
    return f"{named} ({gazetteer.label(beside)})" if beside else named


def _entry(home: str) -> SourceEntry:
    gazetteer = Gazetteer.open()
    return SourceEntry(
        id=f"alarm:{home}",
        title=gazetteer.label(home),
        body=f"{_body_type(gazetteer.unit(home))}@{home}",
        home=home,
        grade="A",
        languages=("uk",),
        faithful=True,
        alarm_feed=True,
        freshness_s=_FRESHNESS_S,
    )


def _body_type(unit: Unit) -> str:
    return _tables().body["city" if unit.category == _CITY else str(unit.level)]
