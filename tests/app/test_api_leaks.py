"""No answer for machines holds anything withheld, and no stranger's word changes a byte of one."""

import random
import sys

import pytest
from hypothesis import given, settings, strategies as st

from app.api_asking import RememberingHouse, ask_all, every_address, hours_before
from disclosure.leaks import in_bytes
from disclosure.planted import ALL, FARM, HAMLET, HROMADA, IZIUM, OBLAST, World, world
from disclosure.rendered import overheard
from vidomo.app.server import make_app
from vidomo.app.web import api_past
from vidomo.publish.api.table import OPERATIONS

SEEDS = st.integers(min_value=0, max_value=2**40)
PROFILE = settings.get_current_profile_name()
FEW = settings(max_examples=6 if PROFILE == "short" else 300)
CODES = (IZIUM, HAMLET, FARM, HROMADA, OBLAST)


@pytest.fixture(autouse=True)
def _no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the past be asked of again and again; how often it may be is another test's business."""
    monkeypatch.setattr(api_past, "REST", 0)


def sent(some: World) -> dict[str, bytes]:
    """Return every byte that a program can be sent of a world, by the address asked."""
    house = RememberingHouse(some)
    moments = hours_before(some.now, 0.5, 5, 14)
    with overheard() as heard:
        app = make_app(house)
        found = ask_all(app, [*every_address(ALL), *every_address(CODES, moments)])
    return {**{name: one.bytes for name, one in found.items()}, "logs": heard.getvalue().encode()}


def leaks(some: World) -> list[str]:
    return [
        found
        for name, body in sent(some).items()
        for found in in_bytes(some, body.decode("utf-8", "replace"), name)
    ]


@FEW
@given(SEEDS)
def test_no_answer_of_any_moment_holds_anything_withheld(seed: int) -> None:
    assert leaks(world(seed)) == []


@FEW
@given(SEEDS, st.sampled_from([0.5, 1.1]))
def test_no_byte_differs_whatever_strangers_have_said(seed: int, share: float) -> None:
    some = world(seed)
    less = some.without(share, dice=random.Random(seed))
    assert sent(some) == sent(less)


def test_every_question_is_asked_and_much_of_it_is_answered() -> None:
    worlds = [some for some in map(world, range(30)) if some.hidden() and some.shown()]
    some = worlds[0]
    found = sent(some)
    asked = {name.partition("?")[0] for name in found}
    for one in OPERATIONS:
        assert one.path.replace("{code}", IZIUM) in asked
    told = sum(body.startswith(b"200\n") for body in found.values())
    quoted = [one for one in some.shown() if some.is_quoted(one)]
    marks = sum(any(one.mark.encode() in body for body in found.values()) for one in quoted)
    sys.stdout.write(f"{len(found)} answers, {told} full, {marks} of {len(quoted)} quoted\n")
    assert told > 0.9 * len(found)
    assert marks == len(quoted)
    assert any("cursor=" in name for name in found)


def test_an_interface_that_forgets_what_was_taken_back_since_is_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def forgetful(self: api_past.Earlier, code: str) -> tuple[object, bool]:
        return self._then.view(code), False

    monkeypatch.setattr(api_past.Earlier, "view", forgetful)
    assert any(leaks(world(seed)) for seed in range(40))
