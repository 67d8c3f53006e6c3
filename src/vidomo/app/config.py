"""Options: read once, here, and passed down."""

import os
from pathlib import Path


def default_folder() -> Path:
    """Return the data folder when nobody names one.

    ``VIDOMO_DATA`` if set, else ``vidomo`` under ``XDG_DATA_HOME`` or ``~/.local/share``
    (XDG base directory specification).
    """
    named = os.environ.get("VIDOMO_DATA")  # noqa: TID251 - options are read here
    if named:
        return Path(named)
    base = os.environ.get("XDG_DATA_HOME")  # noqa: TID251 - options are read here
    return (Path(base) if base else Path.home() / ".local" / "share") / "vidomo"
