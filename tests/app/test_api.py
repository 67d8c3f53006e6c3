"""The interface for machines, asked over a real connection on this machine."""

import gzip
import json
from datetime import timedelta
from urllib.parse import quote

import pytest

from app.api_asking import ask, every_address
from disclosure.night import IZIUM, OBLAST, SECRET, at
from disclosure.planted import world
from disclosure.rendered import WorldHouse
from disclosure.served import NightHouse, Served
from vidomo.app.server import make_app
from vidomo.app.web import api
from vidomo.core.errors import MachineRefused
from vidomo.core.time import format_instant
from vidomo.publish.api.table import OPERATIONS

PLACE = f"/api/v1/places/{IZIUM}"


@pytest.fixture(scope="module")
def served():
    it = Served(NightHouse())
    yield it
    it.stop()


def got(served: Served, path: str, **headers: str) -> dict:
    answer, body = served.get(path, **headers)
    assert answer.status == 200, body
    return json.loads(body)


def refused(served: Served, path: str, *, method: str = "GET", **headers: str) -> tuple[int, dict]:
    answer, body = served.get(path, method=method, **headers)
    found = json.loads(body)
    assert set(found) == {"error"}
    assert set(found["error"]) == {"code", "message", "hint", "field"}
    assert answer.getheader("content-type") == "application/json"
    assert answer.getheader("cache-control") == "no-store"
    return answer.status, found["error"]


# what is answered -------------------------------------------------------------------------------


def test_a_place_is_found_by_a_name_and_tells_where_to_ask_on(served: Served) -> None:
    found = got(served, "/api/v1/places?q=" + quote("Изюме") + "&lang=en")
    assert found["places"][0]["place"]["code"] == IZIUM
    place = got(served, PLACE + "?lang=en")
    assert place["place"] == {"code": IZIUM, "name": "Izium", "level": "settlement"}
    assert place["names"]["uk"] == "Ізюм"
    assert [one["level"] for one in place["within"]] == ["hromada", "raion", "oblast"]
    for address in place["links"].values():
        assert got(served, address)["place"]["name"] == "Izium"


def test_the_state_of_a_place_comes_with_the_statements_behind_it(served: Served) -> None:
    state = got(served, PLACE + "/state?lang=en")
    rows = {row["dimension"]: row for row in state["dimensions"]}
    assert rows["power"]["phase"] == "partial"
    assert rows["power"]["phase_label"] == "Part has no power"
    assert rows["alert"] | {"is_said": False, "phase": "unknown"} == rows["alert"]
    said = {one["id"]: one for one in state["statements"]}
    assert all(claim in said for row in rows.values() for claim in row["statements"])
    assert state["about"]["is_exercise"]
    assert state["about"]["notice"].startswith("A training scenario")


def test_labels_come_in_every_language_and_ukrainian_first(served: Served) -> None:
    labels = [
        got(served, PLACE + "/state" + query)["dimensions"][2]["label"]
        for query in ("", "?lang=uk", "?lang=en", "?lang=ru")
    ]
    assert labels == ["Світло", "Світло", "Power", "Свет"]


def test_statements_advice_questions_changes_and_sources_have_addresses(served: Served) -> None:
    told = got(served, PLACE + "/timeline")["statements"]
    assert [one["said_at"] for one in told] == sorted(
        (one["said_at"] for one in told), reverse=True
    )
    advice = got(served, PLACE + "/advice")["advice"]
    assert any(one["statement"]["topic"] == "advice.shelter" for one in advice)
    assert not any(one["is_old"] for one in advice)
    questions = got(served, PLACE + "/questions")
    assert questions["questions"][0]["status"] in ("open", "answered", "withheld", "stale")
    assert {one["id"] for one in questions["statements"]} >= set(
        questions["questions"][0]["statements"]
    )
    changes = got(served, PLACE + "/changes")["changes"]
    assert changes
    assert all(set(one) == {"source", "how", "changed_at"} for one in changes)
    silent = {
        one["source"]: one["silent_since"] for one in got(served, PLACE + "/sources")["sources"]
    }
    assert silent["izium_mva"] is not None


def test_the_country_is_compared_as_coarsely_as_the_rules_ask(served: Served) -> None:
    rows = got(served, "/api/v1/country")["rows"]
    assert {row["place"]["level"] for row in rows if row["dimension"] != "alert"} == {"oblast"}
    power = got(served, "/api/v1/country?dimension=power&level=oblast")["rows"]
    assert [row["place"]["code"] for row in power] == [OBLAST]
    assert got(served, "/api/v1/country?level=raion")["rows"] == []


def test_alert_indexes_are_named_where_they_are_served_and_only_there(served: Served) -> None:
    found = got(served, "/api/v1/alerts")
    for address in found["indexes"].values():
        assert served.get(address)[0].status == 200
    assert got(served, found["states"])["rows"] is not None


def test_what_can_be_asked_is_listed_for_programs_and_for_people(served: Served) -> None:
    listed = got(served, "/api/v1/?lang=en")
    assert list(listed["addresses"]) == sorted(one.path for one in OPERATIONS)
    page = served.text("/api/?lang=en")
    for one in OPERATIONS:
        assert f"GET {one.path}" in page
    assert 'lang="uk"' in served.text("/api/")
    assert served.text("/api") is not None


def test_the_older_address_answers_as_before_and_minds_no_query(served: Served) -> None:
    state = got(served, f"/api/state/{IZIUM}?whatever=1")
    assert state["policy"] == "ua-public"
    assert state["places"][0]["place"] == IZIUM
    assert SECRET not in json.dumps(state, ensure_ascii=False)


def test_the_older_answer_holds_the_latest_and_what_the_present_rests_on(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = got(served, f"/api/state/{IZIUM}")
    monkeypatch.setattr(api, "TOLD", 2)
    told = got(served, f"/api/state/{IZIUM}")
    assert told["places"][0]["timeline"] == whole["places"][0]["timeline"][-2:]
    assert told["places"][0]["dimensions"] == whole["places"][0]["dimensions"]
    held = {one["claim"] for one in told["said"]}
    assert held < {one["claim"] for one in whole["said"]}
    assert {claim for row in told["places"][0]["dimensions"] for claim in row["said"]} <= held


# pages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "rows"),
    [
        (PLACE + "/timeline", "statements"),
        (PLACE + "/advice", "advice"),
        (PLACE + "/sources", "sources"),
        (f"{PLACE}/timeline?known_at=2025-12-20T19:00:00Z", "statements"),
        ("/api/v1/places?q=" + quote("Іванівка"), "places"),
        ("/api/v1/country", "rows"),
    ],
)
def test_page_after_page_holds_the_same_as_one_whole(served: Served, path: str, rows: str) -> None:
    sign = "&" if "?" in path else "?"
    whole = got(served, f"{path}{sign}limit=200")
    found, address = [], f"{path}{sign}limit=2"
    while address:
        page = got(served, address)
        assert len(page[rows]) <= 2
        found += page[rows]
        address = page["next"]
    assert whole["next"] is None
    assert found == whole[rows]


# caches, compression, methods -------------------------------------------------------------------


def test_whoever_has_the_answer_is_told_so(served: Served) -> None:
    first, body = served.get(PLACE + "/state")
    assert first.getheader("cache-control") == "no-cache"
    tag = first.getheader("etag")
    for has in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again, nothing = served.get(PLACE + "/state", **{"If-None-Match": has})
        assert (again.status, nothing) == (304, b"")
        assert again.getheader("etag") == tag
    assert served.get(PLACE + "/state", **{"If-None-Match": '"other"'})[1] == body


def test_an_answer_is_compressed_for_whoever_takes_that(served: Served) -> None:
    plain = served.get(PLACE + "/state")[1]
    answer, squeezed = served.get(PLACE + "/state", **{"Accept-Encoding": "gzip"})
    assert answer.getheader("content-encoding") == "gzip"
    assert gzip.decompress(squeezed) == plain
    assert served.get(PLACE + "/state", **{"Accept-Encoding": "gzip"})[1] == squeezed


def test_head_tells_the_same_without_the_body(served: Served) -> None:
    whole, body = served.get(PLACE + "/state")
    head, nothing = served.get(PLACE + "/state", method="HEAD")
    assert (head.status, nothing) == (200, b"")
    for name in ("etag", "content-type", "cache-control", "content-length"):
        assert head.getheader(name) == whole.getheader(name)
    assert int(head.getheader("content-length")) == len(body)


def test_any_page_may_read_the_answers_and_none_may_read_the_desk(served: Served) -> None:
    for path in (PLACE + "/state", "/api/v1/nowhere", "/api/openapi.json"):
        answer, _ = served.get(path, Origin="https://other.example")
        assert answer.getheader("access-control-allow-origin") == "*"
        assert answer.getheader("cross-origin-resource-policy") == "cross-origin"
        assert answer.getheader("access-control-allow-credentials") is None
    asked = {"Origin": "https://other.example", "Access-Control-Request-Method": "GET"}
    answer, _ = served.get(PLACE + "/state", method="OPTIONS", **asked)
    assert answer.status == 204
    assert "If-None-Match" in answer.getheader("access-control-allow-headers")
    for path in ("/desk/", f"/desk/api/state/{IZIUM}", "/", f"/place/{IZIUM}/"):
        answer, _ = served.get(path, Origin="https://other.example")
        assert answer.getheader("access-control-allow-origin") is None


# refusals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status", "code", "field"),
    [
        ("/api/v1/nowhere", 404, "no_such_address", ""),
        ("/api/nowhere", 404, "no_such_address", ""),
        ("/api/v1/places/UA999/state", 404, "no_such_place", "code"),
        (f"{PLACE}/incidents", 404, "no_such_address", ""),
        (PLACE + "/state?at=2025-12-20", 422, "unknown_parameter", "at"),
        (PLACE + "/state?lang=uk&lang=en", 422, "repeated_parameter", "lang"),
        (PLACE + "/state?lang=de", 422, "bad_value", "lang"),
        (PLACE + "/state?lang=", 422, "bad_value", "lang"),
        (PLACE + "/state?known_at=2025-12-20T12:00:00", 422, "bad_instant", "known_at"),
        (PLACE + "/state?valid_at=yesterday", 422, "bad_instant", "valid_at"),
        (PLACE + "/state?valid_at=0001-01-01T00:00:00%2B14:00", 422, "bad_instant", "valid_at"),
        (PLACE + "/state?valid_at=1900-01-01T00:00:00Z", 422, "bad_instant", "valid_at"),
        (PLACE + "/state?valid_at=2090-01-01T00:00:00Z", 422, "in_the_future", "valid_at"),
        (PLACE + "/timeline?limit=0", 422, "bad_value", "limit"),
        (PLACE + "/timeline?limit=201", 422, "bad_value", "limit"),
        (PLACE + "/timeline?limit=%D9%A3", 422, "bad_value", "limit"),
        (PLACE + "/timeline?cursor=abc", 422, "bad_value", "cursor"),
        (PLACE + "/timeline?cursor=%2B", 422, "bad_value", "cursor"),
        (PLACE + "/timeline?cursor=" + "A" * 401, 422, "bad_value", "cursor"),
        ("/api/v1/places", 422, "missing_parameter", "q"),
        ("/api/v1/places?q=" + "a" * 101, 422, "bad_value", "q"),
        ("/api/v1/country?known_at=2025-12-20T12:00:00Z", 422, "unknown_parameter", "known_at"),
        ("/api/v1/country?dimension=harm", 422, "bad_value", "dimension"),
        ("/api/v1/places?q=%FF", 400, "bad_request", ""),
        ("/api/v1/places?q=" + "a" * 2100, 400, "bad_request", ""),
        ("/api/v1/places?" + "&".join("q=a" for _ in range(30)), 400, "bad_request", ""),
    ],
)
def test_a_refusal_says_what_was_found_and_what_to_do(
    served: Served, path: str, status: int, code: str, field: str
) -> None:
    found, error = refused(served, path)
    assert (found, error["code"], error["field"]) == (status, code, field)
    assert error["message"]
    assert error["hint"]


@pytest.mark.parametrize(
    "path", [PLACE + "/state", "/api/v1/nowhere", "/api/v1/", "/api/openapi.json"]
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"])
def test_only_reading_is_possible(served: Served, path: str, method: str) -> None:
    answer, _ = served.get(path, method=method)
    assert answer.getheader("allow") == "GET, HEAD, OPTIONS"
    status, error = refused(served, path, method=method)
    assert (status, error["code"]) == (405, "method_not_allowed")


@pytest.mark.parametrize("accepted", ["text/html", "application/xml;q=0.9", "application/json;q=0"])
def test_whoever_takes_no_json_is_told_that_there_is_only_json(
    served: Served, accepted: str
) -> None:
    assert refused(served, PLACE + "/state", Accept=accepted)[0] == 406
    assert refused(served, PLACE + "/state?lang=en", Accept=accepted)[1]["message"] == (
        "Only JSON is sent here."
    )


@pytest.mark.parametrize(
    "accepted", ["*/*", "text/html, application/json;q=0.1", "application/*", "APPLICATION/JSON"]
)
def test_whoever_takes_json_gets_it(served: Served, accepted: str) -> None:
    assert served.get(PLACE + "/state", Accept=accepted)[0].status == 200


def test_a_plus_sign_of_an_offset_may_stand_as_it_is(served: Served) -> None:
    about = got(served, PLACE + "/state?known_at=2025-12-20T21:00:00+02:00")["about"]
    assert about["known_at"] == "2025-12-20T19:00:00Z"


def test_something_that_breaks_is_told_in_the_same_shape_and_no_secret_with_it(
    served: Served, capfd: pytest.CaptureFixture[str]
) -> None:
    for moment in ("20 03:00", "20 04:00"):
        path = f"{PLACE}/state?lang=en&valid_at={format_instant(at(moment))}"
        status, error = refused(served, path)
        assert (status, error["code"]) == (500, "broken")
        assert SECRET not in error["message"] + error["hint"]
        assert "disk" not in error["message"] + error["hint"]
    assert "the disk is full; make room and try again" in capfd.readouterr().err


def test_every_question_is_refused_in_the_same_shape_where_the_machine_refuses(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    house = WorldHouse(world(3))

    def hindered(**_: object) -> None:
        raise MachineRefused("cannot read /srv/data/vidomo.db", hint="free the disk")

    monkeypatch.setattr(house, "situation", hindered)
    app = make_app(house)
    for address in every_address((IZIUM,), (house.now() - timedelta(hours=1),)):
        answer = ask(app, address)
        assert answer.status in (200, 422, 500)
        assert b"vidomo.db" not in answer.body
        if answer.status == 500:
            assert answer.json["error"]["code"] == "broken"
    assert "cannot read /srv/data/vidomo.db; free the disk" in capfd.readouterr().err
