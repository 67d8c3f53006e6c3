"""Files of labels, in the form that the product itself exports."""

from pathlib import Path

import msgspec

from vidomo.app.labels import LabelClaim, Labelled, LabelNumber, LabelPlace, LabelUnknown
from vidomo.core.errors import InputError

__all__ = [
    "LabelClaim",
    "LabelNumber",
    "LabelPlace",
    "LabelUnknown",
    "Labelled",
    "read_labels",
]


def read_labels(path: Path) -> list[Labelled]:
    """Return the lines of a label file in order.

    Raises:
        InputError: There is no file, or a line is no label; the message names the line.
    """
    if not path.is_file():
        raise InputError(f"there is no label file {path.name}", hint="write it with draft")
    decoder = msgspec.json.Decoder(Labelled)
    rows = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            rows.append(decoder.decode(line))
        except msgspec.DecodeError as error:
            raise InputError(f"{path.name}, line {number}: {error}", hint="mend it") from error
    return rows
