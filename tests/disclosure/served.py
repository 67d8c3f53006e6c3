"""The night behind a real server on a free port of this machine."""

import http.client
import socket
import threading
from datetime import datetime

import msgspec
import uvicorn

from disclosure.night import SECRET, at, night
from vidomo.app.server import make_app, server_of
from vidomo.core.errors import MachineRefused
from vidomo.desk.trace import Trace
from vidomo.disclosure.release import Release
from vidomo.gazetteer import Gazetteer
from vidomo.situation.model import Situation


class NightHouse:
    """A house that holds one night."""

    def __init__(self) -> None:
        self.gazetteer = Gazetteer.open()
        self.is_demo = True
        self.notice = "izium"
        self.written = 0
        self.asked: list[tuple[datetime | None, datetime | None]] = []

    def now(self) -> datetime:
        return at("20 22:30")

    def releases(self) -> tuple[Release, ...]:
        return ()

    def mark(self) -> str:
        return str(self.written)

    def situation(self, *, valid_at=None, known_at=None) -> Situation:
        self.asked.append((valid_at, known_at))
        if valid_at == at("20 03:00"):
            raise RuntimeError("broken on purpose: " + SECRET)
        if valid_at == at("20 04:00"):
            raise MachineRefused("the disk is full", hint="make room and try again")
        return msgspec.structs.replace(
            night(), valid_at=valid_at or self.now(), known_at=known_at or self.now()
        )

    def trace(self, _: str) -> Trace | None:
        return None


class Served:
    """A house behind a real server on a free port."""

    def __init__(self, house: NightHouse, **options) -> None:
        self.house = house
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.app = make_app(house, **options)
        config = uvicorn.Config(self.app, log_level="critical", lifespan="off")
        self.server = server_of(config, self.app)
        self.thread = threading.Thread(
            target=self.server.run, kwargs={"sockets": [self.listener]}, daemon=True
        )
        self.thread.start()

    def get(self, path: str, *, method: str = "GET", **headers: str):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, headers={"Host": f"127.0.0.1:{self.port}", **headers})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def text(self, path: str) -> str:
        return self.get(path)[1].decode()

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(timeout=10)
        self.listener.close()
