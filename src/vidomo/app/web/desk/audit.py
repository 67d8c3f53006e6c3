"""The audit trail: every act at the desk, to be read and never changed."""

from collections.abc import Sequence

from starlette.responses import Response

from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.desk.route import DeskRoute, Visit
from vidomo.desk.page import DeskLink

LINKS = (DeskLink("/desk/audit", "audit.title", "a"),)
SHOWN = 200
"""Acts on one page; the form narrows them down."""


def routes(_: DeskSite) -> Sequence[DeskRoute]:
    """Return the paths."""
    return (DeskRoute("/desk/audit", show, example=lambda _: {}),)


async def show(visit: Visit) -> Response:
    """Answer with what was done, the newest first."""
    return visit.page("audit.html")
