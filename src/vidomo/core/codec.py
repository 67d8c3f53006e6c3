"""Canonical JSON: one value, one byte string."""

from typing import TypeVar

import msgspec

_ENCODER = msgspec.json.Encoder(order="deterministic")
T = TypeVar("T")


def to_json(value: object) -> bytes:
    """Return the canonical JSON bytes of a value: fields and keys in one fixed order."""
    return _ENCODER.encode(value)


def from_json(data: bytes | str, kind: type[T]) -> T:
    """Return the value of a type that the JSON holds.

    Raises:
        msgspec.ValidationError: The JSON is not of that type.
    """
    return msgspec.json.decode(data, type=kind)
