"""What each piece of evidence weighs: which count, and how likely they are in each state."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from vidomo.core.time import format_instant
from vidomo.grid.arrays import Floats
from vidomo.outlook.network.model import Category, Evidence, Prior, SourceRecord
from vidomo.outlook.network.prior import ALERT

SAID = (Category.NO_POWER, Category.PARTIAL, Category.SERVED)
_HOUR_S = 3600.0
_MARGIN = (0.1, 0.1, 0.8)
"""What is believed of a place beforehand when sources are compared; our choice, near the twins."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Weighed:
    """Evidence that counts, as numbers.

    Attributes:
        places: Codes, in the order of the columns.
        said: Chance of what was said, or of the silence, by noise, way of silence, place and
            state (out, partly, served).
        hazard: Chance of what was noticed by cue noise, place, and whether it was struck.
        reports: Voices on power by place.
        is_covered: Whether a place is listened to or spoken of, by place.
        records: Records of the sources, this evidence included.
        words: What was assumed, in words.
        left_out: What did not count and why, in words.
    """

    places: tuple[str, ...]
    said: Floats
    hazard: Floats
    reports: tuple[int, ...]
    is_covered: tuple[bool, ...]
    records: tuple[SourceRecord, ...]
    words: tuple[str, ...]
    left_out: tuple[str, ...]


def weigh(
    evidence: Iterable[Evidence],
    prior: Prior,
    *,
    places: Sequence[str],
    fed: Collection[str],
    at: datetime,
    since: datetime | None,
    listened: Collection[str],
) -> Weighed:
    """Return what the evidence weighs at an instant.

    Args:
        evidence: In any order.
        prior: Chances of what is said.
        places: Places of the network, the columns of the result.
        fed: Those with load; of the others only hazards count.
        at: Later evidence is left out.
        since: Since when a place may have been dark; makes silence weigh less once backups
            have run out. None: not known, then no backup is taken to have run out.
        listened: Places from which something is usually heard; only their silence weighs.
    """
    rows, left_out = _sorted_out(
        evidence, prior, places=frozenset(places), fed=frozenset(fed), at=at
    )
    spoken, hazards = _by_place(rows, hazard=False), _by_place(rows, hazard=True)
    records = learn(spoken, prior)
    dark_h = 0.0 if since is None else max(0.0, (at - since).total_seconds() / _HOUR_S)
    noises = prior.levels["noise"].values
    speaks = _speaking(prior, dark_h)
    said = np.ones((len(noises), len(speaks), len(places), 3))
    hazard = np.ones((len(prior.levels["cue_noise"].values), len(places), 2))
    for number, place in enumerate(places):
        voices = spoken.get(place, ())
        if place in listened and place in fed:
            said[:, :, number, :] = speaks if voices else 1.0 - speaks
        for voice in voices:
            for level, noise in enumerate(noises):
                said[level, :, number, :] *= _likelihood(voice, prior, noise, records, at)
        for level, noise in enumerate(prior.levels["cue_noise"].values):
            hazard[level, number] = _hazard_chances(
                hazards.get(place, ()), prior, noise, heard=place in listened
            )
    heard = [place in listened or place in spoken for place in places]
    return Weighed(
        places=tuple(places),
        said=said,
        hazard=hazard,
        reports=tuple(len(spoken.get(place, ())) for place in places),
        is_covered=tuple(heard),
        records=tuple(records[name] for name in sorted(records)),
        words=_words(spoken, prior, speaks, dark_h),
        left_out=left_out,
    )


def learn(spoken: Mapping[str, Sequence[Evidence]], prior: Prior) -> dict[str, SourceRecord]:
    """Return the record of each source, agreement with the others at its places counted in.

    A voice is compared only with the other voices on the same place; where it is alone it
    neither gains nor loses.
    """
    records = {record.source: record for record in prior.records}
    gained: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for voices in spoken.values():
        for voice in voices:
            chance = np.array(_MARGIN)
            for other in voices:
                if other is not voice:
                    chance = chance * np.array(_matrix(other, prior))[:, SAID.index(other.category)]
            if len(voices) > 1:
                agreed = float(chance[SAID.index(voice.category)] / chance.sum())
                gained[voice.source].append((agreed, 1.0 - agreed))
    for source, pairs in gained.items():
        before = records.get(source, SourceRecord(source=source))
        records[source] = SourceRecord(
            source=source,
            agreed=before.agreed + math.fsum(sorted(pair[0] for pair in pairs)),
            contradicted=before.contradicted + math.fsum(sorted(pair[1] for pair in pairs)),
        )
    return records


def widening(record: SourceRecord | None, prior: Prior) -> float:
    """Return the share 0..1 of a source's words taken as said at random, from its record.

    Nothing for a source that is contradicted no more often than one without record.
    """
    if record is None:
        return 0.0
    good, bad = prior["record_agreed"], prior["record_contradicted"]
    usual = bad / (good + bad)
    seen = (bad + record.contradicted) / (good + bad + record.agreed + record.contradicted)
    return max(0.0, (seen - usual) / (1.0 - usual))


def _sorted_out(
    evidence: Iterable[Evidence],
    prior: Prior,
    *,
    places: frozenset[str],
    fed: frozenset[str],
    at: datetime,
) -> tuple[list[Evidence], tuple[str, ...]]:
    kept: dict[tuple[str, str, str], Evidence] = {}
    left_out: set[str] = set()
    for row in sorted(set(evidence), key=_order):
        if row.category is Category.UNKNOWN:
            continue
        is_hazard = row.category is Category.HAZARD
        if row.place not in (places if is_hazard else fed):
            left_out.add(f"{row.place}: the network feeds nothing there")
        elif row.at > at:
            left_out.add(f"{row.place}: said of {format_instant(row.at)}, after the instant asked")
        elif row.kind not in (prior.cues if is_hazard else prior.voices):
            left_out.add(f"{row.place}: the prior knows no {row.kind!r}")
        elif is_hazard and (at - row.at).total_seconds() > prior["hazard_lasts_h"] * _HOUR_S:
            left_out.add(f"{row.place}: a hazard older than {prior['hazard_lasts_h']:g} hours")
        else:
            kept[row.place, row.source, row.kind if is_hazard else ""] = row
    return list(kept.values()), tuple(sorted(left_out))


def _order(row: Evidence) -> tuple[object, ...]:
    """Sort so that the last of equal origin is the latest, and the darkest of the latest."""
    rank = len(SAID) - SAID.index(row.category) if row.category in SAID else 0
    return (
        row.at,
        rank,
        row.place,
        row.source,
        row.category,
        row.kind,
        row.is_scheduled,
        row.claim,
    )


def _by_place(rows: Iterable[Evidence], *, hazard: bool) -> dict[str, tuple[Evidence, ...]]:
    found: dict[str, list[Evidence]] = defaultdict(list)
    for row in rows:
        if (row.category is Category.HAZARD) is hazard:
            found[row.place].append(row)
    return {place: tuple(sorted(group)) for place, group in found.items()}


def _matrix(row: Evidence, prior: Prior) -> list[list[float]]:
    """Return the rows of the speaker's kind, a schedule that explains darkness mixed in."""
    rows = prior.voices[row.kind].matrix
    explained = prior["schedule_explains_share"] if row.is_scheduled else 0.0
    always = (1.0, 0.0, 0.0)
    return [
        [(1 - explained) * one + explained * always[column] for column, one in enumerate(chances)]
        for chances in rows
    ]


def _likelihood(
    row: Evidence, prior: Prior, noise: float, records: Mapping[str, SourceRecord], at: datetime
) -> Floats:
    column = SAID.index(row.category)
    age_h = (at - row.at).total_seconds() / _HOUR_S
    kept = (
        (1 - noise)
        * (1 - widening(records.get(row.source), prior))
        * math.exp(-age_h / prior["persistence_h"])
    )
    return np.array([kept * chances[column] + (1 - kept) / 3 for chances in _matrix(row, prior)])


def _speaking(prior: Prior, dark_h: float) -> Floats:
    """Return the chance that anybody speaks: a row a way of silence, by what holds."""
    first, last = prior["backup_from_h"], prior["backup_until_h"]
    if last > first:
        gone = min(1.0, max(0.0, (dark_h - first) / (last - first)))
    else:
        gone = float(dark_h >= first)
    voice = 1.0 - gone * (1.0 - prior["voice_left_share"])
    return np.array([[way.out * voice, way.partly, way.served] for way in prior.silence])


def _hazard_chances(
    cues: Sequence[Evidence], prior: Prior, noise: float, *, heard: bool
) -> tuple[float, float]:
    """Return the chance of what was noticed if the place was not struck, and if it was.

    Several cues of one happening are not independent, so only the strongest counts. An
    alert says little, and that nothing else is said counts only where somebody listens.
    """
    said = {cue.kind for cue in cues}
    counted = [ALERT] if ALERT in said else []
    events = sorted(said - {ALERT}, key=lambda kind: (_ratio(prior, kind), kind))
    counted += events[-1:]
    calm, struck = 1.0, 1.0
    for kind in counted:
        calm *= _blurred(prior.cues[kind].otherwise, noise)
        struck *= _blurred(prior.cues[kind].if_struck, noise)
    if heard and not events:
        calm *= 1 - _blurred(prior["hazard_heard_otherwise"], noise)
        struck *= 1 - _blurred(prior["hazard_heard_if_struck"], noise)
    return calm, struck


def _ratio(prior: Prior, kind: str) -> float:
    return prior.cues[kind].if_struck / prior.cues[kind].otherwise


def _blurred(chance: float, noise: float) -> float:
    """Return a chance with a share of coin tosses mixed in."""
    return (1 - noise) * chance + noise / 2


def _words(
    spoken: Mapping[str, Sequence[Evidence]], prior: Prior, speaks: Floats, dark_h: float
) -> tuple[str, ...]:
    weights = np.array([way.weight for way in prior.silence])
    out, partly, served = (float(one) for one in (weights[:, None] * (1 - speaks)).sum(axis=0))
    said = [
        (
            "silence of a place that is listened to has the chance "
            f"{out:.2f} if it is dark, {partly:.2f} if partly, {served:.2f} if it is served"
        ),
    ]
    if dark_h > prior["backup_from_h"]:
        said.append(
            f"{dark_h:.0f} hours may have passed in the dark: backups of mobile sites run out "
            f"after {prior['backup_from_h']:g} to {prior['backup_until_h']:g} hours, so silence weighs less"
        )
    scheduled = sum(voice.is_scheduled for voices in spoken.values() for voice in voices)
    if scheduled:
        said.append(
            f"{scheduled} reports came under an announced schedule or shutdown, which explains "
            f"darkness without damage in {prior['schedule_explains_share']:.0%} of cases: they weigh less"
        )
    return tuple(said)
