"""The facts on the desk, each page made from one answer of the house; nothing is done here."""

from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from vidomo.app.web.asked import Refusal, asked_frame, asked_moments
from vidomo.app.web.desk.route import DeskRoute, DeskWorld, Visit
from vidomo.app.web.site import DESK, Site
from vidomo.core.codec import to_json
from vidomo.desk.index import render_desk
from vidomo.desk.trace import render_trace
from vidomo.disclosure.gate import gate
from vidomo.disclosure.narrow import about
from vidomo.publish.page import render_place, render_search, render_start

LONGEST_QUERY = 80
"""Characters of a search; the longest name of the codifier has fewer than 60."""
HITS = 30
"""Places that a search shows."""
Page = Callable[[Request], Awaitable[Response]]


class Facts:
    """The overview, the places, the search, what waits for a person, and the trace."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._atlas = site.house.gazetteer

    def pages(self) -> Sequence[tuple[str, Page]]:
        """Return what is served under ``/desk/``."""
        return (
            ("/desk/", self.start),
            ("/desk/place/{code}", self.place),
            ("/desk/search", self.search),
            ("/desk/waiting", self.waiting),
            ("/desk/trace", self.find_record),
            ("/desk/trace/{record}", self.trace),
            ("/desk/api/state/{code}", self.state),
        )

    def desk_routes(self) -> Sequence[DeskRoute]:
        """Return the same pages for people who are signed in, and for all while there are none."""
        return [
            DeskRoute(path, _signed(page), unsigned=page, example=_example)
            for path, page in self.pages()
        ]

    async def start(self, request: Request) -> Response:
        """Answer with the overview."""
        asked, is_whole = asked_moments(request), "all" in request.query_params

        def page() -> str:
            view = self._site.desk_view(asked)
            frame = self._site.frame(request, view)
            return render_start(view, frame=frame, atlas=self._atlas, is_whole=is_whole)

        return HTMLResponse(await self._site.ask(page))

    async def place(self, request: Request) -> Response:
        """Answer with everything about one place."""
        asked, is_whole = asked_moments(request), "all" in request.query_params
        code = self._site.code(request)

        def page() -> str:
            view = self._site.desk_view(asked, code)
            frame = self._site.frame(request, view)
            return render_place(view, code, frame=frame, atlas=self._atlas, is_whole=is_whole)

        return HTMLResponse(await self._site.ask(page))

    async def search(self, request: Request) -> Response:
        """Answer with the places of a name; with the place itself where there is one."""
        query = request.query_params.get("q", "").strip()[:LONGEST_QUERY]
        found = self._atlas.find(query, limit=HITS) if query else ()
        frame = await self._site.ask(lambda: self._site.frame(request))
        exact = [item.code for item in found if item.how != "prefix"]
        if len(exact) == 1:
            return RedirectResponse(frame.link(f"/desk/place/{exact[0]}"), status_code=303)
        codes = [item.code for item in found]
        return HTMLResponse(render_search(query, codes, frame=frame, atlas=self._atlas))

    async def waiting(self, request: Request) -> Response:
        """Answer with what waits for a person."""
        asked = asked_moments(request)

        def page() -> str:
            found = self._site.house.situation(valid_at=asked.valid_at, known_at=asked.known_at)
            view = gate(found, policy=DESK, gazetteer=self._atlas)
            frame = self._site.frame(request, view).over(view, atlas=self._atlas)
            return render_desk(found, frame=frame, atlas=self._atlas)

        return HTMLResponse(await self._site.ask(page))

    async def find_record(self, request: Request) -> Response:
        """Lead from a form to the trace of an id."""
        record = request.query_params.get("record", "").strip()[:LONGEST_QUERY]
        frame = asked_frame(request)
        return RedirectResponse(
            frame.link(f"/desk/trace/{record}" if record else "/desk/waiting"), status_code=303
        )

    async def trace(self, request: Request) -> Response:
        """Answer with what is behind a record."""
        record = str(request.path_params["record"])

        def page() -> str:
            found = self._site.house.trace(record)
            if found is None:
                raise Refusal(404, "record", code=record)
            return render_trace(found, frame=self._site.frame(request), atlas=self._atlas)

        return HTMLResponse(await self._site.ask(page))

    async def state(self, request: Request) -> Response:
        """Answer with everything about one place as JSON."""
        asked, code = asked_moments(request), self._site.code(request)
        view = await self._site.ask(lambda: self._site.desk_view(asked, code))
        # The last of them is the country; who speaks for that speaks for no place in particular.
        wider = self._atlas.ancestors(code)[:-1]
        return Response(to_json(about(view, code, wider=wider)), media_type="application/json")


def _signed(page: Page) -> Callable[[Visit], Awaitable[Response]]:
    """Return a page for somebody signed in, in the language of the session."""

    async def answer(visit: Visit) -> Response:
        given = visit.request.query_params.multi_items()
        query = urlencode([*(one for one in given if one[0] != "lang"), ("lang", visit.lang)])
        request = Request({**visit.request.scope, "query_string": query.encode(), "state": {}})
        request.state.desk_links = tuple(
            (visit.words(link.words), link.path)
            for link in visit.links
            if link.path != request.url.path
        )
        return await page(request)

    return answer


def _example(world: DeskWorld) -> dict[str, str]:
    claim = world.house.situation().evidence[0].claim
    return {"code": world.place, "record": claim, "q": "UA"}
