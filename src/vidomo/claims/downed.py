"""Knows the sentence that tells where the downed were that were counted before it."""

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from vidomo.claims.document import Document
from vidomo.claims.hits import CueHit, MentionHit
from vidomo.claims.numerals import number_words

_DOWNED = "event.air_defence"
_START = attrgetter("start")


def tells_where_downed(
    doc: Document, cues: Sequence[CueHit], mentions: Sequence[MentionHit], start: int
) -> bool:
    """Whether a sentence opens with "over" a place right after a count of what was downed.

    "Downed: 40 drones. Over Sumy oblast 24 drones": those are of the forty.

    Args:
        doc: The text.
        cues: Its statements.
        mentions: The places that it names.
        start: An offset in the sentence.
    """
    at = bisect_right(doc.sentences, start, key=_START) - 1
    if at < 1:
        return False
    first = doc.sentences[at].first
    if first + 1 >= len(doc.tokens) or (
        doc.tokens[first].key not in number_words().small["lies_over"]
    ):
        return False
    told = [cue.topic for cue in cues if cue.start < start]
    opens = doc.tokens[first + 1].start
    return told[-1:] == [_DOWNED] and any(place.start == opens for place in mentions)
