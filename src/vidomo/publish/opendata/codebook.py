"""The codebook: every column with its meaning and its codes, in one language."""

from collections.abc import Iterable, Iterator, Sequence

from vidomo.publish.opendata.table import Column, Kind, Table
from vidomo.publish.opendata.words import data_words
from vidomo.publish.words import words_of

_FINER = ("hromada", "settlement", "city_district", "category_")
"""Levels that no row has."""
_NOTES = ("unknown", "partial", "never_sum", "late", "official", "words", "changes")


def as_codebook(tables: Iterable[Table], *, lang: str, publisher: str) -> bytes:
    """Return the codebook as Markdown."""
    words = data_words(lang)
    lines = [f"# {words('code.title')}", "", words("package.title"), "", words("package.about"), ""]
    lines += [f"- {words(f'package.{note}')}" for note in _NOTES]
    lines += [f"- {words('package.unofficial', publisher=publisher)}"]
    lines += [f"- {words('package.licence', publisher=publisher)}", ""]
    sections: dict[str, None] = {}
    for table in tables:
        lines += [f"## {table.name}", "", words(f"file.{table.name}"), ""]
        lines += list(_columns(table.columns, lang=lang))
        lines.append("")
        sections |= dict.fromkeys(column.codes for column in table.columns if column.codes)
    for section in sections:
        lines += [f"## {words('code.list')}: {section}", ""]
        lines += [f"| {words('code.code')} | {words('code.name')} |", "|---|---|"]
        lines += [f"| `{code}` | {label} |" for code, label in codes_of(section, lang=lang)]
        lines.append("")
    return "\n".join(lines).encode()


def _columns(columns: Sequence[Column], *, lang: str) -> Iterator[str]:
    words = data_words(lang)
    heads = (words(f"code.{key}") for key in ("column", "type", "hxl", "meaning"))
    yield f"| {' | '.join(heads)} |"
    yield "|---|---|---|---|"
    for column in columns:
        kind = words(f"code.{'items' if column.kind is Kind.LIST else column.kind}")
        yield f"| `{column.name}` | {kind} | `{column.hxl}` | {words(f'column.{column.name}')} |"


def codes_of(section: str, *, lang: str) -> tuple[tuple[str, str], ...]:
    """Return the codes that a column may hold with their names; a phase of each dimension."""
    words, found = words_of(lang), []
    for key in sorted(words.keys):
        head, _, code = key.partition(".")
        if head != section or code.startswith(_FINER):
            continue
        if section == "phase":
            dimension, _, phase = code.partition(".")
            if phase:
                head_name = words.label("dimension", dimension)
                name = f"{head_name}: {words.label('phase', code)}"
                found.append((f"{dimension} {phase}", name))
        else:
            found.append((code, words.label(section, code)))
    return tuple(found)


def plain(text: str) -> str:
    """Return words of an operator without what XML cannot hold and Markdown and HTML take for marks."""
    kept = (letter for letter in text if letter.isprintable() and letter not in "<>|`*_[]\\&")
    return "".join(kept).strip()
