"""A site on loopback and a fetcher that waits for nobody."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from sources.live.site import Site, serving
from vidomo.core.clock import fixed_clock
from vidomo.sources.fetch import Fetcher, Limits
from vidomo.sources.pace import Pace

NOW = datetime(2025, 12, 20, 15, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def fetcher(slept: list[float]) -> Fetcher:
    pace = Pace(monotonic=lambda: sum(slept), sleep=slept.append)
    return Fetcher(pace=pace, clock=fixed_clock(NOW), limits=Limits(total_s=2, step_s=1))
