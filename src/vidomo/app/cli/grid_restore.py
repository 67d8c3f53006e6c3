"""Say in which order to mend what is damaged."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from vidomo.app.cli.grid_network import network_options, opened
from vidomo.app.cli.options import print_json
from vidomo.app.network import read_damage, read_services
from vidomo.core.errors import ConfigError
from vidomo.core.problems import Problem
from vidomo.outlook.restoration.model import Plan, Service

REFUSED = 5


@click.command()
@network_options
@click.option(
    "--damage",
    "damage_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="CSV: element, median_h, and if known spread, probability, access_from_h.",
)
@click.option(
    "--services",
    "services_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="CSV: service, place_code, weight_mw, and backup_h if known.",
)
@click.option("--crews", default=1, show_default=True, type=click.IntRange(1, 100))
@click.option("--trips", is_flag=True, help="Let overloaded branches trip.")
@click.option("--seed", default=1, show_default=True)
@click.option("--lang", default="uk", show_default=True, help="Language of the words: uk or en.")
def restore(
    network: Path | None,
    damage_file: Path | None,
    services_file: Path | None,
    crews: int,
    trips: bool,
    seed: int,
    lang: str,
    example: bool,
    exercise: bool,
    as_json: bool,
) -> int:
    """Say in which order to mend what is damaged.

    NETWORK is a folder with bus.csv and branch.csv, or a file. Exact for one crew and up to 20
    damaged elements; docs/restoration.md says what it rests on. For the desk only.

    \b
    Example: vidomo grid restore --example --lang en
    """
    from vidomo.grid.arrays import compile_grid  # noqa: PLC0415 - numpy is slow to load
    from vidomo.grid.cascade import CascadeRules  # noqa: PLC0415 - numpy is slow to load
    from vidomo.outlook.restoration.check import check_restoration  # noqa: PLC0415 - numpy
    from vidomo.outlook.restoration.plan import plan  # noqa: PLC0415 - numpy is slow to load
    from vidomo.outlook.restoration.words import plan_words  # noqa: PLC0415 - beside it

    plan_words(lang)
    if example:
        from vidomo.app.grid_example import example_district  # noqa: PLC0415 - rarely asked for

        model, damage, services = example_district()
    elif network is None or damage_file is None:
        raise ConfigError(
            "name a network and a table of damage",
            hint="try: vidomo grid restore --example, then NETWORK --damage FILE",
        )
    else:
        model = opened(network, example=False, exercise=exercise)
        damage, found = read_damage(damage_file)
        services, more = read_services(services_file) if services_file else ((), ())
        if found or more:
            return _refuse([*found, *more])
    grid = compile_grid(model)
    problems = check_restoration(grid, damage, services, crews=crews)
    if problems:
        return _refuse(problems)
    rules = CascadeRules() if trips else None
    made = plan(grid, damage, crews=crews, services=services, rules=rules, seed=seed)
    if as_json:
        print_json(made)
    else:
        _show(made, services, lang)
    return 0


def _show(made: Plan, services: Sequence[Service], lang: str) -> None:
    from vidomo.outlook.restoration.words import headings, told  # noqa: PLC0415 - late

    for line in headings(made, lang=lang):
        click.echo(line)
    click.echo()
    for line in told(made, services, lang=lang):
        click.echo(line)
    click.echo()
    for said in made.assumptions:
        click.echo(f"  {said}")


def _refuse(problems: Iterable[Problem]) -> int:
    for problem in problems:
        click.echo(f"{problem.where or 'damage'}: {problem.found}", err=True)
        if problem.hint:
            click.echo(f"  hint: {problem.hint}", err=True)
    return REFUSED
