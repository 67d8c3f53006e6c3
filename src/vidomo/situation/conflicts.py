"""Which figures and times of one happening cannot all be right."""

from collections.abc import Iterable, Sequence

from vidomo.situation.model import Conflict, Figure, SaidTime, Side


def conflicts_of(figures: Sequence[Figure], times: Iterable[SaidTime]) -> tuple[Conflict, ...]:
    """Return the disagreements of one incident: figures first, then times.

    Counts of different things never disagree; an earlier total of a rising count does not
    either. Of times only those disagree that do not overlap and that different speakers give:
    one speaker with two times tells of two strikes.
    """
    found = []
    things = dict.fromkeys((row.topic, row.unit) for row in figures if row.status == "differs")
    for topic, unit in things:
        rows = [
            row
            for row in figures
            if (row.topic, row.unit) == (topic, unit) and row.status in ("current", "differs")
        ]
        if len(rows) > 1:
            found.append(
                Conflict(what="figure", topic=topic, unit=unit, sides=tuple(map(_counted, rows)))
            )
    apart = [time for time in times if not time.disputed]
    sides = [
        time
        for time in apart
        if any(
            time.latest <= other.earliest or other.latest <= time.earliest
            for other in apart
            if not set(other.speakers) & set(time.speakers)
        )
    ]
    if len(sides) > 1:
        found.append(Conflict(what="time", sides=tuple(map(_timed, sides))))
    return tuple(found)


def _counted(row: Figure) -> Side:
    return Side(
        min=row.min, max=row.max, mode=row.mode, speakers=row.speakers, evidence=row.evidence
    )


def _timed(time: SaidTime) -> Side:
    return Side(
        earliest=time.earliest,
        latest=time.latest,
        speakers=time.speakers,
        evidence=time.evidence,
    )
