"""Quotations become offsets, or are refused with the reason."""

from pathlib import Path

import pytest
from bench.reading import draft as drafting
from bench.reading.corpus import Post
from bench.reading.draft import Draft, DraftClaim, DraftPlace, find_span, label, parse_number
from bench.reading.labels import LabelNumber, LabelPlace, LabelUnknown, read_labels

from vidomo.core.errors import InputError

TEXT = "Ізюм: у місті два вибухи. Ізюм без світла. Дані щодо\u00a0постраждалих уточнюються."


def test_a_quotation_that_is_there_once_gets_its_offsets() -> None:
    start, end = find_span(TEXT, "два вибухи")
    assert TEXT[start:end] == "два вибухи"


def test_offsets_count_code_points_not_bytes_or_code_units() -> None:
    assert find_span("🟢🟢 відбій", "відбій") == (3, 9)


def test_a_blank_stands_for_a_no_break_blank() -> None:
    start, end = find_span(TEXT, "щодо постраждалих")
    assert TEXT[start:end] == "щодо\u00a0постраждалих"


def test_a_quotation_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="not in the post"):
        find_span(TEXT, "три вибухи")
    with pytest.raises(InputError, match="not in the post"):
        find_span(TEXT, "")


def test_a_quotation_that_is_there_twice_needs_a_number() -> None:
    with pytest.raises(InputError, match="2 times"):
        find_span(TEXT, "Ізюм")
    assert find_span(TEXT, "Ізюм", nth=2) == (26, 30)
    with pytest.raises(InputError, match="not in the post"):
        find_span(TEXT, "Ізюм", nth=3)


def test_the_statement_decides_which_of_two_place_names_is_meant() -> None:
    assert find_span(TEXT, "Ізюм", within=(26, 42)) == (26, 30)


@pytest.mark.parametrize(
    ("text", "low", "high", "mode"),
    [
        ("2 persons", 2.0, 2.0, "exact"),
        ("~10 persons", 10.0, 10.0, "about"),
        (">=12 persons", 12.0, None, "at_least"),
        ("<=5 persons", None, 5.0, "at_most"),
        ("5-8 persons", 5.0, 8.0, "range"),
        ("several persons", None, None, "several"),
        ("none persons", 0.0, 0.0, "none"),
        ("0.8 persons", 0.8, 0.8, "exact"),
    ],
)
def test_the_short_form_of_a_number_says_bounds_and_mode(
    text: str, low: float | None, high: float | None, mode: str
) -> None:
    assert parse_number(text) == LabelNumber(min=low, max=high, mode=mode, unit="persons")


@pytest.mark.parametrize("text", ["багато", "persons", "12", ""])
def test_another_form_of_a_number_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_number(text)


def test_a_draft_becomes_claims_in_order_of_their_start() -> None:
    row = label(
        Draft(
            id="p",
            claims=(
                DraftClaim(
                    topic="harm.casualties",
                    quote="постраждалих уточнюються",
                    unknown="casualties/being_clarified",
                ),
                DraftClaim(
                    topic="event.explosion",
                    quote="два вибухи",
                    number="2 explosions",
                    places=(DraftPlace(code="UA63040090010029555"),),
                ),
            ),
        ),
        TEXT,
        labeller="A",
    )
    assert [claim.topic for claim in row.claims] == ["event.explosion", "harm.casualties"]
    assert row.claims[0].kind == "report"
    assert row.claims[0].places == (LabelPlace(code="UA63040090010029555"),)
    assert row.claims[1].kind == "unknown"
    assert row.claims[1].unknown == LabelUnknown(subject="casualties", status="being_clarified")


def test_an_error_names_the_post_and_the_claim() -> None:
    wrong = Draft(id="p", claims=(DraftClaim(topic="alert.end", quote="відбій"),))
    with pytest.raises(InputError, match="p, claim 1"):
        label(wrong, TEXT, labeller="A")


@pytest.fixture
def one_post(monkeypatch: pytest.MonkeyPatch) -> None:
    post = Post(id="p", lang="uk", text=TEXT, source="s")
    monkeypatch.setattr(drafting, "read_posts", lambda: {"p": post})


@pytest.mark.usefixtures("one_post")
def test_the_command_writes_labels_without_a_word_of_the_post(tmp_path: Path) -> None:
    working, target = tmp_path / "w.jsonl", tmp_path / "l.jsonl"
    working.write_text(
        '{"id":"p","claims":[{"topic":"event.explosion","quote":"два вибухи",'
        '"places":[{"code":"UA63040090010029555","quote":"Ізюм","nth":1}]}]}',
        encoding="utf-8",
    )
    assert drafting.main([str(working), str(target), "B"]) == 0
    (row,) = read_labels(target)
    assert (row.labeller, row.claims[0].start, row.claims[0].places[0].end) == ("B", 14, 4)
    assert target.read_bytes().isascii()


@pytest.mark.usefixtures("one_post")
def test_the_command_prints_every_wrong_line_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    working, target = tmp_path / "w.jsonl", tmp_path / "l.jsonl"
    working.write_text('{"id":"q"}\n{"id":"p","clams":[]}\n', encoding="utf-8")
    assert drafting.main([str(working), str(target), "A"]) == 5
    printed = capsys.readouterr().out
    assert "line 1" in printed
    assert "line 2" in printed
    assert not target.exists()
