"""The forms of the desk in a real browser, by keyboard and without violations."""

import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from app.desk_world import IZIUM, Desk, Hands, night_folder, whole
from vidomo.desk.people import Role
from vidomo.desk.sessions import new_session

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a desk, and the cookie of somebody who is signed in there."""
    base = tmp_path_factory.mktemp("forms-browser")
    with Desk(night_folder(base / "data", base / "kept"), clock=Hands()) as desk:
        person = desk.person("viewer", whole(Role.VIEWER))
        token, session = new_session(person.id, at=desk.clock(), lang="uk")
        desk.table.open_session(session)
        config = uvicorn.Config(desk.app, host="127.0.0.1", port=0, log_level="error")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        address = f"http://127.0.0.1:{port}"
        yield address, {"name": "vidomo-desk", "value": token, "url": address}
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture
def page(browser, served):
    context = browser.new_context(bypass_csp=True, viewport={"width": 1200, "height": 900})
    context.add_cookies([served[1]])
    it = context.new_page()
    it.set_default_timeout(15_000)
    yield it
    context.close()


def test_a_form_is_filled_by_keyboard_alone(page, served) -> None:
    page.goto(f"{served[0]}/desk/forms/community/power")
    page.keyboard.type("Ізюм")
    page.keyboard.press("Enter")
    page.wait_for_selector("textarea[name=draft]")
    assert page.locator("textarea[name=draft]").input_value().startswith("Ізюм: світло")


def test_axe_finds_nothing_on_the_list_the_form_and_the_filled_text(
    page, served, violations
) -> None:
    page.goto(f"{served[0]}/desk/forms")
    assert not violations(page)
    for key in ("community/help-points", "community/all-clear", "community/written-report"):
        page.goto(f"{served[0]}/desk/forms/{key}?place={IZIUM}")
        assert not violations(page)
        page.get_by_role("button", name="Заповнити").click()
        page.wait_for_selector("textarea[name=draft]")
        assert not violations(page)


def test_a_filled_text_fits_a_narrow_window(browser, served) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 600})
    context.add_cookies([served[1]])
    page = context.new_page()
    page.goto(f"{served[0]}/desk/forms/community/power?place={IZIUM}")
    page.get_by_role("button", name="Заповнити").click()
    page.wait_for_selector("textarea[name=draft]")
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert width <= 320
