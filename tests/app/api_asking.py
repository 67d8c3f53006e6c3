"""Asks the interface for machines within this process: every question of the table, page after page."""

import asyncio
import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from disclosure.rendered import HOST, WorldHouse
from situation.testimonies import REGISTRY
from vidomo.core.time import format_instant
from vidomo.disclosure.model import DIMENSIONS
from vidomo.publish.api.table import OPERATIONS, Operation
from vidomo.reports.model import Version
from vidomo.situation.fold import fold
from vidomo.situation.model import Situation


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict:
        return json.loads(self.body)

    @property
    def bytes(self) -> bytes:
        """Everything that whoever asks can see."""
        head = "\n".join(f"{name}: {value}" for name, value in sorted(self.headers.items()))
        return f"{self.status}\n{head}\n".encode() + self.body


async def ask_within(app: object, address: str, *, method: str = "GET", **headers: str) -> Answer:
    """Return one answer of an application; headers as keywords, with _ for -."""
    path, _, query = address.partition("?")
    named = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [HOST, *named],
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 8600),
    }
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    await app(scope, receive, send)
    head = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], head, b"".join(one.get("body", b"") for one in sent))


def ask(app: object, address: str, *, method: str = "GET", **headers: str) -> Answer:
    return asyncio.run(ask_within(app, address, method=method, **headers))


def ask_all(app: object, addresses: Iterable[str]) -> dict[str, Answer]:
    """Return the answers to some addresses, and to every page that follows from them."""

    async def all_of_them() -> dict[str, Answer]:
        waiting, found = list(addresses), {}
        while waiting:
            address = waiting.pop()
            found[address] = answer = await ask_within(app, address)
            following = answer.json.get("next") if answer.status == 200 else None
            waiting += [following] if following and following not in found else []
        return found

    return asyncio.run(all_of_them())


def addresses_of(
    operation: Operation, codes: Iterable[str], moments: Iterable[datetime]
) -> Iterator[str]:
    """Yield ways to ask one question: of each place, now and then, page by page, in a language."""
    said = {"q": "Ізюм"} if operation.takes("q") else {}
    paths = [operation.path]
    if operation.is_about_a_place:
        paths = [operation.path.replace("{code}", code) for code in codes]
    for path in paths:
        yield _with(path, said)
        if operation.takes("lang"):
            yield _with(path, said, lang="en")
        if operation.takes("limit"):
            yield _with(path, said, limit="1")
        if operation.has_moments:
            for moment in map(format_instant, moments):
                yield _with(path, said, known_at=moment)
                yield _with(path, said, valid_at=moment)
    if operation.takes("dimension"):
        yield from (_with(paths[0], said, dimension=one) for one in DIMENSIONS)


def every_address(codes: Iterable[str], moments: Iterable[datetime] = ()) -> list[str]:
    codes, moments = tuple(codes), tuple(moments)
    return [address for one in OPERATIONS for address in addresses_of(one, codes, moments)]


def _with(path: str, said: dict[str, str], **more: str) -> str:
    query = urlencode({**said, **more})
    return f"{path}?{query}" if query else path


class RememberingHouse(WorldHouse):
    """A house over a made-up world that can tell what was known before, as a journal can.

    A post is recorded when it was posted, an edit or a deletion when it was made.
    """

    def __init__(self, some: object, *, now: datetime | None = None) -> None:
        super().__init__(some)
        self._now = now or some.now

    def now(self) -> datetime:
        return self._now

    def situation(
        self, *, valid_at: datetime | None = None, known_at: datetime | None = None
    ) -> Situation:
        known_at = known_at or self._now
        return fold(
            [one for one in self._world.known if recorded_at(one.version) <= known_at],
            polls=[one for one in self._world.polls if one.asked_at <= known_at],
            valid_at=valid_at or self._now,
            known_at=known_at,
            registry=REGISTRY,
            gazetteer=self.gazetteer,
        )


def recorded_at(version: Version) -> datetime:
    handed = version.post
    return handed.deleted_at or handed.edited_at or handed.posted_at.start


def hours_before(moment: datetime, *hours: float) -> list[datetime]:
    return [moment - timedelta(hours=number) for number in hours]
