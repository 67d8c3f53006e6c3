"""Folds what people did to alerts into where each alert stands.

The order of entries, their number and equal times change nothing: a draft names the draft that it
takes the place of, an approval and an issue name the draft that they are about.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from vidomo.desk.alerts.held import reasons_held
from vidomo.desk.alerts.model import Approval, Draft, Dropped, Issue, State, digest_of
from vidomo.desk.entry import Entry
from vidomo.publish.alerts.model import MsgType

DRAFTED = "alert.drafted"
EDITED = "alert.edited"
APPROVED = "alert.approved"
ISSUING = "alert.issuing"
ISSUED = "alert.issued"
NOT_ISSUED = "alert.not_issued"
DROPPED = "alert.dropped"
PREFIX = "alr"
OVER = frozenset({State.UPDATED, State.CANCELLED, State.EXPIRED, State.DROPPED})
OUT = frozenset({State.ISSUED, State.UPDATED, State.CANCELLED, State.EXPIRED})


class Approved(msgspec.Struct, frozen=True, kw_only=True):
    """A second person's word that counts: for the draft that stands, by nobody who wrote it."""

    by: str
    at: datetime
    shown: str


class Life(msgspec.Struct, frozen=True, kw_only=True):
    """Where one alert stands.

    Attributes:
        id: ``alr_`` and a digest.
        draft: The draft that stands, or that was issued.
        digest: Its digest: what an act must have seen.
        authors: Ids of all who wrote any draft of it, the first one first.
        drafted_at: When the draft that stands was written.
        approvals: Words of others that count for exactly this draft.
        held: Why a person must look at it before anything else; codes.
        trying: The try to issue it that has not ended; None when there is none.
        trying_id: Id of the entry of that try; ``trying_by`` who made it.
        issue: How it was issued; None while it is not.
        followed_by: Id of the issued alert that updates or cancels it; empty for none.
        lost: Ids of entries that came too late and count for nothing.
    """

    id: str
    draft: Draft
    digest: str
    state: State
    authors: tuple[str, ...]
    drafted_at: datetime
    approvals: tuple[Approved, ...] = ()
    held: tuple[str, ...] = ()
    trying: Issue | None = None
    trying_id: str = ""
    trying_by: str = ""
    issue: Issue | None = None
    issued_at: datetime | None = None
    issued_by: str = ""
    followed_by: str = ""
    lost: tuple[str, ...] = ()

    @property
    def is_out(self) -> bool:
        """Whether it was issued, in force or not."""
        return self.issue is not None


def alerts_of(entries: Iterable[Entry], *, now: datetime) -> tuple[Life, ...]:
    """Return every alert as it stands, the newest first.

    Args:
        entries: What people did; entries about other things are passed over.
        now: The instant that decides what has expired.
    """
    by_alert: dict[str, dict[str, Entry]] = defaultdict(dict)
    for one in entries:
        if one.what.startswith("alert.") and one.subject.startswith(f"{PREFIX}_"):
            by_alert[one.subject][one.id] = one
    alone = [
        life
        for subject, found in by_alert.items()
        if (life := _one(subject, sorted(found.values(), key=_order))) is not None
    ]
    after: dict[str, list[Life]] = defaultdict(list)
    for life in alone:
        if life.is_out and life.draft.follows:
            after[life.draft.follows].append(life)
    lives = [_placed(life, after[life.id], now=now) for life in alone]
    return tuple(sorted(lives, key=lambda one: (one.drafted_at, one.id), reverse=True))


def alert_of(entries: Iterable[Entry], alert: str, *, now: datetime) -> Life | None:
    """Return one alert as it stands, None when there is none of that id."""
    return next((one for one in alerts_of(entries, now=now) if one.id == alert), None)


def chain_of(lives: Sequence[Life], life: Life) -> tuple[Life, ...]:
    """Return the issued alerts that one follows, the first one first."""
    by_id = {one.id: one for one in lives}
    found: list[Life] = []
    before = by_id.get(life.draft.follows)
    while before is not None and before not in found:
        found.append(before)
        before = by_id.get(before.draft.follows)
    return tuple(reversed(found))


def _order(one: Entry) -> tuple[datetime, str]:
    return one.at, one.id


def _one(subject: str, entries: Sequence[Entry]) -> Life | None:
    """Return an alert by itself, without what follows it and without the clock."""
    drafts = _Drafts(entries)
    issued = [one for one in entries if one.what == ISSUED]
    path = drafts.path({one.told(Issue).digest for one in issued})
    if not path:
        return None
    digest, draft, _ = path[-1]
    mine = [one for one in issued if one.told(Issue).digest == digest]
    authors = tuple(dict.fromkeys(one.by for _, _, by in path for one in by))
    trying = _trying(entries, digest)
    on_path = {one.id for _, _, by in path for one in by}
    return Life(
        id=subject,
        draft=draft,
        digest=digest,
        state=State.DROPPED if _is_dropped(entries, digest) else State.DRAFT,
        authors=authors,
        drafted_at=path[-1][2][0].at,
        approvals=_approvals(entries, digest, authors),
        held=() if mine else reasons_held(draft),
        trying=trying.told(Issue) if trying else None,
        trying_id=trying.id if trying else "",
        trying_by=trying.by if trying else "",
        issue=mine[0].told(Issue) if mine else None,
        issued_at=mine[0].at if mine else None,
        issued_by=mine[0].by if mine else "",
        lost=tuple(
            one.id for one in entries if one.what in {DRAFTED, EDITED} and one.id not in on_path
        ),
    )


class _Drafts:
    """The drafts of one alert, each leading on from the one that it took the place of."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._by: dict[str, list[Entry]] = defaultdict(list)
        self._drafts: dict[str, Draft] = {}
        self._first: list[str] = []
        self._after: dict[str, list[str]] = defaultdict(list)
        for one in entries:
            if one.what not in {DRAFTED, EDITED}:
                continue
            draft = one.told(Draft)
            digest = digest_of(draft)
            self._by[digest].append(one)
            if digest in self._drafts:
                continue
            self._drafts[digest] = draft
            if one.what == DRAFTED and not draft.revises:
                self._first.append(digest)
            else:
                self._after[draft.revises].append(digest)

    def path(self, issued: set[str]) -> list[tuple[str, Draft, list[Entry]]]:
        """Return the drafts from the first one to the one that stands.

        What was issued stands, whatever was written beside it; else the earliest edit of each
        draft does, and what another desk wrote over the same draft later counts for nothing.
        """
        digest = next((one for one in self._drafts if one in issued), "")
        walked: list[str] = []
        if digest:
            while digest in self._drafts:
                walked.insert(0, digest)
                digest = self._drafts[digest].revises
        else:
            following = self._first
            while following:
                walked.append(following[0])
                following = self._after[following[0]]
        return [(one, self._drafts[one], self._by[one]) for one in walked]


def _approvals(
    entries: Sequence[Entry], digest: str, authors: Sequence[str]
) -> tuple[Approved, ...]:
    found: dict[str, Approved] = {}
    for one in entries:
        # Whoever wrote it never approves it, whatever the record says.
        if one.what != APPROVED or one.by in authors or one.by in found:
            continue
        given = one.told(Approval)
        if given.digest == digest:
            found[one.by] = Approved(by=one.by, at=one.at, shown=given.shown)
    return tuple(found.values())


def _trying(entries: Sequence[Entry], digest: str) -> Entry | None:
    """Return the first try to issue a draft of which nobody wrote down how it ended."""
    ended = {one.told(Issue).attempt for one in entries if one.what in {ISSUED, NOT_ISSUED}}
    for one in entries:
        if one.what == ISSUING and one.id not in ended and one.told(Issue).digest == digest:
            return one
    return None


def _is_dropped(entries: Sequence[Entry], digest: str) -> bool:
    return any(one.what == DROPPED and one.told(Dropped).digest == digest for one in entries)


def _placed(life: Life, after: Sequence[Life], *, now: datetime) -> Life:
    """Return an alert with its state, given what was issued after it."""
    follower = min(after, key=lambda one: (one.issued_at or now, one.id), default=None)
    return msgspec.structs.replace(
        life, state=_state(life, after, now), followed_by=follower.id if follower else ""
    )


def _state(life: Life, after: Sequence[Life], now: datetime) -> State:
    state = life.state
    if life.is_out:
        if any(one.draft.alert.msg_type is MsgType.CANCEL for one in after):
            state = State.CANCELLED
        elif after:
            state = State.UPDATED
        else:
            state = State.EXPIRED if has_expired(life.draft, now) else State.ISSUED
    elif life.trying is not None:
        state = State.ISSUING
    elif state is not State.DROPPED:
        approved = State.APPROVED if life.approvals else State.DRAFT
        state = State.HELD if life.held else approved
    return state


def has_expired(draft: Draft, now: datetime) -> bool:
    """Return whether the last information of a message is over; by time alone, nobody acts."""
    ends = [info.expires for info in draft.alert.infos]
    return bool(ends) and all(end is not None and end <= now for end in ends)
