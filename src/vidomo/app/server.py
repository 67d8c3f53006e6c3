"""The web server: pages and states over one house, on this machine only."""

import asyncio
import socket
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Protocol, TypeVar

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from vidomo.app.web.asked import Moments, Refusal, asked_frame, asked_moments
from vidomo.app.web.guard import Guard, guard_headers
from vidomo.core.codec import to_json
from vidomo.core.errors import ConfigError, MachineRefused, VidomoError
from vidomo.desk.index import render_desk
from vidomo.desk.trace import Trace, render_trace
from vidomo.disclosure.gate import gate
from vidomo.disclosure.model import PublicView
from vidomo.disclosure.narrow import about
from vidomo.disclosure.policy import load_policy, may_listen
from vidomo.gazetteer import Gazetteer
from vidomo.publish.page import (
    Frame,
    render_failure,
    render_place,
    render_search,
    render_start,
)
from vidomo.situation.model import Situation

POLICY = "operator-only"
GRACE_S = 3
"""Seconds that open requests get when the server is asked to stop."""
LONGEST_QUERY = 80
"""Characters of a search; the longest name of the codifier has fewer than 60."""
HITS = 30
"""Places that a search shows."""
_PORT_HINT = "name another port with --port, or stop the program that holds this one"

T = TypeVar("T")


class House(Protocol):
    """What the server asks of the house."""

    gazetteer: Gazetteer

    @property
    def is_demo(self) -> bool:
        """Whether a bundled scenario is shown instead of the operator's own posts."""
        ...

    @property
    def notice(self) -> str:
        """Name of that scenario."""
        ...

    def now(self) -> datetime:
        """Return the instant that is asked about when nobody names one."""
        ...

    def situation(
        self, *, valid_at: datetime | None = None, known_at: datetime | None = None
    ) -> Situation:
        """Return what held at one instant as far as it was known at another."""
        ...

    def trace(self, record_id: str) -> Trace | None:
        """Return what is behind a record, None when there is no such record."""
        ...


def make_app(house: House) -> Starlette:
    """Return the web application over a house.

    The house is only ever asked from one thread, so that it may hold one
    database connection; slow answers hold up no health check.
    """
    site = _Site(house)
    return Starlette(
        routes=[
            Route("/", site.start),
            Route("/place/{code}", site.place),
            Route("/search", site.search),
            Route("/desk/", site.desk),
            Route("/desk/trace", site.find_record),
            Route("/desk/trace/{record}", site.trace),
            Route("/api/state/{code}", site.state),
            Route("/healthz", _health),
        ],
        middleware=[Middleware(Guard, policy=POLICY), Middleware(GZipMiddleware, minimum_size=600)],
        exception_handlers={
            Refusal: site.refused,
            HTTPException: site.unrouted,
            VidomoError: site.hindered,
            Exception: site.broken,
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
    policy = load_policy(POLICY)
    if not may_listen(POLICY, host):
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


class _Site:
    """The pages, each made from one answer of the house."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="house")

    async def start(self, request: Request) -> Response:
        asked, is_whole = asked_moments(request), "all" in request.query_params

        def page() -> str:
            view = self._view(asked)
            frame = self._frame(request, view)
            return render_start(view, frame=frame, atlas=self._house.gazetteer, is_whole=is_whole)

        return HTMLResponse(await self._ask(page))

    async def place(self, request: Request) -> Response:
        asked, is_whole = asked_moments(request), "all" in request.query_params
        code, atlas = self._code(request), self._house.gazetteer

        def page() -> str:
            view = self._view(asked, code)
            frame = self._frame(request, view)
            return render_place(view, code, frame=frame, atlas=atlas, is_whole=is_whole)

        return HTMLResponse(await self._ask(page))

    async def search(self, request: Request) -> Response:
        query = request.query_params.get("q", "").strip()[:LONGEST_QUERY]
        found = self._house.gazetteer.find(query, limit=HITS) if query else ()
        frame = await self._ask(lambda: self._frame(request))
        exact = [item.code for item in found if item.how != "prefix"]
        if len(exact) == 1:
            return RedirectResponse(frame.link(f"/place/{exact[0]}"), status_code=303)
        codes = [item.code for item in found]
        return HTMLResponse(render_search(query, codes, frame=frame, atlas=self._house.gazetteer))

    async def desk(self, request: Request) -> Response:
        asked, atlas = asked_moments(request), self._house.gazetteer

        def page() -> str:
            found = self._house.situation(valid_at=asked.valid_at, known_at=asked.known_at)
            view = gate(found, policy=POLICY, gazetteer=atlas)
            frame = self._frame(request, view).over(view, atlas=atlas)
            return render_desk(found, frame=frame, atlas=atlas)

        return HTMLResponse(await self._ask(page))

    async def find_record(self, request: Request) -> Response:
        record = request.query_params.get("record", "").strip()[:LONGEST_QUERY]
        frame = asked_frame(request)
        return RedirectResponse(
            frame.link(f"/desk/trace/{record}" if record else "/desk/"), status_code=303
        )

    async def trace(self, request: Request) -> Response:
        record, atlas = str(request.path_params["record"]), self._house.gazetteer

        def page() -> str:
            found = self._house.trace(record)
            if found is None:
                raise Refusal(404, "record", code=record)
            return render_trace(found, frame=self._frame(request), atlas=atlas)

        return HTMLResponse(await self._ask(page))

    async def state(self, request: Request) -> Response:
        asked, code = asked_moments(request), self._code(request)
        view = await self._ask(lambda: self._view(asked, code))
        # The last of them is the country; who speaks for that speaks for no place in particular.
        wider = self._house.gazetteer.ancestors(code)[:-1]
        return Response(to_json(about(view, code, wider=wider)), media_type="application/json")

    async def refused(self, request: Request, error: Exception) -> Response:
        if not isinstance(error, Refusal):
            raise error
        words = asked_frame(request).words
        message = words(f"failure.{error.reason}", **error.values)
        return self._failure(request, error.status, message, words(f"failure.{error.reason}_hint"))

    async def unrouted(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        reason = {405: "method"}.get(status, "page")
        words = asked_frame(request).words
        shown = 405 if reason == "method" else 404
        return self._failure(
            request, shown, words(f"failure.{reason}"), words(f"failure.{reason}_hint")
        )

    async def hindered(self, request: Request, error: Exception) -> Response:
        if not isinstance(error, VidomoError):
            raise error
        return self._failure(request, 500, error.message, error.hint)

    async def broken(self, request: Request, _: Exception) -> Response:
        words = asked_frame(request).words
        answer = self._failure(request, 500, words("failure.broken"), words("failure.broken_hint"))
        # The outermost layer answers here, past the guard.
        answer.headers.update(dict(guard_headers()))
        return answer

    def _failure(self, request: Request, status: int, message: str, hint: str) -> Response:
        if request.url.path.startswith("/api/"):
            body = to_json({"error": message, "hint": hint})
            return Response(body, status_code=status, media_type="application/json")
        page = render_failure(status, message, hint, frame=asked_frame(request))
        return HTMLResponse(page, status_code=status)

    def _view(self, asked: Moments, *also: str) -> PublicView:
        situation = self._house.situation(valid_at=asked.valid_at, known_at=asked.known_at)
        return gate(situation, policy=POLICY, gazetteer=self._house.gazetteer, also=also)

    def _frame(self, request: Request, view: PublicView | None = None) -> Frame:
        return asked_frame(
            request,
            notice=self._house.notice if self._house.is_demo else "",
            valid_at=view.valid_at if view else None,
            known_at=view.known_at if view else None,
        )

    def _code(self, request: Request) -> str:
        code = str(request.path_params["code"])
        if self._house.gazetteer.get(code) is None:
            raise Refusal(404, "place", code=code)
        return code

    async def _ask(self, question: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, question)


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
