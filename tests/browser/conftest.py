"""One browser for all, and the question whether a page is accessible."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import missing

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """A real browser; the test is skipped where there is none.

    One for each module: Playwright bears no second one beside it in the same thread.
    """
    if not CHROMIUM.exists():
        missing("Chromium is not at /usr/bin/chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        it = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield it
        it.close()


@pytest.fixture(scope="session")
def violations() -> Callable[[object], list[str]]:
    """Return what axe finds wrong with an open page: rules and the elements that break them.

    Scripts must be on in the page. The rules are those of WCAG 2.2 A and AA and the best
    practices; EN 301 549 asks for the former.
    """
    from importlib.resources import files

    source = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")

    def found(page) -> list[str]:
        page.evaluate(source)
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{one['id']}: {node['html'][:120]}"
            for one in result["violations"]
            for node in one["nodes"]
        ]

    return found
