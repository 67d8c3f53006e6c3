"""What was decided about each place that a text names, and why."""

import msgspec

from vidomo.claims.model import Mention


class Weighed(msgspec.Struct, frozen=True, kw_only=True):
    """One unit that a name may mean, with what speaks for it.

    Attributes:
        code: The unit.
        score: Sum of the parts.
        parts: (name, points) pairs: qualifier, home, text, prior.
        label: The unit's full name; filled only in explanations.
    """

    code: str
    score: float
    parts: tuple[tuple[str, float], ...] = ()
    label: str = ""

    @property
    def context(self) -> float:
        """Points that do not come from size alone."""
        return sum(points for name, points in self.parts if name != "prior")

    def part(self, name: str) -> float:
        """Return the points of one part, 0 when it has none."""
        return dict(self.parts).get(name, 0.0)


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """Which unit a mention means, or that it cannot be told.

    Attributes:
        code: The unit; None when undecided.
        confidence: 0..1, a monotone of the margin; not yet calibrated on labelled posts.
        margin: Distance of the best score from the second, in points.
        ranked: All candidates with their scores, best first.
        reason: single, margin, tie, no_context, elsewhere, definite, slip, abroad,
            section, foreign, nothing.
    """

    code: str | None
    confidence: float = 0.0
    margin: float = 0.0
    ranked: tuple[Weighed, ...] = ()
    reason: str = "nothing"


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """One mention with its decision, for people who ask why."""

    mention: Mention
    decision: Decision

    def __str__(self) -> str:
        """Return the decision and the points of every candidate, a line each."""
        decision, mention = self.decision, self.mention
        first = (
            f"{mention.surface} ({mention.kind}, {mention.role.value}): "
            f"{decision.code or 'undecided'}, {decision.reason}, "
            f"margin {decision.margin:.1f}, confidence {decision.confidence:.2f}"
        )
        lines = [first]
        for one in decision.ranked:
            points = " + ".join(f"{name} {value:.1f}" for name, value in one.parts if value)
            lines.append(f"  {one.score:5.1f}  {one.code}  {one.label}  {points}".rstrip())
        return "\n".join(lines)


class Placed(msgspec.Struct, frozen=True):
    """A mention with its decision."""

    mention: Mention
    decision: Decision


class Dominant(msgspec.Struct, frozen=True):
    """The units that a text is about, one for each level; None where it has none.

    Attributes:
        main: The one that a statement without a place is about: the main town; the oblast that
            the towns share where none of them is the main one; else the widest unit named.
    """

    settlement: str | None = None
    hromada: str | None = None
    raion: str | None = None
    oblast: str | None = None
    main: str | None = None
