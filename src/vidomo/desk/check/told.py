"""Says in plain sentences what residents will understand, place by place."""

from collections.abc import Iterable

from vidomo.claims.model import Claim, Extent, Kind, Number, PlaceRef, Polarity, Role, SpeakerKind
from vidomo.desk.check.model import Statement, Told
from vidomo.desk.check.words import has
from vidomo.disclosure.model import FigureView
from vidomo.gazetteer import Gazetteer
from vidomo.publish.atlas import place_kind
from vidomo.publish.figures import figure_text
from vidomo.publish.words import Words, words_of

_ORDER = (
    "alert.",
    "threat.",
    "advice.shelter",
    "event.",
    "harm.",
    "impact.",
    "power.",
    "service.",
    "help.",
    "advice.",
    "response.",
)
"""What keeps people alive comes first, then what happened, then what to do about it."""
_PARTS = frozenset({Extent.PART, Extent.MOST, Extent.FEW})
_SHARES = frozenset({"customers", "households", "settlements", "share", "districts", "houses"})
_AHEAD = frozenset({Kind.FORECAST, Kind.PLAN})
_NOT_THERE = frozenset({Role.SOURCE, Role.ORIGIN})


def told(claims: Iterable[Claim], *, gazetteer: Gazetteer, words: Words) -> tuple[Told, ...]:
    """Return what is said of each place, the places in the order of the text.

    Args:
        claims: The claims of the draft.
        gazetteer: For names.
        words: The language to answer in.
    """
    names: dict[tuple[str | None, str], PlaceRef | None] = {}
    found: dict[tuple[str | None, str], list[Statement]] = {}
    for claim in claims:
        places: list[PlaceRef | None] = [ref for ref in claim.places if ref.role not in _NOT_THERE]
        for ref in places or [None]:
            key = (None, "") if ref is None else (ref.code, "" if ref.code else ref.surface)
            names.setdefault(key, ref)
            found.setdefault(key, []).append(statement(claim, words=words))
    return tuple(
        _told(names[key], tuple(dict.fromkeys(statements)), gazetteer=gazetteer, words=words)
        for key, statements in found.items()
    )


def statement(claim: Claim, *, words: Words) -> Statement:
    """Return one claim as a plain sentence."""
    said = _said(claim, words)
    if claim.queue:
        said = words("meant.queue", s=said, queue=", ".join(claim.queue))
    if claim.time.surface and claim.time.basis != "publication":
        said = words("meant.when", s=said, when=claim.time.surface.lower())
    if claim.speaker.kind is not SpeakerKind.SELF and claim.speaker.name:
        said = words("meant.by", s=said, who=" ".join(claim.speaker.name.split()))
    meant = "denied" if claim.polarity is Polarity.DENIED else claim.kind.value
    text = words(f"meant.{meant}", s=said)
    return Statement(
        text=text[:1].upper() + text[1:],
        topic=claim.topic,
        kind=claim.kind.value,
        polarity=claim.polarity.value,
        start=claim.start,
        end=claim.end,
        priority=priority(claim.topic),
    )


def priority(topic: str) -> int:
    """Return the place of a topic in the order of telling; the smaller the sooner."""
    matching = (number for number, prefix in enumerate(_ORDER) if topic.startswith(prefix))
    return next(matching, len(_ORDER))


def _said(claim: Claim, words: Words) -> str:
    topic, plain = claim.topic, words.label("say", claim.topic)
    if claim.kind is Kind.UNKNOWN:
        subject = claim.unknown.subject if claim.unknown else ""
        asked = topic.replace(".outage", ".restored") if subject == "restoration_time" else topic
        return words(f"open.{asked}") if has(words, "open", asked) else plain
    if claim.polarity is Polarity.NEGATED or (claim.number and claim.number.mode == "none"):
        if has(words, "negated", topic):
            return words(f"negated.{topic}")
        return words("negated.other", s=plain)
    if claim.number is not None and has(words, "number", topic):
        return words(f"number.{topic}", n=_amount(topic, claim.number, words))
    is_ahead = claim.kind in _AHEAD
    section = "part_ahead" if is_ahead else "part"
    if _is_of_part(claim) and has(words, section, topic):
        return words(f"{section}.{topic}")
    return words(f"ahead.{topic}") if is_ahead and has(words, "ahead", topic) else plain


def _is_of_part(claim: Claim) -> bool:
    """Return whether a state is said of a part: so many customers are never the whole place."""
    return claim.extent in _PARTS or (
        claim.number is not None and claim.number.unit in _SHARES and claim.extent is not Extent.ALL
    )


def _amount(topic: str, number: Number, words: Words) -> str:
    view = FigureView(
        topic=topic,
        unit=number.unit,
        min=number.min,
        max=number.max,
        mode=number.mode,
        status="current",
    )
    return figure_text(view, words=words_of(words.lang))


def _told(
    ref: PlaceRef | None, statements: tuple[Statement, ...], *, gazetteer: Gazetteer, words: Words
) -> Told:
    if ref is None:
        return Told(code=None, name=words("check.no_place"), statements=statements)
    unit = gazetteer.get(ref.code) if ref.code else None
    if ref.code is None or unit is None:
        name = f"{words('check.unclear_place')}: {ref.surface}"
        return Told(code=None, name=name, short=ref.surface, statements=statements)
    return Told(
        code=ref.code,
        name=gazetteer.label(ref.code, lang=words.lang, full=True),
        level=words_of(words.lang).label("level", place_kind(unit)),
        short=gazetteer.label(ref.code, lang=words.lang),
        statements=statements,
    )
