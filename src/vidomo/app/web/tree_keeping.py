"""Keeps the tree of residents' pages up to date beside whatever else runs."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

from vidomo.app.web.site import House
from vidomo.app.web.tree import Tree
from vidomo.core.errors import VidomoError

LOOK_S = 0.5
"""Seconds between two looks at the journal."""
AGE_S = 15.0
"""Seconds after which pages are looked over although nothing was written: phases age."""
WHOLE_S = 600.0
"""Seconds after which every page is made anew, whatever seems to have changed."""
FAILED_S = 2.0
"""Seconds between two tries where the pages cannot be written."""
REST_S = 0.003
"""Seconds that a whole rendering rests after each place: open pages live in the same process."""
SHARE = 10
"""Looking over takes at most one part in this many of the time."""


class TreeKeeper:
    """Keeps a tree up to date in a thread of its own, over a house that it opens there."""

    def __init__(
        self,
        open_tree: Callable[[], contextlib.AbstractContextManager[tuple[House, Tree]]],
        *,
        say: Callable[[str], None],
    ) -> None:
        self._open, self._say = open_tree, say
        self._stopping = threading.Event()

    def run(self) -> None:
        """Keep the tree up to date until told to stop."""
        with self._open() as (house, tree):
            mark, looked, made, took = "", 0.0, 0.0, 0.0
            while not self._stopping.is_set():
                begun = time.monotonic()
                whole = not made or begun - made > max(WHOLE_S, SHARE * took)
                found = house.mark()
                if whole or found != mark or begun - looked > max(AGE_S, SHARE * took):
                    is_done = self._bring_up(house, tree, found, whole=whole)
                    mark, looked = found, begun
                    took = time.monotonic() - begun
                    made = begun if whole and is_done else made
                self._stopping.wait(LOOK_S)

    def _bring_up(self, house: House, tree: Tree, mark: str, *, whole: bool) -> bool:
        """Render; return whether all was done. A whole rendering gives way to what is new."""

        def gives_way() -> bool:
            return self._stopping.is_set() or (whole and house.mark() != mark)

        try:
            tree.render(
                whole=whole,
                stop=gives_way,
                rest=lambda: self._stopping.wait(REST_S) if whole else None,
            )
        except VidomoError as error:
            self._say(f"pages: {error.message}")
            self._stopping.wait(FAILED_S)
            return False
        return not gives_way()

    @contextlib.contextmanager
    def beside(self) -> Iterator[None]:
        """Keep the tree up to date beside whatever is done inside."""
        thread = threading.Thread(target=self.run, name="tree", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            thread.join(5)
