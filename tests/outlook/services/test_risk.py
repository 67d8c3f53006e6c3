import pytest

from outlook.services.towns import back, hospital, hour, lost, owner, pump, told
from situation.testimonies import CHUHUIV, IZIUM, KHARKIV_OBLAST, OVA, VILLAGE, post, said
from vidomo.claims.model import Extent, Kind
from vidomo.core.errors import InputError
from vidomo.outlook.services.kinds import facility_kinds
from vidomo.outlook.services.model import (
    Backup,
    Facility,
    Need,
    Origin,
    Phase,
    Risk,
    Spell,
)
from vidomo.outlook.services.risk import charged_h

SITE = Facility(
    id="M",
    kind="mobile_site",
    place=IZIUM,
    needs=(Need(service="power"),),
    backup=facility_kinds()["mobile_site"].usual_backup,
)


def test_an_outage_with_a_stated_beginning_gives_an_interval() -> None:
    one = told([lost(0, since=(-2, -1))], hospital(owner(8, 12)), now=1)["H"]
    assert one.phase is Phase.AT_RISK
    assert (one.fails_from, one.fails_until) == (hour(6), hour(11))
    assert one.because


def test_an_outage_without_a_stated_beginning_may_be_of_any_age() -> None:
    one = told([lost(0)], hospital(owner(8, 12)), now=1)["H"]
    assert one.phase is Phase.FAILING
    assert one.fails_from is None
    assert one.fails_until is not None
    assert abs((one.fails_until - hour(12)).total_seconds()) <= 1
    assert "power:beginning" in one.unknown


def test_who_takes_for_granted_that_nothing_goes_unsaid_for_long_gets_a_beginning() -> None:
    one = told([lost(0)], hospital(owner(8, 12)), now=1, unsaid_h=2)["H"]
    assert one.phase is Phase.AT_RISK
    assert one.fails_from is not None
    assert abs((one.fails_from - hour(6)).total_seconds()) <= 1


def test_as_of_is_no_beginning_and_since_is_one() -> None:
    site = hospital(owner(8, 12))
    as_of = told([lost(0, since=(-2, -1.99), phase="as_of")], site, now=1)["H"]
    assert as_of.fails_from is None
    assert "power:beginning" in as_of.unknown
    since = told([lost(0, since=(-2, 0), phase="ongoing")], site, now=1)["H"]
    assert (since.fails_from, since.fails_until) == (hour(6), hour(10))
    # Who says "since ten" at noon also says that it is so at noon.
    short = told([lost(0, since=(-2, 0), phase="ongoing")], hospital(owner(1, 1.5)), now=0.1)["H"]
    assert short.phase is Phase.FAILED


def test_hours_that_nobody_gave_are_unknown_and_no_number() -> None:
    one = told([lost(0, since=(-2, -1))], hospital(), now=1)["H"]
    assert one.phase is Phase.FAILING
    assert (one.fails_from, one.fails_until) == (hour(-2), None)
    assert "power:backup_unknown" in one.unknown


def test_a_mobile_site_has_the_hours_of_the_rule_as_an_interval() -> None:
    one = told([lost(0, since=(0, 0))], SITE, now=1)["M"]
    assert (one.fails_from, one.fails_until) == (hour(4), hour(72))
    assert "by_rule" in one.assumptions
    assert one.causes[0].backup.origin is Origin.RULE
    rules = {name for name, row in facility_kinds().items() if row.backup}
    assert rules == {"mobile_site"}


def test_the_clock_alone_makes_no_failure_sure() -> None:
    words = [lost(0, since=(-2, -1))]
    site = hospital(owner(1, 2))
    assert told(words, site, now=1)["H"].phase is Phase.FAILING
    assert told(words, site, now=40)["H"].phase is Phase.FAILING
    assert "power:old_word" in told(words, site, now=40)["H"].unknown
    again = [*words, lost(3)]
    assert told(again, site, now=4)["H"].phase is Phase.FAILED


def test_silence_moves_nobody_to_holding() -> None:
    for now in (1, 13, 100, 1000):
        phase = told([lost(0, since=(-1, 0))], hospital(owner(8, 12)), now=now)["H"].phase
        assert phase in (Phase.AT_RISK, Phase.FAILING)


def test_nothing_said_is_unknown() -> None:
    one = told([], hospital(owner(8, 12)), now=1)["H"]
    assert one.phase is Phase.UNKNOWN
    assert one.unknown == ("power:not_said",)
    assert (one.fails_from, one.fails_until) == (None, None)


def test_supply_that_is_back_holds_until_the_word_is_old() -> None:
    words = [lost(0, since=(-1, 0)), back(2)]
    site = hospital(owner(8, 12))
    assert told(words, site, now=3)["H"].phase is Phase.HOLDING
    assert "power:not_recharged" in told(words, site, now=3)["H"].unknown
    assert told(words, site, now=30)["H"].phase is Phase.UNKNOWN


def test_supply_that_is_back_in_the_oblast_is_not_known_to_be_back_here() -> None:
    words = [back(2, KHARKIV_OBLAST, body=OVA, extent=Extent.ALL)]
    one = told(words, hospital(owner(8, 12), place=VILLAGE), now=3)["H"]
    assert one.phase is Phase.UNKNOWN
    assert "power:wider_word" in one.unknown


def test_words_about_the_oblast_make_no_failure_sure_here() -> None:
    oblast = lost(0, KHARKIV_OBLAST, body=OVA)
    site = hospital(owner(4, 6))
    for words in ([oblast, lost(8)], [oblast, back(2, KHARKIV_OBLAST, body=OVA), lost(8)]):
        one = told(words, site, now=9)["H"]
        assert one.phase is Phase.FAILING
        assert one.fails_from is None
        assert one.fails_until is not None
        assert abs((one.fails_until - hour(14)).total_seconds()) <= 1
    # Nor is it sure by later words about the oblast that the outage lasted here.
    one = told([lost(0), lost(8, KHARKIV_OBLAST, body=OVA)], site, now=9)["H"]
    assert one.phase is Phase.FAILING


def test_two_words_with_a_restoration_of_the_oblast_between_may_be_two_outages() -> None:
    between = back(2, KHARKIV_OBLAST, body=OVA)
    one = told([lost(0), between, lost(8)], hospital(owner(4, 6)), now=9)["H"]
    assert one.phase is Phase.FAILING
    assert one.fails_until is not None
    assert abs((one.fails_until - hour(14)).total_seconds()) <= 1
    one = told([lost(0), lost(8)], hospital(owner(4, 6)), now=9)["H"]
    assert one.phase is Phase.FAILED


def test_words_about_two_towns_are_about_each_of_them() -> None:
    both = post(1, hour(0), said("impact.power.outage", IZIUM, CHUHUIV, body=OVA))
    for place in (IZIUM, CHUHUIV):
        one = told([both], hospital(owner(4, 6), place=place), now=1)["H"]
        assert one.fails_until is not None


def test_part_of_a_place_without_power_may_or_may_not_be_this_part() -> None:
    one = told([lost(0, since=(0, 0), extent=Extent.PART)], hospital(owner(2, 3)), now=1)["H"]
    assert one.phase is Phase.AT_RISK
    assert (one.fails_from, one.fails_until) == (hour(2), None)
    assert "power:partly" in one.unknown
    most = told([lost(0, since=(0, 0), extent=Extent.MOST)], hospital(owner(2, 3)), now=1)["H"]
    assert most.fails_until is None


def test_power_that_came_back_fills_no_battery_unless_its_owner_says_how_fast() -> None:
    words = [lost(0, since=(0, 0)), back(3, since=(3, 3)), lost(5, since=(5, 5))]
    unknown = told(words, hospital(owner(4)), now=5.5)["H"]
    assert unknown.fails_from == hour(6)
    assert unknown.fails_until == hour(9)
    assert "power:not_recharged" in unknown.unknown
    known = told(words, hospital(owner(4, recharge_h=4)), now=5.5)["H"]
    assert known.fails_from == hour(8)
    full = told(words, hospital(owner(4, recharge_h=1)), now=5.5)["H"]
    assert full.fails_from == hour(9)
    assert "power:not_recharged" not in full.unknown


def test_a_beginning_lies_after_the_power_was_last_said_to_be_back() -> None:
    words = [lost(0, since=(0, 0)), back(3, since=(3, 3)), lost(5)]
    one = told(words, hospital(owner(4, recharge_h=0)), now=5.5)["H"]
    assert one.fails_from == hour(7)


def test_batteries_may_be_empty_where_power_was_cut_in_turns() -> None:
    cuts = lost(-20, KHARKIV_OBLAST, topic="power.schedule", body=OVA, kind=Kind.PLAN)
    one = told([cuts, lost(0, since=(0, 0))], SITE, now=1)["M"]
    assert one.fails_from == hour(0)
    assert one.phase is Phase.FAILING


def test_what_needs_a_pump_fails_after_the_pump() -> None:
    site = hospital(owner(50, 60), Need(service="water", supplier="W", backup=owner(5, 6)))
    found = told([lost(1, since=(0, 1))], site, pump(owner(2, 3)), now=1.5)
    assert (found["W"].fails_from, found["W"].fails_until) == (hour(2), hour(4))
    assert (found["H"].fails_from, found["H"].fails_until) == (hour(7), hour(10))
    assert "W" in found["H"].because
    assert [one.service for one in found["H"].causes] == ["power", "water"]


def test_power_reaches_emergency_calls_by_way_of_the_mobile_site() -> None:
    post = Facility(
        id="E",
        kind="emergency_post",
        place=VILLAGE,
        needs=(Need(service="communications", supplier="M"),),
    )
    one = told([lost(0, since=(0, 0))], post, SITE, now=1)["E"]
    assert (one.phase, one.fails_from) == (Phase.AT_RISK, hour(4))
    assert one.fails_until is None


def test_what_is_not_known_of_a_supplier_is_told_to_those_behind_it() -> None:
    def risk_behind(*more: Need) -> Risk:
        works = Facility(
            id="W",
            kind="water",
            place=IZIUM,
            needs=(Need(service="power"), *more),
            backup=owner(2, 3),
        )
        site = Facility(
            id="H",
            kind="hospital",
            place=IZIUM,
            needs=(Need(service="water", supplier="W", backup=owner(6, 10)),),
        )
        return told([lost(0, since=(-1, -0.9))], works, site, now=0.5)["H"]

    one = risk_behind(Need(service="gas"))
    assert one.phase is Phase.AT_RISK
    assert "water:supplier_needs" in one.unknown
    assert "other_needs" in one.assumptions
    one = risk_behind()
    assert "water:supplier_needs" not in one.unknown
    assert "other_needs" not in one.assumptions


def test_a_supplier_of_which_nothing_is_known_leaves_all_unknown() -> None:
    post = Facility(
        id="E",
        kind="emergency_post",
        place=VILLAGE,
        needs=(Need(service="communications", supplier="M"),),
    )
    assert told([], post, SITE, now=1)["E"].phase is Phase.UNKNOWN
    assert told([], post, now=1)["E"].phase is Phase.UNKNOWN


def test_water_that_is_said_to_be_gone_counts_beside_the_pump() -> None:
    site = hospital(owner(50, 60), Need(service="water", supplier="W", backup=owner(5, 6)))
    words = [lost(0, since=(0, 0), word="water")]
    found = told(words, site, pump(owner(2, 3)), now=1)
    assert (found["H"].fails_from, found["H"].fails_until) == (hour(5), hour(6))
    assert found["W"].phase is Phase.FAILING
    assert "water:said_of_service" in found["W"].unknown


def test_facilities_that_wait_for_each_other_are_refused() -> None:
    one = hospital(owner(1), Need(service="health", supplier="B"), name="A")
    other = hospital(owner(1), Need(service="health", supplier="A"), name="B")
    with pytest.raises(InputError, match="wait for each other"):
        told([], one, other, now=1)


@pytest.mark.parametrize(
    ("spells", "hours"),
    [
        ((), 8.0),
        ((Spell(out_h=3),), 5.0),
        ((Spell(out_h=3, up_h=2),), 7.0),
        ((Spell(out_h=3, up_h=90),), 8.0),
        ((Spell(out_h=None, up_h=2),), 2.0),
        ((Spell(out_h=9, up_h=2), Spell(out_h=1)), 1.0),
    ],
)
def test_a_battery_recharges_evenly_over_the_hours_of_its_owner(spells, hours: float) -> None:
    assert charged_h(owner(8, recharge_h=8), spells) == hours


def test_no_backup_at_all_is_not_the_same_as_unknown() -> None:
    none = told([lost(0, since=(0, 0)), lost(1)], hospital(owner(0)), now=2)["H"]
    assert none.phase is Phase.FAILED
    unknown = told([lost(0, since=(0, 0)), lost(1)], hospital(Backup()), now=2)["H"]
    assert unknown.phase is Phase.FAILING
