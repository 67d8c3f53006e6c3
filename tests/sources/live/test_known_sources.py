"""The registry as the operator's decisions leave it, and doors as they are written."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from vidomo.core.errors import ConfigError
from vidomo.sources.door import Door, channel_name, checked_door
from vidomo.sources.pace import LONGEST_REFUSED_S, LONGEST_WAIT_S, next_wait
from vidomo.sources.registry import Registry, SourceChange, SourceEntry

NOON = datetime(2025, 12, 20, 12, tzinfo=UTC)
BODY = "city_administration@UA63040090010029555"


def change(source: str, minute: int, body: str | None, what: str = "changed") -> SourceChange:
    entry = None if what == "disowned" else SourceEntry(id=source, body=body)
    return SourceChange(
        source=source, changed_at=NOON + timedelta(minutes=minute), what=what, entry=entry
    )


def test_the_last_decision_on_a_source_stands() -> None:
    known = Registry.bundled().as_known([change("x", 2, BODY), change("x", 1, None)])
    assert known.source("x").body == BODY


def test_a_removed_source_stays_who_it_was_and_a_disowned_one_does_not() -> None:
    added = change("x", 1, BODY)
    assert Registry.bundled().as_known([added, change("x", 2, BODY, "removed")]).source("x")
    assert not Registry.bundled().as_known([added, change("x", 2, None, "disowned")]).source("x")


def test_the_bundled_registry_is_never_changed() -> None:
    before = Registry.bundled().sources()
    Registry.bundled().with_sources([SourceEntry(id="x"), SourceEntry(id="izium_mva")])
    assert Registry.bundled().sources() == before


def test_a_source_of_the_operator_takes_the_place_of_a_bundled_one() -> None:
    known = Registry.bundled().with_sources([SourceEntry(id="izium_mva", grade="E")])
    assert known.source("izium_mva").grade == "E"
    assert len(known.sources()) == len(Registry.bundled().sources())


_CHANGES = st.lists(
    st.builds(
        change,
        st.sampled_from("xy"),
        st.integers(0, 3),
        st.sampled_from([None, BODY]),
        st.sampled_from(["added", "changed", "removed", "disowned"]),
    ),
    max_size=8,
)


@given(st.data(), _CHANGES)
def test_decisions_give_one_registry_in_whatever_order_and_however_often(
    data: st.DataObject, changes: list[SourceChange]
) -> None:
    shuffled = data.draw(st.permutations(changes + changes[:2]))
    expected = Registry.bundled().as_known(changes).sources()
    assert Registry.bundled().as_known(shuffled).sources() == expected


@pytest.mark.parametrize(
    "written",
    [
        "hromada_sample",
        "@hromada_sample",
        "t.me/hromada_sample",
        "https://t.me/hromada_sample",
        "https://t.me/s/hromada_sample/",
        "http://telegram.me/hromada_sample",
    ],
)
def test_a_channel_may_be_written_in_any_of_its_ways(written: str) -> None:
    assert channel_name(written) == "hromada_sample"


@pytest.mark.parametrize("written", ["", "a", "t.me/+AbC", "https://t.me/c/123/4", "один"])
def test_a_private_channel_is_refused(written: str) -> None:
    with pytest.raises(ConfigError, match="no name of a public channel"):
        channel_name(written)


def test_a_feed_with_a_channel_is_refused() -> None:
    door = Door(id="x", kind="feed", url="https://example.org/f", channel="abcd")
    with pytest.raises(ConfigError, match="no channel"):
        checked_door(door, registry=Registry.bundled(), knows_place=lambda _: True)


def test_a_service_of_the_country_speaks_from_all_of_it() -> None:
    door = Door(id="x", kind="telegram", channel="dsns_sample", body="emergency_service@UA")
    found = checked_door(door, registry=Registry.bundled(), knows_place=lambda _: False)
    assert found.home == "UA"


class Chance:
    """A die that always falls the same way."""

    def __init__(self, share: float) -> None:
        self.share = share

    def random(self) -> float:
        return self.share

    def uniform(self, low: float, high: float) -> float:
        return low + (high - low) * self.share


@given(
    every_s=st.floats(30, 86_400),
    failures=st.integers(0, 10_000),
    is_refused=st.booleans(),
    share=st.floats(0, 1),
    retry_after_s=st.none() | st.floats(0, 1e9),
)
def test_a_wait_is_never_shorter_than_asked_for_nor_longer_than_its_limit(
    every_s: float,
    failures: int,
    is_refused: bool,  # noqa: FBT001 - drawn
    share: float,
    retry_after_s: float | None,
) -> None:
    wait_s = next_wait(
        every_s,
        failures=failures,
        is_refused=is_refused,
        retry_after_s=retry_after_s,
        chance=Chance(share),
    ).total_seconds()
    limit = max(every_s, LONGEST_REFUSED_S if is_refused else LONGEST_WAIT_S) * 1.2
    asked = min(retry_after_s or 0, 6 * 3600)
    assert max(min(every_s * 0.9, limit), asked) - 1e-3 <= wait_s <= max(limit, asked) + 1e-3


def test_each_failure_doubles_the_wait() -> None:
    waits = [
        next_wait(60, failures=failures, chance=Chance(0)).total_seconds()
        for failures in range(1, 6)
    ]
    assert waits == [120, 240, 480, 900, 900]
