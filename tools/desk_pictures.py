"""Take the pictures of the desk: a night played on the bundled posts, then photographed.

The desk and its people are those of the tests, with a clock that the night moves, so that the
same night is shown each time.

Example: python tools/desk_pictures.py --out docs/pictures
"""

import argparse
import struct
import subprocess
import sys
import tempfile
import tomllib
import zlib
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from app.desk_world import (  # noqa: E402 - where the desk of the tests lies is said above
    IZIUM,
    IZIUM_RAION,
    Desk,
    ServedDesk,
    night_folder,
    whole,
)
from desk.alerts.worlds import OWN  # noqa: E402
from vidomo.app.alert_acts import AlertDesk  # noqa: E402
from vidomo.app.call_book import add_voice  # noqa: E402
from vidomo.app.house import House  # noqa: E402
from vidomo.app.web.desk.me import EXAMPLE_PASSWORD  # noqa: E402
from vidomo.desk.alerts.wordings import wordings  # noqa: E402
from vidomo.desk.people import Grant, Person, Role  # noqa: E402
from vidomo.publish.alerts.keys import keys_folder, new_key  # noqa: E402

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDE, TALLEST = 1280, 1900
A4 = (794, 1123)
"""CSS pixels of an A4 sheet at 96 to the inch."""
WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
MVA = f"city_military_administration@{IZIUM}"
SCALE = 1.3
"""Pixels of a picture of a printed page for each point of it."""


def main() -> int:
    """Take every picture; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    photograph_desk(options.out)
    return 0


def photograph_desk(out: Path) -> None:
    """Play the night and take every picture of it."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        base = Path(name)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        served = ServedDesk(Desk(night_folder(base / "data", base / "kept")))
        try:
            Night(served, browser, out).play()
        finally:
            served.stop()
        report(browser, base, out)
        browser.close()


class Night:
    """Two people at the desk, and what they see.

    Args:
        served: The desk.
        browser: What they look with.
        out: Where pictures go.
    """

    def __init__(self, served: ServedDesk, browser: Browser, out: Path) -> None:
        self.served, self.desk, self.browser, self.out = served, served.desk, browser, out
        boss = self.desk.person("boss", whole(Role.ADMIN))
        olena = self._person("olena", Role.APPROVER)
        taras = self._person("taras", Role.APPROVER)
        self.desk.site.write_now(lambda house: self._set_up(house, boss))
        new_key(
            keys_folder(self.desk.folder), holder="Izium", is_exercise=False, now=self.desk.clock()
        )
        self.desk.clock.move(minutes=1)
        self.olena, self.taras = self._page(olena), self._page(taras)

    def play(self) -> None:
        """Work through the night."""
        self.keep(self.go("/desk/inbox"), "desk-inbox", tall=1000)
        self.call()
        self.tasks()
        self.alert()
        self.handover()

    def call(self) -> None:
        """Take a call down and release it."""
        page = self.go("/desk/calls")
        self.fill(page, **WORDS["call"])
        page.locator("form.call button").click()
        page.locator("[data-key='1']").click()
        page.locator("form[action$=release] [name=words]").fill(WORDS["released"])
        page.locator("form[action$=release] button").click()
        page.locator("[name=confirm]").fill(WORDS["place"])
        page.locator("form[action$=release] button").click()
        page.wait_for_selector(".told")
        self.keep(page, "desk-call", tall=1420)

    def tasks(self) -> None:
        """Keep a few tasks, one of which is late."""
        for task in WORDS["task"]:
            page = self.go("/desk/tasks")
            self.fill(page, place=WORDS["place"], **task)
            page.locator("form.row button").first.click()
        self.desk.clock.move(minutes=48)
        self.keep(self.go("/desk/tasks"), "desk-tasks")

    def alert(self) -> None:
        """Draft something that takes two people, and look at it as the second one."""
        self.issue("shelter")
        page = self.go("/desk/alerts")
        page.locator("[data-key=k], [data-key=x]").first.wait_for()
        page.locator(".card h3 a").first.click()
        page.locator("[data-key=k]").click()
        path = page.url.removeprefix(self.served.origin)
        self.taras.goto(f"{self.served.origin}{path}")
        self.taras.locator("[data-key=y]").focus()
        self.keep(self.taras, "desk-alert")

    def issue(self, wording: str) -> None:
        """Issue an alert alone."""
        page = self.go("/desk/alerts/new")
        page.locator(f"[name=wording][value={wording}]").check()
        self.fill(page, places=WORDS["place"])
        page.locator("main form.fields button").first.click()
        page.locator("[data-key=g]").fill(page.locator("form strong").first.inner_text())
        self.desk.clock.move(seconds=2)
        page.locator("form[action$=issue] button").click()
        page.wait_for_selector(".told")
        self.desk.clock.move(minutes=3)

    def handover(self) -> None:
        """Make the sheet, sign it, and take it as it prints."""
        page = self.go("/desk/handover")
        page.locator("[data-key=m]").click()
        for key, login in (("g", "olena"), ("k", "taras")):
            form = page.locator(f"form:has([data-key={key}])")
            form.locator("[name=login]").fill(login)
            form.locator("[name=password]").fill(EXAMPLE_PASSWORD)
            form.locator("button").click()
        page.wait_for_selector(f"text={WORDS['signed']}")
        printed = self.out / "handover-print.pdf"
        printed.write_bytes(page.pdf(prefer_css_page_size=True))
        of_paper(printed, self.out / "handover-print.png", number=1)
        printed.unlink()

    def go(self, path: str) -> Page:
        """Open a page as the first officer."""
        self.olena.goto(f"{self.served.origin}{path}")
        return self.olena

    @staticmethod
    def fill(page: Page, **fields: str) -> None:
        """Fill fields by their names."""
        for name, text in fields.items():
            page.locator(f"main [name={name}]").first.fill(text)

    def keep(self, page: Page, name: str, *, tall: int = TALLEST) -> None:
        """Take a picture of an open page from its top."""
        take(page, self.out / f"{name}.png", width=WIDE, tall=tall)

    def _person(self, login: str, role: Role) -> Person:
        return self.desk.person(login, Grant(role, IZIUM_RAION), password=True)

    def _page(self, person: Person) -> Page:
        context = self.served.signed_in(
            self.browser, person, viewport={"width": WIDE, "height": 900}
        )
        return context.new_page()

    def _set_up(self, house: House, boss: Person) -> None:
        desk = self.desk
        alerts = AlertDesk(
            house.journal,
            folder=desk.folder,
            gazetteer=house.gazetteer,
            people=desk.table.person,
            clock=desk.clock,
        )
        alerts.set_authority(boss, OWN)
        for name, one in wordings().items():
            alerts.approve_wording(boss, name, version=one.ref.version)
        body = house.registry.body(MVA)
        add_voice(house, body, title=WORDS["body"], by=boss.id, at=desk.clock())


def report(browser: Browser, base: Path, out: Path) -> None:
    """Take the public report as a page, and two pages of the internal one in print."""
    vidomo = Path(sys.executable).with_name("vidomo")
    page, printed = base / "report.html", base / "report.pdf"
    for target, more in ((page, ()), (printed, ("--internal",))):
        command = [vidomo, "publish", "sitrep", "Izium", target, *more, "--data", base / "empty"]
        subprocess.run(command, check=True)
    shown = browser.new_page(viewport={"width": 900, "height": 1350})
    shown.goto(page.as_uri())
    take(shown, out / "sitrep-page.png", width=900, tall=1350)
    for number in (1, 3):
        of_paper(printed, out / f"sitrep-pdf-{number}.png", number=number)


def take(page: Page, target: Path, *, width: int, tall: int) -> None:
    """Take one picture of a page from its top."""
    height = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": width, "height": min(height, tall)}
    page.screenshot(path=target, full_page=True, clip=clip)
    print(f"{target}: {target.stat().st_size} bytes")


def of_paper(printed: Path, target: Path, *, number: int) -> None:
    """Take one page of a printed file, counted from one."""
    document = pypdfium2.PdfDocument(printed)
    pixels = document[number - 1].render(scale=SCALE, rev_byteorder=True).to_numpy()[:, :, :3]
    document.close()
    height, width = pixels.shape[:2]
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    target.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + b"".join(
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
            for kind, body in parts
        )
    )
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    sys.exit(main())
