"""Tells a hand-over's sheet in words, section by section."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from vidomo.core.time import KYIV
from vidomo.desk.handover.fit import Line, Part
from vidomo.desk.handover.make import tone_of
from vidomo.desk.handover.model import (
    Asking,
    Holding,
    InForce,
    Kept,
    PlaceHolds,
    Promise,
    Running,
    Sheet,
    Silence,
)
from vidomo.publish.words import Words

_LONGEST_QUOTE = 160


class Telling:
    """Puts one sheet in words.

    Args:
        sheet: The sheet.
        w: Words of the desk.
        t: Words of the public pages, for phases, topics and the like.
        label: Returns the name of a place, alone or with raion and oblast.
        name: Returns the name of a person.
    """

    def __init__(
        self,
        sheet: Sheet,
        *,
        w: Words,
        t: Words,
        label: Callable[[str, bool], str],
        name: Callable[[str], str],
    ) -> None:
        self._sheet, self._w, self._t, self._name, self._label = sheet, w, t, name, label
        codes = {one.place for one in sheet.holds} | {one.place for one in sheet.tasks}
        codes |= {one.place for one in sheet.asked} | {one.place for one in sheet.promises}
        codes |= {one.place for one in sheet.kept}
        named = Counter(label(code, False) for code in codes if code)
        self._namesakes = {name for name, count in named.items() if count > 1}

    def parts(self) -> tuple[Part, ...]:
        """Return the sections with all their rows, the most pressing section first."""
        sheet = self._sheet
        alerts = sheet.alerts
        return (
            Part(
                key="alerts",
                lines=tuple(map(self._alert, alerts or ())),
                nothing="none" if alerts is not None else "alerts_off",
            ),
            Part(key="holds", lines=tuple(map(self._holds, sheet.holds))),
            Part(key="tasks", lines=tuple(map(self._task, sheet.tasks))),
            Part(key="promises", lines=tuple(map(self._promise, sheet.promises))),
            Part(key="asked", lines=tuple(map(self._asked, sheet.asked))),
            Part(key="silent", lines=tuple(map(self._silence, sheet.silent))),
            Part(key="kept", lines=tuple(map(self._kept, sheet.kept))),
        )

    def moment(self, instant: datetime | None) -> str:
        """Return an instant in Kyiv time, the day only where it is another one."""
        if instant is None:
            return self._w("base.not_known")
        local, near = instant.astimezone(KYIV), self._sheet.at.astimezone(KYIV)
        if local.date() == near.date():
            return f"{local:%H:%M}"
        return f"{local:%d.%m %H:%M}" if local.year == near.year else f"{local:%d.%m.%Y %H:%M}"

    def place(self, code: str) -> str:
        """Return the name of a place; with raion and oblast where another one has that name."""
        if not code:
            return self._w("handover.place_unclear")
        short = self._label(code, False)
        return self._label(code, True) if short in self._namesakes else short

    def _holds(self, row: PlaceHolds) -> Line:
        said = "; ".join(self._holding(one) for one in row.holds)
        tones = [tone_of(one.phase) for one in row.holds if not one.stale]
        tone = next((tone for tone in ("danger", "caution") if tone in tones), "")
        return Line(
            text=f"{self.place(row.place)}: {said}", tone=tone, link=f"/desk/place/{row.place}"
        )

    def _holding(self, one: Holding) -> str:
        phase = self._t.label("phase", f"{one.dimension}.{one.phase}")
        said = f"{self._t.label('dimension', one.dimension)} \u2013 {phase.lower()}"
        marks = []
        if one.since is not None:
            marks.append(self._w("handover.since", at=self.moment(one.since)))
        if one.inherited_from:
            marks.append(self.place(one.inherited_from))
        if one.stale:
            marks.append(self._w("handover.stale"))
        if one.is_unofficial:
            marks.append(self._w("handover.unofficial"))
        return f"{said} ({', '.join(marks)})" if marks else said

    def _asked(self, row: Asking) -> Line:
        status = self._t.label("question_status", row.status)
        subject = self._t.label("question", row.subject)
        who = ", ".join(row.asked_by) or self._w("base.not_known")
        topic = self._t.label("topic", row.topic)
        return Line(
            text=f"{self.place(row.place)}: {subject} ({topic}) \u2013 {status}; "
            f"{who}, {self.moment(row.asked_at)}",
            link=f"/desk/place/{row.place}" if row.place else "",
        )

    def _task(self, row: Running) -> Line:
        tone = {"overdue": "danger", "soon": "caution"}.get(row.urgency, "")
        who = self._name(row.owner) if row.owner else row.office or self._w("tasks.nobody")
        due = f"{self._w('tasks.until')} {self.moment(row.due)}" if row.due else ""
        mark = self._w(f"tasks.urgency_{row.urgency}") if tone else ""
        said = ", ".join(filter(None, (mark, due, who)))
        place = f" [{self.place(row.place)}]" if row.place else ""
        return Line(
            text=f"{row.text} \u2013 {said}{place}", tone=tone, link=f"/desk/tasks/{row.id}"
        )

    def _promise(self, row: Promise) -> Line:
        quote = (
            row.quote if len(row.quote) <= _LONGEST_QUOTE else f"{row.quote[:_LONGEST_QUOTE]}\u2026"
        )
        until = self._w("handover.until", at=self.moment(row.until)) if row.until else ""
        over = self._w("handover.over") if row.is_over else ""
        unofficial = self._w("handover.unofficial") if row.is_unofficial else ""
        said = ", ".join(filter(None, (until, over, row.speaker, unofficial)))
        return Line(
            text=f"{self.place(row.place)}: \u00ab{quote}\u00bb \u2013 {said}",
            tone="caution" if row.is_over else "",
            link=f"/desk/trace/{row.claim}",
        )

    def _silence(self, row: Silence) -> Line:
        answered = self.moment(row.answered_at) if row.answered_at else self._w("handover.never")
        said = self._w("handover.silent_since", at=self.moment(row.since), answered=answered)
        return Line(text=f"{row.title or row.source}: {said}", tone="caution")

    def _alert(self, row: InForce) -> Line:
        places = ", ".join(map(self.place, row.places))
        until = self._w("handover.until", at=self.moment(row.expires)) if row.expires else ""
        kind = self._w(f"handover.kind_{row.kind}") if row.kind else ""
        state = self._w(f"handover.alert_{row.state}")
        said = ", ".join(filter(None, (kind, state, until, places)))
        is_out = row.state == "issued"
        return Line(
            text=f"{row.headline} \u2013 {said}",
            tone="danger" if is_out and not kind else "caution",
            link=f"/desk/alerts/{row.id}",
        )

    def _kept(self, row: Kept) -> Line:
        topics = ", ".join(self._t.label("topic", one) for one in row.topics)
        until = (
            self._w("handover.until", at=self.moment(row.until))
            if row.until
            else self._w("handover.for_good")
        )
        rule = self._w.label("handover", f"rule_{row.rule}")
        return Line(
            text=f"{self.place(row.place)}: {rule} \u2013 {row.count} ({topics}), {until}",
            link=f"/desk/place/{row.place}" if row.place else "",
        )
