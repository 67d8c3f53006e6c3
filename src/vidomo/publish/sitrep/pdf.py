"""Writes a report as tagged PDF; the words are handed over as JSON and never are markup."""

from datetime import UTC, datetime
from functools import cache, lru_cache
from importlib.resources import files

import msgspec
import typst

from vidomo.core.codec import to_json
from vidomo.publish.sitrep.model import Report
from vidomo.publish.sitrep.telling import report_words

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_COMMON = frozenset("\u2013\u2014\u2019\u201c\u201d\u201e\u2026\u2116\u202f\u2192")
_PROBE = b"""
#set document(title: "-")
#set text(font: "Libertinus Serif", lang: "uk")
#text(json(bytes(sys.inputs.report)))
"""
_NO_GLYPH = "\u25af"
"""What stands for a letter that no font here has; all emoji of a post are told in its words too."""


def as_pdf(report: Report) -> bytes:
    """Return a report as PDF/UA-1 (ISO 14289-1: tagged); the same report gives the same bytes.

    The template is a constant and reads one JSON value, in which every text is a string: there
    is no way from a post into the markup. No font of the machine is used, no file is read.
    """
    return _compiled(_template(), _plain(report), report.known_at)


def _compiled(template: bytes, value: object, at: datetime) -> bytes:
    return typst.compile(
        template,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"report": to_json(value).decode()},
        pdf_standards=["ua-1"],
        timestamp=at.astimezone(UTC).replace(microsecond=0),
    )


@cache
def _template() -> bytes:
    source = files("vidomo.publish.sitrep") / "templates" / "report.typ"
    return source.read_bytes()


def _plain(report: Report) -> object:
    """Return what the template reads, without letters that cannot be shown."""
    words = report_words(report.lang)
    found: dict[str, object] = msgspec.to_builtins(report)
    found["words"] = {key: words(f"head.{key}") for key in ("notes", "link", "key")} | {
        "page": words("head.page", n="{n}", of="{of}")
    }
    found["numbers"] = report.numbers()
    return _showable(found)


def _showable(value: object) -> object:
    """Return a value in which each letter has a glyph: PDF/UA-1 asks for it, posts do not."""
    if isinstance(value, str):
        return value if value.isascii() else "".join(map(_glyph, value))
    if isinstance(value, dict):
        return {key: _showable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_showable(one) for one in value]
    return value


def _glyph(letter: str) -> str:
    """Return a letter, or the sign that there is one which cannot be shown.

    Latin and Cyrillic letters and common marks are in the font, as a test holds; of any other
    the compiler is asked, once.
    """
    if letter < "\u0180" or "\u0400" <= letter < "\u0460" or letter in _COMMON:
        return letter
    return letter if _has_glyph(letter) else _NO_GLYPH


@lru_cache(maxsize=4096)
def _has_glyph(letter: str) -> bool:
    try:
        _compiled(_PROBE, letter, _EPOCH)
    except typst.TypstError:
        return False
    return True
