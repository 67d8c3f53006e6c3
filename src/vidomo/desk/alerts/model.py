"""What the desk keeps of an alert: the message, and what it rests on."""

import hashlib
from enum import StrEnum

import msgspec

from vidomo.core.codec import to_json
from vidomo.publish.alerts.model import Alert


class Kind(StrEnum):
    """What a message does; decides how many people it needs."""

    SHELTER = "shelter"
    ADVICE = "advice"
    BEING_VERIFIED = "being_verified"
    CORRECTION = "correction"
    ALL_CLEAR = "all_clear"
    CANCELLATION = "cancellation"
    KNOWN = "what_is_known"
    FREE = "free"


class State(StrEnum):
    """Where a message stands in its life."""

    DRAFT = "draft"
    HELD = "held"
    APPROVED = "approved"
    ISSUING = "issuing"
    ISSUED = "issued"
    UPDATED = "updated"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    DROPPED = "dropped"


class WordingRef(msgspec.Struct, frozen=True):
    """One version of a wording; another version is another wording."""

    id: str
    version: str


class Draft(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A message before it goes out, exactly as it would, with what the desk knows of it.

    Attributes:
        alert: The message; what is issued is this and nothing else.
        kind: What it does, as its wording says; free when a person wrote or changed the words.
        places: KATOTTG codes that it is for.
        wordings: The wordings that all its text comes from; empty when written by hand.
        claims: Ids of the claims behind it; they stay at the desk.
        follows: Id of the desk's alert that it updates, corrects or cancels.
        is_exercise: Whether it was made in the data folder of an exercise.
        revises: Digest of the draft that this one takes the place of.
    """

    alert: Alert
    kind: Kind
    places: tuple[str, ...]
    wordings: tuple[WordingRef, ...] = ()
    claims: tuple[str, ...] = ()
    follows: str = ""
    is_exercise: bool = False
    revises: str = ""

    @property
    def is_by_hand(self) -> bool:
        """Whether any of its words were typed."""
        return not self.wordings


class Approval(msgspec.Struct, frozen=True, kw_only=True):
    """A second person's word that exactly this draft may go out.

    Attributes:
        digest: Of the draft that was shown.
        shown: SHA-256 of the bytes of the message that was shown, in hex.
    """

    digest: str
    shown: str


class Issue(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One try to put a signed message where it belongs.

    Attributes:
        digest: Of the draft.
        sha256: Of the signed file, in hex.
        name: Name of the file.
        attempt: Id of the entry that announced the try; empty in that entry itself.
        problem: What went wrong, where it did.
    """

    digest: str
    sha256: str
    name: str
    attempt: str = ""
    problem: str = ""


class Dropped(msgspec.Struct, frozen=True, kw_only=True):
    """A draft that will not be issued."""

    digest: str


class WordingApproval(msgspec.Struct, frozen=True, kw_only=True):
    """An approver's word that one version of a wording may be used in a territory."""

    id: str
    version: str
    territory: str


def digest_of(draft: Draft) -> str:
    """Return the digest that stands for exactly this draft: message, places, claims, all."""
    return hashlib.sha256(to_json(draft)).hexdigest()
