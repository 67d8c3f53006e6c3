"""Tells how far what is past is told on, and which last lines of a text are about other news."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from vidomo.claims.document import Document, Segment
from vidomo.claims.hits import MentionHit, TriggerHit
from vidomo.claims.old_dates import HAPPENED, Told, past_parts, past_words
from vidomo.claims.tables import LANGUAGES, table

# "Recall", "Let us recall:": a line that is no more than this names what stands below it.
_HEADING_WORDS = 3
# Share of a text behind which what is recalled goes on to the end.
_LATE = 0.4
_PREVIOUSLY = ".discourse.previously"
# Paragraphs and sentences of a text that has room for news and for what they recall, and
# sentences of a last paragraph that only recalls.
_PARAGRAPHS, _NEWS_SENTENCES, _CLOSING = 2, 3, 3
# Characters from the beginning of a sentence to words that say of all of it that it was earlier.
_AT_ONCE = 3
# Characters of a code that name the oblast.
_OBLAST = 4


def story_end(told: Told, hit: TriggerHit, marks: Sequence[int]) -> int:
    """Return where what an old time opens ends: at a sentence with a time of its own, or of now.

    It ends with its paragraph; what went before the news, told at its end, does not.
    """
    end, here = hit.scope_end, told.sentence(hit.start)
    if here is None or end < here.end:
        return end
    is_late = hit.rule.endswith(_PREVIOUSLY) and _is_late(told, here)
    for sentence in told.doc.sentences[here.sentence + 1 :]:
        if (
            (sentence.paragraph != here.paragraph and not is_late)
            or (is_late and is_of_now(told, sentence))
            or (hit.rule.endswith(_PREVIOUSLY) and _is_said(told.doc, sentence))
            or any(sentence.start <= mark < sentence.end for mark in marks)
            or _is_present(told.doc, sentence)
        ):
            break
        end = max(end, sentence.end)
    return end


def recalled_end(told: Told, hit: TriggerHit) -> int:
    """Return where what an agency recalls of its earlier news ends.

    Below a heading, and at the end of a text, that is its end; else that of the paragraph.
    """
    here = told.sentence(hit.start)
    if here is None:
        return hit.scope_end
    beside = [one for one in told.doc.sentences if one.paragraph == here.paragraph]
    words = sum(token.kind == "word" for token in told.doc.tokens[here.first : here.last])
    if len(beside) == 1 and words <= _HEADING_WORDS:
        return len(told.doc.text)
    end, paragraph = beside[-1].end, here.paragraph
    is_late = _is_late(told, here)
    for one in told.doc.sentences[beside[-1].sentence + 1 :]:
        is_new = one.paragraph != paragraph and not _is_joined(told.doc, one)
        if is_new and (not is_late or is_of_now(told, one) or _is_present(told.doc, one)):
            break
        end, paragraph = one.end, one.paragraph
    return end


def other_news(told: Told) -> list[TriggerHit]:
    """Return the last paragraph of a text as past where it tells of another part of the country.

    News of a fire in one oblast that close with "In Krasnohorivka a house burned" recall other
    news; a list of oblasts does not, nor what is said to happen there as well, or now.
    """
    elsewhere = _earlier_elsewhere(told)
    if elsewhere:
        return elsewhere
    doc = told.doc
    last = doc.sentences[-1].paragraph if doc.sentences else 0
    lines = [one for one in doc.sentences if one.paragraph == last]
    before = [one for one in doc.sentences if one.paragraph < last]
    if last < _PARAGRAPHS or len(before) < _NEWS_SENTENCES or len(lines) > _CLOSING:
        return []
    start, end = lines[0].start, lines[-1].end
    if (
        not any(cue.topic.startswith(HAPPENED) and cue.start >= start for cue in told.cues)
        or not any(cue.topic.startswith(HAPPENED) and cue.start < start for cue in told.cues)
        or any(is_of_now(told, one) or _is_joined(doc, one) for one in lines)
        or any(_is_present(doc, one) for one in lines)
    ):
        return []
    news = [_oblasts(mention) for mention in told.mentions if mention.start < start]
    there = [_oblasts(mention) for mention in told.mentions if mention.start >= start]
    news, there = [one for one in news if one], [one for one in there if one]
    if not news or not there:
        return []
    home = frozenset.intersection(*news)
    if not home or any(one & home for one in there):
        return []
    return [
        TriggerHit(
            start=start,
            end=start,
            rule="telling.other_news",
            effect="history",
            scope_start=start,
            scope_end=end,
            targets=HAPPENED,
        )
    ]


def _earlier_elsewhere(told: Told) -> list[TriggerHit]:
    """Return as past what a late paragraph reports as earlier news of another oblast, to the end.

    "It was reported earlier that in Ternopil the death toll rose": the news is of Zaporizhzhia.
    """
    doc = told.doc
    for hit in told.triggers:
        here = told.sentence(hit.start) if hit.effect == "earlier" else None
        if here is None or here.sentence < _NEWS_SENTENCES or not _is_late(told, here):
            continue
        if hit.start - here.start > _AT_ONCE or any(
            is_of_now(told, one) for one in doc.sentences[here.sentence :]
        ):
            continue
        news = [_oblasts(one) for one in told.mentions if one.start < here.start]
        there = [_oblasts(one) for one in told.mentions if one.start >= here.start]
        home = frozenset[str]().union(*news)
        if any(there) and not any(one & home for one in there):
            return [
                TriggerHit(
                    start=here.start,
                    end=here.start,
                    rule="telling.other_news",
                    effect="history",
                    scope_start=here.start,
                    scope_end=len(doc.text),
                    targets=HAPPENED,
                )
            ]
    return []


def _oblasts(mention: MentionHit) -> frozenset[str]:
    """Return the oblasts that a mention can lie in; none for a country or the name of a body."""
    if mention.is_body or mention.kind == "country":
        return frozenset()
    return frozenset(code[:_OBLAST] for code in mention.candidates if code != "UA")


def _is_said(doc: Document, sentence: Segment) -> bool:
    """Whether a sentence says that somebody said something: what an agency tells anew."""
    tokens = doc.tokens[sentence.first : sentence.last]
    return any(
        token.key.startswith(_sayings()) and after.text == "," for token, after in pairwise(tokens)
    )


@cache
def _sayings() -> tuple[str, ...]:
    sections = [table(lang, "segments")["predicates"] for lang in LANGUAGES]
    return tuple(stem for one in sections for stem in one["sayings"])


def _is_joined(doc: Document, sentence: Segment) -> bool:
    """Whether a sentence begins with a word that joins it to what went before: "also"."""
    return doc.tokens[sentence.first].key in past_words("goes_on")


def is_of_now(told: Told, sentence: Segment) -> bool:
    """Whether a sentence says that it speaks of now."""
    return any(
        hit.effect == "now" and sentence.start <= hit.start < sentence.end for hit in told.triggers
    )


def _is_late(told: Told, here: Segment) -> bool:
    """Whether a sentence stands so far down that news would not follow it: it closes the text."""
    return here.paragraph > 1 and here.start > _LATE * len(told.doc.text)


def _is_present(doc: Document, sentence: Segment) -> bool:
    """Whether a verb of the present stands in a sentence and none of the past beside it."""
    keys = [token.key for token in doc.tokens[sentence.first : sentence.last]]
    past, present = past_parts("past_ends"), past_parts("present_ends")
    return any(key.endswith(present) or key in past_words("presents") for key in keys) and not any(
        key.endswith(past) for key in keys
    )
