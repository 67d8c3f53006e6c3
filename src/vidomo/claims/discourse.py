"""Finds the words that say how a clause is meant, and how far they reach.

Scopes, as the tables name them (the idea of trigger, direction and scope is ConText's):

    chunk     from comma to comma, and whatever the words themselves span (the default)
    next      the chunk, from the words on
    rest      the sentence, from the words on
    clause, sentence, text
    around    the chunk; the clause where the chunk is little more than the words themselves
    none      the words themselves only
"""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from vidomo.claims.chunks import Chunks
from vidomo.claims.document import Document, Segment
from vidomo.claims.hits import TriggerHit
from vidomo.claims.lexicon import Entry, lexicon
from vidomo.claims.numerals import number_words

# Words beside those of the trigger: "according to preliminary information".
_FRAME_WORDS = 3
_OPENING = frozenset("\u00ab\u201e\u201c")
_QUOTES = _OPENING | frozenset('\u00bb\u201d"')
# Tokens from one mark to the other of words that are named; longer ones are speech.
_NAMED_WORDS = 7
_DIGEST = ".discourse.digest"
#: Effects that hold for a text whole, unless it is a list of news that have nothing in common.
_OF_NEWS = frozenset({"history", "memorial", "foreign_subject"})
_FEW_NEWS = 3
# After words that were said.
_SAID = frozenset({",", ".", "!"})
# After what is quoted, where the sentence goes on to who said it.
_SAID_AFTER = frozenset({",", "\u2013", "\u2014", "-"})


def find_triggers(doc: Document, chunks: Chunks) -> tuple[TriggerHit, ...]:
    """Return every trigger of a text with its scope, in order.

    An entry with ``later`` counts after the first sentence only: "the day before" is the news
    itself in a headline, and what went before it further down.
    """
    words = lexicon("discourse")
    found = [
        _hit(doc, chunks, entry, taken)
        for clause in doc.clauses
        for entry, taken in words.matches(doc, clause)
        if taken and not (entry.fields.get("later") and clause.sentence == 0)
    ]
    found.extend(_questions(doc))
    found.extend(_quoted(doc))
    return tuple(sorted(set(found), key=lambda hit: (hit.start, hit.end, hit.rule)))


def by_news(doc: Document, triggers: Sequence[TriggerHit]) -> tuple[TriggerHit, ...]:
    """Return triggers, those of a piece of news in a list of them reaching no further than it.

    "The main events of the morning" tell of a trial in one paragraph and of an alert in another.
    """
    if not is_list_of_news(doc, triggers):
        return tuple(triggers)
    return tuple(
        _of_paragraph(doc, hit)
        if hit.effect in _OF_NEWS and (hit.scope_start, hit.scope_end) == (0, len(doc.text))
        else hit
        for hit in triggers
    )


def is_list_of_news(doc: Document, triggers: Sequence[TriggerHit]) -> bool:
    """Whether a text's first paragraph says that it sums up the news, and paragraphs follow."""
    starts = [hit.start for hit in triggers if hit.rule.endswith(_DIGEST)]
    if not starts or len({one.paragraph for one in doc.sentences}) <= _FEW_NEWS:
        return False
    return min(starts) < max((s.end for s in doc.sentences if s.paragraph == 0), default=0)


def _of_paragraph(doc: Document, hit: TriggerHit) -> TriggerHit:
    here = next((s for s in doc.sentences if s.start <= hit.start < s.end), None)
    if here is None or here.paragraph == 0:
        return hit
    news = [one for one in doc.sentences if one.paragraph == here.paragraph]
    return msgspec.structs.replace(hit, scope_start=news[0].start, scope_end=news[-1].end)


def _hit(doc: Document, chunks: Chunks, entry: Entry, taken: tuple[int, ...]) -> TriggerHit:
    start, end = doc.tokens[taken[0]].start, doc.tokens[taken[-1]].end
    scope_start, scope_end = _scope(doc, chunks, entry.fields.get("scope", "chunk"), taken)
    return TriggerHit(
        start=start,
        end=end,
        rule=entry.id,
        effect=entry.fields["effect"],
        scope_start=scope_start,
        scope_end=scope_end,
        targets=tuple(entry.fields.get("targets", ())),
        tokens=taken,
        reach=entry.fields.get("reach", -1),
    )


def _scope(doc: Document, chunks: Chunks, scope: str, taken: tuple[int, ...]) -> tuple[int, int]:
    start, end = doc.tokens[taken[0]].start, doc.tokens[taken[-1]].end
    chunk = chunks.all[chunks.at(start)]
    if scope == "none":
        return start, end
    if scope in {"next", "rest"}:
        return start, (chunk if scope == "next" else doc.sentences[chunk.sentence]).end
    if scope == "clause" or (scope == "around" and _is_frame(doc, chunk, taken)):
        clause = doc.clauses[chunks.clause_at(start)]
        if scope == "around" and _goes_on(doc, clause, chunk):
            return start, _next_end(doc, clause, chunk)
        if scope == "around" and chunk.first == doc.sentences[chunk.sentence].first:
            return clause.start, said_end(doc, doc.sentences[chunk.sentence], taken[-1])
        return clause.start, clause.end
    if scope == "sentence":
        sentence = doc.sentences[chunk.sentence]
        return sentence.start, sentence.end
    if scope == "text":
        return 0, len(doc.text)
    return min(chunk.start, start), max(chunks.all[chunks.at(end - 1)].end, end)


def said_end(doc: Document, sentence: Segment, last: int) -> int:
    """Return where a sentence ends, or the quotation in it: ""Preliminarily, ...", he said"."""
    for token, after in pairwise(doc.tokens[last + 1 : sentence.last]):
        if token.text in _QUOTES and token.text not in _OPENING and after.text in _SAID_AFTER:
            return token.end
    return sentence.end


def _is_frame(doc: Document, chunk: Segment, taken: tuple[int, ...]) -> bool:
    """Whether a chunk only introduces the next one: "according to preliminary data"."""
    words = sum(token.kind == "word" for token in doc.tokens[chunk.first : chunk.last])
    return words - len(taken) <= _FRAME_WORDS


def _goes_on(doc: Document, clause: Segment, chunk: Segment) -> bool:
    """Whether a frame between two statements is meant for the second one.

    "An explosion was heard in the town, preliminarily, a drone fell"; but "two, preliminarily,
    are wounded" is one statement around it.
    """
    before = doc.tokens[clause.first : chunk.first]
    words = sum(token.kind == "word" for token in before)
    last = [token for token in before if token.kind == "word"][-1:]
    if last and number_words().is_small("harm", last[0].key):
        return False  # "killed, preliminarily, were two people"
    if chunk.last >= clause.last:
        return words > 1 and _next_end(doc, clause, chunk) > clause.end
    return words > _FRAME_WORDS


def _next_end(doc: Document, clause: Segment, chunk: Segment) -> int:
    """Return where the clause ends that a frame is meant for: the next one, if it ends its own."""
    if chunk.last < clause.last:
        return clause.end
    following = (one for one in doc.clauses if one.first >= clause.last)
    after = next(following, clause)
    is_joined = doc.tokens[clause.last - 1].text == "," and after.sentence == clause.sentence
    return after.end if is_joined else clause.end


def _quoted(doc: Document) -> list[TriggerHit]:
    """Return the few words that a text only names in quotation marks, such as a signal.

    What is said ends with a mark of its own, or goes on after a comma: "All clear," he said.
    """
    found, opened = [], None
    for number, token in enumerate(doc.tokens):
        if token.text not in _QUOTES:
            continue
        if opened is None or token.text in _OPENING or number - opened > _NAMED_WORDS:
            opened = number
            continue
        first, last = doc.tokens[opened], doc.tokens[number - 1]
        after = doc.tokens[number + 1].text if number + 1 < len(doc.tokens) else "."
        if last.kind == "word" and after not in _SAID:
            found.append(
                TriggerHit(
                    start=first.start,
                    end=token.end,
                    rule="quotation_marks",
                    effect="quoted",
                    scope_start=first.start,
                    scope_end=token.end,
                )
            )
        opened = None
    return found


def _questions(doc: Document) -> list[TriggerHit]:
    """A sentence that ends with a question mark states nothing."""
    found: list[TriggerHit] = []
    if "?" not in doc.text:
        return found
    for sentence in doc.sentences:
        tail = doc.tokens[max(sentence.first, sentence.last - 3) : sentence.last]
        mark = next((token for token in tail if token.text == "?"), None)
        if mark is not None:
            found.append(
                TriggerHit(
                    start=mark.start,
                    end=mark.end,
                    rule="question_mark",
                    effect="question",
                    scope_start=sentence.start,
                    scope_end=sentence.end,
                )
            )
    return found
