"""What was said of a place, in the order in which it became known."""

from datetime import datetime

import msgspec

from vidomo.app.house import House
from vidomo.situation.standing import judge
from vidomo.sources.model import Post


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One statement, edit or deletion on a place.

    Attributes:
        what: said, edited, withdrawn.
        said_at: When the source said it; None when nobody says.
        known_at: When it was recorded here.
    """

    what: str
    said_at: datetime | None
    known_at: datetime
    topic: str
    kind: str
    speaker: str
    standing: str
    words: str
    id: str


def posted_start(post: Post) -> datetime | None:
    """Return when a post was published, at the earliest; None when nobody says."""
    return None if post.posted_at is None else post.posted_at.start


def entries(house: House, place: str, *, known_at: datetime) -> tuple[Entry, ...]:
    """Return every statement on a place or its parts, by when it became known.

    A deletion repeats the statements that it took back; an edit shows the new ones.
    """
    recorded = {
        record.id: record.recorded_at
        for record in house.journal.records(kind="post", known_at=known_at)
    }
    found = []
    for known in house.known(known_at):
        post = known.version.post
        what = "withdrawn" if post.deleted_at else "edited" if post.edited_at else "said"
        said = post.deleted_at or post.edited_at or posted_start(post)
        for claim in known.reading.claims:
            codes = [ref.code for ref in claim.places if ref.code is not None]
            if not any(house.gazetteer.within(code, place) for code in codes):
                continue
            judged = judge(
                claim, version=known.version, reading=known.reading, registry=house.registry
            )
            found.append(
                Entry(
                    what=what,
                    said_at=said,
                    known_at=recorded[known.version.id],
                    topic=claim.topic,
                    kind=claim.kind.value,
                    speaker=judged.speaker,
                    standing=judged.standing.value,
                    words=" ".join(claim.quote.split()),
                    id=claim.id,
                )
            )
    return tuple(sorted(found, key=lambda entry: (entry.known_at, entry.topic, entry.id)))
