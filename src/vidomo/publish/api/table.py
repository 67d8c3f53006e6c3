"""What can be asked, in one table: routes, their description and their tests are made of it."""

from typing import Any

import msgspec

from vidomo.disclosure.model import DIMENSIONS, PublicView
from vidomo.gazetteer.model import Level
from vidomo.publish.api.model import (
    AdviceAnswer,
    AlertsAnswer,
    ChangesAnswer,
    CountryAnswer,
    IndexAnswer,
    PlaceAnswer,
    PlacesAnswer,
    QuestionsAnswer,
    SourcesAnswer,
    StateAnswer,
    TimelineAnswer,
)
from vidomo.publish.api.paging import LONGEST
from vidomo.publish.api.write import LANGS

MOST, USUAL = 200, 50
"""Rows of one page: the most that can be asked for, and what is sent to whoever asks for none."""
LONGEST_NAME = 100
"""Characters of a name that is searched for."""
MOST_HITS = 200
"""Places that one search can find, over all its pages."""


class Param(msgspec.Struct, frozen=True, kw_only=True):
    """One parameter of a question.

    Attributes:
        schema: Its JSON schema.
        is_required: Whether there is no answer without it.
        example: A value that can be asked with.
    """

    name: str
    schema: dict[str, Any]
    is_required: bool = False
    example: str = ""


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One question that can be asked.

    Attributes:
        id: Its name; what it answers is told in the locale tables under it.
        path: Its address, with ``{code}`` for the code of a place.
        answer: Type of the answer; None for the description itself.
        params: What can be said beside the address.
        refusals: Statuses with which it may be refused, beside those that all share.
        is_deprecated: Whether another address took its place.
    """

    id: str
    path: str
    answer: type[msgspec.Struct] | None
    params: tuple[Param, ...] = ()
    refusals: tuple[int, ...] = ()
    is_deprecated: bool = False

    @property
    def is_about_a_place(self) -> bool:
        """Whether its address names a place."""
        return "{code}" in self.path

    @property
    def has_moments(self) -> bool:
        """Whether it can be asked of the past."""
        return any(one.name == "known_at" for one in self.params)

    def takes(self, name: str) -> bool:
        """Whether it has a parameter of a name."""
        return any(one.name == name for one in self.params)


def _moment(name: str) -> Param:
    schema = {"type": "string", "format": "date-time"}
    return Param(name=name, schema=schema, example="2026-01-10T12:00:00Z")


def _choice(name: str, *values: str, usual: str = "") -> Param:
    schema: dict[str, Any] = {"type": "string", "enum": list(values)}
    return Param(name=name, schema=schema | ({"default": usual} if usual else {}))


LANG = _choice("lang", *LANGS, usual=LANGS[0])
LIMIT = Param(
    name="limit", schema={"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
)
CURSOR = Param(
    name="cursor",
    schema={"type": "string", "pattern": "^[A-Za-z0-9_-]+$", "maxLength": LONGEST},
)
MOMENTS = (_moment("valid_at"), _moment("known_at"))
PAGES = (LIMIT, CURSOR)
NAME = Param(
    name="q",
    schema={"type": "string", "minLength": 1, "maxLength": LONGEST_NAME},
    is_required=True,
    example="Izium",
)
LEVEL = _choice("level", *(level.value for level in Level))
DIMENSION = _choice("dimension", *(one for one in DIMENSIONS if one not in ("harm", "damage")))
V1 = "/api/v1"
_PAST = (410, 503)


def _of_place(name: str, answer: type[msgspec.Struct], *, pages: bool = True) -> Operation:
    return Operation(
        id=name,
        path=f"{V1}/places/{{code}}/{name}",
        answer=answer,
        params=(LANG, *MOMENTS, *(PAGES if pages else ())),
        refusals=_PAST,
    )


OPERATIONS = (
    Operation(id="index", path=f"{V1}/", answer=IndexAnswer, params=(LANG,)),
    Operation(id="places", path=f"{V1}/places", answer=PlacesAnswer, params=(NAME, LANG, *PAGES)),
    Operation(id="place", path=f"{V1}/places/{{code}}", answer=PlaceAnswer, params=(LANG,)),
    _of_place("state", StateAnswer, pages=False),
    _of_place("timeline", TimelineAnswer),
    _of_place("advice", AdviceAnswer),
    _of_place("questions", QuestionsAnswer),
    _of_place("changes", ChangesAnswer),
    _of_place("sources", SourcesAnswer),
    Operation(
        id="country",
        path=f"{V1}/country",
        answer=CountryAnswer,
        params=(LANG, DIMENSION, LEVEL, *PAGES),
    ),
    Operation(id="alerts", path=f"{V1}/alerts", answer=AlertsAnswer, params=(LANG,)),
    Operation(id="view", path="/api/state/{code}", answer=PublicView, is_deprecated=True),
    Operation(id="description", path="/api/openapi.json", answer=None),
)
"""Every question, in the order in which people read of them."""
ABOUT_A_PLACE = tuple(one for one in OPERATIONS if one.has_moments)
"""The questions that can be asked of one place, at one moment."""
