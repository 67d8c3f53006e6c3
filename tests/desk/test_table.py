"""The table of people, sessions and sealing keys."""

import stat
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vidomo.core.errors import ConfigError, ConflictError, MachineRefused, NothingKnown
from vidomo.desk.attempts import FORGOTTEN, Attempts
from vidomo.desk.people import Grant, Person, Role
from vidomo.desk.sessions import new_session
from vidomo.desk.table import FILE_NAME, DeskTable

NOW = datetime(2026, 1, 31, 3, 0, tzinfo=UTC)
OLENA = Person(
    id="usr_1", login="olena", name="Олена", office="зміна", grants=(Grant(Role.EDITOR, "UA"),)
)


@pytest.fixture
def table(tmp_path: Path):
    with DeskTable.open(tmp_path / "new") as it:
        yield it


def test_the_file_is_for_its_owner_alone(tmp_path: Path, table: DeskTable) -> None:
    path = tmp_path / "new" / FILE_NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_person_is_found_by_id_and_login(table: DeskTable) -> None:
    assert table.is_empty
    table.add(OLENA, password_hash="h", at=NOW)
    assert not table.is_empty
    assert table.people() == (OLENA,)
    assert table.person("usr_1") == table.called("olena") == OLENA
    assert table.person("usr_2") is table.called("petro") is None
    assert table.password_hash("usr_1") == "h"
    assert table.password_hash("usr_2") is None


def test_a_login_is_had_by_one(table: DeskTable) -> None:
    table.add(OLENA, password_hash="h", at=NOW)
    with pytest.raises(ConfigError, match="already"):
        table.add(Person(id="usr_2", login="olena", name="Інша"), password_hash="h", at=NOW)
    assert len(table.people()) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.set_password("usr_1", "new"),
        lambda t: t.set_disabled("usr_1", is_disabled=True),
        lambda t: t.set_factor("usr_1", "SECRET"),
    ],
)
def test_every_session_ends_when_what_it_rests_on_changes(table: DeskTable, change) -> None:
    table.add(OLENA, password_hash="h", at=NOW)
    sessions = [new_session("usr_1", at=NOW, lang="uk")[1] for _ in range(2)]
    for one in sessions:
        table.open_session(one)
        assert table.session(one.key) == one
    change(table)
    assert [table.session(one.key) for one in sessions] == [None, None]


def test_new_roles_hold_at_once_and_end_no_session(table: DeskTable) -> None:
    table.add(OLENA, password_hash="h", at=NOW)
    _, session = new_session("usr_1", at=NOW, lang="uk")
    table.open_session(session)
    table.set_grants("usr_1", [Grant(Role.VIEWER, "UA")])
    assert table.session(session.key) is not None
    assert table.person("usr_1").grants == (Grant(Role.VIEWER, "UA"),)


def test_nobody_cannot_be_changed(table: DeskTable) -> None:
    with pytest.raises(NothingKnown):
        table.set_password("usr_9", "h")


def test_a_session_remembers_and_ends(table: DeskTable) -> None:
    _, session = new_session("usr_1", at=NOW, lang="uk")
    table.open_session(session)
    table.touch(session.key, seen_at=NOW, lang="en", notice="done")
    found = table.session(session.key)
    assert (found.lang, found.notice) == ("en", "done")
    table.end_session(session.key)
    assert table.session(session.key) is None
    table.open_session(session)
    table.end_old_sessions(NOW)
    assert table.session(session.key) is not None
    table.end_old_sessions(NOW + FORGOTTEN)
    assert table.session(session.key) is None


def test_a_step_of_a_second_factor_is_used_once(table: DeskTable) -> None:
    table.add(OLENA, password_hash="h", at=NOW)
    assert table.factor("usr_1") == table.factor("usr_9") == ("", 0)
    table.set_factor("usr_1", "SECRET", step=7)
    assert table.person("usr_1").has_second_factor
    assert table.factor("usr_1") == ("SECRET", 7)
    assert not table.use_step("usr_1", 7)
    assert table.use_step("usr_1", 8)
    assert not table.use_step("usr_1", 8)
    table.set_factor("usr_1", "")
    assert not table.person("usr_1").has_second_factor


def test_wrong_tries_are_kept_and_forgotten(table: DeskTable) -> None:
    first = Attempts(2, NOW, NOW)
    table.set_attempts("login:olena", first)
    assert table.attempts("login:olena") == first
    table.set_attempts("login:petro", Attempts(1, NOW + FORGOTTEN * 2, NOW))
    assert table.attempts("login:olena") is None
    table.set_attempts("login:petro", None)
    assert table.attempts("login:petro") is None


def test_a_sealing_key_is_kept_once_and_destroyed_for_good(
    tmp_path: Path, table: DeskTable
) -> None:
    key = b"0123456789abcdef-the-key"
    assert table.sealing_key("call_1") is None
    table.keep_sealing_key("call_1", key)
    assert table.sealing_key("call_1") == key
    with pytest.raises(ConflictError):
        table.keep_sealing_key("call_1", b"another")
    assert key in (tmp_path / "new" / FILE_NAME).read_bytes()
    assert table.destroy_sealing_key("call_1")
    assert not table.destroy_sealing_key("call_1")
    assert table.sealing_key("call_1") is None
    left = b"".join(one.read_bytes() for one in (tmp_path / "new").iterdir())
    assert key not in left


def test_settings_are_text(table: DeskTable) -> None:
    assert table.setting("a") == ""
    table.set_setting("a", "1")
    table.set_setting("a", "2")
    assert table.setting("a") == "2"


def test_two_processes_and_many_threads_share_it(tmp_path: Path, table: DeskTable) -> None:
    with DeskTable.open(tmp_path / "new") as other:

        def many(which: DeskTable, name: str) -> None:
            for number in range(20):
                which.set_setting(f"{name}{number}", name)

        threads = [
            threading.Thread(target=many, args=(which, name))
            for which, name in ((table, "a"), (table, "b"), (other, "c"))
        ]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert [other.setting(f"{name}19") for name in "abc"] == ["a", "b", "c"]
        assert table.setting("c19") == "c"


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"this is no database, and long enough to be looked at" * 20)
    with pytest.raises(MachineRefused):
        DeskTable.open(tmp_path)
