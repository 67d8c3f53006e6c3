"""The page about the interface for machines, in a real browser."""

from collections.abc import Iterator

import pytest

from disclosure.served import NightHouse, Served

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    it = Served(NightHouse())
    yield it
    it.stop()


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_axe_finds_nothing_and_the_page_fits_a_phone_within_its_policy(
    browser, served: Served, violations, lang: str
) -> None:
    address = f"http://127.0.0.1:{served.port}/api/?lang={lang}"
    context = browser.new_context(viewport={"width": 320, "height": 600})
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("h1").evaluate("it => it.getBoundingClientRect().x") >= 10
    assert not [line for line in said if "Content Security" in line]
    context.close()
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(address)
    assert not violations(page)
    context.close()


def test_a_page_of_another_site_may_read_an_answer_and_not_the_desk(
    browser, served: Served
) -> None:
    other = Served(NightHouse())
    page = browser.new_context(bypass_csp=True).new_page()
    try:
        page.goto(f"http://127.0.0.1:{other.port}/check")
        here = f"http://127.0.0.1:{served.port}"
        read = "async it => { try { return (await fetch(it)).status } catch { return 0 } }"
        assert page.evaluate(read, f"{here}/api/v1/") == 200
        assert page.evaluate(read, f"{here}/api/v1/nowhere") == 404
        assert page.evaluate(read, f"{here}/desk/") == 0
        assert page.evaluate(read, f"{here}/") == 0
    finally:
        page.context.close()
        other.stop()
