"""Nothing unsigned leaves: no key, a wrong one, a full disk, a kill at any line."""

import hashlib
import os
import shutil
import sys
from pathlib import Path

import pytest

from app.alert_desks import ANN, Office, hand, is_signed
from vidomo.app.alert_outlet import ATOM
from vidomo.core.errors import (
    ConfigError,
    InputError,
    MachineRefused,
)
from vidomo.desk.alerts.model import State
from vidomo.publish.alerts.keys import keys_folder, new_key


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path).ready()


def break_key(office: Office, how: str) -> None:
    keys = keys_folder(office.folder)
    if how == "removed":
        shutil.rmtree(keys)
    elif how == "unreadable":
        (keys / "key.pem").write_bytes(b"no key")
    elif how == "another's":
        other = office.folder / "other"
        new_key(other, holder="X", is_exercise=False, now=office.at)
        shutil.copy(other / "key.pem", keys / "key.pem")
    else:
        shutil.rmtree(keys)
        new_key(keys, holder="X", is_exercise=True, now=office.at)


@pytest.mark.parametrize("how", ["removed", "unreadable", "another's", "of an exercise"])
def test_without_the_right_key_nothing_leaves_and_nothing_is_written(
    office: Office, how: str
) -> None:
    alert = office.write()
    break_key(office, how)
    before = office.last_seq
    with pytest.raises(ConfigError):
        office.issue(alert)
    assert office.out == []
    assert office.last_seq == before
    assert office.life(alert).state is State.DRAFT


def test_a_message_that_breaks_the_profile_never_leaves(office: Office) -> None:
    alert = hand(office, description="Збір на вул. Миру, 12")
    with pytest.raises(InputError, match="profile"):
        office.approve(alert)
    assert office.out == []


def test_a_folder_that_cannot_be_written_issues_nothing_and_says_so(office: Office) -> None:
    alert = office.write()
    (office.folder / "alerts").write_text("a file where the folder should be")
    with pytest.raises(MachineRefused):
        office.issue(alert)
    assert office.life(alert).state is State.DRAFT
    (office.folder / "alerts").unlink()
    assert office.issue(alert).state is State.ISSUED


TRACED = ("alert_acts.py", "alert_outlet.py", "keys.py", "desk_book.py", "sign.py", "sqlite.py")


def issue_and_die(office: Office, alert: str, seen: str, typed: str, step: int) -> bool:
    """Issue in a process of its own that dies at its n-th line; return whether it finished."""
    child = os.fork()
    if child == 0:
        left = step

        def trace(frame, event, _):
            nonlocal left
            if Path(frame.f_code.co_filename).name not in TRACED:
                return None
            if event == "line":
                left -= 1
                if left <= 0:
                    os._exit(9)
            return trace

        try:
            with office.desk() as desk:
                sys.settrace(trace)
                desk.issue(ANN, alert, seen=seen, typed=typed)
            os._exit(0)
        finally:
            os._exit(3)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in {0, 9}
    return code == 0


@pytest.mark.parametrize(
    "stride", [83, pytest.param(3, marks=[pytest.mark.soak, pytest.mark.timeout(900)])]
)
def test_killed_at_any_line_an_alert_is_issued_with_file_and_entry_or_not_at_all(
    tmp_path: Path, stride: int
) -> None:
    base = Office(tmp_path / "base").ready()
    alert = base.write()
    seen, typed = base.life(alert).digest, base.typed(alert)
    states: dict[State, int] = {}
    step = 1
    while True:
        folder = tmp_path / "killed"
        shutil.copytree(base.folder, folder)
        office = Office(folder)
        office.at = base.at
        is_done = issue_and_die(office, alert, seen, typed, step)
        with office.desk() as desk:
            desk.repair()
            life = desk.life(alert)
        assert life.state in {State.DRAFT, State.ISSUED}
        states[life.state] = states.get(life.state, 0) + 1
        files = office.out
        assert len(files) == (life.state is State.ISSUED)
        if files:
            body = (folder / "alerts" / files[0]).read_bytes()
            assert hashlib.sha256(body).hexdigest() == life.issue.sha256
            assert is_signed(office, files[0])
            assert files[0] in (folder / "alerts" / ATOM).read_text("utf-8")
        else:
            assert office.issue(alert, seen=seen).state is State.ISSUED
        shutil.rmtree(folder)
        if is_done:
            break
        step += stride
    assert min(states[State.DRAFT], states[State.ISSUED]) > 1
