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
        ("overrule", (END.reading.claims[0].id,), {"value": {"topic": "alert.start"}}, ConfigError),
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
