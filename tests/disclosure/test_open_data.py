"""What is given away in bulk: never finer than a raion and a day, never before its hour."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import event, given, strategies as st

from disclosure.opened import expected, later, opened, quoted, view_leaks, young
from disclosure.planted import GAZETTEER, IZIUM, KHARKIV, OBLAST, RAION, TOWN, World
from disclosure.told import linked, official
from situation.testimonies import REGISTRY, post, said
from vidomo.claims.model import Kind
from vidomo.core.codec import to_json
from vidomo.core.errors import DisclosureForbidden
from vidomo.disclosure import open_data, sieve
from vidomo.disclosure.open_data import OpenGate, end_of, last_open_day, office_of
from vidomo.disclosure.open_model import OpenView
from vidomo.disclosure.open_words import OpenWords, fine_words, holds_time
from vidomo.disclosure.policy import Policy, load_policy
from vidomo.situation.fold import Known, fold
from vidomo.situation.model import Situation

SEEDS = st.integers(min_value=0, max_value=2**40)
OPEN = load_policy("ua-open-data")
MUCH_LATER = datetime(2026, 1, 20, 12, 0, tzinfo=UTC)
WORDS = OpenWords(OPEN, gazetteer=GAZETTEER)


def situation(*known: Known, when: datetime) -> Situation:
    return fold(known, valid_at=when, known_at=when, registry=REGISTRY, gazetteer=GAZETTEER)


def given_away(*known: Known, now: datetime = MUCH_LATER) -> OpenView:
    end = end_of(last_open_day(now))
    gate = OpenGate(
        situation(*known, when=end),
        present=situation(*known, when=now),
        gazetteer=GAZETTEER,
        now=now,
    )
    held = {day: situation(*known, when=end_of(day)) for day in gate.days()}
    return gate.view(held)


# ---- the law ------------------------------------------------------------------------------


@given(SEEDS)
def test_nothing_is_given_away_finer_than_its_row_or_before_its_hour(seed: int) -> None:
    some = later(seed)
    event("holds something withheld" if some.hidden() else "holds nothing withheld")
    event("holds something young" if young(some) else "holds nothing young")
    assert list(view_leaks(some)) == []


@given(SEEDS)
def test_every_statement_whose_hour_has_come_has_a_row(seed: int) -> None:
    some = later(seed)
    rows = opened(some).statements
    found = {claim for row in rows for claim in row.claims}
    for one in expected(some):
        was_moved = len(one.ids) > 1  # by an edit, and is as young as the edit
        assert was_moved or one.ids & found, one


@given(SEEDS)
def test_what_nobody_official_says_changes_no_byte(seed: int) -> None:
    some = later(seed)
    whole = to_json(opened(some))
    assert to_json(opened(some.without_rumours())) == whole
    assert to_json(opened(some.without(0.5, dice=random.Random(seed)))) == whole


def test_the_worlds_hold_rows_words_and_secrets() -> None:
    worlds = [later(seed) for seed in range(60)]
    assert sum(bool(some.hidden()) for some in worlds) > 12
    assert sum(bool(young(some)) for some in worlds) > 12
    assert sum(bool(opened(some).states) for some in worlds) > 12
    marks = [(some, one) for some in worlds for one in expected(some) if quoted(some, one)]
    shown = [one for some, one in marks if one.mark in to_json(opened(some)).decode()]
    assert len(shown) > 3


# ---- broken gates, each of which must be caught --------------------------------------------


def _under(patch: pytest.MonkeyPatch, policy: Policy) -> None:
    patch.setattr(open_data, "load_policy", lambda *_, **__: policy)


def _rules(**changes: dict[str, object]) -> Policy:
    rules = tuple(
        msgspec.structs.replace(one, **changes.get(one.id.replace("-", "_"), {}))
        for one in OPEN.rules
    )
    return msgspec.structs.replace(OPEN, rules=rules)


def _without(rule: str) -> Policy:
    return msgspec.structs.replace(OPEN, rules=tuple(r for r in OPEN.rules if r.id != rule))


def _too_early(patch: pytest.MonkeyPatch) -> None:
    _under(patch, _rules(late={"hours": 48.0}))


def _by_community(patch: pytest.MonkeyPatch) -> None:
    _under(patch, _rules(raion_and_day={"level": "hromada"}))


def _with_invitations(patch: pytest.MonkeyPatch) -> None:
    _under(patch, _without("no-invitations"))


def _with_words_of_towns(patch: pytest.MonkeyPatch) -> None:
    _under(patch, _without("words-finer-than-the-row"))


def _with_words_taken_back(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sieve.Sieve, "_is_gone", lambda *_: False)


def _of_anybody(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(open_data, "said_by_officials", lambda one, _: one)
    kept = tuple(rule for rule in OPEN.rules if rule.id not in {"official-only", "link-and-time"})
    _under(patch, msgspec.structs.replace(OPEN, rules=kept))
    patch.setattr(OpenGate, "_check", lambda *_: None)


@pytest.mark.parametrize(
    "broken",
    [
        _too_early,
        _by_community,
        _with_invitations,
        _with_words_of_towns,
        _with_words_taken_back,
        _of_anybody,
    ],
    ids=lambda one: one.__name__.strip("_"),
)
def test_a_broken_gate_is_caught(broken, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(monkeypatch)

    def is_caught(some: World) -> bool:
        if next(view_leaks(some), None) is not None:
            return True
        return to_json(opened(some)) != to_json(opened(some.without_rumours()))

    assert any(is_caught(later(seed)) for seed in range(300))


# ---- what a row tells ------------------------------------------------------------------------


def test_a_day_is_given_72_hours_after_its_midnight_in_kyiv_and_no_minute_before() -> None:
    due = datetime(2026, 1, 13, 22, 0, tzinfo=UTC)
    assert last_open_day(due) == date(2026, 1, 10)
    assert last_open_day(due - timedelta(minutes=1)) == date(2026, 1, 9)
    summer = datetime(2026, 7, 4, 21, 0, tzinfo=UTC)
    assert last_open_day(summer) == date(2026, 7, 1)


def test_what_is_said_of_a_town_is_told_of_a_part_of_its_raion_without_its_words() -> None:
    view = given_away(official(1, "09:00", said("impact.power.outage", IZIUM)))
    (row,) = view.statements
    assert (row.place, row.level, row.is_of_part) == (RAION, "raion", True)
    assert (row.quote, row.start, row.end, row.sha256) == ("", None, None, "")
    states = {(one.place, one.dimension): one for one in view.states}
    assert states[RAION, "power"].phase == "partial"
    assert states[RAION, "power"].is_of_part
    assert "UA" not in {one.place for one in view.states}


def test_two_towns_of_a_raion_in_one_post_are_one_row() -> None:
    view = given_away(official(1, "09:00", said("event.shelling", IZIUM, TOWN)))
    (row,) = view.statements
    assert row.place == RAION


def test_what_is_said_of_a_raion_keeps_its_words_with_offsets_and_digest() -> None:
    words = "в районі немає світла"
    claim = said("impact.power.outage", RAION, quote=words)
    (row,) = given_away(official(1, "09:00", claim)).statements
    assert not row.is_of_part
    assert row.quote == words
    assert (row.start, row.end) == (0, len(words))
    assert len(row.sha256) == 64


def test_words_that_also_say_something_of_a_town_do_not_stand_in_the_row_of_the_raion() -> None:
    words = "без світла весь район і ще дещо"
    known = official(
        1,
        "09:00",
        said("impact.power.outage", RAION, quote=words),
        said("impact.water.outage", IZIUM, quote=words),
    )
    same = tuple(
        msgspec.structs.replace(claim, start=0, end=len(words)) for claim in known.reading.claims
    )
    reading = msgspec.structs.replace(known.reading, claims=same)
    view = given_away(msgspec.structs.replace(known, reading=reading))
    assert {row.topic for row in view.statements} == {"impact.power.outage", "impact.water.outage"}
    assert {row.quote for row in view.statements} == {""}


def test_what_may_be_of_either_of_two_raions_is_told_of_none() -> None:
    claim = said("impact.power.outage", candidates=(IZIUM, KHARKIV))
    assert given_away(official(1, "09:00", claim)).statements == ()


def test_a_day_of_which_nobody_spoke_has_no_row_although_the_outage_may_go_on() -> None:
    view = given_away(
        official(1, "09:00", said("impact.power.outage", RAION)),
        official(2, "09:00", said("impact.water.outage", RAION), day="2026-01-12"),
    )
    days = {(row.day.day, row.dimension) for row in view.states if row.place == RAION}
    assert days == {(10, "power"), (12, "water")}


def test_what_was_said_on_some_day_of_a_month_belongs_to_no_day_and_waits_for_its_end() -> None:
    known = post(1, "2026-01", said("impact.power.outage", RAION), source="izium_mva")
    assert given_away(known).statements == ()
    view = given_away(known, now=datetime(2026, 2, 10, tzinfo=UTC))
    (row,) = view.statements
    assert (row.day, row.day_until) == (date(2026, 1, 1), date(2026, 1, 31))
    assert view.states == ()


def test_what_carries_no_date_has_no_row() -> None:
    known = post(1, None, said("impact.power.outage", RAION), source="izium_mva")
    assert given_away(known).statements == ()


def test_an_alert_is_on_on_the_day_on_which_it_was_announced() -> None:
    view = given_away(
        official(1, "09:00", said("alert.start", OBLAST), source="ova_channel"),
        official(2, "10:00", said("alert.end", OBLAST), source="ova_channel"),
    )
    rows = [row for row in view.states if row.dimension == "alert"]
    assert [(row.place, row.phase, row.is_of_part) for row in rows] == [(OBLAST, "on", False)]


def test_a_schedule_is_an_announced_outage_and_an_outage_is_none() -> None:
    view = given_away(
        official(1, "09:00", said("power.schedule", OBLAST, kind=Kind.PLAN)),
        official(2, "09:30", said("impact.power.outage", RAION)),
    )
    assert all(row.topic == "power.schedule" for row in view.outages)


def test_an_official_is_told_by_the_body_and_not_by_name() -> None:
    assert office_of("Іван Вигаданий, Харківська ОВА") == "Харківська ОВА"
    assert office_of("Міністерство освіти, науки") == "Міністерство освіти, науки"
    assert office_of("ДСНС") == "ДСНС"
    assert office_of("Іван, Харківська ОВА") == "Іван, Харківська ОВА"


def test_words_that_were_taken_back_since_are_gone_with_their_row() -> None:
    first = official(1, "09:00", said("impact.power.outage", RAION))
    gone = official(
        1,
        "09:00",
        said("impact.power.outage", RAION),
        deleted_at=datetime(2026, 1, 19, 12, 0, tzinfo=UTC),
    )
    now = MUCH_LATER
    end = end_of(last_open_day(now))

    def gate(*known: Known) -> OpenGate:
        return OpenGate(
            situation(first, when=end),
            present=situation(*known, when=now),
            gazetteer=GAZETTEER,
            now=now,
        )

    assert gate(first).days() == (date(2026, 1, 10),)
    assert gate(first, gone).days() == ()


@pytest.mark.parametrize("late_h", [1, 49])
def test_a_situation_that_is_too_young_is_refused(late_h: int) -> None:
    end = end_of(last_open_day(MUCH_LATER))
    young = situation(when=end + timedelta(hours=late_h))
    old = situation(when=end)
    with pytest.raises(DisclosureForbidden, match="may not be given away yet"):
        OpenGate(young, present=old, gazetteer=GAZETTEER, now=MUCH_LATER)
    gate = OpenGate(old, present=old, gazetteer=GAZETTEER, now=MUCH_LATER)
    with pytest.raises(DisclosureForbidden, match="may not be given away yet"):
        gate.view({last_open_day(MUCH_LATER): young})


@pytest.mark.parametrize("name", ["ua-public", "operator-only"])
def test_a_policy_that_says_nothing_of_open_data_gives_nothing_away(name: str) -> None:
    with pytest.raises(DisclosureForbidden, match="open data"):
        last_open_day(MUCH_LATER, policy=name)


def test_a_policy_that_lets_anybody_in_gives_nothing_away(monkeypatch: pytest.MonkeyPatch) -> None:
    _under(monkeypatch, _without("official-only"))
    old = situation(when=end_of(last_open_day(MUCH_LATER)))
    with pytest.raises(DisclosureForbidden, match="others than officials"):
        OpenGate(old, present=old, gazetteer=GAZETTEER, now=MUCH_LATER)


def test_every_rule_of_the_public_holds_for_open_data_after_its_own() -> None:
    public = load_policy("ua-public")
    assert OPEN.rules[-len(public.rules) :] == public.rules
    assert OPEN.rule("grain").level == "raion"
    assert OPEN.rule("product", "power").hours == 72


def test_the_docs_list_every_rule_of_open_data_with_its_source() -> None:
    page = (Path(__file__).parents[2] / "docs" / "open-data.md").read_text("utf-8")
    assert "ounsel must review" in page
    public = load_policy("ua-public").rules
    for rule in OPEN.rules[: -len(public)]:
        line = next(line for line in page.splitlines() if line.startswith(f"| `{rule.id}` |"))
        assert rule.source in line
        assert rule.why in line
        assert rule.hours is None or f"{rule.hours:g} h" in line


# ---- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", fine_words(), ids=lambda one: one.lang)
def test_words_that_tell_a_part_of_the_day_are_found(row) -> None:
    assert holds_time(row.example)
    assert not holds_time(row.counter)
    for stem in (*row.stem, *row.word):
        assert holds_time(f"… {stem} …")
    for kind in row.finer:
        assert not WORDS.may_stand(f"… {kind} …", topic="alert.start", is_wide=True)
    for kind in row.wide:
        assert WORDS.may_stand(f"… {kind} …", topic="alert.start", is_wide=True)


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("у районі з 16 до 20 немає світла", "impact.power.outage"),
        ("о 15:40 у районі загинули люди", "harm.killed"),
        ("без світла Барвінкове", "impact.power.outage"),
        ("БЕЗ СВІТЛА БАРВІНКОВЕ", "impact.power.outage"),
        ("без світла Нова Водолага", "impact.power.outage"),
        ("уранці район був без світла", "impact.power.outage"),
        ("район без\u202eсвітла", "impact.power.outage"),
        ("2 години без води", "harm.killed"),
        ("частина громади без світла", "impact.power.outage"),
        ("у Ізюмському без світла", "impact.power.outage"),
    ],
)
def test_words_finer_than_a_row_do_not_stand_in_it(words: str, topic: str) -> None:
    assert not WORDS.may_stand(words, topic=topic, is_wide=True)


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("Ізюмський район без світла", "impact.power.outage"),
        ("На Харківщині немає світла", "impact.power.outage"),
        ("Київ без води", "impact.water.outage"),
        ("у районі загинули 2 людини", "harm.killed"),
        ("частина району\nбез світла", "impact.power.outage"),
        ("У Лозівському та Ізюмському районах немає світла", "impact.power.outage"),
    ],
)
def test_words_as_wide_as_a_row_stand_in_it(words: str, topic: str) -> None:
    assert WORDS.may_stand(words, topic=topic, is_wide=True)
    assert not WORDS.may_stand(words, topic=topic, is_wide=False)


def test_a_link_is_given_with_every_row_that_has_one() -> None:
    known = linked(
        official(1, "09:00", said("impact.power.outage", IZIUM)), "https://post.example/1"
    )
    (row,) = given_away(known).statements
    assert row.url == "https://post.example/1"
