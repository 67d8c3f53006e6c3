"""The web server: residents' pages, and the operator's on this machine only."""

import socket
import sys
from collections.abc import Callable

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from vidomo.app.web.asked import Refusal
from vidomo.app.web.desk import Desk
from vidomo.app.web.guard import Guard, guard_headers
from vidomo.app.web.present import Present
from vidomo.app.web.residents import Residents
from vidomo.app.web.site import DESK, House, Site, is_desk
from vidomo.core.errors import ConfigError, MachineRefused, VidomoError
from vidomo.disclosure.policy import load_policy, may_listen

__all__ = ["House", "make_app", "serve"]

GRACE_S = 3
"""Seconds that open requests get when the server is asked to stop."""
_PORT_HINT = "name another port with --port, or stop the program that holds this one"


def make_app(house: House) -> Starlette:
    """Return the web application over a house."""
    site = Site(house)
    present = Present(house)
    failing = _Failing(site)
    return Starlette(
        routes=[
            *Residents(site, present).routes(),
            *Desk(site).routes(),
            Route("/healthz", _health),
        ],
        middleware=[Middleware(Guard, policy=DESK), Middleware(GZipMiddleware, minimum_size=600)],
        exception_handlers={
            Refusal: failing.refused,
            HTTPException: failing.unrouted,
            VidomoError: failing.hindered,
            Exception: failing.broken,
        },
    )


def serve(
    house: House,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    announce: Callable[[str], None] | None = None,
) -> None:
    """Serve a house until the process is told to stop.

    Args:
        house: What to serve.
        host: Address to listen on; the policy allows this machine only.
        port: Port; 0 for any free one.
        announce: Called once with the address when it can be opened; prints it by default.

    Raises:
        ConfigError: The policy forbids to listen there.
        MachineRefused: The port is in use or forbidden.
    """
    policy = load_policy(DESK)
    if not may_listen(DESK, host):
        raise ConfigError(
            f"--host {host} is refused: {policy.listen_reason}", hint=policy.listen_hint
        )
    with _listen(host.strip("[]"), port) as listener:
        name = f"[{host.strip('[]')}]" if ":" in host else host
        (announce or _print)(f"http://{name}:{listener.getsockname()[1]}/")
        config = uvicorn.Config(
            make_app(house),
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=GRACE_S,
        )
        uvicorn.Server(config).run(sockets=[listener])


class _Failing:
    """What is answered where there is no answer."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def refused(self, request: Request, error: Exception) -> Response:
        if not isinstance(error, Refusal):
            raise error
        words = self._site.words(request)
        message = words(f"failure.{error.reason}", **error.values)
        hint = words(f"failure.{error.reason}_hint")
        return self._site.failure(request, error.status, message, hint)

    async def unrouted(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        reason = {405: "method"}.get(status, "page")
        words = self._site.words(request)
        shown = 405 if reason == "method" else 404
        return self._site.failure(
            request, shown, words(f"failure.{reason}"), words(f"failure.{reason}_hint")
        )

    async def hindered(self, request: Request, error: Exception) -> Response:
        if not isinstance(error, VidomoError):
            raise error
        return self._site.failure(request, 500, error.message, error.hint)

    async def broken(self, request: Request, _: Exception) -> Response:
        words = self._site.words(request)
        answer = self._site.failure(
            request, 500, words("failure.broken"), words("failure.broken_hint")
        )
        # The outermost layer answers here, past the guard.
        answer.headers.update(dict(guard_headers(is_desk=is_desk(request.url.path))))
        return answer


async def _health(_: Request) -> Response:
    return PlainTextResponse("ok\n")


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        said = error.strerror if isinstance(error, OSError) else str(error)
        raise MachineRefused(
            f"cannot listen on {host} port {port}: {said}", hint=_PORT_HINT
        ) from error
    return listener


def _print(address: str) -> None:
    sys.stdout.write(f"Vidomo: {address}\n")
    sys.stdout.flush()
