"""Writes a report as one page of HTML that needs nothing else and prints well."""

from functools import cache

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from vidomo.core.time import format_instant
from vidomo.publish.inline import (
    escaping_templates,
    squeezed_page,
    squeezed_style,
    style_source_of,
)
from vidomo.publish.sitrep.model import Picture, Report
from vidomo.publish.sitrep.telling import report_words


def as_html(report: Report) -> str:
    """Return a report as HTML; everything that people wrote is escaped."""
    text = (
        _environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            t=report_words(report.lang),
            numbers=report.numbers(),
            style=Markup(report_style()),  # noqa: S704 - our own file
            policy=report_policy(),
            stamp=format_instant(report.known_at),
            drawn=_drawn,
            is_picture=lambda block: isinstance(block, Picture),
        )
    )
    return squeezed_page(text)


@cache
def report_style() -> str:
    """Return the style of the page, without comments and needless blanks."""
    return squeezed_style("vidomo.publish.sitrep", "templates/report.css")


@cache
def report_policy() -> str:
    """Return the Content-Security-Policy of the page: its own style and nothing else."""
    return (
        f"default-src 'none'; style-src {style_source_of(report_style())}; "
        "base-uri 'none'; form-action 'none'"
    )


def _drawn(picture: Picture) -> Markup:
    """Return the drawing as it stands in the page; its words were escaped when it was drawn."""
    return Markup(picture.svg)  # noqa: S704 - made by drawing.py, which escapes all words


@cache
def _environment() -> Environment:
    return escaping_templates(PackageLoader("vidomo.publish.sitrep"))
