import pytest
from lxml import etree

from outlook.saying import (
    DAY,
    OBLAST,
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
from vidomo.core.errors import InputError
from vidomo.core.time import Interval
from vidomo.outlook.review.chart import MOST_BARS, chart
from vidomo.outlook.review.measures import review
from vidomo.outlook.review.model import Review
from vidomo.situation.model import Situation

SVG = "{http://www.w3.org/2000/svg}"
BUSY = situation(
    [
        alarm(0),
        clear(60),
        says("impact.power.outage", 5, TOWN),
        says("impact.power.outage", 65, TOWN),
        says("impact.power.restored", 125, TOWN),
    ],
    incidents=[attack(30), attack(-30), attack(-5, 5)],
)


def of(known: Situation, period: Interval = DAY, place: str = TOWN) -> Review:
    return review(known, place, period=period, registry=REGISTRY, units=UNITS)


def drawn(found: Review, *, lang: str = "uk", name: str = "Ізюм") -> etree._Element:
    return etree.fromstring(chart(found, name=name, lang=lang).encode())


def test_the_picture_says_in_words_what_it_shows() -> None:
    root = drawn(of(BUSY), lang="en")
    said = root.findtext(f"{SVG}desc") or ""
    assert "For the desk only" in said
    assert "alerts over the place: 1; 1.0 h under alert" in said
    assert "warned: 1" in said
    assert "at least 1.0 h, at most 2.0 h" in said
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title")


def test_bars_bear_a_pattern_and_a_text_of_their_own() -> None:
    bars = [
        row for row in drawn(of(BUSY)).iter(f"{SVG}rect") if row.find(f"{SVG}title") is not None
    ]
    assert {row.get("fill") for row in bars} == {"url(#alert)", "url(#most)", "#1f3a5f"}


def test_each_attack_has_a_mark_with_its_words() -> None:
    titles = [row.text or "" for row in drawn(of(BUSY)).iter(f"{SVG}title")]
    assert sum("попереджено" in text for text in titles) == 1
    assert sum("невідомо" in text or "без попередження" in text for text in titles) == 1
    assert sum("не визначено" in text for text in titles) == 1


def test_nothing_reported_is_never_drawn_as_all_well() -> None:
    said = drawn(of(situation())).findtext(f"{SVG}desc") or ""
    assert "не означає, що їх не було" in said
    assert "не означає, що світло було" in said
    assert "Жодне джерело тривог не чути" in said


def test_a_name_cannot_break_out_of_the_picture() -> None:
    root = drawn(of(BUSY), name='<script>alert("x")</script>&')
    assert not list(root.iter(f"{SVG}script"))


def test_years_are_drawn_in_bars_that_can_be_told_apart() -> None:
    years = Interval(at(-3 * 365 * 1440), at(1440))
    root = drawn(of(BUSY, years, OBLAST))
    bars = [row for row in root.iter(f"{SVG}rect") if row.find(f"{SVG}title") is not None]
    assert 0 < len(bars) <= 3 * MOST_BARS


def test_another_language_is_refused_with_the_two_that_are_there() -> None:
    with pytest.raises(InputError, match="'fr' is not a language"):
        chart(of(BUSY), name="Izium", lang="fr")
