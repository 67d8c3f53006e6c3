"""`vidomo form` as a person meets it."""

import json
from pathlib import Path

import pytest

from vidomo.app.scenario import open_scenario

IZIUM = "UA63040090010029555"
AT = "2025-12-20T16:45Z"


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with open_scenario(tmp_path_factory.mktemp("night")) as house:
        return house.journal._path.parent


def form(run_vidomo, night: Path, *words: str):
    return run_vidomo("form", *words, "--data", night)


def test_every_form_is_listed_as_the_unofficial_example_that_it_is(run_vidomo, night) -> None:
    ran = form(run_vidomo, night, "list")
    assert ran.code == 0
    assert "community/power" in ran.out
    assert ran.out.count("unofficial example") == 24
    listed = json.loads(form(run_vidomo, night, "list", "--json").out)
    assert {one["purpose"] for one in listed} >= {"all_clear", "phone_report"}
    assert all(len(one["digest"]) == 64 and not one["own"] for one in listed)


def test_every_fault_of_an_own_file_is_told_and_the_rest_is_listed(run_vidomo, tmp_path) -> None:
    path = tmp_path / "forms/town/bad.toml"
    path.parent.mkdir(parents=True)
    path.write_text('id = "bad"\nstatus = "official"\n', encoding="utf-8")
    ran = run_vidomo("form", "list", "--data", tmp_path)
    assert ran.code == 5
    assert "town/bad.toml: status = 'official'" in ran.err
    assert "town/bad.toml: purpose = None" in ran.err
    assert "community/power" in ran.out


def test_a_form_is_filled_with_the_claims_beside_it(run_vidomo, night) -> None:
    ran = form(
        run_vidomo, night, "fill", "community/power", "Izium", "--valid-at", AT, "--known-at", AT
    )
    assert ran.code == 0
    assert "(16:20): частина без світла." in ran.out
    assert "clm_" in ran.err
    assert "no authority has confirmed these words" in ran.err
    assert "not known: back_power" in ran.err


def test_what_may_not_go_out_ends_with_nothing_known(run_vidomo, night) -> None:
    ran = form(
        run_vidomo, night, "fill", "community/all-clear", IZIUM, "--valid-at", AT, "--known-at", AT
    )
    assert ran.code == 3
    assert "Залишайтеся в укритті" in ran.out
    assert "may not go out without: all_clear" in ran.err


def test_a_filled_form_is_printed_as_json_with_its_sentences_and_claims(run_vidomo, night) -> None:
    ran = form(
        run_vidomo,
        night,
        "fill",
        "community/correction",
        IZIUM,
        "--lang",
        "en",
        "--note",
        "wrong=the hour",
        "--next",
        "2025-12-22T10:00Z",
        "--body",
        "Duty officer",
        "--contact",
        "101",
        "--json",
    )
    assert ran.code == 0
    shown = json.loads(ran.out)
    assert "This was wrong: the hour." in shown["text"]
    assert "Next message on 22 December at 12:00." in shown["text"]
    assert shown["lacking"] == []
    assert "right" in shown["unknown"]
    assert any(line["claims"] for line in shown["lines"])


def test_the_check_speaks_up_beside_a_text_with_forbidden_words(run_vidomo, night) -> None:
    words = "wrong=був удар по вул. Вигаданій, 7"
    ran = form(run_vidomo, night, "fill", "community/correction", IZIUM, "--note", words)
    assert "check: " in ran.err


def test_a_form_of_the_exercise_says_so_in_every_part(run_vidomo, tmp_path) -> None:
    ran = run_vidomo("form", "fill", "community/power", IZIUM, "--exercise", "--data", tmp_path)
    assert ran.code == 0
    assert ran.out.count("НАВЧАННЯ!") == 3
    assert "Ізюмська міська військова адміністрація" in ran.out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("community/nothing", IZIUM), 3),
        (("community/power", "Нетакогоміста"), 2),
        (("community/correction", IZIUM, "--note", "nothing"), 2),
        (("community/written-report", IZIUM, "--lang", "ru"), 2),
    ],
)
def test_what_cannot_be_filled_says_why(run_vidomo, night, words, code: int) -> None:
    ran = form(run_vidomo, night, "fill", *words)
    assert ran.code == code
    assert "hint: " in ran.err
