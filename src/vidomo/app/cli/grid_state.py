"""Say what hangs together in a network, what flows, and what the loss of one branch does."""

from pathlib import Path

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


@click.command()
@network_options
@out_option
def islands(
    network: Path | None, example: bool, exercise: bool, as_json: bool, out: tuple[str, ...]
) -> int:
    """List the islands of a network, with branches out if you name any.

    NETWORK is a folder with bus.csv and branch.csv, or a file; docs/grid.md lists the kinds.

    \b
    Example: vidomo grid islands --example --out L1,L4
    """
    from vidomo.grid.arrays import branch_list, compile_grid  # noqa: PLC0415 - numpy is slow to load
    from vidomo.grid.islands import (  # noqa: PLC0415 - numpy is slow to load
        bridges,
        effective_islands,
        island_list,
    )

    model = opened(network, example=example, exercise=exercise)
    grid = compile_grid(model)
    found = island_list(grid, branch_list(grid, branch_ids(out)))
    effective = effective_islands(found)
    lost = sum(max(island.load_mw - island.capacity_mw, 0.0) for island in found)
    facts = {
        "islands": [
            {
                "buses": [grid.bus_ids[bus] for bus in island.buses],
                "load_mw": island.load_mw,
                "capacity_mw": island.capacity_mw,
                "generation_mw": island.generation_mw,
                "self_sufficiency_share": island.self_sufficiency,
                "surplus_mw": island.surplus_mw,
            }
            for island in found
        ],
        "effective_islands": effective,
        "unserved_at_least_mw": lost,
        "bridges": len(bridges(grid)),
        "out": branch_ids(out),
    }
    rows = [
        (
            grid.bus_ids[island.buses[0]],
            str(len(island.buses)),
            digits(island.load_mw),
            digits(island.capacity_mw),
            f"{island.surplus_mw:+.1f}",
            f"{island.self_sufficiency:.2f}",
        )
        for island in found
    ]
    heads = ("first bus", "buses", "load MW", "capacity MW", "surplus MW", "self-sufficiency")
    lines = [
        f"{len(found)} islands, {effective:.2f} effective; at least {lost:.1f} MW not served",
        f"{facts['bridges']} branches hold something together alone in the base state",
        *table(heads, rows),
    ]
    show(model, facts, lines, grid.assumptions, as_json=as_json)
    return 0


@click.command()
@network_options
@out_option
def flow(
    network: Path | None, example: bool, exercise: bool, as_json: bool, out: tuple[str, ...]
) -> int:
    """Print the linear (DC) flow of every branch, with branches out if you name any.

    NETWORK is a folder with bus.csv and branch.csv, or a file; docs/grid.md lists the kinds.

    \b
    Example: vidomo grid flow --example
    """
    import msgspec  # noqa: PLC0415 - beside its neighbours

    from vidomo.grid.arrays import branch_list, compile_grid  # noqa: PLC0415 - numpy is slow to load
    from vidomo.grid.flow import DcModel  # noqa: PLC0415 - numpy is slow to load

    model = opened(network, example=example, exercise=exercise)
    gone = branch_ids(out)
    branch_list(compile_grid(model), gone)
    left = tuple(
        msgspec.structs.replace(branch, in_service=branch.in_service and branch.id not in gone)
        for branch in model.branches
    )
    dc = DcModel(compile_grid(msgspec.structs.replace(model, branches=left)))
    grid, flows = dc.grid, dc.flows_mw()
    loading = abs(flows) / grid.rating_mw
    facts = {
        "branches": [
            {
                "branch": name,
                "from_bus": grid.bus_ids[grid.start[row]],
                "to_bus": grid.bus_ids[grid.stop[row]],
                "flow_mw": float(flows[row]),
                "rating_mw": known(float(grid.rating_mw[row])),
                "loading_share": known(float(loading[row])) if known(grid.rating_mw[row]) else None,
            }
            for row, name in enumerate(grid.branch_ids)
        ],
        "out": gone,
    }
    rows = [
        (
            name,
            grid.bus_ids[grid.start[row]],
            grid.bus_ids[grid.stop[row]],
            digits(flows[row]),
            digits(grid.rating_mw[row]),
            f"{loading[row]:.2f}" if known(grid.rating_mw[row]) else "-",
        )
        for row, name in enumerate(grid.branch_ids)
    ]
    lines = table(("branch", "from", "to", "flow MW", "rating MW", "loading"), rows)
    show(model, facts, lines, (*grid.assumptions, *dc.assumptions), as_json=as_json)
    return 0


@click.command()
@network_options
@click.option("--branch", multiple=True, metavar="ID", help="Look at this one; default: at all.")
def contingency(
    network: Path | None, example: bool, exercise: bool, as_json: bool, branch: tuple[str, ...]
) -> int:
    """Say what the loss of any one branch does to the others.

    Rows stand in the order of the file and are never ranked. A branch whose loss splits an
    island says so and has no loading. For planners and the desk only.

    \b
    Example: vidomo grid contingency --example
    """
    import numpy as np  # noqa: PLC0415 - slow to load

    from vidomo.grid.arrays import branch_list, compile_grid  # noqa: PLC0415 - numpy is slow to load
    from vidomo.grid.fast import contingencies  # noqa: PLC0415 - numpy is slow to load
    from vidomo.grid.flow import DcModel  # noqa: PLC0415 - numpy is slow to load

    model = opened(network, example=example, exercise=exercise)
    grid = compile_grid(model)
    asked = branch_ids(branch)
    columns = branch_list(grid, asked) if asked else np.arange(grid.branches, dtype=np.int32)
    found = contingencies(DcModel(grid), columns)
    worst = [grid.branch_ids[number] if number >= 0 else "" for number in found.worst_branch]
    facts = {
        "contingencies": [
            {
                "branch": grid.branch_ids[number],
                "splits": bool(found.is_split[row]),
                "worst_loading_share": known(float(found.worst_loading[row])),
                "worst_branch": worst[row] or None,
                "overloads": int(found.overloads[row]) if found.overloads[row] >= 0 else None,
            }
            for row, number in enumerate(columns)
        ]
    }
    rows = [
        (
            grid.branch_ids[number],
            "yes" if found.is_split[row] else "no",
            digits(found.worst_loading[row], 2),
            worst[row] or "-",
            str(found.overloads[row]) if found.overloads[row] >= 0 else "-",
        )
        for row, number in enumerate(columns)
    ]
    lines = table(("lost branch", "splits", "worst loading", "there", "overloads"), rows)
    show(model, facts, lines, found.assumptions, as_json=as_json)
    return 0
