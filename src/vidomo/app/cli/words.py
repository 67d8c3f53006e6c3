"""Short words for people on a terminal."""

from collections.abc import Sequence
from datetime import timedelta

from vidomo.app.cli.options import kyiv
from vidomo.app.cli.read import number_words
from vidomo.gazetteer import Gazetteer
from vidomo.situation.model import (
    Conflict,
    DimensionState,
    Evidence,
    Figure,
    Incident,
    Link,
    Note,
    Question,
    SaidTime,
    Side,
    Situation,
)

PARTS = 3
"""Names of parts in one line before "and more" (our own choice)."""
_CLOCK = timedelta(minutes=1)
_LONG = timedelta(hours=1)
_LEVELS = {
    "raion": "raions",
    "hromada": "communities",
    "settlement": "settlements",
    "city_district": "city districts",
}


def evidence_by_id(situation: Situation) -> dict[str, Evidence]:
    """Return the evidence of a situation by claim id."""
    return {item.claim: item for item in situation.evidence}


def said_by(evidence: dict[str, Evidence], claim: str) -> str:
    """Return who says so, in which words, and where to look it up."""
    item = evidence.get(claim)
    if item is None:
        return claim
    return f"{item.speaker}: «{' '.join(item.quote.split())}»  {item.claim}"


def since_words(evidence: dict[str, Evidence], dimension: DimensionState) -> str:
    """Return since when a phase holds; "at the earliest" where the words give no clock time.

    Of "in the daytime" only the beginning of the day is shown, and nobody has said that hour.
    """
    behind = [evidence[claim] for claim in dimension.evidence if claim in evidence]
    is_loose = any(
        row.earliest == dimension.since and row.latest and row.latest - row.earliest > _CLOCK
        for row in behind
        if row.earliest is not None
    )
    return kyiv(dimension.since) + (" at the earliest" if is_loose else "")


def figure_words(figure: Figure) -> str:
    """Return a figure as words: topic, count and whether it still stands."""
    status = "" if figure.status == "current" else f" ({figure.status})"
    if figure.order_inferred:
        status = f" ({figure.status}, order inferred)"
    return f"{figure.topic.rpartition('.')[2]:<8} {number_words(figure)}{status}"


def silence_lines(situation: Situation) -> list[str]:
    """Return a line for every source that is silent: silence is shown, and moves nothing."""
    return [
        f"{one.source} silent since {kyiv(one.silent_since)}"
        + (f" ({one.detail})" if one.detail else "")
        + (f", last answered {kyiv(one.answered_at)}" if one.answered_at else ", never answered")
        for one in situation.sources
        if one.silent_since is not None
    ]


def reach_words(dimension: DimensionState) -> str:
    """Return of which place a state was said, or of how many of its parts; empty for itself."""
    if dimension.inherited_from is not None:
        wider = Gazetteer.open().label(dimension.inherited_from, lang="en")
        return f"said of {wider}; nothing is said of this place by name"
    share = dimension.share
    if share is None:
        return ""
    level = _LEVELS.get(share.level, share.level)
    return f"said of {share.parts} of {share.of} {level}; nothing is said of the rest"


_PARTLY = {"attack": "event.", "harm": "harm.", "damage": "impact.damage"}


def inside_words(dimension: DimensionState, inside: Sequence[Incident]) -> str:
    """Return at which parts of a place something is reported that nobody says of the place itself.

    Empty where something is said of the place itself, or nothing of its parts.
    """
    topic = _PARTLY.get(dimension.dimension)
    if topic is None or dimension.evidence:
        return ""
    of = [one for one in inside if any(said.startswith(topic) for said in one.topics)]
    if not of:
        return ""
    label = Gazetteer.open().label
    names = list(dict.fromkeys(label(one.place, lang="en") for one in reversed(of)))
    more = f" and {len(names) - PARTS} more" if len(names) > PARTS else ""
    last = kyiv(max(one.latest for one in of))
    return f"reported at {', '.join(names[:PARTS])}{more}, last {last}; of the whole nobody speaks"


def incident_line(incident: Incident) -> str:
    """Return an incident in one line: where, what, when, the current figures, its id."""
    where = Gazetteer.open().label(incident.place, lang="en")
    shown = [row for row in incident.figures if row.status in ("current", "differs")]
    figures = "".join(f", {' '.join(figure_words(row).split())}" for row in shown)
    when = f"{kyiv(incident.earliest)} to {kyiv(incident.latest)}"
    return f"{where}: attack ({incident.family}), {when}{figures}  {incident.id}"


def untimed_lines(evidence: dict[str, Evidence], incident: Incident) -> list[str]:
    """Return a line where nobody gave a time and it was told of over hours; else none.

    Without a time two attacks of one day cannot be told apart, and the figures of the second
    would read as a correction of the first.
    """
    if incident.times:
        return []
    found = (evidence[claim] for claim in incident.evidence if claim in evidence)
    said = [row for row in found if row.topic.startswith("event.") and row.said_at is not None]
    last = max(said, key=lambda row: (row.said_at, row.claim), default=None)
    if last is None or last.said_at is None or last.said_at - incident.latest < _LONG:
        return []
    again = f"nobody gave one, and it was told again at {kyiv(last.said_at)}"
    return [f"no time  {again}: perhaps another attack (vidomo decide split)  {last.claim}"]


def part_lines(evidence: dict[str, Evidence], incident: Incident) -> list[str]:
    """Return a line for every figure that a text calls part of another, with its words."""
    return [
        f"part     {number_words(row)} among the {row.subset_of}: "
        f"{said_by(evidence, first_of(row.evidence))}"
        for row in incident.parts
    ]


def wider_lines(evidence: dict[str, Evidence], incident: Incident) -> list[str]:
    """Return a line for what is said of harm in a wider unit: it may count more than this incident.

    Such a figure is no figure of the incident and would be hidden among them.
    """
    gazetteer = Gazetteer.open()
    found = (evidence[claim] for claim in incident.evidence if claim in evidence)
    return [
        f"wider    of {gazetteer.label(row.place, lang='en')}: {said_by(evidence, row.claim)}"
        for row in found
        if row.topic.startswith("harm.")
        and row.place is not None
        and gazetteer.get(row.place) is not None
        and not gazetteer.within(row.place, incident.place)
    ]


def question_place(question: Question, gazetteer: Gazetteer) -> str:
    """Return of which place something is asked, every one that may be meant where none is sure."""
    if question.place is not None:
        return gazetteer.label(question.place, lang="en")
    names = " or ".join(gazetteer.label(code, lang="en") for code in question.candidates)
    return f"{names} (which is meant is not decided)" if names else "place not said"


def question_status(question: Question) -> str:
    """Return how a question stands, with what was said of it while it is not answered."""
    said = question.status_said.replace("_", " ")
    if question.status == "answered" or not said or said == question.status:
        return question.status
    return f"{question.status} ({said})"


def conflict_words(conflict: Conflict) -> str:
    """Return a disagreement with who says which, and where to look each side up."""
    sides = [
        f"{_value(side)} ({', '.join(side.speakers)})  {first_of(side.evidence)}"
        for side in conflict.sides
    ]
    thing = f"{conflict.topic} {conflict.unit}".strip() or "time"
    return f"{thing}: " + " against ".join(sides)


def link_words(evidence: dict[str, Evidence], link: Link) -> str:
    """Return one link of a chain: the words that say so or that it is inferred, and both claims."""
    ends = [
        evidence[claim].topic if claim in evidence else claim
        for claim in (link.from_claim, link.to_claim)
    ]
    basis = f"«{link.text}»" if link.basis == "explicit" else "inferred from time and place"
    return f"{ends[0]} -> {ends[1]}: {link.kind}, {basis}  {link.from_claim} -> {link.to_claim}"


def time_words(time: SaidTime) -> str:
    """Return one time given for an incident: in which words, by whom, where to look it up."""
    mark = "  (disputed)" if time.disputed else ""
    return f"«{time.surface}»: {', '.join(time.speakers)}{mark}  {first_of(time.evidence)}"


def first_of(claims: Sequence[str]) -> str:
    """Return the first of some claims, by whose id it can be looked up; empty for none."""
    return claims[0] if claims else ""


def _value(side: Side) -> str:
    if side.earliest is not None and side.latest is not None:
        return f"{kyiv(side.earliest)} to {kyiv(side.latest)}"
    ends = ["?" if one is None else f"{one:g}" for one in dict.fromkeys((side.min, side.max))]
    return " to ".join(ends)


_NOTES = {
    "all_clear_being_confirmed": "all-clear announced, being confirmed",
    "all_clear_announced": "all-clear announced",
    "forecast": "expected or promised",
    "announced": "announced",
    "said": "said",
    "order_inferred": "order inferred",
    "excepted": "leaves this place out",
}


def note_words(note: Note) -> str:
    """Return what is said beside a phase: what it is, who says so, when, in which words, its id."""
    what = _NOTES.get(note.code, note.code)
    words = " ".join(note.quote.split())
    return f"{what}: {note.speaker}, {kyiv(note.at)}: «{words}»  {note.claim}"
