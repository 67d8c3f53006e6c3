"""Ask a power network: what hangs together, what flows, what follows, what to mend first."""

import click

COMMANDS = {
    "islands": "grid_state:islands",
    "flow": "grid_state:flow",
    "contingency": "grid_state:contingency",
    "cascade": "grid_cascade:cascade",
    "ensemble": "grid_cascade:ensemble",
    "restore": "grid_restore:restore",
}


class GridGroup(click.Group):
    """A group that imports a command when it is asked for, so that help is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Return a command, None when there is none of that name."""
        where = COMMANDS.get(cmd_name)
        if where is None:
            return None
        module, _, attribute = where.partition(":")
        loaded = __import__(f"vidomo.app.cli.{module}", fromlist=[attribute])
        command: click.Command = getattr(loaded, attribute)
        return command


@click.group(cls=GridGroup)
def grid() -> None:
    """Compute on a power network of your own, or on a public benchmark.

    \b
    Example: vidomo grid islands --example
    """
