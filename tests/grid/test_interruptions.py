import pytest

from vidomo.core.errors import InputError
from vidomo.grid.interruptions import Interruption, interruption_indices


def test_the_indices_are_those_of_the_standard() -> None:
    # 100 customers for 2 h and 50 for half an hour, of 1,000
    found = interruption_indices(
        [Interruption(customers=100, duration_h=2), Interruption(customers=50, duration_h=0.5)],
        customers_served=1000,
    )
    assert found.saifi == pytest.approx(0.15)
    assert found.saidi_h == pytest.approx(0.225)
    assert found.caidi_h == pytest.approx(1.5)


def test_no_interruption_has_no_mean_duration() -> None:
    found = interruption_indices([], customers_served=10)
    assert (found.saifi, found.saidi_h, found.caidi_h) == (0, 0, None)


@pytest.mark.parametrize(
    ("customers", "duration", "served"),
    [(11, 1.0, 10), (1, -1.0, 10), (1, 1.0, 0), (1, float("nan"), 10)],
)
def test_interruptions_that_cannot_be_are_refused(
    customers: int, duration: float, served: int
) -> None:
    with pytest.raises(InputError):
        interruption_indices(
            [Interruption(customers=customers, duration_h=duration)], customers_served=served
        )
