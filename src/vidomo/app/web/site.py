"""What every page of the server asks: the house, from one thread, through a policy."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Protocol, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from vidomo.app.publisher import publisher_at
from vidomo.app.web.asked import Moments, Refusal, asked_frame
from vidomo.core.codec import to_json
from vidomo.desk.trace import Trace
from vidomo.disclosure.gate import gate
from vidomo.disclosure.model import PublicView
from vidomo.disclosure.release import Release
from vidomo.gazetteer import Gazetteer
from vidomo.publish.page import Frame, render_failure
from vidomo.publish.publisher import Publisher
from vidomo.publish.residents import Leaf, render_resident_failure
from vidomo.publish.words import LANGUAGES, Words, words_of
from vidomo.situation.model import Situation

RESIDENTS = "ua-public"
"""Policy of everything that residents see."""
DESK = "operator-only"
"""Policy of the operator's pages; they are served on this machine only."""
NOT_FOUND = 404

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

    def mark(self) -> str:
        """Return what changes with every record written, by whatever process."""
        ...

    def releases(self) -> Sequence[Release]:
        """Return what people at the desk let pass before time, or asked to."""
        ...

    def situation(
        self, *, valid_at: datetime | None = None, known_at: datetime | None = None
    ) -> Situation:
        """Return what held at one instant as far as it was known at another."""
        ...

    def trace(self, record_id: str) -> Trace | None:
        """Return what is behind a record, None when there is no such record."""
        ...


class Site:
    """The house behind the pages.

    The house is only ever asked from one thread, so that it may hold one
    database connection; slow answers hold up no health check.
    """

    def __init__(self, house: House, *, offered: tuple[str, ...] = LANGUAGES) -> None:
        self.house, self.offered = house, offered
        # What the last page told; a page about a mistake must not wait for the house.
        self.publisher: Publisher | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="house")
        self._press = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pages")

    async def ask(self, question: Callable[[], T]) -> T:
        """Return the answer of a function that may ask the house."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, question)

    async def make(self, page: Callable[[], T]) -> T:
        """Return a page that needs nothing from the house; a long question holds none up."""
        return await asyncio.get_running_loop().run_in_executor(self._press, page)

    async def run_by(self, lang: str) -> str:
        """Return who runs this, in words, for a page that asks nothing else of the house."""
        if self.publisher is None:
            self.publisher = await self.ask(lambda: publisher_at(self.house))
        return self.publisher.line(lang)

    def desk_view(self, asked: Moments, *also: str) -> PublicView:
        """Return the operator's view of a moment; call it within a question to :meth:`ask`."""
        found = self.house.situation(valid_at=asked.valid_at, known_at=asked.known_at)
        return gate(found, policy=DESK, gazetteer=self.house.gazetteer, also=also)

    def frame(self, request: Request, view: PublicView | None = None) -> Frame:
        """Return how the operator's page was asked for."""
        frame = asked_frame(
            request,
            notice=self.house.notice if self.house.is_demo else "",
            valid_at=view.valid_at if view else None,
            known_at=view.known_at if view else None,
        )
        links = getattr(request.state, "desk_links", ())
        return msgspec.structs.replace(frame, links=links) if links else frame

    def code(self, request: Request) -> str:
        """Return the code of the place that a path names.

        Raises:
            Refusal: There is no such place.
        """
        code = str(request.path_params["code"])
        if self.house.gazetteer.get(code) is None:
            raise Refusal(404, "place", code=code)
        return code

    def failure(self, request: Request, status: int, message: str, hint: str) -> Response:
        """Return an answer that says what was found and what to do, as a page or as JSON."""
        if "/api/" in request.url.path:
            body = to_json({"error": message, "hint": hint})
            return Response(body, status_code=status, media_type="application/json")
        if is_desk(request.url.path):
            page = render_failure(status, message, hint, frame=asked_frame(request))
        else:
            lang, path = split_language(request.url.path, self.offered)
            leaf = Leaf(
                lang=lang,
                path="/" if status == NOT_FOUND else path,
                offered=self.offered,
                publisher=self.publisher,
            )
            page = render_resident_failure(message, hint, frame=leaf)
        return HTMLResponse(page, status_code=status)

    def words(self, request: Request) -> Words:
        """Return the words of the language that a request asks for."""
        if is_desk(request.url.path) or "lang" in request.query_params:
            return asked_frame(request).words
        return words_of(split_language(request.url.path, self.offered)[0])


def is_desk(path: str) -> bool:
    """Return whether a path is one of the operator's pages."""
    return path == "/desk" or path.startswith("/desk/")


def split_language(path: str, offered: Sequence[str]) -> tuple[str, str]:
    """Return the language of a path and the path without it."""
    first, _, rest = path.removeprefix("/").partition("/")
    if first in offered[1:]:
        return first, f"/{rest}"
    return LANGUAGES[0], path
