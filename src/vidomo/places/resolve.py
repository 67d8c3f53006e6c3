"""Gives every claim of a reading its places, decided or honestly ambiguous."""

from collections.abc import Sequence

import msgspec

from vidomo.claims.carrying import CARRIED
from vidomo.claims.clear_places import BORROWED
from vidomo.claims.listing import EXAMPLES
from vidomo.claims.model import Claim, Kind, Mention, PlaceRef, Polarity, Reading, Role
from vidomo.core.errors import InputError
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level, Unit
from vidomo.places.body import NATIONAL, fitting_candidates, level_of, lift
from vidomo.places.decide import decide_all
from vidomo.places.model import Decision, Explained, Placed
from vidomo.places.refs import (
    JOINED,
    but_abroad,
    is_third_country,
    without_holders,
    without_qualifiers,
    without_repeats,
)
from vidomo.places.returned import Told, returned
from vidomo.places.score import COUNTRY, RUSSIA, Setting, decide, lies_in, unit_of, weigh
from vidomo.places.unnamed import home_at
from vidomo.places.whole_home import are_quarters, sums_up_home, turns_from_alert

# A place that the text does not name is less sure than one it names; our own figures.
_FROM_TEXT, _FROM_HOME = 0.6, 0.5
_BODY_OFFSET = "@#"
_CANDIDATES_KEPT = 20
_CLEAR = "alert.end"
# Of a railway line the oblast of its tag and its ends are told apart by their roles.
_LINES = "service.transport"
_HAPPENED = ("event.", "harm.", "impact.", "cause.")
# Sentences without a statement beside a lone one.
_AROUND = 2
# What people speak of in figures of speech, and in other people's lives.
_TALKED_OF = ("event.", "harm.", "impact.damage", "impact.fire", "advice.other")
# Characters before the name that a text is signed with.
_SIGNED = 3


def resolve(reading: Reading, gazetteer: Gazetteer, *, home: str | None = None) -> Reading:
    """Return the same reading with its places decided or left ambiguous.

    A place whose unit cannot be told has code None and its candidates, best first. A claim that
    names no place gets what the text is about, else the source's home; both without a surface.
    Places that the text excludes, and wider units that only say where another place lies, are
    left out of claims, and so is what happens in a third country. Bodies of speakers get their
    unit.

    Args:
        reading: What the reader found.
        gazetteer: The units.
        home: KATOTTG code of the source's home; None when unknown.

    Raises:
        InputError: The home is no code that the gazetteer knows.
    """
    session = _Session(reading, gazetteer, home)
    claims = (session.claim(claim) for claim in reading.claims)
    kept = tuple(claim for claim in claims if not _is_elsewhere(claim))
    if len(kept) == 1 and len(reading.silent) >= _AROUND and _is_bare(kept[0]):
        kept = ()
    return msgspec.structs.replace(reading, claims=kept)


def _is_bare(claim: Claim) -> bool:
    """Whether a report says neither where, nor when, nor how many, nor with what weapon.

    "The blow was heavy": a longer text that says one such thing only, of a source without a
    home, is talk far more often than news, and nobody could place it anyway.
    """
    return (
        claim.kind in {Kind.REPORT, Kind.ADVICE}
        and claim.polarity is Polarity.AFFIRMED
        and claim.topic.startswith(_TALKED_OF)
        and not (claim.places or claim.number or claim.time.surface or claim.means)
    )


def _is_elsewhere(claim: Claim) -> bool:
    """Whether all that a claim is about lies in a third country: neither Ukraine nor Russia."""
    return bool(claim.places) and all(is_third_country(place) for place in claim.places)


def explain(
    reading: Reading, gazetteer: Gazetteer, *, home: str | None = None
) -> tuple[Explained, ...]:
    """Return for every mention of a reading what speaks for each unit, and what was decided.

    Raises:
        InputError: The home is no code that the gazetteer knows.
    """
    placed, _ = decide_all(reading.mentions, gazetteer, _home_unit(gazetteer, home))
    return tuple(
        Explained(mention=one.mention, decision=_labelled(one.decision, gazetteer))
        for one in placed
    )


def _labelled(decision: Decision, gazetteer: Gazetteer) -> Decision:
    ranked = tuple(
        msgspec.structs.replace(one, label=gazetteer.label(one.code, full=True))
        if gazetteer.get(one.code)
        else one
        for one in decision.ranked
    )
    return msgspec.structs.replace(decision, ranked=ranked)


def _is_end_of_danger(claim: Claim) -> bool:
    return claim.topic.startswith("threat.") and claim.polarity is Polarity.NEGATED


def _is_of_nation(claim: Claim) -> bool:
    """Whether a body that works in the whole country says it, and names no place."""
    body_type, _, code = (claim.speaker.body or "").partition("@")
    return code == NATIONAL and level_of(body_type) is None


def _home_unit(gazetteer: Gazetteer, home: str | None) -> Unit | None:
    if home is None or home == COUNTRY:
        return None
    unit = gazetteer.get(home)
    if unit is None:
        raise InputError(
            f"the gazetteer has no unit {home!r}", hint="look it up with: vidomo places find NAME"
        )
    return unit


class _Session:
    """One reading on its way through."""

    def __init__(self, reading: Reading, gazetteer: Gazetteer, home: str | None) -> None:
        self.gazetteer = gazetteer
        self.home = _home_unit(gazetteer, home)
        self.typed = {one.start for one in reading.mentions if one.typed}
        self.alerted = {
            ref.start
            for claim in reading.claims
            if claim.topic.startswith("alert.") and CARRIED not in claim.rules
            for ref in claim.places
        }
        self.is_national = home == COUNTRY
        mentions = [*reading.mentions, *_unlisted(reading)]
        placed, self.dominant = decide_all(mentions, gazetteer, self.home)
        self.placed = {(one.mention.start, one.mention.end): one for one in placed}
        self.starts = {one.mention.start: one for one in placed}
        self.told = Told(placed, gazetteer)
        named = [one for one in placed if unit_of(one, gazetteer) and not one.mention.is_body]
        self.first_named = min((one.mention.start for one in named), default=0)
        self.has_named = bool(named)

    def claim(self, claim: Claim) -> Claim:
        """Return the claim with its places and its speaker's body decided."""
        body = claim.speaker.body
        if body is not None:
            speaker = msgspec.structs.replace(claim.speaker, body=self._body(body))
            claim = msgspec.structs.replace(claim, speaker=speaker)
        found = without_qualifiers([self._place(ref) for ref in claim.places])
        places = without_repeats(but_abroad(ref for ref, _ in found)) or self._unnamed(claim)
        if BORROWED in claim.rules and not self._is_part_of_home(places):
            places = self._of_home() or places
        if are_quarters(claim, places, self.home, self.gazetteer, typed=self.typed):
            places = self._of_home()
        if self._only_comes_from(claim, places):
            places = (*self._of_home(), *places)
        if not claim.topic.startswith(_LINES) and EXAMPLES not in claim.rules:
            places = self._without_frames(places, is_danger=claim.topic.startswith("threat."))
            places = without_holders(places, self.gazetteer)
        if self._signs_as_home(claim, places):
            places = self._of_home()
        if CARRIED in claim.rules:
            places = returned(claim, places, self.told, has_home=self.home is not None)
        if CARRIED in claim.rules and turns_from_alert(
            claim, places, self.home, self.gazetteer, alerted=self.alerted
        ):
            places = self._of_home()
        if CARRIED in claim.rules and sums_up_home(claim, places, self.home, self.gazetteer):
            places = self._of_home()
        return msgspec.structs.replace(claim, places=places)

    def _without_frames(
        self, places: tuple[PlaceRef, ...], *, is_danger: bool
    ) -> tuple[PlaceRef, ...]:
        """Leave out a wider unit that opens a statement on places inside it.

        "Kyiv region: outages in Bucha and Fastiv" is about the two. "Kharkiv and the region"
        names the wider one last, "the region and Kharkiv" right before; both are meant. A danger
        is over the oblast and flies to a town in it.
        """
        if len(places) <= 1:
            return places
        return tuple(
            ref
            for ref in places
            if not any(
                other.code is not None
                and ref.code is not None
                and other.code != ref.code
                and not (is_danger and other.role in {Role.HEADING, Role.NEAR})
                and 0 <= ref.end <= other.start
                and not JOINED[0] <= other.start - ref.end <= JOINED[1]
                and self.gazetteer.get(ref.code) is not None
                and lies_in(other.code, ref.code, self.gazetteer)
                for other in places
            )
        )

    def _place(self, ref: PlaceRef) -> tuple[PlaceRef, Placed | None]:
        if ref.code is not None and ref.start < 0:
            return ref, None
        one = self.placed.get((ref.start, ref.end)) or self.starts.get(ref.start)
        if one is None:
            return ref, None
        return self._filled(ref, one.decision), one

    def _filled(self, ref: PlaceRef, decision: Decision) -> PlaceRef:
        code = decision.code
        unit = self.gazetteer.get(code) if code else None
        candidates: tuple[str, ...] = ()
        if code is None:
            candidates = tuple(one.code for one in decision.ranked)[:_CANDIDATES_KEPT]
        is_country = code in {COUNTRY, RUSSIA} or decision.reason == "foreign"
        level = Level.COUNTRY.value if is_country else unit.level.value if unit else ""
        return msgspec.structs.replace(
            ref,
            code=code,
            level=level,
            name=self._name(code),
            confidence=round(decision.confidence, 3),
            candidates=candidates,
        )

    def _name(self, code: str | None) -> str:
        return self.gazetteer.label(code) if code and self.gazetteer.get(code) else ""

    def _unnamed(self, claim: Claim) -> tuple[PlaceRef, ...]:
        """Return the place of a claim that names none: of the text, else of the source.

        Advice of a source without a home ("listen to the announcements") is for everybody, and a
        danger that it calls off without a name is not over where another one is told of.
        """
        if self.home is None and (claim.topic.startswith("advice.") or _is_end_of_danger(claim)):
            return ()
        code, confidence = self.dominant.main, _FROM_TEXT
        if claim.topic == _CLEAR:
            return self._of_home()
        if self.home is not None and (code is None or self._speaks_of_home(claim, code)):
            code, confidence = self.home.code, _FROM_HOME
        if code is None and claim.topic != _CLEAR and (self.is_national or _is_of_nation(claim)):
            code = COUNTRY
        if code is None:
            return ()
        if code == COUNTRY:
            return (PlaceRef(code=code, level=Level.COUNTRY.value, confidence=confidence),)
        level = Level.COUNTRY if code == RUSSIA else self.gazetteer.unit(code).level
        return (
            PlaceRef(code=code, level=level.value, name=self._name(code), confidence=confidence),
        )

    def _is_part_of_home(self, places: Sequence[PlaceRef]) -> bool:
        """Whether places are towns and districts of the oblast or raion that a source speaks of.

        What it says of an alert without naming a place is then meant for them more likely than
        for the whole of its home; a town speaks of itself, or of the wider unit just named.
        """
        home = self.home
        if home is None:
            return True
        codes = [ref.code for ref in places]
        if all(code and code != COUNTRY and self._holds_home(code) for code in codes):
            return True
        if home.level not in {Level.OBLAST, Level.RAION}:
            return False
        return all(
            ref.code is not None
            and ref.code not in {home.code, RUSSIA, COUNTRY}
            and ref.level != Level.CITY_DISTRICT
            and self.gazetteer.within(ref.code, home.code)
            for ref in places
        )

    def _holds_home(self, code: str) -> bool:
        return self.home is not None and self.gazetteer.within(self.home.code, code)

    def _of_home(self) -> tuple[PlaceRef, ...]:
        if self.home is None:
            return ()
        code, level = self.home.code, self.home.level.value
        ref = PlaceRef(code=code, level=level, name=self._name(code), confidence=_FROM_HOME)
        return (ref,)

    def _signs_as_home(self, claim: Claim, places: Sequence[PlaceRef]) -> bool:
        """Whether a community speaks under the name of its seat.

        "Okhtyrka. No water since nine." Only where the sentence itself names no place; an all-clear
        stays with what is named.
        """
        if self.home is None or self.home.level is not Level.HROMADA or claim.topic == _CLEAR:
            return False
        return len(places) == 1 and all(
            ref.code == self.home.seat
            and (ref.start < 0 or (CARRIED in claim.rules and ref.start <= _SIGNED))
            for ref in places
        )

    def _only_comes_from(self, claim: Claim, places: Sequence[PlaceRef]) -> bool:
        """Whether a local source says of what happened only where it came from.

        "This morning five shells came from Kursk oblast": they fell at home.
        """
        return (
            self.home is not None
            and claim.topic.startswith(_HAPPENED)
            and bool(places)
            and all(ref.role is Role.ORIGIN for ref in places)
        )

    def _speaks_of_home(self, claim: Claim, main: str) -> bool:
        """Whether a claim comes before the text turns to a place far from a local source's home.

        "All clear! Trains to Kharkiv are late": the all-clear is for the source's own town.
        """
        if self.home is None:
            return False
        if not self.has_named:  # only bodies are named
            body_type = (claim.speaker.body or "").partition("@")[0]
            return self.home.level is not Level.OBLAST or level_of(body_type) is Level.OBLAST
        if claim.end > self.first_named:
            return False
        if self.home.level is Level.OBLAST:
            # "No cuts today. In Putyvl, 640 homes are dark": the first holds for the whole oblast.
            return True
        raion = self.home.raion
        return raion is not None and not self.gazetteer.within(main, raion)

    def _body(self, body: str) -> str:
        """Return ``type@code`` for a body, ``type@`` when its unit cannot be told."""
        body_type, _, offset = body.partition("@")
        level = level_of(body_type)
        if level is None:
            return f"{body_type}@{NATIONAL}"
        code = None
        if offset.startswith("#"):
            code = self._body_named(offset[1:], level)
        elif offset:
            return body
        else:
            code = self._body_unnamed(body_type, level)
        return f"{body_type}@{code or ''}"

    def _body_named(self, offset: str, level: Level) -> str | None:
        one = self.starts.get(int(offset)) if offset.isdigit() else None
        if one is None:
            return None
        codes = fitting_candidates(one.mention, level, self.gazetteer)
        setting = Setting(self.gazetteer, self.home)
        code = decide(weigh(codes, one.mention, setting), setting).code or one.decision.code
        unit = self.gazetteer.get(code) if code else None
        return lift(unit, level) if unit is not None else None

    def _body_unnamed(self, body_type: str, level: Level) -> str | None:
        code: str | None = getattr(self.dominant, level.value, None)
        if code is None and self.home is not None:
            code = home_at(self.home, level)
        if code is None and body_type in {"emergency_service", "police"}:
            return NATIONAL
        return code


def _unlisted(reading: Reading) -> list[Mention]:
    """Return mentions for places that claims name and the reading does not list."""
    listed = {(one.start, one.end) for one in reading.mentions}
    found: dict[tuple[int, int], Mention] = {}
    for claim in reading.claims:
        for ref in claim.places:
            span = (ref.start, ref.end)
            if ref.start >= 0 and ref.candidates and span not in listed:
                found[span] = Mention(
                    start=ref.start,
                    end=ref.end,
                    surface=ref.surface,
                    kind=ref.level or "settlement",
                    role=ref.role,
                    candidates=ref.candidates,
                )
    return list(found.values())
