"""The bundled scenario: a night in posts and polls, replayed into a folder of its own."""

import contextlib
import shutil
import tempfile
from datetime import timedelta
from importlib.resources import as_file, files
from pathlib import Path

import msgspec

from vidomo.app.house import House
from vidomo.app.reader import reader_version
from vidomo.core.clock import Clock, system_clock
from vidomo.core.errors import ConfigError, MachineRefused
from vidomo.core.ids import content_id
from vidomo.sources.files import read_posts
from vidomo.sources.model import Poll


def scenario_names() -> tuple[str, ...]:
    """Return the names of the bundled scenarios."""
    root = files("vidomo.app") / "scenarios"
    return tuple(sorted(item.name for item in root.iterdir() if item.is_dir()))


def open_scenario(folder: Path, *, name: str = "izium", clock: Clock = system_clock) -> House:
    """Return a house over a bundled scenario, replaying it first where the folder is empty.

    Real posts never share a folder with a scenario: it gets a sub-folder of its own.

    Raises:
        ConfigError: No scenario of that name.
    """
    if name not in scenario_names():
        raise ConfigError(f"no scenario {name!r}", hint="there are: " + ", ".join(scenario_names()))
    target = folder / "scenario" / f"{name}-{_digest(name)}"
    if not target.exists():
        # Replayed beside its place and moved there whole, so that a killed start leaves no half.
        fresh = Path(tempfile.mkdtemp(prefix="replay-", dir=_folder(folder / "scenario")))
        with House.open(fresh, clock=clock) as writer:
            replay_scenario(writer, name, clock)
        with contextlib.suppress(FileExistsError, OSError):
            fresh.rename(target)
        shutil.rmtree(fresh, ignore_errors=True)
    return House.open(target, clock=clock, read_only=True, notice=name)


def _digest(name: str) -> str:
    root = files("vidomo.app") / "scenarios" / name
    posts, polls = ((root / part).read_text("utf-8") for part in ("posts.jsonl", "polls.jsonl"))
    return content_id("scn", posts, polls, reader_version())[4:16]


def _folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MachineRefused(
            f"cannot make the folder {path}: {error.strerror}",
            hint="name a folder you may write to with --data",
        ) from error
    return path


def replay_scenario(house: House, name: str, clock: Clock) -> None:
    """Replay a bundled scenario into a house whose folder is empty.

    Raises:
        ConfigError: The folder holds records already.
    """
    root = files("vidomo.app") / "scenarios" / name
    polls = msgspec.json.decode(
        b"[" + b",".join((root / "polls.jsonl").read_bytes().splitlines()) + b"]",
        type=list[Poll],
    )
    with as_file(root / "posts.jsonl") as path:
        posts = list(read_posts(path, format="jsonl", now=clock() + timedelta(days=1)))
    house.take_in(posts, replay=True)
    house.note_polls(polls, replay=True)
