"""What every residents' page has around it: language, links, style."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from vidomo.core.time import format_instant
from vidomo.publish.inline import escaping_templates, squeezed_page, squeezed_style, style_source_of
from vidomo.publish.page.frame import Frame, safe_link, style_source
from vidomo.publish.publisher import UNKNOWN, Publisher
from vidomo.publish.words import LANGUAGES, words_of

_AFTER = {
    "\u0491": "\u0433\uffff",
    "\u0454": "\u0435\uffff",
    "\u0456": "\u0438\uffff",
    "\u0457": "\u0438\uffff\uffff",
}
"""Letters that stand elsewhere in the alphabet than in the table of characters."""
_UNIQUE = 5
"""Last digits of a code, which alone tell every unit apart (KATOTTG; a test compares all)."""


class Leaf(Frame, frozen=True, kw_only=True):
    """How a residents' page was asked for; the language stands in the path, not in a query.

    A static tree has no queries, and the same addresses must work from it.

    Attributes:
        offered: Languages that the operator offers, the state language first.
        version: What changes with what the page tells; a browser compares it.
        is_static: Whether the page goes into a static tree, where nothing can be searched.
        has_digests: Whether plain text and a notice lie beside the page of a place.
        publisher: Who runs this; None where that is not known yet.
    """

    offered: tuple[str, ...] = LANGUAGES
    version: str = ""
    is_static: bool = False
    has_digests: bool = True
    publisher: Publisher | None = UNKNOWN

    def link(self, path: str, **query: str) -> str:
        """Return the address of a page in this language."""
        return self._in(self.lang, path, query)

    def digest(self, code: str, kind: str) -> str:
        """Return the address of a digest of a place, which not every language has."""
        lang = self.lang if self.lang in LANGUAGES else LANGUAGES[0]
        # A file in a tree is known by its ending, for a web server tells its type by that.
        ending = {"text": ".txt", "notice": ".html"}[kind] if self.is_static else ""
        return self._in(lang, f"/place/{code}/{kind}{ending}", {})

    @property
    def run_by(self) -> str:
        """Who runs this, and that it is unofficial where no authority is on record."""
        return self.publisher.line(self.lang) if self.publisher else ""

    @property
    def stamp(self) -> str:
        """The instant that the page is about, on the wire."""
        return format_instant(self.valid_at) if self.valid_at else ""

    def date(self, day: date) -> str:
        """Return a day for people."""
        return f"{day.day} {self.words.month(day.month)} {day.year}"

    def place_link(self, code: str) -> str:
        """Return the address of the page of a place."""
        return self.link(f"/place/{code}/")

    @property
    def languages(self) -> Sequence[tuple[str, str, str]]:
        """Code, own name and address of this very page in each other language."""
        return [
            (lang, words_of(lang)("lang.name"), self._in(lang, self.path, dict(self.query)))
            for lang in self.offered
            if lang != self.lang
        ]

    def _in(self, lang: str, path: str, query: dict[str, str]) -> str:
        prefix = "" if lang == LANGUAGES[0] else f"/{lang}"
        kept = {key: value for key, value in query.items() if value}
        address = prefix + quote(path, safe="/_-.~:")
        return f"{address}?{urlencode(kept)}" if kept else address


def by_alphabet(name: str) -> str:
    """Return the sorting key of a name: Ukrainian letters where the alphabet has them."""
    return "".join(_AFTER.get(letter, letter) for letter in name.casefold())


def short_of(code: str) -> str:
    """Return the short name of a place: five digits that can be said over the telephone."""
    return code[-_UNIQUE:]


@cache
def resident_style() -> str:
    """Return the style of residents' pages, without comments and needless blanks."""
    return squeezed_style("vidomo.publish.residents", "templates/style.css")


@cache
def resident_style_source() -> str:
    """Return the source expression of the inline style for a Content-Security-Policy."""
    return style_source_of(resident_style())


@cache
def resident_policy() -> str:
    """Return the Content-Security-Policy of residents' pages; our own script, nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {resident_style_source()} {style_source()}",
            "script-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "img-src 'self' data:",
            "form-action 'self'",
            "base-uri 'none'",
        )
    )


@cache
def _environment() -> Environment:
    environment = escaping_templates(PackageLoader("vidomo.publish.residents"))
    environment.globals["style"] = lambda: Markup(resident_style())  # noqa: S704 - our own file
    environment.globals["policy"] = resident_policy
    environment.globals["safe_link"] = safe_link
    return environment


def render_leaf(template: str, *, frame: Leaf, **values: object) -> str:
    """Return a residents' page, without the blanks that only the templates need."""
    text = (
        _environment()
        .get_template(template)
        .render(frame=frame, t=frame.words, lang=frame.lang, **values)
    )
    return squeezed_page(text)
