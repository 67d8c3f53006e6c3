"""Shapes from a file of somebody else, in place of the bundled cells."""

from datetime import date

import msgspec

from vidomo.core.errors import InputError
from vidomo.core.problems import Problem
from vidomo.gazetteer.index import Gazetteer
from vidomo.gazetteer.shapes import Origin, Shapes, with_cells
from vidomo.gazetteer.shapes_arcs import arcs_of
from vidomo.gazetteer.shapes_match import Match, match_features
from vidomo.gazetteer.shapes_read import read_features
from vidomo.gazetteer.shapes_scan import overlaps

_OVERLAP = 0.02
"""Share of the smaller unit from which on an overlap is told: less comes from simplifying each
border by itself, as in the file of OpenStreetMap raions that we tried."""
_CONTRADICTS = 0.5
"""Share from which on two features cannot both be right, and the one matched less surely goes."""
_FINE = 2_000.0
"""Square ten-thousandths of a degree (a fifth of a square kilometre) below which a corner goes."""
_LONGEST = 120
_SURE = ("code", "pcode", "name")


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file.

    Attributes:
        shapes: With cells for units that the file lacks; None where no feature could be used.
        matches: The features that are used, by code.
        problems: What was wrong with the rest.
    """

    shapes: Shapes | None
    matches: tuple[Match, ...] = ()
    problems: tuple[Problem, ...] = ()


def import_shapes(
    body: bytes, *, source: str, licence: str, day: str, gazetteer: Gazetteer
) -> Imported:
    """Return the shapes that a GeoJSON file holds, and all that is wrong with it.

    Args:
        body: The file.
        source: Who drew the borders; shown under every map.
        licence: What they may be used under; shown under every map.
        day: The day that they stand for, as ``2025-01-31``.
        gazetteer: Units.

    Raises:
        InputError: Source, licence or day is missing or no such thing.
    """
    origin = Origin(
        source=_line(source, "--source"), licence=_line(licence, "--licence"), date=_day(day)
    )
    features, problems = read_features(body)
    matches, more = match_features(features, gazetteer=gazetteer)
    kept, overlapping = _apart(matches, gazetteer=gazetteer)
    found = (*problems, *more, *overlapping)
    if not kept:
        return Imported(shapes=None, problems=found)
    arcs = arcs_of({match.code: match.feature.rings for match in kept}).simplified(_FINE)
    whole = with_cells(Shapes(origin, arcs))
    return Imported(shapes=whole, matches=kept, problems=found)


def _apart(
    matches: tuple[Match, ...], *, gazetteer: Gazetteer
) -> tuple[tuple[Match, ...], tuple[Problem, ...]]:
    """Return the matches without those that lie on surer ones, and a problem for each overlap."""
    by_code = {match.code: match for match in matches}
    problems = []
    shares = overlaps({code: match.feature.rings for code, match in by_code.items()})
    for (one, other), share in sorted(shares.items(), key=lambda item: (-item[1], item[0])):
        if share < _OVERLAP or one not in by_code or other not in by_code:
            continue
        weaker, surer = sorted((one, other), key=lambda code: -_SURE.index(by_code[code].how))
        goes = share >= _CONTRADICTS
        problems.append(
            Problem(
                code="overlaps",
                found=(
                    f"{gazetteer.label(weaker, lang='en')} and "
                    f"{gazetteer.label(surer, lang='en')} share "
                    f"{share:.0%} of the smaller one" + ("; it is left out" if goes else "")
                ),
                hint="mend the borders, or leave one of the features out",
                where=by_code[weaker].feature.where,
            )
        )
        if goes:
            del by_code[weaker]
    return tuple(by_code.values()), tuple(problems)


def _line(text: str, option: str) -> str:
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        raise InputError(
            f"{option}: {len(text)} characters",
            hint=f"one line of at most {_LONGEST} characters; it stands under every map",
        )
    return text


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError as error:
        raise InputError(
            f"--date: {text!r} is no day", hint="the day that the borders stand for: 2025-01-31"
        ) from error
