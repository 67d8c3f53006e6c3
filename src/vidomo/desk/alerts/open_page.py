"""The page of issued alerts for people without a reader of CAP: plain, in both languages."""

from collections.abc import Mapping, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from vidomo.desk.alerts.life import Life
from vidomo.desk.alerts.model import State
from vidomo.desk.alerts.press import LANGS, clock_time
from vidomo.desk.words import desk_words
from vidomo.publish.inline import escaping_templates, squeezed_page
from vidomo.publish.residents.frame import resident_style


def title_of(sender: str, *, is_exercise: bool) -> str:
    """Return the title of the index: whose alerts these are, and whether they are an exercise."""
    words = desk_words("uk")
    mark = words("alerts.open_exercise") if is_exercise else ""
    return f"{mark} {words('alerts.open_title')}. {sender}".strip()


def render_open(lives: Sequence[Life], *, sender: Mapping[str, str], is_exercise: bool) -> str:
    """Return the page; it says who runs it, and that it is an exercise where it is one.

    Args:
        lives: What was issued lately.
        sender: Who sends, in each language.
        is_exercise: Whether nothing of it is real.
    """
    template = _environment().get_template("alerts_open.html")
    return squeezed_page(
        template.render(
            standing=[one for one in lives if one.state is State.ISSUED],
            past=[one for one in lives if one.state is not State.ISSUED],
            style=Markup(resident_style()),  # noqa: S704 - our own file
            langs=[(lang, desk_words(lang), sender[lang]) for lang in LANGS],
            is_exercise=is_exercise,
            clock_time=clock_time,
        )
    )


@cache
def _environment() -> Environment:
    return escaping_templates(PackageLoader("vidomo.desk"))
