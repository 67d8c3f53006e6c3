"""Texts named by address are found in a folder by their digest, and never lie in the project."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.reading import addressed, corpus, show
from bench.reading.addressed import VARIABLE, Address, digest, read_addresses, take_texts, texts_of
from bench.reading.corpus import batch_ids, genre_of, read_posts, require, source_of, write_lines
from bench.reading.labels import read_labels

from vidomo.core.errors import ConfigError, InputError

TEXT = "Two drones fell in a field near Pyriatyn. Nobody was hurt."


@pytest.fixture
def batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a folder of texts whose batch ``x`` has one text there and one elsewhere."""
    monkeypatch.setattr(addressed, "ADDRESSES", tmp_path)
    monkeypatch.setattr(corpus, "ADDRESSES", tmp_path)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "texts"))
    rows = [
        Address(
            id=f"x-00{number}",
            lang="en",
            genre="news",
            url=f"https://www.example.org/{number}",
            sha256=digest(text),
            length=len(text),
        )
        for number, text in enumerate((TEXT, "not here"), start=1)
    ]
    write_lines(tmp_path / "x.jsonl", list(rows))
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "one.txt").write_text(TEXT, encoding="utf-8")
    read_addresses.cache_clear()
    yield tmp_path / "texts"
    read_addresses.cache_clear()


@pytest.mark.usefixtures("batch")
def test_a_text_is_found_by_its_digest_whatever_its_file_is_called() -> None:
    post = read_posts()["x-001"]
    assert (post.text, post.lang, post.genre) == (TEXT, "en", "news")
    assert (source_of("x-001"), genre_of("x-001")) == ("example.org", "news")


@pytest.mark.usefixtures("batch")
def test_a_text_that_is_not_at_hand_is_named_not_invented() -> None:
    assert batch_ids("x", []) == ["x-001", "x-002"]
    with pytest.raises(InputError, match="1 texts are not at hand: x-002"):
        require(read_posts(), batch_ids("x", []))


@pytest.mark.usefixtures("batch")
def test_the_command_tells_which_texts_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert addressed.main(["x"]) == 3
    out = capsys.readouterr().out
    assert "x-002: no text of 8 characters: https://www.example.org/2" in out
    assert "1 of 2 texts" in out


def test_the_folder_may_stand_among_the_words_of_a_command(
    batch: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, "")
    assert "x-001" not in read_posts()
    show.main(["x", "--texts", str(batch), "1", "1"])
    assert TEXT in capsys.readouterr().out


def test_lines_of_json_are_texts_too_and_a_bad_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text('{"url": "https://example.org", "text": "a"}\n\n{"url": "b"}\n')
    with pytest.raises(InputError, match=r"texts\.jsonl, line 3"):
        texts_of(tmp_path)
    path.write_text('{"url": "https://example.org", "text": "a"}\n')
    assert texts_of(tmp_path) == {digest("a"): "a"}


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no folder"):
        texts_of(tmp_path / "nowhere")
    with pytest.raises(ConfigError, match="names no folder"):
        take_texts(["x", "--texts"])


@pytest.mark.parametrize("name", sorted(path.stem for path in addressed.ADDRESSES.glob("*.jsonl")))
def test_no_outlet_gives_more_than_a_fifth_and_every_address_is_labelled(name: str) -> None:
    rows = [row for row in read_addresses().values() if row.id.startswith(f"{name}-")]
    assert len(rows) >= 45
    assert len({row.url for row in rows}) == len({row.sha256 for row in rows}) == len(rows)
    assert max(Counter(row.outlet for row in rows).values()) <= len(rows) / 5
    labels = read_labels(corpus.LABELS / f"{name}.jsonl")
    assert [row.id for row in labels] == [row.id for row in rows]
    lengths = {row.id: row.length for row in rows}
    assert all(claim.end <= lengths[row.id] for row in labels for claim in row.claims)
