"""How many, as each speaker said it: side by side, never added up."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from vidomo.claims.model import Claim, Polarity
from vidomo.situation.hierarchy import Tree
from vidomo.situation.model import Figure
from vidomo.situation.rules import incident_rules
from vidomo.situation.testimony import Heard


class _Count(msgspec.Struct):
    """One value of one thing, and everybody who gave it."""

    min: float | None
    max: float | None
    mode: str
    heard: list[Heard]

    @property
    def size(self) -> float:
        """The least that it says."""
        return self.min if self.min is not None else self.max or 0.0

    @property
    def origins(self) -> set[str]:
        """The witnesses that gave it."""
        return {item.judged.origin for item in self.heard}

    @property
    def first(self) -> datetime:
        """The earliest that it can have been said."""
        return min(_span(item)[0] for item in self.heard)

    @property
    def last(self) -> datetime:
        """The latest that it can have been said."""
        return max(_span(item)[1] for item in self.heard)

    @property
    def order(self) -> tuple[float, float, str]:
        """The key that values are sorted by, highest first."""
        return (-self.size, -(self.max if self.max is not None else self.size), self.mode)


def figures_of(heard: Iterable[Heard], *, place: str, tree: Tree) -> tuple[Figure, ...]:
    """Return the figures that statements of standing give for one happening at one place."""
    rules = incident_rules()
    counts: dict[tuple[str, str], dict[tuple[object, ...], _Count]] = {}
    listed = list(heard)
    fitting = [item for item in listed if _is_figure(item.claim) and _is_of(item, place, tree)]
    highest: dict[tuple[str, ...], float] = {}
    for item in fitting:
        for key in _parts(item):
            highest[key] = max(highest.get(key, 0.0), _size(item.claim))
    for item in fitting:
        claim, number = item.claim, item.claim.number
        if number is None or _is_part(item, highest):
            continue
        thing = (claim.topic, number.unit or rules.topic_unit.get(claim.topic, ""))
        mode = "exact" if number.mode == "none" else number.mode
        value = (number.min, number.max, mode)
        count = counts.setdefault(thing, {}).setdefault(value, _Count(*value, []))
        count.heard.append(item)
    harmed_at = _last_harm(item for item in listed if _is_of(item, place, tree))
    figures: list[Figure] = []
    for (topic, unit), values in sorted(counts.items(), key=lambda row: row[0]):
        ordered = sorted(values.values(), key=lambda count: count.order)
        if unit in rules.part_units and ordered[0].size > 1:
            ordered = [count for count in ordered if count.size != 1]
        cumulative = topic.startswith(rules.cumulative_topics)
        ranked = _rank_total(ordered) if cumulative else _rank_count(ordered)
        if topic in rules.hurt_topics:
            ranked = [_outlived(row, harmed_at) for row in ranked]
        figures += [_figure(topic, unit, *row) for row in ranked]
    return tuple(figures)


def parts_of(heard: Iterable[Heard], *, place: str, tree: Tree) -> tuple[Figure, ...]:
    """Return the figures that a text itself calls part of another, highest first.

    "Seven hurt, among them three children": the three are shown and never added.
    """
    counts: dict[tuple[str, str, str], dict[tuple[object, ...], _Count]] = {}
    for item in heard:
        claim, number = item.claim, item.claim.number
        if number is None or not number.subset_of or not _is_of(item, place, tree):
            continue
        if number.cumulative_since or (number.min is None and number.max is None):
            continue
        if not claim.topic.startswith(incident_rules().figure_topics):
            continue
        unit = number.unit or incident_rules().topic_unit.get(claim.topic, "")
        value = (number.min, number.max, number.mode)
        row = counts.setdefault((claim.topic, unit, number.subset_of), {})
        row.setdefault(value, _Count(*value, [])).heard.append(item)
    return tuple(
        msgspec.structs.replace(_figure(topic, unit, count, "part", False), subset_of=whole)
        for (topic, unit, whole), values in sorted(counts.items(), key=lambda row: row[0])
        for count in sorted(values.values(), key=lambda one: one.order)
    )


def _is_figure(claim: Claim) -> bool:
    number = claim.number
    if number is None or (number.min is None and number.max is None):
        return False
    if number.subset_of or number.cumulative_since or number.mode == "several":
        return False
    return claim.topic.startswith(incident_rules().figure_topics)


def _parts(heard: Heard) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a figure can be part of in its own text: any figure of the topic, its own unit."""
    text, topic = heard.version.id, heard.claim.topic
    unit = heard.claim.number.unit if heard.claim.number else ""
    return (text, topic), (text, topic, unit, heard.judged.origin)


def _is_part(heard: Heard, highest: dict[tuple[str, ...], float]) -> bool:
    """Whether a number is only the rest or a part of a higher one in the same text.

    "One hurt, nobody else" states no zero, and of "13 hurt, eight are in hospital" the eight
    are among the 13, unless the words themselves say that the lower was reported earlier.
    """
    any_unit, own_unit = _parts(heard)
    size = _size(heard.claim)
    if size == 0:
        return highest[any_unit] > 0
    return heard.claim.relation is None and size < highest[own_unit]


def _size(claim: Claim) -> float:
    number = claim.number
    if number is None:
        return 0.0
    return number.min if number.min is not None else number.max or 0.0


def _is_of(heard: Heard, place: str, tree: Tree) -> bool:
    """Whether a number is of this place alone and not of several or of a wider one."""
    narrowest = tree.narrowest(heard.places)
    return len(narrowest) == 1 and tree.within(narrowest[0], place)


def _rank_total(counts: Sequence[_Count]) -> list[tuple[_Count, str, bool]]:
    """Return running totals with their status; the first of ``counts`` is the highest.

    A later total takes the place of an earlier one. Where times overlap, the higher total is
    taken as the later and the order is marked as inferred. A lower total that came later from
    somebody else is shown as differing, as is a zero that no time puts before the harm.
    """
    highest = counts[0]
    current = highest
    for count in counts[1:]:
        corrects = any(_corrects(item) for item in count.heard)
        is_same_voice = bool(count.origins & highest.origins)
        later = count.first >= highest.last
        if later and (corrects or is_same_voice) and count.first >= current.first:
            current = count
    ranked: list[tuple[_Count, str, bool]] = []
    is_inferred = False
    for count in counts:
        if count is current:
            continue
        if count.last <= current.first:
            ranked.append((count, "earlier", False))
        elif count.size == 0 or current.size == 0 or count.first >= current.last:
            ranked.append((count, "differs", False))
        elif count.size < current.size and _is_order_said(count, current):
            ranked.append((count, "earlier", False))
        elif count.size < current.size:
            is_inferred = True
            ranked.append((count, "earlier", True))
        else:
            ranked.append((count, "differs", False))
    return [(current, "current", is_inferred), *ranked]


def _last_harm(heard: Iterable[Heard]) -> datetime | None:
    """Return when somebody last said that people were hurt or killed, with or without a number."""
    return max(
        (
            _span(item)[0]
            for item in heard
            if item.claim.topic in incident_rules().hurt_topics
            and item.claim.polarity is Polarity.AFFIRMED
            and (item.claim.number is None or _size(item.claim) > 0 or _is_open(item.claim))
        ),
        default=None,
    )


def _outlived(
    row: tuple[_Count, str, bool], harmed_at: datetime | None
) -> tuple[_Count, str, bool]:
    """Return a ranked count, a zero from before anybody spoke of harm as an earlier one.

    "Nobody is hurt" at ten says nothing any more once people are known to be dead at eleven.
    """
    count, status, is_inferred = row
    is_over = harmed_at is not None and count.size == 0 and count.last <= harmed_at
    return (count, "earlier", is_inferred) if is_over and status == "current" else row


def _is_open(claim: Claim) -> bool:
    number = claim.number
    return number is not None and number.min is None and number.max is None


def _rank_count(counts: Sequence[_Count]) -> list[tuple[_Count, str, bool]]:
    """Return counts of one happening: one value is current, several differ and none wins."""
    status = "current" if len(counts) == 1 else "differs"
    return [(count, status, False) for count in counts]


def _is_order_said(lower: _Count, higher: _Count) -> bool:
    """Whether words say which came first: "rose to 23", "earlier nine were reported"."""
    rose = any(
        item.claim.relation and item.claim.relation.kind == "supersedes" for item in higher.heard
    )
    return rose or any(item.claim.relation is not None for item in lower.heard)


def _corrects(heard: Heard) -> bool:
    relation = heard.claim.relation
    return relation is not None and relation.kind in ("corrects", "supersedes")


def _span(heard: Heard) -> tuple[datetime, datetime]:
    if heard.said is None:
        return heard.at, heard.at
    return heard.said.start, heard.said.end


def _figure(topic: str, unit: str, count: _Count, status: str, inferred: bool) -> Figure:  # noqa: FBT001 - a row of the ranking, unpacked
    ordered = sorted(count.heard, key=lambda item: item.order)
    return Figure(
        topic=topic,
        unit=unit,
        min=count.min,
        max=count.max,
        mode=count.mode,
        status=status,
        order_inferred=inferred,
        speakers=tuple(dict.fromkeys(item.judged.speaker for item in ordered)),
        evidence=tuple(dict.fromkeys(item.claim.id for item in ordered)),
    )
