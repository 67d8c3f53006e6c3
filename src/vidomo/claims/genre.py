"""Guesses what sort of text a post is: official, news, or monitoring shorthand."""

from collections.abc import Sequence

from vidomo.claims.document import Document
from vidomo.claims.hits import CueHit, SpeakerHit

OFFICIAL, NEWS, MONITOR = "official", "news", "monitor"
GENRES = (OFFICIAL, NEWS, MONITOR)

# A post of a channel that speaks for itself rarely quotes others at length; an agency's does.
# Our choice, tried on the labelled posts and the Izium texts.
_NEWS_LENGTH = 250
_MONITOR_LENGTH = 200
# What a monitoring channel says in plain words beside its shorthand.
_MONITORED = ("alert.", "threat.", "advice.", "event.explosion")
_DANGERS = ("alert.", "threat.")
# Advice that monitoring channels give only beside a danger.
_OF_AUTHORITIES = ("advice.avoid", "advice.other", "advice.save_power")


def guess_genre(
    doc: Document,
    speakers: Sequence[SpeakerHit],
    *,
    cues: Sequence[CueHit],
    shorthand: Sequence[CueHit],
) -> str:
    """Return the genre of a text.

    English posts about Ukraine relay others, so English is read as news.

    Args:
        doc: The text.
        speakers: Attributions in it.
        cues: Cues of the official and news tables.
        shorthand: Cues of the monitoring table.
    """
    is_monitored = all(cue.topic.startswith(_MONITORED) for cue in cues) and (
        any(cue.topic.startswith(_DANGERS) for cue in cues)
        or any(len(hit.tokens) > 1 for hit in shorthand)
        or not any(cue.topic.startswith(_OF_AUTHORITIES) for cue in cues)
    )
    is_own = is_monitored and not (cues and speakers)
    if shorthand and is_own and len(doc.text) <= _MONITOR_LENGTH:
        return MONITOR
    if doc.lang == "en":
        return NEWS
    return NEWS if speakers and len(doc.text) > _NEWS_LENGTH else OFFICIAL
