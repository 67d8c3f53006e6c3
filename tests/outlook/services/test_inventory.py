import random
import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given, strategies as st

from situation.testimonies import COUNTRY, IZIUM, KHARKIV_OBLAST
from vidomo.gazetteer import Gazetteer
from vidomo.outlook.services.inventory import TEMPLATE, Inventory, read_inventory, written
from vidomo.outlook.services.kinds import NEEDED, facility_kinds
from vidomo.outlook.services.model import Backup, Facility, Need, Origin
from vidomo.outlook.services.rows import LARGEST_BYTES, MOST_ROWS

HEAD = "id,kind,place_code,needs,backup_min_h,backup_max_h,backup_origin,backup_source,recharge_h,population\n"


def read(text: str | bytes) -> Inventory:
    return read_inventory(text.encode() if isinstance(text, str) else text, units=COUNTRY)


def told(text: str | bytes) -> dict[str, str]:
    """Code of every problem, by where it is."""
    return {one.where: one.code for one in read(text).problems}


def rows(*lines: str) -> str:
    return HEAD + "\n".join(lines) + "\n"


def test_the_template_is_sound() -> None:
    found = read_inventory(TEMPLATE.encode(), units=Gazetteer.open())
    assert found.problems == ()
    hospital, pump, site = found.facilities
    assert hospital.backup == Backup(
        hours_min=8, hours_max=12, origin=Origin.OWNER, source="test of 2026-10-02"
    )
    assert [need.supplier for need in hospital.needs] == ["", "pump-1", "site-1"]
    assert hospital.needs[1].backup.hours_max == 12
    assert pump.backup.origin is Origin.UNKNOWN
    assert site.backup.origin is Origin.RULE
    assert hospital.population == 40_000
    assert pump.population is None


def test_only_id_kind_and_place_must_be_there() -> None:
    found = read(f"place_code;kind;id\n{IZIUM};Emergency Post;E1\n")
    assert found.problems == ()
    (one,) = found.facilities
    assert [need.service for need in one.needs] == ["power", "communications"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_spreadsheets_are_read_as_they_come(encoding: str, mark: str) -> None:
    line = mark.join(("id", "kind", "place_code", "backup_min_h", "backup_max_h"))
    row = mark.join(("лікарня", "hospital", IZIUM, '"6,5"', "8"))
    found = read(f"{line}\r\n{row}\r\n".encode(encoding))
    assert found.problems == ()
    assert found.facilities[0].id == "лікарня"
    assert found.facilities[0].backup.hours_min == 6.5


@pytest.mark.parametrize(
    ("line", "where", "code"),
    [
        (f",hospital,{IZIUM}", "id", "empty"),
        (f"{'x' * 61},hospital,{IZIUM}", "id", "bad_id"),
        (f"a@b,hospital,{IZIUM}", "id", "bad_id"),
        (f"=cmd(),hospital,{IZIUM}", "id", "formula"),
        (f"a\u200bb,hospital,{IZIUM}", "id", "hidden"),
        (f"a,clinic,{IZIUM}", "kind", "unknown_kind"),
        ("a,hospital,UA63", "place_code", "unknown_place"),
        ("a,hospital,", "place_code", "unknown_place"),
        (f"a,hospital,{KHARKIV_OBLAST}", "place_code", "wide_place"),
        (f"a,hospital,{IZIUM},bread", "needs", "bad_need"),
        (f"a,hospital,{IZIUM},power + power", "needs", "duplicate"),
        (f"a,hospital,{IZIUM},power:4", "needs", "bad_need"),
        (f"a,hospital,{IZIUM},water:soon", "needs", "bad_hours"),
        (f"a,hospital,{IZIUM},water:9999", "needs", "bad_hours"),
        (f"a,hospital,{IZIUM},water@b", "needs", "unknown_supplier"),
        (f"a,hospital,{IZIUM},,8,6", "backup_min_h", "bad_hours"),
        (f"a,hospital,{IZIUM},,-1,6", "backup_min_h", "bad_hours"),
        (f"a,hospital,{IZIUM},,nan,6", "backup_min_h", "bad_hours"),
        (f"a,hospital,{IZIUM},,1e9,", "backup_min_h", "bad_hours"),
        (f"a,hospital,{IZIUM},,,,owner", "backup_min_h", "empty"),
        (f"a,hospital,{IZIUM},,,,rule", "backup_origin", "no_rule"),
        (f"a,hospital,{IZIUM},,8,9,unknown", "backup_origin", "bad_origin"),
        (f"a,hospital,{IZIUM},,,,me", "backup_origin", "bad_origin"),
        (f"a,hospital,{IZIUM},,8,9,owner,{'s' * 201}", "backup_source", "too_long"),
        (f"a,hospital,{IZIUM},,,,,,soon", "recharge_h", "bad_hours"),
        (f"a,hospital,{IZIUM},,,,,,,many", "population", "bad_number"),
        (f"a,hospital,{IZIUM},,,,,,,99999999999", "population", "bad_number"),
    ],
)
def test_a_problem_is_told_with_its_row_and_field(line: str, where: str, code: str) -> None:
    found = read(rows(line))
    assert (f"facilities.csv, row 2: {where}", code) in {
        (one.where, one.code) for one in found.problems
    }
    assert all(one.hint for one in found.problems)
    assert "a" not in {one.id for one in found.facilities} or code == "unknown_supplier"


def test_every_problem_of_a_table_is_told_at_once() -> None:
    found = told(
        rows(
            f"A,hospital,{IZIUM},water@B,9,6",
            f"a,school,{IZIUM}",
            "C,clinic,UA00,water@A",
            f"B,water,{IZIUM},heat@H",
            f"H,heating,{IZIUM},water@B",
        )
    )
    assert found == {
        "facilities.csv, row 2: backup_min_h": "bad_hours",
        "facilities.csv, row 3: id": "duplicate",
        "facilities.csv, row 4: kind": "unknown_kind",
        "facilities.csv, row 4: place_code": "unknown_place",
        "facilities.csv, row 4: needs": "wrong_supplier",
        "facilities.csv, row 5: needs": "cycle",
    }


def test_rings_are_told_whole() -> None:
    found = read(
        rows(
            f"A,hospital,{IZIUM},water@B",
            f"B,water,{IZIUM},health@A",
            f"C,water,{IZIUM},water@C",
        )
    )
    rings = sorted(one.found for one in found.problems if one.code == "cycle")
    assert rings == ["these wait for each other: A -> B -> A", "these wait for each other: C -> C"]


def test_a_supplier_must_be_written_as_its_id_is() -> None:
    found = read(rows(f"A,hospital,{IZIUM},water@b", f"B,water,{IZIUM}"))
    assert "is written 'B'" in found.problems[0].found


@pytest.mark.parametrize(
    "column",
    ["address", "Адреса", "lat", "longitude", "geo_point", "phone", "ПІБ директора", "X coord"],
)
def test_where_something_stands_and_who_answers_there_is_refused(column: str) -> None:
    found = read(f"id,kind,place_code,{column}\nA,hospital,{IZIUM},x\n")
    assert [one.code for one in found.problems] == ["position"]
    assert "dangerous" in found.problems[0].hint
    assert found.facilities == ()


def test_a_column_that_is_not_asked_for_is_refused() -> None:
    found = read(f"id,kind,place_code,beds\nA,hospital,{IZIUM},200\n")
    assert [one.code for one in found.problems] == ["unknown_column"]


def _refused() -> list[dict[str, str]]:
    path = files("vidomo.outlook.services") / "tables" / "refused.toml"
    return tomllib.loads(path.read_text("utf-8"))["words"]


@pytest.mark.parametrize("row", _refused(), ids=lambda row: row["example"])
def test_a_pattern_finds_its_example_and_leaves_its_counter_example(row: dict[str, str]) -> None:
    assert re.search(row["pattern"], row["example"])
    assert not any(re.search(one["pattern"], row["counter"]) for one in _refused())
    quoted = row["example"].replace('"', "")
    found = read(HEAD + f'"{quoted}",hospital,{IZIUM}\n')
    assert "position" in {one.code for one in found.problems}
    # The very address is not told on, not even in a problem.
    assert not any(quoted in one.found for one in found.problems if one.code == "position")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "missing_column"),
        (b"PK\x03\x04 a spreadsheet \xd0", "not_text"),
        (b"\xff\xfe\x00", "not_text"),
        (b"id\x00,kind", "not_text"),
        (b"x" * (LARGEST_BYTES + 1), "too_large"),
        (b"id,kind,place_code,id\n", "duplicate"),
        (b'id,kind,place_code\n"A,hospital', "not_a_table"),
        (b"id,kind,place_code\nA,hospital,UA,x,y\n", "too_many_cells"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_why(body: bytes, code: str) -> None:
    found = read(body)
    assert code in {one.code for one in found.problems}
    assert found.facilities == ()


def test_a_swollen_table_is_read_no_further() -> None:
    found = read(HEAD + "\n" * 10 + "a,hospital,x\n" * (MOST_ROWS + 5))
    assert found.problems[-1].code == "too_many"


def test_what_is_written_is_read_the_same() -> None:
    dice = random.Random(7)
    pumps = [_facility(dice, f"W{number}", "water") for number in range(5)]
    others = [
        _facility(
            dice, f"F{number}", dice.choice(list(facility_kinds())), supplier=f"W{number % 5}"
        )
        for number in range(40)
    ]
    some = sorted([*pumps, *others], key=lambda one: one.id)
    found = read(written(some))
    assert found.problems == ()
    assert list(found.facilities) == some


def _facility(dice: random.Random, name: str, kind: str, supplier: str = "") -> Facility:
    low = float(dice.randint(0, 9))
    given = Backup(
        hours_min=low,
        hours_max=dice.choice((None, low + 2)),
        origin=Origin.OWNER,
        source=dice.choice(("", "said so, by letter")),
        recharge_h=dice.choice((None, 5.0)),
    )
    needs = (
        Need(service="power"),
        Need(service=dice.choice([one for one in NEEDED if one not in ("power", "water")])),
    )
    if supplier:
        held = Backup(hours_min=low, hours_max=low + 1, origin=Origin.OWNER)
        needs = (
            *needs,
            Need(service="water", supplier=supplier, backup=dice.choice((Backup(), held))),
        )
    return Facility(
        id=name,
        kind=kind,
        place=IZIUM,
        needs=needs,
        backup=dice.choice((given, facility_kinds()[kind].usual_backup, Backup())),
        population=dice.choice((None, 12)),
    )


@given(st.binary(max_size=200))
def test_whatever_the_bytes_nothing_but_problems_comes_of_it(body: bytes) -> None:
    read(body)
    read(HEAD.encode() + body)


@given(st.lists(st.text(alphabet="aA1;,\"'|+@:-. вул=\n\t", max_size=12), min_size=3, max_size=10))
def test_whatever_the_cells_nothing_but_problems_comes_of_it(cells: list[str]) -> None:
    found = read(HEAD + ",".join(cells) + "\n")
    assert all(one.found and one.hint and one.where for one in found.problems)
