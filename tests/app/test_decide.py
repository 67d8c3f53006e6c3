"""Decisions of people through the command line, and what changed because of them."""

import json
from pathlib import Path

import pytest

IZIUM = "UA63040090010029555"
AT = "2026-01-10T{}:00+02:00"
LATER = AT.format("20:00")


def post(number: int, clock: str, text: str, source: str = "izium_mva", **more: str) -> dict:
    row = {"id": str(number), "source": source, "posted_at": AT.format(clock), "text": text}
    return {**row, **more}


NIGHT = (
    post(1, "10:00", "🔴 Ізюм. Повітряна тривога! Прямуйте в укриття."),
    post(2, "10:20", "В Ізюмі о 10:10 пролунали вибухи."),
    post(3, "10:40", "В Ізюмі немає світла."),
    post(4, "11:00", "🟢 Ізюм. Відбій повітряної тривоги."),
    post(5, "18:30", "В Ізюмі о 18:20 пролунали вибухи."),
)


@pytest.fixture
def told(run_vidomo, tmp_path: Path):
    """A data folder with a night in it."""

    def take_in(*posts: dict) -> None:
        path = tmp_path / "posts.jsonl"
        rows = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in posts)
        path.write_text(rows, "utf-8")
        ran = run_vidomo("import", path)
        assert ran.code == 0, ran.err

    take_in(*NIGHT)
    run_vidomo.take_in = take_in
    return run_vidomo


@pytest.fixture
def run_vidomo(run_vidomo):
    """The same runner as an object that can carry more."""

    class Runner:
        def __call__(self, *arguments: object, **more: bytes):
            return run_vidomo(*arguments, **more)

    return Runner()


def state(ran, at: str = LATER) -> dict:
    return json.loads(ran("state", IZIUM, "--json", "--valid-at", at).out)


def phase(ran, name: str, at: str = LATER) -> str:
    return next(row["phase"] for row in state(ran, at)["dimensions"] if row["dimension"] == name)


def claim(ran, topic: str) -> str:
    return next(item["claim"] for item in state(ran)["evidence"] if item["topic"] == topic)


def decide(ran, *arguments: str) -> dict:
    done = ran(
        "decide", *arguments, "--reason", "перевірено телефоном", "--by", "черговий", "--json"
    )
    assert done.code == 0, done.err
    return json.loads(done.out)


def test_a_confirmed_all_clear_ends_the_alert_from_the_decision_on(told) -> None:
    assert phase(told, "alert") == "on"
    made = decide(told, "confirm", claim(told, "alert.end"))
    assert made["id"].startswith("dec_")
    now = json.loads(told("state", IZIUM, "--json").out)
    assert {row["dimension"]: row["phase"] for row in now["dimensions"]}["alert"] == "ended"
    assert phase(told, "alert", AT.format("12:00")) == "on"  # nobody had confirmed it then


def test_a_decision_taken_back_leaves_things_as_they_were(told) -> None:
    made = decide(told, "overrule", claim(told, "impact.power.outage"))
    assert phase(told, "power") == "not_reported"
    decide(told, "withdraw", made["id"])
    assert phase(told, "power") == "out"
    assert told("decide", "list").code == 3


def test_incidents_are_merged_and_split_by_hand(told) -> None:
    both = [one["id"] for one in json.loads(told("incidents", IZIUM, "--json").out)]
    assert len(both) == 2
    made = decide(told, "merge", *both)
    (one,) = json.loads(told("incidents", IZIUM, "--json").out)
    assert one["decisions"] == [made["id"]]
    decide(told, "split", one["evidence"][-1])
    assert len(json.loads(told("incidents", IZIUM, "--json").out)) == 2
    listed = told("decide", "list")
    assert "merge" in listed.out
    assert "перевірено телефоном  [черговий]" in listed.out


def test_a_place_and_a_number_are_put_right(told) -> None:
    told.take_in(post(6, "19:00", "В Ізюмі поранено 74 людини."))
    hurt = claim(told, "harm.injured")
    decide(told, "overrule", hurt, "--number", "1")
    figures = [row for one in state(told)["incidents"] for row in one["figures"]]
    assert 1 in {row["min"] for row in figures if row["topic"] == "harm.injured"}
    dark = claim(told, "impact.power.outage")
    decide(told, "overrule", dark, "--place", "UA63140000000096278")
    assert phase(told, "power") == "not_reported"


def test_a_misread_statement_is_put_right_and_stays_so_when_it_is_read_again(
    told, monkeypatch: pytest.MonkeyPatch
) -> None:
    dark = claim(told, "impact.power.outage")
    made = decide(
        told, "overrule", dark, "--topic", "impact.water.outage", "--time", AT.format("10:35")
    )
    assert made["value"] == {
        "topic": "impact.water.outage",
        "time": "2026-01-10T08:35:00Z/2026-01-10T08:35:01Z",
    }
    for _ in range(2):
        assert (phase(told, "power"), phase(told, "water")) == ("not_reported", "out")
        water = next(row for row in state(told)["dimensions"] if row["dimension"] == "water")
        assert water["since"] == "2026-01-10T08:35:00Z"
        monkeypatch.setattr("vidomo.app.house.reader_version", lambda: "rdr_of_tomorrow")
        told.take_in(post(6, "19:00", "Світлофори в Ізюмі працюють."))
    ended = told("decide", "overrule", dark, "--topic", "alert.end", "--reason", "x")
    assert (ended.code, "review take" in ended.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["confirm", "clm_none", "--reason", "x"], 3, "no claim has the id 'clm_none'"),
        (["withdraw", "dec_none", "--reason", "x"], 3, "no decision in force"),
        (["merge", "inc_none", "inc_other", "--reason", "x"], 3, "no incident has the id"),
        (["overrule", "CLAIM", "--number", "many", "--reason", "x"], 2, "'many' is no count"),
        (["confirm", "CLAIM", "--reason", "  "], 2, "a decision needs a reason"),
        (["confirm", "INCIDENT", "--reason", "x"], 2, "is an incident"),
        (["merge", "INCIDENT", "--reason", "x"], 2, "merge needs two incidents"),
        (["split", "INCIDENT", "--reason", "x"], 2, "split needs the id of a claim"),
    ],
)
def test_what_cannot_be_decided_is_refused_with_what_to_do(
    told, arguments: list[str], code: int, words: str
) -> None:
    real = {
        "CLAIM": claim(told, "alert.end"),
        "INCIDENT": json.loads(told("incidents", IZIUM, "--json").out)[0]["id"],
    }
    ran = told("decide", *[real.get(one, one) for one in arguments])
    assert ran.code == code
    assert words in ran.err
    assert "hint:" in ran.err
    assert told("decide", "list").code == 3


def test_decisions_do_not_change_what_was_known_before_them(told) -> None:
    known = json.loads(told("history", IZIUM, "--json").out)[-1]["known_at"]
    ask = ("state", IZIUM, "--json", "--valid-at", LATER, "--known-at", known)
    before = told(*ask).out
    decide(told, "overrule", claim(told, "impact.power.outage"))
    assert told(*ask).out == before


def test_a_decision_in_a_replay_stands_in_its_time(run_vidomo, tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    rows = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in NIGHT)
    path.write_text(rows, "utf-8")
    assert run_vidomo("import", path, "--replay").code == 0
    decide(run_vidomo, "confirm", claim(run_vidomo, "alert.end"))
    made = json.loads(run_vidomo("decide", "list", "--json").out)["decisions"][0]
    assert made["at"].startswith("2026-01-10T16:3")


# history and difference -------------------------------------------------------------------------


def test_the_difference_tells_what_changed_when_it_became_known_and_why(told) -> None:
    ran = told("diff", IZIUM, "--json", "--from", AT.format("09:00"), "--to", AT.format("12:00"))
    found = {(row["what"], row["subject"]): row for row in json.loads(ran.out)}
    power = found["phase", "power"]
    assert (power["before"], power["after"]) == ("not_reported", "out")
    (reason,) = power["because"]
    assert (reason["how"], reason["words"]) == ("said", "В Ізюмі немає світла")
    assert reason["at"] == "2026-01-10T08:40:00Z"
    assert power["known_at"] == reason["known_at"] > reason["at"]
    assert [row["after"] for row in found.values() if row["what"] == "incident"] == ["opened"]
    people = told("diff", IZIUM, "--from", AT.format("09:00"), "--to", AT.format("12:00"))
    assert "power: not_reported -> out" in people.out


def test_the_difference_names_a_deletion_and_an_edit_as_what_they_are(told) -> None:
    gone = {**NIGHT[2], "deleted_at": AT.format("14:00")}
    told.take_in(gone)
    ran = told("diff", IZIUM, "--json", "--from", AT.format("13:00"), "--to", AT.format("15:00"))
    power = next(row for row in json.loads(ran.out) if row["subject"] == "power")
    assert (power["before"], power["after"]) == ("out", "not_reported")
    assert [one["how"] for one in power["because"]] == ["deleted"]


def test_the_difference_names_the_decision_and_the_person(told) -> None:
    known = json.loads(told("history", IZIUM, "--json").out)[-1]["known_at"]
    decide(told, "overrule", claim(told, "impact.power.outage"))
    ran = told("diff", IZIUM, "--json", "--from", LATER, "--to", LATER, "--known-from", known)
    power = next(row for row in json.loads(ran.out) if row["subject"] == "power")
    assert {one["how"] for one in power["because"]} == {"overruled", "decided"}
    decided = next(one for one in power["because"] if one["how"] == "decided")
    assert decided["speaker"] == "черговий"


def test_a_phase_that_only_aged_says_that_nobody_said_anything(told) -> None:
    ran = told("diff", IZIUM, "--from", AT.format("12:00"), "--to", "2026-01-12T12:00+02:00")
    assert "power: out -> out, stale" in ran.out
    assert "nobody said anything new" in ran.out


def test_no_difference_is_said_with_its_own_exit_code(told) -> None:
    ran = told("diff", IZIUM, "--from", LATER, "--to", LATER)
    assert (ran.code, ran.out) == (3, "")


def test_merging_is_told_as_a_merge_and_splitting_as_a_split(told) -> None:
    known = json.loads(told("history", IZIUM, "--json").out)[-1]["known_at"]
    both = [one["id"] for one in json.loads(told("incidents", IZIUM, "--json").out)]
    decide(told, "merge", *both)
    ask = ("diff", IZIUM, "--json", "--from", LATER, "--to", LATER)
    forth = json.loads(told(*ask, "--known-from", known).out)
    assert "merged" in {row["after"] for row in forth}
    back = json.loads(told(*ask, "--known-to", known).out)
    assert "split" in {row["after"] for row in back}


def test_a_question_that_is_answered_is_a_difference(told) -> None:
    told.take_in(
        post(6, "18:40", "Інформація про постраждалих в Ізюмі уточнюється."),
        post(7, "19:10", "В Ізюмі загинула одна людина."),
    )
    ran = told("diff", IZIUM, "--json", "--from", AT.format("19:00"), "--to", AT.format("19:30"))
    rows = {row["what"]: row for row in json.loads(ran.out)}
    assert (rows["question"]["before"], rows["question"]["after"]) == ("open", "answered")
    assert rows["figure"]["after"].endswith("current")


def test_the_history_shows_edits_deletions_decisions_and_moves(told) -> None:
    told.take_in(
        {**NIGHT[1], "text": "В Ізюмі немає води.", "edited_at": AT.format("12:00")},
        {**NIGHT[2], "deleted_at": AT.format("14:00")},
    )
    decide(told, "confirm", claim(told, "alert.end"))
    rows = json.loads(told("history", IZIUM, "--json").out)
    seen = {(row["what"], row["topic"]) for row in rows}
    assert ("said", "event.explosion") in seen
    assert ("edited_away", "event.explosion") in seen
    assert ("edited", "impact.water.outage") in seen
    assert ("withdrawn", "impact.power.outage") in seen
    assert ("decided", "confirm") in seen
    moves = [row["words"] for row in rows if (row["what"], row["topic"]) == ("moved", "power")]
    assert moves == ["not_reported -> out", "out -> not_reported"]
    assert "edited_away" in told("history", "Izium").out


def test_an_edit_that_leaves_the_words_repeats_no_row(told) -> None:
    told.take_in(
        {**NIGHT[2], "text": "В Ізюмі немає світла. Дякуємо!", "edited_at": AT.format("12:00")}
    )
    rows = json.loads(told("history", IZIUM, "--json").out)
    assert len([row for row in rows if row["topic"] == "impact.power.outage"]) == 1
