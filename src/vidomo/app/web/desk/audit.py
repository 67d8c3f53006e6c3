"""The audit trail: every act at the desk and every decision, to be read and never changed."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from starlette.responses import Response

from vidomo.app.decisions import decisions_in
from vidomo.app.desk_book import entries_in
from vidomo.app.releases import releases_in
from vidomo.app.reviewed import Reviewed, reviewed_in
from vidomo.app.web.asked import asked_moments
from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.app.web.desk.own import of_own
from vidomo.app.web.desk.route import DeskRoute, Visit
from vidomo.desk.entry import Entry
from vidomo.desk.page import DeskLink
from vidomo.disclosure.release import Release
from vidomo.situation.decision import Decision
from vidomo.store.journal import Journal

LINKS = (DeskLink("/desk/audit", "audit.title", "u"),)
SHOWN = 300
"""Acts on one page; the form narrows them down."""


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the trail.

    Attributes:
        at: When, by the clock of whoever did it.
        by: Id of the person, or the name that was given at the command line.
        what: What was done.
        subjects: Ids of the things.
        place: Code of the place, empty for none.
        reason: Why.
        record: Id of the record, which ``vidomo store verify`` covers.
    """

    at: datetime
    by: str
    what: str
    subjects: tuple[str, ...]
    place: str = ""
    reason: str = ""
    record: str


def routes(_: DeskSite) -> Sequence[DeskRoute]:
    """Return the paths."""
    return (DeskRoute("/desk/audit", show, example=lambda _: {}),)


async def show(visit: Visit) -> Response:
    """Answer with what was done, the newest first: by a person, about a thing, in a time."""
    by, thing = visit.given("by")[:80], visit.given("thing").strip()[:60]
    asked = asked_moments(visit.request)  # at: from then on; known: until then
    table = visit.desk.table

    def every(journal: Journal) -> tuple[Act, ...]:
        return acts_in(journal, waiting=table.waiting_entries())

    found = await of_own(visit, every)
    fitting = [
        one
        for one in found
        if (not by or one.by == by)
        and (
            not thing or thing == one.record or thing in one.subjects or one.what.startswith(thing)
        )
        and (asked.valid_at is None or one.at >= asked.valid_at)
        and (asked.known_at is None or one.at < asked.known_at)
    ]
    return visit.page(
        "audit.html",
        acts=fitting[:SHOWN],
        left=max(0, len(fitting) - SHOWN),
        people=sorted({one.by for one in found}),
        by=by,
        thing=thing,
        since=asked.valid_at,
        until=asked.known_at,
    )


def acts_in(journal: Journal, *, waiting: Sequence[Entry] = ()) -> tuple[Act, ...]:
    """Return every act of a person, the newest first.

    Args:
        journal: Where they are written.
        waiting: Sign-ins that are on their way there.
    """
    entries = {one.id: one for one in (*entries_in(journal), *waiting)}
    found = [
        Act(
            at=one.at,
            by=one.by,
            what=one.what,
            subjects=(one.subject,),
            place=one.place,
            reason=one.reason,
            record=one.id,
        )
        for one in entries.values()
    ]
    for decision in decisions_in(journal):
        subjects = tuple(anchor.claim for anchor in decision.on) or (decision.target,)
        found.append(
            _act(decision.at, decision.by, f"decision.{decision.kind}", subjects, decision)
        )
    for release in releases_in(journal):
        what = "release.seconded" if release.confirms else "release.asked"
        found.append(_act(release.at, release.by, what, (release.claim,), release))
    for answer in reviewed_in(journal):
        what = f"review.{answer.verdict}"
        found.append(_act(answer.at, answer.by, what, (answer.report, answer.version), answer))
    found.sort(key=lambda one: (one.at, one.record), reverse=True)
    return tuple(found)


def _act(
    at: datetime,
    by: str,
    what: str,
    subjects: tuple[str, ...],
    record: Decision | Release | Reviewed,
) -> Act:
    return Act(at=at, by=by, what=what, subjects=subjects, reason=record.reason, record=record.id)
