"""How well the tables do on the labelled posts that they were tuned on."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claims.reading import read
from vidomo.claims.model import Claim

# Names of the older labels (CLAIMS.md section 7, end).
TOPICS = {
    "explosion": "event.explosion",
    "cause": "cause.munition",
    "power_outage": "impact.power.outage",
    "power_restored": "impact.power.restored",
    "water_outage": "impact.water.outage",
    "water_restored": "impact.water.restored",
    "heat_outage": "impact.heat.outage",
    "heat_restored": "impact.heat.restored",
    "gas_outage": "impact.gas.outage",
    "gas_restored": "impact.gas.restored",
    "comms_outage": "impact.comms.outage",
    "casualties": "harm.casualties",
    "killed": "harm.killed",
    "injured": "harm.injured",
    "missing": "harm.missing",
    "rescued": "harm.rescued",
    "damage": "impact.damage",
    "fire": "impact.fire",
    "fire_out": "impact.fire.out",
    "advice": "advice",
    "threat": "threat",
    "strike": "event.strike",
    "shelling": "event.shelling",
    "air_defence": "event.air_defence",
    "alert_start": "alert.start",
    "alert_end": "alert.end",
    "evacuation": "response.evacuation",
    "power_schedule": "power.schedule",
    "emergency_shutdown": "power.emergency_shutdown",
    "emergency_end": "power.emergency_end",
    "health": "service.health",
    "transport": "service.transport",
    "transport_restored": "service.transport.restored",
    "education": "service.education",
    "emergency_services": "service.emergency",
    "grid_split": "grid.fragmentation",
    "location": "unknown location",
    "restoration_time": "unknown restoration_time",
}
KINDS = {"fact": "report", "prelim": "assessment", "denied": "report denied"}
# The older labels have no name for these.
UNLABELLED = ("response.rescue", "response.repair", "help.")
Pair = tuple[str, str]


@pytest.fixture(scope="module")
def posts(shared: Path) -> list[dict[str, Any]]:
    path = shared / "corpus" / "labelled_start.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def gold(row: dict[str, Any]) -> set[Pair]:
    found = set()
    for claim in row["claims"]:
        kind = KINDS.get(claim["modality"], claim["modality"])
        if claim["modality"] == "fact" and claim["n"] == "0":
            kind = "report negated"
        found.add((TOPICS[claim["type"]], kind))
    return found


def read_as_labelled(claims: tuple[Claim, ...]) -> set[Pair]:
    return {
        (older_topic(claim), older_kind(claim))
        for claim in claims
        if not claim.topic.startswith(UNLABELLED)
    }


def older_topic(claim: Claim) -> str:
    if claim.unknown and claim.unknown.subject in {"location", "restoration_time"}:
        return f"unknown {claim.unknown.subject}"
    if claim.unknown and claim.topic == "harm.killed" and claim.unknown.status == "not_received":
        return "harm.casualties"  # "no information on victims": of whom they did not tell apart
    family, _, rest = claim.topic.partition(".")
    if family in {"advice", "threat"}:
        return family
    if family == "service" and claim.topic != "service.transport.restored":
        return f"service.{rest.partition('.')[0]}"
    return claim.topic


def older_kind(claim: Claim) -> str:
    if claim.kind == "report" and claim.polarity != "affirmed":
        return f"report {claim.polarity.value}"
    return "forecast" if claim.kind == "plan" else claim.kind.value


def scores(pairs: Iterator[tuple[set[Any], set[Any]]]) -> tuple[float, float]:
    right = wrong = missed = 0
    for wanted, found in pairs:
        right += len(wanted & found)
        wrong += len(found - wanted)
        missed += len(wanted - found)
    return right / (right + wrong), right / (right + missed)


def test_topics_of_the_tuning_posts_are_found(posts: list[dict[str, Any]]) -> None:
    precision, recall = scores(
        ({t for t, _ in gold(row)}, {t for t, _ in read_as_labelled(read(row["text"]).claims)})
        for row in posts
    )
    print(f"topics: precision {precision:.3f}, recall {recall:.3f}")  # noqa: T201 - the figure
    assert precision >= 0.97
    assert recall >= 0.97


def test_kinds_of_the_tuning_posts_are_right(posts: list[dict[str, Any]]) -> None:
    precision, recall = scores(
        (gold(row), read_as_labelled(read(row["text"]).claims)) for row in posts
    )
    f1 = 2 * precision * recall / (precision + recall)
    print(f"topics with kinds: F1 {f1:.3f}")  # noqa: T201 - the figure
    assert f1 >= 0.95
