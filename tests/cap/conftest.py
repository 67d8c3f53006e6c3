"""Keys and the official schema, for the tests of alert files."""

from pathlib import Path

import pytest
from lxml import etree

from app.conftest import run_vidomo
from cap.keyrings import Keys

__all__ = ["keys", "official", "run_vidomo"]


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return Keys(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="session")
def official(shared: Path) -> etree.XMLSchema:
    """The schema that OASIS publishes."""
    return etree.XMLSchema(etree.parse(shared / "cap/CAP-v1.2-schema.xsd"))
