"""Calls are kept for good, read like any post, and never public by themselves."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.call_folder import (
    BEGIN,
    IZIUM,
    KHARKIV_OBLAST,
    MVA,
    OFFICIAL,
    SAID,
    VILLAGE,
    Hands,
    folder_of,
    night,
    noted_call,
    post_of_mva,
    public_bytes,
)
from vidomo.app.call_book import (
    add_voice,
    call_in,
    caller_of,
    calls_in,
    correct_call,
    disown_voice,
    erase_caller,
    is_broken_off,
    mend_calls,
    release_call,
    strike_call,
    take_call,
    voices_for,
    withdraw_release,
)
from vidomo.app.desk_book import entries_in, write_entries
from vidomo.core.errors import ConfigError, ConflictError, NothingKnown
from vidomo.desk.calls.model import TAKEN, Taken, calls_of
from vidomo.desk.entry import entry
from vidomo.desk.seal import erasure
from vidomo.disclosure.gate import PublicGate
from vidomo.situation.model import Standing

NAME = "Параска Вигадана"
SCRIPT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from vidomo.app.call_book import take_call
from vidomo.app.house import House
from vidomo.desk.calls.model import Caller
from vidomo.desk.calls.take import Noted
from vidomo.desk.table import DeskTable

folder, first = Path(sys.argv[1]), int(sys.argv[2])
with House.open(folder) as house, DeskTable.open(folder) as keys:
    for number in range(first, first + 400):
        now = house.now()
        call = Noted(words=f"Немає світла, звернення {number}.", called_at=now, place=sys.argv[3],
                     caller=Caller(who=f"Особа {number}"))
        take_call(house, keys, call, by="usr_1", at=now, once=str(number))
        print(number, flush=True)
"""


def test_a_call_counts_on_the_desk_as_unofficial_words_of_its_own_origin(tmp_path: Path) -> None:
    clock = Hands()
    with folder_of(tmp_path, clock) as (house, keys):
        for once in ("one", "two"):
            call = noted_call(who=NAME)
            take_call(house, keys, call, by="usr_1", at=clock(), once=once)
        clock.move(minutes=1)
        evidence = house.situation().evidence
        assert {item.standing for item in evidence} == {Standing.DECLARED}
        assert {item.reason for item in evidence} == {"home_declared"}
        assert len({item.origin for item in evidence}) == 2
        power = {row.dimension: row.phase for row in house.place_state(IZIUM).dimensions}["power"]
        assert power == "out"


@pytest.mark.parametrize(
    "words",
    [
        "Відбій тривоги в Ізюмі.",
        "Начальник Ізюмської міської військової адміністрації повідомив про відбій тривоги в Ізюмі.",
        "В Ізюмі тривоги немає.",
    ],
)
def test_an_all_clear_by_telephone_ends_no_alert(tmp_path: Path, words: str) -> None:
    clock = Hands()
    with folder_of(tmp_path, clock) as (house, keys):
        start = post_of_mva("Повітряна тривога в Ізюмі!", number=1, at=clock())
        house.take_in([start])

        def alert() -> str:
            clock.move(minutes=1)
            rows = house.place_state(IZIUM).dimensions
            return next(row.phase for row in rows if row.dimension == "alert")

        before = alert()
        assert before in ("on", "warned")
        take_call(house, keys, noted_call(words, at=clock()), by="usr_1", at=clock())
        assert alert() == before


def test_a_call_sent_twice_is_one(tmp_path: Path) -> None:
    clock = Hands()
    with folder_of(tmp_path, clock) as (house, keys):
        first = take_call(house, keys, noted_call(who=NAME), by="usr_1", at=clock(), once="a")
        clock.move(seconds=3)
        again = take_call(house, keys, noted_call(who=NAME), by="usr_1", at=clock(), once="a")
        assert first == again
        assert len(calls_in(house.journal)) == 1
        assert house.journal.count("post") == house.journal.count("reading") == 1


@pytest.mark.parametrize("seed", range(6))
def test_no_call_changes_a_public_byte(tmp_path: Path, seed: int) -> None:
    told = []
    for with_calls in (False, True):
        clock = Hands()
        with folder_of(tmp_path / str(with_calls), clock) as (house, keys):
            calls = night(house, keys, clock, seed, with_calls=with_calls)
            if with_calls:
                assert calls
                spoken = {item.source for item in house.situation().evidence}
                assert sum(source.startswith("call:") for source in spoken)
                mva = house.registry.body(MVA)
                add_voice(house, mva, title="МВА", by="usr_a", at=clock())
            told.append(public_bytes(house))
    assert told[0] == told[1]


def test_a_released_call_would_be_seen_by_that_test(tmp_path: Path) -> None:
    clock = Hands()
    with folder_of(tmp_path, clock) as (house, keys):
        night(house, keys, clock, 1, with_calls=True)
        before = public_bytes(house)
        voice = add_voice(house, house.registry.body(MVA), title="МВА", by="usr_a", at=clock())
        call = calls_in(house.journal)[0]
        release_call(house, call, "В Ізюмі немає води.", voice=voice, by="usr_2", at=clock())
        clock.move(minutes=1)
        assert public_bytes(house) != before


def test_a_release_is_the_bodys_own_and_a_withdrawal_takes_it_from_every_page(
    tmp_path: Path,
) -> None:
    clock = Hands()
    with folder_of(tmp_path, clock) as (house, keys):
        call_id = take_call(house, keys, noted_call(who=NAME), by="usr_1", at=clock())
        voice = add_voice(
            house, house.registry.body(MVA), title="Ізюмська МВА", by="usr_a", at=clock()
        )
        words = "В Ізюмі немає світла."
        clock.move(minutes=2)
        call = call_in(house.journal, call_id)
        release = release_call(house, call, words, voice=voice, by="usr_2", at=clock())
        clock.move(minutes=1)

        def shown():
            gate = PublicGate(house.situation(), gazetteer=house.gazetteer, now=house.now())
            return gate.view(IZIUM)

        view = shown()
        (said,) = view.said
        assert (said.quote, said.source, said.standing) == (words[:-1], voice.id, "official")
        assert "Ізюмська міська військова адміністрація" in said.speaker
        sent = public_bytes(house).decode()
        assert NAME not in sent
        assert call_id not in sent
        call = call_in(house.journal, call_id)
        with pytest.raises(ConflictError, match="released already"):
            release_call(house, call, words, voice=voice, by="usr_2", at=clock())
        withdraw_release(house, call, release.id, by="usr_3", at=clock(), reason="помилка")
        clock.move(minutes=1)
        assert not shown().said
        assert words[:-1] not in public_bytes(house).decode()
        call = call_in(house.journal, call_id)
        assert not call.standing
        with pytest.raises(ConflictError, match="does not stand"):
            withdraw_release(house, call, release.id, by="usr_3", at=clock(), reason="ще раз")
        again = release_call(house, call, words, voice=voice, by="usr_2", at=clock())
        assert again.id != release.id


def test_the_desk_speaks_for_a_body_only_where_it_serves(tmp_path: Path) -> None:
    with folder_of(tmp_path, Hands()) as (house, _):
        voice = add_voice(house, house.registry.body(MVA), title="МВА", by="usr_a", at=BEGIN)
        assert (
            add_voice(house, house.registry.body(MVA), title="МВА", by="usr_a", at=BEGIN) == voice
        )
        assert voices_for(house.registry, house.gazetteer, IZIUM) == (voice,)
        assert voices_for(house.registry, house.gazetteer, VILLAGE) == ()
        assert voices_for(house.registry, house.gazetteer, KHARKIV_OBLAST) == ()
        police = house.registry.body("police@UA")
        with pytest.raises(ConfigError, match="whole country"):
            add_voice(house, police, title="Поліція", by="usr_a", at=BEGIN)


def test_a_body_registered_by_mistake_is_disowned_and_what_it_said_counts_no_more(
    tmp_path: Path,
) -> None:
    clock = Hands()
    with folder_of(tmp_path, clock) as (house, keys):
        call_id = take_call(house, keys, noted_call(), by="usr_1", at=clock())
        mva = house.registry.body(MVA)
        voice = add_voice(house, mva, title="МВА", by="usr_a", at=clock.move(minutes=1))
        call = call_in(house.journal, call_id)
        words = "В Ізюмі немає води."
        release_call(house, call, words, voice=voice, by="usr_2", at=clock.move(minutes=1))
        clock.move(minutes=1)
        assert words[:-1] in public_bytes(house).decode()
        disown_voice(house, voice.id, by="usr_a", at=clock.move(minutes=1), reason="не той орган")
        clock.move(minutes=1)
        assert words[:-1] not in public_bytes(house).decode()
        assert voices_for(house.registry, house.gazetteer, IZIUM) == ()
        for wrong in (voice.id, "izium_mva", "desk:nobody"):
            with pytest.raises(NothingKnown, match="does not speak"):
                disown_voice(house, wrong, by="usr_a", at=clock(), reason="ще раз")
        told = [(one.what, one.by) for one in entries_in(house.journal, what_prefix="voice.")]
        assert told == [("voice.added", "usr_a"), ("voice.disowned", "usr_a")]


def test_a_corrected_call_changes_what_holds_and_a_struck_one_is_gone(tmp_path: Path) -> None:
    clock = Hands()
    with folder_of(tmp_path, clock) as (house, keys):
        call_id = take_call(house, keys, noted_call(), by="usr_1", at=clock())

        def spoken() -> set[str]:
            clock.move(minutes=1)
            evidence = house.situation().evidence
            return {one.topic for one in evidence if one.standing is not Standing.WITHDRAWN}

        assert spoken() == {"impact.power.outage"}
        call = call_in(house.journal, call_id)
        correct_call(house, call, "Немає води.", by="usr_1", at=clock(), reason="не розчув")
        assert spoken() == {"impact.water.outage"}
        strike_call(house, call, by="usr_1", at=clock(), reason="не той дзвінок")
        assert spoken() == set()
        call = call_in(house.journal, call_id)
        assert [one.words for one in call.wordings] == [SAID[0], "Немає води."]
        with pytest.raises(ConflictError, match="struck out"):
            strike_call(house, call, by="usr_1", at=clock(), reason="ще раз")
        with pytest.raises(NothingKnown, match="no call"):
            call_in(house.journal, "call_nobody")


# Erasure: law 1, "a lawful erasure destroys the key and leaves a record" ------------------------


@pytest.mark.parametrize("seed", range(4))
def test_an_erased_caller_is_nowhere_in_the_folder_and_no_record_is_missing(
    tmp_path: Path, seed: int
) -> None:
    clock, dice = Hands(), random.Random(seed)
    names = [f"Параска Вигаданюк {seed}{number}" for number in range(4)]
    with folder_of(tmp_path, clock) as (house, keys):
        ids = []
        for name in names:
            call = noted_call(dice.choice(SAID), at=clock.move(minutes=2), who=name)
            ids.append(take_call(house, keys, call, by="usr_1", at=clock(), once=name))
        records = {record.id: record.body for record in house.journal.records()}
        gone = dice.sample(range(4), 2)
        for number in gone:
            call = call_in(house.journal, ids[number])
            before = keys.sealing_key(call.id)
            erase_caller(house, keys, call, by="usr_9", at=clock(), reason="прохання")
            with pytest.raises(NothingKnown):
                erase_caller(house, keys, call, by="usr_9", at=clock(), reason="ще раз")
            assert before
            for file in tmp_path.iterdir():
                assert before not in file.read_bytes(), file.name
        after = {record.id: record.body for record in house.journal.records()}
        assert records.items() <= after.items()
        assert len(after) == len(records) + len(gone)
        for number, call_id in enumerate(ids):
            call = call_in(house.journal, call_id)
            seen = caller_of(call, keys)
            assert call.is_erased == (number in gone)
            assert (seen is None) == (number in gone)
            if seen is not None:
                assert seen.who == names[number]
        assert not mend_calls(house, keys)
    for file in tmp_path.iterdir():
        held = file.read_bytes()
        assert not [name for name in names if name.encode() in held], file.name
        assert b"765 43 21" not in held, file.name


def test_a_machine_that_stops_within_an_erasure_finishes_it_at_the_next_look(
    tmp_path: Path,
) -> None:
    with folder_of(tmp_path, Hands()) as (house, keys):
        call_id = take_call(house, keys, noted_call(who=NAME), by="usr_1", at=BEGIN)
        gone = erasure(call_id, keys, by="usr_9", at=BEGIN, reason="прохання")
        write_entries(house.journal, [gone])
        assert keys.sealing_key(call_id) is not None
        mend_calls(house, keys)
        assert keys.sealing_key(call_id) is None


# A machine that stops ---------------------------------------------------------------------------


def test_a_call_whose_post_was_never_kept_is_kept_at_the_next_look(tmp_path: Path) -> None:
    clock = Hands()
    with folder_of(tmp_path, clock) as (house, keys):
        body = Taken(words=SAID[0], called_at=BEGIN)
        made = entry(TAKEN, subject="call_1", by="usr_1", at=BEGIN, place=IZIUM, body=body)
        write_entries(house.journal, [made])
        assert is_broken_off(house.journal)
        assert mend_calls(house, keys) == 1
        assert not is_broken_off(house.journal)
        assert mend_calls(house, keys) == 0
        assert house.journal.count("post") == house.journal.count("reading") == 1


def test_a_call_whose_post_was_never_read_is_read_at_the_next_look(tmp_path: Path) -> None:
    clock = Hands()
    with folder_of(tmp_path, clock) as (house, keys):
        house._read = lambda *_: None
        take_call(house, keys, noted_call(), by="usr_1", at=clock())
        del house._read
        assert house.journal.count("reading") == 0
        assert is_broken_off(house.journal)
        assert mend_calls(house, keys) == 0
        assert not is_broken_off(house.journal)
        assert house.journal.count("reading") == 1


def test_a_desk_killed_at_any_moment_loses_no_call_and_doubles_none(tmp_path: Path) -> None:
    dice, acknowledged = random.Random(20260110), []
    for turn in range(5):
        running = subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(tmp_path), str(1000 * turn), IZIUM],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},  # noqa: TID251 - the child needs a path
        )
        first = running.stdout.readline()
        time.sleep(dice.uniform(0.0, 0.4))
        running.send_signal(signal.SIGKILL)
        rest, _ = running.communicate()
        acknowledged += [int(line) for line in (first + rest).split()]
        with folder_of(tmp_path, lambda: BEGIN) as (house, keys):
            assert not house.journal.verify()
            mend_calls(house, keys)
            assert not is_broken_off(house.journal)
            kept = [int(call.words.split()[-1].rstrip(".")) for call in calls_in(house.journal)]
            assert len(kept) == len(set(kept))
            assert set(acknowledged) <= set(kept)
            assert all(caller_of(call, keys) for call in calls_in(house.journal))
            assert house.journal.count("post") == len(kept)
    assert len(acknowledged) >= 5


def test_the_entry_of_a_call_holds_no_name_and_no_number(tmp_path: Path) -> None:
    with folder_of(tmp_path, Hands()) as (house, keys):
        take_call(house, keys, noted_call(who=NAME), by="usr_1", at=BEGIN)
        (made,) = entries_in(house.journal, what_prefix="call.")
        held = json.dumps(json.loads(bytes(made.body)), ensure_ascii=False)
        assert "Параска" not in held
        assert "староста" not in held
        assert "765" not in held
        assert calls_of([made])[0].sealed


def test_an_official_post_that_repeats_a_call_is_shown_as_if_there_had_been_no_call(
    tmp_path: Path,
) -> None:
    told = []
    for has_call in (False, True):
        clock = Hands()
        with folder_of(tmp_path / str(has_call), clock) as (house, keys):
            if has_call:
                call = noted_call(OFFICIAL[0], who=NAME)
                take_call(house, keys, call, by="usr_1", at=clock())
            clock.move(minutes=3)
            house.take_in([post_of_mva(OFFICIAL[0], number=1, at=clock())])
            clock.move(minutes=1)
            told.append(public_bytes(house))
    assert told[0] == told[1]
