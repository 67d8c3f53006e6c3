"""Reads lists of places with what their alarm does: "A, B: all clear. C must wait".

Places and words stand in any order and in any register; a statement holds for the places of its
own stretch or list only. Stretches that say anything else are left to the other rules.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from vidomo.claims.alarm_board import Board, Told
from vidomo.claims.alarm_words import (
    ENDED,
    EVERYWHERE,
    HARD,
    ON,
    PLACE,
    Item,
    Stretch,
    stretches_of,
)
from vidomo.claims.clear_places import is_called_false, is_for_some
from vidomo.claims.cues import BLOCKED
from vidomo.claims.document import Segment
from vidomo.claims.findings import Findings
from vidomo.claims.hits import CueHit, MentionHit
from vidomo.claims.lexicon import lexicon
from vidomo.claims.model import Kind, Polarity
from vidomo.claims.plainly import is_hearsay

_START, _END, _DANGER = "alert.start", "alert.end", "threat."
_TOPICS = {ENDED: _END, ON: _START}
#: ``CueHit.at`` of a statement that names no place of its own, and takes none from elsewhere.
NOWHERE = (-1,)
#: Kind of a mention that stands for all there is: "all clear everywhere".
EVERYWHERE_KIND = "everywhere"
_ALL = ("UA",)
_COUNTRY = ".country"
# "Off" and "on" say something of an alarm beside another word of one only.
_WEAK = ".off"
_ENOUGH_SIGNS = 2
# What a sentence says of an end beside its list that makes it no end.
_DOUBTS = frozenset({"denied", "quoted", "question", "condition", "forecast", "possible"})


def read_alarms(found: Findings) -> None:
    """Put what lists say of alarms in place of what single words say there."""
    stretches = stretches_of(found.doc, found.mentions)
    if not stretches:
        return
    legend = _legend(stretches)
    told = Board(stretches, legend).read()
    talk = _Talk(found, stretches)
    told = [one for one in told if not talk.is_of(one)]
    told = _without_bare_signs(told, stretches)
    told = [_of_named(found, one, told) for one in told]
    if not told and not legend:
        return
    taken = {
        at for one in told for item in (one.by, *one.places) for at in range(item.first, item.last)
    }
    taken |= legend | _heads_of(told, stretches)
    kept = [cue for cue in found.cues if not (_is_plain(cue) and not taken.isdisjoint(cue.tokens))]
    mentions = [*_freed(found.mentions, told), *_everywhere(found, told)]
    found.mentions = tuple(sorted(mentions, key=lambda one: (one.start, one.end)))
    found.cues = tuple(
        sorted((*kept, *_cues(found, told)), key=lambda cue: (cue.start, cue.end, cue.rule))
    )


def _is_plain(cue: CueHit) -> bool:
    return cue.topic in {_START, _END} and cue.kind in {"", Kind.REPORT.value} and not cue.polarity


def _legend(stretches: Sequence[Stretch]) -> set[int]:
    """Return the tokens of lines that explain the colours of a map and name no place."""
    tokens: set[int] = set()
    beside: list[tuple[set[str], set[int]]] = []
    for line in _sentences(stretches):
        items = [item for one in line for item in one.items]
        signs = {item.says for item in items if item.is_sign}
        at = {number for one in line for number in range(one.first, one.last)}
        if line[0].before == HARD:
            beside = []
        if not signs or any(item.says == PLACE for item in items) or any(o.has_time for o in line):
            beside = []
            continue
        beside.append((signs, at))
        if {ENDED, ON} <= {says for one, _ in beside for says in one}:
            tokens |= {number for _, numbers in beside for number in numbers}
    return tokens


def _sentences(stretches: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    now: list[Stretch] = []
    for one in stretches:
        if one.before >= HARD and now:
            yield now
            now = []
        now.append(one)
    if now:
        yield now


class _Talk:
    """Tells where words elsewhere say that an end is denied, expected or only talked about.

    A clause is looked through once, however many places it names.
    """

    def __init__(self, found: Findings, stretches: Sequence[Stretch]) -> None:
        self._found = found
        self._ours = {at for s in stretches if s.is_clean for at in range(s.first, s.last)}
        self._starts = {found.doc.tokens[at].start for at in self._ours}
        self._clauses: dict[int, tuple[bool, list[frozenset[int]]]] = {}

    def is_of(self, told: Told) -> bool:
        """Whether what is told is only talked about."""
        if told.says != ENDED:
            return False
        start = self._found.doc.tokens[told.by.first].start
        number = self._found.chunks.clause_at(start)
        if number not in self._clauses:
            self._clauses[number] = self._looked_through(number, start)
        is_doubted, others = self._clauses[number]
        by = set(range(told.by.first, told.by.last))
        return is_doubted or any(not by.isdisjoint(hit) for hit in others)

    def _looked_through(self, number: int, start: int) -> tuple[bool, list[frozenset[int]]]:
        """Return whether a clause is doubted, and what words of it only talk of an end."""
        found = self._found
        is_doubted = (
            is_for_some(found, start)
            or is_called_false(found, start)
            or is_hearsay(found.doc, _sentence_at(found, start))
            or _is_doubted(found, start, self._starts)
        )
        others = []
        for entry, hit in lexicon("cues").matches(found.doc, found.doc.clauses[number]):
            fields = entry.fields
            is_other = (
                fields["topic"] == BLOCKED
                or (fields["topic"] == _END and (fields.get("kind") or fields.get("polarity")))
                or (fields["topic"].startswith(_DANGER) and fields.get("polarity"))
            )
            if is_other and not self._ours.issuperset(hit):
                others.append(frozenset(hit))
        return is_doubted, others


def _is_doubted(found: Findings, start: int, ours: set[int]) -> bool:
    """Whether other words of the sentence say that what it tells is not so, or not yet."""
    sentence = _sentence_at(found, start)
    return any(
        sentence.start <= hit.start < sentence.end
        and hit.start not in ours
        and (hit.effect in _DOUBTS or hit.effect.startswith("unknown."))
        for hit in found.triggers
    )


def _sentence_at(found: Findings, start: int) -> Segment:
    return found.doc.sentences[found.chunks.all[found.chunks.at(start)].sentence]


def _without_bare_signs(told: list[Told], stretches: Sequence[Stretch]) -> list[Told]:
    """Leave out coloured signs that only decorate: a red circle opens many a line of news."""
    items = [item for one in stretches for item in one.items]
    if any(item.says in _TOPICS and not item.is_sign for item in items):
        return told
    lists = [one for one in told if one.by.is_sign and not one.by.rule.endswith(_WEAK)]
    told = [one for one in told if not one.by.rule.endswith(_WEAK)]
    has_end = any(one.says == ENDED for one in lists)
    is_all = all(one.is_clean for one in stretches if any(i.is_sign for i in one.items))
    if has_end and (len(lists) >= _ENOUGH_SIGNS or stretches[0].is_clean):
        return told
    if len(lists) >= _ENOUGH_SIGNS and is_all:
        return told
    return [one for one in told if not one.by.is_sign or _is_after_unit(one)]


def _is_after_unit(one: Told) -> bool:
    """Whether a sign that an alarm is on stands right after a raion or oblast so called."""
    last = one.places[-1] if one.places else None
    if last is None or last.mention is None or one.says != ON:
        return False
    return last.mention.typed and last.last == one.by.first


def _heads_of(told: Sequence[Told], stretches: Sequence[Stretch]) -> set[int]:
    """Return the tokens of bare words right before a list that says the same again."""
    heads: set[int] = set()
    for one, following in pairwise(stretches):
        says = {item.says for item in one.items}
        if not one.is_clean or len(says) != 1 or not says <= set(_TOPICS):
            continue
        if any(
            following.first <= other.by.first < following.last and {other.says} == says
            for other in told
        ):
            heads.update(range(one.first, one.last))
    return heads


def _freed(mentions: Sequence[MentionHit], told: Sequence[Told]) -> tuple[MentionHit, ...]:
    """Return the mentions as the lists tell them.

    "All clear in A, except B": B stays taken out of A's statement, and has one of its own. A
    wider unit that only says where another one lies stands for itself where it is told alone.
    """
    of = {
        item.mention.start: one for one in told for item in one.places if item.mention is not None
    }
    made = []
    for mention in mentions:
        if (one := of.get(mention.start)) is None:
            made.append(mention)
            continue
        made.append(
            msgspec.structs.replace(
                mention,
                is_excluded=one.is_taken_out,
                is_qualifier=mention.is_qualifier and len(one.places) > 1,
            )
        )
    return tuple(made)


def _of_named(found: Findings, one: Told, told: Sequence[Told]) -> Told:
    """Return what is told of everywhere as told of what its sentence, or a heading, names.

    "Sumy oblast: all clear everywhere" and "General all-clear in Sumy oblast" are of the oblast.
    """
    everywhere = [item for item in one.places if item.says == EVERYWHERE]
    if not everywhere or any(item.rule.endswith(_COUNTRY) for item in everywhere):
        return one
    own = [item for item in one.places if item.says != EVERYWHERE]
    if own:
        return msgspec.structs.replace(one, places=own)
    sentences = found.doc.sentences
    here = found.chunks.all[found.chunks.at(found.doc.tokens[one.by.first].start)].sentence
    taken = {found.doc.tokens[item.first].start for other in told for item in other.places}
    for number in (here, here - 1):
        if number < 0 or (number < here and not _is_heading(found, sentences[number])):
            break
        line = sentences[number]
        named = [
            Item(says=PLACE, first=at, last=at + 1, mention=mention)
            for mention in found.mentions
            if not (mention.is_body or mention.is_excluded or mention.start in taken)
            and set(mention.candidates) != set(_ALL)
            and (at := _token_at(found, line, mention.start)) >= 0
        ]
        if named:
            return msgspec.structs.replace(one, places=named)
    return one


def _is_heading(found: Findings, line: Segment) -> bool:
    """Whether a sentence has nothing but places."""
    return all(
        token.kind != "word" or any(m.start <= token.start < m.end for m in found.mentions)
        for token in found.doc.tokens[line.first : line.last]
    )


def _token_at(found: Findings, line: Segment, offset: int) -> int:
    """Return the token of a sentence that begins at an offset, -1 for none."""
    tokens = found.doc.tokens
    return next((n for n in range(line.first, line.last) if tokens[n].start == offset), -1)


def _everywhere(found: Findings, told: Sequence[Told]) -> Iterator[MentionHit]:
    """Give a mention for each word that stands for all there is."""
    tokens = found.doc.tokens
    for one in told:
        for item in one.places:
            if item.says == EVERYWHERE:
                start, end = tokens[item.first].start, tokens[item.last - 1].end
                yield MentionHit(start=start, end=end, kind=EVERYWHERE_KIND, candidates=_ALL)


def _cues(found: Findings, told: Sequence[Told]) -> Iterator[CueHit]:
    tokens = found.doc.tokens
    for one in told:
        at = tuple(tokens[item.first].start for item in one.places)
        yield CueHit(
            start=tokens[one.by.first].start,
            end=tokens[one.by.last - 1].end,
            rule=one.by.rule,
            topic=_TOPICS[one.says],
            kind=Kind.REPORT.value if one.is_negated else "",
            polarity=Polarity.NEGATED.value if one.is_negated else "",
            tokens=tuple(range(one.by.first, one.by.last)),
            at=at or NOWHERE,
        )
