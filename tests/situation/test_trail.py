"""How a place came to stand where it stands."""

from situation.testimonies import (
    AIR_FORCE,
    IZIUM,
    IZIUM_HROMADA,
    MVA,
    VILLAGE,
    at,
    post,
    said,
    situation,
)
from vidomo.claims.model import Extent
from vidomo.situation.model import Situation
from vidomo.situation.trail import KEPT

OUT, BACK = "impact.power.outage", "impact.power.restored"


def way(it: Situation, code: str = IZIUM, name: str = "power") -> list[tuple[str, str]]:
    """Return phases with their clock times, oldest first."""
    return [
        (move.phase, f"{move.at:%H:%M}" if move.at else "")
        for move in it.moves
        if (move.place, move.dimension) == (code, name)
    ]


def power(number: int, clock: str, topic: str, extent: Extent, code: str = IZIUM):
    return post(number, at(clock), said(topic, code, body=MVA, extent=extent))


def test_an_outage_that_is_mended_in_part_and_then_whole_leaves_three_steps() -> None:
    it = situation(
        power(1, "08:00", OUT, Extent.PART),
        power(2, "10:00", BACK, Extent.PART),
        power(3, "12:00", BACK, Extent.ALL),
    )
    assert way(it) == [("partial", "08:00"), ("partial", "10:00"), ("restored", "12:00")]


def test_words_about_the_community_are_steps_of_a_town_that_has_words_of_its_own() -> None:
    it = situation(
        power(1, "08:00", OUT, Extent.PART),
        power(2, "10:00", BACK, Extent.ALL, IZIUM_HROMADA),
        power(3, "12:00", OUT, Extent.ALL),
    )
    assert next(phase for phase, _ in way(it)) == "partial"
    assert way(it)[-1] == ("out", "12:00")
    assert way(it, VILLAGE) == []


def test_one_statement_or_the_same_again_is_no_way() -> None:
    once = power(1, "08:00", OUT, Extent.ALL)
    assert way(situation(once)) == []
    assert way(situation(once, power(2, "10:00", OUT, Extent.ALL))) == []


def test_only_the_last_steps_are_kept() -> None:
    posts = [
        power(hour, f"{hour:02}:00", OUT if hour % 2 else BACK, Extent.ALL) for hour in range(1, 21)
    ]
    found = way(situation(*posts))
    assert len(found) == KEPT
    assert found[-1] == ("restored", "20:00")


def test_words_taken_back_are_no_step() -> None:
    first = power(1, "08:00", OUT, Extent.PART)
    last = power(3, "12:00", BACK, Extent.ALL)
    wrong = power(2, "10:00", OUT, Extent.ALL)
    assert way(situation(first, wrong, last)) == [
        ("partial", "08:00"),
        ("out", "10:00"),
        ("restored", "12:00"),
    ]
    gone = post(2, at("10:00"), deleted_at=at("10:30"))
    assert way(situation(first, wrong, gone, last)) == [
        ("partial", "08:00"),
        ("restored", "12:00"),
    ]


def test_the_bodies_that_speak_have_their_english_names() -> None:
    it = situation(
        power(1, "08:00", OUT, Extent.ALL),
        post(2, at("09:00"), said("event.explosion", IZIUM, body=AIR_FORCE)),
    )
    names = {name.speaker: (name.en, name.place) for name in it.speakers}
    assert names["Ізюмська міська військова адміністрація"] == (
        "Izium city military administration",
        "",
    )
    assert names["Повітряні сили"] == ("Air Force", "")
