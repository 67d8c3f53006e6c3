"""The report as a page in a real browser: accessible, printable, within its own policy."""

from pathlib import Path

import pytest

from publish.sitrep.reports import IZIUM, RAION, report
from vidomo.publish.sitrep import as_html

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(browser, tmp_path: Path):
    def page_of(html: str, **options: object):
        target = tmp_path / "report.html"
        target.write_text(html, encoding="utf-8")
        context = browser.new_context(bypass_csp=bool(options.pop("bypass_csp", False)), **options)
        page = context.new_page()
        heard: list[str] = []
        page.on("console", lambda message: heard.append(message.text))
        page.on("requestfailed", lambda request: heard.append(request.url))
        page.goto(target.as_uri())
        return page, heard

    return page_of


@pytest.mark.parametrize("lang", ["uk", "en"])
@pytest.mark.parametrize("internal", [True, False])
@pytest.mark.parametrize("code", [IZIUM, RAION])
def test_axe_finds_nothing(opened, violations, lang: str, internal, code: str) -> None:
    html = as_html(report(code, lang=lang, is_internal=internal))
    # axe itself is a script, which the policy of the page keeps out.
    page, _ = opened(html, bypass_csp=True)
    assert violations(page) == []


def test_the_page_breaks_nothing_of_its_own_policy(opened) -> None:
    page, heard = opened(as_html(report()))
    assert heard == []
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "700"


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nothing_stands_out_of_the_page(opened, width: int) -> None:
    page, _ = opened(as_html(report()), viewport={"width": width, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width


def test_a_reference_is_reached_and_followed_by_keyboard(opened) -> None:
    page, _ = opened(as_html(report()))
    page.keyboard.press("Tab")
    target = page.evaluate("document.activeElement.getAttribute('href')")
    assert target.startswith("#n")
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(':target').id") == target.removeprefix("#")


def test_it_prints_with_internal_on_every_page(opened) -> None:
    import io

    import pypdf

    page, _ = opened(as_html(report(lang="en")))
    body = page.pdf(format="A4", prefer_css_page_size=True, print_background=True)
    pages = pypdf.PdfReader(io.BytesIO(body)).pages
    assert len(pages) > 1
    assert all("INTERNAL. Not for publication." in one.extract_text() for one in pages)
