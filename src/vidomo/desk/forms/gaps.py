"""Fills one gap at a time from what is known; what nobody said is left to the form's own words."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from vidomo.desk.forms.model import Basis, DeskFacts, Facts, PublicFacts
from vidomo.desk.forms.phrases import COUNTED, WHOLE_DAY, Phrases
from vidomo.disclosure.model import DIMENSIONS, DimensionView, Said
from vidomo.gazetteer import Gazetteer
from vidomo.publish.page.telling import ADVICE_STALE

Sentences = tuple[tuple[str, tuple[str, ...]], ...]
Found = tuple[Sentences, Basis]
NOT_FOUND: Found = ((), Basis.UNKNOWN)

SUPPLIES = ("power", "water", "heat", "gas", "communications")
HELP = ("help.point", "help.water", "help.phone")
_PLAIN = (
    "place.name",
    "place.full",
    "place.oblast",
    "body",
    "contact",
    "as_of",
    "next_at",
    "all_clear",
    "happened",
    "questions",
    "advice",
    "figures.harm",
    "figures.damage",
    "corrections",
)
PUBLIC_ONLY = HELP
"""Addresses come from invitations, which only the page of one place may hold."""
DESK_ONLY = ("conflicts", "sources.silent")
"""What differs between speakers and who is silent is for the authorities."""
SOURCES = (
    *_PLAIN,
    *(f"phase.{name}" for name in DIMENSIONS),
    *(f"since.{name}" for name in DIMENSIONS),
    *(f"promise.{name}" for name in SUPPLIES),
    *PUBLIC_ONLY,
    *DESK_ONLY,
)
"""What a gap can be filled from; ``note.NAME`` besides is what an officer types in."""
NOTE = "note."
WHOLE = ("phase.", "promise.", "figures.", "help.")
"""Beginnings of the sources that give whole sentences."""
SENTENCES = ("all_clear", "happened", "questions", "advice", "corrections", *DESK_ONLY)

_EVENT, _PARTIAL = "event.", "partial"
_ASIDE = frozenset({"all_clear_being_confirmed", "all_clear_announced"})
_OLD_CLAIM = timedelta(hours=6)
"""Age at which an all-clear that nobody confirmed is not told any more, as in digests."""
_BACK = frozenset({"normal", "restored"})
_PROMISES = frozenset({"forecast", "announced"})
_TOLD = frozenset({"report", "assessment"})
_SHOWN = frozenset({"current", "differs"})
_STEP = timedelta(minutes=15)
_BY_HAND_LIMIT = 2000


def gives_sentences(source: str) -> bool:
    """Return whether a source gives whole sentences, so that its gap stands on a line alone."""
    return source in SENTENCES or source.startswith(WHOLE)


class Gaps:
    """Everything that the gaps of a form can be filled from, for one place.

    Args:
        facts: What is known; its view must hold the place.
        phrases: Words for it.
        atlas: Borders of places.
        next_after_min: Minutes after which the form promises the next message; 0 for no promise.

    Raises:
        KeyError: The view does not hold the place.
    """

    def __init__(
        self, facts: Facts, *, phrases: Phrases, atlas: Gazetteer, next_after_min: int = 0
    ) -> None:
        place = facts.view.place(facts.place)
        if place is None:
            raise KeyError(facts.place)
        self._facts, self._view, self._place = facts, facts.view, place
        self._phrases, self._atlas, self._after = phrases, atlas, next_after_min
        self._rows = {row.dimension: row for row in place.dimensions}
        self._plain: dict[str, Callable[[], Found]] = {
            "place.name": lambda: _form(phrases.place(facts.place)),
            "place.full": lambda: _form(phrases.place(facts.place, full=True)),
            "place.oblast": self._oblast,
            "body": self._body,
            "contact": lambda: _hand(facts.given.contact),
            "as_of": self._as_of,
            "next_at": self._next_at,
            "all_clear": self._all_clear,
            "happened": self._happened,
            "questions": lambda: _claims(self._questions()),
            "advice": lambda: _claims(self._advice()),
            "figures.harm": lambda: _claims(self._figures("harm.")),
            "figures.damage": lambda: _claims(self._figures("impact.")),
            "corrections": lambda: _claims(self._corrections()),
            "conflicts": lambda: _claims(self._conflicts()),
            "sources.silent": self._silent,
        }

    def fill(self, source: str) -> Found:
        """Return the words for a source with their claims; nothing where nobody said anything.

        Raises:
            KeyError: No such source, or one that these facts may not give: the checker of forms
                finds it before.
        """
        if source.startswith(NOTE):
            return _hand(self._facts.given.notes.get(source.removeprefix(NOTE), ""))
        kind, _, name = source.partition(".")
        if source in PUBLIC_ONLY and isinstance(self._facts, PublicFacts):
            return _claims(self._invited(source, self._facts))
        if source in DESK_ONLY and not isinstance(self._facts, DeskFacts):
            raise KeyError(source)
        if kind == "phase":
            return self._phase(self._rows[name])
        if kind == "since":
            return self._since(self._rows[name])
        if kind == "promise":
            return _claims(self._promises(self._rows[name]))
        return self._plain[source]()

    def _oblast(self) -> Found:
        unit = self._atlas.get(self._facts.place)
        code = (unit.oblast if unit else None) or self._facts.place
        return _form(self._phrases.place(code))

    def _body(self) -> Found:
        if self._facts.given.body.strip():
            return _hand(self._facts.given.body)
        title = next((one for one in self._view.titles if one.home == self._facts.place), None)
        if title is not None and title.title:
            return _form(self._phrases.source(title.source))
        name = self._phrases.place(self._facts.place)
        return _form(self._phrases.say("body", place=name))

    def _as_of(self) -> Found:
        moment, phrases = self._view.valid_at, self._phrases
        text = phrases.say("as_of", clock=phrases.clock(moment), day=phrases.day(moment))
        return ((text, ()),), Basis.CLOCK

    def _next_at(self) -> Found:
        given = self._facts.given.next_at
        if given is not None:
            return ((self._phrases.next_at(given), ()),), Basis.HAND
        if not self._after:
            return NOT_FOUND
        moment = _rounded(self._view.valid_at + timedelta(minutes=self._after))
        return ((self._phrases.next_at(moment), ()),), Basis.FORM

    def _phase(self, row: DimensionView) -> Found:
        phrases = self._phrases
        if not row.is_said or not row.said:
            return (((phrases.say("held"), ()),), Basis.HELD) if row.is_withheld else NOT_FOUND
        if row.dimension == "alert" and row.stale:
            return NOT_FOUND
        text = phrases.label("phase", f"{row.dimension}.{row.phase}")
        if row.phase != _PARTIAL and (row.share is not None or row.is_from_parts):
            text = phrases.say("part", text=text)
        key = "old" if row.stale else "wider" if row.inherited_from else "phase"
        if row.dimension == "alert" and row.phase in {"on", "ended"} and not row.inherited_from:
            key = {"on": "alert", "ended": "ended"}[row.phase]
        when = (
            phrases.when_said(row.said)
            if row.said[0] in phrases.said
            else phrases.when(row.heard_at)
        )
        level = phrases.place(row.inherited_from) if row.inherited_from else ""
        sentence = phrases.say(key, who=phrases.who(row.said), when=when, text=text, level=level)
        return ((sentence, row.said),), Basis.CLAIMS

    def _since(self, row: DimensionView) -> Found:
        if not row.is_said or not row.said or row.since is None:
            return NOT_FOUND
        return ((self._since_words(row, row.since), row.said),), Basis.CLAIMS

    def _since_words(self, row: DimensionView, since: datetime) -> str:
        """Return since when; a day where the claim behind it tells no hour."""
        for claim in row.said:
            said = self._phrases.said.get(claim)
            if said is None:
                continue
            if since == said.said_at and _is_long(since, said.said_until):
                return self._phrases.within(since, said.said_until)
            if since == said.earliest and _is_long(since, said.latest):
                return self._phrases.day(since)
        return self._phrases.when(since)

    def _all_clear(self) -> Found:
        """Return who ended the alert; an all-clear that nobody confirmed leaves it not known."""
        row = self._rows["alert"]
        if row.phase == "ended" and row.said and not row.stale:
            return self._phase(row)
        for note in row.notes:
            said = self._phrases.said.get(note.said)
            if note.code not in _ASIDE or said is None or said.said_at is None:
                continue
            if self._view.valid_at - said.said_at <= _OLD_CLAIM:
                who, when = self._phrases.who((said.claim,)), self._phrases.when_said((said.claim,))
                text = self._phrases.say("unconfirmed", who=who, when=when)
                return ((text, (said.claim,)),), Basis.UNKNOWN
        return NOT_FOUND

    def _happened(self) -> Found:
        row, phrases = self._rows["attack"], self._phrases
        told: dict[str, Said] = {}
        for claim in row.said:
            said = phrases.said.get(claim)
            is_told = said is not None and said.kind in _TOLD and said.polarity == "affirmed"
            if said is not None and is_told and said.topic.startswith(_EVENT):
                told.setdefault(said.topic, said)
        found = tuple(
            (
                phrases.say(
                    "phase",
                    who=phrases.who((said.claim,)),
                    when=phrases.when_said((said.claim,)),
                    text=phrases.own.label("event", topic),
                ),
                (said.claim,),
            )
            for topic, said in told.items()
            if f"event.{topic}" in phrases.own.keys
        )
        return (
            (found, Basis.CLAIMS) if found and row.is_said and not row.stale else self._phase(row)
        )

    def _questions(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        told: set[str] = set()
        for item in self._view.questions:
            if item.id not in self._place.questions or item.status == "answered" or item.unsourced:
                continue
            text = self._phrases.label("question", item.subject)
            if text in told or not item.said:
                continue
            told.add(text)
            when = self._phrases.when(item.last_asked_at or item.asked_at)
            who = self._phrases.who(item.said, speakers=item.asked_by)
            yield self._phrases.say("asked", who=who, when=when, text=text), item.said

    def _advice(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        told: set[str] = {"advice.other"}
        for claim in self._place.advice:
            said = self._phrases.said.get(claim)
            if said is None or said.standing == "unsourced" or said.topic in told:
                continue
            if said.said_at is None or self._view.valid_at - said.said_at > ADVICE_STALE:
                continue
            told.add(said.topic)
            who, when = self._phrases.who((claim,)), self._phrases.when_said((said.claim,))
            text = self._phrases.label("topic", said.topic)
            yield self._phrases.say("advice", who=who, when=when, text=text), (claim,)

    def _figures(self, prefix: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        for figure in self._place.figures:
            is_told = figure.topic in COUNTED and figure.topic.startswith(prefix)
            if not is_told or figure.status not in _SHOWN or figure.subset_of or not figure.said:
                continue
            text = self._phrases.figure(figure, topic=figure.topic, unit=figure.unit)
            who = self._phrases.who(figure.said, speakers=figure.speakers)
            when = self._phrases.when_said(figure.said)
            yield self._phrases.say("figure", who=who, when=when, text=text), figure.said

    def _promises(self, row: DimensionView) -> Iterator[tuple[str, tuple[str, ...]]]:
        if row.phase in _BACK and not row.stale:
            return
        for note in row.notes:
            said = self._phrases.said.get(note.said)
            if note.code not in _PROMISES or said is None or said.latest is None:
                continue
            if not said.topic.endswith(".restored") or said.polarity != "affirmed":
                continue
            key = "promise_past" if said.latest <= self._view.valid_at else "promise"
            until, who = self._phrases.until(said.latest), self._phrases.who((said.claim,))
            text = self._phrases.own(f"restored.{row.dimension}")
            yield self._phrases.say(key, who=who, until=until, text=text), (said.claim,)

    def _invited(self, topic: str, facts: PublicFacts) -> Iterator[tuple[str, tuple[str, ...]]]:
        for one in facts.invitations:
            if one.topic != topic or one.place != facts.place or one.until <= self._view.valid_at:
                continue
            who = self._phrases.who((one.claim,), speakers=(one.speaker,))
            when = self._phrases.when(one.said_at)
            yield self._phrases.say("invited", who=who, when=when, text=one.quote), (one.claim,)

    def _corrections(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield that posts about the place were changed or taken away, never their words."""
        for change in self._view.changes:
            if self._facts.place not in change.places or change.how not in {"deleted", "edited"}:
                continue
            source = self._phrases.source(change.source)
            when = self._phrases.when(change.changed_at)
            yield self._phrases.say(change.how, source=source, when=when), (change.report,)

    def _conflicts(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for incident in self._view.incidents:
            if incident.id not in self._place.incidents:
                continue
            for conflict in incident.conflicts:
                if conflict.what != "figure" or conflict.topic not in COUNTED:
                    continue
                told = [
                    self._phrases.say(
                        "side",
                        text=self._phrases.figure(side, topic=conflict.topic, unit=conflict.unit),
                        who=self._phrases.who(side.said, speakers=side.speakers),
                    )
                    for side in conflict.sides
                ]
                claims = tuple(claim for side in conflict.sides for claim in side.said)
                if claims:
                    yield self._phrases.say("conflict", sides="; ".join(told)), claims

    def _silent(self) -> Found:
        """Return the silent sources that speak for the place or for what is around it."""
        place = self._facts.place
        home = {one.source: one.home for one in self._view.titles}
        found = []
        for source in self._view.sources:
            code = home.get(source.source)
            if source.silent_since is None or code is None:
                continue
            if self._atlas.within(place, code) or self._atlas.within(code, place):
                name, when = self._phrases.source(source.source), source.silent_since
                text = self._phrases.say("silent", source=name, when=self._phrases.when(when))
                found.append((text, ()))
        return (tuple(found), Basis.CLOCK) if found else NOT_FOUND


def _claims(found: Iterator[tuple[str, tuple[str, ...]]]) -> Found:
    sentences = tuple(dict.fromkeys(found))
    return (sentences, Basis.CLAIMS) if sentences else NOT_FOUND


def _form(text: str) -> Found:
    return ((text, ()),), Basis.FORM


def _hand(text: str) -> Found:
    text = " ".join(text.split())[:_BY_HAND_LIMIT]
    return (((text, ()),), Basis.HAND) if text else NOT_FOUND


def _is_long(start: datetime, end: datetime | None) -> bool:
    """Return whether a stretch of time names days and no hour."""
    return end is not None and end - start >= WHOLE_DAY


def _rounded(moment: datetime) -> datetime:
    """Return the next quarter of an hour: a promise that people can keep in mind."""
    over = timedelta(
        minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond
    )
    return moment - over + _STEP if over else moment
