"""What a house remembers of its last answers, and what makes it look again."""

from datetime import timedelta
from pathlib import Path

import pytest

from situation.histories import BEGIN
from vidomo.app.decisions import draft_decision, record_decision
from vidomo.app.house import House
from vidomo.core.time import instant_interval
from vidomo.sources.model import Outcome, Poll, Post

AT = {"valid_at": BEGIN + timedelta(hours=2), "known_at": BEGIN + timedelta(days=1)}


class Clock:
    """Moves on by a second whenever somebody looks."""

    def __init__(self) -> None:
        self.now = BEGIN + timedelta(hours=3)

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now


def post(number: int, text: str) -> Post:
    return Post(
        source="izium_mva",
        native_id=str(number),
        text=text,
        posted_at=instant_interval(BEGIN + timedelta(minutes=number)),
    )


def asked(minute: int, outcome: Outcome = Outcome.NOTHING_NEW) -> Poll:
    return Poll(source="izium_mva", asked_at=BEGIN + timedelta(minutes=minute), outcome=outcome)


@pytest.fixture
def house(tmp_path: Path):
    with House.open(tmp_path / "data", clock=Clock()) as opened:
        opened.take_in([post(1, "В Ізюмі немає світла.")])
        yield opened


def test_a_poll_makes_nobody_read_the_posts_again(house: House) -> None:
    house.known(house.now())
    for minute in range(5):
        house.note_polls([asked(minute)])
        assert len(house.known(house.now())) == 1
    assert house._known.cache_info().misses == 1


def test_a_new_post_is_known_at_once(house: House) -> None:
    house.known(house.now())
    house.take_in([post(2, "В Ізюмі чути вибухи.")])
    assert len(house.known(house.now())) == 2
    assert len(house.known(BEGIN)) == 0


def test_what_was_asked_of_the_past_is_not_folded_again_for_a_later_poll(house: House) -> None:
    before = house.situation(**AT)
    house.note_polls([asked(600)])
    assert house.situation(**AT) is before


def test_a_poll_that_tells_something_is_part_of_the_answer(house: House) -> None:
    assert house.situation(**AT).sources == ()
    house.note_polls([asked(5)])
    assert [one.silent_since for one in house.situation(**AT).sources] == [None]
    house.note_polls([asked(9, Outcome.NO_ANSWER)])
    (health,) = house.situation(**AT).sources
    assert health.silent_since is not None


def test_a_decision_is_part_of_the_answer(house: House) -> None:
    found = house.situation(**AT)
    claim = found.evidence[0].claim
    made = draft_decision(found, "overrule", [claim], reason="not so", by="Olena", at=BEGIN)
    record_decision(house.journal, made)
    assert [one.id for one in house.situation(**AT).decisions] == [made.id]


def test_a_source_registered_is_part_of_the_answer(house: House) -> None:
    assert house.registry is house.registry
    newest = house.journal.newest("decision")
    house.note_polls([asked(5)])
    assert house.journal.newest("decision") == newest == 0
    assert house.journal.newest("poll") == house.journal.last_seq
    assert house.journal.newest() == 0
