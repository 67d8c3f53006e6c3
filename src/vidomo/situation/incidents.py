"""Incidents: what happened, who says so, when and how many, disagreement included."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from vidomo.claims.model import Kind
from vidomo.core.ids import content_id
from vidomo.core.time import Interval
from vidomo.situation.chain import chains_of
from vidomo.situation.conflicts import conflicts_of
from vidomo.situation.figures import figures_of, parts_of
from vidomo.situation.happenings import Group, Regrouping, best, group, regroup, window_of
from vidomo.situation.hierarchy import Tree
from vidomo.situation.model import Incident, Link, SaidTime, Standing
from vidomo.situation.nearby import Nearby
from vidomo.situation.rules import incident_rules
from vidomo.situation.testimony import Heard

_ECHOES = frozenset({Kind.REPORT, Kind.ASSESSMENT, Kind.SPECULATION})


def incidents_of(
    heard: Sequence[Heard],
    *,
    tree: Tree,
    regroupings: Iterable[Regrouping] = (),
) -> tuple[Incident, ...]:
    """Return the incidents that statements of standing open, earliest first.

    Statements without a source are shown beside an incident that they fit; they open none
    and give no figure. ``regroupings`` are the merges and splits of people.
    """
    groups = regroup(group(heard, tree=tree), regroupings)
    nearby = Nearby([one.place for one in groups], tree)
    echoes: dict[int, list[Heard]] = {}
    for item in heard:
        if item.judged.standing is not Standing.UNSOURCED or not _is_echo(item):
            continue
        for index in _echoed(item, groups, nearby, tree):
            echoes.setdefault(index, []).append(item)
    chains = chains_of(groups, heard, tree=tree)
    return tuple(
        _incident(one, echoes.get(index, []), chains[index], tree)
        for index, one in enumerate(groups)
    )


def _is_echo(heard: Heard) -> bool:
    claim = heard.claim
    return claim.kind in _ECHOES and claim.topic.startswith(incident_rules().unsourced_topics)


def _echoed(heard: Heard, groups: Sequence[Group], nearby: Nearby, tree: Tree) -> Iterable[int]:
    """Return the incidents that words without a source may speak of.

    Undated words fit only where a place has one incident: nobody can say which they mean.
    """
    window = window_of(heard, incident_rules())
    found: set[int] = set()
    for place in tree.narrowest(heard.places):
        if window is not None:
            near = nearby.near((place,))
            fit = best(window, (groups[index] for index in near), place=place)
            found |= {index for index in near if groups[index] is fit}
        else:
            there = nearby.nested(place)
            found |= set(there) if len(there) == 1 else set()
    return sorted(found)


def _incident(one: Group, echoes: Sequence[Heard], links: tuple[Link, ...], tree: Tree) -> Incident:
    heard = _unique(item.heard for item in one.items)
    means = {means for item in heard for means in item.claim.means}
    times = _times(heard, echoes)
    # Where nobody gave a time, all that is known is when it was first heard of.
    first = min((item.said for item in heard if item.said), default=one.span)
    stated = [time for time in times if not time.disputed]
    figures = figures_of(heard, place=one.place, tree=tree)
    return Incident(
        id=content_id("inc", one.place, one.family, one.span),
        place=one.place,
        family=one.family,
        earliest=min((time.earliest for time in stated), default=first.start),
        latest=max((time.latest for time in stated), default=first.end),
        times=times,
        figures=figures,
        means=tuple(sorted(means)),
        topics=tuple(sorted({item.claim.topic for item in heard})),
        origins=tuple(sorted({item.judged.origin for item in heard})),
        evidence=tuple(item.claim.id for item in heard),
        unsourced=tuple(item.claim.id for item in _unique(echoes)),
        parts=parts_of(heard, place=one.place, tree=tree),
        links=links,
        conflicts=conflicts_of(figures, stated),
        decisions=one.decisions,
    )


def _times(heard: Sequence[Heard], echoes: Sequence[Heard]) -> tuple[SaidTime, ...]:
    """Return every time of day that somebody gave, side by side.

    A part of the day that holds a clock time of somebody else says the same less exactly and
    is left out. A time that only words without a source give is disputed where it meets none of the others.
    """
    stated = _by_interval(item for item in heard if item.claim.topic.startswith("event."))
    loose = _by_interval(echoes)
    exact = [
        held
        for held in stated
        if not any(other != held and _holds(held, other) for other in stated)
    ]
    times = [_said_time(held, stated[held], is_disputed=False) for held in exact]
    if exact:
        times += [
            _said_time(held, items, is_disputed=True)
            for held, items in loose.items()
            if not any(held.overlaps(other) for other in exact)
        ]
    return tuple(sorted(times, key=lambda time: (time.disputed, time.earliest, time.latest)))


def _holds(wider: Interval, other: Interval) -> bool:
    return wider.start <= other.start and other.end <= wider.end


def _by_interval(heard: Iterable[Heard]) -> dict[Interval, list[Heard]]:
    wide = timedelta(seconds=incident_rules().wide_s)
    found: dict[Interval, list[Heard]] = {}
    for item in heard:
        if item.held is not None and item.held.end - item.held.start < wide:
            found.setdefault(item.held, []).append(item)
    return found


def _said_time(held: Interval, heard: Sequence[Heard], *, is_disputed: bool) -> SaidTime:
    ordered = _unique(heard)
    return SaidTime(
        earliest=held.start,
        latest=held.end,
        surface=ordered[0].claim.time.surface,
        speakers=tuple(dict.fromkeys(item.judged.speaker for item in ordered)),
        disputed=is_disputed,
        evidence=tuple(item.claim.id for item in ordered),
    )


def _unique(heard: Iterable[Heard]) -> list[Heard]:
    return list({item.claim.id: item for item in sorted(heard, key=lambda one: one.order)}.values())
