"""What a check of a draft found: plain values."""

import msgspec

OUTLETS = ("telegram", "viber", "facebook", "sms", "voice")
"""What texts are made for, in the order in which they are shown."""


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """One claim as residents will understand it.

    Attributes:
        text: A plain sentence.
        start: Offset of the claim in code points of the draft; ``end`` exclusive.
        priority: The smaller the sooner; what keeps people alive comes first.
    """

    text: str
    topic: str
    kind: str
    polarity: str
    start: int
    end: int
    priority: int = 0


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of one place.

    Attributes:
        code: The place; None where it is not clear which one, or none is named.
        name: The place with raion and oblast; words that say so where it is not clear.
        level: What kind of place it is taken for: city, community, raion ...
        short: Its name alone.
    """

    code: str | None
    name: str
    level: str = ""
    short: str = ""
    statements: tuple[Statement, ...] = ()


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """Something that this kind of post needs and lacks.

    Attributes:
        what: place, time, source, advice or next.
        text: What to add.
    """

    what: str
    text: str


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """Words that can be understood in more than one way.

    Attributes:
        kind: namesake or level.
        candidates: Code and full name of each place that it may be, the likeliest first.
        more: How many further candidates there are.
        proposal: A wording that leaves no doubt.
    """

    kind: str
    words: str
    text: str
    start: int = -1
    end: int = -1
    candidates: tuple[tuple[str, str], ...] = ()
    more: int = 0
    proposal: str = ""


class Forbidden(msgspec.Struct, frozen=True, kw_only=True):
    """Words that must not be published, with the rule and what to write instead.

    Attributes:
        rule: Table entry that found it.
        kind: A kind of the screen.
        policy_rule: Id of the rule of the policy.
        why: The rule in plain words.
        source: Where the rule comes from.
        is_verified: Whether somebody has read that source itself.
        proposal: A wording that may be published; empty where the words just go.
    """

    rule: str
    kind: str
    words: str
    start: int
    end: int
    policy_rule: str
    why: str
    source: str
    is_verified: bool
    proposal: str = ""


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """A text to copy; empty where nothing passed or nothing fits.

    Attributes:
        outlet: One of ``OUTLETS``.
        size: UTF-16 units; for the loudspeaker seconds.
        limit: The most that the outlet takes, in the same measure.
        left_out: How many statements are not in it.
    """

    outlet: str
    text: str
    size: float
    limit: float
    left_out: int = 0


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """All that a check of a draft says.

    Attributes:
        lang: Language of the draft, as far as it can be told.
        told: What residents will understand, place by place.
        invited: Addresses that stay, because the sentence invites the public there.
        replaced: How many sentences are replaced in the texts by their plain statement.
        dropped: How many sentences are in no text at all.
    """

    lang: str
    told: tuple[Told, ...] = ()
    missing: tuple[Missing, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    invited: tuple[str, ...] = ()
    copies: tuple[Copy, ...] = ()
    replaced: int = 0
    dropped: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether something was understood, and nothing is missing, doubtful or forbidden."""
        return bool(self.told) and not (self.missing or self.doubts or self.forbidden)
