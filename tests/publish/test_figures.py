"""Figures are told as they were said."""

import pytest
from hypothesis import given, strategies as st

from vidomo.disclosure.model import FigureView
from vidomo.publish.figures import figure_text, number_text
from vidomo.publish.words import words_of


def figure(low, high, mode="exact", unit="explosions", topic="event.explosion") -> FigureView:
    return FigureView(topic=topic, unit=unit, min=low, max=high, mode=mode, status="current")


@pytest.mark.parametrize(
    ("it", "uk", "en"),
    [
        (figure(10, 10, "about"), "близько 10 вибухів", "about 10 explosions"),
        (figure(4, 4, unit="bombs"), "4 бомби", "4 bombs"),
        (figure(1, 1, unit="bombs"), "1 бомба", "1 bomb"),
        (figure(12, None, "at_least"), "щонайменше 12 вибухів", "at least 12 explosions"),
        (figure(None, 3, "at_most"), "не більше 3 вибухів", "at most 3 explosions"),
        (figure(5, 8, "range"), "від 5 до 8 вибухів", "between 5 and 8 explosions"),
        (figure(7, None), "щонайменше 7 вибухів", "at least 7 explosions"),
        (figure(None, None, "several"), "кілька, без числа", "several, no number"),
        (figure(None, None), "без числа", "no number"),
        (figure(2, 2, unit="persons", topic="harm.killed"), "2", "2"),
        (figure(0, 0, "none", "persons", "harm.killed"), "нікого", "nobody"),
        (figure(0, 0, "exact", "buildings", "impact.damage"), "жодного", "none"),
        (figure(0.8, 0.8, unit="share"), "80 %", "80 %"),
        (figure(3, 3, unit="wheel_barrows"), "3 wheel barrows", "3 wheel barrows"),
    ],
)
def test_a_figure_is_told_in_both_languages(it: FigureView, uk: str, en: str) -> None:
    assert figure_text(it, words=words_of("uk")) == uk
    assert figure_text(it, words=words_of("en")) == en


def test_large_numbers_are_grouped() -> None:
    assert number_text(2500) == "2500"
    assert number_text(12500) == "12\u202f500"
    assert number_text(2.5) == "2.5"


@given(
    low=st.none() | st.integers(1, 10**6),
    high=st.none() | st.integers(1, 10**6),
    mode=st.sampled_from(["exact", "about", "at_least", "at_most", "range", "several"]),
    unit=st.sampled_from(["persons", "bombs", "share", "", "strange"]),
)
def test_what_nobody_counted_is_never_told_as_none(low, high, mode, unit) -> None:
    for lang in ("uk", "en"):
        text = figure_text(figure(low, high, mode, unit, "harm.killed"), words=words_of(lang))
        assert text
        assert text not in {"0", "нікого", "nobody", "жодного", "none"}
