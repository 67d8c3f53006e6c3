"""The package: every file loads in a program that is not ours, and says the same as the others."""

import csv
import io
import json
import subprocess
from datetime import date
from hashlib import sha256
from pathlib import Path

import duckdb
import feedparser
import hxl
import hxl.validation
import icalendar
import pytest
import shapely
from hypothesis import given, strategies as st

from publish.opendata.packages import (
    ATLAS,
    DAY,
    FULL,
    KYIV,
    OBLAST,
    RAION,
    made,
    quoted,
    schedule,
    state,
    statement,
    view,
)
from vidomo.publish.opendata.csv_file import GUARD
from vidomo.publish.opendata.table import clean
from vidomo.publish.opendata.units import unit_names
from vidomo.publish.opendata.words import data_words

PACKAGE = made()
FILES = PACKAGE.files
TABLES = ("statements", "states", "outages")


def rows_of(name: str, files=FILES) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[name].decode(), newline="")))


def test_the_same_input_makes_the_same_bytes() -> None:
    assert made().files == FILES
    assert made().version == PACKAGE.version


# ---- tables ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLES)
def test_parquet_holds_the_same_rows_as_csv_with_types(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.parquet"
    path.write_bytes(FILES[path.name])
    found = duckdb.sql(f"select * from read_parquet('{path}')")
    rows = rows_of(f"{name}.csv")
    assert found.columns == list(rows[0])
    types = dict(zip(found.columns, map(str, found.types), strict=True))
    assert types["day"] == "DATE"
    assert types["is_of_part"] == "BOOLEAN"
    assert types["claims"] == "VARCHAR[]"
    if name == "statements":
        assert types["quote_start"] == "INTEGER"
    for stored, row in zip(found.fetchall(), rows, strict=True):
        for value, text in zip(stored, row.values(), strict=True):
            assert as_text(value) == text


def as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ";".join(value)
    return str(value)


@pytest.mark.parametrize("name", TABLES)
def test_hxl_loads_with_its_tags_and_its_codes(name: str) -> None:
    body = io.BytesIO(FILES[f"{name}.hxl.csv"])
    source = hxl.data(hxl.make_input(body, hxl.InputOptions(allow_local=True)))
    assert {"#adm1+code+v_pcode", "#adm2+code+v_katottg", "#adm2+code+v_pcode"} <= {
        tag.lower() for tag in display(source)
    }
    rows = list(source)
    assert len(rows) == len(rows_of(f"{name}.csv"))
    for row in rows:
        for tag in ("#adm1+code+v_katottg", "#adm2+code+v_katottg"):
            code = row.get(hxl.TagPattern.parse(tag))
            assert not code or ATLAS.get(code) is not None


@pytest.mark.parametrize("name", TABLES)
def test_hxl_is_valid_by_the_schema_that_comes_with_libhxl(name: str) -> None:
    found: list[hxl.validation.HXLValidationException] = []
    body = io.BytesIO(FILES[f"{name}.hxl.csv"])
    source = hxl.data(hxl.make_input(body, hxl.InputOptions(allow_local=True)))
    hxl.validation.schema(callback=found.append).validate(source)
    # Words stay exactly as they were said, their line breaks too.
    assert {(one.column.tag, one.message) for one in found} <= {
        ("#description", "Found extra whitespace")
    }


def display(source) -> list[str]:
    return [
        "+".join([column.tag, *sorted(column.attributes, key=rank)]) for column in source.columns
    ]


def rank(attribute: str) -> tuple[bool, str]:
    return attribute != "code", attribute


def test_every_tag_is_one_of_the_standard_or_in_its_namespace_for_the_rest() -> None:
    standard = {"#adm1", "#adm2", "#date", "#status", "#indicator", "#event", "#org", "#meta"}
    standard |= {"#description"}
    for name in TABLES:
        tags = FILES[f"{name}.hxl.csv"].decode().splitlines()[1].split(",")
        assert {tag.partition("+")[0] for tag in tags} <= standard
        assert len(set(tags)) == len(tags)


def test_the_first_level_and_the_raion_have_codes_of_both_lists() -> None:
    names = unit_names(RAION, atlas=ATLAS)
    assert (names.adm1_pcode, names.adm2_pcode) == ("UA63", "UA6304")
    assert (names.adm1_katottg, names.adm2_katottg) == (OBLAST, RAION)
    assert names.adm2_name_en == "Izium raion"
    assert unit_names(OBLAST, atlas=ATLAS).adm2_pcode == ""
    kyiv = unit_names(KYIV, atlas=ATLAS)
    assert (kyiv.adm1_pcode, kyiv.adm2_pcode, kyiv.adm2_katottg) == ("UA80", "UA8000", "")
    assert unit_names("UA", atlas=ATLAS) == unit_names("nowhere", atlas=ATLAS)


def test_no_two_units_have_the_same_p_code() -> None:
    raions = [unit.code for unit in ATLAS.units() if unit.level == "raion"]
    codes = [unit_names(code, atlas=ATLAS).adm2_pcode for code in raions]
    assert len(set(codes)) == len(raions) == 136
    firsts = [unit_names(unit.code, atlas=ATLAS).adm1_pcode for unit in ATLAS.oblasts()]
    assert len(set(firsts)) == len(firsts) == 27


@pytest.mark.parametrize(
    "hostile",
    ["=1+1", "+380", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "|calc", "%0A", "＝1", "＠x"],
)
def test_a_cell_that_a_spreadsheet_would_run_is_guarded(hostile: str) -> None:
    files = made(view(quoted(1, hostile, speaker=hostile, source=hostile))).files
    for name in ("statements.csv", "statements.hxl.csv"):
        row = rows_of(name, files)[-1]
        assert row["quote"] == GUARD + hostile
        assert row["speaker"].startswith(GUARD)
        assert row["source"].startswith(GUARD)


@given(st.text(max_size=40), st.text(max_size=20))
def test_no_hostile_text_breaks_a_table_or_runs_in_it(words: str, speaker: str) -> None:
    files = made(view(quoted(1, words, speaker=speaker), statement(2))).files
    rows = rows_of("statements.csv", files)
    assert len(rows) == 2
    quote = rows[0]["quote"]
    assert quote in (words, GUARD + words)
    for cell in rows[0].values():
        assert cell.strip()[:1] not in set("=+-@") or cell == ""
    for name in ("changes.atom", "outages.ics", "index.html", "CITATION.cff"):
        files[name].decode()


@given(st.text(max_size=30))
def test_a_hostile_publisher_breaks_no_file(name: str) -> None:
    files = made(view(schedule(1)), publisher=name or "x").files
    assert json.loads(files["datapackage.json"])["name"] == "vidomo-open-data"
    assert "<script" not in files["index.html"].decode().lower()
    assert not feedparser.parse(files["changes.atom"]).bozo


def test_a_link_that_is_no_address_of_the_web_is_left_out() -> None:
    for url in ("javascript:alert(1)", "https://x.example/ y", "https://x.example/\u202e"):
        files = made(view(schedule(1, url=url))).files
        assert rows_of("outages.csv", files)[0]["url"] == ""
        assert b"URL" not in files["outages.ics"]


def test_a_name_is_given_without_hidden_letters_and_list_marks() -> None:
    assert clean("Рада\u202e; відділ\n2") == "Рада , відділ 2"


# ---- map -------------------------------------------------------------------------------------


def test_every_shape_is_valid_and_runs_the_right_way_round() -> None:
    found = json.loads(FILES["states.geojson"])
    assert found["about"]["is_approximate"]
    drawn = {one["id"]: one for one in found["features"]}
    assert set(drawn) == {RAION, OBLAST, KYIV, "UA"}
    assert drawn["UA"]["geometry"] is None
    for code in (RAION, OBLAST, KYIV):
        shape = shapely.geometry.shape(drawn[code]["geometry"])
        assert shape.is_valid
        for polygon in shape.geoms:
            assert polygon.exterior.is_ccw
            assert not any(ring.is_ccw for ring in polygon.interiors)
        point = ATLAS.unit(code)
        assert shape.buffer(0.2).contains(shapely.Point(point.lon, point.lat)) or not point.lon
    inside = shapely.geometry.shape(drawn[RAION]["geometry"])
    around = shapely.geometry.shape(drawn[OBLAST]["geometry"])
    assert around.intersection(inside).area / inside.area > 0.98


def test_the_days_of_a_unit_are_those_of_the_table() -> None:
    found = json.loads(FILES["states.geojson"])["features"]
    days = {(day["id"], day["phase"]) for one in found for day in one["properties"]["days"]}
    assert days == {(row["id"], row["phase"]) for row in rows_of("states.csv")}


# ---- calendar --------------------------------------------------------------------------------


def test_an_announced_outage_is_an_event_of_whole_days() -> None:
    calendar = icalendar.Calendar.from_ical(FILES["outages.ics"])
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstart") == date(2026, 1, 11)
    assert event.decoded("dtend") == date(2026, 1, 13)
    assert event["status"] == "CONFIRMED"
    assert "Харківська область / Announced outage: Kharkiv oblast" in event["summary"]
    assert event["url"] == "https://post.example/4"


def test_an_outage_that_happened_is_no_event() -> None:
    files = made(view(statement(1, held_from=DAY, held_until=DAY))).files
    assert b"VEVENT" not in files["outages.ics"]


def test_lines_of_the_calendar_are_folded_and_end_as_the_standard_asks() -> None:
    lines = FILES["outages.ics"].split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in FILES["outages.ics"].replace(b"\r\n", b"")
    plain = FILES["outages.ics"].replace(b"\r\n ", b"").decode().split("\r\n")[:-1]
    read = [line.partition(":") for line in plain]
    assert all(colon for _, colon, _ in read)
    names = [name.partition(";")[0] for name, _, _ in read]
    assert names[:1] == ["BEGIN"]
    assert names[-1:] == ["END"]
    assert names.count("UID") == names.count("DTSTAMP") == plain.count("BEGIN:VEVENT")
    assert ("DTSTART;VALUE=DATE", ":", "20260111") in read


def test_a_withdrawn_announcement_is_cancelled_under_the_same_id_and_comes_back_confirmed() -> None:
    whole, without = view(schedule(1), statement(2)), view(statement(2))
    first = made(whole)
    second = made(without, before=first.ledger)
    third = made(whole, before=second.ledger)

    def event(files):
        (one,) = icalendar.Calendar.from_ical(files["outages.ics"]).walk("VEVENT")
        return one

    events = [event(one.files) for one in (first, second, third)]
    assert len({str(one["uid"]) for one in events}) == 1
    assert [str(one["status"]) for one in events] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert [one["sequence"] for one in events] == [0, 1, 2]
    assert "Харківська" not in events[1]["summary"]
    assert "description" not in events[1]
    assert second.changes.withdrawn == (schedule(1).id,)


# ---- feed, description, checksums ---------------------------------------------------------------


def test_the_feed_tells_of_every_version_newest_first() -> None:
    first = made()
    second = made(view(statement(9)), before=first.ledger, address="https://data.example/latest/")
    feed = feedparser.parse(second.files["changes.atom"])
    assert not feed.bozo
    assert [entry.id.rpartition(":")[2] for entry in feed.entries] == [
        second.version,
        first.version,
    ]
    assert "withdrawn: 8" in feed.entries[0].content[0].value
    assert feed.feed.links[0].href == "https://data.example/latest/changes.atom"


def test_the_description_names_every_file_with_its_size_and_digest() -> None:
    described = json.loads(FILES["datapackage.json"])
    assert described["profile"] == "data-package"
    assert described["licenses"][0]["name"] == "CC-BY-4.0"
    paths = {one["path"]: one for one in described["resources"]}
    assert set(FILES) - set(paths) == {"datapackage.json", "SHA256SUMS", "index.html"}
    for name, one in paths.items():
        assert one["bytes"] == len(FILES[name])
        assert one["hash"] == f"sha256:{sha256(FILES[name]).hexdigest()}"
    for name in TABLES:
        fields = paths[f"{name}.csv"]["schema"]["fields"]
        assert [field["name"] for field in fields] == list(rows_of(f"{name}.csv")[0])
        for field in fields:
            allowed = field.get("constraints", {}).get("enum")
            cells = {row[field["name"]] for row in rows_of(f"{name}.csv")}
            assert not allowed or cells <= set(allowed)


def test_the_checksums_are_what_sha256sum_checks(tmp_path: Path) -> None:
    for name, body in FILES.items():
        (tmp_path / name).write_bytes(body)
    ran = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count(b": OK") == len(FILES) - 1


def test_the_citation_names_version_and_licence() -> None:
    lines = dict(
        line.split(": ", 1) for line in FILES["CITATION.cff"].decode().strip().splitlines()
    )
    assert json.loads(lines["version"]) == PACKAGE.version
    assert json.loads(lines["license"]) == "CC-BY-4.0"
    assert json.loads(lines["cff-version"]) == "1.2.0"


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_the_codebook_explains_every_column_and_every_code_in_use(lang: str) -> None:
    text = FILES[f"codebook.{lang}.md"].decode()
    for name in TABLES:
        for row in rows_of(f"{name}.csv"):
            assert all(f"| `{column}` |" in text for column in row)
            assert f"`{row['level']}`" in text
            for code in ("topic", "kind", "polarity", "dimension"):
                assert code not in row or f"`{row[code]}`" in text
            if "phase" in row:
                assert f"`{row['dimension']} {row['phase']}`" in text


def test_both_languages_have_the_same_words() -> None:
    assert data_words("uk").keys == data_words("en").keys


# ---- changes ---------------------------------------------------------------------------------


def test_changes_name_the_rows_that_were_added_changed_and_withdrawn() -> None:
    first = made(view(statement(1), statement(2), states=(state(1),)))
    assert len(first.changes.added) == 3
    now = view(statement(2), statement(3), states=(state(1, phase="out"),))
    second = made(now, before=first.ledger)
    assert second.changes.added == (statement(3).id,)
    assert second.changes.changed == (state(1).id,)
    assert second.changes.withdrawn == (statement(1).id,)
    found = {(row["id"], row["change"]) for row in rows_of("changes.csv", second.files)}
    assert found == {
        (statement(3).id, "added"),
        (state(1).id, "changed"),
        (statement(1).id, "withdrawn"),
    }
    assert second.files["CHANGES.md"].decode().count(first.version) == 2


def test_an_empty_view_makes_a_whole_package(tmp_path: Path) -> None:
    files = made(view()).files
    assert set(files) == set(FILES)
    path = tmp_path / "states.parquet"
    path.write_bytes(files["states.parquet"])
    assert duckdb.sql(f"select count(*) from read_parquet('{path}')").fetchall() == [(0,)]
    assert json.loads(files["states.geojson"])["features"] == []


def test_the_package_of_the_tests_holds_every_kind_of_row() -> None:
    assert {row.level for row in (*FULL.statements, *FULL.states)} == {"country", "oblast", "raion"}
    assert FULL.outages
