"""Collecting: a whole night against a real site, the lock, the list of sources, the end."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings, strategies as st

from app.conftest import Ran
from sources.live.site import CHANNEL, Channel, Site, item, reply, rss, serving
from vidomo.app.collect import Collector, collecting
from vidomo.app.doors import Doors, read_doors, write_doors
from vidomo.app.house import House
from vidomo.app.live import LiveHouse
from vidomo.core.errors import ConfigError, MachineRefused
from vidomo.disclosure.gate import gate
from vidomo.reports.lineage import current
from vidomo.reports.model import Version
from vidomo.situation.fold import state_of
from vidomo.situation.model import DimensionState, Situation, Standing
from vidomo.sources.door import Door
from vidomo.sources.fetch import Limits
from vidomo.sources.model import Outcome, Poll

IZIUM = "UA63040090010029555"
BODY = f"city_military_administration@{IZIUM}"
EVENING = datetime(2025, 12, 20, 16, tzinfo=UTC)


class Night:
    """One data folder, one site, one clock; time moves only when it is told to."""

    def __init__(self, folder: Path, site: Site, **fields: object) -> None:
        self.folder, self.site, self.now = folder, site, EVENING
        self.channel = Channel(start=EVENING)
        self.channel.serve(site)
        self.channel.say(1, "Доброго вечора!")
        door = Door(
            id="telegram:sample",
            kind="telegram",
            channel=CHANNEL,
            url=site[f"/s/{CHANNEL}"],
            **fields,
        )
        write_doors(folder, Doors(doors=(door,)))
        self.collector = self.fresh()

    def fresh(self) -> Collector:
        """A collector that remembers nothing, as after a restart."""
        return Collector(
            self.folder,
            clock=lambda: self.now,
            monotonic=lambda: 0,
            sleep=lambda _: None,
            chance=random.Random(7),
            limits=Limits(step_s=1, total_s=2),
        )

    def say(self, number: int, text: str) -> None:
        self.channel.say(number, text, at=self.now)

    def poll(self, *, minutes: float = 3) -> Poll | None:
        self.now += timedelta(minutes=minutes)
        polls = self.collector.once()
        self.now += timedelta(seconds=1)  # the journal moves on where the clock stands still
        return polls[0] if polls else None

    def fails(self) -> None:
        self.site[f"/s/{CHANNEL}"] = reply(status=503)

    def situation(self, *, known_at: datetime | None = None) -> Situation:
        with House.open(self.folder, clock=lambda: self.now, read_only=True) as house:
            return house.situation(valid_at=self.now, known_at=known_at or self.now)

    def dimension(self, name: str = "power") -> DimensionState:
        with House.open(self.folder, clock=lambda: self.now, read_only=True) as house:
            state = state_of(house.situation(), IZIUM, house.gazetteer)
        return next(one for one in state.dimensions if one.dimension == name)

    def public_words(self) -> str:
        with House.open(self.folder, clock=lambda: self.now, read_only=True) as house:
            view = gate(
                house.situation(), policy="operator-only", gazetteer=house.gazetteer, also=(IZIUM,)
            )
        return msgspec.json.encode(view).decode()

    def polls(self) -> list[Poll]:
        with House.open(self.folder, read_only=True) as house:
            return list(house.polls(self.now + timedelta(days=1)))

    def sources(self) -> list[dict]:
        with House.open(self.folder, read_only=True) as house:
            records = house.journal.records(kind="decision")
            return [json.loads(record.body) for record in records]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vidomo.app.collect.LOOK_S", 0.02)
    monkeypatch.setattr("vidomo.app.collect.TICK_S", 0.01)


@pytest.fixture
def night(tmp_path: Path, site: Site) -> Night:
    return Night(tmp_path / "data", site, body=BODY, home=IZIUM)


def test_a_whole_night(night: Night) -> None:
    assert night.poll().outcome is Outcome.ANSWERED
    night.say(2, "Ізюм без світла після удару по мережах. Енергетики працюють.")
    night.say(3, "У місті поранено 12 людей.")
    night.say(4, "Працюють пункти незламності.")
    assert night.poll().outcome is Outcome.ANSWERED
    assert night.dimension().phase == "out"
    heard_at = night.now

    night.channel.edit(3, "У місті поранено 9 людей.")
    assert night.poll().outcome is Outcome.ANSWERED
    situation = night.situation()
    current = [
        figure
        for place in situation.places
        for figure in place.figures
        if figure.status == "current" and figure.topic == "harm.injured"
    ]
    assert {figure.min for figure in current} == {9}
    assert "12 людей" not in night.public_words()

    night.say(5, "Увага, рух транспорту обмежено.")
    night.poll()
    night.channel.delete(3)
    assert night.poll().outcome is Outcome.NOTHING_NEW
    assert "9 людей" in night.public_words()
    night.poll()
    words = night.public_words()
    assert "9 людей" not in words
    assert "12 людей" not in words
    taken = [one for one in night.situation().evidence if "людей" in one.quote]
    assert {one.standing for one in taken} == {Standing.WITHDRAWN}

    night.fails()
    silent_since = night.now + timedelta(minutes=3)
    failed = [night.poll() for _ in range(20)]
    asked = [poll for poll in failed if poll is not None]
    assert 3 <= len(asked) < 20  # it waits longer and longer
    assert {poll.outcome for poll in asked} == {Outcome.NO_ANSWER}
    power = night.dimension()
    assert power.phase == "out"
    (health,) = night.situation().sources
    assert health.silent_since == silent_since
    assert "503" in health.detail

    night.channel.serve(night.site)
    night.say(40, "У місті Ізюм світло відновлено повністю.")
    night.poll(minutes=20)
    assert night.dimension().phase in {"restored", "normal"}
    assert night.situation().sources[0].silent_since is None

    night.collector = night.fresh()
    assert night.poll().outcome is Outcome.NOTHING_NEW
    then = night.situation(known_at=heard_at)
    assert any("12 людей" in one.quote for one in then.evidence)


def test_a_restart_between_two_readings_forgets_nothing(night: Night) -> None:
    for number in range(2, 6):
        night.say(number, f"Пост {number}")
    night.poll()
    night.channel.delete(3)
    night.poll()
    night.collector = night.fresh()
    night.poll()
    with House.open(night.folder, read_only=True) as house:
        deleted = [
            known.version.post.native_id
            for known in house.known(night.now)
            if known.version.post.deleted_at
        ]
    assert deleted == ["3"]


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["say", "edit", "back", "delete", "fail", "restart", "poll"]),
        st.integers(2, 12),
    ),
    min_size=4,
    max_size=18,
)


@given(steps=_STEPS)
@settings(max_examples=12, deadline=None)
def test_what_is_kept_ends_as_the_channel_is_whatever_happened_on_the_way(
    steps: list[tuple[str, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, serving() as site:
        night = Night(Path(folder), site, home=IZIUM)
        night.say(99, "межа")
        for step, number in steps:
            if step == "say" or (step in {"edit", "back"} and number not in night.channel.texts):
                night.say(number, f"Пост {number}")
            elif step == "edit":
                night.channel.edit(number, f"{night.channel.texts[number]} і ще")
            elif step == "back":
                night.channel.edit(number, f"Пост {number}")
            elif step == "delete":
                night.channel.texts.pop(number, None)
            elif step == "fail":
                night.fails()
                night.poll(minutes=20)
                night.channel.serve(site)
            elif step == "restart":
                night.collector = night.fresh()
            night.poll(minutes=20)
        night.poll()
        night.poll()
        with House.open(night.folder, read_only=True) as house:
            reports: dict[str, list[Version]] = {}
            for known in house.known(night.now):
                reports.setdefault(known.version.report, []).append(known.version)
        posts = [current(versions).post for versions in reports.values()]
        standing = {int(one.native_id): one.text for one in posts if one.deleted_at is None}
        assert standing == night.channel.texts


def test_a_dropped_memory_is_rebuilt_from_the_records(night: Night) -> None:
    for number in range(2, 8):
        night.say(number, f"Пост {number}")
    night.poll()
    night.channel.delete(3)
    night.channel.edit(4, "інше")
    night.poll()
    fresh = night.fresh()
    fresh.learn()
    for shelf in (night.collector._shelf, fresh._shelf):
        assert shelf.memory("telegram:sample").missing == ("3",)
    one, two = (collector._shelf.kept("telegram:sample") for collector in (night.collector, fresh))
    assert one == two
    assert len(one) == 7


def test_the_quiet_of_an_alarm_source_counts_only_when_it_was_read_whole(
    tmp_path: Path, site: Site
) -> None:
    night = Night(
        tmp_path / "data", site, body=BODY, home=IZIUM, alarm_feed=True, freshness_s=900.0
    )
    for number in range(2, 400):
        night.channel.say(number, f"Пост {number}", at=EVENING)
    assert night.poll().outcome is Outcome.NO_ANSWER
    assert "answered in part" in night.polls()[-1].detail
    assert night.dimension("alert").phase == "unknown"
    night.poll()
    assert night.poll().outcome is Outcome.NOTHING_NEW
    assert night.dimension("alert").phase == "none"
    night.fails()
    night.poll()
    night.now += timedelta(minutes=30)
    assert night.dimension("alert").phase == "unknown"


def test_silence_alone_changes_nothing_but_the_silence(night: Night) -> None:
    night.say(2, "Ізюм без світла.")
    night.poll()
    before = night.dimension()
    night.fails()
    for _ in range(5):
        night.poll(minutes=20)
    after = night.dimension()
    assert (before.phase, before.since, before.evidence) == (
        after.phase,
        after.since,
        after.evidence,
    )


def test_a_page_without_posts_is_recorded_as_no_answer(night: Night) -> None:
    night.poll()
    night.site[f"/s/{CHANNEL}"] = "<html><body></body></html>"
    poll = night.poll()
    assert (poll.outcome, poll.memory.failures) == (Outcome.NO_ANSWER, 1)


def test_a_refusal_is_recorded_as_one(night: Night) -> None:
    night.site[f"/s/{CHANNEL}"] = reply(status=451)
    assert night.poll().outcome is Outcome.REFUSED


def test_a_busy_source_is_left_alone_as_long_as_it_asks(night: Night) -> None:
    night.site[f"/s/{CHANNEL}"] = reply(status=429, Retry_After="3000")
    poll = night.poll()
    assert poll.next_at - poll.asked_at == timedelta(seconds=3000)
    assert night.poll(minutes=49) is None
    assert night.poll(minutes=2) is not None


def test_a_source_is_not_asked_before_its_time(night: Night) -> None:
    night.poll()
    assert night.poll(minutes=0.5) is None


def test_a_clock_that_was_far_ahead_silences_no_source(night: Night) -> None:
    night.now += timedelta(days=100)
    night.poll()
    night.now -= timedelta(days=100)
    assert night.poll() is not None


def test_a_bug_in_reading_one_source_is_its_silence_and_not_the_end(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("vidomo.app.collect.ask", broken)
    poll = night.poll()
    assert poll.outcome is Outcome.NO_ANSWER
    assert "too deep" in poll.detail


def test_who_speaks_for_a_body_is_official_and_who_only_has_a_home_is_declared(
    tmp_path: Path, site: Site
) -> None:
    standings = {}
    for name, fields in {"body": {"body": BODY}, "home": {"home": IZIUM}, "none": {}}.items():
        night = Night(tmp_path / name, site, **fields)
        night.say(2, "Ізюм без світла.")
        night.poll()
        standings[name] = {one.standing for one in night.situation().evidence}
    assert standings == {
        "body": {Standing.OFFICIAL},
        "home": {Standing.DECLARED},
        "none": {Standing.UNSOURCED},
    }


def test_an_earlier_instant_knows_the_registry_as_it_was_then(night: Night) -> None:
    night.say(2, "Ізюм без світла.")
    night.poll()
    then = night.now
    (door,) = read_doors(night.folder).doors
    write_doors(night.folder, Doors(doors=(msgspec.structs.replace(door, body=None),)))
    night.poll()

    def standing(known_at: datetime) -> set[Standing]:
        return {one.standing for one in night.situation(known_at=known_at).evidence}

    assert standing(then) == {Standing.OFFICIAL}
    assert standing(night.now) == {Standing.DECLARED}
    assert [one["what"] for one in night.sources()] == ["added", "changed"]


def test_the_lock_is_free_while_a_source_is_asked(night: Night) -> None:
    free: list[bool] = []

    def try_to_write(handler: object) -> None:
        try:
            with House.open(night.folder):
                free.append(True)
        except MachineRefused:
            free.append(False)
        reply(night.channel.page())(handler)

    night.site[f"/s/{CHANNEL}"] = try_to_write
    night.poll()
    assert free == [True]


def test_what_cannot_be_stored_now_is_stored_when_the_other_writer_is_done(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vidomo.store.connections.LOCK_WAIT_MS", 20)
    night = Night(tmp_path / "data", site, home=IZIUM)
    refused, stored = threading.Event(), threading.Event()
    said: list[str] = []
    writers: list[House] = []

    def while_asked(handler: BaseHTTPRequestHandler) -> None:
        if not writers:
            writers.append(House.open(night.folder))
        reply(night.channel.page())(handler)

    def say(line: str) -> None:
        said.append(line)
        refused.set()

    site[f"/s/{CHANNEL}"] = while_asked
    collector = Collector(
        night.folder, sleep=lambda _: None, say=say, tell=lambda _line: stored.set()
    )
    with collecting(collector):
        assert refused.wait(20)
        assert not stored.is_set()
        writers[0].close()
        assert stored.wait(20)
    assert said[0].startswith("1 answers are kept back")
    assert len(site.asked) == 1
    with House.open(night.folder, read_only=True) as house:
        assert (house.journal.count("post"), house.journal.count("poll")) == (1, 1)


def test_posts_can_be_imported_while_the_server_polls(
    tmp_path: Path, site: Site, run_vidomo: Callable[..., Ran]
) -> None:
    night = Night(tmp_path / "data", site, home=IZIUM)
    asked = threading.Event()

    def stall(_handler: object) -> None:
        asked.set()
        site.done.wait()

    site[f"/s/{CHANNEL}"] = stall
    post = tmp_path / "post.txt"
    post.write_text("Ізюм без світла.", encoding="utf-8")
    with LiveHouse(night.folder), collecting(Collector(night.folder)):
        assert asked.wait(20)
        ran = run_vidomo("import", str(post), "--data", str(night.folder))
    assert (ran.code, ran.out) == (0, "1 new, 0 known, 0 changed, 0 refused\n")


def test_state_names_the_silent_sources(night: Night, run_vidomo: Callable[..., Ran]) -> None:
    night.say(2, "Ізюм без світла.")
    night.poll()
    night.fails()
    night.poll()
    at = night.now.isoformat()
    ran = run_vidomo(
        "state", IZIUM, "--valid-at", at, "--known-at", at, "--data", str(night.folder)
    )
    assert "power          out" in ran.out
    assert "telegram:sample silent since 20.12.2025 18:06 (answered 503" in ran.out


def test_changes_of_the_file_are_taken_up_while_running(tmp_path: Path, site: Site) -> None:
    site["/feed.xml"] = rss(item("g1", "Ізюм без світла"))
    heard: list[str] = []
    arrived = threading.Event()

    def tell(line: str) -> None:
        heard.append(line)
        arrived.set()

    collector = Collector(tmp_path, sleep=lambda _: None, tell=tell)
    with collecting(collector):
        write_doors(tmp_path, Doors(doors=(Door(id="feed:x", kind="feed", url=site["/feed.xml"]),)))
        assert arrived.wait(20)
    assert heard == ["feed:x: 1 new or changed"]


def test_a_broken_file_is_complained_about_once_and_ends_nothing(tmp_path: Path) -> None:
    said: list[str] = []
    twice = threading.Event()
    (tmp_path / "sources.toml").write_text("source = [", encoding="utf-8")
    collector = Collector(tmp_path, say=said.append)
    real = collector._complain

    def complain(words: str) -> None:
        if said:
            twice.set()
        real(words)

    collector._complain = complain
    with collecting(collector):
        assert twice.wait(20)
    assert len(said) == 1


def test_stopping_cuts_a_stalled_request_and_blames_nobody(tmp_path: Path, site: Site) -> None:
    night = Night(tmp_path / "data", site, home=IZIUM)
    asked = threading.Event()

    def stall(_handler: object) -> None:
        asked.set()
        site.done.wait()

    site[f"/s/{CHANNEL}"] = stall
    collector = Collector(night.folder)
    began = 0.0
    with collecting(collector):
        assert asked.wait(20)
        began = time.monotonic()
    assert time.monotonic() - began < 2
    assert night.polls() == []


def test_a_single_round_that_is_stopped_blames_nobody(night: Night) -> None:
    def stall(_handler: object) -> None:
        night.collector.stop()
        night.site.done.wait()

    night.site[f"/s/{CHANNEL}"] = stall
    assert night.poll() is None
    assert night.polls() == []


@pytest.mark.parametrize("command", [["collect"], ["run", "--port", "0"]])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_polling_process_within_two_seconds(
    tmp_path: Path, site: Site, command: list[str], number: int
) -> None:
    night = Night(tmp_path / "data", site, home=IZIUM)
    asked = threading.Event()

    def stall(_handler: object) -> None:
        asked.set()
        site.done.wait()

    site[f"/s/{CHANNEL}"] = stall
    # A shell that runs the tests in the background ignores it, and children inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-m", "vidomo.app.cli.main", *command, "--data", str(night.folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONWARNINGS": "error"},  # noqa: TID251 - tests have no app.config
    )
    signal.signal(signal.SIGINT, before)
    try:
        assert asked.wait(30)
        if command[0] == "run":
            assert process.stdout.readline().startswith(b"Vidomo: http://")
        began = time.monotonic()
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
    finally:
        process.kill()
        process.communicate()
    assert time.monotonic() - began < 2, (out, err)
    expected = 130 if command[0] == "run" and number == signal.SIGINT else 0
    assert process.returncode == expected, err
    assert b"Traceback" not in err


# The list of sources


@pytest.fixture
def vidomo(run_vidomo: Callable[..., Ran], tmp_path: Path) -> Callable[..., Ran]:
    def run(*arguments: str) -> Ran:
        return run_vidomo(*arguments, "--data", str(tmp_path / "mine"))

    return run


def test_a_channel_is_added_listed_paused_resumed_and_removed(
    vidomo: Callable[..., Ran], tmp_path: Path
) -> None:
    assert vidomo("sources", "add", "https://t.me/s/hromada_sample", "--home", "Ізюм").code == 0
    (line,) = json.loads(vidomo("sources", "list", "--json").out)
    assert (line["id"], line["kind"], line["home"]) == (
        "telegram:hromada_sample",
        "telegram",
        IZIUM,
    )
    assert line["address"] == "https://t.me/s/hromada_sample"
    assert "never asked, due now" in vidomo("sources", "list").out
    assert vidomo("sources", "pause", "telegram:hromada_sample").code == 0
    assert "paused" in vidomo("sources", "list").out
    assert vidomo("sources", "resume", "telegram:hromada_sample").code == 0
    assert vidomo("sources", "remove", "telegram:hromada_sample", "--disown").code == 0
    assert json.loads(vidomo("sources", "list", "--json").out) == []
    with House.open(tmp_path / "mine", read_only=True) as house:
        what = [json.loads(one.body)["what"] for one in house.journal.records(kind="decision")]
    assert what == ["added", "paused", "resumed", "disowned"]


def test_a_paused_source_is_not_asked(vidomo: Callable[..., Ran], site: Site) -> None:
    site["/feed.xml"] = rss(item("g1", "Перша"))
    vidomo("sources", "add", site["/feed.xml"], "--id", "x")
    vidomo("sources", "pause", "x")
    assert vidomo("collect", "--once").code == 0
    assert site.asked == []


def test_collecting_once_stores_and_tells(vidomo: Callable[..., Ran], site: Site) -> None:
    site["/feed.xml"] = rss(item("g1", "Ізюм без світла"))
    vidomo("sources", "add", site["/feed.xml"], "--id", "x", "--body", BODY)
    assert "x: 1 new or changed" in vidomo("collect", "--once").out
    assert "last answered" in vidomo("sources", "list").out
    polls = json.loads(vidomo("collect", "--once", "--everyone", "--json").out)
    assert [poll["outcome"] for poll in polls] == ["nothing_new"]
    assert vidomo("state", "Ізюм").code == 0


def test_a_source_that_does_not_answer_ends_with_its_own_code_and_is_shown_as_silent(
    vidomo: Callable[..., Ran], site: Site
) -> None:
    vidomo("sources", "add", site["/nothing"], "--id", "x")
    ran = vidomo("collect", "--once")
    assert (ran.code, "x: refused (answered 404" in ran.out) == (4, True)
    assert "SILENT since" in vidomo("sources", "list").out


def test_a_check_asks_and_stores_nothing(
    vidomo: Callable[..., Ran], site: Site, tmp_path: Path
) -> None:
    site["/feed.xml"] = rss(*(item(f"g{number}", f"Новина {number}") for number in range(7)))
    vidomo("sources", "add", site["/feed.xml"], "--id", "x")
    ran = vidomo("sources", "check")
    assert (ran.code, "Новина 6" in ran.out, "and 2 more" in ran.out) == (0, True, True)
    assert len(json.loads(vidomo("sources", "check", "x", "--json").out)[0]["posts"]) == 7
    with House.open(tmp_path / "mine", read_only=True) as house:
        assert house.journal.count("poll") == house.journal.count("post") == 0


def test_a_source_that_fails_its_check_is_not_added(vidomo: Callable[..., Ran], site: Site) -> None:
    assert vidomo("sources", "add", site["/nothing"], "--check").code == 4
    assert json.loads(vidomo("sources", "list", "--json").out) == []


def test_a_source_is_replaced_only_when_that_is_said(
    vidomo: Callable[..., Ran], site: Site
) -> None:
    vidomo("sources", "add", site["/a"], "--id", "x")
    assert vidomo("sources", "add", site["/b"], "--id", "x").code == 2
    assert vidomo("sources", "add", site["/b"], "--id", "x", "--replace").code == 0
    (line,) = json.loads(vidomo("sources", "list", "--json").out)
    assert line["address"] == site["/b"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "ftp://example.org/feed"),
        ("add", "@ab"),
        ("add", "t.me/+AbCdEf"),
        ("add", "https://example.org/f", "--id", "file:x"),
        ("add", "https://example.org/f", "--every", "1"),
        ("add", "https://example.org/f", "--body", "king@UA"),
        ("add", "https://example.org/f", "--body", "police@UA99"),
        ("add", "https://example.org/f", "--home", "Нетакогоміста"),
        ("pause", "nobody"),
        ("remove", "nobody"),
        ("check", "nobody"),
    ],
)
def test_what_cannot_be_a_source_is_refused_with_a_hint(
    vidomo: Callable[..., Ran], arguments: tuple[str, ...]
) -> None:
    ran = vidomo("sources", *arguments)
    assert ran.code == 2
    assert "hint:" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("source = [", "sources.toml"),
        ('[[source]]\nid = "x"\n', "kind"),
        ('[[source]]\nid = "x"\nkind = "feed"\nurl = "https://a.org"\nnonsense = 1\n', "nonsense"),
        ('[[source]]\nid = "x"\nkind = "feed"\n', "needs url"),
        ('[[source]]\nid = "x"\nkind = "feed"\nurl = "https://a.org"\nhome = "UA1"\n', "no place"),
        (
            '[[source]]\nid = "x"\nkind = "feed"\nurl = "https://a.org"\nalarm_feed = true\n',
            "source of alarm",
        ),
        (
            '[[source]]\nid = "x"\nkind = "feed"\nurl = "https://a.org"\nfreshness_s = 0.0\n',
            "freshness_s",
        ),
        ('[[source]]\nid = "x"\nkind = "feed"\nurl = "https://a.org"\n' * 2, "twice"),
    ],
)
def test_a_file_that_cannot_be_followed_says_where(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=words):
        read_doors(tmp_path)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="UTF-8"):
        read_doors(tmp_path)


def test_a_file_that_cannot_be_read_is_the_machines_refusal(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").mkdir()
    with pytest.raises(MachineRefused):
        read_doors(tmp_path)
    with pytest.raises(MachineRefused):
        write_doors(tmp_path, Doors())


def test_what_is_written_is_read_back_and_the_comments_at_the_top_stay(tmp_path: Path) -> None:
    doors = Doors(
        doors=(
            Door(
                id="x",
                kind="feed",
                url="https://example.org/feed",
                title='Громада "Лапки" \\ \x7f',
                home=IZIUM,
                body=BODY,
                every_s=300,
                paused=True,
            ),
            Door(id="y", kind="telegram", channel="hromada_sample"),
        ),
        contact="mailto:desk@example.org",
    )
    (tmp_path / "sources.toml").write_text("# мій рядок\n\nsource = []\n", encoding="utf-8")
    write_doors(tmp_path, doors)
    assert read_doors(tmp_path) == doors
    text = (tmp_path / "sources.toml").read_text("utf-8")
    assert text.startswith("# мій рядок\n")
    assert len([line for line in text.splitlines() if "id =" in line]) == 2
