"""Reads names as English newsrooms write them: "the Kyiv district of Odesa", "Selydovo".

They drop the ending of a district's adjective, and what is left is the name of another town. Where
the city named after "of" has a district whose full name begins so, that one is meant.
"""

import re
from collections.abc import Callable, Sequence

_OF = "of"
_HEADS = frozenset({"district", "districts", "raion", "raions"})
# "The Darnytsia, Dnipro and Obolon districts of Kyiv": words from a name to the type word.
_REACH = 7
# What is cut from the short name, and the endings of the full one.
_CUTS = (0, 1, 2)
_ENDS = ("skyi", "kyi", "yi", "ivskyi", "ovskyi", "evskyi", "nyi", "anskyi", "ianskyi")
# Endings of names in short and in Russian spelling, and how the gazetteer has them.
_SPELLED = {
    "sky": "skyi",
    "kiy": "kyi",
    "kii": "kyi",
    "ovo": "ove",
    "evo": "eve",
    "ino": "ine",
    "yno": "yne",
}
_ADJECTIVE = "sky"
# "Mykolayivka", "Sofiyivka": the gazetteer has them without the "y".
_SOFT = re.compile("([aeiou])yi")
# "Solomyanskyi", "Svyatohirsk", "Vyshnyaky": after a consonant, the gazetteer has an "i".
_GLIDE = re.compile("([bcdfghjklmnprstvxz])y([aue])")


def spellings(keys: Sequence[str], index: int) -> list[str]:
    """Return how the gazetteer may have a name: "Lvivsky", "Selydovo", "Matviyivka"."""
    key = keys[index]
    found = []
    if ending := _SPELLED.get(key[-3:]):
        found.append(key[:-3] + ending)
        # "Kupyansky district", "Chuguevsky district": the town's name, of which it has all.
        if key.endswith(_ADJECTIVE) and index + 1 < len(keys) and keys[index + 1] in _HEADS:
            found += [key[:-1], key[:-3]]
    elif "yi" in key and (other := _SOFT.sub(r"\1i", key)) != key:
        found.append(other)
    if other := _with_i(key, found):
        found.append(other)
    return found


def _with_i(key: str, found: Sequence[str]) -> str:
    """Return a name with "ia", "iu" where newsrooms write "ya", "yu": "Solomyanskyi", "Svyatohirsk"."""
    name = found[0] if found else key
    other = _GLIDE.sub(r"\1i\2", name)
    return other if other != name else ""


def full_name(
    keys: Sequence[str],
    index: int,
    *,
    codes: Callable[[str], Sequence[str]],
    is_part: Callable[[str, str], bool],
) -> str:
    """Return the full name of the district whose short name stands at an index, or that name.

    Args:
        keys: The words of the text.
        index: Where the short name stands.
        codes: The units that a form names.
        is_part: Whether the first unit lies in the second, and that is a city.
    """
    name = keys[index]
    for at in range(index + 1, min(index + _REACH, len(keys))):
        if keys[at] not in _HEADS:
            continue
        # "The Dnipro district of Kyiv", "Kyiv's Dnipro district".
        is_of = at + 2 < len(keys) and keys[at + 1] == _OF
        city = keys[at + 2] if is_of else keys[index - 1] if index and at == index + 1 else ""
        if is_of or (city and codes(city)):
            return _district(name, codes(city), codes, is_part) or name
        return _alone(keys, index, codes, is_part) if at == index + 1 else name
    return name


def _alone(
    keys: Sequence[str],
    index: int,
    codes: Callable[[str], Sequence[str]],
    is_part: Callable[[str, str], bool],
) -> str:
    """Return "Obolonskyi" for "the Obolon district" in a text that names the city, or the name.

    A name that is a city's own ("the Kharkiv district") is a raion's, and stays as it is.
    """
    name = keys[index]
    if any(is_part(code, code) for code in codes(name)):
        return name
    for cut in _CUTS:
        for end in _ENDS:
            full = name[: len(name) - cut] + end
            units = codes(full)
            if units and any(
                all(is_part(code, city) for code in units) for key in keys for city in codes(key)
            ):
                return full
    return name


def _district(
    name: str,
    cities: Sequence[str],
    codes: Callable[[str], Sequence[str]],
    is_part: Callable[[str, str], bool],
) -> str:
    for cut in _CUTS if cities else ():
        for end in _ENDS:
            full = name[: len(name) - cut] + end
            if any(is_part(code, city) for code in codes(full) for city in cities):
                return full
    return ""
