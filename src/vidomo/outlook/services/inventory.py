"""The inventory of facilities as a table: read, checked whole, written in its one form."""

import csv
import io
import re
from collections.abc import Iterable

import msgspec

from vidomo.core.problems import Problem
from vidomo.gazetteer.model import Level
from vidomo.outlook.services.kinds import NEEDED, POWER, facility_kinds
from vidomo.outlook.services.links import check_links
from vidomo.outlook.services.model import Backup, Facility, Need, Origin
from vidomo.outlook.services.rows import COLUMNS, POSITION_HINT, decoded, refused, rows_of_table
from vidomo.situation.hierarchy import Units

TEMPLATE = """\
id,kind,place_code,needs,backup_min_h,backup_max_h,backup_origin,backup_source,recharge_h,population
hospital-1,hospital,UA63040090010029555,power + water@pump-1:6-12 + communications@site-1,8,12,owner,test of 2026-10-02,,40000
pump-1,water,UA63040090010029555,power,,,,,,
site-1,mobile_site,UA63040090010029555,power,,,,,,
"""
LONGEST_ID, LONGEST_SOURCE = 60, 200
LONGEST_H = 24.0 * 90
"""Backup of more than three months is a slip of the pen (our own choice)."""
MOST_PEOPLE = 50_000_000
_DIGITS = 11
_NEED = re.compile(r"(?P<service>[a-z]+)(?:@(?P<supplier>[^:]+))?(?::(?P<hours>.+))?")
_HOURS = re.compile(r"(\d+(?:[.,]\d+)?)(?:\s*-\s*(\d+(?:[.,]\d+)?))?")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


class Inventory(msgspec.Struct, frozen=True, kw_only=True):
    """What a table says, with all that is wrong with it.

    Attributes:
        facilities: Rows without a problem of their own, in the order of the table.
        problems: Everything found; the table is sound when there is none.
    """

    facilities: tuple[Facility, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_inventory(body: bytes, *, units: Units, name: str = "facilities.csv") -> Inventory:
    """Return what a table of facilities says, with every problem by row and field.

    UTF-8, UTF-16 with a mark, or Windows-1251; commas, semicolons or tabs; decimal commas.
    A column that is not asked for is refused: whatever it holds, the risk needs it not.

    Args:
        body: The file.
        units: Units of the country, for codes.
        name: How the file is called in problems.
    """
    problems: list[Problem] = []
    text = decoded(body, name, problems)
    if text is None:
        return Inventory(problems=tuple(problems))
    found: list[Facility] = []
    sound: set[str] = set()
    rows_of: dict[str, int] = {}
    for number, cells in rows_of_table(text, name, problems):
        before = len(problems)
        row = _Row(number, cells, name, problems)
        facility = row.facility(units)
        key = facility.id.casefold()
        if key in rows_of:
            row.tell(
                "duplicate", "id", f"{facility.id!r} is in row {rows_of[key]} too", "duplicate"
            )
            continue
        rows_of[key] = number
        found.append(facility)
        if len(problems) == before:
            sound.add(facility.id)
    problems += check_links(found, rows_of=rows_of, name=name)
    return Inventory(
        facilities=tuple(one for one in found if one.id in sound), problems=tuple(problems)
    )


def written(facilities: Iterable[Facility]) -> str:
    """Return the table of facilities in its one form, in the order of their ids."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for one in sorted(facilities, key=lambda item: item.id):
        is_owner = one.backup.origin is Origin.OWNER
        table.writerow(
            (
                one.id,
                one.kind,
                one.place,
                " + ".join(_need_text(need) for need in one.needs),
                _plain(one.backup.hours_min) if is_owner else "",
                _plain(one.backup.hours_max) if is_owner else "",
                _origin_text(one),
                one.backup.source if is_owner else "",
                _plain(one.backup.recharge_h),
                "" if one.population is None else one.population,
            )
        )
    return out.getvalue()


class _Row:
    """One row of the table being read."""

    def __init__(
        self, number: int, cells: dict[str, str], name: str, problems: list[Problem]
    ) -> None:
        self._number, self._cells, self._name = number, cells, name
        self._problems = problems

    def text(self, field: str) -> str:
        return self._cells.get(field, "")

    def tell(self, code: str, field: str, found: str, hint: str) -> None:
        where = f"{self._name}, row {self._number}: {field}"
        self._problems.append(
            Problem(code=code, found=found, hint=HINTS.get(hint, hint), where=where)
        )

    def facility(self, units: Units) -> Facility:
        """Return the facility of the row, as far as it can be read."""
        self._check_words()
        kind = self._kind()
        return Facility(
            id=self._id(),
            kind=kind,
            place=self._place(units),
            needs=self._needs(kind),
            backup=self._backup(kind),
            population=self._population(),
        )

    def _check_words(self) -> None:
        for field, text in self._cells.items():
            if _HIDDEN.search(text):
                self.tell("hidden", field, "there are invisible characters", "hidden")
            for why, pattern in refused().words:
                # The value itself is not told on: it may be the very address.
                if pattern.search(text):
                    self.tell("position", field, f"this looks like {why}", "position")
                    break
            if text[:1] in ("=", "@", "+"):
                self.tell("formula", field, f"{text[:20]!r} begins like a formula", "formula")

    def _id(self) -> str:
        text = self.text("id")
        if not text:
            self.tell("empty", "id", "there is none", "id")
        elif len(text) > LONGEST_ID or any(mark in text for mark in "@:+|,;\"'<>"):
            self.tell("bad_id", "id", f"{text[:40]!r}", "id")
        return text

    def _kind(self) -> str:
        text = self.text("kind").casefold().replace(" ", "_").replace("-", "_")
        if text not in facility_kinds():
            self.tell("unknown_kind", "kind", f"{text[:40]!r} is no kind", "kind")
        return text

    def _place(self, units: Units) -> str:
        code = self.text("place_code").upper()
        unit = units.get(code) if code else None
        if unit is None:
            self.tell(
                "unknown_place", "place_code", f"{code[:40]!r} is no unit of Ukraine", "place"
            )
        elif unit.level not in (Level.SETTLEMENT, Level.CITY_DISTRICT):
            self.tell("wide_place", "place_code", f"{code} is a {unit.level.value}", "place")
        return code

    def _needs(self, kind: str) -> tuple[Need, ...]:
        text = self.text("needs")
        if not text:
            row = facility_kinds().get(kind)
            return tuple(Need(service=one) for one in row.needs) if row else ()
        found: list[Need] = []
        for part in re.split(r"[+|,;]", text):
            match = _NEED.fullmatch(part.strip().casefold()) if part.strip() else None
            if match is None or match["service"] not in NEEDED:
                self.tell("bad_need", "needs", f"{part.strip()[:40]!r}", "needs")
                continue
            # The id keeps its own capitals.
            supplier = (part.strip().partition("@")[2].partition(":")[0]).strip()
            if match["service"] == POWER and (supplier or match["hours"]):
                self.tell("bad_need", "needs", f"{part.strip()[:40]!r}", "power")
                continue
            found.append(
                Need(
                    service=match["service"],
                    supplier=supplier,
                    backup=self._held(match["hours"] or ""),
                )
            )
        keys = [(need.service, need.supplier) for need in found]
        if len(set(keys)) < len(keys):
            self.tell("duplicate", "needs", "a need is named twice", "duplicate")
        return tuple(found)

    def _held(self, text: str) -> Backup:
        if not text:
            return Backup()
        match = _HOURS.fullmatch(text.strip())
        if match is None:
            self.tell("bad_hours", "needs", f"{text[:40]!r} are no hours", "needs")
            return Backup()
        low = self._checked_h("needs", match[1])
        high = self._checked_h("needs", match[2] or match[1])
        return self._between("needs", low, high, source="", recharge_h=None)

    def _backup(self, kind: str) -> Backup:
        origin = self.text("backup_origin").casefold()
        low, high = self._hours("backup_min_h"), self._hours("backup_max_h")
        recharge_h = self._hours("recharge_h")
        row = facility_kinds().get(kind)
        ruled = row.usual_backup if row else Backup()
        if origin not in ("", *Origin):
            self.tell("bad_origin", "backup_origin", f"{origin[:40]!r}", "origin")
        is_given = low is not None or high is not None
        if is_given and origin in (Origin.RULE, Origin.UNKNOWN):
            self.tell("bad_origin", "backup_origin", f"hours are given and {origin!r}", "origin")
        if origin == Origin.OWNER and not is_given:
            self.tell("empty", "backup_min_h", "the owner gives no hours", "owner")
        if origin == Origin.RULE and ruled.origin is not Origin.RULE:
            self.tell("no_rule", "backup_origin", f"no rule gives hours to {kind!r}", "rule")
        if not is_given:
            start = Backup() if origin == Origin.UNKNOWN else ruled
            return msgspec.structs.replace(start, recharge_h=recharge_h)
        source = self.text("backup_source")
        if len(source) > LONGEST_SOURCE:
            self.tell("too_long", "backup_source", f"{len(source)} characters", "source")
        return self._between("backup_min_h", low, high, source=source, recharge_h=recharge_h)

    def _between(
        self,
        field: str,
        low: float | None,
        high: float | None,
        *,
        source: str,
        recharge_h: float | None,
    ) -> Backup:
        # One bound alone leaves the other open: nothing at the least, nobody knows at the most.
        start = 0.0 if low is None else low
        if high is not None and high < start:
            self.tell("bad_hours", field, f"at least {start:g} and at most {high:g}", "order")
        return Backup(
            hours_min=start,
            hours_max=high,
            origin=Origin.OWNER,
            source=source,
            recharge_h=recharge_h,
        )

    def _hours(self, field: str) -> float | None:
        text = self.text(field)
        return self._checked_h(field, text) if text else None

    def _checked_h(self, field: str, text: str) -> float | None:
        try:
            hours = float(text.replace(",", ".")) if text.isascii() else -1.0
        except ValueError:
            hours = -1.0
        if not 0 <= hours <= LONGEST_H:
            self.tell("bad_hours", field, f"{text[:40]!r}", "hours")
            return None
        return hours

    def _population(self) -> int | None:
        text = self.text("population").replace(" ", "").replace("\u00a0", "")
        if not text:
            return None
        if not (
            text.isascii() and text.isdigit() and len(text) <= _DIGITS and int(text) <= MOST_PEOPLE
        ):
            self.tell("bad_number", "population", f"{text[:40]!r}", "population")
            return None
        return int(text)


HINTS = {
    "duplicate": "name it once",
    "hidden": "type the cell anew",
    "position": POSITION_HINT,
    "formula": "write a plain word; spreadsheets run such cells",
    "id": "a short name of your own, without @ : + | , ; quotes",
    "kind": "one of: " + ", ".join(facility_kinds()),
    "place": "the code of a settlement or city district: vidomo places find NAME",
    "needs": "like: power + water@pump-1:6-12 + communications; one of " + ", ".join(NEEDED),
    "power": "power comes from the place; hours without it go into backup_min_h and backup_max_h",
    "origin": "owner with hours, rule or unknown without, or leave it empty",
    "owner": "give backup_min_h and backup_max_h, or leave the origin empty: then it is unknown",
    "rule": "only mobile_site has one; ask the owner, or leave it empty: then it is unknown",
    "source": "say it in at most 200 characters",
    "order": "the least hours come first",
    "hours": "hours from 0 to 2160, such as 8 or 6.5",
    "population": "a whole number of people, or nothing",
}


def _need_text(need: Need) -> str:
    text = need.service + (f"@{need.supplier}" if need.supplier else "")
    if need.backup.origin is Origin.UNKNOWN:
        return text
    most = need.backup.hours_max
    least = need.backup.hours_min
    return f"{text}:{_plain(least)}" + (f"-{_plain(most)}" if most not in (None, least) else "")


def _origin_text(one: Facility) -> str:
    """Return who gives the hours; empty where the kind itself says it."""
    usual = facility_kinds()[one.kind].usual_backup.origin
    return "" if one.backup.origin is usual else one.backup.origin.value


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
