"""Words that their source took back fall everywhere, and so do copies of them."""

import pytest

from disclosure.planted import IZIUM, TOWN
from disclosure.told import linked, official, opened, row, told, view
from situation.testimonies import DSNS, MVA, OVA, at, post, said
from vidomo.claims.model import Claim, Extent
from vidomo.core.codec import to_json
from vidomo.disclosure.desk import DeskPassage
from vidomo.disclosure.policy import load_policy
from vidomo.situation.fold import Known

FIRST = "Укриття в Ізюмі працює у підвалі школи"
SECOND = "Укриття в Ізюмі працює у підвалі ліцею"
LONG = (
    "Електропостачання в Ізюмі відновлено повністю після тривалих робіт, "
    "світло є в усіх мікрорайонах міста, дякуємо за терпіння"
)


def power(quote: str, place: str = IZIUM, **more: object) -> Claim:
    return said("impact.power.restored", place, extent=Extent.ALL, quote=quote, **more)


def quoted(number: int, clock: str, claim: Claim) -> Known:
    """Return what an agency quotes of somebody, with its address."""
    known = post(number, at(clock), claim, source="agency_one")
    return linked(known, f"https://agency.example/{number}")


def edited(first: str, second: str, *, clock: str = "12:00") -> tuple[Known, Known]:
    """Return a post of the city in two versions whose claim keeps its id."""
    before = official(1, "08:00", power(first))
    after = official(1, "08:00", power(second), edited_at=at(clock))
    assert before.reading.claims[0].id == after.reading.claims[0].id
    return before, after


def words(*known: Known) -> list[str]:
    return [item.quote for item in view(told(*known), IZIUM).said]


def test_words_edited_under_the_same_id_are_kept_for_the_gate_and_out_of_the_evidence() -> None:
    situation = told(*edited(FIRST, SECOND))
    assert [item.quote for item in situation.evidence] == [SECOND]
    (old,) = situation.replaced
    assert (old.quote, old.reason, old.withdrawn_at) == (FIRST, "edited_away", at("12:00"))
    assert (old.standing.value, old.origin) == ("withdrawn", f"city@{IZIUM}")


def test_of_many_edits_every_wording_is_remembered_once() -> None:
    first, second = edited(FIRST, SECOND)
    third = official(1, "08:00", power(LONG), edited_at=at("13:00"))
    fourth = official(1, "08:00", power(FIRST), edited_at=at("14:00"))
    situation = told(first, second, third, fourth)
    assert [item.quote for item in situation.evidence] == [FIRST]
    assert {item.quote for item in situation.replaced} == {SECOND, LONG}


def test_a_copy_of_words_that_were_edited_under_the_same_id_falls_with_them() -> None:
    copy = quoted(2, "09:00", power(FIRST, body=MVA))
    versions = edited(FIRST, SECOND)
    assert words(versions[0], copy) == [FIRST, FIRST]
    assert words(*versions, copy) == [SECOND]
    body = to_json(opened(told(*versions, copy)).view(IZIUM)).decode()
    assert "школи" not in body


def test_the_page_tells_that_words_were_edited_under_the_same_id_and_not_the_words() -> None:
    (change,) = view(told(*edited(FIRST, SECOND)), IZIUM).changes
    assert (change.how, change.changed_at) == ("edited", at("12:00"))
    desk = DeskPassage(told(*edited(FIRST, SECOND)), load_policy("operator-only"))
    assert [one.how for one in desk.changes()] == ["edited"]
    assert "школи" not in to_json(tuple(desk.said.values())).decode()


def test_an_edit_that_leaves_the_words_alone_takes_nothing_back() -> None:
    before = official(1, "08:00", power(FIRST))
    after = official(1, "08:00", power(FIRST), edited_at=at("12:00"))
    copy = quoted(2, "09:00", power(FIRST, body=MVA))
    assert told(before, after).replaced == ()
    assert words(before, after, copy) == [FIRST, FIRST]


@pytest.mark.parametrize(
    "copy",
    [
        LONG.upper(),
        f"⚡️ {LONG}!",
        LONG.replace(",", " —"),
        LONG.replace("дякуємо", "щиро дякуємо"),
        f"Нагадаємо: {LONG}",
        LONG.replace("повністю ", ""),
    ],
)
def test_a_copy_with_little_changed_falls_with_what_was_deleted(copy: str) -> None:
    before = official(1, "08:00", power(LONG))
    gone = official(1, "08:00", power(LONG), deleted_at=at("12:00"))
    echo = quoted(2, "09:00", power(copy, body=OVA))
    assert words(before, echo) == [LONG, copy]
    assert words(before, gone, echo) == []
    assert not row(view(told(before, gone, echo), IZIUM), "power").is_said


@pytest.mark.parametrize(
    ("clock", "claim"),
    [
        ("07:00", power(LONG.replace(",", " —"), body=DSNS)),  # said before it
        ("13:00", power(LONG, body=DSNS)),  # said anew after it was taken back
        ("09:00", power(f"{LONG} о 9", body=DSNS)),  # a number that the other has not
        ("09:00", power("Світло в Ізюмі знову є", body=DSNS)),  # in words of its own
        ("09:00", power("Світло в Ізюмі є у школі", body=DSNS)),  # too short to be told alike
    ],
)
def test_what_is_no_copy_stands(clock: str, claim: Claim) -> None:
    before = official(1, "08:00", power(LONG))
    gone = official(1, "08:00", power(LONG), deleted_at=at("12:00"))
    assert words(before, gone, quoted(2, clock, claim)) == [claim.quote]


def test_the_same_words_of_another_place_are_no_copy() -> None:
    before = official(1, "08:00", power(LONG))
    gone = official(1, "08:00", power(LONG), deleted_at=at("12:00"))
    other = quoted(2, "09:00", power(LONG.replace("Ізюмі", "Барвінковому"), TOWN, body=OVA))
    assert [one.place for one in view(told(before, gone, other), TOWN).said] == [TOWN]


def test_words_that_two_posts_took_back_are_gone_until_the_later_of_both() -> None:
    one = official(1, "08:00", power(FIRST))
    one_gone = official(1, "08:00", power(FIRST), deleted_at=at("09:00"))
    two = official(2, "10:00", power(FIRST))
    two_gone = official(2, "10:00", power(FIRST), deleted_at=at("12:00"))
    copy = quoted(3, "11:00", power(FIRST, body=MVA))
    assert words(one, one_gone, two, two_gone, copy) == []
    again = quoted(4, "13:00", power(FIRST, body=MVA))
    assert words(one, one_gone, two, two_gone, again) == [FIRST]


def test_a_warning_in_the_words_of_last_night_stands() -> None:
    alarm = said("alert.start", IZIUM, quote="Повітряна тривога в Ізюмі")
    before = official(1, "08:00", alarm, source="ova_channel")
    gone = official(1, "08:00", alarm, source="ova_channel", deleted_at=at("12:00"))
    assert words(before, gone, official(2, "09:00", alarm)) == [alarm.quote]


def test_words_stay_withheld_when_the_post_is_deleted_after_an_edit() -> None:
    before, after = edited(FIRST, SECOND)
    gone = official(1, "08:00", power(SECOND), deleted_at=at("14:00"))
    copies = (
        quoted(2, "09:00", power(FIRST, body=MVA)),
        quoted(3, "12:30", power(SECOND, body=MVA)),
    )
    assert words(before, after, gone, *copies) == []
