"""What a part of the desk is made of: routes with what they need, and the visit that each answers."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from vidomo.app.house import House
from vidomo.app.web.desk.desk_site import DeskSite
from vidomo.desk.page import POLICY, DeskFrame, DeskLink, render_desk_page
from vidomo.desk.people import Person, Role, may, may_anywhere
from vidomo.desk.sessions import Session
from vidomo.desk.words import desk_words
from vidomo.publish.words import Words

T = TypeVar("T")


@dataclass(kw_only=True)
class Visit:
    """One request of one person who is signed in.

    Attributes:
        request: The request.
        person: Who.
        session: The sign-in.
        form: Fields of a form, the first value of each; empty for a GET.
        fields: The same with every value.
        lang: uk or en.
        desk: The desk.
        links: Ways to the parts of the desk that this person may use.
        said: What the next page tells, set by :meth:`back`.
    """

    request: Request
    person: Person
    session: Session
    form: Mapping[str, str]
    fields: Mapping[str, Sequence[str]]
    lang: str
    desk: DeskSite
    links: Sequence[DeskLink] = ()
    said: str = ""

    @property
    def words(self) -> Words:
        """The words of the desk in the person's language."""
        return desk_words(self.lang)

    @property
    def now(self) -> datetime:
        """The clock of the machine: when people act. What holds is asked of the house at its own."""
        return self.desk.clock()

    def given(self, name: str) -> str:
        """Return a part of the path, or a value of the query; empty where there is none."""
        found = self.request.path_params.get(name, self.request.query_params.get(name, ""))
        return str(found)

    def may(self, role: Role, places: Sequence[str] = ()) -> bool:
        """Return whether the person has a role over places; over the whole country without any."""
        return may(self.person, role, places, within=self.desk.within)

    def may_anywhere(self, role: Role) -> bool:
        """Return whether the person has a role over any territory."""
        return may_anywhere(self.person, role)

    async def ask(self, question: Callable[[], T]) -> T:
        """Return what the house answers; the question runs on its thread."""
        return await self.desk.ask(question)

    async def act(self, make: Callable[[House], T]) -> T:
        """Write: see :meth:`DeskSite.act`."""
        return await self.desk.act(make)

    async def keep(self, change: Callable[[], T]) -> T:
        """Ask or change the table of people; see :meth:`DeskSite.keep`."""
        return await self.desk.keep(change)

    def page(self, template: str, *, status: Any = 200, **values: object) -> Response:
        """Return a page of the desk made from a template of ``desk/templates``.

        Beside what every page has, the template knows ``visit``, and ``who``, which returns the
        name of a person by id. ``status`` is the HTTP status, a whole number; it is typed so that
        values may come from a mapping.
        """
        frame = DeskFrame(
            lang=self.lang,
            path=self.request.url.path,
            person=self.person,
            csrf=self.session.csrf,
            notice=self.session.notice,
            now=self.now,
            links=self.links,
            is_exercise=self.desk.is_exercise,
            is_scenario=self.desk.is_scenario,
            label=lambda code: self.desk.label(code, lang=self.lang),
        )
        html = render_desk_page(template, frame=frame, visit=self, who=self.desk.name_of, **values)
        return page_response(html, status)

    def back(self, path: str, notice: str = "") -> Response:
        """Return where a form leads when it is done, and what is told there once."""
        self.said = notice
        return RedirectResponse(path, status_code=303)


def page_response(html: str, status: int = 200) -> Response:
    """Return a page with the headers of the desk; the referrer is what a form's origin rests on."""
    headers = {
        "content-security-policy": POLICY,
        "cache-control": "no-store",
        "referrer-policy": "same-origin",
    }
    return HTMLResponse(html, status_code=status, headers=headers)


@dataclass(frozen=True, kw_only=True)
class DeskWorld:
    """What an example of a route is made from: a desk in a test, or in a rehearsal.

    Attributes:
        folder: The data folder.
        house: What it holds, open for reading.
        desk: The desk over it.
        person: Who is going to send the example.
        other: Somebody else with the same roles.
        place: A place that both may act on.
        elsewhere: A place that they may act on too, far away.
        act: Writes into the folder, as :meth:`DeskSite.act`, and waits for it.
        now: The clock.
    """

    folder: Path
    house: House
    desk: DeskSite
    person: Person
    other: Person
    place: str
    elsewhere: str
    act: Callable[[Callable[[House], object]], object]
    now: datetime


@dataclass(frozen=True)
class DeskRoute:
    """One path of the desk.

    Attributes:
        path: As Starlette writes paths.
        endpoint: What answers, once session, token and role have been checked.
        needs: The role that is needed.
        method: GET or POST.
        scope: Gives the codes that the request acts on; the role is needed over every one.
            Without it a GET needs the role anywhere, a POST over the whole country.
        anywhere: For a POST without a scope: the role over any territory is enough.
        in_scenario: Whether it may be sent while the bundled scenario is shown.
        unsigned: What answers on this machine while nobody was ever added; None refuses.
        example: Gives the parts of the path and the fields of a valid request.
    """

    path: str
    endpoint: Callable[[Visit], Awaitable[Response]]
    needs: Role = Role.VIEWER
    method: str = "GET"
    scope: Callable[[Visit], Awaitable[Sequence[str]]] | None = None
    anywhere: bool = False
    in_scenario: bool = False
    unsigned: Callable[[Request], Awaitable[Response]] | None = None
    example: Callable[[DeskWorld], Mapping[str, str]] | None = field(default=None, kw_only=True)
