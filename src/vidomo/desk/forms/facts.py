"""Fetches what a form is filled from through the gate: one way for residents, one for the desk."""

from collections.abc import Iterable
from datetime import datetime

from vidomo.desk.forms.model import DeskFacts, Form, Given, PublicFacts
from vidomo.disclosure.gate import PublicGate, gate
from vidomo.disclosure.release import Release
from vidomo.gazetteer import Gazetteer
from vidomo.situation.model import Situation

DESK_POLICY = "operator-only"
NOTHING_GIVEN = Given()


def public_facts(
    situation: Situation,
    place: str,
    *,
    gazetteer: Gazetteer,
    now: datetime | None = None,
    releases: Iterable[Release] = (),
    present: Situation | None = None,
    given: Given = NOTHING_GIVEN,
) -> PublicFacts:
    """Return what residents may be told of a place, with the addresses they are invited to.

    Args:
        situation: What holds.
        place: Code of the place.
        gazetteer: Units of all places.
        now: As in ``gate``.
        releases: As in ``gate``.
        present: As in ``gate``.
        given: What the officer typed in.
    """
    opened = PublicGate(situation, gazetteer=gazetteer, now=now, releases=releases, present=present)
    return PublicFacts(
        view=opened.view(place),
        place=place,
        invitations=opened.invitations(place),
        given=given,
    )


def desk_facts(
    situation: Situation, place: str, *, gazetteer: Gazetteer, given: Given = NOTHING_GIVEN
) -> DeskFacts:
    """Return what the authorities may be told of a place."""
    view = gate(situation, policy=DESK_POLICY, gazetteer=gazetteer, also=(place,))
    return DeskFacts(view=view, place=place, given=given)


def facts_for(
    form: Form,
    situation: Situation,
    place: str,
    *,
    gazetteer: Gazetteer,
    releases: Iterable[Release] = (),
    given: Given = NOTHING_GIVEN,
) -> PublicFacts | DeskFacts:
    """Return the facts that the audience of a form may see."""
    if form.is_public:
        return public_facts(situation, place, gazetteer=gazetteer, releases=releases, given=given)
    return desk_facts(situation, place, gazetteer=gazetteer, given=given)
