"""The sheet of a hand-over, frozen when it is made, and who signed it."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec

from vidomo.core.codec import to_json
from vidomo.desk.entry import Entry

MADE, SIGNED, HANDED = "watch.made", "watch.signed", "watch.handed"
Side = Literal["giving", "taking"]
SIDES: tuple[Side, Side] = ("giving", "taking")


class Holding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a place stands in one dimension.

    Attributes:
        is_unofficial: Whether nobody with an office stands behind it: calls, channels.
        inherited_from: Code of the wider unit that it was said of.
    """

    dimension: str
    phase: str
    since: datetime | None = None
    heard_at: datetime | None = None
    stale: bool = False
    is_unofficial: bool = False
    inherited_from: str = ""


class PlaceHolds(msgspec.Struct, frozen=True, kw_only=True):
    """What holds at one place, the most pressing first."""

    place: str
    holds: tuple[Holding, ...]


class Asking(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A question that nobody has answered."""

    id: str
    subject: str
    topic: str
    place: str = ""
    status: str = "open"
    asked_at: datetime | None = None
    asked_by: tuple[str, ...] = ()


class Running(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A task that is neither done nor dropped.

    Attributes:
        owner: Id of a person; names are looked up when the sheet is shown.
        urgency: overdue, soon, later or undated, when the sheet was made.
    """

    id: str
    text: str
    urgency: str
    owner: str = ""
    office: str = ""
    due: datetime | None = None
    place: str = ""


class Promise(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A time that somebody gave for what is to come.

    Attributes:
        until: The latest instant that the words mean; None where they name none.
        is_over: Whether that instant had passed when the sheet was made.
    """

    claim: str
    topic: str
    kind: str
    quote: str
    speaker: str
    place: str = ""
    said_at: datetime | None = None
    until: datetime | None = None
    is_over: bool = False
    is_unofficial: bool = False


class Silence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A source that does not answer."""

    source: str
    since: datetime
    title: str = ""
    answered_at: datetime | None = None


class InForce(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An alert that was issued and still holds, or a draft that waits for somebody.

    Attributes:
        state: issued, draft, held, approved or issuing.
        kind: Exercise, test and the like, where it is not meant for real.
    """

    id: str
    headline: str
    state: str
    places: tuple[str, ...] = ()
    issued_at: datetime | None = None
    expires: datetime | None = None
    kind: str = ""


class Kept(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How many statements of a place are withheld from the public by one rule."""

    place: str
    rule: str
    count: int
    topics: tuple[str, ...] = ()
    until: datetime | None = None


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """All that is handed over.

    Attributes:
        territory: Code of the place whose watch it is.
        at: The instant that it tells of and was made at, by the clock of the house.
        alerts: None where alerts are not set up, which is not the same as none in force.
    """

    territory: str
    at: datetime
    made_by: str
    holds: tuple[PlaceHolds, ...] = ()
    asked: tuple[Asking, ...] = ()
    tasks: tuple[Running, ...] = ()
    promises: tuple[Promise, ...] = ()
    silent: tuple[Silence, ...] = ()
    alerts: tuple[InForce, ...] | None = None
    kept: tuple[Kept, ...] = ()


class Signing(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry of a signature holds; the digest is of the sheet that was shown."""

    digest: str
    side: Side


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """One officer's word that this very sheet was handed over."""

    side: Side
    by: str
    at: datetime


class Watch(msgspec.Struct, frozen=True, kw_only=True):
    """One hand-over as it stands.

    Attributes:
        signatures: At most one a side, by different persons.
    """

    id: str
    sheet: Sheet
    digest: str
    made_by: str
    made_at: datetime
    signatures: tuple[Signature, ...] = ()

    @property
    def is_closed(self) -> bool:
        """Whether both officers have signed."""
        return {one.side for one in self.signatures} == set(SIDES)

    def signed(self, side: Side) -> Signature | None:
        """Return the signature of a side, None while there is none."""
        return next((one for one in self.signatures if one.side == side), None)


def digest_of(sheet: Sheet) -> str:
    """Return the SHA-256 of the canonical bytes of a sheet, in hex."""
    return hashlib.sha256(to_json(sheet)).hexdigest()


def watches_of(entries: Iterable[Entry]) -> tuple[Watch, ...]:
    """Return every hand-over, the latest first, whatever order the entries come in.

    A signature counts for the sheet whose digest it names, once a side, and never for a person
    who signed the other side.
    """
    ordered = sorted({one.id: one for one in entries}.values(), key=lambda one: (one.at, one.id))
    found: dict[str, Watch] = {}
    for one in ordered:
        if one.what == MADE and one.subject not in found:
            sheet = one.told(Sheet)
            found[one.subject] = Watch(
                id=one.subject,
                sheet=sheet,
                digest=digest_of(sheet),
                made_by=one.by,
                made_at=one.at,
            )
    for one in ordered:
        watch = found.get(one.subject)
        if watch is not None and one.what == SIGNED:
            found[one.subject] = _signed(watch, one)
    return tuple(sorted(found.values(), key=lambda one: (one.made_at, one.id), reverse=True))


def _signed(watch: Watch, one: Entry) -> Watch:
    signing = one.told(Signing)
    taken = {done.side for done in watch.signatures}
    people = {done.by for done in watch.signatures}
    if signing.digest != watch.digest or signing.side in taken or one.by in people:
        return watch
    signature = Signature(side=signing.side, by=one.by, at=one.at)
    return msgspec.structs.replace(watch, signatures=(*watch.signatures, signature))
