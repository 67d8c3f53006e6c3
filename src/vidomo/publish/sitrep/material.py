"""All that a situation report is made of: views that passed the gate, and nothing else."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from vidomo.disclosure.country import UnitView
from vidomo.disclosure.model import NameView, PublicView, Withheld
from vidomo.publish.publisher import UNKNOWN, Publisher


class Material(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What is told of one place over one period.

    Attributes:
        code: The place.
        start: Begin of the period; ``end`` its end, the instant of ``view``.
        known_at: As of when it was known.
        view: What may be shown at the end.
        moments: Views from the start on, the first at ``start``, in order of time; without the end.
        before: What it is compared with; None where there is nothing to compare with.
        since: Instant of the last report; None where ``before`` is the start of the period.
        units: What may be compared between places now, under a public policy.
        names: English names of those who speak in ``units`` and ``past``.
        past: The same a day before, finer, and ``past_at`` its instant.
        still: Claims that may be quoted as of ``known_at``; None where every view may be quoted.
        stale_after: Time after the newest words on a dimension from which on they are out of date.
        step: How exact the instants of ``moments`` are where there were too many; None where exact.
        withheld: What is withheld from residents here; for the desk alone.
        notice: Name of the bundled scenario; empty for real posts.
        publisher: Who runs this.
    """

    code: str
    start: datetime
    end: datetime
    known_at: datetime
    view: PublicView
    moments: tuple[PublicView, ...] = ()
    before: PublicView | None = None
    since: datetime | None = None
    units: tuple[UnitView, ...] = ()
    past: tuple[UnitView, ...] = ()
    names: tuple[NameView, ...] = ()
    past_at: datetime | None = None
    still: frozenset[str] | None = None
    stale_after: Mapping[str, timedelta] = {}
    step: timedelta | None = None
    withheld: tuple[Withheld, ...] = ()
    notice: str = ""
    publisher: Publisher = UNKNOWN

    @property
    def is_internal(self) -> bool:
        """Whether it is for the desk: made of the operator's view."""
        return not self.view.is_public

    @property
    def views(self) -> tuple[PublicView, ...]:
        """Every view, the one of the end first."""
        before = (self.before,) if self.before is not None else ()
        return (self.view, *reversed(self.moments), *before)
