"""Words of the interface for machines: one table a language, every key in each."""

import tomllib
from functools import cache
from importlib.resources import files

from vidomo.publish.api.model import Changed, Fault, FaultAnswer
from vidomo.publish.words import LANGUAGES, Words


@cache
def api_words(lang: str) -> Words:
    """Return the words of a language; in the first one where there is no such table."""
    known = lang if lang in LANGUAGES else LANGUAGES[0]
    path = files("vidomo.publish.api") / "locale" / f"{known}.toml"
    return Words(known, tomllib.loads(path.read_text(encoding="utf-8")))


def fault(code: str, *, lang: str, field: str = "") -> FaultAnswer:
    """Return a refusal in the one shape that all have."""
    words = api_words(lang)
    message, hint = words(f"error.{code}"), words(f"error.{code}_hint")
    return FaultAnswer(error=Fault(code=code, message=message, hint=hint, field=field))


def taken_back(lang: str) -> Changed:
    """Return what is said where something was taken back since; never what."""
    return Changed(code="taken_back", message=api_words(lang)("changed.taken_back"))
