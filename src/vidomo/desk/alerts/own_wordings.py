"""Wordings of the operator's own, read from a file of the data folder and looked through."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from vidomo.core.errors import InputError
from vidomo.core.problems import Problem
from vidomo.desk.alerts.compose import from_wording
from vidomo.desk.alerts.findings import look
from vidomo.desk.alerts.held import reasons_held
from vidomo.desk.alerts.model import Kind
from vidomo.desk.alerts.press import Press
from vidomo.desk.alerts.wordings import GAPS, AlertWording, wordings
from vidomo.publish.alerts.profile import broken_rules

OWN_FILE = "alert-wordings.toml"
"""Name of the file in a data folder; its tables are written as those of ``wordings.toml``."""
OWN_KINDS = frozenset({Kind.SHELTER, Kind.ADVICE, Kind.BEING_VERIFIED})
"""What an operator may word anew; corrections, all-clears and cancellations stay as they are."""
_OWN_GAPS = frozenset({"place", "at", "until"})


class OwnWordings(msgspec.Struct, frozen=True, kw_only=True):
    """What a file holds.

    Attributes:
        wordings: Those that may be used, by their ids.
        problems: Everything that is wrong with the others; one with a fault is not used at all.
    """

    wordings: Mapping[str, AlertWording] = {}
    problems: tuple[Problem, ...] = ()


def read_own(text: str, *, press: Press, places: Sequence[str]) -> OwnWordings:
    """Return the wordings of a file that can become sound messages.

    Args:
        text: The file.
        press: What messages are made with; each wording is tried with it.
        places: Codes of a place to try it for.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return OwnWordings(problems=(Problem(code="toml", found=str(error), where=OWN_FILE),))
    found: dict[str, AlertWording] = {}
    problems: list[Problem] = []
    for name, table in tables.items():
        wrong = list(_wrong(name, table, press, places))
        problems += [Problem(code=code, found=what, where=name) for code, what in wrong]
        if not wrong:
            found[name] = msgspec.convert({**table, "id": name}, AlertWording)
    return OwnWordings(wordings=found, problems=tuple(problems))


def _wrong(
    name: str, table: object, press: Press, places: Sequence[str]
) -> Iterator[tuple[str, str]]:
    if name in wordings() or not name.isidentifier():
        yield "name", f"{name!r} cannot be the name of a wording of one's own"
        return
    try:
        one = msgspec.convert(
            {**table, "id": name} if isinstance(table, dict) else table, AlertWording
        )
    except msgspec.ValidationError as error:
        yield "fields", str(error)
        return
    if one.kind not in OWN_KINDS:
        yield "kind", f"{one.kind} cannot be worded anew; {', '.join(sorted(OWN_KINDS))} can"
        return
    yield from _unsound(one, press, places)


def _unsound(one: AlertWording, press: Press, places: Sequence[str]) -> Iterator[tuple[str, str]]:
    try:
        gaps = one.uk.gaps | one.en.gaps
        if gaps - _OWN_GAPS:
            yield (
                "gaps",
                f"gaps {', '.join(sorted(gaps - _OWN_GAPS))}; only {', '.join(sorted(_OWN_GAPS & GAPS))} are filled",
            )
            return
        trial = Press(**{**vars(press), "wordings": {one.id: one}})
        draft = from_wording(trial, one.id, places)
    except (InputError, ValueError) as error:
        yield "values", str(error)
        return
    yield from (("held", code) for code in reasons_held(draft))
    yield from ((item.code, item.found) for item in broken_rules(draft.alert))
    findings = look(draft.alert, gazetteer=press.gazetteer)
    yield from (("casualty", words) for words in findings.figures)
    yield from (("all_clear", words) for words in findings.all_clears)
