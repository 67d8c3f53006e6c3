"""Reads versions, and reads words that it has met before only once more."""

from collections import OrderedDict

import msgspec

from vidomo.app.reader import home_of, read_version
from vidomo.claims.claiming import claim_id
from vidomo.claims.model import Claim, ClaimTime, Reading
from vidomo.claims.prepare import prepare
from vidomo.claims.read import read_text
from vidomo.claims.times import find_times
from vidomo.core.time import Interval
from vidomo.gazetteer import Gazetteer
from vidomo.reports.model import Version

KEPT = 4096  # texts; alarm channels of the whole country repeat some hundred

_Key = tuple[str, str | None, str | None]


class _Mould(msgspec.Struct, frozen=True):
    """A reading without its report and its time.

    Attributes:
        reading: As read for another report.
        named: The same claims before their places were decided: what their ids are made of.
    """

    reading: Reading
    named: tuple[Claim, ...]


class Rereader:
    """Reads versions of reports; the same words again cost next to nothing.

    What a reading says rests on text, language and home alone where the text names no time
    at all: the report enters only the ids of claims, the publication only the times that rest
    on it. Such a reading is filled in anew; any other text is read afresh. The result is the
    same, byte for byte.
    """

    def __init__(self, *, kept: int = KEPT) -> None:
        self._kept = kept
        self._seen: OrderedDict[_Key, _Mould | None] = OrderedDict()
        self.filled = 0

    def read(self, version: Version) -> Reading:
        """Return the reading of one version, its places decided or left ambiguous."""
        post = version.post
        if post.posted_at is None:
            return read_version(version)
        key = (post.text, post.lang, home_of(post))
        if key not in self._seen:
            # Most texts never come again: nothing but their key is kept at first.
            self._remember(key, None)
            return read_version(version)
        mould = self._seen[key]
        self._seen.move_to_end(key)
        if mould is None:
            reading = read_version(version)
            if not find_times(prepare(post.text, lang=post.lang), posted_at=post.posted_at):
                self._seen[key] = _mould(version, reading)
            return reading
        self.filled += 1
        return _filled(mould, version, post.posted_at)

    def _remember(self, key: _Key, mould: _Mould | None) -> None:
        self._seen[key] = mould
        if len(self._seen) > self._kept:
            self._seen.popitem(last=False)


def _mould(version: Version, reading: Reading) -> _Mould | None:
    """Return the mould of a reading; None where its ids are not those of its own mentions."""
    post = version.post
    named = read_text(
        post.text,
        gazetteer=Gazetteer.open(),
        report=version.report,
        version=version.id,
        lang=post.lang,
        posted_at=post.posted_at,
    ).claims
    is_sound = [claim.id for claim in named] == [claim.id for claim in reading.claims] and all(
        claim.id == claim_id(version.report, claim) for claim in named
    )
    return _Mould(reading=reading, named=named) if is_sound else None


def _filled(mould: _Mould, version: Version, posted: Interval) -> Reading:
    claims = tuple(
        msgspec.structs.replace(
            claim, id=claim_id(version.report, named), time=_dated(claim.time, posted)
        )
        for claim, named in zip(mould.reading.claims, mould.named, strict=True)
    )
    return msgspec.structs.replace(
        mould.reading, report=version.report, version=version.id, claims=claims
    )


def _dated(time: ClaimTime, posted: Interval) -> ClaimTime:
    if time.earliest is None:
        return time
    return msgspec.structs.replace(time, earliest=posted.start, latest=posted.end)
