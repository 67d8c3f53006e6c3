"""What is not known: open questions, answered ones, and what nobody spoke of."""

from collections.abc import Iterator

from vidomo.disclosure.model import QuestionView
from vidomo.publish.sitrep.counts import of_place, question_label, told_inside
from vidomo.publish.sitrep.material import Material
from vidomo.publish.sitrep.model import Line, Lines, Section
from vidomo.publish.sitrep.states import dimensions, section
from vidomo.publish.sitrep.telling import Telling


def unknown(material: Material, telling: Telling) -> Section:
    """Return what is not known yet, what has become known, and what nobody spoke of."""
    asked = of_place(material.view, telling)
    still = [one for one in asked if one.status != "answered"]
    known = [one for one in asked if one.status == "answered"]
    open_lines = [line for one in still for line in _question(one, telling)]
    if not open_lines:
        open_lines = [Line(sentences=(telling.silent("no_questions"),))]
    blocks = [
        Lines(lines=tuple(open_lines)),
        Lines(lines=tuple(_silent(material, telling))),
        Lines(
            title=telling.own("head.answered"),
            lines=tuple(line for one in known for line in _answered(one, telling)),
        ),
    ]
    return section("unknown", telling, blocks)


def _question(one: QuestionView, telling: Telling) -> Iterator[Line]:
    if not telling.all_said(one.said):
        return
    words = telling.words
    who = telling.named(one.asked_by) if one.asked_by else telling.who(one.said)
    key = "asked_unsourced" if one.unsourced else "asked"
    status = words.label("unknown_status", one.status_said) if one.status_said else ""
    said = telling.sentence(
        key,
        one.said,
        status=status or words.label("question_status", one.status),
        who=who,
        when=telling.around(one.asked_at, one.said),
    )
    sentences = [said]
    if one.status == "stale":
        sentences.append(telling.sentence("asked_stale", one.said))
    yield Line(label=question_label(one, telling), sentences=tuple(sentences))


def _answered(one: QuestionView, telling: Telling) -> Iterator[Line]:
    answers = [item.claim for item in telling.all_said(one.answered_by)]
    if not answers:
        return
    said = telling.sentence(
        "answered",
        answers,
        who=telling.who(answers),
        when=telling.around(one.answered_at, answers),
    )
    yield Line(label=question_label(one, telling), sentences=(said,))


def _silent(material: Material, telling: Telling) -> Iterator[Line]:
    """Yield the dimensions of which nobody spoke, and those of which nothing may be shown yet."""
    rows = [one for one in dimensions(material) if one.dimension != "alert"]
    unsaid = [
        telling.words.label("dimension", one.dimension)
        for one in rows
        if not one.is_said
        and not one.is_withheld
        and not told_inside(one.dimension, material, telling)[0]
    ]
    alert = next((one for one in dimensions(material) if one.dimension == "alert"), None)
    if alert is not None and not alert.is_said:
        label = telling.words.label("dimension", "alert")
        yield Line(label=label, sentences=(telling.fixed("alert_unknown"),))
    for one in rows:
        if one.is_withheld:
            label = telling.words.label("dimension", one.dimension)
            yield Line(label=label, sentences=(telling.fixed("held"),))
    if unsaid:
        names = ", ".join(unsaid)
        sentences = (telling.silent("unsaid_list", names=names), telling.fixed("not_well"))
        yield Line(label=telling.own("head.unsaid"), sentences=sentences)
