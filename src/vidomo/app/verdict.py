"""A person's answer to an item of the review queue, read from its short written form."""

from typing import Literal

import msgspec

from vidomo.claims.model import Kind, Polarity
from vidomo.claims.topics import topics
from vidomo.core.errors import ConfigError
from vidomo.gazetteer import Gazetteer

_HINT = (
    "answer none, confirm, place=CODE, or topic=TOPIC,kind=KIND,quote=WORDS "
    "(before quote also polarity=, place=CODE, count=N)"
)
_KEYS = ("topic", "kind", "polarity", "place", "count")
_COUNTRIES = frozenset({"UA", "RU"})


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """An answer.

    Attributes:
        what: none (nothing is stated, or the claim is wrong), confirm (the claim is right),
            place (the claim is about this place), states (the words state this claim).
        topic: For states: topic, kind, polarity, the exact words, how many.
        place: Code of the place; for states it may be empty.
    """

    what: Literal["none", "confirm", "place", "states"]
    place: str = ""
    topic: str = ""
    kind: str = ""
    polarity: str = "affirmed"
    quote: str = ""
    count: float | None = None


def parse_verdict(text: str) -> Verdict:
    """Return the answer that its written form stands for.

    ``quote=`` comes last and takes the rest, commas included.

    Raises:
        ConfigError: No such form, topic, kind or place; the message names it.
    """
    text = text.strip()
    if text == "none":
        return Verdict(what="none")
    if text == "confirm":
        return Verdict(what="confirm")
    if text.startswith("place=") and "," not in text:
        return Verdict(what="place", place=_place(text.removeprefix("place=").strip()))
    head, mark, quote = text.partition("quote=")
    if not mark or not quote:
        raise ConfigError(f"{text!r} is not an answer", hint=_HINT)
    parts = dict(_pair(part) for part in head.split(",") if part.strip())
    verdict = Verdict(
        what="states",
        topic=_one_of(parts.get("topic", ""), set(topics()), "topic"),
        kind=_one_of(parts.get("kind", "report"), set(Kind), "kind"),
        polarity=_one_of(parts.get("polarity", "affirmed"), set(Polarity), "polarity"),
        place=_place(parts["place"]) if "place" in parts else "",
        quote=quote,
        count=_count(parts["count"]) if "count" in parts else None,
    )
    _check(verdict)
    return verdict


def _pair(part: str) -> tuple[str, str]:
    key, _, value = (word.strip() for word in part.partition("="))
    if key not in _KEYS:
        raise ConfigError(f"an answer has no part {key!r}", hint=_HINT)
    return key, value


def _one_of(value: str, allowed: set[str], what: str) -> str:
    if value not in allowed:
        first = value.partition(".")[0]
        near = [one for one in sorted(allowed) if first and one.startswith(first)]
        listed = ", ".join(near or sorted(allowed))
        raise ConfigError(f"{value!r} is no {what}", hint=f"one of {listed}")
    return value


def _place(code: str) -> str:
    if code not in _COUNTRIES and Gazetteer.open().get(code) is None:
        raise ConfigError(f"no place has the code {code!r}", hint="vidomo places find NAME")
    return code


def _count(text: str) -> float:
    if not text.isdecimal():
        raise ConfigError(f"{text!r} is no count", hint="write a whole number")
    return float(text)


def _check(verdict: Verdict) -> None:
    """Refuse what would turn unknown into a number or say nothing at all."""
    topic = topics()[verdict.topic]
    if verdict.kind == Kind.UNKNOWN and not topic.subject:
        raise ConfigError(f"{verdict.topic} cannot be unknown", hint="choose another kind")
    if verdict.count is not None and verdict.kind == Kind.UNKNOWN:
        raise ConfigError("what is unknown has no count", hint="leave count out")
    if verdict.count is not None and not topic.units:
        raise ConfigError(f"{verdict.topic} counts nothing", hint="leave count out")
    if verdict.count == 0:
        raise ConfigError("zero is a fact of its own", hint="write polarity=negated, no count")
