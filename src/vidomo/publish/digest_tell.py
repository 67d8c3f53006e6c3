"""Turns what passed the gate into whole sentences, each in a full and a short form."""

import tomllib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

import msgspec

from vidomo.core.time import KYIV
from vidomo.disclosure.model import DimensionView, NameView, PlaceView, PublicView, Said, TitleView
from vidomo.publish.atlas import Atlas
from vidomo.publish.page.telling import ADVICE_STALE
from vidomo.publish.words import LANGUAGES, Words, words_of

ALL_CLEAR_OLD = timedelta(hours=6)
"""Age at which an all-clear that nobody confirmed is left out; an attack is stale by then, too
(the table of phases)."""
_BACK = frozenset({"normal", "restored"})
_PROMISES = frozenset({"forecast", "announced"})
_NO_WORDS = "advice.other"


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """One statement, in ways of saying the very same, the fullest first.

    Attributes:
        about: alert, a dimension, promise, asked, advice, held or nothing.
        forms: Each keeps the place it is said of, the speaker, and every "not".
        said: Ids of the claims behind it.
    """

    about: str
    forms: tuple[str, ...]
    said: tuple[str, ...] = ()

    @property
    def full(self) -> str:
        """The fullest form."""
        return self.forms[0]


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one place, sentence by sentence, the most needed first.

    Attributes:
        name: The place alone; ``full_name`` with raion and oblast.
        alert: Always there: "unknown" where no alarm source is configured and fresh.
        is_exercise: Whether a bundled scenario is told of; every form of the digest says so.
        run_by: Who runs this; stands where there is room: in the plain text and on the notice.
    """

    code: str
    lang: str
    name: str
    full_name: str
    as_of: datetime
    alert: Sentence
    sentences: tuple[Sentence, ...]
    is_exercise: bool = False
    run_by: str = ""


class Teller:
    """Makes the sentences of one place out of one view."""

    def __init__(self, view: PublicView, *, lang: str, atlas: Atlas) -> None:
        self._view, self._atlas, self._lang = view, atlas, lang
        self._words, self._own = words_of(lang), digest_words(lang)
        self._said = {item.claim: item for item in view.said}
        self._english = {one.speaker: name for one in view.names if (name := self._called(one))}
        self._titles = {one.source: self._called(one) or one.title for one in view.titles}

    def alert(self, item: DimensionView) -> Sentence:
        """Return the alert; "unknown" where its source is not fresh, whatever it said last."""
        ends = self._unconfirmed(item)
        if item.phase == "unknown" or item.stale or not item.said:
            forms = [self._own("d_alert.unknown"), self._own("d_alert.unknown_short")]
        else:
            said = self._said.get(item.said[0])
            when = self._when(item.since or (said.said_at if said else None))
            forms = [
                self._own(key, who=who, when=when)
                for key in self._alert_keys(item.phase)
                for who in self._who(item.said)
            ]
        with_ends = [f"{form} {end}" for form, end in zip(forms, ends, strict=False)]
        if ends and forms:
            with_ends.append(f"{forms[-1]} {ends[-1]}")
        return Sentence(
            about="alert", forms=tuple(dict.fromkeys((*with_ends, *forms))), said=item.said
        )

    def sentences(self, place: PlaceView) -> list[Sentence]:
        """Return everything else, the most needed first, what is out of date last."""
        dimensions = [item for item in place.dimensions[1:] if item.is_said and item.said]
        fresh = [self._dimension(item) for item in dimensions if not item.stale]
        old = [self._dimension(item) for item in dimensions if item.stale]
        advice = list(self._advice(place))
        is_alarm = place.dimensions[0].phase in {"on", "warned"} and not place.dimensions[0].stale
        promises = [one for item in dimensions for one in self._promises(item)]
        found = [
            *(advice if is_alarm else ()),
            *fresh,
            *promises,
            *self._asked(place),
            *(() if is_alarm else advice),
            *old,
        ]
        if any(item.is_withheld for item in place.dimensions[1:]):
            found.append(Sentence(about="held", forms=(self._own("d.held"),)))
        is_told = place.dimensions[0].said and not place.dimensions[0].stale
        if not found and not is_told:
            forms = (self._own("d.nothing"), self._own("d.nothing_short"))
            found.append(Sentence(about="nothing", forms=forms))
        return found

    def _alert_keys(self, phase: str) -> Iterator[str]:
        yield f"d_alert.{phase}"
        for shorter in ("short", "least"):
            if f"d_alert.{phase}_{shorter}" in self._own.keys:
                yield f"d_alert.{phase}_{shorter}"

    def _unconfirmed(self, item: DimensionView) -> list[str]:
        """Return who announced an all-clear that nobody has confirmed yet."""
        notes = [note.said for note in item.notes if note.code == "all_clear_being_confirmed"]
        said = next((self._said[claim] for claim in notes if claim in self._said), None)
        if said is None or said.said_at is None:
            return []
        if self._view.valid_at - said.said_at > ALL_CLEAR_OLD:
            return []
        names = self._who((said.claim,))
        when = self._when(said.said_at)
        return [
            self._own("d_alert.unconfirmed", who=names[0], when=when),
            self._own("d_alert.unconfirmed_short", who=names[-1], when=when),
        ]

    def _dimension(self, item: DimensionView) -> Sentence:
        text = self._words.label("phase", f"{item.dimension}.{item.phase}")
        if item.share is not None or item.is_from_parts:
            text = self._own("d.parts", text=text)
        if item.stale:
            text = _capital(self._own("d.old", text=_small(text)))
        said = self._said.get(item.said[0])
        when = self._when(item.heard_at or (said.said_at if said else None))
        level = item.inherited_from or ""
        key = "d.says_level" if level else "d.says"
        name = self._atlas.label(level, lang=self._lang) if level else ""
        return Sentence(
            about=item.dimension,
            forms=tuple(
                self._own(key, text=text, who=who, when=when, level=name)
                for who in self._who(item.said)
            ),
            said=item.said,
        )

    def _promises(self, item: DimensionView) -> Iterator[Sentence]:
        """Yield what was promised of a supply; past its hour, that nobody confirmed it."""
        key = f"d_restored.{item.dimension}"
        if key not in self._own.keys or (item.phase in _BACK and not item.stale):
            return
        for note in item.notes:
            said = self._said.get(note.said)
            if note.code not in _PROMISES or said is None or said.latest is None:
                continue
            if not said.topic.endswith(".restored") or said.polarity != "affirmed":
                continue
            form = "d.promise_past" if said.latest <= self._view.valid_at else "d.promise"
            until = self._when(said.latest)
            yield Sentence(
                about="promise",
                forms=tuple(
                    self._own(form, text=self._own(key), until=until, who=who)
                    for who in self._who((said.claim,))
                ),
                said=(said.claim,),
            )

    def _asked(self, place: PlaceView) -> Iterator[Sentence]:
        told: set[str] = set()
        for item in self._view.questions:
            if item.id not in place.questions or item.status == "answered" or item.unsourced:
                continue
            text = _small(self._words.label("question", item.subject))
            if text in told or not item.said:
                continue
            told.add(text)
            yield Sentence(
                about="asked",
                forms=tuple(
                    self._own("d.asked", text=text, who=who) for who in self._who(item.said)
                ),
                said=item.said,
            )

    def _advice(self, place: PlaceView) -> Iterator[Sentence]:
        """Yield the advice that the page shows as holding; older advice is for the page alone."""
        told: set[str] = set()
        for claim in place.advice:
            item = self._said.get(claim)
            if item is None or item.standing == "unsourced" or item.topic in {*told, _NO_WORDS}:
                continue
            if item.said_at is None or self._view.valid_at - item.said_at > ADVICE_STALE:
                continue
            told.add(item.topic)
            text = _small(self._words.label("topic", item.topic))
            yield Sentence(
                about="advice",
                forms=tuple(
                    self._own("d.advice", text=text, who=who, when=self._when(item.said_at))
                    for who in self._who((claim,))
                ),
                said=(claim,),
            )

    def _who(self, claims: Iterable[str]) -> tuple[str, ...]:
        """Return the speaker of the first claim, in full and by the short name of the body."""
        said = next((self._said[claim] for claim in claims if claim in self._said), None)
        full = self._named(said) if said else ""
        if not full:
            return (self._own("d.nobody"),)
        body = full.rpartition(", ")[2] if full.count(", ") == 1 and "(" not in full else full
        return tuple(dict.fromkeys((full, self._shortened(body))))

    def _named(self, said: Said) -> str:
        speaker = self._english.get(said.speaker, said.speaker)
        return speaker or self._titles.get(said.source, said.source)

    def _called(self, one: NameView | TitleView) -> str:
        """Return the English name on an English page; empty on one in the state language."""
        if self._lang != "en" or not one.en:
            return ""
        beside = self._atlas.label(one.place, lang="en") if one.place else ""
        name = _capital(one.en)
        return f"{name} ({beside})" if beside else name

    def _shortened(self, name: str) -> str:
        for lang in (self._lang, *LANGUAGES):  # a body without an English name has its own
            for long, short in short_names(lang):
                name = name.replace(long, short)
        return name

    def _when(self, instant: datetime | None) -> str:
        """Return a clock time, with the day where it is not the day that is told of."""
        if instant is None:
            return self._own("d.undated")
        local, today = instant.astimezone(KYIV), self._view.valid_at.astimezone(KYIV)
        clock = f"{local:%H:%M}"
        if local.date() == today.date():
            return clock
        year = "" if local.year == today.year else f".{local:%Y}"
        return f"{local:%d.%m}{year} {clock}"


@cache
def digest_words(lang: str) -> Words:
    """Return the words of digests in a language."""
    table = {key: value for key, value in _table(lang).items() if key != "d_short"}
    return Words(_known(lang), table)


@cache
def short_names(lang: str) -> tuple[tuple[str, str], ...]:
    """Return long names of bodies with the short ones that everybody knows, longest first."""
    found = _table(lang)["d_short"]
    return tuple(sorted(found.items(), key=lambda item: -len(item[0])))


def _table(lang: str) -> dict[str, dict[str, str]]:
    source = files("vidomo.publish") / "locale" / f"digest.{_known(lang)}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _known(lang: str) -> str:
    return lang if lang in LANGUAGES else LANGUAGES[0]


def _small(text: str) -> str:
    """Return a text that goes on within a sentence; words in capitals stay."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
