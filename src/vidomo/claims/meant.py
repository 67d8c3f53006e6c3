"""Puts the rules together that tell how statements are meant from all that a text says."""

from collections.abc import Sequence

from vidomo.claims.claiming import Draft
from vidomo.claims.findings import Findings
from vidomo.claims.generic import with_generic
from vidomo.claims.planned import with_planned
from vidomo.claims.schedules import with_schedules
from vidomo.claims.states import with_states


def as_meant(found: Findings, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the statements of a text: plans, how things stand, and attacks in general as such."""
    planned = with_planned(found, with_schedules(found, drafts))
    return with_generic(found, with_states(found, planned))
