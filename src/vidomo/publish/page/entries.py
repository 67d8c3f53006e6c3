"""The timeline: who said what, in order, the words of one post together."""

from collections.abc import Iterable

import msgspec
from markupsafe import Markup

from vidomo.core.time import format_instant
from vidomo.disclosure.model import ChangeView, PublicView, Said
from vidomo.publish.page.frame import Frame, safe_link


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One quotation and what was read in it.

    Attributes:
        withheld_by: Id of the rule that withholds the words; the quote is then empty.
    """

    quote: str
    lang: str
    labels: tuple[str, ...]
    claim: str
    withheld_by: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What one speaker said in one post.

    Attributes:
        standing: official, declared or unsourced; deleted or edited for words taken back.
        when: When it was published, for people.
        reason: Why the words have no standing, in words; empty for those that have.
        lines: Empty for a post that was changed or taken away.
    """

    order: str
    when: Markup | str
    speaker: str
    source: str
    url: str
    standing: str
    report: str = ""
    reason: str = ""
    lines: tuple[Line, ...] = ()

    @property
    def weight(self) -> int:
        """Characters of text, for the byte budget."""
        return 40 + sum(len(line.quote) + 40 for line in self.lines)


def entries(claims: Iterable[str], *, view: PublicView, frame: Frame) -> tuple[Entry, ...]:
    """Return what was said, newest first; words without a date come last."""
    said = {item.claim: item for item in view.said}
    groups: dict[tuple[str, str, str], list[Said]] = {}
    for claim in dict.fromkeys(claims):
        if (item := said.get(claim)) is not None:
            groups.setdefault((item.report, item.speaker, item.standing), []).append(item)
    found = [_entry(group, frame) for group in groups.values()]
    return tuple(sorted(found, key=lambda entry: entry.order, reverse=True))


def changes(items: Iterable[ChangeView], *, frame: Frame) -> tuple[Entry, ...]:
    """Return the posts that were changed or taken away: that and when, never the words."""
    return tuple(
        Entry(
            order=format_instant(item.changed_at) if item.changed_at else "",
            when=frame.moment(item.changed_at) if item.changed_at else frame.words("when.unstated"),
            speaker="",
            source=item.source,
            url=safe_link(item.url),
            standing=item.how,
            report=item.report,
        )
        for item in items
    )


def fitting(found: tuple[Entry, ...], *, characters: int) -> tuple[Entry, ...]:
    """Return as many entries as fit a number of characters, and never fewer than one."""
    kept: list[Entry] = []
    for entry in found:
        characters -= entry.weight
        if kept and characters < 0:
            break
        kept.append(entry)
    return tuple(kept)


def _entry(group: list[Said], frame: Frame) -> Entry:
    first = group[0]
    quotes: dict[str, list[Said]] = {}
    for item in group:
        quotes.setdefault(item.quote, []).append(item)
    lines = tuple(
        Line(
            quote=quote,
            lang=items[0].lang,
            labels=tuple(dict.fromkeys(_label(item, frame) for item in items)),
            claim=items[0].claim,
            withheld_by=items[0].withheld_by if not quote else "",
        )
        for quote, items in quotes.items()
    )
    words = frame.words
    when: Markup | str = words("when.undated")
    if first.said_at is not None:
        when = frame.span(first.said_at, first.said_until or first.said_at)
    return Entry(
        order=format_instant(first.said_at) if first.said_at else "",
        when=when,
        speaker=first.speaker,
        source=first.source,
        url=safe_link(first.url),
        standing=first.standing,
        reason=words.label("reason", first.reason) if first.standing == "unsourced" else "",
        lines=lines,
    )


def _label(item: Said, frame: Frame) -> str:
    topic = frame.words.label("topic", item.topic)
    if item.polarity != "affirmed":
        topic = f"{topic}: {frame.words.label('polarity', item.polarity)}"
    if item.kind == "report":
        return topic
    return f"{topic} · {frame.words.label('kind', item.kind)}"
