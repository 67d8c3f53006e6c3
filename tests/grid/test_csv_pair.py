import pytest

from vidomo.grid.arrays import compile_grid
from vidomo.grid.check import is_sound
from vidomo.grid.csv_pair import BRANCH_TEMPLATE, BUS_TEMPLATE, read_csv_pair


def test_line_ends_of_any_kind_are_read_and_a_broken_table_is_told() -> None:
    plain = read_csv_pair(BUS_TEMPLATE, BRANCH_TEMPLATE)
    for end in ("\r", "\r\n"):
        found = read_csv_pair(BUS_TEMPLATE.replace("\n", end), BRANCH_TEMPLATE.replace("\n", end))
        assert found == plain
    many = "bus\r" + "B\r" * 300_000
    assert [one.code for one in read_csv_pair(many, BRANCH_TEMPLATE).problems] == ["too_large"]
    wide = BUS_TEMPLATE + "x" * 200_000 + ",,,,,\n"
    codes = {one.code for one in read_csv_pair(wide, BRANCH_TEMPLATE).problems}
    assert "not_a_table" in codes


def test_the_templates_are_a_network() -> None:
    reading = read_csv_pair(BUS_TEMPLATE, BRANCH_TEMPLATE, name="district")
    assert is_sound(reading.problems)
    assert {problem.code for problem in reading.problems} == {"missing_rating"}
    model = reading.model
    assert model is not None
    assert model.slack_bus == "Border"
    assert [branch.in_service for branch in model.branches] == [True, True, False]
    assert model.branches[1].rating_mw is None
    grid = compile_grid(model)
    assert grid.place_load_mw.tolist() == [12.5, 8]
    assert not model.is_benchmark


def test_a_spreadsheet_with_semicolons_and_decimal_commas_is_the_same() -> None:
    def local(text: str) -> str:
        return "\ufeff" + text.replace(",", ";").replace(".", ",")

    one = read_csv_pair(BUS_TEMPLATE, BRANCH_TEMPLATE).model
    other = read_csv_pair(local(BUS_TEMPLATE), local(BRANCH_TEMPLATE)).model
    assert one is not None
    assert other is not None
    assert one.hash == other.hash


@pytest.mark.parametrize(
    ("bus", "branch", "code", "where"),
    [
        ("name\nA\n", "from_bus,to_bus,x_pu\n", "missing_column", "bus.csv: bus"),
        ("bus\nA\n", "from_bus,to_bus\n", "missing_column", "branch.csv: x_pu"),
        ("bus,volts\nA,1\n", "from_bus,to_bus,x_pu\n", "unknown_column", "bus.csv: heading"),
        ("bus,load_mw\nA,ten\n", "from_bus,to_bus,x_pu\n", "not_a_number", "bus.csv line 2: load_mw"),
        ("bus\nA\nB\n", "from_bus,to_bus,x_pu\nA,B,\n", "not_a_number", "branch.csv line 2: x_pu"),
        ("bus\nA\nB\n", "from_bus,to_bus,x_pu,in_service\nA,B,1,maybe\n", "not_yes_or_no", "branch.csv line 2: in_service"),
        ("bus,slack\nA,yes\nB,yes\n", "from_bus,to_bus,x_pu\n", "two_slacks", "bus.csv: slack"),
        ("bus\nA\n", "from_bus,to_bus,x_pu\nA,Q,0.1\n", "unknown_bus", "branch.csv"),
    ],
)  # fmt: skip
def test_every_slip_is_told_with_its_line_and_column(
    bus: str, branch: str, code: str, where: str
) -> None:
    problems = read_csv_pair(bus, branch).problems
    places = [problem.where for problem in problems if problem.code == code]
    assert places
    assert where == "branch.csv" or places == [where]


def test_an_empty_generation_with_a_capacity_is_a_source_at_rest() -> None:
    reading = read_csv_pair("bus,capacity_mw\nA,5\n\n", "from_bus,to_bus,x_pu\n")
    assert reading.model is not None
    assert reading.model.generators[0].power_mw == 0
    assert reading.model.generators[0].max_power_mw == 5
