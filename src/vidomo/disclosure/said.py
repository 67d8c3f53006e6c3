"""A statement of the fold as it may be shown; only what is named here is ever copied."""

from vidomo.disclosure.model import Said
from vidomo.situation.model import Evidence


def said_of(item: Evidence, *, place: str | None, quote: str, withheld_by: str = "") -> Said:
    """Return a statement for a view.

    Args:
        item: The statement.
        place: Code of the place that it is told of, as coarse as the policy says.
        quote: The words that may be shown; empty where they are withheld.
        withheld_by: The rule that withholds the words.
    """
    return Said(
        claim=item.claim,
        report=item.report,
        topic=item.topic,
        kind=item.kind,
        polarity=item.polarity,
        standing=item.standing.value,
        reason=item.reason,
        origin=item.origin,
        speaker=item.speaker,
        source=item.source,
        url=item.url,
        lang=item.lang,
        quote=quote,
        place=place,
        said_at=item.said_at,
        said_until=item.said_until,
        earliest=item.earliest,
        latest=item.latest,
        withheld_by=withheld_by,
    )
