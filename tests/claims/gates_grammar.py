"""Posts made of parts that carry what they truly state, and the gates judged on them."""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from claims.reading import gazetteer
from vidomo.claims.model import Claim, Kind, Number, PlaceRef, Polarity, Role
from vidomo.claims.read import read_text
from vidomo.places.resolve import resolve

TABLES: dict[str, dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("gates_fuzz.toml").read_text(encoding="utf-8")
)
GATES = (
    "false all-clear",
    "unknown turned into zero",
    "zero turned into unknown",
    "negated casualty turned into a positive one",
    "year, age, date, floor or queue taken as a count",
    "memorial or anniversary made a current event",
    "threat or strike made from a do-not-film request",
    "place abroad shown inside Ukraine",
    "author's inference shown as a report",
)
MISSED = "missed all-clear (counted beside)"
HOMES = (None, "UA63040090010029555")
STATED = {Kind.REPORT, Kind.ASSESSMENT}
_FIGURES = {
    "age": (18, 89),
    "year": (2015, 2024),
    "date": (10, 30),
    "floor": (10, 24),
    "house": (11, 150),
}
_KINDS = (
    *(
        "filler",
        "filler",
        "end_real",
        "end_not",
        "end_not",
        "end_split",
        "end_except",
        "zero",
        "zero",
    ),
    *(
        "unknown",
        "unknown",
        "positive",
        *_FIGURES,
        "queue",
        "past",
        "past",
        "film",
        "abroad",
        "infer",
    ),
)
# Parts that one sentence may hold side by side without changing each other's meaning.
_JOINED = {"filler", "zero", "unknown", "positive"}
_MARKS = (". ", ".\n", "! ", "\n", "\n\n", ". \n• ", " ❗️\n", ".  ", " . ", "❗️ ", "... ")
_HEADS = ("", "", "", "⚡️", "❗️ ", "🔴 ", "💥 ", "• ", "‼️")


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a post and what it states.

    ``figure`` counts nothing; at ``still`` the alert goes on.
    """

    kind: str
    start: int
    end: int
    figure: float | None = None
    still: str = ""

    def overlaps(self, claim: Claim) -> bool:
        return self.start < claim.end and claim.start < self.end


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A post of the grammar."""

    text: str
    parts: tuple[Part, ...]
    home: str | None


class Breach(msgspec.Struct, frozen=True, kw_only=True):
    """A gate that a reading broke at a part."""

    gate: str
    part: str
    claim: Claim


Reader = Callable[[Made], tuple[Claim, ...]]


def make(random: Random) -> Made:
    """Return a post: one to five parts of one language in any order."""
    table = TABLES[random.choice(sorted(TABLES))]
    text, parts, before = "", [], ""
    for _ in range(random.randint(1, 5)):
        kind = random.choice(_KINDS)
        said, figure, still = _say(table, kind, random)
        if text:
            is_joined = {before, kind} <= _JOINED and random.random() < 0.4
            glue = random.choice(table["glue"] if is_joined else _MARKS)
            if text.endswith("?"):
                glue = random.choice((" ", "\n"))
            elif is_joined:
                said = said[0].lower() + said[1:]
            text += glue
        else:
            text = random.choice(_HEADS)
        shape = random.random()
        if shape < 0.05:
            said = said.upper()
        elif shape < 0.1:
            said = said.replace(" ", "  ", 2)
        start, text, before = len(text), text + said, kind
        parts.append(Part(kind=kind, start=start, end=len(text), figure=figure, still=still))
    text += random.choice((".", "", "!", " ", "\n")) if not text.endswith("?") else ""
    return Made(text=text, parts=tuple(parts), home=random.choice(HOMES))


def _say(table: dict[str, list[str]], kind: str, random: Random) -> tuple[str, float | None, str]:
    slots: dict[str, Any] = {key: random.choice(table[key]) for key in ("loc", "nom", "harm", "ru")}
    slots["n"] = random.choice(table["count"])
    slots["ended"], slots["more"], slots["still"] = random.sample(table["nom"], 3)
    slots["but"] = table["but"][table["nom"].index(slots["still"])]
    figure: float | None = None
    if kind in _FIGURES:
        figure = random.randint(*_FIGURES[kind])
        slots["f"] = int(figure)
    elif kind == "queue":
        slots["f"] = f"{random.randint(1, 6)}.{random.randint(1, 2)}"
        figure = float(slots["f"])
    slots |= {key.capitalize(): _capital(slots[key]) for key in ("harm", "ru", "n")}
    said = random.choice(table[kind]).format(**slots)
    still = {"end_split": slots["still"], "end_except": slots["but"]}.get(kind, "")
    return _capital(said), figure, still


def _capital(said: str) -> str:
    return said[0].upper() + said[1:]


def read_made(post: Made) -> tuple[Claim, ...]:
    """Return the claims of a post, their places decided."""
    reading = read_text(post.text, gazetteer=gazetteer(), report="rep_test", version="ver_test")
    return resolve(reading, gazetteer(), home=post.home).claims


def chances(post: Made) -> Counter[str]:
    """Return the number of opportunities a gate."""
    return Counter(gate for part in post.parts for gate in _GATES_OF.get(part.kind, ()))


def breaches(post: Made, claims: Iterable[Claim]) -> list[Breach]:
    """Return every broken gate; a claim that another part under it backs breaks none."""
    found = []
    claims = tuple(claims)
    for part in post.parts:
        for gate in _GATES_OF.get(part.kind, ()):
            wrong, backing = _RULES[gate]
            for claim in claims:
                if not part.overlaps(claim) or not wrong(part, claim):
                    continue
                if any(p.kind in backing and p.overlaps(claim) for p in post.parts):
                    continue
                found.append(Breach(gate=gate, part=post.text[part.start : part.end], claim=claim))
    return found


def missed_ends(post: Made, claims: Iterable[Claim]) -> tuple[int, int]:
    """Return how many parts truly end an alert, and how many of them no claim says."""
    real = [part for part in post.parts if part.kind == "end_real"]
    ends = [claim for claim in claims if _is_end(claim)]
    return len(real), sum(not any(part.overlaps(claim) for claim in ends) for part in real)


def _is_end(claim: Claim) -> bool:
    return (
        claim.topic == "alert.end" and claim.kind in STATED and claim.polarity is Polarity.AFFIRMED
    )


def _ends_elsewhere(part: Part, claim: Claim) -> bool:
    """Whether a claim ends an alert that goes on."""
    still = part.still.lower()
    return _is_end(claim) and (
        not claim.places or any(place.surface.lower() == still for place in claim.places)
    )


def _is_harm(claim: Claim) -> bool:
    return claim.topic.startswith("harm.")


def _is_zero(claim: Claim) -> bool:
    number = claim.number
    return claim.polarity is Polarity.NEGATED or (number is not None and number.max == 0)


def _is_positive(claim: Claim) -> bool:
    affirmed = claim.kind in STATED and claim.polarity is Polarity.AFFIRMED
    return affirmed and not _is_zero(claim)


def _counts(part: Part, claim: Claim) -> bool:
    number = claim.number
    return number is not None and part.figure in {number.min, number.max}


def _is_current(claim: Claim) -> bool:
    families = ("event.", "impact.", "harm.", "alert.", "power.", "service.")
    return claim.kind in STATED and claim.topic.startswith(families)


def _is_danger(claim: Claim) -> bool:
    return (
        claim.topic.startswith(("threat.", "event."))
        and claim.kind in {*STATED, Kind.WARNING}
        and claim.polarity is Polarity.AFFIRMED
    )


def _is_inside(claim: Claim) -> bool:
    return any(
        place.code not in {None, "RU"} and place.role in {Role.AFFECTED, Role.NEAR, Role.HEADING}
        for place in claim.places
    )


_HAPPEN = {"filler", "positive", "zero", "abroad", "age", "date", "floor", "house", "queue"}
_RULES: dict[str, tuple[Callable[[Part, Claim], bool], set[str]]] = {
    GATES[0]: (
        lambda part, c: _ends_elsewhere(part, c) if part.still else _is_end(c),
        {"end_real"},
    ),
    GATES[1]: (lambda _, c: _is_harm(c) and _is_zero(c), {"zero"}),
    GATES[2]: (lambda _, c: _is_harm(c) and c.kind is Kind.UNKNOWN, {"unknown"}),
    GATES[3]: (lambda _, c: _is_harm(c) and _is_positive(c), {"positive", "age", "abroad"}),
    GATES[4]: (_counts, set()),
    GATES[5]: (lambda _, c: _is_current(c), _HAPPEN),
    GATES[6]: (lambda _, c: _is_danger(c), _HAPPEN),
    GATES[7]: (lambda _, c: _is_inside(c), _HAPPEN - {"abroad"}),
    GATES[8]: (
        lambda _, c: _is_current(c) and c.kind is Kind.REPORT and not c.topic.startswith("alert."),
        _HAPPEN,
    ),
}
_GATES_OF = {
    "end_not": GATES[:1],
    "end_split": GATES[:1],
    "end_except": GATES[:1],
    "unknown": GATES[1:2],
    "zero": GATES[2:4],
    **dict.fromkeys((*_FIGURES, "queue"), GATES[4:5]),
    "past": GATES[5:6],
    "film": GATES[6:7],
    "abroad": GATES[7:8],
    "infer": GATES[8:],
}


def _instead(claims: Iterable[Claim], when: Callable[[Claim], bool], **new: Any) -> list[Claim]:
    return [msgspec.structs.replace(c, **new) if when(c) else c for c in claims]


def _with_end(post: Made) -> tuple[Claim, ...]:
    spoken = re.search(r"\ball.clear|\b(?:відб|отб)\w+", post.text, re.IGNORECASE)
    claims = list(read_made(post))
    if spoken:
        end = Claim(
            id="",
            topic="alert.end",
            kind=Kind.REPORT,
            quote="",
            start=spoken.start(),
            end=spoken.end(),
        )
        claims.append(end)
    return tuple(claims)


def _with_strike(post: Made) -> tuple[Claim, ...]:
    claims = read_made(post)
    return tuple(
        _instead(
            claims,
            lambda c: c.topic == "advice.do_not_film",
            topic="event.strike",
            kind=Kind.REPORT,
        )
    )


def _with_figures(post: Made) -> tuple[Claim, ...]:
    figure = re.search(r"\d{2,}|\d\.\d", post.text)
    number = Number(min=float(figure[0]), max=float(figure[0])) if figure else None
    return tuple(_instead(read_made(post), lambda c: bool(c.id), number=number))


def _at_home(post: Made) -> tuple[Claim, ...]:
    place = PlaceRef(code="UA63000000000041885", level="oblast")
    abroad = [c for c in read_made(post) if any(p.code == "RU" for p in c.places)]
    return tuple(msgspec.structs.replace(c, places=(place,)) for c in abroad)


def _mutant(when: Callable[[Claim], bool], **new: Any) -> Reader:
    return lambda post: tuple(_instead(read_made(post), when, **new))


_ZERO = Number(min=0.0, max=0.0, mode="none")
# For each gate a reader that breaks it: what the test must see.
MUTANTS: dict[str, Reader] = {
    GATES[0]: _with_end,
    GATES[1]: _mutant(
        lambda c: _is_harm(c) and c.kind is Kind.UNKNOWN,
        kind=Kind.REPORT,
        polarity=Polarity.NEGATED,
        number=_ZERO,
    ),
    GATES[2]: _mutant(lambda c: _is_harm(c) and _is_zero(c), kind=Kind.UNKNOWN, number=None),
    GATES[3]: _mutant(
        lambda c: _is_harm(c) and _is_zero(c), polarity=Polarity.AFFIRMED, number=None
    ),
    GATES[4]: _with_figures,
    GATES[5]: _mutant(lambda c: c.kind is Kind.BACKGROUND, kind=Kind.REPORT),
    GATES[6]: _with_strike,
    GATES[7]: _at_home,
    GATES[8]: _mutant(lambda c: c.kind in {Kind.SPECULATION, Kind.FORECAST}, kind=Kind.REPORT),
}
