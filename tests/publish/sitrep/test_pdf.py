"""The report as PDF: tagged, the same bytes each time, words selectable, nothing evaluated."""

import io

import msgspec
import pypdf
import pytest

from publish.sitrep.reports import report, told, with_words
from vidomo.publish.sitrep import as_pdf
from vidomo.publish.sitrep.pdf import _COMMON, _has_glyph

HOSTILE = (
    '#panic("p") $x$ #import "@preview/x:1.0.0" ]) #{1+1} "quoted" \\u{48} <lab> @ref *b* // c'
)


def opened(body: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(body))


def text_of(body: bytes) -> str:
    text = " ".join(page.extract_text() for page in opened(body).pages)
    return " ".join(text.split())


def test_ukrainian_words_can_be_selected_and_searched() -> None:
    text = text_of(as_pdf(report()))
    for words in ("Ізюмська міська військова адміністрація", "Чого ще не знають", "з’ясовано"):
        assert words in text


def test_the_same_report_has_the_same_bytes() -> None:
    assert as_pdf(report()) == as_pdf(msgspec.structs.replace(report()))
    assert as_pdf(report()) != as_pdf(report(lang="en"))


def test_the_file_is_tagged_and_says_its_language_and_title() -> None:
    found = opened(as_pdf(report()))
    catalog = found.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog
    assert str(catalog["/Lang"]).startswith("uk")
    assert "Ізюм" in found.metadata.title
    assert b"pdfuaid" in found.trailer["/Root"]["/Metadata"].get_data()


def test_every_page_of_the_desks_report_says_internal_and_no_page_of_the_public_one() -> None:
    pages = opened(as_pdf(report(lang="en"))).pages
    assert len(pages) > 2
    assert all("INTERNAL. Not for publication." in page.extract_text() for page in pages)
    public = opened(as_pdf(report(lang="en", is_internal=False))).pages
    assert not any("INTERNAL" in page.extract_text() for page in public)


def test_a_scenario_is_told_as_one_on_every_page() -> None:
    for page in opened(as_pdf(report(lang="en", is_internal=False))).pages:
        assert "A training scenario" in page.extract_text()


@pytest.mark.parametrize("internal", [True, False])
def test_words_of_others_are_never_evaluated(internal) -> None:
    text = text_of(as_pdf(told(with_words(HOSTILE, is_internal=internal))))
    assert '#panic("p") $x$ #import "@preview/x:1.0.0" ]) #{1+1}' in text
    assert "<lab> @ref *b* // c" in text


def test_words_in_a_language_of_no_known_code_are_written_all_the_same() -> None:
    made = report()
    notes = tuple(msgspec.structs.replace(note, lang="und-x") for note in made.notes)
    assert "Ізюм" in text_of(as_pdf(msgspec.structs.replace(made, notes=notes)))


def test_letters_that_the_font_lacks_are_shown_as_a_box_and_break_nothing() -> None:
    words = "🟢💥❗️🇺🇦 \u202e שלום 漢字 \x00\x07\x1b кінець"
    text = text_of(as_pdf(told(with_words(words))))
    assert "кінець" in text
    assert "▯" in text
    assert "💥" not in text
    assert "\u202e" not in text


def test_every_letter_that_is_not_asked_about_is_in_the_font() -> None:
    letters = [chr(one) for one in (*range(0xA0, 0x180), *range(0x400, 0x460))]
    letters += [one for one in _COMMON if not one.isspace()]
    assert [one for one in letters if not one.isspace() and not _has_glyph(one)] == []
