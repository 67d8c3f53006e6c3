"""The compiled kernels, loaded through ctypes; None where they were not built.

What both sides agree on stands in ``kernel/kernel.h``: an ABI number, and four structs whose
sizes are compared when the library is loaded. A call lets go of the interpreter's lock.
"""

import ctypes
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidomo.core.errors import MachineRefused

ABI = 2
LIBRARY = Path(__file__).parent / "kernel" / "libvidomo_grid.so"


def _fields(text: str) -> list[tuple[str, Any]]:
    kinds = {"n": ctypes.c_int64, "i": ctypes.c_int32, "p": ctypes.c_void_p}
    words = (word.split(":") for word in text.split())
    return [(name, kinds[kind]) for kind, name in words]


class Factor(ctypes.Structure):
    """Symbolic factor and matrix."""

    _fields_ = _fields(
        "n:buses n:branches p:upper_start p:upper_row p:column_start p:column_row p:row_start "
        "p:row_column p:parent p:start p:stop p:entry p:susceptance p:upper p:diagonal p:weight"
    )


class Screening(ctypes.Structure):
    """Loss of one branch at a time."""

    _fields_ = _fields(
        "p:values p:pivots p:flow n:watched p:watch p:inverse_rating n:count p:lost p:worst "
        "p:where p:overloads p:flows"
    )


class Cascade(ctypes.Structure):
    """Cascades of many scenarios."""

    _fields_ = _fields(
        "p:limit p:generation p:headroom p:load n:count p:offset p:lost i:max_rounds i:places "
        "n:links p:link_place p:link_bus p:link_load p:rounds p:out p:islands p:served p:largest "
        "p:by_place"
    )


class Islands(ctypes.Structure):
    """Islands of many scenarios."""

    _fields_ = _fields(
        "n:buses n:branches p:label p:enter p:leave p:load_before p:capacity_before p:start "
        "p:stop p:load p:capacity n:count p:offset p:lost p:islands p:largest p:unserved"
    )


_STRUCTS = (Factor, Screening, Cascade, Islands)
_Struct = Factor | Screening | Cascade | Islands


@lru_cache(maxsize=1)
def library() -> ctypes.CDLL | None:
    """Return the kernels; None where they are not built or of another version."""
    try:
        found = ctypes.CDLL(str(LIBRARY))
    except OSError:
        return None
    if found.vidomo_grid_abi() != ABI or any(
        found.vidomo_grid_size(place) != ctypes.sizeof(kind) for place, kind in enumerate(_STRUCTS)
    ):
        return None
    found.vidomo_grid_tree.restype = ctypes.c_int64
    found.vidomo_grid_tree.argtypes = [ctypes.c_int64] + [ctypes.c_void_p] * 4
    found.vidomo_grid_pattern.restype = None
    found.vidomo_grid_pattern.argtypes = [ctypes.c_int64] + [ctypes.c_void_p] * 7
    found.vidomo_grid_factor.restype = None
    found.vidomo_grid_factor.argtypes = [ctypes.c_void_p] * 4
    found.vidomo_grid_islands.restype = None
    found.vidomo_grid_islands.argtypes = [ctypes.c_void_p]
    found.vidomo_grid_uniforms.restype = None
    found.vidomo_grid_uniforms.argtypes = [
        ctypes.c_uint64,
        ctypes.c_uint32,
        ctypes.c_uint64,
        ctypes.c_uint64,
        ctypes.c_uint32,
        ctypes.c_void_p,
    ]
    for call in (found.vidomo_grid_screen, found.vidomo_grid_cascade):
        call.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int32]
    return found


def lanes() -> int:
    """Return how many scenarios go side by side on this processor; 0 without kernels."""
    found = library()
    return int(found.vidomo_grid_width()) if found else 0


def fill(struct: _Struct, **fields: int | NDArray[Any] | None) -> None:
    """Write numbers and the addresses of arrays into a struct.

    The caller keeps the arrays alive as long as the struct is used; the struct keeps
    a list of them to that end.
    """
    kept = getattr(struct, "kept", [])
    for name, value in fields.items():
        if isinstance(value, np.ndarray):
            flat = np.ascontiguousarray(value)
            kept.append(flat)
            setattr(struct, name, flat.ctypes.data)
        else:
            setattr(struct, name, value)
    struct.kept = kept


def refuse_failure(status: int) -> None:
    """Raise when a kernel found no memory.

    Raises:
        MachineRefused: ``status`` is not zero.
    """
    if status:
        raise MachineRefused("no memory for the cascade", hint="run fewer workers at once")
