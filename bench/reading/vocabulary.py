"""What a label may say: topics with their families, kinds and the other enums."""

import tomllib
from functools import cache

import msgspec
from bench.reading.corpus import HERE


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """The closed lists of the claims contract, and the family that each topic is scored in."""

    kinds: frozenset[str]
    polarities: frozenset[str]
    roles: frozenset[str]
    modes: frozenset[str]
    subjects: frozenset[str]
    statuses: frozenset[str]
    speakers: frozenset[str]
    units: frozenset[str]
    families: dict[str, tuple[str, ...]]

    @property
    def topics(self) -> frozenset[str]:
        """All topics."""
        return frozenset(topic for topics in self.families.values() for topic in topics)

    def family(self, topic: str) -> str:
        """Return the family of a topic; ``other`` for one that the contract does not have."""
        return next((name for name, topics in self.families.items() if topic in topics), "other")


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary of the table beside this file."""
    return msgspec.convert(
        tomllib.loads((HERE / "vocabulary.toml").read_text("utf-8")), type=Vocabulary
    )
