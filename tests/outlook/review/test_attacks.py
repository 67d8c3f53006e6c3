from outlook.saying import (
    DAY,
    OBLAST,
    OTHER,
    RAION,
    REGISTRY,
    TOWN,
    UNITS,
    alarm,
    at,
    attack,
    clear,
    says,
    situation,
)
from vidomo.outlook.review.measures import review
from vidomo.outlook.review.model import AttackReview, Review, Warned
from vidomo.situation.model import Evidence, Incident, Standing


def reviewed(*rows: Evidence, incidents: list[Incident], place: str = OBLAST) -> Review:
    return review(
        situation(rows, incidents=incidents), place, period=DAY, registry=REGISTRY, units=UNITS
    )


RADAR = {"source": "radar", "reason": "body_speaks", "origin": "air_force@UA"}


def one(*rows: Evidence, incident: Incident) -> AttackReview:
    (found,) = reviewed(*rows, incidents=[incident]).attacks
    return found


def test_an_alert_that_was_on_warned_of_the_attack_with_its_lead() -> None:
    found = one(alarm(0), clear(60), incident=attack(20, 25))
    assert (found.warned, found.by) == (Warned.WARNED, "alert")
    assert found.lead is not None
    assert (found.lead.low_s, found.lead.high_s) == (20 * 60, 25 * 60)
    assert found.claim == alarm(0).claim


def test_the_lead_is_counted_from_the_first_of_several_alerts() -> None:
    found = one(alarm(0), alarm(10, RAION), incident=attack(20))
    assert found.lead is not None
    assert found.lead.low_s == 20 * 60


def test_an_attack_without_an_alert_under_an_alarm_source_came_unwarned() -> None:
    assert one(alarm(0), clear(10), incident=attack(20)).warned is Warned.UNWARNED


def test_an_alarm_after_the_attack_is_no_warning() -> None:
    assert one(alarm(-600), clear(-590), alarm(30), incident=attack(20)).warned is Warned.UNWARNED


def test_without_any_alarm_source_it_is_not_known_whether_there_was_a_warning() -> None:
    assert one(incident=attack(20)).warned is Warned.NOT_KNOWN
    assert one(alarm(500), incident=attack(20)).warned is Warned.NOT_KNOWN


def test_an_alarm_inside_the_time_given_for_the_attack_leaves_it_undecided() -> None:
    assert one(alarm(30), incident=attack(20, 40)).warned is Warned.UNDECIDED


def test_a_threat_named_before_is_a_warning_for_six_hours() -> None:
    threat = says("threat.guided_bomb", -30, RAION, kind="warning", **RADAR)
    found = one(threat, incident=attack(20))
    assert (found.warned, found.by, found.claim) == (Warned.WARNED, "threat", threat.claim)
    assert found.lead is not None
    assert found.lead.low_s == 50 * 60
    assert one(threat, incident=attack(331)).warned is Warned.NOT_KNOWN
    assert one(threat, incident=attack(-31)).warned is Warned.NOT_KNOWN


def test_words_without_a_source_and_denials_warn_of_nothing() -> None:
    rumour = says("threat.uav", 0, standing=Standing.UNSOURCED, source="radar")
    denied = says("threat.uav", 0, polarity="denied", **RADAR)
    assert one(rumour, incident=attack(20)).warned is Warned.NOT_KNOWN
    assert one(denied, incident=attack(20)).warned is Warned.NOT_KNOWN


def test_a_threat_elsewhere_is_no_warning_here() -> None:
    assert (
        one(says("threat.uav", 0, OTHER, **RADAR), incident=attack(20)).warned is Warned.NOT_KNOWN
    )


def test_only_attacks_on_the_place_and_its_parts_in_the_period_are_reviewed() -> None:
    incidents = [attack(5), attack(6, place=OTHER), attack(2000)]
    assert len(reviewed(incidents=incidents).attacks) == 1
    assert reviewed(incidents=[attack(5, place=OBLAST)], place=TOWN).attacks == ()


def test_an_ended_alert_during_which_no_attack_is_known_is_counted() -> None:
    rows = (alarm(0), clear(10), alarm(20), clear(30), alarm(40))
    found = reviewed(*rows, incidents=[attack(25)])
    assert (found.warnings, found.warnings_without_attack) == (2, 1)


def test_counts_by_kind_add_up_to_all_attacks() -> None:
    found = reviewed(alarm(0), clear(10), incidents=[attack(5), attack(60), attack(70, 80)])
    assert found.count(Warned.WARNED) == 1
    assert sum(found.count(kind) for kind in Warned) == len(found.attacks) == 3


def test_the_times_of_an_attack_are_those_of_the_situation() -> None:
    found = one(incident=attack(5, 9))
    assert (found.earliest, found.latest, found.place) == (at(5), at(9), TOWN)
