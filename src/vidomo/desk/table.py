"""The table of people at the desk: who may sign in, who is signed in, and the keys of sealed words.

Unlike the journal it changes, and what is deleted from it is gone for good.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Self

import apsw

from vidomo.core.codec import from_json, to_json
from vidomo.core.errors import ConfigError, ConflictError, NothingKnown
from vidomo.desk.attempts import FORGOTTEN, Attempts
from vidomo.desk.entry import Entry
from vidomo.desk.people import Grant, Person
from vidomo.desk.sessions import Session
from vidomo.store.machine import machine_refusals
from vidomo.store.moments import from_micros, to_micros

FILE_NAME = "desk.sqlite"
WAIT_MS = 5000
_TABLES = """
create table if not exists person (
    id text primary key, login text not null unique, name text not null, office text not null,
    grants blob not null, password text not null, factor text not null default '',
    factor_step integer not null default 0, is_disabled integer not null default 0,
    added_at integer not null
) strict;
create table if not exists session (
    key text primary key, person text not null, csrf text not null, began_at integer not null,
    seen_at integer not null, lang text not null, notice text not null
) strict;
create table if not exists attempt (
    key text primary key, failures integer not null, last integer not null, until integer not null
) strict;
create table if not exists sealing_key (thing text primary key, key blob not null) strict;
create table if not exists setting (name text primary key, value text not null) strict;
create table if not exists waiting_entry (id text primary key, body blob not null) strict;
"""
_PERSON = "select id, login, name, office, grants, factor <> '', is_disabled from person"
_SESSION = "select key, person, csrf, began_at, seen_at, lang, notice from session"


class DeskTable:
    """``FOLDER/desk.sqlite``, readable by its owner alone. May be shared by threads."""

    def __init__(self, path: Path, connection: apsw.Connection) -> None:
        self._path, self._connection = path, connection
        self._lock = threading.RLock()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the table of a data folder; both are made when missing.

        Raises:
            MachineRefused: No permission, disk full, no table of ours.
        """
        path = folder / FILE_NAME
        with machine_refusals(path):
            folder.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            path.chmod(0o600)
            connection = apsw.Connection(str(path))
            try:
                connection.set_busy_timeout(WAIT_MS)
                # What is deleted is overwritten: a destroyed key must not be found on the disk.
                connection.pragma("secure_delete", "on")
                connection.pragma("journal_mode", "truncate")
                connection.pragma("synchronous", "full")
                connection.execute(_TABLES)
            except BaseException:
                connection.close(True)
                raise
        return cls(path, connection)

    def close(self) -> None:
        """Let go of the file; closing twice does no harm."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # People

    def people(self) -> tuple[Person, ...]:
        """Return everybody, by login."""
        return tuple(_person(row) for row in self._rows(f"{_PERSON} order by login"))

    @property
    def is_empty(self) -> bool:
        """Whether nobody was ever added."""
        return not self._rows("select 1 from person limit 1")

    def person(self, person_id: str) -> Person | None:
        """Return a person by id."""
        found = self._rows(f"{_PERSON} where id = ?", person_id)
        return _person(found[0]) if found else None

    def called(self, login: str) -> Person | None:
        """Return a person by login."""
        found = self._rows(f"{_PERSON} where login = ?", login)
        return _person(found[0]) if found else None

    def add(self, person: Person, *, password_hash: str, at: datetime) -> None:
        """Add a person.

        Raises:
            ConfigError: Somebody has that login already.
        """
        row = (
            *(person.id, person.login, person.name, person.office, to_json(person.grants)),
            *(password_hash, int(person.is_disabled), to_micros(at)),
        )
        with self._changing() as connection:
            if self.called(person.login):
                raise ConfigError(
                    f"somebody is called {person.login!r} already", hint="choose another login"
                )
            connection.execute(
                "insert into person (id, login, name, office, grants, password, is_disabled,"
                " added_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )

    def password_hash(self, person_id: str) -> str | None:
        """Return the hash of a person's password; None for nobody."""
        found = self._rows("select password from person where id = ?", person_id)
        return str(found[0][0]) if found else None

    def set_password(self, person_id: str, password_hash: str) -> None:
        """Change a password; every session of the person ends."""
        self._change(person_id, "password = ?", password_hash)

    def set_grants(self, person_id: str, grants: Sequence[Grant]) -> None:
        """Change what a person may do and where, from the next request on."""
        self._change(person_id, "grants = ?", to_json(tuple(grants)), ends_sessions=False)

    def set_disabled(self, person_id: str, *, is_disabled: bool) -> None:
        """Let a person sign in no longer, or again; every session of the person ends."""
        self._change(person_id, "is_disabled = ?", int(is_disabled))

    def factor(self, person_id: str) -> tuple[str, int]:
        """Return the secret of a second factor and the step last used; empty where there is none."""
        found = self._rows("select factor, factor_step from person where id = ?", person_id)
        return (str(found[0][0]), _int(found[0][1])) if found else ("", 0)

    def set_factor(self, person_id: str, secret: str, *, step: int = 0) -> None:
        """Set a second factor, or none; every session of the person ends."""
        self._change(person_id, "factor = ?, factor_step = ?", secret, step)

    def use_step(self, person_id: str, step: int) -> bool:
        """Take a code's step; False where it or a later one was taken already."""
        with self._changing() as connection:
            connection.execute(
                "update person set factor_step = ? where id = ? and factor_step < ?",
                (step, person_id, step),
            )
            return bool(connection.changes())

    # Sessions

    def open_session(self, session: Session) -> None:
        """Write a session down."""
        with self._changing() as connection:
            connection.execute(
                "insert into session values (?, ?, ?, ?, ?, ?, ?)",
                (
                    *(session.key, session.person, session.csrf, to_micros(session.began_at)),
                    *(to_micros(session.seen_at), session.lang, session.notice),
                ),
            )

    def session(self, key: str) -> Session | None:
        """Return a session by the digest of its token, whether it still holds or not."""
        found = self._rows(f"{_SESSION} where key = ?", key)
        return _session(found[0]) if found else None

    def touch(self, key: str, *, seen_at: datetime, lang: str, notice: str) -> None:
        """Remember when a session was used last, its language, and what its next page tells."""
        with self._changing() as connection:
            connection.execute(
                "update session set seen_at = ?, lang = ?, notice = ? where key = ?",
                (to_micros(seen_at), lang, notice, key),
            )

    def end_session(self, key: str) -> None:
        """End one session."""
        with self._changing() as connection:
            connection.execute("delete from session where key = ?", (key,))

    def end_old_sessions(self, before: datetime) -> None:
        """End the sessions that began before an instant."""
        with self._changing() as connection:
            connection.execute("delete from session where began_at < ?", (to_micros(before),))

    # Wrong tries

    def attempts(self, key: str) -> Attempts | None:
        """Return the wrong tries of a login or an address; None for none."""
        found = self._rows("select failures, last, until from attempt where key = ?", key)
        if not found:
            return None
        failures, last, until = map(_int, found[0])
        return Attempts(failures, from_micros(last), from_micros(until))

    def set_attempts(self, key: str, attempts: Attempts | None) -> None:
        """Write the wrong tries of a login or an address down, or forget them."""
        with self._changing() as connection:
            if attempts is None:
                connection.execute("delete from attempt where key = ?", (key,))
                return
            connection.execute(
                "delete from attempt where last < ?", (to_micros(attempts.last - FORGOTTEN),)
            )
            connection.execute(
                "insert or replace into attempt values (?, ?, ?, ?)",
                (
                    *(key, attempts.failures),
                    *(to_micros(attempts.last), to_micros(attempts.until)),
                ),
            )

    # Keys of sealed words

    def sealing_key(self, thing: str) -> bytes | None:
        """Return the key that a thing's words are sealed with; None where it was destroyed."""
        found = self._rows("select key from sealing_key where thing = ?", thing)
        return bytes(found[0][0]) if found and isinstance(found[0][0], bytes) else None

    def keep_sealing_key(self, thing: str, key: bytes) -> None:
        """Keep the key of a thing.

        Raises:
            ConflictError: The thing has one already.
        """
        with self._changing() as connection:
            if self.sealing_key(thing) is not None:
                raise ConflictError(f"{thing} has a key already")
            connection.execute("insert into sealing_key values (?, ?)", (thing, key))

    def destroy_sealing_key(self, thing: str) -> bool:
        """Destroy the key of a thing for good; return whether there was one."""
        with self._changing() as connection:
            connection.execute("delete from sealing_key where thing = ?", (thing,))
            return bool(connection.changes())

    # Entries on their way into the journal

    def keep_entry(self, made: Entry) -> None:
        """Keep an entry that must not wait for whoever writes into the journal just now."""
        with self._changing() as connection:
            connection.execute(
                "insert or ignore into waiting_entry values (?, ?)", (made.id, to_json(made))
            )

    def waiting_entries(self) -> tuple[Entry, ...]:
        """Return the entries that are not in the journal yet, in the order in which they came."""
        found = self._rows("select body from waiting_entry order by rowid")
        return tuple(from_json(body, Entry) for (body,) in found if isinstance(body, bytes))

    def forget_entries(self, written: Sequence[Entry]) -> None:
        """Forget entries that are in the journal now."""
        with self._changing() as connection:
            connection.executemany(
                "delete from waiting_entry where id = ?", [(one.id,) for one in written]
            )

    # Settings

    def setting(self, name: str) -> str:
        """Return a setting of the desk, empty where it is not set."""
        found = self._rows("select value from setting where name = ?", name)
        return str(found[0][0]) if found else ""

    def set_setting(self, name: str, value: str) -> None:
        """Change a setting of the desk."""
        with self._changing() as connection:
            connection.execute("insert or replace into setting values (?, ?)", (name, value))

    def _change(
        self,
        person_id: str,
        assignment: str,
        *values: str | int | bytes,
        ends_sessions: bool = True,
    ) -> None:
        with self._changing() as connection:
            connection.execute(
                f"update person set {assignment} where id = ?",  # noqa: S608 - only our own words
                (*values, person_id),
            )
            if not connection.changes():
                raise NothingKnown(f"nobody has the id {person_id!r}", hint="vidomo desk user list")
            if ends_sessions:
                connection.execute("delete from session where person = ?", (person_id,))

    def _rows(self, sql: str, *values: str | int) -> list[tuple[object, ...]]:
        with machine_refusals(self._path), self._lock:
            return list(self._connection.execute(sql, values))

    @contextmanager
    def _changing(self) -> Iterator[apsw.Connection]:
        """Lend the connection for one durable transaction."""
        with machine_refusals(self._path), self._lock:
            self._connection.execute("begin immediate")
            try:
                yield self._connection
                self._connection.execute("commit")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
                raise


def _person(row: Sequence[object]) -> Person:
    person_id, login, name, office, grants, has_factor, is_disabled = row
    return Person(
        id=str(person_id),
        login=str(login),
        name=str(name),
        office=str(office),
        grants=from_json(grants if isinstance(grants, bytes) else b"[]", tuple[Grant, ...]),
        has_second_factor=bool(has_factor),
        is_disabled=bool(is_disabled),
    )


def _session(row: Sequence[object]) -> Session:
    key, person, csrf, began_at, seen_at, lang, notice = row
    return Session(
        key=str(key),
        person=str(person),
        csrf=str(csrf),
        began_at=from_micros(_int(began_at)),
        seen_at=from_micros(_int(seen_at)),
        lang=str(lang),
        notice=str(notice),
    )


def _int(value: object) -> int:
    return int(str(value))
