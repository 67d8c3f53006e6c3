"""What belongs to one happening, and how many."""

import msgspec
import pytest

from situation.testimonies import (
    AIR_FORCE,
    CHUHUIV,
    DSNS,
    IZIUM,
    IZIUM_RAION,
    IZMAIL,
    KHARKIV_OBLAST,
    MVA,
    OVA,
    RAION,
    VILLAGE,
    at,
    place,
    post,
    said,
    situation,
)
from vidomo.claims.model import Kind, Number, Polarity, Relation, SpeakerKind
from vidomo.situation.fold import Known
from vidomo.situation.model import Incident

DAY = "2026-01-10"
AFTERNOON = ("2026-01-10T13:40:00Z", "2026-01-10T13:41:00Z")
EVENING = ("2026-01-10T15:30:00Z", "2026-01-10T15:31:00Z")
MORNING = ("2026-01-10T04:00:00Z", "2026-01-10T10:00:00Z")
WHOLE_DAY = ("2026-01-09T22:00:00Z", "2026-01-10T22:00:00Z")


def only(*known: Known) -> Incident:
    (incident,) = situation(*known).incidents
    return incident


def figures(*known: Known) -> set[tuple]:
    return {
        (row.topic, row.unit, row.min, row.status, row.order_inferred)
        for row in only(*known).figures
    }


FIRST = post(
    1,
    DAY,
    said("event.strike", IZIUM, body=MVA, time=AFTERNOON, means=("kab",)),
    said("event.explosion", IZIUM, body=MVA, n=10, mode="about"),
    said("harm.killed", IZIUM, body=OVA, n=1),
)
SECOND = post(
    2,
    DAY,
    said("event.strike", IZIUM, body=OVA, time=EVENING, n=4, unit="bombs", means=("kab",)),
    said("harm.killed", IZIUM, body=OVA, n=2),
    said("harm.injured", IZIUM, body=OVA, n=1),
)


def test_two_times_of_one_attack_stand_side_by_side() -> None:
    incident = only(FIRST, SECOND)
    assert [time.surface for time in incident.times] == ["about 13:40", "about 15:30"]
    assert not any(time.disputed for time in incident.times)
    assert (incident.earliest, incident.latest.hour) == (at("13:40"), 15)
    assert incident.means == ("kab",)
    assert incident.family == "air"


def test_different_counts_of_different_things_are_no_conflict() -> None:
    found = figures(FIRST, SECOND)
    assert ("event.explosion", "explosions", 10, "current", False) in found
    assert ("event.strike", "bombs", 4, "current", False) in found


def test_of_running_totals_of_one_day_the_higher_is_current_and_the_order_inferred() -> None:
    assert {row for row in figures(FIRST, SECOND) if row[0].startswith("harm")} == {
        ("harm.killed", "persons", 2, "current", True),
        ("harm.killed", "persons", 1, "earlier", True),
        ("harm.injured", "persons", 1, "current", False),
    }


def killed(number: int, clock: str, n: float, body: str = OVA, **more: object) -> Known:
    polarity = Polarity.AFFIRMED if n else Polarity.NEGATED
    claim = said("harm.killed", IZIUM, body=body, n=n, polarity=polarity, **more)
    return post(number, at(clock), claim)


HIT = post(9, at("10:00"), said("event.strike", IZIUM, body=MVA))


@pytest.mark.parametrize(
    ("posts", "expected"),
    [
        ([killed(1, "11:00", 1), killed(2, "12:00", 3)], {(3, "current"), (1, "earlier")}),
        ([killed(1, "11:00", 3), killed(2, "12:00", 2)], {(2, "current"), (3, "earlier")}),
        ([killed(1, "11:00", 3), killed(2, "12:00", 2, DSNS)], {(3, "current"), (2, "differs")}),
        ([killed(1, "11:00", 0), killed(2, "12:00", 2)], {(2, "current"), (0, "earlier")}),
        ([killed(1, "11:00", 2), killed(2, "12:00", 0, DSNS)], {(2, "current"), (0, "differs")}),
        ([killed(1, "11:00", 0)], {(0, "current")}),
        (
            [
                killed(1, "11:00", 3),
                killed(2, "12:00", 2, DSNS, relation=Relation(kind="corrects", text="уточнено")),
            ],
            {(2, "current"), (3, "earlier")},
        ),
    ],
    ids=[
        "rose",
        "mended by the same voice",
        "lower from another voice",
        "zero before",
        "zero after from another voice",
        "a stated zero",
        "mended in its own words",
    ],
)
def test_totals_supersede_by_time_and_voice(posts: list[Known], expected: set) -> None:
    rows = [row for row in only(HIT, *posts).figures if row.topic == "harm.killed"]
    assert {(row.min, row.status) for row in rows} == expected
    assert not any(row.order_inferred for row in rows)


def hurt(number: int, clock: str, n: float | None, topic: str = "harm.injured") -> Known:
    polarity = Polarity.NEGATED if n == 0 else Polarity.AFFIRMED
    return post(number, at(clock), said(topic, IZIUM, body=MVA, n=n, polarity=polarity))


@pytest.mark.parametrize(
    "later", [killed(2, "12:00", 1), hurt(2, "12:00", None, "harm.casualties")]
)
def test_a_zero_does_not_outlive_the_news_of_harm(later: Known) -> None:
    rows = {
        (row.topic, row.min, row.status) for row in only(HIT, hurt(1, "11:00", 0), later).figures
    }
    assert ("harm.injured", 0, "earlier") in rows
    assert ("harm.injured", 0, "current") not in rows


def test_a_zero_said_with_or_after_other_harm_stands() -> None:
    incident = only(HIT, killed(1, "11:00", 1), hurt(2, "12:00", 0))
    rows = {(row.topic, row.min, row.status) for row in incident.figures}
    assert {("harm.injured", 0, "current"), ("harm.killed", 1, "current")} <= rows


def test_a_zero_and_a_figure_of_one_day_differ() -> None:
    none = said("harm.killed", IZIUM, body=MVA, n=0, mode="none", polarity=Polarity.NEGATED)
    rows = figures(SECOND, post(3, DAY, none))
    assert ("harm.killed", "persons", 0, "differs", False) in rows
    assert ("harm.killed", "persons", 2, "current", False) in rows


def test_two_counts_of_one_thing_differ_and_none_wins() -> None:
    other = said("event.explosion", IZIUM, body=OVA, n=6, unit="explosions", time=EVENING)
    rows = {row for row in figures(FIRST, post(2, DAY, other)) if row[0] == "event.explosion"}
    assert {(row[2], row[3]) for row in rows} == {(10, "differs"), (6, "differs")}


def test_one_bomb_beside_four_is_one_of_them() -> None:
    one = said("event.strike", IZIUM, body=DSNS, n=1, unit="bombs")
    rows = {row for row in figures(SECOND, post(3, DAY, one)) if row[1] == "bombs"}
    assert rows == {("event.strike", "bombs", 4, "current", False)}
    alone = {row for row in figures(FIRST, post(3, DAY, one)) if row[1] == "bombs"}
    assert alone == {("event.strike", "bombs", 1, "current", False)}


@pytest.mark.parametrize(
    "number",
    [
        None,
        Number(min=None, max=None, mode="several", unit="persons"),
        Number(min=3, max=3, unit="children", subset_of="persons"),
        Number(min=2100, max=None, mode="at_least", unit="persons", cumulative_since="invasion"),
    ],
    ids=["no number", "several", "a subset", "a total since the invasion"],
)
def test_what_is_no_count_of_this_happening_is_no_figure(number: Number | None) -> None:
    claim = said("harm.killed", IZIUM, body=OVA)
    claim = msgspec.structs.replace(claim, number=number)
    assert only(HIT, post(1, at("11:00"), claim)).figures == ()


def test_a_number_of_several_places_or_of_the_oblast_is_not_this_places() -> None:
    both = said("harm.killed", IZIUM, CHUHUIV, body=OVA, n=5)
    wide = said("harm.injured", KHARKIV_OBLAST, body=OVA, n=30)
    incident = only(HIT, post(1, at("11:00"), wide))
    assert incident.figures == ()
    found = situation(HIT, post(1, at("11:00"), both))
    assert all(not incident.figures for incident in found.incidents)


def test_a_zero_beside_a_figure_of_one_text_is_about_the_rest() -> None:
    hurt = said("harm.injured", IZIUM, body=OVA, n=1)
    rest = said("harm.injured", IZIUM, body=OVA, n=0, polarity=Polarity.NEGATED)
    (row,) = only(HIT, post(1, at("11:00"), hurt, rest)).figures
    assert (row.min, row.status) == (1, "current")


def test_a_lower_figure_of_the_same_voice_in_one_text_is_part_of_the_higher() -> None:
    hurt = said("harm.injured", IZIUM, body=OVA, n=13)
    stay = said("harm.injured", IZIUM, body=OVA, n=8)
    (row,) = only(HIT, post(1, at("11:00"), hurt, stay)).figures
    assert row.min == 13
    before = msgspec.structs.replace(stay, relation=Relation(kind="supersedes", text="раніше 8"))
    rows = only(HIT, post(1, at("11:00"), hurt, before)).figures
    assert {(row.min, row.status) for row in rows} == {(13, "current"), (8, "earlier")}
    other = said("harm.injured", IZIUM, body=DSNS, n=8)
    assert len(only(HIT, post(1, at("11:00"), hurt, other)).figures) == 2


def test_an_incident_without_a_stated_time_is_as_old_as_its_first_words() -> None:
    incident = only(HIT)
    assert (incident.earliest, incident.times) == (at("10:00"), ())


def test_one_figure_by_two_voices_names_both_and_is_one() -> None:
    incident = only(HIT, killed(1, "11:00", 2), killed(2, "11:30", 2, DSNS))
    (row,) = incident.figures
    assert len(row.speakers) == 2
    assert len(row.evidence) == 2


def test_six_hours_part_two_attacks_and_the_numbers_are_not_mixed() -> None:
    later = post(
        3,
        at("20:00"),
        said(
            "event.strike", IZIUM, body=MVA, time=("2026-01-10T19:50:00Z", "2026-01-10T19:51:00Z")
        ),
        said("harm.killed", IZIUM, body=MVA, n=5),
    )
    early = post(
        4,
        at("11:00"),
        said(
            "event.strike", IZIUM, body=MVA, time=("2026-01-10T10:50:00Z", "2026-01-10T10:51:00Z")
        ),
        said("harm.killed", IZIUM, body=MVA, n=1),
    )
    found = situation(early, later)
    assert len(found.incidents) == 2
    assert [[row.min for row in one.figures] for one in found.incidents] == [[1], [5]]
    assert [row.min for row in place(found).figures] == [5]


def test_air_and_ground_attacks_are_two() -> None:
    shells = post(3, at("11:00"), said("event.shelling", IZIUM, body=MVA, means=("artillery",)))
    assert {one.family for one in situation(HIT, shells).incidents} == {"air", "ground"}


def test_a_strike_known_to_the_day_joins_and_opens_no_second() -> None:
    vague = post(3, "2026-01-10/2026-01-12", said("event.strike", IZIUM, body=OVA))
    assert len(situation(FIRST, SECOND, vague).incidents) == 1
    assert len(situation(vague).incidents) == 1


def test_later_words_of_damage_join_what_happened() -> None:
    later = post(
        3,
        "2026-01-11/2026-01-20",
        said("impact.damage", IZIUM, body=MVA),
        said("harm.killed", IZIUM, body=MVA, n=2, time=WHOLE_DAY),
    )
    assert len(situation(FIRST, later, when=at("12:00", "2026-01-15")).incidents) == 1


def test_harm_and_damage_without_an_event_open_an_incident_and_a_zero_does_not() -> None:
    assert only(killed(1, "11:00", 2)).family == "other"
    assert only(post(1, at("11:00"), said("impact.damage", IZIUM, body=DSNS)))
    assert situation(killed(1, "11:00", 0)).incidents == ()
    cause = said("cause.munition", IZIUM, body=MVA, means=("kab",))
    assert situation(post(1, at("11:00"), cause)).incidents == ()


def test_what_is_said_of_the_raion_joins_the_one_place_in_it() -> None:
    wide = post(3, at("10:30"), said("event.explosion", IZIUM_RAION, body=OVA))
    assert only(HIT, wide).place == IZIUM
    village = post(4, at("10:10"), said("event.strike", VILLAGE, body=MVA))
    assert len(situation(HIT, village, wide).incidents) == 3


def test_the_country_is_no_place_of_an_attack_and_its_dead_are_not_the_citys() -> None:
    all_over = post(3, at("10:30"), said("event.strike", "UA", body=AIR_FORCE))
    dead = post(4, at("10:40"), said("harm.killed", "UA", body=DSNS, n=9))
    found = situation(HIT, all_over, dead)
    assert {one.place for one in found.incidents} == {"UA", IZIUM}
    city = next(one for one in found.incidents if one.place == IZIUM)
    assert len(city.evidence) == 1
    assert {one.place for one in situation(HIT, dead).incidents} == {"UA", IZIUM}


def test_harm_joins_the_attack_that_is_nearest_in_time() -> None:
    def struck(number: int, hour: int) -> Known:
        time = (f"{DAY}T{hour}:00:00Z", f"{DAY}T{hour}:01:00Z")
        return post(number, DAY, said("event.strike", IZIUM, body=MVA, time=time))

    noon = (f"{DAY}T11:30:00Z", f"{DAY}T12:30:00Z")
    hurt = post(5, at("18:00"), said("harm.killed", IZIUM, body=OVA, n=2, time=noon))
    found = situation(struck(1, 10), struck(2, 17), hurt)
    assert [bool(one.figures) for one in found.incidents] == [True, False]


def test_harm_joins_the_attack_on_its_own_place_before_that_on_the_raion() -> None:
    wide = post(3, at("10:30"), said("event.explosion", IZIUM_RAION, body=OVA))
    village = post(4, at("10:10"), said("event.strike", VILLAGE, body=MVA))
    hurt = killed(5, "11:00", 2)
    found = situation(HIT, village, wide, hurt)
    assert [one.place for one in found.incidents if one.figures] == [IZIUM]


def test_places_beside_each_other_are_two_incidents() -> None:
    claim = said("event.strike", IZIUM, CHUHUIV, body=OVA)
    assert [one.place for one in situation(post(1, at("10:00"), claim)).incidents] == sorted(
        [IZIUM, CHUHUIV]
    )


@pytest.mark.parametrize(
    "claim",
    [
        said("event.strike", IZIUM, body=MVA, kind=Kind.BACKGROUND),
        said("event.strike", IZIUM, body=MVA, kind=Kind.FORECAST),
        said("event.strike", IZIUM, body=MVA, kind=Kind.SPECULATION),
        said("event.strike", IZIUM, body=MVA, kind=Kind.UNKNOWN),
        said("event.strike", IZIUM, body=MVA, polarity=Polarity.NEGATED),
        said("event.strike", IZIUM, who=SpeakerKind.AUTHOR),
        said("event.strike", body=MVA, candidates=(IZIUM, IZMAIL)),
    ],
)
def test_history_guesses_and_words_without_a_source_open_nothing(claim: object) -> None:
    assert situation(post(1, at("10:00"), claim)).incidents == ()


def rumour(number: int, posted_at: str | None, *claims: object) -> Known:
    return post(number, posted_at, *claims, source="rewriter")


def test_words_without_a_source_are_shown_beside_and_give_no_figure() -> None:
    told = rumour(5, DAY, said("harm.killed", IZIUM, n=40), said("event.explosion", IZIUM, n=12))
    incident = only(FIRST, told)
    assert len(incident.unsourced) == 2
    assert 40 not in {row.min for row in incident.figures}
    assert not set(incident.unsourced) & set(incident.evidence)
    assert "text:" not in " ".join(incident.origins)


def test_a_time_that_only_words_without_a_source_give_is_disputed() -> None:
    claim = said("impact.power.outage", IZIUM, time=MORNING)
    incident = only(FIRST, rumour(5, DAY, claim))
    assert [time.disputed for time in incident.times] == [False, True]


def test_a_part_of_the_day_that_holds_a_clock_time_is_no_time_of_its_own() -> None:
    daytime = ("2026-01-10T08:00:00Z", "2026-01-10T16:00:00Z")
    claim = said("event.strike", IZIUM, body=DSNS, time=daytime)
    incident = only(FIRST, SECOND, post(3, DAY, claim))
    assert [time.surface for time in incident.times] == ["about 13:40", "about 15:30"]
    assert incident.earliest == at("13:40")
    assert only(post(3, DAY, claim)).times[0].surface == "about 08:00"


def test_an_unsourced_time_that_agrees_is_no_second_time() -> None:
    claim = said("event.explosion", IZIUM, time=AFTERNOON)
    assert len(only(FIRST, rumour(5, DAY, claim)).times) == 1


def test_undated_words_without_a_source_fit_only_a_place_with_one_incident() -> None:
    told = rumour(5, None, said("event.explosion", IZIUM))
    assert len(only(HIT, told).unsourced) == 1
    shells = post(3, at("11:00"), said("event.shelling", IZIUM, body=MVA, means=("artillery",)))
    assert not any(one.unsourced for one in situation(HIT, shells, told).incidents)


def test_an_earlier_happening_told_without_a_source_is_not_this_one() -> None:
    november = rumour(5, "2025-11", said("event.explosion", IZIUM))
    assert only(FIRST, november).unsourced == ()


def test_ten_copies_of_one_voice_are_one_origin() -> None:
    copies = [
        post(number, DAY, said("event.strike", IZIUM, body=MVA, time=AFTERNOON))
        for number in range(20, 30)
    ]
    incident = only(FIRST, *copies)
    assert incident.origins == only(FIRST).origins
    assert incident.figures == only(FIRST).figures


def bangs(number: int, clock: str, n: float, **more: object) -> tuple[Known, Known]:
    """Undated explosions, and half an hour later the dead of them."""
    told = post(number, at(clock), said("event.explosion", IZIUM, body=MVA))
    hour, minute = clock.split(":")
    dead = said("harm.killed", IZIUM, body=OVA, n=n, **more)
    return told, post(number + 50, at(f"{hour}:{int(minute) + 30}"), dead)


def alert(number: int, topic: str, clock: str, code: str = IZIUM, body: str = MVA) -> Known:
    return post(number, at(clock), said(f"alert.{topic}", code, body=body))


@pytest.mark.parametrize(("code", "body"), [(IZIUM, MVA), (KHARKIV_OBLAST, OVA)])
@pytest.mark.parametrize("second", ["15:00", "10:10"])
def test_undated_attacks_of_two_alerts_are_two_and_no_toll_takes_the_others_place(
    code: str, body: str, second: str
) -> None:
    found = situation(
        alert(1, "start", "06:50", code, body),
        *bangs(2, "07:00", 3),
        alert(3, "end", "08:40", code, body),
        alert(4, "start", "10:05" if second == "10:10" else "14:50", code, body),
        *bangs(5, second, 1),
    )
    rows = [[(row.min, row.status) for row in one.figures] for one in found.incidents]
    assert rows == [[(3, "current")], [(1, "current")]]


def test_an_undated_attack_told_of_in_one_alert_stays_one() -> None:
    found = situation(
        alert(1, "start", "06:50"),
        *bangs(2, "07:00", 1),
        alert(3, "start", "07:10"),
        post(4, at("09:00"), said("event.strike", IZIUM, body=MVA)),
    )
    assert len(found.incidents) == 1


def test_words_soon_after_the_all_clear_are_of_the_attack_before_it() -> None:
    found = situation(
        alert(1, "start", "06:50"),
        *bangs(2, "07:00", 1),
        alert(3, "end", "08:40"),
        post(4, at("08:50"), said("event.strike", IZIUM, body=MVA)),
    )
    assert len(found.incidents) == 1


def test_an_all_clear_parts_undated_attacks_where_no_second_alert_was_heard() -> None:
    known = (*bangs(2, "07:00", 3), *bangs(5, "15:00", 1))
    assert len(situation(*known, alert(3, "end", "08:40")).incidents) == 2
    forged = post(3, at("08:40"), said("alert.end", IZIUM), source="rewriter")
    assert len(situation(*known, forged).incidents) == 1
    elsewhere = alert(3, "end", "08:40", CHUHUIV, OVA)
    assert len(situation(*known, elsewhere).incidents) == 1


def test_two_stated_times_of_one_attack_stay_one_across_an_all_clear() -> None:
    assert len(situation(FIRST, SECOND, alert(3, "end", "14:30")).incidents) == 1


def test_what_is_said_of_the_raion_in_a_second_alert_is_not_the_citys_first_attack() -> None:
    found = situation(
        alert(1, "start", "06:50"),
        *bangs(2, "07:00", 3),
        alert(3, "end", "08:40"),
        alert(4, "start", "10:05", IZIUM_RAION, RAION),
        post(5, at("10:10"), said("event.explosion", IZIUM_RAION, body=RAION)),
    )
    assert [one.place for one in found.incidents] == [IZIUM, IZIUM_RAION]
