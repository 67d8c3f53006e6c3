"""The past does not change."""

import json
from pathlib import Path

IZIUM = "UA63040090010029555"


def rows(path: Path, *posts: dict) -> Path:
    path.write_text("".join(json.dumps(post, ensure_ascii=False) + "\n" for post in posts), "utf-8")
    return path


def post(number: int, text: str, at: str, **more: str) -> dict:
    return {"id": str(number), "source": "izium_mva", "posted_at": at, "text": text, **more}


OUT = post(1, "В Ізюмі немає світла.", "2026-01-10T10:00:00+02:00")
BACK = post(2, "Світло в Ізюмі відновлено.", "2026-01-10T14:00:00+02:00")


def phase(run_vidomo, *options: str) -> str:
    ran = run_vidomo("state", IZIUM, "--json", *options)
    return next(d["phase"] for d in json.loads(ran.out)["dimensions"] if d["dimension"] == "power")


def test_an_answer_for_two_instants_is_the_same_bytes_after_a_later_import(
    run_vidomo, tmp_path: Path
) -> None:
    run_vidomo("import", rows(tmp_path / "a.jsonl", OUT))
    ran = run_vidomo("history", IZIUM, "--json")
    known = json.loads(ran.out)[-1]["known_at"]
    question = (
        "state",
        IZIUM,
        "--json",
        "--valid-at",
        "2026-01-10T15:00:00+02:00",
        "--known-at",
        known,
    )
    before = run_vidomo(*question)
    assert run_vidomo("import", rows(tmp_path / "b.jsonl", BACK)).code == 0
    after = run_vidomo(*question)
    assert before.out == after.out
    assert phase(run_vidomo, "--valid-at", "2026-01-10T15:00:00+02:00") == "restored"


def test_a_replay_answers_before_inside_and_after_an_interleaved_edit(
    run_vidomo, tmp_path: Path
) -> None:
    edited = post(1, "В Ізюмі немає води.", OUT["posted_at"], edited_at="2026-01-10T11:00:00+02:00")
    data = tmp_path / "replayed"
    ran = run_vidomo(
        "import", rows(tmp_path / "a.jsonl", edited, BACK, OUT), "--replay", "--data", data
    )
    assert ran.out.splitlines()[-1].startswith("2 new, 0 known, 1 changed, 0 refused")

    def power(known_at: str) -> str:
        return phase(
            run_vidomo,
            "--data",
            str(data),
            "--valid-at",
            "2026-01-10T15:00:00+02:00",
            "--known-at",
            known_at,
        )

    assert power("2026-01-10T09:00:00+02:00") == "not_reported"
    assert power("2026-01-10T10:30:00+02:00") == "out"
    assert power("2026-01-10T11:30:00+02:00") == "not_reported"
    assert power("2026-01-10T14:30:00+02:00") == "restored"


def test_a_replay_into_a_folder_with_records_is_refused_and_harms_nothing(
    run_vidomo, tmp_path: Path
) -> None:
    run_vidomo("import", rows(tmp_path / "a.jsonl", OUT))
    ran = run_vidomo("import", rows(tmp_path / "b.jsonl", BACK), "--replay")
    assert ran.code == 2
    assert "empty data folder" in ran.err
    assert phase(run_vidomo, "--valid-at", "2026-01-10T15:00:00+02:00") == "out"


def test_a_deletion_takes_the_words_back_from_then_on(run_vidomo, tmp_path: Path) -> None:
    gone = {**OUT, "deleted_at": "2026-01-10T11:00:00+02:00"}
    run_vidomo("import", rows(tmp_path / "a.jsonl", OUT, gone))
    assert phase(run_vidomo, "--valid-at", "2026-01-10T10:30:00+02:00") in {"out", "not_reported"}
    assert phase(run_vidomo, "--valid-at", "2026-01-10T15:00:00+02:00") == "not_reported"


HURT = "В Ізюмі вибухи. Загинули {} людини."
ASKED = ("--from", "2026-01-10T10:30:00+02:00", "--to", "2026-01-10T13:00:00+02:00")


def test_a_figure_that_an_edit_took_away_is_told_as_edited_away(run_vidomo, tmp_path: Path) -> None:
    three = post(1, HURT.format(3), "2026-01-10T10:20:00+02:00")
    two = {**three, "text": HURT.format(2), "edited_at": "2026-01-10T10:40:00+02:00"}
    run_vidomo("import", rows(tmp_path / "a.jsonl", three, two), "--replay")
    changes = json.loads(run_vidomo("diff", IZIUM, *ASKED, "--json").out)
    gone = next(row for row in changes if row["before"].startswith("3"))
    (why,) = gone["because"]
    assert (why["how"], why["words"]) == ("edited_away", "Загинули 3 людини")
    assert why["at"] == why["known_at"] == "2026-01-10T08:40:00Z"


def test_what_a_deletion_moved_is_known_from_the_deletion_on(run_vidomo, tmp_path: Path) -> None:
    gone = {**BACK, "deleted_at": "2026-01-10T15:00:00+02:00"}
    run_vidomo("import", rows(tmp_path / "a.jsonl", OUT, BACK, gone), "--replay")
    told = json.loads(run_vidomo("history", IZIUM, "--json").out)
    moves = [row for row in told if row["what"] == "moved"]
    assert [(row["words"], row["known_at"]) for row in moves] == [
        ("not_reported -> out", "2026-01-10T08:00:00Z"),
        ("out -> restored", "2026-01-10T12:00:00Z"),
        ("restored -> out", "2026-01-10T13:00:00Z"),
    ]
