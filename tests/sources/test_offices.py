"""Who holds an office, and on which day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from vidomo.sources.registry import Holder, OfficeChange, Registry

MVA = "city_military_administration@UA63040090010029555"
OVA = "oblast_administration@UA63000000000041885"
OTHER = "raion_administration@UA63040000000023521"
NOON = datetime(2026, 1, 10, 12, tzinfo=UTC)
BUNDLED = Registry.bundled()


def change(body: str, name: str, *, minute: int = 0, is_removed: bool = False, **days: str):
    person = Holder(role="head", names={"uk": name}, stems=BUNDLED.stems_of([name]), **days)
    return OfficeChange(
        body=body,
        holder=person,
        changed_at=NOON + timedelta(minutes=minute),
        reason="указ",
        by="черговий",
        is_removed=is_removed,
    )


def test_a_new_head_speaks_for_the_body_and_the_old_one_of_the_old_days() -> None:
    known = BUNDLED.with_offices(
        [
            change(MVA, "Сергій Федченко", until="2026-01-01"),
            change(MVA, "Тарас Вигаданий", since="2026-01-01"),
        ]
    )
    early, late = date(2025, 12, 31), date(2026, 1, 1)
    assert known.identify(None, "Тарасом Вигаданим", on=late).id == MVA
    assert known.identify(None, "Тарасом Вигаданим", on=early) is None
    assert known.identify(None, "Сергій Федченко", on=early).id == MVA
    assert known.identify(None, "Сергій Федченко", on=late) is None
    assert known.contradicts("Сергій Федченко", "начальник МВА", MVA, on=late)
    assert not known.contradicts("Сергій Федченко", "начальник МВА", MVA, on=early)
    assert known.contradicts("Тарас Вигаданий", "начальник МВА", MVA, on=early)
    assert not known.contradicts("Тарас Вигаданий", "начальник МВА", MVA, on=late)


def test_where_nobody_is_known_to_have_held_the_office_nobody_is_contradicted() -> None:
    known = BUNDLED.with_offices([change(MVA, "Сергій Федченко", until="2026-01-01")])
    assert not known.contradicts("Тарас Вигаданий", "начальник МВА", MVA, on=date(2026, 2, 1))
    assert known.contradicts("Тарас Вигаданий", "начальник МВА", MVA, on=date(2025, 2, 1))


def test_on_an_unknown_day_whoever_ever_held_it_may_speak() -> None:
    known = BUNDLED.with_offices([change(MVA, "Тарас Вигаданий", since="2026-01-01")])
    assert known.identify(None, "Тарас Вигаданий").id == MVA
    assert not known.contradicts("Тарас Вигаданий", "начальник МВА", MVA)


def test_a_head_of_a_body_that_nobody_listed_leaves_its_name_as_it_was() -> None:
    known = BUNDLED.with_offices([change(OTHER, "Тарас Вигаданий")])
    before, after = BUNDLED.body(OTHER), known.body(OTHER)
    assert (after.names, after.is_listed) == (before.names, False)
    assert [one.names["uk"] for one in after.holders] == ["Тарас Вигаданий"]
    assert {one.id for one in known.staffed()} == {MVA, OVA, OTHER}
    assert {one.id for one in BUNDLED.staffed()} == {MVA, OVA}


def test_the_last_decision_stands_in_whatever_order_they_come() -> None:
    made = [
        change(MVA, "Тарас Вигаданий", minute=1),
        change(MVA, "Тарас Вигаданий", minute=2, is_removed=True),
        change(OVA, "Олег Синєгубов", minute=3, is_removed=True),
    ]
    for order in (made, made[::-1]):
        known = BUNDLED.with_offices([*order, *order])
        assert [one.names["uk"] for one in known.body(MVA).holders] == ["Сергій Федченко"]
        assert known.body(OVA).holders == ()
        assert known.body(OVA).is_listed
    assert BUNDLED.with_offices([]) is BUNDLED


def test_sources_stay_registered_when_offices_change() -> None:
    known = BUNDLED.with_offices([change(MVA, "Тарас Вигаданий")])
    assert known.sources() == BUNDLED.sources()


@pytest.mark.parametrize(
    ("name", "stem", "form"),
    [
        ("Сергій Федченко", "федченк", "Федченком"),
        ("Тарас Садовий", "садов", "Садового"),
        ("Олег Синєгубов", "синєгубов", "Синєгубовим"),
        ("Ім'я Мазниця", "мазниц", "Мазницею"),
        ("Taras Vyhadanyi", "vyhadan", "Vyhadanyi"),
        ("Лі Ян", "ян", "Ян"),
    ],
)
def test_a_surname_is_known_in_its_case_forms(name: str, stem: str, form: str) -> None:
    assert BUNDLED.stems_of([name]) == (stem,)
    person = Holder(role="head", names={"uk": name}, stems=(stem,))
    assert person.is_named(form)
