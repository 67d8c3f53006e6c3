"""Saved pages: articles, and the public preview of a channel."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vidomo.core.time import day_interval, instant_interval
from vidomo.sources.files import read_posts

NOW = datetime(2025, 12, 21, 12, tzinfo=UTC)
PARAGRAPHS = [
    "У місті Ізюм увечері 20 грудня пролунало близько десяти вибухів, частина громади без світла.",
    "Енергетики працюють над відновленням, інформація щодо постраждалих уточнюється, кажуть у громаді.",
    "Мешканців просять перебувати в укриттях і не публікувати фото наслідків у мережі.",
]


def article(head: str = "", body: str = "", *, lang: str = "uk") -> str:
    words = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html lang='{lang}'><head><title>Ізюм без світла</title>{head}</head><body>"
        "<nav><a href='/'>Головна</a><a href='/sport'>Спорт</a></nav>"
        f"<article><h1>Ізюм без світла</h1>{words}{body}</article>"
        "<footer>Усі права захищено</footer></body></html>"
    )


def test_the_main_text_of_an_article_is_read_without_menus(read: Callable) -> None:
    (post,) = read(article(), "izium.html").posts
    for paragraph in PARAGRAPHS:
        assert paragraph in post.text
    assert "Спорт" not in post.text
    assert (post.format, post.lang, post.title) == ("html", "uk", "Ізюм без світла")
    assert post.source == "file:izium"
    assert post.posted_at is None


def test_scripts_are_neither_run_nor_kept(read: Callable) -> None:
    script = "<script>document.title = 'злам'; alert(1)</script><noscript>увімкніть</noscript>"
    evil = (
        script
        + "<style>p {}</style><p onclick='steal()'>Світло повернули у двох районах міста.</p>"
    )
    (post,) = read(article(script, evil), "a.html").posts
    assert "Світло повернули у двох районах" in post.text
    for trace in ("alert", "злам", "steal", "увімкніть", "<", "{"):
        assert trace not in post.text + str(post.title)


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:published_time' content='2025-12-20T18:30:00+02:00'>",
        "<meta itemprop='datePublished' content='2025-12-20T16:30:00Z'>",
        '<script type="application/ld+json">{"datePublished": "2025-12-20T18:30:00+02:00"}</script>',
        "<meta name='date' content='last week'><meta name='pubdate' content='2025-12-20T16:30:00Z'>",
    ],
)
def test_a_date_that_the_page_states_is_taken(read: Callable, head: str) -> None:
    (post,) = read(article(head), "a.html").posts
    assert post.posted_at == instant_interval(datetime(2025, 12, 20, 16, 30, tzinfo=UTC))


def test_a_stated_time_without_zone_gives_only_its_day_and_a_note(read: Callable) -> None:
    head = "<meta property='article:published_time' content='2025-12-20T18:30:00'>"
    result = read(article(head), "a.html")
    assert result.posts[0].posted_at == day_interval(datetime(2025, 12, 20, tzinfo=UTC).date())
    assert result.noted == ["time_without_zone"]


def test_a_date_in_the_words_of_an_article_is_not_its_date(read: Callable) -> None:
    body = "<p>Раніше, 15 листопада 2025 року, тут уже зникало світло. 2025-11-15.</p>"
    assert read(article(body=body), "a.html").posts[0].posted_at is None


def test_the_operators_time_goes_before_the_pages(read: Callable) -> None:
    head = "<meta property='article:published_time' content='2025-12-20T18:30:00+02:00'>"
    when = day_interval(datetime(2025, 12, 19, tzinfo=UTC).date())
    (post,) = read(article(head), "a.html", posted_at=when, source="s", home="UA63").posts
    assert (post.posted_at, post.source, post.home) == (when, "s", "UA63")


def test_the_address_of_the_page_is_its_id(read: Callable) -> None:
    head = "<link rel='canonical' href='https://news.example/izium-1'>"
    (post,) = read(article(head), "a.html").posts
    assert post.url == post.native_id == "https://news.example/izium-1"


def test_a_page_dated_in_the_future_is_refused(read: Callable) -> None:
    head = "<meta property='article:published_time' content='2031-12-20T18:30:00+02:00'>"
    assert read(article(head), "a.html").codes == ["date_in_future"]


def test_a_page_in_its_declared_encoding_is_read_and_noted(read: Callable) -> None:
    page = article("<meta charset='windows-1251'>")
    result = read(page.encode("cp1251"), "a.html")
    assert PARAGRAPHS[0] in result.texts[0]
    assert result.noted == ["read_as"]


def test_a_page_that_declares_a_nonsense_encoding_is_still_read(read: Callable) -> None:
    page = article("<meta charset='klingon-8'>")
    assert PARAGRAPHS[0] in read(page.encode("cp1251"), "a.html").texts[0]
    assert PARAGRAPHS[0] in read(page, "a.html").texts[0]


@pytest.mark.parametrize(
    "page",
    ["<html></html>", "<!DOCTYPE html>", "<html><body><script>alert(1)</script></body></html>"],
)
def test_a_page_without_words_is_told(read: Callable, page: str) -> None:
    result = read(page, "a.html")
    assert result.codes == ["no_text"]
    assert result.problems[0].hint


def test_a_page_nested_without_end_is_told(read: Callable) -> None:
    page = "<html><body>" + "<div>" * 5000 + "Слова" + "</div>" * 5000 + "</body></html>"
    result = read(page, "a.html")
    assert result.codes == ["nested_too_deep"]


def test_the_sample_of_a_preview_is_read(shared: Path) -> None:
    notes = []
    path = shared / "corpus/telegram_preview_sample.html"
    first, second = read_posts(path, now=NOW, note=notes.append)
    assert (first.source, first.native_id) == ("telegram:hromada_sample", "101")
    assert first.text.endswith("Перебувайте в укриттях!\nІнформація уточнюється.")
    assert first.posted_at == instant_interval(datetime(2025, 12, 20, 13, 44, 5, tzinfo=UTC))
    assert first.url == "https://t.me/hromada_sample/101"
    assert first.title == "Громада (зразок)"
    assert not first.is_edited
    assert second.text == "Частина міста без світла. Енергетики працюють."
    assert (second.reply_to, second.is_edited) == ("101", True)
    assert [note.code for note in notes] == ["without_words"]


def message(body: str, *, post: str = "gromada/7", time: str = "2025-12-20T13:44:05+00:00") -> str:
    return (
        f'<html><body><div class="tgme_widget_message" data-post="{post}">{body}'
        '<span class="tgme_widget_message_meta"><a class="tgme_widget_message_date">'
        f'<time datetime="{time}">15:44</time></a></span></div></body></html>'
    )


def words(text: str) -> str:
    return f'<div class="tgme_widget_message_text js-message_text">{text}</div>'


def test_emoji_links_and_forwards_of_a_preview_are_kept_and_scripts_are_not(read: Callable) -> None:
    body = (
        '<a class="tgme_widget_message_forwarded_from_name" href="x"><span>Область</span></a>'
        + words(
            '<i class="emoji"><b>⚡️</b></i> Світло <b>зникло</b>.<br>'
            '<a href="?q=%23a">#Ізюм</a><!-- no --><script>alert(1)</script> Так.'
        )
    )
    (post,) = read(message(body), "page.html").posts
    assert post.text == "⚡️ Світло зникло.\n#Ізюм Так."
    assert post.forwarded_from == "Область"


def test_a_page_of_a_channel_without_messages_is_not_no_news(read: Callable) -> None:
    result = read("<html><body class='tgme_widget_messages'></body></html>", "a.html")
    assert result.codes == ["no_posts"]
    assert "no posts in the page" in result.problems[0].found
    assert read("<html></html>", "a.html", format="preview").codes == ["no_posts"]


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (message(words("Так."), post="gromada"), "no_id"),
        (message(words("Так."), time="15:44"), "bad_time"),
        (message(words("Так."), time="2025-12-20T13:44:05"), "time_without_zone"),
        (message(words("Так."), time="2031-12-20T13:44:05Z"), "date_in_future"),
    ],
)
def test_a_bad_message_of_a_preview_is_told(read: Callable, page: str, code: str) -> None:
    result = read(page, "a.html")
    assert result.codes == [code]
    assert "a.html, post gromada" in result.problems[0].where


def test_a_message_without_a_time_is_kept_undated(read: Callable) -> None:
    page = (
        f'<html><body><div class="tgme_widget_message" data-post="a/1">{words("Так.")}</div></body>'
    )
    (post,) = read(page, "a.html").posts
    assert post.posted_at is None
