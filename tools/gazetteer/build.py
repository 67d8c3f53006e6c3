"""One build: what is known of every unit, joined from the sources."""

from collections import defaultdict
from pathlib import Path

from gazetteer import bases, codifier, geonames, latin, russian, shapes
from gazetteer.codifier import Row
from gazetteer.naming import Naming
from vidomo.gazetteer.names import fold

_SEATS_BY_HAND = {
    "UA01120000000061837": "UA01120270010073116",  # the codifier has no community of that name
    "UA01140000000010124": "UA01140230010018772",
    "UA73040000000031528": "UA73040030010052462",
}


class Build:
    """All that is known of every unit while the file is made."""

    def __init__(self, shapes_folder: Path) -> None:
        self.rows, self.stray = codifier.read()
        self.by_code = {row.code: row for row in self.rows}
        self.entries = {entry["code"]: entry for entry in bases.table("oblasts")["oblast"]}
        self.children: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            self.children[row.above[-1] if row.above else "UA"].append(row)
        self.seats = self._seats()
        self.spots = geonames.read(fold)
        self.spot_of = geonames.Matcher(
            self.rows,
            oblasts_of_admin=self._oblasts_of_admin(),
            names_of=_geonames_names,
        ).match(self.spots)
        self.centre_of = self._centres()
        self.naming = self._names()
        self.shapes = shapes.read(
            shapes_folder,
            {code: entry["shape"] for code, entry in self.entries.items()},
            seats={code: self.centre_of[self.seats[code]] for code in self.entries},
        )

    def raion_points(self) -> list[tuple[str, str, tuple[float, float]]]:
        """Return oblast, raion, and longitude and latitude of each settlement that has any."""
        return [
            (*self.by_code[code].above[:2], (spot.lon, spot.lat))
            for code, spot in sorted(self.spot_of.items())
            if len(self.by_code[code].above) > 1
        ]

    def _oblasts_of_admin(self) -> dict[str, list[str]]:
        oblasts: dict[str, list[str]] = defaultdict(list)
        for code, entry in self.entries.items():
            for admin in (entry["admin"], *entry.get("also_admin", ())):
                oblasts[admin].append(code)
        return oblasts

    def _seats(self) -> dict[str, str]:
        seats = dict(_SEATS_BY_HAND)
        for row in self.rows:
            below = self.children[row.code]
            if row.category == "H":
                first = [child.code for child in below if child.code[9:12] == "001"]
                if first:
                    seats[row.code] = first[0]
        for row in self.rows:
            if row.category == "P" and row.code not in seats:
                stem = bases.stem_of(row.name)
                same = [one for one in self.children[row.code] if bases.stem_of(one.name) == stem]
                if len(same) == 1 and same[0].code in seats:
                    seats[row.code] = seats[same[0].code]
        for code, entry in self.entries.items():
            cities = [
                row.code
                for row in self.rows
                if row.category in "MK"
                and row.name == entry["seat"]
                and (row.category == "K" or row.above[0] == code)
            ]
            if len(cities) != 1:
                raise SystemExit(f"{code}: {len(cities)} seats named {entry['seat']}")
            seats[code] = cities[0]
        return seats

    def _centres(self) -> dict[str, tuple[float, float]]:
        """Return a point for each unit: its own, its seat's, or of the largest place inside."""
        centres = {code: (spot.lat, spot.lon) for code, spot in self.spot_of.items()}
        inside: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for code, spot in self.spot_of.items():
            for above in self.by_code[code].above:
                inside[above].append((-(spot.population or 0), code))
        for row in self.rows:
            if row.code in centres or row.category not in "OPH":
                continue
            seat = self.seats.get(row.code)
            if seat in centres:
                centres[row.code] = centres[seat]
            elif inside[row.code]:
                centres[row.code] = centres[min(inside[row.code])[1]]
        return centres

    def _names(self) -> Naming:
        names = Naming()
        for row in self.rows:
            if row.category in "OK":
                names.oblast(row, self.entries[row.code])
            elif row.category in codifier.SETTLEMENTS:
                spot = self.spot_of.get(row.code)
                names.settlement(row, spot.names if spot else frozenset())
        raions = {bases.stem_of(row.name) for row in self.rows if row.category == "P"}
        capitals = {self.seats[code] for code in self.entries}
        for row in self.rows:
            if row.category not in "PHB":
                continue
            seat = self.by_code.get(self.seats.get(row.code, ""))
            region = row.category == "P" or (
                row.category == "H" and seat is not None and seat.category == "M"
            )
            if region and seat is not None:
                region = seat.code not in capitals and (
                    row.category == "P" or bases.stem_of(row.name) not in raions
                )
            names.adjectival(row, seat, region=region)
        names.countries()
        names.everyday()
        return names


def _geonames_names(row: Row) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of a unit as GeoNames may write them: sure ones, and ones by rule."""
    if row.category == "B":
        return frozenset({fold(f"{row.name} {bases.table('adjectives')['district']}")}), frozenset()
    if row.category not in codifier.SETTLEMENTS:
        return frozenset(), frozenset()
    former = bases.former_names(row.code)
    known = russian.known(row.name)
    sure = frozenset(fold(name) for name in (row.name, *former, *known))
    roman = latin.romanise(row.name, "uk").lower()
    rules = [*russian.candidates(bases.lower(row.name)), roman, *latin.variants(roman)]
    return sure, frozenset(fold(name) for name in rules) - sure
