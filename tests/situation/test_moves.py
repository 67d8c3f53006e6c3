"""Where a place stands, and what moves it."""

from itertools import pairwise

import pytest

from situation.testimonies import (
    CHUHUIV,
    DSNS,
    GRID,
    IZIUM,
    IZIUM_HROMADA,
    IZIUM_RAION,
    IZMAIL,
    KHARKIV_OBLAST,
    MVA,
    OVA,
    VILLAGE,
    at,
    dimension,
    phase,
    place,
    post,
    said,
    situation,
)
from vidomo.claims.model import Extent, Kind, Polarity, Role
from vidomo.situation.rules import dimension_rules

OUT, BACK = "impact.power.outage", "impact.power.restored"


def test_a_place_of_which_nothing_is_known_stands_at_no_calm_phase() -> None:
    rows = {row.dimension: row.phase for row in place(situation(), IZIUM).dimensions}
    assert set(rows) == set(dimension_rules().dimensions)
    assert rows.pop("alert") == "unknown"
    assert rows.pop("attack") == "none_reported"
    assert set(rows.values()) == {"not_reported"}


@pytest.mark.parametrize(
    ("extent", "expected"),
    [
        (Extent.ALL, "out"),
        (Extent.MOST, "out"),
        (Extent.UNSTATED, "out"),
        (Extent.PART, "partial"),
        (Extent.FEW, "partial"),
    ],
)
@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("power", "power"),
        ("water", "water"),
        ("heat", "heat"),
        ("gas", "gas"),
        ("communications", "comms"),
    ],
)
def test_an_outage_is_as_wide_as_its_words(
    extent: Extent, expected: str, name: str, word: str
) -> None:
    claim = said(f"impact.{word}.outage", IZIUM, body=MVA, extent=extent)
    assert phase(situation(post(1, at("10:00"), claim)), name) == expected


def power(*steps: tuple[str, Extent]) -> str:
    posts = [
        post(hour, at(f"{hour:02}:00"), said(topic, IZIUM, body=MVA, extent=extent))
        for hour, (topic, extent) in enumerate(steps, start=8)
    ]
    return phase(situation(*posts), "power")


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([(OUT, Extent.ALL), (BACK, Extent.UNSTATED)], "restored"),
        ([(OUT, Extent.ALL), (BACK, Extent.PART)], "partial"),
        ([(OUT, Extent.ALL), (BACK, Extent.MOST)], "partial"),
        ([(OUT, Extent.PART), (BACK, Extent.PART)], "partial"),
        ([(BACK, Extent.ALL), (BACK, Extent.PART)], "restored"),
        ([(BACK, Extent.ALL), (OUT, Extent.PART)], "partial"),
        ([(BACK, Extent.PART)], "partial"),
    ],
)
def test_a_restoration_goes_as_far_as_its_words(
    steps: list[tuple[str, Extent]], expected: str
) -> None:
    assert power(*steps) == expected


@pytest.mark.parametrize("kind", [Kind.FORECAST, Kind.PLAN])
@pytest.mark.parametrize("polarity", [Polarity.AFFIRMED, Polarity.NEGATED])
def test_a_promise_is_kept_as_a_note_and_moves_nothing(kind: Kind, polarity: Polarity) -> None:
    found = situation(
        post(1, at("10:00"), said(OUT, IZIUM, body=MVA)),
        post(
            2,
            at("11:00"),
            said(BACK, IZIUM, body=MVA, kind=kind, polarity=polarity, quote="до 22:00"),
        ),
    )
    state = dimension(found, "power")
    assert state.phase == "out"
    assert "до 22:00" in state.note
    assert [note.code for note in state.notes] == ["forecast"]


def test_a_promise_for_today_is_as_new_as_its_words() -> None:
    today = ("2026-01-09T22:00:00Z", "2026-01-10T22:00:00Z")
    found = situation(
        post(1, at("10:00"), said(OUT, IZIUM, body=MVA)),
        post(2, at("11:00"), said(BACK, IZIUM, body=MVA, kind=Kind.FORECAST, time=today)),
    )
    assert [note.code for note in dimension(found, "power").notes] == ["forecast"]


def test_a_bodys_own_channel_that_names_no_place_speaks_of_its_home() -> None:
    assert phase(situation(post(1, at("10:00"), said(OUT), source="izium_mva")), "power") == "out"
    relayed = post(1, at("10:00"), said(OUT, body=MVA), source="agency_one")
    assert phase(situation(relayed), "power") == "not_reported"


def test_a_promise_alone_is_a_note_on_a_place_not_reported() -> None:
    claim = said(BACK, IZIUM, body=MVA, kind=Kind.FORECAST)
    state = dimension(situation(post(1, at("11:00"), claim)), "power")
    assert state.phase == "not_reported"
    assert state.notes
    assert state.evidence


def test_a_promise_that_was_overtaken_is_dropped() -> None:
    found = situation(
        post(
            1,
            at("10:00"),
            said(OUT, IZIUM, body=MVA),
            said(BACK, IZIUM, body=MVA, kind=Kind.FORECAST),
        ),
        post(2, at("12:00"), said(BACK, IZIUM, body=MVA)),
    )
    assert dimension(found, "power").phase == "restored"
    assert dimension(found, "power").notes == ()


def test_a_denied_outage_is_no_supply_and_a_negated_one_is() -> None:
    denied = said(OUT, IZIUM, body=MVA, polarity=Polarity.DENIED)
    assert phase(situation(post(1, at("10:00"), denied)), "power") == "not_reported"
    negated = said(OUT, IZIUM, body=MVA, polarity=Polarity.NEGATED)
    assert phase(situation(post(1, at("10:00"), negated)), "power") == "normal"


def test_no_outage_does_not_undo_an_outage() -> None:
    found = situation(
        post(1, at("10:00"), said(OUT, IZIUM, body=MVA)),
        post(2, at("11:00"), said(OUT, IZIUM, body=DSNS, polarity=Polarity.NEGATED)),
    )
    assert phase(found, "power") == "out"


def test_a_schedule_is_no_outage() -> None:
    claim = said("power.schedule", IZIUM, body=GRID, kind=Kind.PLAN)
    assert phase(situation(post(1, at("10:00"), claim)), "power") == "not_reported"


def test_emergency_shutdowns_are_partial_and_their_end_restores_nothing() -> None:
    begun = post(1, at("10:00"), said("power.emergency_shutdown", KHARKIV_OBLAST, body=GRID))
    ended = post(2, at("12:00"), said("power.emergency_end", KHARKIV_OBLAST, body=GRID))
    assert phase(situation(begun, ended), "power", KHARKIV_OBLAST) == "partial"


@pytest.mark.parametrize(
    ("topic", "extent", "expected"),
    [
        ("service.health.disrupted", Extent.ALL, "out"),
        ("service.health.disrupted", Extent.UNSTATED, "partial"),
        ("service.health.adapted", Extent.UNSTATED, "partial"),
        ("service.health.restored", Extent.UNSTATED, "restored"),
        ("service.health.restored", Extent.PART, "partial"),
    ],
)
def test_a_service_is_out_only_when_all_of_it_is(topic: str, extent: Extent, expected: str) -> None:
    claim = said(topic, IZIUM, body=MVA, extent=extent)
    assert phase(situation(post(1, at("10:00"), claim)), "health") == expected


def test_an_authors_guess_about_services_moves_nothing() -> None:
    claim = said("service.health.disrupted", IZIUM, body=MVA, kind=Kind.SPECULATION)
    assert phase(situation(post(1, at("10:00"), claim)), "health") == "not_reported"


def test_a_body_without_the_competence_moves_nothing() -> None:
    assert phase(situation(post(1, at("10:00"), said(OUT, IZIUM, body=DSNS))), "power") == (
        "not_reported"
    )


def test_a_body_may_report_an_outage_elsewhere_and_not_end_it() -> None:
    out = post(1, at("10:00"), said(OUT, CHUHUIV, body=MVA))
    back = post(2, at("11:00"), said(BACK, CHUHUIV, body=MVA))
    assert phase(situation(out, back), "power", CHUHUIV) == "out"


def test_a_city_administration_answers_for_its_whole_community() -> None:
    out = post(1, at("10:00"), said(OUT, IZIUM_HROMADA, body=MVA))
    back = post(2, at("11:00"), said(BACK, IZIUM_HROMADA, body=MVA))
    assert phase(situation(out, back), "power", IZIUM_HROMADA) == "restored"


def test_the_launch_area_of_a_threat_is_not_threatened() -> None:
    claim = said("threat.uav", KHARKIV_OBLAST, body=OVA, kind=Kind.WARNING, place_role=Role.ORIGIN)
    found = situation(post(1, at("10:00"), claim))
    assert phase(found, "attack", KHARKIV_OBLAST) == "none_reported"


def test_where_a_threat_heads_is_threatened() -> None:
    claim = said("threat.uav", IZIUM, body=OVA, kind=Kind.WARNING, place_role=Role.HEADING)
    found = situation(post(1, at("10:00"), claim))
    assert phase(found, "attack") == "threat"
    assert phase(found, "alert") == "warned"


def test_a_threat_never_hides_an_attack() -> None:
    found = situation(
        post(1, at("10:00"), said("event.explosion", IZIUM, body=MVA)),
        post(2, at("11:00"), said("threat.air", IZIUM, body=MVA, kind=Kind.WARNING)),
    )
    assert phase(found, "attack") == "reported"


def test_no_strike_is_no_attack_and_no_calm() -> None:
    claim = said("event.strike", IZIUM, body=MVA, polarity=Polarity.NEGATED)
    assert phase(situation(post(1, at("10:00"), claim)), "attack") == "none_reported"


HURT, DEAD = "harm.injured", "harm.killed"


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([said(DEAD, IZIUM, body=OVA, n=1)], "reported"),
        ([said(DEAD, IZIUM, body=OVA)], "reported"),
        ([said(DEAD, IZIUM, body=OVA, n=0, polarity=Polarity.NEGATED)], "none_stated"),
        ([said(HURT, IZIUM, body=OVA, kind=Kind.UNKNOWN)], "unknown"),
        (
            [
                said(DEAD, IZIUM, body=OVA, n=0, polarity=Polarity.NEGATED),
                said(HURT, IZIUM, body=OVA, kind=Kind.UNKNOWN),
            ],
            "unknown",
        ),
        (
            [
                said(HURT, IZIUM, body=OVA, n=1),
                said(DEAD, IZIUM, body=OVA, n=0, polarity=Polarity.NEGATED),
            ],
            "reported",
        ),
        ([said("harm.rescued", IZIUM, body=OVA, n=3)], "not_reported"),
    ],
)
def test_unknown_is_not_zero_and_zero_is_not_unknown(claims: list, expected: str) -> None:
    assert phase(situation(post(1, at("10:00"), *claims)), "harm") == expected


def test_no_fire_is_not_no_damage() -> None:
    claim = said("impact.fire", IZIUM, body=DSNS, polarity=Polarity.NEGATED)
    assert phase(situation(post(1, at("10:00"), claim)), "damage") == "not_reported"


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (said("impact.damage", IZIUM, body=DSNS), "reported"),
        (said("impact.fire", IZIUM, body=DSNS), "reported"),
        (said("impact.damage", IZIUM, body=DSNS, kind=Kind.UNKNOWN), "unknown"),
        (said("impact.damage", IZIUM, body=MVA, polarity=Polarity.NEGATED), "none_stated"),
        (said("impact.fire.out", IZIUM, body=DSNS), "not_reported"),
    ],
)
def test_damage_is_reported_unknown_or_denied_by_an_authority(claim: object, expected: str) -> None:
    assert phase(situation(post(1, at("10:00"), claim)), "damage") == expected


def test_since_confirmed_and_heard_are_three_times() -> None:
    found = situation(
        post(
            1,
            at("10:00"),
            said(OUT, IZIUM, body=MVA, time=("2026-01-10T09:30:00Z", "2026-01-10T09:31:00Z")),
        ),
        post(2, at("11:00"), said(OUT, IZIUM, body=GRID)),
        post(3, at("12:00"), said(OUT, IZIUM, body=MVA)),
    )
    state = dimension(found, "power")
    assert state.since == at("09:30")
    assert state.confirmed_at == at("11:00")
    assert state.heard_at == at("12:00")
    assert len(state.evidence) == 3


def test_the_same_voice_twice_confirms_nothing() -> None:
    found = situation(
        post(1, at("10:00"), said(OUT, IZIUM, body=MVA)),
        post(2, at("11:00"), said(OUT, IZIUM), source="izium_mva"),
        post(3, at("11:30"), said(OUT, IZIUM), source="izium_second"),
    )
    assert dimension(found, "power").confirmed_at is None


def test_old_evidence_is_shown_as_stale_and_keeps_its_phase() -> None:
    known = post(1, at("10:00"), said(OUT, IZIUM, body=MVA))
    assert not dimension(situation(known, when=at("22:00")), "power").stale
    late = dimension(situation(known, when=at("22:01")), "power")
    assert late.stale
    assert late.phase == "out"


def test_an_ongoing_outage_holds_when_it_is_said_and_since_when_it_says() -> None:
    since = ("2026-01-10T08:00:00Z", "2026-01-10T08:01:00Z")
    found = situation(
        post(1, at("12:00"), said(OUT, IZIUM, body=MVA, time=since, phase="ongoing")),
        post(2, at("10:00"), said(BACK, IZIUM, body=MVA)),
    )
    assert dimension(found, "power").phase == "out"
    assert dimension(found, "power").since == at("08:00")


@pytest.mark.parametrize("number", range(2, 10))
def test_of_two_statements_of_one_day_the_more_severe_holds(number: int) -> None:
    found = situation(
        post(1, "2026-01-10", said(BACK, IZIUM, body=MVA)),
        post(number, "2026-01-10", said(OUT, IZIUM, body=GRID)),
    )
    assert phase(found, "power") == "out"
    assert "order_inferred" in {note.code for note in dimension(found, "power").notes}


def test_the_words_of_one_text_stay_in_their_order() -> None:
    known = post(1, "2026-01-10", said(OUT, IZIUM, body=MVA), said(BACK, IZIUM, body=MVA))
    assert phase(situation(known), "power") == "restored"


def test_a_statement_about_later_is_ignored_until_then() -> None:
    later = ("2026-01-10T20:00:00Z", "2026-01-10T20:01:00Z")
    known = post(1, at("10:00"), said(OUT, IZIUM, body=MVA, time=later))
    assert phase(situation(known, when=at("12:00")), "power") == "not_reported"


def test_a_post_known_to_the_day_was_not_written_before_what_it_tells() -> None:
    hit = said(
        "event.strike", IZIUM, body=MVA, time=("2026-01-10T13:40:00Z", "2026-01-10T13:41:00Z")
    )
    known = post(1, "2026-01-10", hit, said("harm.killed", IZIUM, body=OVA, n=1))
    assert situation(known, when=at("12:00")).evidence == ()
    later = situation(known, when=at("14:00"))
    assert phase(later, "harm") == "reported"
    assert dimension(later, "harm").heard_at == at("13:40")


# wider units ---------------------------------------------------------------------------------


def test_an_outage_of_the_raion_covers_its_places_and_says_so() -> None:
    found = situation(post(1, at("10:00"), said(OUT, IZIUM_RAION, body=OVA)))
    state = dimension(found, "power", VILLAGE)
    assert state.phase == "out"
    assert state.inherited_from == IZIUM_RAION
    assert phase(found, "power", CHUHUIV) == "not_reported"


def test_what_is_said_of_a_part_goes_before_the_wider_unit() -> None:
    found = situation(
        post(1, at("10:00"), said(BACK, IZIUM, body=MVA)),
        post(2, at("09:00"), said(OUT, IZIUM_RAION, body=OVA)),
    )
    assert phase(found, "power") == "restored"
    assert phase(found, "power", VILLAGE) == "out"


def test_a_later_outage_of_the_whole_raion_reaches_a_place_that_was_restored() -> None:
    found = situation(
        post(1, at("10:00"), said(BACK, IZIUM, body=MVA)),
        post(2, at("11:00"), said(OUT, IZIUM_RAION, body=OVA)),
    )
    assert phase(found, "power") == "out"
    assert dimension(found, "power").inherited_from == IZIUM_RAION


def test_a_restoration_of_the_wider_unit_does_not_restore_a_place_that_is_out() -> None:
    found = situation(
        post(1, at("10:00"), said(OUT, IZIUM, body=MVA)),
        post(2, at("11:00"), said(BACK, IZIUM_RAION, body=OVA)),
    )
    assert phase(found, "power") == "out"


def test_harm_and_attacks_of_an_oblast_are_not_those_of_each_village() -> None:
    found = situation(
        post(
            1,
            at("10:00"),
            said("harm.killed", KHARKIV_OBLAST, body=OVA, n=9),
            said("event.strike", KHARKIV_OBLAST, body=OVA),
        )
    )
    assert phase(found, "harm", VILLAGE) == "not_reported"
    assert phase(found, "attack", VILLAGE) == "none_reported"


def test_a_promise_for_a_place_stays_beside_what_the_wider_unit_lends() -> None:
    found = situation(
        post(1, at("10:00"), said(OUT, IZIUM_RAION, body=OVA)),
        post(2, at("11:00"), said(BACK, IZIUM, body=MVA, kind=Kind.FORECAST, quote="увечері")),
    )
    state = dimension(found, "power")
    assert state.phase == "out"
    assert "увечері" in state.note
    assert len(state.evidence) == 2


def test_a_promise_for_the_whole_community_is_shown_at_its_city_too() -> None:
    found = situation(
        post(1, at("10:00"), said(OUT, IZIUM, body=MVA)),
        post(
            2,
            at("11:00"),
            said(BACK, IZIUM_HROMADA, body=MVA, kind=Kind.FORECAST, quote="сьогодні не зможуть"),
        ),
    )
    assert "сьогодні не зможуть" in dimension(found, "power").note


def test_places_abroad_or_unknown_have_no_state() -> None:
    known = post(1, at("10:00"), said("event.explosion", "RU", "UA99000000000000000", body=MVA))
    found = situation(known)
    assert found.places == ()
    assert found.incidents == ()


def test_an_undecided_place_moves_nobody() -> None:
    claim = said("event.explosion", body=MVA, candidates=(IZIUM, IZMAIL))
    found = situation(post(1, at("10:00"), claim))
    assert phase(found, "attack", IZMAIL) == "none_reported"
    assert found.incidents == ()


# the table -------------------------------------------------------------------------------------


def test_every_move_is_between_phases_of_its_dimension_and_has_a_reason() -> None:
    rules = dimension_rules()
    for rows in rules.moves.values():
        for name, move in rows:
            phases = {*rules.dimensions[name].phases, ""}
            assert move.to in phases
            assert set(move.leaves) <= phases
            assert bool(move.to) != bool(move.note)
            assert move.reason.endswith(".")


def test_relieving_moves_and_only_they_ask_for_the_speakers_own_area() -> None:
    calm = {"ended", "over", "restored", "normal", "none_stated"}
    for rows in dimension_rules().moves.values():
        for _, move in rows:
            if move.to in calm:
                assert move.relieves


def test_no_phase_lends_what_it_does_not_know() -> None:
    for row in dimension_rules().dimensions.values():
        assert row.default in row.phases
        assert row.default not in row.inherits
        assert all(one != two for one, two in pairwise(row.phases))
