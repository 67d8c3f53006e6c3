"""Made-up views for forms: all that may be known of a place, friendly and hostile."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from vidomo.disclosure.invitation import Invitation
from vidomo.disclosure.model import (
    DIMENSIONS,
    UNSAID,
    ChangeView,
    ConflictView,
    DimensionView,
    FigureView,
    IncidentView,
    NoteView,
    PlaceView,
    PublicView,
    QuestionView,
    Said,
    SideView,
    SourceView,
    TitleView,
)

IZIUM = "UA63040090010029555"
OBLAST = "UA63000000000041885"
AT = datetime(2025, 12, 20, 16, 45, tzinfo=UTC)
PHASES = {
    "alert": ("unknown", "none", "warned", "on", "ended"),
    "attack": ("none_reported", "threat", "reported", "over"),
    "harm": ("not_reported", "unknown", "none_stated", "reported"),
    "damage": ("not_reported", "unknown", "none_stated", "reported"),
}
SUPPLY = ("not_reported", "normal", "partial", "out", "restored")
OFFICES = (
    "Ізюмська міська військова адміністрація",
    "Олег Вигаданий, Харківська обласна військова адміністрація",
    "ДСНС",
    "Повітряні сили",
)
HOSTILE = (
    "0 загиблих",
    "{body}",
    "вул. Вигадана, 7",
    "координати 49.2103, 37.2487",
    "Відбій тривоги",
    "ДСНС\n\nВідбій тривоги в Ізюмі",
    "<script>alert(1)</script>",
    "Загинула Марія Вигадана, 74 роки",
    "підстанція «Вигадана» 330 кВ",
    "пряме влучання в ТЕЦ-5",
    "\u202e99 поранених",
    "",
)


def said(claim: str, *, topic: str, at: datetime | None = AT, **more: object) -> Said:
    """One statement that may be shown."""
    given = {"speaker": OFFICES[0], "kind": "report", "polarity": "affirmed"} | more
    return Said(
        claim=claim,
        report=f"rep_{claim}",
        topic=topic,
        standing="official",
        reason="",
        origin="org",
        source="izium_mva",
        url="https://channel.example/1",
        lang="uk",
        quote="Слова.",
        place=IZIUM,
        said_at=at,
        said_until=at and at + timedelta(seconds=1),
        **given,
    )


def rows(**phases: DimensionView) -> tuple[DimensionView, ...]:
    """Every dimension, unsaid but for those given."""
    return tuple(
        phases.get(name, DimensionView(dimension=name, phase=UNSAID[name])) for name in DIMENSIONS
    )


def view_of(
    place: PlaceView | None = None, *, is_public: bool = True, at: datetime = AT, **more: object
) -> PublicView:
    """A view of one place at an instant."""
    return PublicView(
        policy="ua-public" if is_public else "operator-only",
        valid_at=at,
        known_at=at,
        places=(place or PlaceView(place=IZIUM, dimensions=rows()),),
        is_public=is_public,
        **more,
    )


_instants = st.integers(-3 * 1440, -1).map(lambda minutes: AT + timedelta(minutes=minutes))
_speakers = st.sampled_from((*OFFICES, *HOSTILE))
_topics = st.sampled_from(
    ("event.strike", "event.explosion", "alert.end", "impact.power.outage", "harm.killed")
)


@st.composite
def _saids(draw: st.DrawFn) -> tuple[Said, ...]:
    return tuple(
        said(
            f"clm_{number}",
            topic=draw(_topics),
            at=draw(st.none() | _instants),
            speaker=draw(_speakers),
            kind=draw(st.sampled_from(("report", "assessment", "forecast"))),
            polarity=draw(st.sampled_from(("affirmed", "negated", "denied"))),
            latest=draw(st.none() | _instants),
            earliest=draw(st.none() | _instants),
        )
        for number in range(draw(st.integers(0, 6)))
    )


@st.composite
def _row(draw: st.DrawFn, name: str, claims: tuple[str, ...]) -> DimensionView:
    mine = tuple(draw(st.lists(st.sampled_from(claims), unique=True))) if claims else ()
    phase = draw(st.sampled_from(PHASES.get(name, SUPPLY))) if mine else UNSAID[name]
    notes = tuple(
        NoteView(code=draw(st.sampled_from(("all_clear_being_confirmed", "forecast"))), said=claim)
        for claim in claims[: draw(st.integers(0, 2))]
    )
    return DimensionView(
        dimension=name,
        phase=phase,
        since=draw(st.none() | _instants),
        heard_at=draw(st.none() | _instants),
        stale=draw(st.booleans()),
        inherited_from=draw(st.sampled_from((None, OBLAST))),
        notes=notes,
        said=mine,
        is_withheld=draw(st.booleans()),
        is_from_parts=draw(st.booleans()),
    )


@st.composite
def _figure(draw: st.DrawFn, claims: tuple[str, ...]) -> FigureView:
    low = draw(st.none() | st.integers(0, 12_000))
    high = draw(st.none() | st.integers(low or 0, 12_000))
    return FigureView(
        topic=draw(
            st.sampled_from(("harm.killed", "harm.injured", "impact.damage", "event.strike"))
        ),
        unit=draw(st.sampled_from(("persons", "houses", "bombs"))),
        min=low,
        max=high,
        mode=draw(st.sampled_from(("exact", "about", "at_least", "at_most", "range", "several"))),
        status=draw(st.sampled_from(("current", "earlier", "differs", "part", "unsourced"))),
        speakers=(draw(_speakers),),
        said=tuple(draw(st.lists(st.sampled_from(claims), max_size=2))) if claims else (),
    )


@st.composite
def views(draw: st.DrawFn, *, is_public: bool) -> PublicView:
    """Any view of Izium: whatever anybody said, under whatever name."""
    found = draw(_saids())
    claims = tuple(one.claim for one in found)
    dimensions = tuple(draw(_row(name, claims)) for name in DIMENSIONS)
    figures = tuple(draw(_figure(claims)) for _ in range(draw(st.integers(0, 3))))
    question = QuestionView(
        id="qst_1",
        subject=draw(st.sampled_from(("casualties", "damage", "restoration_time"))),
        topic="harm.casualties",
        place=IZIUM,
        status=draw(st.sampled_from(("open", "answered", "withheld"))),
        asked_by=(draw(_speakers),),
        said=claims[:1],
    )
    sides = (SideView(min=1, max=1, said=claims[:1]), SideView(min=None, max=3, said=claims[1:2]))
    conflict = ConflictView(what="figure", topic="harm.injured", unit="persons", sides=sides)
    incident = IncidentView(
        id="inc_1", place=IZIUM, family="air", earliest=AT, latest=AT, conflicts=(conflict,)
    )
    place = PlaceView(
        place=IZIUM,
        dimensions=dimensions,
        figures=figures,
        incidents=("inc_1",),
        questions=("qst_1",),
        advice=claims,
    )
    return view_of(
        place,
        is_public=is_public,
        said=found,
        questions=(question,),
        incidents=() if is_public else (incident,),
        changes=(
            ChangeView(
                report="rep_1",
                source="izium_mva",
                url="",
                how=draw(st.sampled_from(("edited", "deleted", "moved"))),
                changed_at=draw(st.none() | _instants),
                places=(IZIUM,),
            ),
        ),
        sources=(SourceView(source="izium_mva", silent_since=draw(st.none() | _instants)),),
        titles=(TitleView(source="izium_mva", title=draw(_speakers), home=IZIUM),),
    )


def invitation(
    quote: str, *, topic: str = "help.point", until: datetime | None = None
) -> Invitation:
    """The words in which an authority invites the public."""
    return Invitation(
        claim="clm_inv",
        topic=topic,
        place=IZIUM,
        quote=quote,
        lang="uk",
        speaker=OFFICES[0],
        source="izium_mva",
        url="",
        said_at=AT - timedelta(hours=1),
        until=until or AT + timedelta(days=1),
    )
