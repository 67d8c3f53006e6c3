"""How many people a message needs, and who may be the second one."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import StrEnum

import msgspec

from vidomo.core.errors import DisclosureForbidden
from vidomo.desk.alerts.authority import Authority
from vidomo.desk.alerts.findings import Findings
from vidomo.desk.alerts.life import Life
from vidomo.desk.alerts.model import Draft, Kind, WordingApproval
from vidomo.desk.entry import Entry
from vidomo.desk.people import Person, Role, may
from vidomo.publish.alerts.model import Alert, Info, MsgType, ResponseType, Severity, Urgency

Within = Callable[[str, str], bool]
"""Whether a place lies in a territory, or is it."""
ALONE = frozenset({Kind.SHELTER, Kind.ADVICE, Kind.BEING_VERIFIED, Kind.CORRECTION})
"""What one person may issue, from wordings that were approved beforehand."""
_URGENT = (Urgency.PAST, Urgency.FUTURE, Urgency.EXPECTED, Urgency.IMMEDIATE)
_ASKED = {
    ResponseType.ALL_CLEAR: 0,
    ResponseType.NONE: 1,
    ResponseType.MONITOR: 2,
    ResponseType.ASSESS: 2,
    ResponseType.PREPARE: 3,
    ResponseType.EXECUTE: 3,
    ResponseType.AVOID: 3,
    ResponseType.SHELTER: 4,
    ResponseType.EVACUATE: 4,
}
_COVER = frozenset({ResponseType.SHELTER, ResponseType.EVACUATE})
"""To shelter and to leave are opposites: one never stands in for the other."""
_SEVERE = (Severity.MINOR, Severity.MODERATE, Severity.SEVERE, Severity.EXTREME)


class Why(StrEnum):
    """Why one person is not enough."""

    ALL_CLEAR = "all_clear"
    CANCELLATION = "cancellation"
    CASUALTY_FIGURE = "casualty_figure"
    EARLY_RELEASE = "early_release"
    BY_HAND = "by_hand"
    NOT_OF_THAT_KIND = "not_of_that_kind"
    WORDING_NOT_APPROVED = "wording_not_approved"
    LOWERS_CAUTION = "lowers_caution"


def why_two(
    draft: Draft,
    *,
    findings: Findings,
    is_word_for_word: bool,
    is_released: bool,
    approved: Iterable[tuple[WordingApproval, Entry]],
    before: Life | None,
    within: Within,
) -> tuple[Why, ...]:
    """Return every reason for which a message needs a second person; none when one may do it.

    Args:
        draft: The message.
        findings: What its words state.
        is_word_for_word: Whether it says exactly what its wordings say.
        is_released: Whether a statement behind it was let pass before its time.
        approved: Versions of wordings that were approved.
        before: The alert that it updates or cancels.
        within: Whether a place lies in a territory.
    """
    why = []
    if draft.kind is Kind.ALL_CLEAR or findings.all_clears:
        why.append(Why.ALL_CLEAR)
    if draft.kind is Kind.CANCELLATION or draft.alert.msg_type is MsgType.CANCEL:
        why.append(Why.CANCELLATION)
    if findings.figures:
        why.append(Why.CASUALTY_FIGURE)
    if is_released:
        why.append(Why.EARLY_RELEASE)
    # Only what one person may issue is remade to be compared; the rest needs two anyway.
    if draft.is_by_hand or (draft.kind in ALONE and not is_word_for_word):
        why.append(Why.BY_HAND)
    if draft.kind not in ALONE:
        why.append(Why.NOT_OF_THAT_KIND)
    if not _is_approved(draft, approved, within):
        why.append(Why.WORDING_NOT_APPROVED)
    if before is not None and not raises_caution(draft.alert, before.draft.alert):
        why.append(Why.LOWERS_CAUTION)
    return tuple(why)


def raises_caution(later: Alert, earlier: Alert) -> bool:
    """Return whether a message asks for at least as much caution as the one that it replaces.

    Nobody is told less: the same places or more, as urgent, as severe, as much to do or more, and
    as long unless more is asked. A value that is not known asks for nothing, so it never raises anything.
    """
    if not _codes(later) >= _codes(earlier):
        return False
    first = {info.language: info for info in earlier.infos}
    return all(
        info.language in first and _is_as_cautious(info, first[info.language])
        for info in later.infos
    )


def second_person(
    person: Person,
    life: Life,
    *,
    authority: Authority,
    within: Within,
    places: Sequence[str] = (),
) -> None:
    """Return when a person may approve a message; raise why not.

    Args:
        person: Who.
        life: The message.
        authority: Says where a second factor is needed.
        within: Whether a place lies in a territory.
        places: Every place that it touches, those of the alert that it takes the place of too;
            its own by default.

    Raises:
        DisclosureForbidden: Who drafts never approves; the role or the second factor is missing.
    """
    if person.id in life.authors:
        raise DisclosureForbidden(
            "whoever wrote a message never approves it", hint="ask a second person to approve it"
        )
    places = places or life.draft.places
    if not may(person, Role.APPROVER, places, within=within):
        raise DisclosureForbidden(
            "approving needs the role of an approver over every place of the message",
            hint="ask somebody who has it; the desk of the oblast can do so from afar",
        )
    strict = [
        place for place in places if any(within(place, one) for one in authority.second_factor_in)
    ]
    if strict and not person.has_second_factor:
        raise DisclosureForbidden(
            "here the second person needs a second factor at sign-in",
            hint="vidomo desk user factor LOGIN",
        )


def writer(person: Person, places: Sequence[str], *, within: Within) -> None:
    """Return when a person may write and issue messages for some places; raise why not.

    Raises:
        DisclosureForbidden: The role over one of the places is missing.
    """
    if not places or not may(person, Role.EDITOR, places, within=within):
        raise DisclosureForbidden(
            "a message needs the role of an editor over every place of it",
            hint="leave out places that are not yours, or ask the desk of the oblast",
        )


def counted(
    life: Life,
    *,
    shown: str,
    people: Callable[[str], Person | None],
    within: Within,
    authority: Authority,
    places: Sequence[str] = (),
) -> bool:
    """Return whether a second person has approved exactly these bytes and still may."""
    for approval in life.approvals:
        person = people(approval.by)
        if person is None or approval.shown != shown:
            continue
        try:
            second_person(person, life, authority=authority, within=within, places=places)
        except DisclosureForbidden:
            continue
        return True
    return False


def _is_approved(
    draft: Draft, approved: Iterable[tuple[WordingApproval, Entry]], within: Within
) -> bool:
    """Return whether every wording was approved for every place before the message was made."""
    made: datetime = draft.alert.sent
    given = [(one.id, one.version, one.territory) for one, entry in approved if entry.at <= made]
    return bool(draft.wordings) and all(
        any(
            (name, version) == (ref.id, ref.version) and within(place, territory)
            for name, version, territory in given
        )
        for ref in draft.wordings
        for place in draft.places
    )


def _is_as_cautious(info: Info, first: Info) -> bool:
    asked, before = _asked(info), _asked(first)
    lasts = info.expires is not None and (first.expires is None or info.expires >= first.expires)
    return (
        _rank(info.urgency, _URGENT) >= _rank(first.urgency, _URGENT)
        and _rank(info.severity, _SEVERE) >= _rank(first.severity, _SEVERE)
        and (asked > before or (asked == before and lasts))
        and {one for one in first.response_type if one in _COVER} <= set(info.response_type)
    )


def _asked(info: Info) -> int:
    """Return how much people are asked to do: cover above care above watching above nothing."""
    return max((_ASKED[one] for one in info.response_type), default=_ASKED[ResponseType.NONE])


def _rank(value: StrEnum, order: Sequence[StrEnum]) -> int:
    """Return where a value stands; what is not known stands below all, for it asks for nothing."""
    return order.index(value) if value in order else -1


def _codes(alert: Alert) -> set[str]:
    return {
        one.value
        for info in alert.infos
        for area in info.area
        for one in area.geocodes
        if one.value_name == "KATOTTG"
    }


class Need(msgspec.Struct, frozen=True, kw_only=True):
    """What still stands between a message and its issue.

    Attributes:
        why: Reasons for a second person.
        is_met: Whether there was one, or none is needed.
    """

    why: tuple[Why, ...] = ()
    is_met: bool = False
