"""Makes the sheet of a hand-over from the journal, and the same one again at any later time."""

from datetime import datetime

from vidomo.app.desk_book import entries_in
from vidomo.app.house import House
from vidomo.app.releases import releases_in
from vidomo.desk.alerts.life import alerts_of
from vidomo.desk.alerts.model import State
from vidomo.desk.entry import Entry
from vidomo.desk.handover.make import make_sheet
from vidomo.desk.handover.model import InForce, Sheet
from vidomo.desk.tasks.model import tasks_of
from vidomo.disclosure.gate import PublicGate, gate
from vidomo.publish.alerts.model import Status

PUBLIC = "ua-public"
DESK = "operator-only"
_HANDED_ON = frozenset({State.ISSUED, State.ISSUING, State.DRAFT, State.HELD, State.APPROVED})


def sheet_of(
    house: House, territory: str, *, at: datetime, made_by: str, lang: str = "uk"
) -> Sheet:
    """Return what is handed over at a territory as it was known at an instant.

    Args:
        house: Open for reading.
        territory: Code of the place whose watch it is.
        at: The instant, by the clock of the house.
        made_by: Id of the person.
        lang: Language of the headlines of alerts.
    """
    found = house.situation(valid_at=at, known_at=at)
    atlas = house.gazetteer
    entries = entries_in(house.journal, known_at=at)
    view = gate(found, policy=DESK, gazetteer=atlas, also=(territory,))
    passed = PublicGate(
        found,
        policy=PUBLIC,
        gazetteer=atlas,
        now=at,
        releases=releases_in(house.journal, known_at=at),
    )
    return make_sheet(
        view,
        territory=territory,
        at=at,
        made_by=made_by,
        tasks=tasks_of(entries),
        alerts=in_force(entries, at=at, lang=lang),
        withheld=passed.withheld({one.place for one in view.places}),
        atlas=atlas,
    )


def in_force(entries: tuple[Entry, ...], *, at: datetime, lang: str) -> tuple[InForce, ...]:
    """Return the alerts of this desk that hold, or wait for somebody."""
    found = []
    for life in alerts_of(entries, now=at):
        if life.state not in _HANDED_ON:
            continue
        infos = life.draft.alert.infos
        told = next(
            (one for one in infos if one.language.startswith(lang)), infos[0] if infos else None
        )
        status = life.draft.alert.status
        found.append(
            InForce(
                id=life.id,
                headline=(told.headline or told.event) if told else life.id,
                state=life.state.value,
                places=life.draft.places,
                issued_at=life.issued_at,
                expires=max((one.expires for one in infos if one.expires), default=None),
                kind="" if status is Status.ACTUAL else status.value.lower(),
            )
        )
    return tuple(found)
