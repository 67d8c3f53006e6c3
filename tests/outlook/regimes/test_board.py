import random
import re
import tomllib
from importlib.resources import files

import msgspec
import pytest
from hypothesis import given, strategies as st

from outlook.saying import NOON, OBLAST, OTHER, RAION, UNITS, at, says, situation
from vidomo.outlook.regimes.board import LACKS, OLD_H, regime_board
from vidomo.outlook.regimes.model import Board, BoardRow, Regime, Standing
from vidomo.outlook.regimes.words import board_words, has_exception, named
from vidomo.situation.model import Evidence, Standing as Weight

HOURLY = "Діють графіки погодинних відключень"
SHUT = "Уведено аварійні відключення"
SHUT_OVER = "Аварійні відключення скасовано"
HOURLY_OVER = "Графіки погодинних відключень скасовано"
COUNTRY_BODY = "grid_operator@UA"


def schedule(minute: float, place: str = OBLAST, **changed: object) -> Evidence:
    changed = {"kind": "plan", "quote": HOURLY} | changed
    return says("power.schedule", minute, place, **changed)


def shut(minute: float, place: str = OBLAST, **changed: object) -> Evidence:
    return says("power.emergency_shutdown", minute, place, **({"quote": SHUT} | changed))


def over(minute: float, place: str = OBLAST, **changed: object) -> Evidence:
    return says("power.emergency_end", minute, place, **({"quote": SHUT_OVER} | changed))


def board(*rows: Evidence, now: float | None = None) -> Board:
    found = situation(rows)
    if now is not None:
        found = msgspec.structs.replace(found, valid_at=at(now))
    return regime_board(found, (OBLAST, OTHER), units=UNITS)


def row(*rows: Evidence, now: float | None = None) -> BoardRow:
    return board(*rows, now=now).rows[0]


def regimes(*rows: Evidence) -> list[Regime]:
    return [one.regime for one in row(*rows).announced]


def test_an_announcement_stands_with_its_speaker_and_time() -> None:
    (one,) = row(shut(10, speaker="Обленерго")).announced
    assert (one.regime, one.speaker, one.said_at) == (
        Regime.EMERGENCY_SHUTDOWN,
        "Обленерго",
        at(10),
    )
    assert one.standing is Standing.IN_FORCE
    assert (one.since, one.until) == (None, None)
    assert one.claims


def test_nothing_announced_is_no_row_of_normal() -> None:
    found = board()
    assert [one.announced for one in found.rows] == [(), ()]
    assert [one.gravest for one in found.rows] == [None, None]
    assert "normal" not in {regime.value for regime in Regime}
    assert set(found.lacks) == set(LACKS)


def test_only_the_oblast_that_is_named_is_meant() -> None:
    found = board(shut(10))
    assert found.rows[1].announced == ()


def test_the_gravest_regime_stands_first() -> None:
    assert regimes(schedule(10), shut(20)) == [Regime.EMERGENCY_SHUTDOWN, Regime.HOURLY]


def test_an_authority_ends_its_own_regime_and_no_other() -> None:
    found = row(schedule(0), shut(10), over(20))
    assert [one.regime for one in found.announced] == [Regime.HOURLY]
    assert [(one.regime, one.ended_at) for one in found.over] == [
        (Regime.EMERGENCY_SHUTDOWN, at(20))
    ]
    assert found.over[0].standing is Standing.ENDED


def test_a_regime_that_is_announced_again_stands_again() -> None:
    found = row(shut(0), over(10), shut(20))
    assert [(one.regime, one.first_said_at) for one in found.announced] == [
        (Regime.EMERGENCY_SHUTDOWN, at(20))
    ]


def test_silence_ends_nothing_and_an_old_word_is_marked() -> None:
    late = OLD_H * 60 + 11
    (one,) = row(shut(10), now=late).announced
    assert one.is_old
    (fresh,) = row(shut(10), now=late - 2).announced
    assert not fresh.is_old


@pytest.mark.parametrize(
    "changed",
    [
        {"standing": Weight.DECLARED},
        {"standing": Weight.UNSOURCED},
        {"standing": Weight.WITHDRAWN},
        {"kind": "forecast"},
        {"polarity": "denied"},
        {"origin": f"oblast@{OTHER}"},
        {"quote": "Обмеження скасовано"},
        {"quote": "Скасовано графіки погодинних та аварійні відключення"},
    ],
    ids=str,
)
def test_words_that_may_not_end_a_regime_end_none(changed: dict[str, object]) -> None:
    assert regimes(shut(10), over(20, **changed)) == [Regime.EMERGENCY_SHUTDOWN]


def test_an_end_that_nobody_can_place_is_shown() -> None:
    found = row(shut(10), over(20, quote="Обмеження скасовано"))
    assert [one.quote for one in found.unclear] == ["Обмеження скасовано"]
    assert row(over(20, quote="Обмеження скасовано")).unclear == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"standing": Weight.UNSOURCED},
        {"standing": Weight.WITHDRAWN},
        {"kind": "forecast"},
        {"kind": "speculation"},
        {"polarity": "negated"},
        {"said_at": None},
    ],
    ids=str,
)
def test_words_without_weight_announce_nothing(changed: dict[str, object]) -> None:
    assert regimes(shut(10, **changed)) == []


def test_that_no_schedules_apply_is_an_end_of_schedules_by_whoever_says_so() -> None:
    found = row(schedule(0), schedule(10, kind="report", polarity="negated"))
    assert found.announced == ()
    assert found.over[0].regime is Regime.HOURLY


def test_a_stated_end_that_has_passed_is_told_as_that() -> None:
    stated = {"earliest": at(0), "latest": at(60)}
    assert [one.until for one in row(schedule(-5, **stated), now=30).announced] == [at(60)]
    found = row(schedule(-5, **stated), now=61)
    assert found.announced == ()
    assert found.over[0].standing is Standing.RUN_OUT


def test_an_announcement_without_an_end_outlasts_a_later_one_for_a_day() -> None:
    found = row(schedule(0, speaker="A"), schedule(5, earliest=at(0), latest=at(60)), now=90)
    assert [one.speaker for one in found.announced] == ["A"]


def test_that_none_applied_yesterday_says_nothing_of_today() -> None:
    past = {"earliest": at(-1440), "latest": at(-5), "quote": f"Вчора не: {HOURLY}"}
    found = row(schedule(0), schedule(10, kind="report", polarity="negated", **past))
    assert [one.regime for one in found.announced] == [Regime.HOURLY]
    assert [one.quote for one in found.unclear] == [past["quote"]]


def test_an_end_for_later_ends_nothing_before_its_time() -> None:
    later = {"earliest": at(60), "latest": at(180)}
    words = (shut(0), over(10, **later))
    assert row(*words, now=59).announced != ()
    assert row(*words, now=60).announced == ()
    none = (schedule(0), schedule(10, polarity="negated", **later))
    assert row(*none, now=59).announced != ()
    assert row(*none, now=200).announced == ()


def test_an_end_told_late_ends_nothing_that_was_announced_since() -> None:
    told_late = over(30, earliest=at(5), latest=at(10))
    assert regimes(shut(0), told_late) == []
    found = row(shut(0, speaker="A"), shut(20, speaker="B"), told_late)
    assert [one.speaker for one in found.announced] == ["B"]
    assert [one.speaker for one in found.over] == ["A"]


def test_what_is_announced_for_tomorrow_too_is_in_force_by_the_words_about_today() -> None:
    words = (schedule(0, speaker="A"), schedule(5, earliest=at(600), latest=at(900), speaker="B"))
    (today,) = row(*words, now=90).announced
    assert (today.speaker, today.since) == ("A", None)
    (then,) = row(*words, now=610).announced
    assert (then.speaker, then.since) == ("B", at(600))


def test_what_is_announced_for_the_country_holds_in_every_oblast() -> None:
    found = board(schedule(0, "UA", origin=COUNTRY_BODY))
    assert [one.regime for one in found.country] == [Regime.HOURLY]
    for one in found.rows:
        assert [(held.regime, held.place) for held in one.announced] == [(Regime.HOURLY, "UA")]


def test_an_end_for_the_country_ends_in_every_oblast_unless_it_takes_something_out() -> None:
    first = shut(0, "UA", origin=COUNTRY_BODY)
    ended = over(10, "UA", origin=COUNTRY_BODY)
    assert regimes(first, ended) == []
    but = over(10, "UA", origin=COUNTRY_BODY, quote=f"{SHUT_OVER}, крім Сумської області")
    assert regimes(first, but) == [Regime.EMERGENCY_SHUTDOWN]


def test_an_oblast_that_ends_it_ends_it_for_itself_alone() -> None:
    found = board(shut(0, "UA", origin=COUNTRY_BODY), over(10))
    assert found.rows[0].announced == ()
    assert found.rows[1].announced != ()


def test_what_is_said_of_a_part_is_no_regime_of_the_oblast() -> None:
    found = row(shut(0, RAION))
    assert found.announced == ()
    assert [(one.regime, one.place) for one in found.parts] == [(Regime.EMERGENCY_SHUTDOWN, RAION)]


def test_two_channels_of_one_voice_are_one_voice() -> None:
    (one,) = row(shut(0), shut(5, source="second")).announced
    assert one.voices == 1
    (two,) = row(shut(0), shut(5, source="second", origin="grid@UA")).announced
    assert two.voices == 2
    assert len(two.claims) == 2


def test_one_announcement_may_name_two_regimes() -> None:
    quote = "Діють графіки погодинних відключень та графіки обмеження потужності"
    assert regimes(schedule(0, quote=quote)) == [Regime.CAPACITY_LIMIT, Regime.HOURLY]


def test_talk_of_a_grid_that_comes_apart_is_no_regime() -> None:
    talk = says("grid.fragmentation", 0, OBLAST, quote="Енергосистема розділена на частини")
    runs = says("grid.fragmentation", 0, OBLAST, quote="Працює в острівному режимі")
    assert regimes(talk) == []
    assert regimes(runs) == [Regime.ISLANDED]


KINDS = (schedule, shut, over)
PLACES = (OBLAST, RAION, "UA", OTHER)


def _drawn(seed: int) -> list[Evidence]:
    dice = random.Random(seed)
    return [
        dice.choice(KINDS)(
            minute,
            dice.choice(PLACES),
            origin=dice.choice((f"oblast@{OBLAST}", COUNTRY_BODY)),
            quote=dice.choice((HOURLY, SHUT, SHUT_OVER, HOURLY_OVER, "Обмеження")),
        )
        for minute in dice.sample(range(600), dice.randint(1, 12))
    ]


@given(st.integers(0, 2**40))
def test_order_and_repeats_do_not_matter(seed: int) -> None:
    rows = _drawn(seed)
    mixed = [*rows, *rows[:3]]
    random.Random(seed + 1).shuffle(mixed)
    assert board(*mixed) == board(*rows)


@given(st.integers(0, 2**40), st.floats(min_value=0, max_value=5000))
def test_silence_ends_nothing_whatever_was_said(seed: int, later: float) -> None:
    rows = _drawn(seed)
    before, after = board(*rows, now=700), board(*rows, now=700 + later)
    for one, other in zip(before.rows, after.rows, strict=True):
        assert [held.regime for held in one.announced] == [held.regime for held in other.announced]


def _table(name: str) -> list[dict[str, str]]:
    path = files("vidomo.outlook.regimes") / "tables" / "regimes.toml"
    return tomllib.loads(path.read_text("utf-8"))[name]


@pytest.mark.parametrize("one", _table("named"), ids=lambda one: one["example"])
def test_a_pattern_names_its_example_and_not_its_counter_example(one: dict[str, str]) -> None:
    assert re.search(one["pattern"], one["example"])
    assert not re.search(one["pattern"], one["counter"])
    topic = "grid.fragmentation" if one["regime"] == "islanded" else "power.schedule"
    assert named(one["example"], topic=topic, lang=one["lang"]) == {Regime(one["regime"])}


@pytest.mark.parametrize("one", _table("except"), ids=lambda one: one["example"])
def test_an_exception_is_found_where_there_is_one(one: dict[str, str]) -> None:
    assert has_exception(one["example"], lang=one["lang"])
    assert not has_exception(one["counter"], lang=one["lang"])
    assert has_exception(one["example"], lang="und")


def test_every_regime_and_lack_has_words_in_both_languages() -> None:
    for lang in ("uk", "en"):
        words = board_words(lang)
        assert {*(one.value for one in Regime), *LACKS, "none"} <= set(words)
    assert set(board_words("uk")) == set(board_words("en"))


def test_the_board_stands_at_its_instant() -> None:
    assert board(now=5).at == NOON + (at(5) - NOON)
