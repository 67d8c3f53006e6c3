"""What fails when, from what is known of supplies and how long each facility lasts without them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from graphlib import CycleError, TopologicalSorter

from vidomo.core.errors import InputError
from vidomo.outlook.services.kinds import NEEDED, POWER, facility_kinds
from vidomo.outlook.services.model import (
    Backup,
    Cause,
    Facility,
    Hold,
    Origin,
    Phase,
    Risk,
    Spell,
    Supply,
)

READ = (*NEEDED, "education")
"""Supplies and services that are looked up in the state of a place."""
_GRAVITY = tuple(Phase)
_NOT_SAID = Supply(hold=Hold.UNKNOWN, unknown=("not_said",))
_NEVER = datetime.max.replace(tzinfo=UTC)
_GONE = frozenset({Hold.OUT, Hold.PARTLY})


def risks(
    supplies: Mapping[tuple[str, str], Supply], facilities: Iterable[Facility], *, now: datetime
) -> tuple[Risk, ...]:
    """Return the risk of every facility, in the order of their ids.

    Args:
        supplies: By place and service, from :func:`vidomo.outlook.services.supply.supplies`.
        facilities: Checked: known kinds, no id twice.
        now: The instant that is asked about.

    Raises:
        InputError: Facilities that wait for each other in a ring.
    """
    by_id = {one.id: one for one in facilities}
    found: dict[str, Risk] = {}
    given: dict[str, Supply] = {}
    for name in _in_order(by_id):
        facility = by_id[name]
        parts = [
            _cause(need, supplier, backup, supply, now=now)
            for need, supplier, backup, supply in _needs(facility, supplies, given)
        ]
        found[name] = _risk(facility, [cause for cause, _ in parts])
        given[name] = _given(found[name], parts)
    return tuple(found[name] for name in sorted(found))


def gravest_first(found: Iterable[Risk]) -> tuple[Risk, ...]:
    """Return risks with the gravest first; among equals what may fail first, then by id."""
    return tuple(
        sorted(
            found,
            key=lambda one: (
                -_GRAVITY.index(one.phase),
                one.fails_from is not None,
                one.fails_from or one.fails_until or _NEVER,
                one.facility,
            ),
        )
    )


def charged_h(backup: Backup, before: Sequence[Spell]) -> float:
    """Return the hours that a backup lasts at the least after earlier outages.

    It was full before the first one; each drained it hour by hour; supply fills it evenly over
    its own hours of recharging where its owner gave them, else not at all.
    """
    level = backup.hours_min
    for spell in before:
        level = 0.0 if spell.out_h is None else max(0.0, level - spell.out_h)
        if backup.recharge_h is not None:
            share = 1.0 if spell.up_h >= backup.recharge_h else spell.up_h / backup.recharge_h
            level = min(backup.hours_min, level + backup.hours_min * share)
    return level


def _in_order(by_id: Mapping[str, Facility]) -> list[str]:
    """Return the ids so that every supplier comes before whoever needs it."""
    graph = {
        name: sorted(need.supplier for need in one.needs if need.supplier in by_id)
        for name, one in sorted(by_id.items())
    }
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        ring = " -> ".join(str(name) for name in error.args[1])
        raise InputError(f"these wait for each other: {ring}", hint="take one need out") from error


_Row = tuple[str, str, Backup, Supply]


def _needs(
    facility: Facility, supplies: Mapping[tuple[str, str], Supply], given: Mapping[str, Supply]
) -> Iterable[_Row]:
    for need in facility.needs:
        backup = facility.backup if need.service == POWER else need.backup
        of_place = supplies.get((facility.place, need.service), _NOT_SAID)
        if not need.supplier:
            yield need.service, "", backup, of_place
            continue
        unknown = Supply(hold=Hold.UNKNOWN, unknown=("supplier_unknown",))
        yield need.service, need.supplier, backup, given.get(need.supplier, unknown)
        if of_place.hold in _GONE:
            yield need.service, "", backup, of_place
    gives = facility_kinds()[facility.kind].gives
    of_itself = supplies.get((facility.place, gives), _NOT_SAID)
    if of_itself.hold in _GONE:
        # Which of the facilities of a place is meant nobody said, nor that it is this one.
        said = (*of_itself.unknown, "said_of_service")
        yield (
            gives,
            "",
            Backup(),
            Supply(
                hold=Hold.PARTLY,
                from_=of_itself.from_,
                because=of_itself.because,
                unknown=tuple(dict.fromkeys(said)),
            ),
        )


def _cause(
    service: str, supplier: str, backup: Backup, supply: Supply, *, now: datetime
) -> tuple[Cause, Supply]:
    fails_from = fails_until = None
    unknown = list(supply.unknown)
    if supply.hold in _GONE:
        lasts = charged_h(backup, supply.before)
        if supply.from_ is not None:
            fails_from = _later(supply.from_, lasts)
        if supply.hold is Hold.OUT and supply.until is not None and backup.hours_max is not None:
            fails_until = _later(supply.until, backup.hours_max)
        if backup.origin is Origin.UNKNOWN:
            unknown.append("backup_unknown")
        elif lasts < backup.hours_min:
            unknown.append("not_recharged")
    elif supply.hold is Hold.UP and charged_h(backup, supply.before) < backup.hours_min:
        unknown.append("not_recharged")
    phase = _phase(supply, fails_from, fails_until, now)
    cause = Cause(
        service=service,
        supplier=supplier,
        phase=phase,
        hold=supply.hold,
        backup=backup,
        lost_from=supply.from_ if supply.hold in _GONE else None,
        fails_from=fails_from,
        fails_until=fails_until,
        because=supply.because,
        unknown=tuple(dict.fromkeys(unknown)),
    )
    return cause, supply


def _phase(
    supply: Supply, fails_from: datetime | None, fails_until: datetime | None, now: datetime
) -> Phase:
    if supply.hold is Hold.UP:
        return Phase.HOLDING
    if supply.hold is Hold.UNKNOWN:
        return Phase.UNKNOWN
    if fails_from is not None and now < fails_from:
        return Phase.AT_RISK
    # The clock alone makes nothing sure: somebody must have said that the outage lasted so long.
    lasted = supply.lasted_until
    is_sure = fails_until is not None and lasted is not None and lasted >= fails_until
    return Phase.FAILED if is_sure else Phase.FAILING


def _risk(facility: Facility, causes: Sequence[Cause]) -> Risk:
    lost = [one for one in causes if one.hold in _GONE]
    phase = max((one.phase for one in causes), key=_GRAVITY.index, default=Phase.UNKNOWN)
    ends = [one.fails_until for one in lost if one.fails_until is not None]
    return Risk(
        facility=facility.id,
        kind=facility.kind,
        place=facility.place,
        service=facility_kinds()[facility.kind].gives,
        phase=phase,
        lost_from=_first([one.lost_from for one in lost]),
        fails_from=_first([one.fails_from for one in lost]),
        fails_until=min(ends, default=None),
        because=tuple(dict.fromkeys(name for one in lost for name in one.because)),
        unknown=tuple(
            dict.fromkeys(f"{one.service}:{code}" for one in causes for code in one.unknown)
        ),
        causes=tuple(causes),
        assumptions=tuple(_assumptions(lost, causes)),
        population=facility.population,
    )


def _first(moments: Sequence[datetime | None]) -> datetime | None:
    """Return the earliest; None where there is none, or one of them may be of any time."""
    known = [one for one in moments if one is not None]
    return min(known) if known and len(known) == len(moments) else None


def _assumptions(lost: Sequence[Cause], causes: Sequence[Cause]) -> Iterable[str]:
    if lost:
        yield "as_said"
        yield "full_before"
        if _is_open(causes):
            yield "other_needs"
    if any(one.hold is Hold.OUT for one in lost):
        yield "whole_place"
    if any(one.backup.origin is Origin.RULE for one in lost):
        yield "by_rule"
    if any(one.backup.recharge_h is not None for one in lost):
        yield "even_recharge"


def _given(risk: Risk, parts: Sequence[tuple[Cause, Supply]]) -> Supply:
    """Return what a facility passes on to those that need it."""
    lost = [(cause, supply) for cause, supply in parts if cause.hold in _GONE]
    if not lost:
        hold = Hold.UP if risk.phase is Phase.HOLDING else Hold.UNKNOWN
        unknown = () if hold is Hold.UP else ("supplier_unknown",)
        return Supply(hold=hold, because=(risk.facility,), unknown=unknown)
    sure = [supply for cause, supply in lost if cause.fails_until == risk.fails_until]
    doubts = ["supplier_may_last"] if risk.fails_until is None else []
    if _is_open(risk.causes):
        doubts.append("supplier_needs")
    return Supply(
        hold=Hold.PARTLY if risk.fails_until is None else Hold.OUT,
        from_=risk.fails_from,
        until=risk.fails_until,
        lasted_until=max(
            (one.lasted_until for one in sure if one.lasted_until is not None), default=None
        ),
        # Supply in between is counted to nobody's credit here: several needs ended at other times.
        before=tuple(Spell(out_h=one.out_h) for _, supply in lost for one in supply.before),
        because=(risk.facility, *risk.because),
        unknown=tuple(doubts),
    )


def _is_open(causes: Iterable[Cause]) -> bool:
    """Whether something else is needed of which nothing is known, here or further up."""
    return any(one.phase is Phase.UNKNOWN or "supplier_needs" in one.unknown for one in causes)


def _later(moment: datetime, hours: float) -> datetime:
    return moment + timedelta(hours=hours)
