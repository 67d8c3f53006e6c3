"""The residents' pages as a tree of files that any web server can serve."""

import contextlib
import gzip
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from vidomo.app.alert_outlet import copy_alerts
from vidomo.app.web.present import COUNTRY, Body, Shown, pack
from vidomo.app.web.residents import ASSETS, asset_bytes
from vidomo.app.web.site import House
from vidomo.core.clock import system_clock
from vidomo.core.codec import to_json
from vidomo.core.errors import MachineRefused
from vidomo.disclosure.model import PublicView
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.shapes import Shapes, bundled_shapes
from vidomo.publish.digest import as_text, tell
from vidomo.publish.digest_notice import render_notice
from vidomo.publish.map_page import ASSETS as MAP_ASSETS, SHAPES, map_asset, map_shapes, render_map
from vidomo.publish.residents import Tables, render_resident_failure, short_of
from vidomo.publish.words import LANGUAGES, words_of

KEPT = ".vidomo-tree"
"""The list of the files that we wrote; nothing else in the folder is ever touched."""
BEAT = "beat.txt"
"""When the tree was last known to be up to date, in seconds since 1970, for the page's script."""
_NEVER = datetime(1900, 1, 1, tzinfo=UTC)
_LEVELS = frozenset({"oblast", "raion", "hromada"})
_TOWN = "M"
"""The codifier's letter for a city."""


class Written(msgspec.Struct):
    """How many files were written, left as they were, and taken away."""

    written: int = 0
    kept: int = 0
    removed: int = 0


def places_of(atlas: Gazetteer, *, every: bool = False) -> tuple[str, ...]:
    """Return the places that have a page in the tree.

    It never depends on what is known: that a village has a page would tell something of it.

    Args:
        atlas: Every unit.
        every: Villages and parts of cities, too: thirty thousand pages a language.
    """
    return tuple(
        unit.code
        for unit in atlas.units()
        if unit.level != "country" and (every or unit.level in _LEVELS or unit.category == _TOWN)
    )


class Tree:
    """One folder of pages; each call brings it up to the present.

    Args:
        house: What is known.
        folder: Where the pages go; made if it is not there.
        offered: Languages, the state language first.
        shapes: Borders of the maps.
        every: Whether villages have pages, too.
        tables: Reviewed advice and numbers; the bundled ones by default.
        address: Where the tree is served, such as ``https://vidomo.example``: it is on the
            notices and in their codes. Without it there are no notices and no plain texts.
        alerts: Data folder whose issued alerts are copied in first; None for none.

    Raises:
        MachineRefused: The folder cannot be written to.
    """

    def __init__(  # noqa: PLR0913 - every option of a tree, by name
        self,
        house: House,
        folder: Path,
        *,
        offered: tuple[str, ...] = LANGUAGES,
        shapes: Callable[[], Shapes] = bundled_shapes,
        every: bool = False,
        tables: Tables | None = None,
        address: str = "",
        alerts: Path | None = None,
    ) -> None:
        self._alerts = alerts
        self._tables, self._address = tables, address.rstrip("/")
        self._house, self._folder, self._offered, self._shapes = house, folder, offered, shapes
        self._places = places_of(house.gazetteer, every=every)
        self._told: dict[str, str] = {}
        self._bytes: dict[str, str] = {}
        with _refusing(folder):
            folder.mkdir(parents=True, exist_ok=True)

    def render(
        self,
        *,
        whole: bool = True,
        stop: Callable[[], bool] = lambda: False,
        rest: Callable[[], object] = lambda: None,
    ) -> Written:
        """Bring the tree up to the present.

        Args:
            whole: Whether to make every page; else only those whose place tells something else.
            stop: Asked before each place; true leaves the others for the next time.
            rest: Called after each place, to let others have the processor.
        """
        done = Written()
        if self._alerts is not None:
            copy_alerts(self._alerts, self._folder)
        situation = self._house.situation()
        shapes = self._shapes()
        shown = Shown(
            situation,
            house=self._house,
            shapes=shapes,
            offered=self._offered,
            is_static=True,
            has_digests=bool(self._address),
            tables=self._tables,
        )
        with _refusing(self._folder):
            for name, body in self._fixed(shown, shapes, whole=whole):
                self._put(name, body, done)
            first = self._touched(shown.told())
            for number, code in enumerate(dict.fromkeys((*first, *self._places))):
                if stop():
                    return done
                self._place(shown, code, done, whole=whole)
                if number == len(first):
                    self._beat()
                rest()
            self._forget(done)
            self._beat()
        return done

    def _fixed(self, shown: Shown, shapes: Shapes, *, whole: bool) -> Iterator[tuple[str, bytes]]:
        """Yield the start page first, for most people open that, then what stands beside it."""
        for lang in self._offered:
            yield f"{_prefix(lang)}index.html", shown.page(COUNTRY, lang).html
            frame = shown.leaf(lang, "/map/")
            page = render_map(
                shown.states(lang), shapes=shapes, atlas=self._house.gazetteer, frame=frame
            )
            yield f"{_prefix(lang)}map/index.html", pack(page).html
        if not whole and self._bytes:
            return
        words = words_of(self._offered[0])
        page = render_resident_failure(
            words("r.no_page"), words("r.no_page_hint"), frame=shown.leaf(self._offered[0], "/")
        )
        yield "404.html", page.encode()
        for name in ASSETS:
            yield name, asset_bytes(name)
        for name in MAP_ASSETS:
            yield f"map/{name}", map_asset(name)
        yield f"map/{SHAPES}", map_shapes(shapes, self._house.gazetteer)

    def _touched(self, first: Iterable[str]) -> tuple[str, ...]:
        """Return the places that anybody spoke of, and what lies around and inside them.

        An alert of an oblast is an alert of each community in it.
        """
        atlas, known, spoken = self._house.gazetteer, set(self._places), set(first)
        around = [unit for code in sorted(spoken) for unit in (code, *atlas.ancestors(code))]
        inside = [code for code in self._places if not spoken.isdisjoint(atlas.ancestors(code))]
        return tuple(dict.fromkeys((*(code for code in around if code in known), *inside)))

    def _place(self, shown: Shown, code: str, done: Written, *, whole: bool) -> None:
        told = f"{shown.publisher} {_told(shown.of(code))}"
        names = [f"{_prefix(lang)}place/{code}/index.html" for lang in self._offered]
        if not whole and self._told.get(code) == told:
            done.kept += len(names)
            return
        for lang, name in zip(self._offered, names, strict=True):
            body = shown.make(code, lang)
            # An unchanged page keeps its time: it says since when it has told the same.
            if self._same(name, body) and self._told.get(code) == told:
                done.kept += 1
            else:
                self._put(name, body.html, done)
        self._put(f"p/{short_of(code)}/index.html", _leading(code), done)
        if self._address:
            for name, digest in self._digests(shown, code):
                self._put(name, digest, done)
        self._told[code] = told

    def _digests(self, shown: Shown, code: str) -> Iterator[tuple[str, bytes]]:
        """Yield the plain text and the notice of a place, in the languages that have them."""
        atlas, is_demo = self._house.gazetteer, self._house.is_demo
        for lang in LANGUAGES:
            found = tell(
                shown.of(code),
                code,
                lang=lang,
                atlas=atlas,
                is_exercise=is_demo,
                publisher=shown.publisher,
            )
            folder = f"{_prefix(lang)}place/{code}"
            address = f"{self._address}/{_prefix(lang)}p/{short_of(code)}"
            yield f"{folder}/text.txt", as_text(found, address=address).encode()
            yield f"{folder}/notice.html", render_notice(found, address=address).encode()

    def _same(self, name: str, body: Body) -> bool:
        return self._bytes.get(f"{name}#version") == body.version

    def _put(self, name: str, body: bytes, done: Written) -> None:
        digest = hashlib.blake2b(body, digest_size=12).hexdigest()
        if name.endswith(".html"):
            self._bytes[f"{name}#version"] = pack(body.decode()).version
        path = self._folder / name
        if self._bytes.get(name) == digest or (path.is_file() and path.read_bytes() == body):
            self._bytes[name] = digest
            done.kept += 1
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path.with_name(f"{path.name}.gz"), gzip.compress(body, 9, mtime=0))
        _replace(path, body)
        self._bytes[name] = digest
        done.written += 1

    def _forget(self, done: Written) -> None:
        """Take away the files of an earlier run that are no part of the tree any more."""
        ours = {name for name in self._bytes if not name.endswith("#version")}
        listed = self._folder / KEPT
        before = set(listed.read_text("utf-8").split("\n")) if listed.is_file() else set()
        for name in before - ours - {""}:
            path = (self._folder / name).resolve()
            if not path.is_relative_to(self._folder.resolve()):
                continue
            for one in (path, path.with_name(f"{path.name}.gz")):
                one.unlink(missing_ok=True)
            done.removed += 1
            with contextlib.suppress(OSError):
                path.parent.rmdir()
        if before != ours:
            _replace(listed, "\n".join(sorted(ours)).encode())

    def _beat(self) -> None:
        _replace(self._folder / BEAT, f"{int(system_clock().timestamp())}\n".encode())


def _told(view: PublicView) -> str:
    """Return what changes with what a page says of a place; its moment only under an alert.

    Everything on a page that turns with time alone is in it: what is out of date, promises
    whose hour has gone by, advice. Whole renderings now and then catch what this should miss.
    """
    at = view.valid_at
    place = view.places[0]
    shows_alert = place.dimensions[0].phase != "unknown"
    ages = [int((at - item.said_at).total_seconds() // 3600) for item in view.said if item.said_at]
    neutral = msgspec.structs.replace(
        view,
        valid_at=at.replace(second=0, microsecond=0) if shows_alert else _NEVER,
        known_at=_NEVER,
        sources=tuple(msgspec.structs.replace(one, answered_at=None) for one in view.sources),
    )
    past = [item.claim for item in view.said if item.latest is not None and item.latest <= at]
    return hashlib.blake2b(
        to_json(neutral) + repr((past, [min(age, 13) for age in ages])).encode(), digest_size=9
    ).hexdigest()


def _prefix(lang: str) -> str:
    return "" if lang == LANGUAGES[0] else f"{lang}/"


def _leading(code: str) -> bytes:
    """Return the page of a short address: it leads on, and says where to."""
    return (
        f'<!doctype html><html lang="uk"><meta charset="utf-8"><title>{code}</title>'
        f'<meta http-equiv="refresh" content="0; url=/place/{code}/">'
        f'<a href="/place/{code}/">/place/{code}/</a></html>\n'
    ).encode()


def _replace(path: Path, body: bytes) -> None:
    """Put a file in its place in one step: a reader sees the old one or the new one, whole."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as fresh:
        fresh.write(body)
    Path(fresh.name).chmod(0o644)
    os.replace(fresh.name, path)  # noqa: PTH105 - the same on every system


@contextlib.contextmanager
def _refusing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise MachineRefused(
            f"cannot write to {folder}: {error.strerror}",
            hint="name another folder, or make room in this one",
        ) from error
