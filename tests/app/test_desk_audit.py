"""Sign-ins in the audit trail: who came in, who left, and who tried in vain."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.requests import Request

from app.desk_world import Desk, night_folder, whole
from app.test_desk_sign_in import from_elsewhere, sign_in
from vidomo.app.desk_book import entries_in
from vidomo.app.house import House
from vidomo.desk.people import Role
from vidomo.store.sqlite import SqliteJournal


@pytest.fixture(scope="module")
def kept_night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("night") / "kept"
    night_folder(folder.parent / "first", folder)
    return folder


@pytest.fixture
def desk(tmp_path: Path, kept_night: Path) -> Iterator[Desk]:
    with Desk(night_folder(tmp_path / "data", kept_night)) as it:
        yield it


@pytest.fixture
def remote(tmp_path: Path, kept_night: Path) -> Iterator[Desk]:
    folder = night_folder(tmp_path / "data", kept_night)
    with Desk(folder, address="https://desk.example") as it:
        yield it


def deeds(desk: Desk) -> list[tuple[str, str]]:
    with SqliteJournal.open(desk.folder, clock=desk.clock, read_only=True) as journal:
        return [(one.what, one.by) for one in entries_in(journal, what_prefix="session.")]


def test_signing_in_and_out_and_wrong_tries_stand_in_the_audit_trail(desk: Desk) -> None:
    desk.person("olena", whole(Role.EDITOR), password=True)
    client = desk.client()
    sign_in(client, password="wrong wrong wrong")
    sign_in(client, "nobody")
    sign_in(client)
    page = client.get("/desk/audit?thing=session.").text
    client.csrf = page.partition('name="csrf" value="')[2].partition('"')[0]
    assert "невдала спроба ввійти" in page
    client.post("/desk/sign-out")
    assert deeds(desk) == [
        ("session.refused", "stranger"),
        ("session.opened", "usr_olena"),
        ("session.closed", "usr_olena"),
    ]
    assert desk.table.waiting_entries() == ()


def test_a_sign_in_waits_for_no_other_writer_and_is_written_down_with_the_next_act(
    desk: Desk,
) -> None:
    desk.person("olena", whole(Role.EDITOR), password=True)
    client = desk.client()
    with House.open(desk.folder, clock=desk.clock):
        assert sign_in(client).status == 303
        assert "увійшли" in client.get("/desk/audit?thing=session.").text
    assert deeds(desk) == []
    desk.site.write_now(lambda _: None)
    assert deeds(desk) == [("session.opened", "usr_olena")]
    desk.site.write_now(lambda _: None)
    assert len(deeds(desk)) == 1


def test_who_comes_from_elsewhere_is_told_apart_in_the_audit_trail(remote: Desk) -> None:
    remote.person("olena", whole(Role.EDITOR), password=True)
    assert sign_in(from_elsewhere(remote)).status == 403
    assert deeds(remote) == [("session.refused_remote", "stranger")]


@pytest.mark.parametrize(
    "told",
    [["6.6.6.6", "198.51.100.7"], ["6.6.6.6, 198.51.100.7"], ["6.6.6.6,1.1.1.1", "198.51.100.7"]],
)
def test_only_the_proxys_own_word_says_where_somebody_comes_from(
    remote: Desk, told: list[str]
) -> None:
    headers = [(b"host", b"desk.example"), *((b"x-forwarded-for", one.encode()) for one in told)]
    request = Request({"type": "http", "headers": headers, "path": "/desk/", "query_string": b""})
    assert remote.site.sender(request) == "198.51.100.7"
