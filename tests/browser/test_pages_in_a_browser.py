"""The operator's pages in a real browser: scripts off, small screens, the keyboard, dark and light."""

import itertools
import re
from collections.abc import Iterator

import pytest

from disclosure.night import IZIUM
from disclosure.served import NightHouse, Served

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


def test_nothing_is_cut_off_on_the_smallest_phone(browser, served: Served) -> None:
    page = browser.new_context(viewport={"width": 320, "height": 640}).new_page()
    for path in PAGES:
        page.goto(f"http://127.0.0.1:{served.port}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(browser, served: Served, violations, scheme: str) -> None:
    """Contrast is in it: WCAG 2.2 AA, 1.4.3, at least 4.5 to 1."""
    page = browser.new_context(color_scheme=scheme).new_page()
    for path in (*PAGES, "/desk/waiting"):
        page.goto(f"http://127.0.0.1:{served.port}{path}")
        assert violations(page) == []
