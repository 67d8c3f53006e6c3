"""Reports of the bundled scenario and of the thirteen texts, made once for all tests."""

import atexit
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import msgspec

from conftest import SHARED, missing
from vidomo.app.house import House
from vidomo.app.live import LiveHouse
from vidomo.app.sitrep import Order, _asked, _Desk, _Residents
from vidomo.core.clock import fixed_clock
from vidomo.disclosure.model import PublicView, Said
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.shapes import bundled_shapes
from vidomo.publish.sitrep import Material, Report, compose
from vidomo.sources.files import read_posts

IZIUM = "UA63040090010029555"
HROMADA = "UA63040090000021240"
RAION = "UA63040000000023521"
OBLAST = "UA63000000000041885"
COUNTRY = "UA"
FOLDER = Path(tempfile.mkdtemp(prefix="reports-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
LATER = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
START, END = datetime(2025, 12, 19, 22, tzinfo=UTC), datetime(2025, 12, 22, 22, tzinfo=UTC)
ATLAS = Gazetteer.open()


@cache
def scenario() -> LiveHouse:
    """The house over the bundled scenario."""
    return LiveHouse(FOLDER / "scenario", clock=fixed_clock(LATER))


@cache
def thirteen() -> LiveHouse | None:
    """The house over the thirteen texts; None where they are not here."""
    if not SHARED.is_dir():
        return None
    folder = FOLDER / "thirteen"
    posts = [
        post
        for name in ("izium/texts.jsonl", "seed/article.txt")
        for post in read_posts(SHARED / name, now=LATER)
    ]
    with House.open(folder, clock=fixed_clock(LATER - timedelta(days=1))) as house:
        house.take_in(posts)
    return LiveHouse(folder, clock=fixed_clock(LATER))


@cache
def material(code: str = IZIUM, *, is_internal: bool = True, texts: bool = False) -> Material:
    """The material of one report."""
    house = thirteen() if texts else scenario()
    if house is None:
        missing("the thirteen texts are not here")
    order = Order(place=code, start=START if texts else None, end=END if texts else None)
    return (_Desk if is_internal else _Residents)(house, _asked(house, order)).material()


@cache
def report(
    code: str = IZIUM, *, lang: str = "uk", is_internal: bool = True, texts: bool = False
) -> Report:
    """One report."""
    made = material(code, is_internal=is_internal, texts=texts)
    return compose(made, lang=lang, atlas=ATLAS, shapes=bundled_shapes())


def told(found: Material, *, lang: str = "uk") -> Report:
    """The report of some material."""
    return compose(found, lang=lang, atlas=ATLAS, shapes=bundled_shapes())


def with_words(words: str, *, is_internal: bool = True) -> Material:
    """The material of Izium in which everything that people wrote is ``words``."""

    def said(item: Said) -> Said:
        return msgspec.structs.replace(
            item,
            quote=words,
            speaker=words,
            source=words,
            url=f"https://host.example/{words}",
        )

    def over(view: PublicView) -> PublicView:
        return msgspec.structs.replace(
            view,
            said=tuple(map(said, view.said)),
            names=(),
            titles=tuple(msgspec.structs.replace(one, title=words, en="") for one in view.titles),
            sources=tuple(msgspec.structs.replace(one, source=words) for one in view.sources),
        )

    found = material(is_internal=is_internal)
    return msgspec.structs.replace(
        found,
        view=over(found.view),
        moments=tuple(map(over, found.moments)),
        before=over(found.before) if found.before else None,
    )


def section(made: Report, name: str) -> str:
    """The text of one section: labels and sentences, a line each."""
    found = next(one for one in made.sections if one.id == name)
    lines = []
    for block in found.blocks:
        for line in getattr(block, "lines", ()):
            said = " ".join(sentence.text for sentence in line.sentences)
            lines.append(f"{line.label}: {said}")
    return "\n".join(lines)
