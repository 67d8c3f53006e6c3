"""The desk behind its pages: what it asks, how it writes, and the table of people."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from starlette.requests import Request

from vidomo.app.desk_book import write_entries
from vidomo.app.house import House
from vidomo.app.live import LiveHouse
from vidomo.app.web.site import Site
from vidomo.core.clock import Clock, system_clock
from vidomo.core.errors import ConfigError, MachineRefused
from vidomo.desk.entry import Entry
from vidomo.desk.table import DeskTable

LOCK_WAIT_S = 10.0
"""Seconds that an act waits for another process to finish writing."""
MOST_SIGN_INS = 32
"""Sign-ins that wait at a time: two are weighed at once, each in a fraction of a second."""
_BUSY = "another process is writing"
T = TypeVar("T")


class DeskBusy(MachineRefused):
    """Somebody else is before us; nothing was stored."""


class DeskSite:
    """One desk over one data folder.

    Args:
        site: The house behind all pages.
        folder: The data folder.
        table: People, sessions and sealing keys of that folder.
        clock: When people act.
        address: Where the desk is reached from beyond this machine, such as
            ``https://desk.example``; empty where it is not.
        is_exercise: Whether nothing here is real.
        lock_wait_s: How long an act waits for another writer.
    """

    def __init__(
        self,
        site: Site,
        *,
        folder: Path,
        table: DeskTable,
        clock: Clock = system_clock,
        address: str = "",
        is_exercise: bool = False,
        lock_wait_s: float = LOCK_WAIT_S,
    ) -> None:
        self.site, self.folder, self.table = site, folder, table
        self.clock, self.address, self.is_exercise = clock, address, is_exercise
        self._lock_wait_s = lock_wait_s
        self._has_people = False
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk-writer")
        self._keeper = ThreadPoolExecutor(max_workers=4, thread_name_prefix="desk-table")
        self._weigher = ThreadPoolExecutor(max_workers=2, thread_name_prefix="desk-password")
        self._weighing = 0

    async def ask(self, question: Callable[[], T]) -> T:
        """Return what the house answers; the question runs on the house's own thread."""
        return await self.site.ask(question)

    async def keep(self, change: Callable[[], T]) -> T:
        """Ask or change the table of people, beside the event loop: hashes and disks are slow."""
        return await asyncio.get_running_loop().run_in_executor(self._keeper, change)

    async def weigh(self, sign_in: Callable[[], T]) -> T:
        """Return what comes of a sign-in; a flood of them holds up nobody who is signed in.

        Raises:
            DeskBusy: Too many wait already.
        """
        if self._weighing >= MOST_SIGN_INS:
            raise DeskBusy("too many people are signing in", hint="try again")
        self._weighing += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._weigher, sign_in)
        finally:
            self._weighing -= 1

    async def act(self, make: Callable[[House], T]) -> T:
        """Open the data folder for writing for a moment and return what is made there.

        The index is brought up to what was written before this returns.

        Raises:
            DeskBusy: Another process writes, and did not finish in time; nothing was stored.
        """
        return await asyncio.get_running_loop().run_in_executor(self._writer, self.write_now, make)

    def write_now(self, make: Callable[[House], T]) -> T:
        """Write like :meth:`act`, on this thread."""
        with self._opened(wait_s=self._lock_wait_s) as house:
            self._hand_in(house)
            return make(house)

    async def note(self, made: Entry) -> None:
        """Write a sign-in down: at once where nobody else writes, else with the next act.

        Nobody is kept out because the journal is busy; until then the entry is safe in the table.
        """
        await self.keep(lambda: self.table.keep_entry(made))
        await asyncio.get_running_loop().run_in_executor(self._writer, self._hand_in_now)

    def _hand_in_now(self) -> None:
        with contextlib.suppress(MachineRefused), self._opened(wait_s=0) as house:
            self._hand_in(house)

    def _hand_in(self, house: House) -> None:
        waiting = self.table.waiting_entries()
        if waiting:
            write_entries(house.journal, waiting)
            self.table.forget_entries(waiting)

    def _opened(self, *, wait_s: float) -> House:
        deadline = time.monotonic() + wait_s
        while True:
            try:
                return House.open(self.folder, clock=self.clock)
            except MachineRefused as error:
                if _BUSY not in error.message:
                    raise
                if time.monotonic() >= deadline:
                    raise DeskBusy(
                        "someone else is writing; nothing was stored", hint="try again"
                    ) from error

    def has_people(self) -> bool:
        """Return whether anybody was ever added; from then on every page needs a sign-in."""
        if not self._has_people:
            self._has_people = not self.table.is_empty
        return self._has_people

    @property
    def house(self) -> House:
        """What the pages show, to be read within a question to :meth:`ask`.

        Raises:
            ConfigError: The server shows something that is no data folder.
        """
        found = self.site.house
        if not isinstance(found, LiveHouse):
            raise ConfigError("this desk shows no data folder", hint="vidomo run")
        return found.shown

    def name_of(self, person_id: str) -> str:
        """Return the name of who did something; the id itself where it is nobody here."""
        found = self.table.person(person_id) if person_id.startswith("usr_") else None
        return found.name if found else person_id

    @property
    def is_scenario(self) -> bool:
        """Whether the bundled scenario is shown for want of posts: then nothing can be done."""
        return self.site.house.is_demo and not self.is_exercise

    def within(self, place: str, territory: str) -> bool:
        """Return whether a place lies in a territory, or is it."""
        return self.site.house.gazetteer.within(place, territory)

    def label(self, code: str, *, lang: str) -> str:
        """Return the full name of a place; the code itself where there is no such place."""
        atlas = self.site.house.gazetteer
        return atlas.label(code, lang=lang, full=True) if atlas.get(code) else code

    def is_remote(self, request: Request) -> bool:
        """Return whether a request came in from beyond this machine; the guard has checked it."""
        return (
            bool(self.address) and request.headers.get("host", "") == urlsplit(self.address).netloc
        )

    def origin(self, request: Request) -> str:
        """Return the origin that a form of ours is sent from."""
        if self.is_remote(request):
            return self.address
        return f"http://{request.headers.get('host', '')}"

    def sender(self, request: Request) -> str:
        """Return the address that a request came from, as our own proxy saw it."""
        if self.is_remote(request):
            # A proxy adds its word after the sender's own: to the header, or as another header.
            told = ",".join(request.headers.getlist("x-forwarded-for"))
            return told.rpartition(",")[2].strip() or "?"
        return request.client.host if request.client else "?"

    def cookie(self, request: Request) -> str:
        """Return the name of the session's cookie; a browser keeps ``__Host-`` to https."""
        kind = "exercise" if self.is_exercise else "desk"
        return f"__Host-vidomo-{kind}" if self.is_remote(request) else f"vidomo-{kind}"


def checked_address(address: str) -> str:
    """Return the address of a desk in its one form, ``https://host`` or ``https://host:port``.

    Raises:
        ConfigError: No https, or more than a host and a port.
    """
    parts = urlsplit(address.rstrip("/"))
    if parts.scheme != "https" or not parts.hostname or parts.path or parts.query or parts.username:
        raise ConfigError(
            f"{address!r} is no address of a desk", hint="write it as https://desk.example"
        )
    return f"https://{parts.netloc.lower().removesuffix(':443')}"
