"""Say what is wrong with JSON that cannot be read."""

import re

from vidomo.sources.files.row import RowRefused

_HALF_CHARACTER = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    rb"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)


def broken_json(raw: bytes, error: Exception, *, hint: str) -> RowRefused:
    """Return the refusal for JSON that could not be decoded.

    Args:
        raw: The JSON.
        error: What the decoder said.
        hint: What good JSON looks like here.
    """
    if isinstance(error, RecursionError):
        return RowRefused("nested_too_deep", "the JSON is nested too deeply", hint=hint)
    if half := _HALF_CHARACTER.search(raw):
        return RowRefused(
            "lone_surrogate",
            f"half a character, {half[0].decode()}, in the JSON",
            hint="export the file again; it was cut inside a character",
        )
    if "truncated" in str(error):
        return RowRefused(
            "json_cut_short",
            "the JSON ends in the middle",
            hint="copy or download the file again",
        )
    return RowRefused("not_json", f"this is no JSON: {error}", hint=hint)
