"""Short ways to make a situation of a few official posts and to see what residents are shown."""

from datetime import datetime, timedelta

import msgspec

from disclosure.planted import GAZETTEER
from situation.testimonies import REGISTRY, at, post
from vidomo.claims.model import Claim
from vidomo.disclosure.gate import PublicGate
from vidomo.disclosure.model import DimensionView, PublicView
from vidomo.disclosure.release import Release
from vidomo.situation.fold import Known, fold
from vidomo.situation.model import Situation
from vidomo.sources.model import Poll


def official(number: int, clock: str, *claims: Claim, day: str = "2026-01-10", **more) -> Known:
    """A post in the channel of an office, of Izium unless said otherwise."""
    more.setdefault("source", "izium_mva")
    return post(number, at(clock, day), *claims, **more)


def linked(known: Known, url: str) -> Known:
    """The same post with an address."""
    handed = msgspec.structs.replace(known.version.post, url=url)
    return msgspec.structs.replace(
        known, version=msgspec.structs.replace(known.version, post=handed)
    )


def told(*known: Known, when: datetime | None = None, polls: tuple[Poll, ...] = ()) -> Situation:
    moment = when or at("23:00")
    return fold(
        known,
        polls=polls,
        valid_at=moment,
        known_at=moment,
        registry=REGISTRY,
        gazetteer=GAZETTEER,
    )


def opened(situation: Situation, *, releases: tuple[Release, ...] = ()) -> PublicGate:
    return PublicGate(situation, gazetteer=GAZETTEER, releases=releases)


def view(situation: Situation, code: str) -> PublicView:
    return opened(situation).view(code)


def row(seen: PublicView, name: str) -> DimensionView:
    return next(one for one in seen.places[0].dimensions if one.dimension == name)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)
