"""Announced regimes of power supply, oblast by oblast."""

from datetime import datetime
from enum import StrEnum

import msgspec

from vidomo.situation.naming import SpeakerName


class Regime(StrEnum):
    """What the operators announce, from mild to grave (CLAIMS.md section 2)."""

    HOURLY = "hourly"
    CAPACITY_LIMIT = "capacity_limit"
    EMERGENCY_SCHEDULE = "emergency_schedule"
    SPECIAL_EMERGENCY = "special_emergency"
    EMERGENCY_SHUTDOWN = "emergency_shutdown"
    ISLANDED = "islanded"


class Standing(StrEnum):
    """Where an announcement stands.

    IN_FORCE: announced, and nobody of standing ended it.
    ENDED: an authority for the place said that it is over.
    RUN_OUT: its own end has passed and nobody said anything since.
    """

    IN_FORCE = "in_force"
    ENDED = "ended"
    RUN_OUT = "run_out"


class Announced(msgspec.Struct, frozen=True, kw_only=True):
    """One regime as it was last announced for a place.

    Attributes:
        place: Code that it was said of: the oblast, a part of it, or the country.
        speaker: Who says so, in words; ``source`` the id of the source that carried it.
        since: From when, as the words say; None where they do not.
        until: Until when, as the words say; None where they do not.
        said_at: When it was last said; ``first_said_at`` when first since the last end.
        is_old: Whether the last word is older than ``OLD_H``.
        ended_at: When somebody said that it is over; ``ended_by`` who.
        claims: Ids of the claims, newest first; ``quote`` the words of the newest.
        voices: How many independent origins said so.
    """

    regime: Regime
    place: str
    standing: Standing
    speaker: str
    source: str
    said_at: datetime
    first_said_at: datetime
    since: datetime | None = None
    until: datetime | None = None
    is_old: bool = False
    ended_at: datetime | None = None
    ended_by: str = ""
    claims: tuple[str, ...] = ()
    quote: str = ""
    voices: int = 1


class Unclear(msgspec.Struct, frozen=True, kw_only=True):
    """Words that something is over, of which nobody can tell what they end; they end nothing."""

    speaker: str
    said_at: datetime
    quote: str
    claim: str


class BoardRow(msgspec.Struct, frozen=True, kw_only=True):
    """One oblast.

    Attributes:
        oblast: Its code.
        announced: In force, the gravest first. Empty is "not announced", never "in order".
        over: Ended or run out, newest first.
        parts: What is in force in parts of it, by code.
        unclear: Words that something is over that end nothing here.
    """

    oblast: str
    announced: tuple[Announced, ...] = ()
    over: tuple[Announced, ...] = ()
    parts: tuple[Announced, ...] = ()
    unclear: tuple[Unclear, ...] = ()

    @property
    def gravest(self) -> Regime | None:
        """The gravest regime in force in the whole oblast, None where none is announced."""
        return self.announced[0].regime if self.announced else None


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """All oblasts at an instant.

    Attributes:
        at: What held then.
        known_at: As far as it was known then.
        rows: In the order of the codes that were asked for.
        country: What is announced for the whole country; every row has it too.
        speakers: English names of those who speak in it.
        old_h: Hours after which a word counts as old.
        lacks: Codes of what the reader does not read (``tables/words.toml``).
    """

    at: datetime
    known_at: datetime
    rows: tuple[BoardRow, ...]
    country: tuple[Announced, ...] = ()
    speakers: tuple[SpeakerName, ...] = ()
    old_h: float = 0.0
    lacks: tuple[str, ...] = ()
