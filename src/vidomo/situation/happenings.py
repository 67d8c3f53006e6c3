"""Which statements of standing belong to one happening."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

import msgspec

from vidomo.claims.model import Claim, Kind, Polarity
from vidomo.core.time import Interval
from vidomo.situation.alerts_heard import AlertsHeard
from vidomo.situation.hierarchy import COUNTRY, Tree
from vidomo.situation.nearby import Nearby
from vidomo.situation.rules import IncidentRules, incident_rules
from vidomo.situation.testimony import Heard

_STATED = frozenset({Kind.REPORT, Kind.ASSESSMENT})


class Item(msgspec.Struct, frozen=True):
    """One statement at one place, with the time in which it may have happened."""

    heard: Heard
    place: str
    family: str
    window: Interval

    @property
    def order(self) -> tuple[object, ...]:
        """The key that items are sorted by."""
        return (self.window, self.place, self.heard.order)


class Regrouping(msgspec.Struct, frozen=True):
    """What a person decided about incidents.

    Attributes:
        decision: Id of the decision.
        claims: Ids of claims: in a merge whatever holds one of them becomes one incident, in
            a split they become an incident of their own.
    """

    decision: str
    claims: tuple[str, ...]
    is_merge: bool


class Group(msgspec.Struct):
    """Statements about one happening, while they are being brought together."""

    place: str
    family: str
    span: Interval
    items: list[Item]
    decisions: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[object, ...]:
        """The key that groups are sorted by."""
        return (self.span, self.place, self.family)

    def add(self, items: Iterable[Item]) -> None:
        """Take in more statements; the span stays that of the statements which opened it."""
        self.items += items


def is_stated(claim: Claim) -> bool:
    """Whether a claim says that something did happen."""
    return claim.kind in _STATED and claim.polarity is Polarity.AFFIRMED


def group(heard: Sequence[Heard], *, tree: Tree) -> list[Group]:
    """Return the happenings that statements of standing open, in one order.

    Events with a narrow time open; events known to the day join or, alone, open; harm and
    damage join whatever happened at their place, and open only where nothing is known. An event
    without a time of its own, told while an alert is on, is of that alert and not of one before.
    """
    rules = incident_rules()
    alerts = AlertsHeard(heard, tree)
    events: list[Item] = []
    effects: list[Item] = []
    for item in heard:
        if item.is_counted and item.said is not None and _is_material(item.claim):
            target = events if item.claim.topic.startswith("event.") else effects
            target += _items(item, rules, tree, alerts)
    narrow = [item for item in events if not _is_wide(item.window, rules)]
    wide = [item for item in events if _is_wide(item.window, rules)]
    groups = _nest(_sweep(narrow, rules, alerts), rules, tree, alerts)
    rest = _join(wide, groups, tree, same_family=True)
    groups = _nest([*groups, *_sweep(rest, rules, alerts)], rules, tree, alerts)
    rest = _join(effects, groups, tree, same_family=False)
    rest = [item for item in rest if _opens(item.heard.claim)]
    groups += _nest(_sweep(rest, rules, alerts), rules, tree, alerts)
    return sorted(groups, key=lambda one: one.order)


def regroup(groups: Sequence[Group], regroupings: Iterable[Regrouping] = ()) -> list[Group]:
    """Return the happenings as people merged and split them one after the other, in one order."""
    left = list(groups)
    for one in regroupings:
        claims = frozenset(one.claims)
        if one.is_merge:
            left = _merge(left, one.decision, claims)
        else:
            left = _split(left, one.decision, claims)
    return sorted(left, key=lambda one: one.order)


def _merge(groups: Sequence[Group], decision: str, claims: frozenset[str]) -> list[Group]:
    together = [one for one in groups if any(item.heard.claim.id in claims for item in one.items)]
    if len(together) < 2:  # noqa: PLR2004 - two make a merge
        return list(groups)
    together.sort(key=lambda one: one.order)
    rest = [one for one in groups if not any(one is other for other in together)]
    return [*rest, _merged(together, decision)]


def _split(groups: Iterable[Group], decision: str, claims: frozenset[str]) -> list[Group]:
    left: list[Group] = []
    for one in groups:
        out = [item for item in one.items if item.heard.claim.id in claims]
        kept = [item for item in one.items if item.heard.claim.id not in claims]
        if not out or not kept:
            left.append(one)
            continue
        decisions = (*one.decisions, decision)
        for items in (kept, out):
            opening = [item for item in items if item.heard.claim.topic.startswith("event.")]
            left.append(_of_items(opening or items, items, decisions))
    return left


def _of_items(opening: Sequence[Item], items: list[Item], decisions: tuple[str, ...]) -> Group:
    first = min(opening, key=lambda item: item.order)
    families = {item.family for item in opening}
    return Group(
        first.place,
        first.family if len(families) == 1 else "other",
        _hull(item.window for item in opening),
        items,
        decisions,
    )


def _merged(groups: Sequence[Group], decision: str) -> Group:
    first = groups[0]
    families = {one.family for one in groups}
    decisions = dict.fromkeys((*(name for one in groups for name in one.decisions), decision))
    return Group(
        first.place,
        first.family if len(families) == 1 else "other",
        _hull(one.span for one in groups),
        [item for one in groups for item in one.items],
        tuple(decisions),
    )


def _hull(spans: Iterable[Interval]) -> Interval:
    listed = list(spans)
    return Interval(min(span.start for span in listed), max(span.end for span in listed))


def window_of(heard: Heard, rules: IncidentRules) -> Interval | None:
    """Return in what time the thing stated may have happened; None when nobody can tell."""
    if heard.held is not None:
        return heard.held
    if heard.said is None:
        return None
    is_event = heard.claim.topic.startswith("event.")
    lookback_s = rules.event_lookback_s if is_event else rules.harm_lookback_s
    return Interval(heard.said.start - timedelta(seconds=lookback_s), heard.said.end)


def best(window: Interval, groups: Iterable[Group], *, place: str) -> Group | None:
    """Return the happening that a statement fits best: nearest in time, then place, the latest.

    Args:
        window: When the thing stated may have happened.
        groups: Happenings that can mean one place with it.
        place: The unit that it speaks of.
    """
    gap = timedelta(seconds=incident_rules().gap_s)
    fitting = [one for one in groups if window.gap(one.span) <= gap]
    fitting.sort(key=lambda one: one.order, reverse=True)
    return min(fitting, key=lambda one: (window.gap(one.span), one.place != place), default=None)


def family_of(claim: Claim) -> str:
    """Return air, ground or other, from the weapons that a claim names, else from its topic."""
    rules = incident_rules()
    named = {rules.family.get(means, "other") for means in claim.means}
    if len(named) == 1:
        return named.pop()
    return rules.topic_family.get(claim.topic, "other")


def _is_material(claim: Claim) -> bool:
    if claim.topic.startswith("event."):
        return is_stated(claim)
    if claim.topic.startswith(("harm.", "cause.")) or claim.topic == "impact.damage":
        return claim.kind in _STATED
    return False


def _opens(claim: Claim) -> bool:
    return is_stated(claim) and claim.topic.startswith(("harm.", "impact.damage"))


def _items(heard: Heard, rules: IncidentRules, tree: Tree, alerts: AlertsHeard) -> list[Item]:
    window = window_of(heard, rules)
    if window is None:
        return []
    family = family_of(heard.claim)
    return [
        Item(heard, place, family, _in_alert(heard, window, place, alerts))
        for place in tree.narrowest(heard.places)
    ]


def _in_alert(heard: Heard, window: Interval, place: str, alerts: AlertsHeard) -> Interval:
    """Return a time that does not reach back before the alert that is on, of an undated event."""
    if not _is_undated(heard) or heard.said is None or not heard.is_timed:
        return window
    since = alerts.on_since(place, heard.said.start)
    return Interval(max(window.start, since), window.end) if since else window


def _is_undated(heard: Heard) -> bool:
    return heard.held is None and heard.claim.topic.startswith("event.")


def _is_parted(one: Group, window: Interval, items: Iterable[Item], alerts: AlertsHeard) -> bool:
    """Whether an all-clear lies between two times, and one of them nobody stated.

    Two stated times may be two accounts of one attack; a guess about an undated one is none.
    """
    is_guess = [all(_is_undated(item.heard) for item in listed) for listed in (one.items, items)]
    if not any(is_guess):
        return False
    first, second = sorted((one.span, window))
    return alerts.is_over_between(one.place, first.end, second.start)


def _is_wide(window: Interval, rules: IncidentRules) -> bool:
    return window.end - window.start >= timedelta(seconds=rules.wide_s)


def _sweep(items: Iterable[Item], rules: IncidentRules, alerts: AlertsHeard) -> list[Group]:
    """Return items of one place and family whose times are within the gap, together."""
    gap = timedelta(seconds=rules.gap_s)
    groups: list[Group] = []
    open_groups: dict[tuple[str, str], Group] = {}
    for item in sorted(items, key=lambda one: one.order):
        is_event = item.heard.claim.topic.startswith("event.")
        key = (item.place, item.family if is_event else "other")
        current = open_groups.get(key)
        if (
            current is None
            or item.window.gap(current.span) > gap
            or _is_parted(current, item.window, (item,), alerts)
        ):
            current = Group(item.place, key[1], item.window, [])
            open_groups[key] = current
            groups.append(current)
        current.items.append(item)
        current.span = Interval(
            min(current.span.start, item.window.start), max(current.span.end, item.window.end)
        )
    return groups


def _nest(
    groups: list[Group], rules: IncidentRules, tree: Tree, alerts: AlertsHeard
) -> list[Group]:
    """Return the groups with those of a wide unit taken into the one inside it that fits."""
    gap = timedelta(seconds=rules.gap_s)
    left = sorted(groups, key=lambda one: (len(tree.wider(one.place)), one.order))
    nearby = Nearby([one.place for one in left], tree)
    kept: list[Group] = []
    for one in left:
        inside = [
            other
            for other in (left[index] for index in nearby.inside(one.place))
            if one.place not in (other.place, COUNTRY)
            and other.family == one.family
            and other.span.gap(one.span) <= gap
            and not _is_parted(other, one.span, one.items, alerts)
        ]
        if len(inside) == 1:
            inside[0].add(one.items)
        else:
            kept.append(one)
    return kept


def _join(
    items: Iterable[Item],
    groups: list[Group],
    tree: Tree,
    *,
    same_family: bool,
) -> list[Item]:
    """Add items to the groups that they fit; return those that fit none."""
    rest = []
    nearby = Nearby([one.place for one in groups], tree)
    for item in sorted(items, key=lambda one: one.order):
        near = [groups[index] for index in nearby.near((item.place,))]
        if same_family:
            near = [one for one in near if one.family == item.family]
        found = best(item.window, near, place=item.place)
        if found is None:
            rest.append(item)
        else:
            found.add([item])
    return rest
