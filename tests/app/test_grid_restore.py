"""``vidomo grid restore``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from grid.test_pandapower import written as pandapower_text
from vidomo.app.cli.main import vidomo
from vidomo.app.network import DAMAGE_TEMPLATE, SERVICE_TEMPLATE, read_network
from vidomo.grid.csv_pair import BRANCH_TEMPLATE, BUS_TEMPLATE


def _folder(tmp_path: Path) -> Path:
    (tmp_path / "bus.csv").write_text(BUS_TEMPLATE)
    (tmp_path / "branch.csv").write_text(BRANCH_TEMPLATE)
    (tmp_path / "damage.csv").write_text(DAMAGE_TEMPLATE)
    (tmp_path / "services.csv").write_text(SERVICE_TEMPLATE)
    return tmp_path


def _run(*arguments: object) -> tuple[int, str, str]:
    found = CliRunner().invoke(
        vidomo, ["grid", "restore", *map(str, arguments)], standalone_mode=False
    )
    code = found.return_value if isinstance(found.return_value, int) else found.exit_code
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        return getattr(found.exception, "exit_code", 1), found.stdout, str(found.exception)
    return code, found.stdout, found.stderr


def test_the_templates_make_a_plan(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    code, out, _ = _run(
        folder, "--damage", folder / "damage.csv", "--services", folder / "services.csv", "--json"
    )
    assert code == 0
    plan = json.loads(out)
    assert {step["element"] for step in plan["steps"]} == {"L1", "North"}
    assert plan["is_exercise"] is False


def test_spreadsheets_with_semicolons_and_decimal_commas_are_read(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    table = "element;median_h\nL1;6,5\n"
    (folder / "damage.csv").write_bytes(b"\xef\xbb\xbf" + table.encode())
    code, out, _ = _run(folder, "--damage", folder / "damage.csv", "--json")
    assert code == 0
    assert json.loads(out)["steps"][0]["ends_h"] == 6.5


def test_every_problem_is_told_with_its_row(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    (folder / "damage.csv").write_text("element,median_h\nL1,soon\nL9,3\n,,\n")
    code, out, err = _run(folder, "--damage", folder / "damage.csv")
    assert (code, out) == (5, "")
    assert "damage.csv, row 2: median_h is 'soon'" in err
    (folder / "damage.csv").write_text("element,median_h\nL1,0\nL9,3\n")
    code, out, err = _run(folder, "--damage", folder / "damage.csv")
    assert (code, out) == (5, "")
    assert "L1: median_h" in err
    assert "L9: element" in err
    (folder / "damage.csv").write_text("what,hours\nL1,0\n")
    assert "no column 'element'" in _run(folder, "--damage", folder / "damage.csv")[2]


def test_a_missing_file_and_another_kind_are_told(tmp_path: Path) -> None:
    damage = tmp_path / "damage.csv"
    damage.write_text(DAMAGE_TEMPLATE)
    assert _run(tmp_path / "none", "--damage", damage)[0] == 3
    assert _run(tmp_path, "--damage", damage)[0] == 3
    assert _run(damage, "--damage", damage)[0] == 5
    assert _run()[0] == 2
    code, _, err = _run(_folder(tmp_path), "--damage", tmp_path / "gone.csv")
    assert (code, "cannot read" in err) == (6, True)


def test_every_problem_of_the_network_is_listed_with_element_and_field(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    rows = "".join(f"X{at},A,nowhere,0,,yes\n" for at in range(8))
    (folder / "branch.csv").write_text("branch,from_bus,to_bus,x_pu,rating_mw,in_service\n" + rows)
    code, out, err = _told(folder, "--damage", folder / "damage.csv")
    assert (code, out) == (5, "")
    for at in range(8):
        assert f"branch X{at}: to_bus: there is no bus 'nowhere'" in err
        assert f"branch X{at}: x_pu: the reactance is zero" in err


def _told(*arguments: object) -> tuple[int, str, str]:
    """Return what is printed too where the command ends with an error."""
    found = CliRunner().invoke(
        vidomo, ["grid", "restore", *map(str, arguments)], standalone_mode=False
    )
    return getattr(found.exception, "exit_code", 0), found.stdout, found.stderr


def test_who_says_that_it_is_an_exercise_gets_one(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    code, out, _ = _run(folder, "--damage", folder / "damage.csv", "--exercise", "--lang", "en")
    assert code == 0
    assert out.startswith("EXERCISE")


@pytest.mark.parametrize("name", ["case118", "case_ACTIVSg2000", "ieee14", "RTS-GMLC"])
def test_a_file_that_bears_the_name_of_a_benchmark_makes_an_exercise(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / f"{name}.json"
    path.write_text(pandapower_text())
    made = read_network(path).model
    assert made is not None
    assert made.is_benchmark
    own = path.rename(tmp_path / "district.json")
    ours = read_network(own).model
    assert ours is not None
    assert not ours.is_benchmark


def test_the_example_is_an_exercise() -> None:
    code, out, _ = _run("--example", "--lang", "en")
    assert code == 0
    assert out.startswith("EXERCISE")
