"""Puts the statements of a post about trains and buses together, line by line."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import msgspec

from vidomo.claims.claiming import Draft
from vidomo.claims.connections import ADAPTED, DISRUPTED, TRANSFER
from vidomo.claims.findings import Findings
from vidomo.claims.hits import CueHit, MentionHit
from vidomo.claims.model import Kind, Role
from vidomo.claims.routes import is_timed, lines
from vidomo.claims.stops import Stop, cut, is_bare, is_item, is_joined, is_numbered

_KYIV, _KYIV_OBLAST = "UA80", "UA32"
_OBLAST_DIGITS = len("UA00")
_PASSENGERS = 6
_DELAY_OF_IT = ".late_ahead"
# Posts with more tags than this are lists of the lines of half the country.
_MANY_TAGS = 4
_WIDE = frozenset({"oblast", "raion"})


class Told(msgspec.Struct, kw_only=True):
    """A statement on its way and the stretch that it was made of.

    Attributes:
        draft: The statement.
        stop: The stretch.
        heads: Whether lines without words of their own follow: "late are:", "No 1 A - B".
        is_wait: Whether it only says where one train waits for another.
    """

    draft: Draft
    stop: Stop
    heads: bool = False
    is_wait: bool = False

    @property
    def has_line(self) -> bool:
        """Whether it is about a line, not about trains as such."""
        return self.stop.route is not None or bool(_ends(self.draft))

    @property
    def is_wide(self) -> bool:
        """Whether it names an oblast or a raion."""
        return any(m.kind in _WIDE for m in self.draft.places)


class Timetable:
    """One post on its way to statements about lines."""

    def __init__(
        self, found: Findings, drafts: Sequence[Draft], places: Sequence[MentionHit]
    ) -> None:
        self._doc = found.doc
        self._starts = [token.start for token in found.doc.tokens]
        tags = [m for m in found.mentions if self._is_tag(m)]
        self._tags = [m for m in tags if m.kind in _WIDE]
        self._moving = sorted(drafts, key=lambda draft: draft.cue.start)
        self._places = [m for m in places if m not in tags and not self._is_of_passengers(m)]
        self._stops = cut(
            found.doc,
            self._places,
            lambda start, end: any(start <= draft.cue.start < end for draft in self._moving),
        )

    def drafts(self) -> list[Draft]:
        """Return one draft for each statement."""
        made: list[Told] = []
        waiting: list[Stop] = []
        ahead: list[MentionHit] = []
        for index, stop in enumerate(self._stops):
            inside = [d for d in self._moving if stop.start <= d.cue.start < stop.end]
            named = [m for m in self._places if stop.start <= m.start < stop.end]
            chosen = self._chosen(inside)
            if not chosen and not inside and self._goes_on(index):
                if is_numbered(self._doc, stop):
                    waiting.append(stop)
                else:
                    ahead += self._roles(stop, named)
                continue
            if not chosen and inside:
                wait = msgspec.structs.replace(inside[0], places=self._roles(stop, named))
                made.append(Told(draft=wait, stop=stop, is_wait=True))
                continue
            if not chosen:
                self._join(stop, named, made)
                continue
            for number, draft in enumerate(chosen):
                end = chosen[number + 1].cue.start if number + 1 < len(chosen) else stop.end
                begin = draft.cue.start if number else stop.start
                own = self._roles(stop, [m for m in named if begin <= m.start < end])
                draft.places, ahead = _once((*ahead, *own)), []
                if not draft.places and draft.cue.rule.endswith(_DELAY_OF_IT) and made:
                    # "The delay is expected to be two hours": of the line told before.
                    draft.places = tuple(m for m in made[-1].draft.places if _is_end(m))
                heads = self._heads(index) if stop.route is None else False
                if heads or number or not self._is_repeat(stop, draft, made):
                    made += [self._alike(other, draft) for other in waiting]
                    made.append(Told(draft=draft, stop=stop, heads=heads))
                    waiting = []
        told = self._gathered(made)
        self._tag(told)
        return [one.draft for one in told]

    def _goes_on(self, index: int) -> bool:
        """Whether a line without words of its own is joined to the next: "A - B and C - D run"."""
        if self._stops[index].route is None or index + 1 >= len(self._stops):
            return False
        following = self._stops[index + 1]
        is_same = self._doc.tokens[following.first - 1].key in {*lines().joins, ","}
        return (
            following.route is not None
            and following.start == self._stops[index].end
            and is_same
            and any(following.start <= d.cue.start < following.end for d in self._moving)
        )

    def _heads(self, index: int) -> bool:
        """Whether a list of lines follows: "with delays run:", "No 1 A - B".

        One stretch that says nothing may stand between: a line in an unusual spelling.
        """
        for stop in self._stops[index + 1 : index + 3]:
            if stop.route is not None:
                return is_item(self._doc, stop)
            if any(stop.start <= draft.cue.start < stop.end for draft in self._moving):
                return False
            if sum(t.kind == "word" for t in self._doc.tokens[stop.first : stop.last]) > 1:
                return False
        return False

    def _token(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def _before(self, mention: MentionHit, count: int = 1) -> list[str]:
        at = self._token(mention.start)
        return [token.key for token in self._doc.tokens[max(at - count, 0) : at]]

    def _is_tag(self, mention: MentionHit) -> bool:
        return self._before(mention) == ["#"]

    def _is_of_passengers(self, mention: MentionHit) -> bool:
        """Whether a place only says where passengers come from: "who travel from Nizhyn"."""
        before = self._before(mention, _PASSENGERS)
        if not before or before[-1] not in lines().origins:
            return False
        back = next((n for n, key in enumerate(reversed(before)) if lines().near.has(key)), -1)
        first = self._doc.tokens[self._token(mention.start) - 1 - back].start
        # "for the passengers' connection we hold from Hrebinka the train": the train's place.
        return back >= 0 and not any(
            first < draft.cue.start < mention.start
            for draft in self._moving
            if not draft.cue.rule.endswith(TRANSFER)
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
        # "Trains in the region", below the name of an oblast: that one.
        told = (m for m in named if m.candidates or m.kind not in _WIDE or not stop.section)
        return _once(self._role(stop, m) for m in told if self._is_told(stop, m))

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
        before = self._before(mention, 2)
        # "Train from Bakhmach": where a line that is not named runs.
        is_line = stop.route is None or (len(before) > 1 and known.leads.has(before[0]))
        if is_line and mention.kind not in _WIDE and before:
            if before[-1] in known.headings:
                role = Role.HEADING
            elif before[-1] in known.origins:
                role = Role.ORIGIN
        return msgspec.structs.replace(mention, role=role.value)

    def _alike(self, stop: Stop, draft: Draft) -> Told:
        """Return a line of a list, of which the same holds as of another statement."""
        named = [m for m in self._places if stop.start <= m.start < stop.end]
        cue = _cue_at(stop, draft.cue)
        own = msgspec.structs.replace(
            draft, places=self._roles(stop, named), number=None, hit=None, cue=cue
        )
        return Told(draft=own, stop=stop)

    def _join(self, stop: Stop, named: Sequence[MentionHit], made: list[Told]) -> None:
        """Give a line without words of its own to the statement before it."""
        told = [one for one in made if not one.is_wait]
        if stop.route is None or not told:
            return
        if (late := self._late_by_changes(told)) is not None:
            told[-1].is_wait = True
            told.append(late)
        draft = told[-1].draft
        is_late = draft.cue.topic == DISRUPTED and draft.verdict.kind is not Kind.PLAN
        is_part = is_joined(self._doc, stop) or is_bare(self._doc, stop)
        if is_item(self._doc, stop) or (
            is_late and (not is_part or is_timed(self._doc, stop.route, stop.end))
        ):
            # "No 6525 Kharkiv - Lozova from Pokotylivka", below "trains are late".
            made.append(self._alike(stop, draft))
        else:
            draft.places = _once((*draft.places, *self._roles(stop, named)))

    def _late_by_changes(self, told: Sequence[Told]) -> Told | None:
        """Return what "changes concern these trains:" says where trains were told to be late."""
        draft = told[-1].draft
        first = self._doc.tokens[draft.cue.tokens[0]].key if draft.cue.tokens else ""
        if not told[-1].heads or draft.cue.topic != ADAPTED or first not in lines().changes:
            return None
        return next(
            (
                one
                for one in reversed(told)
                if one.draft.cue.topic == DISRUPTED and one.draft.verdict.kind is Kind.REPORT
            ),
            None,
        )

    def _is_repeat(self, stop: Stop, draft: Draft, made: Sequence[Told]) -> bool:
        """Whether a stretch without a line only says more of the line before it."""
        if stop.route is not None or draft.verdict.kind is Kind.FORECAST:
            return False
        if any(m.kind in _WIDE or m.role == Role.HEADING for m in draft.places):
            return False
        told = [one.draft for one in made if not one.is_wait]
        before = next((d for d in reversed(told) if d.cue.topic == draft.cue.topic), None)
        if before is None and told and not draft.places:
            before = told[-1]
        if before is None:
            return False
        added = [msgspec.structs.replace(m, role=Role.AFFECTED.value) for m in draft.places]
        before.places = _once((*before.places, *added))
        return True

    def _gathered(self, made: Sequence[Told]) -> list[Told]:
        """Let what is said before the lines ("we shall wait in Hrebinka") join them."""
        kept: list[Told] = []
        carried: tuple[MentionHit, ...] = ()
        for number, one in enumerate(made):
            draft, topic = one.draft, one.draft.cue.topic
            later = [o for o in made[number + 1 :] if o.draft.cue.topic == topic and o.has_line]
            if topic == ADAPTED and not one.has_line and (later or one.is_wait):
                if one.is_wait or not one.is_wide:
                    carried = tuple(m for m in draft.places if m.kind not in _WIDE) or carried
                if not later:
                    _wait_at(kept, carried)
                if one.is_wide:
                    kept.append(one)
                elif draft.number is not None and not one.is_wait:
                    draft.places = _once((*carried, *draft.places))
                    kept.append(one)
                continue
            if one.is_wait or (topic != ADAPTED and later and self._is_heading(one, later)):
                continue
            if topic == ADAPTED:
                draft.places = _once((*carried, *draft.places))
            kept.append(one)
        return kept

    def _is_heading(self, one: Told, later: Sequence[Told]) -> bool:
        """Whether a statement only heads the lines that are late: "late are:", "late to Kyiv:"."""
        if one.stop.route is not None or one.is_wide:
            return False
        if _ends(one.draft):
            return _ends(one.draft) <= {end for other in later for end in _ends(other.draft)}
        return one.heads or (not one.draft.places and _is_plain(one.draft))

    def _tag(self, told: Sequence[Told]) -> None:
        """Give each statement its oblasts: of its heading, else those of the tags."""
        is_stated = False
        untold: list[Told] = []
        for one in told:
            if one.is_wide:
                is_stated = is_stated or (one.stop.route is None and _is_plain(one.draft))
            elif one.stop.section:
                one.draft.places = _once((*one.draft.places, *one.stop.section))
            elif not is_stated or not one.draft.places:
                untold.append(one)  # else the lines below have only their ends
        added = [self._tags_of(one, untold) for one in untold]
        for one, own in zip(untold, added, strict=True):
            one.draft.places = _once((*one.draft.places, *own))

    def _tags_of(self, one: Told, told: Sequence[Told]) -> Iterable[MentionHit]:
        """Return the tagged oblasts of a statement: all, or those it lies in.

        Those it lies in where there are many, or where the tags part the lines among them.
        """
        tags = [msgspec.structs.replace(m, role=Role.AFFECTED.value) for m in self._tags]
        if one.stop.route is None and not one.draft.places:
            return tags
        lies = [self._lies_in(other.draft) for other in told]
        is_parted = len(lies) > 1 and all(lies) and sum(map(len, lies)) == len(set().union(*lies))
        if is_parted or len(tags) > _MANY_TAGS:
            inside = self._lies_in(one.draft)
            return [tag for number, tag in enumerate(tags) if number in inside]
        return tags

    def _lies_in(self, draft: Draft) -> set[int]:
        """Return which of the tagged oblasts the places of a statement lie in."""
        # The gazetteer gives the greatest of namesakes first.
        lies = {
            m.candidates[0][:_OBLAST_DIGITS].replace(_KYIV, _KYIV_OBLAST)
            for m in draft.places
            if m.candidates
        }
        return {
            number
            for number, tag in enumerate(self._tags)
            if any(code[:_OBLAST_DIGITS] in lies for code in tag.candidates)
        }


def _wait_at(told: Sequence[Told], places: Sequence[MentionHit]) -> None:
    for one in told:
        if one.draft.cue.topic == ADAPTED and one.has_line:
            one.draft.places = _once((*one.draft.places, *places))


def _cue_at(stop: Stop, cue: CueHit) -> CueHit:
    return msgspec.structs.replace(cue, start=stop.start, end=stop.end, tokens=())


def _ends(draft: Draft) -> set[tuple[str, ...]]:
    """Return the places that a line runs from or to."""
    return {m.candidates for m in draft.places if _is_end(m)}


def _is_end(mention: MentionHit) -> bool:
    return mention.role in {Role.HEADING, Role.ORIGIN}


def _is_plain(draft: Draft) -> bool:
    return draft.verdict.kind in {Kind.REPORT, Kind.PLAN}


def _once(mentions: Iterable[MentionHit]) -> tuple[MentionHit, ...]:
    """Return the mentions, each unit once in each role."""
    kept: dict[tuple[str, tuple[str, ...], str], MentionHit] = {}
    for m in mentions:
        kept.setdefault((m.role, m.candidates, "" if m.candidates else m.kind), m)
    return tuple(kept.values())
