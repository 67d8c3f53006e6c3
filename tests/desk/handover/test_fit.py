"""What does not fit on one sheet is left out by rank, counted, and never silently."""

from hypothesis import given, strategies as st

from vidomo.desk.handover.fit import (
    LINES,
    WIDTH,
    Line,
    Part,
    clipped,
    fitted,
    left_out,
    width_of,
)

KEYS = ("alerts", "holds", "tasks", "promises", "asked", "silent", "kept")


def parts(*counts: int, text: str = "рядок") -> tuple[Part, ...]:
    return tuple(
        Part(key=key, lines=tuple(Line(text=f"{text} {number}") for number in range(count)))
        for key, count in zip(KEYS, counts, strict=False)
    )


def test_a_quiet_night_fits_whole() -> None:
    found = fitted(parts(1, 2, 3, 4, 5, 6, 7))
    assert left_out(found) == 0
    assert [len(part.lines) for part in found] == [1, 2, 3, 4, 5, 6, 7]


def test_a_big_night_shows_some_of_everything_and_says_what_is_left_out() -> None:
    found = fitted(parts(*[100] * 7))
    assert all(len(part.lines) >= 3 for part in found)
    assert all(len(part.lines) + len(part.left) == 100 for part in found)
    assert len(found[0].lines) > len(found[-1].lines)
    assert [line.text for line in found[0].lines][:2] == ["рядок 0", "рядок 1"]


@given(
    st.lists(st.integers(0, 80), min_size=7, max_size=7),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=400),
)
def test_no_night_is_longer_than_the_sheet_and_no_row_is_lost(counts: list[int], text: str) -> None:
    found = fitted(parts(*counts, text=text))
    taken = sum(line.lines for part in found for line in part.lines)
    assert taken + 2 * len(found) <= LINES
    assert [len(part.lines) + len(part.left) for part in found] == counts
    assert all(line.lines in (1, 2) for part in found for line in (*part.lines, *part.left))


@given(st.text(max_size=400), st.integers(4, 200))
def test_a_cut_text_is_never_wider_and_says_that_it_was_cut(text: str, width: int) -> None:
    found = clipped(text, width=width)
    assert width_of(found) <= max(width, width_of("…"))
    assert found == text or found.endswith("…")


def test_wide_letters_take_more_room() -> None:
    assert width_of("ЩЩЩЩ") > width_of("іііі")
    assert width_of("漢字") > width_of("ЩЩ")
    assert WIDTH > 100
