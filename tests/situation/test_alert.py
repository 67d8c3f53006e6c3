"""Who may end a warning, and what a quiet source means."""

from datetime import timedelta

import msgspec
import pytest

from situation.testimonies import (
    AIR_FORCE,
    CHUHUIV,
    IZIUM,
    IZIUM_RAION,
    KHARKIV_OBLAST,
    MVA,
    ODESA_OBLAST,
    VILLAGE,
    at,
    dimension,
    phase,
    poll,
    post,
    said,
    situation,
)
from vidomo.claims.model import Kind, Polarity, SpeakerKind
from vidomo.situation.fold import Known
from vidomo.sources.model import Outcome

ON = post(1, at("10:00"), said("alert.start", KHARKIV_OBLAST), source="ova_channel")
END = "alert.end"


def own(number: int, clock: str, source: str = "izium_mva", **more: object) -> Known:
    return post(number, at(clock), said(END, IZIUM, **more), source=source)


def test_an_alert_of_the_oblast_covers_its_settlements() -> None:
    found = situation(ON, when=at("10:05"))
    assert phase(found, "alert", KHARKIV_OBLAST) == "on"
    assert phase(found, "alert", VILLAGE) == "on"
    assert dimension(found, "alert", VILLAGE).inherited_from == KHARKIV_OBLAST


def test_one_all_clear_is_passed_on_as_words_and_does_not_end_the_alert() -> None:
    state = dimension(situation(ON, own(2, "11:00")), "alert")
    assert state.phase == "on"
    assert state.note == (
        "all-clear announced by Ізюмська міська військова адміністрація"
        " at 2026-01-10T11:00:00Z, being confirmed"
    )
    assert [note.code for note in state.notes] == ["all_clear_being_confirmed"]


def test_a_second_voice_of_competence_confirms_it() -> None:
    found = situation(ON, own(2, "11:00"), own(3, "11:02", source="ova_channel"))
    state = dimension(found, "alert")
    assert state.phase == "ended"
    assert state.since == at("11:00")
    assert state.confirmed_at == at("11:02")
    assert "being confirmed" not in state.note
    assert phase(found, "alert", VILLAGE) == "on"


def test_the_same_voice_twice_does_not_confirm_its_own_all_clear() -> None:
    found = situation(
        ON,
        own(2, "11:00"),
        own(3, "11:01", source="izium_second"),
        post(4, at("11:02"), said(END, IZIUM, body=MVA), source="agency_one"),
    )
    assert phase(found, "alert") == "on"


def test_the_configured_alarm_source_ends_the_alert_alone() -> None:
    found = situation(ON, post(2, at("11:00"), said(END, KHARKIV_OBLAST), source="air_alarm"))
    assert phase(found, "alert", KHARKIV_OBLAST) == "ended"
    assert phase(found, "alert", VILLAGE) == "ended"


def test_a_new_alert_after_the_all_clear_takes_it_back() -> None:
    found = situation(
        ON,
        own(2, "11:00"),
        post(3, at("11:01"), said("alert.start", IZIUM), source="izium_mva"),
        own(4, "11:02", source="ova_channel"),
    )
    assert phase(found, "alert") == "on"
    assert "being confirmed" in dimension(found, "alert").note


def second(number: int = 9) -> Known:
    """A sound all-clear that one more sound one would confirm."""
    return own(number, "11:00", source="ova_channel")


@pytest.mark.parametrize(
    "false_end",
    [
        post(2, at("11:05"), said(END, IZIUM, body=MVA), source="rewriter"),
        post(2, at("11:05"), said(END, IZIUM), source="rewriter"),
        post(2, at("11:05"), said(END, IZIUM), source="monitor", home=IZIUM),
        post(2, at("11:05"), said(END, IZIUM, body="police@UA"), source="agency_one"),
        post(2, None, said(END, IZIUM, body=MVA), source="agency_one"),
        post(2, at("11:05"), said(END, CHUHUIV), source="izium_mva"),
        post(2, at("11:05"), said(END, IZIUM_RAION), source="izium_mva"),
        own(2, "11:05", kind=Kind.FORECAST),
        own(2, "11:05", kind=Kind.ADVICE),
        own(2, "11:05", kind=Kind.PLAN),
        own(2, "11:05", kind=Kind.ASSESSMENT),
        own(2, "11:05", polarity=Polarity.NEGATED),
        own(2, "11:05", polarity=Polarity.DENIED),
        own(2, "11:05", who=SpeakerKind.EXPERT, name="Оглядач"),
        own(2, "09:59"),
        own(2, "23:30"),
        post(2, at("11:05"), said(END, IZIUM), source="izium_mva", deleted_at=at("11:10")),
        post(2, at("10:05"), said(END, IZIUM), source="izium_mva", edited_at=at("11:05")),
    ],
    ids=[
        "relayed by an unfaithful source",
        "in the words of an unregistered source",
        "by a source with a declared home",
        "by a body without the competence",
        "undated",
        "by a body of another place",
        "for a wider place than the body's",
        "a forecast",
        "a condition in advice",
        "a plan",
        "an assessment",
        "negated",
        "denied",
        "by an expert",
        "before the alert, by a clock that is slow",
        "after the instant that is asked about",
        "deleted since",
        "edited into an older post",
    ],
)
def test_a_false_all_clear_confirms_nothing(false_end: Known) -> None:
    assert phase(situation(ON, second(), false_end), "alert") == "on"
    assert phase(situation(ON, second(), own(3, "11:06")), "alert") == "ended"


def test_an_all_clear_that_is_edited_in_does_not_count() -> None:
    before = post(
        2, at("10:30"), said("advice.shelter", IZIUM, kind=Kind.ADVICE), source="izium_mva"
    )
    after = post(2, at("10:30"), said(END, IZIUM), source="izium_mva", edited_at=at("11:00"))
    assert phase(situation(ON, second(), before, after), "alert") == "on"


def test_an_all_clear_that_an_edit_left_as_it_was_still_counts() -> None:
    before = own(2, "10:30")
    typo = said("advice.shelter", IZIUM, kind=Kind.ADVICE)
    after = post(2, at("10:30"), said(END, IZIUM), typo, source="izium_mva", edited_at=at("11:30"))
    assert phase(situation(ON, second(), before, after), "alert") == "ended"


def test_an_all_clear_without_an_alert_is_words_only() -> None:
    state = dimension(situation(own(2, "11:00")), "alert")
    assert state.phase == "unknown"
    assert "being confirmed" in state.note


def test_a_warning_is_a_warning_only_from_an_authority_of_the_place() -> None:
    warn = said("threat.guided_bomb", IZIUM, body=MVA, kind=Kind.WARNING)
    assert phase(situation(post(1, at("10:00"), warn)), "alert") == "warned"
    stranger = said("threat.guided_bomb", IZIUM, kind=Kind.WARNING)
    found = situation(post(1, at("10:00"), stranger, source="monitor", home=IZIUM))
    assert phase(found, "alert") == "unknown"
    assert phase(found, "attack") == "threat"


def test_a_warning_during_an_alert_adds_nothing() -> None:
    warn = post(2, at("10:30"), said("threat.air", IZIUM, kind=Kind.WARNING), source="izium_mva")
    assert phase(situation(ON, warn), "alert", KHARKIV_OBLAST) == "on"


def test_the_same_all_clear_ends_the_attack() -> None:
    hit = post(5, at("10:10"), said("event.explosion", IZIUM, body=MVA))
    assert phase(situation(ON, hit, own(2, "11:00")), "attack") == "reported"
    both = situation(ON, hit, own(2, "11:00"), own(3, "11:02", source="ova_channel"))
    assert phase(both, "attack") == "over"


def test_nothing_ever_heard_is_unknown_and_not_no_alert() -> None:
    assert phase(situation(), "alert") == "unknown"


def test_only_a_fresh_alarm_source_makes_none_of_it() -> None:
    polls = (poll("air_alarm", at("12:00")),)
    assert phase(situation(polls=polls, when=at("12:10")), "alert") == "none"
    assert phase(situation(polls=polls, when=at("12:11")), "alert") == "unknown"


def test_a_channel_that_is_no_alarm_feed_never_makes_none() -> None:
    polls = (poll("izium_mva", at("12:00")), poll("ova_channel", at("12:00")))
    assert phase(situation(polls=polls, when=at("12:01")), "alert") == "unknown"


@pytest.mark.parametrize("outcome", [Outcome.NO_ANSWER, Outcome.REFUSED])
def test_an_alarm_source_that_did_not_answer_says_nothing(outcome: Outcome) -> None:
    polls = (poll("air_alarm", at("12:00"), outcome),)
    assert phase(situation(polls=polls, when=at("12:01")), "alert") == "unknown"


def test_silence_ends_no_alert_and_makes_it_stale() -> None:
    start = post(2, at("10:00"), said("alert.start", IZIUM, body=AIR_FORCE), source="air_alarm")
    polls = (
        poll("air_alarm", at("10:01")),
        poll("air_alarm", at("10:05"), Outcome.NO_ANSWER),
    )
    fresh = dimension(situation(start, polls=polls, when=at("10:16")), "alert")
    assert (fresh.phase, fresh.stale) == ("on", False)
    late = dimension(situation(start, polls=polls, when=at("10:17")), "alert")
    assert (late.phase, late.stale) == ("on", True)
    much_later = at("10:17") + timedelta(days=30)
    assert dimension(situation(start, polls=polls, when=much_later), "alert").phase == "on"


def test_the_alert_of_a_channel_is_stale_five_minutes_past_its_freshness() -> None:
    assert not dimension(situation(ON, when=at("10:15")), "alert", KHARKIV_OBLAST).stale
    assert dimension(situation(ON, when=at("10:16")), "alert", KHARKIV_OBLAST).stale


def test_an_answering_alarm_source_keeps_an_alert_fresh() -> None:
    polls = (poll("air_alarm", at("22:55")),)
    state = dimension(situation(ON, polls=polls), "alert", KHARKIV_OBLAST)
    assert (state.phase, state.stale) == ("on", False)
    assert state.heard_at == at("22:55")


def test_an_alarm_source_that_spoke_is_heard() -> None:
    found = situation(
        post(2, at("11:00"), said("alert.start", CHUHUIV), source="air_alarm"), when=at("11:05")
    )
    assert phase(found, "alert", CHUHUIV) == "on"
    assert phase(found, "alert", IZIUM) == "none"


# clocks ----------------------------------------------------------------------------------------


def test_an_all_clear_of_the_alarm_source_just_after_the_alarm_of_another_ends_nothing() -> None:
    alarm = post(1, at("10:00"), said("alert.start", IZIUM), source="izium_mva")
    close = post(2, at("10:01"), said("alert.end", IZIUM, body=AIR_FORCE), source="air_alarm")
    state = dimension(situation(alarm, close), "alert")
    assert state.phase == "on"
    assert [note.code for note in state.notes] == ["all_clear_being_confirmed"]
    later = post(2, at("10:02"), said("alert.end", IZIUM, body=AIR_FORCE), source="air_alarm")
    assert phase(situation(alarm, later), "alert") == "ended"


def test_one_clock_orders_its_own_alarm_and_all_clear_however_close() -> None:
    alarm = post(1, at("10:00"), said("alert.start", IZIUM, body=AIR_FORCE), source="air_alarm")
    close = post(2, at("10:01"), said("alert.end", IZIUM, body=AIR_FORCE), source="air_alarm")
    assert phase(situation(alarm, close), "alert") == "ended"


def test_an_all_clear_too_close_to_the_alarm_is_no_second_voice() -> None:
    alarm = post(1, at("10:00"), said("alert.start", KHARKIV_OBLAST), source="ova_channel")
    close = post(2, at("10:01"), said("alert.end", IZIUM), source="izium_mva")
    second = post(3, at("10:10"), said("alert.end", KHARKIV_OBLAST), source="ova_channel")
    again = post(4, at("10:20"), said("alert.end", IZIUM), source="izium_mva")
    assert phase(situation(alarm, close, second), "alert") == "on"
    assert phase(situation(alarm, close, second, again), "alert") == "ended"


def test_an_all_clear_stamped_in_the_future_of_its_own_record_ends_nothing_by_itself() -> None:
    alarm = post(1, at("10:00"), said("alert.start", IZIUM), source="izium_mva")
    end = post(2, at("11:00"), said("alert.end", IZIUM, body=AIR_FORCE), source="air_alarm")
    ahead = msgspec.structs.replace(end, is_ahead=True)
    assert phase(situation(alarm, end), "alert") == "ended"
    state = dimension(situation(alarm, ahead), "alert")
    assert state.phase == "on"
    assert [note.code for note in state.notes] == ["all_clear_being_confirmed"]


def test_a_city_that_says_the_oblast_is_under_alert_is_under_alert_itself() -> None:
    told = post(1, at("10:00"), said("alert.start", KHARKIV_OBLAST, body=MVA), source="izium_mva")
    found = situation(told, when=at("10:05"))
    assert phase(found, "alert", IZIUM) == "on"
    assert phase(found, "alert", CHUHUIV) == "on"
    assert phase(found, "alert", KHARKIV_OBLAST) == "on"


@pytest.mark.parametrize("code", ["UA", CHUHUIV, ODESA_OBLAST])
def test_a_city_starts_no_alert_of_the_country_or_of_a_place_that_does_not_hold_it(
    code: str,
) -> None:
    told = post(1, at("10:00"), said("alert.start", code, body=MVA), source="izium_mva")
    assert phase(situation(told, when=at("10:05")), "alert", code) == "unknown"


def test_a_city_ends_no_alert_of_its_oblast_even_one_that_it_passed_on() -> None:
    told = post(1, at("10:00"), said("alert.start", KHARKIV_OBLAST, body=MVA), source="izium_mva")
    ends = [
        post(number, at("11:00"), said(END, KHARKIV_OBLAST), source=source)
        for number, source in ((2, "izium_mva"), (3, "izium_second"))
    ]
    found = situation(told, *ends, when=at("11:05"))
    assert {phase(found, "alert", code) for code in (KHARKIV_OBLAST, IZIUM, CHUHUIV)} == {"on"}
