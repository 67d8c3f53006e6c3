"""Walks lists of places and gives each one what is said of its alarm."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from vidomo.claims.alarm_words import (
    ALSO,
    COLON,
    ENDED,
    EVERYWHERE,
    EXCEPT,
    HARD,
    NOT,
    ON,
    PLACE,
    SOFT,
    Item,
    Stretch,
)


class Told(msgspec.Struct, kw_only=True):
    """What the alarm does, and where.

    Attributes:
        says: ended or on.
        by: The words that say so.
        places: The places, or words such as "everywhere".
        is_negated: Whether it is said not to be so.
        is_nowhere: Whether it is told without a place, but for places that are taken out.
        is_taken_out: Whether it is told of places that another statement takes out.
    """

    says: str
    by: Item
    places: list[Item]
    is_negated: bool = False
    is_nowhere: bool = False
    is_taken_out: bool = False


class Bit(msgspec.Struct, kw_only=True):
    """A part of a stretch: some places, and at most one thing said of them.

    Attributes:
        places: The places.
        by: Words that say what the alarm does; None when the bit has places only.
        leads: Whether those words stand before the places.
        but: The word that takes places out, and those places.
        also: The word that says that the places are like those before.
    """

    places: list[Item]
    by: Item | None = None
    leads: bool = False
    but: Item | None = None
    out: list[Item] = []
    also: Item | None = None


class Board:
    """Walks the stretches of a text and gives each place what is said of it."""

    def __init__(self, stretches: Sequence[Stretch], legend: set[int]) -> None:
        self._stretches = stretches
        self._legend = legend
        self._told: list[Told] = []
        self._waiting: list[Item] = []  # places of which nothing is said yet
        self._open: Told | None = None  # what the next places of a list belong to
        self._out: Told | None = None  # what the next places after "except" belong to
        self._last = ""  # ended or on, whichever was said last
        self._before = 0  # how much was told before this sentence

    def read(self) -> list[Told]:
        """Return what is told, in order; ``places`` is empty where none is named."""
        for number, stretch in enumerate(self._stretches):
            if stretch.before >= HARD:
                self._end_of_sentence(number)
            if not self._is_read(stretch):
                self._pass_by(stretch)
                continue
            bits = _bits(stretch.items)
            if bits is None:
                self._pass_by(stretch)
                continue
            for bit in bits:
                self._take(bit, number)
        return [one for one in self._told if one.places or one.is_nowhere]

    def _is_read(self, stretch: Stretch) -> bool:
        return stretch.is_clean and bool(stretch.items) and stretch.first not in self._legend

    def _pass_by(self, stretch: Stretch) -> None:
        """Forget what is open: another statement has come between; a heading stays."""
        self._open = self._out = None
        if stretch.before < COLON or any(item.says == PLACE for item in stretch.items):
            self._waiting = []

    def _end_of_sentence(self, number: int) -> None:
        self._before = len(self._told)
        self._out = None
        if self._waiting and not self._is_line_of_places(number - 1):
            self._waiting = []
        if self._open is not None and not self._only_places_from(number):
            self._open = None

    def _is_line_of_places(self, number: int) -> bool:
        """Whether a sentence up to a stretch names places only: a heading."""
        for stretch in reversed(self._stretches[: number + 1]):
            if not _has_only_places(stretch):
                return False
            if stretch.before >= HARD:
                return True
        return True

    def _only_places_from(self, number: int) -> bool:
        """Whether a sentence from a stretch on names places only, and nothing is said of them."""
        first = self._stretches[number]
        if self._open is not None and first.before == HARD and self._open.places:
            return False
        for at, stretch in enumerate(self._stretches[number:]):
            if at and stretch.before >= HARD:
                return not _says_only(stretch)
            if not _has_only_places(stretch):
                return False
        return True

    def _take(self, bit: Bit, number: int) -> None:
        if bit.by is None:
            self._take_places(bit, number)
        elif bit.by.says == NOT:
            self._take_not(bit)
        else:
            self._take_said(bit, number)
        if bit.but is not None and self._told:
            says = ON if self._last == ENDED else ""
            self._told[-1].is_nowhere = not self._told[-1].places
            self._out = Told(says=says, by=bit.but, places=[*bit.out], is_taken_out=True)
            if says:
                self._told.append(self._out)
            self._open = None

    def _take_places(self, bit: Bit, number: int) -> None:
        if bit.but is not None:
            return
        if bit.also is not None:
            if self._last and self._told:
                self._told.append(Told(says=self._last, by=bit.also, places=bit.places))
            self._waiting = []
        elif self._out is not None:
            self._out.places.extend(bit.places)
        elif self._open is not None and not self._heads_next(number):
            self._open.places.extend(bit.places)
        else:
            self._waiting.extend(bit.places)

    def _heads_next(self, number: int) -> bool:
        """Whether the next stretch is said of these: it names no place, or follows a colon."""
        following = self._stretches[number + 1 : number + 2]
        return any(
            one.before < HARD
            and (_says_only(one) or (one.before == COLON and not (one.is_clean and not one.items)))
            for one in following
        )

    def _take_not(self, bit: Bit) -> None:
        places = bit.places or self._waiting
        self._waiting = []
        self._open = self._out = None
        if bit.by is None or not places or not self._last:
            return
        self._told.append(Told(says=ON, by=bit.by, places=[*places], is_negated=self._last == ON))

    def _take_said(self, bit: Bit, number: int) -> None:
        if bit.by is None:
            return
        places, before = [*bit.places], self._stretches[number].before
        if not places and self._has_list(number):
            self._waiting = []  # "X oblast. All clear: A, B raions": only the list is clear
        if not places or (before == SOFT and not bit.leads):
            places = [*self._waiting, *places]
        if not places and before < HARD:
            places = self._after_bullet(bit.by)
        self._waiting = []
        self._out = None
        if not places and before < HARD and bit.by.says == ON and not self._lists_next(number):
            places = self._on_again()
        if self._goes_on(bit, before):
            self._say_again(bit.by, places)
            return
        one = Told(says=bit.by.says, by=bit.by, places=places)
        self._told.append(one)
        self._last = bit.by.says
        self._open = one if (bit.places and bit.leads) or not places else None
        if bit.by.is_sign and self._is_about_else(number, leads=bit.leads):
            self._told.pop()
            self._open = None

    def _is_about_else(self, number: int, *, leads: bool) -> bool:
        """Whether a coloured sign only opens a statement: "green: A - no outages"."""
        if not leads:
            after = self._stretches[number + 1 : number + 2]
            is_end = self._last == ENDED
            return is_end and any(one.before == COLON and not one.is_clean for one in after)
        for one in self._stretches[number + 1 :]:
            if one.before >= HARD or any(item.is_sign for item in one.items):
                return False
            if not one.is_clean:
                return True
        return False

    def _lists_next(self, number: int) -> bool:
        """Whether places of its own follow a word: "over: A; on: B"."""
        return any(_has_only_places(one) for one in self._stretches[number + 1 : number + 2])

    def _has_list(self, number: int) -> bool:
        """Whether a list after a colon says where what was said holds."""
        return not self._heads_next(number + 1) and any(
            one.before == COLON and any(item.says == PLACE for item in one.items)
            for one in self._stretches[number + 1 : number + 2]
        )

    def _on_again(self) -> list[Item]:
        """Take back an end after which the alarm is on again: "A: over, then on again"."""
        last = self._told[-1] if len(self._told) > self._before else None
        if last is None or last.says != ENDED or last.is_nowhere:
            return []
        self._open = None
        return self._told.pop().places

    def _after_bullet(self, by: Item) -> list[Item]:
        """Take the places of a sign that only opens the line: "red: A - all clear"."""
        said = self._open
        if said is None or by.is_sign or not said.by.is_sign or said.says == by.says:
            return []
        self._told = [one for one in self._told if one is not said]
        return said.places

    def _goes_on(self, bit: Bit, before: int) -> bool:
        """Whether a word and a sign around one list say the same: "green: A, B - all clear"."""
        return (
            self._open is not None
            and bit.by is not None
            and before < HARD
            and not (bit.leads and bit.places)
            and self._open.says == bit.by.says
            and self._open.by.is_sign != bit.by.is_sign
        )

    def _say_again(self, by: Item, places: list[Item]) -> None:
        if self._open is not None:
            self._open.places.extend(places)
            self._open.by = by if self._open.by.is_sign else self._open.by
        self._open = None


def _says_only(stretch: Stretch) -> bool:
    kinds = {item.says for item in stretch.items}
    return stretch.is_clean and bool(kinds) and kinds <= {ENDED, ON, NOT}


def _has_only_places(stretch: Stretch) -> bool:
    return (
        stretch.is_clean
        and bool(stretch.items)
        and all(item.says in {PLACE, EVERYWHERE} for item in stretch.items)
    )


def _bits(items: Sequence[Item]) -> list[Bit] | None:
    """Return the parts of a stretch; None where its words do not fit together."""
    but = next((at for at, item in enumerate(items) if item.says == EXCEPT), None)
    out: list[Item] = []
    if but is not None:
        out = [*items[but + 1 :]]
        if not out or any(item.says != PLACE for item in out):
            return None
    rest = [*items[:but]]
    also = next((item for item in rest if item.says == ALSO), None)
    rest = _without_bullet([item for item in rest if item.says != ALSO])
    if not rest:
        bits = [Bit(places=[])]
    elif rest[0].says in {PLACE, EVERYWHERE}:
        bits = list(_places_first(rest))
    else:
        bits = list(_words_first(rest))
    if any(_clashes(bit) for bit in bits):
        return None
    bits[-1].also = also
    if but is not None:
        bits[-1].but, bits[-1].out = items[but], out
    return bits


def _without_bullet(items: list[Item]) -> list[Item]:
    """Leave out a sign that only opens a line, where words or a sign after it say otherwise."""
    told = [item for item in items if item.says in {ENDED, ON}]
    if len(told) > 1 and items[0].is_sign and items[0].says != told[-1].says:
        is_plain = not told[-1].is_sign or items[-1] is told[-1]
        if is_plain and all(item.says == told[-1].says for item in told[1:]):
            return items[1:]
    return items


def _clashes(bit: Bit) -> bool:
    """Whether "not" leads its places: "no Kyiv" says nothing."""
    return bit.by is not None and bit.by.says == NOT and bit.leads and bool(bit.places)


def _places_first(items: Iterable[Item]) -> Iterator[Bit]:
    """Give the bits of "A B over C on": what is said follows its places."""
    now = Bit(places=[])
    for item in items:
        if item.says in {PLACE, EVERYWHERE}:
            if now.by is not None:
                yield now
                now = Bit(places=[])
            now.places.append(item)
        elif now.by is None or now.by.says == item.says:
            now.by = item if now.by is None or now.by.is_sign else now.by
        else:
            yield Bit(places=[*now.places], by=_Clash, leads=True)
            return
    yield now


def _words_first(items: Sequence[Item]) -> Iterator[Bit]:
    """Give the bits of "over A B on C": what is said stands before its places."""
    now = Bit(places=[], leads=True)
    for at, item in enumerate(items):
        if item.says in {PLACE, EVERYWHERE}:
            now.places.append(item)
        elif now.by is None:
            now.by = item
        elif now.by.says == item.says and (not now.places or at == len(items) - 1):
            now.by = item if now.by.is_sign else now.by
        elif now.places and at < len(items) - 1 and item.says != NOT:
            yield now
            now = Bit(places=[], by=item, leads=True)
        else:
            yield Bit(places=[*items[:1]], by=_Clash, leads=True)
            return
    yield now


# Stands where two words of one stretch contradict each other.
_Clash = Item(says=NOT, first=-1, last=-1)
