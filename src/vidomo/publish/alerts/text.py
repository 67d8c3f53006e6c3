"""Text that may stand in an alert file: tidied where that is harmless, refused where it is not."""

import re
import unicodedata

from vidomo.core.errors import InputError

# Bidirectional embeddings, overrides, isolates and marks make a text read otherwise than it is
# written (Unicode Standard Annex 9; CVE-2021-42574); a byte order mark hides inside a word.
_FORBIDDEN = re.compile(
    "[\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\ufdd0-\ufdef\ufff9-\uffff\U000e0000-\U000e0fff]"
)
_LINE_ENDS = re.compile(r"\r\n?")
_CLASSES = ("Cc", "Cs", "Co", "Cn")
_BARE = re.compile(r"[\s,<&]")


def tidied(text: str, where: str) -> str:
    """Return a text with plain line ends, without blanks at its ends, in Unicode form C.

    Raises:
        InputError: It holds a control character, a bidirectional control, a private or
            unassigned character, or half of a surrogate pair.
    """
    text = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text)).strip()
    for sign in text:
        is_plain = sign in "\n\t" or unicodedata.category(sign) not in _CLASSES
        if not is_plain or _FORBIDDEN.match(sign):
            raise InputError(
                f"{where} holds the character U+{ord(sign):04X}",
                hint="take it out: it shows nothing, or makes the text read otherwise",
            )
    return text


def bare(text: str, where: str) -> str:
    """Return a text that may name a message or its sender.

    Raises:
        InputError: It is empty or holds a blank, a comma, ``<`` or ``&``.

    Source: CAP 1.2, section 3.2.1, identifier and sender.
    """
    text = tidied(text, where)
    if not text or _BARE.search(text):
        raise InputError(
            f"{where} is {text!r}", hint="it needs letters, without blank, comma, < and &"
        )
    return text


def listed(items: tuple[str, ...], where: str) -> str:
    """Return several names in one text, those with blanks in quotation marks.

    Raises:
        InputError: A name is empty or holds a quotation mark.

    Source: CAP 1.2, section 3.2.1, addresses and incidents.
    """
    texts = [tidied(item, where) for item in items]
    for text in texts:
        if not text or '"' in text:
            raise InputError(f"{where} holds {text!r}", hint="leave out empty names and quotes")
    return " ".join(f'"{text}"' if re.search(r"\s", text) else text for text in texts)


def unlisted(text: str) -> tuple[str, ...]:
    """Return the names that ``listed`` put into one text."""
    return tuple(quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', text))
