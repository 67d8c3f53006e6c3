"""A desk in a folder of its own, with people who are signed in, and a way to send forms to it."""

import asyncio
import shutil
import socket
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Self
from urllib.parse import urlencode

import uvicorn

from vidomo.app.house import House
from vidomo.app.live import LiveHouse
from vidomo.app.scenario import open_scenario
from vidomo.app.server import make_app, server_of
from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.desk.me import EXAMPLE_PASSWORD
from vidomo.app.web.desk.route import DeskWorld
from vidomo.core.time import parse_posted_at
from vidomo.desk.passwords import hash_of
from vidomo.desk.people import Grant, Person, Role
from vidomo.desk.sessions import new_session
from vidomo.desk.table import DeskTable
from vidomo.sources.model import Post

IZIUM = "UA63040090010029555"
IZIUM_RAION = "UA63040000000023521"
LVIV = "UA46000000000026241"
NOW = datetime.fromisoformat("2025-12-21T09:40:00+00:00")
HOST = "127.0.0.1:8600"
ORIGIN = f"http://{HOST}"


@cache
def _kept_hash() -> str:
    return hash_of(EXAMPLE_PASSWORD)


class Hands:
    """A clock that tests move; by itself it goes on by a millisecond whenever somebody looks.

    Were it to stand still, a second record would be written after the moment that is asked about.
    """

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Client:
    """A browser of one person, as far as the server can tell."""

    app: object
    cookies: dict[str, str] = field(default_factory=dict)
    csrf: str = ""
    host: str = HOST
    origin: str = ORIGIN
    extra: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        return self.send("GET", path, headers=headers)

    def post(
        self,
        path: str,
        form: Mapping[str, str] | None = None,
        *,
        token: str | None = None,
        **headers,
    ) -> Answer:
        fields = dict(form or {})
        given = self.csrf if token is None else token
        if given:
            fields["csrf"] = given
        sent = {"origin": self.origin, **headers}
        return self.send("POST", path, body=urlencode(fields).encode(), headers=sent)

    def send(
        self, method: str, path: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        given = {"host": self.host, **self.extra, **(headers or {})}
        if self.cookies:
            given["cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if method == "POST":
            given["content-type"] = "application/x-www-form-urlencoded"
        given = {k.replace("_", "-"): v for k, v in given.items() if v}
        # In a thread of its own: a test that holds a browser runs inside another event loop.
        with ThreadPoolExecutor(max_workers=1) as thread:
            asked = thread.submit(lambda: asyncio.run(_ask(self.app, method, path, given, body)))
            answer = asked.result()
        for line in answer.headers.get("set-cookie", "").split("\n"):
            name, _, rest = line.partition("=")
            if name:
                self.cookies[name] = rest.partition(";")[0].strip('"')
        return answer


async def _ask(app, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
    path, _, query = path.partition("?")
    sent: list[dict] = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(k.lower().encode(), v.encode()) for k, v in headers.items()],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8600),
    }
    given = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict:
        if given:
            return given.pop()
        await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(message: dict) -> None:
        sent.append(message)

    await app(scope, receive, send)
    found: dict[str, str] = {}
    for name, value in sent[0]["headers"]:
        key = name.decode()
        found[key] = f"{found[key]}\n{value.decode()}" if key in found else value.decode()
    return Answer(sent[0]["status"], found, b"".join(one.get("body", b"") for one in sent[1:]))


class Desk:
    """A desk over a folder; close it when done."""

    def __init__(
        self,
        folder: Path,
        *,
        address: str = "",
        is_exercise: bool = False,
        clock: Hands | None = None,
        lock_wait_s: float = 0.1,
    ) -> None:
        self.folder, self.clock = folder, clock or Hands()
        self.table = DeskTable.open(folder)
        self.house = LiveHouse(folder, clock=self.clock)
        self.sites: list[DeskSite] = []

        def made(site) -> DeskSite:
            self.sites.append(
                DeskSite(
                    site,
                    folder=folder,
                    table=self.table,
                    clock=self.clock,
                    address=address,
                    is_exercise=is_exercise,
                    lock_wait_s=lock_wait_s,
                )
            )
            return self.sites[0]

        self.app = make_app(self.house, desk=made)
        self.site = self.sites[0]

    def person(self, login: str, *grants: Grant, password: bool = False) -> Person:
        """Add a person; without a password where nobody will type one, because hashes are slow."""
        person = Person(
            id=f"usr_{login}", login=login, name=f"Особа {login}", office="зміна", grants=grants
        )
        kept = _kept_hash() if password else "none"
        self.table.add(person, password_hash=kept, at=self.clock())
        return person

    def client(self, person: Person | None = None) -> Client:
        """A browser in which a person is signed in, or nobody."""
        if person is None:
            return Client(self.app)
        token, session = new_session(person.id, at=self.clock(), lang="uk")
        self.table.open_session(session)
        name = "vidomo-exercise" if self.site.is_exercise else "vidomo-desk"
        return Client(self.app, {name: token}, session.csrf)

    def world(self, person: Person, other: Person) -> DeskWorld:
        """What the example of a route is made from."""
        house = House.open(self.folder, clock=self.clock, read_only=True)
        return DeskWorld(
            folder=self.folder,
            house=house,
            desk=self.site,
            person=person,
            other=other,
            place=IZIUM,
            elsewhere=LVIV,
            act=self.site.write_now,
            now=self.clock().replace(microsecond=0),  # messages bear whole seconds
        )

    @property
    def last_seq(self) -> int:
        with House.open(self.folder, clock=self.clock, read_only=True) as house:
            return house.journal.last_seq

    def close(self) -> None:
        self.house.__exit__()
        self.table.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class ServedDesk:
    """A desk behind a real server on a free port of this machine."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.origin = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        config = uvicorn.Config(desk.app, log_level="critical", lifespan="off", proxy_headers=False)
        self.server = server_of(config, desk.app)
        self.thread = threading.Thread(
            target=self.server.run, kwargs={"sockets": [self.listener]}, daemon=True
        )
        self.thread.start()

    def signed_in(self, browser, person: Person, *, lang: str = "uk", **options):
        """A browser context in which a person is signed in."""
        client = self.desk.client(person)
        context = browser.new_context(**options)
        ((name, value),) = client.cookies.items()
        context.add_cookies([{"name": name, "value": value, "url": self.origin}])
        if lang != "uk":
            context.new_page().goto(f"{self.origin}/desk/me?lang={lang}")
        return context

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(timeout=10)
        self.desk.close()


def whole(role: Role) -> Grant:
    """A role over the whole country."""
    return Grant(role, "UA")


MORE = (
    ("11:05", "izium_mva", "Внаслідок обстрілу в Ізюмі пошкоджено підстанцію."),
    ("11:10", "izium_mva", "У селі Шевченкове чути вибухи."),
    ("11:15", "izium_mva", "Оголошено відбій повітряної тривоги в Ізюмі."),
    ("11:20", "izium_mva", "Пункт незламності працює, чергуємо до ранку, світла поки нема ніде."),
    ("11:25", "izium_mva", "Сьогодні об 11:00 ворог обстріляв Балаклію, поранено двох людей."),
)
"""Posts after the bundled night, so that there is something to decide of every kind."""


def night_folder(target: Path, kept: Path) -> Path:
    """Copy the bundled night and a few posts more, as posts of one's own, into a folder."""
    if not kept.exists():
        with open_scenario(kept.parent / "scenario") as house:
            source = house.journal._path.parent
        shutil.copytree(source, kept)
        with House.open(kept, clock=lambda: NOW - timedelta(minutes=5)) as house:
            house.take_in([_post(number, *one) for number, one in enumerate(MORE)])
    shutil.copytree(kept, target)
    return target


def _post(number: int, clock: str, source: str, text: str) -> Post:
    posted = parse_posted_at(f"2025-12-21T{clock}:00+02:00")
    return Post(source=source, native_id=f"more-{number}", text=text, posted_at=posted)
