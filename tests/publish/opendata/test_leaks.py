"""No file of a package holds anything withheld, finer than its row or before its hour."""

import random
from pathlib import Path

from hypothesis import HealthCheck, given, settings, strategies as st

from disclosure.opened import expected, later, open_leaks, opened, young
from publish.opendata.packages import made, texts

SEEDS = st.integers(min_value=0, max_value=2**40)
FEW = settings(
    max_examples=12 if settings.get_current_profile_name() == "short" else 300,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@FEW
@given(seed=SEEDS)
def test_no_file_holds_what_may_not_be_given_away(tmp_path: Path, seed: int) -> None:
    some = later(seed)
    for name, text in texts(made(opened(some)).files, tmp_path):
        assert list(open_leaks(some, text, name)) == []


@FEW
@given(SEEDS)
def test_what_nobody_official_says_changes_no_byte_of_any_file(seed: int) -> None:
    some = later(seed)
    whole = made(opened(some)).files
    assert made(opened(some.without_rumours())).files == whole
    assert made(opened(some.without(0.5, dice=random.Random(seed)))).files == whole


@FEW
@given(seed=SEEDS)
def test_the_next_version_tells_of_what_was_taken_back_by_its_id_alone(
    tmp_path: Path, seed: int
) -> None:
    some = later(seed)
    before = some._replace(truths=tuple(one for one in some.truths if one.gone_at is None))
    known = tuple(one for one in some.known if one.version.post.deleted_at is None)
    first = made(opened(before._replace(known=known)))
    second = made(opened(some), before=first.ledger)
    for name, text in texts(second.files, tmp_path):
        assert list(open_leaks(some, text, name)) == []


def test_the_worlds_hold_secrets_young_words_and_rows() -> None:
    worlds = [later(seed) for seed in range(60)]
    assert sum(bool(some.hidden()) for some in worlds) >= 12
    assert sum(bool(young(some)) for some in worlds) >= 12
    assert sum(bool([*expected(some)]) for some in worlds) >= 12
