"""Nearly five thousand real posts, taken in whole."""

from pathlib import Path

import pytest

REAL_POSTS = 4930


@pytest.mark.timeout(600)
def test_every_real_post_is_read_and_a_second_import_adds_nothing(run_vidomo, shared: Path) -> None:
    first = run_vidomo("import", shared / "corpus/posts.jsonl")
    assert first.code == 0
    assert "Traceback" not in first.err
    assert first.out.splitlines()[-1] == f"{REAL_POSTS} new, 0 known, 0 changed, 0 refused"
    second = run_vidomo("import", shared / "corpus/posts.jsonl")
    assert second.out.splitlines()[-1] == f"0 new, {REAL_POSTS} known, 0 changed, 0 refused"
