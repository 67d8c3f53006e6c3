"""Packages on the disk and at /data/: from posts to files, whole or not at all."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from disclosure.planted import GAZETTEER
from disclosure.served import NightHouse, Served
from vidomo.app.house import House
from vidomo.app.live import LiveHouse
from vidomo.app.opendata import LATEST, OpenShelf, open_view
from vidomo.core.errors import ConfigError, MachineRefused
from vidomo.disclosure.open_model import OpenView
from vidomo.sources.files import read_posts

NOW = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
RAION = "UA63040000000023521"
WORDS = "В Ізюмському районі немає світла"


class Folder:
    """A data folder over which time goes on, and the packages made of it."""

    def __init__(self, tmp_path: Path) -> None:
        self.data, self.target, self.now = tmp_path / "data", tmp_path / "out", NOW
        self._posts = tmp_path / "posts.jsonl"
        self.shelf = OpenShelf(self.target, ledgers=tmp_path / "ledgers")

    def take_in(self, **post: str) -> None:
        row = {
            "source": "izium_mva",
            "id": "7",
            "posted_at": "2026-01-10T09:00:00+02:00",
            "url": "https://post.example/7",
        }
        self._posts.write_text(json.dumps({**row, **post}, ensure_ascii=False) + "\n", "utf-8")
        with House.open(self.data, clock=lambda: self.now) as house:
            house.take_in(list(read_posts(self._posts, now=self.now)))

    def view(self) -> OpenView:
        with LiveHouse(self.data, clock=lambda: self.now) as house:
            return open_view(house, now=self.now)

    def publish(self, **more: str) -> str:
        more = {"publisher": "Vidomo", "address": ""} | more
        return self.shelf.write(self.view(), atlas=GAZETTEER, **more).version

    def holding(self, words: str) -> list[str]:
        files = (path for path in self.target.rglob("*") if path.is_file())
        return [path.name for path in files if words.encode() in path.read_bytes()]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_a_post_is_given_away_72_hours_after_its_day_and_not_before(folder: Folder) -> None:
    folder.take_in(text=f"{WORDS}.")
    folder.now = datetime(2026, 1, 13, 21, 59, tzinfo=UTC)
    assert folder.view().statements == ()
    folder.now += timedelta(minutes=1)
    (row,) = folder.view().statements
    assert (row.place, row.day, row.quote) == (RAION, date(2026, 1, 10), WORDS)


def test_what_was_kept_later_is_given_away_later_whenever_it_was_posted(folder: Folder) -> None:
    folder.now = NOW + timedelta(days=10)
    folder.take_in(text=f"{WORDS}.")
    folder.now += timedelta(days=2)
    assert folder.view().statements == ()
    folder.now += timedelta(days=2)
    assert len(folder.view().statements) == 1


@pytest.mark.parametrize("how", ["edited_at", "deleted_at"])
def test_words_that_are_taken_back_leave_no_byte_in_any_version(folder: Folder, how: str) -> None:
    folder.take_in(text=f"{WORDS}.")
    folder.now = NOW + timedelta(days=5)
    first = folder.publish()
    assert "statements.csv" in folder.holding(WORDS)
    text = "Працюємо далі." if how == "edited_at" else f"{WORDS}."
    folder.take_in(text=text, **{how: folder.now.isoformat()})
    folder.now += timedelta(minutes=1)
    second = folder.publish()
    assert second != first
    assert folder.holding("немає світла") == []
    assert folder.holding("withdrawn")
    assert sorted(path.name for path in folder.target.iterdir()) == sorted([LATEST, second])
    assert (folder.target / LATEST).resolve().name == second


def test_a_second_run_that_finds_nothing_new_touches_nothing(folder: Folder) -> None:
    folder.take_in(text=f"{WORDS}.")
    folder.now = NOW + timedelta(days=5)
    version = folder.publish()
    before = {path: path.stat().st_mtime_ns for path in folder.target.rglob("*")}
    folder.publish()
    assert folder.shelf.latest() == version
    assert {path: path.stat().st_mtime_ns for path in folder.target.rglob("*")} == before


def test_the_same_records_make_the_same_bytes_in_another_folder(
    folder: Folder, tmp_path: Path
) -> None:
    folder.take_in(text=f"{WORDS}.")
    folder.now = NOW + timedelta(days=5)
    version = folder.publish()
    other = OpenShelf(tmp_path / "other", ledgers=tmp_path / "others")
    other.write(folder.view(), atlas=GAZETTEER, publisher="Vidomo", address="")
    for path in (folder.target / version).iterdir():
        assert (tmp_path / "other" / version / path.name).read_bytes() == path.read_bytes()


def test_changes_can_be_counted_from_an_earlier_version(folder: Folder) -> None:
    folder.take_in(text=f"{WORDS}.")
    folder.now = NOW + timedelta(days=5)
    first = folder.publish()
    folder.take_in(id="8", text="На Харківщині немає води.")
    folder.now += timedelta(days=5)
    folder.publish()
    folder.take_in(id="9", text="На Харківщині немає газу.")
    folder.now += timedelta(days=5)
    folder.publish(since=first)
    changes = (folder.target / LATEST / "changes.csv").read_text("utf-8")
    assert f"{first}." in (folder.target / LATEST / "CHANGES.md").read_text("utf-8")
    rows = [row.id for row in folder.view().statements if row.topic != "impact.power.outage"]
    assert len(rows) == 2
    assert all(f"{row},added" in changes for row in rows)
    with pytest.raises(ConfigError, match="nothing is remembered"):
        folder.publish(since="2020-01-01-00000000")
    with pytest.raises(ConfigError, match="nothing is remembered"):
        folder.publish(since="../data/secret")


@pytest.mark.parametrize("failing", range(1, 26))
def test_a_disk_that_fails_at_any_file_leaves_the_old_package_whole(
    folder: Folder, failing: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.take_in(text=f"{WORDS}.")
    folder.now = NOW + timedelta(days=5)
    first = folder.publish()
    old = {path.name: path.read_bytes() for path in (folder.target / LATEST).iterdir()}
    folder.take_in(id="8", text="На Харківщині немає води.")
    folder.now += timedelta(days=5)
    calls = 0
    whole, rename = os.fsync, Path.rename

    def failing_fsync(file: int) -> None:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise OSError(28, "No space left on device")
        whole(file)

    def failing_rename(self: Path, target: Path) -> Path:
        if calls < failing:  # every file was written before it came to that
            raise OSError(5, "Input/output error")
        return rename(self, target)

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", failing_fsync)
        broken.setattr(Path, "rename", failing_rename)
        with pytest.raises(MachineRefused, match="the version before stands as it was"):
            folder.publish()
    assert folder.shelf.latest() == first
    assert {path.name: path.read_bytes() for path in (folder.target / LATEST).iterdir()} == old
    assert not [path for path in folder.target.iterdir() if path.name.startswith(".new-")]
    assert folder.publish() != first


def test_halves_that_a_killed_run_left_go_with_the_next_run(folder: Folder) -> None:
    folder.take_in(text=f"{WORDS}.")
    folder.now = NOW + timedelta(days=5)
    half = folder.target / ".new-killed"
    half.mkdir(parents=True)
    (half / "statements.csv").write_text(WORDS)
    version = folder.publish()
    assert sorted(path.name for path in folder.target.iterdir()) == sorted([LATEST, version])


def test_a_version_that_a_killed_run_did_not_point_to_is_pointed_to(folder: Folder) -> None:
    folder.take_in(text=f"{WORDS}.")
    folder.now = NOW + timedelta(days=5)
    version = folder.publish()
    (folder.target / LATEST).unlink()
    assert folder.shelf.latest() == ""
    assert folder.publish() == version
    assert folder.shelf.latest() == version


def test_an_old_version_that_cannot_be_taken_away_is_told(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.take_in(text=f"{WORDS}.")
    folder.now = NOW + timedelta(days=5)
    first = folder.publish()
    folder.now += timedelta(days=1)

    def refuse(_: Path) -> None:
        raise OSError(13, "Permission denied")

    with monkeypatch.context() as broken:
        broken.setattr("shutil.rmtree", refuse)
        with pytest.raises(MachineRefused, match="the new version stands"):
            folder.publish()
    assert folder.shelf.latest() != first


def test_a_folder_that_is_not_ours_is_left_alone(folder: Folder) -> None:
    folder.take_in(text=f"{WORDS}.")
    folder.now = NOW + timedelta(days=5)
    (folder.target / "notes").mkdir(parents=True)
    (folder.target / "notes" / "mine.txt").write_text("mine")
    folder.publish()
    assert (folder.target / "notes" / "mine.txt").read_text() == "mine"


def test_a_target_that_is_a_file_is_refused(folder: Folder) -> None:
    folder.take_in(text=f"{WORDS}.")
    folder.target.write_text("in the way")
    with pytest.raises(MachineRefused):
        folder.publish()


# ---- the command ---------------------------------------------------------------------------------


def test_the_command_writes_a_package_and_says_what_is_in_it(
    run_vidomo: Callable, shared: Path, tmp_path: Path
) -> None:
    run_vidomo("import", "--replay", shared / "izium/texts.jsonl")
    ran = run_vidomo("publish", "data", tmp_path / "out", "--json", "--by", "Вигадана громада")
    assert ran.code == 0
    done = json.loads(ran.out)
    assert done["statements"] > 10
    assert done["added"] == done["statements"] + done["states"]
    assert "counsel must review" in ran.err
    text = (tmp_path / "out" / LATEST / "index.html").read_text("utf-8")
    assert "Вигадана громада" in text
    for name in ("index.html", "changes.atom", "outages.ics", "codebook.uk.md"):
        told = (tmp_path / "out" / LATEST / name).read_text("utf-8").replace("\n ", "")
        assert "Неофіційна збірка, яку веде Вигадана громада" in told.replace("\r\n ", ""), name
    run_vidomo("desk", "authority", "set", "--name", "Записана рада")
    assert run_vidomo("publish", "data", tmp_path / "named").code == 0
    assert "Записана рада" in (tmp_path / "named" / LATEST / "CITATION.cff").read_text("utf-8")
    again = run_vidomo("publish", "data", tmp_path / "out", "--by", "Вигадана громада")
    assert "0 rows added, 0 changed, 0 withdrawn" in again.out


def test_an_exercise_and_the_bundled_scenario_are_never_given_away(
    run_vidomo: Callable, tmp_path: Path, shared: Path
) -> None:
    for data in (tmp_path / "data", tmp_path / "data" / "exercise"):
        if data.name == "exercise":
            run_vidomo("import", "--replay", shared / "izium/texts.jsonl", "--data", data)
        ran = run_vidomo("publish", "data", tmp_path / "out", "--data", data)
        assert ran.code == 3
        assert "never given away" in ran.err
    assert not (tmp_path / "out").exists()


def test_publish_still_takes_a_folder_for_the_pages(run_vidomo: Callable) -> None:
    assert "pages" in run_vidomo("publish", "--help").out
    assert "--every-place" in run_vidomo("publish", "pages", "--help").out
    ran = run_vidomo("publish", "--every-place")
    assert ran.code == 2
    assert "FOLDER" in ran.err


# ---- the server ------------------------------------------------------------------------------------


@pytest.fixture
def served(folder: Folder) -> Iterator[Served]:
    it = Served(NightHouse(), open_data=folder.target)
    yield it
    it.stop()


def test_the_newest_package_is_served_at_one_address(folder: Folder, served: Served) -> None:
    assert served.get("/data/")[0].status == 404
    folder.take_in(text=f"{WORDS}.")
    folder.now = NOW + timedelta(days=5)
    folder.publish()
    for path in ("/data", "/data/", f"/data/{LATEST}"):
        answer, _ = served.get(path)
        assert answer.status == 303
        assert answer.getheader("location") == f"/data/{LATEST}/"
    assert "statements.csv" in served.text(f"/data/{LATEST}/")
    kinds = {
        "statements.csv": "text/csv; charset=utf-8",
        "states.geojson": "application/geo+json",
        "outages.ics": "text/calendar; charset=utf-8",
        "changes.atom": "application/atom+xml; charset=utf-8",
        "SHA256SUMS": "text/plain; charset=utf-8",
    }
    for name, kind in kinds.items():
        answer, body = served.get(f"/data/{LATEST}/{name}")
        assert body == (folder.target / LATEST / name).read_bytes()
        assert answer.getheader("content-type") == kind
        assert answer.getheader("x-content-type-options") == "nosniff"
        assert answer.getheader("cache-control") == "no-cache"


def test_another_publisher_makes_another_version_of_the_same_rows(folder: Folder) -> None:
    folder.take_in(text=f"{WORDS}.")
    folder.now = NOW + timedelta(days=5)
    first = folder.publish()
    named = folder.publish(publisher="Вигадана громада", address="https://data.example/latest/")
    assert named != first
    assert folder.holding("Вигадана громада")
    assert folder.holding("https://data.example/latest/changes.csv")
    again = folder.publish(publisher="Вигадана громада", address="https://data.example/latest/")
    assert folder.shelf.latest() == named
    assert again != first
    assert sorted(path.name for path in folder.target.iterdir()) == sorted([named, LATEST])


def test_a_file_that_somebody_has_is_not_sent_again_until_it_is_another(
    folder: Folder, served: Served
) -> None:
    folder.take_in(text=f"{WORDS}.")
    folder.now = NOW + timedelta(days=5)
    folder.publish()
    path = f"/data/{LATEST}/statements.csv"
    tag = served.get(path)[0].getheader("etag")
    for asked in (tag, f'"other", W/{tag}', "*"):
        answer, body = served.get(path, **{"If-None-Match": asked})
        assert (answer.status, body) == (304, b"")
        assert answer.getheader("etag") == tag
        assert answer.getheader("cache-control") == "no-cache"
    head, nothing = served.get(path, method="HEAD")
    assert (head.status, nothing) == (200, b"")
    folder.take_in(id="8", text=f"{WORDS} знову.", url="https://post.example/8")
    folder.now += timedelta(days=5)
    folder.publish()
    answer, body = served.get(path, **{"If-None-Match": tag})
    assert answer.status == 200
    assert body == (folder.target / LATEST / "statements.csv").read_bytes()


@pytest.mark.parametrize(
    "name", ["..%2f..%2fsecret", "%2e%2e", ".new-x", "a/b", "%00", "secret~", "none.csv"]
)
def test_nothing_but_the_files_of_the_package_is_served(
    name: str, folder: Folder, served: Served
) -> None:
    folder.take_in(text=f"{WORDS}.")
    folder.now = NOW + timedelta(days=5)
    folder.publish()
    (folder.target / "secret").write_text("kept")
    answer, body = served.get(f"/data/{LATEST}/{name}")
    assert answer.status == 404
    assert b"kept" not in body


def test_a_server_without_a_package_has_no_such_page() -> None:
    it = Served(NightHouse())
    try:
        assert it.get("/data/")[0].status == 404
        assert it.get(f"/data/{LATEST}/states.csv")[0].status == 404
    finally:
        it.stop()
