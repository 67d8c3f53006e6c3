"""Look after the sources that are asked: add, list, check, pause, resume, remove; collect."""

import signal
from datetime import datetime
from pathlib import Path
from types import FrameType

import click
import msgspec
from urllib3.util import parse_url

from vidomo.app.cli.offices import holder, holders
from vidomo.app.cli.options import (
    data_option,
    folder_or_default,
    json_option,
    kyiv,
    place_code,
    print_json,
)
from vidomo.app.collect import Collector, Result
from vidomo.app.doors import Doors, door_of, read_doors, record_changes, write_doors
from vidomo.app.house import House
from vidomo.app.shelf import Shelf
from vidomo.core.clock import system_clock
from vidomo.core.errors import ConfigError
from vidomo.situation.health import source_health
from vidomo.situation.model import SourceHealth
from vidomo.sources.door import EVERY_S, Door, channel_name
from vidomo.sources.model import Outcome

UNANSWERED = 4
SHOWN = 5
"""Posts of a check that are printed."""
_WORDS = 100


@click.group()
def sources() -> None:
    """Look after the sources that Vidomo asks.

    \b
    Example: vidomo sources list
    """


@sources.command()
@click.argument("address")
@click.option("--id", "source", metavar="ID", help="Default: telegram:NAME or feed:HOST.")
@click.option("--kind", type=click.Choice(["telegram", "feed"]), help="Default: by the address.")
@click.option("--home", metavar="PLACE", help="Where it speaks from: a code or a name.")
@click.option("--body", metavar="TYPE@CODE", help="The body whose own voice it is.")
@click.option("--title", default="", help="What people call it.")
@click.option("--lang", help="Its language (uk, ru, en), where it has one only.")
@click.option("--every", "every_s", default=EVERY_S, show_default=True, help="Seconds.")
@click.option("--check", "is_checked", is_flag=True, help="Ask it once first; add if it answers.")
@click.option("--replace", is_flag=True, help="In place of the source that has this id.")
@data_option
def add(
    address: str,
    source: str | None,
    kind: str | None,
    home: str | None,
    body: str | None,
    title: str,
    lang: str | None,
    every_s: float,
    is_checked: bool,
    replace: bool,
    folder: Path | None,
) -> int:
    """Add the channel or feed at ADDRESS.

    A channel is t.me/NAME or @NAME, read through its public preview page; anything
    else is an RSS or Atom feed. With --body it speaks for that body, with --home only
    it counts as declared, with neither it is kept and moves nothing.

    \b
    Example: vidomo sources add t.me/hromada_sample --home Izium
    """
    path = folder_or_default(folder)
    is_channel = kind == "telegram" or (kind is None and _is_channel(address))
    name = channel_name(address) if is_channel else ""
    door = door_of(
        Door(
            id=source or (f"telegram:{name}" if is_channel else f"feed:{parse_url(address).host}"),
            kind="telegram" if is_channel else "feed",
            channel=name,
            url="" if is_channel else address,
            title=title,
            home=place_code(home) if home else None,
            body=body,
            lang=lang,
            every_s=every_s,
        )
    )
    doors = read_doors(path)
    if any(one.id == door.id for one in doors.doors) and not replace:
        raise ConfigError(f"there is a source {door.id!r} already", hint="--replace, or --id OTHER")
    if is_checked:
        result = Collector(path).look(door)
        _show(result)
        if result.answer is None:
            return UNANSWERED
    kept = [one for one in doors.doors if one.id != door.id]
    _write(path, msgspec.structs.replace(doors, doors=(*kept, door)))
    click.echo(f"added {door.id}: {door.address}, {_voice(door)}")
    return 0


@sources.command("list")
@data_option
@json_option
def list_sources(folder: Path | None, as_json: bool) -> int:
    """Show every source: when it last answered, since when it is silent, when it is asked next.

    \b
    Example: vidomo sources list
    """
    path = folder_or_default(folder)
    doors = read_doors(path).doors
    _write(path, read_doors(path), only_record=True)
    with House.open(path, read_only=True) as house:
        shelf = Shelf()
        shelf.refresh(house.journal)
        found = {one.source: one for one in source_health(house.polls(house.now()))}
    next_at = {door.id: _next_at(door, shelf) for door in doors}
    if as_json:
        print_json(
            [
                {
                    **msgspec.to_builtins(door),
                    "address": door.address,
                    "paused": door.paused,
                    "next_at": next_at[door.id],
                    "health": found.get(door.id),
                }
                for door in doors
            ]
        )
        return 0
    if not doors:
        click.echo("no sources yet\n  hint: vidomo sources add t.me/NAME --home PLACE", err=True)
    for door in doors:
        click.echo(f"{click.style(door.id, bold=True)}  {door.address}  {_voice(door)}")
        click.echo(f"    {_health_words(found.get(door.id))}; {_next_words(door, next_at)}")
    return 0


@sources.command()
@click.argument("ids", nargs=-1)
@data_option
@json_option
def check(ids: tuple[str, ...], folder: Path | None, as_json: bool) -> int:
    """Ask sources once, now, and show what would come; nothing is stored.

    \b
    Example: vidomo sources check
    """
    path = folder_or_default(folder)
    doors = read_doors(path)
    collector = Collector(path)
    collector.learn()
    results = [collector.look(door) for door in _chosen(doors, ids)]
    if as_json:
        print_json(
            [
                {"poll": result.poll, "posts": result.answer.posts if result.answer else ()}
                for result in results
            ]
        )
    else:
        for result in results:
            _show(result)
    return UNANSWERED if any(result.answer is None for result in results) else 0


@sources.command()
@click.argument("source")
@data_option
def pause(source: str, folder: Path | None) -> int:
    """Stop asking SOURCE for now.

    \b
    Example: vidomo sources pause telegram:hromada_sample
    """
    return _set_paused(source, folder, is_paused=True)


@sources.command()
@click.argument("source")
@data_option
def resume(source: str, folder: Path | None) -> int:
    """Ask SOURCE again.

    \b
    Example: vidomo sources resume telegram:hromada_sample
    """
    return _set_paused(source, folder, is_paused=False)


@sources.command()
@click.argument("source")
@click.option("--disown", is_flag=True, help="What it said counts no more as that of its body.")
@data_option
def remove(source: str, disown: bool, folder: Path | None) -> int:
    """Ask SOURCE no more; what it said stays, and stays what it was.

    \b
    Example: vidomo sources remove telegram:hromada_sample
    """
    path = folder_or_default(folder)
    doors = read_doors(path)
    door = doors.get(source)
    left = tuple(one for one in doors.doors if one.id != door.id)
    _write(path, msgspec.structs.replace(doors, doors=left), disowned=source if disown else "")
    click.echo(f"{'disowned' if disown else 'removed'} {source}")
    return 0


sources.add_command(holder)
sources.add_command(holders)


@click.command()
@click.option("--once", is_flag=True, help="Ask whoever is due, then end.")
@click.option("--everyone", is_flag=True, help="With --once: ask also those who are not due.")
@data_option
@json_option
def collect(once: bool, everyone: bool, folder: Path | None, as_json: bool) -> int:
    """Ask the configured sources and keep what they say, until stopped.

    \b
    Example: vidomo collect --once
    """
    path = folder_or_default(folder)
    if everyone and not once:
        raise ConfigError("--everyone goes with --once", hint="vidomo collect --once --everyone")
    collector = Collector(path, say=say_err, tell=_none if as_json else click.echo)
    if not read_doors(path).doors:
        say_err("no sources yet; vidomo sources add t.me/NAME --home PLACE")
    stop_on_signals(collector)
    if not once:
        collector.run()
        return 0
    polls = collector.once(everyone=everyone)
    if as_json:
        print_json(polls)
    failed = any(poll.outcome in {Outcome.NO_ANSWER, Outcome.REFUSED} for poll in polls)
    return UNANSWERED if failed else 0


def stop_on_signals(collector: Collector) -> None:
    """Stop a collector that runs in this thread when the process is told to end."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        collector.stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)


def _write(path: Path, doors: Doors, *, disowned: str = "", only_record: bool = False) -> None:
    """Write the file, and write down what changed in it."""
    with House.open(path) as house:
        if not only_record:
            write_doors(path, doors)
        record_changes(house.journal, doors.doors, now=system_clock(), disowned=disowned)


def _set_paused(source: str, folder: Path | None, *, is_paused: bool) -> int:
    path = folder_or_default(folder)
    doors = read_doors(path)
    door = msgspec.structs.replace(doors.get(source), paused=is_paused)
    changed = tuple(door if one.id == source else one for one in doors.doors)
    _write(path, msgspec.structs.replace(doors, doors=changed))
    click.echo(f"{'paused' if is_paused else 'resumed'} {source}")
    return 0


def _chosen(doors: Doors, ids: tuple[str, ...]) -> tuple[Door, ...]:
    return tuple(doors.get(one) for one in ids) if ids else doors.doors


def _show(result: Result) -> None:
    poll = result.poll
    words = f"{poll.source}: {poll.outcome.value.replace('_', ' ')}"
    click.echo(words + (f", {poll.detail}" if poll.detail else ""))
    posts = result.answer.posts if result.answer else ()
    for post in posts[-SHOWN:]:
        at = kyiv(post.posted_at.start) if post.posted_at else "undated"
        mark = "taken away: " if post.deleted_at else "edited: " if post.edited_at else ""
        text = " ".join(post.text.split())
        click.echo(f"  {at}  {mark}{text[:_WORDS]}{'…' if len(text) > _WORDS else ''}")
    if len(posts) > SHOWN:
        click.echo(f"  and {len(posts) - SHOWN} more")


def _is_channel(address: str) -> bool:
    host = address.lower().removeprefix("https://").removeprefix("http://")
    return address.startswith("@") or host.startswith(("t.me/", "telegram.me/"))


def _voice(door: Door) -> str:
    if door.body:
        return f"speaks for {door.body}"
    return f"declared, home {door.home}" if door.home else "no home: moves nothing"


def _next_at(door: Door, shelf: Shelf) -> datetime | None:
    poll = shelf.last_poll(door.id)
    return None if door.paused or poll is None else poll.next_at


def _next_words(door: Door, next_at: dict[str, datetime | None]) -> str:
    if door.paused:
        return "paused"
    moment = next_at[door.id]
    return "never asked, due now" if moment is None else f"asked again {kyiv(moment)}"


def _health_words(health: SourceHealth | None) -> str:
    if health is None:
        return "no answer yet"
    answered = (
        f"last answered {kyiv(health.answered_at)}" if health.answered_at else "never answered"
    )
    if health.silent_since is None:
        return answered
    return f"SILENT since {kyiv(health.silent_since)} ({health.detail}), {answered}"


def end_on_term() -> None:
    """End the process in order when it is told to: every open ``with`` is left first."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)


def say_err(line: str) -> None:
    """Print one line to standard error."""
    click.echo(f"vidomo: {line}", err=True)


def _none(_line: str) -> None:
    """Say nothing."""
