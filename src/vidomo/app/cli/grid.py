"""Ask a power network: what hangs together, what flows, what follows, what to mend first."""

import click

from vidomo.app.cli.late import LateGroup

COMMANDS = {
    "islands": "grid_state:islands",
    "flow": "grid_state:flow",
    "contingency": "grid_state:contingency",
    "cascade": "grid_cascade:cascade",
    "ensemble": "grid_cascade:ensemble",
    "restore": "grid_restore:restore",
}


@click.group(cls=LateGroup, late=COMMANDS)
def grid() -> None:
    """Compute on a power network of your own, or on a public benchmark.

    \b
    Example: vidomo grid islands --example
    """
