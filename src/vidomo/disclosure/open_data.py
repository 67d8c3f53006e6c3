"""What anybody may take away in bulk: a raion and a day at the finest, and late."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from hashlib import sha256

import msgspec

from vidomo.core.errors import DisclosureForbidden
from vidomo.core.ids import content_id
from vidomo.core.time import KYIV, day_interval
from vidomo.disclosure.grain import not_finer
from vidomo.disclosure.model import DIMENSIONS
from vidomo.disclosure.officials import said_by_officials
from vidomo.disclosure.open_model import OpenState, OpenStatement, OpenView
from vidomo.disclosure.open_words import OpenWords
from vidomo.disclosure.phase import Phases
from vidomo.disclosure.policy import Policy, Rule, load_policy
from vidomo.disclosure.release import Release
from vidomo.disclosure.sieve import Sieve
from vidomo.gazetteer import Gazetteer, Level
from vidomo.situation.model import Evidence, Situation, Standing

POLICY = "ua-open-data"
_DAY = timedelta(days=1)
_MOMENT = timedelta(microseconds=1)
_ALERT, _ALERT_START, _ON = "alert", "alert.start", "on"


def last_open_day(now: datetime, *, policy: str = POLICY) -> date:
    """Return the last day of Kyiv of which rows may be given at an instant.

    Raises:
        ConfigError: There is no policy of that name.
        DisclosureForbidden: The policy says nothing of open data.
    """
    rule = _late(load_policy(policy, on=now.date()))
    day = now.astimezone(KYIV).date()
    while (until := rule.until(day_interval(day).end)) is None or until > now:
        day -= _DAY
    return day


def end_of(day: date) -> datetime:
    """Return the last second of a day in Kyiv; midnight is the next day's."""
    return day_interval(day).end - timedelta(seconds=1)


class OpenGate:
    """The gate for data that is taken away in bulk.

    Args:
        situation: What held at the end of the last open day as far as it was known then.
        present: The situation of now: what was taken back since is withheld, too.
        gazetteer: Units of all places.
        now: When it is given away; the hours of all rules are counted to it.
        releases: What two people at the desk let pass before time.
        policy: Name of a bundled policy that says what of open data.

    Raises:
        ConfigError: There is no policy of that name.
        DisclosureForbidden: The policy says nothing of open data, lets in others than
            officials, or the situation is younger than it may be.
    """

    def __init__(
        self,
        situation: Situation,
        *,
        present: Situation,
        gazetteer: Gazetteer,
        now: datetime,
        releases: Iterable[Release] = (),
        policy: str = POLICY,
    ) -> None:
        rules = load_policy(policy, on=now.date())
        self._now, self._last = now, last_open_day(now, policy=policy)
        self._end = day_interval(self._last).end
        self._rules, self._gazetteer = rules, gazetteer
        self._check(situation)
        self._releases = tuple(releases)
        self._present = said_by_officials(present, rules)
        self._shown = said_by_officials(situation, rules)
        self._sieve = self._sifted(self._shown)
        self._names = {one.speaker: one.en for one in self._shown.speakers}
        self._words = OpenWords(rules, gazetteer=gazetteer)

    def days(self) -> tuple[date, ...]:
        """Return the days of which states are made: those on which anything was said.

        What is only known to have been said in some month belongs to no day.
        """
        return tuple(sorted(set(self._dated.values())))

    def view(self, held: Mapping[date, Situation]) -> OpenView:
        """Return what may be taken away.

        Args:
            held: What held at the end of each of ``days`` as far as it was known at the end of
                the last open day; a day that is missing has no states but alerts.
        """
        statements = self._statements
        known = {(claim, row.place): row.is_of_part for row in statements for claim in row.claims}
        states = [*self._alerts(statements)]
        for day, situation in held.items():
            if day > self._last or situation.valid_at > day_interval(day).end:
                raise _too_young(situation)
            self._check(situation)
            states += self._states(day, said_by_officials(situation, self._rules), known=known)
        return OpenView(
            policy=self._rules.id,
            last_day=self._last,
            statements=statements,
            states=tuple(sorted(states, key=lambda row: (row.day, row.place, row.dimension))),
        )

    def _check(self, situation: Situation) -> None:
        if self._rules.rule("standing", Standing.UNSOURCED.value) is None:
            raise DisclosureForbidden(
                f"{self._rules.id} lets in others than officials", hint=f"use the policy {POLICY}"
            )
        if max(situation.valid_at, situation.known_at) > self._end:
            raise _too_young(situation)

    def _sifted(self, situation: Situation) -> Sieve:
        return Sieve(
            situation,
            self._rules,
            units=self._gazetteer,
            now=self._now,
            releases=self._releases,
            present=self._present,
        )

    @cached_property
    def _statements(self) -> tuple[OpenStatement, ...]:
        rows: dict[str, OpenStatement] = {}
        free = self._free()
        for item in self._sieve.open.values():
            if item.said_at is None or item.standing is not Standing.OFFICIAL:
                continue
            if item.place is None:
                continue  # of namesakes that are not told apart none is told
            if (item.said_until or item.said_at) > self._end:
                continue
            for place in self._told(item, self._sieve):
                is_of_part = place not in self._sieve.spoken(item)
                row = self._row(item, place, is_of_part=is_of_part, is_quoted=item.claim in free)
                before = rows.get(row.id)
                rows[row.id] = row if before is None else _joined(before, row)
        return tuple(sorted(rows.values(), key=lambda row: (row.day, row.place, row.id)))

    @cached_property
    def _dated(self) -> dict[str, date]:
        """Return the day of each statement that is dated to a day."""
        return {
            claim: row.day
            for row in self._statements
            if row.day == row.day_until
            for claim in row.claims
        }

    def _told(self, item: Evidence, sieve: Sieve) -> tuple[str, ...]:
        places = sieve.verdict(item).places
        found = (self._wide(code) for code in places if self._gazetteer.get(code) is not None)
        return tuple(dict.fromkeys(found))

    def _wide(self, code: str) -> str:
        rule = self._rules.rule("grain")
        level = Level(rule.level) if rule is not None and rule.level else Level.RAION
        return not_finer(self._gazetteer, code, level=level)

    def _free(self) -> frozenset[str]:
        """Return the statements whose words may stand: nothing that they overlap is bound."""
        sieve = self._sieve
        bound: dict[str, list[Evidence]] = {}
        may: list[Evidence] = []
        for item in sieve.evidence:
            verdict, spoken = sieve.verdict(item), sieve.spoken(item)
            is_wide = bool(spoken) and all(self._wide(code) == code for code in spoken)
            is_free = (
                not verdict.rule
                and not verdict.words
                and self._words.may_stand(item.quote, topic=item.topic, is_wide=is_wide)
            )
            if is_free:
                may.append(item)
            else:
                bound.setdefault(item.version, []).append(item)
        return frozenset(
            item.claim
            for item in may
            if not any(
                other.start < item.end and item.start < other.end
                for other in bound.get(item.version, ())
            )
        )

    def _row(
        self, item: Evidence, place: str, *, is_of_part: bool, is_quoted: bool
    ) -> OpenStatement:
        said_at = item.said_at or self._end
        day, until = _days(said_at, item.said_until)
        held_from, held_until = _days(item.earliest, item.latest) if item.earliest else (None, None)
        unit, speaker = self._gazetteer.unit(place), office_of(item.speaker)
        words = item.quote if is_quoted else ""
        return OpenStatement(
            id=content_id(
                "row",
                "statement",
                place,
                item.report,
                item.topic,
                item.kind,
                item.polarity,
                speaker,
                str(held_from),
                str(held_until),
                is_of_part,
            ),
            day=day,
            day_until=until,
            held_from=held_from,
            held_until=held_until,
            place=place,
            level=unit.level.value,
            topic=item.topic,
            kind=item.kind,
            polarity=item.polarity,
            speaker=speaker,
            speaker_en=office_of(self._names.get(item.speaker, "")),
            source=item.source,
            url=item.url,
            lang=item.lang,
            is_of_part=is_of_part,
            quote=words,
            start=item.start if words else None,
            end=item.end if words else None,
            sha256=sha256(words.encode()).hexdigest() if words else "",
            report=item.report,
            claims=(item.claim,),
        )

    def _alerts(self, statements: Iterable[OpenStatement]) -> Iterator[OpenState]:
        """Yield the alerts that were announced on each day: at midnight most of them are over."""
        found: dict[tuple[date, str], list[OpenStatement]] = {}
        for row in statements:
            if (row.topic, row.kind, row.polarity) == (_ALERT_START, "report", "affirmed"):
                found.setdefault((row.day, row.place), []).append(row)
        for (day, place), rows in found.items():
            yield OpenState(
                id=_state_id(place, day, _ALERT),
                day=day,
                place=place,
                level=rows[0].level,
                dimension=_ALERT,
                phase=_ON,
                is_of_part=all(row.is_of_part for row in rows),
                speakers=tuple(sorted({row.speaker for row in rows})),
                claims=tuple(sorted({claim for row in rows for claim in row.claims})),
            )

    def _states(
        self, day: date, situation: Situation, *, known: Mapping[tuple[str, str], bool]
    ) -> Iterator[OpenState]:
        """Yield where places stood at the end of a day, as far as words of that day say so."""
        sieve = self._sifted(situation)
        phases = Phases(situation, sieve, self._gazetteer)
        places = {place for item in sieve.open.values() for place in self._told(item, sieve)}
        places |= {wide for place in tuple(places) for wide in self._gazetteer.ancestors(place)}
        for place in sorted(places):
            unit = self._gazetteer.unit(place)
            for name in DIMENSIONS:
                row = phases.dimension(place, name)
                if name == _ALERT or not row.is_said or row.heard_at is None:
                    continue
                is_lent = row.inherited_from is not None
                if is_lent or row.heard_at.astimezone(KYIV).date() != day:
                    continue
                claims = tuple(claim for claim in row.said if (claim, place) in known)
                if not row.is_from_parts and day not in map(self._dated.get, claims):
                    continue
                is_of_part = all(known[claim, place] for claim in claims)
                if unit.level is Level.COUNTRY and is_of_part:
                    continue  # that some part of the country is without says nothing
                speakers = {office_of(sieve.open[claim].speaker) for claim in claims}
                yield OpenState(
                    id=_state_id(place, day, name),
                    day=day,
                    place=place,
                    level=unit.level.value,
                    dimension=name,
                    phase=row.phase,
                    is_of_part=is_of_part,
                    speakers=tuple(sorted(speakers)),
                    claims=tuple(sorted(claims)),
                )


def office_of(speaker: str) -> str:
    """Return the body of "Name Surname, body"; the words as they are where no person is named."""
    person, comma, body = speaker.partition(", ")
    words = person.split()
    is_person = len(words) > 1 and all(word[:1].isupper() for word in words)
    return body if comma and body and is_person else speaker


def _joined(one: OpenStatement, other: OpenStatement) -> OpenStatement:
    """Return one row of two statements of a post that differ only in what a row does not tell."""
    first = min((one, other), key=lambda row: (not row.quote, row.start or 0, row.claims))
    return msgspec.structs.replace(first, claims=tuple(sorted({*one.claims, *other.claims})))


def _days(start: datetime, end: datetime | None) -> tuple[date, date]:
    """Return the first and the last day in Kyiv of a half-open interval."""
    last = max(start, end - _MOMENT) if end else start
    return start.astimezone(KYIV).date(), last.astimezone(KYIV).date()


def _state_id(place: str, day: date, dimension: str) -> str:
    return content_id("row", "state", place, day.isoformat(), dimension)


def _late(policy: Policy) -> Rule:
    rule = policy.rule("product", "open_data")
    if not policy.is_public or rule is None or rule.hours is None:
        raise DisclosureForbidden(
            f"{policy.id} says nothing of open data", hint=f"use the policy {POLICY}"
        )
    return rule


def _too_young(situation: Situation) -> DisclosureForbidden:
    return DisclosureForbidden(
        f"what held at {situation.valid_at:%d.%m.%Y %H:%M} UTC, as known at "
        f"{situation.known_at:%d.%m.%Y %H:%M} UTC, may not be given away yet",
        hint="give what held at the end of a day whose time has come, as far as it was known then",
    )
