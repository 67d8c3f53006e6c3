"""The map in a real browser: whole without scripts, large on request, asking nobody else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import missing
from disclosure.served import NightHouse, Served

CHROMIUM = Path("/usr/bin/chromium")
# The large map draws with WebGL; without a graphics card the browser does that by itself.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    house = NightHouse()
    house.is_demo = False
    it = Served(house)
    yield f"http://127.0.0.1:{it.port}"
    it.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    if not CHROMIUM.exists():
        missing("Chromium is not at /usr/bin/chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        it = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield it
        it.close()


def opened(browser, address):
    """Return a page with the large map; with all that was asked for and said on the way."""
    page = browser.new_context(viewport={"width": 900, "height": 700}).new_page()
    page.asked, page.said = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.goto(f"{address}/en/map/")
    page.click("#show-large-map")
    page.wait_for_selector("#map-box[data-ready]", timeout=30_000)
    return page


@pytest.fixture(scope="module")
def large(browser, address):
    """The large map, opened once; no test may leave it as another one cannot use it."""
    page = opened(browser, address)
    yield page
    page.context.close()


def status(page) -> str:
    return page.inner_text("#map-dialog [role=status]")


def test_without_scripts_the_page_has_the_map_and_the_table(browser, address) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}/map/")
    assert page.locator("#alert svg path").count() > 1
    assert page.locator("#alert").inner_text()
    assert not page.locator("#show-large-map").is_visible()
    page.context.close()


def test_nothing_is_cut_off_on_the_smallest_phone(browser, address) -> None:
    page = browser.new_context(viewport={"width": 320, "height": 640}).new_page()
    page.goto(f"{address}/map/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()


def test_the_large_map_asks_nobody_but_this_server_and_breaks_no_rule(large, address) -> None:
    assert all(url.startswith(address) for url in large.asked)
    assert {url.removeprefix(f"{address}/map/") for url in large.asked if "/map/m" in url} == {
        "map.js",
        "maplibre-gl.js",
        "maplibre-gl-worker.js",
    }
    assert large.said == []


def test_the_large_map_is_drawn_and_can_be_walked_with_the_keyboard(large) -> None:
    large.focus("#map-box canvas")
    before = status(large)
    large.keyboard.press("ArrowUp")
    large.wait_for_timeout(700)
    assert status(large) != before
    assert " oblast: " in status(large)
    assert large.get_attribute("#map-box canvas", "aria-label")


def test_names_of_oblasts_appear_when_there_is_room_for_them(large) -> None:
    name = large.locator(".maplibregl-marker").first
    assert not name.is_visible()
    large.click("#map-dialog button:has-text('Zoom in')")
    large.wait_for_timeout(700)
    assert name.is_visible()
    large.click("#map-dialog button:has-text('The whole country')")
    large.wait_for_timeout(700)
    assert not name.is_visible()


def test_a_map_too_old_to_trust_says_so_instead_of_a_state(browser, address) -> None:
    old = opened(browser, address)
    spare = "document.getElementById('noalert').content.cloneNode(true)"
    old.evaluate(f"document.getElementById('alert').replaceWith({spare})")
    old.mouse.move(450, 300)
    old.mouse.move(460, 310)
    old.wait_for_timeout(100)
    assert status(old).startswith("No contact")
    old.context.close()


def test_escape_closes_the_large_map_and_leads_back_to_its_button(large) -> None:
    large.keyboard.press("Escape")
    assert not large.locator("#map-dialog").is_visible()
    assert large.evaluate("document.activeElement.id") == "show-large-map"
    large.keyboard.press("Enter")
    assert large.locator("#map-dialog").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_map_and_on_the_large_one(browser, address, scheme) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = browser.new_context(color_scheme=scheme).new_page()
    page.goto(f"{address}/map/")
    page.click("#show-large-map")
    page.wait_for_selector("#map-box[data-ready]", timeout=30_000)
    assert axe.run(page).response["violations"] == []
    page.keyboard.press("Escape")
    assert axe.run(page).response["violations"] == []
    page.context.close()
