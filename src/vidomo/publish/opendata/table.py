"""The tables of the open data: one list of columns and rows from which every file is written."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from vidomo.disclosure.open_model import OpenState, OpenStatement, OpenView
from vidomo.publish.atlas import Atlas
from vidomo.publish.opendata.units import UnitNames, unit_names

Value = str | int | bool | date | tuple[str, ...] | None


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    DAY = "day"
    COUNT = "count"
    FLAG = "flag"
    LIST = "list"


class Column(msgspec.Struct, frozen=True):
    """One column.

    Attributes:
        hxl: Its tag of the Humanitarian Exchange Language.
        codes: Section of the words of pages that lists its codes; empty where it has none.
    """

    name: str
    kind: Kind
    hxl: str
    codes: str = ""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """Columns and rows; the first column is the key."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


_PLACE = (
    Column("adm1_katottg", Kind.TEXT, "#adm1+code+v_katottg"),
    Column("adm1_pcode", Kind.TEXT, "#adm1+code+v_pcode"),
    Column("adm1_name_uk", Kind.TEXT, "#adm1+name+i_uk"),
    Column("adm1_name_en", Kind.TEXT, "#adm1+name+i_en"),
    Column("adm2_katottg", Kind.TEXT, "#adm2+code+v_katottg"),
    Column("adm2_pcode", Kind.TEXT, "#adm2+code+v_pcode"),
    Column("adm2_name_uk", Kind.TEXT, "#adm2+name+i_uk"),
    Column("adm2_name_en", Kind.TEXT, "#adm2+name+i_en"),
    Column("level", Kind.TEXT, "#meta+level", "level"),
    Column("is_of_part", Kind.FLAG, "#meta+partial"),
)
_ID = Column("id", Kind.TEXT, "#meta+id")
_HELD = (
    Column("held_from", Kind.DAY, "#date+start"),
    Column("held_until", Kind.DAY, "#date+end"),
)
_CLAIMS = Column("claims", Kind.LIST, "#meta+claims")
STATEMENTS = (
    _ID,
    Column("day", Kind.DAY, "#date+reported"),
    Column("day_until", Kind.DAY, "#date+reported+end"),
    *_HELD,
    *_PLACE,
    Column("topic", Kind.TEXT, "#event+code", "topic"),
    Column("kind", Kind.TEXT, "#meta+kind", "kind"),
    Column("polarity", Kind.TEXT, "#meta+polarity", "polarity"),
    Column("speaker", Kind.TEXT, "#org+name+i_uk"),
    Column("speaker_en", Kind.TEXT, "#org+name+i_en"),
    Column("source", Kind.TEXT, "#meta+source"),
    Column("url", Kind.TEXT, "#meta+url"),
    Column("lang", Kind.TEXT, "#meta+lang"),
    Column("quote", Kind.TEXT, "#description+quote"),
    Column("quote_start", Kind.COUNT, "#meta+quote+start"),
    Column("quote_end", Kind.COUNT, "#meta+quote+end"),
    Column("quote_sha256", Kind.TEXT, "#meta+quote+sha256"),
    Column("report", Kind.TEXT, "#meta+report"),
    _CLAIMS,
)
STATES = (
    _ID,
    Column("day", Kind.DAY, "#date"),
    *_PLACE,
    Column("dimension", Kind.TEXT, "#indicator+code", "dimension"),
    Column("phase", Kind.TEXT, "#status+code", "phase"),
    Column("speakers", Kind.LIST, "#org+name+i_uk"),
    _CLAIMS,
)
OUTAGES = (
    _ID,
    Column("day", Kind.DAY, "#date+reported"),
    *_HELD,
    *_PLACE,
    Column("topic", Kind.TEXT, "#event+code", "topic"),
    Column("speaker", Kind.TEXT, "#org+name+i_uk"),
    Column("url", Kind.TEXT, "#meta+url"),
    _CLAIMS,
)


def tables_of(view: OpenView, *, atlas: Atlas) -> tuple[Table, ...]:
    """Return the tables of a view: statements, states and announced outages."""
    return (
        Table(
            name="statements",
            columns=STATEMENTS,
            rows=_rows(view.statements, STATEMENTS, atlas=atlas),
        ),
        Table(name="states", columns=STATES, rows=_rows(view.states, STATES, atlas=atlas)),
        Table(name="outages", columns=OUTAGES, rows=_rows(view.outages, OUTAGES, atlas=atlas)),
    )


def _rows(
    items: Iterable[OpenStatement | OpenState], columns: Sequence[Column], *, atlas: Atlas
) -> tuple[tuple[Value, ...], ...]:
    names: dict[str, UnitNames] = {}
    rows = []
    for item in items:
        if item.place not in names:
            names[item.place] = unit_names(item.place, atlas=atlas)
        rows.append(tuple(_value(item, names[item.place], column) for column in columns))
    return tuple(rows)


_RENAMED = {"quote_start": "start", "quote_end": "end", "quote_sha256": "sha256"}


def _value(item: OpenStatement | OpenState, names: UnitNames, column: Column) -> Value:
    if column.name.startswith("adm"):
        value: Value = getattr(names, column.name)
    else:
        value = getattr(item, _RENAMED.get(column.name, column.name))
    if isinstance(value, tuple):
        return tuple(clean(one) for one in value)
    if column.name == "url":
        return value if isinstance(value, str) and is_address(value) else ""
    return value if not isinstance(value, str) or column.name == "quote" else clean(value)


def clean(text: str) -> str:
    """Return a name without letters that cannot be seen and without the mark between items."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(shown.replace(";", ",").split())


def is_address(url: str) -> bool:
    """Whether a link is one of the web, and nothing else."""
    return url.startswith(("https://", "http://")) and url.isprintable() and " " not in url
