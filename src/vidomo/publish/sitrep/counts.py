"""Numbers as somebody gave them: each with its speaker, its time and what it stands beside."""

from collections.abc import Iterator

from vidomo.disclosure.country import UnitView
from vidomo.disclosure.model import FigureView, IncidentView, PublicView, QuestionView
from vidomo.publish.figures import figure_text
from vidomo.publish.sitrep.material import Material
from vidomo.publish.sitrep.model import Sentence
from vidomo.publish.sitrep.telling import Telling

PARTLY = {"attack": ("event.",), "harm": ("harm.",), "damage": ("impact.damage", "impact.fire")}
"""Beginnings of the topics by which something is told of a part of an area."""


def happenings(material: Material, telling: Telling) -> tuple[IncidentView, ...]:
    """Return the incidents of the place and of places in it within the period, the latest first.

    Empty in a public report: its view holds none.
    """
    place = material.view.place(material.code)
    names = set(place.incidents) if place is not None else set()
    found = [
        one
        for one in material.view.incidents
        if (one.id in names or telling.atlas.within(one.place, material.code))
        and one.earliest <= material.end
        and one.latest >= material.start
    ]
    return tuple(sorted(found, key=lambda one: (one.latest, one.id), reverse=True))


def told_inside(
    name: str, material: Material, telling: Telling
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return at which places in an area something is told that nobody says of the whole.

    Args:
        name: attack, harm or damage; anything else is told nowhere.
        material: The report; in public only attacks are told so, as the gate lists them.
        telling: The report.

    Returns:
        Codes of the places, and the claims behind it.
    """
    place = material.view.place(material.code)
    if not material.is_internal:
        struck = place.struck_inside if place is not None and name == "attack" else ()
        rows = (UnitView(code=one, level="", dimension=name, phase="reported") for one in struck)
        return struck, tuple(telling.unit(one) for one in rows)
    places: dict[str, None] = {}
    claims: dict[str, None] = {}
    for one in happenings(material, telling):
        said = [item for item in telling.all_said(one.said) if _is_of(item.topic, name)]
        if said and one.place != material.code:
            places[one.place] = None
            claims |= dict.fromkeys(item.claim for item in said)
    return tuple(places), tuple(claims)


def of_place(view: PublicView, telling: Telling) -> list[QuestionView]:
    """Return the questions of the place, at the desk also those of places in it.

    And those of which nobody can tell whether they are about it.
    """
    code = telling.material.code
    place = view.place(code)
    names = set(place.questions) if place is not None else set()
    return [
        one
        for one in view.questions
        if one.id in names
        or (one.place is None and code in one.candidates)
        or (one.place is not None and telling.atlas.within(one.place, code))
    ]


def question_label(one: QuestionView, telling: Telling) -> str:
    """Return the question, with the place where that is another than the report's."""
    text = telling.words.label("question", one.subject)
    is_other = one.place is not None and one.place != telling.material.code
    return f"{text} ({telling.place(one.place)})" if is_other and one.place else text


def _is_of(topic: str, name: str) -> bool:
    begins = PARTLY.get(name)
    return begins is not None and topic.startswith(begins)


def figure_sentences(
    figure: FigureView, telling: Telling, *, is_named: bool = False
) -> Iterator[Sentence]:
    """Yield a number with who gives it and when; nothing where its words may not be shown.

    Args:
        figure: The number.
        telling: The report.
        is_named: Whether the sentence says what is counted, where no label does.
    """
    if not telling.all_said(figure.said):
        return
    yield telling.sentence(
        "figure_named" if is_named else "figure",
        figure.said,
        topic=telling.words.label("topic", figure.topic),
        text=figure_text(figure, words=telling.words),
        status=telling.words.label("figure", figure.status),
        who=telling.named(figure.speakers) if figure.speakers else telling.who(figure.said),
        when=telling.said_when(figure.said),
    )
    if figure.order_inferred and figure.status == "current":
        yield telling.sentence("order_inferred", figure.said)
