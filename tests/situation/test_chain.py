"""How the statements of one happening follow from one another, and where they disagree."""

import msgspec
import pytest

from situation.test_origins import told
from situation.testimonies import (
    AIR_FORCE,
    CHUHUIV,
    DSNS,
    IZIUM,
    KHARKIV_OBLAST,
    MVA,
    OVA,
    at,
    post,
    said,
    situation,
)
from vidomo.claims.model import Extent, Kind, Number, Polarity, Relation
from vidomo.situation.cues import found_in
from vidomo.situation.fold import Known
from vidomo.situation.model import Conflict, Incident, Link
from vidomo.situation.rules import link_rules


def strike(number: int, clock: str, body: str = MVA, **more: object) -> Known:
    time = (f"2026-01-10T{clock}:00Z", f"2026-01-10T{clock[:3]}{int(clock[3:]) + 1:02d}:00Z")
    return post(number, at(clock), said("event.strike", IZIUM, body=body, time=time, **more))


NIGHT = (
    post(1, at("09:30"), said("threat.air", IZIUM, body=MVA, kind=Kind.WARNING)),
    post(2, at("09:40"), said("alert.start", KHARKIV_OBLAST), source="ova_channel"),
    strike(3, "10:00"),
    post(4, at("10:20"), said("impact.power.outage", IZIUM, body=MVA)),
    post(5, at("10:25"), said("impact.water.outage", IZIUM, body=MVA)),
    post(6, at("11:00"), said("impact.damage", IZIUM, body=DSNS)),
    post(7, at("11:30"), said("harm.killed", IZIUM, body=OVA, n=1)),
    post(8, at("15:00"), said("impact.power.restored", IZIUM, body=MVA)),
    post(9, at("12:00"), said("alert.end", KHARKIV_OBLAST), source="ova_channel"),
)


def only(*known: Known) -> Incident:
    (incident,) = situation(*known).incidents
    return incident


def chain(*known: Known) -> set[tuple[str, str, str, str]]:
    found = situation(*known)
    topics = {item.claim: item.topic for item in found.evidence}
    (incident,) = found.incidents
    return {
        (link.kind, topics[link.from_claim], topics[link.to_claim], link.basis)
        for link in incident.links
    }


def test_the_chain_runs_from_the_warning_to_the_all_clear() -> None:
    assert chain(*NIGHT) == {
        ("alerted", "threat.air", "alert.start", "inferred"),
        ("warned", "threat.air", "event.strike", "inferred"),
        ("alerted", "alert.start", "event.strike", "inferred"),
        ("followed", "event.strike", "impact.power.outage", "inferred"),
        ("followed", "event.strike", "impact.water.outage", "inferred"),
        ("damaged", "event.strike", "impact.damage", "inferred"),
        ("harmed", "event.strike", "harm.killed", "inferred"),
        ("restored", "impact.power.outage", "impact.power.restored", "inferred"),
        ("ended", "alert.start", "alert.end", "inferred"),
    }


def test_what_is_inferred_carries_no_words_of_anybody() -> None:
    assert all(link.text == "" for link in only(*NIGHT).links)


def test_what_the_text_says_is_explicit_and_carries_its_words() -> None:
    claims = (
        said("event.shelling", IZIUM, body=MVA),
        said("impact.power.outage", IZIUM, body=MVA, quote="частина міста без світла"),
    )
    text = f"{claims[0].quote} / {claims[1].quote}"
    both = told(post(1, at("10:00"), *claims), text + " через ворожий обстріл. Тримаймося!")
    (link,) = [one for one in only(both).links if one.basis == "explicit"]
    assert (link.kind, link.text) == ("caused", "через ворожий обстріл")
    assert link.to_claim == both.reading.claims[1].id


def test_words_about_the_weather_tie_nothing_to_the_attack() -> None:
    outage = said("impact.power.outage", IZIUM, body=MVA, quote="частина міста без світла")
    later = told(post(4, at("10:20"), outage), "частина міста без світла через негоду")
    (link,) = [one for one in only(strike(3, "10:00"), later).links if one.kind == "followed"]
    assert (link.basis, link.text) == ("inferred", "")


def test_a_further_attack_is_linked_when_the_text_calls_it_one_more() -> None:
    again = strike(5, "12:00", quote="О 12:00 повторний удар по місту")
    kinds = {link.kind: link for link in only(strike(3, "10:00"), again).links}
    assert kinds["further"].text == "повторний удар"
    assert "further" not in {
        link.kind for link in only(strike(3, "10:00"), strike(5, "12:00")).links
    }


def test_words_of_another_place_or_of_days_later_are_not_in_the_chain() -> None:
    other = post(4, at("10:20"), said("impact.power.outage", CHUHUIV, body=OVA))
    late = post(5, at("10:20", "2026-01-14"), said("impact.heat.outage", IZIUM, body=MVA))
    found = situation(strike(3, "10:00"), other, late, when=at("23:00", "2026-01-15"))
    assert found.incidents[0].links == ()


def test_an_outage_before_the_attack_did_not_follow_from_it() -> None:
    before = post(2, at("09:00"), said("impact.power.outage", IZIUM, body=MVA))
    assert only(before, strike(3, "10:00")).links == ()


def test_an_outage_known_to_the_day_may_have_followed_the_attack_of_that_day() -> None:
    day = post(2, "2026-01-10", said("impact.power.outage", IZIUM, body=MVA))
    (link,) = only(day, strike(3, "10:00")).links
    assert (link.kind, link.basis) == ("followed", "inferred")


def test_words_without_a_source_are_no_links() -> None:
    rumour = post(4, at("10:20"), said("impact.power.outage", IZIUM), source="rewriter")
    assert only(strike(3, "10:00"), rumour).links == ()


@pytest.mark.parametrize("cue", link_rules().cue, ids=lambda cue: f"{cue.lang} {cue.kind}")
def test_every_cue_finds_its_example_and_not_its_counter(cue) -> None:
    hit = found_in(cue.example, (cue.kind,))
    assert hit is not None
    assert hit[0] == cue
    assert found_in(cue.counter, (cue.kind,)) is None


# disagreement ---------------------------------------------------------------------------------


def conflicts(*known: Known) -> tuple[Conflict, ...]:
    return only(*known).conflicts


def test_two_times_by_two_speakers_are_shown_as_a_disagreement_with_who_says_which() -> None:
    (conflict,) = conflicts(strike(1, "10:00"), strike(2, "12:00", OVA))
    assert conflict.what == "time"
    assert [side.earliest for side in conflict.sides] == [at("10:00"), at("12:00")]
    assert len({side.speakers for side in conflict.sides}) == 2


def test_two_times_by_one_speaker_are_two_strikes_and_no_disagreement() -> None:
    assert conflicts(strike(1, "10:00"), strike(2, "12:00")) == ()


def test_two_counts_of_one_thing_are_a_disagreement() -> None:
    ten = post(3, at("11:00"), said("event.explosion", IZIUM, body=MVA, n=10))
    six = post(4, at("11:10"), said("event.explosion", IZIUM, body=OVA, n=6))
    (conflict,) = conflicts(strike(1, "10:00"), ten, six)
    assert (conflict.what, conflict.unit) == ("figure", "explosions")
    assert [side.min for side in conflict.sides] == [10, 6]
    assert all(side.speakers and side.evidence for side in conflict.sides)


def test_counts_of_different_things_and_a_rising_total_are_none() -> None:
    bombs = post(3, at("11:00"), said("event.strike", IZIUM, body=OVA, n=4, unit="bombs"))
    ten = post(4, at("11:00"), said("event.explosion", IZIUM, body=MVA, n=10))
    one = post(5, at("11:00"), said("harm.killed", IZIUM, body=OVA, n=1))
    two = post(6, at("13:00"), said("harm.killed", IZIUM, body=OVA, n=2))
    assert conflicts(strike(1, "10:00"), bombs, ten, one, two) == ()


def test_a_zero_beside_the_dead_is_a_disagreement() -> None:
    dead = post(3, at("11:00"), said("harm.killed", IZIUM, body=OVA, n=2))
    zero = said("harm.killed", IZIUM, body=DSNS, n=0, polarity=Polarity.NEGATED)
    (conflict,) = conflicts(strike(1, "10:00"), dead, post(4, at("12:00"), zero))
    assert {side.min for side in conflict.sides} == {0, 2}


def test_a_total_that_says_it_rose_is_the_later_one_without_inference() -> None:
    day = "2026-01-10"
    rose = said(
        "harm.injured", IZIUM, body=OVA, n=23, relation=Relation(kind="supersedes", text="зросла")
    )
    before = post(3, day, said("harm.injured", IZIUM, body=DSNS, n=9))
    rows = only(strike(1, "10:00"), before, post(4, day, rose)).figures
    assert {(row.min, row.status, row.order_inferred) for row in rows} == {
        (23, "current", False),
        (9, "earlier", False),
    }


def test_a_part_of_a_figure_is_shown_as_part_and_never_beside_it() -> None:
    hurt = said("harm.injured", IZIUM, body=OVA, n=7)
    three = Number(min=3, max=3, unit="children", subset_of="persons")
    children = said("harm.injured", IZIUM, body=OVA, quote="серед них 3 дитини")
    children = msgspec.structs.replace(children, number=three)
    incident = only(strike(1, "10:00"), post(3, at("11:00"), hurt, children))
    assert [(row.min, row.unit) for row in incident.figures] == [(7, "persons")]
    (part,) = incident.parts
    assert (part.min, part.unit, part.status, part.subset_of) == (3, "children", "part", "persons")


def test_an_alert_of_the_country_is_no_part_of_a_local_chain() -> None:
    country = post(2, at("09:40"), said("alert.start", "UA", body=AIR_FORCE), source="air_alarm")
    links: tuple[Link, ...] = only(country, strike(3, "10:00")).links
    assert links == ()


@pytest.mark.parametrize("extent", [Extent.PART, Extent.FEW, Extent.MOST])
def test_what_comes_back_in_part_is_partly_restored_and_the_whole_has_its_own_link(
    extent: Extent,
) -> None:
    part = post(7, at("14:00"), said("impact.power.restored", IZIUM, body=MVA, extent=extent))
    early = (NIGHT[2], NIGHT[3])
    tie = ("impact.power.outage", "impact.power.restored", "inferred")
    assert {row for row in chain(*early, part) if row[1:] == tie} == {("partly_restored", *tie)}
    assert {row for row in chain(*early, part, NIGHT[7]) if row[1:] == tie} == {
        ("partly_restored", *tie),
        ("restored", *tie),
    }
