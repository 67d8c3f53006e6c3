"""The tables of this room, checked once: dimensions and their moves, incidents, questions."""

import functools
import tomllib
from importlib import resources
from typing import Any, Literal

import msgspec

from vidomo.claims.model import Claim, Extent
from vidomo.core.ids import content_id

CODE_VERSION = 5
"""Counts up when the code of this room makes other phases from the same tables."""
_TO_COME = frozenset({"expected", "scheduled"})


class Dimension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One dimension of a place; ``phases`` go from calm to severe."""

    phases: tuple[str, ...]
    default: str
    competence: str
    stale_after_s: float
    inherits: tuple[str, ...]
    word: str = ""
    past_freshness: bool = False


class Move(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"leaves": "from"}):
    """One line of the table of legal moves; its fields are told in ``dimensions.toml``."""

    dimensions: tuple[str, ...]
    topics: tuple[str, ...]
    kinds: tuple[str, ...]
    reason: str
    to: str = ""
    note: str = ""
    leaves: tuple[str, ...] = ()
    polarity: Literal["affirmed", "negated", "any"] = "affirmed"
    extents: tuple[str, ...] = ()
    standing: Literal["official", "counted"] = "counted"
    competence: str = ""
    relieves: bool = False
    covers_parts: bool = False

    def fits(self, claim: Claim) -> bool:
        """Whether a claim is one that this line speaks of; its topic has matched already.

        Relief that is only expected is no relief, whatever its kind.
        """
        if self.relieves and claim.time.phase in _TO_COME:
            return False
        return (
            claim.kind.value in self.kinds
            and self.polarity in ("any", claim.polarity.value)
            and (not self.extents or extent_of(claim) in self.extents)
        )


def extent_of(claim: Claim) -> str:
    """Return how much of its place a claim is about: a count of parts or customers is a part of it.

    "Light is back for 1,200 customers of the town" is no word about the rest of the town.
    """
    number = claim.number
    if claim.extent is not Extent.UNSTATED or number is None or number.min == number.max == 0:
        return claim.extent.value
    if number.unit == "share" and number.min is not None and number.min >= 1:
        return Extent.ALL.value
    counted = number.unit in dimension_rules().part_units
    return Extent.PART.value if counted else claim.extent.value


class DimensionRules(msgspec.Struct, frozen=True):
    """All dimensions, and for each topic the moves that it can make in each of them."""

    dimensions: dict[str, Dimension]
    moves: dict[str, tuple[tuple[str, Move], ...]]
    clock_skew_s: float
    part_units: frozenset[str]

    def moves_of(self, claim: Claim) -> dict[str, Move]:
        """Return for each dimension the first move that a claim makes."""
        found: dict[str, Move] = {}
        for dimension, move in self.moves.get(claim.topic, ()):
            if dimension not in found and move.fits(claim):
                found[dimension] = move
        return found


class IncidentRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The defaults of ``incidents.toml``."""

    gap_s: float
    wide_s: float
    event_lookback_s: float
    harm_lookback_s: float
    unsourced_topics: tuple[str, ...]
    figure_topics: tuple[str, ...]
    cumulative_topics: tuple[str, ...]
    hurt_topics: tuple[str, ...]
    part_units: tuple[str, ...]
    family: dict[str, str]
    topic_family: dict[str, str]
    topic_unit: dict[str, str]


class Stage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One stage of the chain; its fields are told in ``links.toml``."""

    name: str
    topics: tuple[str, ...]
    kinds: tuple[str, ...]
    lead_s: float
    follow_s: float


class LinkRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"leaves": "from"}):
    """What ties one stage to an earlier one; ``partly`` names it where only a part is meant."""

    kind: str
    leaves: str
    to: str
    same_service: bool = False
    partly: str = ""


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that say what came of what."""

    kind: str
    lang: str
    words: str
    example: str
    counter: str


class LinkRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table ``links.toml``."""

    stage: tuple[Stage, ...]
    link: tuple[LinkRow, ...]
    cue: tuple[Cue, ...]


class OriginRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lines of ``origins.toml``."""

    least_words: int
    least_share: float
    window_s: float
    run_words: int
    sketch: int
    least_shared: int
    candidates: int


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What answers a question about one subject."""

    topics: tuple[str, ...]
    kinds: tuple[str, ...]
    needs_number: bool = False
    same_family: bool = False
    endings: tuple[str, ...] = ()


class QuestionRules(msgspec.Struct, frozen=True):
    """The lines of ``questions.toml``."""

    stale_after_s: float
    answers: dict[str, Answer]


@functools.cache
def dimension_rules() -> DimensionRules:
    """Return the dimensions and their moves."""
    raw = _table("dimensions")
    supply = raw["supply"]
    dimensions = {
        name: msgspec.convert(
            row if "phases" in row else {**supply, "competence": name, **row}, Dimension
        )
        for name, row in raw["dimension"].items()
    }
    moves: dict[str, list[tuple[str, Move]]] = {}
    for row in raw["move"]:
        move = msgspec.convert(row, Move)
        for name in move.dimensions:
            for topic in move.topics:
                filled = topic.replace("{word}", dimensions[name].word)
                moves.setdefault(filled, []).append((name, move))
    filed = {topic: tuple(rows) for topic, rows in moves.items()}
    return DimensionRules(dimensions, filed, raw["clock_skew_s"], frozenset(raw["part_units"]))


@functools.cache
def rules_version() -> str:
    """Return the version of all tables of this room together; another one may fold differently."""
    folder = resources.files("vidomo.situation").joinpath("tables")
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    texts = [file.read_text("utf-8") for file in files if file.name.endswith(".toml")]
    return content_id("rul", CODE_VERSION, texts)


@functools.cache
def incident_rules() -> IncidentRules:
    """Return the defaults for incidents and figures."""
    return msgspec.convert(_table("incidents"), IncidentRules)


@functools.cache
def origin_rules() -> OriginRules:
    """Return what makes one text a copy of another."""
    return msgspec.convert(_table("origins"), OriginRules)


@functools.cache
def link_rules() -> LinkRules:
    """Return the stages of the chain and what ties them."""
    return msgspec.convert(_table("links"), LinkRules)


@functools.cache
def question_rules() -> QuestionRules:
    """Return what answers which question."""
    raw = _table("questions")
    stale_after_s = raw.pop("stale_after_s")
    return QuestionRules(stale_after_s, msgspec.convert(raw, dict[str, Answer]))


def _table(name: str) -> dict[str, Any]:
    path = resources.files("vidomo.situation").joinpath("tables", f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
