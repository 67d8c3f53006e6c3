from datetime import timedelta

import msgspec
import pytest

from outlook.saying import FEED, OBLAST, OTHER, RAION, SECOND, TOWN, UNITS, at, says, situation
from vidomo.grid.model import PlaceShare
from vidomo.outlook.network.evidence import evidence_of, heard_places
from vidomo.outlook.network.model import Category, Placement
from vidomo.situation.model import PlaceState, SourceHealth, Standing

IN_TOWN = Placement({"bus": (PlaceShare(TOWN),)})
IN_RAION = Placement({"bus": (PlaceShare(RAION),)})
OUT, BACK = "impact.power.outage", "impact.power.restored"


def found(*rows, placement=IN_TOWN):
    return evidence_of(situation(rows), placement, units=UNITS)


def categories(*rows, placement=IN_TOWN):
    return [one.category for one in found(*rows, placement=placement)]


@pytest.mark.parametrize(
    ("topic", "changed", "expected"),
    [
        (OUT, {}, Category.NO_POWER),
        (OUT, {"extent": "most"}, Category.NO_POWER),
        (OUT, {"extent": "part"}, Category.PARTIAL),
        (OUT, {"extent": "few", "kind": "assessment"}, Category.PARTIAL),
        (OUT, {"polarity": "negated"}, Category.SERVED),
        (BACK, {}, Category.SERVED),
        (BACK, {"extent": "most"}, Category.PARTIAL),
        (BACK, {"extent": "part"}, Category.PARTIAL),
        (OUT, {"kind": "unknown"}, Category.UNKNOWN),
    ],
)
def test_what_is_said_of_power_at_the_very_place_is_told(topic, changed, expected):
    assert categories(says(topic, 1, TOWN, **changed)) == [expected]


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "forecast"},
        {"kind": "speculation"},
        {"polarity": "denied"},
        {"polarity": "negated", "extent": "part"},
        {"withdrawn_at": at(5)},
        {"standing": Standing.WITHDRAWN},
        {"said_at": None},
        {"place": None},
        {"place": OTHER},
        {"topic": "impact.water.outage"},
    ],
)
def test_words_that_do_not_state_that_it_is_dark_do_not_count(changed):
    row = says(OUT, 1, TOWN)
    assert (
        found(type(row)(**{name: getattr(row, name) for name in row.__struct_fields__} | changed))
        == ()
    )


def test_the_origin_and_not_the_channel_is_the_source():
    rows = [
        says(OUT, 1, TOWN, source=FEED, origin="oblast@X"),
        says(OUT, 1, TOWN, source=SECOND, origin="oblast@X"),
    ]
    assert {one.source for one in found(*rows)} == {"oblast@X"}


def test_the_kind_of_a_speaker_is_its_standing():
    rows = [
        says(OUT, 1, TOWN, standing=Standing.OFFICIAL, origin="a"),
        says(OUT, 1, TOWN, standing=Standing.DECLARED, origin="b"),
        says(OUT, 1, TOWN, standing=Standing.UNSOURCED, origin="c"),
    ]
    assert {one.source: one.kind for one in found(*rows)} == {
        "a": "official",
        "b": "declared",
        "c": "unsourced",
    }


def test_a_wider_unit_counts_only_where_all_or_most_of_it_is_meant():
    assert found(says(OUT, 1, OBLAST)) == ()
    assert found(says(OUT, 1, OBLAST, extent="part")) == ()
    (one,) = found(says(OUT, 1, OBLAST, extent="all"))
    assert (one.place, one.category, one.kind) == (TOWN, Category.NO_POWER, "wider")


def test_a_part_of_a_place_is_partial_and_its_light_says_nothing_of_the_rest():
    assert categories(says(OUT, 1, TOWN), placement=IN_RAION) == [Category.PARTIAL]
    assert categories(says(BACK, 1, TOWN), placement=IN_RAION) == []


def test_hazards_of_the_place_and_of_its_parts_count_and_those_somewhere_in_a_unit_do_not():
    boom = says("event.explosion", 3, TOWN, earliest=at(1), latest=at(2))
    (one,) = found(boom)
    assert (one.category, one.kind, one.at) == (Category.HAZARD, "explosion", at(1))
    assert [one.place for one in found(boom, placement=IN_RAION)] == [RAION]
    assert found(says("event.strike", 1, OBLAST)) == ()
    assert found(says("event.shelling", 1, TOWN, polarity="negated")) == ()


def test_an_alert_for_a_unit_holds_in_all_its_places():
    (one,) = found(says("alert.start", 1, OBLAST))
    assert (one.place, one.kind) == (TOWN, "alert")


@pytest.mark.parametrize("topic", ["power.schedule", "power.emergency_shutdown"])
def test_darkness_under_an_announced_schedule_is_marked(topic):
    plan = says(topic, 0, OBLAST, kind="plan")
    assert found(plan, says(OUT, 60, TOWN))[0].is_scheduled
    assert not found(plan, says(OUT, -60, TOWN))[0].is_scheduled
    assert not found(plan, says(OUT, 25 * 60, TOWN))[0].is_scheduled
    ended = says("power.emergency_end", 30, RAION)
    assert not found(plan, ended, says(OUT, 60, TOWN))[0].is_scheduled
    elsewhere = says(topic, 0, OTHER, kind="plan")
    assert not found(elsewhere, says(OUT, 60, TOWN))[0].is_scheduled
    rumour = says(topic, 0, OBLAST, kind="plan", standing=Standing.UNSOURCED)
    assert not found(rumour, says(OUT, 60, TOWN))[0].is_scheduled


def test_a_schedule_with_hours_holds_in_these_hours():
    plan = says("power.schedule", 0, TOWN, kind="plan", earliest=at(120), latest=at(240))
    assert not found(plan, says(OUT, 60, TOWN))[0].is_scheduled
    assert found(plan, says(OUT, 180, TOWN))[0].is_scheduled


def test_a_place_is_heard_while_its_sources_answer_and_spoke_within_the_week():
    row = says("event.explosion", 0, TOWN)
    awake = SourceHealth(source=FEED, answered_at=at(5), silent_since=None)
    asleep = SourceHealth(source=FEED, answered_at=at(5), silent_since=at(6))

    def heard(*, sources, placement=IN_TOWN, days=0):
        told = situation([row], sources=sources)
        when = at(60) + timedelta(days=days)
        return heard_places(told, placement, units=UNITS, at=when)

    assert heard(sources=[awake]) == {TOWN}
    assert heard(sources=[awake], placement=IN_RAION) == {RAION}
    assert heard(sources=[asleep]) == frozenset()
    assert heard(sources=[]) == frozenset()
    assert heard(sources=[awake], days=8) == frozenset()


def test_a_network_of_places_that_nobody_knows_is_no_trouble():
    strange = Placement({"bus": (PlaceShare("place-A"),)})
    assert found(says(OUT, 1, OBLAST, extent="all"), placement=strange) == ()
    assert categories(says(OUT, 1, "place-A"), placement=strange) == [Category.NO_POWER]


def test_words_about_several_places_are_told_of_each_of_them():
    """The row of a statement carries its first place; the timelines carry all of them."""
    row = says(OUT, 1, OTHER)
    plain = situation([row])
    here = PlaceState(place=TOWN, dimensions=(), timeline=(row.claim,))
    both = msgspec.structs.replace(
        plain,
        places=(*plain.places, here),
        sources=(SourceHealth(source=FEED, answered_at=at(5), silent_since=None),),
    )
    (one,) = evidence_of(both, IN_TOWN, units=UNITS)
    assert (one.place, one.category, one.claim) == (TOWN, Category.NO_POWER, row.claim)
    assert heard_places(both, IN_TOWN, units=UNITS, at=at(60)) == {TOWN}
    # A statement without any place that is known may be about this one: it counts nowhere.
    lost = says(OUT, 1, None)
    maybe = msgspec.structs.replace(
        situation([lost]), places=(PlaceState(place=TOWN, dimensions=(), timeline=(lost.claim,)),)
    )
    assert evidence_of(maybe, IN_TOWN, units=UNITS) == ()
