"""Alerts at the command line: the same rules as on the pages."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pyotp
import pytest

from vidomo.app.cli.alert import LIFE
from vidomo.core.clock import system_clock
from vidomo.desk.alerts.wordings import wordings
from vidomo.desk.table import DeskTable

PASSWORD = "correct horse battery"
IZIUM = "UA63040090010029555"


@pytest.fixture
def office(run_vidomo, tmp_path: Path) -> Callable[..., object]:
    """Commands of signed-in people in a folder with an authority, a key and two people."""
    password = f"{PASSWORD}\n".encode()
    add = ("desk", "user", "add")
    run_vidomo(*add, "olena", "--name", "Олена", "--password-stdin", stdin=password)
    for login, role in (("taras", "approver"), ("ivan", "viewer")):
        who = ("--name", login, "--role", role, "--territory", "UA", "--password-stdin")
        assert run_vidomo(*add, login, *who, stdin=password).code == 0
    given = {
        "name": "Ізюмська міська рада",
        "name-en": "Izium City Council",
        "legal-basis": "Кодекс, ст. 30",
        "sender": "cap@izium.example",
        "contact": "+380 00 000 00 00",
        "web": "https://izium.example",
        "territory": "Izium",
    }
    options = [part for name, text in given.items() for part in (f"--{name}", text)]
    assert run_vidomo("desk", "authority", "set", *options).code == 0
    assert run_vidomo("alert", "key", "new", "--holder", "Izium").code == 0

    def run(*words: str, by="olena", typed: str = "", password: str = PASSWORD):
        lines = f"{password}\n{typed}\n".encode()
        return run_vidomo("alert", *words, "--as", by, "--password-stdin", stdin=lines)

    return run


def newest(run_vidomo) -> dict:
    return json.loads(run_vidomo("alert", "list", "--json").out)[0]


@pytest.mark.parametrize("name", LIFE)
def test_every_step_has_help_with_an_example(run_vidomo, name: str) -> None:
    ran = run_vidomo("alert", name, "--help")
    assert ran.code == 0
    assert re.search(r"Example: vidomo alert ", ran.out)


def test_an_alert_is_written_approved_issued_updated_and_cancelled(
    office, run_vidomo, tmp_path: Path
) -> None:
    assert office("draft", "shelter", "Izium").code == 0
    alert = newest(run_vidomo)["id"]
    refused = office("issue", alert, typed="Ізюм в укриття")
    assert refused.code == 5
    assert "wording_not_approved" in refused.err
    assert "never approves" in office("approve", alert, typed="Ізюм в укриття").err
    assert office("approve", alert, by="taras", typed="Ізюм в укриття").code == 0
    issued = office("issue", alert, typed="Izium take shelter")
    assert issued.code == 0
    assert "issued" in issued.out
    (file,) = (tmp_path / "data/alerts").glob("*.xml")
    assert run_vidomo("alert", "verify", file).code == 0

    assert office("update", alert, "shelter", "--correct").code == 0
    update = newest(run_vidomo)
    assert update["draft"]["kind"] == "correction"
    assert office("approve", update["id"], by="taras", typed="Ізюм виправлення").code == 0
    assert office("issue", update["id"], typed="Ізюм виправлення").code == 0

    assert office("cancel", update["id"]).code == 0
    cancel = newest(run_vidomo)["id"]
    assert office("issue", cancel, typed="Ізюм скасування").code == 5
    assert office("approve", cancel, by="taras", typed="Ізюм скасування").code == 0
    assert office("issue", cancel, typed="Ізюм скасування").code == 0
    told = run_vidomo("alert", "list").out
    assert [word for word in told.split() if word in {"issued", "cancelled", "updated"}] == [
        "issued",
        "cancelled",
        "updated",
    ]


def test_a_plain_update_is_written_too(office, run_vidomo) -> None:
    office("draft", "advice", "Izium", "--json")
    alert = newest(run_vidomo)["id"]
    office("approve", alert, by="taras", typed="Ізюм поради")
    office("issue", alert, typed="Ізюм поради")
    ran = office("update", alert, "shelter", "Izium")
    assert ran.code == 0
    assert "needs a second person" in ran.out


@pytest.mark.parametrize(
    ("by", "password"), [("olena", "wrong"), ("nobody", PASSWORD), ("olena", "")]
)
def test_nothing_is_done_without_the_right_login_and_password(
    office, run_vidomo, by: str, password: str
) -> None:
    ran = office("draft", "shelter", "Izium", by=by, password=password)
    assert ran.code == 2
    assert run_vidomo("alert", "list").code == 3


def test_a_viewer_writes_nothing(office, run_vidomo) -> None:
    assert office("draft", "shelter", "Izium", by="ivan").code == 5
    assert run_vidomo("alert", "list").code == 3


def test_a_code_is_asked_for_where_there_is_a_second_factor(
    office, run_vidomo, tmp_path: Path
) -> None:
    secret = pyotp.random_base32()
    with DeskTable.open(tmp_path / "data") as table:
        table.set_factor(table.called("olena").id, secret)
    assert office("draft", "shelter", "Izium", typed="000000").code == 2
    code = pyotp.TOTP(secret).at(system_clock())
    assert office("draft", "shelter", "Izium", typed=code).code == 0
    assert office("draft", "advice", "Izium", typed=code).code == 2  # one code opens once


def test_an_all_clear_and_what_is_known_need_words_of_officials(office) -> None:
    assert "no official source has announced" in office("draft", "all_clear", "Izium").err
    assert office("draft", "from_view", "Izium").code == 3
    assert office("draft", "nothing", "Izium").code == 5


def test_what_is_for_the_desk_alone_never_reaches_the_open_folder(
    office, run_vidomo, tmp_path: Path
) -> None:
    office("draft", "shelter", "Izium", "--desk-only")
    alert = newest(run_vidomo)["id"]
    office("approve", alert, by="taras", typed="Ізюм в укриття")
    assert office("issue", alert, typed="Ізюм в укриття").code == 0
    assert not list((tmp_path / "data").glob("alerts/*.xml"))


def test_an_exercise_is_another_folder(office, run_vidomo, tmp_path: Path) -> None:
    password = f"{PASSWORD}\n".encode()
    add = ("desk", "user", "add", "olena", "--name", "Олена", "--exercise", "--password-stdin")
    assert run_vidomo(*add, stdin=password).code == 0
    ran = office("draft", "shelter", "Izium", "--exercise")
    assert "НАВЧАННЯ. Ізюм" in ran.out
    assert "to type: навчання Ізюм в укриття" in ran.out
    assert run_vidomo("alert", "list").code == 3
    alert = json.loads(run_vidomo("alert", "list", "--exercise", "--json").out)[0]["id"]
    who = ("--name", "Тарас", "--role", "approver", "--territory", "UA")
    run_vidomo(*add[:3], "taras", *who, "--exercise", "--password-stdin", stdin=password)
    words = "навчання Ізюм в укриття"
    assert office("approve", alert, "--exercise", by="taras", typed=words).code == 0
    assert office("issue", alert, "--exercise", typed=words).code == 0
    (file,) = (tmp_path / "data/exercise/alerts").glob("exercise.*.xml")
    assert not (tmp_path / "data/alerts").exists()
    # The commands about files and keys know the key that the exercise made for itself.
    assert run_vidomo("alert", "verify", file).code == 0
    shown = json.loads(run_vidomo("alert", "key", "show", "--exercise", "--json").out)
    assert shown["is_exercise"]
    real = json.loads(run_vidomo("alert", "key", "show", "--json").out)
    assert real["fingerprint"] != shown["fingerprint"]


@pytest.mark.parametrize("acts", [("new",), ("new", "rotate")])
def test_a_key_made_for_the_exercise_is_the_one_that_its_desk_signs_with(
    office, run_vidomo, tmp_path: Path, acts: tuple[str, ...]
) -> None:
    for act in acts:
        assert run_vidomo("alert", "key", act, "--holder", "Drill", "--exercise").code == 0
    assert not (tmp_path / "data/alert-keys-exercise").exists()
    add, stdin = ("desk", "user", "add"), f"{PASSWORD}\n".encode()
    for login in ("olena", "taras"):
        who = (login, "--name", login, "--role", "approver", "--territory", "UA")
        run_vidomo(*add, *who, "--exercise", "--password-stdin", stdin=stdin)
    office("draft", "shelter", "Izium", "--exercise")
    alert = json.loads(run_vidomo("alert", "list", "--exercise", "--json").out)[0]["id"]
    words = "навчання Ізюм в укриття"
    assert office("approve", alert, "--exercise", by="taras", typed=words).code == 0
    issued = office("issue", alert, "--exercise", typed=words)
    assert issued.code == 0, issued.err
    (file,) = (tmp_path / "data/exercise/alerts").glob("exercise.*.xml")
    told = json.loads(run_vidomo("alert", "verify", file, "--json").out)[0]
    assert told["is_acceptable"]
    shown = json.loads(run_vidomo("alert", "key", "show", "--exercise", "--json").out)
    assert shown["fingerprint"] in told["signer"]


def test_the_authority_is_shown_with_what_is_missing(office, run_vidomo) -> None:
    shown = json.loads(run_vidomo("desk", "authority", "show", "--json").out)
    assert shown["is_complete"]
    assert shown["authority"]["territory"] == IZIUM
    ran = run_vidomo("desk", "authority", "set", "--web", "nowhere", "--second-factor-in", "UA")
    assert "still wrong" in ran.err
    assert "missing" in run_vidomo("desk", "authority", "show").out


def test_there_are_wordings_for_every_word_of_the_help() -> None:
    assert {"shelter", "advice", "being_verified", "all_clear", "from_view"} <= set(wordings())
