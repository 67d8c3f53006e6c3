"""Which statements stand at an instant, each with its weight, its times and its places."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import msgspec

from vidomo.claims.model import Claim, Kind, Reading, Role
from vidomo.core.codec import to_json
from vidomo.core.time import Interval, instant_interval
from vidomo.reports.model import Version
from vidomo.situation.exceptions import excluded
from vidomo.situation.hierarchy import Tree
from vidomo.situation.model import Evidence, Standing
from vidomo.situation.rules import extent_of
from vidomo.situation.standing import Judged, is_discredited, judge
from vidomo.sources.registry import Registry

_HALF_A_DAY = timedelta(hours=12)
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
AHEAD = frozenset({Kind.FORECAST, Kind.PLAN, Kind.WARNING, Kind.ADVICE})
"""The kinds of statements that may speak of what is still to come."""
_COUNTED = frozenset({Standing.OFFICIAL, Standing.DECLARED})
_STATED = frozenset({"explicit", "relative"})
_TOLD = frozenset({Kind.REPORT, Kind.ASSESSMENT})
_TO_COME = frozenset({"expected", "scheduled"})


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a report and what was read in it.

    Attributes:
        is_ahead: Whether it bears a time later than when it was written down here: the clock
            of its source is wrong.
    """

    version: Version
    reading: Reading
    is_ahead: bool = False


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """One statement as it stands at an instant.

    Attributes:
        claim: The claim.
        version: The version that carries it.
        lang: Language of the text.
        judged: Its weight.
        said: When it was published; None when undated. Of a post known to the day the part
            of the day before what it reports is left out.
        held: When the thing happened or held, as the text itself says; None when it does not.
        at: The one instant that statements are put in order by.
        places: Codes that it speaks of.
        candidates: Codes that it may speak of, where it cannot be decided.
        is_edited_in: Whether the words may have come into an older post by an edit.
        withdrawn_at: When the source took the words back; None while they stand.
        excluded: Codes of parts that the words take out ("except Izium raion").
        is_ahead: Whether the clock of its source is known to be wrong.
        copied_from: Id of the earlier claim that it repeats, with the origin of that.
        confirmed_by: Who at the desk vouches for it.
        replaced: Other words that earlier versions had under the id of the claim.
        was_linked: Whether the post had an address in this version or an earlier one.
    """

    claim: Claim
    version: Version
    lang: str
    judged: Judged
    said: Interval | None
    held: Interval | None
    at: datetime
    places: tuple[str, ...]
    candidates: tuple[str, ...]
    is_edited_in: bool
    withdrawn_at: datetime | None = None
    excluded: tuple[str, ...] = ()
    is_ahead: bool = False
    copied_from: str | None = None
    confirmed_by: tuple[str, ...] = ()
    replaced: tuple["Heard", ...] = ()
    was_linked: bool = False

    @property
    def published(self) -> Interval | None:
        """When the version was published, as the source gives it; None when undated."""
        post = self.version.post
        return self.said if post.edited_at else post.posted_at

    @property
    def is_counted(self) -> bool:
        """Whether it may move a phase, open an incident or answer a question."""
        return self.judged.standing in _COUNTED

    @property
    def since(self) -> datetime:
        """The earliest instant that it speaks of."""
        if self.held is not None:
            return self.held.start
        return self.said.start if self.said is not None else self.at

    @property
    def is_timed(self) -> bool:
        """Whether the time that it speaks of, or was said at, is shorter than half a day."""
        time = self.held or self.said
        return time is not None and time.end - time.start < _HALF_A_DAY

    @property
    def order(self) -> tuple[datetime, str, int, str]:
        """The key that puts statements in one order, whatever order they came in."""
        return (self.at, self.version.id, self.claim.start, self.claim.id)


def effective_at(version: Version) -> datetime:
    """Return from when on a version is what the source says; long ago when undated."""
    post = version.post
    if post.deleted_at or post.edited_at:
        return post.deleted_at or post.edited_at or LONG_AGO
    return post.posted_at.start if post.posted_at else LONG_AGO


def gather(
    known: Iterable[Known], *, valid_at: datetime, registry: Registry, tree: Tree
) -> tuple[Heard, ...]:
    """Return every statement said by an instant, in one order.

    Of a report that was edited or deleted by then the last version stands; statements
    that only earlier versions make are withdrawn, and kept.
    """
    latest: dict[str, Known] = {}
    for item in known:
        before = latest.get(item.version.id)
        if before is None or _rank(before) < _rank(item):
            latest[item.version.id] = item
    reports: dict[str, list[Known]] = {}
    for item in latest.values():
        if max(effective_at(item.version), not_before(item)) <= valid_at:
            reports.setdefault(item.version.report, []).append(item)
    heard: list[Heard] = []
    for versions in reports.values():
        versions.sort(key=lambda item: (effective_at(item.version), item.version.id))
        heard += _stand(versions, valid_at=valid_at, registry=registry, tree=tree)
    return tuple(sorted(heard, key=lambda item: item.order))


def evidence_of(heard: Heard) -> Evidence:
    """Return a statement in the form that the situation shows."""
    claim, post = heard.claim, heard.version.post
    return Evidence(
        claim=claim.id,
        report=heard.version.report,
        version=heard.version.id,
        topic=claim.topic,
        kind=claim.kind.value,
        polarity=claim.polarity.value,
        standing=heard.judged.standing,
        reason=heard.judged.reason,
        origin=heard.judged.origin,
        speaker=heard.judged.speaker,
        source=post.source,
        url=post.url or "",
        lang=heard.lang,
        quote=claim.quote,
        start=claim.start,
        end=claim.end,
        place=heard.places[0] if heard.places else None,
        said_at=heard.published.start if heard.published else None,
        said_until=heard.published.end if heard.published else None,
        earliest=claim.time.earliest,
        latest=claim.time.latest,
        withdrawn_at=heard.withdrawn_at,
        copied_from=heard.copied_from,
        confirmed_by=heard.confirmed_by,
        extent=extent_of(claim),
    )


def _rank(item: Known) -> tuple[bytes, bool]:
    return to_json(item.reading), item.is_ahead


def _stand(
    versions: list[Known], *, valid_at: datetime, registry: Registry, tree: Tree
) -> list[Heard]:
    """Return the statements of one report: those of its last version, then the withdrawn."""
    last = versions[-1]
    is_deleted = last.version.post.deleted_at is not None
    heard: dict[str, Heard] = {}
    for index in range(len(versions) - 1, -1, -1):
        item = versions[index]
        withdrawn = "deleted" if is_deleted else "edited_away" if item is not last else ""
        discredited = is_discredited(item.reading, version=item.version, registry=registry)
        for claim in item.reading.claims:
            if _lies_ahead(claim, valid_at):
                continue
            newer = heard.get(claim.id)
            if newer is not None and (not withdrawn or not _is_other(claim, newer)):
                continue
            judged = judge(
                claim,
                version=item.version,
                reading=item.reading,
                registry=registry,
                discredited=discredited,
                place_name=tree.name,
            )
            if withdrawn:
                judged = msgspec.structs.replace(
                    judged, standing=Standing.WITHDRAWN, reason=withdrawn
                )
            one = _hear(claim, versions[: index + 1], judged, tree)
            if withdrawn:
                taker = last if is_deleted and item is last else versions[index + 1]
                one = msgspec.structs.replace(one, withdrawn_at=effective_at(taker.version))
            if newer is not None:
                one = msgspec.structs.replace(newer, replaced=(*newer.replaced, one))
            heard[claim.id] = one
    return list(heard.values())


def _is_other(claim: Claim, newer: Heard) -> bool:
    """Whether a claim had other words under an id that a newer version has, too."""
    return claim.quote not in {one.claim.quote for one in (newer, *newer.replaced)}


def _hear(claim: Claim, versions: list[Known], judged: Judged, tree: Tree) -> Heard:
    version, reading = versions[-1].version, versions[-1].reading
    said, is_edited_in = _said(claim, versions)
    held, at = in_time(claim, said)
    places, candidates = places_of(claim, tree)
    if not claim.places and judged.home and tree.is_known(judged.home):
        places = (judged.home,)
    return Heard(
        claim=claim,
        version=version,
        lang=reading.lang,
        judged=judged,
        said=said,
        held=held,
        at=at,
        places=places,
        candidates=candidates,
        is_edited_in=is_edited_in,
        excluded=excluded(claim, versions[-1].reading, places, text=version.post.text, tree=tree),
        is_ahead=versions[-1].is_ahead,
        was_linked=any(item.version.post.url for item in versions),
    )


def in_time(claim: Claim, said: Interval | None) -> tuple[Interval | None, datetime]:
    """Return when the thing stated held, and the one instant that the statement is put in order by.

    Args:
        claim: The statement.
        said: When it was published; None when undated.
    """
    time = claim.time
    held = None
    if time.basis in _STATED and time.earliest is not None:
        held = Interval(time.earliest, max(time.latest or time.earliest, time.earliest))
    is_ahead = time.phase == "ongoing" or claim.kind in AHEAD
    if held is not None and (said is None or not is_ahead):
        return held, held.start
    return held, said.start if said is not None else LONG_AGO


def _said(claim: Claim, versions: list[Known]) -> tuple[Interval | None, bool]:
    """Return when words were first published, and whether an edit may have brought them.

    An edit that leaves the words as they were does not make them newer; of a post that is
    known only in its edited form, the words may be of any time between post and edit.
    """
    first = versions[-1]
    for item in reversed(versions[:-1]):
        if not any(_same_words(claim, other) for other in item.reading.claims):
            break
        first = item
    post = first.version.post
    if post.edited_at is None:
        return _published(first), first is not versions[0]
    edited = instant_interval(post.edited_at)
    if first is versions[0] and post.posted_at is not None:
        start = min(post.posted_at.start, edited.start)
        return Interval(start, max(edited.end, post.posted_at.end)), True
    return edited, True


def _published(item: Known) -> Interval | None:
    """Return when a post was published, without the time before what it reports as past."""
    posted = item.version.post.posted_at
    if posted is None:
        return None
    return Interval(max(posted.start, not_before(item)), posted.end)


def not_before(item: Known) -> datetime:
    """Return the latest beginning of what a post tells as past; it was not written before that.

    Only a post known to the day or less needs this: a clock time is better than an inference.
    """
    posted = item.version.post.posted_at
    if posted is None or posted.is_instant:
        return LONG_AGO
    return max(
        (
            claim.time.earliest
            for claim in item.reading.claims
            if claim.kind in _TOLD
            and claim.time.basis in _STATED
            and claim.time.phase not in _TO_COME
            and claim.time.earliest is not None
            and claim.time.earliest < posted.end
        ),
        default=LONG_AGO,
    )


def _same_words(claim: Claim, other: Claim) -> bool:
    return (claim.topic, claim.kind, claim.polarity, claim.quote) == (
        other.topic,
        other.kind,
        other.polarity,
        other.quote,
    )


def _lies_ahead(claim: Claim, valid_at: datetime) -> bool:
    earliest = claim.time.earliest
    return earliest is not None and earliest > valid_at and claim.kind not in AHEAD


def places_of(claim: Claim, tree: Tree) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the known places that a claim is about, and those that it may be about instead.

    A danger is also about where it heads, and what is near it counts for events; where a
    thing comes from is never affected.
    """
    roles = {Role.AFFECTED}
    if claim.topic.startswith(("threat.", "alert.")):
        roles |= {Role.HEADING}
    if claim.topic.startswith(("threat.", "event.")):
        roles |= {Role.NEAR}
    codes: dict[str, None] = {}
    candidates: dict[str, None] = {}
    for place in claim.places:
        if place.role not in roles:
            continue
        if place.code is None:
            candidates |= dict.fromkeys(place.candidates)
        elif tree.is_known(place.code):
            codes[place.code] = None
    return tuple(codes), tuple(code for code in candidates if tree.is_known(code))
