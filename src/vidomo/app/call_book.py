"""Writes calls down: the entry first, then the post that it stands for, and mends what broke off."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from vidomo.app.desk_book import entries_in, write_entries
from vidomo.app.doors import CHANGE, DECISION
from vidomo.app.house import House
from vidomo.app.reader import reader_version
from vidomo.claims.model import Reading
from vidomo.core.codec import from_json, to_json
from vidomo.core.errors import ConfigError, ConflictError, NothingKnown
from vidomo.core.ids import content_id
from vidomo.desk.calls.model import (
    CORRECTED,
    RELEASED,
    STRUCK,
    TAKEN,
    WITHDRAWN,
    Call,
    Caller,
    Corrected,
    Release,
    Taken,
    Withdrawal,
    calls_of,
)
from vidomo.desk.calls.posts import VOICE, posts_of
from vidomo.desk.calls.take import Noted
from vidomo.desk.entry import Entry, entry, new_id
from vidomo.desk.seal import Keys, destroy_erased, erasure, new_key, seal, unseal
from vidomo.gazetteer import Gazetteer
from vidomo.reports.keep import version_of
from vidomo.sources.model import Post
from vidomo.sources.registry import Body, Registry, SourceChange, SourceEntry
from vidomo.store.journal import Journal
from vidomo.store.model import Draft

CALLS, ERASURES = "call.", "seal."
VOICE_ADDED, VOICE_DISOWNED = "voice.added", "voice.disowned"
LOOKED_AT = 200
"""Calls that every look at the page is sure of: more than a night brings."""
_TICK = timedelta(microseconds=1)
_RELOAD = "load the page again and look at how it stands now"


def calls_in(journal: Journal, *, known_at: datetime | None = None) -> tuple[Call, ...]:
    """Return every call, the latest first."""
    return calls_of(_entries(journal, known_at))


def call_in(journal: Journal, call: str) -> Call:
    """Return one call.

    Raises:
        NothingKnown: There is none of that id.
    """
    for found in calls_in(journal):
        if found.id == call:
            return found
    raise NothingKnown(f"no call has the id {call[:60]!r}")


def caller_of(call: Call, keys: Keys) -> Caller | None:
    """Return who called; None where it is erased or cannot be read."""
    if not call.sealed:
        return Caller()
    words = unseal(call.sealed, keys.sealing_key(call.id))
    return None if words is None else from_json(words, Caller)


def take_call(
    house: House, keys: Keys, call: Noted, *, by: str, at: datetime, once: str = ""
) -> str:
    """Take a call down and read it; return its id. Sent twice, it is one.

    Args:
        house: Open for writing.
        keys: Where the caller's key is kept.
        call: Without problems.
        by: Id of the person.
        at: When it is written down.
        once: What the form carried to be told from another call of the same words.
    """
    call_id = new_id("call", once, by, call.words, call.place)
    if any(one.id == call_id for one in calls_in(house.journal)):
        mend_calls(house, keys)
        return call_id
    sealed = ""
    if not call.caller.is_empty:
        key = keys.sealing_key(call_id)
        if key is None:
            key = new_key()
            keys.keep_sealing_key(call_id, key)
        sealed = seal(to_json(call.caller).decode(), key)
    body = Taken(words=call.words, called_at=call.called_at, sealed=sealed)
    taken = entry(TAKEN, subject=call_id, by=by, at=at, place=call.place, body=body)
    _write(house, taken)
    return call_id


def correct_call(
    house: House, call: Call, words: str, *, by: str, at: datetime, reason: str
) -> None:
    """Put other words in the place of what was taken down; both are kept.

    Raises:
        ConflictError: The call was struck out.
    """
    _refuse_struck(call)
    body = Corrected(words=words)
    _write(house, _about(CORRECTED, call, by=by, at=at, reason=reason, body=body))


def strike_call(house: House, call: Call, *, by: str, at: datetime, reason: str) -> None:
    """Strike a call out that was taken down in error; what the body released of it stays.

    Raises:
        ConflictError: It was struck out already.
    """
    _refuse_struck(call)
    _write(house, _about(STRUCK, call, by=by, at=at, reason=reason))


def release_call(
    house: House, call: Call, words: str, *, voice: SourceEntry, by: str, at: datetime
) -> Release:
    """Say something publicly in the name of a body that came of a call.

    Raises:
        ConflictError: The call was struck out, or these words of this body stand already.
    """
    _refuse_struck(call)
    if any((one.release.source, one.release.words) == (voice.id, words) for one in call.standing):
        raise ConflictError("these words are released already", hint=_RELOAD)
    release = Release(
        id=new_id("rls", call.id, voice.id, words, len(call.releases)),
        source=voice.id,
        words=words,
        title=voice.title,
    )
    _write(house, _about(RELEASED, call, by=by, at=at, body=release))
    return release


def withdraw_release(
    house: House, call: Call, release: str, *, by: str, at: datetime, reason: str
) -> None:
    """Take back what a body released, on every output.

    Raises:
        ConflictError: Nothing of that id stands.
    """
    if not any(one.release.id == release for one in call.standing):
        raise ConflictError(f"{release[:60]} does not stand", hint=_RELOAD)
    body = Withdrawal(release=release)
    _write(house, _about(WITHDRAWN, call, by=by, at=at, reason=reason, body=body))


def erase_caller(
    house: House, keys: Keys, call: Call, *, by: str, at: datetime, reason: str
) -> None:
    """Make the caller unreadable for everybody and for good; the record of the call stays."""
    gone = erasure(call.id, keys, by=by, at=at, reason=reason, place=call.place)
    write_entries(house.journal, [gone])
    destroy_erased((gone,), keys)


def mend_calls(house: House, keys: Keys) -> int:
    """Finish what a stopped machine left half done; return how many posts were kept anew.

    What was acknowledged is in the entries: a post that its entry asks for and that is not
    there is kept, one that was not read is read, a key that should be gone is destroyed.
    """
    entries = _entries(house.journal, None)
    destroy_erased(entries, keys)
    posts = [post for call in calls_of(entries) for post in posts_of(call)]
    missing = [post for post in posts if house.journal.get(version_of(post).id) is None]
    if missing:
        _keep(house, missing)
    elif any(not _is_read(house.journal, post) for post in posts):
        house.catch_up()
    return len(missing)


def is_broken_off(journal: Journal) -> bool:
    """Return whether a stopped machine left the post of a call unkept or unread.

    Only the calls that were written about last are looked at: one that broke off is among them
    at the first look after it.
    """
    latest = sorted(calls_in(journal), key=lambda call: call.last_at)[-LOOKED_AT:]
    return not all(_is_read(journal, post) for call in latest for post in posts_of(call))


def voices_for(registry: Registry, atlas: Gazetteer, place: str) -> tuple[SourceEntry, ...]:
    """Return the sources through which the desk speaks for bodies whose own area holds a place."""
    return tuple(
        one
        for one in registry.sources()
        if one.id.startswith(VOICE) and _serves(registry, atlas, one, place)
    )


def _serves(registry: Registry, atlas: Gazetteer, voice: SourceEntry, place: str) -> bool:
    body = registry.body(voice.body or "")
    unit = atlas.get(body.home) if body else None
    if body is None or unit is None:
        return False
    area = unit.hromada if body.serves == "community" and unit.hromada else unit.code
    return atlas.within(place, area)


def add_voice(house: House, body: Body, *, title: str, by: str, at: datetime) -> SourceEntry:
    """Register the desk as the own channel of a body, from now on.

    Raises:
        ConfigError: The body serves the whole country: no administration's desk speaks for it.
    """
    if body.serves == "country":
        raise ConfigError(
            f"{body.id} serves the whole country", hint="the desk of a place speaks for its bodies"
        )
    voice = SourceEntry(
        id=f"{VOICE}{body.id}", title=title, body=body.id, home=body.home, grade="A", faithful=True
    )
    if house.registry.source(voice.id) != voice:
        _write_voice(house, voice.id, voice, by=by, at=at, place=body.home)
    return voice


def disown_voice(house: House, voice: str, *, by: str, at: datetime, reason: str) -> None:
    """Say that the desk never spoke for a body: what it released so counts no more.

    Raises:
        NothingKnown: The desk speaks for no such body.
    """
    entry_of = house.registry.source(voice) if voice.startswith(VOICE) else None
    if entry_of is None:
        raise NothingKnown(f"the desk does not speak as {voice[:80]!r}")
    place = entry_of.home or ""
    _write_voice(house, voice, None, by=by, at=at, place=place, reason=reason)


def _write_voice(
    house: House,
    voice: str,
    standing: SourceEntry | None,
    *,
    by: str,
    at: datetime,
    place: str,
    reason: str = "",
) -> None:
    """Write the entry down that says who did it, then the decision on the source."""
    is_added = standing is not None
    what = VOICE_ADDED if is_added else VOICE_DISOWNED
    made = entry(what, subject=voice, by=by, at=at, place=place, reason=reason, body=standing)
    write_entries(house.journal, [made])
    change = SourceChange(
        source=voice, changed_at=at, what="added" if is_added else "disowned", entry=standing
    )
    draft = Draft(kind=DECISION, id=content_id(CHANGE, change), subject=voice, body=to_json(change))
    house.journal.append([draft])


def _refuse_struck(call: Call) -> None:
    if call.struck_at is not None:
        raise ConflictError(f"{call.id} was struck out", hint=_RELOAD)


def _about(
    what: str,
    call: Call,
    *,
    by: str,
    at: datetime,
    reason: str = "",
    body: msgspec.Struct | None = None,
) -> Entry:
    # After all that was written about it before, whatever the clock does.
    at = max(at, call.last_at + _TICK)
    return entry(what, subject=call.id, by=by, at=at, place=call.place, reason=reason, body=body)


def _write(house: House, one: Entry) -> None:
    """Write an entry down, then keep and read the versions of posts that it brings."""
    write_entries(house.journal, [one])
    posts = posts_of(call_in(house.journal, one.subject))
    _keep(house, [post for post in posts if house.journal.get(version_of(post).id) is None])


def _keep(house: House, posts: Sequence[Post]) -> None:
    house.take_in(posts, reads_all=False)


def _is_read(journal: Journal, post: Post) -> bool:
    version = version_of(post)
    if journal.get(content_id("rdg", version.id, reader_version())) is not None:
        return True
    # An earlier reader has read it; the next import reads it anew.
    readings = journal.records(kind="reading", subject=version.report)
    return any(from_json(one.body, Reading).version == version.id for one in readings)


def _entries(journal: Journal, known_at: datetime | None) -> tuple[Entry, ...]:
    found = entries_in(journal, known_at=known_at)
    return tuple(one for one in found if one.what.startswith((CALLS, ERASURES)))
