"""An exercise is never served nor acted in as if it were real."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from vidomo.app.exercise import open_exercise
from vidomo.core.clock import fixed_clock

NOW = datetime(2026, 1, 10, 12, tzinfo=UTC)


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    return open_exercise(tmp_path / "data", clock=fixed_clock(NOW))[0]


def test_the_folder_of_an_exercise_is_not_served_as_real(run_vidomo, begun: Path) -> None:
    ran = run_vidomo("run", "--port", "0", "--data", begun)
    assert ran.code == 2
    assert "holds an exercise, which is never served as real" in ran.err


def test_no_alert_in_earnest_is_written_in_the_folder_of_an_exercise(
    run_vidomo, begun: Path
) -> None:
    given = ("--as", "olena", "--password-stdin", "--data", begun)
    ran = run_vidomo("alert", "draft", "shelter", "Izium", *given, stdin=b"x\n")
    assert ran.code == 2
    assert "nothing in earnest comes of one" in ran.err
