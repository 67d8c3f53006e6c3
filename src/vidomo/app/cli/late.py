"""Groups of commands that import a command when it is asked for, so that help is quick."""

from collections.abc import Mapping
from typing import Any

import click


class LateGroup(click.Group):
    """A group with commands that are imported late, beside those that were added to it.

    Args:
        late: Module of ``vidomo.app.cli`` and attribute by name of the command, as
            ``"grid_state:islands"``, in the order in which help lists them.
    """

    def __init__(self, *given: Any, late: Mapping[str, str], **options: Any) -> None:
        super().__init__(*given, **options)
        self._late = late

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, those of other modules first."""
        return [*self._late, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, None when there is none of that name."""
        where = self._late.get(cmd_name)
        if where is None:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = where.partition(":")
        loaded = __import__(f"vidomo.app.cli.{module}", fromlist=[attribute])
        command: click.Command = getattr(loaded, attribute)
        return command
