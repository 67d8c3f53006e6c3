"""The outlook by keyboard alone, in both languages, with nothing that axe objects to."""

from collections.abc import Iterator

import pytest

from app.desk_world import Desk, ServedDesk, night_folder, whole
from vidomo.desk.people import Role

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDesk]:
    folder = tmp_path_factory.mktemp("outlook")
    it = ServedDesk(Desk(night_folder(folder / "data", folder / "kept")))
    it.desk.person("olena", whole(Role.EDITOR))
    yield it
    it.stop()


@pytest.mark.parametrize(
    ("lang", "exercise"), [("uk", "НАВЧАННЯ: мережа"), ("en", "EXERCISE: a public")]
)
def test_an_exercise_is_ordered_and_read_by_keyboard(
    browser, served, violations, lang: str, exercise: str
) -> None:
    person = served.desk.table.called("olena")
    context = served.signed_in(browser, person, lang=lang, bypass_csp=True)
    page = context.new_page()
    page.set_default_timeout(40_000)
    page.goto(f"{served.origin}/desk/me")
    page.wait_for_load_state("networkidle")
    with page.expect_navigation():
        page.keyboard.press("b")
    page.focus("input[name=purpose]")
    page.keyboard.type("drill")
    for _ in range(5):  # courses, three weights, then the box
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "run=" in page.url
    assert exercise in page.inner_text("main")
    assert page.locator("svg").count() == 5
    titles = page.locator("svg > title").all_text_contents()
    assert len(set(titles)) == 5
    page.locator("details > summary").first.press("Enter")
    assert page.locator("details[open]").count() == 2
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert not violations(page)
    page.set_viewport_size({"width": 360, "height": 740})
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    context.close()
