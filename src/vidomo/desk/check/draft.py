"""Looks a draft over before it is posted; needs nothing but the draft."""

from datetime import datetime

from vidomo.claims.calibration import with_confidence
from vidomo.claims.prepare import prepare
from vidomo.claims.read import read_text
from vidomo.core.time import instant_interval
from vidomo.desk.check.copies import copies, passed
from vidomo.desk.check.doubts import doubts
from vidomo.desk.check.forbidden import held
from vidomo.desk.check.missing import missing
from vidomo.desk.check.model import Checked
from vidomo.desk.check.told import told
from vidomo.desk.check.words import check_words
from vidomo.disclosure.screen import screen
from vidomo.gazetteer import Gazetteer
from vidomo.places.resolve import explain, resolve
from vidomo.places.twins import told_once

LONGEST = 20_000
"""Characters of a draft; the longest post of any outlet that officers use has fewer."""
_FROM_OFFICE = "official"
_ADDRESS = frozenset({"street", "house", "point"})


def check_draft(
    text: str,
    *,
    home: str | None = None,
    sign: str = "",
    lang: str = "uk",
    now: datetime | None = None,
    gazetteer: Gazetteer | None = None,
) -> Checked:
    """Return what residents will understand of a draft, what it lacks and what it must not say.

    Args:
        text: The draft, at most ``LONGEST`` characters.
        home: KATOTTG code of the place that is written from; decides namesakes.
        sign: Who is named under the texts; counts as the source.
        lang: Language of the answer, uk or en.
        now: When it is written; anchors "today".
        gazetteer: Places; the bundled ones by default.
    """
    places, words = gazetteer or Gazetteer.open(), check_words(lang)
    sign = " ".join(sign.split())
    posted = None if now is None else instant_interval(now)
    plain = _without_addresses(text)
    reading = read_text(plain, gazetteer=places, genre=_FROM_OFFICE, posted_at=posted)
    explained = explain(reading, places, home=home)
    reading = with_confidence(told_once(resolve(reading, places, home=home), places))
    doc = prepare(text)
    said = told(reading.claims, gazetteer=places, words=words)
    lines = [doc.original_span(one.start, one.end) for one in doc.sentences]
    holding = held(text, reading.claims, lines=lines, words=words)
    passing = passed(doc, said, holding.forbidden)
    return Checked(
        lang=reading.lang,
        told=said,
        missing=missing(reading, doc, sign=sign, words=words),
        doubts=doubts(reading, explained, gazetteer=places, words=words),
        forbidden=holding.forbidden,
        invited=holding.invited,
        copies=copies(passing, said, sign=sign, words=words, stays=holding.invited),
        replaced=passing.replaced,
        dropped=passing.dropped,
    )


def _without_addresses(text: str) -> str:
    """Return a draft of the same length in which the names of streets are no words.

    A street is named after cities, victories and inventions; read as words, its name moves a
    strike to another city or denies it.
    """
    letters = list(text)
    for one in screen(text):
        if one.kind in _ADDRESS:
            letters[one.start : one.end] = [_mask(char) for char in text[one.start : one.end]]
    return "".join(letters)


def _mask(char: str) -> str:
    return "x" if char.isalnum() else " " if char == "." else char
