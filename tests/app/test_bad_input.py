"""Bad input from the command line: one clear message, the right exit code, nothing stored is harmed."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = {
    "id": "1",
    "source": "izium_mva",
    "posted_at": "2026-01-10T10:00:00+02:00",
    "text": "В Ізюмі немає світла.",
}


def jsonl(path: Path, *posts: object) -> Path:
    path.write_text("".join(json.dumps(post, ensure_ascii=False) + "\n" for post in posts), "utf-8")
    return path


@pytest.fixture
def stored(run_vidomo, tmp_path: Path):
    """A journal that already holds one post."""
    assert run_vidomo("import", jsonl(tmp_path / "good.jsonl", GOOD)).code == 0
    return run_vidomo


def still_there(run_vidomo) -> None:
    ran = run_vidomo("store", "verify", "--json")
    assert ran.code == 0
    facts = json.loads(ran.out)
    assert facts["problems"] == []
    assert facts["records"]["post"] >= 1


def closing(ran) -> str:
    return ran.out.splitlines()[-1]


def refused(ran, *words: str) -> None:
    """One clear message with what was found and what to do, and the exit code that says refused."""
    assert ran.code == 5, ran.err
    assert "Traceback" not in ran.err
    assert "hint:" in ran.err
    for word in words:
        assert word in ran.err, ran.err


def test_an_empty_file(stored, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"")
    refused(stored("import", tmp_path / "bad.txt"), "empty")
    still_there(stored)


def test_a_binary_file(stored, tmp_path: Path) -> None:
    (tmp_path / "bad.bin").write_bytes(b"\x7fELF\x00\x01\x02" + bytes(range(256)) * 8)
    refused(stored("import", tmp_path / "bad.bin"))
    still_there(stored)


def test_truncated_json(stored, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text(
        json.dumps({**GOOD, "id": "2"}) + '\n{"id": "3", "te', "utf-8"
    )
    ran = stored("import", tmp_path / "bad.jsonl")
    refused(ran, "2")
    assert closing(ran) == "1 new, 0 known, 0 changed, 1 refused"


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16"])
def test_a_file_in_another_encoding_is_read_right_or_refused_and_never_garbled(
    stored, tmp_path: Path, encoding: str
) -> None:
    text = "В Ізюмі чути вибухи. Частина міста залишилася без світла, енергетики працюють над відновленням."
    (tmp_path / "other.txt").write_bytes(text.encode(encoding))
    ran = stored("read", tmp_path / "other.txt", "--json")
    quotes = [c["quote"] for line in ran.out.splitlines() for c in json.loads(line)["claims"]]
    if ran.code == 0:
        assert quotes
    assert all(quote in text for quote in quotes)


def test_deeply_nested_json(stored, tmp_path: Path) -> None:
    (tmp_path / "deep.jsonl").write_text(
        '{"id":"9","text":"a","x":' + "[" * 200_000 + "]" * 200_000 + "}\n"
    )
    refused(stored("import", tmp_path / "deep.jsonl"))
    still_there(stored)


@pytest.mark.parametrize(
    "row",
    [
        {"id": 7, "text": ["a"]},
        {"id": "1"},
        {"text": "a"},
        [],
        "word",
        {"id": "2", "text": None},
        {"id": {}, "text": "a"},
    ],
)
def test_a_row_of_the_wrong_type_or_without_text(stored, tmp_path: Path, row: object) -> None:
    ran = stored("import", jsonl(tmp_path / "bad.jsonl", row, {**GOOD, "id": "77"}))
    refused(ran)
    assert closing(ran).startswith("1 new")


def test_an_unknown_place_code(stored, tmp_path: Path) -> None:
    refused(
        stored("import", jsonl(tmp_path / "bad.jsonl", {**GOOD, "id": "5", "home": "UA99"})), "UA99"
    )
    ran = stored("import", tmp_path / "good.jsonl", "--home", "UA99")
    assert ran.code == 2
    assert "UA99" in ran.err


def test_a_time_of_day_without_a_zone(stored, tmp_path: Path) -> None:
    row = {**GOOD, "id": "6", "posted_at": "2026-01-10T10:00:00"}
    refused(stored("import", jsonl(tmp_path / "bad.jsonl", row)), "2026-01-10T10:00:00", "zone")
    assert stored("state", "Izium", "--valid-at", "2026-01-10T10:00").code == 2


def test_a_date_in_the_future(stored, tmp_path: Path) -> None:
    refused(
        stored(
            "import", jsonl(tmp_path / "bad.jsonl", {**GOOD, "id": "8", "posted_at": "2199-01-01"})
        ),
        "2199",
    )
    still_there(stored)


def test_a_file_that_is_not_there(stored) -> None:
    ran = stored("import", "no-such-file.jsonl")
    assert ran.code in {2, 5}
    assert "no-such-file.jsonl" in ran.err
    assert "Traceback" not in ran.err


def test_fifty_megabytes_of_one_line(stored, tmp_path: Path) -> None:
    with (tmp_path / "big.jsonl").open("wb") as file:
        file.write(b'{"id":"big","text":"')
        file.write(b"a" * 50_000_000)
        file.write(b'"}\n')
        file.write(json.dumps({**GOOD, "id": "after"}).encode() + b"\n")
    ran = stored("import", tmp_path / "big.jsonl")
    refused(ran)
    assert closing(ran).startswith("1 new")


def test_html_with_scripts_keeps_the_words_and_no_script(stored, tmp_path: Path) -> None:
    words = "В Ізюмі пролунали вибухи, частина міста залишилася без світла. " * 6
    page = f"<html><head><title>Новини</title><script>alert('зло')</script></head><body><article><p>{words}</p><script>steal()</script></article></body></html>"
    (tmp_path / "page.html").write_text(page, "utf-8")
    ran = stored("read", tmp_path / "page.html", "--json", "--posted-at", "2026-01-10")
    assert ran.code == 0
    assert "alert" not in ran.out
    assert "steal" not in ran.out
    assert "impact.power.outage" in ran.out


def test_a_read_only_folder(run_vidomo, tmp_path: Path) -> None:
    folder = tmp_path / "shut"
    folder.mkdir()
    folder.chmod(0o500)
    if os.access(
        folder, os.W_OK
    ):  # root writes anywhere: a folder under a file cannot be made by anyone
        (tmp_path / "file").write_text("not a folder")
        folder = tmp_path / "file" / "data"
    ran = run_vidomo("import", jsonl(tmp_path / "good.jsonl", GOOD), "--data", folder)
    assert ran.code == 6
    assert "hint:" in ran.err


def test_a_full_disk(tmp_path: Path) -> None:
    """A file-size limit of the operating system stands for a disk without room."""
    many = [
        {**GOOD, "id": str(number), "text": f"В Ізюмі немає світла. {number} " + "я" * 2000}
        for number in range(400)
    ]
    data = tmp_path / "data"
    first = jsonl(tmp_path / "first.jsonl", GOOD)
    command = [sys.executable, "-m", "vidomo.app.cli.main", "import", "--data", str(data)]
    assert subprocess.run([*command, str(first)], check=False, capture_output=True).returncode == 0
    ran = subprocess.run(
        [
            "bash",
            "-c",
            'ulimit -f 700; trap "" XFSZ; exec "$@"',
            "-",
            *command,
            str(jsonl(tmp_path / "many.jsonl", *many)),
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 6, ran.stderr
    assert "hint:" in ran.stderr
    assert "Traceback" not in ran.stderr
    verify = [
        sys.executable,
        "-m",
        "vidomo.app.cli.main",
        "store",
        "verify",
        "--data",
        str(data),
        "--json",
    ]
    after = subprocess.run(verify, check=False, capture_output=True, text=True)
    assert after.returncode == 0, after.stderr
    assert json.loads(after.stdout)["records"]["post"] >= 1


def test_a_database_of_a_newer_version(stored, tmp_path: Path) -> None:
    (file,) = (tmp_path / "data").glob("*.sqlite")
    with sqlite3.connect(file) as connection:
        version = connection.execute("pragma user_version").fetchone()[0]
        connection.execute(f"pragma user_version = {version + 1000}")
    connection.close()
    ran = stored("import", tmp_path / "good.jsonl")
    assert ran.code == 6
    assert "newer" in ran.err


def test_a_file_that_is_no_database(run_vidomo, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "vidomo.sqlite").write_bytes(b"this is not a database at all, " * 400)
    ran = run_vidomo("import", jsonl(tmp_path / "good.jsonl", GOOD))
    assert ran.code == 6
    assert "Traceback" not in ran.err


def test_a_port_in_use(run_vidomo) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = run_vidomo("run", "--port", str(taken.getsockname()[1]))
    assert ran.code == 6
    assert "hint:" in ran.err


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org"])
def test_another_host_than_loopback_is_refused_with_the_reason(run_vidomo, host: str) -> None:
    ran = run_vidomo("run", "--host", host, "--port", "0")
    assert ran.code == 2
    assert "policy" in ran.err


@pytest.mark.parametrize("name", ["Нетакогоміста", "UA00000000000000000", "", "' OR 1=1 --"])
def test_an_unknown_place_is_wrong_usage_with_a_hint(stored, name: str) -> None:
    ran = stored("state", name)
    assert ran.code == 2
    assert "hint:" in ran.err


def test_a_namesake_is_not_guessed(stored) -> None:
    ran = stored("state", "Шевченкове")
    assert ran.code == 2
    assert ran.err.count("UA") > 5


def test_an_unknown_command_or_option_is_wrong_usage(run_vidomo) -> None:
    assert run_vidomo("reed").code == 2
    assert run_vidomo("state", "Izium", "--valid").code == 2
