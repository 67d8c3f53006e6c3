"""What a sheet says of alerts, and that nothing written meanwhile is missing from it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from app.desk_world import IZIUM_RAION, Desk, night_folder
from desk.alerts.worlds import NOW, approved, drafted, ended, made, tried
from vidomo.app.desk_book import entries_in, write_entries
from vidomo.app.watch_book import in_force
from vidomo.app.web.desk import handover
from vidomo.desk.entry import entry
from vidomo.desk.handover.model import watches_of
from vidomo.desk.people import Grant, Role
from vidomo.publish.alerts.model import Status
from vidomo.store.sqlite import SqliteJournal

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(night_folder(tmp_path / "data", tmp_path / "kept")) as one:
        yield one


def test_drafts_and_issued_alerts_are_handed_on_and_expired_ones_are_not() -> None:
    draft = made()
    (one,) = in_force((drafted("alr_one", draft),), at=LATER, lang="uk")
    assert (one.state, one.places, one.kind) == ("draft", draft.places, "")
    assert one.headline
    trying = tried("alr_one", draft)
    out = (drafted("alr_one", draft), trying, ended(trying))
    (one,) = in_force(out, at=LATER, lang="uk")
    assert one.state == "issued"
    assert one.issued_at is not None
    assert one.expires > LATER
    assert in_force(out, at=one.expires + timedelta(days=1), lang="uk") == ()
    english = in_force(out, at=LATER, lang="en")[0].headline
    assert english.isascii()
    assert english != one.headline


def test_a_desk_without_alerts_has_none_in_force() -> None:
    assert in_force((), at=LATER, lang="uk") == ()
    task = entry("task.added", subject="task_1", by="usr_1", at=NOW)
    assert in_force((task, approved("alr_one", made())), at=LATER, lang="uk") == ()


def test_an_alert_that_is_no_real_one_says_so() -> None:
    real = made()
    alert = msgspec.structs.replace(real.alert, status=Status.EXERCISE)
    draft = msgspec.structs.replace(real, alert=alert)
    (one,) = in_force((drafted("alr_one", draft),), at=LATER, lang="uk")
    assert one.kind == "exercise"
    assert one.places == real.places


def test_a_sheet_is_not_kept_where_something_was_written_while_it_was_made(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = desk.client(desk.person("editor", Grant(Role.EDITOR, IZIUM_RAION)))
    make = handover.sheet_of

    def slowly(house, territory, **options):
        sheet = make(house, territory, **options)
        # Another process whose transaction began before that instant ends after it.
        desk.clock.move(seconds=-0.5)
        late = entry("task.noted", subject="task_1", by="usr_x", at=desk.clock())
        desk.site.write_now(lambda writing: write_entries(writing.journal, [late]))
        desk.clock.move(seconds=1)
        return sheet

    desk.clock.move(seconds=1)
    editor.post("/desk/calls", {"place": "Ізюм", "words": "Немає світла."})
    desk.clock.move(seconds=1)
    monkeypatch.setattr(handover, "sheet_of", slowly)
    refused = editor.post("/desk/handover", {"territory": IZIUM_RAION})
    monkeypatch.undo()
    with SqliteJournal.open(desk.folder, clock=desk.clock, read_only=True) as journal:
        kept = watches_of(entries_in(journal, what_prefix="watch."))
    assert (refused.status, len(kept)) == (409, 0)
    assert editor.post("/desk/handover", {"territory": IZIUM_RAION}).status == 303


def test_the_pages_are_there_in_english(desk: Desk) -> None:
    editor = desk.client(desk.person("editor", Grant(Role.EDITOR, IZIUM_RAION)))
    for path, said in (
        ("/desk/calls", "Take down"),
        ("/desk/tasks", "Action log"),
        ("/desk/handover", "Make the sheet"),
    ):
        assert said in editor.get(f"{path}?lang=en").text
    answer = editor.post("/desk/handover", {"territory": IZIUM_RAION})
    page = editor.get(answer.headers["location"])
    assert "What holds" in page.text
    assert "Izium" in page.text
    answer = editor.post("/desk/calls", {"place": "Izium", "words": "The power is out."})
    assert answer.status == 303
    assert "Call taken down: Izium" in editor.get("/desk/calls").text
