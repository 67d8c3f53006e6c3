"""Says where what was launched comes from, and what a danger from somewhere flies to."""

from collections.abc import Sequence

import msgspec

from vidomo.claims.document import token_at
from vidomo.claims.findings import Findings
from vidomo.claims.hits import CueHit, MentionHit
from vidomo.claims.mentions_words import words
from vidomo.claims.model import Role

_LEADS = frozenset({":", "\u2013", "\u2014", "-"})
_RUSSIA = frozenset({"RU"})


def flown_to(
    found: Findings, cue: CueHit, before: Sequence[MentionHit], origins: Sequence[MentionHit]
) -> list[MentionHit]:
    """Return where a danger flies to that the sentence before spoke of.

    "Alert in Brovary district. Drones come in from Chernihiv oblast." What is only launched
    may fly anywhere.
    """
    if speaks_of_launch(found, cue.start):
        return []
    here = found.chunks.all[found.chunks.at(cue.start)].sentence
    from_there = {code for place in origins for code in place.candidates}
    return [
        msgspec.structs.replace(m, role=Role.HEADING.value)
        for m in before
        if m.role in {Role.AFFECTED, Role.HEADING}
        and m.kind != "country"
        and found.chunks.all[found.chunks.at(m.start)].sentence == here - 1
        and (from_there.isdisjoint(m.candidates) or set(m.candidates) == _RUSSIA)
    ]


def speaks_of_launch(found: Findings, offset: int) -> bool:
    """Whether the sentence of an offset tells of a launch."""
    sentence = found.doc.sentences[found.chunks.all[found.chunks.at(offset)].sentence]
    launch = words().launch
    return any(launch.has(token.key) for token in found.doc.tokens[sentence.first : sentence.last])


def is_launched(found: Findings, mention: MentionHit) -> bool:
    """Whether a mark leads from a name to a launch: "Crimea: launches of missiles"."""
    at = token_at(found.doc, mention.end - 1) + 1
    return (
        at + 1 < len(found.doc.tokens)
        and found.doc.tokens[at].text in _LEADS
        and words().launch.has(found.doc.tokens[at + 1].key)
    )
