"""Reads what flies where it is counted and no longer named: "Drones: 2 on A, three more past B".

A stretch between two marks that has nothing but a count, names of places and words of moving
is about the weapon that was named last. Any other word in it, and it says nothing.
"""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

import msgspec
from msgspec.structs import replace

from vidomo.claims.findings import Findings
from vidomo.claims.genre import MONITOR, NEWS
from vidomo.claims.hits import CueHit, MentionHit
from vidomo.claims.model import Kind, Polarity
from vidomo.claims.tables import word_sets

_THREAT = "threat."
_CUTS = frozenset(",;.!?\u2026+|")
_COLON = ":"
#: Arrows say where something moves like a preposition does.
_ARROWS = frozenset("\u2192\u27a1\u2b06\u2b07\u2197\u2198\u2199\u2196\u21e8>")
_CLEAR = ".monitor.clear"
_COUNTED = (".monitor.counted", ".monitor.more_coming")
_LAUNCHED = ".monitor.launched"
_MISSILE, _ARTILLERY = "threat.missile", "threat.artillery"
_UNSEEN = "threat.air"
_FLYING = frozenset({"", "uavs", "missiles", "bombs", "pieces", "aims"})
_RULE, _RULE_NAMED = "targets.counted", "targets.named"
# What a token says in a line of targets.
_COUNT, _MOVE, _MORE, _FILLER, _OTHER = "count", "move", "more", "filler", "other"
_COURSE, _CALL = "course", "call"
_WEAPONS = (
    ("uav", "threat.uav", "uavs"),
    ("missile", "threat.missile", "missiles"),
    ("kab", "threat.guided_bomb", "bombs"),
    ("fab", "threat.guided_bomb", "bombs"),
)
_NAMED = ("uavs", "missiles", "bombs")
# A text that names a weapon and where it flies, and is no longer, tells of it as a monitor does.
_BRIEF = 200


class _Words(msgspec.Struct, frozen=True):
    moves: frozenset[str]
    stays: frozenset[str]
    rest: frozenset[str]
    more: frozenset[str]
    tail: frozenset[str]
    course: frozenset[str]
    calls: frozenset[str]
    uavs: frozenset[str]
    missiles: frozenset[str]
    bombs: frozenset[str]


class _Weapon(msgspec.Struct, frozen=True):
    """The weapon that a text named last.

    Attributes:
        topic: Topic of its danger.
        means: What it is.
        unit: Unit of a count of it.
        is_told: Whether it is under way somewhere, and not only named.
    """

    topic: str
    means: tuple[str, ...]
    unit: str
    is_told: bool


@cache
def _words() -> _Words:
    return _Words(**word_sets("targets", "word", _Words.__struct_fields__))


def with_targets(found: Findings) -> tuple[CueHit, ...]:
    """Return the cues of a text and one for each counted target that is not named again.

    "Clear" right after a named danger is the end of that danger.
    """
    if not (found.means or any(map(_is_looked_at, found.cues)) or _names_weapon(found)):
        return found.cues
    if found.genre == NEWS and not _is_brief(found):
        return found.cues
    reader = _Reader(found)
    return reader.read()


def _is_brief(found: Findings) -> bool:
    return len(found.doc.text) <= _BRIEF and not found.speakers


def _names_weapon(found: Findings) -> bool:
    """Whether a short text of its own names a weapon in the words of monitoring channels."""
    words = _words()
    return _is_brief(found) and any(
        token.key in words.uavs or token.key in words.missiles or token.key in words.bombs
        for token in found.doc.tokens
    )


def _is_looked_at(cue: CueHit) -> bool:
    """Whether a cue names a danger or may be about one that is named elsewhere."""
    return cue.topic.startswith(_THREAT) or cue.rule.endswith((_CLEAR, *_COUNTED, _LAUNCHED))


class _Reader:
    """Goes through the stretches of a text in order."""

    def __init__(self, found: Findings) -> None:
        self._found = found
        self._tokens = found.doc.tokens
        self._weapon: _Weapon | None = None
        self._last = -1
        self._starts = [token.start for token in self._tokens]
        self._of_mention = {
            at: mention for mention in found.mentions for at in self._within(mention)
        }
        self._of_cue = {at: cue for cue in found.cues for at in cue.tokens}
        # What hangs over a place is news beside what happened there.
        self._is_alone = not any(cue.topic.startswith("event.") for cue in found.cues)
        self._of_means = {at: hit for hit in found.means for at in hit.tokens}

    def read(self) -> tuple[CueHit, ...]:
        """Return the cues, those of targets among them."""
        added: list[CueHit] = []
        told: dict[tuple[int, str], CueHit | None] = {}
        is_brief = _is_brief(self._found)
        for first, last in self._stretches():
            cues = list(
                dict.fromkeys(self._of_cue[at] for at in range(first, last) if at in self._of_cue)
            )
            meant = [self._meant(cue, first, last) for cue in cues]
            told.update(zip(((cue.start, cue.rule) for cue in cues), meant, strict=True))
            target = None if cues else self._target(first, last)
            if target is None and not cues and is_brief:
                target = self._named(first, last)
            if target is not None and not target.unit:  # only moves on
                if added and added[-1].end == self._last:
                    added[-1] = replace(added[-1], at=(*added[-1].at, *target.at))
                    self._last = target.end
            elif target is not None:
                added.append(target)
                self._last = target.end
            self._note(first, last, [cue for cue in meant if cue is not None])
        kept = (told.get((cue.start, cue.rule), cue) for cue in self._found.cues)
        return (*(cue for cue in kept if cue is not None), *added)

    def _meant(self, cue: CueHit, first: int, last: int) -> CueHit | None:
        """Return a cue whose weapon the text names elsewhere with that weapon; None to drop it."""
        weapon = self._weapon
        if cue.rule.endswith(_CLEAR):
            cue = replace(cue, at=tuple(self._places(first, last)))  # clear there, nowhere else
            if weapon is None or weapon.topic == _UNSEEN:
                return cue
            return replace(cue, topic=weapon.topic, kind=Kind.REPORT.value)
        if cue.rule.endswith(_COUNTED):
            cue = replace(cue, at=tuple(self._places(first, last)))
            if weapon is None or not weapon.is_told or self._of_means.keys() & range(first, last):
                return cue
            return replace(cue, topic=weapon.topic, means=weapon.means, unit=weapon.unit)
        if not cue.rule.endswith(_LAUNCHED) or self._names_missile():
            return cue
        if weapon is None or not weapon.is_told:
            return None if self._of_means or self._names(_ARTILLERY) else cue
        is_counted = any(self._is_count(at) for at in cue.tokens)
        other = replace(cue, topic=weapon.topic, means=weapon.means, unit=weapon.unit)
        return other if is_counted else None

    def _names(self, topic: str) -> bool:
        return any(
            cue.topic == topic and not cue.rule.endswith(_LAUNCHED) for cue in self._found.cues
        )

    def _names_missile(self) -> bool:
        return self._names(_MISSILE) or any(
            one.startswith("missile") for hit in self._found.means for one in hit.means
        )

    def _within(self, mention: MentionHit) -> Iterator[int]:
        first = bisect_left(self._starts, mention.start)
        yield from range(first, bisect_left(self._starts, mention.end, first))

    def _stretches(self) -> Iterator[tuple[int, int]]:
        for sentence in self._found.doc.sentences:
            first = sentence.first
            for at in range(sentence.first, sentence.last):
                if self._tokens[at].text in _CUTS or self._tokens[at].text == _COLON:
                    if self._of_mention.get(at) is not None:
                        continue
                    yield first, at
                    first = at + 1
            yield first, sentence.last

    def _note(self, first: int, last: int, cues: list[CueHit]) -> None:
        """Remember the weapon that a stretch names."""
        for cue in cues:
            is_danger = cue.topic.startswith(_THREAT) and cue.kind == Kind.WARNING.value
            if is_danger and cue.polarity != Polarity.NEGATED.value and cue.means:
                unit = next((unit for one, _, unit in _WEAPONS if cue.means[0].startswith(one)), "")
                self._weapon = _Weapon(cue.topic, cue.means, cue.unit or unit, is_told=True)
        for at in range(first, last):
            hit = self._of_means.get(at)
            if hit is None or not hit.means or (cues and self._weapon and self._weapon.is_told):
                continue
            is_heading = (
                last < len(self._tokens)
                and self._tokens[last].text == _COLON
                and all(cue.topic.startswith(_THREAT) for cue in self._beside(first))
            )
            for one, topic, unit in _WEAPONS:
                if hit.means[0].startswith(one):
                    is_told = is_heading or self._found.genre == MONITOR
                    self._weapon = _Weapon(topic, hit.means, unit, is_told=is_told)

    def _beside(self, at: int) -> Iterator[CueHit]:
        sentence = next(one for one in self._found.doc.sentences if one.first <= at < one.last)
        return (cue for cue in self._found.cues if sentence.start <= cue.start < sentence.end)

    def _target(self, first: int, last: int) -> CueHit | None:
        """Return what a stretch tells of the weapon; without a unit where it only moves on."""
        weapon = self._weapon
        if weapon is None or not weapon.is_told:
            return None
        while first < last and self._tokens[first].kind in {"mark", "emoji"}:
            first += 1
        says = [self._says(at) for at in range(first, last)]
        places = self._places(first, last)
        if not places or _OTHER in says:
            return None
        is_counted = _COUNT in says or _MORE in says
        # "Course for A." and "B, attention" go on from the sentence before.
        is_fresh = (_COURSE in says or _CALL in says) and self._begins(first)
        is_moving = _MOVE in says or _COURSE in says
        is_on = is_moving and not is_counted and not is_fresh
        is_listed = _COUNT in says and self._found.genre == MONITOR and self._is_listed(first, last)
        if not is_moving and not is_listed and not is_fresh:
            return None
        return CueHit(
            start=self._tokens[first].start,
            end=self._tokens[last - 1].end,
            rule=_RULE,
            topic=weapon.topic,
            means=weapon.means,
            unit="" if is_on else weapon.unit,
            kind=Kind.WARNING.value,
            tokens=tuple(range(first, last)),
            at=tuple(places),
        )

    def _named(self, first: int, last: int) -> CueHit | None:
        """Return what a stretch says that names a weapon, where it flies, and nothing else."""
        while first < last and self._tokens[first].kind in {"mark", "emoji"}:
            first += 1
        unit = ""
        says = []
        for at in range(first, last):
            named = self._weapon_at(at)
            if named and unit and named != unit:
                return None
            unit = named or unit
            says.append(_FILLER if named else self._says(at))
        places = self._places(first, last)
        if not unit or not places or _OTHER in says or not self._is_here(places):
            return None
        words = _words()
        keys = {self._tokens[at].key for at in range(first, last)}
        is_moving = not keys.isdisjoint((words.moves | words.course) - words.stays)
        is_here = self._is_alone and not keys.isdisjoint(words.stays)
        if not is_moving and not is_here:
            return None
        means, topic = next((one, topic) for one, topic, same in _WEAPONS if same == unit)
        self._weapon = _Weapon(topic, (means,), unit, is_told=True)
        return CueHit(
            start=self._tokens[first].start,
            end=self._tokens[last - 1].end,
            rule=_RULE_NAMED,
            topic=topic,
            means=(means,),
            unit=unit,
            kind=Kind.WARNING.value,
            tokens=tuple(range(first, last)),
            at=tuple(places),
        )

    def _is_here(self, places: dict[int, None]) -> bool:
        """Whether one of some places lies in Ukraine or Russia."""
        return any(
            m.candidates or m.kind != "country" for m in self._found.mentions if m.start in places
        )

    def _weapon_at(self, at: int) -> str:
        """Return the unit of the weapon that a token names; empty for none."""
        words, key = _words(), self._tokens[at].key
        return next((one for one in _NAMED if key in getattr(words, one)), "")

    def _places(self, first: int, last: int) -> dict[int, None]:
        """Return the starts of the places of a stretch, each once."""
        return dict.fromkeys(
            mention.start for at in range(first, last) if (mention := self._of_mention.get(at))
        )

    def _begins(self, first: int) -> bool:
        """Whether nothing but marks stands between the beginning of a sentence and a token."""
        sentence = next(one for one in self._found.doc.sentences if one.first <= first < one.last)
        return all(token.kind == "mark" for token in self._tokens[sentence.first : first])

    def _says(self, at: int) -> str:
        """Return what a token says in a line of targets."""
        token, words = self._tokens[at], _words()
        mention = self._of_mention.get(at)
        if mention is not None:
            return _OTHER if mention.is_body or mention.is_excluded else _FILLER
        if token.text[0] in _ARROWS:
            return _MOVE
        if token.kind in {"mark", "emoji"}:
            return _FILLER
        is_count = self._is_count(at)
        if is_count is not None:
            return _COUNT if is_count else _OTHER
        kinds = (
            (words.calls, _CALL),
            (words.course, _COURSE),
            (words.moves, _MOVE),
            (words.more, _MORE),
            (words.rest | words.tail, _FILLER),
        )
        return next((says for listed, says in kinds if token.key in listed), _OTHER)

    def _is_listed(self, first: int, last: int) -> bool:
        """Whether a stretch is a place and its count: "Brovary 2", "2 Brovary"."""
        words = _words()
        while last > first and self._tokens[last - 1].key in words.tail:
            last -= 1
        ends = (first, last - 1)
        return any(
            self._of_mention.get(one) is not None and self._is_count(other) is True
            for one, other in (ends, ends[::-1])
        )

    def _is_count(self, at: int) -> bool | None:
        """Return whether a token is part of a count of what flies; None for no number."""
        token = self._tokens[at]
        for number in self._found.numbers:
            end = max(number.end, number.unit_end)
            if number.start <= token.start < end:
                return number.role == "count" and number.unit in _FLYING
        return False if token.kind == "number" else None
