"""What an operator had said of a queue at any instant, from the versions kept."""

from datetime import datetime

from vidomo.app.house import House
from vidomo.claims.model import Claim
from vidomo.outlook.review.schedule import Announced, announced
from vidomo.reports.lineage import current, effective_at
from vidomo.situation.fold import Known


def announced_at(house: House, *, source: str, queue: str, at: datetime) -> Announced:
    """Return what a source had announced for a queue by an instant, as known at that instant.

    Of every post the version that stood then counts; one that was deleted by then announces
    nothing.

    Args:
        house: The data folder.
        source: Id of the operator's source.
        queue: As announced, such as ``3.1``.
        at: The instant.
    """
    posts: dict[str, list[Known]] = {}
    for known in house.known(at):
        said = effective_at(known.version)
        if known.version.post.source == source and said is not None and said <= at:
            posts.setdefault(known.version.report, []).append(known)
    claims: list[Claim] = []
    for versions in posts.values():
        stands = current(one.version for one in versions)
        for one in versions:
            if (
                stands is not None
                and one.version.id == stands.id
                and not one.version.post.deleted_at
            ):
                claims += one.reading.claims
    return announced(claims, queue)
