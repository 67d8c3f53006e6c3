"""The page on which a draft is checked, and the digests, behind a real server."""

import http.client
import logging
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest

from disclosure.night import IZIUM
from disclosure.served import NightHouse, Served
from vidomo.app.web import check
from vidomo.app.web.check import LONGEST_BODY
from vidomo.desk.check import check_draft
from vidomo.desk.check.draft import LONGEST
from vidomo.desk.check.model import Checked
from vidomo.desk.check.page import Asked
from vidomo.publish.digest_fit import MESH_BYTES, SMS_UNITS, VOICE_S, spoken_seconds, utf16_units

DRAFT = "Ізюм. О 15:40 удар. На вул. Вигаданій, 14 поранено водія <b>. Без світла місто."


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    it = Served(NightHouse())
    yield it
    it.stop()


def post(
    served: Served, path: str, body: str | bytes, *, timeout: float = 20, **headers: str
) -> tuple[http.client.HTTPResponse, str]:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=timeout)
    known = {
        "Host": f"127.0.0.1:{served.port}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", path, body=body, headers=known | headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer, text


def form(**fields: str) -> str:
    return urlencode(fields)


def test_the_form_asks_for_a_draft_in_both_languages(served: Served) -> None:
    assert "Перевірка перед дописом" in served.text("/check")
    english = served.text("/en/check")
    assert "Check before you post" in english
    assert 'action="/en/check"' in english


def test_a_draft_is_answered_with_all_that_was_found(served: Served) -> None:
    answer, page = post(served, "/check", form(draft=DRAFT, home="Ізюм", sign="Ізюмська МВА"))
    assert answer.status == 200
    assert "<mark>" in page
    assert "Номер будинку показує, куди влучили." in page
    assert "Частина" in page or "Світла немає." in page
    assert "&lt;b&gt;" in page
    assert "<b>." not in page
    for outlet in ("Telegram", "Viber", "Facebook", "СМС", "Гучномовець"):
        assert outlet in page


def test_nothing_of_a_draft_is_kept_logged_or_in_an_address(served: Served, caplog, capfd) -> None:
    with caplog.at_level(logging.DEBUG):
        answer, _ = post(served, "/check", form(draft=DRAFT))
    assert answer.getheader("cache-control") == "no-store"
    assert answer.getheader("set-cookie") is None
    assert "Вигаданій" not in caplog.text
    said = capfd.readouterr()
    assert "Вигаданій" not in said.out + said.err
    assert "Вигаданій" not in served.text("/check")
    assert not served.house.asked or served.house.asked[-1] != DRAFT


def test_the_page_runs_no_scripts_and_asks_for_nothing_else(served: Served) -> None:
    answer, page = post(served, "/check", form(draft=DRAFT))
    policy = answer.getheader("content-security-policy")
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "<script" not in page
    assert "manifest" not in page


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (form(draft="  "), 400, "Чернетка порожня."),
        (form(draft="а" * (LONGEST + 1)), 400, "Чернетка задовга"),
        ("draft=" + "a" * LONGEST_BODY, 413, "Чернетка задовга"),
        (b"draft=\xff\xfe", 400, "не вдалося прочитати"),
        ("draft=%FF%FE", 400, "не вдалося прочитати"),
        ("&".join(f"a{n}=1" for n in range(99)), 400, "не вдалося прочитати"),
        ("", 400, "Чернетка порожня."),
    ],
)
def test_what_no_form_sends_is_refused_with_a_reason(
    served: Served, body: str | bytes, status: int, words: str
) -> None:
    answer, page = post(served, "/check", body)
    assert (answer.status, words in page) == (status, True)


def test_a_place_that_is_not_known_is_said_and_the_draft_still_checked(served: Served) -> None:
    _, page = post(served, "/check", form(draft=DRAFT, home="Нетакогоміста"))
    assert "Нетакогоміста" in page
    assert "<mark>" in page


def test_a_foreign_host_name_gets_no_form(served: Served) -> None:
    answer, _ = post(served, "/check", form(draft=DRAFT), Host="evil.example")
    assert answer.status == 421


def test_too_long_a_queue_is_not_joined_and_the_draft_stays_in_the_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arrived, goes_on = threading.Semaphore(0), threading.Event()
    understood = check._asked

    def seen(body: bytes) -> Asked | None:
        arrived.release()
        return understood(body)

    def slow(draft: str, **options: object) -> Checked:
        goes_on.wait(20)
        return check_draft(draft, **options)

    monkeypatch.setattr(check, "_asked", seen)
    monkeypatch.setattr(check, "check_draft", slow)
    it = Served(NightHouse())
    try:
        with ThreadPoolExecutor(check.MOST_WAITING) as many:
            asked = [
                many.submit(post, it, "/check", form(draft=DRAFT))
                for _ in range(check.MOST_WAITING)
            ]
            assert all(arrived.acquire(timeout=10) for _ in asked)
            answer = post(it, "/check", form(draft=DRAFT))
            assert answer[0].status == 503
            assert it.get("/healthz")[0].status == 200
            goes_on.set()
            assert {one.result()[0].status for one in asked} == {200}
        assert answer[0].getheader("retry-after") == str(check.RETRY_S)
        assert "Спробуйте за кілька секунд" in answer[1]
        assert "Вигаданій" in answer[1]
        assert post(it, "/check", form(draft=DRAFT))[0].status == 200
    finally:
        goes_on.set()
        it.stop()


def test_a_form_that_never_comes_to_its_end_is_given_up(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "READ_S", 0.1)
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as line:
        head = (
            f"POST /check HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nContent-Length: 99\r\n\r\n"
        )
        line.sendall(head.encode() + b"draft=")
        assert line.recv(64).startswith(b"HTTP/1.1 408")
    monkeypatch.setattr(check, "MOST_READ", 0)
    assert post(served, "/check", form(draft=DRAFT))[0].status == 503


def test_line_ends_of_a_browser_do_not_shift_the_marks(served: Served) -> None:
    _, page = post(served, "/check", form(draft="Ізюм.\r\nвул. Друга\r\nі все."))
    assert "<mark>вул. Друга</mark>" in page


def test_digests_keep_their_lengths_and_are_marked_as_an_exercise(served: Served) -> None:
    for prefix in ("", "/en"):
        sms = served.text(f"{prefix}/place/{IZIUM}/sms").rstrip("\n")
        assert 0 < utf16_units(sms) <= SMS_UNITS
        assert sms.startswith(("НАВЧАННЯ!", "EXERCISE!"))
        mesh = served.get(f"{prefix}/place/{IZIUM}/mesh")[1].rstrip(b"\n")
        assert 0 < len(mesh) <= MESH_BYTES
        assert spoken_seconds(served.text(f"{prefix}/place/{IZIUM}/voice")) <= VOICE_S


def test_the_text_and_the_notice_lead_to_the_short_address(served: Served) -> None:
    address = f"http://127.0.0.1:{served.port}/p/{IZIUM[-5:]}"
    assert address in served.text(f"/place/{IZIUM}/text")
    answer, body = served.get(f"/place/{IZIUM}/notice")
    assert address in body.decode()
    assert "default-src 'none'" in answer.getheader("content-security-policy")
    assert served.get("/place/UA00/notice")[0].status == 404
