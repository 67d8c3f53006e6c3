"""An exercise stays an exercise, by whatever way its folder is named."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vidomo.app.exercise import open_exercise
from vidomo.app.made_up import is_exercise, refuse_exercise
from vidomo.core.clock import fixed_clock
from vidomo.core.errors import NothingKnown
from vidomo.desk.table import DeskTable

NOW = datetime(2026, 1, 10, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made_up") / "data"
    target, _ = open_exercise(folder, clock=fixed_clock(NOW))
    return target


def test_a_link_a_moved_copy_and_a_dot_lead_to_the_same_exercise(
    begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, copy = tmp_path / "link", tmp_path / "copy"
    link.symlink_to(begun, target_is_directory=True)
    shutil.copytree(begun, copy)
    monkeypatch.chdir(begun)
    for folder in (begun, link, copy, Path()):
        assert is_exercise(folder)
        with pytest.raises(NothingKnown, match="never given away"):
            refuse_exercise(folder)


def test_a_real_folder_is_none_with_or_without_a_desk(begun: Path, tmp_path: Path) -> None:
    assert not is_exercise(tmp_path)
    assert not (tmp_path / "desk.sqlite").exists()
    assert not is_exercise(begun.parent)
    with DeskTable.open(tmp_path):
        pass
    assert not is_exercise(tmp_path)
    refuse_exercise(tmp_path)


def test_nothing_real_is_made_of_an_exercise(run_vidomo, begun: Path, tmp_path: Path) -> None:
    copy, out = tmp_path / "copy", tmp_path / "out"
    shutil.copytree(begun, copy)
    given = ("--data", str(copy))
    assert run_vidomo("publish", "data", str(out), *given).code == 3
    assert run_vidomo("publish", str(out), *given).code == 3
    assert not out.exists()
    report = run_vidomo("publish", "sitrep", "Izium", "--as", "md", "--lang", "en", *given)
    assert "exercise" in report.out.splitlines()[0].lower()
    form = run_vidomo("form", "fill", "community/power", "Izium", "--lang", "en", *given)
    assert "exercise" in form.out.splitlines()[0].lower()
