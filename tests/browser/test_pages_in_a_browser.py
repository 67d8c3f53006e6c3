"""The pages in a real browser: scripts off, small screens, the keyboard, dark and light."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import missing
from disclosure.night import IZIUM
from disclosure.served import NightHouse, Served

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PAGES = (
    "/desk/",
    f"/desk/place/{IZIUM}?all=1&lang=en",
    "/desk/search?q=Шевченкове",
)

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    it = Served(NightHouse())
    yield it
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


def opened(browser, served: Served, path: str, **options):
    page = browser.new_context(java_script_enabled=False, **options).new_page()
    page.goto(f"http://127.0.0.1:{served.port}{path}")
    return page


def test_one_request_is_all_that_a_page_needs(browser, served: Served) -> None:
    for path in PAGES:
        page = browser.new_context(java_script_enabled=False).new_page()
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.on("console", lambda message, said=said: said.append(message.text))
        page.goto(f"http://127.0.0.1:{served.port}{path}")
        assert [url for url in asked if not url.startswith("data:")] == [page.url]
        assert [line for line in said if "Content Security" in line] == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_cut_off_on_the_smallest_phone(browser, served: Served, path: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{served.port}{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_the_style_is_applied_under_the_policy(browser, served: Served) -> None:
    page = browser.new_context().new_page()
    page.goto(f"http://127.0.0.1:{served.port}/desk/")
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
    fill = page.evaluate("getComputedStyle(document.querySelector('.map .t1')).fill")
    assert "#danger" in fill


def test_the_keyboard_reaches_the_content_first_and_shows_where_it_is(browser, served) -> None:
    page = browser.new_context().new_page()
    page.goto(f"http://127.0.0.1:{served.port}/place/{IZIUM}")
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    assert first == "#main"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"


def test_every_link_and_field_can_be_reached_with_the_keyboard(browser, served) -> None:
    page = browser.new_context().new_page()
    page.goto(f"http://127.0.0.1:{served.port}/desk/")
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href],button,summary,input:not([type=hidden])')]"
        ".filter(e => e.offsetParent || e.getClientRects().length).length"
    )
    seen = set()
    for _ in range(wanted + 15):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.outerHTML"))
    assert len(seen) >= wanted - 4


def test_the_search_works_without_scripts(browser, served: Served) -> None:
    page = opened(browser, served, "/desk/")
    page.fill("input[name=q]", "Изюме")
    page.keyboard.press("Enter")
    page.wait_for_url("**/place/**")
    assert page.url.endswith(IZIUM)
    assert page.inner_text("h1") == "Ізюм"


def test_another_moment_can_be_chosen_without_scripts(browser, served: Served) -> None:
    page = opened(browser, served, f"/desk/place/{IZIUM}")
    page.click(".at summary")
    page.fill("input[name=at]", "2025-12-20T18:00")
    page.click(".at button")
    page.wait_for_url("**at=2025**")
    assert "20 грудня 2025, 18:00" in page.inner_text(".at")


def test_the_other_language_is_one_click_away_and_stays(browser, served: Served) -> None:
    page = opened(browser, served, f"/desk/place/{IZIUM}")
    page.click("text=English")
    assert page.inner_text("h1") == "Izium"
    page.click("text=Izium raion")
    assert page.inner_text("h1") == "Izium raion"


def test_texts_without_a_source_unfold_without_scripts(browser, served: Served) -> None:
    page = opened(browser, served, f"/desk/place/{IZIUM}")
    quote = page.locator("blockquote", has_text="In the morning")
    assert not quote.is_visible()
    page.click("details.more summary")
    assert quote.is_visible()


CONTRAST = """
() => {
  const light = c => { const [r, g, b] = c.map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
  const read = s => { const m = s.match(/[\\d.]+/g).map(Number); return m.length > 3 && m[3] === 0 ? null : m.slice(0, 3); };
  const low = [];
  for (const node of document.querySelectorAll('body *')) {
    if (![...node.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    if (!node.getClientRects().length || node.closest('svg')) continue;
    let up = node, back = null;
    while (up && !(back = read(getComputedStyle(up).backgroundColor))) up = up.parentElement;
    const ink = read(getComputedStyle(node).color);
    const [a, b] = [light(ink), light(back)].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) low.push(node.outerHTML.slice(0, 80) + ' ' + ratio.toFixed(2));
  }
  return low;
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_every_text_stands_out_from_its_ground(browser, served, path: str, scheme: str) -> None:
    """WCAG 2.2 AA, 1.4.3: at least 4.5 to 1."""
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{served.port}{path}")
    assert page.evaluate(CONTRAST) == []
    context.close()


def test_fields_have_labels_and_targets_are_large_enough(browser, served: Served) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"http://127.0.0.1:{served.port}/place/{IZIUM}")
    for field in page.locator("input:not([type=hidden])").all():
        labelled = field.evaluate("e => Boolean(e.ariaLabel || e.labels.length)")
        assert labelled
    for control in page.locator("header button, header input:not([type=hidden])").all():
        box = control.bounding_box()
        assert box["height"] >= 44


def test_headings_descend_without_gaps(browser, served: Served) -> None:
    for path in PAGES:
        page = opened(browser, served, path)
        levels = [int(level) for level in re.findall(r"<h(\d)", page.content())]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
