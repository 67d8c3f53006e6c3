"""Makes a notice of one A4 page in letters of 18 points, with the time and a QR code."""

import io
import math
import re
from functools import cache

import msgspec
import segno
from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from vidomo.core.time import KYIV, format_instant
from vidomo.publish.digest_fit import Piece, fitted
from vidomo.publish.digest_tell import Digest, digest_words
from vidomo.publish.inline import escaping_templates, squeezed_style, style_source_of

LINE_CHARACTERS = 42
"""Letters of 18 points on 182 mm: a Ukrainian text of ours ran to 46, measured in Chromium."""
NAME_CHARACTERS = 25
"""The same for the name, in letters of 30 points."""
LINES = 24.0
"""Lines of 18 points on the page beside the time, the telephone numbers and the code."""
_NAME_LINE, _EXERCISE_LINES = 1.5, 1.6
LONGEST_ADDRESS = 120
"""Characters of an address that is printed; a longer one stands in the code alone."""
_PATH = re.compile(r'd="([^"]+)"')
_QUIET = 4


class Code(msgspec.Struct, frozen=True):
    """A QR code as one path of an SVG; ``size`` in modules with the quiet zone."""

    path: str
    size: int


def render_notice(digest: Digest, *, address: str = "") -> str:
    """Return the notice as HTML that needs nothing else.

    What does not fit is left out whole, and the notice says so.

    Args:
        digest: What is known of the place.
        address: Of the page of the place, for the code; empty where nobody serves it.
    """
    words, local = digest_words(digest.lang), digest.as_of.astimezone(KYIV)
    pieces = [
        Piece(forms=digest.alert.forms, is_needed=True),
        *(Piece(forms=sentence.forms) for sentence in digest.sentences),
    ]
    where = digest.full_name.removeprefix(digest.name).removeprefix(", ")
    limit = LINES - _NAME_LINE * math.ceil(len(digest.name) / NAME_CHARACTERS)
    limit -= math.ceil(len(where) / LINE_CHARACTERS) + _EXERCISE_LINES * digest.is_exercise
    found = fitted(pieces, limit=limit, measure=lines_of, between="\n")
    alert, *lines = found.text.split("\n")
    return (
        _environment()
        .get_template("notice.html.j2")
        .render(
            digest=digest,
            lang=digest.lang,
            t=words,
            style=Markup(notice_style()),  # noqa: S704 - our own file
            exercise=words("d.exercise") if digest.is_exercise else "",
            where=where,
            as_of=f"{local:%d.%m.%Y %H:%M}",
            stamp=format_instant(digest.as_of),
            alert=alert,
            lines=lines,
            is_cut=bool(found.left_out),
            code=qr_code(address) if address else None,
            address=address if len(address) <= LONGEST_ADDRESS else "",
        )
    )


def lines_of(text: str) -> float:
    """Return how many lines of the notice some paragraphs take, with the space between them."""
    return sum(math.ceil(len(line) / LINE_CHARACTERS) + 0.3 for line in text.split("\n"))


@cache
def qr_code(address: str) -> Code:
    """Return the QR code of an address, of error correction M, as one path."""
    made = segno.make(address, error="m", micro=False, boost_error=False)
    body = io.BytesIO()
    made.save(body, kind="svg", border=_QUIET, xmldecl=False, svgns=False)
    match = _PATH.search(body.getvalue().decode("ascii"))
    return Code(match[1] if match else "", int(made.symbol_size(border=_QUIET)[0]))


@cache
def notice_style() -> str:
    """Return the style of the notice, without comments and needless blanks."""
    return squeezed_style("vidomo.publish", "digest_templates/notice.css")


@cache
def notice_policy() -> str:
    """Return the Content-Security-Policy of the notice: its own style and nothing else."""
    return (
        f"default-src 'none'; style-src {style_source_of(notice_style())}; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


@cache
def _environment() -> Environment:
    return escaping_templates(PackageLoader("vidomo.publish", "digest_templates"))
