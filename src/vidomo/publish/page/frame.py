"""What every page has around it: language, links, moment, style."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Self
from urllib.parse import quote, urlencode

import msgspec
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup, escape

from vidomo.disclosure.model import NameView, PublicView, TitleView
from vidomo.publish.atlas import Atlas
from vidomo.publish.inline import escaping_templates, squeezed_page, squeezed_style, style_source_of
from vidomo.publish.moments import field_value, moment, span
from vidomo.publish.words import LANGUAGES, Words, words_of

_NEVER = datetime(1900, 1, 1, tzinfo=UTC)


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """How a page was asked for.

    Attributes:
        lang: uk or en.
        path: Path of the page, starting with a slash.
        query: What the page was asked beside its path, to be kept when the language changes.
        at: ``valid_at`` as asked for, on the wire; empty for the present.
        known: ``known_at`` as asked for, on the wire; empty for the present.
        notice: Name of the bundled scenario that is shown; empty for real posts.
        valid_at: The instant that the page is about; None on pages about none.
        known_at: As of when it was known.
        speakers: English names of bodies by the words that they are named by.
        titles: Names of sources by id, in the page's language where they have one in it.
        links: Ways to other parts of the desk, for whoever is signed in there: words and path.
    """

    lang: str = LANGUAGES[0]
    path: str = "/"
    query: Mapping[str, str] = {}
    at: str = ""
    known: str = ""
    notice: str = ""
    valid_at: datetime | None = None
    known_at: datetime | None = None
    speakers: Mapping[str, str] = {}
    titles: Mapping[str, str] = {}
    links: tuple[tuple[str, str], ...] = ()

    def over(self, view: PublicView, *, atlas: Atlas) -> Self:
        """Return the same frame with the names of all who speak in a view.

        A page in the state language has them as the registry has them.
        """

        def called(name: NameView | TitleView) -> str:
            beside = atlas.label(name.place, lang=self.lang) if name.place else ""
            return f"{name.en[:1].upper()}{name.en[1:]} ({beside})" if beside else name.en

        is_english = self.lang == "en"
        return msgspec.structs.replace(
            self,
            speakers={one.speaker: called(one) for one in view.names} if is_english else {},
            titles={
                one.source: title
                for one in view.titles
                if (title := (called(one) if is_english and one.en else one.title))
            },
        )

    @property
    def words(self) -> Words:
        """The words of the page's language."""
        return words_of(self.lang)

    def link(self, path: str, **query: str) -> str:
        """Return the address of a page in this language, about the same moment."""
        asked = {"at": self.at, "known": self.known} | query
        if self.lang != LANGUAGES[0]:
            asked.setdefault("lang", self.lang)
        kept = {key: value for key, value in asked.items() if value}
        address = quote(path, safe="/_-.~:")
        return f"{address}?{urlencode(kept)}" if kept else address

    @property
    def other_language(self) -> str:
        """The address of this very page in the other language."""
        return self.link(self.path, **self.query, lang=self.words("lang.other"))

    @property
    def present(self) -> str:
        """The address of this page about the latest state."""
        return self.link(self.path, at="", known="")

    @property
    def notice_text(self) -> str:
        """The banner of the scenario; empty for real posts."""
        if not self.notice:
            return ""
        key = f"notice.{self.notice}"
        return self.words(key if key in self.words.keys else "notice.demo")

    def named(self, speakers: Iterable[str]) -> Markup:
        """Return speakers in a row: in the page's language where the registry has the name in it.

        The rest stand as they are, marked as Ukrainian where they are and the page is not.
        Screen readers change their voice by it (WCAG 2.2, 3.1.2).
        """
        names = dict.fromkeys(
            self.speakers.get(one) or self.titles.get(one, one) for one in speakers
        )
        return Markup("; ").join(self._marked(name) for name in names)

    def source(self, source: str) -> Markup:
        """Return the name of a source with its id in small; the id alone where it has no name."""
        title = self.titles.get(source)
        if not title:
            return escape(source)
        return Markup("{} <small>{}</small>").format(self._marked(title), source)

    def carrier(self, speaker: str, source: str) -> Markup:
        """Return through whom something was said, beside the speaker; empty where that is the same.

        Of the speaker's own channel, and of one without a name, the id is enough.
        """
        title = self.titles.get(source, "")
        if not speaker or speaker == source:
            return escape(source) if title else Markup("")
        if title and not self.speakers.get(speaker, speaker).endswith(title):
            return self.source(source)
        return escape(source)

    def _marked(self, name: str) -> Markup:
        if self.lang != "uk" and _is_cyrillic(name):
            return Markup('<span lang="uk">{}</span>').format(name)
        return escape(name)

    def moment(self, instant: datetime, *, is_full: bool = False) -> Markup:
        """Return an instant for people, in Kyiv time; in full with the year of this one, too."""
        near = _NEVER if is_full else self.valid_at or _NEVER
        return moment(instant, words=self.words, near=near)

    def span(self, start: datetime, end: datetime) -> Markup:
        """Return a half-open interval for people, in Kyiv time."""
        return span(start, end, words=self.words, near=self.valid_at or _NEVER)

    def field(self, instant: datetime | None) -> str:
        """Return the value of a form's field for an instant."""
        return field_value(instant) if instant else ""


def _is_cyrillic(text: str) -> bool:
    return any("\u0400" <= letter <= "\u04ff" for letter in text)


def safe_link(address: str) -> str:
    """Return an address of a post if it is http or https, else nothing.

    A post's address is written by strangers: ``javascript:`` and its like never become links.
    """
    return address if re.match(r"https?://[^\s]+\Z", address) else ""


@cache
def style() -> str:
    """Return the style of every page, without comments and needless blanks."""
    return squeezed_style("vidomo.publish.page", "templates/style.css")


@cache
def style_source() -> str:
    """Return the source expression of the inline style for a Content-Security-Policy."""
    return style_source_of(style())


@cache
def environment() -> Environment:
    """Return the templates of the pages, and of the desk under ``desk/``; all escape."""
    pages = PackageLoader("vidomo.publish.page")
    environment = escaping_templates(
        ChoiceLoader([pages, PrefixLoader({"desk": PackageLoader("vidomo.desk")})])
    )
    environment.globals["style"] = lambda: Markup(style())  # noqa: S704 - our own file
    environment.globals["safe_link"] = safe_link
    return environment


def render(template: str, *, frame: Frame, **values: object) -> str:
    """Return a page, without the blanks that only the templates need."""
    text = (
        environment()
        .get_template(template)
        .render(frame=frame, t=frame.words, lang=frame.lang, **values)
    )
    return squeezed_page(text)
