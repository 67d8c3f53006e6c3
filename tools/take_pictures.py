"""Take the pictures of the documentation: residents' pages, a checked draft, the notice, the desk.

Starts ``vidomo run`` over an empty data folder, so that the bundled scenario is shown, and
photographs it with Chromium.

Example: python tools/take_pictures.py --out docs/pictures
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE, DESKTOP = (390, 844), (1280, 900)
TALLEST = {PHONE: 2600, DESKTOP: 2200}
"""Pixels of height that a picture shows at most."""
A4 = (794, 1123)
"""CSS pixels of an A4 sheet at 96 to the inch."""
IZIUM = "UA63040090010029555"
MORNING = "2025-12-21T11:30%2B02:00"
DRAFTS = Path(__file__).resolve().parents[1] / "tests" / "desk" / "drafts" / "own.jsonl"
"""Drafts of ours with faults in them; the first is photographed."""
PAGES = {
    # name: path, size, dark, scripts
    "start-phone": ("", PHONE, False, True),
    "place-phone": (f"place/{IZIUM}/", PHONE, False, True),
    "place-dark": (f"en/place/{IZIUM}/", PHONE, True, True),
    "place-desktop": (f"place/{IZIUM}/", DESKTOP, False, True),
    "start-no-scripts": ("en/", DESKTOP, False, False),
    "desk-start": (f"desk/?at={MORNING}&known={MORNING}", DESKTOP, False, False),
    "desk-place": (f"desk/place/{IZIUM}?at={MORNING}&known={MORNING}", DESKTOP, False, False),
}


def main() -> int:
    """Take every picture; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/pictures"))
    parser.add_argument("--address", help="a server that runs already; none is started then")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    if options.address:
        photograph(options.address.rstrip("/") + "/", options.out)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        command = [Path(sys.executable).with_name("vidomo"), "run", "--port", "0", "--data", folder]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            photograph(address_of(server), options.out)
        finally:
            server.terminate()
            server.wait(timeout=10)
    desk = Path(__file__).with_name("desk_pictures.py")
    subprocess.run([sys.executable, desk, "--out", options.out], check=True)
    return 0


def address_of(server: "subprocess.Popen[str]") -> str:
    """Return the address that a starting server prints."""
    assert server.stdout is not None  # noqa: S101 - it was asked for
    for line in server.stdout:
        if match := re.search(r"http://\S+/", line):
            return match.group()
    raise SystemExit("the server ended before it told its address")


def photograph(address: str, out: Path) -> None:
    """Take every page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, (path, size, is_dark, has_scripts) in PAGES.items():
            warm(address + path)
            page = opened(browser, size, is_dark=is_dark, has_scripts=has_scripts)
            page.goto(address + path)
            keep(page, out / f"{name}.png", size)
        offline(browser, address, out / "place-offline.png")
        notice(browser, address, out / "notice-print.png")
        checked(browser, address, out / "check-phone.png")
        browser.close()


def warm(url: str) -> None:
    """Ask once, so that the scenario is replayed before a browser waits for it."""
    begun = time.monotonic()
    with urllib.request.urlopen(url, timeout=120) as answer:  # noqa: S310 - our own server
        size = len(answer.read())
    print(f"{url}: {size} bytes in {time.monotonic() - begun:.2f} s")


def opened(
    browser: Browser, size: tuple[int, int], *, is_dark: bool = False, has_scripts: bool = True
) -> Page:
    """Return an empty page of a size."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=1,
        java_script_enabled=has_scripts,
        color_scheme="dark" if is_dark else "light",
    )
    return context.new_page()


def keep(page: Page, target: Path, size: tuple[int, int]) -> None:
    """Take one picture of a page from its top."""
    width, height = size
    tall = page.locator("html").bounding_box()
    shown = min(round(tall["height"]) if tall else height, TALLEST.get(size, height))
    clip = {"x": 0, "y": 0, "width": width, "height": shown}
    page.screenshot(path=target, full_page=True, clip=clip)
    page.context.close()
    print(f"{target}: {target.stat().st_size} bytes")


def offline(browser: Browser, address: str, target: Path) -> None:
    """Take the page of a place as a browser keeps it, two hours after the network went."""
    page = opened(browser, PHONE)
    page.goto(f"{address}place/{IZIUM}/")
    page.evaluate("navigator.serviceWorker.ready")
    for _ in range(100):
        if page.evaluate("caches.open('pages-1').then(c => c.keys()).then(k => k.length)"):
            break
        page.wait_for_timeout(50)
    page.evaluate(
        """async () => {
          const pages = await caches.open('pages-1');
          for (const request of await pages.keys()) {
            const kept = await pages.match(request);
            const head = new Headers(kept.headers);
            head.set('x-kept', String(Date.now() - 2 * 3600e3));
            await pages.put(request, new Response(await kept.text(), {headers: head}));
          }
        }"""
    )
    page.context.set_offline(True)
    page.reload()
    page.wait_for_timeout(200)
    page.screenshot(path=target)
    page.context.close()
    print(f"{target}: {target.stat().st_size} bytes")


def notice(browser: Browser, address: str, target: Path) -> None:
    """Take the notice for a door as it comes out of a printer."""
    page = opened(browser, A4, has_scripts=False)
    page.emulate_media(media="print")
    page.goto(f"{address}place/{IZIUM}/notice")
    page.screenshot(path=target)
    page.context.close()
    print(f"{target}: {target.stat().st_size} bytes")


def checked(browser: Browser, address: str, target: Path) -> None:
    """Take the answer to a draft with words that must not be published."""
    page = opened(browser, PHONE, has_scripts=False)
    page.goto(f"{address}check")
    page.fill("[name=draft]", json.loads(DRAFTS.read_text("utf-8").splitlines()[0])["text"])
    page.fill("[name=home]", IZIUM)
    page.click("button")
    keep(page, target, PHONE)


if __name__ == "__main__":
    sys.exit(main())
