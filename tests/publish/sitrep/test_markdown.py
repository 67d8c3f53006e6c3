"""The report as text: nothing of others becomes markup."""

import re

import pytest
from hypothesis import given, strategies as st

from publish.sitrep.reports import report, told, with_words
from vidomo.publish.sitrep import as_markdown
from vidomo.publish.sitrep.markdown import escaped

HOSTILE = "# x](javascript:a) <b>*b*</b> `c` | ![i](http://h) [^1]: y\n\n[^2]: z\u2028www.a.b ~~s~~"
MARKS = set("\\`*_{}[]<>|~&^$@!")


@pytest.mark.parametrize("internal", [True, False])
def test_words_of_others_are_never_markup(internal) -> None:
    text = as_markdown(told(with_words(HOSTILE, is_internal=internal)))
    assert "\\[^" not in text.replace("\\[\\^", "")
    assert "<b>" not in text
    assert "](javascript" not in text.replace("\\](javascript", "")
    assert len(re.findall(r"^\[\^\d+\]: ", text, re.MULTILINE)) == len(
        told(with_words(HOSTILE, is_internal=internal)).notes
    )


@given(st.text(max_size=60))
def test_no_mark_stands_without_its_escape_and_no_line_is_broken(text: str) -> None:
    found = escaped(text)
    assert "\n" not in found
    assert "\r" not in found
    bare = re.sub(r"\\[^a-zA-Z0-9\s]", "", found)
    assert not set(bare) & MARKS
    assert not re.match(r"[#+=-]|\d+[.)]", found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. one", "1\\. one"),
        ("# head", "\\# head"),
        ("www.a.b https://c", "www\\.a.b https\\://c"),
        ("15:40 – (a) b-c", "15:40 – (a) b-c"),
    ],
)
def test_what_is_no_markup_stays_readable(text: str, found: str) -> None:
    assert escaped(text) == found


def test_every_reference_has_its_footnote() -> None:
    text = as_markdown(report())
    defined = re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE)
    assert defined == [str(number) for number in range(1, len(defined) + 1)]
    assert set(re.findall(r"\[\^(\d+)\]", text)) == set(defined)


def test_the_text_says_first_that_it_is_internal() -> None:
    assert as_markdown(report(lang="en")).startswith("**INTERNAL. Not for publication.**")
    assert "INTERNAL" not in as_markdown(report(lang="en", is_internal=False))
