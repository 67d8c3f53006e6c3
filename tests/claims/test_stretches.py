"""Texts of any length: read in time that grows with their length only, offsets true."""

import time

import pytest

from vidomo.claims.model import Reading
from vidomo.claims.read import read_text
from vidomo.claims.stretches import LONGEST, stretches_of
from vidomo.gazetteer import Gazetteer

FACT = "У Балаклії внаслідок обстрілу поранено {} людей, повідомив начальник Харківської ОВА. "
BAIT = {
    "marks": "\u0301",
    "letters with marks": "а\u0301\u0316",
    "zero width": "Із\u200bюм\u200d ",
    "mixed scripts": "Xapкiв ",
    "overrides": "\u202eІзюм\u202c ",
    "one word": "а",
    "names": "Ізюм, Харків, ",
    "dashes": "Ізюм – Харків – ",
    "cues": "вибух, ",
    "full stops": ". ",
    "quotations": "«",
    "figures": "5 ",
    "clocks": "о 18:00, ",
    "not and no": "не без не ",
    "lines": "поїзд № 43 Київ – Харків, ",
    "facts": FACT.format(5),
}


def reading(text: str) -> Reading:
    return read_text(text, gazetteer=Gazetteer.open(), report="rep_1", posted_at=None)


def test_a_text_longer_than_a_stretch_is_read_to_its_end_with_true_offsets() -> None:
    text = "".join(FACT.format(number) for number in range(2, 600))
    assert len(text) > 3 * LONGEST
    found = reading(text)
    assert {claim.start // LONGEST for claim in found.claims} >= {0, 1, 2, 3}
    assert all(text[claim.start : claim.end] == claim.quote for claim in found.claims)
    assert all(text[one.start : one.end] == one.surface for one in found.mentions)
    named = [ref for claim in found.claims for ref in claim.places if ref.start >= 0]
    assert all(text[ref.start : ref.end] == ref.surface for ref in named)
    assert len({claim.id for claim in found.claims}) == len(found.claims)


def test_the_body_of_a_speaker_in_a_later_stretch_stands_at_its_place() -> None:
    text = "".join(FACT.format(number) for number in range(2, 400))
    bodies = [claim.speaker.body for claim in reading(text).claims if claim.speaker.body]
    offsets = [int(body.partition("@#")[2]) for body in bodies if "@#" in body]
    assert max(offsets) > LONGEST
    assert all(text[offset:].startswith("Харківської") for offset in offsets)


@pytest.mark.parametrize("text", ["", "Ізюм. " * 5_000, "а" * 50_000, "рядок\n" * 5_000])
def test_stretches_make_up_the_text_and_none_is_too_long(text: str) -> None:
    found = list(stretches_of(text))
    assert "".join(stretch for _, stretch in found) == text
    assert all(text[offset:].startswith(stretch) for offset, stretch in found)
    assert max(len(stretch) for _, stretch in found) <= LONGEST


@pytest.mark.parametrize("bait", BAIT.values(), ids=BAIT)
def test_time_grows_with_the_length_of_a_hostile_text_only(bait: str) -> None:
    def spent(length: int) -> float:
        text = (bait * (length // len(bait) + 1))[:length]
        begun = time.process_time()
        reading(text)
        return time.process_time() - begun

    spent(2_000)
    # The least of a few: a neighbour on the machine takes caches, and time with them.
    short = min(spent(LONGEST) for _ in range(3))
    # Four times the length: a square would cost sixteen times as much.
    assert min(spent(4 * LONGEST) for _ in range(3)) < 8 * short + 0.2
