"""Residents' pages in a real browser: without scripts, without a network, live, on a small phone."""

import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
import pytest

from disclosure.night import IZIUM, night
from disclosure.served import NightHouse, Served
from publish.residents.leaves import alert, quiet
from vidomo.app.live import LiveHouse
from vidomo.app.web import tree as trees
from vidomo.situation.model import Situation

PLACE = f"/place/{IZIUM}/"
CAPITAL = "UA80000000000093317"
PAGES = ("/", "/en/", PLACE, f"/en{PLACE}", f"/ru{PLACE}", "/search?q=Шевченкове", "/x")
UNKNOWN = "Ця сторінка не знає, чи є тривога."

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


class Changing(NightHouse):
    """A house whose situation a test can set."""

    def __init__(self, found: Situation) -> None:
        super().__init__()
        self.found = found

    def set(self, found: Situation) -> None:
        self.found = found
        self.written += 1

    def situation(self, **_: object) -> Situation:
        return msgspec.structs.replace(self.found, valid_at=self.now(), known_at=self.now())


@pytest.fixture(scope="module")
def kept() -> Iterator[Served]:
    it = Served(Changing(night()), offered=("uk", "en", "ru"), beat_s=0.5)
    yield it
    it.stop()


@pytest.fixture
def served(kept: Served) -> Served:
    kept.house.set(night())
    return kept


def open_page(browser, served: Served, path: str = PLACE, **options: object):
    page = browser.new_context(**options).new_page()
    page.goto(f"http://127.0.0.1:{served.port}{path}")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_on_any_page(browser, served, violations, scheme: str) -> None:
    page = browser.new_context(color_scheme=scheme).new_page()
    for path in (*PAGES, f"{PLACE}notice", "/check") if scheme == "light" else ("/", PLACE):
        page.goto(f"http://127.0.0.1:{served.port}{path}")
        assert violations(page) == []


def test_axe_finds_nothing_wrong_under_an_alert(browser, served: Served, violations) -> None:
    served.house.set(alert("on"))
    assert violations(open_page(browser, served)) == []


def test_one_answer_is_all_that_the_first_content_needs(browser, served: Served) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for path in ("/", PLACE):
        asked.clear()
        page.goto(f"http://127.0.0.1:{served.port}{path}")
        assert [url for url in asked if not url.startswith("data:")] == [page.url]
        assert page.locator("h1").is_visible()
    assert said == []


def test_nothing_is_said_against_the_policy_with_scripts_on(browser, served: Served) -> None:
    page = browser.new_context().new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in ("/", PLACE):
        page.goto(f"http://127.0.0.1:{served.port}{path}")
        page.wait_for_timeout(200)
    assert said == []


def test_a_place_is_found_and_read_without_scripts(browser, served: Served) -> None:
    page = open_page(browser, served, "/", java_script_enabled=False)
    page.fill("input[name=q]", "Изюме")
    page.keyboard.press("Enter")
    page.wait_for_url("**/place/**")
    assert page.inner_text("h1") == "Ізюм"
    assert "Оновіть сторінку" in page.inner_text("#asof")
    page.click("nav a[lang=en]")
    assert page.inner_text("h1") == "Izium"
    assert "Part has no power" in page.inner_text("main")


def test_nothing_is_cut_off_at_320_pixels_nor_at_200_per_cent(browser, served: Served) -> None:
    """At 640 pixels and 200 % a page has 320 to lay itself out in (WCAG 2.2, 1.4.10)."""
    page = browser.new_context(viewport={"width": 320, "height": 640}).new_page()
    for path in ("/", PLACE, f"/en{PLACE}", "/search?q=Шевченкове"):
        page.goto(f"http://127.0.0.1:{served.port}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.evaluate("document.documentElement.style.fontSize = '200%'")  # text alone, 1.4.4
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_targets_are_large_enough_and_the_keyboard_reaches_the_content(browser, served) -> None:
    page = open_page(browser, served, viewport={"width": 390, "height": 844})
    for target in page.locator("button, header a, .calls a[href^=tel]").all():
        assert target.bounding_box()["height"] >= 24  # WCAG 2.2, 2.5.8
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


def test_an_open_page_changes_without_a_reload_and_keeps_what_is_typed(browser, served) -> None:
    page = open_page(browser, served)
    page.evaluate("window.mark = true")
    page.fill("input[name=q]", "Балакл")
    page.wait_for_timeout(400)
    begun = time.monotonic()
    served.house.set(night(power="out"))
    page.get_by_text("Світла немає").wait_for(timeout=3000)
    assert time.monotonic() - begun < 1
    assert page.evaluate("window.mark")
    assert page.input_value("input[name=q]") == "Балакл"
    assert page.inner_text("#said") == "Сторінка оновилася."


def test_a_page_is_read_offline_after_one_visit_with_its_age_in_large_letters(
    browser, served: Served
) -> None:
    page = open_page(browser, served)
    page.evaluate("navigator.serviceWorker.ready")
    until(lambda: page.evaluate("caches.open('pages-1').then(c => c.keys()).then(k => k.length)"))
    page.context.set_offline(True)
    page.goto(f"http://127.0.0.1:{served.port}{PLACE}")
    assert page.inner_text("h1") == "Ізюм"
    assert "Частина без світла" in page.inner_text("main")
    bar = page.locator("#off")
    assert bar.is_visible()
    assert re.search(r"Немає зв’язку\. Останнє оновлення:\s+\d+ секунд", bar.inner_text())
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('#off b')).fontSize)")
    assert size >= 27
    page.context.set_offline(False)
    bar.wait_for(state="hidden", timeout=8000)


def test_offline_the_start_page_stands_in_for_a_page_that_was_never_opened(
    browser, served: Served
) -> None:
    page = open_page(browser, served, f"/en{PLACE}")
    page.evaluate("navigator.serviceWorker.ready")
    kept = "caches.open('pages-1').then(c => c.match('/en/')).then(Boolean)"
    until(lambda: page.evaluate(kept))
    page.context.set_offline(True)
    page.goto(f"http://127.0.0.1:{served.port}/en/place/{CAPITAL}/")
    assert page.url.endswith("/en/")
    assert "What is known now" in page.inner_text("h1")
    assert page.locator("#off").is_visible()


def test_the_start_page_is_kept_however_many_places_are_opened(browser, served: Served) -> None:
    page = open_page(browser, served)
    page.evaluate("navigator.serviceWorker.ready")
    paths = (
        "caches.open('pages-1').then(c => c.keys()).then(k => k.map(r => new URL(r.url).pathname))"
    )
    until(lambda: "/" in page.evaluate(paths))
    oblasts = page.context.request.get(f"http://127.0.0.1:{served.port}/").text()
    for path in re.findall(r'href="(/place/UA\d+/)"', oblasts)[:8]:
        page.goto(f"http://127.0.0.1:{served.port}{path}")
        until(lambda path=path: path in page.evaluate(paths))
    kept = page.evaluate(paths)
    assert "/" in kept
    assert PLACE not in kept
    assert len(kept) <= 7


def test_kept_pages_are_renewed_while_there_is_a_network(browser, served: Served) -> None:
    page = open_page(browser, served)
    page.evaluate("navigator.serviceWorker.ready")
    words = f"caches.open('pages-1').then(c => c.match('{PLACE}')).then(r => r ? r.text() : '')"
    until(lambda: "Частина без світла" in page.evaluate(words))
    page.goto(f"http://127.0.0.1:{served.port}/search?q=")  # the page is open no more
    served.house.set(quiet())
    age_kept_page(page, minutes=11)
    page.goto(f"http://127.0.0.1:{served.port}/en/")
    until(lambda: "Частина без світла" not in page.evaluate(words))
    assert "Ізюм" in page.evaluate(words)


def test_a_kept_page_says_nothing_of_an_alert_after_five_minutes(browser, served: Served) -> None:
    served.house.set(alert("on"))
    page = open_page(browser, served)
    page.evaluate("navigator.serviceWorker.ready")
    until(lambda: page.evaluate("caches.open('pages-1').then(c => c.keys()).then(k => k.length)"))
    page.context.set_offline(True)
    page.reload()
    assert "Повітряна тривога" in page.inner_text("#alert")
    age_kept_page(page, minutes=6)
    page.reload()
    assert UNKNOWN in page.inner_text("#alert")
    assert "Повітряна тривога" not in page.inner_text("main")
    assert "6 хвилин тому" in page.inner_text("#off")


def test_an_open_page_drops_the_alert_after_five_minutes_without_contact(browser, served) -> None:
    served.house.set(alert("on"))
    page = browser.new_context().new_page()
    page.clock.install()
    page.goto(f"http://127.0.0.1:{served.port}{PLACE}")
    assert "Повітряна тривога" in page.inner_text("#alert")
    page.context.set_offline(True)
    page.route("**/*", lambda route: route.abort())
    served.house.set(quiet())
    page.evaluate("window.stop()")
    page.clock.run_for(4 * 60_000)
    page.clock.run_for(2 * 60_000)
    assert UNKNOWN in page.inner_text("#alert")
    assert page.locator("#off").is_visible()


def until(is_so, seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_tree_that_nobody_keeps_up_shows_no_alert(browser, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(trees, "places_of", lambda *_, **__: (IZIUM,))
    trees.Tree(Changing(alert("on")), tmp_path).render()
    answers = partial(QuietHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), answers) as files:
        threading.Thread(target=files.serve_forever, daemon=True).start()
        page = browser.new_context().new_page()
        page.goto(f"http://127.0.0.1:{files.server_port}{PLACE}")
        assert "Повітряна тривога" in page.inner_text("#alert")
        beat = tmp_path / "beat.txt"
        beat.write_text(str(int(beat.read_text()) - 600))
        page.reload()
        page.locator("#alert", has_text=UNKNOWN).wait_for(timeout=5000)
        assert page.locator("#off").is_visible()
        files.shutdown()


class QuietHandler(SimpleHTTPRequestHandler):
    """Any web server, with nothing to say about it."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def age_kept_page(page, *, minutes: int) -> None:
    """Make the page that the browser keeps older than it is."""
    page.evaluate(
        """async minutes => {
          const pages = await caches.open('pages-1');
          for (const request of await pages.keys()) {
            const kept = await pages.match(request);
            const head = new Headers(kept.headers);
            head.set('x-kept', String(Number(head.get('x-kept')) - minutes * 60e3));
            await pages.put(request, new Response(await kept.text(), {headers: head}));
          }
        }""",
        minutes,
    )


def test_a_post_imported_by_another_process_changes_an_open_page_within_a_second(
    browser, tmp_path: Path
) -> None:
    folder, posts = tmp_path / "data", tmp_path / "posts.jsonl"
    now = datetime.now(UTC)  # noqa: TID251 - the other process has the machine's clock

    def take_in(number: int, age: timedelta, text: str) -> None:
        row = {"id": str(number), "source": "izium_mva", "posted_at": (now - age).isoformat()}
        posts.write_text(json.dumps({**row, "text": text}) + "\n", "utf-8")
        vidomo = Path(sys.executable).with_name("vidomo")
        subprocess.run([vidomo, "import", posts, "--data", folder], check=True, timeout=60)

    take_in(1, timedelta(minutes=30), "Ізюм. Світла немає в усьому місті.")
    it = Served(LiveHouse(folder))
    try:
        page = open_page(browser, it)
        assert "Світла немає" in page.inner_text("main")
        take_in(2, timedelta(minutes=1), "Ізюм. Електропостачання в місті відновлено повністю.")
        page.get_by_text("Світло повернули").wait_for(timeout=1000)
    finally:
        it.stop()
