"""Which words stand at an instant: edits, deletions, re-readings."""

import msgspec

from situation.testimonies import IZIUM, MVA, at, dimension, phase, post, said, situation
from vidomo.claims.model import Reading
from vidomo.situation.fold import Known
from vidomo.situation.model import Standing

OUT = said("impact.power.outage", IZIUM, body=MVA)
DRY = said("impact.water.outage", IZIUM, body=MVA)

FIRST = post(1, at("10:00"), OUT)
EDITED = post(1, at("10:00"), DRY, edited_at=at("11:00"))
DELETED = post(1, at("10:00"), OUT, deleted_at=at("12:00"))


def standings(*known: Known, clock: str = "23:00") -> dict[str, tuple[str, str]]:
    found = situation(*known, when=at(clock))
    return {item.topic: (item.standing.value, item.reason) for item in found.evidence}


def test_an_edit_takes_the_old_words_back_from_its_own_time_on() -> None:
    before = situation(FIRST, EDITED, when=at("10:59"))
    after = situation(FIRST, EDITED, when=at("11:00"))
    assert (phase(before, "power"), phase(before, "water")) == ("out", "not_reported")
    assert (phase(after, "power"), phase(after, "water")) == ("not_reported", "out")


def test_words_that_were_edited_away_are_kept_as_withdrawn() -> None:
    assert standings(FIRST, EDITED) == {
        "impact.power.outage": ("withdrawn", "edited_away"),
        "impact.water.outage": ("official", "body_speaks"),
    }


def test_words_that_were_deleted_are_kept_as_withdrawn_and_move_nothing() -> None:
    assert standings(FIRST, DELETED, clock="11:59") == {
        "impact.power.outage": ("official", "body_speaks")
    }
    assert standings(FIRST, DELETED) == {"impact.power.outage": ("withdrawn", "deleted")}
    assert phase(situation(FIRST, DELETED), "power") == "not_reported"


def test_an_edit_that_leaves_the_words_does_not_make_them_newer() -> None:
    typo = post(1, at("10:00"), OUT, DRY, edited_at=at("18:00"))
    found = situation(FIRST, typo)
    assert dimension(found, "power").heard_at == at("10:00")
    assert dimension(found, "water").heard_at == at("18:00")


def test_a_post_known_only_in_its_edited_form_was_said_between_post_and_edit() -> None:
    only_edited = post(1, at("10:00"), OUT, edited_at=at("18:00"))
    (item,) = situation(only_edited).evidence
    assert (item.said_at, item.said_until) == (at("10:00"), at("18:00").replace(second=1))


def test_an_undated_post_that_was_edited_is_dated_by_its_edit() -> None:
    (item,) = situation(post(1, None, OUT, edited_at=at("11:00"))).evidence
    assert item.standing is Standing.UNSOURCED
    assert item.said_at == at("11:00")


def test_a_repeat_of_a_version_changes_nothing() -> None:
    assert situation(FIRST, FIRST, FIRST) == situation(FIRST)


def test_of_two_readings_of_one_version_one_is_taken_whatever_the_order() -> None:
    other = post(1, at("10:00"), DRY).reading
    reading = Reading(
        report=FIRST.reading.report,
        version=FIRST.version.id,
        reader_version="t2",
        claims=other.claims,
    )
    again = Known(version=FIRST.version, reading=reading)
    one, two = situation(FIRST, again), situation(again, FIRST)
    assert msgspec.json.encode(one) == msgspec.json.encode(two)


def test_nobody_has_said_yet_what_is_said_later() -> None:
    assert situation(FIRST, when=at("09:59")).evidence == ()
    assert len(situation(FIRST, when=at("10:00")).evidence) == 1
