"""Vidomo: what is known, who says so, how sure, since when, and what is not known yet."""

from typing import Any

__all__ = ["read"]


def __getattr__(name: str) -> Any:
    # The reader and its tables are loaded when they are asked for, not at import.
    if name == "read":
        from vidomo.app.reader import read  # noqa: PLC0415

        return read
    raise AttributeError(f"module 'vidomo' has no attribute {name!r}")
