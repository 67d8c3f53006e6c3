"""Short ways to read a text in tests."""

from functools import cache

from vidomo.claims.model import Claim, Reading
from vidomo.claims.read import read_text
from vidomo.core.time import parse_posted_at
from vidomo.gazetteer import Gazetteer


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def read(text: str, *, posted: str | None = None, genre: str | None = None) -> Reading:
    return read_text(
        text,
        gazetteer=gazetteer(),
        report="rep_test",
        version="ver_test",
        genre=genre,
        posted_at=parse_posted_at(posted) if posted else None,
    )


def facts(text: str, **options: str | None) -> set[tuple[str, str, str]]:
    """Return topic, kind and polarity of every claim."""
    return {(c.topic, c.kind.value, c.polarity.value) for c in read(text, **options).claims}


def only(text: str, topic: str, **options: str | None) -> Claim:
    """Return the one claim of a topic."""
    found = [claim for claim in read(text, **options).claims if claim.topic == topic]
    assert len(found) == 1, [(c.topic, c.kind.value, c.quote) for c in found]
    return found[0]


def count(claim: Claim) -> tuple[float | None, float | None, str] | None:
    number = claim.number
    return None if number is None else (number.min, number.max, number.mode)


def surfaces(claim: Claim) -> set[str]:
    return {place.surface for place in claim.places}
