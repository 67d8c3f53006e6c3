"""A false all-clear cannot be produced: each way to one is tried through the whole house."""

import json
from pathlib import Path

import pytest

IZIUM = "UA63040090010029555"
CHUHUIV = "UA63140110010086655"
AT = "2026-01-10T{}:00+02:00"
LATER = AT.format("13:00")
ON = "🔴 Ізюм. Повітряна тривога! Прямуйте в укриття."
OFF = "🟢 Ізюм. Відбій повітряної тривоги."


def post(number: int, clock: str, text: str, source: str = "izium_mva", **more: str) -> dict:
    row = {"id": str(number), "source": source, "posted_at": AT.format(clock), "text": text}
    return {**row, **more}


ALARM = post(1, "10:00", ON)


@pytest.fixture
def alert(run_vidomo, tmp_path: Path):
    """Import posts and return the alert of a place an hour or more after all of them."""

    def ask(*posts: dict, replay: bool = False, at: str = LATER, place: str = IZIUM) -> dict:
        path = tmp_path / "posts.jsonl"
        rows = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in posts)
        path.write_text(rows, "utf-8")
        options = ["--replay"] if replay else []
        assert run_vidomo("import", path, *options).code == 0
        ran = run_vidomo("state", place, "--json", "--valid-at", at)
        return next(row for row in json.loads(ran.out)["dimensions"] if row["dimension"] == "alert")

    return ask


def test_the_alert_is_on_before_anything_false_is_tried(alert) -> None:
    assert alert(ALARM)["phase"] == "on"


def test_one_voice_of_the_authority_is_passed_on_and_being_confirmed(alert) -> None:
    state = alert(ALARM, post(2, "11:00", OFF))
    assert state["phase"] == "on"
    assert [note["code"] for note in state["notes"]] == ["all_clear_being_confirmed"]


def test_two_channels_of_the_one_authority_are_no_second_voice(alert) -> None:
    again = post(3, "11:05", OFF)
    assert alert(ALARM, post(2, "11:00", OFF), again)["phase"] == "on"


@pytest.mark.parametrize("home", [None, IZIUM])
def test_an_unofficial_source_ends_nothing(alert, home: str | None) -> None:
    more = {"home": home} if home else {}
    rumours = [post(n, f"11:{n:02d}", OFF, f"channel_{n}", **more) for n in range(2, 12)]
    state = alert(ALARM, *rumours)
    assert state["phase"] == "on"
    assert not state["notes"]


def test_a_quotation_by_a_source_of_no_faith_ends_nothing(alert) -> None:
    quoted = "Ізюмська міська військова адміністрація: в Ізюмі відбій повітряної тривоги."
    second = "Харківська обласна військова адміністрація повідомила про відбій тривоги в Ізюмі."
    state = alert(ALARM, post(2, "11:00", quoted, "news"), post(3, "11:05", second, "news"))
    assert state["phase"] == "on"


def test_advice_to_wait_for_the_all_clear_ends_nothing(alert) -> None:
    advice = "Ізюм, перебувайте в укриттях до відбою повітряної тривоги."
    state = alert(ALARM, post(2, "11:00", advice))
    assert state["phase"] == "on"
    assert not state["notes"]


@pytest.mark.parametrize(
    "words",
    [
        "Ізюм. Відбій тривоги скасовано, перебувайте в укриттях!",
        "Повідомлення про відбій тривоги в Ізюмі є хибним.",
        "Відбій повітряної тривоги в Ізюмі був помилковим.",
        "Ізюм. Відбій тривоги (тест).",
        "Изюм. Отбой тревоги отменён.",
        "Отбой тревоги в Изюме объявлен ошибочно.",
    ],
)
def test_an_all_clear_that_is_taken_back_or_a_test_is_not_passed_on(alert, words: str) -> None:
    state = alert(ALARM, post(2, "11:00", words))
    assert state["phase"] == "on"
    assert not [note for note in state["notes"] if note["code"].startswith("all_clear")]


@pytest.mark.parametrize(
    "words", ["Відбій тривоги оголошено, обмеження скасовано.", "Отбой тревоги в Изюме объявлен."]
)
def test_the_words_of_an_all_clear_are_no_new_alarm(alert, words: str) -> None:
    second = "Харківська обласна військова адміністрація: в Ізюмі відбій повітряної тривоги."
    state = alert(ALARM, post(2, "11:00", words), post(3, "11:05", second, "agency_one"))
    assert state["phase"] == "ended"


def test_an_edit_of_the_alarm_into_an_all_clear_ends_nothing(alert) -> None:
    edited = post(1, "10:00", f"{ON}\n{OFF}", edited_at=AT.format("11:00"))
    state = alert(ALARM, edited)
    assert state["phase"] == "on"
    assert not state["notes"]


def test_the_all_clear_of_another_place_ends_nothing(alert) -> None:
    elsewhere = "🟢 Чугуїв. Відбій повітряної тривоги."
    assert alert(ALARM, post(2, "11:00", elsewhere))["phase"] == "on"


def test_the_all_clear_for_all_but_this_place_ends_nothing(alert) -> None:
    oblast = post(9, "10:00", "🔴 Харківська область. Повітряна тривога!")
    but = "🟢 Харківська область, крім Ізюмського району: відбій повітряної тривоги."
    assert alert(oblast, ALARM, post(2, "11:00", but))["phase"] == "on"


@pytest.mark.parametrize(
    "text",
    [
        "Відбій повітряної тривоги в Ізюмі очікується о 12:00.",
        "В Ізюмі відбою тривоги ще немає.",
        "Після відбою тривоги в Ізюмі запрацює транспорт.",
        "Коли в Ізюмі буде відбій тривоги, повідомимо.",
        "Інформація про відбій тривоги в Ізюмі не відповідає дійсності.",
    ],
)
def test_a_forecast_a_denial_and_a_condition_end_nothing(alert, text: str) -> None:
    state = alert(ALARM, post(2, "11:00", text))
    assert state["phase"] == "on"
    assert "all_clear_being_confirmed" not in {note["code"] for note in state["notes"]}


def test_the_deletion_of_the_alarm_is_no_all_clear(alert) -> None:
    gone = {**ALARM, "deleted_at": AT.format("11:00")}
    state = alert(ALARM, gone)
    assert state["phase"] not in {"ended", "none"}


def test_an_all_clear_that_was_deleted_ends_nothing(alert) -> None:
    off = post(2, "11:00", OFF)
    gone = {**off, "deleted_at": AT.format("11:10")}
    state = alert(ALARM, off, gone)
    assert state["phase"] == "on"
    assert not state["notes"]


def test_silence_for_a_month_ends_nothing(alert) -> None:
    state = alert(ALARM, at="2026-02-10T10:00:00+02:00")
    assert (state["phase"], state["stale"]) == ("on", True)


def test_an_all_clear_stamped_before_its_alarm_ends_nothing(alert) -> None:
    assert alert(ALARM, post(2, "09:59", OFF))["phase"] == "on"


def test_an_all_clear_from_a_clock_that_runs_ahead_is_not_yet_said(alert) -> None:
    assert alert(ALARM, post(2, "23:00", OFF))["phase"] == "on"


def test_an_all_clear_of_yesterday_told_again_ends_nothing(alert) -> None:
    told = "Учора о 23:00 в Ізюмі був відбій повітряної тривоги."
    assert alert(ALARM, post(2, "11:00", told))["phase"] == "on"


def test_forwarded_all_clears_of_strangers_end_nothing(alert, run_vidomo, tmp_path: Path) -> None:
    assert alert(ALARM)["phase"] == "on"
    messages = [
        {
            "id": number,
            "type": "message",
            "date": f"2026-01-10T11:0{number}:00",
            "date_unixtime": str(1768035600 + 60 * number),
            "forwarded_from": name,
            "text": OFF,
        }
        for number, name in enumerate(("Радар", "Монітор", "Ще один"), start=2)
    ]
    chat = {"name": "Ізюм", "type": "public_channel", "id": 5, "messages": messages}
    path = tmp_path / "result.json"
    path.write_text(json.dumps(chat, ensure_ascii=False), "utf-8")
    ran = run_vidomo("import", path, "--format", "telegram", "--source", "izium_mva")
    assert ran.out.splitlines()[-1].startswith("3 new")
    state = alert(ALARM)
    assert state["phase"] == "on"
    assert not state["notes"]


def test_an_all_clear_stays_away_in_a_replay_too(alert) -> None:
    state = alert(ALARM, post(2, "11:00", OFF), replay=True)
    assert state["phase"] == "on"
