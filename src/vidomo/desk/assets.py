"""Files that the desk's pages load: our own style and scripts, and one library beside them."""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

import msgspec

HTMX_SHA256 = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"
"""Digest of ``htmx.min.js`` 2.0.11 (0BSD), as its makers published it; a test holds the file to it."""
_NAME = re.compile(r"[a-z0-9_-]+(?:\.min)?\.(css|js)")
_KINDS = {"css": "text/css", "js": "text/javascript"}


class Asset(msgspec.Struct, frozen=True):
    """One file.

    Attributes:
        href: Its address, which changes with its content.
        integrity: What a browser checks it by before it runs it.
        kind: Media type.
        body: Its content.
    """

    href: str
    integrity: str
    kind: str
    body: bytes


@cache
def asset(name: str) -> Asset:
    """Return a file of the desk.

    Raises:
        KeyError: There is none of that name.
    """
    matched = _NAME.fullmatch(name)
    file = files("vidomo.desk") / "assets" / name
    if matched is None or not file.is_file():
        raise KeyError(name)
    body = file.read_bytes()
    digest = hashlib.sha384(body).digest()
    return Asset(
        href=f"/desk/assets/{name}?v={digest.hex()[:12]}",
        integrity=f"sha384-{base64.b64encode(digest).decode('ascii')}",
        kind=_KINDS[matched.group(1)],
        body=body,
    )
