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
from vidomo.claims.findings import FOREIGN, Findings
from vidomo.claims.lexicon import lexicon
from vidomo.claims.model import Kind, Polarity

# How many different words of talk make a text one that talks. Own choice, tried on the labelled
# tune posts: among two thousand posts of administrations and services, 1 in 50 has so many.
TALKS = 2
# How many make an essay, in which a year and a speaker are part of the argument.
ESSAY = 5
_FEW = 3
# Letters of a word that tell it from another one: "sanction" and "sanctions" are one mark.
_STEM = 6
TALK = frozenset({"talk", "cause", "state", "money", "front", "staged", "called"})
"""Signs that a text argues, appeals, sells or remembers."""
#: Topics that nobody argues about; advice and help have rules of their own.
_PLAIN = (
    *("alert.", "power.", "advice.", "help.", "service.transport"),
    *("impact.power", "impact.water", "impact.heat", "impact.gas"),
)
_PHONE = "help.phone"
_EVACUATION = "response.evacuation"
_ADVICE = ("advice.other", "advice.avoid")
_ARMED = "event."
_ARMED_TOPICS = ("event.", "impact.")
_HAPPENS = ("event.", "impact.", "harm.", "cause.")
_HABITS = ("event.", "harm.", "threat.", "impact.damage")
_ARGUED = ("event.", "harm.", "impact.damage", "impact.fire")
# Times that make a statement one of its day.
_OF_ITS_DAY = frozenset({"at", "as_of"})
_CARED_FOR = frozenset({"response.evacuation", "response.rescue", "harm.injured"})
_CIVIL = "civil"
_ENGLISH = "en."
# Rules of words that only recall what became of a thing.
_RECALLED = ("damaged_in_war", "ruined_by_enemy")


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """Words of the table ``marks`` in a text.

    Attributes:
        sign: What they are a sign of.
        start: Offset of the first of them.
        key: The beginning of the first of them, which tells it from others.
        tokens: The tokens that they are.
        is_english: Whether the entry is English.
    """

    sign: str
    start: int
    key: str
    tokens: tuple[int, ...]
    is_english: bool


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """What a text as a whole shows.

    Attributes:
        found: What was found in it.
        drafts: All its statements.
        marks: Its marks.
        by_sign: The same by what they are a sign of.
        talk: How many different words of talk it has.
    """

    found: Findings
    drafts: Sequence[Draft]
    marks: tuple[Mark, ...]
    by_sign: Mapping[str, Sequence[Mark]]
    talk: int

    def count(self, sign: str) -> int:
        """Return how many different words of one sign the text has."""
        return len({mark.key for mark in self.by_sign.get(sign, ())})

    def beside(self, draft: Draft, sign: str) -> bool:
        """Return whether the sentence of a statement has a sign."""
        marks = self.by_sign.get(sign)
        if not marks:
            return False
        sentence = self.found.doc.sentences[draft.group.sentence]
        return any(sentence.start <= mark.start < sentence.end for mark in marks)


def weighed(found: Findings, drafts: Sequence[Draft]) -> tuple[list[Draft], dict[int, str]]:
    """Return the statements that stand, and why others do not, by the offset of their cue.

    Args:
        found: What was found in the text.
        drafts: The statements made of it.
    """
    if not drafts:
        return [], {}
    text = _text(found, drafts)
    if not text.marks:
        return list(drafts), {}  # every rule asks for a mark
    kept, reasons = [], {}
    for draft in drafts:
        rule = next((name for name, holds in RULES.items() if holds(text, draft)), "")
        if rule:
            reasons[draft.cue.start] = f"suppressed:weighing.{rule}"
        else:
            kept.append(draft)
    if text.talk > ESSAY and not any(_is_dated(text, draft) for draft in kept):
        _put_behind([draft for draft in kept if not _is_first(found.doc, draft)])
    return kept, reasons


def _put_behind(drafts: Sequence[Draft]) -> None:
    """What an essay without a day of its own says of attacks and harm is its background."""
    for draft in drafts:
        verdict = draft.verdict
        is_told = verdict.kind is Kind.REPORT and verdict.polarity is Polarity.AFFIRMED
        if is_told and draft.cue.topic.startswith(_ARGUED):
            draft.verdict = msgspec.structs.replace(verdict, kind=Kind.BACKGROUND)


def _is_dated(text: Text, draft: Draft) -> bool:
    if draft.verdict.kind is not Kind.REPORT:
        return False
    return any(
        time.role in _OF_ITS_DAY and _holds(text, draft, time.start) for time in text.found.times
    ) or any(hit.effect == "now" and _holds(text, draft, hit.start) for hit in text.found.triggers)


def _text(found: Findings, drafts: Sequence[Draft]) -> Text:
    marks = _marks(found.doc)
    by_sign: dict[str, list[Mark]] = {}
    for mark in marks:
        by_sign.setdefault(mark.sign, []).append(mark)
    return Text(
        found=found,
        drafts=drafts,
        marks=marks,
        by_sign=by_sign,
        talk=len({(mark.sign, mark.key) for mark in marks if mark.sign in TALK}),
    )


def _marks(doc: Document) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            sign=entry.fields["sign"],
            start=doc.tokens[taken[0]].start,
            key=doc.tokens[taken[0]].key[:_STEM],
            tokens=taken,
            is_english=entry.id.startswith(_ENGLISH),
        )
        for clause in doc.clauses
        for entry, taken in lexicon("marks").matches(doc, clause)
    )


def is_anchored(text: Text, draft: Draft) -> bool:
    """Whether the sentence of a statement says where, when, how many, with what, or who says it."""
    found = text.found
    return (
        draft.hit is not None
        or bool(draft.means)
        or found.speaker_at(draft.cue.start) is not None
        or _has_time(text, draft)
        or _has_thing(text, draft)
        or _has_place(text, draft)
    )


def _has_place(text: Text, draft: Draft) -> bool:
    return any(
        _holds(text, draft, mention.start)
        for mention in text.found.mentions
        if mention.candidates and mention.kind != "country" and not mention.is_body
    )


def _has_time(text: Text, draft: Draft) -> bool:
    return any(_holds(text, draft, time.start) for time in text.found.times)


def _has_thing(text: Text, draft: Draft) -> bool:
    return text.beside(draft, "thing")


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
        and not any(
            is_anchored(text, other)
            for other in text.drafts
            if other is draft or not other.cue.rule.endswith(_RECALLED)
        )
    )


def _in_essay(text: Text, draft: Draft) -> bool:
    """A few statements deep in a text of much talk: no place, number, thing or weapon."""
    return (
        text.talk >= ESSAY
        and len(text.drafts) <= _FEW
        and not draft.cue.topic.startswith(_PLAIN)
        and not _is_first(text.found.doc, draft)
        and draft.hit is None
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
        and text.count("mined") > 0
        and not any(other.cue.topic.startswith(_ARMED) for other in text.drafts)
    )


def _advice_of_talk(text: Text, draft: Draft) -> bool:
    """What to think or beware of, in a text of talk or of illness, is no advice of ours."""
    return (
        draft.cue.topic in _ADVICE
        and (text.talk >= TALKS or text.count("ill") >= TALKS)
        and text.count("safety") == 0
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
    return draft.cue.rule.startswith(_ENGLISH) and text.talk >= TALKS and _is_translated(text)


def _of_soldiers(text: Text, draft: Draft) -> bool:
    """Who is hurt in a text about soldiers that tells of no attack is hurt in fighting."""
    return (
        draft.cue.topic.startswith("harm.")
        and draft.verdict.polarity is Polarity.AFFIRMED
        and text.count("front") >= TALKS
        and not _is_civil(text)
        and not any(other.cue.topic.startswith(_ARMED_TOPICS) for other in text.drafts)
    )


def _is_translated(text: Text) -> bool:
    return any(not mark.is_english for mark in text.marks)


def _is_civil(text: Text) -> bool:
    return any(hit.effect == _CIVIL for hit in text.found.triggers)


def _figure(text: Text, draft: Draft) -> bool:
    """A blow to the economy, an explosion of prices, a budget that burns."""
    figures = text.by_sign.get("figure")
    return figures is not None and any(
        not set(draft.cue.tokens).isdisjoint(mark.tokens) for mark in figures
    )


def _wished(text: Text, draft: Draft) -> bool:
    """What is wished, permitted or thought out has not happened."""
    return draft.cue.topic.startswith(_HAPPENS) and text.beside(draft, "wish")


def _of_field(text: Text, draft: Draft) -> bool:
    """What is hit on the fighting line, and who, is no claim."""
    return (
        draft.cue.topic.startswith((*_HAPPENS, "response."))
        and text.beside(draft, "field")
        and not _is_civil(text)
    )


def _always(text: Text, draft: Draft) -> bool:
    """What happens every day, to nobody and nowhere in particular, is no event."""
    return (
        draft.cue.topic.startswith(_HABITS)
        and draft.hit is None
        and text.beside(draft, "habit")
        and not _has_time(text, draft)
        and not _is_somewhere(text, draft)
        and draft.verdict.polarity is Polarity.AFFIRMED
    )


def _is_somewhere(text: Text, draft: Draft) -> bool:
    """Whether a sentence names a place, if only as "the town"."""
    return any(
        _holds(text, draft, mention.start)
        for mention in text.found.mentions
        if mention.kind != "country" and not mention.is_body
    ) or any(_holds(text, draft, hit.start) for hit in text.found.triggers if hit.effect == "now")


def _long_ago(text: Text, draft: Draft) -> bool:
    """What happened before this war and the lives of most who read."""
    return draft.cue.topic.startswith(_HAPPENS) and text.beside(draft, "long_ago")


def _abroad(text: Text, draft: Draft) -> bool:
    """What happens in a third country, in a sentence that names no place of ours."""
    return text.beside(draft, "abroad") and not any(
        _holds(text, draft, mention.start)
        for mention in text.found.mentions
        if set(mention.candidates) - FOREIGN and not mention.is_body
    )


def _in_film(text: Text, draft: Draft) -> bool:
    """What a film or a book tells."""
    return (
        draft.cue.topic.startswith((*_HAPPENS, "response."))
        and draft.hit is None
        and text.beside(draft, "film")
    )


def _gift(text: Text, draft: Draft) -> bool:
    """A car for the wounded, a collection for a hospital: nobody is said to be hurt."""
    return draft.cue.topic in _CARED_FOR and text.beside(draft, "gift")


#: Names of the rules, in the order in which they are asked; none holds in a text without marks.
RULES: Mapping[str, Callable[[Text, Draft], bool]] = {
    "phone_alone": _phone_alone,
    "bomb_hoax": _bomb_hoax,
    "foreign_words": _foreign_words,
    "figure": _figure,
    "wished": _wished,
    "of_field": _of_field,
    "always": _always,
    "long_ago": _long_ago,
    "abroad": _abroad,
    "in_film": _in_film,
    "gift": _gift,
    "of_soldiers": _of_soldiers,
    "advice_of_talk": _advice_of_talk,
    "danger_of_talk": _danger_of_talk,
    "in_passing": _in_passing,
    "in_essay": _in_essay,
}
