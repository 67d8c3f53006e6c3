"""What every test may ask for."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SHARED = Path(__file__).resolve().parents[2] / "shared"
REQUIRE_ALL = bool(os.environ.get("VIDOMO_REQUIRE_ALL"))  # noqa: TID251 - tests have no app.config

settings.register_profile(
    "short",
    max_examples=60,
    deadline=timedelta(seconds=5),
    derandomize=False,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "soak",
    max_examples=2000,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("soak" if os.environ.get("VIDOMO_SOAK") else "short")  # noqa: TID251


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
