"""The review queue: what a person should look at, and what becomes of their answer."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from vidomo.app.decisions import draft_decision, record_decision
from vidomo.app.house import House
from vidomo.app.reader import reader_version
from vidomo.app.reviewed import (
    KIND,
    PREFIX,
    Reviewed,
    found_at,
    restated,
    reviewed_in,
    stated,
)
from vidomo.app.verdict import Verdict
from vidomo.claims.model import Claim
from vidomo.claims.net import net, words_of
from vidomo.core.codec import to_json
from vidomo.core.errors import ConfigError, NothingKnown
from vidomo.core.ids import content_id
from vidomo.gazetteer import Gazetteer
from vidomo.reports.lineage import current
from vidomo.reports.model import Version
from vidomo.situation.fold import Known
from vidomo.situation.model import Situation
from vidomo.store.model import Draft

# The net has learnt from whole posts: of a single sentence it must be surer. Own choice.
SENTENCE_FROM = 0.3
SENTENCE_WORDS = 3  # a telephone number or an account is no sentence
_SILENT = frozenset({"no_cue", "context", "heading"})
_ORDER = ("orphaned", "conflict", "place", "post", "sentence")


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a person should look at.

    Attributes:
        id: What ``take`` is given: a claim, a version, or ``version:start-end`` for a sentence.
        what: orphaned (a decision whose words are no longer read), conflict (figures or times
            of one incident that disagree), place (a claim whose place is ambiguous), post (the
            reader found nothing and the net thinks that there is something), sentence (the same
            for a sentence beside claims).
        why: The reason, in English.
        words: The words in question.
        report: Id of the report; empty for a conflict.
        source: Who posted it; ``said_at`` when, at the earliest, None when nobody says.
        chance: Probability by the net; None where it has no part.
        families: Families of topics that the net thinks of.
        candidates: Codes that the place may be, best first.
    """

    id: str
    what: str
    why: str
    words: str
    report: str = ""
    source: str = ""
    said_at: datetime | None = None
    chance: float | None = None
    families: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


def queue(house: House) -> tuple[Item, ...]:
    """Return all that needs a person, the most pressing first.

    What a person has decided does not come again; a post comes again when its text changes.
    """
    now = house.now()
    known = house.known(now)
    situation = house.situation()
    settled = {claim for one in situation.decisions for claim in one.claims}
    reviewed: dict[str, list[Reviewed]] = {}
    for each in reviewed_in(house.journal, known_at=now):
        reviewed.setdefault(each.report, []).append(each)
    items = [*_orphaned(situation), *_conflicts(situation)]
    for one in standing(known):
        done = reviewed.get(one.version.report, [])
        items += _lost(one, done)
        items += _places(one, settled, house.gazetteer)
        items += _unread(one, done)
    items.sort(key=lambda item: (_ORDER.index(item.what), -(item.chance or 0.0), item.id))
    return tuple(items)


def take(house: House, item: str, verdict: Verdict, *, reason: str, by: str) -> tuple[str, ...]:
    """Write a person's answer down, durable on return; return the ids of the records.

    Args:
        house: The data folder, open for writing.
        item: Id of an item of the queue, or of any claim or version.
        verdict: The answer.
        reason: Why, in the person's words.
        by: Who.

    Raises:
        ConfigError: No reason, or an answer that does not fit the item.
        NothingKnown: Nothing here has that id.
    """
    if not reason.strip():
        raise ConfigError("an answer needs a reason", hint='add --reason "why, in your words"')
    if item.startswith("clm_"):
        return _take_claim(house, item, verdict, reason=reason.strip(), by=by)
    if verdict.what in ("confirm", "place"):
        raise ConfigError(
            f"{verdict.what} is an answer about a claim and {item} is none",
            hint="answer none, or topic=...,kind=...,quote=...",
        )
    one, start, end = _stretch(house, item)
    return (_take_words(house, one, (start, end), verdict, reason=reason.strip(), by=by),)


def _orphaned(situation: Situation) -> Iterator[Item]:
    for lost in situation.orphaned:
        yield Item(
            id=lost.id,
            what="orphaned",
            why=f"the claim of a decision ({lost.kind}: {lost.reason}) is no longer read; "
            "decide attach or withdraw",
            words=lost.quote,
            report=lost.report,
        )


def _lost(known: Known, done: Sequence[Reviewed]) -> Iterator[Item]:
    """Yield statements of people whose words are gone from the post."""
    for one in stated(done, known.version.report):
        if found_at(one, known.version.post.text) < 0:
            yield Item(
                id=one.id,
                what="orphaned",
                why=f"the words of a stated claim ({one.topic}: {one.reason}) are gone "
                "from the post",
                words=one.quote,
                report=one.report,
                source=known.version.post.source,
                said_at=_said(known),
            )


def _conflicts(situation: Situation) -> Iterator[Item]:
    quotes = {item.claim: item.quote for item in situation.evidence}
    for incident in situation.incidents:
        for number, conflict in enumerate(incident.conflicts, start=1):
            claims = [claim for side in conflict.sides for claim in side.evidence]
            said = "; ".join(dict.fromkeys(quotes.get(claim, claim) for claim in claims))
            yield Item(
                id=f"{incident.id}:{number}",
                what="conflict",
                why=f"{conflict.topic or 'times'} of one incident disagree; decide confirm, "
                f"overrule or split {' '.join(claims)}",
                words=said,
            )


def standing(known: tuple[Known, ...]) -> Iterator[Known]:
    """Yield the newest version of each report, deleted posts left out."""
    by_report: dict[str, dict[str, Known]] = {}
    for one in known:
        by_report.setdefault(one.version.report, {})[one.version.id] = one
    for versions in by_report.values():
        last = current(one.version for one in versions.values())
        if last is not None and last.post.deleted_at is None:
            yield versions[last.id]


def _places(known: Known, settled: set[str], gazetteer: Gazetteer) -> Iterator[Item]:
    """Yield the claims whose place may be one of ours; one abroad needs nobody to decide it."""
    for claim in known.reading.claims:
        open_refs = [
            ref
            for ref in claim.places
            if ref.code is None and any(gazetteer.get(code) for code in ref.candidates)
        ]
        if not open_refs or claim.id in settled:
            continue
        names = ", ".join(dict.fromkeys(ref.surface for ref in open_refs))
        yield Item(
            id=claim.id,
            what="place",
            why=f"{claim.topic}: the text does not decide which {names} is meant",
            words=claim.quote,
            report=known.version.report,
            source=known.version.post.source,
            said_at=_said(known),
            candidates=tuple(dict.fromkeys(code for ref in open_refs for code in ref.candidates)),
        )


def _unread(known: Known, done: Sequence[Reviewed]) -> Iterator[Item]:
    text, reading = known.version.post.text, known.reading
    if not reading.claims:
        if not any(_is_settled(one, known.version, 0, len(text)) for one in done):
            yield from _guessed(known, 0, len(text), what="post", least=0.0)
        return
    for silent in reading.silent:
        start, end = silent.start, silent.end
        if silent.reason not in _SILENT or not _is_sentence(text[start:end]):
            continue
        if not any(_is_settled(one, known.version, start, end) for one in done):
            yield from _guessed(known, start, end, what="sentence", least=SENTENCE_FROM)


def _is_sentence(words: str) -> bool:
    return sum(word.isalpha() for word in words_of(words)) >= SENTENCE_WORDS


def _is_settled(one: Reviewed, version: Version, start: int, end: int) -> bool:
    """Whether a person has spoken on a stretch of this text, or stated something inside it."""
    if one.version != version.id:
        return False
    return one.holds(start, end) or (
        one.verdict == "states" and start <= one.start and one.end <= end
    )


def _guessed(known: Known, start: int, end: int, *, what: str, least: float) -> Iterator[Item]:
    words = known.version.post.text[start:end]
    hunch = net().guess(words)
    if not hunch.is_flagged or hunch.chance < least:
        return
    families = tuple(name for name, _ in hunch.families)
    of = known.version.id
    yield Item(
        id=of if what == "post" else f"{of}:{start}-{end}",
        what=what,
        why=f"the rules found nothing, and {', '.join(hunch.words)} speak for {families[0]}",
        words=words,
        report=known.version.report,
        source=known.version.post.source,
        said_at=_said(known),
        chance=round(hunch.chance, 3),
        families=families,
    )


def _said(known: Known) -> datetime | None:
    posted = known.version.post.posted_at
    return None if posted is None else posted.start


def _take_claim(
    house: House, claim: str, verdict: Verdict, *, reason: str, by: str
) -> tuple[str, ...]:
    """Decide a claim; where it says something else, set it aside and state what it says."""
    made: list[str] = []
    if verdict.what == "states":
        one, found = _claimed(house, claim)
        span = (found.start, found.end)
        made.append(_take_words(house, one, span, verdict, reason=reason, by=by))
    value: Mapping[str, str] = {"place": verdict.place} if verdict.what == "place" else {}
    decision = draft_decision(
        house.situation(),
        "confirm" if verdict.what == "confirm" else "overrule",
        [claim],
        reason=reason,
        by=by,
        at=house.now(),
        value=value,
    )
    record_decision(house.journal, decision, replay=house.is_replay)
    return (*made, decision.id)


def _claimed(house: House, claim: str) -> tuple[Known, Claim]:
    for one in house.known(house.now()):
        for each in one.reading.claims:
            if each.id == claim:
                return one, each
    raise NothingKnown(f"no claim has the id {claim!r}", hint="vidomo review lists what is open")


def _stretch(house: House, item: str) -> tuple[Known, int, int]:
    version, _, span = item.partition(":")
    known = {one.version.id: one for one in house.known(house.now())}
    if version not in known:
        raise NothingKnown(
            f"nothing here has the id {item!r}", hint="vidomo review lists what is open"
        )
    length = len(known[version].version.post.text)
    first, dash, last = span.partition("-")
    if not span:
        return known[version], 0, length
    if not (dash and first.isdecimal() and last.isdecimal()):
        raise ConfigError(f"{item!r} is no stretch of a post", hint="copy the id from the queue")
    start, end = int(first), int(last)
    if not start < end <= length:
        raise ConfigError(f"{span} is not inside the post", hint=f"it has {length} code points")
    return known[version], start, end


def _take_words(
    house: House,
    known: Known,
    span: tuple[int, int],
    verdict: Verdict,
    *,
    reason: str,
    by: str,
) -> str:
    """Write down what a stretch of a post states, and the reading that follows from it."""
    now = house.now()
    version = known.version
    start, end = span
    draft = Reviewed(
        id="",
        report=version.report,
        version=version.id,
        start=start,
        end=end,
        verdict="none",
        reason=reason,
        by=by,
        at=now,
    )
    if verdict.what == "states":
        draft = _statement(draft, verdict, version.post.text)
    one = msgspec.structs.replace(draft, id=content_id(PREFIX, draft))
    said = (*reviewed_in(house.journal, report=version.report), one)
    reading = restated(known.reading, version, said)
    recorded_at: datetime | None = now if house.is_replay else None
    drafts = [
        Draft(
            kind=KIND,
            id=one.id,
            subject=version.report,
            body=to_json(one),
            recorded_at=recorded_at,
        )
    ]
    if reading.claims != known.reading.claims:
        reader = reader_version()
        drafts.append(
            Draft(
                kind="reading",
                id=content_id("rdg", version.id, reader, one.id),
                subject=version.report,
                body=to_json(reading),
                recorded_at=recorded_at,
            )
        )
    house.journal.append(drafts)
    return one.id


def _statement(draft: Reviewed, verdict: Verdict, text: str) -> Reviewed:
    at = text.find(verdict.quote, draft.start)
    if at < 0:
        at = text.find(verdict.quote)
    if at < 0:
        raise ConfigError(
            f"{verdict.quote!r} is not in the post", hint="copy the words exactly as they stand"
        )
    return msgspec.structs.replace(
        draft,
        verdict="states",
        start=at,
        end=at + len(verdict.quote),
        topic=verdict.topic,
        kind=verdict.kind,
        polarity=verdict.polarity,
        quote=verdict.quote,
        place=verdict.place,
        count=verdict.count,
    )
