"""Tells the shares of a count by place: "22 drones: ten over A, seven over B"."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from operator import attrgetter

import msgspec

from vidomo.claims.attach import COUNTED_AS
from vidomo.claims.claiming import Draft
from vidomo.claims.conjunctions import AND
from vidomo.claims.directions import moved
from vidomo.claims.document import Segment, Token
from vidomo.claims.findings import Findings
from vidomo.claims.groups import Group
from vidomo.claims.hits import CueHit, MentionHit, NumberHit
from vidomo.claims.model import Kind, Number, Polarity
from vidomo.claims.numerals import NumberWords, number_words
from vidomo.claims.people import PEOPLE
from vidomo.claims.topics import topics

# Topics whose counts are told place by place.
_SPREAD = ("event.", "impact.", "harm.", "response.evacuation", "help.point")
_HARM = "harm."
_AREAS = frozenset({"oblasts", "districts", "hromadas", "settlements", "city_districts"})
_START = attrgetter("start")
_PAUSES = frozenset({"\u2013", "\u2014", "-"})
_COMMA = ","
_PIECES = "pieces"
# "Four - over the territory of Kursk oblast": words between a count and its place.
_LINK_WORDS = 5
# "Over Kursk, Bryansk and also Smolensk oblasts": words between two places of one share.
_GAP_WORDS = 2


def shares_by_place(
    found: Findings,
    whole: Draft,
    group: Group,
    places: Sequence[MentionHit],
    *,
    taken: Sequence[NumberHit],
) -> list[Draft]:
    """Return the shares of a count by place, each with the places that stand right after it.

    They follow the count in its own stretch, or open the sentences after it that state
    nothing else ("Downed: 110. 43 over A, 27 over B.").

    Args:
        found: What was found in the text.
        whole: The statement with the whole count.
        group: The stretch that it stands in.
        places: All usable mentions of the text.
        taken: The numbers that belong to some statement already; a count of the same things
            among them has the shares after it.
    """
    if not whole.cue.topic.startswith(_SPREAD) or whole.verdict.polarity is not Polarity.AFFIRMED:
        return []
    if whole.hit is None and whole.number is None and whole.cue.topic.startswith(_HARM):
        return _shares_alone(found, whole, group, places, taken=taken)
    owners = {hit.start for hit in taken}
    if whole.hit is None and whole.verdict.kind is not Kind.UNKNOWN:
        _open(found, whole, places, owners)
    if whole.hit is None or whole.number is None:
        return []
    first = whole.hit
    owned = [hit.start for hit in taken if hit.start > first.start and _may_share(hit, first)]
    end = min([_reach(found, whole, group), *owned])
    sentence = found.doc.sentences[group.sentence]
    counts = [
        hit
        for hit in found.numbers
        if (first.start < hit.start < end or _leads_up(hit, first, sentence, owners))
        and hit.role == "count"
        and _may_share(hit, first)
    ]
    made = []
    for number, hit in enumerate(counts):
        until = counts[number + 1].start if number + 1 < len(counts) else end
        if _is_of_them(found, bisect_left(found.doc.tokens, hit.end, key=_START)) or any(
            place.start - hit.end == 1 for place in places
        ):
            continue  # "over four Russian regions": it counts the places
        inside = _places_beside(found, hit, places, until=min(until, end))
        if inside is None and _is_told_alike(found, hit, end):
            inside = whole.places
        if inside is None:
            continue
        inside = moved(found, whole.cue, inside)
        share = msgspec.structs.replace(whole.number, min=hit.min, max=hit.max, mode=hit.mode)
        made.append(
            msgspec.structs.replace(
                whole, number=share, hit=hit, places=inside, is_part=True, is_share=True
            )
        )
    return made


def _leads_up(hit: NumberHit, first: NumberHit, sentence: Segment, owners: Collection[int]) -> bool:
    """Whether a bare count leads up to the first with a verb: "Six over A, two over B were downed"."""
    return sentence.start <= hit.start < first.start and not hit.unit and hit.start not in owners


def _open(
    found: Findings, whole: Draft, places: Sequence[MentionHit], owners: Collection[int]
) -> None:
    """Give a heading without a count that of the first place below it: "No power: A - 12, B - 5"."""
    sentence = found.doc.sentences[whole.group.sentence]
    counts = [hit for hit in found.numbers if whole.cue.end <= hit.start < sentence.end]
    if len(counts) < 2 or counts[0].role != "count" or counts[0].start in owners:  # noqa: PLR2004
        return
    first = counts[0]
    inside = _place_before(found, first, places)
    if not inside or found.doc.text[whole.cue.end : inside[0].start].strip() != ":":
        return
    unit = COUNTED_AS.get(first.unit, first.unit) or whole.cue.unit
    if unit in topics()[whole.cue.topic].units:
        whole.hit, whole.places = first, inside
        whole.number = Number(min=first.min, max=first.max, mode=first.mode, unit=unit)


def _is_of_them(found: Findings, at: int) -> bool:
    """Whether "of them" stands at a token: "12 of them round the clock" is no place's share."""
    known = number_words()
    beside = [token.key for token in found.doc.tokens[max(at, 0) : at + 2]]
    return len(beside) > 1 and beside[0] in known.small["of"] and beside[1] in known.small["them"]


def _shares_alone(
    found: Findings,
    whole: Draft,
    group: Group,
    places: Sequence[MentionHit],
    *,
    taken: Sequence[NumberHit],
) -> list[Draft]:
    """Return the counts of a list that has no total: "most children hurt: A - 455, B - 275"."""
    if whole.verdict.kind is Kind.UNKNOWN:
        return []
    owned = {hit.start for hit in taken}
    made = []
    for hit in found.numbers:
        is_free = group.holds(hit.start) and hit.role == "count" and hit.start not in owned
        inside = _place_before(found, hit, places) if is_free and _is_bare(hit) else None
        if inside:
            number = Number(min=hit.min, max=hit.max, mode=hit.mode, unit=_counted(found, group))
            made.append(
                msgspec.structs.replace(
                    whole, number=number, hit=hit, places=inside, is_part=True, is_share=True
                )
            )
    return made if len(made) > 1 else []


def _counted(found: Findings, group: Group) -> str:
    """Return what a list counts: children, where its stretch names them."""
    units, doc = number_words().units, found.doc
    at = bisect_left(doc.tokens, group.start, key=_START)
    end = bisect_left(doc.tokens, group.end, key=_START)
    named = (units.at(doc.tokens, index, end) for index in range(at, end))
    is_child = any(noun is not None and noun.entry["unit"] == "children" for noun in named)
    return "children" if is_child else "persons"


def _is_bare(hit: NumberHit) -> bool:
    """Whether a count has no noun but that of the place before it: "Izium district - 3"."""
    is_named_before = hit.unit in _AREAS and hit.unit_start < hit.start
    return hit.unit in {"", _PIECES} or is_named_before


def _may_share(part: NumberHit, whole: NumberHit) -> bool:
    return part.unit == whole.unit or _is_bare(part)


def _is_told_alike(found: Findings, hit: NumberHit, end: int) -> bool:
    """Whether a count tells more of the same: "in the oblast 20 villages are dark, 8 - partly"."""
    at = bisect_left(found.doc.tokens, max(hit.end, hit.unit_end), key=_START)
    if _is_of_them(found, bisect_left(found.doc.tokens, hit.start, key=_START) - 2):
        return False
    beside = found.doc.tokens[at : at + 2]
    return bool(hit.unit) and len(beside) > 1 and beside[0].text in _PAUSES and beside[1].end <= end


def _reach(found: Findings, whole: Draft, group: Group) -> int:
    """Return where the shares of a count end: at the next statement about something else."""
    sentence = found.doc.sentences[group.sentence]
    others = [
        cue.start
        for cue in found.cues
        if whole.cue.end < cue.start < sentence.end and cue.topic != whole.cue.topic
    ]
    if others:
        return min(others)
    end = sentence.end
    for following in found.doc.sentences[group.sentence + 1 :]:
        if not _is_line(found, following) or _any_cue(found.cues, following.start, following.end):
            break
        end = following.end
    return end


def _is_line(found: Findings, sentence: Segment) -> bool:
    """Whether a sentence opens with a count, a place or "over" a place, and holds a count."""
    words = [t for t in found.doc.tokens[sentence.first : sentence.last] if t.kind != "mark"]
    if not words:
        return False
    opens = words[0].start
    if len(words) > 1 and words[0].key in number_words().small["lies_over"]:
        opens = words[1].start
    counts = [hit for hit in found.numbers if sentence.start <= hit.start < sentence.end]
    return any(hit.role == "count" for hit in counts) and (
        any(hit.start == opens for hit in counts)
        or any(place.start == opens for place in found.mentions)
    )


def _any_cue(cues: Sequence[CueHit], start: int, end: int) -> bool:
    return any(start <= cue.start < end for cue in cues)


def _place_before(
    found: Findings, hit: NumberHit, places: Sequence[MentionHit]
) -> tuple[MentionHit, ...] | None:
    """Return the places of "Sumy oblast: 20 drones" and "over A, B and C - three each".

    They stand at the beginning of a line, after a mark, after "and" or after "over".
    """
    tokens, known = found.doc.tokens, number_words()
    at = bisect_left(tokens, hit.start, key=_START) - 1
    if at >= 0 and tokens[at].key in known.small["one_each"]:
        at -= 1
    if at < 0:
        return None
    if at and tokens[at].text in {*_PAUSES, ":"}:
        at -= 1
    end = tokens[at].end
    listed: list[MentionHit] = []
    for place in reversed(places):
        if place.end > end or not place.candidates:
            continue
        if not listed and place.end != end:
            return None
        if listed and not _is_joined(tokens, known, place.end, listed[0].start):
            break
        listed.insert(0, place)
    if not listed:
        return None
    before = bisect_left(tokens, listed[0].start, key=_START) - 1
    opens = before < 0 or any(sentence.first == before + 1 for sentence in found.doc.sentences)
    leads = (
        opens
        or tokens[before].kind == "mark"
        or tokens[before].key in {*known.small["one_over"], *AND}
    )
    return tuple(listed) if leads else None


def _places_beside(
    found: Findings, hit: NumberHit, places: Sequence[MentionHit], *, until: int
) -> tuple[MentionHit, ...] | None:
    """Return the places before or after a count; people "in wheelchairs" are no share of any."""
    inside = _place_before(found, hit, places)
    if inside is None:
        inside = _places_after(found, hit, places, until=until)
    return None if inside == () and hit.unit in PEOPLE else inside


def _places_after(
    found: Findings, hit: NumberHit, places: Sequence[MentionHit], *, until: int
) -> tuple[MentionHit, ...] | None:
    """Return the places right after a count; None where none follows, () over a sea."""
    tokens, known = found.doc.tokens, number_words()
    at = bisect_left(tokens, max(hit.end, hit.unit_end), key=_START)
    is_linked = False
    for token in tokens[at : at + _LINK_WORDS]:
        if token.start >= until:
            return None
        if any(place.start == token.start for place in places):
            return _listed(tokens, token.start, places, until)
        if token.key in known.small["share_seas"]:
            return ()
        if token.key in known.small["share_links"]:
            is_linked = True
        elif token.key in known.small["share_from"]:
            continue
        elif token.text not in _PAUSES:
            # "Two drones over the sea and one drone near a park": a place without a name.
            return () if hit.unit and is_linked else None
    return None


def _listed(
    tokens: Sequence[Token], start: int, places: Sequence[MentionHit], until: int
) -> tuple[MentionHit, ...]:
    """Return a place and those that a mere list joins to it."""
    known = number_words()
    listed: list[MentionHit] = []
    for place in places:
        if place.start < start or place.start >= until or not place.candidates:
            continue
        if listed and not _is_joined(tokens, known, listed[-1].end, place.start):
            break
        listed.append(place)
    return tuple(listed)


def _is_joined(tokens: Sequence[Token], known: NumberWords, start: int, end: int) -> bool:
    between = tokens[bisect_left(tokens, start, key=_START) : bisect_left(tokens, end, key=_START)]
    words = [token for token in between if token.text != _COMMA]
    return len(words) <= _GAP_WORDS and all(
        token.key in AND or token.key in known.small["share_links"] for token in words
    )
