"""What guards every answer: whom the server answers at all, and what a browser may do with it."""

from functools import cache
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vidomo.disclosure.policy import may_listen
from vidomo.publish.page import style_source


@cache
def guard_headers() -> tuple[tuple[str, str], ...]:
    """Return the headers that every answer carries: no scripts, no frames, no traces elsewhere."""
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
    return (
        ("content-security-policy", policy),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        # A word that its source takes back must not live on in a browser's cache.
        ("cache-control", "no-store"),
    )


class Guard:
    """An ASGI layer that refuses foreign host names and adds the headers.

    A page on this machine can be reached from any web site whose name is made
    to point here; the name that the browser asked for gives it away.
    """

    def __init__(self, app: ASGIApp, *, policy: str) -> None:
        self._app = app
        self._policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in guard_headers():
                    headers[name] = value
            await send(message)

        if self._is_ours(scope):
            await self._app(scope, receive, send_guarded)
        else:
            refusal = PlainTextResponse("this host name is not served here\n", status_code=421)
            await refusal(scope, receive, send_guarded)

    def _is_ours(self, scope: Scope) -> bool:
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1:
            return False
        try:
            name = urlsplit(f"//{hosts[0].decode('ascii')}").hostname
        except ValueError:
            return False
        return may_listen(self._policy, name or "")
