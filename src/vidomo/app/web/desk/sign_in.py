"""Signing in and out."""

import threading
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode

from starlette.background import BackgroundTask, BackgroundTasks
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from vidomo.app.web.desk.desk_site import DeskBusy, DeskSite
from vidomo.app.web.desk.doorkeeper import (
    SIGN_IN,
    Turned,
    asked_language,
    bare_frame,
    check_origin,
    form_of,
)
from vidomo.app.web.desk.route import DeskRoute, Visit, page_response
from vidomo.core.clock import Clock, system_clock
from vidomo.desk.attempts import (
    FREE_ADDRESS,
    FREE_LOGIN,
    LONGEST_ADDRESS,
    LONGEST_LOGIN,
    Attempts,
    after_failure,
    wait_s,
)
from vidomo.desk.entry import Entry, entry
from vidomo.desk.factor import step_of
from vidomo.desk.page import render_desk_page
from vidomo.desk.passwords import LONGEST, is_right
from vidomo.desk.people import Person
from vidomo.desk.sessions import ABSOLUTE, key_of, new_session
from vidomo.publish.words import LANGUAGES

HOME = "/desk/"
OPENED, REFUSED, CLOSED = "session.opened", "session.refused", "session.closed"
"""What entries of signing in and out are called; with ``REMOTE`` from beyond this machine."""
REMOTE = "_remote"
STRANGER = "stranger"
"""Who made a wrong try: nobody knows."""
_LONGEST_LOGIN = 60


class SignIn:
    """The form, and what becomes of it.

    Args:
        desk: The desk.
        true_clock: The machine's own clock: authenticators know no exercise time.
    """

    def __init__(self, desk: DeskSite, *, true_clock: Clock = system_clock) -> None:
        self._desk, self._true_clock = desk, true_clock
        self._counting = threading.Lock()

    def routes(self) -> Sequence[BaseRoute]:
        """Return the only paths of the desk that need no session."""
        return (
            Route(SIGN_IN, self.form, methods=["GET"]),
            Route(SIGN_IN, self.answer, methods=["POST"]),
        )

    async def form(self, request: Request) -> Response:
        """Answer with the form; with how to add the first person while there is none."""
        if not await self._desk.keep(self._desk.has_people):
            return self._page(request, "turned.html", 403, turned=Turned(403, "nobody"))
        return self._page(
            request, "sign_in.html", wanted=_safe(request.query_params.get("next", ""))
        )

    async def answer(self, request: Request) -> Response:
        """Sign somebody in, or say that something was not right, but not what."""
        try:
            check_origin(request, self._desk.origin(request))
            fields = await form_of(request)
        except Turned as turned:
            return self._page(request, "turned.html", turned.status, turned=turned)
        form = {name: values[0] for name, values in fields.items()}
        wanted = _safe(form.get("next", ""))
        lang = asked_language(request) or form.get("lang", "")
        noted: list[Entry] = []
        try:
            token = await self._desk.weigh(lambda: self._opened(request, form, noted, lang=lang))
        except DeskBusy:
            return self._page(request, "turned.html", 503, turned=Turned(503, "busy"))
        except Turned as turned:
            page = self._page(
                request,
                "sign_in.html",
                turned.status,
                problem=turned,
                wanted=wanted,
                login=form.get("login", "")[:_LONGEST_LOGIN],
            )
            page.background = self._noting(noted)
            return page
        response = RedirectResponse(wanted or HOME, status_code=303)
        response.background = self._noting(noted)
        response.set_cookie(
            self._desk.cookie(request),
            token,
            max_age=int(ABSOLUTE.total_seconds()),
            path="/",
            secure=self._desk.is_remote(request),
            httponly=True,
            samesite="strict",
        )
        return response

    def _noting(self, noted: Sequence[Entry]) -> BackgroundTasks:
        """Return what is written down once the answer is out: its time must tell nothing."""
        tasks = BackgroundTasks()
        for one in noted:
            tasks.add_task(self._desk.note, one)
        return tasks

    def _opened(
        self, request: Request, form: Mapping[str, str], noted: list[Entry], *, lang: str
    ) -> str:
        """Return the token of a new session; add to ``noted`` what the audit trail is to hold.

        A wrong try at a login that nobody has is not noted: strangers could fill the disk.

        Raises:
            Turned: Something is not right, or it is too early to try again.
        """
        table, now = self._desk.table, self._desk.clock()
        login = form.get("login", "").strip().lower()[:_LONGEST_LOGIN]
        by_login, by_address = f"login:{login}", f"address:{self._desk.sender(request)}"
        before = self._counted(by_login, by_address, now)
        person, meant = self._person(login, form), table.called(login)
        is_remote = self._desk.is_remote(request)
        is_let_in = person is not None and (person.has_second_factor or not is_remote)
        if meant is not None:
            what = (OPENED if is_let_in else REFUSED) + (REMOTE if is_remote else "")
            by = meant.id if is_let_in else STRANGER
            noted.append(entry(what, subject=meant.id, by=by, at=now))
        if person is None:
            raise Turned(401, "wrong")
        if not is_let_in:
            raise Turned(403, "factor_needed")
        table.set_attempts(by_login, None)
        table.set_attempts(by_address, before)
        table.end_old_sessions(now - ABSOLUTE)
        token, session = new_session(
            person.id, at=now, lang=lang if lang in LANGUAGES else LANGUAGES[0]
        )
        table.end_session(key_of(request.cookies.get(self._desk.cookie(request), "")))
        table.open_session(session)
        return token

    def _counted(self, by_login: str, by_address: str, now: datetime) -> Attempts | None:
        """Count a try before its password is looked at; return the address's tries so far.

        Tries sent all at once are counted one by one, too.

        Raises:
            Turned: It is too early to try again.
        """
        table = self._desk.table
        with self._counting:
            before = {key: table.attempts(key) for key in (by_login, by_address)}
            wait = max(wait_s(one, at=now) for one in before.values())
            if wait:
                raise Turned(429, "wait", hint=str(wait))
            for key, free, longest in (
                (by_login, FREE_LOGIN, LONGEST_LOGIN),
                (by_address, FREE_ADDRESS, LONGEST_ADDRESS),
            ):
                failed = after_failure(before[key], at=now, free=free, longest=longest)
                table.set_attempts(key, failed)
        return before[by_address]

    def _person(self, login: str, form: Mapping[str, str]) -> Person | None:
        """Return who a login, a password and a code belong to; as slow for nobody as for anybody."""
        table = self._desk.table
        person = table.called(login)
        kept = table.password_hash(person.id) if person else None
        if not is_right(form.get("password", "")[: LONGEST + 1], kept) or person is None:
            return None
        if person.is_disabled:
            return None
        secret, last = table.factor(person.id)
        if secret:
            step = step_of(form.get("code", ""), secret, at=self._true_clock(), after=last)
            if step is None or not table.use_step(person.id, step):
                return None
        return person

    def _page(
        self, request: Request, template: str, status: int = 200, **values: object
    ) -> Response:
        frame = bare_frame(self._desk, request)
        values = {"problem": None, "wanted": "", "login": ""} | values
        return page_response(render_desk_page(template, frame=frame, **values), status)


def sign_out_route() -> DeskRoute:
    """Return the path that ends a session."""
    return DeskRoute(
        "/desk/sign-out",
        _sign_out,
        method="POST",
        anywhere=True,
        in_scenario=True,
        example=lambda _: {},
    )


async def _sign_out(visit: Visit) -> Response:
    desk = visit.desk
    await visit.keep(lambda: desk.table.end_session(visit.session.key))
    done = entry(CLOSED, subject=visit.person.id, by=visit.person.id, at=visit.now)
    response = RedirectResponse(f"{SIGN_IN}?{urlencode({'lang': visit.lang})}", status_code=303)
    response.background = BackgroundTask(desk.note, done)
    response.delete_cookie(
        desk.cookie(visit.request),
        path="/",
        secure=desk.is_remote(visit.request),
        httponly=True,
        samesite="strict",
    )
    return response


def _safe(path: str) -> str:
    """Return a path of the desk that a sign-in may lead to; empty for anything else."""
    is_ours = path.startswith(HOME) and path.isprintable() and path.isascii()
    return path if is_ours and "\\" not in path and "//" not in path.partition("?")[0] else ""
