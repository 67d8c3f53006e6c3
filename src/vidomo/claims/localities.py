"""Says which of the places named near a cue its statement is about."""

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from vidomo.claims.carrying import Carried, narrowed
from vidomo.claims.clear_places import within_reach
from vidomo.claims.document import Document, Segment, token_at
from vidomo.claims.findings import Findings
from vidomo.claims.groups import Group
from vidomo.claims.hits import CueHit, MentionHit, TriggerHit
from vidomo.claims.launches import flown_to
from vidomo.claims.listing import (
    in_own_part,
    with_whole_list,
    without_actors,
    without_aggressor,
    without_examples,
    without_locators,
)
from vidomo.claims.mentions_words import words
from vidomo.claims.model import PlaceRef, Role

# What ends something must not spill over to places that a longer chunk speaks of.
_ENDS = (".end", "_end", ".restored", ".out")
_LIST_WORDS = 2
_DAMAGE = "impact.damage"
_CLEAR, _HARM = "alert.end", "harm."
_WHOLE = frozenset({"UA"})
_ABROAD = {"RU"}
# What is where it is: it comes from nowhere.
_STAYING = ("impact.", "harm.", "power.", "response.", "help.")
# Marks between a name and what is said of it.
_OPENS = frozenset({":", "\u2013", "-"})
_DASHES = frozenset({"\u2013", "\u2014", "-"})
_BEFORE_DASH = 4
_EVACUATION, _TRANSPORT = "response.evacuation", "service.transport."
# Letters of a code that name its oblast.
_OBLAST = 4
_WIDEST = frozenset({"oblast", "country"})
_SPOTS = frozenset({"settlement", "city_district", "town"})


def usable(
    doc: Document,
    mentions: Sequence[MentionHit],
    cues: Sequence[CueHit],
    triggers: Sequence[TriggerHit],
) -> tuple[MentionHit, ...]:
    """Return the mentions that can be where something is.

    No bodies, exceptions, qualifiers of a name that is kept; no word of a cue ("Fire was put out"
    names no village; "a missile from Crimea" names Crimea), and no country that only attacked.
    """
    actors = [hit for hit in triggers if hit.effect == "actor"]
    taken = {doc.tokens[token].start for cue in cues for token in cue.tokens}
    treated = _treated(doc, mentions, cues)
    return tuple(
        mention
        for mention in mentions
        if not any(hit.start <= mention.start < hit.end for hit in actors)
        and (mention.start not in taken or mention.kind in _WIDEST)
        and mention.start not in treated
        and not (mention.is_body or mention.is_excluded)
        and not (mention.is_qualifier and _locates(mention, mentions, taken))
        and mention.role != Role.SOURCE
    )


def _treated(
    doc: Document, mentions: Sequence[MentionHit], cues: Sequence[CueHit]
) -> frozenset[int]:
    """Return where places begin in which the wounded are only treated: "to a hospital in Kyiv".

    Not where the hospital itself was hit, closed or is repaired.
    """
    known, found, reached = words(), set[int](), -1
    if not mentions or not any(cue.topic.startswith(_HARM) for cue in cues):
        return frozenset()
    for mention in mentions:
        clause = _clause_at(doc, mention.start)
        sentence = doc.sentences[clause.sentence]
        at = token_at(doc, mention.start) - 1
        is_listed = at >= 0 and reached == at - 1 and doc.tokens[at].key in known.join
        while at >= sentence.first and (
            doc.tokens[at].key in known.linking or doc.tokens[at].text == "."
        ):
            at -= 1
        is_treated = at >= sentence.first and known.treating.has(doc.tokens[at].key)
        if not (is_listed or is_treated) or mention.kind not in _SPOTS:
            continue
        here = [cue.topic for cue in cues if clause.start <= cue.start < clause.end]
        told = [cue.topic for cue in cues if sentence.start <= cue.start < sentence.end]
        if any(topic.startswith(_HARM) for topic in told) and all(
            topic.startswith(_HARM) for topic in here
        ):
            found.add(mention.start)
            reached = token_at(doc, mention.end - 1)
    return frozenset(found)


def _clause_at(doc: Document, offset: int) -> Segment:
    return doc.clauses[max(bisect_right(doc.clauses, offset, key=_opens_at) - 1, 0)]


def _opens_at(segment: Segment) -> int:
    return segment.start


def residents_of(found: Findings, sentence: Segment, carried: Carried) -> list[MentionHit]:
    """Return where the people of a sentence are from, as where it happened to them.

    Only for a sentence that names no other place: "a resident of Izium was wounded"; so too
    those who govern a place: "the authorities of Kherson oblast told of a strike", but not where
    the sentence before was about a place of that oblast.
    """
    oblasts = {code[:_OBLAST] for place in carried.places for code in place.candidates}
    return [
        msgspec.structs.replace(mention, role=Role.AFFECTED.value, is_body=False)
        for mention in found.mentions
        if sentence.start <= mention.start < sentence.end
        and not (mention.is_excluded or mention.is_qualifier)
        and (_is_home(mention) or _is_governed(found.doc, mention, oblasts))
    ]


def _is_home(mention: MentionHit) -> bool:
    return mention.role == Role.SOURCE and not mention.is_body and mention.kind in _SPOTS


def _is_governed(doc: Document, mention: MentionHit, told: set[str]) -> bool:
    before = token_at(doc, mention.start) - 1
    if not mention.is_body or before < 0 or doc.tokens[before].key not in words().governs:
        return False
    return told.isdisjoint(code[:_OBLAST] for code in mention.candidates) and not (
        _WHOLE.intersection(mention.candidates)
    )


def is_of_place(found: Findings, cue: CueHit) -> bool:
    """Whether what came to harm is a place: "Kharkiv and Odesa suffered" hurts nobody."""
    following = cue.tokens[-1] + 1
    if len(cue.tokens) != 1 or following >= len(found.doc.tokens):
        return False
    start = found.doc.tokens[following].start
    return any(m.start == start and m.kind in _SPOTS and not m.is_body for m in found.mentions)


def is_of_things(found: Findings, cue: CueHit) -> bool:
    """Whether only things are said to be unharmed: "no building in the town has suffered"."""
    if not cue.polarity:
        return False
    says_no = bool(found.has_effect("nay", cue.start, cue.start + 1))
    return any(
        other.topic == _DAMAGE
        and other.polarity == cue.polarity
        and (other.start == cue.start or (says_no and other.start < cue.start))
        and other.end == cue.end
        and not found.has_effect(
            "person", found.chunks.all[found.chunks.at(other.start)].start, cue.end
        )
        for other in found.cues
    )


def _locates(wide: MentionHit, mentions: Sequence[MentionHit], taken: set[int]) -> bool:
    """Whether a wider unit locates a name that is still there.

    "Fire in the oblast": where the word before it was no village after all, it stands alone.
    """
    inside = set(wide.candidates)
    return any(
        not inside.isdisjoint(mention.qualifiers) and mention.start not in taken
        for mention in mentions
    )


def _in_list(
    found: Findings, cue: CueHit, mention: MentionHit, inside: Sequence[MentionHit]
) -> bool:
    """Whether a place stands in the cue's own stretch, or in a mere list after it.

    "All clear in A, B and C" ends three alerts; "all clear in A, B five minutes more" one.
    """
    here = found.chunks.at(mention.start)
    if here <= found.chunks.at(max(cue.end - 1, cue.start)):
        return True
    chunk = found.chunks.all[here]
    named = [m for m in inside if chunk.start <= m.start < chunk.end]
    told = [
        token.key
        for token in found.doc.tokens[chunk.first : chunk.last]
        if token.kind in {"word", "number"}
        and not any(m.start <= token.start < m.end for m in named)
    ]
    if cue.topic == _CLEAR and not words().linking.union(words().join).issuperset(told):
        return False  # "A all clear, B yellow"
    return len(told) <= _LIST_WORDS


def _heads_next(doc: Document, cue: CueHit | None, mention: MentionHit) -> bool:
    """Whether a name after a cue opens the next statement: "A: all clear, B: alert goes on"."""
    if cue is not None and mention.start < cue.end:
        return False
    following = token_at(doc, mention.end - 1) + 1
    return following < len(doc.tokens) and doc.tokens[following].text in _OPENS


def places_of(
    found: Findings,
    cue: CueHit,
    groups: Sequence[Group],
    mentions: Sequence[MentionHit],
    carried: Carried,
) -> tuple[MentionHit, ...]:
    """Return the mentions that a claim is about.

    Those of its own group; else of the nearest group before it in the sentence, then after
    it; else what the sentence before was about. Where a list told of it, those of the list.
    Launch areas stay with their role and never count as the place itself.
    """
    if cue.at:
        return tuple(m for m in found.mentions if m.start in cue.at)
    own = next((number for number, group in enumerate(groups) if cue in group.cues), 0)
    if cue.topic == _CLEAR:
        mentions, before = within_reach(found, cue, groups, mentions, carried.places)
        carried = Carried(narrowed(before))
    mentions = without_aggressor(found.doc, cue, mentions)
    if not mentions:
        is_of_the_rest = _is_of_the_rest(found.doc, groups[own])
        return () if is_of_the_rest else _carried_to(cue, carried)
    led = [
        m
        for m in mentions
        if found.chunks.at(m.start) + 1 == groups[own].chunks[0] and _leads_on(found, m)
    ]
    if led and cue.topic != _CLEAR and not any(groups[own].holds(m.start) for m in mentions):
        return narrowed(with_whole_list(found, cue, led, mentions))
    order = [own, *range(own - 1, -1, -1), *range(own + 1, len(groups))]
    origins: list[MentionHit] = []
    for number in order:
        inside = _inside(found, cue, groups[number], mentions, is_own=number == own)
        affected = [m for m in inside if m.role != Role.ORIGIN and (number <= own or m.candidates)]
        if number == own:
            origins = [m for m in inside if m.role == Role.ORIGIN and _comes(found.doc, cue, m)]
            affected = in_own_part(cue, groups[own], affected)
        if affected:
            affected = with_whole_list(found, cue, affected, mentions)
            passed = _passed(cue, affected)
            affected = [m for m in affected if m not in passed] or affected
            return (*_told_of(found.doc, affected, cue), *passed, *origins)
        if number == own and _is_of_the_rest(found.doc, groups[own]):
            return tuple(origins)
    if origins and cue.topic.startswith("threat."):
        return (*flown_to(found, cue, carried.places, origins), *origins)
    return (*_carried_to(cue, carried), *origins)


def _passed(cue: CueHit, mentions: Sequence[MentionHit]) -> list[MentionHit]:
    """Return what a danger only flies by: "past A to B" is about both."""
    if not cue.topic.startswith("threat.") or cue.polarity:
        return []
    near = [m for m in mentions if m.role == Role.NEAR]
    return near if len(near) < len(mentions) else []


def _comes(doc: Document, cue: CueHit, mention: MentionHit) -> bool:
    """Whether what a cue tells of can come from a place: a strike from Russia, no outage.

    "Troops of Russia struck", "terrorists from Russia struck" tell who acted, not from where.
    """
    if set(mention.candidates) != _ABROAD:
        return True
    if cue.topic.startswith("event.") and mention.kind == "country":
        at = token_at(doc, mention.start)
        return doc.tokens[at - 1].key not in words().away
    return not cue.topic.startswith(_STAYING)


def _inside(
    found: Findings,
    cue: CueHit,
    group: Group,
    mentions: Sequence[MentionHit],
    *,
    is_own: bool,
) -> list[MentionHit]:
    """Return the places of a stretch, without those that open a statement of their own."""
    inside = [m for m in mentions if group.holds(m.start)]
    if cue.topic.endswith(_ENDS):
        inside = [m for m in inside if not _heads_next(found.doc, cue, m)]
        return [m for m in inside if not is_own or _in_list(found, cue, m, inside)]
    # "A roof burned in A, in B - a school was damaged": B is where the school is.
    here = found.chunks.at(cue.start)
    rest = [m for m in inside if found.chunks.at(m.start) <= here or not _leads_on(found, m)]
    return rest or inside


def _leads_on(found: Findings, mention: MentionHit) -> bool:
    """Whether a dash leads from a name to a statement of its own."""
    here = found.chunks.at(mention.start) + 1
    if not _heads_next(found.doc, None, mention) or here >= len(found.chunks.all):
        return False
    following = found.chunks.all[here]
    if any(m.start == following.start for m in found.mentions):
        return False  # a line: "Kyiv - Lviv"
    return any(following.start <= cue.start < following.end for cue in found.cues)


def _told_of(doc: Document, mentions: Sequence[MentionHit], cue: CueHit) -> tuple[MentionHit, ...]:
    """Return what of several places a statement is about; "the oblast" more than examples in it.

    So are people counted in an oblast: "20 hurt in X oblast, including four in the city of Y".
    """
    mentions = without_locators(doc, without_actors(doc, mentions))
    is_of_people = cue.topic.startswith("harm.")
    more = without_examples(doc, mentions, is_counted=is_of_people)
    if len(more) < len(mentions) and any(
        m.kind == "oblast" and (is_of_people or not m.candidates) for m in more
    ):
        return narrowed(more)
    return narrowed(mentions)


def _is_of_the_rest(doc: Document, group: Group) -> bool:
    """Whether a stretch speaks of all places but those named: "in the others, schedules hold"."""
    known = words()
    first, last = token_at(doc, group.start), token_at(doc, group.end - 1)
    if first and doc.tokens[first - 1].text in _DASHES:  # "in all the others - by schedule"
        first = max(first - _BEFORE_DASH, doc.sentences[group.sentence].first)
    return any(
        doc.tokens[at].key in known.others
        and any(one.key in known.support for one in doc.tokens[max(at - 2, first) : at])
        for at in range(first, last + 1)
    )


def _carried_to(cue: CueHit, carried: Carried) -> tuple[MentionHit, ...]:
    """Return what goes on to a sentence without a place: where drones fly to only for threats."""
    mentions = carried.places
    if cue.topic.startswith("threat."):
        return mentions
    if cue.topic.startswith(("advice.", "event.air_defence")):  # where the danger flies to
        return tuple(
            msgspec.structs.replace(m, role=Role.AFFECTED.value) if m.role == Role.HEADING else m
            for m in mentions
        )
    if carried.staying and not cue.topic.startswith((_EVACUATION, _TRANSPORT)):
        mentions = carried.staying
    return tuple(m for m in mentions if m.role != Role.HEADING)


def place_ref(doc: Document, mention: MentionHit) -> PlaceRef:
    """Return a mention as the place of a claim, not yet decided."""
    start, end = doc.original_span(mention.start, mention.end)
    return PlaceRef(
        code=None,
        level="" if mention.candidates else mention.kind,
        surface=doc.original[start:end],
        role=Role(mention.role),
        confidence=0.0,
        candidates=mention.candidates,
        start=start,
        end=end,
    )
