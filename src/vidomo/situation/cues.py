"""The words by which a text itself says what came of what."""

import functools
import re
from collections.abc import Sequence

from vidomo.situation.rules import Cue, link_rules
from vidomo.situation.testimony import Heard

__all__ = ["Cue", "found_in", "said_by"]

_SENTENCE_ENDS = ".!?\n"


def said_by(heard: Heard, kinds: Sequence[str]) -> tuple[Cue, str] | None:
    """Return the first cue in the sentence of a statement, with its exact words; None without."""
    return found_in(sentence_of(heard), kinds)


def found_in(text: str, kinds: Sequence[str]) -> tuple[Cue, str] | None:
    """Return the first cue of some kinds in a text, with its exact words; None without one."""
    for cue in link_rules().cue:
        if cue.kind in kinds and (hit := _pattern(cue.words).search(text)):
            return cue, hit.group(0)
    return None


def sentence_of(heard: Heard) -> str:
    """Return the sentence or sentences that hold the words of a statement."""
    text, claim = heard.version.post.text, heard.claim
    start = max((text.rfind(end, 0, claim.start) for end in _SENTENCE_ENDS), default=-1) + 1
    ends = [at for end in _SENTENCE_ENDS if (at := text.find(end, max(claim.end - 1, 0))) >= 0]
    return text[start : min(ends, default=len(text))]


@functools.cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b{words}", re.IGNORECASE)
