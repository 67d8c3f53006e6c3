"""Alerts in a real browser, by keyboard alone: written, approved by a second person, corrected."""

import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from app.alert_desks import BOSS
from app.desk_world import Desk, Hands, night_folder
from desk.alerts.worlds import IZIUM, OWN
from vidomo.app.alert_acts import AlertDesk
from vidomo.desk.alerts.wordings import wordings
from vidomo.desk.people import Grant, Person, Role
from vidomo.desk.sessions import new_session
from vidomo.publish.alerts.keys import keys_folder, new_key

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


class Served:
    """A desk that is served, with an editor and two approvers."""

    def __init__(self, desk: Desk, address: str) -> None:
        self.desk, self.address = desk, address
        self.people = {
            "olena": desk.person("olena", Grant(Role.EDITOR, "UA")),
            "taras": desk.person("taras", Grant(Role.APPROVER, "UA")),
        }

    def cookie(self, person: Person, lang: str = "uk") -> dict[str, str]:
        token, session = new_session(person.id, at=self.desk.clock(), lang=lang)
        self.desk.table.open_session(session)
        return {"name": "vidomo-desk", "value": token, "url": self.address}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    base = tmp_path_factory.mktemp("alerts-browser")
    with Desk(night_folder(base / "data", base / "kept"), clock=Hands()) as desk:
        desk.site.write_now(lambda house: ready(desk, house))
        new_key(keys_folder(desk.folder), holder="Izium", is_exercise=False, now=desk.clock())
        desk.clock.move(seconds=5)
        config = uvicorn.Config(desk.app, host="127.0.0.1", port=0, log_level="error")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield Served(desk, f"http://127.0.0.1:{port}")
        server.should_exit = True
        thread.join(timeout=10)


def ready(desk: Desk, house) -> None:
    alerts = AlertDesk(
        house.journal,
        folder=desk.folder,
        gazetteer=house.gazetteer,
        people=desk.table.person,
        clock=desk.clock,
    )
    alerts.set_authority(BOSS, OWN)
    for name, one in wordings().items():
        alerts.approve_wording(BOSS, name, version=one.ref.version)


class Hand:
    """One person at one keyboard; the mouse is never touched."""

    def __init__(self, browser, served: Served, login: str) -> None:
        self.served = served
        self.context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
        self.context.add_cookies([served.cookie(served.people[login])])
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)

    def open(self, path: str = "/desk/alerts") -> None:
        self.page.goto(self.served.address + path)
        self.page.wait_for_load_state("networkidle")

    def key(self, letter: str) -> None:
        self.page.keyboard.press(letter)

    def follow(self, letter: str) -> None:
        with self.page.expect_navigation():
            self.key(letter)
        self.page.wait_for_load_state("networkidle")

    def send(self) -> None:
        self.served.desk.clock.move(seconds=1)
        with self.page.expect_navigation():
            self.key("Enter")
        self.page.wait_for_load_state("networkidle")

    def choose(self, wording: str) -> None:
        """Go to the choice of wordings with the tabulator and walk it with the arrows."""
        for _ in range(60):
            at = self.page.evaluate("document.activeElement.name || ''")
            if at == "wording":
                break
            self.key("Shift+Tab" if at == "places" else "Tab")
        for _ in range(10):
            if self.page.evaluate("document.activeElement.value") == wording:
                return
            self.key("ArrowDown")
        raise AssertionError(wording)

    def to_places(self) -> None:
        self.key("Tab")
        assert self.page.evaluate("document.activeElement.name") == "places"

    def confirm(self, letter: str) -> None:
        """Type the words that the page asks for, read from it as a person would."""
        words = self.page.locator("form strong").first.inner_text()
        self.key(letter)
        self.page.keyboard.type(words)
        self.send()

    def draft(self, wording: str, place: str) -> None:
        self.open()
        self.follow("n")
        self.choose(wording)
        self.to_places()
        self.key("Control+a")
        self.page.keyboard.type(place)
        self.send()

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.served.address)


@pytest.fixture
def hands(browser, served: Served) -> Iterator[dict[str, Hand]]:
    made = {login: Hand(browser, served, login) for login in served.people}
    yield made
    for one in made.values():
        one.context.close()


def test_one_person_drafts_a_warning_from_a_wording_issues_and_corrects_it(
    hands: dict[str, Hand], served: Served
) -> None:
    olena = hands["olena"]
    olena.draft("advice", "Ізюм")
    assert "Досить однієї людини" in olena.text
    olena.confirm("g")
    assert "Видано." in olena.text
    begun = time.monotonic()
    olena.open()
    olena.follow("x")  # the newest alert in force is one key away from being corrected
    olena.choose("shelter")
    olena.to_places()
    olena.send()
    assert "ВИПРАВЛЕННЯ. Ізюм: негайно в укриття" in olena.text
    olena.confirm("g")
    assert "Видано." in olena.text
    assert time.monotonic() - begun < 120
    feed = olena.context.request.get(f"{served.address}/alerts.atom").text()
    assert "ВИПРАВЛЕННЯ. Ізюм: негайно в укриття" in feed


def test_an_all_clear_takes_two_people_then_is_updated_and_cancelled(
    hands: dict[str, Hand], served: Served
) -> None:
    olena, taras = hands["olena"], hands["taras"]
    taras.draft("all_clear", "Ізюм")
    assert "Оголошено відбій повітряної тривоги в Ізюмі" in taras.text
    assert "Ви це написали, тому схвалити не можете" in taras.text
    olena.open(taras.path)
    assert "Схвалює той, хто має таке право" in olena.text
    served.people["anna"] = served.desk.person("anna", Grant(Role.APPROVER, "UA"))
    anna = Hand(olena.context.browser, served, "anna")
    anna.open(taras.path)
    anna.confirm("y")
    assert "Схвалено. Назовні ще нічого не вийшло." in anna.text
    olena.open(taras.path)
    assert "Друга людина схвалила саме це." in olena.text
    olena.confirm("g")
    assert "Видано." in olena.text
    first = olena.path
    olena.follow("s")
    olena.choose("shelter")
    olena.to_places()
    olena.send()
    olena.confirm("g")
    assert "Видано." in olena.text
    olena.open(first)
    assert "замінено новішим" in olena.text
    with olena.page.expect_navigation():
        olena.page.locator(".told a").focus()
        olena.key("Enter")
    olena.follow("k")
    assert "Скасування не є відбоєм" in olena.text
    assert "Потрібна друга людина" in olena.text
    anna.open(olena.path)
    anna.confirm("y")
    olena.open(olena.path)
    olena.confirm("g")
    assert "Видано." in olena.text
    anna.context.close()


def test_axe_finds_nothing_and_every_page_fits_a_narrow_window(
    browser, served: Served, violations
) -> None:
    hand = Hand(browser, served, "taras")
    hand.draft("shelter", "Ізюм")
    paths = [
        "/desk/alerts",
        "/desk/alerts/new",
        "/desk/alerts/hand",
        "/desk/alerts/wordings",
        "/desk/alerts/authority",
        hand.path,
        f"{hand.path}/edit",
    ]
    for path in paths:
        for lang in ("en", "uk"):
            hand.open(f"{path}?lang={lang}")
            assert not violations(hand.page), (path, lang)
        hand.page.set_viewport_size({"width": 360, "height": 700})
        assert hand.page.evaluate("document.documentElement.scrollWidth") <= 360, path
        hand.page.set_viewport_size({"width": 1280, "height": 900})
    hand.open("/alerts/")
    assert not violations(hand.page)
    assert IZIUM
    hand.context.close()
