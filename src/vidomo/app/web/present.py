"""What residents are shown now: one view, and the pages made from it, kept until either is old."""

import asyncio
import gzip
import hashlib
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Protocol

import msgspec

from vidomo.app.publisher import publisher_at
from vidomo.app.web.site import RESIDENTS, House
from vidomo.disclosure.country import CountryView, compare
from vidomo.disclosure.gate import PublicGate
from vidomo.disclosure.model import PublicView
from vidomo.gazetteer.shapes import Shapes, bundled_shapes
from vidomo.publish.map import MapState
from vidomo.publish.residents import (
    Leaf,
    Tables,
    country_states,
    left_out,
    render_resident_place,
    render_resident_start,
)
from vidomo.publish.words import LANGUAGES
from vidomo.situation.model import Situation

COUNTRY = "UA"
"""The code under which the start page is asked for."""
FRESH_S = 5.0
"""Seconds after which the present is asked for anew although nothing was written: phases age."""
PATIENCE_S = 0.5
"""Seconds that a page waits for the newest present before it makes do with the one before."""
KEPT_S = 240.0
"""Seconds after which nobody is shown an older present: an alert state lives five minutes."""
SHARE = 10
"""The present is never asked for anew before this many times the time that asking took."""
_AS_OF = re.compile(r'<p class="asof".*?</p>', re.DOTALL)


class Body(msgspec.Struct, frozen=True):
    """One page as it is sent.

    Attributes:
        version: What changes with what the page tells, and with nothing else.
        tag: What changes with every byte of it.
    """

    html: bytes
    zipped: bytes
    version: str
    tag: str


class Shown:
    """One situation as residents see it, with the pages made from it so far."""

    def __init__(
        self,
        situation: Situation,
        *,
        house: House,
        shapes: Shapes,
        offered: tuple[str, ...] = LANGUAGES,
        is_static: bool = False,
        has_digests: bool = True,
        tables: Tables | None = None,
    ) -> None:
        self._situation, self._atlas, self._shapes = situation, house.gazetteer, shapes
        self._notice = house.notice if house.is_demo else ""
        self.publisher = publisher_at(house)
        self._offered, self._is_static, self._tables = offered, is_static, tables
        self._has_digests = has_digests
        self._releases = tuple(house.releases())
        self._gate = PublicGate(
            situation, policy=RESIDENTS, gazetteer=self._atlas, releases=self._releases
        )
        self._country: CountryView | None = None
        self._pages: dict[tuple[str, str], Body] = {}

    @property
    def at(self) -> datetime:
        """The instant that is shown."""
        return self._situation.valid_at

    @property
    def situation(self) -> Situation:
        """What holds, for the gate over a moment that has gone and for nothing else."""
        return self._situation

    def of(self, code: str) -> PublicView:
        """Return what residents may see of one place."""
        return self._gate.view(code)

    def told(self) -> tuple[str, ...]:
        """Return the places of which anything is told; for rendering, never for people."""
        return self._gate.told()

    def country(self) -> CountryView:
        """Return what may be compared between places."""
        if self._country is None:
            self._country = compare(
                self._situation,
                policy=RESIDENTS,
                gazetteer=self._atlas,
                releases=self._releases,
            )
        return self._country

    def states(self, lang: str) -> Mapping[str, MapState]:
        """Return what the map of the country says, by code."""
        return country_states(self.country(), frame=self.leaf(lang, "/"))

    def page(self, code: str, lang: str) -> Body:
        """Return the page of a place, or the start page for the country."""
        key = (code, lang)
        if key not in self._pages:
            self._pages[key] = pack(self._render(code, lang))
        return self._pages[key]

    def made(self, code: str, lang: str) -> Body | None:
        """Return a page that was made before, without waiting for the thread that makes them."""
        return self._pages.get((code, lang))

    def make(self, code: str, lang: str) -> Body:
        """Return a page without keeping it: for whoever makes thousands of them."""
        return pack(self._render(code, lang))

    def leaf(self, lang: str, path: str) -> Leaf:
        """Return the frame of a page about this present."""
        minute = self.at.replace(second=0, microsecond=0)
        return Leaf(
            lang=lang,
            path=path,
            notice=self._notice,
            valid_at=minute,
            known_at=minute,
            offered=self._offered,
            is_static=self._is_static,
            has_digests=self._has_digests,
            publisher=self.publisher,
        )

    def _render(self, code: str, lang: str) -> str:
        if code == COUNTRY:
            frame = self.leaf(lang, "/")
            return render_resident_start(
                self.states(lang),
                shapes=self._shapes,
                frame=frame,
                atlas=self._atlas,
                tables=self._tables,
                others=left_out(self.country()),
            )
        frame = self.leaf(lang, f"/place/{code}/")
        return render_resident_place(
            self.of(code),
            code,
            frame=frame,
            atlas=self._atlas,
            invitations=self._gate.invitations(code),
            tables=self._tables,
        )


class Ask(Protocol):
    """Runs a question in the thread of the house."""

    def __call__(self, question: "Callable[[], Shown]", /) -> Awaitable[Shown]:
        """Return the answer."""
        ...


class Present:
    """Asks the house for the present, not more often than needed.

    Args:
        house: What is known.
        offered: Languages, the state language first.
        shapes: Borders of the maps.
        tables: Reviewed advice and numbers; the bundled ones by default.
        ask: Runs a question in the thread of the house; needed for ``latest``.
    """

    def __init__(
        self,
        house: House,
        *,
        offered: tuple[str, ...] = LANGUAGES,
        shapes: Callable[[], Shapes] = bundled_shapes,
        tables: Tables | None = None,
        ask: Ask | None = None,
    ) -> None:
        self._ask = ask
        self._running: asyncio.Future[Shown] | None = None
        self._house, self.offered, self.shapes, self._tables = house, offered, shapes, tables
        self._shown: Shown | None = None
        self._mark, self._asked, self._took = "", 0.0, 0.0

    async def latest(self) -> Shown:
        """Return the present; the one before where the house takes long to tell the new one.

        A country with a year of posts takes seconds to fold, and nobody waits for that who
        can be told the same as a moment ago, with its time. Never older than ``KEPT_S``.
        """
        if self._ask is None:
            return self.shown()
        if self._running is None or self._running.done():
            self._running = asyncio.ensure_future(self._ask(self.shown))
        running, before = self._running, self._shown
        if before is None or time.monotonic() - self._asked > KEPT_S:
            return await asyncio.shield(running)
        await asyncio.wait({running}, timeout=PATIENCE_S)
        return running.result() if running.done() else before

    def shown(self) -> Shown:
        """Return the present: of now if anything was written, else at most some seconds old.

        To be called in the thread of the house.
        """
        begun, mark = time.monotonic(), self._house.mark()
        age = begun - self._asked
        if self._shown is None or mark != self._mark or age > max(FRESH_S, SHARE * self._took):
            self._shown = Shown(
                self._house.situation(),
                house=self._house,
                shapes=self.shapes(),
                offered=self.offered,
                tables=self._tables,
            )
            self._mark, self._asked = mark, begun
            self._took = time.monotonic() - begun
        return self._shown

    def forget(self) -> None:
        """Ask the house anew next time, however young the present is."""
        self._shown = None


def pack(html: str) -> Body:
    """Return a page as it is sent, with its version put in."""
    version = _digest(_AS_OF.sub("", html).encode())
    return packed(html.replace('data-v=""', f'data-v="{version}"', 1).encode(), version)


def packed(body: bytes, version: str = "") -> Body:
    """Return bytes as they are sent, whatever they are."""
    return Body(
        html=body,
        zipped=gzip.compress(body, compresslevel=9, mtime=0),
        version=version,
        tag=_digest(body),
    )


def _digest(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=9).hexdigest()
