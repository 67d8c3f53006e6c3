"""Writes a report as Markdown with footnotes; pictures stand in it as words."""

import re
from collections.abc import Iterator, Mapping

from vidomo.publish.sitrep.model import Line, Note, Picture, Report, Section, Sentence
from vidomo.publish.sitrep.telling import report_words

_MARKS = re.compile(r"([\\`*_{}\[\]<>|~&^$@!])|(?<=www)(\.)|(:)(?=/)", re.IGNORECASE)
"""What is markup within a line, and what some readers make links of: addresses, ``www.``."""
_BEGINS = re.compile(r"^([#+=-]|\d+(?=[.)]))")
"""What is markup at the beginning of a line."""
_PLAIN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
_LINK = re.compile(r"[^A-Za-z0-9/:.?&=%_#~,;+@-]")


def as_markdown(report: Report) -> str:
    """Return a report as Markdown (CommonMark and footnotes); nothing in it is markup of others."""
    return "\n".join(_lines(report)).rstrip() + "\n"


def escaped(text: str) -> str:
    """Return words that no reader of Markdown takes for markup, nor for a link, on one line."""
    one = " ".join(_PLAIN.sub(" ", text).split())
    marked = _MARKS.sub(lambda found: "\\" + found.group(), one)
    begins = _BEGINS.match(marked)
    if begins is None:
        return marked
    at = begins.end() - (0 if begins.group().isdigit() else 1)
    return f"{marked[:at]}\\{marked[at:]}"


def _lines(report: Report) -> Iterator[str]:
    words, numbers = report_words(report.lang), report.numbers()
    for banner in report.banners:
        yield from (f"**{escaped(banner)}**", "")
    yield from (f"# {escaped(report.title)}. {escaped(report.subtitle)}", "")
    for name, value in report.heads:
        yield f"- {escaped(name)}: **{escaped(value)}**"
    yield from ("", escaped(report.run_by), "")
    yield " ".join(_told(sentence, numbers) for sentence in report.opening)
    for section in report.sections:
        yield from _section(section, numbers)
    if report.notes:
        yield from ("", f"## {escaped(words('head.notes'))}", "")
        for note in report.notes:
            yield from (_note(note, is_internal=report.is_internal, link=words("head.link")), "")


def _section(section: Section, numbers: Mapping[str, int]) -> Iterator[str]:
    yield from ("", f"## {escaped(section.title)}", "")
    for block in section.blocks:
        if isinstance(block, Picture):
            yield from (f"*{escaped(block.alt)}*", "")
            yield " ".join(_told(sentence, numbers) for sentence in block.notes)
            yield ""
            continue
        if block.title:
            yield from (f"### {escaped(block.title)}", "")
        yield from (_line(line, numbers) for line in block.lines)
        yield ""


def _line(line: Line, numbers: Mapping[str, int]) -> str:
    said = " ".join(_told(sentence, numbers) for sentence in line.sentences)
    return f"- **{escaped(line.label)}** {said}" if line.label else f"- {said}"


def _told(sentence: Sentence, numbers: Mapping[str, int]) -> str:
    found = dict.fromkeys(numbers[claim] for claim in sentence.claims if claim in numbers)
    return escaped(sentence.text) + "".join(f"[^{number}]" for number in found)


def _note(note: Note, *, is_internal: bool, link: str) -> str:
    parts = [escaped(" · ".join(filter(None, (note.said, note.standing, note.source))))]
    if note.url:
        # Whatever could end the address or the line is written as what it stands for.
        address = _LINK.sub(lambda one: _percent(one.group()), note.url)
        parts.append(f"[{escaped(link)}](<{address}>)")
    if note.quote:
        parts.append(f"«{escaped(note.quote)}»")
    if note.withheld:
        parts.append(f"*{escaped(note.withheld)}*")
    if is_internal:
        parts.append(escaped(" ".join(note.claims)))
    return f"[^{note.number}]: {' · '.join(parts)}"


def _percent(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode())
