"""Measure a place and the country out of many claims: 10 thousand, 100 thousand, a million.

The claims are made up and written as readings; nothing is read. They are as short as a monitor's
posts, so that no text is compared with others; longer ones cost half a millisecond more each. A
place is asked for at random instants of two years, as known at random instants. Each figure is processor time, then
the clock; the load of the machine stands at the end. With ``--in FOLDER`` what was built is kept there, and measured again the
next time without being built anew. Example: python bench/scale.py --in /tmp/scale 10000 100000
"""

import argparse
import contextlib
import os
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from vidomo.app.house import House
from vidomo.app.index import PlaceIndex
from vidomo.claims.model import (
    Claim,
    ClaimTime,
    Extent,
    Kind,
    PlaceRef,
    Polarity,
    Reading,
    UnknownThing,
)
from vidomo.core.codec import to_json
from vidomo.core.ids import content_id
from vidomo.core.time import instant_interval
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.model import Level
from vidomo.reports.keep import version_of
from vidomo.sources.model import Post
from vidomo.sources.registry import Registry, SourceEntry
from vidomo.store.model import Draft

BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
SPAN_S = 2 * 365 * 86_400
PLACES = 2_000
CLAIMS_A_REPORT = 2
ASKED = 1_000
NEW = 300
BATCH = 2_000
TOPICS = (
    ("alert.start", 20),
    ("alert.end", 20),
    ("threat.uav", 8),
    ("event.explosion", 8),
    ("event.shelling", 6),
    ("impact.power.outage", 8),
    ("impact.power.restored", 8),
    ("impact.water.outage", 3),
    ("impact.water.restored", 3),
    ("impact.damage", 6),
    ("harm.injured", 4),
    ("harm.casualties", 3),
    ("advice.shelter", 3),
)
WORDS = [f"\u0441\u043b\u043e\u0432\u043e{number}" for number in range(4_000)]


def show(what: str, figure: str) -> None:
    """Print one row."""
    print(f"{what:<70}{figure:>28}", flush=True)


def places() -> list[str]:
    """Return the oblasts, raions and enough communities and settlements, spread over the country."""
    units = Gazetteer.open()
    found: dict[Level, list[str]] = {}
    queue = ["UA"]
    while queue:
        code = queue.pop()
        unit = units.get(code)
        if unit is not None and unit.level is not Level.COUNTRY:
            found.setdefault(unit.level, []).append(code)
        queue += units.children(code)
    wide = sorted(found[Level.OBLAST])[:24] + sorted(found[Level.RAION])[:136]
    dice = random.Random(1)  # noqa: S311 - made-up claims, the same in each run
    rest = sorted(found[Level.HROMADA])[:1_200] + dice.sample(
        sorted(found[Level.SETTLEMENT]), 2_000
    )
    return wide + dice.sample(rest, PLACES - len(wide))


def claim(
    dice: random.Random,
    report: str,
    number: int,
    place: str,
    text: str,
    *,
    held_at: datetime | None = None,
) -> Claim:
    """Return one made-up claim; it may tell of an earlier hour."""
    topic = dice.choices([name for name, _ in TOPICS], [weight for _, weight in TOPICS])[0]
    is_asked = topic == "harm.casualties"
    return Claim(
        id=content_id("clm", report, number),
        topic=topic,
        kind=Kind.UNKNOWN
        if is_asked
        else Kind.ADVICE
        if topic.startswith("advice")
        else Kind.REPORT,
        quote=text,
        start=number * (len(text) + 1),
        end=number * (len(text) + 1) + len(text),
        polarity=Polarity.AFFIRMED,
        extent=dice.choice((Extent.ALL, Extent.PART, Extent.UNSTATED)),
        places=(PlaceRef(code=place, level="", name="", surface=""),),
        time=ClaimTime(earliest=held_at, latest=held_at, basis="explicit")
        if held_at
        else ClaimTime(),
        unknown=UnknownThing(subject="casualties", status="not_released") if is_asked else None,
    )


def drafts(codes: list[str], claims: int) -> Iterator[list[Draft]]:
    """Yield the records of so many claims in order of time: the post and its reading, replayed."""
    dice = random.Random(2)  # noqa: S311 - made-up claims, the same in each run
    reports = claims // CLAIMS_A_REPORT
    for number in range(reports):
        moment = BEGIN + timedelta(seconds=int(SPAN_S * number / reports))
        place = dice.choice(codes)
        yield report(
            dice,
            number,
            place,
            moment,
            recorded_at=moment + timedelta(seconds=dice.randint(1, 600)),
        )


def report(
    dice: random.Random,
    number: int,
    place: str,
    moment: datetime,
    *,
    recorded_at: datetime | None,
    held_at: datetime | None = None,
) -> list[Draft]:
    """Return the two records of one report with its claims."""
    said = [" ".join(dice.choices(WORDS, k=5)) for _ in range(CLAIMS_A_REPORT)]
    post = Post(
        source=f"own_{place}",
        native_id=str(number),
        text=" ".join(said),
        posted_at=instant_interval(moment),
    )
    version = version_of(post)
    reading = Reading(
        report=version.report,
        version=version.id,
        reader_version="bench",
        lang="uk",
        claims=tuple(
            claim(dice, version.report, index, place, text, held_at=held_at)
            for index, text in enumerate(said)
        ),
    )
    return [
        Draft(
            kind="post",
            id=version.id,
            subject=version.report,
            body=to_json(version),
            recorded_at=recorded_at,
        ),
        Draft(
            kind="reading",
            id=content_id("rdg", version.id, "bench"),
            subject=version.report,
            body=to_json(reading),
            recorded_at=recorded_at,
        ),
    ]


def registry(codes: list[str]) -> Registry:
    """Return a registry in which each place has the channel of its own administration."""
    units = Gazetteer.open()
    kinds = {Level.OBLAST: "oblast_administration", Level.RAION: "raion_administration"}
    entries = []
    for code in codes:
        unit = units.get(code)
        kind = kinds.get(unit.level, "city_administration") if unit else "city_administration"
        entries.append(
            SourceEntry(id=f"own_{code}", body=f"{kind}@{code}", home=code, faithful=True)
        )
    return Registry.bundled().with_sources(entries)


class Stopwatch:
    """Collects how long things took: on the processor alone, and by the clock."""

    def __init__(self) -> None:
        self.walls: list[float] = []
        self.cpus: list[float] = []

    def __enter__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.walls.append(time.perf_counter() - self._wall)
        self.cpus.append(time.process_time() - self._cpu)

    def at(self, share: float) -> str:
        """Return a percentile in milliseconds, on the processor and by the clock."""
        place = min(len(self.walls) - 1, int(share * len(self.walls)))
        wall, cpu = sorted(self.walls)[place] * 1000, sorted(self.cpus)[place] * 1000
        return f"{cpu:.1f} ms, clock {wall:.1f}"

    def at_s(self, number: int) -> str:
        """Return one of the times in seconds, on the processor and by the clock."""
        return f"{self.cpus[number]:.0f} s, clock {self.walls[number]:.0f}"


def measure(claims: int, folder: Path) -> None:
    """Run every measurement over so many claims; they are written where the folder has none."""
    codes = places()
    known = registry(codes)
    with House.open(folder, clock=lambda: BEGIN + timedelta(seconds=SPAN_S + 86_400)) as house:
        index = PlaceIndex(house.journal, gazetteer=house.gazetteer, registry_at=lambda _: known)
        if house.journal.is_empty:
            build(house, index, codes, claims)
        size = (folder / "vidomo.sqlite").stat().st_size / 1e6
        show(f"{claims:,} claims: size of the file", f"{size:,.0f} MB")
        ask(index, codes, claims)
        grow(house, index, codes, claims)
    load, cores = os.getloadavg()[0], len(os.sched_getaffinity(0))
    show(f"{claims:,} claims: load of the machine", f"{load:.1f} on {cores} cores")


def build(house: House, index: PlaceIndex, codes: list[str], claims: int) -> None:
    """Write the claims and derive everything."""
    watch = Stopwatch()
    with watch:
        batch: list[Draft] = []
        for pair in drafts(codes, claims):
            batch += pair
            if len(batch) >= BATCH:
                house.journal.append(batch)
                batch = []
        house.journal.append(batch)
    show(f"{claims:,} claims: written", watch.at_s(-1))
    with watch:
        index.catch_up()
    show(f"{claims:,} claims: which report can matter where", watch.at_s(-1))
    with watch:
        index.refresh(index.tables.all_touched())
    show(f"{claims:,} claims: rows of all places", watch.at_s(-1))


def ask(index: PlaceIndex, codes: list[str], claims: int) -> None:
    """Ask for places and the country at random instants."""
    dice = random.Random(3)  # noqa: S311 - made-up claims, the same in each run

    def at() -> dict[str, datetime]:
        return {
            "valid_at": BEGIN + timedelta(seconds=dice.randint(0, SPAN_S)),
            "known_at": BEGIN + timedelta(seconds=dice.randint(0, SPAN_S)),
        }

    wide = [code for code in codes if index._inside(code)]  # noqa: SLF001 - only to tell them apart
    narrow = sorted(set(codes) - set(wide))
    for what, some in (
        ("all places", codes),
        ("without parts", narrow),
        ("with parts", wide),
    ):
        watch = Stopwatch()
        for _ in range(ASKED):
            place, asked = dice.choice(some), at()
            with watch:
                found = index.state(place, polls=(), **asked)
            assert found is not None
        show(f"{claims:,} claims: state, {what}, median", watch.at(0.5))
        show(f"{claims:,} claims: state, {what}, 99th percentile", watch.at(0.99))
    watch = Stopwatch()
    for _ in range(5):
        asked = at()
        with watch:
            country = index.country(polls=(), **asked)
        assert country
    show(f"{claims:,} claims: the whole country, slowest of 5", watch.at(1.0))


def grow(house: House, index: PlaceIndex, codes: list[str], claims: int) -> None:
    """Write one new report at a time and ask for its place."""
    dice = random.Random(4)  # noqa: S311 - made-up claims, the same in each run
    written = claims // CLAIMS_A_REPORT
    for what, back_h in (("a new report", 0), ("a new report of an earlier hour", 3)):
        watch = Stopwatch()
        first = house.journal.count("post")  # later than all that earlier runs have written
        for number in range(first, first + NEW):
            place = dice.choice(codes)
            moment = BEGIN + timedelta(seconds=SPAN_S + 60 * (number - written))
            held_at = moment - timedelta(hours=back_h) if back_h else None
            new = report(
                dice, 10_000_000 + number, place, moment, recorded_at=None, held_at=held_at
            )
            asked = {"valid_at": moment + timedelta(days=2), "known_at": moment + timedelta(days=9)}
            with watch:
                house.journal.append(new)
                index.keep_up()
                found = index.state(place, polls=(), **asked)
            assert found is not None
            assert found.timeline
        show(f"{claims:,} claims: {what} written, folded, seen, median", watch.at(0.5))
        show(f"{claims:,} claims: the same, 99th percentile", watch.at(0.99))


def main() -> None:
    """Measure at each size given, else at three."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("claims", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    options.add_argument("--in", dest="folder", type=Path, help="keep what is built there")
    chosen = options.parse_args()
    for claims in chosen.claims:
        kept = contextlib.nullcontext(chosen.folder)
        with kept if chosen.folder else tempfile.TemporaryDirectory() as folder:
            measure(claims, Path(folder) / str(claims))


if __name__ == "__main__":
    main()
