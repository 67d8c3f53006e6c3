"""Which parts of a place a statement takes out ("in the oblast, except Izium raion")."""

from vidomo.claims.model import Claim, Reading
from vidomo.situation.hierarchy import Tree

_SENTENCE_ENDS = frozenset(".!?\n;")


def excluded(
    claim: Claim, reading: Reading, places: tuple[str, ...], *, text: str, tree: Tree
) -> tuple[str, ...]:
    """Return the codes that the sentence of a claim takes out of its own places.

    A name counts only as what it can mean inside the places of the claim; where it can mean
    several units there, all of them are taken out: nothing is known of any of them.

    Args:
        claim: The claim.
        reading: The reading that it is from, with every mention.
        places: Codes that the claim speaks of.
        text: The text that offsets count in.
        tree: Which unit lies in which.
    """
    taken_out: dict[str, None] = {}
    for mention in reading.mentions:
        if mention.is_excluded and _is_beside(mention.start, mention.end, claim, text):
            for code in mention.candidates:
                if any(code != place and place in tree.wider(code) for place in places):
                    taken_out[code] = None
    return tuple(sorted(taken_out))


def _is_beside(start: int, end: int, claim: Claim, text: str) -> bool:
    """Whether a mention lies in a claim's words or in the same sentence."""
    if start < claim.end and claim.start < end:
        return True
    between = text[claim.end : start] if start >= claim.end else text[end : claim.start]
    return not _SENTENCE_ENDS & set(between)
