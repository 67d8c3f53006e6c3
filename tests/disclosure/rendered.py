"""Everything that the public can be sent of one house, as bytes with the names of where they come from."""

import asyncio
import gzip
import io
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import datetime
from pathlib import Path

from starlette.routing import Route

from disclosure.planted import GAZETTEER, World
from vidomo.app.server import make_app
from vidomo.app.web.site import is_desk
from vidomo.desk.trace import Trace
from vidomo.publish.map_page import ASSETS as MAP_ASSETS, SHAPES
from vidomo.publish.residents import short_of
from vidomo.situation.model import Situation

HOST = (b"host", b"127.0.0.1:8600")
STREAM_S = 0.05
"""Seconds that a stream is listened to: it tells at once what has changed."""
QUERIES = (
    "?lang=en",
    "?at=2026-01-10T12:00Z&known=2026-01-10T12:00Z",
    "?at=2030-01-01&q=%D0%86%D0%B7%D1%8E%D0%BC",
    "?q=%D0%93%D0%BB%D0%B8%D0%BD%D1%81%D1%8C%D0%BA%D0%B5",
)


class WorldHouse:
    """A house that holds one made-up world."""

    is_demo = False
    notice = ""

    def __init__(self, some: World) -> None:
        self.gazetteer = GAZETTEER
        self._world = some

    def now(self) -> datetime:
        return self._world.now

    def releases(self) -> tuple[()]:
        return ()

    def mark(self) -> str:
        return "1"

    def situation(self, *, valid_at: datetime | None = None, **_: datetime | None) -> Situation:
        return self._world.situation(valid_at)

    def trace(self, _: str) -> Trace | None:
        return None


def answers(house: object, codes: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield every answer of the server to the public, its headers with it, and what it logged."""
    with overheard() as heard:
        app = make_app(house)
        paths = [path for route in app.routes for path in _paths(route, tuple(codes))]
        paths += [f"/live?place={code}&lang=uk&v=old" for code in (*tuple(codes)[:2], "UA")]
        asked = [(path, *asyncio.run(_ask(app, path))) for path in paths]
    yield from ((path, head + b"\n" + body) for path, head, body in asked)
    yield "logs", heard.getvalue().encode()


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file of a folder by name and content, compressed ones as they unpack."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            body = path.read_bytes()
            name = str(path.relative_to(folder))
            yield f"tree {name}", gzip.decompress(body) if path.suffix == ".gz" else body
            yield "tree", name.encode()


@contextmanager
def overheard() -> Iterator[io.StringIO]:
    """Collect what is logged or written to the standard streams meanwhile."""
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    logging.getLogger("asyncio").setLevel(logging.WARNING)
    try:
        with redirect_stdout(heard), redirect_stderr(heard):
            yield heard
    finally:
        root.setLevel(level)
        root.removeHandler(handler)


def _paths(route: object, codes: tuple[str, ...]) -> Iterator[str]:
    if not isinstance(route, Route) or is_desk(route.path) or "GET" not in (route.methods or ()):
        return
    filled = {
        "{code}": (*codes, "UA00000000000000000"),
        "{short}": (*map(short_of, codes), "nowhere"),
        "{name}": (*MAP_ASSETS, SHAPES, "nothing.js"),
    }
    slot = next((one for one in filled if one in route.path), "")
    found = [route.path.replace(slot, value) for value in filled[slot]] if slot else [route.path]
    assert not any("{" in path for path in found), "say what this part of the address may be"
    yield from found
    yield from (found[0] + query for query in QUERIES)


async def _ask(app: object, path: str) -> tuple[bytes, bytes]:
    plain, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": plain,
        "raw_path": plain.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [HOST],
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 8600),
    }
    sent: list[dict] = []

    asked = False

    async def receive() -> dict:
        nonlocal asked
        if asked:  # a stream goes on until the browser leaves
            await asyncio.sleep(STREAM_S)
            return {"type": "http.disconnect"}
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    await app(scope, receive, send)
    head = b"\n".join(
        name + b": " + value for message in sent for name, value in message.get("headers", ())
    )
    return head, b"".join(message.get("body", b"") for message in sent)
