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
        line: What a timeline needs of it, where that never changes; None for the others.
        cluster: What the reports that repeat each other are tied by; None for the others.
    """

    report: str
    version: str
    known_from: int
    known_to: int
    valid_from: int
    source: str
    body: bytes
    line: bytes | None = None
    cluster: str | None = None


class PhaseRow(msgspec.Struct, frozen=True):
    """Where a unit stands in a dimension from ``valid_from`` until the next row that is known.

    Attributes:
        stale_from: First microsecond at which the evidence is old.
        state: The state, in the form of whoever wrote it.
    """

    dimension: str
    valid_from: int
    known_from: int
    known_to: int
    stale_from: int
    state: bytes


class Phased(msgspec.Struct, frozen=True):
    """What the rows of a unit are built from.

    Attributes:
        seq: Position in the journal.
        known: Microsecond up to which what became known is in them.
        tellings: How many tellings of it and of wider units were known until then.
    """

    seq: int
    known: int
    tellings: int
