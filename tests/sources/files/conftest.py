"""Read bytes as if they lay in a file."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vidomo.core.problems import Problem
from vidomo.sources.files import read_posts
from vidomo.sources.model import Post

NOW = datetime(2025, 12, 21, 12, tzinfo=UTC)


class Read:
    """What came of reading one file."""

    def __init__(self, path: Path, **options: object) -> None:
        self.notes: list[Problem] = []
        options = {"now": NOW, "note": self.notes.append, **options}
        found = list(read_posts(path, **options))
        self.posts = [item for item in found if isinstance(item, Post)]
        self.problems = [item for item in found if isinstance(item, Problem)]

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems]

    @property
    def texts(self) -> list[str]:
        return [post.text for post in self.posts]

    @property
    def noted(self) -> list[str]:
        return [note.code for note in self.notes]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Read]:
    def read_bytes(content: bytes | str, name: str = "file", **options: object) -> Read:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return Read(path, **options)

    return read_bytes
