"""Every file beside the checkout is what a person found it to be by reading it."""

import csv
import hashlib
from pathlib import Path

import pytest

from vidomo.publish.alerts.verify import Verdict, verify_file

TABLE = Path(__file__).with_name("EXPECTED.csv")
ROWS = tuple(csv.DictReader(TABLE.read_text("utf-8").splitlines()))


def verdict_on(path: Path) -> Verdict:
    body = path.read_bytes()
    return verify_file(body, file=path.name, sha256=hashlib.sha256(body).hexdigest())


def test_every_file_has_one_row_and_a_reason(shared: Path) -> None:
    folder = shared / "cap"
    there = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    assert [row["path"] for row in sorted(ROWS, key=lambda row: row["path"])] == there
    assert all(len(row["reason"]) > 10 for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["path"])
def test_a_file_is_what_reading_it_found(shared: Path, row: dict[str, str]) -> None:
    found = verdict_on(shared / "cap" / row["path"])
    told = {
        "kind": found.kind.value,
        "cap_version": found.cap_version,
        "schema": found.schema,
        "profile": found.profile,
        "signature": found.signature,
        "attack": "yes" if found.attack else "no",
    }
    assert told == {name: row[name] for name in told}


def test_no_file_of_others_counts_as_an_alert_of_ours(shared: Path) -> None:
    for row in ROWS:
        found = verdict_on(shared / "cap" / row["path"])
        assert not (found.is_acceptable and found.kind == "alert")
