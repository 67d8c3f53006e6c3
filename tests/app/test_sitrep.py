"""Reports as they are asked for: periods, as of when, the command, and what they cost."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from vidomo.app import sitrep
from vidomo.app.house import House
from vidomo.app.live import LiveHouse
from vidomo.app.sitrep import Order, situation_report, written
from vidomo.core.clock import fixed_clock
from vidomo.core.errors import ConfigError
from vidomo.core.time import instant_interval
from vidomo.gazetteer.shapes import bundled_shapes
from vidomo.publish.sitrep.model import Report
from vidomo.sources.model import Post

IZIUM = "UA63040090010029555"
KHARKIV = "UA63120270010096107"
OBLAST = "UA63000000000041885"
NOW = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
MVA = "izium_mva"


def post(
    number: int, words: str, at: datetime, *, deleted: datetime | None = None, place: str = MVA
) -> Post:
    return Post(
        source=place,
        native_id=str(number),
        text=words,
        posted_at=instant_interval(at),
        url=f"https://t.me/izium_mva/{number}",
        deleted_at=deleted,
    )


class Folder:
    """A data folder into which posts come at an instant."""

    def __init__(self, path: Path) -> None:
        self.path, self.shapes = path, bundled_shapes()

    def take(self, *posts: Post, at: datetime) -> None:
        with House.open(self.path, clock=fixed_clock(at)) as house:
            house.take_in(posts)

    def report(self, *, now: datetime, place: str = IZIUM, **values: object) -> Report:
        with LiveHouse(self.path, clock=fixed_clock(now)) as house:
            return situation_report(house, Order(place=place, **values), shapes=self.shapes)

    def bytes(self, kind: str = "html", **values: object) -> bytes:
        return written(self.report(**values), kind)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    found = Folder(tmp_path / "data")
    found.take(
        post(1, "У кількох районах Ізюма немає електрики.", NOW - timedelta(hours=5)),
        post(2, "Ізюм: пошкоджено приватні будинки.", NOW - timedelta(hours=4)),
        at=NOW - timedelta(hours=3),
    )
    return found


@pytest.mark.parametrize("internal", [True, False])
@pytest.mark.parametrize("kind", ["html", "md", "pdf"])
def test_the_same_report_has_the_same_bytes_later(folder: Folder, kind: str, internal) -> None:
    asked = {"kind": kind, "known_at": NOW, "end": NOW, "is_internal": internal}
    first = folder.bytes(now=NOW, **asked)
    later = NOW + timedelta(hours=3)
    folder.take(
        post(3, "В Ізюмі електропостачання повністю відновлено.", NOW - timedelta(hours=1)),
        post(4, "Ізюм: двоє людей загинули.", later - timedelta(minutes=2)),
        at=later,
    )
    assert folder.bytes(now=later + timedelta(days=2), **asked) == first
    assert folder.bytes(kind=kind, now=later, is_internal=internal) != first


def test_words_taken_back_since_leave_the_public_report_and_stay_at_the_desk_as_of_then(
    folder: Folder,
) -> None:
    asked = {"known_at": NOW, "end": NOW}
    words = "У кількох районах Ізюма немає електрики"
    public = folder.bytes(now=NOW, **asked).decode()
    desk = folder.bytes(now=NOW, is_internal=True, **asked).decode()
    assert words in public
    assert words in desk
    gone = NOW + timedelta(hours=1)
    folder.take(
        post(1, words + ".", NOW - timedelta(hours=5), deleted=gone), at=gone + timedelta(minutes=1)
    )
    later = gone + timedelta(hours=1)
    assert words not in folder.bytes(now=later, **asked).decode()
    assert folder.bytes(now=later, is_internal=True, **asked).decode() == desk
    assert words not in folder.bytes(now=later, is_internal=True, end=NOW).decode()


def test_a_report_says_what_is_new_since_the_last_one(folder: Folder) -> None:
    later = NOW + timedelta(hours=2)
    folder.take(
        post(3, "В Ізюмі електропостачання повністю відновлено.", later - timedelta(hours=1)),
        at=later - timedelta(minutes=30),
    )
    for internal in (True, False):
        text = folder.bytes("md", now=later, since=NOW, lang="en", is_internal=internal).decode()
        changed = text.partition("## What has changed")[2].partition("\n## ")[0]
        assert "Compared with what was known for the report before: 10 January 2026, 14:00" in text
        assert "**Power** Before: Part has no power. Now: Power restored." in changed
        assert "Damage" not in changed


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"start": NOW, "end": NOW}, "ends before it begins"),
        ({"end": NOW + timedelta(hours=1)}, "ends ahead of now"),
        ({"start": NOW - timedelta(days=93)}, "the period has 93 days"),
        ({"start": NOW - timedelta(days=1), "since": NOW}, "not before this one"),
    ],
)
def test_a_period_that_cannot_be_is_refused(folder: Folder, values: dict, found: str) -> None:
    with pytest.raises(ConfigError, match=found):
        folder.report(now=NOW, **values)


def test_an_instant_within_a_second_is_asked_for_as_the_next_whole_one(folder: Folder) -> None:
    made = folder.report(now=NOW.replace(microsecond=5))
    assert made.known_at == NOW + timedelta(seconds=1)
    assert folder.report(now=NOW).known_at == NOW


def test_many_posts_cost_no_more_gate_calls_than_allowed(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    posts = [
        post(
            100 + number,
            f"Ізюм: {'немає електрики' if number % 2 else 'світло повернули'} ({number}).",
            NOW - timedelta(minutes=7 * number),
        )
        for number in range(1, 90)
    ]
    folder.take(*posts, at=NOW - timedelta(minutes=1))
    asked: list[datetime] = []
    whole = sitrep.gate

    def counting(situation: object, **values: object) -> object:
        asked.append(situation.valid_at)
        return whole(situation, **values)

    monkeypatch.setattr("vidomo.app.sitrep.gate", counting)
    made = folder.report(now=NOW, is_internal=True)
    assert len(asked) <= 2 * sitrep.MOMENTS + 4
    assert any(sentence.fixed == "timeline_step" for sentence in made.sentences())


def test_a_house_of_many_statements_is_asked_less_often(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vidomo.app.sitrep.STATEMENTS", 10)
    posts = [
        post(
            100 + number, f"Ізюм: немає електрики ({number}).", NOW - timedelta(minutes=7 * number)
        )
        for number in range(1, 40)
    ]
    folder.take(*posts, at=NOW - timedelta(minutes=1))
    asked: list[datetime] = []
    whole = sitrep.gate
    monkeypatch.setattr(
        "vidomo.app.sitrep.gate",
        lambda situation, **values: asked.append(situation.valid_at) or whole(situation, **values),
    )
    folder.report(now=NOW, is_internal=True)
    assert len(asked) <= 2 * sitrep.FEWEST + 4


def test_an_alert_that_nobody_renews_is_drawn_only_as_long_as_it_is_fresh(folder: Folder) -> None:
    folder.take(
        post(5, "Ізюм: повітряна тривога! Прямуйте в укриття.", NOW - timedelta(hours=2)),
        at=NOW - timedelta(hours=2),
    )
    made = folder.report(now=NOW, is_internal=True, lang="en")
    text = "\n".join(sentence.text for sentence in made.sentences())
    spans = re.findall(r"10 January, (\d\d):(\d\d)–(\d\d):(\d\d): Alert\.", text)
    assert len(spans) == 1
    begin, end = spans[0][:2], spans[0][2:]
    assert begin == ("12", "00")
    lasted = (int(end[0]) - 12) * 60 + int(end[1])
    assert 5 <= lasted < 119


@pytest.mark.parametrize("internal", [True, False])
def test_a_place_of_which_nobody_spoke_says_so_and_not_that_all_is_well(
    folder: Folder, internal
) -> None:
    text = folder.bytes("md", now=NOW, place=KHARKIV, lang="en", is_internal=internal).decode()
    assert "Nobody has reported anything about this place." in text
    assert "No report does not mean that all is well." in text
    assert "does not know whether there is an alert" in text


def test_a_public_report_of_an_oblast_compares_supply_only_as_it_was_a_day_ago(
    folder: Folder,
) -> None:
    later = NOW + timedelta(hours=30)
    text = folder.bytes("md", now=later, place=OBLAST, lang="en").decode()
    past = text.partition("### Supply a day before")[2]
    assert "**Izium** Power: Part has no power" in past
    early = folder.bytes("md", now=NOW, place=OBLAST, lang="en").decode()
    assert "**Izium** Power" not in early


def test_the_command_writes_each_form(run_vidomo, folder: Folder, tmp_path: Path) -> None:
    data = ("--data", folder.path, "--to", "2026-01-10T14:00+02:00")
    ran = run_vidomo("publish", "sitrep", "Ізюм", "--lang", "en", *data)
    assert ran.code == 0
    assert ran.out.startswith("# Situation report. Izium")
    begins = {"html": b"<!DOCTYPE html>", "pdf": b"%PDF-", "md": b"**INTERNAL"}
    for kind, begin in begins.items():
        target = tmp_path / f"report.{kind}"
        ran = run_vidomo("publish", "sitrep", IZIUM, target, "--internal", "--lang", "en", *data)
        assert ran.code == 0
        assert str(target) in ran.err
        assert target.read_bytes().startswith(begin)
    target = tmp_path / "report"
    assert run_vidomo("publish", "sitrep", IZIUM, target, "--as", "html", *data).code == 0
    assert target.read_bytes().startswith(b"<!DOCTYPE html>")


def test_the_command_takes_a_date_for_the_day_that_it_names(run_vidomo, folder: Folder) -> None:
    ran = run_vidomo(
        *("publish", "sitrep", IZIUM, "--lang", "en", "--data", folder.path),
        *("--from", "2026-01-09", "--to", "2026-01-10", "--since", "2026-01-09T10:00Z"),
    )
    assert "9 January 2026, 00:00 – 11 January 2026, 00:00" in ran.out


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--from", "yesterday"), "--from"),
        (("--to", "yesterday"), "--to"),
        (("--from", "2026-01-10", "--to", "2026-01-09"), "ends before it begins"),
    ],
)
def test_the_command_refuses_a_time_that_cannot_be(
    run_vidomo, folder: Folder, words: tuple[str, ...], found: str
) -> None:
    ran = run_vidomo("publish", "sitrep", IZIUM, "--data", folder.path, *words)
    assert ran.code == 2
    assert found in ran.err


def test_a_file_that_cannot_be_written_ends_with_what_the_machine_said(
    run_vidomo, folder: Folder, tmp_path: Path
) -> None:
    ran = run_vidomo("publish", "sitrep", IZIUM, tmp_path / "no/such.md", "--data", folder.path)
    assert ran.code == 6
    assert "cannot write" in ran.err


def test_the_example_of_the_help_runs_over_the_scenario(run_vidomo) -> None:
    ran = run_vidomo("publish", "sitrep", "Izium", "--as", "md")
    assert ran.code == 0
    assert "Навчальний сценарій" in ran.out
