"""Words of the open data: the codebook, the calendar, the feed and the list of files."""

import tomllib
from functools import cache
from importlib.resources import files

from vidomo.publish.words import LANGUAGES, Words


@cache
def data_words(lang: str) -> Words:
    """Return the words of a language."""
    text = (files("vidomo.publish.opendata") / "locale" / f"{lang}.toml").read_text("utf-8")
    return Words(lang, tomllib.loads(text))


def run_by(publisher: str) -> str:
    """Return in every language that this is unofficial, and who runs it."""
    said = (data_words(lang)("package.unofficial", publisher=publisher) for lang in LANGUAGES)
    return " / ".join(said)
