"""The folder of issued alerts: files that go in whole or not at all, with an index beside them."""

import hashlib
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from vidomo.core.errors import ConfigError, MachineRefused
from vidomo.core.files import put_file
from vidomo.desk.alerts.authority import UNOFFICIAL_WEB, Authority
from vidomo.desk.alerts.life import Life
from vidomo.desk.alerts.model import Draft, State
from vidomo.desk.alerts.open_page import render_open, title_of
from vidomo.desk.alerts.outlets import Outlet, is_for_residents, outlets_of
from vidomo.desk.alerts.press import LANGS, sender_name
from vidomo.desk.words import desk_words
from vidomo.publish.alerts.feed import MIME, Index, atom, listed, rss
from vidomo.publish.publisher import Publisher

OPEN = "alerts"
"""Folder of what residents and machines read, in the data folder and under the pages."""
CLOSED = "alerts-desk"
"""Folder of what stays at the desk."""
ATOM, RSS = "alerts.atom", "alerts.rss"
PAGE = "index.html"
_FEED_MAKERS = {ATOM: atom, RSS: rss}
LISTED = timedelta(days=7)
"""How long a message is listed; its file stays, because later ones refer to it (our own choice)."""
_FEEDS = frozenset({Outlet.PUBLIC_FEED, Outlet.EXERCISE_FEED})
_SERVED = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*\.(?:xml|atom|rss|html)")
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
EXERCISE_MARK = ".exercise"
"""A file that says that a folder holds an exercise; nothing in earnest goes beside it."""


class AlertFolder:
    """Issued alerts of one data folder.

    Args:
        folder: The data folder; of an exercise its own.
        is_exercise: Whether it is one.
    """

    def __init__(self, folder: Path, *, is_exercise: bool = False) -> None:
        self._folder, self.is_exercise = folder, is_exercise

    @property
    def open(self) -> Path:
        """Where what anybody may read lies."""
        return self._folder / OPEN

    def path(self, draft: Draft, name: str) -> Path | None:
        """Return where a message lies or is to lie; None for what may go nowhere."""
        outlets = outlets_of(draft.alert.status, draft.alert.scope, is_exercise=self.is_exercise)
        if not outlets or draft.is_exercise != self.is_exercise:
            return None
        return self._folder / (OPEN if is_for_residents(outlets) else CLOSED) / name

    def put(self, draft: Draft, name: str, body: bytes) -> None:
        """Put a signed message where it belongs, whole or not at all.

        Raises:
            ConfigError: It belongs nowhere here.
            MachineRefused: The disk or the permissions say no.
        """
        path = self.path(draft, name)
        if path is None:
            raise ConfigError(f"{draft.alert.status} {draft.alert.scope} belongs nowhere here")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if self.is_exercise:
                (path.parent / EXERCISE_MARK).touch()
        except OSError as error:
            raise MachineRefused(f"{path.parent.name} cannot be made: {error.strerror}") from error
        put_file(path, body)

    def holds(self, draft: Draft, name: str, sha256: str) -> bool:
        """Return whether exactly these bytes lie where the message belongs."""
        path = self.path(draft, name)
        try:
            return path is not None and hashlib.sha256(path.read_bytes()).hexdigest() == sha256
        except OSError:
            return False

    def read(self, draft: Draft, name: str) -> bytes | None:
        """Return a signed message as it lies there; None where it does not."""
        path = self.path(draft, name)
        return path.read_bytes() if path is not None and path.is_file() else None

    def index(self, lives: Sequence[Life], *, authority: Authority, now: datetime) -> None:
        """Write the index of what anybody may read, as Atom, RSS and a page; only where it differs.

        Raises:
            MachineRefused: The disk or the permissions say no; the messages themselves stand.
        """
        shown = [
            (life, body)
            for life in lives
            if life.issue is not None
            and outlets_of(
                life.draft.alert.status, life.draft.alert.scope, is_exercise=self.is_exercise
            )
            & _FEEDS
            and now - life.draft.alert.sent < LISTED
            and (body := self.read(life.draft, life.issue.name)) is not None
        ]
        if not shown and not self.open.is_dir():
            return
        base = (authority.address or authority.web or UNOFFICIAL_WEB).rstrip("/")
        sent = {life.id: life.draft.alert.sent for life in lives}
        entries = [
            listed(
                life.draft.alert,
                body,
                href=f"{base}/{OPEN}/{life.issue.name}",
                over=_over(life),
                over_at=sent.get(life.followed_by),
            )
            for life, body in shown
            if life.issue is not None
        ]
        updated = max((life.issued_at for life, _ in shown if life.issued_at), default=_NEVER)
        sender = sender_name(authority, "uk")
        for name, make in _FEED_MAKERS.items():
            head = self.head(name, base=base, sender=sender, updated=updated)
            _renew(self.open / name, make(head, entries))
        page = render_open(
            [life for life, _ in shown],
            sender={lang: sender_name(authority, lang) for lang in LANGS},
            is_exercise=self.is_exercise,
        )
        _renew(self.open / PAGE, page.encode())

    def head(self, name: str, *, base: str, sender: str, updated: datetime = _NEVER) -> Index:
        """Return what stands at the head of an index, whatever it lists."""
        return Index(
            title=title_of(sender, is_exercise=self.is_exercise),
            author=sender,
            home=f"{base}/{OPEN}/",
            itself=f"{base}/{name}",
            updated=updated,
        )


def alert_routes(
    folder: AlertFolder, *, publisher: Callable[[], Awaitable[Publisher]]
) -> Sequence[BaseRoute]:
    """Return what is served of the issued alerts: the files, their index, and a page of them.

    Args:
        folder: Where they lie.
        publisher: Returns who runs this, for the page while nothing was ever issued.
    """
    open_files = folder.open
    kinds = {ATOM: "application/atom+xml", RSS: "application/rss+xml", PAGE: "text/html"}

    def answer(name: str) -> Response:
        path = open_files / name
        if not _SERVED.fullmatch(name) or not path.is_file():
            raise HTTPException(404)
        return Response(path.read_bytes(), media_type=kinds.get(name, MIME))

    async def senders() -> dict[str, str]:
        runs = await publisher()
        return {lang: runs.called(lang) if runs.is_official else runs.line(lang) for lang in LANGS}

    async def index(request: Request) -> Response:
        name = request.url.path.removeprefix("/")
        if (open_files / name).is_file():
            return answer(name)
        # Whoever follows it from the first day on must not be told that there is no such index.
        base = f"{request.url.scheme}://{request.url.netloc}"
        head = folder.head(name, base=base, sender=(await senders())["uk"])
        return Response(_FEED_MAKERS[name](head, []), media_type=kinds[name])

    async def page(_: Request) -> Response:
        if not (open_files / PAGE).is_file():
            body = render_open([], sender=await senders(), is_exercise=folder.is_exercise)
            return Response(body, media_type="text/html")
        return answer(PAGE)

    async def one(request: Request) -> Response:
        return answer(str(request.path_params["name"]))

    return (
        Route(f"/{OPEN}/", page),
        Route(f"/{OPEN}/{{name}}", one),
        Route(f"/{ATOM}", index),
        Route(f"/{RSS}", index),
    )


def copy_alerts(folder: Path, target: Path) -> int:
    """Copy the issued alerts of a data folder into a tree of pages; return how many files.

    Raises:
        ConfigError: One is of an exercise and the other is not.
        MachineRefused: The tree cannot be written.
    """
    source, into = folder / OPEN, target / OPEN
    if not source.is_dir():
        return 0
    names = sorted(path.name for path in source.iterdir() if _SERVED.fullmatch(path.name))
    is_exercise = (source / EXERCISE_MARK).exists()
    if into.is_dir() and any(into.iterdir()) and is_exercise != (into / EXERCISE_MARK).exists():
        raise ConfigError(
            f"{into} holds alerts of the other kind: an exercise is never beside the real ones",
            hint="name another folder",
        )
    try:
        into.mkdir(parents=True, exist_ok=True)
        if is_exercise:
            (into / EXERCISE_MARK).touch()
    except OSError as error:
        raise MachineRefused(f"{into} cannot be made: {error.strerror}") from error
    for name in names:
        where = target / name if name in {ATOM, RSS} else into / name
        _renew(where, (source / name).read_bytes())
    return len(names)


def _over(life: Life) -> str:
    """Return, in both languages, that a newer message took the place of this one; else nothing."""
    if not life.followed_by or life.state not in {State.UPDATED, State.CANCELLED}:
        return ""
    said = (desk_words(lang)(f"alerts.state_{life.state}") for lang in LANGS)
    return f"[{' / '.join(said)}]"


def _renew(path: Path, body: bytes) -> None:
    if not path.is_file() or path.read_bytes() != body:
        put_file(path, body)
