"""How a state spreads: an oblast to its villages, communities to their raion, save exceptions."""

import msgspec
import pytest

from situation.testimonies import (
    AIR_FORCE,
    CHUHUIV,
    CHUHUIV_RAION,
    COUNTRY,
    IZIUM,
    IZIUM_HROMADA,
    IZIUM_RAION,
    KHARKIV_OBLAST,
    MVA,
    OVA,
    VILLAGE,
    at,
    dimension,
    phase,
    post,
    said,
    situation,
)
from vidomo.claims.model import Extent, Kind, Mention
from vidomo.situation.exceptions import excluded
from vidomo.situation.fold import Known
from vidomo.situation.hierarchy import Tree
from vidomo.situation.model import Share


def except_for(known: Known, *codes: str, at_: int | None = None) -> Known:
    """The same reading with a place that its first sentence takes out."""
    start = known.reading.claims[0].start if at_ is None else at_
    mention = Mention(
        start=start,
        end=start + 3,
        surface="крім",
        kind="raion",
        candidates=codes,
        is_excluded=True,
    )
    reading = msgspec.structs.replace(known.reading, mentions=(mention,))
    return msgspec.structs.replace(known, reading=reading)


def oblast(number: int, clock: str, topic: str, **more: object) -> Known:
    return post(number, at(clock), said(topic, KHARKIV_OBLAST, **more), source="ova_channel")


# the whole to its parts ------------------------------------------------------------------------


def test_an_oblast_alert_covers_a_village_of_which_nothing_was_said() -> None:
    state = dimension(situation(oblast(1, "10:00", "alert.start")), "alert", VILLAGE)
    assert (state.phase, state.inherited_from) == ("on", KHARKIV_OBLAST)


def test_an_outage_of_the_oblast_leaves_out_what_the_words_leave_out() -> None:
    out = except_for(oblast(1, "10:00", "impact.power.outage", body=OVA), IZIUM_RAION)
    found = situation(out)
    assert phase(found, "power", CHUHUIV) == "out"
    for place in (IZIUM_RAION, IZIUM, VILLAGE):
        state = dimension(found, "power", place)
        assert state.phase == "not_reported", place
        assert [note.code for note in state.notes] == ["excepted"]
        assert state.notes[0].claim == out.reading.claims[0].id
        assert state.notes[0].speaker
        assert state.notes[0].quote in state.note


def test_an_all_clear_for_all_but_one_raion_leaves_the_alert_on_there() -> None:
    on = oblast(1, "10:00", "alert.start")
    end = except_for(
        post(2, at("11:00"), said("alert.end", KHARKIV_OBLAST), source="ova_channel"), IZIUM_RAION
    )
    second = except_for(
        post(3, at("11:05"), said("alert.end", KHARKIV_OBLAST, body=AIR_FORCE), source="air_alarm"),
        IZIUM_RAION,
    )
    found = situation(on, end, second)
    assert phase(found, "alert", CHUHUIV) == "ended"
    for place in (IZIUM_RAION, IZIUM, VILLAGE):
        assert phase(found, "alert", place) == "on"


def test_relief_without_the_exception_does_not_undo_the_exception_of_another() -> None:
    on = oblast(1, "10:00", "alert.start")
    whole = post(2, at("11:00"), said("alert.end", KHARKIV_OBLAST), source="ova_channel")
    part = except_for(
        post(3, at("11:05"), said("alert.end", KHARKIV_OBLAST, body=AIR_FORCE), source="air_alarm"),
        IZIUM_RAION,
    )
    assert phase(situation(on, whole, part), "alert", CHUHUIV) == "ended"
    assert phase(situation(on, whole, part), "alert", IZIUM_RAION) == "on"


def test_an_outage_told_again_without_the_exception_holds_everywhere() -> None:
    part = except_for(oblast(1, "10:00", "impact.power.outage", body=OVA), IZIUM_RAION)
    whole = oblast(2, "11:00", "impact.power.outage", body=OVA)
    assert phase(situation(part, whole), "power", IZIUM) == "out"


def test_an_exception_that_may_be_several_units_takes_out_all_of_them() -> None:
    out = except_for(
        oblast(1, "10:00", "impact.power.outage", body=OVA), IZIUM_RAION, CHUHUIV_RAION
    )
    found = situation(out)
    assert phase(found, "power", IZIUM) == "not_reported"
    assert phase(found, "power", CHUHUIV) == "not_reported"


def test_a_name_outside_the_place_or_in_another_sentence_takes_nothing_out() -> None:
    tree = Tree(COUNTRY)
    out = oblast(1, "10:00", "impact.power.outage", body=OVA)
    text = "Без світла. Крім того, Ізюмський район"
    claim = msgspec.structs.replace(out.reading.claims[0], start=0, end=10)
    far = except_for(out, IZIUM_RAION, at_=23).reading
    near = except_for(out, IZIUM_RAION, at_=5).reading
    outside = except_for(out, "UA51000000000030770", at_=5).reading

    def taken(reading: object) -> tuple[str, ...]:
        return excluded(claim, reading, (KHARKIV_OBLAST,), text=text, tree=tree)

    assert taken(near) == (IZIUM_RAION,)
    assert taken(far) == ()
    assert taken(outside) == ()
    assert excluded(claim, near, (IZIUM_RAION,), text=text, tree=tree) == ()


# the parts to the whole ------------------------------------------------------------------------


def out_at(place: str, number: int = 1, clock: str = "10:00", **more: object) -> Known:
    return post(number, at(clock), said("impact.power.outage", place, body=OVA, **more))


def test_an_outage_in_one_of_two_raions_makes_the_oblast_partly_out_with_the_share() -> None:
    out = out_at(IZIUM_RAION)
    state = dimension(situation(out), "power", KHARKIV_OBLAST)
    assert state.phase == "partial"
    assert state.share == Share(level="raion", parts=1, of=2, places=(IZIUM_RAION,))
    assert state.evidence == (out.reading.claims[0].id,)
    assert (state.since, state.heard_at, state.inherited_from) == (at("10:00"), at("10:00"), None)


def test_a_settlement_counts_as_its_community_and_as_its_raion() -> None:
    found = situation(out_at(IZIUM))
    hromada = dimension(found, "power", IZIUM_HROMADA)
    raion = dimension(found, "power", IZIUM_RAION)
    assert hromada.share == Share(level="settlement", parts=1, of=2, places=(IZIUM,))
    assert raion.share == Share(level="hromada", parts=1, of=1, places=(IZIUM_HROMADA,))
    assert (hromada.phase, raion.phase) == ("partial", "partial")


def test_two_outages_in_one_community_are_one_community() -> None:
    found = situation(out_at(IZIUM), out_at(VILLAGE, 2), out_at(CHUHUIV, 3))
    share = dimension(found, "power", KHARKIV_OBLAST).share
    assert share is not None
    assert (share.parts, share.of) == (2, 2)


def test_the_country_is_not_partly_out_for_one_village() -> None:
    assert dimension(situation(out_at(VILLAGE)), "power", "UA").phase == "not_reported"


def test_words_about_the_whole_stand_until_a_part_goes_out_after_them() -> None:
    back = post(2, at("12:00"), said("impact.power.restored", KHARKIV_OBLAST, body=OVA))
    before = situation(out_at(IZIUM_RAION, 1, "10:00"), back)
    assert dimension(before, "power", KHARKIV_OBLAST).phase == "restored"
    after = situation(out_at(IZIUM_RAION, 1, "13:00"), back)
    state = dimension(after, "power", KHARKIV_OBLAST)
    assert (state.phase, state.heard_at) == ("partial", at("13:00"))


def test_an_outage_of_the_whole_stays_whole_and_says_of_which_parts_it_was_said_too() -> None:
    found = situation(out_at(KHARKIV_OBLAST), out_at(IZIUM_RAION, 2))
    state = dimension(found, "power", KHARKIV_OBLAST)
    assert state.phase == "out"
    assert state.share is not None


def test_a_part_that_only_inherits_is_no_evidence_about_the_whole() -> None:
    found = situation(
        out_at(KHARKIV_OBLAST), post(2, at("11:00"), said("event.strike", IZIUM, body=MVA))
    )
    assert dimension(found, "power", KHARKIV_OBLAST).share is None


@pytest.mark.parametrize("topic", ["alert.start", "event.strike", "harm.killed", "impact.damage"])
def test_alerts_attacks_and_harm_of_a_part_are_not_those_of_the_whole(topic: str) -> None:
    found = situation(post(1, at("10:00"), said(topic, IZIUM, body=MVA), source="izium_mva"))
    for name in ("alert", "attack", "harm", "damage"):
        assert dimension(found, name, KHARKIV_OBLAST).share is None


def test_a_forecast_and_a_restored_part_make_no_share() -> None:
    soon = out_at(IZIUM, kind=Kind.FORECAST)
    back = post(2, at("12:00"), said("impact.power.restored", CHUHUIV, body=OVA))
    assert dimension(situation(soon, back), "power", KHARKIV_OBLAST).phase == "not_reported"


def test_the_share_says_nothing_of_the_parts_of_which_nobody_spoke() -> None:
    found = situation(out_at(IZIUM_RAION, extent=Extent.PART))
    assert dimension(found, "power", CHUHUIV_RAION).phase == "not_reported"
    assert dimension(found, "power", CHUHUIV).phase == "not_reported"
