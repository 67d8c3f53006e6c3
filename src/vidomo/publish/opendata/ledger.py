"""What earlier versions of the data held: what changed since, and what was taken back."""

from collections.abc import Mapping
from datetime import date
from hashlib import blake2b

import msgspec

from vidomo.core.codec import to_json
from vidomo.disclosure.open_model import OpenState, OpenStatement, OpenView

_KEPT = 50
"""Versions that the feed tells of."""


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """One earlier version, as the feed tells of it."""

    version: str
    last_day: date
    added: int
    changed: int
    withdrawn: int


class Announced(msgspec.Struct, frozen=True, kw_only=True):
    """An announced outage that was ever in the calendar.

    Attributes:
        told: Last day of the data in which it got its present form.
        sequence: How often it was cancelled or announced anew.
    """

    start: date
    until: date
    told: date
    sequence: int = 0
    is_cancelled: bool = False


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """Ids of rows that were added, changed or withdrawn since a version; empty since none."""

    since: str = ""
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is different."""
        return not (self.added or self.changed or self.withdrawn)


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
    """What one version held, kept by the operator and never given away.

    Attributes:
        rows: Digest of each row, by id.
        outages: Every announced outage that was ever in the calendar, by id of its row.
        marks: This version and those before it, the newest first.
        publisher: Who published it; ``address`` where it was said to be served.
    """

    version: str
    last_day: date
    rows: Mapping[str, str]
    outages: Mapping[str, Announced]
    marks: tuple[Mark, ...]
    publisher: str = ""
    address: str = ""


def changes_since(before: Ledger | None, view: OpenView) -> Changes:
    """Return which rows of a view differ from an earlier version."""
    rows = _digests(view)
    old = before.rows if before else {}
    return Changes(
        since=before.version if before else "",
        added=tuple(sorted(rows.keys() - old.keys())),
        changed=tuple(sorted(one for one in rows.keys() & old.keys() if rows[one] != old[one])),
        withdrawn=tuple(sorted(old.keys() - rows.keys())),
    )


def written(
    view: OpenView, *, before: Ledger | None, publisher: str = "", address: str = ""
) -> tuple[Ledger, Changes]:
    """Return what to remember of a new version, and what is different in it."""
    changes = changes_since(before, view)
    rows = _digests(view)
    seed = to_json((view.last_day, rows, before.version if before else "", publisher, address))
    version = f"{view.last_day.isoformat()}-{blake2b(seed, digest_size=4).hexdigest()}"
    mark = Mark(
        version=version,
        last_day=view.last_day,
        added=len(changes.added),
        changed=len(changes.changed),
        withdrawn=len(changes.withdrawn),
    )
    ledger = Ledger(
        version=version,
        last_day=view.last_day,
        rows=rows,
        outages=_outages(view, before.outages if before else {}),
        marks=(mark, *(before.marks if before else ()))[:_KEPT],
        publisher=publisher,
        address=address,
    )
    return ledger, changes


def _digests(view: OpenView) -> dict[str, str]:
    rows: tuple[OpenStatement | OpenState, ...] = (*view.statements, *view.states)
    return {row.id: blake2b(to_json(row), digest_size=16).hexdigest() for row in rows}


def _outages(view: OpenView, before: Mapping[str, Announced]) -> dict[str, Announced]:
    now = {row.id: _announced(row, view.last_day) for row in view.outages}
    found = dict(before)
    for name, one in now.items():
        old = before.get(name)
        if old is None:
            found[name] = one
        elif old.is_cancelled:
            found[name] = msgspec.structs.replace(one, sequence=old.sequence + 1)
    for name, old in before.items():
        if name not in now and not old.is_cancelled:
            found[name] = msgspec.structs.replace(
                old, told=view.last_day, sequence=old.sequence + 1, is_cancelled=True
            )
    return dict(sorted(found.items()))


def _announced(row: OpenStatement, last_day: date) -> Announced:
    start = row.held_from or row.day
    return Announced(start=start, until=row.held_until or start, told=last_day)
