"""Read a plain text as one document."""

from collections.abc import Iterator

from vidomo.core.ids import content_id
from vidomo.core.problems import Problem
from vidomo.sources.files.request import Request
from vidomo.sources.files.row import RowRefused, checked
from vidomo.sources.model import Post


def read_text(text: str, request: Request) -> Iterator[Post | Problem]:
    """Yield the one post of a text, exactly as received; its id is a digest of the words."""
    post = Post(
        source=request.default_source,
        native_id=content_id("doc", text),
        text=text,
        posted_at=request.posted_at,
        home=request.home,
        format="text",
    )
    try:
        yield checked(post, request)
    except RowRefused as error:
        yield error.problem(request.name)
