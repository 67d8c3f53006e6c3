"""Reads the file of a form and finds every fault in it."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from vidomo.core.problems import Problem
from vidomo.desk.forms.fill import GAP, follows
from vidomo.desk.forms.gaps import DESK_ONLY, NOTE, PUBLIC_ONLY, SOURCES, gives_sentences
from vidomo.desk.forms.model import (
    CONFIRMED,
    PURPOSES,
    SECTIONS,
    UNOFFICIAL,
    Audience,
    Field,
    Form,
    Wording,
)
from vidomo.desk.forms.phrases import LANGUAGES, form_words
from vidomo.desk.forms.screened import reads_as_all_clear
from vidomo.desk.forms.spell import SPELLED
from vidomo.gazetteer import Gazetteer

LARGEST = 64 * 1024
"""Bytes of a file; a form is a page of text in three languages."""
LONGEST_PROMISE_MIN = 24 * 60
NEEDED = {
    Audience.PUBLIC: ("uk", "en", "ru"),
    Audience.INTERNAL: ("uk", "en"),
    Audience.UPWARD: ("uk", "en"),
}
"""Languages that a form of each audience must have."""
_KEYS = {
    "id", "purpose", "authority", "version", "audience", "status", "confirmed_by", "confirmed_on",
    "next_after_min", "is_spoken", "title", "field", "text", "example", "counter",
}  # fmt: skip
_WORDS = ("id", "purpose", "authority", "version", "audience")
_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_BRACE = re.compile(r"[{}]")
_DIGIT = re.compile(r"\d")
Table = Mapping[str, Any]


def read_form(
    raw: bytes, *, where: str, is_own: bool = False
) -> tuple[Form | None, tuple[Problem, ...]]:
    """Return the form in a file, None where it has any fault, and every fault.

    Args:
        raw: The bytes of the file.
        where: How people find it, such as ``community/power.toml``.
        is_own: Whether it is the operator's own file.
    """
    if len(raw) > LARGEST:
        found = f"{where} has {len(raw)} bytes"
        return None, (Problem(code="form_too_large", found=found, where=where),)
    try:
        table = tomllib.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        hint = "write it as TOML in UTF-8; docs/forms.md shows one"
        return None, (Problem(code="form_unreadable", found=str(error), hint=hint, where=where),)
    faults = _Faults(where)
    form = _form(table, faults, raw, is_own=is_own)
    _check_words(form, faults)
    if not faults.found:
        _check_examples(form, faults)
        _check_all_clears(form, faults)
    return (None if faults.found else form), tuple(faults.found)


class _Faults:
    """Every fault of one file, in the order in which they are found."""

    def __init__(self, where: str) -> None:
        self._where, self.found = where, list[Problem]()

    def add(self, code: str, found: str, hint: str = "") -> None:
        self.found.append(Problem(code=code, found=found, hint=hint, where=self._where))


def _form(table: Table, faults: _Faults, raw: bytes, *, is_own: bool) -> Form:
    """Return the form of a table as far as it can be read."""
    for key in sorted(table.keys() - _KEYS):
        faults.add("form_key", f"unknown key {key!r}", "keys: " + ", ".join(sorted(_KEYS)))
    plain = {key: _text(table, key, faults) for key in _WORDS}
    _check_plain(plain, faults)
    known = plain["audience"] in set(Audience)
    # Whatever it is for, the rest of the file is checked too: every fault is told at once.
    audience = Audience(plain["audience"]) if known else Audience.INTERNAL
    languages = tuple(dict.fromkeys((*NEEDED[audience], *_langs(table, "text"))))
    return Form(
        id=plain["id"],
        authority=plain["authority"],
        purpose=plain["purpose"],
        version=plain["version"],
        audience=audience,
        title=_by_lang(table, "title", ("uk", "en"), faults),
        fields=tuple(_fields(table, audience, languages, faults)),
        words=_wordings(table, languages, faults),
        digest=hashlib.sha256(raw).hexdigest(),
        next_after_min=_minutes(table, faults),
        is_spoken=table.get("is_spoken") is True,
        examples=_by_lang(table, "example", languages[:2], faults),
        counters=_by_lang(table, "counter", languages[:1], faults),
        is_own=is_own,
        **_status(table, faults),
    )


def _check_plain(plain: Mapping[str, str], faults: _Faults) -> None:
    for key in ("id", "authority"):
        if plain[key] and not _ID.fullmatch(plain[key]):
            faults.add("form_id", f"{key} = {plain[key]!r}", "small Latin letters, digits, hyphens")
    if plain["purpose"] and plain["purpose"] not in PURPOSES:
        hint = "one of: " + ", ".join(PURPOSES)
        faults.add("form_purpose", f"purpose = {plain['purpose']!r}", hint)
    if plain["audience"] and plain["audience"] not in set(Audience):
        hint = "one of: " + ", ".join(Audience)
        faults.add("form_audience", f"audience = {plain['audience']!r}", hint)


def _text(table: Table, key: str, faults: _Faults) -> str:
    value = table.get(key)
    if isinstance(value, str) and value.strip():
        return value.strip()
    faults.add("form_missing", f"{key} = {value!r}", f"write {key} as a text")
    return ""


def _langs(table: Table, key: str) -> tuple[str, ...]:
    value = table.get(key)
    return tuple(lang for lang in value if lang in LANGUAGES) if isinstance(value, dict) else ()


def _by_lang(table: Table, key: str, needed: tuple[str, ...], faults: _Faults) -> dict[str, str]:
    """Return texts by language; each needed one that is missing is a fault."""
    value = table.get(key)
    found = value if isinstance(value, dict) else {}
    for lang in sorted(found.keys() - set(LANGUAGES)):
        faults.add("form_language", f"{key}.{lang}", "languages: " + ", ".join(LANGUAGES))
    texts = {
        lang: text.strip()
        for lang, text in found.items()
        if lang in LANGUAGES and isinstance(text, str) and text.strip()
    }
    for lang in needed:
        if lang not in texts:
            faults.add("form_missing", f"no {key}.{lang}", f"write {key}.{lang} as a text")
    return texts


def _wordings(table: Table, languages: tuple[str, ...], faults: _Faults) -> dict[str, Wording]:
    found = table.get("text")
    found = found if isinstance(found, dict) else {}
    wordings = {}
    for lang in languages:
        part = found.get(lang)
        if not isinstance(part, dict):
            faults.add("form_missing", f"no text.{lang}", f"write [text.{lang}] with its sections")
            continue
        for key in sorted(part.keys() - set(SECTIONS)):
            hint = "sections: " + ", ".join(SECTIONS)
            faults.add("form_section", f"text.{lang}.{key}", hint)
        words = {key: text for key in SECTIONS if isinstance(text := part.get(key, ""), str)}
        if not words.get("headline", "").strip() or not words.get("description", "").strip():
            faults.add("form_missing", f"text.{lang} lacks a headline or a description")
        wordings[lang] = Wording(**words)
    for lang in sorted(found.keys() - set(LANGUAGES)):
        faults.add("form_language", f"text.{lang}", "languages: " + ", ".join(LANGUAGES))
    return wordings


def _fields(
    table: Table, audience: Audience, languages: tuple[str, ...], faults: _Faults
) -> Iterator[Field]:
    rows = table.get("field")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        faults.add("form_missing", "no [[field]]", "write a [[field]] for each gap")
        return
    names: set[str] = set()
    for number, row in enumerate(rows, 1):
        name, source = row.get("name"), row.get("from")
        if not isinstance(name, str) or not _NAME.fullmatch(name) or name in names:
            hint = "small Latin letters and underscores, each name once"
            faults.add("field_name", f"field {number}: name = {name!r}", hint)
            continue
        names.add(name)
        for key in sorted(row.keys() - {"name", "from", "unknown", "must"}):
            faults.add("field_key", f"field {name}: unknown key {key!r}")
        if not isinstance(source, str) or not _is_source(source, audience):
            hint = "docs/forms.md lists what a gap can be filled from, and for whom"
            faults.add("field_source", f"field {name}: from = {source!r}", hint)
            continue
        yield Field(
            name=name,
            source=source,
            unknown=_unknown(row, name, languages, faults),
            must=row.get("must") is True,
        )


def _is_source(source: str, audience: Audience) -> bool:
    if source.startswith(NOTE):
        return bool(_NAME.fullmatch(source.removeprefix(NOTE)))
    forbidden = DESK_ONLY if audience is Audience.PUBLIC else PUBLIC_ONLY
    return source in SOURCES and source not in forbidden


def _unknown(row: Table, name: str, languages: tuple[str, ...], faults: _Faults) -> dict[str, str]:
    """Return what is written where nothing is known; it must say so, and give no number."""
    found = row.get("unknown")
    found = found if isinstance(found, dict) else {}
    texts = {}
    for lang in languages:
        text = found.get(lang)
        text = " ".join(text.split()) if isinstance(text, str) else ""
        words = form_words(lang)
        if not any(words(f"unknown.{key}") in text.lower() for key in ("words", "other")):
            hint = f"say that it is not known: {words('unknown.words')}…"
            faults.add("unknown_unsaid", f"field {name}: unknown.{lang} = {text!r}", hint)
        if _DIGIT.search(text) or _BRACE.search(text):
            hint = "nothing known is no number and no gap"
            faults.add("unknown_number", f"field {name}: unknown.{lang} = {text!r}", hint)
        texts[lang] = text
    return texts


def _minutes(table: Table, faults: _Faults) -> int:
    value = table.get("next_after_min", 0)
    if (
        isinstance(value, bool)
        or not isinstance(value, int)
        or not 0 <= value <= LONGEST_PROMISE_MIN
    ):
        hint = f"whole minutes, 0 to {LONGEST_PROMISE_MIN}"
        faults.add("form_promise", f"next_after_min = {value!r}", hint)
        return 0
    return value


def _status(table: Table, faults: _Faults) -> dict[str, Any]:
    """Return the status; "confirmed" needs who confirmed it and when, and nothing else does."""
    status, by, on = (table.get(key) for key in ("status", "confirmed_by", "confirmed_on"))
    is_named = isinstance(by, str) and bool(by.strip()) and type(on) is date
    if status not in {UNOFFICIAL, CONFIRMED}:
        faults.add("form_status", f"status = {status!r}", f"{UNOFFICIAL!r} or {CONFIRMED!r}")
    elif (status == CONFIRMED) != is_named or (status == UNOFFICIAL and (by or on)):
        hint = "a confirmed form names confirmed_by and confirmed_on, an example neither"
        faults.add("form_status", f"status = {status!r}, confirmed by {by!r} on {on!r}", hint)
    if not is_named:
        return {"status": UNOFFICIAL}
    return {"status": str(status), "confirmed_by": str(by).strip(), "confirmed_on": on}


def _check_words(form: Form, faults: _Faults) -> None:
    """Note gaps without a field, fields without a gap, and what is wrong with the words."""
    names = {field.name: field for field in form.fields}
    for lang, wording in form.words.items():
        text = "\n".join(wording.section(name) for name in SECTIONS)
        used = set(GAP.findall(text))
        for name in sorted(used - names.keys()):
            faults.add("gap_unknown", f"text.{lang}: {{{name}}}", "write a [[field]] for it")
        for name in sorted(names.keys() - used):
            hint = "a field that stands nowhere would be left out in silence"
            faults.add("gap_unused", f"text.{lang}: no {{{name}}}", hint)
        if _BRACE.search(GAP.sub("", text)):
            faults.add("gap_broken", f"text.{lang}: a brace that is no gap", "write {name}")
        for line in text.splitlines():
            for name in GAP.findall(line):
                field = names.get(name)
                if field and gives_sentences(field.source) and line.strip() != f"{{{name}}}":
                    hint = "whole sentences need a line of their own"
                    faults.add("gap_in_a_line", f"text.{lang}: {line.strip()!r}", hint)
        if form.is_spoken and (_DIGIT.search(text) or lang not in SPELLED):
            hint = "what is read aloud has its numbers in words, in uk and en"
            faults.add("form_spoken", f"text.{lang} is read aloud", hint)


def _check_all_clears(form: Form, faults: _Faults) -> None:
    """Note words for residents that read as an all-clear where nobody has announced one."""
    gazetteer = Gazetteer.open()
    for lang, wording in form.words.items():
        lines = [line for name in SECTIONS for line in wording.section(name).splitlines()]
        lines += [field.unknown[lang] for field in form.fields]
        for line in lines:
            # A gap is no word that anybody hears: what fills it is judged when it is filled.
            if reads_as_all_clear(GAP.sub("", line), gazetteer=gazetteer):
                hint = "only a filled gap may say that an alert has ended; word it otherwise"
                faults.add("reads_as_all_clear", f"{lang}: {line.strip()!r}", hint)


def _check_examples(form: Form, faults: _Faults) -> None:
    for lang, text in form.examples.items():
        if lang in form.words and not follows(form, text, lang=lang):
            hint = "it must hold every line of the text, with every gap filled"
            faults.add("example_differs", f"example.{lang} does not follow the text", hint)
    for lang, text in form.counters.items():
        if lang in form.words and follows(form, text, lang=lang):
            hint = "write a text that this form must never give"
            faults.add("counter_fits", f"counter.{lang} follows the text", hint)
