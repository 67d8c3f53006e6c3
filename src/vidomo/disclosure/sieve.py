"""What a public policy says of each statement: may it pass, when, with its words or without."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import lru_cache

import msgspec

from vidomo.disclosure.grain import Grain
from vidomo.disclosure.objects_hit import aims, kind_of_object, says_where, says_who
from vidomo.disclosure.officials import Told
from vidomo.disclosure.policy import Policy, Rule
from vidomo.disclosure.release import Release, in_effect
from vidomo.disclosure.screen import screen
from vidomo.disclosure.taken_back import TakenBack, standing_words, words_of
from vidomo.situation.hierarchy import Units
from vidomo.situation.model import Evidence, Situation, Standing

_TOLD = frozenset({"report", "assessment"})
_SPOKEN_OBJECT = ("event.", "impact.damage", "impact.fire", "harm.", "response.")


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of one statement.

    Attributes:
        rule: Rule that withholds it whole; empty where it passes.
        until: When it may pass; None when time alone never lets it.
        words: Rule that withholds only its words; empty where they may be quoted.
        words_until: When the words may pass.
        places: Codes of the places that it is told at, coarsened.
        released: Whether two people let it pass before its time.
        is_shared: Whether its words also carry a statement that is withheld whole.
    """

    rule: str = ""
    until: datetime | None = None
    words: str = ""
    words_until: datetime | None = None
    places: tuple[str, ...] = ()
    released: bool = False
    is_shared: bool = False


class _Found(msgspec.Struct, frozen=True):
    """What stands in some words: the strictest kind of object, and kinds of findings."""

    object_kind: str | None
    kinds: frozenset[str]


class Sieve:
    """Every statement of one situation under one public policy.

    Args:
        situation: What holds.
        policy: The public policy.
        units: Units with levels and populations.
        now: The instant at which it is shown.
        releases: What people at the desk let pass before time.
        present: The situation of now, where ``situation`` is an earlier one: what was taken
            back since then is withheld too.
    """

    def __init__(
        self,
        situation: Situation,
        policy: Policy,
        *,
        units: Units,
        now: datetime,
        releases: Iterable[Release] = (),
        present: Situation | None = None,
    ) -> None:
        self.policy, self.now = policy, now
        self.grain = Grain(units, policy.rule("grain"))
        self._releases = in_effect(releases, now=now)
        self._evidence = tuple(sorted(situation.evidence, key=_order))
        self._replaced = situation.replaced
        self._places = Told(situation)
        self._gone = tuple(map(TakenBack, (situation, *((present,) if present else ()))))
        self._stands = None if present is None else standing_words(present.evidence)
        self.verdicts: dict[tuple[str, str], Verdict] = {}
        for item in self._evidence:
            self.verdicts[item.claim, item.version] = self._judged(item)
        self._hide_shared_words()
        self.open: dict[str, Evidence] = {
            item.claim: item for item in self._evidence if not self.verdict(item).rule
        }
        self._told = {item.claim: self.spoken(item) for item in self._evidence}
        self._coarsened: dict[str, tuple[str, ...]] = {}
        for claim, item in self.open.items():
            for code in self.verdict(item).places:
                if code not in self._told[claim]:
                    self._coarsened[code] = (*self._coarsened.get(code, ()), claim)
        objects = {rule.id for rule in policy.rules if rule.withholds == "object"}
        self._waiting = [item for item in self._evidence if self.verdict(item).rule in objects]

    @property
    def evidence(self) -> Sequence[Evidence]:
        """Every statement, in one order."""
        return self._evidence

    @property
    def changed(self) -> Sequence[Evidence]:
        """Every statement that may have been taken back, and words that an edit changed."""
        return (*self._evidence, *self._replaced)

    def spoken(self, item: Evidence) -> tuple[str, ...]:
        """Return the codes of the places that a statement is about, as its source names them."""
        return self._places.places(item)

    def is_here(self, claim: str, around: Collection[str]) -> bool:
        """Whether a statement, shown or not, is about one of some places."""
        return any(code in around for code in self._told.get(claim, ()))

    def is_told(self, item: Evidence, around: Collection[str]) -> bool:
        """Whether a statement is told at one of some places as its source said it, not coarser."""
        told = self.verdict(item).places
        return any(code in around and code in told for code in self.spoken(item))

    def coarsened_to(self, code: str) -> tuple[str, ...]:
        """Return the statements that are told at a place because theirs is too small."""
        return self._coarsened.get(code, ())

    def is_coming(self, code: str, topics: tuple[str, ...]) -> bool:
        """Whether an official has said something there that only its object withholds."""
        return any(
            item.topic.startswith(topics) and code in self.verdict(item).places
            for item in self._waiting
        )

    def verdict(self, item: Evidence) -> Verdict:
        """Return what becomes of a statement."""
        return self.verdicts[item.claim, item.version]

    def places(self, claim: str) -> tuple[str, ...]:
        """Return the codes of the places that a statement which passes is told at."""
        item = self.open.get(claim)
        return self.verdict(item).places if item else ()

    def _judged(self, item: Evidence) -> Verdict:
        spoken = self.spoken(item)
        told = tuple(dict.fromkeys(self.grain.told_of(code, item.topic) for code in spoken))
        rule = self._of_standing(item) or self._of_content(item)
        if rule is not None:
            return Verdict(rule=rule.id, places=told)
        found = _found_in(item.quote, is_of_harm=item.topic.startswith(_SPOKEN_OBJECT))
        rule, until = self._of_object(item, found), None
        released = rule is not None and (item.claim, item.version) in self._releases
        if rule is not None and not released:
            until = rule.until(item.said_until or item.said_at)
            if until is None or until > self.now:
                return Verdict(rule=rule.id, until=until, places=told)
        is_coarse = any(code not in told for code in spoken)
        words, words_until = self._words(item, found, is_coarse=is_coarse)
        return Verdict(words=words, words_until=words_until, places=told, released=released)

    def _of_standing(self, item: Evidence) -> Rule | None:
        rule = self.policy.rule("standing", item.standing.value)
        if rule is not None:
            return rule
        withdrawn = self.policy.rule("standing", Standing.WITHDRAWN.value)
        if withdrawn is not None and self._is_gone(item):
            return withdrawn
        traced = self.policy.rule("untraced")
        if traced is None:
            return None
        is_looked_up = bool(item.url) or item.reason in traced.values
        return None if item.said_at is not None and is_looked_up else traced

    def _is_gone(self, item: Evidence) -> bool:
        """Whether words were taken back by now, or do not stand any more."""
        if any(gone.holds(item) for gone in self._gone):
            return True
        return self._stands is not None and words_of(item) not in self._stands

    def _of_content(self, item: Evidence) -> Rule | None:
        rule = self.policy.rule("topic", item.topic) or self.policy.rule("kind", item.kind)
        if rule is not None:
            return rule
        place = self.policy.rule("place")
        return place if place and item.place is None and place.is_about(item.topic) else None

    def _of_object(self, item: Evidence, found: _Found) -> Rule | None:
        """Return the rule for the object that a statement says was hit; None where it says none."""
        kind = found.object_kind
        if kind is None and "object" in found.kinds:
            kind = "unknown"  # a name of something, and no table knows of what
        if kind is None:
            rule = self.policy.rule("object", "unknown")
            is_said = item.kind in _TOLD and item.polarity == "affirmed"
            return rule if rule and is_said and rule.is_about(item.topic) else None
        rule = self.policy.rule("object", kind)
        named = self.policy.rule("object", "critical")
        is_bound = any(one is not None and one.is_about(item.topic) for one in (rule, named))
        return rule if is_bound else None

    def _words(
        self, item: Evidence, found: _Found, *, is_coarse: bool
    ) -> tuple[str, datetime | None]:
        """Return the rule that withholds only the words, and until when."""
        for kind in sorted(found.kinds):
            if (rule := self.policy.rule("quote", kind)) is not None:
                return rule.id, None
        rule = self.policy.rule("quote", "coarsened")
        if rule is not None and is_coarse:
            return rule.id, None
        if found.object_kind is None or not item.topic.startswith(_SPOKEN_OBJECT):
            return "", None
        rule = self.policy.rule("object", found.object_kind)
        if rule is None or (item.claim, item.version) in self._releases:
            return "", None
        until = rule.until(item.said_until or item.said_at)
        is_over = until is not None and until <= self.now
        return ("", None) if is_over else (rule.id, until)

    def _hide_shared_words(self) -> None:
        """Withhold the words of a statement where they also carry something withheld."""
        rule = self.policy.rule("quote", "overlap")
        if rule is None:
            return
        held: dict[str, list[Evidence]] = {}
        shared: dict[tuple[str, str], Verdict] = {}
        for item in self._evidence:
            if (verdict := self.verdict(item)).rule or verdict.words:
                held.setdefault(item.version, []).append(item)
        for item in self._evidence:
            verdict = self.verdict(item)
            over = [
                other
                for other in held.get(item.version, ())
                if other.start < item.end and item.start < other.end and other is not item
            ]
            if verdict.rule or not over:
                continue
            changed = msgspec.structs.replace(
                verdict, is_shared=any(self.verdict(other).rule for other in over)
            )
            if not verdict.words:
                changed = msgspec.structs.replace(
                    changed, words=rule.id, words_until=self._until_all(over)
                )
            shared[item.claim, item.version] = changed
        self.verdicts |= shared

    def _until_all(self, items: Iterable[Evidence]) -> datetime | None:
        """Return when the last of some withheld things may pass; None where one never may."""
        ends = [
            verdict.until if verdict.rule else verdict.words_until
            for verdict in map(self.verdict, items)
        ]
        known = [end for end in ends if end is not None]
        return max(known) if known and len(known) == len(ends) else None


@lru_cache(maxsize=50_000)
def _found_in(words: str, *, is_of_harm: bool) -> _Found:
    """Return what stands in some words; kept, for every new post sifts all the old ones again."""
    kinds = {one.kind for one in screen(words)} | aims(words)
    if is_of_harm:
        kinds |= {"victim"} if says_who(words) else set()
        kinds |= {"coarsened"} if says_where(words) else set()
    return _Found(kind_of_object(words), frozenset(kinds))


def _order(item: Evidence) -> tuple[str, str, str]:
    return item.said_at.isoformat() if item.said_at else "", item.claim, item.version
