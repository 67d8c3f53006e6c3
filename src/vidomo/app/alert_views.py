"""What a message may rest on: the public view of each of its places, as of now."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from vidomo.app.alert_rules import Views
from vidomo.desk.alerts.all_clear import all_clears_for
from vidomo.desk.alerts.known import known_words
from vidomo.desk.alerts.model import Kind
from vidomo.disclosure.gate import PublicGate
from vidomo.disclosure.model import Said
from vidomo.disclosure.release import Release
from vidomo.gazetteer import Gazetteer
from vidomo.situation.model import Situation


class Knowing(Protocol):
    """What is asked of a house."""

    gazetteer: Gazetteer

    def now(self) -> datetime:
        """Return the instant that is asked about when nobody names one."""
        ...

    def situation(self) -> Situation:
        """Return what holds now as far as it is known."""
        ...


def views_of(house: Knowing, places: Iterable[str], *, releases: Sequence[Release]) -> Views:
    """Return what residents may see of each of some places now."""
    opened = PublicGate(
        house.situation(), gazetteer=house.gazetteer, now=house.now(), releases=releases
    )
    return {code: opened.view(code) for code in places}


def said_for(
    kind: Kind, places: Sequence[str], views: Views, *, gazetteer: Gazetteer
) -> tuple[Said, ...]:
    """Return the statements that a message of a kind quotes; none for one that quotes nothing.

    Raises:
        DisclosureForbidden: An all-clear that no authority has given for one of the places.
        NothingKnown: Nobody said anything that may be shown.
    """
    found = [views.get(code) for code in places]
    if kind is Kind.ALL_CLEAR:
        return all_clears_for(places, found, gazetteer=gazetteer)
    return known_words(found) if kind is Kind.KNOWN else ()


def quotes(kind: Kind) -> bool:
    """Return whether a message of a kind quotes what officials said: views are needed for it."""
    return kind in {Kind.ALL_CLEAR, Kind.KNOWN}
