"""What the gate withholds, and releases, through the command line."""

import json
from pathlib import Path

import pytest

POSTS = (
    ("1", "09:00", "В Ізюмі немає світла."),
    ("2", "09:10", "Внаслідок обстрілу в Ізюмі пошкоджено підстанцію."),
    ("3", "09:20", "В Ізюмі загинула 61-річна пенсіонерка."),
)


@pytest.fixture
def night(run_vidomo, tmp_path: Path):
    """A data folder with a few official posts."""
    path = tmp_path / "posts.jsonl"
    rows = [
        {
            "id": name,
            "source": "izium_mva",
            "posted_at": f"2026-01-10T{clock}:00+02:00",
            "url": f"https://post.example/{name}",
            "text": text,
        }
        for name, clock, text in POSTS
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    assert run_vidomo("import", path).code == 0
    return run_vidomo


def withheld(ran) -> list[dict]:
    return json.loads(ran("gate", "explain", "Izium", "--json").out)["withheld"]


def damage(ran) -> dict:
    return next(one for one in withheld(ran) if one["topic"] == "impact.damage")


def test_explain_tells_the_rule_and_the_time_and_never_the_words(night) -> None:
    ran = night("gate", "explain", "Izium")
    assert ran.code == 0
    assert "object-critical (source not verified)" in ran.out
    assert "or two people release it" in ran.out
    assert "words-about-victims" in ran.out
    for word in ("підстанц", "61", "пенсіонер", "немає світла"):
        assert word not in ran.out
    listed = json.dumps(withheld(night), ensure_ascii=False)
    assert "підстанц" not in listed
    assert damage(night)["legal_source"]
    assert damage(night)["verified"] is False


def test_explain_of_a_moment_just_after_tells_until_when(night) -> None:
    at = "2026-01-10T09:30+02:00"
    assert night("gate", "explain", "Izium", "--valid-at", at).out.count("until 11.01.2026 09:00")


def test_explain_of_a_place_with_nothing_withheld_says_so_by_its_exit_code(night) -> None:
    assert night("gate", "explain", "Lviv").code == 3


def test_explain_of_an_empty_folder_says_what_to_do(run_vidomo) -> None:
    ran = run_vidomo("gate", "explain", "Izium")
    assert ran.code == 3
    assert "vidomo import FILE" in ran.err


def test_the_rules_are_listed_with_source_and_reading(run_vidomo) -> None:
    ran = run_vidomo("gate", "rules")
    assert "counsel must review" in ran.out
    assert "object-civil, 3 h" in ran.out
    assert "(not verified)" in ran.out
    assert "our reading:" in ran.out
    assert json.loads(run_vidomo("gate", "rules", "--json").out)["id"] == "ua-public"
    assert run_vidomo("gate", "rules", "--policy", "operator-only").code == 0


def test_an_unknown_policy_is_wrong_usage(night) -> None:
    assert night("gate", "explain", "Izium", "--policy", "nobody").code == 2
    assert (
        "operator-only, ua-open-data, ua-public" in night("gate", "rules", "--policy", "nobody").err
    )


def test_two_people_release_a_statement_and_the_explanation_names_them(night) -> None:
    claim = damage(night)["what"].split()[-1]
    asked = night("gate", "release", claim, "--by", "Олена", "--reason", "вже в ефірі")
    assert asked.code == 0
    assert "waits for a second person" in asked.out
    assert damage(night)["rule"] == "object-critical"
    alone = night("gate", "release", claim, "--by", "олена", "--confirm")
    assert alone.code == 2
    assert "must be another one" in alone.err
    seconded = night("gate", "release", claim, "--by", "Петро", "--confirm")
    assert "released by two people" in seconded.out
    ran = night("gate", "explain", "Izium")
    assert "released early: вже в ефірі  [Олена, Петро" in ran.out
    assert damage(night)["is_quote"]
    again = night("gate", "release", claim, "--by", "Ірина", "--reason", "ще раз")
    assert (again.code, "released already" in again.err) == (2, True)


def test_a_release_is_written_down_once_and_as_json_too(night) -> None:
    claim = damage(night)["what"].split()[-1]
    made = night("gate", "release", claim, "--by", "A", "--reason", "b", "--json")
    assert json.loads(made.out)["claim"] == claim
    assert night("store", "verify").code == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--by", "Олена"], "needs a name and a reason"),
        (["--by", " ", "--reason", "x"], "needs a name and a reason"),
        (["--by", "Олена", "--confirm"], "nobody has asked"),
    ],
)
def test_a_release_without_what_it_needs_is_wrong_usage(
    night, options: list[str], message: str
) -> None:
    claim = damage(night)["what"].split()[-1]
    ran = night("gate", "release", claim, *options)
    assert (ran.code, message in ran.err) == (2, True)


def test_what_no_two_people_may_lift_is_refused(night) -> None:
    words = next(one for one in withheld(night) if one["rule"] == "words-about-victims")
    ran = night("gate", "release", words["what"].split()[-1], "--by", "A", "--reason", "b")
    assert (ran.code, "is not withheld" in ran.err) == (2, True)
    assert night("gate", "release", "clm_nobody", "--by", "A", "--reason", "b").code == 3


def test_a_statement_of_an_unofficial_source_cannot_be_released(night, tmp_path: Path) -> None:
    path = tmp_path / "rumour.jsonl"
    row = {
        "id": "9",
        "source": "somebody",
        "posted_at": "2026-01-10T10:00:00+02:00",
        "text": "В Ізюмі пошкоджено підстанцію.",
    }
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    night("import", path)
    claim = next(one for one in withheld(night) if one["rule"] == "official-only")["what"]
    ran = night("gate", "release", claim.split()[-1], "--by", "A", "--reason", "b")
    assert (ran.code, "nobody may lift official-only" in ran.err) == (2, True)
