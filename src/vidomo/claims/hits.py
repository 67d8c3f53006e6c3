"""What the steps of the reader find, before it becomes claims. Offsets count the normalised text."""

from datetime import datetime

import msgspec


class NumberHit(msgspec.Struct, frozen=True, kw_only=True):
    """A number in the text, and whether it can be a count at all.

    Attributes:
        start: Offset of the whole expression ("between five and eight").
        end: End offset, exclusive; the counted noun is not part of it.
        min: Lower bound, None when open.
        max: Upper bound, None when open.
        mode: exact, about, at_least, at_most, range, several.
        role: count; or what it is instead of a count: year, date, time, age, floor, queue,
            address, model, money, phone, measure, ordinal.
        unit: Unit given by the noun that follows or leads (persons, children, explosions, ...),
            empty when the table knows no such noun. ``share`` for per cent, then 0..1.
        unit_start: Offset of that noun, -1 when none.
        unit_end: End offset of that noun, -1 when none.
    """

    start: int
    end: int
    min: float | None
    max: float | None
    mode: str = "exact"
    role: str = "count"
    unit: str = ""
    unit_start: int = -1
    unit_end: int = -1


class TimeHit(msgspec.Struct, frozen=True, kw_only=True):
    """A time in the text.

    Attributes:
        start: Offset of the words.
        end: End offset, exclusive.
        earliest: Start of the half-open interval in UTC, None when it cannot be anchored
            (no date in the text and no publication time).
        latest: End of the interval, exclusive.
        basis: explicit or relative.
        phase: past, ongoing, as_of, expected, scheduled; None when the words do not say.
        role: at (when it happened), as_of ("as of"), until ("by 22:00"), since
            ("since the invasion"), digest ("over the day"), history ("a year ago").
    """

    start: int
    end: int
    earliest: datetime | None
    latest: datetime | None
    basis: str = "explicit"
    phase: str | None = None
    role: str = "at"


class MentionHit(msgspec.Struct, frozen=True, kw_only=True):
    """A place named in the text; ``Mention`` in normalised offsets, see ``claims.model.Mention``.

    Attributes:
        is_body: The name belongs to a body ("Izium city military
            administration", Kharkivoblenergo): it says who speaks, not where.
        is_excluded: The text takes the place out of what it says ("except Izium raion").
        is_qualifier: The name only says where another one lies ("in Kharkiv oblast" after
            "Chuhuiv"); it stands in that mention's ``qualifiers`` and is no place of its own.
    """

    start: int
    end: int
    kind: str
    role: str = "affected"
    candidates: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    typed: bool = False
    is_body: bool = False
    is_excluded: bool = False
    is_qualifier: bool = False


class SpeakerHit(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is said to speak, and the stretch that their words cover.

    Attributes:
        start: Offset of the attribution.
        end: End offset, exclusive.
        scope_start: Offset from which statements are theirs.
        scope_end: End offset of their statements, exclusive.
        kind: A ``SpeakerKind`` value.
        name: Person or body in the words of the text.
        role: Office in the words of the text.
        body_type: Key of the bodies table (city_military_administration, ...), or empty.
        place_start: Offset of the place name inside the body's name, -1 when none.
    """

    start: int
    end: int
    scope_start: int
    scope_end: int
    kind: str
    name: str | None = None
    role: str | None = None
    body_type: str = ""
    place_start: int = -1


class CueHit(msgspec.Struct, frozen=True, kw_only=True):
    """Words that say what a clause is about.

    Attributes:
        start: Offset of the words.
        end: End offset, exclusive.
        rule: Id of the table entry.
        topic: Topic of CLAIMS.md section 3.
        means: Weapons that the words name.
        unit: Unit that a number beside the cue has when its noun says none.
        kind: Kind that the words themselves fix (a warning, advice, a plan), or empty.
        polarity: Polarity that the words themselves fix, or empty.
        extent: Extent that the words themselves state, or empty.
        is_weak: Whether the words alone are no statement: they need a trigger or a number.
        subject: What is unknown when the clause says so (location, extent, ...), or empty.
        services: Services that the words name.
        regime: Announced regime of supply, or empty.
        tokens: The tokens that the words are.
        needs: Beginning of the topic that another cue of the sentence must have, or empty.
        same: Beginning of the topic of an earlier cue whose topic this one takes over; "supply" for
            the supply told last, "supply_or_order" also for an order to cut it, "supply_or_power"
            for power where none was told; or empty.
        at: Starts of the mentions that the words are said of, where a list tells; -1 alone for
            no place at all.
    """

    start: int
    end: int
    rule: str
    topic: str
    means: tuple[str, ...] = ()
    unit: str = ""
    kind: str = ""
    polarity: str = ""
    extent: str = ""
    is_weak: bool = False
    subject: str = ""
    services: tuple[str, ...] = ()
    regime: str = ""
    tokens: tuple[int, ...] = ()
    needs: str = ""
    same: str = ""
    at: tuple[int, ...] = ()


class TriggerHit(msgspec.Struct, frozen=True, kw_only=True):
    """Words that say how a clause is meant: negation, not yet known, preliminary, and so on.

    Attributes:
        start: Offset of the words.
        end: End offset, exclusive.
        rule: Id of the table entry.
        effect: negated, unknown, denied, preliminary, likely, forecast, plan, condition, question,
            history, memorial, digest, speculation, withheld, advice, foreign, ...
        scope_start: Offset from which it applies.
        scope_end: End offset to which it applies, exclusive.
    """

    start: int
    end: int
    rule: str
    effect: str
    scope_start: int
    scope_end: int
    targets: tuple[str, ...] = ()
    tokens: tuple[int, ...] = ()
    reach: int = -1
