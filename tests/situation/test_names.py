"""What speakers and sources are called, as the registry has it."""

from situation.testimonies import GRID, IZIUM, KHARKIV_OBLAST, OVA, at, poll, post, said, situation
from vidomo.claims.model import SpeakerKind

STRIKE = "event.strike"


def test_an_office_holder_is_named_in_english_with_the_body() -> None:
    claim = said(
        STRIKE,
        IZIUM,
        body=OVA,
        who=SpeakerKind.NAMED_OFFICIAL,
        name="Олега Синєгубова",
        role="голова",
    )
    (name,) = situation(post(1, at("10:00"), claim)).speakers
    assert name.speaker == "Олег Синєгубов, Харківська обласна військова адміністрація"
    assert name.en == "Oleh Syniehubov, Kharkiv oblast military administration"
    assert name.place == ""


def test_a_body_that_nobody_listed_needs_its_place_beside_it() -> None:
    claim = said("impact.power.outage", IZIUM, body=GRID)
    (name,) = situation(post(1, at("10:00"), claim)).speakers
    assert (name.en, name.place) == ("grid operator", KHARKIV_OBLAST)


def test_a_text_without_a_body_has_no_english_name() -> None:
    assert situation(post(1, at("10:00"), said(STRIKE, IZIUM))).speakers == ()


def test_sources_that_were_heard_or_asked_have_their_titles_and_their_homes() -> None:
    it = situation(
        post(1, at("10:00"), said(STRIKE, IZIUM), source="izium_mva"),
        post(2, at("10:00"), said(STRIKE, IZIUM), source="stranger"),
        polls=(poll("agency_one", at("10:00")), poll("ova_channel", at("10:00"))),
    )
    found = {one.source: one for one in it.titles}
    assert sorted(found) == ["agency_one", "izium_mva", "ova_channel"]
    assert found["izium_mva"].title == "Ізюмська міська військова адміністрація"
    assert found["izium_mva"].en == "Izium city military administration"
    assert found["izium_mva"].home == IZIUM
    assert (found["agency_one"].title, found["agency_one"].en) == ("Агенція перша (зразок)", "")
    assert found["ova_channel"].home == KHARKIV_OBLAST
