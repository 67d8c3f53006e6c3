"""Words of the pages: one table a language, every key in each."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("uk", "en")
"""Languages of the pages, the state language first."""
BY_CHOICE = ("ru",)
"""Languages that residents' pages have where the operator chooses so."""

Plural = Mapping[str, str]


class Words:
    """The words of one language, asked for by ``section.key``."""

    def __init__(self, lang: str, table: Mapping[str, Mapping[str, object]]) -> None:
        self.lang = lang
        self._flat = {
            f"{section}.{key}": value
            for section, keys in table.items()
            for key, value in keys.items()
        }

    def __call__(self, key: str, **values: object) -> str:
        """Return the words of a key, with values put in.

        Raises:
            KeyError: The table has no such key: a bug, and a test compares the tables.
        """
        text = self._flat[key]
        if not isinstance(text, str):
            raise KeyError(key)
        return text.format(**values) if values else text

    def label(self, section: str, code: str) -> str:
        """Return the words of a code, or the code itself where the table has none.

        Codes come from tables of other rooms, which may grow before this one does.
        """
        text = self._flat.get(f"{section}.{code}")
        return text if isinstance(text, str) else code.replace("_", " ")

    def part(self, key: str, name: str) -> str:
        """Return one member of a small table, such as the title of an incident family."""
        table = self._flat[key]
        return str(table.get(name, name)) if isinstance(table, dict) else name

    def counted(self, key: str, number: float, **values: object) -> str:
        """Return the form of a word that goes with a number; empty when there is none."""
        forms = self._flat.get(key)
        if not isinstance(forms, dict):
            return ""
        text = str(forms[plural_form(number, lang=self.lang)])
        return text.format(**values) if values else text

    def month(self, number: int) -> str:
        """Return the name of a month as it stands in a date."""
        months = self._flat["when.months"]
        return str(months[number - 1]) if isinstance(months, list) else ""

    @property
    def keys(self) -> frozenset[str]:
        """Every key of the table, members of small tables included."""
        found = set()
        for key, value in self._flat.items():
            found |= {f"{key}.{name}" for name in value} if isinstance(value, dict) else {key}
        return frozenset(found)


def plural_form(number: float, *, lang: str) -> str:
    """Return one, few or many (CLDR rules of Ukrainian, Russian, English; a fraction is few)."""
    if number != int(number):
        return "few"
    if lang == "en":
        return "one" if number == 1 else "many"
    last, tens = int(number) % 10, int(number) % 100
    if last == 1 and tens != 11:  # noqa: PLR2004 - the CLDR rule
        return "one"
    few = range(2, 5)
    return "few" if last in few and tens - 10 not in few else "many"


@cache
def words_of(lang: str) -> Words:
    """Return the words of a language; of the first one where there is no such table.

    The words of residents' pages stand in a table of their own, in sections of their own.
    """
    lang = lang if lang in (*LANGUAGES, *BY_CHOICE) else LANGUAGES[0]
    table: dict[str, Mapping[str, object]] = {}
    for name in (f"{lang}.toml", f"residents.{lang}.toml"):
        text = (files("vidomo.publish") / "locale" / name).read_text(encoding="utf-8")
        table |= tomllib.loads(text)
    return Words(lang, table)
