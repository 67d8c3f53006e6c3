"""Hand-made posts, readings and a small country for the tests of this room."""

from datetime import datetime, timedelta
from importlib import resources

import msgspec

from vidomo.claims.model import (
    Claim,
    ClaimTime,
    Extent,
    Kind,
    Number,
    PlaceRef,
    Polarity,
    Reading,
    Role,
    Speaker,
    SpeakerKind,
    UnknownThing,
)
from vidomo.core.ids import content_id
from vidomo.core.time import Interval, instant_interval, parse_instant, parse_posted_at
from vidomo.gazetteer.model import Level, Unit
from vidomo.reports.model import Version
from vidomo.situation.decision import Anchor, Decision
from vidomo.situation.fold import Known, fold, state_of
from vidomo.situation.model import DimensionState, PlaceState, Situation
from vidomo.sources.model import Outcome, Poll, Post
from vidomo.sources.registry import Registry

KHARKIV_OBLAST = "UA63000000000041885"
IZIUM_RAION = "UA63040000000023521"
IZIUM_HROMADA = "UA63040090000077386"
IZIUM = "UA63040090010029555"
VILLAGE = "UA63040090020011111"
CHUHUIV_RAION = "UA63140000000012345"
CHUHUIV = "UA63140110010012346"
ODESA_OBLAST = "UA51000000000030770"
IZMAIL = "UA51080030010064568"

MVA = f"city_military_administration@{IZIUM}"
OVA = f"oblast_administration@{KHARKIV_OBLAST}"
RAION = f"raion_administration@{IZIUM_RAION}"
DSNS = "emergency_service@UA"
AIR_FORCE = "air_force@UA"
GRID = f"grid_operator@{KHARKIV_OBLAST}"

_PARENTS = {
    KHARKIV_OBLAST: ("UA", Level.OBLAST),
    IZIUM_RAION: (KHARKIV_OBLAST, Level.RAION),
    IZIUM_HROMADA: (IZIUM_RAION, Level.HROMADA),
    IZIUM: (IZIUM_HROMADA, Level.SETTLEMENT),
    VILLAGE: (IZIUM_HROMADA, Level.SETTLEMENT),
    CHUHUIV_RAION: (KHARKIV_OBLAST, Level.RAION),
    CHUHUIV: (CHUHUIV_RAION, Level.SETTLEMENT),
    ODESA_OBLAST: ("UA", Level.OBLAST),
    IZMAIL: (ODESA_OBLAST, Level.SETTLEMENT),
}


class SmallCountry:
    """Two oblasts, enough to tell one place from another."""

    def get(self, code: str) -> Unit | None:
        if code not in _PARENTS:
            return None
        parent, level = _PARENTS[code]
        in_hromada = level is Level.SETTLEMENT and parent == IZIUM_HROMADA
        hromada = IZIUM_HROMADA if in_hromada else None
        return Unit(code=code, level=level, category="", name=code, parent=parent, hromada=hromada)

    def ancestors(self, code: str) -> tuple[str, ...]:
        found = []
        while code in _PARENTS:
            code = _PARENTS[code][0]
            found.append(code)
        return tuple(found)

    def children(self, code: str) -> tuple[str, ...]:
        return tuple(child for child, (parent, _) in _PARENTS.items() if parent == code)


COUNTRY = SmallCountry()
BUNDLED = resources.files("vidomo.sources").joinpath("registry.toml").read_text("utf-8")
REGISTRY = Registry.from_toml(
    BUNDLED
    + f"""
[[source]]
id = "air_alarm"
body = "{AIR_FORCE}"
home = "UA"
alarm_feed = true
freshness_s = 600
[[source]]
id = "ova_channel"
body = "{OVA}"
home = "{KHARKIV_OBLAST}"
freshness_s = 600
[[source]]
id = "izium_second"
body = "city_administration@{IZIUM}"
home = "{IZIUM}"
freshness_s = 600
"""
)


def at(clock: str, day: str = "2026-01-10") -> datetime:
    """An instant in UTC, by its clock time on one day of the tests."""
    return parse_instant(f"{day}T{clock}:00Z")


def said(  # noqa: PLR0913 - every field of a claim, by name
    topic: str,
    *places: str,
    kind: Kind = Kind.REPORT,
    polarity: Polarity = Polarity.AFFIRMED,
    body: str | None = None,
    who: SpeakerKind | None = None,
    name: str | None = None,
    role: str | None = None,
    n: float | None = None,
    mode: str = "exact",
    unit: str = "",
    time: tuple[str, str] | None = None,
    phase: str | None = None,
    unknown: tuple[str, str] | None = None,
    extent: Extent = Extent.UNSTATED,
    means: tuple[str, ...] = (),
    candidates: tuple[str, ...] = (),
    place_role: Role = Role.AFFECTED,
    quote: str = "",
    **more: object,
) -> Claim:
    """A claim in a few words; a body makes it that body's, else the source speaks itself."""
    refs = tuple(PlaceRef(code=place, role=place_role) for place in places)
    if candidates:
        refs += (PlaceRef(code=None, candidates=candidates),)
    who = who or (SpeakerKind.ORGANISATION if body else SpeakerKind.SELF)
    held = ClaimTime(phase=phase)
    if time:
        held = ClaimTime(
            phase=phase,
            earliest=parse_instant(time[0]),
            latest=parse_instant(time[1]),
            basis="explicit",
            surface=f"about {time[0][11:16]}",
        )
    number = None
    if n is not None:
        number = Number(min=n, max=n, mode=mode, unit=unit)
    return Claim(
        id="",
        topic=topic,
        kind=kind,
        quote=quote or f"{topic} {kind} {n} {' '.join(places)}",
        start=0,
        end=1,
        polarity=polarity,
        places=refs,
        time=held,
        number=number,
        extent=extent,
        means=means,
        speaker=Speaker(kind=who, body=body, name=name, role=role),
        unknown=UnknownThing(subject=unknown[0], status=unknown[1]) if unknown else None,
        **more,
    )


def post(
    number: int,
    posted_at: str | datetime | None,
    *claims: Claim,
    source: str = "news",
    home: str | None = None,
    edited_at: datetime | None = None,
    deleted_at: datetime | None = None,
    lang: str = "uk",
) -> Known:
    """A version of a post with what was read in it; ids come from content as in the product."""
    when: Interval | None
    if isinstance(posted_at, datetime):
        when = instant_interval(posted_at)
    else:
        when = parse_posted_at(posted_at) if posted_at else None
    handed = Post(
        source=source,
        native_id=str(number),
        text=" / ".join(claim.quote for claim in claims),
        posted_at=when,
        home=home,
        edited_at=edited_at,
        deleted_at=deleted_at,
    )
    report = content_id("rep", source, str(number))
    version = Version(
        id=content_id("ver", handed), report=report, post=handed, digest=content_id("txt", claims)
    )
    placed = []
    start = 0
    for claim in claims:
        end = start + len(claim.quote)
        claim_id = content_id("clm", report, start, claim.topic, claim.kind, claim.polarity)
        placed.append(msgspec.structs.replace(claim, id=claim_id, start=start, end=end))
        start = end + 3
    reading = Reading(
        report=report, version=version.id, reader_version="t", lang=lang, claims=tuple(placed)
    )
    return Known(version=version, reading=reading)


def poll(source: str, asked_at: datetime, outcome: Outcome = Outcome.NOTHING_NEW) -> Poll:
    return Poll(source=source, asked_at=asked_at, outcome=outcome, detail=outcome.value)


def situation(
    *known: Known,
    when: datetime | None = None,
    polls: tuple[Poll, ...] = (),
    decisions: tuple[Decision, ...] = (),
) -> Situation:
    moment = when or at("23:00")
    return fold(
        known,
        polls=polls,
        decisions=decisions,
        valid_at=moment,
        known_at=moment + timedelta(days=1),
        registry=REGISTRY,
        gazetteer=COUNTRY,
    )


def place(found: Situation, code: str = IZIUM) -> PlaceState:
    return state_of(found, code, COUNTRY)


def dimension(found: Situation, name: str, code: str = IZIUM) -> DimensionState:
    return next(row for row in place(found, code).dimensions if row.dimension == name)


def phase(found: Situation, name: str, code: str = IZIUM) -> str:
    return dimension(found, name, code).phase


def anchor(known: Known, index: int = 0, *, incident: str = "") -> Anchor:
    """What a decision on a claim of a version holds on to."""
    claim = known.reading.claims[index]
    return Anchor(
        claim=claim.id,
        report=known.version.report,
        topic=claim.topic,
        start=claim.start,
        end=claim.end,
        quote=claim.quote,
        incident=incident,
    )


def decision(kind: str, *on: Anchor, when: datetime | None = None, **more: object) -> Decision:
    """A decision of the duty officer, at noon unless said otherwise."""
    made = Decision(
        id="", kind=kind, reason="перевірено", by="черговий", at=when or at("12:00"), on=on, **more
    )
    return msgspec.structs.replace(made, id=content_id("dec", made))
