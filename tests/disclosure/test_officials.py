"""What anybody but officials says changes nothing that residents are sent, and adds nothing."""

import random
import re
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import event, given, settings, strategies as st

from disclosure.planted import ALL, GAZETTEER, HROMADA, IZIUM, KHARKIV, OBLAST, World, world
from disclosure.rendered import WorldHouse, answers
from disclosure.told import hours, linked, official, row, told, view
from situation.testimonies import DSNS, OVA, at, post, said
from vidomo.claims.model import Extent, Kind, Polarity
from vidomo.core.codec import to_json
from vidomo.disclosure import country, gate as gates
from vidomo.disclosure.country import compare
from vidomo.disclosure.gate import PublicGate

SEEDS = st.integers(min_value=0, max_value=2**40)
PROFILE = settings.get_current_profile_name()
FEW = settings(max_examples=4 if PROFILE == "short" else 150)
FIXED = 300
LONG = 4000
RETRY = re.compile(rb"retry: \d+")
"""A browser comes back after a time that is drawn anew for each."""


def sent(some: World) -> dict[str, bytes]:
    """Return all that residents can be told of a world, but invitations."""
    situation = some.situation()
    opened = PublicGate(situation, gazetteer=GAZETTEER)
    earlier = some.situation(some.now - timedelta(hours=24))
    found = {code: to_json(opened.view(code)) for code in {*ALL, *opened.told()}}
    found["told"] = to_json(opened.told())
    found["country"] = to_json(compare(situation, gazetteer=GAZETTEER, earlier=earlier))
    return found


def invited(some: World) -> dict[str, set[bytes]]:
    opened = PublicGate(some.situation(), gazetteer=GAZETTEER)
    return {code: {to_json(one) for one in opened.invitations(code)} for code in ALL}


def differing(seeds: range) -> Iterator[int]:
    for seed in seeds:
        some = world(seed)
        if sent(some) != sent(some.without_rumours()):
            yield seed


@given(SEEDS, st.floats(min_value=0.3, max_value=1.1))
def test_no_word_of_anybody_but_officials_changes_a_byte_that_residents_see(
    seed: int, share: float
) -> None:
    some = world(seed)
    less = some.without(share, dice=random.Random(seed))
    event("somebody else spoke" if len(less.known) < len(some.known) else "nobody else spoke")
    assert sent(some) == sent(less)


def test_over_fixed_worlds_no_word_of_anybody_else_changes_a_byte() -> None:
    worlds = [world(seed) for seed in range(FIXED)]
    spoken = sum(len(some.without_rumours().known) < len(some.known) for some in worlds)
    assert spoken > FIXED / 2
    assert list(differing(range(FIXED))) == []


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_over_four_thousand_worlds_no_word_of_anybody_else_changes_a_byte() -> None:
    found = list(differing(range(LONG)))
    sys.stdout.write(f"{LONG} worlds with and without whoever is no official: {found} differ\n")
    assert found == []


@FEW
@given(SEEDS)
def test_no_word_of_anybody_else_changes_an_answer_of_the_server(seed: int) -> None:
    some = world(seed)
    less = some.without_rumours()
    if invited(some) != invited(less):
        event("an invitation is gone")
        return
    both = (dict(answers(WorldHouse(one), ALL)) for one in (some, less))
    one, other = ({name: RETRY.sub(b"", body) for name, body in each.items()} for each in both)
    assert one == other


@given(SEEDS)
def test_what_anybody_says_can_only_take_an_invitation_away(seed: int) -> None:
    some = world(seed)
    with_all, with_officials = invited(some), invited(some.without_rumours())
    assert all(with_all[code] <= with_officials[code] for code in ALL)


def test_a_gate_that_listens_to_everybody_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (gates, country):
        monkeypatch.setattr(module, "said_by_officials", lambda situation, _: situation)
    assert next(differing(range(FIXED)), None) is not None


def test_a_rumour_of_a_district_does_not_hide_what_is_newer_of_its_city() -> None:
    wide = official(1, "08:00", said("impact.power.outage", OBLAST), source="ova_channel")
    near = official(
        2,
        "12:00",
        said("impact.power.outage", KHARKIV, extent=Extent.PART),
        source="ova_channel",
    )
    back = said("impact.power.restored", "UA63120270010216514", extent=Extent.ALL)
    rumour = post(3, at("13:00"), back, source="monitor", home=KHARKIV)
    seen = [
        row(view(told(*known), "UA63120270010216514"), "power")
        for known in ((wide, near), (wide, near, rumour))
    ]
    assert seen[0] == seen[1]
    assert (seen[0].phase, seen[0].inherited_from) == ("partial", KHARKIV)


def test_a_rumour_does_not_bring_back_an_old_threat_of_the_community() -> None:
    threat = official(1, "08:00", said("threat.guided_bomb", HROMADA, kind=Kind.WARNING))
    blast = official(2, "12:00", said("event.explosion", HROMADA))
    rumour = post(
        3,
        at("07:00"),
        said("threat.guided_bomb", IZIUM, kind=Kind.WARNING),
        source="monitor",
        home=IZIUM,
    )
    with_rumour, without = (
        row(view(told(*known), IZIUM), "attack")
        for known in ((threat, blast, rumour), (threat, blast))
    )
    assert with_rumour == without


def test_a_rumour_that_a_danger_is_over_leaves_an_officials_warning_as_it_was() -> None:
    threat = official(1, "08:00", said("threat.guided_bomb", IZIUM, kind=Kind.WARNING))
    over = post(2, at("09:00"), said("alert.end", IZIUM), source="monitor", home=IZIUM)
    seen = row(view(told(threat, over, when=at("10:00")), IZIUM), "attack")
    assert seen.phase == "threat"
    assert seen.notes == ()


def test_a_place_that_only_a_rumour_names_is_in_no_list_of_the_country() -> None:
    alarm = official(1, "08:00", said("alert.start", OBLAST), source="ova_channel")
    rumour = post(2, at("08:01"), said("alert.start", IZIUM), source="monitor", home=IZIUM)
    moment = at("08:03")
    listed = [
        {item.code for item in compare(told(*known, when=moment), gazetteer=GAZETTEER).alerts}
        for known in ((alarm,), (alarm, rumour))
    ]
    assert listed[0] == listed[1]
    assert IZIUM not in listed[1]
    assert OBLAST in listed[1]


def test_a_rumour_neither_answers_nor_dates_a_question_of_an_official() -> None:
    asked = official(
        1,
        "08:00",
        said(
            "harm.casualties",
            IZIUM,
            kind=Kind.UNKNOWN,
            unknown=("casualties", "being_clarified"),
            quote="Дані щодо постраждалих уточнюються",
        ),
    )
    nobody = said("harm.killed", IZIUM, n=0, polarity=Polarity.NEGATED, quote="Загиблих немає")
    rumour = post(2, at("09:00"), nobody, source="monitor", home=IZIUM)
    with_rumour, without = (
        view(told(*known, when=at("10:00")), IZIUM) for known in ((asked, rumour), (asked,))
    )
    assert with_rumour == without
    assert [one.status for one in without.questions] == ["open"]


def test_the_desk_still_sees_that_a_rumour_is_withheld_and_why() -> None:
    out = said("impact.power.outage", IZIUM, extent=Extent.ALL)
    rumour = post(2, at("09:00"), out, source="monitor", home=IZIUM)
    opened = PublicGate(told(official(1, "08:00", out), rumour), gazetteer=GAZETTEER)
    assert "official-only" in {one.rule for one in opened.withheld([IZIUM])}


def test_an_attack_that_only_a_rumour_tells_of_takes_an_invitation_away() -> None:
    words = "Пункт незламності за адресою вул. Запрошена, 3"
    help_point = official(1, "08:00", said("help.point", IZIUM, quote=words))
    blast = post(2, at("09:00"), said("event.explosion", IZIUM), source="monitor", home=IZIUM)
    alone, struck = (
        PublicGate(told(*known, when=at("10:00")), gazetteer=GAZETTEER)
        for known in ((help_point,), (help_point, blast))
    )
    assert [one.quote for one in alone.invitations(IZIUM)] == [words]
    assert struck.invitations(IZIUM) == ()


def test_words_that_a_stranger_deletes_take_nothing_from_what_an_official_said() -> None:
    words = "В Ізюмі немає світла"
    out = said("impact.power.outage", IZIUM, extent=Extent.ALL, quote=words)
    ours = official(1, "08:00", out)
    theirs = post(2, at("07:00"), out, source="monitor", home=IZIUM)
    away = post(2, at("07:00"), out, source="monitor", home=IZIUM, deleted_at=at("12:00"))
    seen = view(told(ours, theirs, away), IZIUM)
    assert [item.quote for item in seen.said] == [words]
    assert row(seen, "power").phase == "out"


def test_a_quotation_without_an_address_moves_nothing_and_its_removal_still_counts() -> None:
    out = said("impact.power.outage", IZIUM, body=OVA, quote="В Ізюмі зникло світло")
    bare = post(1, at("08:00"), out, source="agency_one")
    assert not row(view(told(bare), IZIUM), "power").is_said
    shown = linked(bare, "https://agency.example/1")
    gone = post(1, at("08:00"), out, source="agency_one", deleted_at=at("12:00"))
    copy = linked(
        post(
            2,
            at("09:00"),
            said("impact.power.outage", IZIUM, body=DSNS, quote="В Ізюмі зникло світло"),
            source="agency_one",
        ),
        "https://agency.example/2",
    )
    before = view(told(shown, copy, when=at("10:00")), IZIUM)
    assert len(before.said) == 2
    after = view(told(shown, gone, copy, when=at("12:00") + hours(1)), IZIUM)
    assert after.said == ()
    assert not row(after, "power").is_said
