"""The words that a person types before a message goes out: the place and the effect.

On 13 January 2018 a test and a real alert had the same question to confirm; here no two kinds of
message have the same words, and an exercise says so in them.
"""

import unicodedata

from vidomo.core.errors import InputError
from vidomo.desk.alerts.model import Draft
from vidomo.desk.words import desk_words
from vidomo.gazetteer import Gazetteer

LANGS = ("uk", "en")
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u02bc`\u2018", "'"))


def phrase(draft: Draft, *, lang: str, gazetteer: Gazetteer) -> str:
    """Return the words to type for a message: its first place, how many more, what it does."""
    words = desk_words(lang)
    unit = gazetteer.unit(draft.places[0])
    name = unit.name_en if lang == "en" and unit.name_en else unit.name
    more = len(draft.places) - 1
    parts = [
        words("alerts.phrase_exercise") if draft.is_exercise else "",
        name,
        words("alerts.phrase_more", more=more) if more else "",
        words(f"alerts.effect_{draft.kind}"),
    ]
    return " ".join(part for part in parts if part)


def confirmed(typed: str, draft: Draft, *, gazetteer: Gazetteer) -> None:
    """Return when somebody typed the words of a message, in either language; raise otherwise.

    Raises:
        InputError: Other words; nothing happens then.
    """
    wanted = [phrase(draft, lang=lang, gazetteer=gazetteer) for lang in LANGS]
    if _plain(typed) not in map(_plain, wanted):
        raise InputError(
            f"{typed.strip()[:80]!r} does not name the place and the effect",
            hint=f"type: {wanted[0]}",
        )


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES)
    return " ".join(text.split()).casefold()
