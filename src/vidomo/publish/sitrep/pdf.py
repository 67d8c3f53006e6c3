"""Writes a report as tagged PDF; the words are handed over as JSON and never are markup."""

from datetime import UTC
from functools import cache
from importlib.resources import files

import msgspec
import typst

from vidomo.core.codec import to_json
from vidomo.publish.sitrep.model import Report
from vidomo.publish.sitrep.telling import report_words


def as_pdf(report: Report) -> bytes:
    """Return a report as PDF/UA-1 (ISO 14289-1: tagged); the same report gives the same bytes.

    The template is a constant and reads one JSON value, in which every text is a string: there
    is no way from a post into the markup. No font of the machine is used, no file is read.
    """
    return typst.compile(
        _template(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"report": to_json(_plain(report)).decode()},
        pdf_standards=["ua-1"],
        timestamp=report.known_at.astimezone(UTC).replace(microsecond=0),
    )


@cache
def _template() -> bytes:
    source = files("vidomo.publish.sitrep") / "templates" / "report.typ"
    return source.read_bytes()


def _plain(report: Report) -> dict[str, object]:
    """Return what the template reads."""
    words = report_words(report.lang)
    found: dict[str, object] = msgspec.to_builtins(report)
    found["words"] = {key: words(f"head.{key}") for key in ("notes", "link", "key")} | {
        "page": words("head.page", n="{n}", of="{of}")
    }
    found["numbers"] = report.numbers()
    return found
