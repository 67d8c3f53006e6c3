from datetime import UTC, datetime, timedelta

import pytest

from vidomo.core.errors import InputError
from vidomo.outlook.review.customers import Interruption, customer_hours, indices

DAY0 = datetime(2026, 1, 10, 10, tzinfo=UTC)


def cut(day: int, minutes: float, customers: int, cause: str = "storm") -> Interruption:
    start = DAY0 + timedelta(days=day)
    return Interruption(
        start=start, end=start + timedelta(minutes=minutes), customers=customers, cause=cause
    )


def test_saidi_and_saifi_are_per_customer_served() -> None:
    found = indices([cut(0, 60, 100), cut(1, 30, 50, "works")], customers_served=1000)
    assert found.saidi_min == pytest.approx(7.5)
    assert found.saifi == pytest.approx(0.15)
    assert found.customer_hours == pytest.approx(125)


def test_causes_are_the_operators_own_and_add_up() -> None:
    found = indices([cut(0, 60, 100), cut(1, 30, 50, "works")], customers_served=1000)
    assert [row.cause for row in found.causes] == ["storm", "works"]
    assert sum(row.saidi_min for row in found.causes) == pytest.approx(found.saidi_min)
    assert sum(row.saifi for row in found.causes) == pytest.approx(found.saifi)


def test_a_major_event_day_is_shown_and_stays_in_the_sums() -> None:
    ordinary = [cut(day, 60, 10 + day % 3) for day in range(60)]
    storm = cut(60, 600, 900)
    found = indices([*ordinary, storm], customers_served=1000)
    assert [row.day for row in found.days if row.is_major] == ["2026-03-11"]
    assert found.threshold_min is not None
    assert found.saidi_min > 540


def test_the_threshold_is_the_mean_and_two_and_a_half_deviations_of_the_logarithms() -> None:
    # Daily SAIDI of 1 and e^2 minutes: mean of the logarithms 1, sample deviation sqrt 2.
    days = [cut(0, 60, 1000), cut(1, 60 * 7.38905609893065, 1000)]
    found = indices(days, customers_served=60_000)
    assert found.threshold_min == pytest.approx(2.718281828 ** (1 + 2.5 * 2**0.5))


def test_one_day_gives_no_threshold_and_no_major_day() -> None:
    found = indices([cut(0, 600, 900)], customers_served=1000)
    assert found.threshold_min is None
    assert not any(row.is_major for row in found.days)


def test_the_time_of_an_interruption_belongs_to_the_day_on_which_it_began() -> None:
    found = indices([cut(0, 60 * 30, 1)], customers_served=1)
    assert [row.day for row in found.days] == ["2026-01-10"]


def test_without_customers_served_there_is_no_index() -> None:
    with pytest.raises(InputError, match="0 customers served"):
        indices([], customers_served=0)


def test_an_end_before_the_start_counts_as_nothing() -> None:
    assert customer_hours([cut(0, -60, 100)]) == 0


def test_an_upper_bound_says_that_it_is_one() -> None:
    assert indices([], customers_served=1, is_upper_bound=True).is_upper_bound
