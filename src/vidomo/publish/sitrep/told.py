"""Who said what: the chronology, what authorities advise, sources and how they are doing."""

from collections.abc import Iterator
from datetime import UTC, datetime

from vidomo.disclosure.model import PlaceView, Said, SourceView
from vidomo.publish.page.telling import ADVICE_STALE
from vidomo.publish.sitrep.bands import Band, Track
from vidomo.publish.sitrep.material import Material
from vidomo.publish.sitrep.model import Line, Lines, Section, Sentence
from vidomo.publish.sitrep.states import section
from vidomo.publish.sitrep.telling import Telling

MOST_ENTRIES = 80
"""Entries of the chronology, the newest; how many are left out is said."""
MOST_UNSOURCED = 12
"""The same of texts without a source, which move nothing."""
_NEVER = datetime(1900, 1, 1, tzinfo=UTC)


def course(found: tuple[Track, ...], telling: Telling) -> Lines:
    """Return the picture of the period in words: each stretch in which a phase held."""
    lines = []
    for track in found:
        sentences = [
            telling.sentence(
                _band_key(band),
                band.claims,
                span=telling.between(band.start, band.end),
                text=telling.words.label("phase", f"{track.dimension}.{band.phase}"),
            )
            if telling.all_said(band.claims)
            else telling.fixed(
                "band_parts",
                span=telling.between(band.start, band.end),
                text=telling.words.label("phase", f"{track.dimension}.{band.phase}"),
            )
            for band in track.bands
            if band.is_said
        ]
        if sentences:
            label = telling.words.label("dimension", track.dimension)
            lines.append(Line(label=label, sentences=tuple(sentences)))
    return Lines(title=telling.own("head.course"), lines=tuple(lines))


def _band_key(band: Band) -> str:
    if band.is_stale:
        return "band_old"
    return "band_clear" if band.is_clearing else "band"


def chronology(material: Material, telling: Telling) -> Section:
    """Return who said what in the period, oldest first; texts without a source apart."""
    told = _told(material, telling)
    official = [one for one in told if one.standing != "unsourced" and telling.is_within(one)]
    unsourced = [
        one
        for one in told
        if one.standing == "unsourced" and (one.said_at is None or telling.is_within(one))
    ]
    lines = list(_entries(official, telling))
    rest = max(0, len(lines) - MOST_ENTRIES)
    lines = lines[rest:]
    if rest:
        lines.insert(0, Line(sentences=(telling.fixed("more_entries", n=rest),)))
    if not lines:
        lines = [Line(sentences=(telling.silent("no_entries"), telling.fixed("not_well")))]
    others = list(_entries(unsourced, telling))
    more = max(0, len(others) - MOST_UNSOURCED)
    if others:
        others = others[:MOST_UNSOURCED]
        if more:
            others.append(Line(sentences=(telling.fixed("more_unsourced", n=more),)))
        others.append(Line(sentences=(telling.fixed("unsourced"),)))
    blocks = (
        Lines(lines=tuple(lines)),
        Lines(title=telling.own("head.unsourced"), lines=tuple(others)),
    )
    return section("chronology", telling, blocks)


def advice(material: Material, telling: Telling) -> Section | None:
    """Return what authorities advise and since when; None where nobody advises anything."""
    place = material.view.place(material.code)
    said = telling.all_said(place.advice if place is not None else ())
    lines: dict[tuple[str, str], Line] = {}
    for item in sorted(said, key=_order, reverse=True):
        if item.standing == "unsourced" or item.said_at is None:
            continue
        is_old = material.view.valid_at - item.said_at > ADVICE_STALE
        text = telling.words.label("topic", item.topic)
        key = "advice_old" if is_old else "advice"
        who, when = telling.speaker(item), telling.when(item)
        said_so = telling.sentence(key, (item.claim,), text=text, who=who, when=when)
        lines.setdefault((item.topic, who), Line(sentences=(said_so,)))
    if not lines:
        return None
    return section("advice", telling, (Lines(lines=tuple(lines.values())),))


def sources(material: Material, telling: Telling) -> Section:
    """Return who is behind the report and how each source is doing, and posts taken back."""
    health = {one.source: one for one in material.view.sources}
    last: dict[str, Said] = {}
    for item in sorted(_told(material, telling), key=_order, reverse=True):
        if telling.is_within(item):
            last.setdefault(item.source, item)
    around = {material.code, *_wider(material.code, telling)}
    quiet = sorted(
        one.source
        for one in material.view.titles
        if one.home in around and one.source in health and one.source not in last
    )
    lines = [
        Line(
            label=telling.source(name),
            sentences=(
                telling.sentence("spoke", (item.claim,), when=telling.when(item)),
                *_health(health.get(name), telling),
            ),
        )
        for name, item in last.items()
    ]
    lines += [
        Line(
            label=telling.source(name),
            sentences=(telling.fixed("spoke_never"), *_health(health.get(name), telling)),
        )
        for name in dict.fromkeys(quiet)
    ]
    if not lines:
        lines = [Line(sentences=(telling.fixed("no_sources"),))]
    else:
        lines.append(Line(sentences=(telling.fixed("silence"),)))
    changes = tuple(_changes(material, telling))
    return section(
        "sources",
        telling,
        (Lines(lines=tuple(lines)), Lines(title=telling.own("head.changes"), lines=changes)),
    )


def withheld(material: Material, telling: Telling) -> Section | None:
    """Return how many statements are withheld, by rule; for the desk alone.

    It counts our own records, never what happened.
    """
    if not material.is_internal:
        return None
    counts: dict[str, int] = {}
    for one in material.withheld:
        counts[one.rule] = counts.get(one.rule, 0) + 1
    lines = [
        Line(label=rule, sentences=(telling.fixed("withheld", n=number),))
        for rule, number in sorted(counts.items())
    ]
    away = len(material.view.withheld)
    if away:
        lines.append(Line(sentences=(telling.fixed("withheld_here", n=away),)))
    if not lines:
        lines = [Line(sentences=(telling.fixed("withheld_none"),))]
    return section("withheld", telling, (Lines(lines=tuple(lines)),))


def _told(material: Material, telling: Telling) -> list[Said]:
    """Return every statement that the view of the place refers to."""
    place = material.view.place(material.code)
    claims: list[str] = []
    if place is not None:
        claims += [*place.timeline, *place.advice, *_of_rows(place)]
        names = set(place.incidents)
        for one in material.view.incidents:
            if one.id in names:
                claims += [*one.said, *one.unsourced]
        asked = set(place.questions)
        for question in material.view.questions:
            if question.id in asked:
                claims += [*question.said, *question.answered_by]
    if material.is_internal and telling.is_wide:
        within = telling.atlas.within
        claims += [
            one.claim
            for one in material.view.said
            if one.place and within(one.place, material.code)
        ]
    return telling.all_said(claims)


def _of_rows(place: PlaceView) -> Iterator[str]:
    for one in place.dimensions:
        yield from one.said
        yield from (note.said for note in one.notes)


def _entries(found: list[Said], telling: Telling) -> Iterator[Line]:
    """Yield one line for what one speaker said in one post, oldest first, undated ones last."""
    groups: dict[tuple[str, str, str | None], list[Said]] = {}
    for item in found:
        place = item.place if telling.is_wide else None
        groups.setdefault((item.report, item.speaker, place), []).append(item)
    for group in sorted(groups.values(), key=lambda group: _order(group[0])):
        first = group[0]
        topics = "; ".join(dict.fromkeys(telling.topic(item) for item in group))
        claims = tuple(dict.fromkeys(item.claim for item in group))
        text = telling.own("s.entry", who=telling.speaker(first), topics=topics)
        if telling.is_wide and first.place and first.place != telling.material.code:
            text = telling.own("s.entry_at", place=telling.place(first.place), text=text)
        yield Line(label=telling.when(first), sentences=(Sentence(text=text, claims=claims),))


def _order(item: Said) -> tuple[bool, datetime, str]:
    return (item.said_at is None, item.said_at or _NEVER, item.claim)


def _health(one: SourceView | None, telling: Telling) -> Iterator[Sentence]:
    if one is None:
        yield telling.fixed("never_asked")
    elif one.silent_since is not None:
        yield telling.fixed("silent", when=telling.at(one.silent_since))
    elif one.answered_at is not None:
        yield telling.fixed("answered", when=telling.at(one.answered_at))


def _wider(code: str, telling: Telling) -> Iterator[str]:
    unit = telling.atlas.get(code)
    if unit is not None:
        yield from filter(None, (unit.hromada, unit.raion, unit.oblast))


def _changes(material: Material, telling: Telling) -> Iterator[Line]:
    for one in material.view.changes:
        if material.code not in one.places:
            continue
        when = telling.at(one.changed_at)
        said = telling.fixed("taken_away" if one.how == "deleted" else "edited", when=when)
        yield Line(label=telling.source(one.source), sentences=(said,))
