"""What a person decides holds, survives a re-reading, and is never dropped."""

import random

import msgspec
import pytest

from situation.testimonies import (
    CHUHUIV,
    COUNTRY,
    IZIUM,
    IZIUM_HROMADA,
    IZMAIL,
    KHARKIV_OBLAST,
    MVA,
    OVA,
    anchor,
    at,
    decision,
    dimension,
    phase,
    post,
    said,
    situation,
)
from vidomo.claims.model import Claim, Kind, Reading
from vidomo.situation.decision import in_force
from vidomo.situation.fold import Known
from vidomo.situation.hierarchy import Tree
from vidomo.situation.model import Standing

ON = post(1, at("10:00"), said("alert.start", IZIUM), source="izium_mva")
END = post(2, at("11:00"), said("alert.end", IZIUM), source="izium_mva")
RUMOUR = post(3, at("11:00"), said("alert.end", IZIUM), source="rumours")
DARK = post(4, at("10:30"), said("impact.power.outage", IZIUM), source="rumours")


def reread(known: Known, *claims: Claim) -> Known:
    """The same version, read again."""
    reading = Reading(
        report=known.version.report,
        version=known.version.id,
        reader_version="later",
        lang="uk",
        claims=claims,
    )
    return Known(version=known.version, reading=reading)


# confirm --------------------------------------------------------------------------------------


def test_a_person_can_confirm_the_all_clear_of_an_authority() -> None:
    assert phase(situation(ON, END), "alert") == "on"
    confirmed = decision("confirm", anchor(END))
    state = dimension(situation(ON, END, decisions=(confirmed,)), "alert")
    assert state.phase == "ended"
    assert "all_clear_announced" in {note.code for note in state.notes}


def test_a_confirmation_counts_from_when_it_was_given() -> None:
    confirmed = decision("confirm", anchor(END))
    early = situation(ON, END, when=at("11:59"), decisions=(confirmed,))
    assert phase(early, "alert") == "on"
    assert early.decisions == ()


def test_a_confirmation_does_not_end_a_later_alert() -> None:
    again = post(5, at("11:30"), said("alert.start", IZIUM), source="izium_mva")
    confirmed = decision("confirm", anchor(END))
    assert phase(situation(ON, END, again, decisions=(confirmed,)), "alert") == "on"


def test_a_person_cannot_make_an_authority_of_a_rumour() -> None:
    confirmed = decision("confirm", anchor(RUMOUR))
    found = situation(ON, RUMOUR, decisions=(confirmed,))
    assert phase(found, "alert") == "on"
    assert dimension(found, "alert").notes == ()


def test_a_person_can_vouch_for_a_report_without_a_source() -> None:
    assert phase(situation(DARK), "power") == "not_reported"
    found = situation(DARK, decisions=(decision("confirm", anchor(DARK)),))
    assert phase(found, "power") == "out"
    (item,) = found.evidence
    assert (item.standing, item.reason) == (Standing.DECLARED, "confirmed_by_person")
    assert item.origin == "person:черговий"
    assert item.confirmed_by == ("черговий",)


def test_what_the_source_took_back_no_confirmation_brings_back() -> None:
    gone = post(
        2, at("11:00"), said("alert.end", IZIUM), source="izium_mva", deleted_at=at("11:30")
    )
    confirmed = decision("confirm", anchor(END))
    found = situation(ON, END, gone, decisions=(confirmed,))
    assert phase(found, "alert") == "on"
    assert [one.id for one in found.decisions] == [confirmed.id]


def test_a_person_may_confirm_an_all_clear_that_an_edit_brought() -> None:
    edited = post(
        1,
        at("10:00"),
        said("alert.start", IZIUM),
        said("alert.end", IZIUM),
        source="izium_mva",
        edited_at=at("11:00"),
    )
    assert phase(situation(ON, edited), "alert") == "on"
    confirmed = decision("confirm", anchor(edited, 1))
    assert phase(situation(ON, edited, decisions=(confirmed,)), "alert") == "ended"


# overrule -------------------------------------------------------------------------------------


def test_an_overruled_claim_moves_nothing_and_is_kept_for_the_desk() -> None:
    out = post(4, at("10:30"), said("impact.power.outage", IZIUM), source="izium_mva")
    found = situation(out, decisions=(decision("overrule", anchor(out)),))
    assert phase(found, "power") == "not_reported"
    (item,) = found.evidence
    assert (item.standing, item.reason) == (Standing.WITHDRAWN, "overruled")


def test_a_place_read_wrong_is_put_right() -> None:
    slip = post(4, at("10:30"), said("event.strike", IZMAIL, body=OVA))
    moved = decision("overrule", anchor(slip), value={"place": IZIUM})
    assert [one.place for one in situation(slip).incidents] == [IZMAIL]
    assert [one.place for one in situation(slip, decisions=(moved,)).incidents] == [IZIUM]


def test_a_place_put_right_still_needs_an_authority_of_that_place() -> None:
    end = post(5, at("11:00"), said("alert.end", CHUHUIV), source="izium_mva")
    on = post(6, at("10:00"), said("alert.start", KHARKIV_OBLAST), source="ova_channel")
    moved = decision("overrule", anchor(end), value={"place": KHARKIV_OBLAST})
    found = situation(on, end, decisions=(moved, decision("confirm", anchor(end))))
    assert phase(found, "alert", KHARKIV_OBLAST) == "on"


def test_an_all_clear_moved_to_a_place_that_its_words_do_not_name_ends_nothing_there() -> None:
    on = post(6, at("10:00"), said("alert.start", KHARKIV_OBLAST), source="air_alarm")
    end = post(5, at("11:00"), said("alert.end", IZIUM), source="air_alarm")
    moved = decision("overrule", anchor(end), value={"place": KHARKIV_OBLAST})
    assert phase(situation(on, end, decisions=(moved,)), "alert", KHARKIV_OBLAST) == "on"


def test_a_number_read_wrong_is_put_right() -> None:
    hit = post(7, at("10:00"), said("event.strike", IZIUM, body=MVA))
    dead = post(8, at("11:00"), said("harm.killed", IZIUM, body=OVA, n=74))
    fixed = decision("overrule", anchor(dead), value={"number": "1"})
    (incident,) = situation(hit, dead, decisions=(fixed,)).incidents
    assert [row.min for row in incident.figures] == [1]


# merge and split ------------------------------------------------------------------------------


def strike(number: int, hour: int, place: str = IZIUM) -> Known:
    time = (f"2026-01-10T{hour:02d}:00:00Z", f"2026-01-10T{hour:02d}:01:00Z")
    return post(number, at(f"{hour}:05"), said("event.strike", place, body=OVA, time=time))


MORNING, EVENING = strike(10, 10), strike(11, 19)
MERGE = decision("merge", anchor(MORNING, incident="a"), anchor(EVENING, incident="b"))


def test_merged_incidents_are_one_and_say_by_which_decision() -> None:
    assert len(situation(MORNING, EVENING).incidents) == 2
    (incident,) = situation(MORNING, EVENING, decisions=(MERGE,)).incidents
    assert len(incident.evidence) == 2
    assert incident.decisions == (MERGE.id,)


def test_a_claim_that_comes_later_joins_the_merged_incident() -> None:
    dead = post(12, at("20:00"), said("harm.killed", IZIUM, body=OVA, n=1))
    (incident,) = situation(MORNING, EVENING, dead, decisions=(MERGE,)).incidents
    assert len(incident.evidence) == 3


def test_claims_split_off_are_an_incident_of_their_own() -> None:
    noon = strike(12, 12)
    split = decision("split", anchor(noon))
    assert len(situation(MORNING, noon).incidents) == 1
    one, two = situation(MORNING, noon, decisions=(split,)).incidents
    assert (one.earliest, two.earliest) == (at("10:00"), at("12:00"))
    assert one.decisions == two.decisions == (split.id,)


def test_a_split_of_everything_changes_nothing() -> None:
    split = decision("split", anchor(MORNING))
    (incident,) = situation(MORNING, decisions=(split,)).incidents
    assert incident.decisions == ()


def test_air_and_ground_merged_by_a_person_are_of_neither_family() -> None:
    shells = post(13, at("10:30"), said("event.shelling", IZIUM, body=MVA, means=("artillery",)))
    merge = decision("merge", anchor(MORNING, incident="a"), anchor(shells, incident="b"))
    (incident,) = situation(MORNING, shells, decisions=(merge,)).incidents
    assert incident.family == "other"


# withdraw and attach --------------------------------------------------------------------------


def test_a_decision_taken_back_has_no_effect_and_its_withdrawal_neither_when_withdrawn() -> None:
    confirmed = decision("confirm", anchor(END))
    back = decision("withdraw", target=confirmed.id, when=at("12:10"))
    again = decision("withdraw", target=back.id, when=at("12:20"))
    assert phase(situation(ON, END, decisions=(confirmed, back)), "alert") == "on"
    assert phase(situation(ON, END, decisions=(confirmed, back, again)), "alert") == "ended"


def test_decisions_are_in_force_in_their_own_order_whatever_came_first() -> None:
    one, two = decision("confirm", anchor(END)), decision("overrule", anchor(ON), when=at("12:30"))
    assert in_force([two, one, two]) == (one, two)


# a re-reading ---------------------------------------------------------------------------------


def claim_of(known: Known, **changed: object) -> Claim:
    return msgspec.structs.replace(known.reading.claims[0], **changed)


def test_a_decision_finds_its_claim_again_by_report_and_overlapping_words() -> None:
    moved = reread(END, claim_of(END, id="clm_new", start=2, end=9, quote="відбій"))
    confirmed = decision("confirm", anchor(END))
    found = situation(ON, moved, decisions=(confirmed,))
    assert phase(found, "alert") == "ended"
    (decided,) = found.decisions
    assert decided.claims == ("clm_new",)
    assert decided.reattached


@pytest.mark.parametrize(
    "claims",
    [
        (),
        (claim_of(END, id="clm_new", start=500, end=510, quote="інше"),),
        (claim_of(END, id="clm_new", topic="alert.start"),),
    ],
    ids=["nothing is read", "other words", "the same words read as the opposite"],
)
def test_a_decision_whose_claim_vanished_waits_in_the_inbox(claims: tuple[Claim, ...]) -> None:
    confirmed = decision("confirm", anchor(END))
    found = situation(ON, reread(END, *claims), decisions=(confirmed,))
    assert phase(found, "alert") == "on"
    assert found.decisions == ()
    (lost,) = found.orphaned
    assert (lost.id, lost.report) == (confirmed.id, END.version.report)
    assert lost.quote == END.reading.claims[0].quote


def test_a_confirmed_outage_never_becomes_a_confirmed_restoration() -> None:
    back = claim_of(DARK, id="clm_new", topic="impact.power.restored")
    found = situation(reread(DARK, back), decisions=(decision("confirm", anchor(DARK)),))
    assert phase(found, "power") == "not_reported"
    assert len(found.orphaned) == 1


def test_a_lost_decision_can_be_attached_to_another_claim() -> None:
    confirmed = decision("confirm", anchor(END))
    elsewhere = reread(END, claim_of(END, id="clm_new", start=500, end=510, quote="інше"))
    attached = decision("attach", anchor(elsewhere), target=confirmed.id, when=at("12:30"))
    found = situation(ON, elsewhere, decisions=(confirmed, attached))
    assert phase(found, "alert") == "ended"
    assert found.orphaned == ()


def test_a_merge_survives_when_each_side_keeps_a_claim_and_waits_when_one_lost_all() -> None:
    again = reread(MORNING, claim_of(MORNING, id="clm_new", start=1, end=6))
    assert len(situation(again, EVENING, decisions=(MERGE,)).incidents) == 1
    found = situation(reread(MORNING), EVENING, decisions=(MERGE,))
    assert [lost.id for lost in found.orphaned] == [MERGE.id]


def test_words_that_still_stand_go_before_words_that_were_edited_away() -> None:
    first = post(2, at("11:00"), said("alert.end", IZIUM, quote="Відбій!"), source="izium_mva")
    edited = post(
        2,
        at("11:00"),
        said("advice.other", IZIUM, quote="Увага."),
        said("alert.end", IZIUM, quote="Відбій!"),
        source="izium_mva",
        edited_at=at("11:10"),
    )
    confirmed = decision("confirm", anchor(first))
    found = situation(ON, first, edited, decisions=(confirmed,))
    assert phase(found, "alert") == "ended"
    assert found.decisions[0].claims == (edited.reading.claims[1].id,)


def test_no_decision_is_ever_dropped_and_their_order_does_not_matter() -> None:
    made = [
        decision("confirm", anchor(END)),
        decision("overrule", anchor(ON), when=at("12:05")),
        decision("confirm", anchor(RUMOUR), when=at("12:06")),
        MERGE,
    ]
    known = [ON, END, MORNING, EVENING]
    expected = situation(*known, decisions=tuple(made))
    assert len(expected.decisions) + len(expected.orphaned) == len(made)
    dice = random.Random(1)
    for _ in range(10):
        dice.shuffle(made)
        again = situation(*known, decisions=(*made, made[0]))
        assert msgspec.json.encode(again) == msgspec.json.encode(expected)


# exceptions and shares, with the hierarchy ----------------------------------------------------


def test_the_parts_of_a_place_are_those_of_the_level_right_below() -> None:
    tree = Tree(COUNTRY)
    found = tree.parts(IZIUM_HROMADA)
    assert found is not None
    assert (found[0].value, len(found[1])) == ("settlement", 2)
    assert tree.parts("UA") is None
    assert tree.parts(IZIUM) is None
    assert tree.parts("nowhere") is None


def test_a_forecast_confirmed_by_a_person_is_still_no_restoration() -> None:
    soon = post(
        5, at("11:00"), said("impact.power.restored", IZIUM, kind=Kind.FORECAST), source="izium_mva"
    )
    dark = post(6, at("10:00"), said("impact.power.outage", IZIUM), source="izium_mva")
    found = situation(dark, soon, decisions=(decision("confirm", anchor(soon)),))
    assert phase(found, "power") == "out"
