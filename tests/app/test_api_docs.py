"""The manual of the interface for machines is true: its examples run, its lists are whole."""

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import missing
from disclosure.served import Served
from vidomo.app.live import LiveHouse
from vidomo.publish.api.table import OPERATIONS
from vidomo.publish.api.wording import api_words

MANUAL = Path(__file__).parents[2] / "docs" / "api.md"
TEXT = MANUAL.read_text("utf-8")
EXAMPLES = re.findall(r"^    (curl .*)$", TEXT, re.MULTILINE)
DEFAULT = "http://127.0.0.1:8000/"


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory):
    """What `vidomo run` serves in an empty folder."""
    house = LiveHouse(tmp_path_factory.mktemp("data"))
    it = Served(house)
    yield it
    it.stop()
    house.__exit__()


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_the_manual_runs(scenario: Served, example: str) -> None:
    if shutil.which("curl") is None:
        missing("there is no curl on this machine")
    words = shlex.split(example.replace(DEFAULT, f"http://127.0.0.1:{scenario.port}/"))
    ran = subprocess.run(
        [*words, "--silent", "--show-error"], capture_output=True, check=True, timeout=60
    )
    if "-I" in words:
        assert ran.stdout.startswith(b"HTTP/1.1 200")
        assert b"etag" in ran.stdout
        return
    answer = json.loads(ran.stdout)
    assert ("error" in answer) == ("2099" in example)
    if "rows" in answer:
        assert answer["rows"]
    if "statements" in answer:
        assert answer["statements"]


def test_the_manual_has_examples() -> None:
    assert len(EXAMPLES) >= 6


def test_the_manual_lists_every_address_and_every_refusal() -> None:
    for one in OPERATIONS:
        assert f"`{one.path.replace('{code}', 'CODE')}" in TEXT
    codes = {key.removeprefix("error.") for key in api_words("en").keys if key[:6] == "error."}
    for code in codes:
        if not code.endswith("_hint"):
            assert f"`{code}`" in TEXT
