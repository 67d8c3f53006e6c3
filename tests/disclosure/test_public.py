"""What residents see of a place, one rule at a time."""

import pytest

from disclosure.planted import (
    DISTRICT,
    GAZETTEER,
    HAMLET,
    HROMADA,
    IZIUM,
    KHARKIV,
    NEXT_HAMLET,
    OBLAST,
    RAION,
)
from disclosure.told import hours, linked, official, opened, row, told, view
from situation.testimonies import OVA, at, post, said
from vidomo.claims.model import Extent, Kind, Polarity
from vidomo.core.codec import to_json
from vidomo.core.errors import DisclosureForbidden
from vidomo.disclosure.gate import PublicGate, gate

OUT = said("impact.power.outage", IZIUM, extent=Extent.ALL, quote="В Ізюмі немає світла")
BACK = said("impact.power.restored", IZIUM, extent=Extent.ALL, quote="Світло в Ізюмі є")
HOUSE = said("impact.damage", IZIUM, quote="Пошкоджено приватний будинок")


def test_a_view_for_residents_holds_the_one_place_that_was_asked_for() -> None:
    situation = told(official(1, "08:00", OUT))
    seen = gate(situation, policy="ua-public", gazetteer=GAZETTEER, also=[IZIUM])
    assert [place.place for place in seen.places] == [IZIUM]
    assert seen.is_public
    assert gate(situation, policy="ua-public", gazetteer=GAZETTEER).places == ()
    with pytest.raises(DisclosureForbidden, match="one place at a time"):
        gate(situation, policy="ua-public", gazetteer=GAZETTEER, also=[IZIUM, KHARKIV])
    with pytest.raises(DisclosureForbidden, match="no policy for the public"):
        PublicGate(situation, policy="operator-only", gazetteer=GAZETTEER)


def test_a_phase_that_unofficial_words_made_is_the_last_one_that_an_official_made() -> None:
    rumour = post(2, at("12:00"), BACK, source="monitor", home=IZIUM)
    situation = told(official(1, "08:00", OUT), rumour)
    seen = view(situation, IZIUM)
    assert row(seen, "power").phase == "out"
    assert row(seen, "power").since == at("08:00")
    assert [item.topic for item in seen.said] == ["impact.power.outage"]


def test_a_phase_that_unofficial_words_alone_made_is_not_told() -> None:
    seen = view(told(post(2, at("12:00"), OUT, source="monitor", home=IZIUM)), IZIUM)
    assert not row(seen, "power").is_said
    assert seen.said == ()


def test_what_an_agency_quotes_needs_its_address() -> None:
    quoted = post(3, at("09:00"), said("impact.power.outage", IZIUM, body=OVA), source="agency_one")
    assert view(told(quoted), IZIUM).said == ()
    (item,) = view(told(linked(quoted, "https://agency.example/3")), IZIUM).said
    assert item.url == "https://agency.example/3"


@pytest.mark.parametrize(
    ("quote", "held_h"),
    [("Пошкоджено приватний будинок", 3), ("Влучання у казарму", 12)],
)
def test_that_an_object_was_hit_is_told_after_its_hours(quote: str, held_h: int) -> None:
    hit = official(1, "08:00", said("impact.damage", IZIUM, quote=quote))
    before = view(told(hit, when=at("08:00") + hours(held_h)), IZIUM)
    assert not row(before, "damage").is_said
    assert row(before, "damage").is_withheld
    assert before.said == ()
    after = view(told(hit, when=at("08:00") + hours(held_h + 0.1)), IZIUM)
    assert row(after, "damage").phase == "reported"
    assert not row(after, "damage").is_withheld


@pytest.mark.parametrize("quote", ["Пошкоджено підстанцію", "Є пошкодження", "Горить склад"])
def test_what_is_critical_or_unknown_is_never_told_by_itself(quote: str) -> None:
    hit = official(1, "08:00", said("impact.damage", IZIUM, quote=quote))
    seen = view(told(hit, when=at("08:00", "2026-06-01")), IZIUM)
    assert row(seen, "damage").is_withheld
    assert seen.said == ()


def test_a_strike_without_an_object_is_told_at_once() -> None:
    strike = official(1, "08:00", said("event.strike", IZIUM, quote="Ворог ударив по місту"))
    seen = view(told(strike, when=at("08:01")), IZIUM)
    assert row(seen, "attack").phase == "reported"
    assert seen.said[0].quote == "Ворог ударив по місту"


def test_harm_in_a_hamlet_is_told_of_the_community_and_every_hamlet_looks_the_same() -> None:
    harm = said("harm.killed", HAMLET, n=1, quote="Одна людина загинула")
    situation = told(official(1, "08:00", harm))
    wide = row(view(situation, HROMADA), "harm")
    assert (wide.phase, wide.inherited_from) == ("reported", None)
    here, there = (view(situation, code) for code in (HAMLET, NEXT_HAMLET))
    assert row(here, "harm") == row(there, "harm")
    assert (row(here, "harm").inherited_from, row(here, "harm").is_coarsened) == (HROMADA, True)
    assert here.places[0].timeline == ()
    (item,) = view(situation, HROMADA).said
    assert (item.place, item.quote, item.withheld_by) == (HROMADA, "", "words-of-the-withheld")


def test_that_nobody_was_hurt_in_a_hamlet_is_not_said_of_its_community() -> None:
    nobody = said("harm.killed", HAMLET, n=0, polarity=Polarity.NEGATED, quote="Загиблих немає")
    seen = view(told(official(1, "08:00", nobody)), HROMADA)
    assert row(seen, "harm").phase == "not_reported"


def test_what_is_not_known_of_harm_in_a_hamlet_is_not_known_of_its_community() -> None:
    asked = said(
        "harm.casualties",
        HAMLET,
        kind=Kind.UNKNOWN,
        unknown=("casualties", "being_clarified"),
        quote="Дані уточнюються",
    )
    situation = told(official(1, "08:00", asked))
    assert row(view(situation, HROMADA), "harm").phase == "unknown"
    (question,) = view(situation, HAMLET).questions
    assert (question.place, question.status) == (HROMADA, "open")
    assert HAMLET not in to_json(view(situation, HROMADA)).decode()


def test_harm_in_a_part_of_a_town_is_told_of_the_town() -> None:
    harm = said("harm.injured", DISTRICT, n=2, quote="Двоє людей поранені")
    situation = told(official(1, "08:00", harm, source="ova_channel"))
    assert row(view(situation, KHARKIV), "harm").phase == "reported"
    assert row(view(situation, DISTRICT), "harm").inherited_from == KHARKIV


def test_a_warning_and_an_outage_are_told_of_the_hamlet_itself_at_once() -> None:
    situation = told(
        official(1, "08:00", said("threat.uav", HAMLET, kind=Kind.WARNING, quote="Загроза БпЛА")),
        official(2, "08:01", said("impact.water.outage", HAMLET, quote="Немає води")),
        when=at("08:02"),
    )
    seen = view(situation, HAMLET)
    assert (row(seen, "water").phase, row(seen, "water").inherited_from) == ("out", None)
    assert {item.quote for item in seen.said} == {"Загроза БпЛА", "Немає води"}


def test_a_raion_says_that_parts_are_out_without_a_list_of_them() -> None:
    seen = view(told(official(1, "08:00", OUT)), RAION)
    power = row(seen, "power")
    assert (power.phase, power.is_from_parts, power.said, power.share) == (
        "partial",
        True,
        (),
        None,
    )
    assert seen.said == ()
    assert IZIUM not in to_json(seen).decode()


def test_a_raion_that_was_said_to_have_power_before_its_parts_lost_it_has_it_in_part() -> None:
    whole = said("impact.power.restored", OBLAST, extent=Extent.ALL, quote="Світло є всюди")
    situation = told(official(1, "07:00", whole, source="ova_channel"), official(2, "08:00", OUT))
    assert row(view(situation, OBLAST), "power").is_from_parts


def test_words_that_two_statements_share_are_not_quoted_where_one_of_them_is_withheld() -> None:
    quote = "Після роботи ППО в Ізюмі немає світла"
    known = official(
        1,
        "08:00",
        said("impact.power.outage", IZIUM, quote=quote),
        said("event.air_defence", IZIUM, quote=quote),
    )
    first, second = known.reading.claims
    import msgspec

    shared = msgspec.structs.replace(second, start=first.start, end=first.end)
    reading = msgspec.structs.replace(known.reading, claims=(first, shared))
    (item,) = view(told(msgspec.structs.replace(known, reading=reading)), IZIUM).said
    assert (item.topic, item.quote, item.withheld_by) == (
        "impact.power.outage",
        "",
        "words-of-the-withheld",
    )


def test_a_question_whose_answer_is_withheld_is_still_open_to_residents() -> None:
    asked = said(
        "impact.damage",
        IZIUM,
        kind=Kind.UNKNOWN,
        unknown=("damage", "being_clarified"),
        quote="Наслідки уточнюються",
    )
    situation = told(official(1, "08:00", asked), official(2, "09:00", HOUSE), when=at("10:00"))
    (question,) = view(situation, IZIUM).questions
    assert (question.status, question.answered_by, question.answered_at) == ("open", (), None)
    later = told(official(1, "08:00", asked), official(2, "09:00", HOUSE), when=at("13:00"))
    (question,) = view(later, IZIUM).questions
    assert question.status == "answered"
    assert question.answered_at == at("09:00")


def test_that_a_post_was_taken_back_is_told_without_its_address() -> None:
    first = official(1, "08:00", OUT)
    gone = official(1, "08:00", OUT, deleted_at=at("09:00"))
    situation = told(linked(first, "https://x.example/1"), linked(gone, "https://x.example/1"))
    seen = view(situation, IZIUM)
    (change,) = seen.changes
    assert (change.how, change.changed_at, change.url) == ("deleted", at("09:00"), "")
    assert "немає світла" not in to_json(seen).decode()


def test_an_alert_that_nobody_renews_is_no_alert_state_and_its_words_stay() -> None:
    alarm = official(1, "08:00", said("alert.start", IZIUM, quote="Повітряна тривога"))
    seen = view(told(alarm, when=at("22:00")), IZIUM)
    assert row(seen, "alert").phase == "unknown"
    assert [item.quote for item in seen.said] == ["Повітряна тривога"]


def test_nobody_can_look_ahead_by_asking_for_a_later_moment() -> None:
    situation = told(official(1, "08:00", HOUSE), when=at("20:00"))
    early = PublicGate(situation, gazetteer=GAZETTEER, now=at("08:30"))
    assert early.view(IZIUM).said == ()
    late = PublicGate(
        told(official(1, "08:00", HOUSE), when=at("08:30")), gazetteer=GAZETTEER, now=at("20:00")
    )
    assert late.view(IZIUM).said == ()


def test_an_earlier_moment_does_not_show_what_was_taken_back_since() -> None:
    first, gone = official(1, "08:00", OUT), official(1, "08:00", OUT, deleted_at=at("09:00"))
    earlier, present = told(first, gone, when=at("08:30")), told(first, gone)
    plain = gate(earlier, policy="ua-public", gazetteer=GAZETTEER, also=[IZIUM])
    assert plain.said != ()
    seen = gate(earlier, policy="ua-public", gazetteer=GAZETTEER, also=[IZIUM], present=present)
    assert seen.said == ()
    assert not row(seen, "power").is_said


def test_what_is_withheld_is_told_to_the_desk_with_rule_and_time_and_without_words() -> None:
    situation = told(official(1, "08:00", HOUSE), official(2, "08:10", OUT), when=at("09:00"))
    found = opened(situation).withheld([IZIUM])
    damage = next(item for item in found if item.topic == "impact.damage")
    assert damage.rule == "object-civil"
    assert damage.until is not None
    assert damage.until - at("11:00") < hours(0.01)
    compared = next(item for item in found if item.rule == "no-comparison")
    assert compared.until is not None
    assert compared.until > at("08:00", "2026-01-11")
    assert "будинок" not in to_json(found).decode()
    assert opened(situation).withheld([KHARKIV]) == ()


def test_the_places_that_anything_is_told_of_are_the_coarse_ones() -> None:
    harm = said("harm.killed", HAMLET, n=1, quote="Одна людина загинула")
    assert opened(told(official(1, "08:00", harm))).told() == (HROMADA,)


def test_a_rumour_does_not_hide_what_an_official_said_of_the_whole_raion() -> None:
    wide = said("impact.power.outage", RAION, extent=Extent.ALL, quote="Район без світла")
    rumour = post(2, at("12:00"), BACK, source="monitor", home=IZIUM)
    seen = view(told(official(1, "08:00", wide, source="ova_channel"), rumour), IZIUM)
    power = row(seen, "power")
    assert (power.phase, power.inherited_from, power.is_named) == ("out", RAION, False)
    assert [item.quote for item in seen.said] == ["Район без світла"]


def test_a_threat_is_told_even_where_the_attack_after_it_is_withheld() -> None:
    threat = said("threat.uav", KHARKIV, kind=Kind.WARNING, quote="Загроза БпЛА")
    defence = said("event.air_defence", KHARKIV, quote="Працює ППО")
    posts = (
        official(1, "08:00", threat, source="ova_channel"),
        official(2, "08:10", defence, source="ova_channel"),
        official(3, "08:20", threat, source="ova_channel"),
    )
    seen = view(told(*posts, when=at("08:30")), KHARKIV)
    attack = row(seen, "attack")
    assert (attack.phase, attack.heard_at) == ("threat", at("08:20"))
    assert "ППО" not in to_json(seen).decode()
    ended = said("alert.end", KHARKIV, quote="Відбій")
    quiet = (*posts, official(4, "08:25", ended, source="ova_channel"))
    assert row(view(told(*quiet, when=at("08:30")), KHARKIV), "attack").phase != "reported"


def test_a_unit_that_does_not_lend_its_phase_lends_nothing() -> None:
    harm = said("harm.killed", RAION, n=1, quote="Одна людина загинула")
    seen = view(told(official(1, "08:00", harm, source="ova_channel")), IZIUM)
    assert not row(seen, "harm").is_said
