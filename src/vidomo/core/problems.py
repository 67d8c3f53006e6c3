"""Findings about data, kept as values instead of raised."""

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing found wrong in data; the caller decides whether to stop.

    Attributes:
        code: Stable short word, such as ``time_without_zone``.
        found: What was found, with the value.
        hint: What to do about it.
        where: Line, post or field, as a person would look it up.
    """

    code: str
    found: str
    hint: str = ""
    where: str = ""
