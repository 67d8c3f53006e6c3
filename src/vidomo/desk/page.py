"""What every page of the desk has around it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache

import msgspec
from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from vidomo.desk.assets import asset
from vidomo.desk.people import Person
from vidomo.desk.words import desk_words
from vidomo.publish.inline import escaping_templates, squeezed_page
from vidomo.publish.moments import field_value, moment
from vidomo.publish.words import LANGUAGES, words_of

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy of the desk's pages: our own files and nothing from anywhere else."""
_NEVER = datetime(1900, 1, 1, tzinfo=UTC)


class DeskLink(msgspec.Struct, frozen=True):
    """A way from every page to a part of the desk.

    Attributes:
        path: Where it leads.
        words: Key of its words.
        letter: The key that opens it; each has its own.
    """

    path: str
    words: str
    letter: str


class DeskFrame(msgspec.Struct, frozen=True, kw_only=True):
    """How a page of the desk was asked for.

    Attributes:
        lang: uk or en.
        path: Path of the page.
        person: Who asked; None where nobody is signed in.
        csrf: Secret that forms send back.
        notice: What is told once, above the page.
        now: The clock.
        links: Ways to the parts of the desk.
        is_exercise: Whether nothing here is real.
        is_scenario: Whether the bundled scenario is shown instead of posts of one's own.
        label: Returns the name of a place by its code.
    """

    lang: str = LANGUAGES[0]
    path: str = "/desk/"
    person: Person | None = None
    csrf: str = ""
    notice: str = ""
    now: datetime = _NEVER
    links: Sequence[DeskLink] = ()
    is_exercise: bool = False
    is_scenario: bool = False
    label: Callable[[str], str] = str

    @property
    def csrf_field(self) -> Markup:
        """The hidden field that every form of the desk holds."""
        return Markup('<input type="hidden" name="csrf" value="{}">').format(self.csrf)

    @property
    def other_language(self) -> str:
        """The address of this page in the other language."""
        return f"{self.path}?lang={LANGUAGES[1] if self.lang == LANGUAGES[0] else LANGUAGES[0]}"

    def moment(self, instant: datetime | None) -> Markup:
        """Return an instant in Kyiv time, with the year where it is not this one; a dash for none."""
        if instant is None:
            return Markup("\u2014")
        return moment(instant, words=words_of(self.lang), near=self.now)

    def field(self, instant: datetime | None) -> str:
        """Return the value of a ``datetime-local`` field, in Kyiv time."""
        return field_value(instant) if instant else ""


@cache
def _environment() -> Environment:
    environment = escaping_templates(PackageLoader("vidomo.desk"))
    environment.globals["asset"] = asset
    return environment


def render_desk_page(template: str, *, frame: DeskFrame, **values: object) -> str:
    """Return a page of the desk.

    Templates have ``frame``, ``w`` (words of the desk), ``t`` (words of the public pages, for
    topics, phases and the like), ``lang``, ``person``, ``csrf_field``, ``moment`` and ``label``.
    """
    text = (
        _environment()
        .get_template(template)
        .render(
            frame=frame,
            w=desk_words(frame.lang),
            t=words_of(frame.lang),
            lang=frame.lang,
            person=frame.person,
            csrf_field=frame.csrf_field,
            moment=frame.moment,
            label=frame.label,
            **values,
        )
    )
    return squeezed_page(text)
