"""Interruption indices of IEEE Std 1366: how often, and how long, customers are without power."""

import math
from collections.abc import Sequence

import msgspec

from vidomo.core.errors import InputError


class Interruption(msgspec.Struct, frozen=True, kw_only=True):
    """One sustained interruption.

    Attributes:
        customers: Customers interrupted.
        duration_h: How long, each of them.
    """

    customers: int
    duration_h: float


class InterruptionIndices(msgspec.Struct, frozen=True, kw_only=True):
    """System averages over the period that the interruptions cover.

    Attributes:
        saifi: Interruptions per customer served.
        saidi_h: Hours without power per customer served.
        caidi_h: Hours per interruption of a customer; None when there was none.
    """

    saifi: float
    saidi_h: float
    caidi_h: float | None


def interruption_indices(
    interruptions: Sequence[Interruption], *, customers_served: int
) -> InterruptionIndices:
    """Return SAIFI, SAIDI and CAIDI.

    Args:
        interruptions: Sustained ones (longer than five minutes, as the standard says);
            none at all means that none happened, never that none is known.
        customers_served: Customers of the whole system.

    Raises:
        InputError: No customers, more interrupted than served, hours below zero.

    Source: IEEE Std 1366-2012, clause 4.
    """
    if customers_served < 1:
        raise InputError(f"{customers_served} customers are served", hint="at least one")
    for each in interruptions:
        if not 0 <= each.customers <= customers_served:
            raise InputError(f"{each.customers} of {customers_served} customers interrupted")
        if not (math.isfinite(each.duration_h) and each.duration_h >= 0):
            raise InputError(f"an interruption of {each.duration_h} h")
    hit = sum(each.customers for each in interruptions)
    hours = math.fsum(each.customers * each.duration_h for each in interruptions)
    return InterruptionIndices(
        saifi=hit / customers_served,
        saidi_h=hours / customers_served,
        caidi_h=hours / hit if hit else None,
    )
