"""Views and packages for the tests of the open data, in invented words."""

from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256

import duckdb
import msgspec

from vidomo.core.ids import content_id
from vidomo.disclosure.open_model import OpenState, OpenStatement, OpenView
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.shapes import bundled_shapes
from vidomo.publish.opendata import Ledger, Package, make_package

ATLAS = Gazetteer.open()
RAION = "UA63040000000023521"
OBLAST = "UA63000000000041885"
KYIV = "UA80000000000093317"
COUNTRY = "UA"
DAY = date(2026, 1, 10)


def statement(number: int, **changes: object) -> OpenStatement:
    fields = {
        "id": content_id("row", number),
        "day": DAY,
        "day_until": DAY,
        "held_from": None,
        "held_until": None,
        "place": RAION,
        "level": "raion",
        "topic": "impact.power.outage",
        "kind": "report",
        "polarity": "affirmed",
        "speaker": "Вигадана обласна військова адміністрація",
        "speaker_en": "Invented oblast military administration",
        "source": "ova_channel",
        "url": f"https://post.example/{number}",
        "lang": "uk",
        "report": f"rep_{number}",
        "claims": (f"clm_{number}",),
    }
    return OpenStatement(**(fields | changes))


def quoted(number: int, words: str, **changes: object) -> OpenStatement:
    digest = sha256(words.encode()).hexdigest()
    return statement(number, quote=words, start=3, end=3 + len(words), sha256=digest, **changes)


def schedule(number: int, **changes: object) -> OpenStatement:
    more = {
        "topic": "power.schedule",
        "kind": "plan",
        "held_from": date(2026, 1, 11),
        "held_until": date(2026, 1, 12),
        "place": OBLAST,
        "level": "oblast",
    }
    return statement(number, **(more | changes))


def state(number: int, **changes: object) -> OpenState:
    fields = {
        "id": content_id("row", "state", number),
        "day": DAY,
        "place": RAION,
        "level": "raion",
        "dimension": "power",
        "phase": "partial",
        "is_of_part": True,
        "speakers": ("Вигадана міська рада", "ДСНС"),
        "claims": ("clm_1", "clm_2"),
    }
    return OpenState(**(fields | changes))


def view(*statements: OpenStatement, states: tuple[OpenState, ...] = ()) -> OpenView:
    return OpenView(policy="ua-open-data", last_day=DAY, statements=statements, states=states)


FULL = view(
    quoted(1, "в районі\nнемає світла, і це «все»"),
    statement(2, place=KYIV, level="oblast", topic="alert.start"),
    statement(3, place=COUNTRY, level="country", url="", speaker_en=""),
    schedule(4),
    states=(
        state(1),
        state(2, place=OBLAST, level="oblast", dimension="alert", phase="on", is_of_part=False),
        state(3, place=KYIV, level="oblast", dimension="water", phase="out", is_of_part=False),
        state(4, place=COUNTRY, level="country", dimension="attack", phase="threat", claims=()),
    ),
)


def made(some: OpenView = FULL, *, before: Ledger | None = None, **more: str) -> Package:
    return make_package(some, atlas=ATLAS, shapes=bundled_shapes(), before=before, **more)


def later(some: OpenView, days: int = 1) -> OpenView:
    day = date.fromordinal(some.last_day.toordinal() + days)
    return msgspec.structs.replace(some, last_day=day)


def texts(files: Mapping[str, bytes], folder: object) -> Iterator[tuple[str, str]]:
    """Yield every file as text; a Parquet file both as its bytes and as what is stored in it."""
    for name, body in files.items():
        yield name, body.decode("utf-8", "replace")
        if name.endswith(".parquet"):
            path = folder / name
            path.write_bytes(body)
            rows = duckdb.sql(f"select * from read_parquet('{path}')").fetchall()
            yield f"rows of {name}", repr(rows)
