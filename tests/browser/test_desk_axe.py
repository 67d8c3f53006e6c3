"""Every screen of the desk is accessible, in both languages and with real content."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

import pytest

from app.desk_world import Desk, ServedDesk, night_folder, whole
from vidomo.app.web.desk import table_of_routes
from vidomo.desk.people import Role

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


class _NoHouse:
    gazetteer = None


def _routes():
    from vidomo.app.web.desk.desk_site import DeskSite
    from vidomo.app.web.site import Site

    return table_of_routes(DeskSite(Site(_NoHouse()), folder=Path(), table=None))


SCREENS = [one for one in _routes() if one.method == "GET"]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDesk]:
    folder = tmp_path_factory.mktemp("desk")
    it = ServedDesk(Desk(night_folder(folder / "data", folder / "kept")))
    it.desk.person("first", whole(Role.ADMIN), password=True)
    it.desk.person("second", whole(Role.ADMIN), password=True)
    yield it
    it.stop()


@pytest.fixture(scope="module")
def contexts(browser, served: ServedDesk) -> Iterator[Mapping[str, object]]:
    person = served.desk.table.called("first")
    made = {
        lang: served.signed_in(browser, person, lang=lang, bypass_csp=True) for lang in ("uk", "en")
    }
    yield made
    for context in made.values():
        context.close()


@pytest.mark.parametrize("lang", ["uk", "en"])
@pytest.mark.parametrize("route", SCREENS, ids=lambda route: route.path)
def test_axe_finds_nothing_on_a_screen(contexts, served, violations, route, lang: str) -> None:
    table = served.desk.table
    world = served.desk.world(table.called("first"), table.called("second"))
    form = dict(route.example(world)) if route.example else {}
    world.house.close()
    path = route.path
    for name in re.findall(r"\{(\w+)(?::\w+)?\}", path):
        path = re.sub(r"\{" + name + r"(?::\w+)?\}", form.pop(name), path)
    path = f"{path}?{urlencode(form)}" if form else path
    answer = served.desk.client(table.called("first")).get(path)
    if "attachment" in answer.headers.get("content-disposition", ""):
        return  # a file
    if "<html" not in answer.text:
        return  # a part of a page
    page = contexts[lang].new_page()
    page.goto(f"{served.origin}{path}")
    assert page.locator("html").get_attribute("lang") == lang
    assert not violations(page)
    page.close()


def test_axe_finds_nothing_where_nobody_is_signed_in(browser, served, violations) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    for path in ("/desk/sign-in", "/desk/sign-in?lang=en"):
        page.goto(served.origin + path)
        assert not violations(page)
    context.close()


def test_axe_finds_nothing_in_an_exercise_and_in_the_list_of_keys(
    browser, tmp_path: Path, violations
) -> None:
    desk = Desk(night_folder(tmp_path / "data", tmp_path / "kept"), is_exercise=True)
    served = ServedDesk(desk)
    context = served.signed_in(browser, desk.person("drill", whole(Role.ADMIN)), bypass_csp=True)
    page = context.new_page()
    page.goto(f"{served.origin}/desk/inbox")
    assert not violations(page)
    page.keyboard.press("?")
    assert page.locator("#keys[open]").count() == 1
    assert not violations(page)
    context.close()
    served.stop()
