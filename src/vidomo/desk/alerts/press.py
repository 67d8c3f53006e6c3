"""What every message is made with: who sends, where borders come from, what time it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from vidomo.core.time import KYIV
from vidomo.desk.alerts.authority import UNOFFICIAL_SENDER, Authority, publisher_of
from vidomo.desk.alerts.wordings import AlertWording, wording, wordings
from vidomo.desk.words import desk_words
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.shapes import Shapes
from vidomo.publish.alerts.model import Scope, Status

LANGS = ("uk", "en")
TAGS = {"uk": "uk-UA", "en": "en-US"}
_SEVERAL = 3


@dataclass(frozen=True, kw_only=True)
class Press:
    """What a message is made with, whatever it says.

    Attributes:
        authority: Who sends; without one on record the message says that it is unofficial.
        run_by: Who runs this machine, where there is no authority.
        now: When it is made; the message is sent as of then.
        wordings: Wordings by their ids, those of the operator's own among them.
        status: What it is to be taken for; ``scope`` whom it may reach.
    """

    authority: Authority
    gazetteer: Gazetteer
    shapes: Shapes
    now: datetime
    is_exercise: bool = False
    wordings: Mapping[str, AlertWording] = field(default_factory=wordings)
    status: Status = Status.ACTUAL
    scope: Scope = Scope.PUBLIC

    @property
    def sender(self) -> str:
        """The identifier of who sends."""
        return self.authority.sender if self.authority.is_complete else UNOFFICIAL_SENDER

    def sender_name(self, lang: str) -> str:
        """Return who sends, in words; an unofficial compilation says so and names who runs it."""
        return sender_name(self.authority, lang)

    def wording(self, name: str) -> AlertWording:
        """Return a wording.

        Raises:
            InputError: There is none of that name.
        """
        return wording(name, self.wordings)

    def places(self, codes: Sequence[str], lang: str) -> str:
        """Return the names of places for a headline."""
        names = [self.gazetteer.label(code, lang=lang) for code in codes]
        more = len(names) - _SEVERAL
        shown = ", ".join(names[:_SEVERAL])
        return shown if more <= 0 else desk_words(lang)("alerts.and_more", places=shown, more=more)


def sender_name(authority: Authority, lang: str) -> str:
    """Return who sends, in words; without an authority on record that it is unofficial."""
    own = authority.name_en if lang == "en" else authority.name
    return own if authority.is_complete else unofficial(authority, lang)


def unofficial(authority: Authority, lang: str) -> str:
    """Return the sentence that stands on every page and in every file without an authority."""
    given = publisher_of(authority)
    return msgspec.structs.replace(given, is_official=False).line(lang)


def clock_time(moment: datetime) -> str:
    """Return a moment as people read it: in Kyiv, to the minute, with its date."""
    return moment.astimezone(KYIV).strftime("%d.%m.%Y %H:%M")
