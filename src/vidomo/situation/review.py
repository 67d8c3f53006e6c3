"""What the decisions of people do to statements, and which decisions have lost their claim."""

from collections.abc import Iterable, Sequence

import msgspec

from vidomo.situation.correction import corrected, is_relief
from vidomo.situation.decision import Anchor, Decision
from vidomo.situation.happenings import Regrouping
from vidomo.situation.hierarchy import Tree
from vidomo.situation.model import Decided, Orphaned, Standing
from vidomo.situation.testimony import Heard


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """The statements as people left them.

    Attributes:
        heard: All statements, in their order.
        regroupings: Merges and splits in the order in which they were decided.
        decided: Decisions in force, with the claims that they rest on.
        orphaned: Decisions in force whose claim is no longer read.
    """

    heard: tuple[Heard, ...]
    regroupings: tuple[Regrouping, ...] = ()
    decided: tuple[Decided, ...] = ()
    orphaned: tuple[Orphaned, ...] = ()


def reviewed(heard: Sequence[Heard], decisions: Iterable[Decision], *, tree: Tree) -> Review:
    """Return the statements with every decision in force applied to them.

    Args:
        heard: Statements that stand, in order.
        decisions: Decisions in force (``decision.in_force``), known by then.
        tree: To know the place that a person names.
    """
    by_report: dict[str, list[Heard]] = {}
    for item in heard:
        by_report.setdefault(item.version.report, []).append(item)
    desk = _Desk(heard, tree)
    for one in decisions:
        found = [(anchor, _find(anchor, by_report.get(anchor.report, ()))) for anchor in one.on]
        if _is_orphaned(one, found):
            desk.orphaned.append(_orphan(one, found))
        else:
            desk.decide(one, found)
    return Review(
        # Whoever puts a time right moves the statement in the order of all.
        heard=tuple(sorted(desk.changed.values(), key=lambda item: item.order)),
        regroupings=tuple(desk.regroupings),
        decided=tuple(desk.decided),
        orphaned=tuple(desk.orphaned),
    )


class _Desk:
    """The statements while decisions are applied to them, one after the other."""

    def __init__(self, heard: Iterable[Heard], tree: Tree) -> None:
        self._tree = tree
        self._copies: dict[str, list[str]] = {}
        self.changed: dict[str, Heard] = {}
        self.regroupings: list[Regrouping] = []
        self.decided: list[Decided] = []
        self.orphaned: list[Orphaned] = []
        for item in heard:
            self.changed[item.claim.id] = item
            if item.copied_from:
                self._copies.setdefault(item.copied_from, []).append(item.claim.id)

    def decide(self, one: Decision, found: Sequence[tuple[Anchor, Heard | None]]) -> None:
        """Apply one decision to what was found of its claims."""
        present = [(anchor, item.claim.id) for anchor, item in found if item is not None]
        claims = tuple(dict.fromkeys(claim for _, claim in present))
        self.decided.append(
            Decided(
                id=one.id,
                kind=one.kind,
                reason=one.reason,
                by=one.by,
                at=one.at,
                claims=claims,
                reattached=any(claim != anchor.claim for anchor, claim in present),
            )
        )
        if one.kind == "merge":
            self.regroupings.append(Regrouping(one.id, claims, is_merge=True))
            return
        if one.kind != "confirm":  # an echo falls and moves with what it repeats
            claims = (*claims, *(copy for claim in claims for copy in self._copies.get(claim, ())))
        if one.kind == "split":
            self.regroupings.append(Regrouping(one.id, claims, is_merge=False))
            return
        for claim in claims:
            self.changed[claim] = _apply(self.changed[claim], one, self._tree)


def _find(anchor: Anchor, heard: Iterable[Heard]) -> Heard | None:
    """Return the statement that an anchor means now, None when nothing is left of it.

    The same claim first, then the same words, then the widest overlap of the span; always of
    the same family of topics, for a confirmed outage must not become a confirmed all-clear. Words
    that still stand go before words that were taken back.
    """
    fitting = [
        (
            item.judged.standing is not Standing.WITHDRAWN,
            item.claim.id == anchor.claim,
            item.claim.topic == anchor.topic,
            item.claim.quote == anchor.quote,
            _overlap(anchor, item),
            item.claim.id,
            item,
        )
        for item in heard
        if item.claim.id == anchor.claim
        or (
            _family(item.claim.topic) == _family(anchor.topic)
            and (item.claim.quote == anchor.quote or _overlap(anchor, item) > 0)
        )
    ]
    return max(fitting, key=lambda row: row[:6])[6] if fitting else None


def _family(topic: str) -> str:
    """Return what must stay the same: all of a topic that ends something, else its first parts."""
    return topic if is_relief(topic) else ".".join(topic.split(".")[:2])


def _overlap(anchor: Anchor, heard: Heard) -> int:
    return max(0, min(anchor.end, heard.claim.end) - max(anchor.start, heard.claim.start))


def _is_orphaned(decision: Decision, found: Sequence[tuple[Anchor, Heard | None]]) -> bool:
    if decision.kind == "merge":
        wanted = {anchor.incident for anchor, _ in found}
        return len({anchor.incident for anchor, item in found if item}) < len(wanted)
    return not any(item for _, item in found)


def _orphan(decision: Decision, found: Sequence[tuple[Anchor, Heard | None]]) -> Orphaned:
    lost = next((anchor for anchor, item in found if item is None), None)
    return Orphaned(
        id=decision.id,
        kind=decision.kind,
        reason=decision.reason,
        by=decision.by,
        at=decision.at,
        report=lost.report if lost else "",
        quote=lost.quote if lost else "",
    )


def _apply(heard: Heard, decision: Decision, tree: Tree) -> Heard:
    if heard.judged.standing is Standing.WITHDRAWN:
        return heard  # what its source took back no person brings back
    if decision.kind == "confirm":
        return _confirmed(heard, decision)
    if decision.value:
        return corrected(heard, decision.value, tree=tree)
    judged = msgspec.structs.replace(heard.judged, standing=Standing.WITHDRAWN, reason="overruled")
    return msgspec.structs.replace(heard, judged=judged)


def _confirmed(heard: Heard, decision: Decision) -> Heard:
    """Return a statement that a person vouches for.

    Words without a source may then report, as a declared source may; what needs an
    authority still needs one (law 6).
    """
    judged = heard.judged
    if judged.standing is Standing.UNSOURCED:
        judged = msgspec.structs.replace(
            judged,
            standing=Standing.DECLARED,
            reason="confirmed_by_person",
            origin=f"person:{decision.by}",
        )
    return msgspec.structs.replace(
        heard, judged=judged, confirmed_by=(*heard.confirmed_by, decision.by)
    )
