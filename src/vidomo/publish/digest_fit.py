"""Fits whole statements into a text of limited length; what does not fit is left out whole."""

import re
from collections.abc import Callable, Sequence

import msgspec

SMS_UNITS = 70
"""UTF-16 units of one short message in letters beyond Latin (3GPP TS 23.038, UCS-2 alphabet)."""
MESH_BYTES = 200
"""Bytes of UTF-8 of one text over mesh radio; Meshtastic carries 233 with its own frame, and
relays and gateways add to it: 200 is our own choice below that."""
VOICE_S = 30.0
"""Seconds of one reading for a loudspeaker or the radio."""
WORDS_PER_S = 2.0
"""Words spoken in a second. Radio news is read at about three English words a second (the
newsroom's rule of thumb); Ukrainian words are longer and loudspeakers echo, so two, our own
choice. Nobody has measured it with a speaker yet."""

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*|\d+")
Measure = Callable[[str], float]


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """One statement that stands or falls whole.

    Attributes:
        forms: Ways of saying the very same, the fullest first; each keeps place, speaker and "not".
        is_needed: Whether the text is worthless without it.
    """

    forms: tuple[str, ...]
    is_needed: bool = False


class Fitted(msgspec.Struct, frozen=True, kw_only=True):
    """A text that fits.

    Attributes:
        text: Empty when even what is needed does not fit.
        left_out: Numbers of the pieces that are not in it.
    """

    text: str
    left_out: tuple[int, ...] = ()


def utf16_units(text: str) -> int:
    """Return the number of UTF-16 units, by which short messages are counted."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf8_bytes(text: str) -> int:
    """Return the number of bytes in UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))


def spoken_words(text: str) -> int:
    """Return how many words are heard when a text is read aloud.

    A number of up to two digits is one word, a longer one a word for each digit; capitals that
    are spelled out are a word for each letter.
    """
    count = 0
    for word in _WORD.findall(text):
        is_spelled = word.isupper() and 1 < len(word) <= _SPELLED
        is_long = word.isdigit() and len(word) > _SPOKEN_DIGITS
        count += len(word) if is_spelled or is_long else 1
    return count


_SPELLED, _SPOKEN_DIGITS = 4, 2


def spoken_seconds(text: str) -> float:
    """Return how long a text takes to read aloud, at ``WORDS_PER_S``."""
    return spoken_words(text) / WORDS_PER_S


def fitted(
    pieces: Sequence[Piece], *, limit: float, measure: Measure = utf16_units, between: str = " "
) -> Fitted:
    """Return the pieces that fit, in their order, each in the fullest form that leaves room.

    Needed pieces are given room first, then as many others as fit in their shortest form, an
    earlier one before a later one; what room is left makes them fuller. No piece is ever cut.

    Args:
        pieces: The most important first.
        limit: The most that ``measure`` may give for the whole text.
        measure: Length of a text; a longer text is never shorter by it.
        between: What stands between two pieces.
    """
    chosen: dict[int, str] = {
        number: piece.forms[-1] for number, piece in enumerate(pieces) if piece.is_needed
    }
    if measure(_joined(chosen, between)) > limit:
        return Fitted(text="", left_out=tuple(range(len(pieces))))
    for number, piece in enumerate(pieces):
        trial = chosen | {number: piece.forms[-1]}
        if number not in chosen and measure(_joined(trial, between)) <= limit:
            chosen = trial
    for number in sorted(chosen):
        for form in pieces[number].forms:
            if measure(_joined(chosen | {number: form}, between)) <= limit:
                chosen[number] = form
                break
    left_out = tuple(number for number in range(len(pieces)) if number not in chosen)
    return Fitted(text=_joined(chosen, between), left_out=left_out)


def _joined(chosen: dict[int, str], between: str) -> str:
    return between.join(chosen[number] for number in sorted(chosen))
