"""Read the main text of an HTML article; scripts are neither run nor kept."""

import re
from collections.abc import Iterator

from lxml import etree, html

from vidomo.core.ids import content_id
from vidomo.core.problems import Problem
from vidomo.core.time import Interval
from vidomo.sources.files.request import Request
from vidomo.sources.files.row import RowRefused, checked, moment_of
from vidomo.sources.model import Post

# Only what a page states outright counts; a date guessed from running text may be
# that of another event. Order: Open Graph, schema.org, the HTML standard.
_DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//article//time[@pubdate]/@datetime",
    "//article//time/@datetime",
    "//meta[@name='date' or @name='pubdate' or @name='DC.date.issued']/@content",
)
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_DEEPEST = 200  # levels; real pages have 30, and the extractor walks them by recursion


def parse_page(page: str) -> html.HtmlElement | None:
    """Return the tree of a page, None when there is nothing in it."""
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def drop_scripts(tree: html.HtmlElement) -> None:
    """Take away everything that is not meant to be read."""
    for element in tree.xpath("//script | //style | //template | //noscript"):
        element.drop_tree()


def read_article(page: str, request: Request) -> Iterator[Post | Problem]:
    """Yield the one post of an article page, or the problem with it."""
    tree = parse_page(page)
    if tree is None:
        yield _no_text(request)
        return
    dates = _stated_dates(tree)
    drop_scripts(tree)
    try:
        posted_at = request.posted_at or _posted_at(dates, request)
        text, title, url, lang = _main_text(tree)
        if not text.strip():
            yield _no_text(request)
            return
        yield checked(
            Post(
                source=request.default_source,
                native_id=url or content_id("doc", text),
                text=text,
                posted_at=posted_at,
                home=request.home,
                lang=lang,
                url=url,
                title=title,
                format="html",
            ),
            request,
        )
    except RowRefused as error:
        yield error.problem(request.name)


def _main_text(tree: html.HtmlElement) -> tuple[str, str | None, str | None, str | None]:
    if (
        max((sum(1 for _ in leaf.iterancestors()) for leaf in tree.xpath("//*[not(*)]")), default=0)
        > _DEEPEST
    ):
        raise RowRefused(
            "nested_too_deep",
            f"the page is nested deeper than {_DEEPEST} levels",
            hint="save the words of the article as plain text",
        )
    import trafilatura  # noqa: PLC0415 - takes a second to load, and most commands never need it

    lang = (tree.get("lang") or "").strip()[:35] or None
    found = trafilatura.bare_extraction(
        tree, include_comments=False, include_tables=True, with_metadata=True
    )
    if found is None or isinstance(found, dict):
        return "", None, None, lang
    return found.text or "", found.title or None, found.url or None, lang


def _stated_dates(tree: html.HtmlElement) -> list[str]:
    dates = [str(found).strip() for path in _DATES for found in tree.xpath(path)]
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        dates += _JSON_DATE.findall(str(script))
    return [date for date in dates if date]


def _posted_at(dates: list[str], request: Request) -> Interval | None:
    """Return the first stated date; a time of day without a zone gives only its day."""
    for written in dates:
        try:
            return moment_of("date of the page", written)
        except RowRefused as error:
            if error.code != "time_without_zone":
                continue
            request.note(
                Problem(
                    code="time_without_zone",
                    found=f"the page says {written} without a zone; only the day was taken",
                    hint="state the time with --posted-at",
                    where=request.name,
                )
            )
            return moment_of("date of the page", written[:10])
    return None


def _no_text(request: Request) -> Problem:
    return Problem(
        code="no_text",
        found="no article text in the page",
        hint="save the whole page, or its words as plain text",
        where=request.name,
    )
