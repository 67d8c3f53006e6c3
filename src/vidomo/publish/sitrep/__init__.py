"""Situation reports: one structure, written as a page, as text and as PDF."""

from vidomo.publish.sitrep.compose import compose
from vidomo.publish.sitrep.html import as_html, report_policy
from vidomo.publish.sitrep.markdown import as_markdown
from vidomo.publish.sitrep.material import Material
from vidomo.publish.sitrep.model import Report
from vidomo.publish.sitrep.pdf import as_pdf

__all__ = [
    "Material",
    "Report",
    "as_html",
    "as_markdown",
    "as_pdf",
    "compose",
    "report_policy",
]
