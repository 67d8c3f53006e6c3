import math

import pytest

from grid.networks import branch, square
from vidomo.core.errors import InputError
from vidomo.grid.arrays import compile_grid
from vidomo.grid.check import BUS_LIMIT, check_grid, is_sound, sound_model
from vidomo.grid.model import (
    Bus,
    Generator,
    GridModel,
    GridReading,
    Load,
    PlaceShare,
    Substation,
)

RING = square().branches


def found(model: GridModel, **options: object) -> set[tuple[str, str]]:
    return {(problem.code, problem.where) for problem in check_grid(model, **options)}  # type: ignore[arg-type]


def test_a_sound_network_has_no_problem() -> None:
    assert check_grid(square()) == ()


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"branches": (*RING, branch("AB", id="X", x_pu=0.0))}, "zero_reactance", "branch X: x_pu"),
        ({"branches": (*RING, branch("AB", id="X", x_pu=math.nan))}, "not_a_number", "branch X: x_pu"),
        ({"branches": (*RING, branch("AB", id="X", tap=0.0))}, "bad_tap", "branch X: tap"),
        ({"branches": (*RING, branch("AA", id="X"))}, "self_loop", "branch X: to_bus"),
        ({"branches": (*RING, branch("AZ", id="X"))}, "unknown_bus", "branch X: to_bus"),
        ({"branches": (*RING, branch("ZA", id="X"))}, "unknown_bus", "branch X: from_bus"),
        ({"branches": (*RING, branch("AB", id="X", rating_mw=-5.0))}, "bad_rating", "branch X: rating_mw"),
        ({"branches": (*RING, branch("AC", id="AB"))}, "duplicate_id", "branch AB: id"),
        ({"branches": (*RING, branch("AC", id=""))}, "empty_id", "branch ?: id"),
        ({"buses": (*square().buses, Bus(id="A"))}, "duplicate_id", "bus A: id"),
        ({"buses": (*square().buses, Bus(id="E", substation="?"))}, "unknown_substation", "bus E: substation"),
        ({"buses": (*square().buses, Bus(id="E", base_kv=math.inf))}, "not_a_number", "bus E: base_kv"),
        ({"loads": (Load(id="L", bus="Z", power_mw=1.0),)}, "unknown_bus", "load L: bus"),
        ({"loads": (Load(id="L", bus="A", power_mw=math.nan),)}, "not_a_number", "load L: power_mw"),
        ({"generators": (Generator(id="G", bus="A", power_mw=math.inf),)}, "not_a_number", "generator G: power_mw"),
        ({"generators": ()}, "no_source", "network: generators"),
        ({"slack_bus": "Z"}, "unknown_bus", "network: slack_bus"),
        ({"base_mva": 0.0}, "bad_base", "network: base_mva"),
        ({"base_mva": math.nan}, "bad_base", "network: base_mva"),
        (
            {"substations": (*square().substations, Substation(id="SE", places=(PlaceShare("p", 0.7), PlaceShare("q", 0.7))))},
            "bad_share",
            "substation SE: places",
        ),
    ],
)  # fmt: skip
def test_what_stops_a_network_is_told_with_element_and_field(
    changes: dict[str, object], code: str, where: str
) -> None:
    model = square(**changes)
    assert (code, where) in found(model)
    assert not is_sound(check_grid(model))
    with pytest.raises(InputError, match=r"network|branch|bus|load|generator|substation"):
        compile_grid(model)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"slack_bus": ""}, "no_slack"),
        ({"branches": (*RING[:3], branch("DA", rating_mw=None))}, "missing_rating"),
        ({"branches": (*RING, branch("AC", x_pu=-0.3, rating_mw=9.0))}, "negative_reactance"),
        ({"branches": (branch("AB", rating_mw=9.0), branch("CD", rating_mw=9.0))}, "disconnected"),
    ],
)
def test_what_can_be_assumed_is_noted_and_stops_nothing(
    changes: dict[str, object], code: str
) -> None:
    problems = check_grid(square(**changes))
    assert [problem.code for problem in problems] == [code]
    assert is_sound(problems)
    assert compile_grid(square(**changes)).buses == 4


def test_an_assumption_is_stated_with_every_result() -> None:
    model = square(slack_bus="", branches=(*RING[:3], branch("DA")), assumptions=("made up",))
    said = compile_grid(model).assumptions
    assert said[0] == "made up"
    assert any("1 branches have no rating" in word for word in said)
    assert any("no slack bus" in word for word in said)


def test_an_unknown_place_is_noted_where_places_are_known() -> None:
    known = {"place-A", "place-B", "place-C"}
    assert found(square(), known_places=known) == {("unknown_place", "substation SD: places")}


def test_a_million_buses_are_one_problem_and_no_wait() -> None:
    one = Bus(id="A")
    problems = check_grid(square(buses=(one,) * 1_000_000))
    assert [problem.code for problem in problems] == ["too_large"]
    assert f"at most {BUS_LIMIT}" in problems[0].found


def test_an_empty_network_is_a_problem() -> None:
    assert ("no_bus", "network: buses") in found(
        GridModel(name="", base_mva=1, buses=(), branches=())
    )


def test_the_error_names_the_first_problems_and_counts_the_rest() -> None:
    bad = tuple(branch("AB", id=str(number), x_pu=0.0) for number in range(8))
    with pytest.raises(InputError, match=r"branch 0: x_pu.*and 3 more"):
        sound_model(GridReading(model=square(), problems=check_grid(square(branches=bad))))


def test_a_reading_without_a_network_is_refused() -> None:
    with pytest.raises(InputError, match="no network"):
        sound_model(GridReading(model=None))


def test_the_hash_names_what_is_computed_and_not_the_name() -> None:
    assert square().hash == square(name="other").hash
    assert square().hash != square(base_mva=50.0).hash
    assert square().load_mw == 60
