"""Writes a text in one spelling and remembers where each letter stood."""

import re
import unicodedata
from functools import cache

from vidomo.claims.tables import table

APOSTROPHE = "'"
EN_DASH = "\u2013"
# More than four marks on one letter is a prank or an attack, never a language; composing
# them all costs time that grows with the square of their number.
_MARKS_KEPT = 4

_MARK = (
    "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20e2\u20e4-\u20f0\ufe20-\ufe2f"
)
_GONE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
# Bold, italic and links as Telegram writes them: the words stay, the marks and addresses go.
_MARKUP = r"\*\*|__|~~|\[(?=[^\[\]\n]{1,300}\]\()|\]\((?:https?|tg)://[^()\s]{1,500}\)"
# One step: markup, a letter with its marks, marks without a letter, invisible characters, or a
# line end.
_UNEVEN = re.compile(
    rf"(?P<markup>{_MARKUP})|[^\s{_MARK}{_GONE}][{_MARK}]+|[{_MARK}]+|[{_GONE}]+|\r\n?"
)
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_MIXED = re.compile(rf"{_LATIN.pattern}{_CYRILLIC.pattern}|{_CYRILLIC.pattern}{_LATIN.pattern}")
_LONE_LATIN = re.compile(r"(?<![^\s(\"\u00ab])[A-Za-z](?= [\u0400-\u052f0-9])")
_STRESS = "\u0300\u0301"


def normalise(original: str) -> tuple[str, tuple[int, ...]]:
    """Return the text in one spelling, and where each of its characters stood.

    Letters are composed, stress marks, invisible characters and markup removed, apostrophes, blanks,
    dashes and quotation marks written in one way, Latin look-alikes inside Cyrillic words
    (and the reverse) replaced. Time grows with the length of the text only.

    Args:
        original: Any text, as received.

    Returns:
        The text, and for each of its positions and one past its end the position in
        ``original``. A letter with marks stands where its letter stood.
    """
    even = original.translate(_one_to_one())
    if _UNEVEN.search(even) is None:
        return _one_script(even), tuple(range(len(original) + 1))
    parts: list[str] = []
    offsets: list[int] = []
    done = 0
    for match in _UNEVEN.finditer(even):
        parts.append(even[done : match.start()])
        offsets.extend(range(done, match.start()))
        composed = "" if match["markup"] else _compose(match[0])
        parts.append(composed)
        offsets.extend([match.start()] * len(composed))
        done = match.end()
    parts.append(even[done:])
    offsets.extend(range(done, len(even) + 1))
    return _one_script("".join(parts)), tuple(offsets)


def lower_evenly(text: str) -> str:
    """Return the text in lower case, of the same length."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _compose(piece: str) -> str:
    if piece[0] == "\r":
        return "\n"
    letter, marks = piece[0], piece[1:]
    if _UNEVEN.match(letter):
        return ""
    if not letter.isalpha():
        return letter
    if _CYRILLIC.match(letter):
        marks = marks.translate(dict.fromkeys(map(ord, _STRESS)))
    composed = unicodedata.normalize("NFC", letter + marks[:_MARKS_KEPT])
    return composed[0] if composed else ""


def _one_script(text: str) -> str:
    """Write each word with letters of one script, where one script can write it."""
    if not (_LATIN.search(text) and _CYRILLIC.search(text)):
        return text
    to_cyrillic = _lookalikes()
    if _MIXED.search(text):
        text = _WORD.sub(lambda match: _one_script_word(match[0]), text)
    if len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text)):
        text = _LONE_LATIN.sub(lambda match: to_cyrillic.get(match[0], match[0]), text)
    return text


def _one_script_word(word: str) -> str:
    latin, cyrillic = len(_LATIN.findall(word)), len(_CYRILLIC.findall(word))
    if not latin or not cyrillic:
        return word
    to_cyrillic, to_latin = _lookalikes(), _latin_lookalikes()
    can_cyrillic = all(char in to_cyrillic for char in word if _LATIN.match(char))
    can_latin = all(char in to_latin for char in word if _CYRILLIC.match(char))
    if can_cyrillic and (not can_latin or cyrillic >= latin):
        return "".join(to_cyrillic.get(char, char) for char in word)
    if can_latin:
        return "".join(to_latin.get(char, char) for char in word)
    return word


@cache
def _lookalikes() -> dict[str, str]:
    return dict(table("uk", "letters")["lookalikes"])


@cache
def _latin_lookalikes() -> dict[str, str]:
    turned: dict[str, str] = {}
    for latin, cyrillic in _lookalikes().items():
        if latin.isascii():
            turned.setdefault(cyrillic, latin)
    return turned


@cache
def _one_to_one() -> dict[int, str]:
    """Return what is replaced one for one, without any change of length."""
    apostrophes = "`\u00b4\u02b9\u02bb\u02bc\u02bd\u02c8\u2018\u2019\u201b\u2032\u2035\u275b\u275c"
    apostrophes += "\ua78c\uff07\u055a\u05f3\u1fbd\u1fbf"
    blanks = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    blanks += "\u202f\u205f\u3000\u2800"
    controls = "".join(chr(code) for code in (*range(9), *range(14, 32), *range(127, 160)))
    line_ends = "\x0b\x0c\x1c\x1d\x1e\u0085\u2028\u2029"
    hyphens = "\u2010\u2011\u2212\ufe63\uff0d\u058a\u05be"
    dashes = "\u2012\u2014\u2015\u2e3a\u2e3b\ufe58\ufe31\ufe32"
    quotes = "\u201c\u201d\u201e\u201f\u2033\u301d\u301e\u301f\uff02\u275d\u275e"
    same = {
        "\u2039": "\u00ab",
        "\u203a": "\u00bb",
        "\u0450": "\u0435",
        "\u045d": "\u0438",
        "\u0400": "\u0415",
        "\u040d": "\u0418",
        "\u2126": "\u03a9",
        "\u212a": "K",
        "\u212b": "\u00c5",
        "\uff05": "%",
        "\uff0c": ",",
        "\uff1a": ":",
    }
    written = {ord(char): APOSTROPHE for char in apostrophes}
    written |= {ord(char): " " for char in controls + blanks}
    written |= {ord(char): "\n" for char in line_ends}
    written |= {ord(char): "-" for char in hyphens}
    written |= {ord(char): EN_DASH for char in dashes}
    written |= {ord(char): '"' for char in quotes}
    return written | {ord(char): to for char, to in same.items()}
