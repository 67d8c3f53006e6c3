from datetime import UTC, date, datetime, timedelta

import pytest

from vidomo.app.reader import read
from vidomo.core.time import Interval, instant_interval
from vidomo.outlook.review.schedule import Announced, announced

DNIPRO = "UA12000000000090473"
POSTED = datetime(2025, 12, 4, 18, tzinfo=UTC)
TEXT = """Графік погодинних відключень на 05.12.2025.
05.12.2025 з 06:30 до 10:00 графік погодинних відключень для черг 1.1, 5.2.
05.12.2025 з 20:00 до 24:00 графік погодинних відключень для черг 5.2.
05.12.2025 для черг 2.1, 3.1, 3.2, 4.1, 6.2 відключень за графіком немає."""


def said(queue: str) -> Announced:
    return announced(read(TEXT, home=DNIPRO, posted_at=instant_interval(POSTED)), queue)


def kyiv(hour: int, minute: int = 0) -> datetime:
    return datetime(2025, 12, 4, 22, tzinfo=UTC) + timedelta(hours=hour, minutes=minute)


def test_the_stretches_of_a_queue_are_those_announced() -> None:
    assert said("5.2").off == (Interval(kyiv(6, 30), kyiv(10)), Interval(kyiv(20), kyiv(24)))
    assert said("1.1").off == (Interval(kyiv(6, 30), kyiv(10)),)


@pytest.mark.parametrize("queue", ["2.1", "3.1", "3.2", "4.1", "6.2"])
def test_a_queue_named_without_a_stretch_has_power(queue: str) -> None:
    assert said(queue).days == (date(2025, 12, 5),)
    assert said(queue).is_off(kyiv(7)) is False


def test_of_a_queue_that_is_not_named_nothing_is_known() -> None:
    assert said("6.1").is_off(kyiv(7)) is None


@pytest.mark.parametrize(
    ("moment", "answer"),
    [(kyiv(6), False), (kyiv(6, 30), True), (kyiv(10), False), (kyiv(24), None)],
)
def test_of_a_day_not_spoken_of_nothing_is_known(moment: datetime, answer: bool | None) -> None:  # noqa: FBT001
    assert said("5.2").is_off(moment) is answer


def test_each_stretch_names_the_claim_behind_it() -> None:
    assert len(set(said("5.2").claims)) == 2


def test_other_statements_announce_nothing() -> None:
    text = "Черга 1.1 без світла. У Дніпрі пролунали вибухи. Графік погодинних відключень діє для черги 1.1."
    assert announced(read(text, home=DNIPRO), "1.1").days == ()
