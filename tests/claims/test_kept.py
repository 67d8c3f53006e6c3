"""Tables kept as they were parsed: the same tables, and never stale ones."""

from pathlib import Path

from vidomo.claims.compiling import Compiled, compile_patterns
from vidomo.claims.kept import NAME, digest_of, kept, kept_tables

TABLE = 'words = ["{}"]\n\n[[entry]]\nexample = "a"\ncounter = "b"\nscore = 0.5\n'


def folder(path: Path, word: str = "one") -> Path:
    (path / "uk").mkdir(exist_ok=True)
    (path / "uk" / "cues.toml").write_text(TABLE.format(word), "utf-8")
    return path


def test_what_is_kept_is_what_was_parsed(tmp_path: Path) -> None:
    first = kept_tables(folder(tmp_path))[0]
    assert (tmp_path / NAME).is_file()
    assert kept_tables(tmp_path)[0] == first
    assert first["uk/cues.toml"]["entry"] == [{"example": "a", "counter": "b", "score": 0.5}]


def test_a_changed_table_is_read_anew(tmp_path: Path) -> None:
    kept_tables(folder(tmp_path))
    assert kept_tables(folder(tmp_path, "two"))[0]["uk/cues.toml"]["words"] == ["two"]


def test_a_broken_file_is_written_anew(tmp_path: Path) -> None:
    first = kept_tables(folder(tmp_path))[0]
    whole = (tmp_path / NAME).read_bytes()
    for broken in (b"", whole[:-7], b"\xc1" + whole, b"no msgpack at all"):
        (tmp_path / NAME).write_bytes(broken)
        assert kept_tables(tmp_path)[0] == first
        assert (tmp_path / NAME).read_bytes() == whole


def test_a_table_that_is_no_toml_leaves_nothing_behind(tmp_path: Path) -> None:
    (folder(tmp_path) / "uk" / "times.toml").write_text("= no table", "utf-8")
    assert kept_tables(tmp_path)[0] == {}
    assert not (tmp_path / NAME).exists()


def test_a_value_that_cannot_be_kept_is_read_each_time(tmp_path: Path) -> None:
    (folder(tmp_path) / "uk" / "times.toml").write_text("day = 2026-01-31", "utf-8")
    assert str(kept_tables(tmp_path)[0]["uk/times.toml"]["day"]) == "2026-01-31"
    assert not (tmp_path / NAME).exists()


def test_a_folder_that_cannot_be_written_to_is_read_all_the_same(tmp_path: Path) -> None:
    (folder(tmp_path) / NAME).mkdir()
    assert kept_tables(tmp_path)[0]["uk/cues.toml"]["words"] == ["one"]
    assert [path.name for path in tmp_path.iterdir() if "." in path.name] == [NAME]


def test_patterns_are_compiled_once_for_the_same_tables_and_code(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> Compiled:
        made.append(1)
        return compile_patterns([[["stop* ~2 water|gas"], ["^ clear $", "no*|not &3 light*"]]])

    target = tmp_path / "patterns.cache"
    first = kept(target, digest_of([b"one"]), Compiled, make)
    assert kept(target, digest_of([b"one"]), Compiled, make) == first
    assert len(made) == 1
    assert kept(target, digest_of([b"two"]), Compiled, make) == first
    assert len(made) == 2


def test_pieces_cut_elsewhere_have_another_digest() -> None:
    assert digest_of([b"ab", b"c"]) != digest_of([b"a", b"bc"])
