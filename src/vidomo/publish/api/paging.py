"""Pages of a list: so many rows after a given one, whatever is added or taken away meanwhile."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec

from vidomo.core.errors import InputError

T = TypeVar("T")
Key = tuple[str, str]
"""What rows are ordered by: two texts, the second of which no two rows share."""

LONGEST = 400
"""Characters of a cursor; ids, codes and instants are far shorter."""
_HINT = "take the address in next as it stands"


def page_of(
    rows: Sequence[T], *, key: Callable[[T], Key], limit: int, cursor: str, newest_first: bool
) -> tuple[tuple[T, ...], str]:
    """Return the rows of one page, and the cursor of the next; empty on the last.

    A cursor names the last row that was sent, not how many there were: what comes in or is
    taken back between two pages neither repeats nor hides another row.

    Raises:
        InputError: The cursor is none of ours.
    """
    ordered = sorted(rows, key=key, reverse=newest_first)
    if cursor:
        last = read_cursor(cursor)
        ordered = [row for row in ordered if (key(row) < last if newest_first else key(row) > last)]
    shown = ordered[:limit]
    return tuple(shown), write_cursor(key(shown[-1])) if len(ordered) > limit else ""


def write_cursor(key: Key) -> str:
    """Return the cursor of a row."""
    packed = base64.urlsafe_b64encode(msgspec.json.encode(key))
    return packed.decode("ascii").rstrip("=")


def read_cursor(text: str) -> Key:
    """Return the key that a cursor names.

    Raises:
        InputError: The cursor is none of ours.
    """
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        key = msgspec.json.decode(packed, type=tuple[str, str])
        written = write_cursor(key)
    except (ValueError, UnicodeError, binascii.Error, msgspec.DecodeError) as error:
        raise InputError("no such page", hint=_HINT) from error
    if written != text or len(text) > LONGEST:
        raise InputError("no such page", hint=_HINT)
    return key
