"""The files that the desk's pages load; there is nothing secret in them."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from vidomo.app.web.asked import Refusal
from vidomo.desk.assets import asset

_YEAR_S = 31_536_000


def files_route() -> BaseRoute:
    """Return the path of the desk's files; an address changes with the content behind it."""
    return Route("/desk/assets/{name}", _file)


async def _file(request: Request) -> Response:
    try:
        found = asset(str(request.path_params["name"]))
    except KeyError as error:
        raise Refusal(404, "page") from error
    kept = f"public, max-age={_YEAR_S}, immutable" if request.query_params.get("v") else "no-cache"
    return Response(found.body, media_type=found.kind, headers={"cache-control": kept})
