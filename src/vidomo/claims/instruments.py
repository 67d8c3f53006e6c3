"""Tells the weapon that an attack is told with from one that is on its way."""

from collections.abc import Sequence
from itertools import pairwise

from vidomo.claims.conjunctions import AND
from vidomo.claims.document import Document
from vidomo.claims.hits import CueHit

_STRIKE, _DANGER = "event.strike", "threat."
_UNNAMED = "threat.air"
# "Attacked the oblast with three ballistic missiles "Iskander-M" from ...": words between.
_REACH = 6
_QUOTES = frozenset('"\u00ab\u00bb\u201c\u201d\u201e')
_WORDS = frozenset({"word", "number"})


def without_instruments(doc: Document, cues: Sequence[CueHit]) -> list[CueHit]:
    """Return the cues of a clause without the dangers that are the means of an attack in it.

    "Attacked with two missiles from the sea" has the words of a danger ("missiles from the
    sea"), but the missiles are those of the attack. Only what hangs on the attack without a
    pause is its means: "an attack on A, missiles on B" tells of both.

    Args:
        doc: The text made ready.
        cues: The cues of one clause, in order.
    """
    if len(cues) < 2:  # noqa: PLR2004 - a pair
        return list(cues)
    ordered = sorted(cues, key=lambda hit: (hit.start, hit.end))
    means = {
        id(danger)
        for strike, danger in pairwise(ordered)
        if strike.topic == _STRIKE and not strike.kind and _is_means(doc, strike, danger)
    }
    return [hit for hit in cues if id(hit) not in means] if means else list(cues)


def _is_means(doc: Document, strike: CueHit, danger: CueHit) -> bool:
    if not danger.topic.startswith(_DANGER) or danger.polarity:
        return False
    if danger.topic == _UNNAMED and not danger.means:
        return False  # "after the strike the threat of more launches remains"
    if not set(strike.tokens).isdisjoint(danger.tokens):
        return True
    between = doc.tokens[strike.tokens[-1] + 1 : danger.tokens[0]]
    if len(between) > _REACH or any(
        token.kind not in _WORDS and token.text not in _QUOTES for token in between
    ):
        return False
    # "Attacks A and missiles on B" tells of both; "with two missiles and 20 drones from ..." not.
    return not (between and between[-1].key in AND)
