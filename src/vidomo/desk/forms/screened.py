"""Says whether a sentence may stand in a text for residents: nothing forbidden, no false all-clear."""

from functools import cache

from vidomo.claims.model import Polarity
from vidomo.claims.prepare import prepare
from vidomo.claims.read import read_text
from vidomo.desk.check.forbidden import held
from vidomo.desk.check.words import check_words
from vidomo.desk.forms.phrases import LANGUAGES, form_words
from vidomo.gazetteer import Gazetteer

_ALL_CLEAR = "alert.end"


def is_open(text: str) -> bool:
    """Return whether a sentence may be published: the screen holds nothing of it."""
    doc = prepare(text)
    lines = [doc.original_span(one.start, one.end) for one in doc.sentences]
    return not held(text, (), lines=lines, words=check_words("uk")).forbidden


def reads_as_all_clear(text: str, *, gazetteer: Gazetteer) -> bool:
    """Return whether our own reader takes a sentence for an all-clear, whatever it was meant to say.

    What a reader of words can mistake, a frightened person can.
    """
    lower = text.lower()
    if not any(stem in lower for stem in _stems()):
        return False
    found = read_text(text, gazetteer=gazetteer, genre="official")
    return any(
        claim.topic == _ALL_CLEAR and claim.polarity is Polarity.AFFIRMED for claim in found.claims
    )


@cache
def _stems() -> tuple[str, ...]:
    """Return the stems without which nothing reads as an all-clear; reading costs far more."""
    found = (form_words(lang)("unknown.clear_stems").split() for lang in LANGUAGES)
    return tuple(dict.fromkeys(stem for stems in found for stem in stems))
