"""Calls as they stand: a fold of what people at the desk did."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from vidomo.desk.entry import Entry
from vidomo.desk.seal import erased

TAKEN, CORRECTED, STRUCK = "call.taken", "call.corrected", "call.struck"
RELEASED, WITHDRAWN = "call.released", "call.withdrawn"


class Caller(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who called; only ever kept sealed."""

    who: str = ""
    office: str = ""
    call_back: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nobody is named."""
        return not (self.who or self.office or self.call_back)


class Taken(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an entry of a taken call holds.

    Attributes:
        words: What was said, without who said it.
        called_at: When they called, aware UTC.
        sealed: The caller, sealed under the call's own key; empty when nobody was named.
    """

    words: str
    called_at: datetime
    sealed: str = ""


class Corrected(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry of corrected words holds."""

    words: str


class Release(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Words of a body that came of a call.

    Attributes:
        id: ``rls_`` and a digest; the number that the body's own source gives the post.
        source: Id of the body's source.
        words: What is said publicly.
        title: What the body is called.
    """

    id: str
    source: str
    words: str
    title: str = ""


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry of a withdrawn release holds."""

    release: str


class Released(msgspec.Struct, frozen=True, kw_only=True):
    """A release with its life.

    Attributes:
        withdrawn_at: When the body took it back; None while it stands.
    """

    release: Release
    by: str
    at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    reason: str = ""


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """One wording of a call, from when on it stood."""

    words: str
    at: datetime
    by: str
    reason: str = ""


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One call as it stands.

    Attributes:
        place: KATOTTG code that it is about.
        wordings: First what was taken down, then every correction.
        struck_at: When it was struck out as taken down in error; None while it stands.
        is_erased: Whether the caller can no longer be read by anybody.
    """

    id: str
    place: str
    called_at: datetime
    taken_by: str
    taken_at: datetime
    wordings: tuple[Wording, ...]
    sealed: str = ""
    struck_at: datetime | None = None
    struck_by: str = ""
    struck_reason: str = ""
    is_erased: bool = False
    releases: tuple[Released, ...] = ()

    @property
    def words(self) -> str:
        """The words as they stand."""
        return self.wordings[-1].words

    @property
    def last_at(self) -> datetime:
        """When anything about it was last written down."""
        moments = [self.taken_at, self.struck_at, *(one.at for one in self.wordings)]
        for one in self.releases:
            moments += [one.at, one.withdrawn_at]
        return max(moment for moment in moments if moment is not None)

    @property
    def standing(self) -> tuple[Released, ...]:
        """The releases that were not withdrawn."""
        return tuple(one for one in self.releases if one.withdrawn_at is None)


def calls_of(entries: Iterable[Entry]) -> tuple[Call, ...]:
    """Return every call, the latest first, whatever order the entries come in.

    An entry about a call that was never taken has no effect, nor has one that comes after the
    call was struck out, but for a withdrawal and an erasure, which always count.
    """
    ordered = sorted({one.id: one for one in entries}.values(), key=lambda one: (one.at, one.id))
    gone = erased(tuple(ordered))
    found: dict[str, Call] = {}
    for one in ordered:
        if one.what == TAKEN and one.subject not in found:
            found[one.subject] = _taken(one, is_erased=one.subject in gone)
    # What is taken back is taken back, wherever a clock that was put back leaves its entry.
    for one in sorted(ordered, key=lambda one: one.what == WITHDRAWN):
        call = found.get(one.subject)
        if call is not None:
            found[one.subject] = _after(call, one)
    return tuple(sorted(found.values(), key=lambda call: (call.called_at, call.id), reverse=True))


def _taken(one: Entry, *, is_erased: bool) -> Call:
    body = msgspec.json.decode(one.body, type=Taken)
    return Call(
        id=one.subject,
        place=one.place,
        called_at=body.called_at,
        taken_by=one.by,
        taken_at=one.at,
        wordings=(Wording(words=body.words, at=one.at, by=one.by),),
        sealed=body.sealed,
        is_erased=is_erased,
    )


def _after(call: Call, one: Entry) -> Call:
    if one.what == WITHDRAWN:
        return _withdrawn(call, one)
    if call.struck_at is not None:
        return call
    if one.what == CORRECTED:
        words = msgspec.json.decode(one.body, type=Corrected).words
        wording = Wording(words=words, at=one.at, by=one.by, reason=one.reason)
        return msgspec.structs.replace(call, wordings=(*call.wordings, wording))
    if one.what == STRUCK:
        return msgspec.structs.replace(
            call, struck_at=one.at, struck_by=one.by, struck_reason=one.reason
        )
    if one.what == RELEASED:
        release = msgspec.json.decode(one.body, type=Release)
        if any(release.id == earlier.release.id for earlier in call.releases):
            return call
        released = Released(release=release, by=one.by, at=one.at)
        return msgspec.structs.replace(call, releases=(*call.releases, released))
    return call


def _withdrawn(call: Call, one: Entry) -> Call:
    wanted = msgspec.json.decode(one.body, type=Withdrawal).release
    releases = tuple(
        msgspec.structs.replace(item, withdrawn_at=one.at, withdrawn_by=one.by, reason=one.reason)
        if item.release.id == wanted and item.withdrawn_at is None
        else item
        for item in call.releases
    )
    return msgspec.structs.replace(call, releases=releases)
