"""Packages of open data on the disk: one version stands, and the next takes its place whole."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

import msgspec

from vidomo.core.codec import from_json, to_json
from vidomo.core.errors import ConfigError, MachineRefused
from vidomo.disclosure.open_data import OpenGate, end_of, last_open_day
from vidomo.disclosure.open_model import OpenView
from vidomo.disclosure.release import Release
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.shapes import bundled_shapes
from vidomo.publish.opendata import NAME, Ledger, Package, make_package
from vidomo.situation.model import Situation

FOLDER = "open-data"
"""Folder within a data folder whose packages the server serves at ``/data/``."""
LATEST = "latest"
"""Name under which the newest version is always found: a link that is replaced in one step."""
LEDGERS = "open-data-ledgers"
_NEW = ".new-"


class OpenHouse(Protocol):
    """What a package is made from."""

    gazetteer: Gazetteer

    def releases(self) -> tuple[Release, ...]:
        """Return what people at the desk let pass before time."""
        ...

    def situation(
        self, *, valid_at: datetime | None = None, known_at: datetime | None = None
    ) -> Situation:
        """Return what held at one instant as far as it was known at another."""
        ...


def open_view(house: OpenHouse, *, now: datetime) -> OpenView:
    """Return what of a house may be given away at an instant.

    Args:
        house: What is known.
        now: The instant by the clock, also where the house holds nothing but a replay.
    """
    end = end_of(last_open_day(now))
    gate = OpenGate(
        house.situation(valid_at=end, known_at=end),
        present=house.situation(valid_at=now, known_at=now),
        gazetteer=house.gazetteer,
        now=now,
        releases=house.releases(),
    )
    held: dict[date, Situation] = {
        day: house.situation(valid_at=end_of(day), known_at=end) for day in gate.days()
    }
    return gate.view(held)


class OpenShelf:
    """Where packages stand, and what the operator remembers of earlier ones.

    Args:
        folder: Where packages go; anybody may be given what is in it.
        ledgers: Where it is remembered what each version held; for the operator only.
    """

    def __init__(self, folder: Path, *, ledgers: Path) -> None:
        self._folder, self._ledgers = folder, ledgers

    def latest(self) -> str:
        """Return the version that stands; empty where there is none."""
        link = self._folder / LATEST
        return link.readlink().name if link.is_symlink() and link.exists() else ""

    def ledger(self, version: str) -> Ledger:
        """Return what a version held.

        Raises:
            ConfigError: Nothing is remembered of such a version.
        """
        path = self._ledgers / f"{version}.json"
        is_name = path.name == Path(version).name + ".json"
        try:
            return from_json(path.read_bytes() if is_name else b"", Ledger)
        except (OSError, msgspec.MsgspecError) as error:
            known = ", ".join(sorted(one.stem for one in self._ledgers.glob("*.json"))[-5:])
            raise ConfigError(
                f"nothing is remembered of a version {version!r}",
                hint=f"the last ones: {known}" if known else "leave --since out",
            ) from error

    def write(
        self, view: OpenView, *, atlas: Gazetteer, since: str = "", publisher: str, address: str
    ) -> Package:
        """Write a version and let it stand in place of the one before.

        The files are written beside the old ones and take their place in one step; whatever
        fails before that leaves the old version whole. Then the old one goes, for words that
        were taken back since must not stay. Where no row is different, no day has been added
        and the same body publishes it, the version that stands is left alone.

        Args:
            view: What may be given away.
            atlas: Names of units.
            since: The version that changes are counted from; by default the one that stands.
            publisher: Who publishes the data.
            address: Where ``latest`` is served, with a last slash; empty where nobody knows.

        Raises:
            ConfigError: Nothing is remembered of the version that changes are counted from.
            MachineRefused: The folder cannot be written to.
        """
        standing = self.latest()
        since = since or standing
        before = self.ledger(since) if since else None
        package = make_package(
            view,
            atlas=atlas,
            shapes=bundled_shapes(),
            before=before,
            publisher=publisher,
            address=address,
        )
        if before and since == standing and package.changes.is_empty and _is_as(package, before):
            return package
        with _refusing(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._remember(package.ledger)
            self._put(package)
            self._point(package.version)
        try:
            self._forget(package.version)
        except OSError as error:
            raise MachineRefused(
                f"the new version stands, but an old one in {self._folder} cannot be taken away: "
                f"{error.strerror}",
                hint="take it away by hand: it may hold words that were taken back",
            ) from error
        return package

    def _remember(self, ledger: Ledger) -> None:
        self._ledgers.mkdir(parents=True, exist_ok=True)
        fresh = self._ledgers / f"{_NEW}{ledger.version}"
        _write(fresh, to_json(ledger))
        fresh.replace(self._ledgers / f"{ledger.version}.json")

    def _put(self, package: Package) -> None:
        target = self._folder / package.version
        if target.exists():
            return  # the same input made the same bytes before
        fresh = Path(tempfile.mkdtemp(prefix=_NEW, dir=self._folder))
        try:
            for name, body in package.files.items():
                _write(fresh / name, body)
            fresh.chmod(0o755)
            fresh.rename(target)
        except OSError:
            shutil.rmtree(fresh, ignore_errors=True)
            raise

    def _point(self, version: str) -> None:
        fresh = self._folder / f"{_NEW}{LATEST}"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(version, target_is_directory=True)
        fresh.replace(self._folder / LATEST)

    def _forget(self, version: str) -> None:
        """Take away the packages of other versions, and halves of some that a killed run left."""
        for path in self._folder.iterdir():
            is_half = path.name.startswith(_NEW)
            is_other = path.is_dir() and not path.is_symlink() and path.name != version
            if (is_half and path.is_dir()) or (is_other and _is_ours(path)):
                shutil.rmtree(path)


def _is_as(package: Package, before: Ledger) -> bool:
    """Whether a version says of itself what the one before said."""
    now = package.ledger
    return (now.last_day, now.publisher, now.address) == (
        before.last_day,
        before.publisher,
        before.address,
    )


def _is_ours(path: Path) -> bool:
    try:
        return f'"name":"{NAME}"'.encode() in (path / "datapackage.json").read_bytes()
    except OSError:
        return False


def _write(path: Path, body: bytes) -> None:
    with path.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def _refusing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise MachineRefused(
            f"cannot write to {folder}: {error.strerror}; the version before stands as it was",
            hint="name another folder, or make room in this one",
        ) from error
