"""Recorded outage events of a grid operator abroad as versions of its posts, for the desk only."""

import csv
import functools
import math
import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path

import msgspec

from vidomo.app.house import House
from vidomo.core.codec import from_json, to_json
from vidomo.core.errors import InputError
from vidomo.core.problems import Problem
from vidomo.core.time import instant_interval, parse_instant
from vidomo.outlook.review.customers import Interruption
from vidomo.reports.lineage import effective_at, rank
from vidomo.reports.model import Version
from vidomo.sources.model import Post

COLUMNS = ("id", "first_seen", "start", "lat", "lon", "max_cust", "last_seen")


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One outage as the operator listed it.

    Attributes:
        place: Code of the square that it lies in; finer positions are not kept.
        started_at: Start as the operator states it.
        first_seen: When it was first listed; ``last_seen`` when last.
        customers: The most that it ever listed.
    """

    id: str
    place: str
    started_at: datetime
    first_seen: datetime
    last_seen: datetime
    customers: int

    @property
    def interruption(self) -> Interruption:
        """The event from first to last listing with its most customers: an upper bound."""
        return Interruption(start=self.first_seen, end=self.last_seen, customers=self.customers)


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """What one version of the operator's words says, beside the words."""

    event: str
    place: str
    customers: int
    is_listed: bool


class _Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    south: int
    west: int


class _Tables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    operator: str
    listed: str
    gone: str
    place: dict[str, _Place]


@functools.cache
def _tables() -> _Tables:
    text = (files("vidomo.app.replay") / "tables" / "storm.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), _Tables)


@functools.cache
def _squares() -> dict[tuple[int, int], str]:
    return {(row.south, row.west): code for code, row in _tables().place.items()}


def read_events(path: Path) -> tuple[tuple[Event, ...], tuple[Problem, ...]]:
    """Return the events of a CSV file, and everything that is wrong with it.

    An event whose stated start lies after it was last listed is kept and reported: its
    listing counts, the stated start does not. A row that cannot be read is left out.

    Raises:
        InputError: The file is no such table.
    """
    events: list[Event] = []
    problems: list[Problem] = []
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if not set(COLUMNS) <= set(rows.fieldnames or ()):
            raise InputError(
                f"{path.name} is no table of outages", hint="needed: " + ", ".join(COLUMNS)
            )
        for line, row in enumerate(rows, start=2):
            try:
                event = _event(row)
            except (InputError, ValueError) as error:
                problems.append(
                    Problem(code="row_not_read", found=str(error), where=f"line {line}")
                )
                continue
            events.append(event)
            if event.started_at > event.last_seen:
                problems.append(
                    Problem(
                        code="starts_after_last_seen",
                        found=f"event {event.id} starts {row['start']}, last seen {row['last_seen']}",
                        hint="the stated start is not used; the time of listing is",
                        where=f"line {line}",
                    )
                )
    return tuple(events), tuple(problems)


def posts_of(events: Iterable[Event]) -> list[Post]:
    """Return two versions for each event: listed when first seen, gone when last seen."""
    posts = []
    for event in events:
        posts.append(_post(event, is_listed=True))
        if event.last_seen > event.first_seen:
            posts.append(_post(event, is_listed=False))
    return sorted(posts, key=lambda post: (_at(post), post.native_id))


def listed_at(house: House, at: datetime) -> tuple[Listed, ...]:
    """Return the events that the operator listed at an instant, by their id.

    An event that was seen once only is listed for that one second.
    """
    versions: dict[str, list[Version]] = {}
    for known in house.known(at):
        version = known.version
        said = effective_at(version)
        if version.post.source == _tables().operator and said is not None and said <= at:
            versions.setdefault(version.report, []).append(version)
    found = []
    for group in versions.values():
        stands = max(group, key=rank)
        listed = from_json(stands.post.extra, Listed)
        is_once = len(group) == 1 and _seen_once(stands)
        if listed.is_listed and not (is_once and _at(stands.post) < at):
            found.append(listed)
    return tuple(sorted(found, key=lambda one: one.event))


def _seen_once(version: Version) -> bool:
    return version.post.native_id.endswith("-once")


def _event(row: Mapping[str, str]) -> Event:
    lat, lon = float(row["lat"]), float(row["lon"])
    place = _squares().get((math.floor(lat), math.floor(lon)))
    if place is None:
        raise InputError(f"{math.floor(lat)}, {math.floor(lon)} is no square of the table")
    return Event(
        id=row["id"],
        place=place,
        started_at=parse_instant(row["start"]),
        first_seen=parse_instant(row["first_seen"]),
        last_seen=parse_instant(row["last_seen"]),
        customers=int(row["max_cust"]),
    )


def _post(event: Event, *, is_listed: bool) -> Post:
    table = _tables()
    words = table.listed if is_listed else table.gone
    listed = Listed(
        event=event.id, place=event.place, customers=event.customers, is_listed=is_listed
    )
    once = "" if event.last_seen > event.first_seen else "-once"
    return Post(
        source=table.operator,
        native_id=f"{event.id}{once}",
        text=words.format(customers=event.customers, place=table.place[event.place].name),
        posted_at=instant_interval(event.first_seen),
        edited_at=None if is_listed else event.last_seen,
        lang="en",
        format="jsonl",
        extra=to_json(listed).decode(),
    )


def _at(post: Post) -> datetime:
    if post.edited_at is not None:
        return post.edited_at
    if post.posted_at is None:  # pragma: no cover - every post of a replay has a time
        raise ValueError(post.native_id)
    return post.posted_at.start
