"""Guesses what sort of text a post is: official, news, or monitoring shorthand."""

from collections.abc import Sequence
from functools import cache

from vidomo.claims.chunks import Chunks
from vidomo.claims.document import Document, Segment
from vidomo.claims.hits import CueHit, SpeakerHit
from vidomo.claims.tables import word_sets

OFFICIAL, NEWS, MONITOR = "official", "news", "monitor"
GENRES = (OFFICIAL, NEWS, MONITOR)

# A post of a channel that speaks for itself rarely quotes others at length; an agency's does.
# Our choice, tried on the labelled posts and the Izium texts.
_NEWS_LENGTH = 250
_MONITOR_LENGTH = 200
# What a monitoring channel says in plain words beside its shorthand.
_MONITORED = ("alert.", "threat.", "advice.", "event.explosion")
# What it tells beside a danger: there shorthand counts apart from these words only.
_MIXED = (*_MONITORED, "event.", "impact.fire")
_DANGERS = ("alert.", "threat.")
# Advice that monitoring channels give only beside a danger.
_OF_AUTHORITIES = ("advice.avoid", "advice.other", "advice.save_power")


def guess_genre(
    doc: Document,
    speakers: Sequence[SpeakerHit],
    *,
    chunks: Chunks,
    cues: Sequence[CueHit],
    shorthand: Sequence[CueHit],
) -> str:
    """Return the genre of a text.

    English posts about Ukraine relay others, so English is read as news.

    Args:
        doc: The text.
        speakers: Attributions in it.
        chunks: Its chunks.
        cues: Cues of the official and news tables.
        shorthand: Cues of the monitoring table.
    """
    is_monitored = all(cue.topic.startswith(_MIXED) for cue in cues) and (
        any(cue.topic.startswith(_DANGERS) for cue in cues)
        or any(len(hit.tokens) > 1 for hit in shorthand)
        or not any(cue.topic.startswith(_OF_AUTHORITIES) for cue in cues)
    )
    is_own = is_monitored and not (cues and speakers)
    if is_own and len(doc.text) <= _MONITOR_LENGTH and heard(doc, chunks, shorthand, cues):
        return MONITOR
    if doc.lang == "en":
        return NEWS
    return NEWS if speakers and len(doc.text) > _NEWS_LENGTH else OFFICIAL


def heard(
    doc: Document, chunks: Chunks, shorthand: Sequence[CueHit], cues: Sequence[CueHit]
) -> tuple[CueHit, ...]:
    """Return the shorthand of a monitoring channel that says what the other tables do not.

    Beside what a text tells of an attack, what flies is said to move, in a stretch of its own:
    "a drone was shot down" and "six drones over the oblast" say what is past.
    """
    told = {chunks.at(cue.start) for cue in cues if not cue.topic.startswith(_MONITORED)}
    if not told:
        return tuple(shorthand)
    return tuple(
        hit
        for hit in shorthand
        if (at := chunks.at(hit.start)) not in told
        and (hit.polarity or not hit.topic.startswith("threat.") or _moves(doc, chunks.all[at]))
    )


def _moves(doc: Document, chunk: Segment) -> bool:
    return any(token.key in _moving() for token in doc.tokens[chunk.first : chunk.last])


@cache
def _moving() -> frozenset[str]:
    known = word_sets("targets", "word", ("moves", "more", "stays"))
    return (known["moves"] | known["more"]) - known["stays"]
