"""Reads one text into claims: the whole walk from characters to statements."""

import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from vidomo.claims.alarms import read_alarms
from vidomo.claims.asking import with_questions
from vidomo.claims.assemble import assemble
from vidomo.claims.bodies import without_bodies
from vidomo.claims.chunks import Chunks
from vidomo.claims.cues import find_cues, find_means
from vidomo.claims.dangers import with_dangers
from vidomo.claims.debris import with_debris
from vidomo.claims.discourse import by_news, find_triggers
from vidomo.claims.document import Document
from vidomo.claims.explain import silent_sentences
from vidomo.claims.fighting import spare
from vidomo.claims.findings import Findings, implied, is_abroad, is_combat, mute, taken_over
from vidomo.claims.genre import GENRES, MONITOR, guess_genre, heard
from vidomo.claims.hits import CueHit, MentionHit
from vidomo.claims.listed import with_lists
from vidomo.claims.mentions import find_mentions
from vidomo.claims.model import Claim, Mention, Reading, Role
from vidomo.claims.noes import with_noes
from vidomo.claims.numbers import find_numbers
from vidomo.claims.old_dates import Told
from vidomo.claims.one_story import without_one_story
from vidomo.claims.past import with_past
from vidomo.claims.prefixes import with_prefixed
from vidomo.claims.prepare import prepare
from vidomo.claims.provisional import with_provisional
from vidomo.claims.railway import is_about_lines
from vidomo.claims.speakers import find_speakers
from vidomo.claims.still import with_answers, without_bare_ends
from vidomo.claims.stretches import read_stretches
from vidomo.claims.takebacks import with_takebacks
from vidomo.claims.targets import with_targets
from vidomo.claims.times import find_times
from vidomo.core.errors import ConfigError
from vidomo.core.time import Interval

if TYPE_CHECKING:
    from vidomo.gazetteer import Gazetteer

READER_VERSION = "2"
# Town, day and agency before the first sentence of a piece of news.
_DATELINE = re.compile(r"^\W*[^/\n]{0,60}/[^/\n]{2,30}/\W+", re.MULTILINE)
# Characters in which it begins.
_HEAD = 400
# Sentences that it may be cut into, and two more.
_OPENING = 5


@cache
def version() -> str:
    """Return the version of the reader: its number and a digest of all its tables."""
    digest = hashlib.blake2b(digest_size=6)
    package = files("vidomo.claims")
    for folder in ("lang/uk", "lang/ru", "lang/en", "vocab"):
        for item in sorted(package.joinpath(folder).iterdir(), key=lambda entry: entry.name):
            if item.name.endswith(".toml"):
                digest.update(item.read_bytes())
    return f"{READER_VERSION}+{digest.hexdigest()}"


def read_text(
    text: str,
    *,
    gazetteer: "Gazetteer",
    report: str = "",
    version: str = "",
    lang: str | None = None,
    genre: str | None = None,
    posted_at: Interval | None = None,
) -> Reading:
    """Return all that one version of a report says, with places named but not yet decided.

    Takes any text, in time that grows with its length only; one of more than 12,000 characters
    is read in stretches. Claims come in the order of their start; every quotation is the exact
    substring of the text as received.

    Args:
        text: The text as received.
        gazetteer: Where names of places are looked up.
        report: Id of the report; part of the ids of the claims.
        version: Id of the version that is read.
        lang: Language as stated by the source; guessed when none is stated.
        genre: official, news or monitor; guessed when None.
        posted_at: When it was published; None when nobody says.

    Raises:
        ConfigError: The genre is none of the three.
    """
    if genre is not None and genre not in GENRES:
        raise ConfigError(f"{genre!r} is not a genre", hint=f"use one of {', '.join(GENRES)}")

    def read(stretch: str, before: Reading | None) -> Reading:
        doc = prepare(stretch, lang=before.lang if before else lang)
        known = before.genre if before else genre
        found = _look(doc, find_mentions(doc, gazetteer), genre=known, posted_at=posted_at)
        return _told(found, report=report, version=version, posted_at=posted_at)

    return read_stretches(text, read)


def _told(found: Findings, *, report: str, version: str, posted_at: Interval | None) -> Reading:
    doc = found.doc
    claims: tuple[Claim, ...] = ()
    reasons: dict[int, str] = {}
    out_of_scope = is_abroad(doc, found.triggers, found.mentions) or (
        is_combat(doc, found.triggers) and not spare(found)
    )
    if not out_of_scope:
        claims, reasons = assemble(found, report=report, posted=posted_at)
    return Reading(
        report=report,
        version=version,
        reader_version=_reader_version(),
        lang=doc.lang,
        genre=found.genre,
        claims=claims,
        mentions=tuple(_mention(doc, hit) for hit in found.mentions),
        silent=silent_sentences(found, claims, reasons, out_of_scope=out_of_scope),
        leads=_leads(doc),
    )


def _leads(doc: Document) -> tuple[int, ...]:
    """Return where the first sentence of a text ends, and the one below it if it is a heading.

    "KYIV, 1 May. /Agency/." is neither.
    """
    line = _DATELINE.search(doc.text, 0, _HEAD)
    start, end = line.span() if line else (0, 0)
    told = [s for s in doc.sentences[:_OPENING] if not start <= s.start < s.end <= end]
    if not told:
        return ()
    first, *below = told[:2]
    ends = [first, *(one for one in below if one.paragraph != first.paragraph)]
    return tuple(doc.original_span(one.start, one.end)[1] for one in ends)


_reader_version = version


def _look(
    doc: Document,
    mentions: tuple[MentionHit, ...],
    *,
    genre: str | None,
    posted_at: Interval | None,
) -> Findings:
    chunks = Chunks(doc)
    cues = find_cues(doc)
    if is_about_lines(doc):
        cues = (*cues, *find_cues(doc, table="rail"))
    shorthand = find_cues(doc, table="monitor")
    speakers = find_speakers(doc, mentions)
    genre = genre or guess_genre(doc, speakers, chunks=chunks, cues=cues, shorthand=shorthand)
    shorthand = heard(doc, chunks, shorthand, cues) if genre == MONITOR else ()
    times = find_times(doc, posted_at=posted_at)
    triggers = by_news(doc, with_questions(doc, chunks, find_triggers(doc, chunks)))
    triggers = with_takebacks(doc, with_noes(doc, triggers), cues)
    triggers = with_provisional(doc, chunks, triggers, cues)
    triggers = without_one_story(doc, triggers, cues)
    found = Findings(
        doc=doc,
        chunks=chunks,
        genre=genre,
        cues=(*cues, *_unsaid(shorthand, cues)),
        means=find_means(doc),
        triggers=with_past(
            Told(
                doc=doc,
                chunks=chunks,
                times=times,
                triggers=triggers,
                cues=cues,
                posted=posted_at,
                mentions=mentions,
            )
        ),
        numbers=find_numbers(doc),
        times=times,
        mentions=mentions,
        speakers=speakers,
        muted={},
    )
    found.cues = with_prefixed(doc, without_bodies(with_dangers(doc, found.cues)))
    found.cues = with_answers(found)
    mute(found)
    found.cues = with_debris(found)
    read_alarms(found)
    found.cues = without_bare_ends(found)
    found.cues = with_targets(found)
    found.cues = taken_over(
        sorted(
            (*with_lists(found), *implied(found)),
            key=lambda cue: (cue.start, cue.end, cue.rule),
        )
    )
    return found


def _unsaid(shorthand: tuple[CueHit, ...], cues: tuple[CueHit, ...]) -> tuple[CueHit, ...]:
    """Leave out shorthand inside words that the other tables know ("end of the UAV threat")."""
    taken = {token for cue in cues for token in cue.tokens}
    return tuple(hit for hit in shorthand if taken.isdisjoint(hit.tokens))


def _mention(doc: Document, hit: MentionHit) -> Mention:
    start, end = doc.original_span(hit.start, hit.end)
    return Mention(
        start=start,
        end=end,
        surface=doc.original[start:end],
        kind=hit.kind,
        role=Role.SOURCE if hit.is_body else Role(hit.role),
        candidates=hit.candidates,
        qualifiers=hit.qualifiers,
        typed=hit.typed,
        is_body=hit.is_body,
        is_excluded=hit.is_excluded,
        is_qualifier=hit.is_qualifier,
    )
