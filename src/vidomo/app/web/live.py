"""Live pages: server-sent events that say that a page has changed, over one pure ASGI endpoint."""

import asyncio
import contextlib
import random
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vidomo.app.web.present import COUNTRY, Present
from vidomo.app.web.site import Site

PATH = "/live"
WATCH_S = 0.2
"""Seconds between two looks at the journal: a fifth of the second in which a page must change."""
BEAT_S = 15.0
"""Seconds between two signs of life; a browser takes silence of three for a lost connection."""
RETRY_MS = (2_000, 6_000)
"""Bounds of the random wait that a browser is told before it connects again after a restart."""
MOST = 20_000
"""Open streams; beyond them a browser is told to ask for the page instead."""

Key = tuple[str, str]


class Stream:
    """One open page: what it shows, and what it is to be told next; only the latest is kept."""

    __slots__ = ("_send", "_sending", "_waiting", "key", "task", "version")

    def __init__(self, key: Key, version: str, send: Send, task: "asyncio.Task[None]") -> None:
        self.key, self.version, self.task = key, version, task
        self._send = send
        self._sending = False
        self._waiting = b""

    def tell(self, event: bytes) -> None:
        """Send an event; while the last one waits for a slow line, only the newest is kept."""
        if self._sending:
            self._waiting = event
            return
        self._sending = True
        task = asyncio.ensure_future(self._push(event))
        _RUNNING.add(task)
        task.add_done_callback(_RUNNING.discard)

    def change(self, version: str) -> None:
        """Say that the page has changed."""
        self.version = version
        self.tell(f"id: {version}\nevent: change\ndata: {version}\n\n".encode())

    async def _push(self, event: bytes) -> None:
        try:
            while event:
                await self._send(_chunk(event))
                event, self._waiting = self._waiting, b""
        finally:
            self._sending = False


_RUNNING: set["asyncio.Future[None]"] = set()
"""Sends under way; the loop itself holds tasks only weakly."""


class Hub:
    """Everyone who watches, and one loop for all that looks whether anything changed."""

    def __init__(
        self, site: Site, present: Present, *, watch_s: float = WATCH_S, beat_s: float = BEAT_S
    ) -> None:
        self._site, self._present = site, present
        self._watch_s, self._beat_s = watch_s, beat_s
        self._streams: dict[Key, set[Stream]] = {}
        self._count = 0
        self._versions: dict[Key, str] = {}
        self._loop: asyncio.Task[None] | None = None
        self._closed = False
        self._failed: Exception | None = None

    @property
    def count(self) -> int:
        """How many pages are open."""
        return self._count

    @property
    def is_closed(self) -> bool:
        """Whether every stream was ended."""
        return self._closed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one page with a stream of events until it goes away."""
        key, version = self._asked(scope)
        if self._closed or self._count >= MOST or self._site.house.gazetteer.get(key[0]) is None:
            await _refuse(send, 503 if self._closed or self._count >= MOST else 404)
            return
        await send(_START)
        wait = random.randint(*RETRY_MS)  # noqa: S311 - spreads load, guards nothing
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a server runs each request in a task
        stream = Stream(key, version, send, task)
        self._streams.setdefault(key, set()).add(stream)
        self._count += 1
        try:
            stream.tell(f"retry: {wait}\nevent: beat\ndata: {version}\n\n".encode())
            await self._greet(stream)
            while (await receive())["type"] != "http.disconnect":
                pass
        except asyncio.CancelledError:
            if not self.is_closed:
                raise
            with contextlib.suppress(Exception):  # the line may be gone already
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self._streams[key].discard(stream)
            if not self._streams[key]:
                del self._streams[key]
                self._versions.pop(key, None)
            self._count -= 1

    def close(self) -> None:
        """End every stream, so that the server can stop; browsers come back by themselves."""
        self._closed = True
        if self._loop is not None:
            self._loop.cancel()
        for stream in [one for streams in self._streams.values() for one in streams]:
            stream.task.cancel()

    def _asked(self, scope: Scope) -> tuple[Key, str]:
        query = parse_qs(scope["query_string"].decode("latin-1"))
        lang = query.get("lang", [""])[0]
        lang = lang if lang in self._present.offered else self._present.offered[0]
        last = dict(scope["headers"]).get(b"last-event-id", b"").decode("latin-1")
        version = last or query.get("v", [""])[0]
        return (query.get("place", [COUNTRY])[0], lang), version[:40]

    async def _greet(self, stream: Stream) -> None:
        """Tell a page at once where it is behind: it changed between its making and now."""
        if self._loop is None or self._loop.done():
            self._loop = asyncio.create_task(self._watch())
        version = self._versions.get(stream.key)
        if version is None:
            await self._look((stream.key,))
        elif stream.version != version:
            stream.change(version)

    async def _watch(self) -> None:
        clock = asyncio.get_running_loop().time
        beat = clock() + self._beat_s
        while self._streams:
            await asyncio.sleep(self._watch_s)
            await self._look(tuple(self._streams))
            if clock() >= beat:
                beat = clock() + self._beat_s
                for key in tuple(self._streams):
                    self._tell(key, _beat(self._versions.get(key, "")))

    async def _look(self, keys: tuple[Key, ...]) -> None:
        """Tell every page that shows something else than it would show now."""
        try:
            shown = await self._present.latest()
            found = await self._site.make(lambda: {key: shown.page(*key).version for key in keys})
        except Exception:  # noqa: BLE001 - told to whoever asks for the page; the streams go on
            return
        for key, version in found.items():
            self._versions[key] = version
            for stream in self._streams.get(key, ()):
                if stream.version != version:
                    stream.change(version)

    def _tell(self, key: Key, event: bytes) -> None:
        for stream in self._streams.get(key, ()):
            stream.tell(event)


class LivePath:
    """An ASGI layer that takes the streams out before anything buffers or zips them."""

    def __init__(self, app: ASGIApp, *, hub: ASGIApp) -> None:
        self._app, self._hub = app, hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] == "http" and scope["path"] == PATH and scope["method"] == "GET":
            await self._hub(scope, receive, send)
        else:
            await self._app(scope, receive, send)


_START: Message = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),  # nginx would hold the events back
    ],
}


def _chunk(event: bytes) -> Message:
    return {"type": "http.response.body", "body": event, "more_body": True}


def _beat(version: str) -> bytes:
    return f"event: beat\ndata: {version}\n\n".encode()


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"retry-after", b"30")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"no live page\n"})
