"""Fills a form: every gap with its claims, and "not known" wherever nobody said anything."""

import re
from collections.abc import Mapping

from vidomo.core.errors import ConfigError, DisclosureForbidden
from vidomo.desk.forms.gaps import Gaps
from vidomo.desk.forms.model import (
    SECTIONS,
    Basis,
    Facts,
    Field,
    Filled,
    Form,
    Line,
    PublicFacts,
    Value,
)
from vidomo.desk.forms.phrases import Phrases
from vidomo.desk.forms.screened import is_open, reads_as_all_clear
from vidomo.gazetteer import Gazetteer

GAP = re.compile(r"\{([a-z][a-z0-9_]*)\}")
"""A gap in the words of a form."""
ENDS_ALERTS = ("all_clear", "phase.alert")
"""The only gaps that may read as an all-clear, and only where the alert has ended."""


def fill(
    form: Form, facts: Facts, lang: str, *, atlas: Gazetteer, is_exercise: bool = False
) -> Filled:
    """Return a form filled from what is known.

    A text for residents is filled from ``PublicFacts`` alone, any other from ``DeskFacts``. In a
    text for residents a sentence that the screen would hold back is not written at all.

    Args:
        form: The form.
        facts: What is known of one place, and what the officer typed in.
        lang: A language that the form has words in.
        atlas: Names and borders of places.
        is_exercise: Whether nothing of it is real: every section then begins with the word that
            says so, because a section can be copied alone.

    Raises:
        DisclosureForbidden: The facts are not those that the audience of the form may see.
        ConfigError: The form has no words in that language.
        KeyError: The view does not hold the place.
    """
    if form.is_public != isinstance(facts, PublicFacts):
        raise DisclosureForbidden(
            f"{form.key} is for {form.audience.value} and the facts are not",
            hint="fill forms for residents from the public view, others from the operator's",
        )
    wording = form.words.get(lang)
    if wording is None:
        raise ConfigError(
            f"{form.key} has no words in {lang!r}", hint="it has: " + ", ".join(form.words)
        )
    phrases = Phrases(facts.view, lang=lang, atlas=atlas, is_spoken=form.is_spoken)
    gaps = Gaps(facts, phrases=phrases, atlas=atlas, next_after_min=form.next_after_min)
    held_back = phrases.say("held") if form.is_public else ""
    mark = phrases.say("exercise") if is_exercise else ""
    values = {one.name: _value(one, gaps, lang, held_back, atlas) for one in form.fields}
    lines = tuple(
        line
        for name in SECTIONS
        for text in (
            mark if wording.section(name).strip() else "",
            *wording.section(name).splitlines(),
        )
        if text.strip()
        for line in _lines(name, text.strip(), values)
    )
    return Filled(
        form=form.key,
        digest=form.digest,
        status=form.status,
        lang=lang,
        audience=form.audience,
        place=facts.place,
        as_of=facts.view.valid_at,
        lines=lines,
        values=tuple(values.values()),
        is_exercise=is_exercise,
    )


def _value(field: Field, gaps: Gaps, lang: str, held_back: str, atlas: Gazetteer) -> Value:
    """Return the words of a gap; what is held back reads as such, and nothing is left out."""
    sentences, basis = gaps.fill(field.source)
    if held_back and basis is not Basis.HAND:
        ends = field.source in ENDS_ALERTS and basis is Basis.CLAIMS
        passing = tuple(
            one
            for one in sentences
            if is_open(one[0]) and (ends or not reads_as_all_clear(one[0], gazetteer=atlas))
        )
        if len(passing) < len(sentences):
            sentences = (*passing, (held_back, ()))
            basis = basis if passing or basis is Basis.UNKNOWN else Basis.HELD
    if basis is Basis.UNKNOWN:
        sentences = (*sentences, (field.unknown[lang], ()))
    return Value(name=field.name, sentences=sentences, basis=basis, must=field.must)


def _lines(section: str, text: str, values: Mapping[str, Value]) -> list[Line]:
    """Return the lines that one line of the form becomes: one a sentence where it is all gap."""
    whole = GAP.fullmatch(text)
    if whole:
        value = values[whole.group(1)]
        return [
            Line(section=section, text=words, claims=claims, gaps=(value.name,))
            for words, claims in value.sentences
        ]
    names = tuple(dict.fromkeys(GAP.findall(text)))
    claims = dict.fromkeys(claim for name in names for claim in values[name].claims)
    return [
        Line(
            section=section,
            text=GAP.sub(lambda match: values[match.group(1)].text, text),
            claims=tuple(claims),
            gaps=names,
        )
    ]


def follows(form: Form, text: str, *, lang: str) -> bool:
    """Return whether a text could have come of a form: its words stand, every gap has words in it.

    A gap whose filling has no letter and no clock time in it, such as a bare nought or a dash,
    is not filled.
    """
    wording = form.words[lang]
    lines = [
        line.strip()
        for name in SECTIONS
        for line in wording.section(name).splitlines()
        if line.strip()
    ]
    seen: dict[str, int] = {}

    def part(line: str) -> str:
        pieces, done = [], 0
        is_whole = bool(GAP.fullmatch(line))
        for match in GAP.finditer(line):
            pieces.append(re.escape(line[done : match.start()]))
            number = seen[match.group(1)] = seen.get(match.group(1), 0) + 1
            inner = r".+(?:\n.+)*?" if is_whole else r".+?"
            pieces.append(f"(?P<{match.group(1)}__{number}>{inner})")
            done = match.end()
        return "".join([*pieces, re.escape(line[done:])])

    body = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    match = re.fullmatch("\n".join(part(line) for line in lines), body)
    return match is not None and all(_SAYS.search(words) for words in match.groupdict().values())


_SAYS = re.compile(r"[^\W\d_]|\d\d:\d\d|\d{3}")
