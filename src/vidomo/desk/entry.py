"""One record for every act of a person at the desk; all of them together are the audit trail."""

from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from vidomo.core.codec import from_json, to_json
from vidomo.core.ids import content_id
from vidomo.store.model import ASIDE

KIND = ASIDE
"""Kind of these records in the journal."""
PREFIX = "dsk"
CLI = "cli"
"""Who acts at the command line: the owner of the machine, who needs no sign-in."""
_NOTHING = msgspec.Raw(b"{}")
T = TypeVar("T", bound=msgspec.Struct)


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one person did at one moment; never changed afterwards.

    Nothing personal stands here: names are kept in the table of people, words of callers are
    sealed. An entry is kept for good, both can be erased.

    Attributes:
        id: ``dsk_`` and a digest of the rest.
        what: Thing and deed, such as ``task.done``.
        subject: Id of the thing.
        by: Id of the person, or ``cli``.
        at: When, aware UTC, by the clock of the machine.
        place: Code of the place that it concerns; empty for none.
        reason: Why, in the person's words.
        body: The thing's own struct as JSON; the module that wrote it decodes it.
    """

    id: str
    what: str
    subject: str
    by: str
    at: datetime
    place: str = ""
    reason: str = ""
    body: msgspec.Raw = _NOTHING

    def told(self, kind: type[T]) -> T:
        """Return the body as the struct that it was written from.

        Raises:
            msgspec.ValidationError: It is not of that type.
        """
        return from_json(bytes(self.body), kind)


def entry(
    what: str,
    *,
    subject: str,
    by: str,
    at: datetime,
    body: msgspec.Struct | None = None,
    place: str = "",
    reason: str = "",
) -> Entry:
    """Return an entry with its id; the same deed twice is one entry."""
    draft = Entry(
        id="",
        what=what,
        subject=subject,
        by=by,
        at=at.astimezone(UTC),
        place=place,
        reason=reason.strip(),
        body=_NOTHING if body is None else msgspec.Raw(to_json(body)),
    )
    return msgspec.structs.replace(draft, id=content_id(PREFIX, draft))


def new_id(prefix: str, *parts: object) -> str:
    """Return the content id of a new thing, such as ``task_…``."""
    return content_id(prefix, *parts)
