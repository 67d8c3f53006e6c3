"""Who holds an office, as the operator knows it: every change is a record with a reason."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from vidomo.core.codec import from_json, to_json
from vidomo.core.errors import ConfigError, NothingKnown
from vidomo.core.ids import content_id
from vidomo.gazetteer import Gazetteer
from vidomo.sources.registry import Body, Holder, OfficeChange, Registry
from vidomo.store.journal import Journal
from vidomo.store.model import Draft

KIND = "decision"
PREFIX = "off"
"""Prefix of the ids of decisions on office holders."""
_HEAD = "head"


def offices_in(journal: Journal, *, known_at: datetime | None = None) -> Iterator[OfficeChange]:
    """Yield every decision on office holders that was recorded by an instant."""
    for record in journal.records(kind=KIND, known_at=known_at):
        if record.id.startswith(f"{PREFIX}_"):
            yield from_json(record.body, OfficeChange)


def draft_office(  # noqa: PLR0913 - every field of the record, by name
    registry: Registry,
    body: str,
    names: Sequence[str],
    *,
    since: str | None = None,
    until: str | None = None,
    is_removed: bool = False,
    reason: str,
    by: str,
    at: datetime,
) -> OfficeChange:
    """Return a decision on who heads a body, not yet written down.

    Args:
        registry: As it is known now.
        body: Id of the body, ``type@code``.
        names: The name in Ukrainian, then other spellings of it.
        since: ISO date from which they hold the office, None when not known.
        until: ISO date on which they no longer hold it, None when they do or nobody knows.
        is_removed: Whether they never held it; they must be known.
        reason: Why, in the operator's words.
        by: Who decides.
        at: When.

    Raises:
        ConfigError: No reason, no such body, no name, or days in the wrong order.
        NothingKnown: Nobody of that name is to be removed.
    """
    if not reason.strip():
        raise ConfigError("a decision needs a reason", hint='add --reason "why, in your words"')
    found = known_body(registry, body)
    spelt = [" ".join(name.split()) for name in names]
    if not all(len(name.split()) > 1 for name in spelt) or not spelt:
        raise ConfigError(f"{', '.join(names)!r} is no full name", hint="write name and surname")
    if since and until and _day(since) >= _day(until):
        raise ConfigError(f"{until} is not after {since}", hint="--until is the first day without")
    if is_removed and not any(one.names["uk"] == spelt[0] for one in found.holders):
        raise NothingKnown(
            f"{body} has no {spelt[0]}", hint="vidomo sources holders lists who is known"
        )
    latin = next((name for name in spelt[1:] if name.isascii()), "")
    others = [name for name in spelt[1:] if name != latin]
    spellings = {"uk": spelt[0]} | ({"en": latin} if latin else {})
    spellings |= {f"also{number}": name for number, name in enumerate(others, start=1)}
    return OfficeChange(
        body=found.id,
        holder=Holder(
            role=_HEAD,
            names=spellings,
            stems=registry.stems_of(spelt),
            since=since and _day(since).isoformat(),
            until=until and _day(until).isoformat(),
        ),
        changed_at=at,
        reason=reason.strip(),
        by=by,
        is_removed=is_removed,
    )


def known_body(registry: Registry, body: str) -> Body:
    """Return a body of the registry at a place of the codifier.

    Raises:
        ConfigError: There is no such type, or no such place.
    """
    kind, _, code = body.partition("@")
    found = registry.body(body)
    if found is None:
        raise ConfigError(
            f"{body!r} is no body", hint=f"TYPE@CODE; types: {', '.join(sorted(registry.types))}"
        )
    if Gazetteer.open().get(code) is None:
        raise ConfigError(f"{kind}: {code!r} is no place", hint="vidomo places find NAME")
    return found


def record_office(journal: Journal, change: OfficeChange) -> str:
    """Write a decision on an office down, durable on return; return its id."""
    record = content_id(PREFIX, change)
    journal.append([Draft(kind=KIND, id=record, subject=change.body, body=to_json(change))])
    return record


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise ConfigError(f"{written!r} is no date", hint="write 2025-12-20") from error
