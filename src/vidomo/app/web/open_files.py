"""Open data at ``/data/``: the newest package that the operator has written, as it lies on the disk."""

import re
from collections.abc import Sequence
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.staticfiles import NotModifiedResponse

from vidomo.app.opendata import LATEST
from vidomo.app.web.api_asked import holds_already
from vidomo.app.web.asked import Refusal

_NAME = re.compile(r"[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*")
_INDEX = "index.html"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".geojson": "application/geo+json",
    ".ics": "text/calendar; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".json": "application/json",
}


class OpenFiles:
    """The files of the newest package.

    Args:
        folder: Where packages stand; None or a folder without one answers that there is no page.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def routes(self) -> Sequence[Route]:
        """Return the addresses of the data; one of them stays the same for every version."""
        return (
            Route("/data", self.start),
            Route("/data/", self.start),
            Route(f"/data/{LATEST}", self.start),
            Route(f"/data/{LATEST}/", self.listed),
            Route(f"/data/{LATEST}/{{name}}", self.file),
        )

    async def start(self, _: Request) -> Response:
        """Lead to the list of files."""
        self._path(_INDEX)
        return RedirectResponse(f"/data/{LATEST}/", status_code=303)

    async def listed(self, request: Request) -> Response:
        """Answer with the list of files."""
        return self._sent(request, _INDEX)

    async def file(self, request: Request) -> Response:
        """Answer with one file."""
        return self._sent(request, str(request.path_params["name"]))

    def _sent(self, request: Request, name: str) -> Response:
        path = self._path(name)
        kind = _TYPES.get(path.suffix, "text/plain; charset=utf-8")
        whole = FileResponse(path, media_type=kind, stat_result=path.stat())
        if holds_already(request, whole.headers["etag"].strip('"')):
            return NotModifiedResponse(whole.headers)
        return whole

    def _path(self, name: str) -> Path:
        """Return where a file lies.

        Raises:
            Refusal: There is no such file.
        """
        path = (self._folder or Path()) / LATEST / name
        if self._folder is None or not _NAME.fullmatch(name) or not path.is_file():
            raise Refusal(404, "page")
        return path
