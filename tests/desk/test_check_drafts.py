"""Drafts with planted faults and sound ones: every fault is found, no sound draft is accused."""

import json
from pathlib import Path

import pytest

from vidomo.core.time import parse_instant
from vidomo.desk.check import Checked, check_draft
from vidomo.disclosure.screen import KINDS

NOW = parse_instant("2026-01-15T15:50:00+02:00")
DRAFTS = Path(__file__).parent / "drafts"


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


TUNED = ("own.jsonl", "opened.jsonl", "rounds.jsonl")
OWN = [row for name in TUNED for row in rows(DRAFTS / name)]
OTHERS = sorted(path for path in DRAFTS.glob("*.jsonl") if path.name not in TUNED)


def checked(row: dict) -> Checked:
    return check_draft(row["text"], home=row.get("home"), now=NOW)


def faults_not_found(row: dict) -> list[str]:
    found = checked(row)
    lost = []
    for fault in row["faults"]:
        start = row["text"].index(fault["span"])
        end = start + len(fault["span"])
        if not any(
            one.kind == fault["kind"] and one.start < end and start < one.end
            for one in found.forbidden
        ):
            lost.append(f"{fault['kind']}: {fault['span']}")
    lost += sorted(set(row.get("missing", ())) - {one.what for one in found.missing})
    lost += sorted(set(row.get("ambiguous", ())) - {one.words for one in found.doubts})
    return lost


def accusations(row: dict) -> list[str]:
    found = checked(row)
    said = [f"{one.rule}: {one.words}" for one in found.forbidden]
    said += [f"missing {one.what}" for one in found.missing]
    return said + [f"{one.kind}: {one.words}" for one in found.doubts]


def is_faulty(row: dict) -> bool:
    return bool(row["faults"] or row.get("missing") or row.get("ambiguous"))


@pytest.mark.parametrize("row", [row for row in OWN if is_faulty(row)], ids=lambda row: row["id"])
def test_every_planted_fault_is_found(row: dict) -> None:
    assert not faults_not_found(row)


@pytest.mark.parametrize(
    "row", [row for row in OWN if not is_faulty(row)], ids=lambda row: row["id"]
)
def test_a_sound_draft_is_not_accused(row: dict) -> None:
    assert not accusations(row)


def test_the_drafts_plant_every_kind_of_fault() -> None:
    planted = {fault["kind"] for row in OWN for fault in row["faults"]}
    assert planted == set(KINDS)
    assert len([row for row in OWN if is_faulty(row)]) >= 20
    assert len([row for row in OWN if not is_faulty(row)]) >= 20


@pytest.mark.parametrize("row", [row for row in OWN if is_faulty(row)], ids=lambda row: row["id"])
def test_no_text_to_copy_holds_a_planted_fault(row: dict) -> None:
    copies = [one.text for one in checked(row).copies]
    assert not [
        (fault["span"], text)
        for fault in row["faults"]
        for text in copies
        if fault["span"].casefold() in text.casefold()
    ]


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_of_drafts_written_by_others_nine_in_ten_are_judged_right(path: Path) -> None:
    faulty = [row for row in rows(path) if is_faulty(row)]
    sound = [row for row in rows(path) if not is_faulty(row)]
    missed = {row["id"]: lost for row in faulty if (lost := faults_not_found(row))}
    accused = {row["id"]: said for row in sound if (said := accusations(row))}
    assert len(missed) <= len(faulty) / 10, missed
    assert len(accused) <= len(sound) / 10, accused
