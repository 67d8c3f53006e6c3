"""`vidomo check` and `vidomo digest` on the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from vidomo.publish.digest_fit import SMS_UNITS, utf16_units

DRAFT = "Ізюм. О 15:40 удар. На вул. Яблуневій поранено водія."


def vidomo(*arguments: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "vidomo.app.cli.main", *arguments]
    return subprocess.run(command, input=typed, capture_output=True, timeout=60, check=False)


def test_a_draft_from_standard_input_is_shown_with_all_that_was_found() -> None:
    done = vidomo("check", "-", "--sign", "Ізюмська МВА", typed=DRAFT.encode())
    assert done.returncode == 0
    said = done.stdout.decode()
    for words in (
        "Ізюм, Ізюмський район, Харківська область (місто)",
        "Був удар (о 15:40).",
        "Наступне повідомлення. Напишіть, о котрій воно буде.",
        "«вул. Яблуневій»: Вулиця показує, куди влучили.",
        "words-that-aim",
        "Telegram, Viber",
    ):
        assert words in said
    assert "Яблуневій" not in said.partition("Тексти для копіювання")[2]


def test_the_facts_are_printed_as_json(tmp_path: Path) -> None:
    file = tmp_path / "draft.txt"
    file.write_text("\ufeffУ Шевченковому немає води.", encoding="utf-8")
    done = vidomo("check", str(file), "--json", "--lang", "en")
    found = json.loads(done.stdout)
    assert [one["what"] for one in found["missing"]] == ["time", "source", "next"]
    assert found["doubts"][0]["kind"] == "namesake"
    assert {one["outlet"] for one in found["copies"]} >= {"sms", "voice"}


def test_a_sound_draft_says_so_and_an_invited_address_stays() -> None:
    typed = "Пункт незламності в Ізюмі: вул. Друга, 5, до 22:00. Ізюмська МВА"
    said = vidomo("check", "-", typed=typed.encode()).stdout.decode()
    assert "Зауважень немає." in said
    assert "«вул. Друга, 5»: Адреса лишається" in said


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (b"", "the draft is empty"),
        (b"\xff\xfe\x00", "the draft is not UTF-8"),
        ("а".encode() * 20_001, "more than 20000 characters"),
    ],
)
def test_a_draft_that_cannot_be_read_is_refused(typed: bytes, words: str) -> None:
    done = vidomo("check", "-", typed=typed)
    assert (done.returncode, words in done.stderr.decode()) == (5, True)


def test_a_file_that_is_not_there_is_the_machines_refusal() -> None:
    assert vidomo("check", "/nowhere/draft.txt").returncode == 6


def test_an_unknown_home_is_wrong_usage() -> None:
    assert vidomo("check", "-", "--home", "Нетакогоміста", typed=b"x").returncode == 2


def test_a_digest_of_own_posts_is_printed_in_every_form(tmp_path: Path) -> None:
    folder, posts = tmp_path / "own", tmp_path / "posts.jsonl"
    row = {
        "id": "1",
        "source": "izium_mva",
        "text": "Частина Ізюма без світла.",
        "posted_at": "2026-01-15T15:50:00+02:00",
        "url": "https://t.example/1",
    }
    posts.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    assert vidomo("import", str(posts), "--data", str(folder)).returncode == 0
    data = ("--data", str(folder))
    sms = vidomo("digest", "Izium", "--as", "sms", *data).stdout.decode().rstrip("\n")
    assert sms.startswith("Ізюм ")
    assert utf16_units(sms) <= SMS_UNITS
    for kind in ("mesh", "voice", "text"):
        assert "Ізюм" in vidomo("digest", "Izium", "--as", kind, *data).stdout.decode()
    site = ("--site", "https://v.example/", "--lang", "en")
    notice = vidomo("digest", "Izium", "--as", "notice", *site, *data).stdout.decode()
    assert "https://v.example/en/p/29555" in notice
    assert "<svg" in notice


def test_a_digest_wants_a_whole_address() -> None:
    assert vidomo("digest", "Izium", "--site", "v.example").returncode == 2
