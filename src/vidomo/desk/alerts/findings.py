"""What the words of a message state that nobody may say alone: casualties, an all-clear."""

import re
import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from vidomo.claims.model import Claim, Kind as ClaimKind, Polarity
from vidomo.claims.read import read_text
from vidomo.gazetteer import Gazetteer
from vidomo.publish.alerts.model import Alert
from vidomo.publish.alerts.profile import texts_of

_PEOPLE = frozenset({"persons", "children", "women", "men", "civilians", "rescuers", "medics"})


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in the words of a message.

    Attributes:
        figures: Words that tell of people harmed, or count people.
        all_clears: Words that announce an all-clear, or say that the danger is over.
    """

    figures: tuple[str, ...] = ()
    all_clears: tuple[str, ...] = ()


def look(alert: Alert, *, gazetteer: Gazetteer) -> Findings:
    """Return what the words of a message state, as the reader of claims and a table read them.

    The reader finds most; the table catches what it misses. What either finds counts, so a
    message may need a second person without cause, and never the other way round.
    """
    figures: list[str] = []
    all_clears: list[str] = []
    for text in texts_of(alert):
        for claim in read_text(text, gazetteer=gazetteer).claims:
            if _counts_people(claim):
                figures.append(claim.quote)
            if _ends_alarm(claim):
                all_clears.append(claim.quote)
        figures += _words("casualty").findall(text)
        all_clears += _words("all_clear").findall(text)
    return Findings(
        figures=tuple(dict.fromkeys(figures)), all_clears=tuple(dict.fromkeys(all_clears))
    )


def _counts_people(claim: Claim) -> bool:
    return claim.topic.startswith("harm.") or (
        claim.number is not None and claim.number.unit in _PEOPLE
    )


def _ends_alarm(claim: Claim) -> bool:
    return (
        claim.topic == "alert.end"
        and claim.kind is ClaimKind.REPORT
        and claim.polarity is Polarity.AFFIRMED
    )


@cache
def _words(what: str) -> re.Pattern[str]:
    table = tomllib.loads((files("vidomo.desk.alerts") / "weighty_words.toml").read_text("utf-8"))
    stems = [
        re.escape(stem) for row in table["word"] if row["what"] == what for stem in row["stems"]
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(stems)})\w*", re.IGNORECASE)
