"""What keeps words from being released as a body's own, and who may release them."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from vidomo.claims.model import Claim, Role as PlaceRole
from vidomo.desk.calls.caution import needs_second
from vidomo.desk.calls.model import Call, Caller
from vidomo.desk.calls.take import LONGEST_WORDS, without_numbers
from vidomo.desk.check.model import Checked

_SHORTEST_NAME = 4
_STEM = 5
"""Letters: a name in another case form begins with the same ones, all but the last at most."""
_TAIL = 7
"""Last digits that two ways of writing one telephone number share."""
_AROUND = '.,;:!?()\u00ab\u00bb"'
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u02bc`\u2018", "'"))


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in words that somebody wants to release.

    Attributes:
        refused: Keys of the words that say why they cannot be released as they stand.
        second: Why they need another person than whoever took or worded the call.
        is_named: Whether they may name the caller: a person has to say that they do not.
        checked: What the check of a draft says.
    """

    checked: Checked
    refused: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    is_named: bool = False


def looked(
    words: str,
    call: Call,
    *,
    by: str,
    caller: Caller | None,
    claims: Sequence[Claim],
    checked: Checked,
    may_speak_of: Callable[[str], bool],
) -> Looked:
    """Return what keeps words from being released.

    An all-clear or a figure of casualties is released word for word as another person took it
    down: whoever reworded it would be releasing words of their own.

    Args:
        words: What is to be said.
        call: The call that it came of.
        by: Id of the person who releases.
        caller: Who called, None where that is erased.
        claims: What was read in the words.
        checked: What the check of a draft says.
        may_speak_of: Whether a place lies in the territory that the person approves for.
    """
    refused = []
    if not words:
        refused.append("empty")
    if len(words) > LONGEST_WORDS:
        refused.append("long")
    if without_numbers(words)[1] or (caller and _has_number(words, caller.call_back)):
        refused.append("number")
    if checked.forbidden:
        refused.append("forbidden")
    if call.struck_at is not None:
        refused.append("struck")
    if not all(map(may_speak_of, _told_of(claims))):
        refused.append("elsewhere")
    second = needs_second(words, claims)
    if second and by in (call.taken_by, call.wordings[-1].by):
        refused.append("same_person")
    if second and words != call.words:
        refused.append("reworded")
    return Looked(
        checked=checked,
        refused=tuple(refused),
        second=second,
        is_named=caller is not None and _names(words, caller.who),
    )


def _told_of(claims: Iterable[Claim]) -> set[str]:
    """Return the places of which something is said, not those that only lead there."""
    return {
        place.code
        for claim in claims
        for place in claim.places
        if place.code and place.role is PlaceRole.AFFECTED
    }


def is_same_place(typed: str, names: Sequence[str]) -> bool:
    """Whether the name of a place was typed, in any letter case and with any apostrophe."""
    wanted = {_plain(name) for name in names}
    return _plain(typed) in wanted


def _plain(text: str) -> str:
    return " ".join(text.translate(_APOSTROPHES).casefold().split())


def _names(words: str, who: str) -> bool:
    """Whether a word with a capital letter that the caller is called by begins a word here."""
    said = _plain(words).replace("-", " ").split()
    names = [
        _plain(part.strip(_AROUND)) for part in who.replace("-", " ").split() if part[:1].isupper()
    ]
    stems = tuple(
        name[: min(_STEM, len(name) - 1)] for name in names if len(name) >= _SHORTEST_NAME
    )
    short = {name for name in names if 0 < len(name) < _SHORTEST_NAME}
    bare = [word.strip(_AROUND) for word in said]
    return any(word in short or (stems and word.startswith(stems)) for word in bare)


def _has_number(words: str, call_back: str) -> bool:
    tail = "".join(filter(str.isdigit, call_back))[-_TAIL:]
    return len(tail) == _TAIL and tail in "".join(filter(str.isdigit, words))
