"""Says what comes from a place and what moves to one, where only the statement can tell."""

from collections.abc import Sequence
from operator import attrgetter

import msgspec

from vidomo.claims.connections import TRANSPORT
from vidomo.claims.document import Document, token_at
from vidomo.claims.findings import Findings
from vidomo.claims.genre import MONITOR
from vidomo.claims.hits import CueHit, MentionHit
from vidomo.claims.launches import is_launched, speaks_of_launch
from vidomo.claims.mentions_words import words
from vidomo.claims.model import Role
from vidomo.claims.routes import lines

_CALLS = frozenset({",", ":", "!", "\u2013"})
_BETWEEN_LISTED = frozenset({",", "/", "+", "&"})
_LEADS = frozenset({":", "\u2013", "\u2014", "-"})
_ARROWS = frozenset("\u2192\u27a1\u21e8\u2b95\u279c")
_RUSSIA = frozenset({"RU"})
# Beginnings of the codes of Crimea and Sevastopol.
_CRIMEA = ("UA01", "UA85")
# Shells do not fly on: who is called beside guns is where they hit.
_GUNS = "threat.artillery"
# Tokens from the word before the preposition to the name: "threat to Sumy".
_TWO = 2
# "From the Donetsk region".
_ARTICLE = "the"
_THREAT, _EVACUATION, _EVENT = "threat.", "response.evacuation", "event."
# Characters between an attack and what was attacked: "the attack of drones on X".
_ATTACK_REACH = 24
# Tokens between "trains" and where they go: "trains from X on Y".
_LED = 6
_TOWNS = frozenset({"settlement", "town"})
_TARGETS = frozenset({"settlement", "town", "raion", "oblast"})
# Words from "from" to a name: "from four border villages of two communities of X oblast".
_OF_THOSE = 7
_WORDY = frozenset({"word", "number"})
# An order to leave names them as those that are left.
_WIDER = frozenset({"hromada", "raion", "oblast"})
_HERE = frozenset({Role.AFFECTED.value, Role.NEAR.value})


def moved(found: Findings, cue: CueHit, mentions: Sequence[MentionHit]) -> tuple[MentionHit, ...]:
    """Return the places of a statement, those that something leaves or moves to as such.

    People are evacuated from where they lived. A danger comes from where it was launched and
    from what stands after "from" or before an arrow, and moves to what an arrow points at.
    "Drones on Konotop": the preposition before the name says so, and that the name does not
    stand in the case of "in the oblast of" (Ukrainian and Russian share the preposition).
    A name that opens a line of a monitoring channel calls those whom the danger flies to:
    "Kyiv, eight drones over the reservoir".
    """
    if cue.topic == _EVACUATION:
        return tuple(_left(found, cue, mentions))
    if cue.topic.startswith(TRANSPORT):
        struck = [mention for mention in mentions if _is_struck(found, mention)]
        rest = [mention for mention in mentions if mention not in struck]
        return tuple(sorted([*_gone_to(found.doc, rest), *struck], key=attrgetter("start")))
    if not cue.topic.startswith(_THREAT) or cue.polarity:
        return tuple(mentions)
    made: list[MentionHit] = []
    for mention in mentions:
        role = mention.role
        if role in _HERE:
            role = _role_of(found, cue, mention, made)
        if role in _HERE and _is_crimea(mention) and is_launched(found, mention):
            role = Role.ORIGIN.value
        if mention.role in _HERE and role != Role.ORIGIN and set(mention.candidates) == _RUSSIA:
            aims = any(m.candidates and set(m.candidates) != _RUSSIA for m in mentions)
            is_launch = any(speaks_of_launch(found, at) for at in (cue.start, mention.start))
            is_from = is_launch or (aims and role in _HERE)
            role = Role.ORIGIN.value if is_from else role
        made.append(msgspec.structs.replace(mention, role=role))
    return tuple(made)


def _is_crimea(mention: MentionHit) -> bool:
    return bool(mention.candidates) and all(c.startswith(_CRIMEA) for c in mention.candidates)


def _is_struck(found: Findings, mention: MentionHit) -> bool:
    """Whether an attack is told right before a place: "late after the attack on the oblast"."""
    return any(
        cue.topic.startswith(_EVENT) and 0 <= mention.start - cue.end <= _ATTACK_REACH
        for cue in found.cues
    )


def _gone_to(doc: Document, mentions: Sequence[MentionHit]) -> list[MentionHit]:
    """Say where trains go: "trains to X", "trains on X", and then where they come from."""
    ahead, known = lines().headings - words().reached, words()
    made: list[MentionHit] = []
    for mention in mentions:
        at, last = token_at(doc, mention.start), token_at(doc, mention.end - 1)
        before = _key_before(doc, mention)
        is_toward = (
            before in known.toward
            and not doc.tokens[last].key.endswith(known.locative_ends)
            and any(lines().leads.has(token.key) for token in doc.tokens[max(at - _LED, 0) : at])
        )
        is_to = mention.role == Role.AFFECTED and mention.kind in _TOWNS and before in ahead
        is_to = is_to or (mention.role == Role.AFFECTED and is_toward)
        role = Role.HEADING.value if is_to else mention.role
        made.append(msgspec.structs.replace(mention, role=role))
    if not any(mention.role == Role.HEADING for mention in made):
        return made
    return [
        msgspec.structs.replace(mention, role=Role.ORIGIN.value)
        if mention.role == Role.AFFECTED and _key_before(doc, mention) in known.away
        else mention
        for mention in made
    ]


def _left(found: Findings, cue: CueHit, mentions: Sequence[MentionHit]) -> list[MentionHit]:
    """Say what people leave, "from X" and where everybody has to, and where they go, "to X".

    A text on an evacuation that is ordered speaks of it on: "in X oblast 40 villages will go".
    """
    doc, known = found.doc, words()
    ahead = lines().headings - known.reached
    sentence = doc.sentences[found.chunks.all[found.chunks.at(cue.start)].sentence]
    has_to = any(known.forced.has(t.key) for t in doc.tokens[sentence.first : sentence.last])
    is_ordered = has_to or any(known.forced.has(token.key) for token in doc.tokens)
    made: list[MentionHit] = []
    for mention in mentions:
        before = _key_before(doc, mention)
        is_toward = before in known.toward and not _is_where(doc, mention)
        is_left = mention.role == Role.AFFECTED and (
            before in known.away
            or _is_of_those_left(doc, mention)
            or (has_to and mention.kind != "country" and not is_toward)
            or (is_ordered and mention.kind in _WIDER and not is_toward)
            or _is_listed_with(doc, made, mention, role=Role.ORIGIN)
        )
        role = Role.ORIGIN.value if is_left else mention.role
        is_reached = mention.role == Role.AFFECTED and (
            (
                (before in ahead or is_toward)
                and mention.kind in _TARGETS
                and not _is_struck(found, mention)
            )
            or _is_listed_with(doc, made, mention, role=Role.HEADING)
        )
        role = Role.HEADING.value if is_reached else role
        made.append(msgspec.structs.replace(mention, role=role))
    return made


def _role_of(found: Findings, cue: CueHit, mention: MentionHit, made: Sequence[MentionHit]) -> str:
    """Return the role of a place of a danger that the words before it do not tell."""
    doc, known = found.doc, words()
    at, last = token_at(doc, mention.start), token_at(doc, mention.end - 1)
    if _key_before(doc, mention) in known.away or _is_before_arrow(doc, at, last):
        return Role.ORIGIN.value
    if mention.role != Role.AFFECTED:
        return mention.role
    before = _key_before(doc, mention)
    locative_ends = known.locative_of.get(doc.lang) or known.locative_ends
    is_toward = before in known.toward and not doc.tokens[last].key.endswith(locative_ends)
    is_toward = is_toward or (
        before in known.aimed | known.toward
        and mention.kind in _TARGETS
        and speaks_of_launch(found, mention.start)
    )
    is_toward = is_toward or (
        found.genre == MONITOR
        and mention.kind in _TARGETS
        and before in known.brief
        and (at < _TWO or doc.tokens[at - _TWO].key not in known.perils)
    )
    is_called = (
        found.genre == MONITOR
        and cue.topic != _GUNS
        and mention.kind == "settlement"
        and doc.sentences[found.chunks.all[found.chunks.at(mention.start)].sentence].first == at
        and last + 1 < len(doc.tokens)
        and (doc.tokens[last + 1].text in _CALLS or doc.tokens[last + 1].kind == "emoji")
    )
    beside = {doc.tokens[n].key for n in (at - 1, last + 1) if 0 <= n < len(doc.tokens)}
    is_assailed = not beside.isdisjoint(known.assailed)
    if (
        is_toward
        or is_called
        or _is_course(doc, at)
        or is_assailed
        or _is_after_arrow(doc, at)
        or _is_listed_with(doc, made, mention, role=Role.HEADING)
    ):
        return Role.HEADING.value
    if _is_listed_with(doc, made, mention, role=Role.ORIGIN):
        return Role.ORIGIN.value
    return mention.role


def _is_course(doc: Document, at: int) -> bool:
    """Whether a mark leads from a course to a name: "course - Poltava"."""
    return (
        at > 1
        and doc.tokens[at - 1].text in _LEADS
        and doc.tokens[at - 2].key in words().courses
        and not (at > 2 and doc.tokens[at - 3].is_capital)  # noqa: PLR2004 - "Kupiansk direction: A"
    )


def _is_after_arrow(doc: Document, at: int) -> bool:
    """Whether an arrow points at a name; one that only marks a line points at nothing."""
    if at < 2 or doc.tokens[at - 1].text not in _ARROWS:  # noqa: PLR2004 - arrow, and a word before it
        return False
    return doc.tokens[at - 2].kind in {"word", "number", "mark"} and not _opens(doc, at - 1)


def _is_before_arrow(doc: Document, at: int, last: int) -> bool:
    """Whether an arrow leads from a name to another: "Borzna, arrow, Nizhyn"."""
    following = last + 2
    return (
        following < len(doc.tokens)
        and doc.tokens[last + 1].text in _ARROWS
        and doc.tokens[following].is_capital
        and not _opens(doc, last + 1)
        and not _is_after_arrow(doc, at)
    )


def _opens(doc: Document, at: int) -> bool:
    return any(sentence.first == at for sentence in doc.sentences)


def _is_listed_with(
    doc: Document, before: Sequence[MentionHit], mention: MentionHit, *, role: Role
) -> bool:
    """Whether a place only continues a list of those in a role."""
    if not before or before[-1].role != role or mention.role != Role.AFFECTED:
        return False
    between = doc.text[before[-1].end : mention.start].strip().lower()
    joined = between.removeprefix(",").lstrip()  # "from Chuhuiv, Izium, and Lozova districts"
    return between in _BETWEEN_LISTED or joined in words().join


def _is_of_those_left(doc: Document, mention: MentionHit) -> bool:
    """Whether "from" stands before the word that a name belongs to: "from villages of X oblast"."""
    if mention.kind not in _WIDER:
        return False
    known, at = words(), token_at(doc, mention.start)
    for token in reversed(doc.tokens[max(at - _OF_THOSE, 0) : at]):
        if token.kind not in _WORDY or token.key in known.toward | known.reached:
            return False
        if token.key in known.away:
            return True
    return False


def _is_where(doc: Document, mention: MentionHit) -> bool:
    """Whether a name stands in the case of where something is, not of where it goes."""
    last = token_at(doc, mention.end - 1)
    return doc.tokens[last].key.endswith(words().locative_ends)


def _key_before(doc: Document, mention: MentionHit) -> str:
    at = token_at(doc, mention.start)
    at -= at > 1 and doc.tokens[at - 1].key == _ARTICLE
    return doc.tokens[at - 1].key if at else ""
