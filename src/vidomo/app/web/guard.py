"""What guards every answer: whom the server answers at all, and what a browser may do with it."""

import re
from functools import cache
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vidomo.app.web.site import is_desk
from vidomo.disclosure.policy import may_listen
from vidomo.publish.page import style_source
from vidomo.publish.residents.frame import resident_policy

_ALWAYS = (
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
)


@cache
def guard_headers(*, is_desk: bool = True) -> tuple[tuple[str, str], ...]:
    """Return the headers that an answer carries unless it has its own.

    Args:
        is_desk: The operator's pages: no scripts at all, and nothing is kept, because a word
            that its source takes back must not live on in a browser's cache. Residents' pages
            may run our own script, and are kept only to be asked after.
    """
    if not is_desk:
        policy = f"{resident_policy()}; frame-ancestors 'none'"
        kept = ("content-security-policy", policy), ("cache-control", "no-cache")
        return (*kept, *_ALWAYS)
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src {style_source()}",
            "img-src data:",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )
    return (("content-security-policy", policy), *_ALWAYS, ("cache-control", "no-store"))


_PASSED_ON = re.compile(
    rb"forwarded|via|cdn-loop|x-(?:forwarded|original|envoy|amzn)-.*|(?:cf|fly|fastly|tailscale)-.*"
    rb"|(?:x-|true-)?(?:real|client|cluster-client|proxyuser|remote)-(?:ip|addr)"
)
"""Headers that proxies, tunnels and networks of caches add to a request: with one of them it may
be anybody's, not this machine's. A browser sends none of them by itself."""


class Guard:
    """An ASGI layer that refuses foreign host names and adds the headers.

    A page on this machine can be reached from any web site whose name is made
    to point here; the name that the browser asked for gives it away.

    Args:
        app: What answers.
        policy: Whose names are ours.
        desk_address: Where the desk is reached from beyond this machine; for that host name
            alone, and for the desk's paths alone, the word of a proxy is taken.
    """

    def __init__(self, app: ASGIApp, *, policy: str, desk_address: str = "") -> None:
        self._app = app
        self._policy = policy
        self._desk_host = urlsplit(desk_address).netloc

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in guard_headers(is_desk=is_desk(scope["path"])):
                    headers.setdefault(name, value)
            await send(message)

        if self._is_ours(scope):
            await self._app(scope, receive, send_guarded)
        else:
            refusal = PlainTextResponse("this host name is not served here\n", status_code=421)
            await refusal(scope, receive, send_guarded)

    def _is_ours(self, scope: Scope) -> bool:
        names = [name for name, _ in scope["headers"]]
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1:
            return False
        if self._desk_host and hosts[0] == self._desk_host.encode():
            return is_desk(scope["path"]) and _came_over_https(scope)
        if is_desk(scope["path"]) and any(map(_PASSED_ON.fullmatch, names)):
            return False
        try:
            name = urlsplit(f"//{hosts[0].decode('ascii')}").hostname
        except ValueError:
            return False
        return may_listen(self._policy, name or "")


def _came_over_https(scope: Scope) -> bool:
    """Whether our proxy says that it took a request over TLS, and from whom."""
    told = {name: value for name, value in scope["headers"] if name.startswith(b"x-forwarded-")}
    return told.get(b"x-forwarded-proto") == b"https" and bool(told.get(b"x-forwarded-for"))
