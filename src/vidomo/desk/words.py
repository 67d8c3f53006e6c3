"""Words of the desk: one table a language and a part of the desk, every key in each language."""

import tomllib
from functools import cache
from importlib.resources import files

from vidomo.publish.words import LANGUAGES, Words


@cache
def desk_words(lang: str) -> Words:
    """Return the words of the desk; a key is the name of its file, a point and its key there."""
    lang = lang if lang in LANGUAGES else LANGUAGES[0]
    folder = files("vidomo.desk") / "locale" / lang
    tables = sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=str)
    return Words(
        lang,
        {one.name.removesuffix(".toml"): tomllib.loads(one.read_text("utf-8")) for one in tables},
    )
