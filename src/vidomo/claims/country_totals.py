"""Says that a count of all that flew in a night is of the country, whatever town the text is about."""

from collections.abc import Sequence

from vidomo.claims.carrying import Carried
from vidomo.claims.document import Segment
from vidomo.claims.findings import Findings
from vidomo.claims.hits import CueHit, MentionHit, TriggerHit

_FLYING = frozenset({"uavs", "missiles"})
# Fewer may well have flown to one town; our choice.
_MANY = 10
_COUNTED = ("event.strike", "event.air_defence", "threat.")
_DOWNED = "event.air_defence"
_NATIONAL = "national"
_COUNTRY, _ABROAD = "UA", "RU"


def of_country(found: Findings, number: int, cues: Sequence[CueHit], carried: Carried) -> Carried:
    """Return the country where a sentence without a place tells what its forces counted.

    "A drone hit a house in Odesa. / The air force shot down 21 of 22 drones": not in Odesa. So
    does the sentence after it that only says how many were downed: "It said that 21 were shot
    down". In the paragraph of an attack on a town the figures are of that attack.

    Args:
        found: What was found in the text.
        number: Which sentence it is.
        cues: Its cues.
        carried: The places that it would be about otherwise.
    """
    sentence = found.doc.sentences[number]
    told = {cue.topic for cue in cues}
    if not told or not all(topic.startswith(_COUNTED) for topic in told):
        return carried
    begins = next(s.start for s in found.doc.sentences if s.paragraph == sentence.paragraph)
    if any(_ABROAD in place.candidates or place.start >= begins for place in carried.places):
        return carried
    who = _counter(found, sentence)
    last = found.doc.sentences[number - 1] if number else sentence
    if not who and told == {_DOWNED} and last.paragraph == sentence.paragraph:
        who = _counter(found, last)
    if not who:
        return carried
    country = MentionHit(start=who[0].start, end=who[0].end, kind="country", candidates=(_COUNTRY,))
    return Carried((country,), (country,))


def _counter(found: Findings, sentence: Segment) -> list[TriggerHit]:
    """Return the words for those who counted much that flew, where a sentence has them."""
    flying = [hit for hit in found.numbers if hit.unit in _FLYING and hit.start < sentence.end]
    most = max((hit.min or 0 for hit in flying if hit.start >= sentence.start), default=0)
    if most < _MANY or any(
        (hit.max or hit.min or 0) >= most for hit in flying if hit.start < sentence.start
    ):
        return []  # "25 drones attacked Odesa region. The air force shot down 22": of those
    return found.has_effect(_NATIONAL, sentence.start, sentence.end)
