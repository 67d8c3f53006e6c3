import numpy as np
import pytest
from hypothesis import given, strategies as st

from grid.rts79 import PEAK_MW, RBTS_PEAK_MW, RBTS_UNITS, RTS_UNITS, hourly_loads
from vidomo.core.errors import InputError
from vidomo.grid.adequacy import Units, adequacy, available_capacity


def test_the_load_of_rts_79_is_as_published() -> None:
    loads = hourly_loads(PEAK_MW)
    assert len(loads) == 8736
    assert loads.sum() / 1e3 == pytest.approx(15_297.075, abs=5e-4)
    assert sum(unit.capacity_mw * unit.count for unit in RTS_UNITS) == 3405
    assert sum(unit.count for unit in RTS_UNITS) == 32


def test_rts_79_has_the_published_hourly_indices() -> None:
    found = adequacy(RTS_UNITS, hourly_loads(PEAK_MW))
    assert round(found.lole, 5) == 9.39418
    assert round(found.eens_mwh, 3) == 1176.298


def test_rts_79_has_the_published_index_of_daily_peaks() -> None:
    peaks = hourly_loads(PEAK_MW).reshape(-1, 24).max(axis=1)
    assert round(adequacy(RTS_UNITS, peaks).lole, 5) == 1.36886


def test_rts_79_has_the_published_probability_at_constant_peak() -> None:
    found = adequacy(RTS_UNITS, np.full(8760, PEAK_MW))
    assert round(found.lolp, 6) == 0.084578
    assert round(found.eens_mwh / 8760, 4) == 14.6937


def test_rbts_has_the_published_indices() -> None:
    found = adequacy(RBTS_UNITS, hourly_loads(RBTS_PEAK_MW))
    assert round(found.lole, 5) == 1.09156
    assert round(found.eens_mwh, 4) == 9.8614


def test_a_load_equal_to_the_capacity_is_served() -> None:
    sure = [Units(capacity_mw=10, count=1, forced_outage_share=0)]
    assert adequacy(sure, np.array([10.0])).lole == 0
    assert adequacy(sure, np.array([10.5])).eens_mwh == pytest.approx(0.5)
    assert adequacy(sure, np.array([99.0])).eens_mwh == pytest.approx(89)


@given(
    st.lists(
        st.builds(
            Units,
            capacity_mw=st.integers(1, 40),
            count=st.integers(0, 3),
            forced_outage_share=st.floats(0, 1),
        ),
        max_size=4,
    )
)
def test_probabilities_sum_to_one_and_the_mean_is_that_of_the_units(units: list[Units]) -> None:
    chance = available_capacity(units)
    assert chance.sum() == pytest.approx(1)
    mean = sum(unit.capacity_mw * unit.count * (1 - unit.forced_outage_share) for unit in units)
    assert (chance * np.arange(len(chance))).sum() == pytest.approx(mean, abs=1e-9)


@pytest.mark.parametrize(
    ("unit", "word"),
    [
        (Units(capacity_mw=1.5, count=1, forced_outage_share=0), "1.5 MW"),
        (Units(capacity_mw=0, count=1, forced_outage_share=0), "0 MW"),
        (Units(capacity_mw=1, count=1, forced_outage_share=1.2), "1.2"),
        (Units(capacity_mw=10**8, count=1, forced_outage_share=0.1), "steps"),
    ],
)
def test_a_unit_that_cannot_be_is_refused_with_its_value(unit: Units, word: str) -> None:
    with pytest.raises(InputError, match=word):
        adequacy([unit], np.array([1.0]))


@pytest.mark.parametrize("loads", [[], [np.nan], [-1.0]])
def test_loads_that_are_no_numbers_are_refused(loads: list[float]) -> None:
    with pytest.raises(InputError, match="loads"):
        adequacy(RBTS_UNITS, np.array(loads))
