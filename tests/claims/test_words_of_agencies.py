"""Sentences as English agencies write them give every claim that they state, and no other."""

from collections import Counter

import pytest

from vidomo.app.reader import read

SENTENCES = [
    (
        "A Russian missile strike on Kharkiv killed at least three people and wounded 17.",
        ["event.strike", "harm.killed", "harm.injured"],
    ),
    (
        "Two elderly people were killed in artillery fire on Nikopol.",
        ["event.shelling", "harm.killed"],
    ),
    ("Hourly power cuts will be in force in Kyiv from 7 a.m. to 10 p.m.", ["power.schedule"]),
    (
        "Russian shelling of Kherson injured five people, including two children.",
        ["event.shelling", "harm.injured", "harm.injured"],
    ),
    (
        "A guided bomb slammed into a residential building, killing a woman and destroying six flats.",
        ["event.strike", "harm.killed", "impact.damage"],
    ),
    (
        "Emergency workers rescued 11 people and recovered two bodies.",
        ["harm.rescued", "harm.killed"],
    ),
]


@pytest.mark.parametrize(("text", "topics"), SENTENCES)
def test_an_agency_sentence_is_read_whole(text: str, topics: list[str]) -> None:
    assert Counter(claim.topic for claim in read(text)) == Counter(topics)
