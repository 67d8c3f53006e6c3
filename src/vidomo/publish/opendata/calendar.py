"""Announced outages as a calendar; one that was withdrawn is cancelled, not forgotten."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta

from vidomo.disclosure.open_model import OpenStatement, OpenView
from vidomo.publish.atlas import Atlas
from vidomo.publish.opendata.ledger import Announced
from vidomo.publish.opendata.table import clean, is_address
from vidomo.publish.opendata.words import data_words, run_by
from vidomo.publish.words import LANGUAGES


def as_calendar(
    view: OpenView, outages: Mapping[str, Announced], *, atlas: Atlas, publisher: str
) -> bytes:
    """Return the announced outages as iCalendar (RFC 5545), each as whole days.

    Args:
        view: What may be given away.
        outages: Every outage that was ever in the calendar, by id of its row. Of one that is no
            longer in the view only its days are told, and that it is cancelled.
        atlas: Names.
        publisher: Who publishes the data.
    """
    from icalendar import Calendar, Event  # noqa: PLC0415 - only whoever writes a package needs it

    rows = {row.id: row for row in view.outages}
    calendar = Calendar()
    calendar.add("prodid", "-//Vidomo//open data//UK")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _both("calendar.name"))
    calendar.add("x-wr-caldesc", f"{_both('calendar.about')} {run_by(publisher)}")
    for name, one in sorted(outages.items(), key=lambda pair: (pair[1].start, pair[0])):
        row = rows.get(name)
        event = Event()
        event.add("uid", f"{name}@open-data.vidomo")
        event.add("dtstamp", datetime.combine(one.told, time(0), UTC))
        event.add("dtstart", one.start)
        event.add("dtend", one.until + timedelta(days=1))
        event.add("sequence", one.sequence)
        event.add("transp", "TRANSPARENT")
        if row is None or one.is_cancelled:
            event.add("status", "CANCELLED")
            event.add("summary", _both("calendar.cancelled"))
        else:
            event.add("status", "CONFIRMED")
            event.add("summary", _summary(row, atlas))
            event.add("description", _both("calendar.by", speaker=clean(row.speaker)))
            if is_address(row.url):
                event.add("url", row.url)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _summary(row: OpenStatement, atlas: Atlas) -> str:
    key = "calendar.part" if row.is_of_part else "calendar.whole"
    return " / ".join(
        data_words(lang)(key, place=atlas.label(row.place, lang=lang)) for lang in LANGUAGES
    )


def _both(key: str, **values: object) -> str:
    return " / ".join(data_words(lang)(key, **values) for lang in LANGUAGES)
