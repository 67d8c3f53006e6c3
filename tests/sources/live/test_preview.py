"""A channel through its preview page: news, gaps, edits, deletions, and pages that lie."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from sources.live.asking import START, Asker, channel_door
from sources.live.conftest import NOW
from sources.live.site import CHANNEL, Channel, Site, preview_page, reply
from vidomo.core.clock import fixed_clock
from vidomo.core.errors import SourceRefused, SourceUnavailable
from vidomo.sources.fetch import Fetcher
from vidomo.sources.model import Outcome
from vidomo.sources.pace import Pace

PAGE = f"/s/{CHANNEL}"


@pytest.fixture
def channel(site: Site) -> Channel:
    made = Channel()
    made.serve(site)
    for number in range(101, 106):
        made.say(number, f"Пост {number}")
    return made


@pytest.fixture
def asker(site: Site, channel: Channel, fetcher: Fetcher) -> Asker:
    return Asker(channel_door(site), fetcher)


def test_the_first_reading_brings_what_the_page_shows(asker: Asker) -> None:
    answer = asker.ask()
    assert [post.native_id for post in answer.posts] == ["101", "102", "103", "104", "105"]
    post = answer.posts[0]
    assert (post.source, post.text, post.url) == (
        "telegram:sample",
        "Пост 101",
        f"https://t.me/{CHANNEL}/101",
    )
    assert answer.outcome is Outcome.ANSWERED


def test_the_same_page_again_brings_nothing_new(asker: Asker) -> None:
    asker.ask()
    assert asker.ask().outcome is Outcome.NOTHING_NEW


def test_other_words_under_a_known_number_are_an_edit(asker: Asker, channel: Channel) -> None:
    asker.ask()
    channel.edit(103, "Пост 103, уточнено")
    asker.ask()
    assert asker.said == [("103", "Пост 103, уточнено")]
    assert asker.answer.posts[0].is_edited


def test_going_back_to_earlier_words_is_an_edit_at_the_time_it_was_seen(
    asker: Asker, channel: Channel
) -> None:
    asker.ask()
    for text in ("інше", "Пост 103"):
        channel.edit(103, text)
        asker.ask()
    assert asker.said == [("103", "Пост 103")]
    assert asker.answer.posts[0].edited_at == asker.now


def test_a_post_first_seen_as_edited_may_have_said_something_else_before(
    asker: Asker, channel: Channel
) -> None:
    channel.edit(104, "Вже виправлено")
    posts = {post.native_id: post for post in asker.ask().posts}
    assert posts["104"].edited_at == asker.now
    assert posts["103"].edited_at is None


def test_a_post_is_deleted_only_when_two_readings_lack_it(asker: Asker, channel: Channel) -> None:
    asker.ask()
    channel.delete(103)
    assert asker.ask().posts == ()
    assert "1 not seen on this reading: 103" in asker.answer.detail
    asker.ask()
    assert asker.said == [("103", "-")]
    assert asker.answer.posts[0].deleted_at == asker.now
    assert asker.ask().posts == ()


def test_a_post_that_was_lacking_once_and_is_back_is_not_deleted(
    asker: Asker, channel: Channel
) -> None:
    asker.ask()
    text = channel.texts.pop(103)
    asker.ask()
    channel.texts[103] = text
    asker.ask()
    assert asker.memory.missing == ()
    channel.texts.pop(103)
    assert asker.ask().posts == ()


def test_a_deleted_post_that_comes_back_stands_again(asker: Asker, channel: Channel) -> None:
    asker.ask()
    text = channel.texts.pop(103)
    asker.ask()
    asker.ask()
    channel.texts[103] = text
    asker.ask()
    assert asker.said == [("103", "Пост 103")]
    assert asker.answer.posts[0].edited_at == asker.now
    assert asker.ask().posts == ()


@pytest.mark.parametrize("number", [101, 105])
def test_a_number_at_the_edge_of_the_page_is_never_counted_as_deleted(
    asker: Asker, channel: Channel, number: int
) -> None:
    asker.ask()
    channel.delete(number)
    for _ in range(3):
        assert asker.ask().posts == ()
    assert asker.memory.missing == ()


def test_a_failed_poll_between_two_readings_counts_for_nothing(
    asker: Asker, channel: Channel, site: Site
) -> None:
    asker.ask()
    channel.delete(103)
    asker.ask()
    site[PAGE] = reply(status=503)
    with pytest.raises(SourceUnavailable):
        asker.ask()
    channel.serve(site)
    asker.ask()
    assert asker.said == [("103", "-")]


def test_a_post_that_lost_its_words_by_an_edit_is_kept_without_them(
    asker: Asker, channel: Channel
) -> None:
    asker.ask()
    channel.edit(103, "")
    asker.ask()
    assert asker.said == [("103", "")]
    assert asker.ask().posts == ()


def test_a_post_without_words_is_no_news_and_holds_its_number(
    asker: Asker, channel: Channel
) -> None:
    channel.say(106, "")
    channel.say(107, "Пост 107")
    asker.ask()
    assert asker.said[-1] == ("107", "Пост 107")
    assert asker.ask().posts == ()


def test_a_gap_is_filled_by_paging_back(asker: Asker, channel: Channel, site: Site) -> None:
    asker.ask()
    for number in range(106, 176):
        channel.say(number, f"Пост {number}")
    asker.ask()
    assert [number for number, _ in asker.said] == [str(one) for one in range(106, 176)]
    assert asker.memory.unread == ()
    assert f"{PAGE}?before=156" in site.asked


def test_a_gap_too_wide_for_one_poll_is_remembered_and_filled_at_the_next(
    asker: Asker, channel: Channel
) -> None:
    asker.ask()
    for number in range(106, 406):
        channel.say(number, f"Пост {number}")
    asker.ask()
    assert asker.memory.unread == ((105, 186),)
    assert "not read yet: 106 to 185" in asker.answer.detail
    asker.ask()
    assert asker.said[0] == ("106", "Пост 106")
    assert asker.memory.unread == ()
    assert set(asker.kept) == {str(number) for number in range(101, 406)}


def test_a_failure_while_paging_back_leaves_a_gap_that_is_filled_later(
    asker: Asker, channel: Channel, site: Site
) -> None:
    asker.ask()
    for number in range(106, 176):
        channel.say(number, f"Пост {number}")
    site[f"{PAGE}?before=136"] = reply(status=500)
    asker.ask()
    assert "older posts: answered 500" in asker.answer.detail
    assert asker.memory.unread == ((105, 136),)
    del site.replies[f"{PAGE}?before=136"]
    asker.ask()
    assert asker.memory.unread == ()
    assert set(asker.kept) == {str(number) for number in range(101, 176)}


def test_a_page_that_does_not_page_back_is_noticed(
    asker: Asker, channel: Channel, site: Site
) -> None:
    asker.ask()
    for number in range(106, 176):
        channel.say(number, f"Пост {number}")
    site[f"{PAGE}?before=156"] = channel.page()
    asker.ask()
    assert "does not page back" in asker.answer.detail
    assert asker.memory.unread == ((105, 156),)


def test_pictures_do_not_make_a_gap_at_every_poll(
    asker: Asker, channel: Channel, site: Site
) -> None:
    asker.ask()
    for number in range(106, 146):
        channel.say(number, "")
    asker.ask()
    site.asked.clear()
    asker.ask()
    assert len(site.asked) == 2  # the first page, and one of older posts in their turn


def test_an_edit_and_a_deletion_beyond_the_first_page_are_found_in_their_turn(
    asker: Asker, channel: Channel
) -> None:
    for number in range(106, 176):
        channel.say(number, f"Пост {number}")
    asker.memory = type(asker.memory)(read_to=100)
    asker.ask()
    assert len(asker.kept) == 75
    channel.edit(110, "Пост 110, виправлено")
    channel.delete(130)
    found: dict[str, str] = {}
    for _ in range(12):
        asker.ask()
        found.update(asker.said)
    assert found == {"110": "Пост 110, виправлено", "130": "-"}


def test_posts_older_than_a_day_are_not_asked_for_again(
    asker: Asker, channel: Channel, site: Site
) -> None:
    for number in range(106, 150):
        channel.say(number, f"Пост {number}", at=START - timedelta(days=3))
    asker.memory = type(asker.memory)(read_to=100)
    asker.ask()
    for number in channel.times:
        channel.times[number] = START - timedelta(days=3)
    asker.kept = {}
    asker.ask()
    site.asked.clear()
    asker.ask()
    assert site.asked == [PAGE]


def test_a_quiet_channel_is_asked_whether_anything_changed(
    asker: Asker, channel: Channel, site: Site
) -> None:
    for number in channel.times:
        channel.times[number] = START - timedelta(days=3)
    site[PAGE] = reply(channel.page(), ETag='"7"')
    asker.ask()
    site[PAGE] = reply(status=304)
    assert asker.ask().detail == "not changed"
    assert site.headers[-1]["if-none-match"] == '"7"'
    assert asker.memory.etag == '"7"'


def test_a_lively_channel_is_always_read_whole(asker: Asker, channel: Channel, site: Site) -> None:
    site[PAGE] = reply(channel.page(), ETag='"7"')
    asker.ask()
    asker.ask()
    assert "if-none-match" not in site.headers[-1]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (preview_page(""), "no message blocks"),
        ("", "empty"),
        ("  \n ", "empty"),
        ("<html><body>Please solve the CAPTCHA</body></html>", "captcha"),
        ("{}", "no message blocks"),
        ("<html>" * 5000, "no message blocks"),
        ("\x00\x01\x02" * 50, "cannot be read"),
    ],
)
def test_a_page_without_posts_is_a_failure_and_never_no_news(
    asker: Asker, site: Site, body: str, words: str
) -> None:
    asker.ask()
    site[PAGE] = body
    with pytest.raises(SourceUnavailable, match=words):
        asker.ask()


def test_a_channel_that_leads_to_its_profile_shows_no_preview(asker: Asker, site: Site) -> None:
    site[PAGE] = reply(status=302, Location=f"/{CHANNEL}")
    site[f"/{CHANNEL}"] = "<html><div class='tgme_page'>@hromada_sample</div></html>"
    with pytest.raises(SourceRefused, match="profile"):
        asker.ask()


def test_posts_of_another_channel_are_refused_whole(asker: Asker, site: Site) -> None:
    other = Channel(name="somebody_else")
    other.say(1, "Відбій тривоги в Ізюмі")
    site[PAGE] = other.page()
    with pytest.raises(SourceUnavailable, match="another channel, 'somebody_else'"):
        asker.ask()


@pytest.mark.parametrize("post", ["hromada_sample/abc", "hromada_sample/", "hromada_sample/-1"])
def test_a_post_without_a_number_is_refused(asker: Asker, site: Site, post: str) -> None:
    site[PAGE] = preview_page(f'<div class="tgme_widget_message" data-post="{post}"></div>')
    with pytest.raises(SourceUnavailable, match="numbers its posts wrongly"):
        asker.ask()


def test_one_number_twice_on_a_page_is_refused(asker: Asker, channel: Channel, site: Site) -> None:
    site[PAGE] = channel.page() + channel.page()
    with pytest.raises(SourceUnavailable, match="numbers its posts wrongly"):
        asker.ask()


def test_more_posts_than_any_page_has_are_refused(asker: Asker, site: Site) -> None:
    block = '<div class="tgme_widget_message" data-post="hromada_sample/{}"></div>'
    site[PAGE] = preview_page("".join(block.format(number) for number in range(1, 5000)))
    with pytest.raises(SourceUnavailable, match="4999 posts"):
        asker.ask()


def test_a_page_cut_short_brings_no_half_posts(asker: Asker, channel: Channel, site: Site) -> None:
    whole = channel.page()
    site[PAGE] = whole[: whole.index("Пост 105") + 4]
    with pytest.raises(SourceUnavailable, match="cut short"):
        asker.ask()


def test_a_page_said_to_be_a_picture_is_refused(asker: Asker, channel: Channel, site: Site) -> None:
    site[PAGE] = reply(channel.page(), kind="image/png")
    with pytest.raises(SourceUnavailable, match="image/png"):
        asker.ask()


def test_a_date_in_the_future_is_a_problem_of_that_post_alone(
    asker: Asker, channel: Channel
) -> None:
    channel.times[103] = START + timedelta(days=400)
    answer = asker.ask()
    assert [number for number, _ in asker.said] == ["101", "102", "104", "105"]
    assert [problem.code for problem in answer.problems] == ["date_in_future"]
    assert "1 posts could not be read" in answer.detail


def test_an_edit_counts_from_after_the_post_even_where_the_clock_of_the_source_is_ahead(
    asker: Asker, channel: Channel
) -> None:
    ahead = START + timedelta(hours=1)
    channel.times[103] = ahead
    asker.ask()
    channel.edit(103, "виправлено")
    (post,) = asker.ask().posts
    assert post.edited_at == ahead + timedelta(seconds=1)


def test_a_first_reading_of_a_source_of_alarm_reaches_back_a_day(
    site: Site, channel: Channel, fetcher: Fetcher
) -> None:
    for number in range(1, 140):
        channel.say(number, f"Пост {number}", at=START - timedelta(minutes=20 * (140 - number)))
    asker = Asker(channel_door(site, alarm_feed=True), fetcher)
    answer = asker.ask()
    assert answer.is_whole
    oldest = min(post.posted_at.start for post in answer.posts)
    assert timedelta(hours=24) < asker.now - oldest < timedelta(hours=32)


def test_a_first_reading_that_does_not_reach_back_a_day_is_not_whole(
    site: Site, channel: Channel, fetcher: Fetcher
) -> None:
    for number in range(1, 320):
        channel.say(number, f"Пост {number}", at=START - timedelta(seconds=320 - number))
    asker = Asker(channel_door(site, alarm_feed=True), fetcher)
    assert not asker.ask().is_whole
    assert asker.memory.unread == ((0, 100),)
    assert asker.ask().is_whole  # the beginning of the channel
    assert len(asker.kept) == 319


def test_a_reading_with_a_gap_or_an_unreadable_post_is_not_whole(
    asker: Asker, channel: Channel, site: Site
) -> None:
    assert asker.ask().is_whole
    for number in range(106, 176):
        channel.say(number, f"Пост {number}")
    site[f"{PAGE}?before=136"] = reply(status=500)
    assert not asker.ask().is_whole
    del site.replies[f"{PAGE}?before=136"]
    assert asker.ask().is_whole
    channel.say(176, "Пост 176", at=START + timedelta(days=400))
    assert not asker.ask().is_whole


_STEPS = st.lists(
    st.tuples(st.sampled_from(["say", "edit", "delete", "fail", "ask"]), st.integers(0, 40)),
    max_size=25,
)


@given(steps=_STEPS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_after_two_quiet_readings_the_kept_posts_are_those_of_the_page(
    site: Site, steps: list[tuple[str, int]]
) -> None:
    channel = Channel()
    channel.serve(site)
    for number in (1, 999):  # nobody deletes the first and the last one
        channel.say(number, "межа")
    clock = fixed_clock(NOW)
    asker = Asker(
        channel_door(site),
        Fetcher(pace=Pace(monotonic=lambda: 0, sleep=lambda _: None), clock=clock),
    )
    for step, number in steps:
        number += 2  # noqa: PLW2901 - inside the two fixed ones
        if step == "say" or (step == "edit" and number not in channel.texts):
            channel.say(number, f"Пост {number}")
        elif step == "edit":
            channel.edit(number, f"{channel.texts[number]}!")
        elif step == "delete":
            channel.texts.pop(number, None)
        elif step == "fail":
            site[PAGE] = reply(status=500)
            with pytest.raises(SourceUnavailable):
                asker.ask()
            channel.serve(site)
        else:
            asker.ask()
    for _ in range(10):
        asker.ask()
    shown = {key: kept.post.text for key, kept in asker.kept.items() if not kept.post.deleted_at}
    low = min(sorted(channel.texts)[-20:])
    expected = {str(one): text for one, text in channel.texts.items() if one >= low}
    assert expected.items() <= shown.items()
    assert {key for key in shown if int(key) >= low} == set(expected)
