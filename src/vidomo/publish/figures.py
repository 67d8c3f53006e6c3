"""Figures in words: always as somebody said them, never summed."""

from vidomo.disclosure.model import FigureView
from vidomo.publish.words import Words

_TEN_THOUSAND = 10_000


def number_text(value: float, *, is_share: bool = False) -> str:
    """Return a number for people: thousands apart by a thin blank, a share as per cent."""
    if is_share:
        return f"{value * 100:g} %"
    whole = f"{value:,.0f}" if value == int(value) else f"{value:,g}"
    return whole.replace(",", "\u202f" if abs(value) >= _TEN_THOUSAND else "")


def figure_text(figure: FigureView, *, words: Words) -> str:
    """Return how many, with its unit; "nobody" only where somebody said so.

    A figure without bounds is told in words: it never becomes a zero.
    """
    is_people = figure.unit in {"", "persons"}
    low, high = figure.min, figure.max
    if figure.mode == "none" or low == high == 0:
        return words("figure.nobody" if is_people else "figure.none")
    if low is None and high is None:
        return words("figure.several" if figure.mode == "several" else "figure.unsaid")
    is_share = figure.unit == "share"
    unit = "" if is_people and figure.topic.startswith("harm.") else figure.unit
    if low is not None and high is not None and low != high:
        text = words(
            "figure.range",
            low=number_text(low, is_share=is_share),
            high=number_text(high, is_share=is_share),
        )
        return _with_unit(text, unit, high, words, in_many=True)
    value = low if low is not None else high
    if value is None:
        return words("figure.unsaid")
    mode = figure.mode
    if mode not in {"about", "at_least", "at_most"}:
        mode = "exact" if high is not None and low is not None else ""
        mode = mode or ("at_least" if high is None else "at_most")
    text = words(f"figure.{mode}", n=number_text(value, is_share=is_share))
    return _with_unit(text, unit, value, words, in_many=mode in {"about", "at_most"})


def _with_unit(text: str, unit: str, value: float, words: Words, *, in_many: bool) -> str:
    if not unit or unit == "share":
        return text
    # "About", "at most" and "from ... to ..." take the genitive, which is the form of many.
    noun = words.counted(f"unit.{unit}", 5 if in_many and value != 1 else value)
    return f"{text} {noun or unit.replace('_', ' ')}"
