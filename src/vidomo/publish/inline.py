"""What every page carries within itself: its templates, its squeezed style, and that style's digest."""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

from jinja2 import BaseLoader, Environment, StrictUndefined


@cache
def squeezed_style(package: str, name: str) -> str:
    """Return a style sheet of a package without comments and needless blanks.

    Args:
        package: The package that holds it.
        name: Its path in that package, with slashes.
    """
    source = files(package).joinpath(*name.split("/"))
    text = re.sub(r"/\*.*?\*/", "", source.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r" ?([{};,>]) ?", r"\1", text).replace(": ", ":").replace(";}", "}").strip()


@cache
def style_source_of(style: str) -> str:
    """Return the source expression of an inline style for a Content-Security-Policy."""
    digest = hashlib.sha256(style.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def escaping_templates(loader: BaseLoader) -> Environment:
    """Return templates that escape everything and know no undefined name."""
    return Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def squeezed_page(text: str) -> str:
    """Return a rendered page without the blanks that only the templates need."""
    return re.sub(r"\n\s*(?=\n|<)", "\n", text).strip() + "\n"
