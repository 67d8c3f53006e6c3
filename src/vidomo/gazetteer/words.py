"""The table of type words and letters."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from vidomo.gazetteer.model import Level


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words around names.

    Attributes:
        label: Language to level to template.
        search: Level to the folded words that people put around a name of that level.
        letters: Alphabets for names with one wrong letter.
    """

    label: dict[str, dict[str, str]]
    search: dict[str, tuple[str, ...]]
    letters: dict[str, str]

    def levels(self, word: str) -> frozenset[Level]:
        """Return the levels that a folded word narrows a search to; none for other words."""
        return frozenset(Level(level) for level, words in self.search.items() if word in words)


@cache
def words() -> Words:
    """Return the table, read once."""
    text = (files("vidomo.gazetteer") / "words.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Words)
