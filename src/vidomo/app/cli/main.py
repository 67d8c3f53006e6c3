"""The command group and its exit codes."""

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from vidomo.app.cli.late import LateGroup
from vidomo.core.errors import VidomoError

COMMANDS = {
    "run": "serve:run",
    "demo": "serve:demo",
    "publish": "publish:publish",
    "alert": "alert:alert",
    "read": "read:read",
    "check": "check:check",
    "digest": "digest:digest",
    "import": "intake:import_posts",
    "state": "know:state",
    "incidents": "know:incidents",
    "questions": "know:questions",
    "history": "past:history",
    "diff": "past:diff",
    "review": "review:review",
    "decide": "decide:decide",
    "gate": "gate:gate",
    "trace": "past:trace",
    "measures": "measures:measures",
    "services": "services:services",
    "grid": "grid:grid",
    "outlook": "outlook:outlook",
    "places": "places:places",
    "desk": "desk:desk",
    "form": "forms:form",
    "sources": "sources:sources",
    "collect": "sources:collect",
    "store": "store:store",
}
EXIT_CODES = """\b
Exit codes: 0 done, 1 a bug, 2 wrong usage, 3 nothing known, 4 a source did not
answer, 5 the input was refused in whole or in part (the rest is stored),
6 the machine refused (disk, permission, port, a database of a newer version)."""


@click.group(
    cls=LateGroup,
    late=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EXIT_CODES,
)
@click.version_option(package_name="vidomo")
def vidomo() -> None:
    """Show what is known, who says so, how sure, since when, and what is not known yet.

    \b
    Example: vidomo demo
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command; end with the exit code that tells what the caller can do."""
    try:
        code = vidomo.main(args=arguments, prog_name="vidomo", standalone_mode=False)
        sys.stdout.flush()
    except VidomoError as error:
        _say(error.message, error.hint)
        sys.exit(error.exit_code)
    except click.exceptions.Abort:
        _say("stopped by you", "everything acknowledged so far is stored")
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # Whoever read our output went away (`| head`): not an error, but nothing may be flushed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)


def _say(message: str, hint: str) -> None:
    click.echo(f"vidomo: {message}", err=True)
    if hint:
        click.echo(f"  hint: {hint}", err=True)


if __name__ == "__main__":
    main()
