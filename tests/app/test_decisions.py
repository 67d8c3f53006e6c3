"""What a decision holds on to, and when a clock is known to be wrong."""

from datetime import timedelta

import pytest

from situation.testimonies import IZIUM, MVA, at, post, said, situation
from vidomo.app.decisions import draft_decision, is_ahead
from vidomo.core.errors import ConfigError, NothingKnown
from vidomo.reports.model import Version
from vidomo.situation.decision import Decision

END = post(2, at("11:00"), said("alert.end", IZIUM), source="izium_mva")
HIT = post(3, at("10:00"), said("event.strike", IZIUM, body=MVA))
FOUND = situation(END, HIT)


def draft(act: str, *ids: str, reason: str = "бо так", **more: object) -> Decision:
    return draft_decision(FOUND, act, ids, reason=reason, by="черговий", at=at("12:00"), **more)


@pytest.mark.parametrize(
    ("known", "seen", "ahead"),
    [
        (END, "11:00", False),
        (END, "10:58", False),
        (END, "10:57", True),
        (post(1, at("09:00"), said("alert.end", IZIUM), edited_at=at("11:00")), "10:00", True),
        (post(1, "2026-01-10", said("alert.end", IZIUM)), "10:00", False),
        (post(1, None, said("alert.end", IZIUM)), "10:00", False),
    ],
    ids=["at once", "within the skew", "before it was posted", "edited later", "a day", "undated"],
)
def test_a_post_stamped_after_it_was_written_down_has_a_wrong_clock(
    known: object, seen: str, *, ahead: bool
) -> None:
    version: Version = known.version
    assert is_ahead(version, at(seen)) is ahead
    assert not is_ahead(version, at(seen) + timedelta(days=300))


def test_a_decision_keeps_the_words_the_span_and_the_report() -> None:
    claim = END.reading.claims[0]
    made = draft("confirm", claim.id)
    (anchor,) = made.on
    assert (anchor.claim, anchor.report, anchor.topic) == (
        claim.id,
        END.version.report,
        "alert.end",
    )
    assert (anchor.start, anchor.end, anchor.quote) == (claim.start, claim.end, claim.quote)
    assert made.id == draft("confirm", claim.id, claim.id).id
    assert made.id != draft("confirm", claim.id, reason="інша причина").id


def test_a_merge_takes_a_claim_for_the_incident_that_holds_it() -> None:
    with pytest.raises(ConfigError, match="merge needs two incidents"):
        draft("merge", HIT.reading.claims[0].id, FOUND.incidents[0].id)


@pytest.mark.parametrize(
    ("act", "ids", "more", "error"),
    [
        ("withdraw", (), {}, NothingKnown),
        ("attach", ("dec_none", "clm_none"), {}, NothingKnown),
        ("confirm", (END.reading.claims[0].id,), {"value": {"number": "1"}}, ConfigError),
        ("overrule", (END.reading.claims[0].id,), {"value": {"colour": "red"}}, ConfigError),
        ("confirm", (), {}, ConfigError),
    ],
)
def test_what_does_not_fit_is_refused_with_a_hint(
    act: str, ids: tuple[str, ...], more: dict, error: type
) -> None:
    with pytest.raises(error) as raised:
        draft(act, *ids, **more)
    assert raised.value.hint


def test_a_withdrawal_names_one_decision_and_nothing_else() -> None:
    confirmed = draft("confirm", END.reading.claims[0].id)
    seen = situation(END, HIT, decisions=(confirmed,))
    ask = {"reason": "помилка", "by": "черговий", "at": at("12:30")}
    assert draft_decision(seen, "withdraw", [confirmed.id], **ask).target == confirmed.id
    with pytest.raises(ConfigError, match="withdraw takes the id of one decision"):
        draft_decision(seen, "withdraw", [confirmed.id, END.reading.claims[0].id], **ask)


def test_a_lost_decision_is_attached_to_the_claim_that_a_person_names() -> None:
    confirmed = draft("confirm", END.reading.claims[0].id)
    other = post(9, at("11:00"), said("alert.end", IZIUM), source="izium_mva")
    seen = situation(other, decisions=(confirmed,))
    assert [one.id for one in seen.orphaned] == [confirmed.id]
    made = draft_decision(
        seen,
        "attach",
        [confirmed.id, other.reading.claims[0].id],
        reason="те саме",
        by="черговий",
        at=at("12:30"),
    )
    assert situation(other, decisions=(confirmed, made)).orphaned == ()


# corrections ------------------------------------------------------------------------------------


def refused(claim: object, **value: str) -> str:
    with pytest.raises(ConfigError) as raised:
        draft("overrule", claim.id, value=value)
    assert raised.value.hint
    return raised.value.message


STRIKE, CLEAR = HIT.reading.claims[0], END.reading.claims[0]


def test_a_correction_is_written_in_one_form() -> None:
    made = draft(
        "overrule", STRIKE.id, value={"time": "2026-01-10T09:30:00+02:00", "kind": "warning"}
    )
    assert made.value == {"time": "2026-01-10T07:30:00Z/2026-01-10T07:30:01Z", "kind": "warning"}


@pytest.mark.parametrize(
    ("claim", "value", "words"),
    [
        (STRIKE, {"topic": "event.bang"}, "is no topic"),
        (STRIKE, {"kind": "rumour"}, "is no kind"),
        (STRIKE, {"polarity": "maybe"}, "is no polarity"),
        (STRIKE, {"time": "at nine"}, "at nine"),
        (STRIKE, {"time": "2026-01-10T10:00:01Z"}, "after the words were said"),
        (STRIKE, {"number": "3", "kind": "unknown"}, "has no number"),
        (STRIKE, {"number": "0", "polarity": "affirmed"}, "0 is not affirmed"),
        (STRIKE, {"number": "3", "polarity": "negated"}, "3 is not negated"),
        (STRIKE, {"topic": "alert.end"}, "makes no alert.end"),
        (STRIKE, {"topic": "impact.power.restored"}, "makes no impact.power.restored"),
        (STRIKE, {"topic": "advice.shelter", "kind": "unknown"}, "cannot be unknown"),
        (CLEAR, {"time": "2026-01-10T10:00:00Z"}, "makes no alert.end"),
        (CLEAR, {"kind": "assessment"}, "makes no alert.end"),
    ],
)
def test_a_correction_that_does_not_fit_is_refused(
    claim: object, value: dict[str, str], words: str
) -> None:
    assert words in refused(claim, **value)


def test_an_all_clear_can_be_taken_back_by_a_correction() -> None:
    assert draft("overrule", CLEAR.id, value={"kind": "advice"}).value == {"kind": "advice"}
    assert (
        draft("overrule", CLEAR.id, value={"topic": "alert.start"}).value["topic"] == "alert.start"
    )


def test_words_without_a_date_get_no_time() -> None:
    undated = post(8, None, said("event.strike", IZIUM), source="izium_mva")
    seen = situation(undated)
    with pytest.raises(ConfigError, match="bears no date"):
        draft_decision(
            seen,
            "overrule",
            [undated.reading.claims[0].id],
            reason="бо так",
            by="черговий",
            at=at("12:00"),
            value={"time": "2026-01-10"},
        )
