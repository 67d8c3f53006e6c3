"""Where words come from: replies and near-copies end in the text that said it first."""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

import msgspec
from rapidfuzz import fuzz

from vidomo.claims.model import Claim
from vidomo.core.ids import content_id
from vidomo.situation.model import Standing
from vidomo.situation.rules import OriginRules, origin_rules
from vidomo.situation.testimony import Heard, effective_at

_WORD = re.compile(r"\w+")
_REMEMBERED = 16384
_RANK = {Standing.OFFICIAL: 2, Standing.DECLARED: 1, Standing.UNSOURCED: 0}
_TO_COMPARE = 4000  # characters; longer texts are compared by their beginnings


class _Text(msgspec.Struct):
    """One version with the statements that stand in it."""

    at: datetime
    is_dated: bool
    words: str
    report: str
    heard: list[Heard]
    copies: tuple["_Text", ...] = ()

    @property
    def order(self) -> tuple[bool, datetime, str]:
        """The key that puts the earliest text first; undated ones come last."""
        return (not self.is_dated, self.at, self.heard[0].version.id)


def trace_origins(heard: Sequence[Heard]) -> tuple[Heard, ...]:
    """Return the statements with the origin in which each chain ends, in the same order.

    A reply without a body behind it is of one origin with the post that it answers in its
    own channel. A statement in a near-copy that names nobody has the origin of the same statement in the
    earliest text, if that weighs as much: an official's words never become a rumour's.
    """
    threads = _threads(heard)
    traced = {item.claim.id: _in_thread(item, threads) for item in heard}
    for text in _chained(traced.values()):
        earlier: dict[tuple[object, ...], list[Heard]] = {}
        for other in text.copies:
            for item in other.heard:
                earlier.setdefault(_key(item.claim), []).append(traced[item.claim.id])
        for item in text.heard:
            # A rumour that came first hides no official whose words an official repeats.
            twins = earlier.get(_key(item.claim), ())
            twin = next((one for one in twins if _takes_over(item, one)), None)
            if twin is not None:
                traced[item.claim.id] = msgspec.structs.replace(
                    traced[item.claim.id],
                    judged=msgspec.structs.replace(item.judged, origin=twin.judged.origin),
                    copied_from=twin.copied_from or twin.claim.id,
                )
    return tuple(traced[item.claim.id] for item in heard)


def _threads(heard: Iterable[Heard]) -> dict[str, str]:
    """Return for each report the post of its own channel that it answers."""
    found = {}
    for item in heard:
        post = item.version.post
        if post.reply_to:
            found[item.version.report] = content_id("rep", post.source, post.reply_to)
    return found


def _in_thread(heard: Heard, threads: dict[str, str]) -> Heard:
    """Return words without a source with the first post of their thread as origin."""
    if heard.judged.standing is not Standing.UNSOURCED or heard.version.report not in threads:
        return heard
    report, seen = heard.version.report, {heard.version.report}
    while (before := threads.get(report)) is not None and before not in seen:
        report = before
        seen.add(before)
    judged = msgspec.structs.replace(heard.judged, origin=f"text:{report}")
    return msgspec.structs.replace(heard, judged=judged)


def _chained(heard: Iterable[Heard]) -> list[_Text]:
    """Return the texts, earliest first, each with the earlier texts that it is a copy of."""
    rules = origin_rules()
    texts: dict[str, _Text] = {}
    for item in heard:
        if item.judged.standing is Standing.WITHDRAWN:
            continue
        version = item.version
        if version.id not in texts:
            words = folded_words(version.post.text)
            if words.count(" ") + 1 < rules.least_words:
                continue
            at, dated = effective_at(version), item.said is not None
            texts[version.id] = _Text(at, dated, words, version.report, [])
        texts[version.id].heard.append(item)
    ordered = sorted(texts.values(), key=lambda text: text.order)
    index: dict[int, list[_Text]] = {}
    for text in ordered:
        sketch = smallest_runs(text.words)
        text.copies = _alike(text, sketch, index, rules)
        for shingle in sketch:
            row = index.setdefault(shingle, [])
            row.append(text)
            del row[: -rules.candidates]
    return ordered


def _alike(
    text: _Text, sketch: Iterable[int], index: dict[int, list[_Text]], rules: OriginRules
) -> tuple[_Text, ...]:
    """Return the texts of other reports that this one is a copy of, earliest first.

    Only the texts that share most runs of words are compared.
    """
    shared: dict[str, _Text] = {}
    counts: Counter[str] = Counter()
    window = timedelta(seconds=rules.window_s)
    for shingle in sketch:
        for other in index.get(shingle, ()):
            if other.report != text.report and not (text.is_dated and text.at - other.at > window):
                key = other.heard[0].version.id
                shared[key] = other
                counts[key] += 1
    enough = [key for key in shared if counts[key] >= rules.least_shared]
    likely = sorted(enough, key=lambda key: (-counts[key], shared[key].order))[: rules.candidates]
    found = [
        shared[key] for key in likely if is_copy(text.words, shared[key].words, rules.least_share)
    ]
    return tuple(sorted(found, key=lambda other: other.order))


@lru_cache(maxsize=_REMEMBERED)
def is_copy(words: str, other: str, least_share: float) -> bool:
    """Whether two texts are alike, or one holds nearly all of the other."""
    one, two = words[:_TO_COMPARE], other[:_TO_COMPARE]
    limit = 100 * least_share
    if fuzz.ratio(one, two, score_cutoff=limit):
        return True
    runs, more = sorted((_runs(words), _runs(other)), key=len)
    # A look at the runs of words spares most of the slow alignments.
    if len(runs & more) < len(runs) * least_share / 2:
        return False
    return bool(fuzz.partial_ratio(one, two, score_cutoff=limit))


@lru_cache(maxsize=_REMEMBERED)
def folded_words(text: str) -> str:
    """Return the words of a text in one case, a blank between each; what copies are told by."""
    return " ".join(_WORD.findall(text.casefold()))


@lru_cache(maxsize=_REMEMBERED)
def _runs(words: str) -> frozenset[int]:
    """Return the digests of all runs of words."""
    length = origin_rules().run_words
    tokens = words.split(" ")
    return frozenset(
        zlib.crc32(" ".join(tokens[at : at + length]).encode())
        for at in range(len(tokens) - length + 1)
    )


def smallest_runs(words: str) -> tuple[int, ...]:
    """Return a few numbers that texts with many runs of words in common share.

    The smallest digests of all runs of words (bottom-k sketch, Broder 1997); it only chooses
    which texts are compared, the comparison decides.
    """
    return tuple(sorted(_runs(words))[: origin_rules().sketch])


def _takes_over(heard: Heard, twin: Heard) -> bool:
    """Whether a statement has no speaker of its own and the twin weighs as much."""
    speaker = heard.claim.speaker
    if speaker.body or speaker.name or twin.version.report == heard.version.report:
        return False
    return _RANK.get(twin.judged.standing, -1) >= _RANK[heard.judged.standing]


def _key(claim: Claim) -> tuple[object, ...]:
    """Return what makes two statements the same: what is said, of where, and how many."""
    places = tuple(sorted(place.code or "" for place in claim.places))
    number = (claim.number.min, claim.number.max) if claim.number else None
    return (claim.topic, claim.kind, claim.polarity, number, places)
