from importlib.resources import files
from pathlib import Path

import pytest

from vidomo.core.errors import MachineRefused
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.container import MAGIC, Container, pack
from vidomo.gazetteer.layout import Strings

BUNDLED = Path(str(files("vidomo.gazetteer") / "ukraine.gaz"))


def written(folder: Path, body: bytes) -> Path:
    path = folder / "some.gaz"
    path.write_bytes(body)
    return path


def test_the_bundled_file_is_compact() -> None:
    assert BUNDLED.stat().st_size < 12_000_000


def test_sections_come_back_as_they_went_in(tmp_path: Path) -> None:
    body = pack("edition 1", {"one": b"abc", "two": b"", "three": b"d"}, units=2, official=1)
    container = Container.open(written(tmp_path, body))
    assert bytes(container.section("one")) == b"abc"
    assert bytes(container.section("two")) == b""
    assert bytes(container.section("three")) == b"d"
    assert (container.header.edition, container.header.units) == ("edition 1", 2)


def test_the_digest_depends_on_the_sections_alone() -> None:
    body = pack("e", {"one": b"abc"}, units=1, official=1)
    assert body == pack("e", {"one": b"abc"}, units=1, official=1)
    assert body != pack("e", {"one": b"abd"}, units=1, official=1)


@pytest.mark.parametrize(
    "body",
    [b"", b"x", b"SQLite format 3\0" * 9, MAGIC, MAGIC + b"\xff\xff\xff\xff", MAGIC + b"\0" * 40],
)
def test_a_file_that_is_no_gazetteer_is_refused(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(MachineRefused, match=r"some\.gaz") as caught:
        Gazetteer.open(written(tmp_path, body))
    assert "make gazetteer" in caught.value.hint


def test_a_truncated_file_is_refused(tmp_path: Path) -> None:
    whole = BUNDLED.read_bytes()
    with pytest.raises(MachineRefused, match="ends too early"):
        Gazetteer.open(written(tmp_path, whole[: len(whole) // 2]))


def test_a_missing_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MachineRefused, match="nowhere"):
        Gazetteer.open(tmp_path / "nowhere.gaz")


def test_each_string_is_kept_once() -> None:
    strings = Strings()
    assert [strings.add(text) for text in ("а", "б", "а", "")] == [0, 1, 0, 2]
    assert strings.body() == "аб".encode()
    assert strings.ends() == b"".join(n.to_bytes(4, "little") for n in (0, 2, 4, 4))
