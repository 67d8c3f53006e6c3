"""The residents' pages: the present only, each made once and sent to everybody as it is."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from vidomo.app.web.asked import Refusal
from vidomo.app.web.desk.facts import HITS, LONGEST_QUERY
from vidomo.app.web.present import COUNTRY, Body, Present, packed
from vidomo.app.web.site import Site, split_language
from vidomo.gazetteer import Gazetteer
from vidomo.publish.residents import Leaf, render_resident_search, short_of
from vidomo.publish.words import LANGUAGES

ASSETS = {
    "app.js": "text/javascript; charset=utf-8",
    "sw.js": "text/javascript; charset=utf-8",
    "app.webmanifest": "application/manifest+json; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
"""Files of the package that a browser may ask for beside the pages, with their types."""


class Residents:
    """The start page, the places, the search, and what the browser needs beside them."""

    def __init__(self, site: Site, present: Present) -> None:
        self._site, self._present = site, present
        self._atlas = site.house.gazetteer

    def routes(self) -> Sequence[BaseRoute]:
        """Return what residents are served."""
        found: list[BaseRoute] = [Route(f"/{name}", self.asset) for name in ASSETS]
        for lang in self._present.offered:
            prefix = "" if lang == LANGUAGES[0] else f"/{lang}"
            found += [
                Route(f"{prefix}/", self.start),
                Route(f"{prefix}/place/{{code}}/", self.place),
                Route(f"{prefix}/place/{{code}}", self.place),
                Route(f"{prefix}/p/{{short}}", self.short),
                Route(f"{prefix}/search", self.search),
            ]
        return found

    async def start(self, request: Request) -> Response:
        """Answer with the country."""
        return await self._page(request, COUNTRY)

    async def place(self, request: Request) -> Response:
        """Answer with one place."""
        return await self._page(request, self._site.code(request))

    async def short(self, request: Request) -> Response:
        """Lead from the short address of a place to its page."""
        code = shorts(self._atlas).get(str(request.path_params["short"]))
        if code is None:
            raise Refusal(404, "place", code=str(request.path_params["short"]))
        frame = self.leaf(request)
        return RedirectResponse(frame.place_link(code), status_code=303)

    async def search(self, request: Request) -> Response:
        """Answer with the places of a name; with the place itself where there is one."""
        query = request.query_params.get("q", "").strip()[:LONGEST_QUERY]
        found = self._atlas.find(query, limit=HITS) if query else ()
        await self._site.run_by(LANGUAGES[0])
        frame = self.leaf(request, query=query)
        exact = [item.code for item in found if item.how != "prefix"]
        if len(exact) == 1:
            return RedirectResponse(frame.place_link(exact[0]), status_code=303)
        codes = [item.code for item in found]
        return HTMLResponse(render_resident_search(query, codes, frame=frame, atlas=self._atlas))

    async def asset(self, request: Request) -> Response:
        """Answer with one of our own files."""
        name = request.url.path.removeprefix("/")
        return _sent(request, _asset(name), kind=ASSETS[name])

    def leaf(self, request: Request, query: str = "") -> Leaf:
        """Return the frame of a residents' page that is about no place."""
        lang, path = split_language(request.url.path, self._present.offered)
        house = self._site.house
        return Leaf(
            lang=lang,
            path=path,
            query={"q": query} if query else {},
            notice=house.notice if house.is_demo else "",
            offered=self._present.offered,
            publisher=self._site.publisher,
        )

    async def _page(self, request: Request, code: str) -> Response:
        lang, path = split_language(request.url.path, self._present.offered)
        asked = request.query_params.get("lang", "")
        if asked in self._present.offered and asked != lang:
            prefix = "" if asked == LANGUAGES[0] else f"/{asked}"
            return RedirectResponse(prefix + path, status_code=303)

        shown = await self._present.latest()
        self._site.publisher = shown.publisher
        body = shown.made(code, lang)
        if body is None:
            body = await self._site.make(lambda: shown.page(code, lang))
        return _sent(request, body)


@cache
def shorts(atlas: Gazetteer) -> dict[str, str]:
    """Return the code behind every short address."""
    return {short_of(unit.code): unit.code for unit in atlas.units()}


@cache
def asset_bytes(name: str) -> bytes:
    """Return one of our own files for the browser."""
    return (files("vidomo.publish.residents") / "browser" / name).read_bytes()


@cache
def _asset(name: str) -> Body:
    return packed(asset_bytes(name))


def _sent(request: Request, body: Body, *, kind: str = "text/html; charset=utf-8") -> Response:
    zips = "gzip" in request.headers.get("accept-encoding", "")
    headers = {
        "content-type": kind,
        "etag": f'"{body.tag}"',
        # Kept only to be asked after: a word taken back must not be shown from a cache.
        "cache-control": "no-cache",
        "vary": "Accept-Encoding",
    }
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    if not zips:
        return Response(body.html, headers=headers)
    return Response(body.zipped, headers=headers | {"content-encoding": "gzip"})
