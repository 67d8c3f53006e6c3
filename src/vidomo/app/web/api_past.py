"""What residents may see of a moment that has gone: what was taken back since is left out."""

import math
import time
from asyncio import get_running_loop, sleep
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

from vidomo.app.publisher import publisher_at
from vidomo.app.web.api_asked import Asked, Refused
from vidomo.app.web.present import Shown
from vidomo.app.web.site import RESIDENTS, Site
from vidomo.disclosure.gate import PublicGate
from vidomo.disclosure.model import PublicView
from vidomo.disclosure.policy import Policy, load_policy
from vidomo.disclosure.release import Release
from vidomo.publish.publisher import Publisher
from vidomo.situation.model import Situation

WAITING = 2
"""Questions about the past that may wait at once; each folds the country anew."""
REST = 3
"""After such a fold, this many times as long goes to the present before the next one."""
PATIENCE_S = 1.0
"""Seconds that a question waits for that rest to end; where it takes longer it is refused."""
KEPT = 2
"""Moments that are kept sifted as long as the same present is shown; each holds the country."""
AGAIN_S = 5
"""Seconds after which whoever was refused for the others' sake is told to ask again."""
Key = tuple[datetime, datetime]
T = TypeVar("T")


class Earlier:
    """One moment that has gone, as residents may see it now.

    Args:
        situation: What held then.
        present: What holds now: whatever was taken back since is withheld.
        site: For the gazetteer.
        releases: What two people let pass before time.
        publisher: Who was on record then as running this.
    """

    def __init__(
        self,
        situation: Situation,
        *,
        present: Situation,
        site: Site,
        releases: tuple[Release, ...],
        publisher: Publisher,
    ) -> None:
        def opened(since: Situation | None) -> PublicGate:
            return PublicGate(
                situation,
                policy=RESIDENTS,
                gazetteer=site.house.gazetteer,
                releases=releases,
                present=since,
            )

        self.valid_at, self.known_at = situation.valid_at, situation.known_at
        self.publisher = publisher
        self._gate, self._then = opened(present), opened(None)

    def view(self, code: str) -> tuple[PublicView, bool]:
        """Return what may be shown of a place, and whether something of it was taken back since.

        What was shown then is compared here and goes no further.
        """
        shown = self._gate.view(code)
        return shown, shown != self._then.view(code)


class Past:
    """Answers for moments that have gone, a few at a time, so that the present is never late."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._sifting = ThreadPoolExecutor(max_workers=1, thread_name_prefix="past")
        self._kept: OrderedDict[Key, Earlier] = OrderedDict()
        self._of: Shown | None = None
        self._waiting, self._free_at = 0, 0.0

    async def at(self, asked: Asked, shown: Shown) -> Earlier:
        """Return the moment that is asked for.

        Who names only what was known names the same instant for what held: then nothing in the
        answer depends on when it is asked.

        Raises:
            Refused: It has not come yet, the rules have changed since, or too many ask.
        """
        known = asked.known_at or shown.at
        key = asked.valid_at or known, known
        if _rules(min(key)) != _rules(shown.at):
            raise Refused(410, "rules_changed")
        if self._of is not shown:
            self._of = shown
            self._kept.clear()
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        found = await self._made(asked, key, shown)
        if self._of is shown:
            self._kept[key] = found
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return found

    async def sift(self, question: Callable[[], T]) -> T:
        """Return what is asked of a moment, in the thread that makes them."""
        return await get_running_loop().run_in_executor(self._sifting, question)

    async def _made(self, asked: Asked, key: Key, shown: Shown) -> Earlier:
        rest = self._free_at - time.monotonic()
        if self._waiting >= WAITING:
            raise Refused(503, "busy", wait_s=max(AGAIN_S, math.ceil(rest)))
        if rest > PATIENCE_S:
            raise Refused(503, "busy", wait_s=math.ceil(rest))
        self._waiting += 1
        try:
            now = await self._site.ask(self._site.house.now)
            if max(key) > now:
                is_known = asked.known_at is not None and asked.known_at > now
                field = "known_at" if is_known else "valid_at"
                raise Refused(422, "in_the_future", field=field)
            if rest > 0:
                await sleep(rest)
            situation, releases = await self._site.ask(lambda: self._folded(key))
            publisher = await self._site.ask(
                lambda: publisher_at(self._site.house, known_at=key[1])
            )
            return await self.sift(
                lambda: Earlier(
                    situation,
                    present=shown.situation,
                    site=self._site,
                    releases=releases,
                    publisher=publisher,
                )
            )
        finally:
            self._waiting -= 1

    def _folded(self, key: Key) -> tuple[Situation, tuple[Release, ...]]:
        begun = time.monotonic()
        house = self._site.house
        found = house.situation(valid_at=key[0], known_at=key[1])
        ended = time.monotonic()
        self._free_at = ended + REST * (ended - begun)
        return found, tuple(house.releases())


def _rules(moment: datetime) -> Policy:
    return load_policy(RESIDENTS, on=moment.date())
