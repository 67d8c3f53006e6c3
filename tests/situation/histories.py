"""Made-up histories: officials, relays, copies, edits, deletions, silence, bad clocks, decisions."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from situation.testimonies import (
    CHUHUIV,
    COUNTRY,
    DSNS,
    IZIUM,
    IZIUM_RAION,
    KHARKIV_OBLAST,
    MVA,
    OVA,
    REGISTRY,
    VILLAGE,
    anchor,
    at,
    decision,
    poll,
    post,
    said,
)
from vidomo.claims.model import Claim, Extent, Kind, Polarity, Reading, SpeakerKind
from vidomo.core.codec import to_json
from vidomo.core.ids import content_id
from vidomo.situation.decision import Decision
from vidomo.situation.fold import Known, fold
from vidomo.situation.model import Situation
from vidomo.sources.model import Outcome, Poll
from vidomo.store.model import Draft

BEGIN = at("06:00")
HOURS = 12
PLACES = (IZIUM, VILLAGE, IZIUM_RAION, KHARKIV_OBLAST, CHUHUIV)
BODIES = (MVA, OVA, DSNS)
Fold = Callable[..., Situation]


class Entry(msgspec.Struct, frozen=True):
    """One record of the journal."""

    recorded_at: datetime
    known: Known | None = None
    poll: Poll | None = None
    decision: Decision | None = None


class History(msgspec.Struct, frozen=True):
    """A journal and the instant that is asked about, with what it holds of what matters."""

    entries: tuple[Entry, ...]
    valid_at: datetime
    features: frozenset[str]

    @property
    def known(self) -> list[Known]:
        return [entry.known for entry in self.entries if entry.known]

    @property
    def polls(self) -> list[Poll]:
        return [entry.poll for entry in self.entries if entry.poll]

    @property
    def decisions(self) -> list[Decision]:
        return [entry.decision for entry in self.entries if entry.decision]

    def folded(
        self,
        by: Fold,
        *,
        known: list[Known] | None = None,
        decisions: list[Decision] | None = None,
    ) -> Situation:
        return by(
            self.known if known is None else known,
            polls=self.polls,
            decisions=self.decisions if decisions is None else decisions,
            valid_at=self.valid_at,
            known_at=BEGIN + timedelta(days=9),
            registry=REGISTRY,
            gazetteer=COUNTRY,
        )


def real_fold(known: list[Known], **more: object) -> Situation:
    return fold(known, **more)


def history(seed: int) -> History:
    """Return the history of a seed; the dice are plain, so that every feature is frequent."""
    dice = random.Random(seed)
    entries: list[Entry] = []
    features: set[str] = set()
    for number in range(dice.randint(3, 9)):
        entries += _post(dice, number, features)
    if dice.random() < 0.5:
        features.add("conflict")
        hour = dice.randint(0, HOURS - 1)
        for number, body in enumerate((OVA, DSNS), start=50):
            moment = BEGIN + timedelta(hours=hour, minutes=number)
            killed = said("harm.killed", IZIUM, body=body, n=number - 48)
            heard = said(
                "event.explosion", IZIUM, body=body, n=3 * number - 146, time=_half_past(hour)
            )
            entries.append(Entry(moment, post(number, moment, killed, heard)))
    if dice.random() < 0.6:
        features.add("silence")
    for source in ("izium_mva", "ova_channel", "air_alarm"):
        for hour in range(0, HOURS, 3):
            silent = "silence" in features and hour >= 6
            outcome = Outcome.NO_ANSWER if silent else Outcome.NOTHING_NEW
            moment = BEGIN + timedelta(hours=hour, minutes=dice.randint(0, 20))
            entries.append(Entry(moment, poll=poll(source, moment, outcome)))
    entries += _copies(dice, entries, features)
    entries = _with_bad_clocks(dice, entries, features)
    entries += _decisions(dice, entries, features)
    dice.shuffle(entries)
    valid_at = BEGIN + timedelta(hours=dice.randint(2, HOURS + 1), minutes=dice.randint(0, 59))
    return History(tuple(entries), valid_at, frozenset(features))


def _half_past(hour: int) -> tuple[str, str]:
    moment = BEGIN + timedelta(hours=hour, minutes=30)
    return moment.isoformat(), (moment + timedelta(minutes=10)).isoformat()


def _post(dice: random.Random, number: int, features: set[str]) -> list[Entry]:
    moment = BEGIN + timedelta(hours=dice.randint(0, HOURS - 1), minutes=dice.randint(0, 59))
    source = dice.choice(("izium_mva", "ova_channel", "air_alarm", "agency_one", "news", "monitor"))
    own = source in ("izium_mva", "ova_channel", "air_alarm", "monitor")
    body = None if own else dice.choice((*BODIES, None))
    home = IZIUM if source == "monitor" else None
    claims = [_claim(dice, body) for _ in range(dice.randint(1, 3))]
    posted = None if source == "news" and dice.random() < 0.2 else moment
    found = [Entry(moment, post(number, posted, *claims, source=source, home=home))]
    if dice.random() < 0.3:
        features.add("edit")
        later = moment + timedelta(minutes=dice.randint(1, 240))
        new = [*claims[1:], _claim(dice, body)]
        edited = post(number, posted, *new, source=source, home=home, edited_at=later)
        found.append(Entry(later, edited))
    elif dice.random() < 0.25:
        features.add("deletion")
        later = moment + timedelta(minutes=dice.randint(1, 240))
        gone = post(number, posted, *claims, source=source, home=home, deleted_at=later)
        found.append(Entry(later, gone))
    return found


def _claim(dice: random.Random, body: str | None) -> Claim:
    place = dice.choice(PLACES)
    who = SpeakerKind.ORGANISATION if body else SpeakerKind.SELF
    topic = dice.choice(
        (
            "alert.start",
            "alert.start",
            "alert.end",
            "alert.end",
            "threat.air",
            "event.explosion",
            "event.strike",
            "harm.killed",
            "harm.casualties",
            "impact.power.outage",
            "impact.power.restored",
            "impact.damage",
        )
    )
    more: dict[str, object] = {}
    if topic == "harm.casualties":
        more = {"kind": Kind.UNKNOWN, "unknown": ("casualties", "not_released")}
    elif topic == "harm.killed":
        n = dice.randint(0, 4)
        more = {"n": n, "polarity": Polarity.AFFIRMED if n else Polarity.NEGATED}
    elif topic == "event.explosion":
        more = {"n": dice.randint(1, 9), "mode": dice.choice(("exact", "about"))}
    elif topic.startswith("impact.power"):
        more = {
            "extent": dice.choice((Extent.ALL, Extent.PART, Extent.UNSTATED)),
            "kind": dice.choice((Kind.REPORT, Kind.REPORT, Kind.FORECAST)),
        }
        if topic.endswith("outage") and more["extent"] is Extent.PART:
            more["quote"] = f"Внаслідок удару без світла частина {place}"
    return said(topic, place, body=body, who=who, **more)


def _copies(dice: random.Random, entries: list[Entry], features: set[str]) -> list[Entry]:
    """Return near-copies in channels with a home: longer words, the same statements."""
    found = []
    for number, entry in enumerate(list(entries)):
        if entry.known is None or dice.random() >= 0.15:
            continue
        post_ = entry.known.version.post
        if post_.source != "monitor" or post_.deleted_at or post_.edited_at:
            continue
        features.add("copy")
        later = entry.recorded_at + timedelta(minutes=dice.randint(3, 90))
        claims = entry.known.reading.claims
        found.append(
            Entry(later, post(700 + number, later, *claims, source="monitor_two", home=IZIUM))
        )
    return found


def _with_bad_clocks(dice: random.Random, entries: list[Entry], features: set[str]) -> list[Entry]:
    """Return the entries with one source whose clock is wrong by up to twenty minutes."""
    if dice.random() >= 0.4:
        return entries
    features.add("skew")
    source = dice.choice(("izium_mva", "ova_channel", "air_alarm", "air_alarm"))
    skew = timedelta(minutes=dice.choice((-20, -1, 5, 20)))
    return [
        msgspec.structs.replace(entry, known=_skewed(entry, skew))
        if entry.known and entry.known.version.post.source == source
        else entry
        for entry in entries
    ]


def _skewed(entry: Entry, skew: timedelta) -> Known:
    known = entry.known
    assert known
    old = known.version.post
    posted = old.posted_at
    handed = msgspec.structs.replace(
        old,
        posted_at=msgspec.structs.replace(posted, start=posted.start + skew, end=posted.end + skew)
        if posted
        else None,
        edited_at=old.edited_at + skew if old.edited_at else None,
        deleted_at=old.deleted_at + skew if old.deleted_at else None,
    )
    version = msgspec.structs.replace(known.version, id=content_id("ver", handed), post=handed)
    reading = msgspec.structs.replace(known.reading, version=version.id)
    return Known(version=version, reading=reading, is_ahead=skew > timedelta(minutes=2))


def _decisions(dice: random.Random, entries: list[Entry], features: set[str]) -> list[Entry]:
    """Return what a duty officer decided on a few of the claims, and took back again."""
    found: list[Entry] = []
    if dice.random() >= 0.5:
        return found
    told = [entry for entry in entries if entry.known and entry.known.reading.claims]
    for entry in dice.sample(told, min(len(told), dice.randint(1, 3))):
        features.add("decision")
        assert entry.known
        index = dice.randrange(len(entry.known.reading.claims))
        moment = entry.recorded_at + timedelta(minutes=dice.randint(1, 60))
        kind = dice.choice(("confirm", "confirm", "overrule", "merge", "split"))
        on = [anchor(entry.known, index)]
        if kind == "merge":
            other = dice.choice(told).known
            assert other
            on = [anchor(entry.known, index, incident="a"), anchor(other, 0, incident="b")]
        if dice.random() < 0.2:
            on[0] = msgspec.structs.replace(on[0], claim="clm_gone", start=900, end=901, quote="-")
        value = _correction(dice, entry) if kind == "overrule" and dice.random() < 0.6 else {}
        made = decision(kind, *on, when=moment, value=value)
        found.append(Entry(moment, decision=made))
        if dice.random() < 0.2:
            later = moment + timedelta(minutes=dice.randint(1, 60))
            back = decision("withdraw", target=made.id, when=later)
            found.append(Entry(later, decision=back))
    return found


def _correction(dice: random.Random, entry: Entry) -> dict[str, str]:
    """Return what somebody puts right, sensible or not: the fold takes only what brings no relief."""
    early = entry.recorded_at - timedelta(minutes=dice.randint(0, 300))
    late = entry.recorded_at + timedelta(minutes=30)
    choices = {
        "place": PLACES,
        "number": ("0", "1", "9"),
        "topic": (
            "alert.start",
            "alert.end",
            "event.strike",
            "harm.killed",
            "impact.power.restored",
        ),
        "kind": ("report", "forecast", "unknown", "warning"),
        "polarity": ("affirmed", "negated", "denied"),
        "time": (
            f"{early.isoformat()}/{(early + timedelta(minutes=5)).isoformat()}",
            f"{late.isoformat()}/{(late + timedelta(minutes=5)).isoformat()}",
        ),
    }
    keys = dice.sample(sorted(choices), dice.choice((1, 1, 2)))
    return {key: dice.choice(choices[key]) for key in keys}


# the same as records ----------------------------------------------------------------------------


def drafts_of(told: History) -> list[list[Draft]]:
    """Return each entry as the records that the house would write together."""
    return [_drafts(entry) for entry in told.entries]


def _drafts(entry: Entry) -> list[Draft]:
    moment = entry.recorded_at
    if entry.known:
        version = entry.known.version
        return [
            _draft("post", version.id, version.report, version, moment),
            reading_draft(entry.known.reading, moment),
        ]
    if entry.poll:
        poll_id = content_id("pol", entry.poll)
        return [_draft("poll", poll_id, entry.poll.source, entry.poll, moment)]
    assert entry.decision
    return [_draft("decision", entry.decision.id, entry.decision.id, entry.decision, moment)]


def reading_draft(reading: Reading, moment: datetime) -> Draft:
    """Return a reading as a record; of another reader, or other words, it is another one."""
    return _draft("reading", content_id("rdg", reading), reading.report, reading, moment)


def _draft(kind: str, record: str, subject: str, body: object, moment: datetime) -> Draft:
    return Draft(kind=kind, id=record, subject=subject, body=to_json(body), recorded_at=moment)
