"""What every test may ask for."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SHARED = Path(__file__).resolve().parents[2] / "shared"
REQUIRE_ALL = bool(os.environ.get("VIDOMO_REQUIRE_ALL"))  # noqa: TID251 - tests have no app.config

settings.register_profile(
    "short",
    max_examples=60,
    deadline=None,  # a busy machine is no failure; each test has its own time limit
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "soak",
    max_examples=2000,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
SOAK = bool(os.environ.get("VIDOMO_SOAK"))  # noqa: TID251 - tests have no app.config
settings.load_profile("soak" if SOAK else "short")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long forms to the soak, and take every property test into it."""
    if SOAK:
        for item in items:
            if getattr(getattr(item, "obj", None), "hypothesis", None) is not None:
                item.add_marker(pytest.mark.soak)
                item.add_marker(pytest.mark.timeout(3600))
        return
    long = [item for item in items if item.get_closest_marker("soak")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the examples of each law held."""
    lawbook = sys.modules.get("situation.lawbook")
    lines = list(lawbook.statistics()) if lawbook else []
    if lines:
        terminalreporter.section("laws")
        for line in lines:
            terminalreporter.write_line(line)


def missing(reason: str) -> None:
    """Skip a test for want of something on this machine; fail where everything is required."""
    if REQUIRE_ALL:
        pytest.fail(f"required here: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real inputs beside the checkout."""
    if not SHARED.is_dir():
        missing("the folder ../shared is not here")
    return SHARED
