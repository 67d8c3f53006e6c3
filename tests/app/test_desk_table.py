"""Every path of the desk, from the table of routes: who is let through, and who is not."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

import pytest

from app.desk_world import IZIUM_RAION, LVIV, Client, Desk, night_folder, whole
from vidomo.app.web.desk import table_of_routes
from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.desk.route import DeskRoute, DeskWorld
from vidomo.app.web.site import Site
from vidomo.desk.people import Grant, Role


class _NoHouse:
    gazetteer = None


ROUTES = table_of_routes(DeskSite(Site(_NoHouse()), folder=Path(), table=None))
IDS = [f"{one.method} {one.path}" for one in ROUTES]
POSTS = [one for one in ROUTES if one.method == "POST"]
POST_IDS = [one.path for one in POSTS]
every_route = pytest.mark.parametrize("route", ROUTES, ids=IDS)
every_act = pytest.mark.parametrize("route", POSTS, ids=POST_IDS)


@pytest.fixture(scope="module")
def kept_night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("night") / "kept"
    night_folder(folder.parent / "first", folder)
    return folder


@pytest.fixture
def desk(tmp_path: Path, kept_night: Path) -> Iterator[Desk]:
    with Desk(night_folder(tmp_path / "data", kept_night)) as it:
        yield it


class Acting:
    """A desk with two people who may do everything, and a valid request for a route."""

    def __init__(self, desk: Desk, route: DeskRoute) -> None:
        self.desk, self.route = desk, route
        self.person = desk.person("first", whole(Role.ADMIN), password=True)
        self.other = desk.person("second", whole(Role.ADMIN), password=True)
        world = desk.world(self.person, self.other)
        self.form = _example(route, world)
        world.house.close()

    def send(self, client: Client, **options):
        path, form = _filled(self.route.path, self.form)
        if self.route.method == "GET":
            return client.get(f"{path}?{urlencode(form)}" if form else path)
        return client.post(path, form, **options)


def _example(route: DeskRoute, world: DeskWorld) -> dict[str, str]:
    return dict(route.example(world)) if route.example else {}


def _filled(path: str, form: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    rest = dict(form)
    for name, value in form.items():
        for written in (f"{{{name}}}", f"{{{name}:path}}"):
            if written in path:
                path = path.replace(written, value)
                rest.pop(name, None)
    return path, rest


@every_route
def test_a_path_answers_whoever_may(desk: Desk, route: DeskRoute) -> None:
    acting = Acting(desk, route)
    answer = acting.send(desk.client(acting.person))
    assert answer.status < 400, answer.text
    assert answer.headers["cache-control"] == "no-store"
    for form in re.findall(r"<form[^>]*post.*?</form>", answer.text, re.DOTALL):
        assert 'name="csrf"' in form


@every_route
def test_a_path_is_closed_to_whoever_is_not_signed_in(desk: Desk, route: DeskRoute) -> None:
    acting = Acting(desk, route)
    before = desk.last_seq
    answer = acting.send(desk.client())
    if route.method == "GET":
        assert answer.status == 303
        assert answer.headers["location"].startswith("/desk/sign-in?next=")
    else:
        assert answer.status == 401
    assert desk.last_seq == before


@every_act
def test_an_act_needs_the_token_of_its_session(desk: Desk, route: DeskRoute) -> None:
    acting = Acting(desk, route)
    before = desk.last_seq
    others = desk.client(acting.other).csrf
    for token in ("", "x" * 43, others):
        assert acting.send(desk.client(acting.person), token=token).status == 403
    assert desk.last_seq == before


@every_act
def test_an_act_is_refused_from_another_site(desk: Desk, route: DeskRoute) -> None:
    acting = Acting(desk, route)
    before = desk.last_seq
    client = desk.client(acting.person)
    for headers in (
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": ""},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": "", "sec_fetch_site": "none"},
    ):
        assert acting.send(client, **headers).status == 403
    assert desk.last_seq == before


@every_route
def test_a_path_is_closed_to_the_wrong_role(desk: Desk, route: DeskRoute) -> None:
    acting = Acting(desk, route)
    before = desk.last_seq
    lower = Role(route.needs - 1) if route.needs > Role.VIEWER else None
    weak = desk.person("weak", *([whole(lower)] if lower else []))
    assert acting.send(desk.client(weak)).status == 403
    assert desk.last_seq == before


@pytest.mark.parametrize(
    "route",
    [one for one in ROUTES if one.scope or (one.method == "POST" and not one.anywhere)],
    ids=lambda one: f"{one.method} {one.path}",
)
def test_a_path_is_closed_to_the_wrong_territory(desk: Desk, route: DeskRoute) -> None:
    acting = Acting(desk, route)
    before = desk.last_seq
    here = LVIV if route.scope else IZIUM_RAION
    elsewhere = desk.person("elsewhere", Grant(Role.ADMIN, here))
    assert acting.send(desk.client(elsewhere)).status == 403
    assert desk.last_seq == before


@every_act
def test_an_act_is_refused_while_the_scenario_is_shown(tmp_path: Path, route: DeskRoute) -> None:
    if route.in_scenario:
        return
    with Desk(tmp_path / "empty") as desk:
        person = desk.person("first", whole(Role.ADMIN))
        path = re.sub(r"\{[^}]*\}", "x", route.path)
        answer = desk.client(person).post(path)
        assert answer.status == 409
        assert desk.last_seq == 0
