"""A disk that fails at its n-th write or sync, and a machine that loses its power there."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from vidomo.store.sqlite import FILE_NAME

NAME = "unsteady"


class Disk(apsw.VFS):
    """Passes everything on to the system, until a chosen call of writing, cutting or syncing.

    Attributes:
        stop_at: Number of the call that fails, from 1; 0 for never.
        comes_back: Whether only that one call fails, as on a disk that was full for a moment;
            else nothing works any more, as after a kill.
        calls: How many such calls there were.
    """

    def __init__(self, *, stop_at: int, comes_back: bool = False, base: str) -> None:
        self.stop_at, self.comes_back, self.calls = stop_at, comes_back, 0
        self.synced: dict[Path, bytes] = {}
        self.pending: dict[Path, list[tuple[int, bytes | None]]] = {}
        self._base = base
        super().__init__(NAME, base)

    def xOpen(self, name: object, flags: list[int]) -> "_File":  # noqa: N802 - apsw's name
        return _File(self, self._base, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: FBT001, N802 - as apsw calls it
        """Take a file away; for good only where the folder is synced with it."""
        if Path(filename).name.startswith(FILE_NAME):
            self.reached()
            if syncdir:
                self.synced.pop(Path(filename), None)
                self.pending.pop(Path(filename), None)
        super().xDelete(filename, syncdir)

    @property
    def is_dead(self) -> bool:
        """Whether the chosen call was reached and nothing comes after it."""
        return bool(self.stop_at) and self.calls >= self.stop_at and not self.comes_back

    def reached(self) -> None:
        """Count a call; fail if it is the chosen one, or comes after the end."""
        self.calls += 1
        if self.is_dead or self.calls == self.stop_at:
            raise apsw.IOError("the disk is gone")

    def after_power_cut(self, folder: Path, chance: random.Random) -> None:
        """Leave in a folder what a power cut leaves: all that was synced, of the rest any part."""
        for path in self.synced.keys() | self.pending.keys():
            held = bytearray(self.synced.get(path, b""))
            for offset, written in self.pending.get(path, ()):
                if chance.random() < 0.5:
                    continue
                if written is None:
                    del held[offset:]
                    continue
                torn = written[: chance.choice((len(written), len(written) // 2))]
                held.extend(bytes(max(0, offset - len(held))))
                held[offset : offset + len(torn)] = torn
            (folder / path.name).write_bytes(held)


class _File(apsw.VFSFile):
    """One file of the journal; others, such as the lock, are not watched."""

    def __init__(self, disk: Disk, base: str, name: object, flags: list[int]) -> None:
        self._disk = disk
        filename = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._path = Path(str(filename)) if filename else Path()
        self._is_watched = self._path.name.startswith(FILE_NAME)
        super().__init__(base, name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - apsw's name
        if self._is_watched:
            if self._disk.calls + 1 == self._disk.stop_at and not self._disk.comes_back:
                super().xWrite(data[: len(data) // 2], offset)  # killed in the middle of it
            self._disk.reached()
            self._note(offset, bytes(data))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 - apsw's name
        if self._is_watched:
            self._disk.reached()
            self._note(newsize, None)
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802 - apsw's name
        if self._is_watched:
            self._disk.reached()
        super().xSync(flags)
        if self._is_watched:
            self._disk.synced[self._path] = self._path.read_bytes()
            self._disk.pending.pop(self._path, None)

    def _note(self, offset: int, written: bytes | None) -> None:
        self._disk.pending.setdefault(self._path, []).append((offset, written))


@contextmanager
def unsteady(*, stop_at: int, comes_back: bool = False) -> Iterator[Disk]:
    """Make every journal that is opened inside lie on such a disk."""
    base = apsw.vfs_names()[0]
    disk = Disk(stop_at=stop_at, comes_back=comes_back, base=base)
    apsw.set_default_vfs(NAME)
    try:
        yield disk
    finally:
        apsw.set_default_vfs(base)
        disk.unregister()
