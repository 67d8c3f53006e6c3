"""Read one preview page as it came over the network, or say why it is none."""

import re

import msgspec
from lxml import html
from urllib3.util import parse_url

from vidomo.core.errors import InputError, SourceRefused, SourceUnavailable
from vidomo.core.problems import Problem
from vidomo.sources.door import Door
from vidomo.sources.fetch import Page
from vidomo.sources.files.article import parse_page
from vidomo.sources.files.decoding import decode
from vidomo.sources.files.preview import MARK, read_preview
from vidomo.sources.files.request import Request
from vidomo.sources.model import Post

_BLOCKS = f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {MARK} ')][@data-post]"
_META = ".//*[contains(concat(' ', normalize-space(@class), ' '), ' tgme_widget_message_meta ')]"
_EDITED = "edited"  # the word of the page's own markup
_NUMBER = re.compile(r"[0-9]{1,10}")
_CAPTCHA = re.compile(
    r"captcha|are you a (?:human|robot)|verify (?:that )?you are human", re.IGNORECASE
)
MOST_BLOCKS = 200
"""Posts on one page: the real ones show twenty."""
_TAIL = 2000  # characters; the page ends with a comment after its last tag
_KINDS = frozenset({"", "text/html", "application/xhtml+xml"})


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What one page shows.

    Attributes:
        numbers: Numbers of all posts on it, with words or without.
        posts: Those with words, as on the page.
        emptied: Numbers of posts marked as edited that have no words.
        problems: Posts that could not be read.
    """

    numbers: frozenset[int]
    posts: tuple[Post, ...] = ()
    emptied: frozenset[int] = frozenset()
    problems: tuple[Problem, ...] = ()


def read_sheet(page: Page, door: Door, request: Request) -> Sheet:
    """Return what a page of a channel shows.

    Raises:
        SourceRefused: The channel shows no public preview.
        SourceUnavailable: No page of this channel, or not a whole one.
    """
    if page.content_type not in _KINDS:
        raise SourceUnavailable(f"the page is said to be {page.content_type[:60]}, not HTML")
    if not page.body.strip():
        raise SourceUnavailable("the page is empty")
    try:
        text = decode(page.body, where=door.id, is_page=True).text
    except InputError as error:
        raise SourceUnavailable(f"the page cannot be read: {error.message}") from error
    tree = parse_page(text)
    blocks = [] if tree is None else tree.xpath(_BLOCKS)
    if not blocks:
        _refuse_blockless(page, door, text)
    if len(blocks) > MOST_BLOCKS:
        raise SourceUnavailable(f"the page shows {len(blocks)} posts; no page has that many")
    if "</html>" not in text[-_TAIL:].lower():
        raise SourceUnavailable("the page was cut short")
    numbers = _numbers(blocks, door)
    found = list(read_preview(text, request))
    posts = tuple(item for item in found if isinstance(item, Post))
    worded = {post.native_id for post in posts}
    return Sheet(
        numbers=frozenset(numbers),
        posts=posts,
        emptied=frozenset(
            number
            for number, block in numbers.items()
            if str(number) not in worded and _is_edited(block)
        ),
        problems=tuple(item for item in found if isinstance(item, Problem)),
    )


def _numbers(blocks: list[html.HtmlElement], door: Door) -> dict[int, html.HtmlElement]:
    found: dict[int, html.HtmlElement] = {}
    for block in blocks:
        channel, _, written = block.get("data-post").partition("/")
        if channel.lower() != door.channel.lower():
            raise SourceUnavailable(
                f"the page shows posts of another channel, {channel[:40]!r}",
                hint="the channel may have a new name",
            )
        if not _NUMBER.fullmatch(written) or int(written) in found:
            raise SourceUnavailable(f"the page numbers its posts wrongly: {written[:40]!r}")
        found[int(written)] = block
    return found


def _refuse_blockless(page: Page, door: Door, text: str) -> None:
    if _CAPTCHA.search(text):
        raise SourceUnavailable("the page asks for a captcha", hint="ask less often")
    asked = (parse_url(door.address).path or "").rstrip("/").lower()
    answered = (parse_url(page.url).path or "").rstrip("/").lower()
    if asked != answered:
        raise SourceRefused(
            "the channel leads to its profile: it shows no public preview",
            hint="a private or renamed channel cannot be read without an account",
        )
    raise SourceUnavailable(
        "the page has no message blocks", hint="this is not the same as no news"
    )


def _is_edited(block: html.HtmlElement) -> bool:
    return any(_EDITED in str(meta.text_content()).split() for meta in block.xpath(_META))
