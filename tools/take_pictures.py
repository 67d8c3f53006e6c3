"""Take the pictures of the documentation: start page and place page, phone and desktop.

Starts ``vidomo run`` over an empty data folder, so that the bundled scenario is
shown, and photographs it with Chromium, scripts off.

Example: python tools/take_pictures.py --out docs/pictures
"""

import argparse
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
TALLEST = {"phone": 5600, "desktop": 3000}
"""Pixels of height that a picture shows at most: down to the sources of a place."""
IZIUM = "UA63040090010029555"
MORNING = "2025-12-21T11:30%2B02:00"
PAGES = {
    "start": f"?at={MORNING}&known={MORNING}",
    "place": f"place/{IZIUM}?at={MORNING}&known={MORNING}",
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
    return 0


def address_of(server: "subprocess.Popen[str]") -> str:
    """Return the address that a starting server prints."""
    assert server.stdout is not None  # noqa: S101 - it was asked for
    for line in server.stdout:
        if match := re.search(r"http://\S+/", line):
            return match.group()
    raise SystemExit("the server ended before it told its address")


def photograph(address: str, out: Path) -> None:
    """Take every page at every size."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for page, path in PAGES.items():
            warm(address + path)
            for size in SIZES:
                take(browser, address + path, out / f"{page}-{size}.png", size=size)
        browser.close()


def warm(url: str) -> None:
    """Ask once, so that the scenario is replayed before a browser waits for it."""
    begun = time.monotonic()
    with urllib.request.urlopen(url, timeout=120) as answer:  # noqa: S310 - our own server
        size = len(answer.read())
    print(f"{url}: {size} bytes in {time.monotonic() - begun:.2f} s")


def take(browser: Browser, url: str, target: Path, *, size: str) -> None:
    """Take one picture of a page from its top."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=1,
        java_script_enabled=False,
        color_scheme="light",
    )
    page = context.new_page()
    page.goto(url)
    tall = page.locator("html").bounding_box()
    shown = min(round(tall["height"]) if tall else height, TALLEST[size])
    clip = {"x": 0, "y": 0, "width": width, "height": shown}
    page.screenshot(path=target, full_page=True, clip=clip)
    context.close()
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    sys.exit(main())
