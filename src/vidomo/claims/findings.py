"""All that the steps of the reader found in one text, before it becomes claims."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

import msgspec

from vidomo.claims.chunks import Chunks
from vidomo.claims.clear_places import is_called_false, is_for_some
from vidomo.claims.cues import MeansHit, find_cues, find_means
from vidomo.claims.discourse import find_triggers, is_list_of_news
from vidomo.claims.document import Document
from vidomo.claims.downed import tells_where_downed
from vidomo.claims.hits import (
    CueHit,
    MentionHit,
    NumberHit,
    SpeakerHit,
    TimeHit,
    TriggerHit,
)
from vidomo.claims.mentions_words import words
from vidomo.claims.model import Kind
from vidomo.claims.plainly import is_on_again, is_plainly_said

_SUPPLIED = frozenset({"bombs", "missiles", "uavs"})
_CLEAR = "alert.end"
# Sentences of a post that need not name the event whose weapon it names.
_SHORT = 3
# Cues that say of some supply, of an order to cut it as well, or of power where none was told.
_OR_ORDER = "supply_or_order"
_OR_POWER = "supply_or_power"
_OF_SUPPLY = frozenset({"supply", _OR_ORDER, _OR_POWER})
_SUPPLIES = ("impact.power.", "impact.water.", "impact.heat.", "impact.gas.", "impact.comms.")
_ARMED = ("event.", "threat.", "cause.")
# Words of third countries that make a text one about abroad, whatever else it names.
_FAR_ABROAD = 4
_ABROAD = (".elsewhere", ".in_another_country", ".abroad")
FOREIGN = frozenset({"XX", "US", "DE", "PL", "RO", "MD", "BY"})
_FILM = "advice.do_not_film"
# Rules whose words mean something only beside names of places and nothing else.
_BY_PLACE = ("_by_place", "_around_place")
_AROUND_PLACE = "_around_place"
_STOPS = frozenset(".!?")
_LINKS = frozenset({"and", "the", "all", "whole", "region", "raion", "raions", "city", "district"})
# Between an all-clear and the names that it is for: "All clear: X, Y".
_BEFORE_LIST = frozenset({":", "-", "\u2013", "\u2014"})
_MUTED_BY_ADVICE = ("alert.", "event.", "impact.damage")
# Two different words of front-line fighting, or one that can mean nothing else.
_COMBAT_WORDS = 2
# Letters of a word that tell it from another one.
_STEM = 5
# Up to so many of them where a text also speaks of homes and the people who live there.
_CIVIL_TOO = 3


class Findings(msgspec.Struct, kw_only=True):
    """What was found in one text.

    Attributes:
        doc: The text.
        chunks: Its chunks.
        genre: official, news or monitor.
        cues: Cues that may become claims.
        muted: Cues that another rule takes away, with the reason.
    """

    doc: Document
    chunks: Chunks
    genre: str
    cues: tuple[CueHit, ...]
    means: tuple[MeansHit, ...]
    triggers: tuple[TriggerHit, ...]
    numbers: tuple[NumberHit, ...]
    times: tuple[TimeHit, ...]
    mentions: tuple[MentionHit, ...]
    speakers: tuple[SpeakerHit, ...]
    muted: dict[int, str]

    def has_effect(self, effect: str, start: int, end: int) -> list[TriggerHit]:
        """Return the triggers of one effect whose words lie in a stretch."""
        return [hit for hit in self.triggers if hit.effect == effect and start <= hit.start < end]

    def speaker_at(self, offset: int) -> SpeakerHit | None:
        """Return who speaks at an offset."""
        for hit in self.speakers:
            if hit.scope_start <= offset < hit.scope_end:
                return hit
        return None


def is_combat(doc: Document, triggers: Sequence[TriggerHit]) -> bool:
    """Whether a text is about fighting at the front, which gives no claims.

    The names of the armies count beside a word of fighting only: they also speak of strikes
    far behind the front.
    """
    if any(hit.effect == "combat.strong" for hit in triggers):
        return True
    fought = [hit for hit in triggers if hit.effect == "combat"]
    # Two languages know parts of one phrase: "the line of the front" is one word of fighting.
    words = {
        doc.tokens[hit.tokens[0]].key[:_STEM]
        for hit in fought
        if not any(set(hit.tokens) < set(other.tokens) for other in fought)
    }
    sides = {hit.start for hit in triggers if hit.effect == "combat.side"}
    if len(words) <= _CIVIL_TOO and any(hit.effect == "civil" for hit in triggers):
        return False  # "Shelled: a block of flats is damaged; the battery stood at ..."
    return len(words) >= _COMBAT_WORDS or (bool(words) and len(sides) >= _COMBAT_WORDS)


def is_abroad(
    doc: Document, triggers: Sequence[TriggerHit], mentions: Sequence[MentionHit]
) -> bool:
    """Whether a text begins in a third country and names no place in Ukraine or Russia.

    Ukraine as a whole counts where something is told to happen to it ("a strike on Ukraine"),
    not where somebody speaks of it. Where a text goes on to speak of abroad, a place of ours
    further down is only passed by: flights from there that turned back.
    """
    abroad = [hit.start for hit in triggers if hit.rule.endswith(_ABROAD)]
    if not abroad:
        return False
    told = [s for s in doc.sentences if any(t.kind == "word" for t in doc.tokens[s.first : s.last])]
    first = next((s.end for s in told if s.paragraph > told[0].paragraph), len(doc.text))
    if not any(start < first for start in abroad):
        return False
    ours = [
        mention.start
        for mention in mentions
        if set(mention.candidates) - FOREIGN
        and not mention.is_body
        and (
            mention.kind != "country"
            or (mention.candidates == ("UA",) and _is_reached(doc, mention))
        )
    ]
    if not ours or is_list_of_news(doc, triggers):
        return not ours
    return min(ours) >= first and len(set(abroad)) >= _FAR_ABROAD


def _is_reached(doc: Document, mention: MentionHit) -> bool:
    """Whether a small word before the name of a country says that something happens there."""
    at = bisect_left(doc.tokens, mention.start, key=attrgetter("start"))
    known = words()
    return at > 0 and doc.tokens[at - 1].key in known.toward | known.reached


def look(
    doc: Document, chunks: Chunks, *, table: str = "cues"
) -> tuple[tuple[CueHit, ...], tuple[MeansHit, ...], tuple[TriggerHit, ...]]:
    """Return cues, weapons and triggers of a text."""
    return find_cues(doc, table=table), find_means(doc), find_triggers(doc, chunks)


def implied(found: Findings) -> tuple[CueHit, ...]:
    """Return the cues that a weapon alone stands for.

    In a clause about no event: said to be preliminary or likely, it is the munition of the
    event told elsewhere ("preliminarily, two KABs"); counted in the words of a
    speaker in a text about a strike, it is the strike ("the administration speaks of four KABs").
    """
    if not found.means:
        return ()
    added = []
    is_about_strike = any(cue.topic.startswith("event.") for cue in found.cues)
    for number, clause in enumerate(found.doc.clauses):
        inside = [hit for hit in found.means if clause.start <= hit.start < clause.end]
        if not inside or any(
            found.chunks.clause_at(cue.start) == number and cue.topic.startswith(_ARMED)
            for cue in found.cues
        ):
            continue
        softened = [
            hit
            for hit in found.triggers
            if hit.effect in {"preliminary", "likely"}
            and hit.scope_start <= inside[0].start < hit.scope_end
        ]
        if softened and (is_about_strike or len(found.doc.sentences) <= _SHORT):
            added.append(_of_means(inside, "cause.munition", Kind.ASSESSMENT))
        elif (
            is_about_strike
            and _is_counted(found, inside)
            and not tells_where_downed(found.doc, found.cues, found.mentions, clause.start)
            and (
                found.speaker_at(inside[0].start) is not None
                or any(
                    cue.topic == "impact.damage" and clause.start <= cue.start < clause.end
                    for cue in found.cues
                )
            )
        ):
            added.append(_of_means(inside, "event.strike", None))
    return tuple(added)


def taken_over(cues: Sequence[CueHit]) -> tuple[CueHit, ...]:
    """Return the cues, those that speak of what was told before with its topic.

    "The police are establishing the circumstances" is about the event of the sentences before;
    where none was told, it says nothing.
    """
    found: list[CueHit] = []
    for cue in cues:
        if not cue.same:
            found.append(cue)
            continue
        if cue.same in _OF_SUPPLY:
            topic = _supply_told(cue, found) or _supply_asked(cue, cues)
        else:
            told = next((c for c in reversed(found) if c.topic.startswith(cue.same)), None)
            if told is None and cue.same == "event.":  # what caused the fire is asked
                told = next((c for c in reversed(found) if c.topic == "impact.fire"), None)
            topic = told.topic if told is not None and not told.polarity else ""
        if topic:
            found.append(msgspec.structs.replace(cue, topic=topic))
    return tuple(found)


def _supply_told(cue: CueHit, found: Sequence[CueHit]) -> str:
    """Return the topic of words that leave out what is supplied: "the rest will be back at six".

    It is the supply that was told last; where a service was told since, the words are about that.
    """
    for told in reversed(found):
        if told.is_weak:
            continue
        if told.topic.startswith(_SUPPLIES):
            return told.topic.rpartition(".")[0] + cue.topic[cue.topic.rindex(".") :]
        if told.topic.startswith("power."):
            orders = [one for one in found if one.topic == "power.emergency_shutdown"]
            return "power.emergency_end" if orders and cue.same == _OR_ORDER else cue.topic
        if told.topic.startswith("service.") and not told.topic.endswith(".adapted"):
            break
    return cue.topic if cue.same == _OR_POWER else ""


def _supply_asked(cue: CueHit, cues: Sequence[CueHit]) -> str:
    """Return the topic of a question whose supply follows: "unclear how long it has no heat"."""
    if not cue.is_weak and cue.kind != Kind.UNKNOWN:
        return ""
    later = (c for c in cues if c.start >= cue.end and c.topic.startswith(_SUPPLIES) and not c.same)
    return _supply_told(cue, tuple(later)[:1])


def _of_means(inside: list[MeansHit], topic: str, kind: Kind | None) -> CueHit:
    first = inside[0]
    return CueHit(
        start=first.start,
        end=inside[-1].end,
        rule=f"{first.rule}.alone",
        topic=topic,
        unit=first.unit,
        kind=kind or "",
        tokens=tuple(token for hit in inside for token in hit.tokens),
    )


def _is_counted(found: Findings, inside: list[MeansHit]) -> bool:
    return any(
        number.role == "count"
        and number.unit in _SUPPLIED
        and hit.start <= number.unit_start < hit.end
        for number in found.numbers
        for hit in inside
    )


def mute(found: Findings) -> None:
    """Take away the cues that a request not to film, or other advice, only mentions."""
    advice = [cue for cue in found.cues if cue.topic.startswith("advice.")]
    films = [cue for cue in advice if cue.topic == _FILM]
    kept = []
    for cue in found.cues:
        reason = _muted_by(found, cue, advice, films)
        if reason:
            found.muted[cue.start] = f"suppressed:{reason}"
        else:
            kept.append(cue)
    found.cues = tuple(kept)


def _muted_by(
    found: Findings, cue: CueHit, advice: list[CueHit], films: list[CueHit]
) -> str | None:
    if cue.needs and not _is_beside(found, cue):
        return cue.rule
    if cue.topic.startswith(("advice.", "help.")):
        return None
    if cue.rule.endswith(_BY_PLACE) and not _stands_at_places(found, cue):
        return cue.rule
    if cue.topic == _CLEAR and (reason := _no_clear(found, cue)):
        return reason
    here, sentence = found.chunks.at(cue.start), _sentence(found, cue)
    for film in films:
        if _sentence(found, film) == sentence and (
            cue.start > film.start
            or (found.chunks.at(film.start) == here and not _is_stopped(found, cue, film))
        ):
            return film.rule
    for other in advice:
        if found.chunks.at(other.start) == here and cue.topic.startswith(_MUTED_BY_ADVICE):
            return other.rule
    return None


def _is_stopped(found: Findings, cue: CueHit, film: CueHit) -> bool:
    """Whether a full stop stands between two cues, though a small letter follows it."""
    between = found.doc.tokens[cue.tokens[-1] + 1 : film.tokens[0]] if cue.tokens else ()
    return any(token.text in _STOPS for token in between)


def _is_beside(found: Findings, cue: CueHit) -> bool:
    """Whether what a cue needs is told in its sentence; anywhere, where the need ends in ``*``."""
    named = cue.needs.rstrip("*")
    needs = tuple(named.split("|"))
    return any(
        other.topic.startswith(needs)
        and not other.needs
        and (named != cue.needs or _sentence(found, other) == _sentence(found, cue))
        for other in found.cues
    )


def _is_for_unknown(found: Findings, cue: CueHit) -> bool:
    """Whether an all-clear stands beside the name of a unit that is no place to us.

    "All clear in Krasnopilska": what a source says of a community that it does not spell out
    must not become the all-clear of the source's own town.
    """
    tokens = found.doc.tokens
    after = cue.tokens[-1] + 1
    if after < len(tokens) and tokens[after].key in _BEFORE_LIST:
        after += 1
    for at in (cue.tokens[0] - 1, after):
        if not 0 <= at < len(tokens):
            continue
        word = tokens[at]
        if word.is_capital and word.key.endswith(words().unit_ends):
            return not any(one.start <= word.start < one.end for one in found.mentions)
    return False


def _no_clear(found: Findings, cue: CueHit) -> str | None:
    """Return why an all-clear must not be heard, None where nothing speaks against it."""
    if _is_for_unknown(found, cue):
        return "unknown_place"
    if cue.polarity:
        return None
    if is_for_some(found, cue.start):
        return "some_units"
    if is_on_again(found, cue):
        return "on_again"
    if not cue.kind and not is_plainly_said(found, cue):
        return "not_plain"
    is_false = _is_denied_beside(found, cue) or is_called_false(found, cue.start)
    return "denied_beside" if is_false else None


def _is_denied_beside(found: Findings, cue: CueHit) -> bool:
    """Whether a sentence calls it false: "they write all clear, which is not true".

    "The city denies it: the all-clear was valid" denies what stands before.
    """
    sentence = found.doc.sentences[_sentence(found, cue)]
    return any(
        ":" not in found.doc.text[hit.end : cue.start]
        for hit in found.has_effect("denied", sentence.start, sentence.end)
    )


def _stands_at_places(found: Findings, cue: CueHit) -> bool:
    """Whether a clause names nothing but places before a word that means little alone.

    "Kyiv is clear" ends the alert, "the reason is clear" and "the road to Kyiv is clear" do not.
    What stands around places ("🟢 Kyiv and raion") must have nothing beside them in its sentence.
    """
    doc = found.doc
    if cue.rule.endswith(_AROUND_PLACE):
        segment = doc.sentences[_sentence(found, cue)]
        beside = [n for n in range(segment.first, segment.last) if n not in cue.tokens]
    else:
        segment = doc.clauses[found.chunks.clause_at(cue.start)]
        beside = list(range(segment.first, cue.tokens[0]))
    words = [doc.tokens[n] for n in beside if doc.tokens[n].kind in {"word", "number"}]
    named = [mention for mention in found.mentions if not mention.is_body]
    inside = [any(mention.start <= word.start < mention.end for mention in named) for word in words]
    return any(inside) and all(
        is_named or word.key in _LINKS for word, is_named in zip(words, inside, strict=True)
    )


def _sentence(found: Findings, cue: CueHit) -> int:
    return found.chunks.all[found.chunks.at(cue.start)].sentence
