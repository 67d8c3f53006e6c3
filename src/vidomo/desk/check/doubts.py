"""Finds words of a draft that can be understood in more than one way."""

from collections.abc import Iterable

from vidomo.claims.model import Mention, Reading
from vidomo.desk.check.model import Doubt
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import FormKind, Level
from vidomo.gazetteer.names import fold
from vidomo.places.model import Decision, Explained
from vidomo.publish.words import Words

SHOWN = 6
"""Candidates that are told; a common name has dozens."""
COMMON = 30
"""Units of one name from which on the largest is not taken for granted; our own choice: the
reader takes the city of Mykolaivka for granted among 97, a resident of another one does not."""
WELL_KNOWN = 3.5
"""Points for size (places.score) from which on a city needs no raion beside it, about 80,000
people; our own choice."""
_SAME = 2


def doubts(
    reading: Reading, explained: Iterable[Explained], *, gazetteer: Gazetteer, words: Words
) -> tuple[Doubt, ...]:
    """Return what is ambiguous: namesakes, and names of more than one level.

    Args:
        reading: What was read in the draft.
        explained: How each place in it was decided.
        gazetteer: For names.
        words: The language to answer in.
    """
    used = {(ref.start, ref.end) for claim in reading.claims for ref in claim.places}
    found: dict[tuple[str, str], Doubt] = {}
    for one in explained:
        mention, decision = one.mention, one.decision
        if mention.is_body or mention.is_qualifier:
            continue
        # Where nothing at all was read, the name may still be the one that people look for.
        if used and (mention.start, mention.end) not in used:
            continue
        doubt = _namesake(mention, decision, gazetteer, words) or _level(mention, gazetteer, words)
        if doubt is not None:
            found.setdefault((doubt.kind, fold(doubt.words)), doubt)
    return tuple(found.values())


def _namesake(
    mention: Mention, decision: Decision, gazetteer: Gazetteer, words: Words
) -> Doubt | None:
    codes = [weighed.code for weighed in decision.ranked] or list(mention.candidates)
    if len(codes) < _SAME or (decision.code is not None and not _by_size_alone(mention, decision)):
        return None
    return _doubt("namesake", mention, codes, gazetteer, words)


def _by_size_alone(mention: Mention, decision: Decision) -> bool:
    """Return whether nothing but its size speaks for a place of a very common name."""
    best = decision.ranked[0] if decision.ranked else None
    return (
        best is not None
        and best.context <= 0
        and len(mention.candidates) >= COMMON
        and best.part("prior") < WELL_KNOWN
    )


def _level(mention: Mention, gazetteer: Gazetteer, words: Words) -> Doubt | None:
    """Return a doubt for a name like "Iziumshchyna": the raion, the community, the land around."""
    if mention.typed:
        return None
    forms = gazetteer.forms(fold(mention.surface))
    regions = [form.code for form in forms if form.kind is FormKind.REGION]
    units = [unit for code in regions if (unit := gazetteer.get(code)) is not None]
    if not units or any(unit.level not in {Level.RAION, Level.HROMADA} for unit in units):
        return None
    codes = list(dict.fromkeys(unit.code for unit in units))
    for unit in units:
        codes += [
            code
            for code in (unit.seat, *gazetteer.children(unit.code))
            if code
            and code not in codes
            and (other := gazetteer.get(code)) is not None
            and (code == unit.seat or other.name.split()[0] == unit.name.split()[0])
        ]
    return _doubt("level", mention, codes, gazetteer, words)


def _doubt(
    kind: str, mention: Mention, codes: list[str], gazetteer: Gazetteer, words: Words
) -> Doubt:
    known = [code for code in codes if gazetteer.get(code) is not None]
    candidates = tuple(
        (code, gazetteer.label(code, lang=words.lang, full=True)) for code in known[:SHOWN]
    )
    return Doubt(
        kind=kind,
        words=mention.surface,
        text=words(f"doubt.{kind}"),
        start=mention.start,
        end=mention.end,
        candidates=candidates,
        more=max(0, len(known) - SHOWN),
        proposal=candidates[0][1] if candidates else "",
    )
