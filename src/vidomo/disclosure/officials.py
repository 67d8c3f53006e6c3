"""What a public policy looks at: what officials said, and around it what anybody said."""

from collections.abc import Sequence

from vidomo.disclosure.policy import Policy
from vidomo.situation.model import Evidence, Situation, Standing


def said_by_officials(situation: Situation, policy: Policy) -> Situation:
    """Return the situation that a policy lets residents be told of.

    Where only what officials have made public may be told, it is what the fold makes of that
    alone: no word of anybody else moves, hides or dates anything in it.
    """
    is_bound = all(
        (
            policy.rule("standing", Standing.DECLARED.value),
            policy.rule("standing", Standing.UNSOURCED.value),
            policy.rule("untraced"),
        )
    )
    return situation.official or situation if is_bound else situation


class Told:
    """Every statement of a situation with the places that it is about, as its source names them."""

    def __init__(self, situation: Situation) -> None:
        self.evidence: Sequence[Evidence] = situation.evidence
        self._places: dict[str, list[str]] = {}
        for place in situation.places:
            for claim in place.timeline:
                self._places.setdefault(claim, []).append(place.place)

    def places(self, item: Evidence) -> tuple[str, ...]:
        """Return the codes of the places that a statement is about."""
        found = self._places.get(item.claim)
        return tuple(found) if found else ((item.place,) if item.place else ())
