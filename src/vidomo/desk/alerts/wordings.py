"""Wordings that an approver can approve beforehand: text with gaps that nobody types into."""

import string
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import msgspec

from vidomo.core.errors import InputError
from vidomo.core.ids import content_id
from vidomo.desk.alerts.model import Kind, WordingApproval, WordingRef
from vidomo.desk.entry import Entry
from vidomo.publish.alerts.model import Status

APPROVED = "alert.wording"
"""What an entry is called in which an approver approves a version of a wording."""
GAPS = frozenset({"place", "at", "until", "who", "wrong_at", "wrong", "said"})
CORRECTION = "correction"
"""The wording that goes before another one and says that an earlier message was wrong."""
_MARKS = "marks"


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a wording in one language, with gaps in braces."""

    event: str
    headline: str
    description: str
    instruction: str

    def filled(self, values: Mapping[str, str]) -> "Text":
        """Return the words with the gaps filled.

        Raises:
            InputError: There is nothing to put into a gap.
        """
        try:
            return Text(
                event=self.event.format_map(values),
                headline=self.headline.format_map(values),
                description=self.description.format_map(values),
                instruction=self.instruction.format_map(values),
            )
        except KeyError as error:
            raise InputError(
                f"nothing is known to fill {error.args[0]!r} with",
                hint="use another wording, or import what the source said",
            ) from error

    @property
    def gaps(self) -> frozenset[str]:
        """Names of all gaps."""
        whole = self.event + self.headline + self.description + self.instruction
        return frozenset(name for _, name, _, _ in string.Formatter().parse(whole) if name)


class AlertWording(msgspec.Struct, frozen=True, kw_only=True):
    """One wording: the codes of a message and its words in both languages.

    Attributes:
        hours: How long a message of it stands.
        event_code: Term of the OASIS event terms list; empty where there is none.
    """

    kind: Kind
    category: tuple[str, ...]
    response: tuple[str, ...]
    urgency: str
    severity: str
    certainty: str
    event_code: str
    hours: int
    uk: Text
    en: Text
    id: str = ""

    @property
    def ref(self) -> WordingRef:
        """Its id and the digest of all of it: what an approver approves."""
        return WordingRef(self.id, content_id("wrd", self))

    def text(self, lang: str) -> Text:
        """Return its words in one language."""
        return self.en if lang == "en" else self.uk


@cache
def wordings() -> Mapping[str, AlertWording]:
    """Return the bundled wordings by their ids."""
    found = {}
    for name, row in _table().items():
        if name != _MARKS:
            found[name] = msgspec.convert({**row, "id": name}, AlertWording)
    return found


def wording(name: str, among: Mapping[str, AlertWording] | None = None) -> AlertWording:
    """Return a wording, of the bundled ones by default.

    Raises:
        InputError: There is none of that name.
    """
    known = wordings() if among is None else among
    found = known.get(name)
    if found is None:
        raise InputError(f"there is no wording {name!r}", hint=f"one of {', '.join(known)}")
    return found


def mark_of(status: Status, lang: str) -> str:
    """Return what headlines of a status begin with; empty for what is meant in earnest."""
    marks: Mapping[str, Mapping[str, str]] = msgspec.convert(
        _table()[_MARKS], Mapping[str, Mapping[str, str]]
    )
    found: Mapping[str, str] = marks.get(status, {})
    return found.get(lang, "")


def approvals_in(entries: Iterable[Entry]) -> tuple[tuple[WordingApproval, Entry], ...]:
    """Return which versions of wordings were approved, with the entry that says so."""
    return tuple((one.told(WordingApproval), one) for one in entries if one.what == APPROVED)


@cache
def _table() -> Mapping[str, Mapping[str, object]]:
    return tomllib.loads((files("vidomo.desk.alerts") / "wordings.toml").read_text("utf-8"))
