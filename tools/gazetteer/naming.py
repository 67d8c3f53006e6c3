"""Which words stand for which units."""

from collections import defaultdict
from typing import Any

from gazetteer import latin, russian
from gazetteer.bases import (
    Base,
    adjective,
    english,
    former_names,
    lower,
    noun,
    stem_of,
    table,
    titled,
)
from gazetteer.codifier import Row

PSEUDO = {"UA": "home", "RU": "country", "ZZ": "elsewhere"}  # code to section of the table
_LANGS = ("uk", "ru")
_GENERATED = 3  # Russian spellings kept of a village whose Russian name nobody told


class Naming:
    """Collects the bases of all units.

    Attributes:
        units: Base to the codes of the units it stands for.
        ru: Code to the Russian name shown.
        en: Code to the English name shown.
        former: Code to former Ukrainian names.
        ru_by_rule: Codes whose Russian name nobody confirms.
    """

    def __init__(self) -> None:
        self.units: dict[Base, set[str]] = defaultdict(set)
        self.ru: dict[str, str] = {}
        self.en: dict[str, str] = {}
        self.former: dict[str, list[str]] = defaultdict(list)
        self.ru_by_rule: set[str] = set()

    def _add(self, code: str, *bases: Base) -> None:
        for base in bases:
            if base.word:
                self.units[base].add(code)

    # --- settlements ---------------------------------------------------------------------------

    def settlement(self, row: Row, others: frozenset[str]) -> None:
        """Name a settlement in three languages.

        Args:
            row: The settlement.
            others: What GeoNames calls it, folded, in any language.
        """
        known = russian.known(row.name) if row.category in "KMX" else ()
        found = russian.confirmed(lower(row.name), others)
        spellings = [lower(name) for name in known] or ([found] if found else [])
        origin = "official" if spellings else "generated"
        if not spellings:
            spellings = list(russian.candidates(lower(row.name))[:_GENERATED])
            self.ru_by_rule.add(row.code)
        self._add(row.code, noun(row.name, lang="uk", origin="official"))
        self._add(row.code, *(noun(name, lang="ru", origin=origin) for name in spellings))
        self.ru[row.code] = known[0] if known else titled(spellings[0])
        self.en[row.code] = self._latin(row.code, row.name, spellings[0], kind="name")
        for name in former_names(row.code):
            self.former[row.code].append(name)
            ru = russian.former(name)
            self._add(row.code, noun(name, lang="uk", origin="former"))
            self._add(row.code, noun(ru, lang="ru", origin="former"))
            self._latin(row.code, name, ru, kind="name", former=True)

    def _latin(self, code: str, name: str, ru: str, *, kind: str, former: bool = False) -> str:
        usual: str = table("english")["usual"].get(name) or latin.romanise(name, "uk")
        others = {
            latin.romanise(ru, "ru"),
            *latin.variants(usual.lower()),
            *table("english")["also"].get(name, ()),
        }
        self._add(code, english(usual, kind=kind, origin="former" if former else "official"))
        for spelling in sorted(others - {usual.lower(), usual}):
            self._add(code, english(spelling, kind=kind, origin="former" if former else "alias"))
        return usual

    # --- raions, communities, districts of cities ----------------------------------------------

    def adjectival(self, row: Row, seat: Row | None, *, region: bool) -> None:
        """Name a raion, a community or a district of a city.

        Args:
            row: The unit.
            seat: Where it is run from.
            region: Whether a noun in -shchyna stands for it.
        """
        formers = former_names(row.code)
        self.former[row.code].extend(formers)
        gender = "feminine" if row.category == "H" else "masculine"
        ru = russian.adjective_stem(stem_of(lower(row.name)))
        self.ru[row.code] = titled(ru) + table("adjectives")["ru"][gender]
        if row.category != "P" and not russian.is_known_stem(stem_of(lower(row.name))):
            self.ru_by_rule.add(row.code)
        for name in (row.name, *formers):
            origin = "official" if name == row.name else "former"
            ru_origin = "generated" if row.code in self.ru_by_rule else "official"
            stems = {"uk": stem_of(lower(name)), "ru": russian.adjective_stem(stem_of(lower(name)))}
            self._add(row.code, adjective(stems["uk"], lang="uk", origin=origin))
            ru_origin = origin if origin == "former" else ru_origin
            self._add(row.code, adjective(stems["ru"], lang="ru", origin=ru_origin))
            roman = latin.romanise(name, "uk")
            self._add(row.code, english(roman, kind="adjective", origin=origin))
            if region:
                self._region(row.code, stems, origin="alias" if origin == "official" else origin)
        self.en[row.code] = latin.romanise(row.name, "uk")
        if seat is not None and _same_root(lower(row.name), lower(seat.name)):
            self.en[row.code] = self._latin(
                row.code, seat.name, lower(self.ru[seat.code]), kind="adjective"
            )
            for name in former_names(seat.code):
                old = russian.former(name)
                self._latin(row.code, name, old, kind="adjective", former=True)

    def _region(self, code: str, stems: dict[str, str], *, origin: str) -> None:
        for lang, stem in stems.items():
            for find, puts in table("adjectives")[lang]["regions"]:
                if not stem.endswith(find):
                    continue
                for put in puts:
                    word = stem.removesuffix(find) + put
                    self._add(code, noun(word, kind="region", lang=lang, origin=origin))
                    if lang == "uk":
                        roman = latin.romanise(word, "uk")
                        self._add(code, english(roman, kind="region", origin=origin))
                break

    def everyday(self) -> None:
        """Add everyday names: quarters, and shortened names."""
        for lang in _LANGS:
            for code, names in table("aliases")[lang].items():
                for name in names:
                    self._add(code, noun(name, lang=lang, origin="alias"))
                    roman = latin.romanise(name, lang)
                    self._add(code, english(roman, kind="name", origin="alias"))

    # --- oblasts and beyond --------------------------------------------------------------------

    def oblast(self, row: Row, entry: dict[str, Any]) -> None:
        """Name a first-level unit from the table of oblasts."""
        if row.category == "K":
            self.settlement(row, frozenset())
            return
        code, en, ru = row.code, entry["en"], entry["ru"]
        self.ru[code], self.en[code] = ru, en
        for lang in _LANGS:
            for word in entry[f"region_{lang}"]:
                self._add(code, noun(word, kind="region", lang=lang, origin="alias"))
        for word in entry["region_en"]:
            self._add(code, english(word, kind="region", origin="alias"))
        if entry["is_oblast"]:
            ru_stem = ru.removesuffix(table("adjectives")["ru"]["feminine"])
            self._add(code, adjective(stem_of(row.name), lang="uk", origin="official"))
            self._add(code, adjective(ru_stem, lang="ru", origin="official"))
            self._add(code, english(en, kind="adjective", origin="official"))
            others = {
                latin.romanise(row.name, "uk"),
                latin.romanise(lower(ru_stem), "ru").removesuffix("sk"),
                *latin.variants(en.lower()),
                *(
                    table("english")["also"].get(entry["seat"], ())
                    if entry["named_by_seat"]
                    else ()
                ),
            }
            for word in sorted(others):
                self._add(code, english(word, kind="adjective", origin="alias"))

    def countries(self) -> None:
        """Name Ukraine, Russia with its border oblasts and large cities, and places elsewhere."""
        body = table("abroad")
        for code, section in PSEUDO.items():
            names = body[section]
            for lang in _LANGS:
                for name in names[lang]:
                    self._add(code, noun(name, lang=lang, origin="official"))
            for name in names["en"]:
                self._add(code, english(name, kind="name", origin="official"))
        for place in body["place"]:
            code = place.get("code", "RU")
            for lang in _LANGS:
                stem, region = place.get(f"adjective_{lang}", ""), place.get(f"region_{lang}", "")
                self._add(code, noun(place[lang], lang=lang, origin="alias"))
                self._add(code, adjective(stem, lang=lang, origin="alias"))
                self._add(code, noun(region, kind="region", lang=lang, origin="alias"))
            kinds = ("name", "adjective") if "adjective_ru" in place else ("name",)
            for name in place["en"]:
                self._add(code, *(english(name, kind=kind, origin="alias") for kind in kinds))


def _same_root(adjective_name: str, seat: str) -> bool:
    """Whether a unit is named after its seat: the two share their first letters."""
    one, other = adjective_name.replace("'", ""), seat.replace("'", "")
    size = min(3, len(other))
    return one[:size] == other[:size]
