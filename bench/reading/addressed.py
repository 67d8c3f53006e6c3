"""Posts that are named by address: public news whose words are not ours to hand on.

Run: python -m bench.reading.addressed BATCH [--texts FOLDER]   prints which texts are there

A batch is a file of addresses: where a text stood, how long it is in code points, and the SHA-256
of its UTF-8 bytes. Whoever holds the texts puts them into a folder, as JSON lines with ``text`` or
one text a ``.txt`` file, and names the folder with ``--texts`` or the variable below.
"""

import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from vidomo.core.errors import ConfigError, InputError

HERE = Path(__file__).resolve().parent
ADDRESSES = HERE / "addresses"
VARIABLE = "VIDOMO_BENCH_TEXTS"
_OPTION = "--texts"


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """Where a text stood, and how to know it again.

    Attributes:
        id: ``<batch>-<number>``.
        lang: uk, ru or en.
        genre: As of a post.
        url: The page on which it stood.
        sha256: Of its UTF-8 bytes, in hexadecimal.
        length: In code points.
    """

    id: str
    lang: str
    genre: str
    url: str
    sha256: str
    length: int

    @property
    def outlet(self) -> str:
        """The host of its page, without ``www.`` and the like."""
        host = urlsplit(self.url).hostname or ""
        return host.removeprefix("www.").removeprefix("en.")


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a file of texts; other keys are left alone."""

    text: str


def digest(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


@cache
def read_addresses() -> dict[str, Address]:
    """Return the addresses of all batches by id."""
    decoder = msgspec.json.Decoder(Address)
    rows = [
        decoder.decode(line)
        for path in sorted(ADDRESSES.glob("*.jsonl"))
        for line in path.read_bytes().splitlines()
        if line.strip()
    ]
    return {row.id: row for row in rows}


def texts_of(folder: Path) -> dict[str, str]:
    """Return the texts of a folder by their SHA-256.

    Raises:
        ConfigError: There is no such folder.
        InputError: A line of a JSON-lines file has no text; the message names the line.
    """
    if not folder.is_dir():
        raise ConfigError(f"there is no folder {folder}", hint=f"mend {_OPTION} or {VARIABLE}")
    return {digest(text): text for text in _texts(folder)}


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.txt")):
        yield path.read_bytes().decode()
    decoder = msgspec.json.Decoder(Kept)
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_bytes().splitlines(), start=1):
            if line.strip():
                try:
                    yield decoder.decode(line).text
                except msgspec.DecodeError as error:
                    where = f"{path.name}, line {number}: {error}"
                    raise InputError(where, hint='write {"url": …, "text": …}') from error


def found_texts() -> dict[str, str]:
    """Return the texts at hand by the ids of their addresses; none when no folder is named."""
    folder = os.environ.get(VARIABLE)  # noqa: TID251 - the bench has no config of its own
    if not folder:
        return {}
    texts = texts_of(Path(folder))
    return {key: texts[row.sha256] for key, row in read_addresses().items() if row.sha256 in texts}


def take_texts(arguments: list[str]) -> list[str]:
    """Return the words of a command without ``--texts FOLDER``, which is kept in the environment.

    Raises:
        ConfigError: The option has no folder.
    """
    if _OPTION not in arguments:
        return arguments
    place = arguments.index(_OPTION)
    if place + 1 == len(arguments):
        raise ConfigError(f"{_OPTION} names no folder", hint=f"write {_OPTION} FOLDER")
    os.environ[VARIABLE] = arguments[place + 1]  # noqa: TID251 - the bench has no config
    return arguments[:place] + arguments[place + 2 :]


def main(arguments: list[str]) -> int:
    """Print which texts of a batch are at hand; return how the command ends."""
    (batch,) = take_texts(arguments)
    texts = found_texts()
    rows = [row for row in read_addresses().values() if row.id.rpartition("-")[0] == batch]
    missing = [row for row in rows if row.id not in texts]
    for row in missing:
        print(f"{row.id}: no text of {row.length} characters: {row.url}")
    print(f"{batch}: {len(rows) - len(missing)} of {len(rows)} texts are there")
    return 3 if missing or not rows else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
