"""Each hard gate is broken by what it forbids and by nothing else."""

import tomllib

import pytest
from bench.reading.corpus import HERE
from bench.reading.gates import GATES, Case, judge, not_counts, upper_bound
from bench.reading.labels import LabelClaim, LabelNumber, LabelPlace, LabelUnknown

NONE = LabelNumber(min=0.0, max=0.0, mode="none", unit="persons")
TWO = LabelNumber(min=2.0, max=2.0, unit="persons")
NOT_YET = LabelUnknown(subject="casualties", status="being_clarified")


def claim(topic: str, start: int = 0, end: int = 10, **fields: object) -> LabelClaim:
    plain: dict[str, object] = {"kind": "report", "polarity": "affirmed"}
    return LabelClaim(topic=topic, start=start, end=end, **(plain | fields))  # type: ignore[arg-type]


def tally(
    gate: str, gold: list[LabelClaim], found: list[LabelClaim], text: str = ""
) -> tuple[int, int]:
    result = GATES[gate](Case(id="p", text=text, gold=tuple(gold), found=tuple(found)))
    return result.opportunities, result.breaches


UNKNOWN = claim("harm.casualties", kind="unknown", unknown=NOT_YET)
ZERO = claim("harm.injured", polarity="negated", number=NONE)
HURT = claim("harm.injured", number=TWO)


def test_an_all_clear_read_from_advice_to_wait_for_it_is_false() -> None:
    advice = claim("advice.shelter", kind="advice")
    assert tally("false all-clear", [advice], [claim("alert.end")]) == (1, 1)
    assert tally("false all-clear", [advice], [claim("alert.end", kind="advice")]) == (1, 0)
    assert tally("false all-clear", [], [claim("alert.end")]) == (1, 1)


def test_an_all_clear_for_another_place_is_false() -> None:
    gold = [claim("alert.end", places=(LabelPlace(code="UA1"),)), claim("alert.start")]
    right = [claim("alert.end", places=(LabelPlace(code="UA1"),))]
    wrong = [claim("alert.end", places=(LabelPlace(code="UA1"), LabelPlace(code="UA2")))]
    assert tally("false all-clear", gold, right) == (1, 0)
    assert tally("false all-clear", gold, wrong) == (1, 1)


def test_unknown_read_as_zero_breaks_its_gate() -> None:
    gate = "unknown turned into zero"
    assert tally(gate, [UNKNOWN], [ZERO]) == (1, 1)
    assert tally(gate, [UNKNOWN], [UNKNOWN]) == (1, 0)
    assert tally(gate, [UNKNOWN, ZERO], [ZERO]) == (1, 0)
    assert tally(gate, [UNKNOWN], [claim("harm.injured", 20, 30, polarity="negated")]) == (1, 0)


def test_zero_read_as_unknown_breaks_its_gate() -> None:
    gate = "zero turned into unknown"
    assert tally(gate, [ZERO], [UNKNOWN]) == (1, 1)
    assert tally(gate, [ZERO], [ZERO]) == (1, 0)


def test_a_negated_casualty_read_as_a_positive_one_breaks_its_gate() -> None:
    gate = "negated casualty turned into a positive one"
    assert tally(gate, [ZERO], [HURT]) == (1, 1)
    assert tally(gate, [ZERO], [claim("harm.killed")]) == (1, 1)
    assert tally(gate, [ZERO, HURT], [HURT, ZERO]) == (1, 0)


def test_a_year_or_an_age_taken_as_a_count_breaks_its_gate() -> None:
    gate = "year, age, date, floor or queue taken as a count"
    text = "Поранено 74-річного чоловіка"
    aged = claim("harm.injured", number=LabelNumber(min=74.0, max=74.0, unit="persons"))
    assert tally(gate, [claim("harm.injured")], [aged], text) == (1, 1)
    assert tally(gate, [claim("harm.injured")], [HURT], text) == (1, 0)


def test_a_figure_that_is_also_a_count_in_gold_is_no_breach() -> None:
    text = "22 листопада постраждали 22 людини"
    many = claim("harm.injured", number=LabelNumber(min=22.0, max=22.0, unit="persons"))
    gate = "year, age, date, floor or queue taken as a count"
    assert tally(gate, [many], [many], text) == (0, 0)


def test_a_memorial_read_as_current_breaks_its_gate() -> None:
    gate = "memorial or anniversary made a current event"
    past = claim("harm.killed", kind="background", number=TWO)
    assert tally(gate, [past], [claim("harm.killed", number=TWO)]) == (1, 1)
    assert tally(gate, [past], [past]) == (1, 0)


def test_a_strike_read_from_a_request_not_to_film_breaks_its_gate() -> None:
    gate = "threat or strike made from a do-not-film request"
    film = claim("advice.do_not_film", kind="advice")
    assert tally(gate, [film], [claim("event.strike")]) == (1, 1)
    assert tally(gate, [film, claim("event.strike", 5, 9)], [claim("event.strike", 5, 9)]) == (1, 0)


def test_a_place_abroad_shown_in_ukraine_breaks_its_gate() -> None:
    gate = "place abroad shown inside Ukraine"
    russia = [claim("event.strike", places=(LabelPlace(code="RU", start=3, end=9),))]
    ukraine = [claim("event.strike", places=(LabelPlace(code="UA1", start=3, end=9),))]
    third = [claim("event.strike", places=(LabelPlace(code=None, start=3, end=9),))]
    either = [
        claim("event.strike", places=(LabelPlace(code=None, start=3, end=9, candidates=("UA1",)),))
    ]
    assert tally(gate, russia, ukraine) == (1, 1)
    assert tally(gate, third, ukraine) == (1, 1)
    assert tally(gate, russia, russia) == (1, 0)
    assert tally(gate, either, ukraine) == (0, 0)


def test_an_inference_read_as_a_report_breaks_its_gate() -> None:
    gate = "author's inference shown as a report"
    guess = claim("grid.fragmentation", kind="speculation")
    assert tally(gate, [guess], [claim("grid.fragmentation")]) == (1, 1)
    assert tally(gate, [guess], [claim("grid.fragmentation", kind="forecast")]) == (1, 0)


def test_missed_alerts_and_all_clears_are_counted_beside() -> None:
    assert tally("missed alert (counted beside)", [claim("alert.start")], []) == (1, 1)
    assert tally("missed all-clear (counted beside)", [claim("alert.end")] * 2, []) == (2, 2)
    assert tally("missed alert (counted beside)", [], [claim("alert.start")]) == (0, 0)


@pytest.mark.parametrize("gate", list(GATES))
def test_a_reading_equal_to_gold_breaks_no_gate(gate: str) -> None:
    gold = [UNKNOWN, ZERO, HURT, claim("alert.end"), claim("event.strike", kind="forecast")]
    assert tally(gate, gold, gold, "74-річний, 2024 року")[1] == 0


def test_no_breach_is_bounded_by_the_rule_of_three() -> None:
    bound = upper_bound(0, 300)
    assert bound is not None
    assert bound == pytest.approx(3 / 300, rel=0.01)
    assert upper_bound(0, 0) is None
    assert upper_bound(5, 5) == 1.0
    more = upper_bound(3, 100)
    assert more == pytest.approx(0.0757, abs=0.0005)  # Clopper and Pearson's own kind of table


def test_a_gate_names_the_posts_and_says_when_it_is_not_yet_shown() -> None:
    cases = [Case(id="bad", text="", gold=(UNKNOWN,), found=(ZERO,))]
    (gate,) = [each for each in judge(cases) if each.name == "unknown turned into zero"]
    assert (gate.breaches, gate.posts, gate.is_shown) == (1, ("bad",), False)
    (other,) = [each for each in judge(cases * 300) if each.name == gate.name]
    assert other.is_shown


def test_each_figure_pattern_finds_a_figure_in_its_example() -> None:
    table = tomllib.loads((HERE / "not_counts.toml").read_text("utf-8"))
    for row in table["pattern"]:
        assert not_counts(row["example"]), row["example"]


@pytest.mark.parametrize("text", ["постраждали 7 людей", "повреждены 12 домов", "10 explosions"])
def test_a_count_is_not_taken_for_a_figure_of_another_kind(text: str) -> None:
    assert not_counts(text) == frozenset()
