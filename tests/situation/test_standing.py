"""What weight a statement has."""

from datetime import datetime

import pytest

from situation.testimonies import (
    AIR_FORCE,
    COUNTRY,
    DSNS,
    IZIUM,
    MVA,
    OVA,
    REGISTRY,
    at,
    dimension,
    post,
    said,
    situation,
)
from vidomo.claims.model import Claim, Kind, SpeakerKind
from vidomo.situation.fold import Known
from vidomo.situation.model import Standing
from vidomo.situation.standing import Judged, judge

OUT = "impact.power.outage"


def weigh(known: Known) -> Judged:
    (claim, *_) = known.reading.claims
    return judge(claim, version=known.version, reading=known.reading, registry=REGISTRY)


def quoted(claim: Claim, posted_at: str | datetime | None = "2026-01-10") -> Judged:
    return weigh(post(1, posted_at, claim))


def test_a_body_quoted_with_a_date_is_official() -> None:
    judged = quoted(said(OUT, IZIUM, body=MVA))
    assert judged.standing is Standing.OFFICIAL
    assert judged.reason == "body_speaks"
    assert not judged.is_direct
    assert not judged.is_faithful


def test_a_body_in_its_own_channel_is_official_and_direct() -> None:
    judged = weigh(post(1, at("10:00"), said(OUT, IZIUM), source="izium_mva"))
    assert judged.standing is Standing.OFFICIAL
    assert judged.reason == "own_channel"
    assert judged.is_direct
    assert judged.is_faithful


def test_the_passive_words_of_a_bodys_own_channel_are_its_own() -> None:
    claim = said(OUT, IZIUM, who=SpeakerKind.UNNAMED)
    assert weigh(post(1, at("10:00"), claim, source="izium_mva")).is_direct


def test_eyewitnesses_in_a_bodys_channel_are_not_the_body() -> None:
    claim = said(OUT, IZIUM, who=SpeakerKind.UNNAMED, name="очевидці")
    judged = weigh(post(1, at("10:00"), claim, source="izium_mva"))
    assert judged.standing is Standing.UNSOURCED


def test_a_channel_that_quotes_another_body_relays_it() -> None:
    claim = said(OUT, IZIUM, body=OVA)
    judged = weigh(post(1, at("10:00"), claim, source="izium_mva"))
    assert judged.origin == "oblast@UA63000000000041885"
    assert not judged.is_direct


def test_a_faithful_agency_may_relay() -> None:
    assert weigh(post(1, at("10:00"), said(OUT, IZIUM, body=MVA), source="agency_one")).is_faithful


def test_a_known_office_holder_is_official_without_a_body_in_the_text() -> None:
    claim = said(OUT, IZIUM, who=SpeakerKind.NAMED_OFFICIAL, name="Олегом Синєгубовим")
    judged = quoted(claim)
    assert judged.standing is Standing.OFFICIAL
    assert judged.speaker == "Олег Синєгубов, Харківська обласна військова адміністрація"


def test_a_source_with_a_declared_home_counts_and_is_not_official() -> None:
    judged = weigh(post(1, at("10:00"), said(OUT, IZIUM), source="monitor", home=IZIUM))
    assert judged.standing is Standing.DECLARED
    assert judged.origin == "source:monitor"


def test_a_caller_who_quotes_an_official_is_no_official() -> None:
    claim = said(OUT, IZIUM, body=OVA)
    judged = weigh(post(1, at("10:00"), claim, source="call:call_1"))
    assert judged.standing is Standing.DECLARED
    assert judged.origin == "source:call:call_1"
    assert not judged.is_faithful


@pytest.mark.parametrize("source", ["file", "file:notes"])
def test_a_file_is_no_declared_source(source: str) -> None:
    judged = weigh(post(1, at("10:00"), said(OUT, IZIUM), source=source, home=IZIUM))
    assert judged.standing is Standing.UNSOURCED
    assert judged.reason == "source_not_registered"


@pytest.mark.parametrize(
    ("who", "name", "reason"),
    [
        (SpeakerKind.AUTHOR, None, "authors_words"),
        (SpeakerKind.UNNAMED, None, "unnamed_speaker"),
        (SpeakerKind.EXPERT, "Оглядач", "expert"),
        (SpeakerKind.UNSPECIFIED_AUTHORITY, None, "no_body_named"),
        (SpeakerKind.ORGANISATION, "Канал «Чутки»", "no_body_named"),
        (SpeakerKind.SELF, None, "source_not_registered"),
    ],
)
def test_words_without_a_body_are_unsourced_and_say_why(
    who: SpeakerKind, name: str | None, reason: str
) -> None:
    judged = quoted(said(OUT, IZIUM, who=who, name=name))
    assert judged.standing is Standing.UNSOURCED
    assert judged.reason == reason


def test_an_expert_or_an_author_is_no_body_even_beside_one() -> None:
    for who in (SpeakerKind.EXPERT, SpeakerKind.AUTHOR):
        claim = said(OUT, IZIUM, body=MVA, who=who, kind=Kind.SPECULATION)
        assert quoted(claim).standing is Standing.UNSOURCED


def test_a_body_without_a_place_is_not_known() -> None:
    assert quoted(said(OUT, IZIUM, body="city_administration@")).reason == "body_not_placed"


def test_an_undated_quotation_is_unsourced() -> None:
    judged = quoted(said(OUT, IZIUM, body=MVA), None)
    assert judged.standing is Standing.UNSOURCED
    assert judged.reason == "undated"


def test_a_date_in_the_words_themselves_dates_them() -> None:
    claim = said(OUT, IZIUM, body=MVA, time=("2026-01-10T10:00:00Z", "2026-01-10T11:00:00Z"))
    assert quoted(claim, None).standing is Standing.OFFICIAL


def invented(role: str = "начальник міської військової адміністрації") -> Claim:
    return said(
        "event.explosion",
        IZIUM,
        body=MVA,
        who=SpeakerKind.NAMED_OFFICIAL,
        name="Тарас Вигаданий",
        role=role,
    )


def test_a_text_that_invents_the_head_of_a_body_is_no_witness_of_that_body() -> None:
    known = post(1, at("10:00"), said(OUT, IZIUM, body=MVA), invented())
    judged = weigh(known)
    assert judged.standing is Standing.UNSOURCED
    assert judged.reason == "office_holder_contradicted"


def test_it_is_no_witness_of_any_other_body_either() -> None:
    known = post(1, at("10:00"), said(OUT, IZIUM, body=DSNS), invented())
    assert weigh(known).standing is Standing.UNSOURCED


def test_an_invented_head_is_found_in_words_that_are_no_claim() -> None:
    words = (
        "«Нас не зламати», сказав начальник міської військової адміністрації Тарас Вигаданий."
        " За словами адміністрації, світла немає."
    )
    known = post(1, at("10:00"), said(OUT, IZIUM, body=MVA, quote=words))
    assert weigh(known).reason == "office_holder_contradicted"
    real = words.replace("Тарас Вигаданий", "Сергій Федченко")
    assert weigh(post(1, at("10:00"), said(OUT, IZIUM, body=MVA, quote=real))).reason == (
        "body_speaks"
    )


def test_a_deputy_contradicts_nobody() -> None:
    known = post(1, at("10:00"), said(OUT, IZIUM, body=MVA), invented("заступник начальника"))
    assert weigh(known).standing is Standing.OFFICIAL


def test_who_speaks_has_one_name_whatever_case_the_text_has_it_in() -> None:
    one = quoted(said(OUT, IZIUM, body=DSNS, name="Державній службі з надзвичайних ситуацій"))
    two = quoted(said(OUT, IZIUM, body=DSNS, name="ДСНС"))
    assert one.speaker == two.speaker == "ДСНС"


def test_a_body_that_nobody_listed_is_named_by_type_and_place() -> None:
    found = situation(post(1, at("10:00"), said(OUT, IZIUM, body=f"city_administration@{IZIUM}")))
    assert found.evidence[0].speaker == f"міська рада ({COUNTRY.get(IZIUM).name})"


def test_who_is_quoted_without_a_source_keeps_the_texts_own_words() -> None:
    claim = said(OUT, IZIUM, body=MVA, name="the military administration")
    assert quoted(claim, None).speaker == "the military administration"
    assert quoted(said(OUT, IZIUM, who=SpeakerKind.AUTHOR)).speaker == "news"


def test_a_services_regional_and_national_voices_are_one_witness() -> None:
    one = quoted(said(OUT, IZIUM, body="air_force@UA63000000000041885"))
    two = quoted(said(OUT, IZIUM, body=AIR_FORCE))
    assert one.origin == two.origin


def test_words_without_a_source_move_no_phase_and_are_shown() -> None:
    found = situation(post(1, at("10:00"), said(OUT, IZIUM, who=SpeakerKind.AUTHOR)))
    assert dimension(found, "power").phase == "not_reported"
    assert [item.standing for item in found.evidence] == [Standing.UNSOURCED]
    assert found.places[0].timeline == (found.evidence[0].claim,)
