"""Made-up posts with secrets planted in them, and what may become of each by the letter of the rules.

The truth here is written anew, from the text of the rules and not from the gate's code.
"""

import random
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from situation.testimonies import DSNS, IZIUM, MVA, OVA, REGISTRY, at, poll
from vidomo.claims.model import (
    Claim,
    ClaimTime,
    Extent,
    Kind,
    Number,
    PlaceRef,
    Polarity,
    Reading,
    Speaker,
    SpeakerKind,
)
from vidomo.core.ids import content_id
from vidomo.core.time import instant_interval
from vidomo.gazetteer import Gazetteer
from vidomo.reports.model import Version
from vidomo.situation.fold import Known, fold
from vidomo.situation.model import Situation
from vidomo.sources.model import Outcome, Poll, Post

GAZETTEER = Gazetteer.open()
HROMADA = "UA63040090000021240"
RAION = "UA63040000000023521"
OBLAST = "UA63000000000041885"
HAMLET = "UA63040090040096120"  # nobody knows how many people
NEXT_HAMLET = "UA63040090110010884"  # likewise, in the same community
FARM = "UA63040030030080469"  # 814 people
FARM_HROMADA = "UA63040030000052515"
TOWN = "UA63040030010027594"  # 7,840 people
KHARKIV = "UA63120270010096107"
DISTRICT = "UA63120270010216514"  # a part of Kharkiv
PLACES = (IZIUM, HAMLET, NEXT_HAMLET, FARM, TOWN, KHARKIV, DISTRICT, HROMADA, RAION, OBLAST)
SMALL = {HAMLET: HROMADA, NEXT_HAMLET: HROMADA, FARM: FARM_HROMADA, DISTRICT: KHARKIV}
ALL = (*PLACES, FARM_HROMADA)
BEGIN = at("06:00")
HOURS = 40

DESK = (
    "event.air_defence",
    "cause.munition",
    "grid.fragmentation",
    "response.repair",
    "source.error",
)
FINE = ("event.", "impact.damage", "impact.fire", "harm.")
HIT = ("event.strike", "impact.damage", "impact.fire")
WARNED = ("alert.start", "alert.end", "threat.uav", "threat.guided_bomb", "advice.shelter")
SUPPLY = (
    "impact.power.outage",
    "impact.power.restored",
    "impact.water.outage",
    "service.health.disrupted",
)
HARM = ("harm.killed", "harm.injured")
ATTACK = ("event.explosion", "event.strike", "event.shelling", "impact.damage", "impact.fire")
TOPICS = (
    *WARNED,
    *SUPPLY,
    *SUPPLY,
    *HARM,
    *HARM,
    *ATTACK,
    *ATTACK,
    *DESK,
    "help.point",
    "help.point",
)
HOLD_H = {"civil": 3, "military": 12}
OBJECTS = {
    "civil": "у житлових будинках",
    "military": "у казармі",
    "critical": "на котельні",
    "unknown": "на складі",
}
PLANTS = {
    "street": ("на вулиці Цукроварів", "Цукровар"),
    "house": ("буд. 17-Б", "17-Б"),
    "crew": ("розрахунок ППО стоїть за лугом", "розрахунок ППО"),
    "point": ("у точці 49.21345, 37.25671", "49.21345"),
    "unit": ("де стоїть 199-та бригада", "199-та"),
    "launch_place": ("пуски з району Нехотіївки", "Нехоті"),
    "course": ("ціль рухається курсом на північний схід", "північний схід"),
    "figure": ("без світла 12 345 абонентів", "12 345"),
    "victim": ("загинула 61-річна пенсіонерка, мати двох дітей", "61-річ"),
    "object": ("біля підстанції «Вербова-330»", "Вербова"),
}
MARKED = ("{}", "{}.", "«{}»", "⚡ {}!")
"""How a copy sets off the words that it repeats."""
INVITED = ("за адресою вул. Запрошена, 3", "Запрошен")
DETAIL = "host-of-the-desk.invalid did not answer"
NEEDLES = (*(needle for _, needle in PLANTS.values()), INVITED[1], DETAIL, "Прихований канал")


class Voice(NamedTuple):
    """A way in which something is said."""

    source: str
    body: str | None = None
    url: bool = True
    home: str | None = None

    @property
    def is_official(self) -> bool:
        """Whether a body speaks, and the post can be looked up."""
        return self.source in ("izium_mva", "ova_channel") or (bool(self.body) and self.url)


OFFICIAL = (
    Voice("izium_mva", url=False),
    Voice("izium_mva"),
    Voice("ova_channel"),
    Voice("agency_one", DSNS),
    Voice("agency_one", OVA),
)
NOT_OFFICIAL = (
    Voice("Прихований канал", home=IZIUM),
    Voice("Прихований канал новин"),
)
UNTRACED = (Voice("agency_one", OVA, url=False),)


class Truth(msgspec.Struct, kw_only=True, eq=False):
    """What is known of one statement by whoever made it up.

    Attributes:
        mark: A made-up word that stands in its words and nowhere else.
        ids: Every id that its claim had in the versions of its post.
        others: Statements read in the very same words.
    """

    mark: str
    topic: str
    kind: str
    polarity: str
    places: tuple[str, ...]
    is_ambiguous: bool
    voice: Voice
    said_at: datetime
    ids: set[str] = msgspec.field(default_factory=set)
    gone_at: datetime | None = None
    object: str | None = None
    plant: str | None = None
    others: tuple["Truth", ...] = ()
    copy_of: "Truth | None" = None
    ends_at: datetime | None = None
    extent: Extent = Extent.UNSTATED

    def is_gone(self, now: datetime) -> bool:
        """Whether the words had been taken back by then."""
        if self.gone_at is not None and self.gone_at <= now:
            return True
        first = self.copy_of
        if first is None or self.topic in WARNED:
            return False
        return first.is_gone(now) and first.gone_at is not None and self.said_at <= first.gone_at

    @property
    def is_fine(self) -> bool:
        return self.topic.startswith(FINE)

    def held_until(self) -> datetime | None:
        """When the object may be spoken of; None for never."""
        hours = HOLD_H.get(self.object or "")
        return None if hours is None else self.said_at + timedelta(hours=hours, seconds=1)

    def is_hidden(self, now: datetime) -> bool:
        """Whether nothing of it may be shown then."""
        told = self.kind in ("report", "assessment") and self.polarity == "affirmed"
        if not self.voice.is_official or self.is_gone(now):
            return True
        if self.topic in DESK or self.kind in ("speculation", "background"):
            return True
        if self.is_ambiguous and self.is_fine:
            return True
        if self.topic in HIT and self.object:
            until = self.held_until()
            return until is None or until > now
        return self.topic in HIT[1:] and told

    def is_bare(self, now: datetime) -> bool:
        """Whether, if shown, it is shown without its words."""
        if (
            self.object in ("military", "critical")
            or self.plant
            or (self.is_fine and any(code in SMALL for code in self.places))
        ):
            return True
        if self.object and self.is_fine:
            until = self.held_until()
            return until is None or until > now
        return False


class World(NamedTuple):
    """Posts, what is true of them, and the instant that is asked about."""

    known: tuple[Known, ...]
    truths: tuple[Truth, ...]
    now: datetime
    polls: tuple[Poll, ...]

    def situation(self, now: datetime | None = None) -> Situation:
        moment = now or self.now
        return fold(
            self.known,
            polls=self.polls,
            valid_at=moment,
            known_at=moment,
            registry=REGISTRY,
            gazetteer=GAZETTEER,
        )

    def without(self, share: float, *, dice: random.Random) -> "World":
        """Return the same world without some of the posts of whoever is no official.

        Posts that quote an official and cannot be looked up are among them.
        """
        others = sorted({_post_of(one) for one in self.known if not _can_be_looked_up(one)})
        left_out = {post for post in others if dice.random() < share}
        return self._replace(
            known=tuple(one for one in self.known if _post_of(one) not in left_out)
        )

    def without_rumours(self) -> "World":
        """Return the same world where nobody but officials ever said a word."""
        return self.without(1.1, dice=random.Random(0))

    def told(self) -> tuple[Truth, ...]:
        """Return the statements that had been made by now."""
        return tuple(one for one in self.truths if one.said_at <= self.now)

    def hidden(self) -> tuple[Truth, ...]:
        """Return the statements of which nothing may be shown."""
        return tuple(one for one in self.told() if one.is_hidden(self.now))

    def shown(self) -> tuple[Truth, ...]:
        """Return the statements that may be shown, with their words or without."""
        return tuple(one for one in self.told() if not one.is_hidden(self.now))

    def is_quoted(self, one: Truth) -> bool:
        """Whether the words of a statement may be shown."""
        same = (one, *one.others)
        return not any(each.is_hidden(self.now) or each.is_bare(self.now) for each in same)


def _post_of(known: Known) -> tuple[str, str]:
    return known.version.post.source, known.version.post.native_id


def _can_be_looked_up(known: Known) -> bool:
    handed = known.version.post
    is_own_channel = handed.source in ("izium_mva", "ova_channel")
    return is_own_channel or (bool(handed.url) and handed.source == "agency_one")


class _Line(NamedTuple):
    """Some words, and what is read in them."""

    quote: str
    truths: tuple[Truth, ...]


def world(seed: int) -> World:
    """Return the posts of a seed."""
    return _Maker(seed).world()


class _Maker:
    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._known: list[Known] = []
        self._truths: list[Truth] = []

    def world(self) -> World:
        dice = self._dice
        for number in range(dice.randint(4, 10)):
            self._post(number)
        self._quote_again()
        self._close()
        now = BEGIN + timedelta(hours=dice.randint(1, HOURS), minutes=dice.randint(1, 59))
        hit = [one for one in self._truths if one.topic in HIT and one.object in HOLD_H]
        if hit and dice.random() < 0.3:
            # Just before its time is over: half an hour is what a careless gate would give away.
            one = dice.choice(hit)
            now = one.said_at + timedelta(hours=HOLD_H[str(one.object)], minutes=-30)
        polls = tuple(
            msgspec.structs.replace(
                poll(source, BEGIN + timedelta(hours=hour), Outcome.NO_ANSWER), detail=DETAIL
            )
            for source in ("izium_mva", NOT_OFFICIAL[0].source)
            for hour in (0, 9)
        )
        return World(tuple(self._known), tuple(self._truths), now, polls)

    def _post(self, number: int) -> None:
        dice = self._dice
        posted = BEGIN + timedelta(minutes=dice.randint(0, HOURS * 60))
        voice = dice.choice((*OFFICIAL, *OFFICIAL, *NOT_OFFICIAL, *UNTRACED))
        lines = [self._line(voice, posted) for _ in range(dice.randint(1, 3))]
        self._keep(voice, number, lines, posted)
        fate, later = dice.random(), posted + timedelta(minutes=dice.randint(1, 900))
        if fate < 0.3:
            _take_back(lines[:1], later)
            new = [self._line(voice, later), *lines[1:]]
            self._keep(voice, number, new, posted, edited_at=later)
        elif fate < 0.5:
            _take_back(lines, later)
            self._keep(voice, number, lines, posted, deleted_at=later)

    def _line(self, voice: Voice, said_at: datetime) -> _Line:
        dice = self._dice
        truth = self._truth(voice, said_at)
        words = [truth.mark]
        if truth.topic == "help.point":
            words.append(INVITED[0])
        elif truth.plant:
            words.append(PLANTS[truth.plant][0])
        if truth.object and truth.plant != "object":
            words.append(OBJECTS[truth.object])
        if dice.random() > 0.3:
            return _Line(" ".join(words), (truth,))
        choice = ("impact.power.outage", "event.air_defence", "impact.damage")
        other = msgspec.structs.replace(
            truth,
            topic=dice.choice([topic for topic in choice if topic != truth.topic]),
            kind="report",
            polarity="affirmed",
            ids=set(),
            ends_at=None,
            mark=self._mark(),
        )
        truth.others, other.others = (other,), (truth,)
        self._truths.append(other)
        return _Line(" ".join([other.mark, *words]), (truth, other))

    def _truth(self, voice: Voice, said_at: datetime) -> Truth:
        dice = self._dice
        topic = dice.choice(TOPICS)
        is_ambiguous = dice.random() < 0.1
        places = tuple(dice.sample(PLACES, 2 if dice.random() < 0.15 else 1))
        truth = Truth(
            mark=self._mark(),
            topic=topic,
            kind=self._kind(topic),
            polarity="affirmed",
            places=() if is_ambiguous else places,
            is_ambiguous=is_ambiguous,
            voice=voice,
            said_at=said_at,
            extent=dice.choice((Extent.ALL, Extent.PART, Extent.UNSTATED)),
        )
        if (topic in HARM and dice.random() < 0.2) or (
            topic == "help.point" and dice.random() < 0.2
        ):
            truth.polarity = "negated"
        if topic == "help.point":
            truth.plant = "street"
            if dice.random() < 0.4:
                truth.ends_at = said_at + timedelta(hours=dice.choice((2, 30)))
        elif topic not in WARNED and dice.random() < 0.35:
            truth.plant = dice.choice(sorted(PLANTS))
            truth.object = "critical" if truth.plant == "object" else None
        if topic in (*ATTACK, *HARM) and not truth.object and dice.random() < 0.6:
            truth.object = dice.choice(sorted(OBJECTS))
        self._truths.append(truth)
        return truth

    def _kind(self, topic: str) -> str:
        if topic.startswith("advice."):
            return "advice"
        if topic.startswith("threat."):
            return "warning"
        if topic not in WARNED and self._dice.random() < 0.12:
            return self._dice.choice(("speculation", "background", "unknown"))
        return "report"

    def _mark(self) -> str:
        """Return a made-up word that no table knows and that stands in no page."""
        number = len(self._truths) + 8
        digits = "".join("бвгджзкл"[int(digit)] + "и" for digit in f"{number:o}")
        return f"щу{digits}щ"

    def _keep(
        self, voice: Voice, number: int, lines: list[_Line], posted: datetime, **changes: datetime
    ) -> None:
        report = content_id("rep", voice.source, str(number))
        claims, start = [], 0
        for line in lines:
            end = start + len(line.quote)
            for truth in line.truths:
                name = content_id("clm", report, start, truth.topic, truth.kind, truth.polarity)
                truth.ids.add(name)
                claims.append(_claim(truth, line.quote, name, (start, end)))
            start = end + 3
        handed = Post(
            source=voice.source,
            native_id=str(number),
            text=" / ".join(line.quote for line in lines),
            posted_at=instant_interval(posted),
            home=voice.home,
            url=f"https://post.example/{number}" if voice.url else None,
            **changes,
        )
        version = Version(
            id=content_id("ver", handed),
            report=report,
            post=handed,
            digest=content_id("txt", claims),
        )
        reading = Reading(
            report=report,
            version=version.id,
            reader_version="t",
            lang="uk",
            claims=tuple(claims),
        )
        self._known.append(Known(version=version, reading=reading))

    def _quote_again(self) -> None:
        """Let an agency quote what an office takes back later, with marks of its own or without."""
        for truth in list(self._truths):
            is_first = truth.gone_at and truth.voice.source == "izium_mva" and not truth.others
            if not is_first or self._dice.random() > 0.5:
                continue
            quote = next(
                claim.quote
                for item in self._known
                for claim in item.reading.claims
                if truth.mark in claim.quote
            )
            copy = msgspec.structs.replace(
                truth,
                voice=Voice("agency_one", MVA),
                said_at=truth.said_at + timedelta(minutes=self._dice.randint(1, 600)),
                gone_at=None,
                copy_of=truth,
                ids=set(),
            )
            self._truths.append(copy)
            self._keep(
                copy.voice,
                500 + len(self._known),
                [_Line(self._dice.choice(MARKED).format(quote), (copy,))],
                copy.said_at,
            )

    def _close(self) -> None:
        """Let an office close a point of help that it has opened."""
        opened = [
            one
            for one in self._truths
            if one.topic == "help.point" and one.kind == "report" and one.places and not one.others
        ]
        if not opened or self._dice.random() > 0.5:
            return
        first = self._dice.choice(opened)
        later = first.said_at + timedelta(minutes=self._dice.randint(10, 90))
        closed = msgspec.structs.replace(
            first,
            mark=self._mark(),
            polarity="negated",
            said_at=later,
            gone_at=None,
            copy_of=None,
            ends_at=None,
            ids=set(),
        )
        self._truths.append(closed)
        line = _Line(f"{closed.mark} {INVITED[0]}", (closed,))
        self._keep(closed.voice, 800, [line], later)


def _take_back(lines: list[_Line], moment: datetime) -> None:
    for line in lines:
        for truth in line.truths:
            truth.gone_at = moment


def _claim(truth: Truth, quote: str, name: str, span: tuple[int, int]) -> Claim:
    refs = tuple(PlaceRef(code=code) for code in truth.places)
    if truth.is_ambiguous:
        refs = (PlaceRef(code=None, candidates=(IZIUM, TOWN)),)
    time = ClaimTime()
    if truth.ends_at:
        time = ClaimTime(
            phase="expected", earliest=truth.said_at, latest=truth.ends_at, basis="explicit"
        )
    body = truth.voice.body
    return Claim(
        id=name,
        topic=truth.topic,
        kind=Kind(truth.kind),
        quote=quote,
        start=span[0],
        end=span[1],
        polarity=Polarity(truth.polarity),
        places=refs,
        time=time,
        extent=truth.extent,
        number=Number(min=2, max=2, unit="persons") if truth.topic in HARM else None,
        speaker=Speaker(kind=SpeakerKind.ORGANISATION if body else SpeakerKind.SELF, body=body),
    )
