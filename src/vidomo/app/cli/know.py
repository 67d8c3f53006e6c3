"""Show what is known: states, incidents, questions."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import click
import msgspec

from vidomo.app.cli.options import (
    data_option,
    folder_or_default,
    instant,
    json_option,
    kyiv,
    place_code,
    plain,
    print_json,
    time_options,
)
from vidomo.app.cli.words import (
    conflict_words,
    evidence_by_id,
    figure_words,
    incident_line,
    inside_words,
    link_words,
    note_words,
    part_lines,
    question_place,
    question_status,
    reach_words,
    said_by,
    silence_lines,
    since_words,
    time_words,
    untimed_lines,
    wider_lines,
)
from vidomo.app.house import House
from vidomo.situation.fold import state_of
from vidomo.situation.model import (
    DimensionState,
    Evidence,
    Incident,
    PlaceState,
    Question,
    Situation,
)

NOTHING_KNOWN = 3
INSIDE = 12
"""Incidents at the parts of a place that its state lists, the latest (our own choice)."""
T = TypeVar("T")
EMPTY_HINT = "vidomo import FILE takes posts in; vidomo demo shows the bundled scenario"


def situation_of(
    folder: Path | None, valid_at: str | None, known_at: str | None
) -> tuple[House, Situation]:
    """Return the open house and its situation at the instants of the options."""
    house = House.open(folder_or_default(folder), read_only=True)
    if house.journal.is_empty:
        click.echo(f"vidomo: there are no posts yet\n  hint: {EMPTY_HINT}", err=True)
    return house, house.situation(
        valid_at=instant(valid_at, "--valid-at"), known_at=instant(known_at, "--known-at")
    )


@click.command()
@click.argument("place")
@click.option(
    "--brief", is_flag=True, help="Phases without incidents: quick, however much is kept."
)
@time_options
@data_option
@json_option
def state(
    place: str,
    brief: bool,
    valid_at: str | None,
    known_at: str | None,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Show what is known of a place at an instant.

    PLACE is a code or a name in any form and in any of the three languages. With --brief the
    phases, questions and statements are read from the index, and nothing else is folded.

    \b
    Example: vidomo state Izium --valid-at 2025-12-20T18:00Z --known-at 2025-12-20T20:00Z
    """
    code = place_code(place)
    if brief:
        return _state_in_brief(code, folder, valid_at, known_at, as_json=as_json)
    house, situation = situation_of(folder, valid_at, known_at)
    with house:
        found = state_of(situation, code, house.gazetteer)
        label = house.gazetteer.label(code, lang="en", full=True)
        inside = tuple(
            item
            for item in situation.incidents
            if item.place != code and house.gazetteer.within(item.place, code)
        )
        if as_json:
            ids = [item.id for item in inside]
            print_json({**state_facts(situation, found), "incidents_inside": ids})
        else:
            show_state(situation, found, label, inside=inside)
    return 0 if inside or _is_known(found) else NOTHING_KNOWN


def _is_known(found: PlaceState) -> bool:
    """Whether anything was said of a place, of a wider unit that holds for it or of its parts."""
    said = any(row.evidence or row.heard_at for row in found.dimensions)
    return said or bool(found.timeline)


def _state_in_brief(
    code: str, folder: Path | None, valid_at: str | None, known_at: str | None, *, as_json: bool
) -> int:
    with House.open(folder_or_default(folder), read_only=True) as house:
        now = house.now()
        valid = instant(valid_at, "--valid-at") or now
        known = instant(known_at, "--known-at") or now
        found = house.place_state(code, valid_at=valid, known_at=known)
        label = house.gazetteer.label(code, lang="en", full=True)
    if as_json:
        print_json({"valid_at": valid, "known_at": known, **plain(found)})
        return 0 if _is_known(found) else NOTHING_KNOWN
    click.secho(f"{label}  ({found.place})", bold=True)
    click.echo(f"at {kyiv(valid)}, as known at {kyiv(known)} (Kyiv time)\n")
    for dimension in found.dimensions:
        _show_dimension({}, msgspec.structs.replace(dimension, evidence=()))
    click.echo(
        f"\n{len(found.timeline)} statements, {len(found.questions)} questions, incidents not asked for"
    )
    return 0 if _is_known(found) else NOTHING_KNOWN


def state_facts(situation: Situation, found: PlaceState) -> dict[str, object]:
    """Return a place's state with the incidents, questions and evidence that it names."""
    incidents = [item for item in situation.incidents if item.id in found.incidents]
    questions = [item for item in situation.questions if item.id in found.questions]
    named = {*found.timeline, *found.advice}
    for dimension in found.dimensions:
        named.update(dimension.evidence, (note.claim for note in dimension.notes))
    for incident in incidents:
        named.update(_behind_incident(incident))
    for question in questions:
        named.update(question.evidence, question.answered_by)
        named.update(step.claim for step in question.steps)
    return {
        "valid_at": situation.valid_at,
        "known_at": situation.known_at,
        **plain(found),
        "incidents": incidents,
        "questions": questions,
        "evidence": _with_originals(situation, named),
        "sources": situation.sources,
    }


def _with_originals(situation: Situation, named: Collection[str]) -> list[Evidence]:
    """Return the evidence of some claims, and of those whose words they repeat."""
    by_claim = evidence_by_id(situation)
    shown: set[str] = set()
    waiting = [claim for claim in named if claim in by_claim]
    while waiting:
        shown.add(claim := waiting.pop())
        original = by_claim[claim].copied_from
        if original in by_claim and original not in shown:
            waiting.append(original)
    return [item for item in situation.evidence if item.claim in shown]


def _behind_incident(incident: Incident) -> Iterator[str]:
    """Yield the claims behind an incident; a link may lead to what was said of a wider place."""
    yield from (*incident.evidence, *incident.unsourced)
    for link in incident.links:
        yield from (link.from_claim, link.to_claim)


def show_state(
    situation: Situation, found: PlaceState, label: str, *, inside: Sequence[Incident] = ()
) -> None:
    """Print a place's state for people.

    Args:
        situation: All that holds.
        found: The state of the place.
        label: Its name.
        inside: What happened at its parts; the place itself may have nothing said of it.
    """
    evidence = evidence_by_id(situation)
    click.secho(f"{label}  ({found.place})", bold=True)
    click.echo(
        f"at {kyiv(situation.valid_at)}, as known at {kyiv(situation.known_at)} (Kyiv time)\n"
    )
    for dimension in found.dimensions:
        _show_dimension(evidence, dimension)
        if words := inside_words(dimension, inside):
            click.secho(f"{'':17}{words}", dim=True)
    for incident in situation.incidents:
        if incident.id in found.incidents:
            show_incident(situation, incident)
    if inside:
        click.secho(f"\nAt places inside it (vidomo incidents {found.place} tells more)", bold=True)
        for incident in inside[-INSIDE:]:
            click.echo(f"  {incident_line(incident)}")
        if len(inside) > INSIDE:
            click.echo(f"  and {len(inside) - INSIDE} earlier")
    asked = [item for item in situation.questions if item.id in found.questions]
    if asked:
        click.secho("\nNot known, or asked and answered", bold=True)
        for question in asked:
            show_question(situation, question)
    _show_silence(situation)


def _show_dimension(evidence: dict[str, Evidence], dimension: DimensionState) -> None:
    line = f"  {dimension.dimension:<15}{dimension.phase.replace('_', ' ')}"
    if dimension.since is not None:
        line += f"  since {since_words(evidence, dimension)}"
    if dimension.heard_at is not None:
        line += f", last heard {kyiv(dimension.heard_at)}"
    click.echo(line + ("  [old]" if dimension.stale else ""))
    if reach := reach_words(dimension):
        click.secho(f"{'':17}{reach}", dim=True)
    for note in dimension.notes:
        click.secho(f"{'':17}{note_words(note)}", dim=True)
    for claim in dimension.evidence[:2]:
        click.secho(f"{'':17}{said_by(evidence, claim)}", dim=True)


def _show_silence(situation: Situation) -> None:
    if silent := silence_lines(situation):
        click.secho("\nSilent sources (what they last said stands)", bold=True)
        for line in silent:
            click.echo(f"  {line}")


def show_incident(situation: Situation, incident: Incident) -> None:
    """Print one incident: times and figures side by side, each with its speaker."""
    evidence = evidence_by_id(situation)
    click.secho(
        f"\nAttack ({incident.family}), {kyiv(incident.earliest)} to {kyiv(incident.latest)}"
        f"  {incident.id}",
        bold=True,
    )
    for time in incident.times:
        click.echo(f"  time     {time_words(time)}")
    for figure in incident.figures:
        click.echo(f"  {figure_words(figure)}: {', '.join(figure.speakers)}")
        for claim in figure.evidence[:1]:
            click.secho(f"{'':11}{said_by(evidence, claim)}", dim=True)
    told = (untimed_lines, part_lines, wider_lines)
    for line in (line for lines in told for line in lines(evidence, incident)):
        click.echo(f"  {line}")
    for conflict in incident.conflicts:
        click.echo(f"  disagree {conflict_words(conflict)}")
    for link in incident.links:
        click.secho(f"  chain    {link_words(evidence, link)}", dim=True)
    if incident.unsourced:
        click.secho(
            f"  repeated without a source: {len(incident.unsourced)} claims that confirm nothing",
            dim=True,
        )


def show_question(situation: Situation, question: Question) -> None:
    """Print one question with who asked and what answered it."""
    asked = ", ".join(question.asked_by)
    if question.unsourced:
        asked = "a text without a source"
    status = question_status(question)
    line = f"  {question.subject} ({question.topic}): {status}; asked by {asked}"
    if question.asked_at is not None:
        line += f", {kyiv(question.asked_at)}"
    click.echo(line)
    if len(question.steps) > 1:
        steps = (f"{step.what} {kyiv(step.at)}" for step in question.steps)
        click.secho(f"      {', '.join(steps)}", dim=True)
    for claim in question.answered_by[:2]:
        click.secho(f"      answered: {said_by(evidence_by_id(situation), claim)}", dim=True)


@click.command()
@click.argument("place", required=False)
@time_options
@data_option
@json_option
def incidents(
    place: str | None,
    valid_at: str | None,
    known_at: str | None,
    folder: Path | None,
    as_json: bool,
) -> int:
    """List incidents, everywhere or at a place, with every figure and who gave it.

    \b
    Example: vidomo incidents Izium
    """
    return _listed(
        place,
        situation_of(folder, valid_at, known_at),
        of=lambda situation: situation.incidents,
        where=lambda incident: (incident.place,),
        show=_show_incident_with_place,
        nothing="nobody of standing speaks of an attack",
        as_json=as_json,
    )


@click.command()
@click.argument("place", required=False)
@time_options
@data_option
@json_option
def questions(
    place: str | None,
    valid_at: str | None,
    known_at: str | None,
    folder: Path | None,
    as_json: bool,
) -> int:
    """List what is stated to be unknown, everywhere or at a place, and what answered it.

    \b
    Example: vidomo questions Izium
    """
    return _listed(
        place,
        situation_of(folder, valid_at, known_at),
        of=lambda situation: situation.questions,
        where=lambda question: (question.place, *question.candidates),
        show=_show_question_with_place,
        nothing="nobody says that anything is unknown",
        as_json=as_json,
    )


def _listed(
    place: str | None,
    asked: tuple[House, Situation],
    *,
    of: Callable[[Situation], Iterable[T]],
    where: Callable[[T], Iterable[str | None]],
    show: Callable[[House, Situation, T], None],
    nothing: str,
    as_json: bool,
) -> int:
    """Print the things of a situation that are at a place, or all of them; return the exit code.

    Args:
        place: Name or code; None for everywhere.
        asked: The house and what held there.
        of: Takes the things out of a situation.
        where: Codes at which one of them is, or may be.
        show: Prints one of them for people.
        nothing: What is said where there are none.
        as_json: Whether to print all of them as JSON instead.
    """
    house, situation = asked
    with house:
        code = None if place is None else place_code(place)
        within = house.gazetteer.within
        found = [
            item
            for item in of(situation)
            if code is None or any(within(one, code) for one in where(item) if one is not None)
        ]
        if as_json:
            print_json(found)
        else:
            for item in found:
                show(house, situation, item)
            if not found and not house.journal.is_empty:
                click.echo(f"vidomo: {nothing}, which does not mean that there is none", err=True)
    return 0 if found else NOTHING_KNOWN


def _show_incident_with_place(house: House, situation: Situation, incident: Incident) -> None:
    click.secho(house.gazetteer.label(incident.place, lang="en", full=True), bold=True)
    show_incident(situation, incident)


def _show_question_with_place(house: House, situation: Situation, question: Question) -> None:
    click.secho(question_place(question, house.gazetteer), bold=True)
    show_question(situation, question)
