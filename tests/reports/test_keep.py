"""Every version of every post is kept; an edit or a deletion is a new version."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, strategies as st

from vidomo.core.time import instant_interval
from vidomo.reports.keep import Keeper, Tally, replay_moment, version_of
from vidomo.reports.lineage import current
from vidomo.reports.table import current_version, history, polls, version, versions
from vidomo.sources.model import Outcome, Poll, Post
from vidomo.store.sqlite import SqliteJournal

NOON = datetime(2025, 12, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FIRST = Post(
    source="s", native_id="1", text="Поранено 9 людей.", posted_at=instant_interval(NOON - 2 * HOUR)
)
EDITED = msgspec.structs.replace(FIRST, text="Поранено 7 людей.", edited_at=NOON - HOUR)
GONE = msgspec.structs.replace(EDITED, deleted_at=NOON - HOUR / 2)


class Desk:
    """A keeper on a real journal, with a clock that moves by hand."""

    def __init__(self, folder: Path) -> None:
        self.instant = NOON
        self.journal = SqliteJournal.open(folder, clock=lambda: self.instant)
        self.keeper = Keeper(self.journal, clock=lambda: self.instant)

    def keep(self, *posts: Post, replay: bool = False) -> list[str]:
        return [verdict for verdict, _ in self.keeper.keep(posts, replay=replay)]

    def current(self, post: Post = FIRST, **options: object) -> Post | None:
        found = current_version(self.journal, version_of(post).report, **options)
        return found and found.post

    def texts(self) -> list[str]:
        return [found.post.text for found, _ in versions(self.journal)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.journal.close()


def test_a_post_is_new_once_and_known_ever_after(desk: Desk) -> None:
    assert desk.keep(FIRST, FIRST) == ["new", "known"]
    assert desk.keep(FIRST) == ["known"]
    assert desk.texts() == [FIRST.text]


def test_an_edit_is_a_new_version_that_names_the_one_it_replaces(desk: Desk) -> None:
    assert desk.keep(FIRST, EDITED) == ["new", "changed"]
    assert desk.texts() == [FIRST.text, EDITED.text]
    assert desk.journal.get(version_of(EDITED).id).replaces == version_of(FIRST).id
    assert desk.current() == EDITED


def test_a_deletion_is_a_new_version_and_keeps_the_words(desk: Desk) -> None:
    row = msgspec.structs.replace(FIRST, text="", deleted_at=NOON)
    assert desk.keep(FIRST) == ["new"]
    assert desk.keep(row) == ["changed"]
    assert desk.keep(row) == ["known"]
    assert desk.current() == msgspec.structs.replace(FIRST, deleted_at=NOON)


def test_versions_that_arrive_in_the_wrong_order_end_with_the_same_current_one(desk: Desk) -> None:
    assert desk.keep(GONE, FIRST, EDITED) == ["new", "changed", "changed"]
    assert desk.current() == GONE


def test_other_words_without_an_edit_time_count_as_edited_when_we_saw_them(desk: Desk) -> None:
    silent = msgspec.structs.replace(FIRST, text="Поранено 8 людей.")
    desk.keep(FIRST)
    desk.instant += HOUR
    assert desk.keep(silent) == ["changed"]
    found, recorded_at = history(desk.journal, version_of(FIRST).report)[-1]
    assert found.is_observed
    assert found.post.edited_at == NOON + HOUR <= recorded_at
    desk.instant += HOUR
    assert desk.keep(silent, FIRST, silent) == ["known"] * 3
    assert desk.current().text == silent.text


def test_an_undated_original_that_comes_after_its_dated_edit_does_not_undo_it(desk: Desk) -> None:
    assert desk.keep(EDITED, FIRST) == ["new", "changed"]
    assert desk.current() == EDITED


def test_an_undated_original_that_comes_after_its_deletion_does_not_bring_it_back(
    desk: Desk,
) -> None:
    gone = msgspec.structs.replace(FIRST, deleted_at=NOON)
    assert desk.keep(gone, FIRST) == ["new", "changed"]
    assert desk.current() == gone


def test_a_mark_of_an_edit_without_a_time_is_an_edit_even_after_a_dated_one(desk: Desk) -> None:
    marked = msgspec.structs.replace(FIRST, text="Поранено 6 людей.", is_edited=True)
    assert desk.keep(FIRST, EDITED, marked) == ["new", "changed", "changed"]
    assert desk.current().text == marked.text


def test_a_home_place_given_later_counts_although_the_words_are_the_same(desk: Desk) -> None:
    at_home = msgspec.structs.replace(FIRST, home="UA63040090010029555")
    assert desk.keep(FIRST, at_home) == ["new", "changed"]
    assert desk.current() == at_home
    assert desk.keep(FIRST, at_home) == ["known", "known"]
    edit = msgspec.structs.replace(FIRST, text="Поранено 8 людей.")
    desk.keep(edit)
    desk.keep(msgspec.structs.replace(edit, home="UA63040090010029555"))
    assert (desk.current().text, desk.current().home) == (edit.text, "UA63040090010029555")


def test_a_post_that_nobody_dates_is_kept(desk: Desk) -> None:
    undated = Post(source="s", native_id="2", text="Світло зникло.")
    assert desk.keep(undated) == ["new"]
    assert desk.current(undated) == undated


def test_equal_numbers_of_two_sources_are_two_reports(desk: Desk) -> None:
    assert desk.keep(FIRST, msgspec.structs.replace(FIRST, source="t")) == ["new", "new"]


def test_a_replay_knows_each_version_from_its_own_time(desk: Desk) -> None:
    assert desk.keep(GONE, EDITED, FIRST, replay=True) == ["new", "changed", "changed"]
    assert desk.current(known_at=NOON - 3 * HOUR) is None
    assert desk.current(known_at=NOON - HOUR - timedelta(seconds=1)) == FIRST
    assert desk.current(known_at=NOON - HOUR) == EDITED
    assert desk.current(known_at=NOON) == GONE
    assert all(record.replayed for record in desk.journal.records())


def test_a_replayed_post_without_any_time_is_known_only_from_now_on(desk: Desk) -> None:
    undated = Post(source="s", native_id="2", text="Світло зникло.")
    desk.keep(FIRST, undated, msgspec.structs.replace(FIRST, text="Інше."), replay=True)
    seen = {found.post.text: recorded_at for found, recorded_at in versions(desk.journal)}
    assert seen[undated.text] >= NOON
    assert seen["Інше."] >= NOON
    assert replay_moment(version_of(undated)) is None


def test_a_version_is_found_by_its_id_and_a_poll_is_none(desk: Desk) -> None:
    desk.keep(FIRST)
    found, recorded_at = version(desk.journal, version_of(FIRST).id)
    assert (found.post, recorded_at) == (FIRST, NOON)
    assert version(desk.journal, "ver_nothing") is None
    poll = Poll(source="s", asked_at=NOON, outcome=Outcome.NO_ANSWER)
    assert desk.keeper.keep_polls([poll, poll]) == 1
    record = next(desk.journal.records(kind="poll"))
    assert version(desk.journal, record.id) is None
    assert [found for found, _ in polls(desk.journal)] == [poll]


def test_replayed_polls_are_known_from_when_the_source_was_asked(desk: Desk) -> None:
    poll = Poll(source="s", asked_at=NOON - HOUR, outcome=Outcome.ANSWERED)
    desk.keeper.keep_polls([poll], replay=True)
    assert [moment for _, moment in polls(desk.journal, known_at=NOON - HOUR)] == [NOON - HOUR]


def test_what_is_yielded_is_durable_although_the_rest_was_not_read(desk: Desk) -> None:
    def endless() -> Iterator[Post]:
        number = 0
        while True:
            yield Post(source="s", native_id=str(number), text="Так.")
            number += 1

    outcomes = desk.keeper.keep(endless(), batch=3)
    _, first = next(outcomes)
    assert desk.journal.get(first.id) is not None
    assert desk.journal.count() == 3


def test_the_tally_ends_in_one_line() -> None:
    tally = Tally()
    for verdict in ("new", "new", "known", "changed", "refused"):
        tally.count(verdict)
    assert tally.line == "2 new, 1 known, 1 changed, 1 refused"


moments = st.none() | st.integers(0, 5).map(lambda hours: NOON - hours * HOUR)
dated = st.builds(
    Post,
    source=st.sampled_from(["a", "b"]),
    native_id=st.sampled_from(["1", "2"]),
    text=st.sampled_from(["Перше.", "Друге.", "Третє."]),
    posted_at=st.just(instant_interval(NOON - 6 * HOUR)),
    edited_at=st.integers(0, 5).map(lambda hours: NOON - hours * HOUR),
    deleted_at=moments,
)


@given(posts=st.lists(dated, max_size=8), again=st.lists(st.integers(0, 7)), chance=st.randoms())
def test_dated_versions_give_the_same_reports_in_any_order_and_number(
    tmp_path_factory: pytest.TempPathFactory,
    posts: list[Post],
    again: list[int],
    chance: object,
) -> None:
    shuffled = posts + [posts[index] for index in again if index < len(posts)]
    chance.shuffle(shuffled)
    answers = []
    for arrivals in (posts, shuffled):
        desk = Desk(tmp_path_factory.mktemp("keep"))
        verdicts = desk.keep(*arrivals)
        found = {version.id for version, _ in versions(desk.journal)}
        stands = {post.native_id + post.source: desk.current(post) for post in posts}
        answers.append((found, stands))
        assert len(found) == len(verdicts) - verdicts.count("known")
        desk.journal.close()
    assert answers[0] == answers[1]


@given(posts=st.lists(dated, min_size=1, max_size=6), chance=st.randoms())
def test_the_current_version_does_not_depend_on_the_order(
    posts: list[Post], chance: object
) -> None:
    found = [version_of(post) for post in posts]
    expected = current(found)
    chance.shuffle(found)
    assert current(found) == expected
