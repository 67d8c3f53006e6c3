"""Latin spellings of Cyrillic names."""

from functools import cache

import msgspec

from gazetteer.bases import table


class Script(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one language is written in Latin letters: at the start of a word, in pairs, elsewhere."""

    first: dict[str, str]
    pairs: dict[str, str]
    letters: dict[str, str]


class Latin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of the table."""

    uk: Script
    ru: Script
    variants: dict[str, list[list[tuple[str, str]]]]


@cache
def _table() -> Latin:
    """Return the table of Latin spellings."""
    return msgspec.convert(table("latin"), Latin)


def romanise(name: str, lang: str) -> str:
    """Return a name of any case in Latin letters, capitals where the name has them."""
    script: Script = getattr(_table(), lang)
    out: list[str] = []
    at = 0
    while at < len(name):
        pair = name[at : at + 2].lower()
        starts = at == 0 or name[at - 1] in " -"
        if pair in script.pairs:
            latin, step = script.pairs[pair], 2
        else:
            letter = name[at].lower()
            latin = script.letters.get(letter, letter)
            latin, step = (script.first.get(letter, latin) if starts else latin), 1
        out.append(latin.capitalize() if name[at].isupper() else latin)
        at += step
    return "".join(out)


def variants(latin: str) -> set[str]:
    """Return other usual spellings of a lower-case Latin name."""
    found = {latin}
    for row in _table().variants["rows"]:
        changed = set()
        for spelling in found:
            other = spelling
            for find, put in row:
                other = other.replace(find, put)
            changed.add(other)
        found |= changed
    return found - {latin}
