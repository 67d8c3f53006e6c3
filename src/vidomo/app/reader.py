"""Joins the two rooms that read: statements from ``claims``, places from ``places``."""

from vidomo.claims.calibration import calibration, with_confidence
from vidomo.claims.model import Claim, Reading
from vidomo.claims.read import read_text, version as claims_version
from vidomo.core.ids import content_id
from vidomo.core.time import Interval
from vidomo.gazetteer import Gazetteer
from vidomo.places.model import Explained
from vidomo.places.resolve import explain, resolve
from vidomo.places.twins import told_once
from vidomo.reports.model import Version
from vidomo.sources.model import Post
from vidomo.sources.registry import Registry


def reader_version() -> str:
    """Return the version of reader, tables, confidence and gazetteer together."""
    return content_id("rdr", claims_version(), calibration(), Gazetteer.open().version)


def read_version(version: Version, *, genre: str | None = None) -> Reading:
    """Return the reading of one version of a report, its places decided or left ambiguous."""
    post = version.post
    gazetteer = Gazetteer.open()
    reading = read_text(
        post.text,
        gazetteer=gazetteer,
        report=version.report,
        version=version.id,
        lang=post.lang,
        genre=genre,
        posted_at=post.posted_at,
    )
    return with_confidence(told_once(resolve(reading, gazetteer, home=home_of(post)), gazetteer))


def home_of(post: Post) -> str | None:
    """Return the home place of a post: its own, else that of its source; None when unknown."""
    entry = Registry.bundled().source(post.source)
    return post.home or (entry.home if entry else None)


def read(
    text: str,
    *,
    home: str | None = None,
    lang: str | None = None,
    genre: str | None = None,
    posted_at: Interval | None = None,
) -> tuple[Claim, ...]:
    """Return the claims of one text, in order of their start.

    Args:
        text: The text as received.
        home: KATOTTG code of the place that the source speaks from; decides namesakes.
        lang: uk, ru or en; guessed when not given.
        genre: official, news or monitor; guessed when not given.
        posted_at: When it was published; anchors "today" and "last night".
    """
    gazetteer = Gazetteer.open()
    reading = read_text(
        text,
        gazetteer=gazetteer,
        report="",
        version="",
        lang=lang,
        genre=genre,
        posted_at=posted_at,
    )
    return with_confidence(told_once(resolve(reading, gazetteer, home=home), gazetteer)).claims


def explain_places(text: str, *, home: str | None = None) -> tuple[Explained, ...]:
    """Return how each place named in a text was decided: candidates, scores, margin."""
    gazetteer = Gazetteer.open()
    reading = read_text(text, gazetteer=gazetteer)
    return explain(reading, gazetteer, home=home)
