from outlook.saying import (
    DAY,
    NOON,
    OBLAST,
    OTHER,
    RAION,
    REGISTRY,
    TOWN,
    UNITS,
    alarm,
    at,
    clear,
    says,
    situation,
)
from vidomo.core.codec import to_json
from vidomo.core.time import Interval
from vidomo.outlook.review.measures import review
from vidomo.outlook.review.model import Review
from vidomo.situation.model import Question, Situation


def of(known: Situation, place: str, period: Interval = DAY) -> Review:
    return review(known, place, period=period, registry=REGISTRY, units=UNITS)


ROWS = (
    alarm(0),
    clear(10),
    alarm(2, RAION),
    clear(32, RAION),
    alarm(100),
    clear(120),
    alarm(0, OTHER, source="other"),
)


def test_alerts_are_counted_as_named_by_level_and_over_the_place_as_one() -> None:
    alerts = of(situation(ROWS), OBLAST).alerts
    assert (alerts.named, alerts.by_level) == (3, {"oblast": 2, "raion": 1})
    assert (alerts.over_place, alerts.under_alert_s) == (2, 30 * 60)
    town = of(situation(ROWS), TOWN).alerts
    assert (town.named, town.over_place, town.under_alert_s) == (0, 2, 52 * 60)


def test_median_and_longest_are_of_the_ended_alerts_as_announced() -> None:
    alerts = of(situation(ROWS), OBLAST).alerts
    assert (alerts.median_s, alerts.longest_s) == (20 * 60, 30 * 60)
    assert of(situation([alarm(0)]), OBLAST).alerts.median_s is None


def test_an_alert_that_nobody_ended_is_open() -> None:
    alerts = of(situation([alarm(0)]), OBLAST).alerts
    assert (alerts.open, alerts.under_alert_s) == (1, 12 * 3600)


def test_no_alert_where_no_alarm_source_is_heard_is_not_known_to_be_none() -> None:
    assert not of(situation(), TOWN).alerts.is_watched
    assert of(situation(ROWS), TOWN).alerts.is_watched


def test_alerts_outside_the_period_are_not_named_in_it() -> None:
    found = of(situation(ROWS), OBLAST, Interval(at(50), at(200)))
    assert (found.alerts.named, found.alerts.over_place) == (1, 1)


def ask(**changed: object) -> Question:
    fields: dict[str, object] = {
        "id": "q",
        "subject": "casualties",
        "topic": "harm.casualties",
        "place": TOWN,
        "asked_at": at(0),
    }
    return Question(**(fields | changed))  # type: ignore[arg-type]


def test_the_time_to_an_answer_runs_from_the_first_asking() -> None:
    question = ask(status="answered", answered_at=at(90))
    (found,) = of(situation(questions=[question]), OBLAST).answers
    assert found.took_s == 90 * 60


def test_an_open_or_undated_question_has_no_time_to_an_answer() -> None:
    open_, undated = ask(), ask(status="answered", asked_at=None, answered_at=at(5))
    found = of(situation(questions=[open_, undated]), TOWN).answers
    assert [one.took_s for one in found] == [None, None]


def test_questions_of_other_places_and_times_are_left_out() -> None:
    questions = [
        ask(place=OTHER),
        ask(place=None),
        ask(asked_at=at(5000)),
        ask(asked_at=at(-5000), answered_at=at(-4000), status="answered"),
    ]
    assert of(situation(questions=questions), TOWN).answers == ()


def test_the_order_of_what_was_said_changes_nothing() -> None:
    rows = [*ROWS, says("impact.power.outage", 3, TOWN), says("impact.power.restored", 9, TOWN)]
    assert to_json(of(situation(rows), OBLAST)) == to_json(of(situation(rows[::-1]), OBLAST))


def test_a_review_tells_as_of_when_it_is_known() -> None:
    assert of(situation(), TOWN).known_at == DAY.end > NOON
