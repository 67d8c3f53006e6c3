"""Bodies, office holders and sources: who may say what, and where."""

import functools
import tomllib
from collections.abc import Iterable
from datetime import date, datetime
from importlib import resources
from typing import Literal

import msgspec

from vidomo.core.codec import to_json
from vidomo.core.errors import ConfigError

_SHORTEST_STEM = 4  # letters; shorter ones begin too many other words


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """A person who holds an office.

    Attributes:
        role: Office, ``head`` for now.
        names: Spelling by language (uk, ru, en).
        stems: Beginnings of the surname in every spelling, lower case: case endings differ.
        since: ISO date from which they hold it, None when not known.
        until: ISO date on which they no longer hold it, None when not known.
    """

    role: str
    names: dict[str, str]
    stems: tuple[str, ...]
    since: str | None = None
    until: str | None = None

    def is_named(self, name: str) -> bool:
        """Whether a name, in any case form of any of the spellings, is this person's."""
        words = name.lower().replace("\u2019", "'").split()
        return any(word.startswith(stem) for word in words for stem in self.stems)

    def holds_on(self, day: date | None) -> bool:
        """Whether they hold the office on a day, as far as known; on an unknown day they may."""
        if day is None:
            return True
        written = day.isoformat()
        return (self.since or written) <= written and (self.until is None or written < self.until)


class BodyType(msgspec.Struct, frozen=True, kw_only=True):
    """What all bodies of one type share.

    Attributes:
        names: What the type is called, by language.
        voice: Types of one voice at one place are one witness.
        home: place, community (the whole community of that city) or country.
        competence: What bodies of this type may assert.
        pattern: How an unlisted body is called in Ukrainian, with the official name of its place.
    """

    names: dict[str, str]
    voice: str
    home: Literal["place", "community", "country"]
    competence: tuple[str, ...]
    pattern: str = "{name} ({place})"


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """One body: a type and a place.

    Attributes:
        id: ``type@code``.
        type: Key of the type.
        home: KATOTTG code of the area that it serves; ``UA`` for a service of the country.
        serves: place, community (that of the home city) or country.
        names: What it is called, by language.
        voice: The witness that it counts as; equal voices confirm nothing.
        competence: alarm, attack, harm, damage, power, ...
        holders: Known office holders; empty means not known.
        is_listed: Whether the registry names this very body.
        pattern: How it is called with the name of its place, where it is not listed.
    """

    id: str
    type: str
    home: str
    serves: str
    names: dict[str, str]
    voice: str
    competence: tuple[str, ...]
    holders: tuple[Holder, ...] = ()
    is_listed: bool = False
    pattern: str = "{name} ({place})"

    def called(self, place: str) -> str:
        """Return what it is called in Ukrainian, given the official name of its place."""
        if self.is_listed or self.serves == "country":
            return self.names["uk"]
        return self.pattern.format(name=self.names["uk"], place=place)


class SourceEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One source that the operator has registered.

    Attributes:
        id: The id that its posts carry.
        title: What it calls itself.
        body: Id of the body whose own channel it is, None for anybody else.
        home: KATOTTG code of its home place.
        grade: A (the body itself) to E (unknown), after the Admiralty scale.
        languages: BCP 47 codes.
        faithful: Whether it relays others' words as they were said, all-clears included.
        alarm_feed: Whether it reports every start and end of an alert in its home.
        freshness_s: How long after an answer it still counts as heard, in seconds.
    """

    id: str
    title: str = ""
    body: str | None = None
    home: str | None = None
    grade: str = "E"
    languages: tuple[str, ...] = ()
    faithful: bool = False
    alarm_feed: bool = False
    freshness_s: float = 3600.0


What = Literal["added", "changed", "paused", "resumed", "removed", "disowned"]


class SourceChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One decision of the operator about who a source is.

    Attributes:
        source: Id of the source.
        changed_at: When the operator decided, aware UTC.
        what: added, changed, paused, resumed, removed (no longer asked; it stays who it
            was), disowned (removed, and what it is registered as counts no more).
        entry: Who it is from then on; None when disowned.
        door: How it is asked, as the operator wrote it, canonical JSON.
    """

    source: str
    changed_at: datetime
    what: What
    entry: SourceEntry | None = None
    door: str = ""


class OfficeChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One decision of the operator about who holds an office, and since when.

    Attributes:
        body: Id of the body.
        holder: The person as known from then on; told apart by the Ukrainian name.
        is_removed: Whether the person never held it, as far as known now.
        changed_at: When the operator decided, aware UTC.
        reason: Why, in the operator's words.
        by: Who decided; never shown outside the desk.
    """

    body: str
    holder: Holder
    changed_at: datetime
    reason: str
    by: str
    is_removed: bool = False


class _BodyRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    names: dict[str, str]
    holder: tuple[Holder, ...] = ()


class _Tables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    head_words: tuple[str, ...]
    ending_letters: tuple[str, ...]
    deputy_words: tuple[str, ...]
    type: dict[str, BodyType]
    body: tuple[_BodyRow, ...] = ()
    source: tuple[SourceEntry, ...] = ()


class Registry:
    """The bodies, office holders and sources that are known."""

    def __init__(self, tables: _Tables) -> None:
        self._tables = tables
        self._listed = {row.id: row for row in tables.body}
        self._sources = {entry.id: entry for entry in tables.source}

    @classmethod
    def from_toml(cls, text: str) -> "Registry":
        """Return the registry that a table describes.

        Raises:
            ConfigError: The table is not TOML, or a field is missing or of the wrong type.
        """
        try:
            return cls(msgspec.convert(tomllib.loads(text), _Tables))
        except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
            raise ConfigError(
                f"the source registry cannot be read: {error}", hint="compare with registry.toml"
            ) from error

    @staticmethod
    def bundled() -> "Registry":
        """Return the registry that comes with the package; read once."""
        return _bundled()

    def with_sources(self, entries: Iterable[SourceEntry]) -> "Registry":
        """Return the same registry with more sources; an entry of a known id takes its place."""
        added = Registry(self._tables)
        added._sources = self._sources | {entry.id: entry for entry in entries}
        return added

    def as_known(self, changes: Iterable[SourceChange]) -> "Registry":
        """Return the registry after some decisions, in whatever order they are given.

        The last decision on each source stands; one that disowns a source leaves it as
        the tables have it.
        """
        last: dict[str, SourceChange] = {}
        for change in sorted(changes, key=lambda one: (one.changed_at, to_json(one))):
            last[change.source] = change
        return self.with_sources(one.entry for one in last.values() if one.entry is not None)

    def with_offices(self, changes: Iterable[OfficeChange]) -> "Registry":
        """Return the registry after decisions on office holders, in whatever order they are given.

        The last decision on each person in each office stands.
        """
        last: dict[tuple[str, str], OfficeChange] = {}
        for change in sorted(changes, key=lambda one: (one.changed_at, to_json(one))):
            last[change.body, change.holder.names["uk"]] = change
        if not last:
            return self
        found = Registry(self._tables)
        found._sources = self._sources
        found._listed = dict(self._listed)
        for (body, name), change in last.items():
            row = found._listed.get(body) or _BodyRow(body, {})
            others = tuple(one for one in row.holder if one.names["uk"] != name)
            kept = others if change.is_removed else (*others, change.holder)
            found._listed[body] = _BodyRow(body, row.names, kept)
        return found

    def stems_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return what the surname of each spelling begins with in every case form.

        The surname is the last word; letters that case endings take the place of are cut off.
        """
        stems = []
        endings = "".join(self._tables.ending_letters)
        for name in names:
            surname = name.lower().replace("\u2019", "'").split()[-1]
            stem = surname.rstrip(endings)
            stems.append(stem if len(stem) >= _SHORTEST_STEM else surname)
        return tuple(dict.fromkeys(stems))

    @property
    def types(self) -> dict[str, BodyType]:
        """Every known type of body."""
        return self._tables.type

    def sources(self) -> tuple[SourceEntry, ...]:
        """Return every registered source, by id."""
        return tuple(self._sources[key] for key in sorted(self._sources))

    def source(self, source_id: str) -> SourceEntry | None:
        """Return the entry of a source, None when nobody registered it."""
        return self._sources.get(source_id)

    def body(self, body_id: str) -> Body | None:
        """Return the body of an id ``type@code``; None for an unknown type or no place."""
        kind, _, code = body_id.partition("@")
        shared = self._tables.type.get(kind)
        if shared is None or not code or code.startswith("#"):
            return None
        is_country = shared.home == "country"
        row = self._listed.get(body_id)
        return Body(
            id=body_id,
            type=kind,
            home="UA" if is_country else code,
            serves=shared.home,
            names=row.names if row and row.names else shared.names,
            voice=f"{shared.voice}@{'UA' if is_country else code}",
            competence=shared.competence,
            holders=row.holder if row else (),
            is_listed=row is not None and bool(row.names),
            pattern=shared.pattern,
        )

    def staffed(self) -> tuple[Body, ...]:
        """Return every body of which an office holder is known, by id."""
        found = (self.body(key) for key in sorted(self._listed) if self._listed[key].holder)
        return tuple(body for body in found if body is not None)

    def identify(
        self, speaker_body: str | None, name: str | None, *, on: date | None = None
    ) -> Body | None:
        """Return the body that speaks, by its id or by the name of who held its office on a day."""
        if speaker_body and (found := self.body(speaker_body)):
            return found
        kind = (speaker_body or "").partition("@")[0]
        if name:
            for row in self._listed.values():
                if kind and not row.id.startswith(f"{kind}@"):
                    continue
                if any(one.is_named(name) and one.holds_on(on) for one in row.holder):
                    return self.body(row.id)
        return None

    def contradicts(self, name: str, role: str, body_id: str, *, on: date | None = None) -> bool:
        """Whether a person is presented as head of a body that is known to have another head.

        A deputy or a spokesperson contradicts nobody, and where no head is known on that
        day nobody is contradicted.
        """
        body = self.body(body_id)
        words = role.lower().replace("-", " ").split()
        if body is None or any(word.startswith(self._tables.deputy_words) for word in words):
            return False
        if not any(word.startswith(self._tables.head_words) for word in words):
            return False
        heads = [one for one in body.holders if one.role == "head" and one.holds_on(on)]
        return bool(heads) and not any(head.is_named(name) for head in heads)


@functools.cache
def _bundled() -> Registry:
    table = resources.files("vidomo.sources").joinpath("registry.toml")
    return Registry.from_toml(table.read_text(encoding="utf-8"))
