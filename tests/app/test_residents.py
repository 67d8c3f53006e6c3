"""Residents' pages, asked over a real connection on this machine."""

import gzip
import json
import time
from datetime import timedelta
from urllib.parse import quote

import pytest

from disclosure.night import IZIUM, SECRET, at
from disclosure.served import NightHouse, Served
from vidomo.app.web import present
from vidomo.gazetteer import Gazetteer

BUDGET = 14_336


class Night(NightHouse):
    """The night, whose clock a test can move."""

    def __init__(self) -> None:
        super().__init__()
        self.folds = 0

    def situation(self, *, valid_at=None, known_at=None):
        self.folds += 1
        return super().situation(valid_at=valid_at, known_at=known_at)


@pytest.fixture(scope="module")
def served():
    it = Served(Night(), offered=("uk", "en", "ru"))
    yield it
    it.stop()


def test_the_start_page_and_a_place_come_in_every_offered_language(served: Served) -> None:
    for path, word in (
        ("/", "Що відомо зараз"),
        ("/en/", "What is known now"),
        ("/ru/", "Что известно сейчас"),
        (f"/place/{IZIUM}/", "Частина без світла"),
        (f"/en/place/{IZIUM}/", "Part has no power"),
        (f"/ru/place/{IZIUM}", "Часть без света"),
    ):
        answer, body = served.get(path)
        assert answer.status == 200
        assert word in body.decode()
        assert len(gzip.compress(body, 9)) <= BUDGET


def test_a_page_is_sent_as_it_was_made_for_everybody(served: Served) -> None:
    served.get("/")
    before = served.house.folds
    for _ in range(20):
        served.get(f"/place/{IZIUM}/")
    assert served.house.folds == before


def test_a_browser_that_has_the_page_is_told_so(served: Served) -> None:
    first, body = served.get("/", **{"Accept-Encoding": "gzip"})
    assert gzip.decompress(body).startswith(b"<!doctype html>")
    assert len(body) <= BUDGET
    again, nothing = served.get("/", **{"If-None-Match": first.getheader("etag")})
    assert (again.status, nothing) == (304, b"")
    assert first.getheader("cache-control") == "no-cache"


def test_residents_see_the_present_only(served: Served) -> None:
    served.get("/")
    before = len(served.house.asked)
    _, then = served.get(f"/place/{IZIUM}/?at=2025-12-20T15:00Z&known=2025-12-20T15:00Z")
    _, now = served.get(f"/place/{IZIUM}/")
    assert then == now
    assert all(asked == (None, None) for asked in served.house.asked[before:])


def test_an_address_of_the_old_form_leads_to_its_language(served: Served) -> None:
    answer, _ = served.get(f"/place/{IZIUM}?lang=en")
    assert (answer.status, answer.getheader("location")) == (303, f"/en/place/{IZIUM}")
    assert served.get("/en/?lang=uk")[0].getheader("location") == "/"


def test_the_short_address_leads_to_the_place(served: Served) -> None:
    answer, _ = served.get("/p/29555")
    assert (answer.status, answer.getheader("location")) == (303, f"/place/{IZIUM}/")
    answer, _ = served.get("/en/p/29555")
    assert answer.getheader("location") == f"/en/place/{IZIUM}/"
    assert served.get("/p/99999999")[0].status == 404


def test_no_two_places_share_a_short_address() -> None:
    from vidomo.app.web.residents import shorts

    atlas = Gazetteer.open()
    assert len(shorts(atlas)) == sum(1 for _ in atlas.units())


def test_the_search_leads_to_one_hit_and_lists_namesakes(served: Served) -> None:
    answer, _ = served.get("/search?q=" + quote("Изюме"))
    assert (answer.status, answer.getheader("location")) == (303, f"/place/{IZIUM}/")
    answer, body = served.get("/en/search?q=" + quote("Шевченкове"))
    assert answer.status == 200
    assert "Tell equal names apart" in body.decode()
    assert "Напишіть назву" in served.text("/search")


def test_the_state_for_machines_goes_through_the_gate_for_residents(served: Served) -> None:
    answer, body = served.get(f"/api/state/{IZIUM}")
    assert answer.getheader("content-type") == "application/json"
    state = json.loads(body)
    assert state["policy"] == "ua-public"
    assert state["places"][0]["place"] == IZIUM
    assert SECRET not in body.decode()
    assert "rewrite_one" not in body.decode()


def test_no_id_leads_to_a_post_that_was_taken_back(served: Served) -> None:
    told = json.loads(served.get(f"/api/state/{IZIUM}")[1])
    assert told["changes"]
    # The id is a digest of source and number: whoever tries every number finds the address.
    assert all(one["report"] == one["url"] == "" for one in told["changes"])


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/app.js", "text/javascript"),
        ("/sw.js", "text/javascript"),
        ("/app.webmanifest", "application/manifest+json"),
        ("/icon.svg", "image/svg+xml"),
    ],
)
def test_what_a_browser_needs_beside_the_page_is_served_from_here(
    served: Served, path: str, kind: str
) -> None:
    answer, body = served.get(path)
    assert answer.status == 200
    assert answer.getheader("content-type").startswith(kind)
    assert body
    again, _ = served.get(path, **{"If-None-Match": answer.getheader("etag")})
    assert again.status == 304


def test_only_our_own_script_may_run(served: Served) -> None:
    for path in ("/", "/app.js", "/nowhere", "/search"):
        policy = served.get(path)[0].getheader("content-security-policy")
        assert "script-src 'self'" in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


def test_a_place_that_does_not_exist_is_named_in_the_language_of_the_path(served: Served) -> None:
    answer, body = served.get("/en/place/UA00/")
    assert answer.status == 404
    assert "There is no place with the code UA00" in body.decode()
    assert "Напишіть" not in body.decode()
    answer, body = served.get("/ru/nowhere")
    assert (answer.status, "страницы нет" in body.decode()) == (404, True)


def test_an_error_tells_residents_nothing_but_that_it_is_ours() -> None:
    class Broken(Night):
        def situation(self, **_):
            raise RuntimeError(SECRET)

    it = Served(Broken())
    try:
        answer, body = it.get("/")
        assert answer.status == 500
        assert SECRET not in body.decode()
        assert "script-src 'self'" in answer.getheader("content-security-policy")
    finally:
        it.stop()


def test_what_was_written_is_shown_by_the_next_answer(served: Served) -> None:
    served.get("/")
    before = served.house.folds
    served.house.written += 1
    served.get("/")
    assert served.house.folds == before + 1


def test_the_minute_of_the_page_is_that_of_the_house(served: Served) -> None:
    assert served.house.now() - at("20 22:30") == timedelta(0)
    assert 'data-at="2025-12-20T20:30:00Z"' in served.text("/")


class Slow(Night):
    """A house with so much in it that telling the present takes its time."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds = 0.0

    def situation(self, *, valid_at=None, known_at=None):
        time.sleep(self.seconds)
        return super().situation(valid_at=valid_at, known_at=known_at)


def test_nobody_waits_for_a_house_that_takes_long_to_tell_something_new() -> None:
    it = Served(Slow())
    try:
        first = it.text(f"/place/{IZIUM}/")
        it.house.seconds = 2.0
        it.house.written += 1
        begun = time.monotonic()
        assert it.text(f"/place/{IZIUM}/") == first
        assert "Харківська" in it.text("/place/UA63000000000041885/")
        assert time.monotonic() - begun < 2.0
        deadline = time.monotonic() + 10
        while it.house.folds < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert it.house.folds == 2
    finally:
        it.stop()


def test_a_present_that_is_too_old_is_shown_to_nobody(monkeypatch) -> None:
    monkeypatch.setattr(present, "KEPT_S", 0.2)
    it = Served(Slow())
    try:
        it.text("/")
        it.house.seconds = 1.0
        it.house.written += 1
        time.sleep(0.3)
        it.text("/")
        assert it.house.folds == 2
    finally:
        it.stop()
