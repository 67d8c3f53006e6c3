"""Identifiers derived from content, so that the same input gets the same id."""

import hashlib

import msgspec

_ENCODER = msgspec.json.Encoder(order="deterministic")


def content_id(prefix: str, *parts: object) -> str:
    """Return ``prefix_`` and 20 hex digits of a digest over the parts.

    The parts are digested as one JSON list, so that two different lists can
    never run together into one string.

    Args:
        prefix: Kind of the thing, such as ``rep`` or ``clm``.
        parts: Anything that msgspec writes as JSON.
    """
    digest = hashlib.blake2b(_ENCODER.encode(parts), digest_size=10).hexdigest()
    return f"{prefix}_{digest}"
