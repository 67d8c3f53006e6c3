"""An alert on everything that residents see: there while its source is fresh, gone when it is not."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from disclosure.served import Served
from vidomo.app.house import House
from vidomo.app.live import LiveHouse
from vidomo.core.time import Interval
from vidomo.sources.model import Post

IZIUM = "UA63040090010029555"
VILLAGE = "UA63040090040096120"
BEGAN = datetime(2026, 1, 10, 8, 0, tzinfo=UTC)
FRESH = timedelta(minutes=65)
"""The source says to be heard once an hour, and five minutes more are allowed."""
STATES = ("Повітряна тривога", "тривога з", "тривога!", "Повітряна", "Alert since", "Air raid")
PAGES = ("/", f"/place/{IZIUM}/", f"/en/place/{IZIUM}/", f"/place/{VILLAGE}/", "/map/")
DIGESTS = ("sms", "mesh", "voice", "text", "notice")


@pytest.fixture
def at(tmp_path: Path):
    """Serve a city in which an alert was announced, at an instant that a test sets."""
    now = [BEGAN + timedelta(minutes=1)]
    when = Interval(BEGAN, BEGAN + timedelta(seconds=1))
    post = Post(
        source="izium_mva",
        native_id="1",
        text="🔴 Ізюм. Повітряна тривога! Прямуйте в укриття.",
        posted_at=when,
        url="https://channel.example/izium_mva/1",
    )
    with House.open(tmp_path, clock=lambda: now[0]) as house:
        house.take_in([post])
    it = Served(LiveHouse(tmp_path, clock=lambda: now[0]))

    def ask(after: timedelta) -> Callable[[str], str]:
        now[0] = BEGAN + after
        it.app.state.present.forget()
        return it.text

    yield ask
    it.stop()


def test_an_alert_is_told_while_its_source_is_fresh(at) -> None:
    text = at(timedelta(minutes=5))
    assert "Повітряна тривога" in text(f"/place/{IZIUM}/")
    assert "Air raid alert" in text(f"/en/place/{IZIUM}/")
    assert '"phase":"on"' in text(f"/api/state/{IZIUM}")


def test_nothing_shows_an_alert_when_its_source_is_silent_past_its_freshness(at) -> None:
    text = at(FRESH + timedelta(minutes=1))
    for path in PAGES:
        shown = text(path).split("Хто що сказав")[0].split("Who said what")[0]
        for state in STATES:
            assert state not in shown, path
    for kind in DIGESTS:
        told = text(f"/place/{IZIUM}/{kind}")
        assert "Повітряна тривога (" not in told
        assert "оголошен" not in told.lower()
    assert '"phase":"on"' not in text(f"/api/state/{IZIUM}")


def test_without_any_alarm_source_there_is_the_one_sentence(at) -> None:
    page = at(FRESH + timedelta(hours=2))(f"/place/{IZIUM}/")
    assert page.count("Ця сторінка не знає, чи є тривога.") == 1
