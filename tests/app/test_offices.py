"""Office holders through the command line, and what their words count for."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from situation.testimonies import IZIUM, REGISTRY
from vidomo.app.house import House
from vidomo.app.offices import draft_office, known_body, record_office
from vidomo.core.errors import ConfigError, NothingKnown
from vidomo.core.time import instant_interval
from vidomo.situation.fold import state_of
from vidomo.sources.model import Post

MVA = f"city_military_administration@{IZIUM}"
NOON = datetime(2026, 1, 10, 12, tzinfo=UTC)
QUOTED = "В Ізюмі зникло світло, повідомив начальник Ізюмської МВА Тарас Лановий."


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def quoted(at: datetime = NOON) -> Post:
    return Post(
        source="news_site", native_id=at.isoformat(), text=QUOTED, posted_at=instant_interval(at)
    )


def draft(house: House, *names: str, **more: object):
    return draft_office(
        house.registry, MVA, names, reason="указ", by="черговий", at=house.now(), **more
    )


def power(house: House, **at: datetime) -> str:
    found = state_of(house.situation(**at), IZIUM, house.gazetteer)
    quick = house.place_state(IZIUM, **at)
    assert quick.dimensions == found.dimensions
    return next(one.phase for one in found.dimensions if one.dimension == "power")


@pytest.fixture
def house(tmp_path: Path):
    with House.open(tmp_path / "data", clock=Clock()) as opened:
        opened.take_in([quoted()])
        yield opened


def test_the_words_of_a_head_count_from_when_the_operator_said_who_it_is(house: House) -> None:
    at = {"valid_at": NOON + timedelta(hours=1)}
    before = house.now()
    assert power(house, known_at=before, **at) == "not_reported"  # the registry has another head
    record_office(house.journal, draft(house, "Тарас Лановий", since="2026-01-01"))
    house.index.keep_up()
    house.index.refresh([IZIUM])
    assert power(house, known_at=house.now(), **at) == "out"
    assert power(house, known_at=before, **at) == "not_reported"
    record_office(house.journal, draft(house, "Тарас Лановий", is_removed=True))
    house.index.keep_up()
    assert power(house, known_at=house.now(), **at) == "not_reported"


def test_the_words_of_a_day_count_as_the_offices_were_on_that_day(house: House) -> None:
    house.take_in([quoted(NOON - timedelta(days=30))])
    record_office(house.journal, draft(house, "Тарас Лановий", since="2026-01-01"))
    found = house.situation(valid_at=NOON + timedelta(hours=1))
    standing = {item.said_at: item.standing.value for item in found.evidence}
    assert standing == {NOON: "official", NOON - timedelta(days=30): "unsourced"}


def test_what_cannot_be_decided_is_refused(house: House) -> None:
    for names, more, words in (
        ((), {}, "no full name"),
        (("Тарас",), {}, "no full name"),
        (("Тарас Лановий",), {"since": "2026-01-02", "until": "2026-01-02"}, "is not after"),
        (("Тарас Лановий",), {"since": "soon"}, "'soon' is no date"),
    ):
        with pytest.raises(ConfigError, match=words) as raised:
            draft(house, *names, **more)
        assert raised.value.hint
    with pytest.raises(NothingKnown, match="has no Тарас"):
        draft(house, "Тарас Лановий", is_removed=True)
    with pytest.raises(ConfigError, match="needs a reason"):
        draft_office(house.registry, MVA, ["А Б"], reason=" ", by="x", at=NOON)
    for body, words in (("radio@UA63", "is no body"), ("police@UA00", "is no place")):
        with pytest.raises(ConfigError, match=words):
            known_body(REGISTRY, body)


def test_the_commands_write_and_list(run_vidomo) -> None:
    said = ("--since", "2026-01-01", "--also", "Taras Lanovyi", "--also", "Тарас Лановой")
    ran = run_vidomo("sources", "holder", MVA, "Тарас Лановий", *said, "--reason", "указ", "--json")
    assert ran.code == 0, ran.err
    made = json.loads(ran.out)
    assert made["id"].startswith("off_")
    assert made["change"]["holder"]["names"] == {
        "uk": "Тарас Лановий",
        "en": "Taras Lanovyi",
        "also1": "Тарас Лановой",
    }
    listed = run_vidomo("sources", "holders", MVA)
    assert "Тарас Лановий, " in listed.out
    assert "Taras Lanovyi" in listed.out
    assert ", 2026-01-01 to now" in listed.out
    assert "Сергій Федченко" in listed.out
    facts = json.loads(run_vidomo("sources", "holders", "--json").out)
    assert len(facts["holders"]) == 3
    assert [one["reason"] for one in facts["changes"]] == ["указ"]
    ran = run_vidomo("sources", "holder", MVA, "Тарас Лановий", "--drop", "--reason", "помилка")
    assert "never headed" in ran.out
    assert run_vidomo("sources", "holders", f"police@{IZIUM}").code == 3
    assert run_vidomo("sources", "holder", "radio@x", "А Б", "--reason", "x").code == 2
