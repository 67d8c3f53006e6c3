"""The topics of claims, with their labels and their names in CAP 1.2 and HXL."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """One topic of CLAIMS.md section 3.

    Attributes:
        code: Its stable name, such as ``impact.power.outage``.
        definition: One sentence.
        labels: Short name for people, by language (uk, en).
        category: CAP 1.2 ``category``.
        urgency: CAP 1.2 ``urgency`` of a plain report.
        response: CAP 1.2 ``responseType``.
        event_term: Code of the OASIS Event Terms List; empty where the list has no such term.
        hxl: HXL 1.1 hashtag with attributes.
        units: What a number beside a cue of this topic may count.
        phase: Phase of the time of a plain report; empty when none follows.
        subject: What is unknown when a clause says so and names nothing finer; empty
            when "unknown" makes no sense for the topic.
        country: Name of the country for a topic that is about the whole of it unless the
            sentence names a place.
    """

    code: str
    definition: str
    labels: dict[str, str]
    category: str
    urgency: str
    response: str
    event_term: str
    hxl: str
    units: tuple[str, ...]
    phase: str
    subject: str
    country: str = ""


@cache
def topics() -> Mapping[str, Topic]:
    """Return every topic by its code."""
    source = files("vidomo.claims").joinpath("vocab", "topics.toml")
    rows = tomllib.loads(source.read_text(encoding="utf-8"))
    return {code: msgspec.convert({"code": code, **row}, Topic) for code, row in rows.items()}


TOPICS: Mapping[str, Topic]  # read on first use, see __getattr__


def __getattr__(name: str) -> Mapping[str, Topic]:
    if name == "TOPICS":
        return topics()
    raise AttributeError(name)


@cache
def vocabulary(name: str) -> Mapping[str, Any]:
    """Return a table of ``claims/vocab`` that belongs to no language."""
    source = files("vidomo.claims").joinpath("vocab", f"{name}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
