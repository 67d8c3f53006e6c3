"""Tells which words of a text open what is past, and where it ends.

An old time (a date before the day before, a month gone by, "last week") opens it for its clause
and for what is told after it in its paragraph, until a sentence has a time of its own or says
"today". In a clause that only describes something ("the bridge, which was blown up in 2022") it
is past for that clause alone.
"""

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from vidomo.claims.document import Document, Segment
from vidomo.claims.framing import of_long_past
from vidomo.claims.hits import CueHit, TimeHit, TriggerHit
from vidomo.claims.old_dates import (
    HAPPENED,
    Told,
    hit_of,
    is_during,
    is_of_birth,
    is_of_news,
    is_words,
    old_dates,
    past_parts,
    past_words,
)
from vidomo.claims.telling import is_of_now, other_news, recalled_end, story_end
from vidomo.claims.times import groups_of

#: Rule of a total over more than a day.
LONG_DIGEST = "times.digest.long"
_DAY_HOURS = 24
_RECALLED, _DIGEST = ".discourse.recalled", ".discourse.digest"
# What a total of a day sums up below it; what lasts (supply, transport, work) is told as it is.
_SUMMED_UP = (
    *("event.", "harm.killed", "harm.injured", "harm.casualties", "harm.rescued"),
    *("impact.damage", "impact.fire", "response.evacuation", "response.rescue"),
)
# Words beside the time from which a sentence is more than a heading.
_SAYS_MORE = 5
_TOTALS = frozenset({"digest", "cumulative"})
_TO_COME = frozenset({"forecast", "possible"})
_CLEAR = ("alert.end",)
# Characters from the beginning of a sentence to a total that is told on.
_IN_FRONT = 2
# Sentences at the beginning of a text that say what sort of text it is.
_FRAME = 2
_CAUSES = frozenset({"because", "given"})
# Words from "after" to the time of what it was after: "after the strike of 12 December".
_PASSING = 2
_FRAMES = frozenset({"memorial", "history"})
# Stands for the reach of history that is not told on.
_ALONE = -2
# Words from "for the third time" to the span in which it is the third.
_NTH_REACH = 6


def with_past(told: Told) -> tuple[TriggerHit, ...]:
    """Return the triggers with all that is past, as far as it is told."""
    named = [hit for hit in told.triggers if not (_is_timed(told, hit) or is_words(told, hit))]
    triggers = [*named, *_of_times(told), *old_dates(told), *other_news(told)]
    triggers = [_narrowed(told, _framed(told, hit)) for hit in _without_nth(told, triggers)]
    found = _told_on(
        told, [hit for hit in triggers if not (is_of_birth(told.doc, hit) or is_of_news(told, hit))]
    )
    return (*found, *of_long_past(told, found))


def _is_timed(told: Told, hit: TriggerHit) -> bool:
    """Whether words that name a summary are a time: "in a day" sums up what it stands at."""
    return hit.rule.endswith(_DIGEST) and any(
        time.role == "digest" and time.start < hit.end and hit.start < time.end
        for time in told.times
    )


def _of_times(told: Told) -> list[TriggerHit]:
    """Return what times make of the sentences they stand in: history, or a digest.

    "Over the past day" holds for the rest of its paragraph, and for the whole text when it
    stands in the first sentence: the figures below it are totals of the day. "For the first
    time in a month" is no total.
    """
    found = []
    firsts = [hit.end for hit in told.triggers if hit.effect == "first_time"]
    for group, time in zip(groups_of(told.doc), told.times, strict=True):
        if any(time.start <= end + 1 <= time.end for end in firsts):
            continue
        if time.role == "digest" and any(
            hit.effect in _TO_COME
            and hit.targets != _CLEAR
            and hit.scope_start <= time.start < hit.scope_end
            for hit in told.triggers
        ):
            continue  # "they plan to restore it within a day" is no summary of the day
        sentence = told.sentence(time.start)
        if sentence is None:
            continue
        if time.role == "history":
            found.append(hit_of(time, "times.history", sentence.start, sentence.end))
        elif time.role == "digest":
            span = group.one("digest")
            is_long = span is not None and span.entry["hours"] > _DAY_HOURS
            rule = LONG_DIGEST if is_long else "times.digest"
            total = hit_of(time, rule, sentence.start, sentence.end)
            if not is_long and _is_of_work(told, sentence):
                found.append(msgspec.structs.replace(total, targets=("response.evacuation",)))
                continue
            found.append(total)
            end = _day_end(told, time, sentence)
            if end > sentence.end:
                below = hit_of(time, rule, sentence.end, end)
                targets = () if is_long else _SUMMED_UP
                found.append(msgspec.structs.replace(below, targets=targets))
            if not is_long and _is_under_heading(told, sentence):
                above = hit_of(time, rule, 0, sentence.start)
                found.append(msgspec.structs.replace(above, targets=_SUMMED_UP))
    return found


def _is_of_work(told: Told, sentence: Segment) -> bool:
    """Whether only help is told of a day: "the evacuation goes on, 64 were taken out today"."""
    topics = [cue.topic for cue in told.cues if sentence.start <= cue.start < sentence.end]
    return bool(topics) and all(topic.startswith("response.") for topic in topics)


def _without_nth(told: Told, triggers: Sequence[TriggerHit]) -> list[TriggerHit]:
    """Leave out the totals that only count how often: "for the third time this week, X was hit"."""
    times = [hit for hit in triggers if hit.effect in {"first_time", "nth"}]
    kept = []
    for hit in triggers:
        if hit.effect in _TOTALS:
            counted = next((one for one in times if _counts_in(told, one, hit)), None)
            is_of_day = hit.effect == "digest" and hit.rule != LONG_DIGEST
            if counted is not None and (counted.effect == "first_time" or is_of_day):
                continue
            if counted is not None:
                chunk = told.chunks.all[told.chunks.at(hit.start)]
                kept.append(
                    msgspec.structs.replace(hit, scope_start=chunk.start, scope_end=chunk.end)
                )
                continue
        kept.append(hit)
    return kept


def _counts_in(told: Told, nth: TriggerHit, total: TriggerHit) -> bool:
    if nth.start > total.start or told.sentence(nth.start) != told.sentence(total.start):
        return False
    between = (one for one in told.doc.tokens if nth.end <= one.start < total.start)
    return sum(token.kind == "word" for token in between) <= _NTH_REACH


def _framed(told: Told, hit: TriggerHit) -> TriggerHit:
    """Return a memorial that is named only in passing for what is told from there on.

    At the beginning, or below what is told of the past anyway, it holds for the whole text.
    """
    here = told.sentence(hit.start) if hit.effect == "memorial" else None
    if here is None:
        return hit
    if here.sentence < _FRAME and not _is_after_news(told, here):
        return hit
    if (hit.scope_start, hit.scope_end) != (0, len(told.doc.text)):
        return hit
    if any(one.effect in _FRAMES and one.start < here.start for one in told.triggers) or any(
        time.role == "history" and time.start < here.start for time in told.times
    ):
        return hit
    end = max(one.end for one in told.doc.sentences if one.paragraph == here.paragraph)
    return msgspec.structs.replace(hit, scope_start=here.start, scope_end=end)


def _is_after_news(told: Told, here: Segment) -> bool:
    """Whether a memorial follows its news: "A strike damaged a ward. The funeral is tomorrow"."""
    first = told.doc.sentences[0]
    return (
        here.sentence == 1
        and here.paragraph == first.paragraph
        and any(
            cue.topic.startswith(("event.", "impact.")) and cue.start < first.end
            for cue in told.cues
        )
        and not any(hit.effect in _FRAMES and hit.start < first.end for hit in told.triggers)
    )


def _narrowed(told: Told, hit: TriggerHit) -> TriggerHit:
    """Return history inside a clause that only describes something for that clause alone.

    Where the clause itself says that it happened ("the strike, which took place in 2022"),
    what it describes is past with it.
    """
    if hit.effect != "history" or hit.rule.endswith(_RECALLED):
        return hit
    is_long = len(told.doc.sentences) > 1
    if is_long and (hit.scope_start, hit.scope_end) == (0, len(told.doc.text)):
        return hit
    chunk = told.chunks.all[told.chunks.at(hit.start)]
    passing, is_all = _in_passing(told, hit, chunk), _is_of_its_time(told, hit, chunk)
    if passing >= 0 and not is_all:
        end = max(
            (cue.end for cue in told.cues if hit.start <= cue.start <= hit.end + 1), default=0
        )
        passing = _from_relative(told, chunk, passing)
        return msgspec.structs.replace(
            hit, scope_start=passing, scope_end=max(hit.end, end), reach=_ALONE
        )
    if not (is_all or _is_relative(told.doc, chunk)):
        return hit
    inside = any(chunk.start <= cue.start < chunk.end for cue in told.cues) or any(
        one.effect == "happened" and chunk.start <= one.start < chunk.end for one in told.triggers
    )
    start = min(
        (
            cue.start
            for cue in told.cues
            if cue.start < chunk.start < cue.end  # "the bank, whose doors closed in 2022"
            or (inside and 0 <= chunk.start - cue.end <= len(", "))
        ),
        default=chunk.start,
    )
    return msgspec.structs.replace(hit, scope_start=start, scope_end=chunk.end, reach=_ALONE)


def _in_passing(told: Told, hit: TriggerHit, chunk: Segment) -> int:
    """Return from where an old time only describes what it stands at, -1 where it does more.

    "After the strike of 12 December two people died"; "a bridge in place of the one blown up in
    August".
    """
    tokens = told.doc.tokens
    at = bisect_right(tokens, hit.start, key=lambda token: token.start) - 1
    for cause in told.triggers:
        if is_during(told.doc, cause):
            continue
        if cause.effect in _CAUSES and chunk.start <= cause.start < hit.start:
            between = [token for token in tokens[:at] if token.start >= cause.end]
            if sum(token.kind == "word" for token in between) <= _PASSING:
                return cause.end
    for number in range(max(chunk.first, at - 2), at):
        key = tokens[number].key
        is_after = number == chunk.first and number > 0 and tokens[number - 1].text == ","
        ends = past_parts("participles_after") if is_after else ()
        if tokens[number].kind == "word" and key.endswith((*past_parts("participles"), *ends)):
            return tokens[number].start
    return -1


def _is_of_its_time(told: Told, hit: TriggerHit, chunk: Segment) -> bool:
    """Whether all of a clause is of its cause's time: "which was damaged by shelling in 2023"."""
    is_relative = _is_relative(told.doc, chunk) or (
        told.doc.tokens[chunk.first].key in past_words("relatives_too")
    )
    return is_relative and any(
        one.effect == "because" and chunk.start <= one.start < hit.start for one in told.triggers
    )


def _from_relative(told: Told, chunk: Segment, start: int) -> int:
    """Return where a clause without a comma begins: "the clinic that was hit by shelling in 2023"."""
    opening = max(
        (
            token.start
            for token in told.doc.tokens[chunk.first : chunk.last]
            if token.start < start and token.key in past_words("relatives_too")
        ),
        default=start,
    )
    return min((c.start for c in told.cues if c.start < opening < c.end), default=opening)


def _is_relative(doc: Document, chunk: Segment) -> bool:
    opening = doc.tokens[chunk.first : chunk.first + 2]
    return any(token.key in past_words("relatives") for token in opening)


def _told_on(told: Told, triggers: Sequence[TriggerHit]) -> tuple[TriggerHit, ...]:
    """Return history as it is told on: over the sentences after it in its paragraph.

    It ends where a sentence names a time of its own or says "today". What an agency recalls of
    its earlier news goes on to the end of the paragraph, and of the next where that says "also";
    below a heading to the end of the text.
    """
    old = {
        (hit.start, hit.end)
        for hit in triggers
        if hit.rule.startswith("times.") and hit.effect == "history"
    }
    marks = [hit.start for hit in told.times if (hit.start, hit.end) not in old]
    marks += [hit.start for hit in triggers if hit.effect == "now"]
    found = []
    for hit in triggers:
        start, end = hit.scope_start, hit.scope_end
        if hit.rule.endswith(_RECALLED):
            start, end = hit.start, recalled_end(told, hit)
        elif hit.effect == "history" and hit.reach != _ALONE:
            end = story_end(told, hit, marks)
        elif _is_total_in_front(told, hit):
            below = msgspec.structs.replace(hit, scope_start=end, targets=HAPPENED)
            found.append(msgspec.structs.replace(below, scope_end=story_end(told, hit, marks)))
        if hit.effect == "history":
            end = _and_then(told, end)
        if (start, end) != (hit.scope_start, hit.scope_end):
            hit = msgspec.structs.replace(hit, scope_start=start, scope_end=end)  # noqa: PLW2901
        found.append(hit)
    return tuple(found)


def _and_then(told: Told, end: int) -> int:
    """Return where a past ends that goes on with "when" or "where": "..., where ten died"."""
    after = told.chunks.at(end - 1) + 1
    if after >= len(told.chunks.all) or told.chunks.all[after - 1].end - end > len(", "):
        return end
    chunk = told.chunks.all[after]
    is_one = told.chunks.clause_at(chunk.start) == told.chunks.clause_at(end - 1)
    is_then = told.doc.tokens[chunk.first].key in past_words("thens")
    return chunk.end if is_one and is_then else end


def _is_total_in_front(told: Told, hit: TriggerHit) -> bool:
    """Whether a sentence begins with a total, so that the figures below it are totals too."""
    return (
        hit.effect == "cumulative"
        and (here := told.sentence(hit.start)) is not None
        and hit.start <= told.doc.tokens[here.first].start + _IN_FRONT
    )


def _day_end(told: Told, time: TimeHit, sentence: Segment) -> int:
    """Return where the totals of a day end: at the first sentence that says what holds now.

    A long sentence in which nothing happened ("1,200 calls in a day", "no shelling in a day")
    sums up nothing below it.
    """
    words = sum(
        token.kind == "word" and not time.start <= token.start < time.end
        for token in told.doc.tokens[sentence.first : sentence.last]
    )
    happened = [
        cue
        for cue in told.cues
        if cue.topic.startswith(HAPPENED) and sentence.start <= cue.start < sentence.end
    ]
    if (words >= _SAYS_MORE and not happened) or any(_is_denied(told, cue) for cue in happened):
        return sentence.end
    end = sentence.end
    for one in told.doc.sentences[sentence.sentence + 1 :]:
        is_beyond = (
            sentence.sentence >= _FRAME
            and sentence.paragraph > 1
            and one.paragraph != sentence.paragraph
        )
        if is_beyond or is_of_now(told, one):
            break
        end = one.end
    return end


def _is_under_heading(told: Told, sentence: Segment) -> bool:
    """Whether a sentence stands right below a heading that has no time of its own."""
    head = told.doc.sentences[0]
    return (
        sentence.sentence == 1
        and sentence.paragraph != head.paragraph
        and not any(time.start < head.end for time in told.times)
        and not is_of_now(told, head)
    )


def _is_denied(told: Told, cue: CueHit) -> bool:
    return cue.topic.startswith("event.") and (
        cue.polarity == "negated"
        or any(
            hit.effect == "negated" and told.chunks.at(hit.start) == told.chunks.at(cue.start)
            for hit in told.triggers
        )
    )
