"""The page that tells people what programs can ask."""

from functools import cache, lru_cache
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from vidomo.publish.api.table import OPERATIONS, Operation
from vidomo.publish.api.wording import api_words
from vidomo.publish.inline import escaping_templates, squeezed_page
from vidomo.publish.residents.frame import resident_style

_PLACE = "UA63040090010029555"
"""Izium, whose evening the bundled scenario tells."""


def example_of(one: Operation) -> str:
    """Return an address that can be opened as it stands."""
    needed = {param.name: param.example for param in one.params if param.is_required}
    path = one.path.replace("{code}", _PLACE)
    return f"{path}?{urlencode(needed)}" if needed else path


@lru_cache(maxsize=8)
def render_api_page(lang: str, *, run_by: str = "") -> str:
    """Return the page as HTML, in Ukrainian or English; with who runs this, where that is known."""
    template = _environment().get_template("api.html.j2")
    return squeezed_page(template.render(t=api_words(lang), operations=OPERATIONS, run_by=run_by))


@cache
def _environment() -> Environment:
    environment = escaping_templates(PackageLoader("vidomo.publish.api"))
    # The style of residents' pages is the one that their policy lets a browser use.
    environment.globals["style"] = lambda: Markup(resident_style())  # noqa: S704 - our own file
    environment.globals["example_of"] = example_of
    return environment
