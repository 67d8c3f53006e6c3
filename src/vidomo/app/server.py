"""The web server: residents' pages, and the operator's on this machine only."""

import socket
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from vidomo.app.alert_outlet import AlertFolder, alert_routes
from vidomo.app.publisher import publisher_at
from vidomo.app.web.api import Api
from vidomo.app.web.asked import Refusal
from vidomo.app.web.check import Checks
from vidomo.app.web.desk import desk_routes, facts_routes
from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.digest import Digests
from vidomo.app.web.guard import Guard, guard_headers
from vidomo.app.web.live import BEAT_S, Hub, LivePath
from vidomo.app.web.map import Maps
from vidomo.app.web.open_files import OpenFiles
from vidomo.app.web.present import Present
from vidomo.app.web.residents import Residents
from vidomo.app.web.site import DESK, RESIDENTS, House, Site, is_desk
from vidomo.core.errors import ConfigError, MachineRefused, VidomoError
from vidomo.disclosure.policy import load_policy, may_listen
from vidomo.gazetteer.shapes import Shapes, bundled_shapes
from vidomo.publish.publisher import Publisher
from vidomo.publish.residents import Tables
from vidomo.publish.words import LANGUAGES

__all__ = ["House", "make_app", "serve", "server_of"]

BACKLOG = 2048
"""Connections that may wait; the default of 128 overflowed when a thousand pages came back."""
GRACE_S = 3
"""Seconds that open requests get when the server is asked to stop."""
_REVIEW = (
    "leave --host out, or say --policy-reviewed once counsel has read docs/gate.md with you; "
    "the desk is never served beyond this machine"
)
_PORT_HINT = "name another port with --port, or stop the program that holds this one"


def make_app(  # noqa: PLR0913 - every option of the server, by name
    house: House,
    *,
    has_desk: bool = True,
    desk: Callable[[Site], DeskSite] | None = None,
    offered: tuple[str, ...] = LANGUAGES,
    shapes: Callable[[], Shapes] = bundled_shapes,
    tables: Tables | None = None,
    beat_s: float = BEAT_S,
    open_data: Path | None = None,
    alerts: AlertFolder | None = None,
) -> Starlette:
    """Return the web application over a house.

    Args:
        house: What to serve.
        has_desk: Whether the operator's pages are served; then only under this machine's names,
            and under the desk's own address where it has one.
        desk: Makes the desk that people sign in to; None for pages that only show.
        offered: Languages of the residents' pages, the state language first.
        shapes: Borders of the maps.
        tables: Reviewed advice and numbers; the bundled ones by default.
        beat_s: Seconds between two signs of life on an open page.
        open_data: Folder whose newest package of open data is served at ``/data/``.
        alerts: Where issued alerts lie; the desk's folder by default, nowhere without a desk.
    """
    site = Site(house, offered=offered)
    present = Present(house, offered=offered, shapes=shapes, tables=tables, ask=site.ask)
    hub = Hub(site, present, beat_s=beat_s)
    desk_site = desk(site) if desk and has_desk else None
    desk_paths = desk_routes(desk_site) if desk_site else facts_routes(site)
    if alerts is None and desk_site is not None:
        alerts = AlertFolder(desk_site.folder, is_exercise=desk_site.is_exercise)
    failing = _Failing(site)

    async def publisher() -> Publisher:
        return await site.ask(lambda: publisher_at(house))

    app = Starlette(
        routes=[
            *Residents(site, present).routes(),
            *Maps(site, present).routes(),
            *Digests(site, present).routes(),
            *Checks(house.gazetteer, run_by=site.run_by).routes(),
            *OpenFiles(open_data).routes(),
            *Api(site, present).routes(),
            *(alert_routes(alerts, publisher=publisher) if alerts else ()),
            *(desk_paths if has_desk else ()),
            Route("/healthz", _health),
        ],
        middleware=[
            Middleware(
                Guard,
                policy=DESK if has_desk else RESIDENTS,
                desk_address=desk_site.address if desk_site else "",
            ),
            Middleware(LivePath, hub=hub),
            Middleware(GZipMiddleware, minimum_size=600),
        ],
        exception_handlers={
            Refusal: failing.refused,
            HTTPException: failing.unrouted,
            VidomoError: failing.hindered,
            Exception: failing.broken,
        },
    )
    app.state.hub, app.state.present = hub, present
    return app


def serve(
    house: House,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    desk: Callable[[Site], DeskSite] | None = None,
    announce: Callable[[str], None] | None = None,
    is_reviewed: bool = False,
    make: Callable[..., Starlette] = make_app,
) -> None:
    """Serve a house until the process is told to stop.

    Args:
        house: What to serve.
        host: Address to listen on. Beyond this machine there is no desk.
        port: Port; 0 for any free one.
        desk: Makes the desk that people sign in to.
        announce: Called once with the address when it can be opened; prints it by default.
        is_reviewed: Whether the operator says that counsel has reviewed the residents' policy.
        make: ``make_app``, with what residents are offered.

    Raises:
        ConfigError: An address beyond this machine, and nobody says that.
        MachineRefused: The port is in use or forbidden.
    """
    is_local = may_listen(DESK, host)
    if not is_local and not is_reviewed:
        raise ConfigError(f"--host {host} is refused: {load_policy(RESIDENTS).note}", hint=_REVIEW)
    with _listen(host.strip("[]"), port) as listener:
        name = f"[{host.strip('[]')}]" if ":" in host else host
        address = f"http://{name}:{listener.getsockname()[1]}/"
        app = make(house, has_desk=is_local, desk=desk)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,  # the guard alone decides whose word about a sender counts
            lifespan="off",
            backlog=BACKLOG,
            timeout_graceful_shutdown=GRACE_S,
        )
        say = announce or partial(_print, has_desk=is_local)
        server_of(config, app, ready=partial(say, address)).run(sockets=[listener])


def server_of(
    config: uvicorn.Config, app: Starlette, *, ready: Callable[[], None] = lambda: None
) -> uvicorn.Server:
    """Return a server for an application of ours, which stops although pages are open.

    Args:
        config: How to serve.
        app: What ``make_app`` made.
        ready: Called once it answers, and ends in order when it is told to.
    """
    return _Server(config, app.state.hub, ready)


class _Server(uvicorn.Server):
    """A server that ends the open streams first; they would hold it up until it is killed."""

    def __init__(self, config: uvicorn.Config, hub: Hub, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._hub, self._ready = hub, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, then say so: whoever reads the address may open it, or end us, at once."""
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop answering."""
        self._hub.close()
        await super().shutdown(sockets)


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
        if is_desk(request.url.path):
            return self._site.failure(request, 500, error.message, error.hint)
        # Such a message names folders and options: it is for whoever runs this, nobody else.
        sys.stderr.write(f"a page could not be made: {error.message}; {error.hint}\n")
        words = self._site.words(request)
        return self._site.failure(
            request, 500, words("failure.broken"), words("failure.broken_hint")
        )

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
        listener.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        said = error.strerror if isinstance(error, OSError) else str(error)
        raise MachineRefused(
            f"cannot listen on {host} port {port}: {said}", hint=_PORT_HINT
        ) from error
    return listener


def _print(address: str, *, has_desk: bool) -> None:
    sys.stdout.write(f"Vidomo: {address}\n")
    if has_desk:
        sys.stdout.write(f"Desk:   {address}desk/\n")
    sys.stdout.flush()
