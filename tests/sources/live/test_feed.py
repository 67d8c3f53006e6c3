"""A feed and its articles: news, edits, articles that vanish, and feeds that lie."""

from datetime import UTC, datetime, timedelta

import pytest

from sources.live.asking import Asker, feed_door
from sources.live.site import Site, article, item, reply, rss
from vidomo.core.codec import from_json
from vidomo.core.errors import SourceRefused, SourceUnavailable
from vidomo.core.time import KYIV
from vidomo.sources.feed import ARTICLES
from vidomo.sources.feed_entries import plain_words
from vidomo.sources.fetch import Fetcher
from vidomo.sources.model import Outcome

LONG = (
    "У громаді зникло світло після удару по мережах увечері двадцятого грудня.\n"
    "Енергетики працюють на місці, час відновлення поки невідомий, уточнюється.\n"
    "Пункти незламності відкриті, вода подається за графіком, зв'язок є."
)


@pytest.fixture
def asker(site: Site, fetcher: Fetcher) -> Asker:
    return Asker(feed_door(site, home="UA63040090010029555", lang="uk"), fetcher)


def with_article(site: Site, text: str = LONG, *, summary: str = "Коротко.") -> None:
    site["/1"] = article(text, "Без світла")
    site["/feed.xml"] = rss(item("g1", "Без світла", link=site["/1"], summary=summary))


def words_of(asker: Asker) -> str:
    return from_json(asker.answer.posts[0].extra, dict)["words"]


def test_an_entry_comes_with_the_main_text_of_its_article(asker: Asker, site: Site) -> None:
    with_article(site)
    (post,) = asker.ask().posts
    assert post.text.startswith("Без світла")
    assert "час відновлення поки невідомий" in post.text
    assert "Головна" not in post.text
    assert (post.native_id, post.url, post.title) == ("g1", site["/1"], "Без світла")
    assert post.posted_at.start == datetime(2025, 12, 20, 12, 10, tzinfo=UTC)
    assert (post.home, post.lang, words_of(asker)) == ("UA63040090010029555", "uk", "article")


def test_an_article_that_vanished_leaves_the_feeds_own_words_and_says_so(
    asker: Asker, site: Site
) -> None:
    site["/feed.xml"] = rss(
        item("g1", "Без світла", link=site["/gone"], summary="<p>Коротко &amp; ясно.</p>")
    )
    (post,) = asker.ask().posts
    assert post.text == "Без світла\n\nКоротко & ясно."
    assert words_of(asker) == "summary"
    assert "1 articles could not be had: answered 404" in asker.answer.detail
    assert asker.ask().outcome is Outcome.NOTHING_NEW


@pytest.mark.parametrize("kind", ["application/pdf", "text/plain"])
def test_a_linked_file_that_is_no_page_is_not_taken(asker: Asker, site: Site, kind: str) -> None:
    site["/1"] = reply(article(LONG), kind=kind)
    site["/feed.xml"] = rss(item("g1", "Без світла", link=site["/1"], summary="Коротко."))
    asker.ask()
    assert words_of(asker) == "summary"


def test_an_article_without_text_leaves_the_feeds_own_words(asker: Asker, site: Site) -> None:
    site["/1"] = "<html><body></body></html>"
    site["/feed.xml"] = rss(item("g1", "Без світла", link=site["/1"], summary="Коротко."))
    asker.ask()
    assert asker.said == [("g1", "Без світла\n\nКоротко.")]
    assert "no article text" in asker.answer.detail


def test_a_link_into_this_machines_network_is_not_followed(asker: Asker, site: Site) -> None:
    site["/feed.xml"] = rss(item("g1", "Заголовок", link="http://10.0.0.1/", summary="Коротко."))
    asker.ask()
    assert words_of(asker) == "summary"
    assert "private address" in asker.answer.detail


def test_a_link_of_another_scheme_is_not_followed(asker: Asker, site: Site) -> None:
    site["/feed.xml"] = rss(item("g1", "Заголовок", link="file:///etc/passwd", summary="Коротко."))
    asker.ask()
    assert words_of(asker) == "summary"


def test_a_changed_heading_is_an_edit_and_reads_the_article_again(asker: Asker, site: Site) -> None:
    with_article(site)
    asker.ask()
    site["/1"] = article(LONG.replace("невідомий", "двадцята година"), "Світло повертають")
    site["/feed.xml"] = rss(item("g1", "Світло повертають", link=site["/1"]))
    (post,) = asker.ask().posts
    assert "двадцята година" in post.text
    assert post.native_id == "g1"


def test_words_of_an_article_are_never_replaced_by_a_summary(asker: Asker, site: Site) -> None:
    with_article(site)
    asker.ask()
    site["/1"] = reply(status=500)
    site["/feed.xml"] = rss(item("g1", "Інший заголовок", link=site["/1"], summary="Коротко."))
    assert asker.ask().posts == ()
    assert "1 entries wait" in asker.answer.detail


def test_a_silent_edit_of_a_young_article_is_found_in_its_turn(asker: Asker, site: Site) -> None:
    with_article(site)
    asker.ask()
    site["/1"] = article(LONG.replace("невідомий", "завтра"), "Без світла")
    (post,) = asker.ask().posts
    assert "завтра" in post.text


def test_an_old_article_is_not_fetched_again(asker: Asker, site: Site) -> None:
    with_article(site)
    asker.ask()
    asker.now += timedelta(days=2)
    site.asked.clear()
    asker.ask()
    assert site.asked == ["/feed.xml"]


def test_a_changed_summary_is_an_edit_where_there_is_no_article(asker: Asker, site: Site) -> None:
    site["/feed.xml"] = rss(item("g1", "Без світла", summary="Коротко."))
    asker.ask()
    site["/feed.xml"] = rss(item("g1", "Без світла", summary="Коротко. Уточнено."))
    asker.ask()
    assert asker.said == [("g1", "Без світла\n\nКоротко. Уточнено.")]


def test_an_entry_that_leaves_the_feed_is_not_deleted(asker: Asker, site: Site) -> None:
    site["/feed.xml"] = rss(item("g1", "Перша"), item("g2", "Друга"), item("g3", "Третя"))
    asker.ask()
    site["/feed.xml"] = rss(item("g1", "Перша"), item("g3", "Третя"))
    for _ in range(3):
        assert asker.ask().posts == ()


def test_only_so_many_articles_are_fetched_at_one_poll(asker: Asker, site: Site) -> None:
    count = ARTICLES + 5
    for number in range(count):
        site[f"/{number}"] = article(f"{LONG}\nСтаття номер {number}.", f"Заголовок {number}")
    site["/feed.xml"] = reply(
        rss(*(item(f"g{n}", f"Заголовок {n}", link=site[f"/{n}"]) for n in range(count))),
        ETag='"1"',
    )
    assert len(asker.ask().posts) == ARTICLES
    assert "5 entries wait for the next poll" in asker.answer.detail
    assert asker.memory.etag == ""  # it must be given whole again
    assert len(asker.ask().posts) == 5
    assert asker.memory.etag == '"1"'


def test_an_unchanged_feed_costs_nothing(asker: Asker, site: Site) -> None:
    site["/feed.xml"] = reply(
        rss(item("g1", "Перша")), Last_Modified="Sat, 20 Dec 2025 12:00:00 GMT"
    )
    asker.ask()
    site["/feed.xml"] = reply(status=304)
    assert asker.ask().outcome is Outcome.NOTHING_NEW
    assert site.headers[-1]["if-modified-since"] == "Sat, 20 Dec 2025 12:00:00 GMT"
    assert asker.memory.last_modified == "Sat, 20 Dec 2025 12:00:00 GMT"


def test_an_atom_feed_is_read_with_its_own_dates(asker: Asker, site: Site) -> None:
    site["/feed.xml"] = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Громада</title><id>f</id>'
        "<entry><id>tag:1</id><title type='html'>Без &lt;b&gt;світла&lt;/b&gt;</title>"
        "<published>2025-12-20T12:00:00Z</published><updated>2025-12-20T13:00:00Z</updated>"
        "<content type='html'>&lt;p&gt;Перше.&lt;/p&gt;&lt;p&gt;Друге.&lt;/p&gt;</content>"
        "</entry></feed>"
    )
    (post,) = asker.ask().posts
    assert post.text == "Без світла\n\nПерше.\nДруге."
    assert post.posted_at.start == datetime(2025, 12, 20, 12, tzinfo=UTC)
    assert post.edited_at == datetime(2025, 12, 20, 13, tzinfo=UTC)


def test_other_words_under_the_same_date_of_change_are_an_edit_seen_now(
    asker: Asker, site: Site
) -> None:
    def atom(text: str) -> str:
        return (
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>Т</title>'
            "<published>2025-12-20T12:00:00Z</published><updated>2025-12-20T13:00:00Z</updated>"
            f"<summary>{text}</summary></entry></feed>"
        )

    site["/feed.xml"] = atom("Одне")
    asker.ask()
    site["/feed.xml"] = atom("Інше")
    (post,) = asker.ask().posts
    assert post.edited_at == asker.now


@pytest.mark.parametrize(
    ("written", "start", "length"),
    [
        (
            "Sat, 20 Dec 2025 14:10:00 +0200",
            datetime(2025, 12, 20, 14, 10, tzinfo=KYIV),
            timedelta(seconds=1),
        ),
        (
            "2025-12-20T14:10:00+02:00",
            datetime(2025, 12, 20, 14, 10, tzinfo=KYIV),
            timedelta(seconds=1),
        ),
        ("Sat, 20 Dec 2025 14:10:00", datetime(2025, 12, 20, tzinfo=KYIV), timedelta(days=1)),
        ("2025-12-20T14:10:00", datetime(2025, 12, 20, tzinfo=KYIV), timedelta(days=1)),
        ("2025-12-20", datetime(2025, 12, 20, tzinfo=KYIV), timedelta(days=1)),
    ],
)
def test_a_time_without_a_zone_gives_its_day(
    asker: Asker, site: Site, written: str, start: datetime, length: timedelta
) -> None:
    site["/feed.xml"] = rss(item("g1", "Перша", published=written))
    (post,) = asker.ask().posts
    assert post.posted_at.start == start
    assert post.posted_at.end - post.posted_at.start == length


@pytest.mark.parametrize("written", ["", "yesterday", "2025-13-45"])
def test_a_date_that_is_none_leaves_the_post_undated(
    asker: Asker, site: Site, written: str
) -> None:
    site["/feed.xml"] = rss(item("g1", "Перша", published=written))
    (post,) = asker.ask().posts
    assert post.posted_at is None


def test_a_date_in_the_future_is_a_problem_of_that_entry_alone(asker: Asker, site: Site) -> None:
    site["/feed.xml"] = rss(
        item("g1", "Перша", published="Sat, 20 Dec 2035 14:10:00 +0200"), item("g2", "Друга")
    )
    answer = asker.ask()
    assert asker.said == [("g2", "Друга")]
    assert [problem.code for problem in answer.problems] == ["date_in_future"]
    assert "1 entries refused" in answer.detail


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' if n else "" for n in range(10)).replace(
        "&a0;", "&a;"
    )
    + "]><rss><channel><item><title>&a9;</title></item></channel></rss>"
)

OUTSIDE = (
    '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<rss><channel><item><title>&x;</title></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (BOMB, "amplification"),
        (OUTSIDE, "document type"),
        ('<!DOCTYPE rss SYSTEM "http://127.0.0.1/x.dtd"><rss/>', "document type"),
        ("<html><body><p>Вхід</p></body></html>", "no RSS or Atom feed"),
        ("<!doctype html><html><body><br></body></html>", "no whole feed"),
        (rss(item("g1", "Перша"))[:-20], "no whole feed"),
        (rss(), "no entries"),
        (rss(*(item(f"g{one}", "Т") for one in range(501))), "more than 500 entries"),
        (rss(item("g1", "Т" * 3_000_000)), "larger than 4,000,000 bytes"),
        ("", "no whole feed"),
        ("{}", "no whole feed"),
        ("<rss>" + "<a>" * 5000, "no whole feed"),
    ],
)
def test_what_is_no_whole_feed_is_a_failure_and_never_no_news(
    asker: Asker, site: Site, body: str, words: str
) -> None:
    site["/feed.xml"] = body
    with pytest.raises(SourceUnavailable, match=words):
        asker.ask()
    assert site.asked == ["/feed.xml"]


def test_a_feed_that_is_gone_refuses(asker: Asker, site: Site) -> None:
    site["/feed.xml"] = reply(status=410)
    with pytest.raises(SourceRefused, match="410"):
        asker.ask()


def test_a_feed_served_as_plain_text_is_read_all_the_same(asker: Asker, site: Site) -> None:
    site["/feed.xml"] = reply(rss(item("g1", "Перша")), kind="text/plain")
    assert asker.ask().outcome is Outcome.ANSWERED


def test_an_entry_without_words_or_name_is_left_out(asker: Asker, site: Site) -> None:
    site["/feed.xml"] = rss(
        item("g0", ""), "<item><title>Без імені</title></item>", item("g1", "П")
    )
    asker.ask()
    assert asker.said == [("g1", "П")]


def test_a_feed_that_shares_no_entry_with_the_last_reading_is_not_whole(
    asker: Asker, site: Site
) -> None:
    old = "Thu, 18 Dec 2025 10:00:00 +0200"
    site["/feed.xml"] = rss(item("g1", "Перша"), item("g0", "Стара", published=old))
    assert asker.ask().is_whole
    site["/feed.xml"] = rss(item("g2", "Друга"), item("g1", "Перша"))
    assert asker.ask().is_whole
    site["/feed.xml"] = rss(item("g8", "Восьма"), item("g9", "Дев'ята"))
    assert not asker.ask().is_whole
    assert "some may have been missed" in asker.answer.detail


def test_a_first_reading_of_a_feed_is_whole_when_it_reaches_back_a_day(
    asker: Asker, site: Site
) -> None:
    site["/feed.xml"] = rss(item("g1", "Перша"))
    assert not asker.ask().is_whole


def test_markup_made_to_be_slow_is_read_at_once(asker: Asker, site: Site) -> None:
    site["/feed.xml"] = rss(item("g1", "Т", summary="<!--" * 100_000))
    asker.ask()
    assert asker.said[0][1].startswith("Т")


def test_scripts_in_a_summary_are_neither_run_nor_kept() -> None:
    markup = "<p>Слово<script>alert(1)</script></p><ul><li>раз</li><li>два</li></ul>"
    assert plain_words(markup) == "Слово\nраз\nдва"
    assert plain_words("рядок  один\n\nрядок два") == "рядок один\nрядок два"
