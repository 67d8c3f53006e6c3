"""Gives the words around place names, from the tables of all languages at once."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

import msgspec

from vidomo.claims.document import Document
from vidomo.claims.tables import LANGUAGES, table
from vidomo.claims.word_sets import WordSet, word_key, word_set

V = TypeVar("V")
_TABLE = "places"
#: Sevastopol lies in Crimea, as people speak of it, though it is no part of that unit.
AROUND = {"UA85000000000065278": "UA01000000000013043"}


class Head(msgspec.Struct, frozen=True):
    """A type word that follows an adjective: district, oblast, community."""

    level: str
    is_plural: bool


class KindWord(msgspec.Struct, frozen=True):
    """A type word that stands before a name: town, village; ``dotted`` when it is cut short."""

    categories: frozenset[str]
    dotted: bool
    is_plural: bool = False


class Definite(msgspec.Struct, frozen=True):
    """A type word that stands for a place without a name."""

    kind: str
    after: WordSet
    not_after: WordSet
    not_before: WordSet


class RolePhrase(msgspec.Struct, frozen=True):
    """Words before a name that say what the place is to the statement.

    Attributes:
        keys: The words.
        role: A ``Role`` value, or ``excluded``.
        needs: Words of which one must stand shortly before; empty when none need to.
        lang: The only language of a text in which it says so; empty for all. Neighbours share
            words: "u" is "near" in Russian and "in" in Ukrainian.
    """

    keys: tuple[str, ...]
    role: str
    needs: WordSet
    lang: str = ""


class Respelled(msgspec.Struct, frozen=True):
    """A form of a name that the gazetteer lacks, and one of as many words that it has.

    Attributes:
        keys: The words of the form.
        name: The words to look up.
    """

    keys: tuple[str, ...]
    name: tuple[str, ...]


class Words(msgspec.Struct, frozen=True):
    """Everything the mention finder knows of words."""

    join: frozenset[str]
    linking: frozenset[str]
    heads: Mapping[str, Head]
    head_fillers: WordSet
    seated: tuple[tuple[WordSet, frozenset[str]], ...]
    kinds: Mapping[str, KindWord]
    definites: Mapping[str, tuple[Definite, ...]]
    capitals: Mapping[str, tuple[Definite, ...]]
    roles: Mapping[str, tuple[RolePhrase, ...]]
    support: frozenset[str]
    toward: frozenset[str]
    passed: frozenset[str]
    forced: WordSet
    courses: frozenset[str]
    sides: frozenset[str]
    described: frozenset[str]
    aimed: frozenset[str]
    brief: frozenset[str]
    perils: frozenset[str]
    from_side: frozenset[str]
    away: frozenset[str]
    examples: frozenset[tuple[str, ...]]
    examples_after: frozenset[tuple[str, ...]]
    acting: frozenset[str]
    governs: frozenset[str]
    launch: WordSet
    agencies: frozenset[str]
    reached: frozenset[str]
    others: frozenset[str]
    beside_alone: frozenset[str]
    alarm: frozenset[str]
    partly: frozenset[str]
    treating: WordSet
    peninsula: frozenset[str]
    another: frozenset[tuple[str, ...]]
    counted: frozenset[str]
    oblasts: frozenset[str]
    unit_ends: tuple[str, ...]
    feminine_ends: tuple[str, ...]
    assailed: frozenset[str]
    locative_ends: tuple[str, ...]
    locative_of: dict[str, tuple[str, ...]]
    both_ends: tuple[str, ...]
    adjective_locatives: tuple[str, ...]
    noun_locatives: tuple[str, ...]
    settlement_ends: tuple[str, ...]
    streets: WordSet
    streets_after: WordSet
    first_names: WordSet
    titles: WordSet
    ranks: WordSet
    units: WordSet
    owners: WordSet
    speaking: frozenset[str]
    speaking_verbs: WordSet
    speaking_before: frozenset[str]
    rivers: frozenset[str]
    river_before: WordSet
    river_after: WordSet
    river_phrases: frozenset[str]
    ordinary: Mapping[str, WordSet]
    body_after: WordSet
    body_fillers: WordSet
    body_before: WordSet
    body_tails: tuple[str, ...]
    oblast_tails: frozenset[str]
    body_levels: Mapping[str, WordSet]
    risky: WordSet
    risky_typed: WordSet
    countries: Mapping[str, str]
    parts_of_countries: frozenset[str]
    lower_parts: Mapping[str, str]
    lower_many: Mapping[str, str]
    neighbourhoods: Mapping[str, str]
    nation: Mapping[str, tuple[tuple[str, ...], ...]]
    so_called: frozenset[str]
    okrugs: frozenset[str]
    okrugs_too: frozenset[str]
    okrug_fillers: WordSet
    okrug_ends: tuple[str, ...]
    seat_donetsk: frozenset[str]
    seat_luhansk: frozenset[str]
    seats: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]
    abroad: Mapping[str, tuple[tuple[str, ...], ...]]
    republic_donetsk: Mapping[str, tuple[tuple[str, ...], ...]]
    republic_luhansk: Mapping[str, tuple[tuple[str, ...], ...]]
    respelled: Mapping[str, tuple[Respelled, ...]]


def is_counted(doc: Document, at: int, known: Words) -> bool:
    """Whether a count stands before a type word: "six oblasts", "several regions"."""
    before = doc.tokens[at - 1] if at else None
    return before is not None and (before.kind == "number" or before.key in known.counted)


@cache
def words() -> Words:
    """Return the words of all languages, read once.

    Raises:
        ConfigError: A table cannot be read.
    """
    return Words(
        join=frozenset(_flat("join")),
        linking=frozenset(_flat("linking")),
        heads={key: Head(one["level"], name == "plural") for one, name, key in _typed("head")},
        head_fillers=_gathered("head", "fillers"),
        seated=tuple(
            (word_set(one["words"]), frozenset(one["categories"])) for one in _all("seated")
        ),
        kinds={
            key: KindWord(frozenset(one["categories"]), name == "dotted", name == "plural")
            for one, name, key in _typed("kind")
        },
        capitals=_grouped((key, _definite(one)) for one in _all("capital") for key in _keys(one)),
        definites=_grouped((key, _definite(one)) for one in _all("definite") for key in _keys(one)),
        roles=_grouped((role.keys[-1], role) for role in _roles()),
        support=_gathered("support", "words").exact,
        toward=frozenset(_flat("toward")),
        forced=word_set(_flat("forced")),
        passed=frozenset(_flat("passed")),
        courses=frozenset(_flat("courses")),
        sides=frozenset(_flat("sides")),
        described=frozenset(_flat("described")),
        aimed=frozenset(_flat("aimed")),
        brief=frozenset(_flat("brief")),
        perils=frozenset(_flat("perils")),
        from_side=frozenset(_flat("from_side")),
        away=frozenset(_flat("away")),
        examples=frozenset(tuple(word.split()) for word in _flat("examples")),
        examples_after=frozenset(tuple(word.split()) for word in _flat("examples_after")),
        acting=frozenset(_flat("acting")),
        governs=frozenset(_flat("governs")),
        launch=word_set(_flat("launch")),
        agencies=frozenset(_flat("agencies")),
        reached=frozenset(_flat("reached")),
        others=frozenset(_flat("others")),
        beside_alone=frozenset(_flat("beside_alone")),
        alarm=frozenset(_flat("alarm")),
        partly=frozenset(_flat("partly")),
        treating=word_set(_flat("treating")),
        peninsula=frozenset(_flat("peninsula")),
        another=frozenset(tuple(phrase.split()) for phrase in _flat("another")),
        counted=frozenset(_flat("counted")),
        oblasts=frozenset(
            key for one, name, key in _typed("head") if (one["level"], name) == ("oblast", "plural")
        ),
        unit_ends=tuple(sorted(set(_flat("unit_ends")))),
        feminine_ends=tuple(sorted(set(_flat("feminine_ends")))),
        assailed=frozenset(_flat("assailed")),
        locative_ends=tuple(sorted(set(_flat("locative_ends")))),
        locative_of={lang: tuple(table(lang, _TABLE)["locative_ends"]) for lang in LANGUAGES},
        adjective_locatives=tuple(sorted(set(_flat("adjective_locatives")))),
        noun_locatives=tuple(sorted(set(_flat("noun_locatives")))),
        both_ends=tuple(sorted(set(_flat("both_ends")))),
        settlement_ends=tuple(sorted(set(_flat("settlement_ends")))),
        streets=_gathered("street", "words"),
        streets_after=_gathered("street", "after"),
        first_names=_gathered("person", "names"),
        titles=_gathered("person", "titles"),
        ranks=_gathered("person", "ranks"),
        units=_gathered("group", "units"),
        owners=_gathered("group", "owners"),
        speaking=_gathered("speaking", "words").exact,
        speaking_verbs=_gathered("speaking", "verbs"),
        speaking_before=_gathered("speaking", "before").exact,
        rivers=_gathered("river", "words").exact,
        river_before=_gathered("river", "before"),
        river_after=_gathered("river", "after"),
        river_phrases=_gathered("river", "on").exact,
        ordinary={key: word_set(one["against"]) for one in _all("ordinary") for key in _keys(one)},
        body_after=_gathered("body", "after"),
        body_fillers=_gathered("body", "fillers"),
        body_before=_gathered("body", "before"),
        body_tails=tuple(sorted(_gathered("body", "tails").exact, key=len, reverse=True)),
        oblast_tails=_gathered("body", "oblast_tails").exact,
        body_levels={level: _gathered("body", level) for level in ("hromada", "raion", "oblast")},
        risky=_risky("support"),
        risky_typed=_risky("typed"),
        countries={key: one["code"] for one in _all("country") for key in _keys(one)},
        parts_of_countries=frozenset(
            key for one in _all("country") if one.get("is_part") for key in _keys(one)
        ),
        lower_parts={key: one["code"] for one in _all("country") for key in _keys(one, "lower")},
        lower_many={
            key: one["code"] for one in _all("country") for key in _keys(one, "lower_many")
        },
        neighbourhoods={key: one["code"] for one in _all("neighbourhood") for key in _keys(one)},
        nation=_grouped((keys[0], keys) for keys in _phrases("nation")),
        seats=_grouped(
            (phrase.split()[0], (level, tuple(phrase.split())))
            for level in ("oblast", "raion")
            for phrase in _flat(f"seats_{level}")
        ),
        so_called=frozenset(_flat("so_called")),
        okrugs=_gathered("okrug", "words").exact,
        okrugs_too=_gathered("okrug", "raions").exact,
        okrug_fillers=_gathered("okrug", "fillers"),
        okrug_ends=tuple(sorted(_gathered("okrug", "ends").exact)),
        seat_donetsk=frozenset(_flat("seat_donetsk")),
        seat_luhansk=frozenset(_flat("seat_luhansk")),
        abroad=_listed("abroad"),
        republic_donetsk=_listed("republic_donetsk"),
        republic_luhansk=_listed("republic_luhansk"),
        respelled=_grouped((one.keys[0], one) for one in _respelled()),
    )


def _all(section: str) -> Iterator[Mapping[str, Any]]:
    for lang in LANGUAGES:
        yield from table(lang, _TABLE).get(section, ())


def _keys(entry: Mapping[str, Any], name: str = "words") -> list[str]:
    return [word_key(word) for word in entry.get(name, ())]


def _flat(section: str) -> Iterator[str]:
    for lang in LANGUAGES:
        yield from (word_key(word) for word in table(lang, _TABLE)[section])


def _listed(section: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    return _grouped((keys[0], keys) for keys in (tuple(p.split()) for p in _flat(section)))


def _typed(section: str) -> Iterator[tuple[Mapping[str, Any], str, str]]:
    for one in _all(section):
        for name in ("words", "plural", "dotted"):
            for key in _keys(one, name):
                yield one, name, key


def _gathered(section: str, name: str) -> WordSet:
    return word_set(word for one in _all(section) for word in one.get(name, ()))


def _grouped(pairs: Iterable[tuple[str, V]]) -> dict[str, tuple[V, ...]]:
    found: dict[str, tuple[V, ...]] = {}
    for key, value in pairs:
        found[key] = (*found.get(key, ()), value)
    return found


def _definite(entry: Mapping[str, Any]) -> Definite:
    return Definite(
        entry["kind"],
        word_set(entry["after"]),
        word_set(entry["not_after"]),
        word_set(entry["not_before"]),
    )


def _phrases(section: str) -> Iterator[tuple[str, ...]]:
    """Yield the phrases of a section as token keys, the longest first."""
    found = [tuple(word_key(text).split()) for one in _all(section) for text in one["phrases"]]
    yield from sorted(found, key=len, reverse=True)


def _risky(needs: str) -> WordSet:
    return word_set(word for one in _all("risky") if one["needs"] == needs for word in one["words"])


def _respelled() -> Iterator[Respelled]:
    for one in _all("respelled"):
        name = tuple(word_key(one["name"]).split())
        for key in _keys(one):
            yield Respelled(tuple(key.split()), name)


def _roles() -> list[RolePhrase]:
    found = [
        RolePhrase(
            tuple(word_key(phrase).split()),
            one["role"],
            word_set(one.get("needs", ())),
            one.get("lang", ""),
        )
        for one in _all("role")
        for phrase in one["phrases"]
    ]
    found += [
        RolePhrase(tuple(word_key(phrase).split()), "excluded", WordSet())
        for section in ("excluded", "elsewhere")
        for one in _all(section)
        for phrase in one["phrases"]
    ]
    found += [
        RolePhrase(tuple(word_key(phrase).split()), "body", word_set(one["needs"]))
        for one in _all("office")
        for phrase in one["phrases"]
    ]
    return sorted(found, key=lambda role: -len(role.keys))
