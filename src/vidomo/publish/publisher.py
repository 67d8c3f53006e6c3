"""Who runs this: the one sentence that stands on every page and in every file."""

import msgspec

from vidomo.publish.words import LANGUAGES, words_of

_STATE = LANGUAGES[0]


class Publisher(msgspec.Struct, frozen=True, kw_only=True):
    """Who stands behind what is published.

    Attributes:
        name: As it is called in Ukrainian; ``name_en`` in English. Empty where nobody said.
        is_official: Whether an authority with all that it needs is on record.
    """

    name: str = ""
    name_en: str = ""
    is_official: bool = False

    def called(self, lang: str) -> str:
        """Return the name in a language, or in the other one where it has none in it."""
        own, other = self.name, self.name_en
        if lang == "en":
            own, other = other, own
        return " ".join(own.split()) or " ".join(other.split())

    def line(self, lang: str) -> str:
        """Return who runs this; without an authority on record that it is unofficial."""
        words = words_of(lang)
        who = self.called(lang) or words("publisher.nobody")
        return words("publisher.official" if self.is_official else "publisher.unofficial", who=who)


UNKNOWN = Publisher()
"""Nobody said who runs this: it is unofficial, and says so."""
