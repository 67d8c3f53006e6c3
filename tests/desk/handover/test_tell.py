"""A sheet is told in the officer's language, every kind of row, nothing unclear left out."""

from datetime import UTC, datetime, timedelta

import pytest

from vidomo.desk.handover.model import (
    Asking,
    Holding,
    InForce,
    Kept,
    PlaceHolds,
    Promise,
    Running,
    Sheet,
    Silence,
)
from vidomo.desk.handover.tell import Telling
from vidomo.desk.words import desk_words
from vidomo.disclosure.policy import load_policy
from vidomo.gazetteer import Gazetteer
from vidomo.publish.words import words_of

AT = datetime(2026, 1, 10, 5, 0, tzinfo=UTC)
IZIUM = "UA63040090010029555"
RAION = "UA63040000000023521"
ATLAS = Gazetteer.open()
NAMESAKES = [one.code for one in ATLAS.find("Шевченкове", limit=2)]


def telling(sheet: Sheet, lang: str = "uk") -> Telling:
    return Telling(
        sheet,
        w=desk_words(lang),
        t=words_of(lang),
        label=lambda code, is_full: ATLAS.label(code, lang=lang, full=is_full),
        name={"usr_1": "Ганна Вигадана"}.__getitem__,
    )


def rows(lang: str = "uk", **fields: object) -> dict[str, list[str]]:
    sheet = Sheet(territory=RAION, at=AT, made_by="usr_1", **fields)
    parts = telling(sheet, lang).parts()
    return {part.key: [line.text for line in part.lines] for part in parts}


def test_what_holds_says_since_when_and_how_sure() -> None:
    power = Holding(dimension="power", phase="out", since=AT - timedelta(days=2), stale=True)
    alert = Holding(
        dimension="alert", phase="on", since=AT, inherited_from=RAION, is_unofficial=True
    )
    found = rows(holds=(PlaceHolds(place=IZIUM, holds=(alert, power)),))
    (told,) = found["holds"]
    assert told.startswith("Ізюм: Тривога – тривога (з 07:00, Ізюмський район, неофіційно); ")
    assert told.endswith("Світло – світла немає (з 08.01 07:00, давно)")


def test_an_instant_of_another_year_has_its_year_and_none_is_said_to_be_unknown() -> None:
    told = telling(Sheet(territory=RAION, at=AT, made_by="usr_1"))
    assert told.moment(AT) == "07:00"
    assert told.moment(AT - timedelta(days=30)) == "11.12.2025 07:00"
    assert told.moment(None) == "не відомо"
    assert told.place("") == "місце не ясне"


def test_namesakes_on_one_sheet_are_told_apart() -> None:
    asked = tuple(Asking(id=code, subject="cause", topic="cause", place=code) for code in NAMESAKES)
    first, second = rows(asked=asked)["asked"]
    assert "область" in first
    assert first != second


def test_a_task_says_who_and_until_when() -> None:
    tasks = (
        Running(id="task_1", text="Раз", urgency="overdue", owner="usr_1", due=AT, place=IZIUM),
        Running(id="task_2", text="Два", urgency="later", office="ДСНС"),
        Running(id="task_3", text="Три", urgency="undated"),
    )
    assert rows(tasks=tasks)["tasks"] == [
        "Раз – прострочено, до 07:00, Ганна Вигадана [Ізюм]",
        "Два – ДСНС",
        "Три – ще нікому не доручено",
    ]


def test_a_promise_says_whose_it_is_and_that_its_time_has_passed() -> None:
    promise = Promise(
        claim="clm_1",
        topic="impact.power.restored",
        kind="forecast",
        quote="слово " * 60,
        speaker="МВА",
        place=IZIUM,
        until=AT,
        is_over=True,
        is_unofficial=True,
    )
    (told,) = rows(promises=(promise,))["promises"]
    assert told.startswith("Ізюм: «слово")
    assert told.endswith("…» – до 07:00, час минув, МВА, неофіційно")


def test_silence_alerts_and_what_is_withheld_are_told() -> None:
    found = rows(
        silent=(Silence(source="telegram:x", since=AT), Silence(source="y", since=AT, title="МВА")),
        alerts=(
            InForce(id="alr_1", headline="В укриття", state="issued", places=(IZIUM,), expires=AT),
            InForce(id="alr_2", headline="Проба", state="draft", kind="exercise"),
        ),
        kept=(
            Kept(place=IZIUM, rule="object-civil", count=2, topics=("impact.damage",), until=AT),
        ),
    )
    assert found["silent"][0] == "telegram:x: мовчить з 07:00, остання відповідь: ніколи"
    assert found["silent"][1].startswith("МВА: ")
    assert found["alerts"] == [
        "В укриття – діє, до 07:00, Ізюм",
        "Проба – НАВЧАННЯ, чернетка чекає",
    ]
    assert found["kept"] == ["Ізюм: цивільний об’єкт, 3 години – 2 (Руйнування), до 07:00"]


def test_alerts_that_are_not_set_up_are_told_as_that() -> None:
    off = telling(Sheet(territory=RAION, at=AT, made_by="usr_1")).parts()[0]
    assert (off.key, off.nothing) == ("alerts", "alerts_off")
    none = telling(Sheet(territory=RAION, at=AT, made_by="usr_1", alerts=())).parts()[0]
    assert none.nothing == "none"


def test_the_sheet_is_told_in_english_too() -> None:
    power = Holding(dimension="power", phase="out", since=AT)
    assert rows("en", holds=(PlaceHolds(place=IZIUM, holds=(power,)),))["holds"] == [
        "Izium: Power – no power (since 07:00)"
    ]


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_every_rule_that_withholds_statements_has_words(lang: str) -> None:
    words = desk_words(lang)
    for rule in load_policy("ua-public").rules:
        if rule.withholds not in ("quote", "product", "freshness", "invitation"):
            told = words.label("handover", f"rule_{rule.id}")
            assert told != f"rule {rule.id}", rule.withholds


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_every_key_that_a_sheet_can_ask_for_is_there(lang: str) -> None:
    words = desk_words(lang)
    for state in ("issued", "issuing", "draft", "held", "approved"):
        assert words(f"handover.alert_{state}")
    for kind in ("exercise", "test", "system", "draft"):
        assert words(f"handover.kind_{kind}")
    for section in ("alerts", "holds", "tasks", "promises", "asked", "silent", "kept"):
        assert words(f"handover.{section}")
        assert words(f"handover.nothing_{section}")
