"""What each answer for machines holds; the description of the interface is made of these types."""

from datetime import datetime
from typing import Annotated

import msgspec

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
"""An instant with its zone; always UTC on the wire."""


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """Something that this address once showed was taken back since and is left out now.

    Attributes:
        code: Always ``taken_back``.
        message: The same for people.
    """

    code: str
    message: str


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer is about, and how far it can be trusted to stay.

    Attributes:
        policy: Name of the rules that let it pass.
        valid_at: When what it tells held.
        known_at: As of when it was known; without a moment in the request the minute of the
            answer, and what was learned within that minute may be in it.
        permanent: Address of the same question about the same moment; null where the past is not
            told.
        changed: Set where something that this moment once showed was taken back since.
        is_exercise: Whether a training scenario is shown and not what holds.
        notice: What has to stand beside it; empty where nothing has to.
        publisher: Who runs this, and that it is unofficial where no authority is on record; as of
            ``known_at``.
    """

    policy: str
    valid_at: Instant
    known_at: Instant
    permanent: str | None
    changed: Changed | None = None
    is_exercise: bool = False
    notice: str = ""
    publisher: str = ""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One unit of the codifier (KATOTTG).

    Attributes:
        code: Its code.
        name: Its name in the language that was asked for.
        level: country, oblast, raion, hromada, settlement or city_district.
    """

    code: str
    name: str
    level: str


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """One statement that may be shown, with its exact words where they may be.

    Attributes:
        id: Its id; the other answers refer to it.
        topic: What it is about; ``topic_label`` the same for people.
        kind: report, assessment, warning, advice, plan, forecast, unknown and the like.
        polarity: affirmed or negated.
        standing: Whose word it is: official.
        speaker: Who says so; ``source`` where it was read, ``url`` the post.
        quote: The exact words; empty where only the words are withheld.
        withheld_by: Rule that withholds the words; empty where they are shown.
        place: Code of the place that it is told of; null where none is told.
        said_at: When it was published, ``said_until`` the end of that interval.
        earliest: Begin of when the thing stated held; ``latest`` its end.
    """

    id: str
    topic: str
    topic_label: str
    kind: str
    polarity: str
    standing: str
    speaker: str
    source: str
    url: str
    lang: str
    quote: str
    withheld_by: str
    place: str | None
    said_at: Instant | None
    said_until: Instant | None
    earliest: Instant | None
    latest: Instant | None


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """Something said beside a phase that does not move it.

    Attributes:
        code: all_clear_being_confirmed, all_clear_announced, forecast, announced, said and the like.
        statement: Id of the statement.
    """

    code: str
    statement: str


class Dimension(msgspec.Struct, frozen=True, kw_only=True):
    """Where a place stands in one respect.

    Attributes:
        phase: Where it stands; ``phase_label`` the same for people.
        is_said: Whether anybody of standing has said anything; false means unknown, never well.
        since: Since when; null when nobody said.
        confirmed_at: Last time that somebody confirmed it; ``heard_at`` that anybody spoke of it.
        is_stale: Whether the words behind it are out of date.
        inherited_from: Code of the wider unit that it was said of.
        is_named: Whether anything was said of the place itself.
        is_withheld: Whether an official has said something that may not be shown yet.
        is_from_parts: Whether it rests on what was said of parts, which are not listed.
        is_coarsened: Whether it is told of the wider unit because the place is too small.
        statements: Ids of the statements behind it, newest first.
    """

    dimension: str
    label: str
    phase: str
    phase_label: str
    is_said: bool
    since: Instant | None
    confirmed_at: Instant | None
    heard_at: Instant | None
    is_stale: bool
    certainty: str
    extent: str
    inherited_from: str | None
    is_named: bool
    is_withheld: bool
    is_from_parts: bool
    is_coarsened: bool
    notes: tuple[Note, ...]
    statements: tuple[str, ...]


class StateAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Where one place stands in every respect, with the statements behind it.

    Attributes:
        struck_inside: Places in it of which an attack is told, each as coarsely as its own answer.
    """

    about: About
    place: Place
    dimensions: tuple[Dimension, ...]
    struck_inside: tuple[Place, ...]
    statements: tuple[Statement, ...]


class TimelineAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Who said what of one place, newest first.

    Attributes:
        next: Address of the next page; null on the last.
    """

    about: About
    place: Place
    statements: tuple[Statement, ...]
    next: str | None


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """Advice in the words of whoever gives it.

    Attributes:
        is_old: Whether it is more than twelve hours old or has no date: then do not repeat it.
    """

    is_old: bool
    statement: Statement


class AdviceAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Advice of authorities for one place, newest first."""

    about: About
    place: Place
    advice: tuple[Advice, ...]
    next: str | None


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Something that officials state to be unknown, and what became of it.

    Attributes:
        status: open, answered, withheld or stale.
        asked_by: Who says that it is not known.
        statements: Ids of the statements that ask, ``answered_by`` of those that answer.
    """

    id: str
    subject: str
    subject_label: str
    topic: str
    topic_label: str
    place: str | None
    status: str
    status_label: str
    asked_at: Instant | None
    last_asked_at: Instant | None
    asked_by: tuple[str, ...]
    answered_at: Instant | None
    answered_by: tuple[str, ...]
    statements: tuple[str, ...]


class QuestionsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What is not known yet of one place, the latest question first."""

    about: About
    place: Place
    questions: tuple[Question, ...]
    statements: tuple[Statement, ...]
    next: str | None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A post about the place whose words were changed or taken away; never which, nor the words.

    Attributes:
        how: deleted or edited.
        changed_at: When its source did so; null when that is not known.
    """

    source: str
    how: str
    changed_at: Instant | None


class ChangesAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Posts about one place that were changed or taken away, the latest first."""

    about: About
    place: Place
    changes: tuple[Change, ...]
    next: str | None


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A source that speaks for the place or was quoted of it.

    Attributes:
        title: What it calls itself; empty when only its id is known.
        home: Code of the place that it speaks for.
        answered_at: When it last answered.
        silent_since: Since when it does not answer; null where it answers or was never asked.
    """

    source: str
    title: str
    home: str | None
    answered_at: Instant | None
    silent_since: Instant | None


class SourcesAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Sources of one place. What a silent source said last stands; its silence changes nothing."""

    about: About
    place: Place
    sources: tuple[Source, ...]
    next: str | None


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Where one unit stands in one respect.

    Attributes:
        heard_at: When the newest words behind it were published.
        is_from_parts: Whether it rests on what was said of parts, which are not named.
        is_being_confirmed: Whether an all-clear was announced and is not confirmed.
    """

    place: Place
    dimension: str
    label: str
    phase: str
    phase_label: str
    since: Instant | None
    heard_at: Instant | None
    is_stale: bool
    inherited_from: str | None
    is_from_parts: bool
    is_being_confirmed: bool
    speakers: tuple[str, ...]


class CountryAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Alerts as fine as the authority names them, supply by oblast; what is not here is unknown."""

    about: About
    rows: tuple[Row, ...]
    next: str | None


class PlaceAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One place as the gazetteer knows it.

    Attributes:
        names: Its name by language.
        within: The units around it, nearest first.
        population: People; null when unknown, which is not zero.
        links: Addresses of the other answers about it.
    """

    place: Place
    names: dict[str, str]
    former: tuple[str, ...]
    within: tuple[Place, ...]
    population: int | None
    links: dict[str, str]


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One place that may be meant.

    Attributes:
        how: code, exact, alias, former, prefix or near.
        within: The units around it, which tell namesakes apart.
    """

    place: Place
    how: str
    within: tuple[Place, ...]


class PlacesAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Places that may be meant by a name, the likeliest first."""

    query: str
    places: tuple[Hit, ...]
    next: str | None


class AlertsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Where alerts in the Common Alerting Protocol are published.

    Attributes:
        indexes: Addresses by kind (page, atom, rss); empty where none are published here, which
            does not mean that there is no alert.
        states: Address of the alert states of the country.
    """

    indexes: dict[str, str]
    states: str


class IndexAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What can be asked.

    Attributes:
        version: Version of the interface.
        description: Address of the OpenAPI description.
        addresses: What each address answers.
    """

    version: str
    description: str
    addresses: dict[str, str]
    is_exercise: bool
    notice: str


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """Why there is no answer.

    Attributes:
        code: One of the codes listed in the manual; does not change with the language.
        message: What was found; ``hint`` what to do.
        field: Name of the parameter that it is about; empty where it is about none.
    """

    code: str
    message: str
    hint: str
    field: str = ""


class FaultAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The one shape of every refusal."""

    error: Fault
