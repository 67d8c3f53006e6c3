"""The forms in which the index keeps what is known: rows of tables, and back."""

import zlib
from collections.abc import Iterable
from datetime import datetime
from functools import cache

import msgspec

from vidomo.claims.model import Kind, Reading
from vidomo.reports.model import Version
from vidomo.situation.model import DimensionState
from vidomo.situation.phases import Kept, Row
from vidomo.situation.rules import dimension_rules
from vidomo.situation.telling import NEVER, Reach, Told
from vidomo.situation.testimony import Heard, Known
from vidomo.store.derived import FOREVER, Line, PhaseRow, Telling
from vidomo.store.moments import from_micros, to_micros

HEARD, MOVING, SUPPLY, ASKING, EXCEPTED = 1, 2, 4, 8, 16
"""The ways in which a report can speak of a unit, as bits of ``touch``."""
_FIRST = 8  # the bit of the first dimension by name
_ENCODE = msgspec.msgpack.Encoder().encode
known_of = msgspec.msgpack.Decoder(Known).decode
state_from = msgspec.msgpack.Decoder(DimensionState).decode
_KEPT = msgspec.msgpack.Decoder(Kept)


def bits_of(reach: Reach) -> int:
    """Return what a report may say of a unit as bits."""
    bits = HEARD if reach.is_heard else 0
    bits |= MOVING if reach.is_moving else 0
    bits |= SUPPLY if reach.is_supply else 0
    bits |= ASKING if reach.is_asking else 0
    bits |= EXCEPTED if reach.is_excepted else 0
    return bits | sum(bit_of(name) for name in reach.dimensions)


def bit_of(dimension: str) -> int:
    """Return the bit of a report that may move a phase of a unit in a dimension."""
    return 1 << _FIRST + _names().index(dimension)


@cache
def _names() -> tuple[str, ...]:
    return tuple(sorted(dimension_rules().dimensions))


def slim(version: Version, reading: Reading, *, ahead: bool) -> Known:
    """Return a version with its reading, without what no fold looks at."""
    claims = tuple(
        msgspec.structs.replace(claim, rules=(), services=(), queue=()) for claim in reading.claims
    )
    excluded = tuple(mention for mention in reading.mentions if mention.is_excluded)
    return Known(
        version=version,
        reading=msgspec.structs.replace(reading, claims=claims, mentions=excluded, silent=()),
        is_ahead=ahead,
    )


def lines_of(heard: Iterable[Heard], told: Told) -> list[Line]:
    """Return all that a timeline needs of the statements of a version, for each unit."""
    return [
        Line(
            place=place,
            at=micros(item.at),
            version=item.version.id,
            start=item.claim.start,
            claim=item.claim.id,
            is_advice=item.is_counted and item.claim.kind is Kind.ADVICE,
            known_from=micros(told.known_from),
            valid_from=micros(told.valid_from),
        )
        for item in heard
        for place in dict.fromkeys(item.places or item.candidates)
    ]


def telling_of(told: Told) -> Telling:
    """Return the row of a version with its reading."""
    version = told.known.version
    return Telling(
        report=version.report,
        version=version.id,
        known_from=micros(told.known_from),
        known_to=micros(told.known_to),
        valid_from=micros(told.valid_from),
        source=version.post.source,
        body=_ENCODE(told.known),
        passes_on=(version.post.forwarded_from or "").strip().casefold(),
    )


def told_of(row: Telling) -> Told:
    """Return the version with its reading that a row holds."""
    return Told(
        known_of(row.body),
        from_micros(row.known_from),
        NEVER if row.known_to >= FOREVER else from_micros(row.known_to),
        from_micros(row.valid_from),
    )


def micros(moment: datetime) -> int:
    """Return microseconds since 1970; what never ends, ends at ``FOREVER``."""
    return FOREVER if moment == NEVER else to_micros(moment)


def phase_row_of(row: Row) -> PhaseRow:
    """Return the row of a table for a row of phases."""
    return PhaseRow(
        dimension=row.dimension,
        valid_from=to_micros(row.valid_from),
        known_from=to_micros(row.known_from),
        known_to=FOREVER if row.known_to is None else to_micros(row.known_to),
        stale_from=FOREVER if row.stale_from is None else to_micros(row.stale_from),
        phase=row.state.phase,
        state=_ENCODE(row.state),
    )


def kept_bytes(kept: Kept) -> bytes:
    """Return a run in the form in which it is kept; its statements are much alike."""
    return zlib.compress(_ENCODE(kept), level=1)


def kept_from(run: bytes) -> Kept:
    """Return the run that was kept."""
    return _KEPT.decode(zlib.decompress(run))


def row_of(row: PhaseRow) -> Row:
    """Return the row of phases that a row of a table holds."""
    return Row(
        row.dimension,
        from_micros(row.valid_from),
        from_micros(row.known_from),
        None if row.known_to >= FOREVER else from_micros(row.known_to),
        None if row.stale_from >= FOREVER else from_micros(row.stale_from),
        state_from(row.state),
    )
