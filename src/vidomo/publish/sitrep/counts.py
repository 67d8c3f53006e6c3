"""Numbers as somebody gave them: each with its speaker, its time and what it stands beside."""

from collections.abc import Iterator

from vidomo.disclosure.model import FigureView, IncidentView
from vidomo.publish.figures import figure_text
from vidomo.publish.sitrep.material import Material
from vidomo.publish.sitrep.model import Sentence
from vidomo.publish.sitrep.telling import Telling


def happenings(material: Material) -> tuple[IncidentView, ...]:
    """Return the incidents of the place that fall into the period, the latest first.

    Empty in a public report: its view holds none.
    """
    place = material.view.place(material.code)
    names = set(place.incidents) if place is not None else set()
    found = [
        one
        for one in material.view.incidents
        if one.id in names and one.earliest <= material.end and one.latest >= material.start
    ]
    return tuple(sorted(found, key=lambda one: (one.latest, one.id), reverse=True))


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
    if figure.order_inferred:
        yield telling.sentence("order_inferred", figure.said)
