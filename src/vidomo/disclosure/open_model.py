"""Rows of the open data: what one official post says of one raion, and where it stood on a day."""

from datetime import date

import msgspec

_SHUT = frozenset({"power.emergency_shutdown", "impact.power.outage"})


class OpenStatement(msgspec.Struct, frozen=True, kw_only=True):
    """What one official post says of one raion on one topic.

    Attributes:
        id: ``row_`` and a digest of what the row is about; the same in every version.
        day: Day in Kyiv on which it was published; ``day_until`` the last one of an interval.
        held_from: Day from which on it held or holds; ``held_until`` the last one. None when
            the words say no time.
        place: Code of a raion or a wider unit; ``level`` which.
        speaker: The body that says so; who spoke for it is left out. ``speaker_en`` in English.
        is_of_part: Whether it was said of a part of that unit, which is not named.
        quote: The exact words, where they may stand in a row; else empty.
        start: Offset of the words in the post, in code points; None without words.
        end: Their end. ``sha256`` the digest of the words in UTF-8, for whoever compares.
        claims: Ids of the statements behind the row.
    """

    id: str
    day: date
    day_until: date
    held_from: date | None
    held_until: date | None
    place: str
    level: str
    topic: str
    kind: str
    polarity: str
    speaker: str
    speaker_en: str
    source: str
    url: str
    lang: str
    is_of_part: bool = False
    quote: str = ""
    start: int | None = None
    end: int | None = None
    sha256: str = ""
    report: str
    claims: tuple[str, ...]


class OpenState(msgspec.Struct, frozen=True, kw_only=True):
    """Where one raion or wider unit stood in one dimension at the end of a day.

    A day on which nobody said anything of it has no row: that is not "in order".

    Attributes:
        id: ``row_`` and a digest of place, day and dimension.
        phase: As in a ``DimensionView``; an alert is ``on`` when one was announced that day,
            whether or not it ended before midnight.
        is_of_part: Whether it rests on what was said of parts alone, which are not named.
        speakers: The bodies that say so. ``claims`` the statements behind it.
    """

    id: str
    day: date
    place: str
    level: str
    dimension: str
    phase: str
    is_of_part: bool = False
    speakers: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


class OpenView(msgspec.Struct, frozen=True, kw_only=True):
    """All that may be taken away in bulk; data packages are made of nothing else.

    Attributes:
        last_day: The last day whose time has come.
    """

    policy: str
    last_day: date
    statements: tuple[OpenStatement, ...] = ()
    states: tuple[OpenState, ...] = ()

    @property
    def outages(self) -> tuple[OpenStatement, ...]:
        """Announced outages of power: schedules, and shutdowns that were announced ahead."""
        return tuple(
            row
            for row in self.statements
            if row.polarity == "affirmed"
            and row.held_from is not None
            and (row.topic == "power.schedule" or (row.topic in _SHUT and row.kind == "plan"))
        )
