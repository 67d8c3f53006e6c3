"""How the statements of one happening follow from one another, from warning to all-clear."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

import msgspec

from vidomo.claims.model import Polarity
from vidomo.core.time import Interval
from vidomo.situation.cues import Cue, said_by
from vidomo.situation.happenings import Group
from vidomo.situation.hierarchy import Tree
from vidomo.situation.model import Link
from vidomo.situation.nearby import Nearby
from vidomo.situation.rules import LinkRules, Stage, extent_of, link_rules
from vidomo.situation.testimony import Heard

_EFFECTS = frozenset({"outage", "damage", "harm"})
_SUPPLIES = ("impact", "service")
_PARTS = frozenset({"most", "part", "few"})


class _Chain(msgspec.Struct):
    """The statements of one happening by stage, each stage in order."""

    stages: dict[str, list[Heard]]

    def of(self, stage: str) -> list[Heard]:
        """Return the statements of one stage, earliest first."""
        return self.stages.get(stage, [])


def chains_of(
    groups: Sequence[Group], heard: Iterable[Heard], *, tree: Tree
) -> list[tuple[Link, ...]]:
    """Return the links of each happening, in the order of the chain.

    Statements of standing alone are linked. Where the text itself says what came of what the
    link is explicit and carries those words; where only time and place say so it is inferred,
    and drawn once for each stage and service, from the last statement before.
    """
    rules = link_rules()
    chains = [_Chain({}) for _ in groups]
    where = _Where(groups, tree)
    for item in heard:
        stage = _stage(item, rules)
        if stage is None or not item.is_counted or item.said is None:
            continue
        for index in where.belongs(item, stage):
            chains[index].stages.setdefault(stage.name, []).append(item)
    return [_links(chain, rules) for chain in chains]


def _stage(heard: Heard, rules: LinkRules) -> Stage | None:
    claim = heard.claim
    if claim.polarity is not Polarity.AFFIRMED:
        return None
    for stage in rules.stage:
        if claim.kind.value in stage.kinds and claim.topic.startswith(stage.topics):
            return stage
    return None


class _Where:
    """Which happenings a statement can be part of, found by its places."""

    def __init__(self, groups: Sequence[Group], tree: Tree) -> None:
        self._groups = groups
        self._nearby = Nearby([one.place for one in groups], tree)
        self._claims: dict[str, list[int]] = {}
        for index, one in enumerate(groups):
            for claim in {item.heard.claim.id for item in one.items}:
                self._claims.setdefault(claim, []).append(index)

    def belongs(self, heard: Heard, stage: Stage) -> Sequence[int]:
        """Return the happenings that hold a statement, else the one nearest in time."""
        inside = self._claims.get(heard.claim.id, [])
        if inside or stage.name == "attack":
            return inside
        lead, follow = timedelta(seconds=stage.lead_s), timedelta(seconds=stage.follow_s)
        time = _time(heard)
        fitting = [
            index
            for index in self._nearby.near(heard.places)
            if self._groups[index].span.start - lead < time.end
            and time.start <= self._groups[index].span.end + follow
        ]
        if not fitting:
            return ()
        nearest = min if stage.lead_s else max
        return (nearest(fitting, key=lambda index: self._groups[index].order),)


def _links(chain: _Chain, rules: LinkRules) -> tuple[Link, ...]:
    links = [*_said(chain), *_further(chain)]
    tied = {link.to_claim for link in links if link.kind != "further"}
    for row in rules.link:
        for before, after in _ends(chain, row.leaves, row.to, same_service=row.same_service):
            if after.claim.id not in tied or row.to not in _EFFECTS:
                kind = row.partly if row.partly and _is_partial(after) else row.kind
                links.append(_link(kind, before, after))
    order = {stage.name: rank for rank, stage in enumerate(rules.stage)}
    place = {
        item.claim.id: (order[name], item.order)
        for name, items in chain.stages.items()
        for item in items
    }
    unique = {(link.kind, link.from_claim, link.to_claim): link for link in reversed(links)}
    return tuple(
        sorted(
            unique.values(),
            key=lambda link: (place[link.from_claim], place[link.to_claim], link.kind),
        )
    )


def _said(chain: _Chain) -> Iterable[Link]:
    """Yield what the texts themselves say came of an attack."""
    for stage in sorted(_EFFECTS):
        for item in chain.of(stage):
            found = said_by(item, ("caused", "followed"))
            attack = _attack_meant(item, chain) if found else None
            if found and attack:
                yield _link(found[0].kind, attack, item, cue=found)


def _attack_meant(effect: Heard, chain: _Chain) -> Heard | None:
    """Return the attack that a text means: one of its own, else the last one before its words."""
    attacks = chain.of("attack")
    own = [item for item in attacks if item.version.id == effect.version.id]
    return own[0] if own else _last_before(effect, attacks) or (attacks[0] if attacks else None)


def _further(chain: _Chain) -> Iterable[Link]:
    """Yield the attacks that a text itself calls one more, each with the last one before."""
    attacks = chain.of("attack")
    for item in attacks:
        found = said_by(item, ("further",))
        before = [
            other
            for other in attacks
            if other.at < item.at or (other.at == item.at and other.order < item.order)
        ]
        if found and before:
            yield _link("further", before[-1], item, cue=found)


def _ends(
    chain: _Chain, leaves: str, to: str, *, same_service: bool
) -> Iterable[tuple[Heard, Heard]]:
    """Yield the first statement of each service of a stage with the last one it can follow.

    Of what comes back, the first word of a part and the first of the whole are two.
    """
    seen: set[tuple[str, bool]] = set()
    for item in chain.of(to):
        service = _service(item)
        key = (service, same_service and _is_partial(item))
        earlier = [
            other for other in chain.of(leaves) if not same_service or _service(other) == service
        ]
        before = _last_before(item, earlier)
        if before is not None and key not in seen:
            seen.add(key)
            yield before, item


def _last_before(item: Heard, others: Iterable[Heard]) -> Heard | None:
    """Return the last statement before another; of a time known to the day, the first that can be."""
    rest = [other for other in others if other is not item]
    before = [other for other in rest if other.at <= item.at]
    if before:
        return before[-1]
    return next((other for other in rest if other.at < _time(item).end), None)


def _is_partial(heard: Heard) -> bool:
    return extent_of(heard.claim) in _PARTS


def _time(heard: Heard) -> Interval:
    """Return the time in which what is stated began, as far as anybody said."""
    return heard.held or heard.said or Interval(heard.at, heard.at)


def _service(heard: Heard) -> str:
    parts = heard.claim.topic.split(".")
    return ".".join(parts[:2]) if parts[0] in _SUPPLIES else parts[0]


def _link(kind: str, before: Heard, after: Heard, cue: tuple[Cue, str] | None = None) -> Link:
    return Link(
        kind=kind,
        from_claim=before.claim.id,
        to_claim=after.claim.id,
        basis="explicit" if cue else "inferred",
        text=cue[1] if cue else "",
    )
