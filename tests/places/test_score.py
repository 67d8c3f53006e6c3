"""Points add up in the order that our measurements ask for."""

import pytest
from hypothesis import given, strategies as st

from vidomo.claims.model import Mention
from vidomo.gazetteer import Gazetteer
from vidomo.places.model import Weighed
from vidomo.places.score import (
    MARGIN,
    Neighbours,
    Setting,
    confidence_of,
    decide,
    prior,
    weigh,
)

KHARKIV, KHARKIV_OBLAST = "UA63120270010096107", "UA63000000000041885"
IZIUM, IZIUM_RAION = "UA63040090010029555", "UA63040000000023521"
KYIV = "UA80000000000093317"


@pytest.fixture(scope="module")
def setting() -> Setting:
    return Setting(Gazetteer.open())


def mention(*candidates: str, qualifiers: tuple[str, ...] = ()) -> Mention:
    return Mention(
        start=0,
        end=1,
        surface="?",
        kind="settlement",
        candidates=candidates,
        qualifiers=qualifiers,
    )


def of(name: str) -> tuple[str, ...]:
    return tuple(form.code for form in Gazetteer.open().forms(name) if form.lang == "uk")


def test_bigger_and_higher_units_have_more_points_of_their_own() -> None:
    gazetteer = Gazetteer.open()
    (village, *_) = (u for u in gazetteer.units() if u.category == "C")
    capital, seat, city = (gazetteer.unit(code) for code in (KYIV, KHARKIV, IZIUM))
    points = [prior(unit, gazetteer) for unit in (capital, seat, city, village)]
    assert points == sorted(points, reverse=True)
    assert len(set(points[1:])) == 3


def test_the_words_of_the_text_weigh_more_than_home_and_neighbours_together() -> None:
    gazetteer = Gazetteer.open()
    # Two cities of one name: the one of the text's own oblast must win against everything else.
    codes = tuple(dict.fromkeys(c for c in of("миколаїв") if gazetteer.unit(c).category == "M"))
    assert len(codes) == 2
    for wanted in codes:
        (other,) = set(codes) - {wanted}
        oblast = gazetteer.unit(wanted).oblast or ""
        against = gazetteer.unit(gazetteer.unit(other).hromada or "")
        setting = Setting(
            gazetteer,
            against,
            Neighbours(1.0, {against.oblast or "": 1.0}, {against.raion or "": 1.0}),
        )
        one = mention(*codes, qualifiers=(oblast,))
        assert decide(weigh(codes, one, setting), setting).code == wanted


def test_a_tie_stays_a_tie(setting: Setting) -> None:
    ranked = [Weighed(code=code, score=5.0, parts=(("home", 5.0),)) for code in (IZIUM, KHARKIV)]
    decision = decide(ranked, setting)
    assert (decision.code, decision.reason, decision.confidence) == (None, "tie", 0.5)


def test_the_best_must_lead_by_the_margin(setting: Setting) -> None:
    def lead(points: float) -> str | None:
        best = Weighed(code=IZIUM, score=5.0 + points, parts=(("home", 3.0),))
        return decide([best, Weighed(code=KHARKIV, score=5.0)], setting).code

    assert lead(MARGIN) == IZIUM
    assert lead(MARGIN - 0.01) is None


def test_size_alone_decides_for_a_city_and_never_for_a_village(setting: Setting) -> None:
    kharkiv = weigh((KHARKIV, *of("харкове")), mention(KHARKIV), setting)
    assert decide(kharkiv, setting).code == KHARKIV
    villages = weigh(of("шевченкове"), mention(*of("шевченкове")), setting)
    assert decide(villages, setting).code is None


def test_nothing_to_choose_from_is_nothing_decided(setting: Setting) -> None:
    assert decide([], setting).code is None


def test_a_code_that_nobody_knows_is_weighed_like_a_place_abroad(setting: Setting) -> None:
    (one,) = weigh(("UA99",), mention("UA99"), setting)
    assert one.part("home") == 0


@given(st.floats(-5, 50), st.floats(-5, 50))
def test_confidence_rises_with_the_margin_and_stays_a_share(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0.5 <= confidence_of(low) <= confidence_of(high) <= 1


@given(st.permutations(list(dict.fromkeys(of("борова")))))
def test_the_order_of_candidates_does_not_matter(codes: list[str]) -> None:
    setting = Setting(Gazetteer.open(), Gazetteer.open().unit(IZIUM_RAION))
    same = weigh(sorted(codes), mention(*codes), setting)
    assert weigh(codes, mention(*codes), setting) == same
