import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from vidomo.app.house import House
from vidomo.app.replay.sirens import posts_of, read_sirens, register_alarm_sources
from vidomo.app.scenario import open_scenario

IZIUM, KHARKIV = "UA63040090010029555", "UA63000000000041885"
ROWS = """\
oblast,raion,hromada,level,started_at,finished_at,source
Kharkivska oblast,,,oblast,2022-03-15 16:10:34+00:00,2022-03-15 16:50:34+00:00,official
Kharkivska oblast,Iziumskyi raion,,raion,2022-03-15 17:10:34+00:00,2022-03-15 18:10:34+00:00,official
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "alerts.csv"
    path.write_text(ROWS, "utf-8")
    sirens, _ = read_sirens(path)
    with House.open(tmp_path / "house") as house:
        house.take_in(posts_of(sirens, seed=1), replay=True)
        register_alarm_sources(house.journal, sirens)
    return tmp_path / "house"


def test_the_review_of_a_place_is_for_the_desk_and_says_so(
    run_vidomo: Callable[..., object], folder: Path
) -> None:
    ran = run_vidomo("measures", IZIUM, "--data", folder, "--from", "2022-03-15", "--to", "2022-04")
    assert ran.code == 0
    assert ran.out.startswith("For the desk only")
    assert "2, 1.7 h under alert" in ran.out
    assert "no outage reported; that does not say that there was power" in ran.out


def test_json_holds_the_same_facts(run_vidomo: Callable[..., object], folder: Path) -> None:
    ran = run_vidomo("measures", KHARKIV, "--data", folder, "--from", "2022-03-15", "--json")
    told = json.loads(ran.out)
    assert told["audience"] == "desk"
    (found,) = told["reviews"]
    assert found["alerts"]["by_level"] == {"oblast": 1, "raion": 1}
    assert found["alerts"]["median_s"] == 50 * 60
    assert found["without_power"] is None


def test_without_a_place_the_country_and_its_oblasts_with_news_are_shown(
    run_vidomo: Callable[..., object], folder: Path
) -> None:
    ran = run_vidomo("measures", "--data", folder, "--json")
    assert [one["place"] for one in json.loads(ran.out)["reviews"]] == ["UA", KHARKIV]


def test_a_picture_is_written_for_one_place(
    run_vidomo: Callable[..., object], folder: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "izium.svg"
    ran = run_vidomo("measures", IZIUM, "--data", folder, "--chart", picture, "--lang", "en")
    assert ran.code == 0
    assert "For the desk only" in picture.read_text("utf-8")
    refused = run_vidomo("measures", "--data", folder, "--chart", picture)
    assert refused.code == 2
    nowhere = run_vidomo("measures", IZIUM, "--data", folder, "--chart", tmp_path / "no" / "x.svg")
    assert nowhere.code == 6


def test_nothing_known_is_told_by_the_exit_code(
    run_vidomo: Callable[..., object], folder: Path
) -> None:
    assert run_vidomo("measures", "UA51000000000030770", "--data", folder).code == 3


@pytest.mark.parametrize(
    "period",
    [
        ("--from", "2022-04-01", "--to", "2022-03-01"),
        ("--from", "2022-03-15T10:00"),
        ("--to", "soon"),
        ("--from", "2030-01-01", "--to", "2031-01-01"),
    ],
)
def test_a_period_that_cannot_be_is_refused(
    run_vidomo: Callable[..., object], folder: Path, period: tuple[str, ...]
) -> None:
    assert run_vidomo("measures", IZIUM, "--data", folder, *period).code == 2


def test_the_bundled_night_shows_attack_outage_and_questions_with_what_is_not_known(
    run_vidomo: Callable[..., object], tmp_path: Path
) -> None:
    open_scenario(tmp_path).close()
    (folder,) = (tmp_path / "scenario").iterdir()
    ran = run_vidomo("measures", IZIUM, "--data", folder, "--from", "2025-12-20")
    assert ran.code == 0
    assert "no alarm source is heard here" in ran.out
    assert re.search(r"not known +1\n", ran.out)
    assert "restored after: at least" in ran.out
    assert "question on casualties" in ran.out


def test_an_alert_that_nobody_ended_is_shown_as_open(
    run_vidomo: Callable[..., object], tmp_path: Path
) -> None:
    path = tmp_path / "alerts.csv"
    path.write_text(ROWS, "utf-8")
    sirens, _ = read_sirens(path)
    posts = [post for post in posts_of(sirens, seed=1) if "3-end" not in post.native_id]
    with House.open(tmp_path / "house") as house:
        house.take_in(posts, replay=True)
        register_alarm_sources(house.journal, sirens)
    ran = run_vidomo("measures", IZIUM, "--data", tmp_path / "house", "--from", "2022-03-15")
    assert "of them not ended       1, counted up to the end of the period" in ran.out


def test_the_counts_of_an_operator_give_its_indices_by_its_causes(
    run_vidomo: Callable[..., object], folder: Path, tmp_path: Path
) -> None:
    counts = tmp_path / "counts.csv"
    quiet = "".join(
        f"2022-03-{day:02}T10:00:00Z,2022-03-{day:02}T10:0{day % 3 + 1}:00Z,10,works\n"
        for day in range(1, 15)
    )
    counts.write_text(
        "start,end,customers,cause\n"
        + quiet
        + "2022-03-15T10:00:00Z,2022-03-15T20:00:00Z,900,shelling\n"
        + "2021-03-15T10:00:00Z,2021-03-15T20:00:00Z,900,shelling\n",
        "utf-8",
    )
    asked = ("measures", KHARKIV, "--data", folder, "--from", "2022-03", "--counts", counts)
    ran = run_vidomo(*asked, "--served", "1000")
    assert ran.code == 0
    assert "SAIDI, SAIFI              540.29 min, 1.0400" in ran.out
    assert re.search(r"shelling +540\.00 min, 0\.9000", ran.out)
    assert "major event day 2022-03-15" in ran.out
    assert run_vidomo(*asked).code == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("start,end\n", 5),
        ("start,end,customers,cause\n2022-03-15T10:00:00Z,2022-03-15T09:00:00Z,5,x\n", 5),
        ("start,end,customers,cause\n2022-03-15T10:00:00,2022-03-15T11:00:00Z,5,x\n", 5),
        ("start,end,customers,cause\n2022-03-15T10:00:00Z,2022-03-15T11:00:00Z,many,x\n", 5),
        ("start,end,customers,cause\n2022-03-15T10:00:00Z\n", 5),
        ("start,end,customers,cause\n", 0),
    ],
)
def test_counts_that_cannot_be_read_are_refused(
    run_vidomo: Callable[..., object], folder: Path, tmp_path: Path, text: str, code: int
) -> None:
    counts = tmp_path / "counts.csv"
    counts.write_text(text, "utf-8")
    asked = ("measures", KHARKIV, "--data", folder, "--from", "2022-03", "--served", "10")
    assert run_vidomo(*asked, "--counts", counts).code == code
    assert run_vidomo(*asked, "--counts", tmp_path / "nothing.csv").code == 5
