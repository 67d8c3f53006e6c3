"""Words of the open data: the codebook, the calendar, the feed and the list of files."""

import tomllib
from functools import cache
from importlib.resources import files

from vidomo.publish.words import Words


@cache
def data_words(lang: str) -> Words:
    """Return the words of a language."""
    text = (files("vidomo.publish.opendata") / "locale" / f"{lang}.toml").read_text("utf-8")
    return Words(lang, tomllib.loads(text))
