"""Live pages: an open page is told that it changed, and nothing else."""

import asyncio
import contextlib
import http.client
import socket
import threading
import time

import msgspec
import pytest

from disclosure.night import IZIUM, night
from disclosure.served import NightHouse, Served
from vidomo.app.web import live
from vidomo.situation.model import Situation


class Changing(NightHouse):
    """A night whose power a test can change; every change is a record."""

    def __init__(self) -> None:
        super().__init__()
        self.power = "partial"
        self.broken = False

    def change(self, power: str) -> None:
        self.power = power
        self.written += 1

    def situation(self, **_) -> Situation:
        if self.broken:
            raise RuntimeError("broken on purpose")
        found = night(power=self.power)
        return msgspec.structs.replace(found, valid_at=self.now(), known_at=self.now())


class Listener:
    """One open page, reading events as they come."""

    def __init__(self, served: Served, query: str, **headers: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
        self.connection.request(
            "GET", f"/live?{query}", headers={"Host": f"127.0.0.1:{served.port}", **headers}
        )
        self.answer = self.connection.getresponse()
        self.events: list[tuple[float, str]] = []
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self) -> None:
        name = ""
        try:
            while line := self.answer.readline().decode().strip("\n"):
                while line:
                    key, _, value = line.partition(": ")
                    name = value if key == "event" else name
                    line = self.answer.readline().decode().strip("\n")
                self.events.append((time.monotonic(), name))
        except (OSError, ValueError, AttributeError):
            pass

    def wait(self, name: str, *, count: int = 1, seconds: float = 5) -> float:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = [at for at, event in self.events if event == name]
            if len(found) >= count:
                return found[count - 1]
            time.sleep(0.005)
        raise AssertionError(f"no {name} within {seconds} s: {self.events}")

    def close(self) -> None:
        with contextlib.suppress(OSError, AttributeError):
            self.connection.sock.shutdown(socket.SHUT_RDWR)
        self.thread.join(2)
        self.answer.close()
        self.connection.close()


@pytest.fixture
def served():
    it = Served(Changing())
    yield it
    it.stop()


def version(served: Served, path: str = f"/place/{IZIUM}/") -> str:
    return served.text(path).split('data-v="')[1].split('"')[0]


def test_an_open_page_is_told_within_a_second_that_it_changed(served: Served) -> None:
    page = Listener(served, f"place={IZIUM}&v={version(served)}")
    page.wait("beat")
    begun = time.monotonic()
    served.house.change("out")
    assert page.wait("change") - begun < 1
    assert version(served) != ""
    page.close()


def test_a_page_of_another_place_is_not_told(served: Served) -> None:
    lviv = "UA46000000000026241"
    page = Listener(served, f"place={lviv}&v={version(served, f'/place/{lviv}/')}")
    near = Listener(served, f"place={IZIUM}&v={version(served)}")
    served.house.change("out")
    near.wait("change")
    assert [name for _, name in page.events] == ["beat"]
    page.close()
    near.close()


def test_a_record_that_changes_nothing_tells_nobody(served: Served) -> None:
    page = Listener(served, f"place={IZIUM}&v={version(served)}")
    page.wait("beat")
    served.house.written += 1
    time.sleep(3 * live.WATCH_S)
    assert [name for _, name in page.events] == ["beat"]
    page.close()


def test_a_page_that_missed_a_change_is_told_at_once(served: Served) -> None:
    old = version(served)
    served.house.change("out")
    for query, headers in (
        (f"place={IZIUM}&v={old}", {}),
        (f"place={IZIUM}", {"Last-Event-ID": old}),
    ):
        page = Listener(served, query, **headers)
        page.wait("change", seconds=1)
        page.close()


def test_the_start_page_is_live_too(served: Served) -> None:
    page = Listener(served, f"v={version(served, '/')}&lang=en")
    page.wait("change", seconds=1)  # its version is that of the page in another language
    page.close()


def test_a_place_that_does_not_exist_has_no_stream(served: Served) -> None:
    answer, _ = served.get("/live?place=UA00")
    assert answer.status == 404
    assert answer.getheader("x-content-type-options") == "nosniff"


def test_the_stream_is_neither_kept_nor_zipped_nor_held_back(served: Served) -> None:
    page = Listener(served, f"place={IZIUM}", **{"Accept-Encoding": "gzip"})
    assert page.answer.getheader("content-type").startswith("text/event-stream")
    assert page.answer.getheader("cache-control") == "no-store"
    assert page.answer.getheader("content-encoding") is None
    assert page.answer.getheader("x-accel-buffering") == "no"
    page.close()


def test_a_page_that_goes_away_is_forgotten(served: Served) -> None:
    hub = served.app.state.hub
    page = Listener(served, f"place={IZIUM}")
    page.wait("beat")
    assert hub.count == 1
    page.close()
    deadline = time.monotonic() + 3
    while hub.count and time.monotonic() < deadline:
        time.sleep(0.01)
    assert hub.count == 0


def test_an_error_of_the_house_does_not_end_the_streams(served: Served) -> None:
    page = Listener(served, f"place={IZIUM}&v={version(served)}")
    page.wait("beat")
    served.house.broken = True
    served.house.written += 1
    time.sleep(2 * live.WATCH_S)
    served.house.broken = False
    served.house.change("out")
    page.wait("change", seconds=2)
    page.close()


def test_too_many_streams_are_asked_to_come_back(served: Served, monkeypatch) -> None:
    monkeypatch.setattr(live, "MOST", 1)
    page = Listener(served, f"place={IZIUM}")
    page.wait("beat")
    answer, _ = served.get(f"/live?place={IZIUM}")
    assert (answer.status, answer.getheader("retry-after")) == (503, "30")
    page.close()


def test_the_server_stops_at_once_although_pages_are_open() -> None:
    it = Served(Changing())
    pages = [Listener(it, f"place={IZIUM}") for _ in range(5)]
    for page in pages:
        page.wait("beat")
    begun = time.monotonic()
    it.stop()
    assert time.monotonic() - begun < 2
    for page in pages:
        page.thread.join(2)
        assert not page.thread.is_alive()
        page.close()


def test_a_sign_of_life_goes_to_everyone() -> None:
    it = Served(Changing(), beat_s=0.3)
    pages = [Listener(it, f"place={IZIUM}") for _ in range(3)]
    for page in pages:
        page.wait("beat", count=3)
        page.close()
    it.stop()


def test_a_slow_line_keeps_only_the_newest_event() -> None:
    async def scene() -> list[bytes]:
        sent: list[bytes] = []
        opened = asyncio.Event()

        async def send(message) -> None:
            if sent:
                await opened.wait()
            sent.append(message["body"])

        stream = live.Stream(("UA", "uk"), "", send, asyncio.current_task())
        stream.tell(b"first")
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        for n in range(100):
            stream.tell(b"%d" % n)
            await asyncio.sleep(0)
        opened.set()
        for _ in range(10):
            await asyncio.sleep(0)
        return sent

    sent = asyncio.run(scene())
    assert sent[0] == b"first"
    assert sent[-1] == b"99"
    assert len(sent) <= 3
