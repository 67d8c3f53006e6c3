"""Rows of the tables that are derived from records."""

import msgspec

FOREVER = 2**62
"""The end of what has no end yet, in microseconds since 1970."""


class Telling(msgspec.Struct, frozen=True):
    """One version of a report with one reading of it.

    Attributes:
        report: Id of the report; ``version`` that of its version.
        known_from: First microsecond at which it is what we know.
        known_to: First microsecond at which another reading is.
        valid_from: First microsecond at which the source has said it.
        source: Id of the source.
        body: Version and reading, in the form of whoever wrote it.
        cluster: What the reports that repeat each other are tied by; None for the others.
        passes_on: Whose post it forwards, case-folded; only for writing.
    """

    report: str
    version: str
    known_from: int
    known_to: int
    valid_from: int
    source: str
    body: bytes
    cluster: str | None = None
    passes_on: str = ""


class Line(msgspec.Struct, frozen=True):
    """One statement of a unit that nothing known later can change, in the order of a timeline.

    Attributes:
        place: Code of the unit.
        at: Microsecond that statements are put in order by.
        version: Id of the version; ``start`` where in its text; ``claim`` the id of the claim.
        is_advice: Whether it is advice that counts.
        known_from: First microsecond at which it is known.
        valid_from: First microsecond at which the source has said it.
    """

    place: str
    at: int
    version: str
    start: int
    claim: str
    is_advice: bool
    known_from: int
    valid_from: int


class PhaseRow(msgspec.Struct, frozen=True):
    """Where a unit stands in a dimension from ``valid_from`` until the next row that is known.

    Attributes:
        stale_from: First microsecond at which the evidence is old.
        phase: The phase alone.
        state: The state, in the form of whoever wrote it.
    """

    dimension: str
    valid_from: int
    known_from: int
    known_to: int
    stale_from: int
    phase: str
    state: bytes


class Mark(msgspec.Struct, frozen=True):
    """How far the rows of a unit are made; all are positions in the journal, 0 for never.

    Attributes:
        touched: The last record that changed anything said of it.
        anew: The last one after which going on from its rows is not enough.
        phased: The last one that is in its rows.
    """

    touched: int
    anew: int
    phased: int
