"""``vidomo grid islands``, ``flow``, ``contingency``, ``cascade`` and ``ensemble``."""

import gzip
import importlib.util
import json
import re
import shlex
import sys
from pathlib import Path

import pytest

from conftest import missing
from vidomo.grid.csv_pair import BRANCH_TEMPLATE, BUS_TEMPLATE

COMMANDS = ("islands", "flow", "contingency", "cascade", "ensemble")
RECORDED = Path(__file__).resolve().parents[1] / "grid" / "recorded"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the templates as a district's own network."""
    place = tmp_path / "net"
    place.mkdir()
    (place / "bus.csv").write_text(BUS_TEMPLATE)
    (place / "branch.csv").write_text(BRANCH_TEMPLATE)
    return place


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_of_the_help_runs_and_is_marked_an_exercise(run_vidomo, name: str) -> None:
    shown = run_vidomo("grid", name, "--help")
    assert shown.code == 0
    example = re.search(r"Example: vidomo (.*)", shown.out).group(1)
    ran = run_vidomo(*shlex.split(example))
    assert ran.code == 0
    assert ran.out.startswith("EXERCISE")
    assert "This rests on:" in ran.out
    facts = json.loads(run_vidomo(*shlex.split(example), "--json").out)
    assert facts["exercise"] is True
    assert facts["assumptions"]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_network_of_ones_own_is_no_exercise_unless_asked_for(
    run_vidomo, folder: Path, name: str
) -> None:
    ran = run_vidomo("grid", name, folder)
    assert ran.code == 0
    assert "EXERCISE" not in ran.out
    assert "missing_rating" not in ran.out
    assert "branches: rating_mw" in ran.err
    assert run_vidomo("grid", name, folder, "--exercise").out.startswith("EXERCISE")


def test_a_place_that_does_not_exist_is_noted(run_vidomo, folder: Path) -> None:
    assert "no place has the code 'UA00000000000000002'" in run_vidomo("grid", "flow", folder).err
    for code in ("UA00000000000000001", "UA00000000000000002"):
        table = folder / "bus.csv"
        table.write_text(table.read_text().replace(code, "UA63040090010029555"))
    ran = run_vidomo("grid", "cascade", folder, "--out", "L1")
    assert ran.code == 0
    assert "no place" not in ran.err


def test_islands_tell_what_each_needs_and_can_give(run_vidomo) -> None:
    facts = json.loads(run_vidomo("grid", "islands", "--example", "--out", "L1, L4", "--json").out)
    assert [len(island["buses"]) for island in facts["islands"]] == [5, 3]
    assert facts["islands"][1]["surplus_mw"] == -34
    assert facts["unserved_at_least_mw"] == 34
    assert facts["out"] == ["L1", "L4"]


def test_flows_balance_a_bus_and_leave_out_what_is_out(run_vidomo) -> None:
    facts = json.loads(run_vidomo("grid", "flow", "--example", "--out", "L4", "--json").out)
    flows = {row["branch"]: row["flow_mw"] for row in facts["branches"]}
    assert "L4" not in flows
    assert flows["L2"] == pytest.approx(16)
    assert flows["L7"] == pytest.approx(4)


def test_a_missing_rating_is_a_dash_and_null_never_a_number(run_vidomo, folder: Path) -> None:
    facts = json.loads(run_vidomo("grid", "flow", folder, "--json").out)
    second = next(row for row in facts["branches"] if row["branch"] == "L2")
    assert second["rating_mw"] is None
    assert second["loading_share"] is None
    assert re.search(r"^L2 .* - +-$", run_vidomo("grid", "flow", folder).out, re.MULTILINE)


def test_contingencies_stand_in_the_order_of_the_file(run_vidomo) -> None:
    facts = json.loads(run_vidomo("grid", "contingency", "--example", "--json").out)
    rows = facts["contingencies"]
    assert [row["branch"] for row in rows] == [f"L{number}" for number in range(1, 9)]
    assert rows[2]["overloads"] == 2
    assert rows[4] == {
        "branch": "L5",
        "splits": True,
        "worst_loading_share": None,
        "worst_branch": None,
        "overloads": None,
    }
    one = json.loads(run_vidomo("grid", "contingency", "--example", "--branch", "L3", "--json").out)
    assert one["contingencies"] == [rows[2]]


def test_a_cascade_tells_what_is_served_by_place(run_vidomo) -> None:
    facts = json.loads(run_vidomo("grid", "cascade", "--example", "--out", "L1", "--json").out)
    assert (facts["rounds"], facts["trips"]) == (2, 1)
    assert sum(place["served_mw"] for place in facts["places"]) == pytest.approx(facts["served_mw"])


def test_an_invented_rating_is_said(run_vidomo, folder: Path) -> None:
    ran = run_vidomo("grid", "cascade", folder, "--out", "L1", "--invented-rating", "1.2")
    assert "ratings are invented" in ran.out
    for command in ("cascade", "ensemble"):
        asked = ("grid", command, "--example", "--invented-rating", "nan")
        assert run_vidomo(*asked).code == 2


def test_an_ensemble_is_the_same_for_any_number_of_workers(run_vidomo) -> None:
    words = ("grid", "ensemble", "--example", "--strike-all", "0.3", "--scenarios", "700", "--json")
    one, three = (run_vidomo(*words, "--workers", workers).out for workers in ("1", "3"))
    assert one == three
    facts = json.loads(one)
    assert facts["unserved_mw"]["q95"] > 0
    assert "no forecast" in " ".join(facts["assumptions"])


def test_the_worst_of_those_drawn_are_looked_at_in_ac(run_vidomo) -> None:
    if importlib.util.find_spec("lightsim2grid") is None:
        missing("lightsim2grid is not installed")
    words = ("grid", "ensemble", "--example", "--strike-all", "0.3", "--scenarios", "300")
    facts = json.loads(run_vidomo(*words, "--ac", "5", "--json").out)
    assert len(facts["ac"]) == 5
    assert {row["status"] for row in facts["ac"]} <= {"converged", "no solution", "nothing served"}
    assert "AC flow of where these cascades end" in run_vidomo(*words, "--ac", "2").out
    once = json.loads(
        run_vidomo("grid", "cascade", "--example", "--out", "L6", "--ac", "--json").out
    )
    assert once["ac"][0]["status"] == "converged"
    assert once["ac"][0]["lowest_pu"] > 0.9


def test_an_ac_check_without_resistances_is_refused_with_the_reason(
    run_vidomo, folder: Path
) -> None:
    if importlib.util.find_spec("lightsim2grid") is None:
        missing("lightsim2grid is not installed")
    ran = run_vidomo("grid", "cascade", folder, "--out", "L1", "--ac")
    assert ran.code == 5
    assert "no resistance" in ran.err


def test_every_problem_of_a_network_is_printed_and_nothing_computed(
    run_vidomo, folder: Path
) -> None:
    (folder / "branch.csv").write_text(
        "branch,from_bus,to_bus,x_pu\nL1,Border,North,0\nL1,North,Nowhere,0.1\n"
    )
    for name in COMMANDS:
        ran = run_vidomo("grid", name, folder)
        assert ran.code == 5
        assert ran.out == ""
        for found in ("branch L1: x_pu", "branch L1: to_bus", "branch L1: id"):
            assert found in ran.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["islands"], 2, "--example"),
        (["islands", "no-such-folder"], 3, "no-such-folder"),
        (["islands", "--example", "--out", "L99"], 5, "L99"),
        (["contingency", "--example", "--branch", "L99"], 5, "L99"),
        (["ensemble", "--example", "--strike", "somewhere"], 2, "PLACE=0.3"),
        (["ensemble", "--example", "--strike", "somewhere=much"], 2, "PLACE=0.3"),
        (["ensemble", "--example", "--strike", "UA1=0.2"], 5, "no substation lies in"),
        (["ensemble", "--example", "--if-struck", "2"], 5, "failure_if_struck"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(
    run_vidomo, words: list[str], code: int, said: str
) -> None:
    ran = run_vidomo("grid", *words)
    assert ran.code == code
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_file_of_pypsa_is_read(run_vidomo, tmp_path: Path) -> None:
    if importlib.util.find_spec("h5py") is None:
        missing("h5py is not installed")
    path = tmp_path / "district.nc"
    path.write_bytes(gzip.decompress((RECORDED / "pypsa_solved.nc.gz").read_bytes()))
    facts = json.loads(run_vidomo("grid", "flow", path, "--json").out)
    assert facts["network"] == "district"
    assert len(facts["branches"]) == 6
    assert json.loads(run_vidomo("grid", "flow", tmp_path, "--json").out) == facts


def test_a_file_that_needs_another_library_says_which(
    run_vidomo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypowsybl", None)
    path = tmp_path / "net.uct"
    path.write_text("##C 2007.05.01\n")
    ran = run_vidomo("grid", "islands", path)
    assert ran.code == 6
    assert "vidomo[grid-io]" in ran.err


def test_another_kind_of_file_is_refused_with_the_kinds_that_are_read(
    run_vidomo, tmp_path: Path
) -> None:
    path = tmp_path / "net.docx"
    path.write_text("no network")
    ran = run_vidomo("grid", "islands", path)
    assert ran.code == 5
    assert ".raw" in ran.err
