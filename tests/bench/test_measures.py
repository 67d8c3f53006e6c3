"""Each measure on examples that can be counted by hand."""

import pytest
from bench.reading.labels import LabelClaim, LabelNumber, LabelPlace
from bench.reading.measures import score


def claim(topic: str, **fields: object) -> LabelClaim:
    plain: dict[str, object] = {"kind": "report", "polarity": "affirmed", "start": 0, "end": 1}
    return LabelClaim(topic=topic, **(plain | fields))  # type: ignore[arg-type]


def at(topic: str, *codes: str | None, role: str = "affected") -> LabelClaim:
    return claim(topic, places=tuple(LabelPlace(code=code, role=role) for code in codes))


def test_topics_are_counted_as_multisets_within_a_post() -> None:
    gold = (claim("harm.killed"), claim("harm.killed"), claim("event.strike"))
    found = (claim("harm.killed"), claim("event.shelling"))
    result = score([(gold, found)], measure="topic")
    assert result.precision == pytest.approx(1 / 2)
    assert result.recall == pytest.approx(1 / 3)
    assert result.f1 == pytest.approx(2 / 5)
    assert result.support == 3


def test_a_claim_in_another_post_is_not_right() -> None:
    result = score([((claim("alert.end"),), ()), ((), (claim("alert.end"),))], measure="topic")
    assert (result.f1, result.posts) == (0.0, 2)


def test_meaning_needs_topic_kind_and_polarity() -> None:
    gold = (claim("harm.killed", polarity="negated"),)
    assert score([(gold, gold)], measure="meaning").f1 == 1.0
    for wrong in ({"polarity": "affirmed"}, {"polarity": "negated", "kind": "assessment"}):
        found = (claim("harm.killed", **wrong),)
        assert score([(gold, found)], measure="meaning").f1 == 0.0
        assert score([(gold, found)], measure="topic").f1 == 1.0


def test_an_abstention_is_a_miss_and_no_error() -> None:
    result = score([((at("event.strike", "UA1"),), (at("event.strike", None),))], measure="place")
    assert (result.precision, result.recall) == (None, 0.0)


def test_a_code_where_the_labeller_abstains_is_an_error() -> None:
    result = score([((at("event.strike", None),), (at("event.strike", "UA1"),))], measure="place")
    assert (result.precision, result.recall) == (0.0, None)


def test_a_place_needs_topic_role_and_code() -> None:
    gold = (at("threat.uav", "UA1", role="heading"),)
    assert score([(gold, (at("threat.uav", "UA1"),))], measure="place").f1 == 0.0
    assert score([(gold, (at("threat.air", "UA1", role="heading"),))], measure="place").f1 == 0.0


def test_one_unit_named_twice_in_a_statement_counts_once() -> None:
    gold, found = (at("event.strike", "RU", "RU"),), (at("event.strike", "RU"),)
    assert score([(gold, found)], measure="place").f1 == 1.0


def test_a_number_needs_bounds_mode_and_unit() -> None:
    def many(low: float, mode: str, unit: str = "persons") -> tuple[LabelClaim, ...]:
        number = LabelNumber(min=low, max=low, mode=mode, unit=unit)
        return (claim("harm.injured", number=number),)

    gold = many(3, "exact")
    assert score([(gold, many(3, "exact"))], measure="number").f1 == 1.0
    for wrong in (many(4, "exact"), many(3, "about"), many(3, "exact", "children")):
        assert score([(gold, wrong)], measure="number").f1 == 0.0
    assert score([((claim("harm.injured"),), gold)], measure="number").precision == 0.0


def test_posts_in_which_both_find_nothing_do_not_count() -> None:
    one = ((claim("alert.end"),), (claim("alert.end"),))
    few, many = [one, ((), ())], [one] + [((), ())] * 50
    assert score(few, measure="topic") == score(many, measure="topic")
    assert score(many, measure="topic").posts == 1


def test_nothing_at_all_has_no_score() -> None:
    result = score([((), ())], measure="topic")
    assert (result.f1, result.low, result.high, result.support) == (None, None, None, 0)


def test_the_interval_is_seeded_and_holds_the_score() -> None:
    right = ((claim("alert.end"),), (claim("alert.end"),))
    wrong = ((claim("alert.end"),), (claim("alert.start"),))
    result = score([right] * 30 + [wrong] * 10, measure="topic", seed=1)
    assert result == score([right] * 30 + [wrong] * 10, measure="topic", seed=1)
    assert result.low is not None
    assert result.high is not None
    assert result.low < 0.75 < result.high
    assert result.high - result.low == pytest.approx(2 * 1.96 * (0.75 * 0.25 / 40) ** 0.5, rel=0.2)
