"""One line for each place: its name, where it lies, and what holds there in few words."""

from collections.abc import Iterable

import msgspec
from markupsafe import Markup

from vidomo.disclosure.model import PlaceView, PublicView
from vidomo.publish.atlas import Atlas, place_where
from vidomo.publish.page.frame import Frame
from vidomo.publish.page.urgency import (
    ORDER,
    Tone,
    most_urgent,
    rank,
    tone_of,
)


class Chip(msgspec.Struct, frozen=True, kw_only=True):
    """One phase in few words."""

    text: str
    tone: Tone
    stale: bool


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One place in a list of places.

    Attributes:
        where: Community, raion and oblast, so that namesakes are told apart.
        questions: How many open questions, in words; empty for none.
        heard: When anybody last said anything, for people; empty when undated.
    """

    code: str
    name: str
    where: str
    tone: Tone
    chips: tuple[Chip, ...]
    questions: str
    heard: Markup | str


def rows(
    places: Iterable[PlaceView], *, view: PublicView, frame: Frame, atlas: Atlas
) -> tuple[Row, ...]:
    """Return one row for each place, the most urgent first."""
    found = sorted(places, key=lambda place: rank(place, view=view))
    return tuple(_row(place, view=view, frame=frame, atlas=atlas) for place in found)


def _row(place: PlaceView, *, view: PublicView, frame: Frame, atlas: Atlas) -> Row:
    own = [item for item in place.dimensions if item.is_said and item.inherited_from is None]
    chips = [
        Chip(
            text=frame.words.label("phase", f"{item.dimension}.{item.phase}"),
            tone=tone_of(item),
            stale=item.stale,
        )
        for item in own
    ]
    if not chips and not place.questions:
        chips = [Chip(text=frame.words("start.unsourced"), tone=Tone.UNKNOWN, stale=False)]
    chips.sort(key=lambda chip: ORDER.index(chip.tone))
    heard = [item.heard_at for item in own if item.heard_at]
    where = place_where(place.place, atlas=atlas, lang=frame.lang)
    open_count = sum(
        item.status == "open" for item in view.questions if item.id in set(place.questions)
    )
    return Row(
        code=place.place,
        name=atlas.label(place.place, lang=frame.lang),
        where=", ".join(name for _, name in where),
        tone=most_urgent(chip.tone for chip in chips),
        chips=tuple(chips),
        questions=(
            frame.words.counted("start.questions", open_count, n=open_count) if open_count else ""
        ),
        heard=frame.moment(max(heard)) if heard else "",
    )
