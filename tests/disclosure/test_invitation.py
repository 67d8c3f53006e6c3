"""Addresses that an authority invites the public to: where they are quoted, and until when."""

import pytest

from disclosure.planted import DISTRICT, HAMLET, HROMADA, IZIUM, KHARKIV, OBLAST
from disclosure.told import hours, official, opened, told
from situation.testimonies import at, post, said
from vidomo.claims.model import Kind, Polarity
from vidomo.core.codec import to_json

WORDS = "Пункт незламності працює за адресою вул. Запрошена, 3"
POINT = said("help.point", IZIUM, quote=WORDS)
OPENED = official(1, "08:00", POINT)


def quoted(*known, code: str = IZIUM, when=None) -> list[str]:
    situation = told(*known, when=when or at("09:00"))
    return [item.quote for item in opened(situation).invitations(code)]


def test_it_is_quoted_beside_its_place_and_is_no_part_of_the_view() -> None:
    assert quoted(OPENED) == [WORDS]
    assert quoted(OPENED, code=KHARKIV) == []
    seen = opened(told(OPENED, when=at("09:00"))).view(IZIUM)
    assert "Запрошена" not in to_json(seen).decode()
    assert [item.topic for item in seen.said] == ["help.point"]


def test_it_is_gone_after_a_day_and_at_its_own_end_where_it_states_one() -> None:
    day = at("08:00") + hours(24)
    assert quoted(OPENED, when=day - hours(0.1)) == [WORDS]
    assert quoted(OPENED, when=day + hours(0.1)) == []
    time = ("2026-01-10T08:00:00Z", "2026-01-10T10:00:00Z")
    short = official(1, "08:00", said("help.point", IZIUM, quote=WORDS, time=time))
    assert quoted(short, when=at("09:59")) == [WORDS]
    assert quoted(short, when=at("10:01")) == []


def test_an_end_that_was_over_before_the_words_were_said_invites_nobody() -> None:
    time = ("2026-01-10T06:00:00Z", "2026-01-10T07:00:00Z")
    old = official(1, "08:00", said("help.point", IZIUM, quote=WORDS, time=time))
    assert quoted(old) == []


def test_it_is_gone_when_it_is_taken_back_or_closed() -> None:
    assert quoted(OPENED, official(1, "08:00", POINT, deleted_at=at("08:30"))) == []
    closed = said("help.point", IZIUM, polarity=Polarity.NEGATED, quote="Пункт зачинено")
    assert quoted(OPENED, official(2, "08:30", closed)) == []
    assert quoted(OPENED, official(2, "07:30", closed)) == [WORDS]


@pytest.mark.parametrize("place", [IZIUM, HROMADA])
def test_an_attack_there_takes_it_away_whoever_reports_it(place: str) -> None:
    attack = post(9, at("08:30"), said("event.explosion", place), source="news")
    assert quoted(OPENED, attack) == []


@pytest.mark.parametrize("place", [HAMLET, OBLAST])
def test_an_attack_elsewhere_does_not(place: str) -> None:
    attack = post(9, at("08:30"), said("event.explosion", place), source="news")
    assert quoted(OPENED, attack) == [WORDS]


def test_an_attack_in_a_part_of_the_town_takes_it_away() -> None:
    here = official(1, "08:00", said("help.point", KHARKIV, quote=WORDS), source="ova_channel")
    attack = post(9, at("08:30"), said("event.strike", DISTRICT), source="news")
    assert quoted(here, code=KHARKIV) == [WORDS]
    assert quoted(here, attack, code=KHARKIV) == []


def test_an_attack_before_it_does_not_and_one_of_an_unknown_time_does() -> None:
    before = post(9, at("07:00"), said("event.explosion", IZIUM), source="news")
    assert quoted(OPENED, before) == [WORDS]
    undated = post(9, None, said("event.explosion", IZIUM), source="news")
    assert quoted(OPENED, undated) == []


def test_even_an_attack_whose_report_was_taken_back_takes_it_away() -> None:
    strike = said("event.strike", IZIUM, quote="Влучання")
    posts = (
        official(2, "08:20", strike),
        official(2, "08:20", strike, deleted_at=at("08:25")),
    )
    assert quoted(OPENED, *posts) == []


@pytest.mark.parametrize(
    "quote",
    [
        f"{WORDS}, поруч стоїть 199-та бригада",
        f"{WORDS}, 49.21345, 37.25671",
        f"{WORDS}, поранено 61-річну жінку",
    ],
)
def test_words_that_hold_worse_than_an_address_are_not_quoted(quote: str) -> None:
    assert quoted(official(1, "08:00", said("help.point", IZIUM, quote=quote))) == []


def test_nobody_but_an_official_invites() -> None:
    assert quoted(post(1, at("08:00"), POINT, source="monitor", home=IZIUM)) == []
    guess = said("help.point", IZIUM, kind=Kind.FORECAST, quote=WORDS)
    assert quoted(official(1, "08:00", guess)) == []


def test_a_policy_without_the_exception_invites_nobody(monkeypatch) -> None:
    from disclosure import mutants

    mutants.without_rule(monkeypatch, "invitation")
    assert quoted(OPENED) == []
