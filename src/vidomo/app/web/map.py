"""The map of the country: its page, its shapes, and the files of its large form."""

import gzip
from collections.abc import Sequence
from functools import lru_cache

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from vidomo.app.web.asked import Refusal
from vidomo.app.web.present import COUNTRY, Present
from vidomo.app.web.site import Site, split_language
from vidomo.gazetteer.shapes import Shapes
from vidomo.publish.map_page import ASSETS, SHAPES, map_asset, map_shapes, render_map
from vidomo.publish.words import LANGUAGES

_KINDS = {
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".geojson": "application/geo+json",
}
_KEPT_S = 24 * 3600
"""Seconds that a browser keeps the files of the large map: they say nothing of what holds."""


class Maps:
    """What is served under ``/map``."""

    def __init__(self, site: Site, present: Present) -> None:
        self._site, self._present = site, present
        self._drawn: tuple[Shapes, bytes] | None = None

    def routes(self) -> Sequence[BaseRoute]:
        """Return what is served, in every language that is offered."""
        pages: list[BaseRoute] = []
        for lang in self._present.offered:
            prefix = "" if lang == LANGUAGES[0] else f"/{lang}"
            pages += [Route(f"{prefix}/map/", self.page), Route(f"{prefix}/map", self.page)]
        return (*pages, Route("/map/{name}", self.file))

    async def page(self, request: Request) -> Response:
        """Answer with the page of the map."""
        lang, _ = split_language(request.url.path, self._present.offered)

        def body() -> str:
            shown = self._present.shown()
            # Everything on this page is on the start page too, and changes with it.
            version = shown.page(COUNTRY, lang).version
            frame = msgspec.structs.replace(shown.leaf(lang, "/map/"), version=version)
            return render_map(
                shown.states(lang),
                shapes=self._present.shapes(),
                atlas=self._site.house.gazetteer,
                frame=frame,
            )

        return HTMLResponse(await self._site.ask(body))

    async def file(self, request: Request) -> Response:
        """Answer with the shapes, or with a file of the map library."""
        name = str(request.path_params["name"])
        if name == SHAPES:
            body = await run_in_threadpool(self._drawing)
        elif name in ASSETS:
            body = map_asset(name)
        else:
            raise Refusal(404, "page")
        return await _sent(request, body, kind=_KINDS[f".{name.rpartition('.')[2]}"])

    def _drawing(self) -> bytes:
        shapes = self._present.shapes()
        if self._drawn is None or self._drawn[0] is not shapes:
            self._drawn = (shapes, map_shapes(shapes, self._site.house.gazetteer))
        return self._drawn[1]


async def _sent(request: Request, body: bytes, *, kind: str) -> Response:
    headers = {
        "content-type": kind,
        "cache-control": f"public, max-age={_KEPT_S}",
        "vary": "Accept-Encoding",
    }
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(body, headers=headers)
    zipped = await run_in_threadpool(_zipped, body)
    return Response(zipped, headers=headers | {"content-encoding": "gzip"})


@lru_cache(maxsize=8)
def _zipped(body: bytes) -> bytes:
    return gzip.compress(body, 9, mtime=0)
