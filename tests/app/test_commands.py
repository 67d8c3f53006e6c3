"""The commands as a person meets them."""

import json
import re
import shlex
from pathlib import Path

import pytest

from vidomo.app.cli.main import COMMANDS

IZIUM = "UA63040090010029555"
IZIUM_RAION = "UA63040000000023521"
NESTED = [["places", "find"], ["places", "explain"], ["store", "verify"]]


@pytest.mark.parametrize("words", [[name] for name in COMMANDS] + NESTED, ids=" ".join)
def test_every_command_has_help_with_an_example(run_vidomo, words: list[str]) -> None:
    ran = run_vidomo(*words, "--help")
    assert ran.code == 0
    assert re.search(r"Example: .*vidomo ", ran.out)


def test_the_top_help_names_every_command_and_every_exit_code(run_vidomo) -> None:
    ran = run_vidomo("--help")
    assert all(name in ran.out for name in COMMANDS)
    assert "Exit codes" in ran.out


@pytest.mark.parametrize(
    "words",
    [
        ["demo"],
        ["state"],
        ["incidents"],
        ["questions"],
        ["history"],
        ["places", "find"],
        ["store", "verify"],
    ],
    ids=" ".join,
)
def test_the_example_of_the_help_runs(run_vidomo, shared: Path, words: list[str]) -> None:
    assert run_vidomo("import", shared / "izium/texts.jsonl").code == 0
    example = re.search(r"Example: vidomo (.*)", run_vidomo(*words, "--help").out).group(1)
    ran = run_vidomo(*shlex.split(example))
    assert ran.code in {0, 3}
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("name", ["Ізюм", "Ізюмі", "Изюме", "Izum", "izyum", IZIUM, "ІЗЮМОМ"])
def test_a_place_is_found_by_any_form_of_its_name(run_vidomo, name: str) -> None:
    ran = run_vidomo("places", "find", name, "--json")
    assert ran.code == 0
    assert json.loads(ran.out)[0]["code"] == IZIUM


def test_an_empty_journal_says_what_to_do(run_vidomo) -> None:
    ran = run_vidomo("state", "Izium")
    assert ran.code == 3
    assert "vidomo import" in ran.err


def test_the_demo_shows_both_counts_with_their_speakers(run_vidomo) -> None:
    ran = run_vidomo("demo")
    assert ran.code == 0
    assert "about 10 explosions" in ran.out
    assert "4 bombs" in ran.out
    assert "earlier" in ran.out


def test_the_demo_never_touches_the_journal_of_real_posts(run_vidomo) -> None:
    assert run_vidomo("demo").code == 0
    assert run_vidomo("state", "Izium").code == 3


def test_a_claim_can_be_traced_to_its_words_and_versions(run_vidomo, shared: Path) -> None:
    run_vidomo("import", shared / "izium/texts.jsonl")
    state = json.loads(run_vidomo("state", IZIUM, "--json").out)
    claim = state["evidence"][0]
    ran = run_vidomo("trace", claim["claim"], "--json")
    assert ran.code == 0
    trace = json.loads(ran.out)
    assert trace["claim"]["quote"] == claim["quote"]
    assert claim["quote"] in trace["versions"][0]["version"]["post"]["text"]
    assert claim["quote"] in run_vidomo("trace", claim["claim"]).out


def test_an_unknown_id_is_nothing_known(run_vidomo, shared: Path) -> None:
    run_vidomo("import", shared / "izium/texts.jsonl")
    assert run_vidomo("trace", "clm_nothing").code == 3


def test_reading_from_standard_input(run_vidomo) -> None:
    ran = run_vidomo("read", "-", "--json", stdin="В Ізюмі чути вибухи.".encode())
    assert ran.code == 0
    assert [claim["topic"] for claim in json.loads(ran.out)["claims"]] == ["event.explosion"]


def test_the_library_reads_the_same_as_the_command(run_vidomo) -> None:
    import vidomo

    text = "В Ізюмі чути вибухи. Без світла частина міста."
    line = json.loads(run_vidomo("read", "-", "--json", stdin=text.encode()).out)
    assert [c["quote"] for c in line["claims"]] == [c.quote for c in vidomo.read(text)]


def test_the_text_views_name_speakers_and_what_is_not_known(run_vidomo, shared: Path) -> None:
    run_vidomo("import", shared / "izium/texts.jsonl", shared / "seed/article.txt")
    state = run_vidomo("state", "Izium").out
    assert "killed   2" in state
    assert "Not known" in state
    assert run_vidomo("incidents").code == 0
    assert run_vidomo("questions", "Izium").code == 0
    assert "explosion" in run_vidomo("history", "Izium").out


def test_a_raion_tells_of_the_attack_on_its_city(run_vidomo, shared: Path) -> None:
    run_vidomo("import", shared / "izium/texts.jsonl")
    ran = run_vidomo("state", IZIUM_RAION)
    assert ran.code == 0
    assert "reported at Izium, last 20.12.2025 17:41; of the whole nobody speaks" in ran.out
    assert "killed 2 persons" in ran.out
    inside = json.loads(run_vidomo("state", IZIUM_RAION, "--json").out)["incidents_inside"]
    city = json.loads(run_vidomo("state", IZIUM, "--json").out)
    assert inside == [one["id"] for one in city["incidents"]]
    assert city["incidents_inside"] == []


def test_a_village_under_the_alert_of_its_raion_is_not_nothing_known(
    run_vidomo, tmp_path: Path
) -> None:
    post = {
        "id": "1",
        "source": "agency_one",
        "posted_at": "2026-01-10T10:00:00+02:00",
        "text": "Харківська обласна військова адміністрація: повітряна тривога в області.",
    }
    file = tmp_path / "posts.jsonl"
    file.write_text(json.dumps(post), "utf-8")
    run_vidomo("import", file)
    for more in ((), ("--brief",)):
        ran = run_vidomo("state", "UA63040010010039074", *more)
        assert "alert          on" in ran.out
        assert ran.code == 0


def test_a_question_about_an_undecided_place_names_every_place(run_vidomo, shared: Path) -> None:
    run_vidomo("import", shared / "izium/texts.jsonl", shared / "seed/article.txt")
    told = run_vidomo("questions").out
    assert "Izmail or Izium (which is meant is not decided)" in told
    assert "location (event.explosion): open (not released)" in told


def test_no_question_and_no_attack_is_said_to_be_no_news(run_vidomo, shared: Path) -> None:
    run_vidomo("import", shared / "izium/texts.jsonl")
    for command in ("questions", "incidents"):
        ran = run_vidomo(command, "Lviv")
        assert ran.code == 3
        assert "does not mean that there is none" in ran.err


def test_parts_and_figures_of_a_wider_unit_are_shown_and_not_added(
    run_vidomo, tmp_path: Path
) -> None:
    words = (
        ("izium_mva", "10:20", "В Ізюмі удар. Поранено 5 людей, серед них 2 дітей."),
        (
            "agency_two",
            "11:30",
            "Ізюмський район: загинули 3 людини, повідомила Харківська ОВА.",
        ),
    )
    posts = [
        {"id": clock, "source": who, "posted_at": f"2026-01-10T{clock}:00+02:00", "text": text}
        for who, clock, text in words
    ]
    file = tmp_path / "posts.jsonl"
    file.write_text("".join(json.dumps(post) + "\n" for post in posts), "utf-8")
    run_vidomo("import", file)
    told = run_vidomo("incidents", "Izium").out
    assert "injured  5 persons" in told
    assert "part     2 children among the persons: " in told
    assert "wider    of Izium raion: Харківська обласна військова адміністрація: «" in told
    assert "killed   3" not in told


def test_a_time_that_nobody_gave_to_the_minute_is_shown_as_the_earliest(
    run_vidomo, shared: Path
) -> None:
    run_vidomo("import", shared / "izium/texts.jsonl")
    at = ("--valid-at", "2025-12-20T20:00+02:00")
    assert "since 20.12.2025 10:00 at the earliest" in run_vidomo("state", "Izium", *at).out


def test_an_attack_told_of_again_hours_later_is_perhaps_another(run_vidomo, tmp_path: Path) -> None:
    posts = [
        {
            "id": clock,
            "source": "izium_mva",
            "posted_at": f"2026-01-10T{clock}:00+02:00",
            "text": f"В Ізюмі вибухи. Поранено {count} людей.",
        }
        for clock, count in (("10:20", 5), ("18:20", 3))
    ]
    file = tmp_path / "posts.jsonl"
    file.write_text("".join(json.dumps(post) + "\n" for post in posts), "utf-8")
    run_vidomo("import", file)
    told = run_vidomo("incidents", "Izium").out
    assert "told again at 10.01.2026 18:20: perhaps another attack" in told
    claim = re.search(r"decide split\)  (clm_\w+)", told).group(1)
    asked = ("--by", "duty", "--reason", "a second alarm")
    assert run_vidomo("decide", "split", claim, *asked).code == 0
    assert run_vidomo("incidents", "Izium").out.count("Attack (") == 2


def test_a_list_without_anything_says_so(run_vidomo, shared: Path) -> None:
    run_vidomo("import", shared / "izium/texts.jsonl")
    instants = ("--from", "2025-12-20T20:00Z", "--to", "2025-12-20T20:00Z")
    assert "do not differ" in run_vidomo("diff", "Izium", *instants).err
    assert "no decision is in force" in run_vidomo("decide", "list").err
