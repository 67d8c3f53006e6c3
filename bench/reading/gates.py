"""The hard gates of the claims contract, counted between gold labels and a reading.

Every gate is judged on spans: a found statement breaks a gate when it overlaps the gold
statement that it turned over and no gold statement there says what it says.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from math import exp, log

import msgspec
from bench.reading.corpus import HERE
from bench.reading.labels import LabelClaim, LabelPlace
from bench.reading.vocabulary import vocabulary

ENOUGH = 300  # opportunities below which the contract says "not yet shown"
_STATED = {"report", "assessment"}
_INFERRED = {"speculation", "forecast"}
_HAPPENINGS = {"event", "impact", "harm", "alert", "schedule", "service"}


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One post as gold and reader have it."""

    id: str
    text: str
    gold: tuple[LabelClaim, ...]
    found: tuple[LabelClaim, ...]


class Tally(msgspec.Struct, frozen=True):
    """How often a gate could be broken in a post, and how often it was."""

    opportunities: int = 0
    breaches: int = 0


class Gate(msgspec.Struct, frozen=True, kw_only=True):
    """One gate over many posts.

    Attributes:
        name: Which gate.
        opportunities: Places where the mistake could be made.
        breaches: How often it was made.
        upper: 95 % upper bound of the rate of breaches; None without opportunities.
        posts: Ids of the posts with a breach.
    """

    name: str
    opportunities: int
    breaches: int
    upper: float | None
    posts: tuple[str, ...]

    @property
    def is_shown(self) -> bool:
        """Whether there were opportunities enough to say anything."""
        return self.opportunities >= ENOUGH


def upper_bound(breaches: int, opportunities: int) -> float | None:
    """Return the one-sided 95 % upper bound of a rate, exact binomial (Clopper and Pearson 1934).

    With no breach it is the rule of three in its exact form, about 3 / n.
    """
    if not opportunities:
        return None
    if breaches >= opportunities:
        return 1.0
    low, high = breaches / opportunities, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if _at_most(breaches, opportunities, middle) > 0.05:  # noqa: PLR2004 - 95 %
            low = middle
        else:
            high = middle
    return high


def judge(cases: Iterable[Case]) -> list[Gate]:
    """Return every gate over all posts; the last two count what was missed beside the false."""
    kept = list(cases)
    gates = []
    for name, rule in GATES.items():
        tallies = [(case.id, rule(case)) for case in kept]
        opportunities = sum(tally.opportunities for _, tally in tallies)
        breaches = sum(tally.breaches for _, tally in tallies)
        gates.append(
            Gate(
                name=name,
                opportunities=opportunities,
                breaches=breaches,
                upper=upper_bound(breaches, opportunities),
                posts=tuple(key for key, tally in tallies if tally.breaches),
            )
        )
    return gates


def _at_most(successes: int, trials: int, rate: float) -> float:
    if rate <= 0:
        return 1.0
    if rate >= 1:
        return 0.0
    term = trials * log(1 - rate)
    total = 0.0
    for k in range(successes + 1):
        total += exp(term)
        term += log((trials - k) / (k + 1)) + log(rate / (1 - rate))
    return total


def _family(claim: LabelClaim) -> str:
    return vocabulary().family(claim.topic)


def _is_zero(claim: LabelClaim) -> bool:
    return claim.polarity == "negated" or (claim.number is not None and claim.number.max == 0)


def _is_positive(claim: LabelClaim) -> bool:
    return claim.kind in _STATED and claim.polarity == "affirmed" and not _is_zero(claim)


def _harm(claims: Iterable[LabelClaim]) -> Iterator[LabelClaim]:
    return (claim for claim in claims if _family(claim) == "harm")


def _is_end(claim: LabelClaim) -> bool:
    return claim.topic == "alert.end" and claim.kind in _STATED and claim.polarity == "affirmed"


def _is_start(claim: LabelClaim) -> bool:
    return claim.topic == "alert.start" and claim.kind in _STATED and claim.polarity == "affirmed"


def _turned(
    case: Case,
    gold: Iterable[LabelClaim],
    *,
    wrong: Callable[[LabelClaim, LabelClaim], bool],
    backed: Callable[[LabelClaim, LabelClaim], bool],
) -> Tally:
    """Tally gold statements overlapped by a found one that is wrong and that no gold one backs."""
    chances = list(gold)
    breaches = sum(
        any(
            claim.overlaps(found)
            and wrong(claim, found)
            and not any(other.overlaps(found) and backed(other, found) for other in case.gold)
            for found in case.found
        )
        for claim in chances
    )
    return Tally(len(chances), breaches)


def _false_all_clear(case: Case) -> Tally:
    ended = {place.code for claim in case.gold if _is_end(claim) for place in claim.places}
    real = any(_is_end(claim) for claim in case.gold)
    breaches = 0
    for found in filter(_is_end, case.found):
        codes = {place.code for place in found.places} - {None}
        breaches += not real or bool(ended and codes - ended)
    near = [c for c in case.gold if _family(c) in {"alert", "advice", "event"} and not _is_end(c)]
    return Tally(max(len(near), breaches), breaches)


def _unknown_to_zero(case: Case) -> Tally:
    return _turned(
        case,
        [claim for claim in _harm(case.gold) if claim.kind == "unknown"],
        wrong=lambda _, found: _family(found) == "harm" and _is_zero(found),
        backed=lambda other, _: _family(other) == "harm" and _is_zero(other),
    )


def _zero_to_unknown(case: Case) -> Tally:
    return _turned(
        case,
        [claim for claim in _harm(case.gold) if _is_zero(claim)],
        wrong=lambda _, found: _family(found) == "harm" and found.kind == "unknown",
        backed=lambda other, _: _family(other) == "harm" and other.kind == "unknown",
    )


def _zero_to_positive(case: Case) -> Tally:
    return _turned(
        case,
        [claim for claim in _harm(case.gold) if _is_zero(claim)],
        wrong=lambda _, found: _family(found) == "harm" and _is_positive(found),
        backed=lambda other, _: _family(other) == "harm" and _is_positive(other),
    )


def _not_a_count(case: Case) -> Tally:
    figures = not_counts(case.text)
    known = {n for c in case.gold if c.number for n in (c.number.min, c.number.max)}
    breaches = sum(
        claim.number is not None and bool({claim.number.min, claim.number.max} & (figures - known))
        for claim in case.found
    )
    return Tally(max(len(figures - known), breaches), breaches)


def _past_to_current(case: Case) -> Tally:
    return _turned(
        case,
        [c for c in case.gold if c.kind == "background" and _family(c) in _HAPPENINGS],
        wrong=lambda claim, found: _family(found) == _family(claim) and found.kind in _STATED,
        backed=lambda other, found: other.topic == found.topic and other.kind != "background",
    )


def _film_to_threat(case: Case) -> Tally:
    return _turned(
        case,
        [claim for claim in case.gold if claim.topic == "advice.do_not_film"],
        wrong=lambda _, found: _is_danger(found),
        backed=lambda other, _: _is_danger(other),
    )


def _is_danger(claim: LabelClaim) -> bool:
    return (
        claim.topic.startswith(("threat.", "event."))
        and claim.kind in {*_STATED, "warning"}
        and claim.polarity == "affirmed"
    )


def _abroad_to_ukraine(case: Case) -> Tally:
    places = [place for claim in case.gold for place in claim.places if _is_abroad(place)]
    spans = {(place.start, place.end) for place in places}
    found = [place for claim in case.found for place in claim.places if _in_ukraine(place)]
    home = [p for c in case.gold for p in c.places if p.start >= 0 and not _is_abroad(p)]
    broken = sum(
        any(p.start < end and start < p.end for p in found)
        and not any(p.start < end and start < p.end for p in home)
        for start, end in spans
    )
    return Tally(len(spans), broken)


def _is_abroad(place: LabelPlace) -> bool:
    third = place.code is None and not place.candidates
    return place.start >= 0 and (place.code == "RU" or third)


def _in_ukraine(place: LabelPlace) -> bool:
    return place.start >= 0 and place.code is not None and place.code != "RU"


def _inference_to_report(case: Case) -> Tally:
    return _turned(
        case,
        [claim for claim in case.gold if claim.kind in _INFERRED],
        wrong=lambda claim, found: found.topic == claim.topic and found.kind == "report",
        backed=lambda other, found: other.topic == found.topic and other.kind == "report",
    )


def _missed(is_it: Callable[[LabelClaim], bool]) -> Callable[[Case], Tally]:
    def tally(case: Case) -> Tally:
        real = sum(map(is_it, case.gold))
        return Tally(real, max(0, real - sum(map(is_it, case.found))))

    return tally


GATES: dict[str, Callable[[Case], Tally]] = {
    "false all-clear": _false_all_clear,
    "unknown turned into zero": _unknown_to_zero,
    "zero turned into unknown": _zero_to_unknown,
    "negated casualty turned into a positive one": _zero_to_positive,
    "year, age, date, floor or queue taken as a count": _not_a_count,
    "memorial or anniversary made a current event": _past_to_current,
    "threat or strike made from a do-not-film request": _film_to_threat,
    "place abroad shown inside Ukraine": _abroad_to_ukraine,
    "author's inference shown as a report": _inference_to_report,
    "missed all-clear (counted beside)": _missed(_is_end),
    "missed alert (counted beside)": _missed(_is_start),
}


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    table = tomllib.loads((HERE / "not_counts.toml").read_text("utf-8"))
    return tuple(re.compile(row["regex"], re.IGNORECASE) for row in table["pattern"])


def not_counts(text: str) -> frozenset[float]:
    """Return the figures of a text that are years, ages, dates, clock times, floors or queues."""
    return frozenset(float(m.group(1)) for p in _patterns() for m in p.finditer(text))
