"""What speakers and sources are called, for people."""

import msgspec


class SpeakerName(msgspec.Struct, frozen=True, kw_only=True):
    """What a body, or a person who speaks for one, is called in English.

    Attributes:
        speaker: The words that evidence names it by.
        en: The same in English.
        place: Code of the place that has to stand beside it; empty where the name says it.
    """

    speaker: str
    en: str
    place: str = ""


class SourceName(msgspec.Struct, frozen=True, kw_only=True):
    """What a registered source is called, and the area that it speaks for.

    Attributes:
        source: Id of the source.
        title: What it calls itself; empty when the registry has only its id.
        en: What the body behind it is called in English; empty where there is none.
        place: Code of the place that has to stand beside that; empty where the name says it.
        home: Code of its home place.
    """

    source: str
    title: str = ""
    en: str = ""
    place: str = ""
    home: str | None = None
