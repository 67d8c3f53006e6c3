"""Weighs statements against the sort of text that they stand in.

A text that argues about the war, calls for sanctions or sells a book also says "destroyed",
"attack" and "hotline". It has many different words of such talk (the table ``marks``), and
its sentence about a strike names no place, no time, no number, no weapon and nobody who says
so. What is only passed by in that way is left out; whatever has an anchor stays.
"""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from vidomo.claims.claiming import Draft
from vidomo.claims.document import Document
from vidomo.claims.findings import Findings
from vidomo.claims.lexicon import lexicon
from vidomo.claims.model import Polarity

# How many different words of talk make a text one that talks. Own choice, tried on the labelled
# tune posts: among two thousand posts of administrations and services, 1 in 50 has so many.
TALKS = 2
# How many make an essay, in which even a number or a year is part of the argument.
ESSAY = 5
_FEW = 3
# Letters of a word that tell it from another one: "sanction" and "sanctions" are one mark.
_STEM = 6
_THING = "thing"
_FRONT = "front"
_MINED = "mined"
#: Topics that nobody argues about; advice and help have rules of their own.
_PLAIN = ("alert.", "power.", "advice.", "help.")
_PHONE = "help.phone"
_EVACUATION = "response.evacuation"
_ADVICE = ("advice.other", "advice.avoid")
_ARMED = "event."
_ARMED_TOPICS = ("event.", "impact.")
_CIVIL = "civil"
_ENGLISH = "en."


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """What a text as a whole shows.

    Attributes:
        found: What was found in it.
        drafts: All its statements.
        marks: The different words of each sign of the table ``marks``.
        things: Where it names one thing that can be hit: offsets.
        is_cyrillic: Whether some of the marks are not English.
    """

    found: Findings
    drafts: Sequence[Draft]
    marks: Mapping[str, frozenset[str]]
    things: tuple[int, ...]
    is_cyrillic: bool

    @property
    def talk(self) -> int:
        """How many different words of talk the text has."""
        return sum(len(words) for sign, words in self.marks.items() if sign != _MINED)


def weighed(found: Findings, drafts: Sequence[Draft]) -> tuple[list[Draft], dict[int, str]]:
    """Return the statements that stand, and why others do not, by the offset of their cue.

    Args:
        found: What was found in the text.
        drafts: The statements made of it.
    """
    if not drafts:
        return [], {}
    text = _text(found, drafts)
    kept, reasons = [], {}
    for draft in drafts:
        rule = next((name for name, holds in RULES.items() if holds(text, draft)), "")
        if rule:
            reasons[draft.cue.start] = f"suppressed:weighing.{rule}"
        else:
            kept.append(draft)
    return kept, reasons


def _text(found: Findings, drafts: Sequence[Draft]) -> Text:
    marks: dict[str, set[str]] = {}
    things = []
    is_cyrillic = False
    doc = found.doc
    for clause in doc.clauses:
        for entry, taken in lexicon("marks").matches(doc, clause):
            sign = entry.fields["sign"]
            if sign == _THING:
                things.append(doc.tokens[taken[0]].start)
            else:
                is_cyrillic = is_cyrillic or not entry.id.startswith(_ENGLISH)
                marks.setdefault(sign, set()).add(doc.tokens[taken[0]].key[:_STEM])
    return Text(
        found=found,
        drafts=drafts,
        marks={sign: frozenset(words) for sign, words in marks.items()},
        things=tuple(things),
        is_cyrillic=is_cyrillic,
    )


def is_anchored(text: Text, draft: Draft) -> bool:
    """Whether the sentence of a statement says where, when, how many, with what, or who says it."""
    found = text.found
    return (
        draft.hit is not None
        or bool(draft.means)
        or found.speaker_at(draft.cue.start) is not None
        or any(_holds(text, draft, time.start) for time in found.times)
        or _has_thing(text, draft)
        or _has_place(text, draft)
    )


def _has_place(text: Text, draft: Draft) -> bool:
    return any(
        _holds(text, draft, mention.start)
        for mention in text.found.mentions
        if mention.candidates and mention.kind != "country" and not mention.is_body
    )


def _has_thing(text: Text, draft: Draft) -> bool:
    return any(_holds(text, draft, at) for at in text.things)


def _holds(text: Text, draft: Draft, offset: int) -> bool:
    sentence = text.found.doc.sentences[draft.group.sentence]
    return sentence.start <= offset < sentence.end


def _is_first(doc: Document, draft: Draft) -> bool:
    """Whether a statement stands in the first sentence that has words."""
    told = next(
        n
        for n, one in enumerate(doc.sentences)
        if any(token.kind == "word" for token in doc.tokens[one.first : one.last])
    )
    return draft.group.sentence <= told


def _in_passing(text: Text, draft: Draft) -> bool:
    """Nothing that a text of talk states has an anchor."""
    return (
        text.talk >= TALKS
        and not draft.cue.topic.startswith(_PLAIN)
        and not _is_first(text.found.doc, draft)
        and not any(is_anchored(text, other) for other in text.drafts)
    )


def _in_essay(text: Text, draft: Draft) -> bool:
    """A few statements deep in a text of much talk, without a place, a thing or a weapon."""
    return (
        text.talk >= ESSAY
        and len(text.drafts) <= _FEW
        and not draft.cue.topic.startswith(_PLAIN)
        and not _is_first(text.found.doc, draft)
        and not draft.means
        and not _has_thing(text, draft)
        and not _has_place(text, draft)
    )


def _phone_alone(text: Text, draft: Draft) -> bool:
    """A number to call in a text about nothing of ours: of a party, a lawyer, a shop."""
    if draft.cue.topic != _PHONE:
        return False
    if text.talk >= TALKS:
        return not any(
            other.cue.topic != _PHONE and is_anchored(text, other) for other in text.drafts
        )
    return text.talk > 0 and all(cue.topic == _PHONE for cue in text.found.cues)


def _bomb_hoax(text: Text, draft: Draft) -> bool:
    """A building is emptied because somebody has told of a bomb that nobody has found."""
    return (
        draft.cue.topic == _EVACUATION
        and draft.verdict.polarity is Polarity.AFFIRMED
        and _MINED in text.marks
        and not any(other.cue.topic.startswith(_ARMED) for other in text.drafts)
    )


def _advice_of_talk(text: Text, draft: Draft) -> bool:
    """What to think or beware of is no advice on what to do."""
    return (
        draft.cue.topic in _ADVICE
        and text.talk >= TALKS
        and all(other.cue.topic.startswith("advice.") for other in text.drafts)
    )


def _danger_of_talk(text: Text, draft: Draft) -> bool:
    """Missiles that are built, bought and counted threaten nobody at this moment."""
    return (
        draft.cue.topic.startswith("threat.")
        and text.talk > TALKS
        and not draft.places
        and not _is_first(text.found.doc, draft)
        and draft.verdict.polarity is Polarity.AFFIRMED
    )


def _foreign_words(text: Text, draft: Draft) -> bool:
    """English sentences in a text of another language are there to be sent to somebody."""
    return draft.cue.rule.startswith(_ENGLISH) and text.is_cyrillic and text.talk >= TALKS


def _of_soldiers(text: Text, draft: Draft) -> bool:
    """Who is hurt in a text about soldiers that tells of no attack is hurt in fighting."""
    return (
        draft.cue.topic.startswith("harm.")
        and draft.verdict.polarity is Polarity.AFFIRMED
        and len(text.marks.get(_FRONT, ())) >= TALKS
        and not any(hit.effect == _CIVIL for hit in text.found.triggers)
        and not any(other.cue.topic.startswith((*_ARMED_TOPICS,)) for other in text.drafts)
    )


#: Names of the rules, in the order in which they are asked.
RULES: Mapping[str, Callable[[Text, Draft], bool]] = {
    "phone_alone": _phone_alone,
    "bomb_hoax": _bomb_hoax,
    "foreign_words": _foreign_words,
    "of_soldiers": _of_soldiers,
    "advice_of_talk": _advice_of_talk,
    "danger_of_talk": _danger_of_talk,
    "in_passing": _in_passing,
    "in_essay": _in_essay,
}
