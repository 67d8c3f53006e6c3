"""People of the desk at the command line, and the exercise."""

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pyotp
import pytest

from vidomo.app.exercise import exercise_folder, open_exercise
from vidomo.app.house import House
from vidomo.app.live import LiveHouse
from vidomo.core.clock import fixed_clock
from vidomo.desk.table import DeskTable

IZIUM = "UA63040090010029555"
PASSWORD = "four words that fit\n"
NOW = datetime.fromisoformat("2026-01-31T03:00:00+00:00")


@pytest.fixture
def add(run_vidomo):
    def added(login: str, *more: str, password: str = PASSWORD):
        options = ("--name", f"Особа {login}", "--password-stdin", *more)
        return run_vidomo("desk", "user", "add", login, *options, stdin=password.encode())

    return added


def people(run_vidomo) -> list[dict]:
    return json.loads(run_vidomo("desk", "user", "list", "--json").out)


def test_the_first_person_is_admin_of_the_country_and_the_next_is_what_you_say(
    run_vidomo, add
) -> None:
    assert add("Olena").code == 0
    assert people(run_vidomo)[0]["grants"] == [{"role": 4, "territory": "UA"}]
    assert add("petro").code == 2
    assert add("petro", "--role", "editor", "--territory", "Izium", "--office", "зміна").code == 0
    assert people(run_vidomo)[1]["grants"] == [{"role": 2, "territory": IZIUM}]
    listed = run_vidomo("desk", "user", "list").out
    assert "petro · Особа petro · зміна · editor of UA63040090010029555" in listed


@pytest.mark.parametrize(
    ("login", "more", "password"),
    [
        ("olena", (), "short\n"),
        ("олена", (), PASSWORD),
        ("olena", ("--role", "king"), PASSWORD),
        ("olena", ("--territory", "Atlantis"), PASSWORD),
        ("olena", ("--name", " "), PASSWORD),
    ],
)
def test_whoever_cannot_be_added_leaves_nothing_behind(
    run_vidomo, add, login: str, more: tuple[str, ...], password: str
) -> None:
    assert add(login, *more, password=password).code == 2
    assert people(run_vidomo) == []


def test_a_login_is_given_once(add) -> None:
    assert add("olena").code == 0
    again = add("olena", "--role", "viewer", "--territory", "UA")
    assert (again.code, "already" in again.err) == (2, True)


def test_every_change_is_written_down_without_a_name(run_vidomo, add, tmp_path: Path) -> None:
    add("olena")
    assert run_vidomo("desk", "user", "grant", "olena", "viewer:UA", "editor:Izium").code == 0
    assert run_vidomo("desk", "user", "grant", "olena").code == 0
    assert people(run_vidomo)[0]["grants"] == []
    assert run_vidomo("desk", "user", "disable", "olena").code == 0
    assert people(run_vidomo)[0]["is_disabled"]
    assert "disabled" in run_vidomo("desk", "user", "list").out
    assert run_vidomo("desk", "user", "enable", "olena").code == 0
    changed = ("desk", "user", "password", "olena", "--password-stdin")
    assert run_vidomo(*changed, stdin=b"four other words here\n").code == 0
    with House.open(tmp_path / "data", read_only=True) as house:
        records = list(house.journal.records(kind="desk"))
        assert house.journal.is_empty
    told = [json.loads(one.body)["what"] for one in records]
    assert told == [
        "person.added",
        "person.granted",
        "person.granted",
        "person.stripped",
        "person.disabled",
        "person.enabled",
        "person.password",
    ]
    assert all("Особа" not in one.body.decode() and b"olena" not in one.body for one in records)
    assert "7 of kind desk" in run_vidomo("store", "verify").out


def test_a_second_factor_is_taken_when_its_first_code_is_right(
    run_vidomo, add, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    add("olena")
    secret = pyotp.random_base32()
    monkeypatch.setattr("vidomo.app.cli.desk.new_secret", lambda: secret)
    wrong = run_vidomo("desk", "user", "factor", "olena", stdin=b"abc\n")
    assert (wrong.code, people(run_vidomo)[0]["has_second_factor"]) == (2, False)
    monkeypatch.setattr("vidomo.app.cli.desk.system_clock", fixed_clock(NOW))
    code = pyotp.TOTP(secret).at(NOW)
    right = run_vidomo("desk", "user", "factor", "olena", stdin=f"{code}\n".encode())
    assert right.code == 0
    assert secret in right.err
    assert secret not in right.out
    assert people(run_vidomo)[0]["has_second_factor"]
    assert "second factor" in run_vidomo("desk", "user", "list").out
    assert run_vidomo("desk", "user", "factor", "olena", "--remove").code == 0
    assert not people(run_vidomo)[0]["has_second_factor"]


def test_nobody_of_that_name_cannot_be_changed(run_vidomo) -> None:
    for words in (["disable"], ["enable"], ["password"], ["factor"], ["grant"]):
        assert run_vidomo("desk", "user", *words, "nobody").code == 3
    assert run_vidomo("desk", "user", "grant", "nobody", "editor").code == 2
    assert "nobody yet" in run_vidomo("desk", "user", "list").err


def test_people_of_an_exercise_are_others(run_vidomo, add) -> None:
    add("olena")
    listed = run_vidomo("desk", "user", "list", "--exercise", "--json")
    assert json.loads(listed.out) == []
    assert add("drill", "--exercise").code == 0
    assert [one["login"] for one in people(run_vidomo)] == ["olena"]


def test_a_desk_that_is_reached_from_elsewhere_needs_a_second_factor(run_vidomo, add) -> None:
    add("olena")
    ran = run_vidomo("run", "--desk-address", "https://desk.example", "--port", "0")
    assert (ran.code, "second factor" in ran.err) == (2, True)
    wide = run_vidomo("run", "--desk-address", "https://desk.example", "--host", "0.0.0.0")
    assert (wide.code, "do not go together" in wide.err) == (2, True)


def test_an_exercise_writes_nothing_where_the_public_reads(run_vidomo, tmp_path: Path) -> None:
    for options in (["--tree", str(tmp_path / "tree")], ["--host", "0.0.0.0"]):
        ran = run_vidomo("run", "--exercise", *options)
        assert (ran.code, "stays on this machine" in ran.err) == (2, True)
    assert not (tmp_path / "tree").exists()


def test_an_exercise_begins_with_the_scenario_and_its_clock_goes_on_from_there(
    tmp_path: Path,
) -> None:
    folder, clock = open_exercise(tmp_path, clock=fixed_clock(NOW))
    assert folder == exercise_folder(tmp_path)
    with House.open(folder, clock=clock, read_only=True) as house:
        assert house.now() == clock()
        records = house.journal.count()
    again, later = open_exercise(tmp_path, clock=fixed_clock(NOW + timedelta(hours=1)))
    assert (again, later() - clock()) == (folder, timedelta(hours=1))
    with LiveHouse(folder, clock=later, is_exercise=True) as live:
        assert (live.is_demo, live.notice) == (True, "exercise")
        assert live.shown.journal.count() == records
    assert not (tmp_path / "vidomo.sqlite").exists()


def test_a_record_of_the_desk_keeps_the_scenario_on_the_page(run_vidomo, add, tmp_path) -> None:
    add("olena")
    with LiveHouse(tmp_path / "data") as live:
        assert (live.is_demo, live.notice) == (True, "izium")
        assert live.shown.is_demo
    with DeskTable.open(tmp_path / "data") as table:
        assert not table.is_empty


@pytest.fixture
def post(tmp_path: Path) -> Path:
    row = {
        "id": "1",
        "source": "izium_mva",
        "posted_at": "2026-01-10T09:00:00+02:00",
        "text": "В Ізюмі немає світла.",
    }
    path = tmp_path / "post.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    return path


def test_a_record_of_the_desk_moves_no_clock_of_a_replay(run_vidomo, add, post: Path) -> None:
    assert run_vidomo("import", post, "--replay").code == 0
    before = run_vidomo("state", "Izium", "--json").out
    add("olena")
    assert run_vidomo("state", "Izium", "--json").out == before


def test_a_replay_goes_into_a_folder_that_holds_people_only(run_vidomo, add, post: Path) -> None:
    add("olena")
    assert run_vidomo("import", post, "--replay").code == 0
    assert '"valid_at":"2026-01-10T07:01:00Z"' in run_vidomo("state", "Izium", "--json").out


@contextmanager
def running(*options: str) -> Iterator[str]:
    """A server of its own, and the address that it says it has."""
    command = [Path(sys.executable).with_name("vidomo"), "run", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield server.stdout.readline().split()[-1]
        finally:
            server.terminate()
            server.communicate(timeout=30)


def asked(address: str, path: str, **headers: str) -> tuple[int, str]:
    port = int(address.rstrip("/").rpartition(":")[2])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Host": f"127.0.0.1:{port}", **headers})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body


def test_a_running_desk_lets_in_whoever_is_added_while_it_runs(add, tmp_path: Path) -> None:
    with running("--data", str(tmp_path / "data")) as address:
        assert asked(address, "/desk/")[0] == 200
        assert "vidomo desk user add" in asked(address, "/desk/inbox")[1]
        assert add("olena").code == 0
        assert asked(address, "/desk/")[0] == 303
        assert 'name="password"' in asked(address, "/desk/sign-in")[1]
        assert asked(address, "/desk/sign-in", **{"X-Forwarded-For": "203.0.113.9"})[0] == 421


def test_a_running_exercise_says_so_to_residents_too(tmp_path: Path) -> None:
    with running("--data", str(tmp_path / "data"), "--exercise") as address:
        assert "Навчальний сценарій" in asked(address, "/")[1]
        assert "Навчальний сценарій" in asked(address, "/desk/")[1]


def test_a_running_desk_has_an_address_beyond_the_machine(run_vidomo, add, tmp_path: Path) -> None:
    add("olena")
    with DeskTable.open(tmp_path / "data") as table:
        table.set_factor(table.called("olena").id, pyotp.random_base32())
    options = ("--data", str(tmp_path / "data"), "--desk-address", "https://desk.example")
    proxied = {
        "Host": "desk.example",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "203.0.113.9",
    }
    with running(*options) as address:
        assert asked(address, "/desk/sign-in", **proxied)[0] == 200
        assert asked(address, "/", **proxied)[0] == 421
        assert asked(address, "/desk/sign-in", **(proxied | {"Host": "other.example"}))[0] == 421
