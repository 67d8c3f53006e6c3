"""The server, asked over a real connection on this machine."""

import gzip
import http.client
import json
import socket
import threading
import time
from urllib.parse import quote

import pytest
import uvicorn

from disclosure.night import IZIUM, SECRET, at
from disclosure.served import NightHouse, Served
from vidomo.app.server import serve
from vidomo.core.errors import ConfigError, MachineRefused


@pytest.fixture(scope="module")
def served():
    it = Served(NightHouse())
    yield it
    it.stop()


def test_the_start_page_leads_to_izium(served: Served) -> None:
    answer, body = served.get("/desk/")
    assert answer.status == 200
    assert f'href="/desk/place/{IZIUM}"' in body.decode()
    assert "Навчальний сценарій" in body.decode()


def test_the_place_page_is_there_in_both_languages(served: Served) -> None:
    assert "Повідомили про удар" in served.text(f"/desk/place/{IZIUM}")
    assert "An attack was reported" in served.text(f"/desk/place/{IZIUM}?lang=en")


def test_a_place_that_nobody_named_has_a_page_too(served: Served) -> None:
    assert "ще ніхто нічого не повідомив" in served.text("/desk/place/UA63100000000059237")


def test_every_answer_forbids_scripts_frames_and_keeping(served: Served) -> None:
    for path in (
        "/desk/",
        f"/desk/place/{IZIUM}",
        "/desk/search?q=x",
        "/desk/nowhere",
        "/desk/?at=never",
    ):
        answer, _ = served.get(path)
        policy = answer.getheader("content-security-policy")
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "script" not in policy
        assert answer.getheader("x-content-type-options") == "nosniff"
        assert answer.getheader("referrer-policy") == "no-referrer"
        assert answer.getheader("cache-control") == "no-store"


def test_pages_are_compressed_within_the_budget(served: Served) -> None:
    for path in ("/desk/", f"/desk/place/{IZIUM}"):
        answer, body = served.get(path, **{"Accept-Encoding": "gzip"})
        assert answer.getheader("content-encoding") == "gzip"
        assert len(body) <= 14_336
        assert b"</html>" in gzip.decompress(body)


def test_one_exact_hit_of_a_search_leads_straight_to_the_place(served: Served) -> None:
    answer, _ = served.get("/desk/search?q=" + quote(["в", "Ізюмі"][1]) + "&lang=en")
    assert answer.status == 303
    assert answer.getheader("location") == f"/desk/place/{IZIUM}?lang=en"


def test_a_name_of_many_places_leads_to_a_list(served: Served) -> None:
    answer, body = served.get("/desk/search?q=" + quote("Шевченкове"))
    assert answer.status == 200
    assert body.decode().count("<li><h3>") > 10


def test_a_search_for_nothing_asks_for_a_name(served: Served) -> None:
    assert "Напишіть назву" in served.text("/desk/search")
    assert "нічого не знайдено" in served.text("/desk/search?q=" + quote("ххххщщщ"))


def test_the_moment_in_the_address_is_the_moment_that_is_asked_for(served: Served) -> None:
    path = f"/desk/place/{IZIUM}?at=2025-12-20T18:00Z&known=2025-12-20T19:00%2B02:00"
    assert served.get(path)[0].status == 200
    assert served.house.asked[-1] == (at("20 20:00"), at("20 19:00"))


def test_a_time_from_the_form_is_kyiv_time(served: Served) -> None:
    assert served.get("/desk/?at=2025-12-20T18:00&known=")[0].status == 200
    assert served.house.asked[-1] == (at("20 18:00"), None)


@pytest.mark.parametrize("moment", ["yesterday", "2025-13-01", "0001-01-01T00:00", "9999-12-31"])
def test_a_time_that_cannot_be_read_is_named_with_what_to_do(served: Served, moment: str) -> None:
    answer, body = served.get(f"/desk/?at={moment}")
    assert answer.status == 400
    assert f"Не зрозуміли час: {moment}" in body.decode()
    assert "2025-12-20T18:00Z" in body.decode()


def test_an_unknown_place_is_named_with_what_to_do(served: Served) -> None:
    answer, body = served.get("/desk/place/UA00")
    assert answer.status == 404
    assert "UA00" in body.decode()
    assert "Знайдіть місце за назвою" in body.decode()


def test_an_unknown_page_an_unknown_record_and_a_wrong_method_say_so(served: Served) -> None:
    answer, body = served.get("/desk/wp-admin?lang=en")
    assert (answer.status, b"There is no page at this address" in body) == (404, True)
    answer, body = served.get("/desk/trace/clm_nothing")
    assert (answer.status, "Запису clm_nothing немає" in body.decode()) == (404, True)
    answer, body = served.get("/desk/", method="POST")
    assert (answer.status, "лише читають" in body.decode()) == (405, True)


def test_the_state_is_there_as_json_through_the_same_gate(served: Served) -> None:
    answer, body = served.get(f"/desk/api/state/{IZIUM}")
    assert answer.getheader("content-type") == "application/json"
    state = json.loads(body)
    assert [place["place"] for place in state["places"]] == [IZIUM]
    assert SECRET not in body.decode()
    answer, body = served.get("/desk/api/state/UA00?lang=en")
    assert answer.status == 404
    assert set(json.loads(body)) == {"error", "hint"}


def test_the_desk_leads_to_the_trace_of_an_id(served: Served) -> None:
    answer, body = served.get("/desk/waiting?lang=en")
    assert answer.status == 200
    assert "While nobody has been added" in body.decode()
    answer, _ = served.get("/desk/trace?record=clm_ten&lang=en")
    assert (answer.status, answer.getheader("location")) == (303, "/desk/trace/clm_ten?lang=en")
    answer, _ = served.get("/desk/trace?record=" + quote("//evil.example"))
    assert answer.getheader("location") == "/desk/trace///evil.example"
    assert served.get("/desk/trace?record=")[0].getheader("location") == "/desk/waiting"
    assert served.get("/desk")[0].status in {307, 308}


def test_an_error_of_ours_tells_nothing_but_that_it_is_ours(served: Served) -> None:
    answer, body = served.get("/desk/?at=2025-12-20T03:00&lang=en")
    assert answer.status == 500
    text = body.decode()
    assert "The journal is whole" in text
    assert SECRET not in text
    assert "Traceback" not in text
    assert answer.getheader("content-security-policy")


def test_what_hinders_the_machine_is_told_with_what_to_do(served: Served) -> None:
    answer, body = served.get("/desk/?at=2025-12-20T04:00")
    assert answer.status == 500
    assert "the disk is full" in body.decode()
    assert "make room and try again" in body.decode()


def test_residents_are_not_told_what_hinders_the_machine(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise MachineRefused("cannot read /srv/data/vidomo.db", hint="free the disk")

    house = NightHouse()
    monkeypatch.setattr(house, "situation", refused)
    it = Served(house)
    try:
        for path in ("/", f"/en/place/{IZIUM}/", f"/api/state/{IZIUM}", f"/place/{IZIUM}/sms"):
            answer, body = it.get(path)
            assert answer.status == 500
            assert b"vidomo.db" not in body
            assert b"disk" not in body
    finally:
        it.stop()
    assert "cannot read /srv/data/vidomo.db; free the disk" in capfd.readouterr().err


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "[::2]", "a b", "", "[x"])
def test_a_foreign_host_name_is_not_served(served: Served, host: str) -> None:
    answer, body = served.get("/desk/", Host=host)
    assert answer.status in {400, 421}
    assert b"<html" not in body


@pytest.mark.parametrize(
    "header",
    [
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Forwarded-Server",
        "X-Original-URL",
        "Forwarded",
        "Via",
        "X-Real-IP",
        "X-Client-IP",
        "X-Cluster-Client-IP",
        "True-Client-IP",
        "CF-Connecting-IP",
        "CF-Ray",
        "CDN-Loop",
        "Fly-Client-IP",
        "Fastly-Client-IP",
    ],
)
def test_the_desk_is_not_served_through_a_proxy(served: Served, header: str) -> None:
    assert served.get("/desk/", **{header: "127.0.0.1"})[0].status == 421
    assert served.get("/", **{header: "127.0.0.1"})[0].status == 200


@pytest.mark.parametrize("host", ["localhost", "[::1]:80", "127.0.0.2"])
def test_the_names_of_this_machine_are_served(served: Served, host: str) -> None:
    assert served.get("/healthz", Host=host)[0].status == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.1", "example.org"])
def test_an_address_beyond_this_machine_needs_a_policy_that_counsel_reviewed(host: str) -> None:
    with pytest.raises(ConfigError, match="counsel must review it") as refused:
        serve(NightHouse(), host, 0)
    assert refused.value.exit_code == 2
    assert "--policy-reviewed" in refused.value.hint
    with pytest.raises(MachineRefused):
        serve(NightHouse(), "192.0.2.1", 0, is_reviewed=True)


def test_beyond_this_machine_there_is_no_desk_and_residents_are_served_under_any_name() -> None:
    it = Served(NightHouse(), has_desk=False)
    try:
        for path in ("/desk/", f"/desk/place/{IZIUM}", "/desk/api/state/UA", "/desk/trace/clm_ten"):
            assert it.get(path)[0].status == 404
        assert it.get("/", Host="vidomo.example")[0].status == 200
    finally:
        it.stop()


def test_a_port_in_use_is_refused_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        with pytest.raises(MachineRefused, match=f"port {port}") as refused:
            serve(NightHouse(), "127.0.0.1", port)
    assert refused.value.exit_code == 6
    assert "--port" in refused.value.hint


def test_a_port_that_does_not_exist_is_refused() -> None:
    with pytest.raises(MachineRefused):
        serve(NightHouse(), "127.0.0.1", 70_000)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_serving_tells_the_address_and_answers_there(host: str, monkeypatch) -> None:
    servers: list[uvicorn.Server] = []
    build = uvicorn.Server.__init__

    def remember(self, config) -> None:
        build(self, config)
        servers.append(self)

    monkeypatch.setattr(uvicorn.Server, "__init__", remember)
    told: list[str] = []
    thread = threading.Thread(
        target=serve, args=(NightHouse(), host, 0), kwargs={"announce": told.append}, daemon=True
    )
    thread.start()
    deadline = time.monotonic() + 10
    while not told and time.monotonic() < deadline:
        time.sleep(0.01)
    name, _, port = told[0].removeprefix("http://").rstrip("/").rpartition(":")
    assert name == (f"[{host}]" if ":" in host else host)
    connection = http.client.HTTPConnection(host, int(port), timeout=10)
    connection.request("GET", "/healthz")
    assert connection.getresponse().read() == b"ok\n"
    connection.close()
    servers[0].should_exit = True
    thread.join(timeout=10)
    assert not thread.is_alive()
