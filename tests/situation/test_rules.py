"""A count of parts or customers speaks of so many of them, never of the whole place."""

import pytest

from situation.testimonies import IZIUM, IZIUM_RAION, MVA, OVA, at, post, said, situation
from vidomo.claims.model import Extent
from vidomo.situation.fold import Known
from vidomo.situation.model import DimensionState

OUT, BACK = "impact.power.outage", "impact.power.restored"


def power(*known: Known, place: str = IZIUM) -> DimensionState:
    state = next(one for one in situation(*known).places if one.place == place)
    return next(row for row in state.dimensions if row.dimension == "power")


DARK = post(1, at("10:00"), said(OUT, IZIUM, body=MVA))


@pytest.mark.parametrize("unit", ["customers", "houses", "settlements", "persons"])
def test_light_for_some_customers_is_no_light_for_the_town(unit: str) -> None:
    some = post(2, at("11:00"), said(BACK, IZIUM, body=MVA, n=1200, unit=unit))
    state = power(DARK, some)
    assert (state.phase, state.extent) == ("partial", "part")


def test_light_for_the_town_or_for_all_of_a_count_is_light() -> None:
    plain = post(2, at("11:00"), said(BACK, IZIUM, body=MVA))
    every = said(BACK, IZIUM, body=MVA, n=1200, unit="customers", extent=Extent.ALL)
    share = said(BACK, IZIUM, body=MVA, n=1, unit="share")
    for told in (plain, post(2, at("11:00"), every), post(2, at("11:00"), share)):
        assert power(DARK, told).phase == "restored"


def test_an_outage_in_two_communities_is_no_outage_of_the_raion() -> None:
    two = post(1, at("10:00"), said(OUT, IZIUM_RAION, body=OVA, n=2, unit="hromadas"))
    assert power(two, place=IZIUM_RAION).phase == "partial"
    assert not [one for one in situation(two).places if one.place == IZIUM]


def test_a_count_of_other_things_limits_nothing() -> None:
    lines = post(1, at("10:00"), said(OUT, IZIUM, body=MVA, n=3, unit="facilities"))
    assert power(lines).phase == "out"
