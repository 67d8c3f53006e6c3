"""Say what follows from outages: one cascade, or many drawn from stated damage."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vidomo.app.cli.grid_network import (
    branch_ids,
    digits,
    known,
    network_options,
    opened,
    out_option,
    show,
    table,
)
from vidomo.app.cli.options import FiniteRange
from vidomo.core.errors import ConfigError

if TYPE_CHECKING:
    from vidomo.grid.ac import AcTable
    from vidomo.grid.ensemble import EnsembleResult

_AC_HEADS = (
    "scenario",
    "AC flow",
    "lowest pu",
    "highest pu",
    "too low",
    "too high",
    "overloads",
    "missed",
)


@click.command()
@network_options
@out_option
@click.option(
    "--invented-rating",
    type=FiniteRange(min=1.0),
    help="Branches without rating trip above this times their base flow. Default: never.",
)
@click.option("--max-rounds", default=100, show_default=True, type=click.IntRange(1, 10_000))
@click.option("--ac", is_flag=True, help="Look again in AC at where it ends (needs vidomo[ac]).")
def cascade(
    network: Path | None,
    example: bool,
    exercise: bool,
    as_json: bool,
    out: tuple[str, ...],
    invented_rating: float | None,
    max_rounds: int,
    ac: bool,
) -> int:
    """Follow the overloads after some branches go out.

    NETWORK is a folder with bus.csv and branch.csv, or a file; docs/grid.md states the rules.

    \b
    Example: vidomo grid cascade --example --out L1
    """
    from vidomo.grid.ac import ac_check  # noqa: PLC0415 - numpy is slow to load
    from vidomo.grid.arrays import compile_grid  # noqa: PLC0415 - numpy is slow to load
    from vidomo.grid.cascade import CascadeRules  # noqa: PLC0415 - numpy is slow to load
    from vidomo.grid.fast import cascade as run  # noqa: PLC0415 - numpy is slow to load
    from vidomo.grid.outages import outages_from_ids  # noqa: PLC0415 - numpy is slow to load

    model = opened(network, example=example, exercise=exercise)
    grid = compile_grid(model)
    gone = outages_from_ids(grid, [branch_ids(out)])
    rules = CascadeRules(unrated_factor=invented_rating, max_rounds=max_rounds)
    found = run(grid, gone, rules=rules, by_place=True)
    total, served = float(grid.load_mw.sum()), float(found.served_mw[0])
    places = found.place_served_mw[0] if found.place_served_mw is not None else ()
    by_place: list[dict[str, Any]] = [
        {"place_code": code, "load_mw": float(load), "served_mw": float(given)}
        for code, load, given in zip(grid.place_codes, grid.place_load_mw, places, strict=True)
    ]
    facts: dict[str, Any] = {
        "out": branch_ids(out),
        "rounds": int(found.rounds[0]),
        "trips": int(found.trips[0]),
        "islands": int(found.islands[0]),
        "load_mw": total,
        "served_mw": served,
        "places": by_place,
    }
    lines = [
        f"{facts['rounds']} rounds, {facts['trips']} more branches trip, {facts['islands']} islands",
        f"{served:.1f} of {total:.1f} MW served",
    ]
    if by_place:
        rows = [
            (place["place_code"], digits(place["load_mw"]), digits(place["served_mw"]))
            for place in by_place
        ]
        lines += table(("place", "load MW", "served MW"), rows)
    assumptions = list(found.assumptions)
    if ac:
        checked = ac_check(grid, gone, [0], rules=rules)
        facts["ac"] = _ac_facts(checked)
        lines += _ac_lines(checked)
        assumptions += [said for said in checked.assumptions if said not in assumptions]
    show(model, facts, lines, assumptions, as_json=as_json)
    return 0


@click.command()
@network_options
@out_option
@click.option("--strike", multiple=True, metavar="PLACE=P", help="Probability that it is struck.")
@click.option("--strike-all", default=0.0, show_default=True, help="The same for all other places.")
@click.option("--if-struck", default=0.2, show_default=True, help="Share of branches that fail.")
@click.option("--otherwise", default=0.01, show_default=True, help="Share that fails elsewhere.")
@click.option("--horizon-h", default=24.0, show_default=True)
@click.option("--repair-median-h", default=12.0, show_default=True)
@click.option("--repair-spread", default=2.0, show_default=True, help="84 % quantile over median.")
@click.option("--scenarios", default=10_000, show_default=True, type=click.IntRange(1, 10_000_000))
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0, 2**64 - 1))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 256))
@click.option("--invented-rating", type=FiniteRange(min=1.0))
@click.option(
    "--ac", default=0, metavar="N", help="Look again in AC at the N worst of those drawn."
)
def ensemble(
    network: Path | None, example: bool, exercise: bool, as_json: bool, **asked: Any
) -> int:
    """Draw damage many times and say what becomes of the network.

    The numbers of the damage are yours; the defaults are examples and no forecast. The answer is
    the same to the last bit for any number of workers.

    \b
    Example: vidomo grid ensemble --example --strike UA00000000000000001=0.5 --scenarios 2000
    """
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - beside its neighbours

    from vidomo.grid.ac import ac_check, worst_scenarios  # noqa: PLC0415 - numpy is slow to load
    from vidomo.grid.arrays import compile_grid  # noqa: PLC0415 - numpy is slow to load
    from vidomo.grid.cascade import CascadeRules  # noqa: PLC0415 - numpy is slow to load
    from vidomo.grid.damage import DamageModel, draw_outages  # noqa: PLC0415 - numpy is slow to load
    from vidomo.grid.ensemble import run_ensemble  # noqa: PLC0415 - numpy is slow to load
    from vidomo.grid.outages import outages_from_lists  # noqa: PLC0415 - numpy is slow to load

    named = _strikes(asked["strike"])
    model = opened(network, example=example, exercise=exercise)
    grid = compile_grid(model)
    damage = DamageModel(
        horizon_h=asked["horizon_h"],
        repair_median_h=asked["repair_median_h"],
        repair_spread=asked["repair_spread"],
        strike_probability={
            **(dict.fromkeys(grid.place_codes, asked["strike_all"]) if asked["strike_all"] else {}),
            **named,
        },
        failure_if_struck=asked["if_struck"],
        failure_otherwise=asked["otherwise"],
        out_now=branch_ids(asked["out"]),
        origin=("damage as given on the command line, no forecast",),
    )
    rules = CascadeRules(unrated_factor=asked["invented_rating"])
    workers, seed = asked["workers"], asked["seed"]
    with ThreadPoolExecutor(workers) as executor:
        found = run_ensemble(
            model,
            damage,
            scenarios=asked["scenarios"],
            seed=seed,
            rules=rules,
            chunks=workers,
            executor=executor,
        )
    facts, lines = _ensemble(found)
    assumptions = list(found.assumptions)
    if asked["ac"] > 0:
        worst = worst_scenarios(found.unserved_mw, asked["ac"])
        drawn = [draw_outages(grid, damage, seed=seed, first=one, last=one + 1)[0] for one in worst]
        checked = ac_check(
            grid, outages_from_lists(grid, drawn), list(range(len(worst))), rules=rules
        )
        facts["ac"] = _ac_facts(checked, worst)
        lines += _ac_lines(checked, worst)
        assumptions += [said for said in checked.assumptions if said not in assumptions]
    show(model, facts, lines, assumptions, as_json=as_json)
    return 0


def _strikes(texts: Sequence[str]) -> dict[str, float]:
    found = {}
    for text in texts:
        code, equals, number = text.partition("=")
        try:
            found[code.strip()] = float(number)
        except ValueError as error:
            raise ConfigError(f"--strike {text!r}", hint="write PLACE=0.3") from error
        if not equals:
            raise ConfigError(f"--strike {text!r}", hint="write PLACE=0.3")
    return found


def _ensemble(found: "EnsembleResult") -> tuple[dict[str, Any], list[str]]:
    split, split_se = found.split_probability()
    mean, mean_se = found.expected_unserved_mw()
    low, middle, high = (float(value) for value in found.unserved_quantiles_mw())
    places: list[dict[str, Any]] = [
        {"place_code": code, "dark_share": known(dark), "unserved_mw": float(lost)}
        for code, dark, lost in zip(
            found.place_codes, found.place_dark_share, found.place_unserved_mw, strict=True
        )
    ]
    facts: dict[str, Any] = {
        "scenarios": found.scenarios,
        "seed": found.seed,
        "p_split": split,
        "p_split_se": split_se,
        "unserved_mw": {
            "mean": mean,
            "mean_se": known(mean_se),
            "q05": low,
            "q50": middle,
            "q95": high,
        },
        "places": places,
    }
    lines = [
        f"{found.scenarios} scenarios, seed {found.seed}",
        f"a tenth of the load leaves the largest island in {split:.4f} of them (+- {split_se:.4f})",
        f"not served: {mean:.1f} MW on average (+- {digits(mean_se, 2)})",
        f"not served, quantiles: 5 % {low:.1f}, half {middle:.1f}, 95 % {high:.1f} MW",
    ]
    rows = [
        (
            place["place_code"],
            "-" if place["dark_share"] is None else f"{place['dark_share']:.4f}",
            digits(place["unserved_mw"], 2),
        )
        for place in places
    ]
    if rows:
        lines += table(("place", "without power", "not served MW"), rows)
    return facts, lines


def _ac_facts(found: "AcTable", numbers: Sequence[int] | None = None) -> list[dict[str, Any]]:
    return [
        {
            "scenario": numbers[row] if numbers else int(found.scenario[row]),
            "status": status,
            "lowest_pu": known(found.lowest_pu[row]),
            "highest_pu": known(found.highest_pu[row]),
            "low_buses": _count(found.low_buses[row]),
            "high_buses": _count(found.high_buses[row]),
            "overloads": _count(found.overloads[row]),
            "missed_by_linear_flow": _count(found.missed[row]),
            "losses_mw": known(found.losses_mw[row]),
            "solved_share": float(found.solved_share[row]),
        }
        for row, status in enumerate(found.status)
    ]


def _ac_lines(found: "AcTable", numbers: Sequence[int] | None = None) -> list[str]:
    rows = [
        tuple(
            digits(fact[key], 3) if isinstance(fact[key], float) else _dash(fact[key])
            for key in (
                "scenario",
                "status",
                "lowest_pu",
                "highest_pu",
                "low_buses",
                "high_buses",
                "overloads",
                "missed_by_linear_flow",
            )
        )
        for fact in _ac_facts(found, numbers)
    ]
    return ["", "AC flow of where these cascades end:", *table(_AC_HEADS, rows)]


def _count(value: int) -> int | None:
    return int(value) if value >= 0 else None


def _dash(value: object) -> str:
    return "-" if value is None else str(value)
