import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from vidomo.app.announced import announced_at
from vidomo.app.house import House
from vidomo.app.replay.registering import register
from vidomo.app.replay.schedules import (
    Revision,
    off_stretches,
    operator_source,
    posts_of,
    read_revisions,
)
from vidomo.core.errors import InputError
from vidomo.core.time import KYIV, Interval

DNIPRO = "UA12000000000090473"
SOURCE = operator_source("dnipro-cek", home=DNIPRO)
FIRST = datetime(2025, 12, 5, 12, 45, 57, tzinfo=UTC)
DAY = int(datetime(2025, 12, 6, tzinfo=UTC).timestamp())


def hours(**changed: str) -> dict[str, str]:
    return {str(hour): changed.get(f"h{hour}", "yes") for hour in range(1, 25)}


def revision(minutes: int, queues: dict[str, dict[str, str]], day: int = DAY) -> dict[str, Any]:
    at = FIRST + timedelta(minutes=minutes)
    return {"committed_at": at.isoformat(), "data": {"fact": {"data": {str(day): queues}}}}


def write(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "revisions.json"
    path.write_text(json.dumps(rows), "utf-8")
    return path


def kyiv(hour: int, minute: int = 0) -> datetime:
    return datetime(2025, 12, 6, hour, minute, tzinfo=KYIV).astimezone(UTC)


def replay(revisions: tuple[Revision, ...], folder: Path) -> House:
    house = House.open(folder)
    house.take_in(posts_of(revisions, source=SOURCE), replay=True)
    register(house.journal, [SOURCE], since=revisions[0].committed_at)
    return house


def stretches_of(
    known: dict[date, dict[str, tuple[bool, ...]]], queue: str
) -> tuple[Interval, ...]:
    found = []
    for day, queues in known.items():
        if queue not in queues:
            continue
        midnight = datetime(day.year, day.month, day.day, tzinfo=KYIV)
        for start, end in off_stretches(queues[queue]):
            found.append(
                Interval(
                    (midnight + timedelta(minutes=start)).astimezone(UTC),
                    (midnight + timedelta(minutes=end)).astimezone(UTC),
                )
            )
    return tuple(sorted(found))


def test_at_each_instant_the_words_that_stood_then_answer(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        revision(60, {"GPV1.1": hours(h10="no")}),
        revision(0, {"GPV1.1": hours(h9="second", h10="no", h11="first")}),
    )
    revisions, problems = read_revisions(path)
    assert problems == ()
    with replay(revisions, tmp_path / "data") as house:

        def said(minutes: int) -> tuple[Interval, ...]:
            at = FIRST + timedelta(minutes=minutes)
            return announced_at(house, source=SOURCE.id, queue="1.1", at=at).off

        assert said(-1) == ()
        assert said(0) == said(59) == (Interval(kyiv(8, 30), kyiv(10, 30)),)
        assert said(60) == said(600) == (Interval(kyiv(9), kyiv(10)),)
        assert house.journal.count("post") == 2


def test_before_anything_was_said_nothing_is_known_not_power(tmp_path: Path) -> None:
    revisions, _ = read_revisions(write(tmp_path, revision(0, {"GPV1.1": hours()})))
    with replay(revisions, tmp_path / "data") as house:
        before = announced_at(house, source=SOURCE.id, queue="1.1", at=FIRST - timedelta(minutes=1))
        after = announced_at(house, source=SOURCE.id, queue="1.1", at=FIRST)
    assert before.is_off(kyiv(9)) is None
    assert after.is_off(kyiv(9)) is False


def test_words_of_another_source_do_not_answer(tmp_path: Path) -> None:
    revisions, _ = read_revisions(write(tmp_path, revision(0, {"GPV1.1": hours(h10="no")})))
    with replay(revisions, tmp_path / "data") as house:
        other = announced_at(house, source="somebody", queue="1.1", at=FIRST)
    assert (other.days, other.off) == ((), ())


@pytest.mark.parametrize("word", ["maybe", "mfirst", "", "YES"])
def test_an_hour_that_is_not_known_takes_its_day_out_and_is_reported(
    tmp_path: Path, word: str
) -> None:
    revisions, problems = read_revisions(write(tmp_path, revision(0, {"GPV1.1": hours(h3=word)})))
    assert [one.code for one in problems] == ["hour_not_known"]
    assert revisions[0].days == {}


def test_of_a_queue_that_a_revision_does_not_list_nothing_is_known(tmp_path: Path) -> None:
    queues = {"GPV1.1": hours(h10="no"), "GPV1.2": hours()}
    revisions, _ = read_revisions(write(tmp_path, revision(0, queues)))
    with replay(revisions, tmp_path / "data") as house:
        said = {
            queue: announced_at(house, source=SOURCE.id, queue=queue, at=FIRST).is_off(kyiv(9, 30))
            for queue in ("1.1", "1.2", "2.1")
        }
    assert said == {"1.1": True, "1.2": False, "2.1": None}


def test_a_missing_hour_is_not_power(tmp_path: Path) -> None:
    short = hours()
    del short["24"]
    revisions, problems = read_revisions(write(tmp_path, revision(0, {"GPV1.1": short})))
    assert (len(problems), revisions[0].days) == (1, {})


@pytest.mark.parametrize("text", ["{}", "[1]", '[{"committed_at": "soon"}]', "no"])
def test_a_file_without_revisions_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match="revisions of a schedule"):
        read_revisions(path)


def test_a_day_without_power_ends_with_the_day() -> None:
    assert list(off_stretches([True] * 48)) == [(0, 1440)]
    assert list(off_stretches([False] * 48)) == []


def test_every_real_revision_is_kept_and_answers_at_its_time(shared: Path, tmp_path: Path) -> None:
    revisions, problems = read_revisions(shared / "outages" / "dnipro_cek_revisions.json")
    assert (len(revisions), problems) == (72, ())
    posts = posts_of(revisions, source=SOURCE)
    with replay(revisions, tmp_path / "data") as house:
        assert house.journal.count("post") == len(posts) == 294
        kept = {record.recorded_at for record in house.journal.records(kind="post")}
        assert kept == {one.committed_at for one in revisions}
        known: dict[date, dict[str, tuple[bool, ...]]] = {}
        for number, one in enumerate(revisions):
            known |= one.days
            if number % 6 and number != len(revisions) - 1:
                continue
            for queue in ("1.1", "3.2", "6.2"):
                said = announced_at(house, source=SOURCE.id, queue=queue, at=one.committed_at)
                assert said.days == tuple(sorted(day for day in known if queue in known[day]))
                assert said.off == stretches_of(known, queue)
