"""The network that a grid command is asked about, and how its answer begins."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from vidomo.app.cli.options import json_option, plain, print_json
from vidomo.app.network import read_network
from vidomo.core.errors import ConfigError, InputError
from vidomo.core.problems import Problem
from vidomo.grid.check import NOTES, check_grid, is_sound
from vidomo.grid.model import GridModel, GridReading

EXERCISE = "EXERCISE: a public benchmark or a made-up network; nothing here tells of a real one"
F = TypeVar("F", bound=Callable[..., Any])


def network_options(command: F) -> F:
    """Add NETWORK, ``--example``, ``--exercise`` and ``--json``."""
    command = json_option(command)
    command = click.option(
        "--exercise", is_flag=True, help="Mark the answer as an exercise, whatever the file."
    )(command)
    command = click.option("--example", is_flag=True, help="Take a small made-up network.")(command)
    return click.argument("network", required=False, type=click.Path(path_type=Path))(command)


def out_option(command: F) -> F:
    """Add ``--out ID``, which may be given many times."""
    return click.option(
        "--out",
        multiple=True,
        metavar="BRANCH",
        help="A branch that is out; repeat for more, or separate by commas.",
    )(command)


def opened(network: Path | None, *, example: bool, exercise: bool = False) -> GridModel:
    """Return the network of the options; its notes go to standard error.

    Raises:
        ConfigError: Neither a network nor the example was asked for.
        InputError: It cannot be computed; every problem is printed before.
    """
    if example:
        from vidomo.app.grid_example import example_network  # noqa: PLC0415 - rarely asked for

        model = example_network()
        reading = GridReading(model=model, problems=check_grid(model))
    elif network is None:
        raise ConfigError("name a network", hint="a folder or a file, or --example")
    else:
        reading = read_network(network)
    tell(reading.problems)
    if not example and reading.model is not None:
        tell(_unknown_places(reading.model))
    if reading.model is None or not is_sound(reading.problems):
        raise InputError(
            f"{len(reading.problems)} problems or notes, so nothing is computed",
            hint="mend the problems above and ask again",
        )
    if exercise:
        return msgspec.structs.replace(reading.model, is_benchmark=True)
    return reading.model


def _unknown_places(model: GridModel) -> list[Problem]:
    codes = {place.place_code for site in model.substations for place in site.places}
    if not codes:
        return []
    from vidomo.gazetteer import Gazetteer  # noqa: PLC0415 - a network without places needs none

    gazetteer = Gazetteer.open()
    return [
        Problem(
            code="unknown_place",
            found=f"no place has the code {code!r}",
            hint="its load counts in the network, and under this code alone",
            where="substations: place_code",
        )
        for code in sorted(codes)
        if gazetteer.get(code) is None
    ]


def tell(problems: Sequence[Problem]) -> None:
    """Print problems to standard error, each with element and field."""
    for problem in problems:
        kind = "note" if problem.code in NOTES else "problem"
        click.echo(f"{kind}: {problem.where}: {problem.found}", err=True)
        if problem.hint:
            click.echo(f"  hint: {problem.hint}", err=True)


def branch_ids(out: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of ``--out``, each once, in order."""
    words = (word.strip() for text in out for word in text.split(","))
    return tuple(dict.fromkeys(word for word in words if word))


def show(
    model: GridModel,
    facts: dict[str, Any],
    lines: Sequence[str],
    assumptions: Sequence[str],
    *,
    as_json: bool,
) -> None:
    """Print an answer: as lines, or the same facts as JSON; what it rests on comes with both."""
    if as_json:
        head = {
            "network": model.name,
            "model_hash": model.hash,
            "exercise": model.is_benchmark,
            "assumptions": list(assumptions),
        }
        print_json({**head, **plain(facts)})
        return
    if model.is_benchmark:
        click.echo(EXERCISE)
    click.echo(f"{model.name}: {len(model.buses)} buses, {len(model.branches)} branches")
    for line in lines:
        click.echo(line)
    click.echo("\nThis rests on:")
    for said in assumptions:
        click.echo(f"  {said}")


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows in columns, the first to the left and the others to the right."""
    wide = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(size) if place == 0 else cell.rjust(size)
            for place, (cell, size) in enumerate(zip(row, wide, strict=True))
        ).rstrip()
        for row in (heads, *rows)
    ]


def known(value: float) -> float | None:
    """Return a number for JSON; None where there is none."""
    return float(value) if abs(value) < float("inf") else None


def digits(value: float, places: int = 1) -> str:
    """Return a number for people; a dash where there is none."""
    return f"{value:.{places}f}" if abs(value) < float("inf") else "-"
