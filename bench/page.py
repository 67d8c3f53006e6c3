"""Measure residents' pages: bytes, first paint on a poor line, static requests, live pages.

The part with nginx and wrk (Debian packages of those names) is left out, saying so, where
they are not on the machine; the part with a browser where Chromium is not.

Example: python bench/page.py --live 1000
"""

import argparse
import asyncio
import gzip
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from vidomo.app.house import House
from vidomo.app.live import LiveHouse
from vidomo.app.web import tree as trees
from vidomo.app.web.present import COUNTRY, Present
from vidomo.app.web.tree import Tree
from vidomo.core.clock import system_clock
from vidomo.core.time import Interval
from vidomo.sources.model import Post

IZIUM = "UA63040090010029555"
PLACE = f"/place/{IZIUM}/"
CHROMIUM = Path("/usr/bin/chromium")
KBIT, LATENCY_MS = 50, 800
NGINX = """
worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/log;
events {{ worker_connections 1024; }}
http {{
  access_log off; types {{ text/html html; }} gzip_static on; sendfile on;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; root {root}; location / {{ index index.html; }} }}
}}
"""


def show(what: str, figure: str) -> None:
    """Print one row."""
    print(f"{what:<66}{figure:>22}", flush=True)


def weigh(folder: Path) -> None:
    """Print the bytes of the pages of the bundled night."""
    with LiveHouse(folder / "night") as house:
        shown = Present(house, offered=("uk", "en", "ru")).shown()
        for name, code in (("/", COUNTRY), (PLACE, IZIUM)):
            sizes = {lang: len(shown.page(code, lang).zipped) for lang in ("uk", "en", "ru")}
            figures = ", ".join(f"{lang} {size:,}" for lang, size in sizes.items())
            show(f"bytes of {name} (gzip; budget 14,336)", figures)
        begun = time.perf_counter()
        for _ in range(20):
            shown.make(IZIUM, "uk")
        show("a place's page through the gate, rendered, zipped", f"{per(begun, 20):.1f} ms")


def per(begun: float, count: int) -> float:
    """Return milliseconds for each of some things done since an instant."""
    return (time.perf_counter() - begun) / count * 1000


@contextmanager
def serving(folder: Path) -> Iterator[tuple[int, int]]:
    """Run ``vidomo run`` in a process of its own; give its port and process id."""
    vidomo = Path(sys.executable).with_name("vidomo")
    command = [vidomo, "run", "--port", "0", "--data", folder]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        line = server.stdout.readline()
        yield int(line.rstrip("/\n").rpartition(":")[2]), server.pid
    finally:
        server.terminate()
        server.wait(timeout=20)


def paint(folder: Path) -> None:
    """Print when the first content is painted on a poor line, nothing kept from before."""
    if not CHROMIUM.exists():
        show("first paint", "left out: no Chromium")
        return
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not needed for the rest

    with serving(folder / "night") as (port, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        for path in ("/", PLACE):
            times = []
            for _ in range(5):
                context = browser.new_context(viewport={"width": 390, "height": 844})
                page = context.new_page()
                line = context.new_cdp_session(page)
                line.send("Network.enable")
                rate = KBIT * 1000 / 8
                line.send(
                    "Network.emulateNetworkConditions",
                    {
                        "offline": False,
                        "latency": LATENCY_MS,
                        "downloadThroughput": rate,
                        "uploadThroughput": rate,
                    },
                )
                page.goto(f"http://127.0.0.1:{port}{path}", wait_until="commit")
                page.wait_for_load_state("load")
                times.append(
                    page.evaluate(
                        "performance.getEntriesByName('first-contentful-paint')[0].startTime"
                    )
                )
                context.close()
            show(
                f"first paint of {path} at {KBIT} kbit/s, {LATENCY_MS} ms (median, worst of 5)",
                f"{statistics.median(times) / 1000:.2f}, {max(times) / 1000:.2f} s",
            )
        browser.close()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])


def static(folder: Path, *, nginx: str | None, wrk: str | None) -> None:
    """Print how many static pages a second a stock web server gives."""
    if not nginx or not wrk:
        show("static pages a second", "left out: no nginx, wrk")
        return
    root = folder / "tree"
    trees.places_of = lambda *_, **__: ("UA63000000000041885", IZIUM)  # type: ignore[assignment]
    with LiveHouse(folder / "night") as house:
        Tree(house, root).render()
    port, config = free_port(), folder / "nginx.conf"
    (folder / "n").mkdir()
    config.write_text(NGINX.format(folder=folder / "n", port=port, root=root))
    server = subprocess.Popen([nginx, "-c", str(config), "-e", str(folder / "n" / "log")])
    try:
        time.sleep(0.5)
        for path in ("/", PLACE):
            command = [wrk, "-t1", "-c64", "-d4s", "-H", "Accept-Encoding: gzip"]
            ran = subprocess.run(
                [*command, f"http://127.0.0.1:{port}{path}"],
                check=True,
                stdout=subprocess.PIPE,
                text=True,
            )
            rate = next(line for line in ran.stdout.splitlines() if "Requests/sec" in line)
            show(
                f"nginx, {path}, zipped beside (requests a second; goal 5,000)",
                f"{float(rate.split()[1]):,.0f}",
            )
    finally:
        server.terminate()
        server.wait(timeout=5)


class Page:
    """One open page: a stream of events, and what it has seen."""

    def __init__(self) -> None:
        self.told = asyncio.get_running_loop().create_future()
        self.ready = asyncio.Event()

    async def open(self, port: int) -> None:
        """Connect, and read events until told of a change."""
        reader, self.writer = await asyncio.open_connection("127.0.0.1", port)
        request = f"GET /live?place={IZIUM} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
        self.writer.write(request.encode())
        changes = 0
        while line := await reader.readline():
            if line.startswith(b"event: change"):
                changes += 1
                if changes == 1:  # where the page without a version stands
                    self.ready.set()
                elif not self.told.done():
                    self.told.set_result(time.perf_counter())


async def fetched(port: int) -> float:
    """Return when the page of the place has come whole, as the script of a page asks for it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"GET {PLACE} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\n"
    writer.write(f"{head}Connection: close\r\n\r\n".encode())
    body = (await reader.read()).partition(b"\r\n\r\n")[2]
    at = time.perf_counter()
    writer.close()
    assert b"</html>" in gzip.decompress(body)
    return at


async def watch(port: int, pid: int, count: int, folder: Path) -> None:
    """Open many pages, change what they show, and print how soon each is told and has it."""
    await fetched(port)
    before = memory_kib(pid)
    pages = [Page() for _ in range(count)]
    tasks = []
    for begun in range(0, count, 50):
        batch = pages[begun : begun + 50]
        tasks += [asyncio.create_task(page.open(port)) for page in batch]
        await asyncio.gather(*(page.ready.wait() for page in batch))
    show(
        f"KiB for each of {count:,} open pages (goal 30)",
        f"{(memory_kib(pid) - before) / count:.1f}",
    )
    for text in (
        "\u0421\u0432\u0456\u0442\u043b\u043e \u0432 \u0406\u0437\u044e\u043c\u0456 \u043f\u043e\u0432\u0435\u0440\u043d\u0443\u043b\u0438 \u043f\u043e\u0432\u043d\u0456\u0441\u0442\u044e.",
    ):
        await asyncio.to_thread(take_in, folder, 2, text)
        changed = time.perf_counter()
        told = await asyncio.gather(*(page.told for page in pages))
        waits = sorted(max(0.0, at - changed) for at in told)
        have = await asyncio.gather(*(fetched(port) for _ in pages))
        whole = sorted(max(0.0, at - changed) for at in have)
        for what, found in (("told of a change", waits), ("have the changed page", whole)):
            show(
                f"{count:,} open pages {what} (median, 99th percentile)",
                f"{found[count // 2] * 1000:,.0f}, {found[int(count * 0.99)] * 1000:,.0f} ms",
            )
    for task in tasks:
        task.cancel()


def memory_kib(pid: int) -> int:
    """Return the resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))


def take_in(folder: Path, number: int, text: str) -> None:
    """Take in one post, as another process would; the change is timed from its end."""
    at = system_clock() - timedelta(minutes=5 - number)
    when = Interval(at, at + timedelta(seconds=1))
    post = Post(source="izium_mva", native_id=str(number), text=text, posted_at=when)
    with House.open(folder) as house:
        house.take_in([post])


def live(folder: Path, *, count: int) -> None:
    """Print what open pages cost and how soon they are told."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 4 * count + 500), most))
    own = folder / "live"
    take_in(
        own,
        1,
        "\u0406\u0437\u044e\u043c \u043f\u043e\u0432\u043d\u0456\u0441\u0442\u044e \u0431\u0435\u0437 \u0441\u0432\u0456\u0442\u043b\u0430.",
    )
    with serving(own) as (port, pid):
        asyncio.run(watch(port, pid, count, own))


def main() -> None:
    """Run every measurement in a fresh folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--live", type=int, default=1000, help="open pages")
    parser.add_argument("--nginx", default=shutil.which("nginx") or shutil.which("/usr/sbin/nginx"))
    parser.add_argument("--wrk", default=shutil.which("wrk"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        weigh(folder)
        paint(folder)
        static(folder, nginx=options.nginx, wrk=options.wrk)
        live(folder, count=options.live)


if __name__ == "__main__":
    sys.exit(main())
