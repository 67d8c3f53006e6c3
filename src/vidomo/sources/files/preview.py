"""Read a saved public preview page of a channel.

Hooks, stable in many public fixtures: ``.tgme_widget_message[data-post]``, the
last ``.tgme_widget_message_text`` (a reply quotes an earlier post in the same
class), ``time[datetime]``.
"""

from collections.abc import Iterator

from lxml import etree, html

from vidomo.core.problems import Problem
from vidomo.sources.files.article import drop_scripts, parse_page
from vidomo.sources.files.request import Request
from vidomo.sources.files.row import RowRefused, checked, moment_of
from vidomo.sources.model import Post

OWNER = "tgme_widget_message_owner_name"
MARK = "tgme_widget_message"
_EDITED = "edited"  # the word of the page's own markup, not of a post


def read_preview(page: str, request: Request) -> Iterator[Post | Problem]:
    """Yield a post for every message with words; a page without messages is a problem."""
    tree = parse_page(page)
    blocks = []
    if tree is not None:
        drop_scripts(tree)
        blocks = tree.xpath(f"//*[{_has_class(MARK)}][@data-post]")
    if not blocks:
        yield Problem(
            code="no_posts",
            found="no posts in the page",
            hint="this is not the same as no news; save the page of the channel again",
            where=request.name,
        )
    without_words = 0
    for block in blocks:
        where = f"{request.name}, post {block.get('data-post')[:80]}"
        try:
            post = _post(block, request)
            if post is None:
                without_words += 1
            else:
                yield checked(post, request)
        except RowRefused as error:
            yield error.problem(where)
    if without_words:
        request.note(
            Problem(
                code="without_words",
                found=f"{without_words} posts have no words (pictures, stickers) and were left out",
                where=request.name,
            )
        )


def _post(block: html.HtmlElement, request: Request) -> Post | None:
    channel, _, number = block.get("data-post").partition("/")
    if not channel or not number:
        raise RowRefused(
            "no_id", "the post has no channel and number", hint="save the page of the channel again"
        )
    texts = [
        found
        for found in block.xpath(f".//*[{_has_class('tgme_widget_message_text')}]")
        if "js-message_reply_text" not in found.get("class").split()
        and not found.xpath(f"ancestor::*[{_has_class('tgme_widget_message_reply')}]")
    ]
    words = _words(texts[-1]) if texts else ""
    if not words:
        return None
    times = block.xpath(f".//*[{_has_class('tgme_widget_message_date')}]//time/@datetime")
    footer = "".join(
        text for text in block.xpath(f".//*[{_has_class('tgme_widget_message_meta')}]//text()")
    )
    replies = block.xpath(f".//a[{_has_class('tgme_widget_message_reply')}]/@href")
    return Post(
        source=request.source or f"telegram:{channel}",
        native_id=number,
        text=words,
        posted_at=moment_of("time", str(times[-1])) if times else request.posted_at,
        home=request.home,
        url=f"https://t.me/{channel}/{number}",
        # The first of several messages in a row carries the channel's name for all of them.
        title=_first(block, OWNER) or _first(block.getroottree().getroot(), OWNER),
        forwarded_from=_first(block, "tgme_widget_message_forwarded_from_name"),
        reply_to=str(replies[0]).rstrip("/").rpartition("/")[2] if replies else None,
        format="preview",
        is_edited=_EDITED in footer.split(),
    )


def _words(element: html.HtmlElement) -> str:
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            parts.append("\n" if node.tag == "br" else node.text or "")
        elif node is not element:
            parts.append(node.tail or "")
    return "".join(parts).strip()


def _first(block: html.HtmlElement, name: str) -> str | None:
    found = block.xpath(f".//*[{_has_class(name)}]")
    return (_words(found[0]) or None) if found else None


def _has_class(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"
