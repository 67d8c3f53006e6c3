"""The desk by keyboard alone, in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk_world import Desk, ServedDesk, night_folder, whole
from vidomo.app.web.desk.me import EXAMPLE_PASSWORD
from vidomo.desk.people import Role

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDesk]:
    folder = tmp_path_factory.mktemp("desk")
    it = ServedDesk(Desk(night_folder(folder / "data", folder / "kept")))
    it.desk.person("olena", whole(Role.ADMIN), password=True)
    yield it
    it.stop()


def _at(page, path: str) -> None:
    page.wait_for_url(re.compile(r"http://[^/]*" + re.escape(path) + r"(\?|$)"))


def _sign_in(page, served: ServedDesk) -> None:
    page.goto(f"{served.origin}/desk/inbox")
    page.keyboard.type("olena")
    page.keyboard.press("Tab")
    page.keyboard.type(EXAMPLE_PASSWORD)
    page.keyboard.press("Enter")
    _at(page, "/desk/inbox")


def test_a_night_begins_and_ends_by_keyboard_alone(browser, served: ServedDesk) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    _sign_in(page, served)
    page.keyboard.press("u")
    _at(page, "/desk/audit")
    page.keyboard.press("p")
    _at(page, "/desk/")
    page.go_back()
    page.keyboard.press("i")
    _at(page, "/desk/inbox")
    page.keyboard.press("?")
    assert "Вхідні" in page.locator("#keys-list").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#keys[open]").count() == 0
    button = page.get_by_role("button", name="Вийти")
    for _ in range(40):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    _at(page, "/desk/sign-in")
    page.goto(f"{served.origin}/desk/inbox")
    _at(page, "/desk/sign-in")
    assert not [line for line in said if "Content Security" in line or "integrity" in line]
    context.close()


def test_a_letter_typed_in_a_field_opens_nothing_and_keys_can_be_put_off(
    browser, served: ServedDesk
) -> None:
    context = served.signed_in(browser, served.desk.table.called("olena"))
    page = context.new_page()
    page.goto(f"{served.origin}/desk/audit")
    page.get_by_label(re.compile("Про що")).focus()
    page.keyboard.type("iup?")
    assert page.get_by_label(re.compile("Про що")).input_value() == "iup?"
    page.locator("main").focus()
    page.keyboard.press("?")
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("i")
    page.wait_for_timeout(200)
    assert page.url.endswith("/desk/audit")
    page.reload()
    page.keyboard.press("i")
    page.wait_for_timeout(200)
    assert page.url.endswith("/desk/audit")
    context.close()


def test_a_statement_is_decided_from_the_inbox_by_keyboard_alone(
    browser, served: ServedDesk
) -> None:
    context = served.signed_in(browser, served.desk.table.called("olena"))
    page = context.new_page()
    page.goto(f"{served.origin}/desk/inbox")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == "Подія"
    page.keyboard.press("Enter")
    _at(page, page.url.removeprefix(served.origin))
    page.get_by_role("link", name="Відкрити").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/desk/claim/"))
    page.keyboard.press("?")
    assert "Підтвердити" in page.locator("#keys-list").inner_text()
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    page.keyboard.type("подзвонили черговому")
    page.keyboard.press("Enter")
    page.get_by_role("status").wait_for()
    assert page.get_by_role("status").inner_text() == "Підтверджено."
    context.close()


def test_escape_leaves_a_field_so_that_keys_work_and_keeps_what_was_typed(
    browser, served: ServedDesk
) -> None:
    context = served.signed_in(browser, served.desk.table.called("olena"))
    page = context.new_page()
    page.goto(f"{served.origin}/desk/calls")
    page.keyboard.type("u")
    page.keyboard.press("Escape")
    assert page.locator("[name=who]").input_value() == "u"
    page.keyboard.press("u")
    _at(page, "/desk/audit")
    context.close()


def test_a_key_works_with_the_ukrainian_layout_on(browser, served: ServedDesk) -> None:
    context = served.signed_in(browser, served.desk.table.called("olena"))
    page = context.new_page()
    page.goto(f"{served.origin}/desk/inbox")
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'г', code: 'KeyU', bubbles: true}))"
    )
    _at(page, "/desk/audit")
    context.close()


def test_a_decision_is_taken_without_scripts(browser, served: ServedDesk) -> None:
    context = served.signed_in(
        browser, served.desk.table.called("olena"), java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{served.origin}/desk/inbox")
    page.locator("a[href^='/desk/claim/']").first.click()
    form = page.locator("form[action$='/confirm']")
    form.get_by_label("Чому").fill("перевірено телефоном")
    form.get_by_role("button").click()
    assert page.get_by_role("status").inner_text() == "Підтверджено."
    page.goto(f"{served.origin}/desk/audit")
    assert "перевірено телефоном" in page.locator("table").inner_text()
    context.close()


@pytest.mark.parametrize("path", ["/desk/inbox", "/desk/audit", "/desk/me", "/desk/"])
def test_a_page_fits_a_phone_of_320_pixels(browser, served: ServedDesk, path: str) -> None:
    context = served.signed_in(
        browser, served.desk.table.called("olena"), viewport={"width": 320, "height": 600}
    )
    page = context.new_page()
    page.goto(f"{served.origin}{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_focus_is_seen_wherever_it_goes(browser, served: ServedDesk) -> None:
    context = served.signed_in(browser, served.desk.table.called("olena"))
    page = context.new_page()
    page.goto(f"{served.origin}/desk/me")
    for _ in range(20):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement);"
            " return document.activeElement === document.body || parseFloat(s.outlineWidth) >= 2; }"
        )
        assert seen
    context.close()


def test_the_desk_keeps_nothing_in_the_browser(browser, tmp_path: Path, served) -> None:
    context = served.signed_in(browser, served.desk.table.called("olena"))
    page = context.new_page()
    answer = page.goto(f"{served.origin}/desk/inbox")
    assert answer.headers["cache-control"] == "no-store"
    assert (
        page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
    )
    context.close()
