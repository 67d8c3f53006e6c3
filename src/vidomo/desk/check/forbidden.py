"""Says what must not be published, by which rule, and what to write instead."""

from collections.abc import Sequence

import msgspec

from vidomo.claims.model import Claim
from vidomo.desk.check.model import Forbidden
from vidomo.desk.check.words import has
from vidomo.disclosure.policy import load_policy
from vidomo.disclosure.screen import Finding, invitations, screen
from vidomo.publish.words import Words

POLICY = "ua-public"
"""The policy that drafts are held against."""
Span = tuple[int, int]

_ADDRESS = frozenset({"street", "house"})
_STRUCK = ("event.", "harm.", "impact.damage", "impact.fire")


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """The findings of a draft, parted.

    Attributes:
        forbidden: What must not be published.
        invited: Addresses that stay: the sentence invites the public there.
    """

    forbidden: tuple[Forbidden, ...]
    invited: tuple[str, ...]


def held(text: str, claims: Sequence[Claim], *, lines: Sequence[Span], words: Words) -> Held:
    """Return what must not be published in a draft.

    Args:
        text: The draft.
        claims: Its claims: where one tells of a strike, no address is an invitation.
        lines: Its sentences.
        words: The language to answer in.
    """
    findings = screen(text)
    inviting = _inviting(text, claims, findings, lines)
    stays = [one for one in findings if _is_within(one, inviting)]
    return Held(
        forbidden=tuple(_forbidden(one, text, words) for one in findings if one not in stays),
        invited=tuple(dict.fromkeys(text[start:end] for start, end in _merged(stays))),
    )


def _inviting(
    text: str, claims: Sequence[Claim], findings: Sequence[Finding], lines: Sequence[Span]
) -> list[Span]:
    """Return the sentences whose addresses are meant to be known.

    A list that follows an inviting sentence belongs to it, up to an empty line.
    """
    struck = [(claim.start, claim.end) for claim in claims if claim.topic.startswith(_STRUCK)]
    worse = [(one.start, one.end) for one in findings if one.kind not in _ADDRESS]
    first = set(invitations(text))
    found: list[Span] = []
    for line in lines:
        before = found[-1] if found else None
        goes_on = before is not None and "\n\n" not in text[before[1] : line[0]]
        goes_on = goes_on and before is not None and _lists_on(text, before, line)
        if _touches(line, [*struck, *worse]):
            continue
        if line in first or goes_on:
            found.append(line)
    return found


def _lists_on(text: str, before: Span, line: Span) -> bool:
    """Return whether a line goes on with the list of the one before it."""
    between = text[before[1] : line[0]]
    return "\n" in between or text[before[0] : before[1]].rstrip().endswith((":", ";", ","))


def _touches(line: Span, spans: Sequence[Span]) -> bool:
    return any(start < line[1] and line[0] < end for start, end in spans)


def _is_within(finding: Finding, spans: Sequence[Span]) -> bool:
    return finding.kind in _ADDRESS and any(
        start <= finding.start and finding.end <= end for start, end in spans
    )


def _merged(findings: Sequence[Finding]) -> list[Span]:
    """Return the stretches that findings cover, those that overlap as one."""
    spans: list[Span] = []
    for one in sorted(findings, key=lambda one: one.start):
        if spans and one.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], one.end))
        else:
            spans.append((one.start, one.end))
    return spans


def _forbidden(finding: Finding, text: str, words: Words) -> Forbidden:
    rule = load_policy(POLICY).rule("quote", finding.kind)
    particular = finding.rule.partition(".")[2]
    key = particular if has(words, "proposal", particular) else finding.kind
    return Forbidden(
        rule=finding.rule,
        kind=finding.kind,
        words=text[finding.start : finding.end],
        start=finding.start,
        end=finding.end,
        policy_rule=rule.id if rule else "",
        why=words(f"why.{finding.kind}"),
        source=rule.source if rule else "",
        is_verified=rule.verified if rule else False,
        proposal=words(f"proposal.{key}"),
    )
