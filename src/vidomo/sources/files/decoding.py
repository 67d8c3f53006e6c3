"""Turn bytes into text, or say why not; never guess so badly that words turn to noise."""

import codecs
import re

import msgspec

from vidomo.core.errors import InputError
from vidomo.core.problems import Problem

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"SQLite format 3", "a SQLite database"),
)
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Letters of the Ukrainian and Russian alphabets; the rest of the block is rare in both.
_CYRILLIC = re.compile(
    "[\u0410-\u044f\u0401\u0404\u0406\u0407\u0451\u0454\u0456\u0457\u0490\u0491]"
)
_LOWER = re.compile("[\u0430-\u044f\u0451\u0454\u0456\u0457\u0491]")
_FOREIGN = re.compile("[^\\x00-\\x7f\u0400-\u04ff\u2010-\u203a\u00ab\u00bb\u00b0\u00a0\u2116]")
_MIXED = re.compile("[A-Za-z][\u0410-\u044f]|[\u0410-\u044f][A-Za-z]")
_PLAUSIBLE_SHARE = (
    0.95  # of the letters; true texts in our tests lie above 0.99, wrong guesses below 0.7
)
_FEWEST_LETTERS = 8  # fewer Cyrillic letters than that decide nothing
_TAIL = 3  # bytes that a cut can leave of one UTF-8 character
_UTF8_HINT = "save the file as UTF-8 and try again"


class Decoded(msgspec.Struct, frozen=True):
    """A text and the encoding that it was read as.

    Attributes:
        text: Without byte order mark.
        encoding: Python's name of it.
        note: Set where a person should know how it was read.
    """

    text: str
    encoding: str
    note: Problem | None = None


def decode(raw: bytes, *, where: str, is_page: bool = False) -> Decoded:
    """Return the text of a whole file.

    Args:
        raw: All of its bytes.
        where: File name for the message.
        is_page: Whether a character set declared inside counts (HTML).

    Raises:
        InputError: Binary, or an encoding that cannot be told with confidence.
    """
    refuse_binary(raw, where=where)
    encoding, note = _encoding_of(raw, where=where, is_page=is_page)
    bom = next((mark for mark, _ in _BOMS if raw.startswith(mark)), b"")
    try:
        text = raw[len(bom) :].decode(encoding)
    except UnicodeDecodeError as error:
        if len(raw) - len(bom) - error.start > _TAIL:
            raise InputError(
                f"{where} is not {encoding} at byte {error.start + len(bom)}", hint=_UTF8_HINT
            ) from error
        text = raw[len(bom) : len(bom) + error.start].decode(encoding)
        note = Problem(
            code="cut_short",
            found="the file ends inside a character",
            where=where,
            hint="check whether it was copied whole",
        )
    if len(_CONTROL.findall(text)) * 100 > len(text):
        raise InputError(f"{where} is a binary file", hint="give text, HTML or JSON")
    return Decoded(text, encoding, note)


def refuse_binary(raw: bytes, *, where: str) -> None:
    """Refuse what begins like a well-known kind of binary file.

    Raises:
        InputError: With the kind that it is.
    """
    for magic, kind in _MAGIC:
        if raw.startswith(magic):
            raise InputError(f"{where} is {kind}", hint="save its text as .txt, .html or .jsonl")


def encoding_of(head: bytes, *, where: str) -> tuple[str, Problem | None]:
    """Return the encoding of a long file from its beginning, and a note when it is unusual.

    Where it cannot be told the answer is UTF-8: then each line is looked at by itself.

    Raises:
        InputError: Binary.
    """
    refuse_binary(head, where=where)
    try:
        return _encoding_of(head, where=where, is_page=False)
    except InputError:
        if b"\x00" in head:
            raise
        return "utf-8", None


def is_cp1251(raw: bytes) -> bool:
    """Return whether bytes are, with confidence, Cyrillic text in Windows-1251.

    Read as that, nearly all letters beyond ASCII are Ukrainian or Russian ones,
    most of them small (KOI8 read so has them nearly all capital), and Latin and
    Cyrillic letters do not stand side by side (Western text read so has them).
    """
    try:
        text = raw.decode("cp1251")
    except UnicodeDecodeError:
        return False
    return _is_plausible(text)


def _encoding_of(raw: bytes, *, where: str, is_page: bool) -> tuple[str, Problem | None]:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return encoding, None if encoding == "utf-8" else _read_as(encoding, where)
    if b"\x00" in raw:
        for encoding in ("utf-16-le", "utf-16-be"):
            if _is_plausible(raw[: len(raw) // 2 * 2].decode(encoding, "replace"), latin=True):
                return encoding, _read_as(encoding, where)
        raise InputError(f"{where} is a binary file", hint="give text, HTML or JSON")
    if _is_utf8(raw):
        return "utf-8", None
    if is_page and (declared := _declared(raw)):
        return declared, _read_as(declared, where)
    if is_cp1251(raw):
        return "cp1251", _read_as("cp1251", where)
    raise InputError(f"{where} is in an encoding that cannot be told", hint=_UTF8_HINT)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        # A file or the head of one may end inside a character.
        return error.start > 0 and len(raw) - error.start <= _TAIL and "end of data" in error.reason
    return True


def _declared(raw: bytes) -> str | None:
    match = _DECLARED.search(raw[:4096])
    if match is None:
        return None
    try:
        encoding = codecs.lookup(match[1].decode("ascii")).name
        raw.decode(encoding)
    except (LookupError, ValueError):
        return None
    return None if encoding in {"utf-8", "iso8859-1"} else encoding


def _is_plausible(text: str, *, latin: bool = False) -> bool:
    letters = len(_CYRILLIC.findall(text))
    strange = len(_FOREIGN.findall(text)) + len(_CONTROL.findall(text))
    if latin:
        letters += sum(character.isascii() for character in text)
        return letters >= _PLAUSIBLE_SHARE * len(text) and strange == 0
    small = len(_LOWER.findall(text))
    beyond = sum(not character.isascii() and character.isalpha() for character in text)
    return (
        letters >= _FEWEST_LETTERS
        and letters >= _PLAUSIBLE_SHARE * beyond
        and small * 2 >= letters
        and strange <= (1 - _PLAUSIBLE_SHARE) * len(text)
        and len(_MIXED.findall(text)) <= (1 - _PLAUSIBLE_SHARE) * letters
    )


def _read_as(encoding: str, where: str) -> Problem:
    return Problem(
        code="read_as",
        found=f"read as {encoding}, not UTF-8",
        where=where,
        hint="look whether the words are right; saving as UTF-8 avoids the guess",
    )
