"""A planted wrong post is put right on every output, and where it must, the output says so."""

import csv
import json
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from app.correction_drill import LIMIT_S, NEWS, PATIENCE_S, Drilled, drill
from app.drill_world import (
    ALARM,
    CORRECTED,
    OUTAGE,
    WRONG,
    vidomo,
    wrong_claims,
    wrong_in,
)
from vidomo.core.clock import system_clock

pytestmark = pytest.mark.timeout(900)
REPEATS = (
    *("page", "page, English", "digest, text", "digest, voice", "notice", "start page"),
    *("API, state", "API, timeline", "API, country", "tree, page", "tree, English"),
    *("report, md", "report, html", "alerts, Atom", "alerts, RSS", "alerts, page"),
)
"""Outputs that have room for the wrong post; of the others only that they are right is told."""


@pytest.fixture(scope="module")
def drilled(tmp_path_factory: pytest.TempPathFactory) -> Drilled:
    return drill(tmp_path_factory.mktemp("drill"))


def test_the_wrong_post_was_on_every_output_that_has_room_for_it(drilled: Drilled) -> None:
    assert not wrong_in(drilled.before)
    assert set(REPEATS) - {"start page"} <= set(wrong_in(drilled.wrong))
    assert "Відбій" in drilled.wrong["start page"]
    assert drilled.wrong["map"] != drilled.before["map"]


def test_every_output_is_right_again(drilled: Drilled) -> None:
    slowest = max(drilled.took_s, key=lambda name: drilled.took_s[name])
    took = f"{drilled.took_s[slowest]:.1f} s"
    sys.stdout.write(
        f"put right on {len(drilled.took_s)} outputs in {took} (promised: {LIMIT_S:.0f} s)\n"
    )
    assert not wrong_in(drilled.after)
    assert set(drilled.took_s) == set(drilled.after)
    assert drilled.took_s[slowest] < PATIENCE_S, slowest


def test_what_held_before_the_wrong_post_holds_again(drilled: Drilled) -> None:
    for name in ("page", "tree, page", "map", "API, timeline", "report, md"):
        assert "немає світла" in drilled.after[name], name
    assert "Світла немає" in drilled.after["digest, text"]
    assert "Повітряна тривога" in drilled.after["digest, SMS"]
    assert '"is_being_confirmed":false' in drilled.after["API, country"]


def test_an_open_page_is_told_when_it_goes_wrong_and_when_it_is_put_right(
    drilled: Drilled,
) -> None:
    wrong, right = drilled.told
    assert wrong >= 1
    assert right >= 1


def test_the_index_of_alerts_says_first_that_the_earlier_message_was_wrong(
    drilled: Drilled,
) -> None:
    for name in ("alerts, Atom", "alerts, RSS", "alerts, page"):
        said = drilled.after[name]
        assert "було неточним, воно більше не діє" in said
        assert said.index(CORRECTED) < said.index("оголосило відбій")
        assert "замінено новішим" in said
    message, wrong = drilled.cap
    assert "<msgType>Update</msgType>" in message
    assert f",{wrong}," in message.partition("<references>")[2].partition("</references>")[0]


def test_a_deletion_by_the_body_itself_is_told_without_the_words(drilled: Drilled) -> None:
    assert not wrong_in(drilled.deleted)
    for name, words in (
        ("page", "Допис вилучено. Його слова приховано."),
        ("page, English", "The post was taken away. Its words are withheld."),
        ("API, changes", '"how":"deleted"'),
    ):
        assert words in drilled.deleted[name], name
        assert words not in drilled.after[name], name


def test_open_data_lists_what_was_set_aside_among_its_changes(tmp_path: Path) -> None:
    folder, out = tmp_path / "data", tmp_path / "open"
    folder.mkdir()
    day = system_clock().replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=6)
    rows = [
        {
            "id": str(number),
            "source": "izium_mva",
            "posted_at": (day + timedelta(minutes=number)).isoformat(),
            "text": text,
        }
        for number, text in enumerate((ALARM, OUTAGE, WRONG), start=NEWS - 2)
    ]
    posts = tmp_path / "posts.jsonl"
    posts.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    vidomo(folder, "import", "--replay", str(posts))
    vidomo(folder, "publish", "data", str(out))
    first = (out / "latest").resolve()
    wrong = {row["id"] for row in _restored(first)}
    assert wrong
    for claim in wrong_claims(folder, at=day + timedelta(minutes=30)):
        vidomo(folder, "decide", "overrule", claim, "--reason", "канал захоплено", "--by", "olena")
    vidomo(folder, "publish", "data", str(out))
    second = (out / "latest").resolve()
    assert second != first
    assert not _restored(second)
    changes = list(csv.DictReader((second / "changes.csv").read_text("utf-8").splitlines()))
    gone = {row["id"] for row in changes if row["change"] == "withdrawn"}
    assert wrong <= gone
    assert f"Withdrawn: {len(gone)}" in (second / "CHANGES.md").read_text("utf-8")


def _restored(package: Path) -> list[dict[str, str]]:
    """Return the statements of a package that rest on the wrong post."""
    rows = csv.DictReader((package / "statements.csv").read_text("utf-8").splitlines())
    return [row for row in rows if row["topic"] in {"impact.power.restored", "alert.end"}]
