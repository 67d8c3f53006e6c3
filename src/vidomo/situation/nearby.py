"""Which of many things can mean one place, found without looking at all of them."""

from collections.abc import Iterable, Sequence

from vidomo.situation.hierarchy import COUNTRY, Tree


class Nearby:
    """Things by their place, each known by its position in the list.

    Two units can mean one place when they are the same or one lies in the other; the whole
    country means no place but itself.
    """

    def __init__(self, places: Sequence[str], tree: Tree) -> None:
        self._tree = tree
        self._at: dict[str, list[int]] = {}
        self._inside: dict[str, list[int]] = {}
        for index, place in enumerate(places):
            self._at.setdefault(place, []).append(index)
            for code in (place, *tree.wider(place)):
                self._inside.setdefault(code, []).append(index)

    def inside(self, place: str) -> Sequence[int]:
        """Return the things at a place or in it, in their order."""
        return self._inside.get(place, ())

    def nested(self, place: str) -> list[int]:
        """Return the things at a place, in it, or at a unit that holds it, in their order."""
        wider = (index for code in self._tree.wider(place) for index in self._at.get(code, ()))
        return sorted({*self.inside(place), *wider})

    def near(self, places: Iterable[str]) -> list[int]:
        """Return the things that can mean one place with any of some units, in their order."""
        found: set[int] = set()
        for place in places:
            if place == COUNTRY:
                found.update(self._at.get(COUNTRY, ()))
                continue
            found.update(self.inside(place))
            for code in self._tree.wider(place):
                if code != COUNTRY:
                    found.update(self._at.get(code, ()))
        return sorted(found)
