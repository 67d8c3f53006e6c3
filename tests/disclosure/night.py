"""A night in Izium as a finished situation, in invented words."""

from datetime import UTC, datetime, timedelta

from vidomo.situation.model import (
    DimensionState,
    Evidence,
    Figure,
    Incident,
    PlaceState,
    Question,
    SaidTime,
    Situation,
    SourceHealth,
    Standing,
)

IZIUM = "UA63040090010029555"
RAION = "UA63040000000023521"
OBLAST = "UA63000000000041885"
MVA = "Ізюмська МВА"
OVA = "Харківська ОВА"
DSNS = "ДСНС"
SECRET = "Влучання біля криниці на Вигаданій, сім"


def at(text: str) -> datetime:
    """Return an instant of that December, given as day and Kyiv clock time."""
    day, clock = text.split()
    hour, minute = map(int, clock.split(":"))
    return datetime(2025, 12, int(day), hour, minute, tzinfo=UTC) - timedelta(hours=2)


def said(
    claim: str, topic: str, quote: str, *, when: str | None = "20 16:00", **changes
) -> Evidence:
    """Return one piece of evidence; unnamed fields are those of an official post."""
    moment = at(when) if when else None
    fields = {
        "claim": claim,
        "report": f"rep_{claim}",
        "version": f"ver_{claim}",
        "topic": topic,
        "kind": "report",
        "polarity": "affirmed",
        "standing": Standing.OFFICIAL,
        "reason": "",
        "origin": "city_military_administration@" + IZIUM,
        "speaker": MVA,
        "source": "izium_mva",
        "url": "https://channel.example/izium_mva/42",
        "lang": "uk",
        "quote": quote,
        "start": 0,
        "end": len(quote),
        "place": IZIUM,
        "said_at": moment,
        "said_until": moment + timedelta(seconds=1) if moment else None,
        "earliest": moment,
        "latest": moment + timedelta(hours=1) if moment else None,
    }
    return Evidence(**(fields | changes))


EVIDENCE = (
    said(
        "clm_shelter",
        "advice.shelter",
        "Залишайтеся в укритті до відбою.",
        when="20 15:31",
        kind="advice",
        report="rep_41",
    ),
    said(
        "clm_threat",
        "threat.guided_bomb",
        "Увага, Ізюм: загроза керованих авіабомб.",
        when="20 15:31",
        kind="warning",
        report="rep_41",
    ),
    said(
        "clm_ten",
        "event.explosion",
        "Близько 15:40 у місті чули до десятка вибухів.",
        when="20 15:52",
        report="rep_42",
    ),
    said(
        "clm_ask",
        "harm.casualties",
        "Дані про постраждалих уточнюємо.",
        when="20 15:52",
        kind="unknown",
        report="rep_42",
    ),
    said(
        "clm_out",
        "impact.power.outage",
        "Кілька районів Ізюма без світла.",
        when="20 16:20",
        report="rep_44",
    ),
    said(
        "clm_film",
        "advice.do_not_film",
        "Просимо не знімати наслідків.",
        when="20 16:24",
        kind="advice",
        report="rep_45",
    ),
    said(
        "clm_one",
        "harm.killed",
        "Загинула одна людина, повідомив Олег Синєгубов.",
        when="20 17:12",
        speaker=OVA,
        source="agency_one",
        report="rep_a1",
        url="https://agency-one.example/2001",
    ),
    said(
        "clm_four",
        "event.strike",
        "На місто скинули чотири авіабомби, кажуть в ОВА.",
        when="20 17:12",
        speaker=OVA,
        source="agency_one",
        report="rep_a1",
        url="https://agency-one.example/2001",
    ),
    said(
        "clm_part",
        "impact.power.restored",
        "Частина громади вже зі світлом.",
        when="20 18:22",
        report="rep_46",
    ),
    said(
        "clm_two",
        "harm.killed",
        "Під завалами знайшли двох загиблих.",
        when="20 20:05",
        speaker=DSNS,
        source="agency_two",
        report="rep_a2",
        url="https://agency-two.example/771",
    ),
    said(
        "clm_hurt",
        "harm.injured",
        "60-річна жінка дістала гостру реакцію на стрес.",
        when="20 20:05",
        speaker=DSNS,
        source="agency_two",
        report="rep_a2",
        url="https://agency-two.example/771",
    ),
    said(
        "clm_damage",
        "impact.damage",
        "Понівечено будинки; повний обсяг ще з’ясовують.",
        when="20 20:05",
        speaker=DSNS,
        source="agency_two",
        report="rep_a2",
    ),
    said(
        "clm_extent",
        "impact.damage",
        "повний обсяг ще з’ясовують",
        when="20 20:05",
        kind="unknown",
        speaker=DSNS,
        source="agency_two",
        report="rep_a2",
    ),
    said(
        "clm_full",
        "impact.power.restored",
        "Світло в Ізюмі повернули повністю.",
        when="21 11:05",
        report="rep_48",
    ),
    said(
        "clm_morning",
        "event.explosion",
        "In the morning at least 10 blasts shook Izum.",
        when="20 22:00",
        standing=Standing.UNSOURCED,
        reason="no_body_named",
        speaker="",
        source="rewrite_one",
        lang="en",
        report="rep_r1",
        url="javascript:alert(1)",
    ),
    said(
        "clm_where",
        "event.strike",
        "Where the bombs fell was not told.",
        when=None,
        standing=Standing.UNSOURCED,
        reason="undated",
        speaker="",
        source="rewrite_two",
        lang="en",
        kind="unknown",
        report="rep_r2",
    ),
    said(
        "clm_secret",
        "impact.damage",
        SECRET,
        when="20 15:58",
        standing=Standing.WITHDRAWN,
        reason="deleted",
        report="rep_43",
        speaker="Таємний мовець",
    ),
)

FIGURES = (
    Figure(
        topic="event.explosion",
        unit="explosions",
        min=10,
        max=10,
        mode="about",
        status="current",
        speakers=(MVA,),
        evidence=("clm_ten",),
    ),
    Figure(
        topic="event.strike",
        unit="bombs",
        min=4,
        max=4,
        mode="exact",
        status="current",
        speakers=(OVA,),
        evidence=("clm_four",),
    ),
    Figure(
        topic="harm.killed",
        unit="persons",
        min=2,
        max=2,
        mode="exact",
        status="current",
        order_inferred=True,
        speakers=(DSNS,),
        evidence=("clm_two",),
    ),
    Figure(
        topic="harm.killed",
        unit="persons",
        min=1,
        max=1,
        mode="exact",
        status="earlier",
        order_inferred=True,
        speakers=(OVA,),
        evidence=("clm_one",),
    ),
    Figure(
        topic="harm.injured",
        unit="persons",
        min=1,
        max=1,
        mode="exact",
        status="current",
        speakers=(DSNS,),
        evidence=("clm_hurt",),
    ),
)


def night(*, now: str = "20 22:30", power: str = "partial") -> Situation:
    """Return what held at an instant of that night."""
    told = tuple(item for item in EVIDENCE if item.said_at is None or item.said_at <= at(now))
    incident = Incident(
        id="inc_night",
        place=IZIUM,
        family="air",
        earliest=at("20 15:40"),
        latest=at("20 18:00"),
        times=(
            SaidTime(
                earliest=at("20 15:40"),
                latest=at("20 15:41"),
                surface="Близько 15:40",
                speakers=(MVA,),
                evidence=("clm_ten",),
            ),
            SaidTime(
                earliest=at("20 17:30"),
                latest=at("20 17:31"),
                surface="близько 17:30",
                speakers=(OVA,),
                evidence=("clm_four",),
            ),
            SaidTime(
                earliest=at("20 06:00"),
                latest=at("20 11:00"),
                surface="In the morning",
                speakers=("rewrite_one",),
                disputed=True,
                evidence=("clm_morning",),
            ),
        ),
        figures=FIGURES,
        means=("kab",),
        topics=("event.explosion", "event.strike"),
        origins=("city_military_administration@" + IZIUM,),
        evidence=("clm_ten", "clm_four", "clm_one", "clm_two", "clm_hurt", "clm_damage"),
        unsourced=("clm_morning",),
    )
    questions = (
        Question(
            id="q_casualties",
            subject="casualties",
            topic="harm.casualties",
            place=IZIUM,
            status="answered",
            status_said="being_clarified",
            asked_at=at("20 15:52"),
            last_asked_at=at("20 15:52"),
            asked_by=(MVA,),
            answered_at=at("20 20:05"),
            answered_by=("clm_two",),
            evidence=("clm_ask",),
        ),
        Question(
            id="q_extent",
            subject="extent",
            topic="impact.damage",
            place=IZIUM,
            status="open",
            status_said="being_clarified",
            asked_at=at("20 20:05"),
            asked_by=(DSNS,),
            evidence=("clm_extent",),
        ),
        Question(
            id="q_where",
            subject="location",
            topic="event.strike",
            place=IZIUM,
            status="open",
            status_said="not_released",
            unsourced=True,
            asked_by=("rewrite_two",),
            evidence=("clm_where",),
        ),
    )
    dimensions = (
        DimensionState(dimension="alert", phase="unknown"),
        DimensionState(
            dimension="attack",
            phase="reported",
            since=at("20 15:40"),
            heard_at=at("20 20:05"),
            evidence=("clm_four", "clm_ten"),
        ),
        DimensionState(
            dimension="power",
            phase=power,
            since=at("20 16:20"),
            heard_at=at("20 18:22"),
            evidence=("clm_part", "clm_out"),
        ),
        DimensionState(
            dimension="harm",
            phase="reported",
            since=at("20 17:12"),
            heard_at=at("20 20:05"),
            evidence=("clm_two", "clm_one"),
        ),
        DimensionState(
            dimension="damage",
            phase="reported",
            since=at("20 15:58"),
            heard_at=at("20 20:05"),
            evidence=("clm_damage", "clm_secret"),
        ),
    )
    place = PlaceState(
        place=IZIUM,
        dimensions=dimensions,
        figures=FIGURES[2:],
        incidents=("inc_night",),
        questions=tuple(question.id for question in questions),
        advice=("clm_film", "clm_shelter"),
        timeline=tuple(item.claim for item in told),
    )
    return Situation(
        valid_at=at(now),
        known_at=at(now),
        places=(place,),
        incidents=(incident,),
        questions=questions,
        evidence=told,
        sources=(
            SourceHealth(
                source="izium_mva",
                answered_at=at("20 16:25"),
                silent_since=at("20 16:55"),
                detail="no answer within 20 s",
            ),
            SourceHealth(source="agency_two", answered_at=at("20 20:06"), silent_since=None),
        ),
    )
