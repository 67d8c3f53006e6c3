"""Words that their source took back, and how copies of them are told."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from rapidfuzz import fuzz

from vidomo.situation.model import Evidence, Situation, Standing
from vidomo.situation.rules import origin_rules

_SAME_EVERY_NIGHT = ("alert.", "threat.", "advice.")
_WORD = re.compile(r"\w+")


class TakenBack:
    """What was taken back at its source in one situation: versions, claims, and their words.

    Words that an edit only moved were not taken back, nor those that a person here overruled.

    Args:
        situation: What holds, with what was said and does not stand any more.
    """

    def __init__(self, situation: Situation) -> None:
        away = [item for item in situation.evidence if item.standing is Standing.WITHDRAWN]
        stands = standing_words(situation.evidence)
        gone = [
            item for item in away if item.reason != "overruled" and words_of(item) not in stands
        ]
        changed = [item for item in situation.replaced if words_of(item) not in stands]
        self._versions = frozenset((item.claim, item.version) for item in away)
        # Where an edit put other words under the id of a claim, the id itself still stands.
        self._claims = frozenset(item.claim for item in gone)
        self._words: dict[str, datetime | None] = {}
        self._told: dict[tuple[str, str, str | None], list[_Gone]] = {}
        for item in (*gone, *changed):
            words = plain(item.quote)
            self._words[words] = _later(self._words.get(words, item.withdrawn_at), item)
            self._told.setdefault(_about(item), []).append(_Gone(item, folded(item.quote)))

    def holds(self, item: Evidence) -> bool:
        """Whether a statement was taken back, or is a copy of one that was.

        The same words said again later are new words, and the words of a warning, an
        all-clear or advice are the same every night: they are withheld only at their source.
        """
        if (item.claim, item.version) in self._versions or item.copied_from in self._claims:
            return True
        if item.topic.startswith(_SAME_EVERY_NIGHT):
            return False
        words = plain(item.quote)
        if words in self._words and _is_before(item, self._words[words]):
            return True
        return self._is_near(item)

    def _is_near(self, item: Evidence) -> bool:
        """Whether words repeat some that were taken back, said of the same and after them.

        Other numbers are another statement. Short words are alike by nature: they are copies
        only where they are the same but for marks.
        """
        known = self._told.get(_about(item))
        if not known:
            return False
        words = folded(item.quote)
        return any(
            gone.item.report != item.report
            and _is_before(item, gone.item.withdrawn_at)
            and _is_after(item, gone.item)
            and _is_copy(words, gone.words)
            for gone in known
        )


class _Gone(msgspec.Struct, frozen=True):
    """A statement that was taken back, with its words in one case and without marks."""

    item: Evidence
    words: tuple[str, ...]


def words_of(item: Evidence) -> tuple[str, str, str]:
    """Return the words of a statement with the report and the topic that they are of."""
    return item.report, item.topic, plain(item.quote)


def standing_words(evidence: Iterable[Evidence]) -> frozenset[tuple[str, str, str]]:
    """Return the words that stand, by the report and the topic that they are of."""
    return frozenset(words_of(item) for item in evidence if item.standing is not Standing.WITHDRAWN)


def plain(text: str) -> str:
    """Return words in one case, a blank between each."""
    return " ".join(text.casefold().split())


def folded(text: str) -> tuple[str, ...]:
    """Return words in one case and without marks."""
    return tuple(_WORD.findall(text.casefold()))


def _about(item: Evidence) -> tuple[str, str, str | None]:
    return item.topic, item.polarity, item.place


def _later(known: datetime | None, item: Evidence) -> datetime | None:
    """Return when words that several posts took back were last taken back; None is never over."""
    if known is None or item.withdrawn_at is None:
        return None
    return max(known, item.withdrawn_at)


def _is_before(item: Evidence, gone_at: datetime | None) -> bool:
    return gone_at is None or item.said_at is None or item.said_at <= gone_at


def _is_after(item: Evidence, first: Evidence) -> bool:
    return item.said_at is None or first.said_at is None or item.said_at >= first.said_at


def _is_copy(words: Sequence[str], gone: Sequence[str]) -> bool:
    """Whether words are others with a little changed (the limits are those of near-copies)."""
    if words == gone:
        return True
    rules = origin_rules()
    if min(len(words), len(gone)) < rules.least_words or _numbers(words) != _numbers(gone):
        return False
    return fuzz.ratio(" ".join(words), " ".join(gone)) >= 100 * rules.least_share


def _numbers(words: Iterable[str]) -> list[str]:
    return sorted(word for word in words if any(letter.isdigit() for letter in word))
