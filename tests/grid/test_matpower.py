import pytest

from grid.networks import case
from vidomo.grid.check import is_sound
from vidomo.grid.matpower import read_matpower

TEXT = """function mpc = tiny
%% a comment with ] and [ in it
mpc.version = '2';
mpc.baseMVA = 100;  % MVA
mpc.bus = [  % bus_i type Pd Qd Gs Bs area Vm Va baseKV zone Vmax Vmin
	1	3	0	0	0	0	1	1	0	110	1	1.1	0.9;
	2	1	50	10	2.5	0	1	1	0	110	1	1.1	0.9; 4	4	0	0	0	0	1	1	0	0	1	1.1	0.9;
];
mpc.gen = [
	1	52	0	0	0	1	100	1	80	0;
];
mpc.branch = [
	1	2	0.01	0.1	0	40	0	0	0.98	-3	1;
	1	2	0.01	.2	0	0	0	0	0	0	0;
	2	4	0.01	2e-1	0	0	0	0	0	0	1;
];
"""


def test_a_case_is_read_column_by_column() -> None:
    reading = read_matpower(TEXT)
    model = reading.model
    assert model is not None
    assert is_sound(reading.problems)
    assert (model.name, model.base_mva, model.slack_bus) == ("tiny", 100, "1")
    assert [bus.id for bus in model.buses] == ["1", "2", "4"]
    assert [bus.base_kv for bus in model.buses] == [110, 110, None]
    first, second, third = model.branches
    assert (first.rating_mw, first.tap, first.shift_deg, first.in_service) == (40, 0.98, -3, True)
    assert (second.rating_mw, second.tap, second.x_pu, second.in_service) == (None, 1, 0.2, False)
    assert third.x_pu == 0.2
    assert [(load.id, load.power_mw) for load in model.loads] == [("2", 50), ("shunt 2", 2.5)]
    assert model.generators[0].max_power_mw == 80
    assert model.is_benchmark
    assert model.assumptions == ("1 buses are marked isolated; they are kept",)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("mpc.baseMVA = 100;", "", "network: base_mva"),
        ("mpc.baseMVA = 100;", "mpc.baseMVA = many;", "network: base_mva"),
        ("mpc.gen = [", "mpc.gin = [", "gen: table"),
        ("0.98	-3	1;", "0.98	-3;", "branch row 1: columns"),
        ("0.01	.2", "0.01	two", "branch row 2: columns"),
    ],
)
def test_a_text_that_is_no_case_says_where(old: str, new: str, where: str) -> None:
    reading = read_matpower(TEXT.replace(old, new))
    assert reading.model is None
    assert [problem.where for problem in reading.problems] == [where]


def test_a_number_that_is_none_is_told_with_its_row() -> None:
    reading = read_matpower(TEXT.replace("0.01	0.1	0	40", "0.01	NaN	0	40"))
    assert ("not_a_number", "branch 1: x_pu") in {
        (problem.code, problem.where) for problem in reading.problems
    }


def test_benchmarks_have_their_published_sizes() -> None:
    sizes = {
        name: (case(name).buses, case(name).branches)
        for name in ("case118", "case300", "case_ACTIVSg2000")
    }
    assert sizes == {"case118": (118, 186), "case300": (300, 411), "case_ACTIVSg2000": (2000, 3206)}
    assert case("case118").load_mw.sum() == pytest.approx(4242)
