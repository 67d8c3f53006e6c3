"""Law 10: everything derived can be dropped, and no decision is lost by reading anew."""

import random
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from app.houses import house_over, moment_in
from situation.histories import BEGIN, HOURS, History, drafts_of, history, reading_draft, real_fold
from situation.lawbook import catches, held_in, keeps
from situation.testimonies import COUNTRY, IZIUM, KHARKIV_OBLAST, REGISTRY, VILLAGE
from vidomo.app.difference import difference
from vidomo.app.history import entries
from vidomo.app.house import House
from vidomo.app.review import queue
from vidomo.claims.model import Claim, Reading
from vidomo.core.codec import to_json
from vidomo.core.ids import content_id
from vidomo.reports.model import Version
from vidomo.situation.decision import Anchor, in_force
from vidomo.situation.fold import Known
from vidomo.situation.model import Decided, Situation

PLACES = (IZIUM, VILLAGE, KHARKIV_OBLAST)
AGAIN = BEGIN + timedelta(hours=HOURS + 6)
"""When the new reader reads everything anew."""


class Keeping:
    """How the house keeps what it was told, as the product does it."""

    def situation(self, house: House, **at: datetime) -> Situation:
        return house.situation(**at)

    def inbox(self, house: House) -> Iterable[str]:
        return [item.id for item in queue(house) if item.what == "orphaned"]

    def drop(self, house: House) -> None:
        """Forget all that was derived and make it again."""
        house.index.rebuild()
        house.index.refresh(house.index.tables.all_touched())
        for cached in (house._fold, house._known):
            cached.cache_clear()


# everything derived can be dropped ----------------------------------------------------------------


def what_is_derived_can_be_dropped(keeping: type[Keeping], seed: int) -> set[str]:
    told, dice, keep = history(seed), random.Random(seed + 19), keeping()
    cut = dice.randint(0, len(told.entries))
    early = msgspec.structs.replace(told, entries=told.entries[:cut])
    late = drafts_of(msgspec.structs.replace(told, entries=told.entries[cut:]))
    at = {
        "valid_at": told.valid_at,
        "known_at": dice.choice((moment_in(dice), AGAIN, AGAIN, AGAIN)),
    }
    with house_over(early) as house:
        # Asked before the rest comes in, so that everything is warm that can be.
        house.index.catch_up()
        keep.situation(house, **at)
        house.place_state(IZIUM, **at)
        for drafts in late:
            house.journal.append(drafts)
            if dice.random() < 0.2:
                house.index.catch_up()
        house.index.catch_up()
        found = keep.situation(house, **at)
        before = _answers(keep, house, at)
        keep.drop(house)
        assert _answers(keep, house, at) == before
    with house_over(told) as afresh:  # the same records in a folder that never knew any of it
        afresh.index.catch_up()
        assert _answers(keeping(), afresh, at) == before
    return held_in(found)


def _answers(keep: Keeping, house: House, at: dict[str, datetime]) -> list[bytes]:
    found = keep.situation(house, **at)
    return [
        to_json(found),
        *(to_json(house.place_state(place, **at)) for place in PLACES),
        to_json(house.country(**at)),
        to_json(entries(house, IZIUM, known_at=at["known_at"])),
        to_json(
            difference(
                house,
                IZIUM,
                valid_from=BEGIN + timedelta(hours=2),
                valid_to=at["valid_at"],
                known_from=at["known_at"],
                known_to=at["known_at"],
            )
        ),
    ]


# reading anew ---------------------------------------------------------------------------------------


def reading_anew_loses_nothing(keeping: type[Keeping], seed: int) -> set[str]:
    told, dice, keep = history(seed), random.Random(seed + 23), keeping()
    again = {one.version.id: _read_again(one, dice) for one in told.known if dice.random() < 0.7}
    drafts = [[reading_draft(reading, AGAIN)] for reading in again.values()]
    before, after = AGAIN - timedelta(seconds=1), AGAIN + timedelta(hours=1)
    with house_over(told, more=drafts) as house:
        early = keep.situation(house, valid_at=told.valid_at, known_at=before)
        late = keep.situation(house, valid_at=told.valid_at, known_at=after)
        newest = [
            msgspec.structs.replace(one, reading=again.get(one.version.id, one.reading))
            for one in told.known
        ]
        # The past does not change, and from its own moment on the new reading is what is known.
        assert early == _pure(told, told.known, known_at=before)
        assert late == _pure(told, newest, known_at=after)
        for found in (early, late):
            _no_decision_is_dropped(told, found, newest if found is late else told.known)
        now = keep.situation(house, valid_at=house.now(), known_at=house.now())
        assert set(keep.inbox(house)) >= {one.id for one in now.orphaned}
        lost = {one.id for one in in_force(told.decisions)} - {one.id for one in now.decisions}
        assert lost <= set(keep.inbox(house))
    held = held_in(early) | held_in(late) | {"reread"}
    if any(one.reattached for one in late.decisions):
        held.add("reattached")
    return held


def _pure(told: History, known: list[Known], *, known_at: datetime) -> Situation:
    return real_fold(
        known,
        polls=told.polls,
        decisions=told.decisions,
        valid_at=told.valid_at,
        known_at=known_at,
        registry=REGISTRY,
        gazetteer=COUNTRY,
    )


def _read_again(known: Known, dice: random.Random) -> Reading:
    """Return what another reader makes of a post: spans, topics and claims come and go."""
    claims = [
        claim
        for old in known.reading.claims
        if dice.random() < 0.8 and (claim := _claim_again(known.version, old, dice))
    ]
    return msgspec.structs.replace(known.reading, reader_version="u", claims=tuple(claims))


def _claim_again(version: Version, old: Claim, dice: random.Random) -> Claim:
    start, end, topic = old.start, old.end, old.topic
    what = dice.choice(("same", "shorter", "longer", "other topic"))
    if what == "shorter":
        start += len(old.quote) // 2
    elif what == "longer":
        end = min(len(version.post.text), end + 3)
    elif what == "other topic":
        topic = "service.health.disrupted"
    return msgspec.structs.replace(
        old,
        id=content_id("clm", version.report, start, end, topic, old.kind, old.polarity, what),
        topic=topic,
        start=start,
        end=end,
        quote=version.post.text[start:end],
    )


def _no_decision_is_dropped(told: History, found: Situation, known: list[Known]) -> None:
    wanted = {
        one.id: one
        for one in in_force(told.decisions)
        if one.kind != "confirm" or one.at <= found.valid_at
    }
    kept = [one.id for one in found.decisions] + [one.id for one in found.orphaned]
    assert sorted(kept) == sorted(wanted)
    claims: dict[str, list[Claim]] = {}
    reports: dict[str, set[str]] = {}
    for one in known:
        for claim in one.reading.claims:
            claims.setdefault(claim.id, []).append(claim)
            reports.setdefault(claim.id, set()).add(one.version.report)
    for decided in found.decisions:
        _rests_on_its_words(decided, wanted[decided.id].on, claims, reports)
    for lost in found.orphaned:
        assert lost.reason == wanted[lost.id].reason


def _rests_on_its_words(
    decided: Decided,
    anchors: tuple[Anchor, ...],
    claims: dict[str, list[Claim]],
    reports: dict[str, set[str]],
) -> None:
    for claim in decided.claims:
        assert any(
            anchor.report in reports[claim]
            and (
                anchor.claim == claim
                or anchor.quote == one.quote
                or (anchor.start < one.end and one.start < anchor.end)
            )
            for anchor in anchors
            for one in claims[claim]
        )


# houses that keep badly -----------------------------------------------------------------------------


class KeepsItsFirstAnswer(Keeping):
    """Answers what it answered before, whatever was written down since."""

    def __init__(self) -> None:
        self._kept: dict[object, Situation] = {}

    def situation(self, house: House, **at: datetime) -> Situation:
        return self._kept.setdefault(tuple(at.values()), super().situation(house, **at))


class MakesHalfAgain(Keeping):
    """Forgets a table that it does not make again."""

    def drop(self, house: House) -> None:
        super().drop(house)
        with house.journal.deriving() as connection:
            connection.execute("delete from phase where place = ?", (IZIUM,))
            connection.execute("delete from touch where place = ?", (IZIUM,))


class DropsRecords(Keeping):
    """Takes decisions for something derived."""

    def drop(self, house: House) -> None:
        super().drop(house)
        house.decisions = lambda _: ()


class DropsReadings(Keeping):
    """Takes what was read at last for something derived."""

    def drop(self, house: House) -> None:
        super().drop(house)
        kept = house._known_at
        house._known = lambda newest, known_at: kept(newest, known_at)[:-1]


class ReadsBackInTime(Keeping):
    """Takes a new reading for what was always known."""

    def situation(self, house: House, **at: datetime) -> Situation:
        found = super().situation(house, **at | {"known_at": house.now()})
        return msgspec.structs.replace(found, known_at=at["known_at"])


class NeverReadsAgain(Keeping):
    """Stays with the first reading."""

    def situation(self, house: House, **at: datetime) -> Situation:
        moment = min(at["known_at"], AGAIN - timedelta(seconds=1))
        found = super().situation(house, **at | {"known_at": moment})
        return msgspec.structs.replace(found, known_at=at["known_at"])


class ForgetsTheLost(Keeping):
    """Drops decisions whose claim is no longer read."""

    def situation(self, house: House, **at: datetime) -> Situation:
        return msgspec.structs.replace(super().situation(house, **at), orphaned=())


class HidesTheLost(Keeping):
    """Keeps decisions whose claim is no longer read from everybody's sight."""

    def inbox(self, _: House) -> Iterable[str]:
        return ()


class AttachesAnywhere(Keeping):
    """Lets a decision fall on whatever is at hand."""

    def situation(self, house: House, **at: datetime) -> Situation:
        found = super().situation(house, **at)
        claims = tuple(item.claim for item in found.evidence[:1])
        moved = tuple(msgspec.structs.replace(one, claims=claims) for one in found.decisions)
        return msgspec.structs.replace(found, decisions=moved)


LAWS: list[Any] = [
    pytest.param("10 dropped", what_is_derived_can_be_dropped, id="dropped"),
    pytest.param("10 read anew", reading_anew_loses_nothing, id="read anew"),
]
BROKEN: list[tuple[Callable[..., set[str]], type[Keeping]]] = [
    (what_is_derived_can_be_dropped, KeepsItsFirstAnswer),
    (what_is_derived_can_be_dropped, MakesHalfAgain),
    (what_is_derived_can_be_dropped, DropsRecords),
    (what_is_derived_can_be_dropped, DropsReadings),
    (reading_anew_loses_nothing, ReadsBackInTime),
    (reading_anew_loses_nothing, NeverReadsAgain),
    (reading_anew_loses_nothing, ForgetsTheLost),
    (reading_anew_loses_nothing, HidesTheLost),
    (reading_anew_loses_nothing, AttachesAnywhere),
]


# tests ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "law"), LAWS)
def test_what_was_written_down_is_all_that_counts(name: str, law: Callable[..., set[str]]) -> None:
    keeps(name, law, Keeping, short=25)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("name", "law"), LAWS)
def test_what_was_written_down_is_all_that_counts_for_long(
    name: str, law: Callable[..., set[str]]
) -> None:
    keeps(name, law, Keeping)


@pytest.mark.parametrize(("law", "mutant"), BROKEN)
def test_a_house_that_keeps_badly_is_caught(
    law: Callable[..., set[str]], mutant: type[Keeping]
) -> None:
    catches(law, mutant)
