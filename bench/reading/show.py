"""Print posts of a batch for a labeller.

Run: python -m bench.reading.show BATCH [FIRST [LAST]] [--texts FOLDER]
Example: python -m bench.reading.show r1 1 20
"""

import sys

from bench.reading.addressed import take_texts
from bench.reading.corpus import Post, batch_ids, read_posts, read_sample, require


def render(posts: list[Post], *, first: int = 1) -> str:
    """Return the posts as a labeller reads them: place in the batch, id, language, text."""
    return "\n".join(
        f"=== {place} {post.id} [{post.lang}]\n{post.text}\n"
        for place, post in enumerate(posts, start=first)
    )


def main(arguments: list[str]) -> None:
    """Print a batch, or the part from FIRST to LAST, counted from 1."""
    arguments = take_texts(arguments)
    batch = arguments[0]
    ids = batch_ids(batch, read_sample())
    first = int(arguments[1]) if len(arguments) > 1 else 1
    last = int(arguments[2]) if len(arguments) > 2 else len(ids)  # noqa: PLR2004 - third word
    print(render(require(read_posts(), ids[first - 1 : last]), first=first))


if __name__ == "__main__":
    main(sys.argv[1:])
