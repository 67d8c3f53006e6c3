"""Finds the words of a text that are forms of place names, and all they can stand for."""

import re
from functools import lru_cache

import msgspec

from vidomo.claims.document import Document
from vidomo.claims.mentions_urban import full_name, spellings
from vidomo.claims.mentions_words import AROUND, words
from vidomo.claims.routes import town_of
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Form, FormKind, Level, Unit

ABROAD, HOMELAND = "RU", "UA"
CITIES = frozenset("MK")
_RANK_OF_OBLAST = "K"
# How English often cuts the end of an adjective short: "Dniprovsky" for "Dniprovskyi".
_SENSES_KEPT, _UNITS_KEPT = 50_000, 50_000
# Between a small and a capital letter inside a word, Latin or Cyrillic.
_INNER_CAPITAL = re.compile(
    "(?<=[a-z\u0430-\u044f\u0451-\u045f\u0491])(?=[A-Z\u0404-\u042f\u0490])"
)


class Sense(msgspec.Struct, frozen=True):
    """What a written form can stand for.

    Attributes:
        names: Settlements, cities with the rank of an oblast, and ``RU``.
        adjectives: Units that the form names before a type word, by level.
        regions: Units that the form names alone, widest level only.
        region_level: Level of those units.
        abroad: Whether an adjective form belongs to Russia.
        is_prominent: Whether a city is among the names.
        is_seat: Whether the seat of a district or community is among them, or a city.
    """

    names: tuple[str, ...] = ()
    adjectives: dict[str, tuple[str, ...]] = {}
    regions: tuple[str, ...] = ()
    region_level: str = ""
    abroad: bool = False
    is_prominent: bool = False
    is_seat: bool = False


class Span(msgspec.Struct):
    """A stretch of tokens on its way to becoming a mention.

    Attributes:
        first: Index of the first token of the name.
        last: Index after the last token of the name.
        key: The name's token keys, joined by a blank.
        sense: What the form can stand for.
        begin: Index of the first token of the phrase, type words and articles included.
        finish: Index after the last token that belongs to the surface.
        level: Level that a type word after it asks for, empty when none.
        is_plural: Whether that type word is in the plural.
        leads_list: Whether that type word stands before a list that shares it.
        has_adjective: Whether the name is an adjective before a body.
        body_levels: Level that the words of a body's name tell, empty when they tell none.
        kind: Kind of the mention, empty while undecided.
        candidates: Codes it can stand for.
        categories: Categories that a type word before it asks for.
        is_weak: Whether its capital letter says nothing: begins a sentence, all capitals.
        is_body: Whether the name is part of a body's name.
        is_country: Whether it stands in the table of countries.
        linked: Whether it continues a list begun by the span before.
        qualifiers: Wider units tied to it.
        is_qualifier: Whether it only qualifies another one.
        role: What the place is to its statement.
        is_excluded: Whether the text takes it out.
    """

    first: int
    last: int
    key: str
    sense: Sense
    begin: int
    finish: int
    level: str = ""
    is_plural: bool = False
    leads_list: bool = False
    has_adjective: bool = False
    body_levels: tuple[str, ...] = ()
    kind: str = ""
    candidates: tuple[str, ...] = ()
    categories: frozenset[str] = frozenset()
    is_weak: bool = False
    is_body: bool = False
    is_country: bool = False
    linked: bool = False
    qualifiers: tuple[str, ...] = ()
    is_qualifier: bool = False
    role: str = "affected"
    is_excluded: bool = False

    @property
    def is_named(self) -> bool:
        """Whether it is the name of a settlement standing alone."""
        return self.kind == "settlement" and not self.is_body


class Text:
    """A document with what every step asks of it, computed once.

    Attributes:
        doc: The document.
        keys: Token keys, English possessive endings removed.
        sentence: For each token the index of its sentence.
        has_capitals: Whether the text uses capital letters at all.
    """

    __slots__ = ("doc", "has_capitals", "keys", "sentence")

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.keys = [
            token.key[:-1] if token.text.endswith(("'s", "'S")) else token.key
            for token in doc.tokens
        ]
        self.sentence = [0] * len(doc.tokens)
        for number, segment in enumerate(doc.sentences):
            for index in range(segment.first, segment.last):
                self.sentence[index] = number
        self.has_capitals = any(token.is_capital for token in doc.tokens)

    def key(self, index: int, beside: int) -> str:
        """Return the key of a token in the same sentence as another, else an empty text."""
        if 0 <= index < len(self.keys) and self.sentence[index] == self.sentence[beside]:
            return self.keys[index]
        return ""

    def is_opening(self, index: int) -> bool:
        """Whether a token's capital letter says nothing: it opens a sentence or a quotation."""
        if index == 0 or self.sentence[index - 1] != self.sentence[index]:
            return True
        return self.doc.tokens[index - 1].kind in {"mark", "emoji"} and (
            self.keys[index - 1] not in {",", ".", "/", "-", "\u2013"}
        )

    def is_shouted(self, index: int) -> bool:
        """Whether the token is written in capitals throughout."""
        word = self.doc.tokens[index].text
        return len(word) > 1 and word.isupper()


class Finder:
    """Looks up forms in one gazetteer and remembers what they can stand for."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._senses: dict[str, Sense] = {}
        self._units: dict[str, Unit | None] = {}
        self._words = words()

    def unit(self, code: str) -> Unit | None:
        """Return the unit of a code, None when there is none; remembered."""
        try:
            return self._units[code]
        except KeyError:
            if len(self._units) >= _UNITS_KEPT:
                self._units.clear()
            unit = self._units[code] = self._gazetteer.get(code)
            return unit

    def is_within(self, code: str, wider: str) -> bool:
        """Whether a unit lies in another one, or is that one."""
        unit = self.unit(code)
        if unit is None:
            return False
        if wider in (HOMELAND, AROUND.get(code)):
            return unit.code != ABROAD
        return wider in {unit.code, unit.oblast, unit.raion, unit.hromada, unit.parent}

    def around(self, unit: Unit) -> str | None:
        """Return the oblast of a unit, for a city with the rank of one that it is the seat of."""
        if unit.category != _RANK_OF_OBLAST:
            return unit.oblast
        oblasts = self._gazetteer.oblasts()
        return next((o.code for o in oblasts if o.seat == unit.code != o.code), None)

    def spans(self, text: Text) -> list[Span]:
        """Return the stretches that are forms of names, left to right, never overlapping."""
        found: list[Span] = []
        tokens, keys, index = text.doc.tokens, text.keys, 0
        last, lower_parts, is_small = len(tokens), self._words.lower_parts, not text.has_capitals
        many, support = self._words.lower_many, self._words.support
        self._respell(text)
        while index < last:
            token = tokens[index]
            if token.kind == "word" and (token.is_capital or is_small):
                span = self._span_at(text, index)
                if span is not None:
                    found.append(span)
                    index = span.last
                    continue
            elif (key := keys[index]) in lower_parts:
                found.append(_fixed(index, key, "settlement", lower_parts[key], weak=False))
            elif key in many and not support.isdisjoint(keys[max(index - 2, 0) : index]):
                found.append(_fixed(index, key, "settlement", many[key], weak=False))
            index += 1
        return found

    def _respell(self, text: Text) -> None:
        """Read stations as towns ("Kyiv-Pasazhyrskyi"), tags as words, forms as those it has."""
        for index, token in enumerate(text.doc.tokens):
            if not token.is_capital:
                continue
            for form in self._words.respelled.get(text.keys[index], ()):
                last = index + len(form.keys)
                if tuple(text.keys[index:last]) == form.keys:
                    text.keys[index:last] = form.name
            text.keys[index] = self._in_full(text, index)
            if "\u044b" in token.key and not self._gazetteer.forms(text.keys[index]):
                other = token.key.replace("\u044b", "\u0438")  # "Burshtyn" with either vowel
                text.keys[index] = other if self._gazetteer.forms(other) else text.keys[index]
            if "-" in token.key:
                town = town_of(token.key)
                if town and not self._gazetteer.forms(token.key):
                    text.keys[index] = town
            elif index and text.keys[index - 1] == "#" and not token.text[1:].islower():
                hyphened = _INNER_CAPITAL.sub("-", token.text).lower()
                if self._gazetteer.forms(hyphened):
                    text.keys[index] = hyphened

    def _in_full(self, text: Text, index: int) -> str:
        """Return a romanised adjective in full: "Lvivsky", "the Kyiv district of Odesa"."""

        def codes(form: str) -> list[str]:
            return [one.code for one in self._gazetteer.forms(form)]

        key = text.keys[index]
        if not key.isascii():
            return key
        others = spellings(text.keys, index)
        if others and not codes(key):
            return next((one for one in others if codes(one)), key)
        return full_name(text.keys, index, codes=codes, is_part=self._is_part_of_city)

    def _is_part_of_city(self, code: str, city: str) -> bool:
        unit = self.unit(city)
        return unit is not None and unit.category in CITIES and self.is_within(code, city)

    def _span_at(self, text: Text, index: int) -> Span | None:
        known, key = self._words, text.keys[index]
        weak = text.is_opening(index) or text.is_shouted(index) or not text.has_capitals
        for size in (2, 1) if index + 1 < len(text.keys) else (1,):
            name = " ".join(text.keys[index : index + size])
            if code := known.countries.get(name):
                kind = "settlement" if name in known.parts_of_countries else "country"
                return _fixed(index, name, kind, code, weak=weak, size=size)
        if code := known.neighbourhoods.get(key):
            return _fixed(index, key, _kind_of(self.unit(code)), code, weak=weak)
        if (code := known.lower_parts.get(key)) and self._is_beside_noun(text, index):
            return _fixed(index, key, "settlement", code, weak=weak)
        if index + 1 < len(text.keys) and text.keys[index + 1] == "_":
            return self._tag_at(text, index, weak=weak)
        count, forms = self._gazetteer.longest(text.keys, index)
        if count > 1 and text.has_capitals and not _are_capital(text, index, count):
            count, forms = self._gazetteer.longest(text.keys[index : index + 1], 0)
        if not count:
            return self._joined_body(key, index) if key.endswith(known.body_tails) else None
        last = index + count
        name = key if count == 1 else " ".join(text.keys[index:last])
        sense = self._sense(name, forms)
        return Span(index, last, name, sense, index, last, is_weak=weak)

    def _tag_at(self, text: Text, index: int, *, weak: bool) -> Span | None:
        """Read a tag whose words a low line joins: "#Kryvyi_Rih"."""
        words_of_tag = text.keys[index : index + 1]
        last = index + 1
        while last + 1 < len(text.keys) and text.keys[last] == "_":
            words_of_tag.append(text.keys[last + 1])
            last += 2
        count, forms = self._gazetteer.longest(words_of_tag, 0)
        if count != len(words_of_tag):
            return None
        name = " ".join(words_of_tag)
        sense = self._sense(name, forms)
        return Span(index, last, name, sense, index, last, is_weak=weak)

    def _is_beside_noun(self, text: Text, index: int) -> bool:
        """Whether an adjective stands before a thing: "in a Ulyanovsk block of flats".

        Before a type word, and in a list that may end in one, it names a unit.
        """
        following = index + 1
        if following >= len(text.keys) or text.doc.tokens[following].kind != "word":
            return False
        word = text.doc.tokens[following]
        is_listed = word.is_capital or text.keys[following] in self._words.join
        return not is_listed and text.keys[following] not in self._words.heads

    def _joined_body(self, key: str, index: int) -> Span | None:
        for tail in self._words.body_tails:
            stem = key.removesuffix(tail)
            if len(stem) in (len(key), 0):
                continue
            sense = self._sense(stem, self._gazetteer.forms(stem))
            if not sense.is_seat:
                continue
            span = Span(index, index + 1, key, sense, index, index + 1, is_body=True)
            span.kind, span.candidates = "settlement", sense.names
            if tail in self._words.oblast_tails:
                oblasts = (unit.oblast for code in sense.names if (unit := self.unit(code)))
                span.kind = "oblast"
                span.candidates = tuple(dict.fromkeys(code for code in oblasts if code))
            return span
        return None

    def _sense(self, key: str, forms: tuple[Form, ...]) -> Sense:
        sense = self._senses.get(key)
        if sense is None:
            if len(self._senses) >= _SENSES_KEPT:
                self._senses.clear()
            sense = self._senses[key] = self._sense_of(forms)
        return sense

    def _sense_of(self, forms: tuple[Form, ...]) -> Sense:
        """Return what a set of forms can stand for, sorted by the way each can be used."""
        names: list[str] = []
        adjectives: dict[str, list[str]] = {}
        regions: list[Unit] = []
        abroad = prominent = seat = False
        for form in forms:
            if form.code == ABROAD:
                seat = seat or form.kind is not FormKind.ADJECTIVE
                abroad = abroad or form.kind is FormKind.ADJECTIVE
                if form.kind is not FormKind.ADJECTIVE:
                    names.append(ABROAD)
                continue
            unit = self.unit(form.code)
            if unit is None:
                continue
            if form.kind is FormKind.ADJECTIVE:
                adjectives.setdefault(unit.level.value, []).append(unit.code)
            elif form.kind is FormKind.REGION:
                regions.append(unit)
            elif unit.level is Level.SETTLEMENT or unit.category == "K":
                names.append(unit.code)
                prominent = prominent or unit.category in CITIES
                seat = seat or prominent or self._is_seat(unit)
        region_level, region_codes = _widest(regions)
        return Sense(
            names=tuple(dict.fromkeys(names)),
            adjectives={level: tuple(dict.fromkeys(codes)) for level, codes in adjectives.items()},
            regions=region_codes,
            region_level=region_level,
            abroad=abroad,
            is_prominent=prominent,
            is_seat=seat,
        )

    def _is_seat(self, unit: Unit) -> bool:
        hromada = self.unit(unit.hromada) if unit.hromada else None
        return hromada is not None and hromada.seat == unit.code


@lru_cache(maxsize=4)
def finder(gazetteer: Gazetteer) -> Finder:
    """Return the finder of a gazetteer; one is kept for each."""
    return Finder(gazetteer)


def _widest(units: list[Unit]) -> tuple[str, tuple[str, ...]]:
    for level in (Level.OBLAST, Level.RAION, Level.HROMADA):
        codes = tuple(dict.fromkeys(unit.code for unit in units if unit.level is level))
        if codes:
            return level.value, codes
    return "", ()


def _kind_of(unit: Unit | None) -> str:
    if unit is None or unit.level is Level.CITY_DISTRICT:
        return "city_district"
    return "oblast" if unit.category == "O" else "settlement"


def _are_capital(text: Text, index: int, count: int) -> bool:
    tokens = text.doc.tokens[index + 1 : index + count]
    return all(token.is_capital or token.kind != "word" for token in tokens)


def _fixed(index: int, key: str, kind: str, code: str, *, weak: bool, size: int = 1) -> Span:
    return Span(
        index,
        index + size,
        key,
        Sense(),
        index,
        index + size,
        kind=kind,
        candidates=(code,),
        is_weak=weak,
        level=kind if kind == "oblast" else "",
        is_country=kind in {"country", "settlement"},
    )
