"""A message becomes bytes in one way only."""

from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given, strategies as st

from cap.situations import NOON, message, situation
from vidomo.core.errors import InputError
from vidomo.publish.alerts.model import Alert, Area, NamedValue, Reference, Resource, Scope
from vidomo.publish.alerts.read import read_alert
from vidomo.publish.alerts.text import bare, listed, tidied, unlisted
from vidomo.publish.alerts.write import cap_time, write_alert


def with_info(alert: Alert, **given: object) -> Alert:
    infos = tuple(msgspec.structs.replace(info, **given) for info in alert.infos)
    return msgspec.structs.replace(alert, infos=infos)


@given(st.integers(0, 10**6))
def test_what_is_written_is_read_back_and_written_the_same(seed: int) -> None:
    alert = situation(seed)
    body = write_alert(alert)
    assert read_alert(body) == alert
    assert write_alert(read_alert(body)) == body


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"), codec="utf-8"), max_size=40)
)
def test_a_text_survives_or_is_refused(text: str) -> None:
    try:
        tidy = tidied(text, "note")
    except InputError:
        with pytest.raises(InputError):
            write_alert(message(note=text))
        return
    assert read_alert(write_alert(message(note=text))).note == tidy
    assert tidied(tidy, "note") == tidy


@pytest.mark.parametrize(
    "sign",
    [
        "\x00",
        "\x07",
        "\x1b",
        "\x7f",
        "\x85",
        "\u061c",
        "\u200b",
        "\u200e",
        "\u200f",
        "\u2028",
        "\u202a",
        "\u202b",
        "\u202c",
        "\u202d",
        "\u202e",
        "\u2066",
        "\u2067",
        "\u2068",
        "\u2069",
        "\ufeff",
        "\ufffe",
        "\uffff",
        "\ufffd",
        "\ue000",
        "\U000e0041",
        chr(0xD800),
        "\U0010ffff",
    ],
    ids=lambda sign: f"{ord(sign):04X}",
)
def test_signs_that_show_nothing_or_turn_a_text_round_are_refused(sign: str) -> None:
    with pytest.raises(InputError, match=f"U\\+{ord(sign):04X}"):
        tidied(f"а{sign}б", "note")


def test_line_ends_and_blanks_are_made_plain() -> None:
    assert tidied("  один\r\nдва\rтри\t\n ", "note") == "один\nдва\nтри"
    assert tidied("и\u0306", "note") == "й"


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (datetime(2026, 1, 31, 12, tzinfo=UTC), "2026-01-31T14:00:00+02:00"),
        (datetime(2026, 7, 1, 12, 0, 0, 999_999, tzinfo=UTC), "2026-07-01T15:00:00+03:00"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "2026-10-25T03:30:00+03:00"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "2026-10-25T03:30:00+02:00"),
        (
            datetime(2026, 1, 31, 12, tzinfo=timezone(timedelta(hours=-5))),
            "2026-01-31T19:00:00+02:00",
        ),
    ],
)
def test_a_time_has_the_offset_of_kyiv_and_no_fractions(moment: datetime, told: str) -> None:
    assert cap_time(moment, "sent") == told


@pytest.mark.parametrize("moment", [NOON.replace(tzinfo=None), datetime(1900, 1, 1, tzinfo=UTC)])
def test_a_time_that_cap_cannot_say_is_refused(moment: datetime) -> None:
    with pytest.raises(InputError):
        write_alert(message(sent=NOON, references=(Reference("a@b.c", "x", moment),)))


@pytest.mark.parametrize("name", ["", "a b", "a,b", "a<b", "a&b", "a\nb"])
def test_a_name_of_a_message_has_no_blanks_and_marks(name: str) -> None:
    with pytest.raises(InputError):
        bare(name, "identifier")


@given(st.lists(st.text("аб в-", min_size=1).map(str.strip).filter(bool), max_size=4))
def test_listed_names_come_apart_as_they_went_together(names: list[str]) -> None:
    assert unlisted(listed(tuple(names), "addresses")) == tuple(names)


@pytest.mark.parametrize("name", ["", 'a"b'])
def test_a_listed_name_is_neither_empty_nor_quoted(name: str) -> None:
    with pytest.raises(InputError):
        listed((name,), "incidents")


@pytest.mark.parametrize(
    "given",
    [
        {"category": ()},
        {"event": " "},
        {"area": (Area(area_desc=""),)},
        {"area": (Area(area_desc="x", polygons=(((91.0, 0.0),),)),)},
        {"area": (Area(area_desc="x", polygons=(((0.0, float("nan")),),)),)},
        {"area": (Area(area_desc="x", circles=((0.0, 0.0, -1e9),)),)},
        {"parameter": (NamedValue("", "x"),)},
        {"parameter": (NamedValue("x", ""),)},
        {"resource": (Resource(resource_desc="", mime_type="a/b"),)},
    ],
    ids=str,
)
def test_an_empty_or_impossible_part_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(InputError):
        write_alert(with_info(message(), **given))


def test_an_empty_code_is_refused() -> None:
    with pytest.raises(InputError):
        write_alert(message(code=("",)))


def test_numbers_are_written_short_and_never_as_minus_nothing() -> None:
    area = Area(
        area_desc="x",
        polygons=(((-0.000001, 10.0), (1.25, 2.123456), (0, 0), (-0.000001, 10.0)),),
        circles=((1.5, 2.5, 10.0),),
        altitude=300.0,
        ceiling=1000.5,
    )
    body = write_alert(with_info(message(), area=(area,)))
    assert b"<polygon>0,10 1.25,2.12346 0,0 0,10</polygon>" in body
    assert b"<circle>1.5,2.5 10</circle>" in body
    assert b"<altitude>300</altitude>" in body
    read = read_alert(body).infos[0].area[0]
    assert (read.circles, read.altitude, read.ceiling) == (((1.5, 2.5, 10.0),), 300.0, 1000.5)


def test_a_private_message_keeps_its_addresses() -> None:
    alert = message(scope=Scope.PRIVATE, addresses=("a@b.c", "черговий області"))
    assert b'<addresses>a@b.c "' in write_alert(alert)
    assert read_alert(write_alert(alert)) == alert
