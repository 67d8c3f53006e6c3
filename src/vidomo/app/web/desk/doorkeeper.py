"""Who is let through to a part of the desk: session, token, origin, role and territory."""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, quote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from vidomo.app.web.asked import Refusal
from vidomo.app.web.desk.desk_site import DeskBusy, DeskSite
from vidomo.app.web.desk.route import DeskRoute, Visit, page_response
from vidomo.core.errors import (
    ConfigError,
    ConflictError,
    DisclosureForbidden,
    InputError,
    MachineRefused,
    NothingKnown,
    VidomoError,
)
from vidomo.desk.page import DeskFrame, DeskLink, render_desk_page
from vidomo.desk.people import Person, may, may_anywhere
from vidomo.desk.sessions import SEEN_EVERY, Session, is_same_secret, key_of
from vidomo.publish.words import LANGUAGES

SIGN_IN = "/desk/sign-in"
LONGEST_FORM, MOST_FIELDS = 262_144, 300
"""Bytes and fields of a form: a situation report by hand fits in many times."""
LONGEST_TOKEN = 200
_STATUS: tuple[tuple[type[VidomoError], int], ...] = (
    (ConfigError, 400),
    (InputError, 400),
    (NothingKnown, 404),
    (ConflictError, 409),
    (DisclosureForbidden, 403),
    (MachineRefused, 503),
)


class Turned(Exception):
    """A request that is not let through.

    Attributes:
        status: HTTP status.
        reason: Key of the words in ``door.toml``; its hint has ``_hint`` added.
        message: What was found, such as the value; ``hint`` what to do, in English.
    """

    def __init__(self, status: int, reason: str, *, hint: str = "", message: str = "") -> None:
        super().__init__(reason)
        self.status, self.reason, self.hint, self.message = status, reason, hint, message


class Doorkeeper:
    """Turns the routes of the desk into routes of the server, each behind the same checks.

    Args:
        desk: The desk.
        links: Ways to its parts.
    """

    def __init__(self, desk: DeskSite, *, links: Sequence[DeskLink]) -> None:
        self._desk, self._links = desk, links

    def route(self, route: DeskRoute) -> BaseRoute:
        """Return a route that checks before it answers."""

        async def answer(request: Request) -> Response:
            return await self._answer(route, request)

        return Route(route.path, answer, methods=[route.method])

    async def _answer(self, route: DeskRoute, request: Request) -> Response:
        try:
            if route.method == "POST":
                check_origin(request, self._desk.origin(request))
            found = await self._desk.keep(lambda: self._signed_in(request))
            if found is None:
                return await self._stranger(route, request)
            person, session = found
            lang = asked_language(request) or session.lang
            fields = await form_of(request) if route.method == "POST" else {}
            visit = Visit(
                request=request,
                person=person,
                session=session,
                form={name: values[0] for name, values in fields.items()},
                fields=fields,
                lang=lang,
                desk=self._desk,
                links=self._links,
            )
        except Turned as turned:
            return self._turned(request, turned)
        response = await self._let_through(route, visit)
        await self._desk.keep(lambda: self._remember(visit, response))
        return response

    async def _let_through(self, route: DeskRoute, visit: Visit) -> Response:
        try:
            await self._check(route, visit)
            return await route.endpoint(visit)
        except Turned as turned:
            return self._turned(visit.request, turned, visit=visit)
        except Refusal as refusal:
            status = refusal.status
            return self._turned(visit.request, Turned(status, "missing"), visit=visit)
        except DeskBusy:
            return self._turned(visit.request, Turned(503, "busy"), visit=visit)
        except VidomoError as error:
            status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
            told = Turned(status, "refused", message=error.message, hint=error.hint)
            return self._turned(visit.request, told, visit=visit)

    async def _check(self, route: DeskRoute, visit: Visit) -> None:
        """Refuse what the person may not do here; the cheap checks come first.

        Raises:
            Turned: With the reason.
        """
        is_post = route.method == "POST"
        if is_post:
            given = visit.form.get("csrf") or visit.request.headers.get("x-desk-csrf", "")
            if not is_same_secret(given, visit.session.csrf):
                raise Turned(403, "token")
        if not may_anywhere(visit.person, route.needs):
            raise Turned(403, "role")
        if is_post and not route.in_scenario and self._desk.is_scenario:
            raise Turned(409, "scenario")
        if route.scope is not None:
            places = tuple(await route.scope(visit))
        elif is_post and not route.anywhere:
            places = ()
        else:
            return
        if not may(visit.person, route.needs, places, within=self._desk.within):
            raise Turned(403, "territory")

    def _signed_in(self, request: Request) -> tuple[Person, Session] | None:
        """Return who sends a request; None for a session that is over, or none."""
        token = request.cookies.get(self._desk.cookie(request), "")
        if not token or len(token) > LONGEST_TOKEN:
            return None
        session = self._desk.table.session(key_of(token))
        if session is None:
            return None
        person = self._desk.table.person(session.person)
        if not session.holds(self._desk.clock()) or person is None or person.is_disabled:
            self._desk.table.end_session(session.key)
            return None
        if self._desk.is_remote(request) and not person.has_second_factor:
            return None
        return person, session

    def _remember(self, visit: Visit, response: Response) -> None:
        """Keep what the next page tells, and that the desk is not left alone."""
        session, now = visit.session, visit.now
        is_shown = visit.request.method == "GET" and response.status_code < 300  # noqa: PLR2004 - a page, not a way to one
        notice = visit.said or ("" if is_shown else session.notice)
        is_same = (notice, visit.lang) == (session.notice, session.lang)
        if is_same and now - session.seen_at < SEEN_EVERY:
            return
        self._desk.table.touch(session.key, seen_at=now, lang=visit.lang, notice=notice)

    async def _stranger(self, route: DeskRoute, request: Request) -> Response:
        """Answer somebody who is not signed in."""
        if not await self._desk.keep(self._desk.has_people):
            if route.unsigned is not None and not self._desk.is_remote(request):
                return await route.unsigned(request)
            return self._turned(request, Turned(403, "nobody"))
        if route.method == "POST":
            return self._turned(request, Turned(401, "session"))
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"{SIGN_IN}?next={quote(wanted, safe='/')}", status_code=303)

    def _turned(self, request: Request, turned: Turned, *, visit: Visit | None = None) -> Response:
        if visit is not None:
            return visit.page("turned.html", status=turned.status, turned=turned)
        return page_response(
            render_desk_page("turned.html", frame=bare_frame(self._desk, request), turned=turned),
            turned.status,
        )


def bare_frame(desk: DeskSite, request: Request) -> DeskFrame:
    """Return the frame of a page for somebody who is not signed in."""
    return DeskFrame(
        lang=asked_language(request) or LANGUAGES[0],
        path=request.url.path,
        now=desk.clock(),
        is_exercise=desk.is_exercise,
        is_scenario=desk.is_scenario,
    )


def asked_language(request: Request) -> str:
    """Return the language that a request names, empty for none of ours."""
    lang = request.query_params.get("lang", "")
    return lang if lang in LANGUAGES else ""


def check_origin(request: Request, origin: str) -> None:
    """Refuse a form that another site sends.

    A browser says where a form comes from, in one header or both; whoever says neither is no
    browser of ours, and whoever says another site is somebody else's page.

    Raises:
        Turned: With status 403.
    """
    given, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if given is None and site is None:
        raise Turned(403, "origin")
    if given not in (None, origin) or site not in (None, "same-origin"):
        raise Turned(403, "origin")


async def form_of(request: Request) -> Mapping[str, Sequence[str]]:
    """Return the fields of a form; a browser's line ends become one character.

    Raises:
        Turned: Too long, or no form.
    """
    parts, length = [], 0
    try:
        async for part in request.stream():
            length += len(part)
            if length > LONGEST_FORM:
                raise Turned(413, "too_long")
            parts.append(part)
        fields = parse_qs(
            b"".join(parts).decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except (ClientDisconnect, ValueError) as error:
        raise Turned(400, "form") from error
    return {
        name: [value.replace("\r\n", "\n") for value in values] for name, values in fields.items()
    }
