"""Puts the statements about trains and buses together: one for each line that is named.

A post of a railway says once that trains are late and then names line after line, each with its
stations; the oblasts follow as tags. Here each line gets its own ends, its station and its
oblasts. How such posts are labelled: bench/reading/GUIDELINE.md, "Places" and "Delay".
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import msgspec

from vidomo.claims.claiming import Draft
from vidomo.claims.connections import ADAPTED, DISRUPTED, TRANSFER, TRANSPORT, held, only_adds
from vidomo.claims.document import Document
from vidomo.claims.findings import Findings
from vidomo.claims.hits import CueHit, MentionHit
from vidomo.claims.model import Kind, Role
from vidomo.claims.routes import Route, find_routes, is_timed, lines

# A line of a post with no more words than this that names an oblast heads those below it.
_HEADING_WORDS = 3
_KYIV, _KYIV_OBLAST = "UA80", "UA32"
_OBLAST_DIGITS = len("UA00")
_PASSENGERS = 4
_CAUSES = ("event.", "impact.")
_WIDE = frozenset({"oblast", "raion"})


class Stop(msgspec.Struct, kw_only=True):
    """A stretch of a post that holds one line, or a sentence without any.

    Attributes:
        start: Offset in the normalised text.
        end: End offset, exclusive.
        route: The line, None where none is named.
        section: Oblasts of the heading that it stands under.
    """

    start: int
    end: int
    route: Route | None = None
    section: tuple[MentionHit, ...] = ()


def is_about_lines(doc: Document) -> bool:
    """Whether a text names a line of its own: where it does not, nothing here applies."""
    return any(not route.is_other for route in find_routes(doc))


def on_rails(found: Findings, drafts: Sequence[Draft], places: Sequence[MentionHit]) -> list[Draft]:
    """Return the drafts with those about transport put together line by line.

    Args:
        found: What was found in the text.
        drafts: All drafts of the text, in order.
        places: The mentions that can be where something is.
    """
    on_line = [draft for draft in drafts if draft.cue.topic in {DISRUPTED, ADAPTED}]
    moving = [held(found, draft) for draft in on_line if not only_adds(found, draft)]
    others = [draft for draft in drafts if draft.cue.topic not in {DISRUPTED, ADAPTED}]
    ends = _ends_of(found.doc)
    for draft in others:
        if draft.cue.topic.startswith("advice."):  # holds wherever the lines run
            draft.places = tuple(m for m in draft.places if draft.group.holds(m.start))
        elif not draft.cue.topic.startswith(TRANSPORT):  # what delays a train is not at its ends
            draft.places = tuple(m for m in draft.places if m.start not in ends)
    # "Late because of shelling": a cause by name only, somewhere.
    late = {draft.group.sentence for draft in moving}
    others = [
        draft
        for draft in others
        if draft.places
        or not (draft.group.sentence in late and draft.cue.topic.startswith(_CAUSES))
    ]
    if not moving:
        return others
    return [*others, *_Timetable(found, moving, places).drafts()]


def _ends_of(doc: Document) -> set[int]:
    """Return the offsets of the names that stand on a line."""
    return {
        doc.tokens[token].start
        for route in find_routes(doc)
        for token in range(route.first[0], route.last[1])
    }


class _Timetable:
    """One post on its way to statements about lines."""

    def __init__(
        self, found: Findings, drafts: Sequence[Draft], places: Sequence[MentionHit]
    ) -> None:
        self._doc = found.doc
        self._starts = [token.start for token in found.doc.tokens]
        tags = [m for m in found.mentions if self._is_tag(m)]
        self._tags = [m for m in tags if m.kind in _WIDE]
        self._places = [m for m in places if m not in tags and not self._is_of_passengers(m)]
        self._moving = sorted(drafts, key=lambda draft: draft.cue.start)
        self._stops = self._cut()

    def drafts(self) -> list[Draft]:
        """Return one draft for each statement."""
        made: list[Draft] = []
        owners: list[Stop] = []
        waiting: list[MentionHit] = []
        headings: list[Draft] = []
        ahead: list[MentionHit] = []
        for index, stop in enumerate(self._stops):
            inside = [d for d in self._moving if stop.start <= d.cue.start < stop.end]
            named = [m for m in self._places if stop.start <= m.start < stop.end]
            chosen = self._chosen(inside)
            if not chosen and not inside and self._goes_on(index):
                ahead += self._roles(stop, named)
                continue
            if not chosen:
                self._join(stop, named, made, owners, is_waiting=bool(inside))
                if inside:
                    waiting += named
                continue
            for number, draft in enumerate(chosen):
                end = chosen[number + 1].cue.start if number + 1 < len(chosen) else stop.end
                begin = draft.cue.start if number else stop.start
                own = self._roles(stop, [m for m in named if begin <= m.start < end])
                draft.places, ahead = _once((*ahead, *own)), []
                headed = self._headed(index) if stop.route is None else None
                is_heading, is_bare = headed is not None, headed and self._is_bare(headed)
                if is_heading and draft.cue.topic == DISRUPTED and not (draft.places or is_bare):
                    headings.append(draft)
                if is_heading or number or not self._is_repeat(stop, draft, made):
                    made.append(draft)
                    owners.append(stop)
        told = [
            (d, s) for d, s in zip(made, owners, strict=True) if all(d is not h for h in headings)
        ]
        made, owners = self._gathered([d for d, _ in told], [s for _, s in told])
        for draft in made:
            if draft.cue.topic == ADAPTED and waiting:
                draft.places = _once((*draft.places, *waiting))
        self._tag(made, owners)
        return made

    def _goes_on(self, index: int) -> bool:
        """Whether a line without words of its own is joined to the next: "A - B and C - D run"."""
        if self._stops[index].route is None or index + 1 >= len(self._stops):
            return False
        following = self._stops[index + 1]
        is_same = self._doc.tokens[self._token(following.start) - 1].key in {*lines().joins, ","}
        return (
            following.route is not None
            and following.start == self._stops[index].end
            and is_same
            and any(following.start <= d.cue.start < following.end for d in self._moving)
        )

    def _headed(self, index: int) -> Stop | None:
        """Return the line without words of its own that follows: "with delays run:", "A - B".

        One stretch that says nothing may stand between: a line in an unusual spelling.
        """
        for stop in self._stops[index + 1 : index + 3]:
            if any(stop.start <= draft.cue.start < stop.end for draft in self._moving):
                return None
            if stop.route is not None:
                return stop
            first, last = self._token(stop.start), self._token(stop.end - 1)
            if sum(t.kind == "word" for t in self._doc.tokens[first : last + 1]) > 1:
                return None
        return None

    def _token(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def _before(self, mention: MentionHit, count: int = 1) -> list[str]:
        at = self._token(mention.start)
        return [token.key for token in self._doc.tokens[max(at - count, 0) : at]]

    def _is_tag(self, mention: MentionHit) -> bool:
        return self._before(mention) == ["#"]

    def _is_of_passengers(self, mention: MentionHit) -> bool:
        """Whether a place only says where passengers come from."""
        before = self._before(mention, _PASSENGERS)
        return bool(before) and before[-1] in lines().origins and any(map(lines().near.has, before))

    def _cut(self) -> list[Stop]:
        """Cut the text at its sentences and, inside them, before each line but the first."""
        tokens, found = self._doc.tokens, []
        routes = [route for route in find_routes(self._doc) if not route.is_other]
        section: tuple[MentionHit, ...] = ()
        for sentence in self._doc.sentences:
            inside = [route for route in routes if sentence.first <= route.start < sentence.last]
            named = [m for m in self._places if sentence.start <= m.start < sentence.end]
            words = sum(t.kind == "word" for t in tokens[sentence.first : sentence.last])
            if (
                not inside
                and named
                and words <= _HEADING_WORDS
                and self._is_heading(named, sentence.start, sentence.end)
            ):
                section = tuple(named)
                continue
            cuts = [sentence.start, *(tokens[route.start].start for route in inside[1:])]
            for number, start in enumerate(cuts):
                end = cuts[number + 1] if number + 1 < len(cuts) else sentence.end
                route = inside[number] if inside else None
                found.append(Stop(start=start, end=end, route=route, section=section))
        return found

    def _is_heading(self, named: Sequence[MentionHit], start: int, end: int) -> bool:
        return all(m.kind in _WIDE for m in named) and not any(
            start <= draft.cue.start < end for draft in self._moving
        )

    def _chosen(self, inside: Sequence[Draft]) -> list[Draft]:
        """Return one draft for each topic of a stretch; transfers are none."""
        chosen: dict[str, Draft] = {}
        for draft in inside:
            if draft.cue.rule.endswith(TRANSFER):
                continue
            kept = chosen.setdefault(draft.cue.topic, draft)
            if draft.verdict.kind is Kind.FORECAST and kept.verdict.kind is Kind.PLAN:
                chosen[draft.cue.topic] = draft  # "changes are possible"
            if draft.cue.rule.endswith(".withdrawn"):
                chosen[draft.cue.topic] = draft  # "as trains are late, these will not run"
        found = list(chosen.values())
        if len(found) > 1 and found[0].cue.topic != found[-1].cue.topic:
            # "With a delay, train No 6295 will leave": one train that waits.
            adapted = [draft for draft in found if draft.cue.topic == ADAPTED]
            late = [draft for draft in found if draft.cue.topic == DISRUPTED]
            if len(adapted) == len(late) == 1 and self._is_one(late[0], adapted[0]):
                return adapted
        return found

    def _is_one(self, late: Draft, adapted: Draft) -> bool:
        first, last = sorted((late.cue, adapted.cue), key=lambda cue: cue.start)
        if last.start < first.end:  # "train No 6210 A - B will leave with a delay"
            return True
        return not any(first.start <= m.start < last.start for m in self._places)

    def _roles(self, stop: Stop, named: Sequence[MentionHit]) -> tuple[MentionHit, ...]:
        return _once(self._role(stop, m) for m in named if self._is_told(stop, m))

    def _is_told(self, stop: Stop, mention: MentionHit) -> bool:
        """Whether a place beside a line says where it is late: "from X", "in X", "X station"."""
        at, known = self._token(mention.start), lines()
        if stop.route is None or mention.kind in _WIDE or stop.route.role_of(at):
            return True
        before = self._before(mention)
        return bool(before) and (
            known.stops.has(before[0]) or before[0] in known.origins or before[0] in known.places
        )

    def _role(self, stop: Stop, mention: MentionHit) -> MentionHit:
        at, known = self._token(mention.start), lines()
        if stop.route is not None and stop.route.role_of(at):
            return mention
        role = Role.AFFECTED
        before = self._before(mention)
        if stop.route is None and mention.kind not in _WIDE and before:
            if before[0] in known.headings:
                role = Role.HEADING
            elif before[0] in known.origins:
                role = Role.ORIGIN
        return msgspec.structs.replace(mention, role=role.value)

    def _join(
        self,
        stop: Stop,
        named: Sequence[MentionHit],
        made: list[Draft],
        owners: list[Stop],
        *,
        is_waiting: bool,
    ) -> None:
        """Give a line without words of its own to the statement before it."""
        if stop.route is None or not made or is_waiting:
            return
        draft = made[-1]
        places = self._roles(stop, named)
        is_late = draft.cue.topic == DISRUPTED and draft.verdict.kind is not Kind.PLAN
        is_part = self._is_joined(stop) or self._is_bare(stop)
        if is_late and (not is_part or is_timed(self._doc, stop.route, stop.end)):
            # "No 6525 Kharkiv - Lozova from Pokotylivka", below "trains are late".
            own = msgspec.structs.replace(
                draft, places=places, number=None, hit=None, cue=_cue_at(stop, draft.cue)
            )
            made.append(own)
            owners.append(stop)
        else:
            draft.places = _once((*draft.places, *places))

    def _is_joined(self, stop: Stop) -> bool:
        """Whether a line goes on from the one before: "on the lines A - B and C - D"."""
        at = self._token(stop.start)
        joins = {*lines().joins, ","}
        return self._doc.tokens[at].key in joins or (
            at > 0 and self._doc.tokens[at - 1].key in joins
        )

    def _is_bare(self, stop: Stop) -> bool:
        """Whether a stretch is the line alone: one of a list, not a statement of its own."""
        first, last = self._token(stop.start), self._token(stop.end - 1)
        route = stop.route
        return route is not None and not any(
            token.kind in {"word", "number"}
            for at, token in enumerate(self._doc.tokens[first : last + 1], first)
            if not route.start <= at < route.last[1] and not lines().leads.has(token.key)
        )

    def _is_repeat(self, stop: Stop, draft: Draft, made: Sequence[Draft]) -> bool:
        """Whether a stretch without a line only says more of the line before it."""
        if stop.route is not None or draft.verdict.kind is Kind.FORECAST:
            return False
        if any(m.kind in _WIDE or m.role == Role.HEADING for m in draft.places):
            return False
        before = next((d for d in reversed(made) if d.cue.topic == draft.cue.topic), None)
        if before is None and made and not draft.places:
            before = made[-1]
        if before is None:
            return False
        added = [msgspec.structs.replace(m, role=Role.AFFECTED.value) for m in draft.places]
        before.places = _once((*before.places, *added))
        return True

    def _gathered(
        self, made: Sequence[Draft], owners: Sequence[Stop]
    ) -> tuple[list[Draft], list[Stop]]:
        """Let what is said before the first line ("we shall wait in Hrebinka") join it."""
        kept: list[Draft] = []
        kept_owners: list[Stop] = []
        carried: list[MentionHit] = []
        for number, (draft, stop) in enumerate(zip(made, owners, strict=True)):
            has_later = any(
                other.cue.topic == draft.cue.topic and (owner.route is not None or _has_ends(other))
                for other, owner in zip(made[number + 1 :], owners[number + 1 :], strict=True)
            )
            is_bare = stop.route is None and not _has_ends(draft)
            if has_later and is_bare and draft.cue.topic == ADAPTED:
                carried += draft.places
                continue
            if has_later and stop.route is None and not draft.places and _is_plain(draft):
                continue
            if draft.cue.topic == ADAPTED and carried:
                draft.places = _once((*carried, *draft.places))
                carried = []
            kept.append(draft)
            kept_owners.append(stop)
        return kept, kept_owners

    def _tag(self, made: Sequence[Draft], owners: Sequence[Stop]) -> None:
        """Give each statement its oblasts: of its heading, else those of the tags it lies in."""
        stated = any(
            draft.cue.topic == DISRUPTED
            and draft.verdict.kind is Kind.REPORT
            and any(m.kind in _WIDE for m in draft.places)
            and stop.route is None
            for draft, stop in zip(made, owners, strict=True)
        )
        for draft, stop in zip(made, owners, strict=True):
            if any(m.kind in _WIDE for m in draft.places) and draft.cue.topic == DISRUPTED:
                continue
            if stated and draft.cue.topic == DISRUPTED and draft.places:
                continue
            tags = [msgspec.structs.replace(m, role=Role.AFFECTED.value) for m in self._tags]
            if stop.section:
                tags = list(stop.section)
            elif len(made) > 1 and (draft.places or stop.route is not None):
                # The gazetteer gives the greatest of namesakes first.
                lies = {
                    m.candidates[0][:_OBLAST_DIGITS].replace(_KYIV, _KYIV_OBLAST)
                    for m in draft.places
                    if m.candidates
                }
                tags = [
                    m for m in tags if any(code[:_OBLAST_DIGITS] in lies for code in m.candidates)
                ]
            draft.places = _once((*draft.places, *tags))


def _cue_at(stop: Stop, cue: CueHit) -> CueHit:
    return msgspec.structs.replace(cue, start=stop.start, end=stop.end, tokens=())


def _has_ends(draft: Draft) -> bool:
    return any(m.role in {Role.HEADING, Role.ORIGIN} for m in draft.places)


def _is_plain(draft: Draft) -> bool:
    return draft.verdict.kind in {Kind.REPORT, Kind.PLAN}


def _once(mentions: Iterable[MentionHit]) -> tuple[MentionHit, ...]:
    """Return the mentions, each unit once in each role."""
    kept: dict[tuple[str, tuple[str, ...], str], MentionHit] = {}
    for m in mentions:
        kept.setdefault((m.role, m.candidates, "" if m.candidates else m.kind), m)
    return tuple(kept.values())
