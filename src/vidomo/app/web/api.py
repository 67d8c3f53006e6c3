"""The interface for machines: one place a question, through the gate for residents."""

import gzip
import hashlib
import re
import sys
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from urllib.parse import urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import Receive, Scope, Send

from vidomo.app.web.api_asked import (
    Asked,
    Refused,
    asked_lang,
    holds_already,
    read_request,
    takes_json,
)
from vidomo.app.web.api_past import Past
from vidomo.app.web.present import Present, Shown
from vidomo.app.web.site import RESIDENTS, Site
from vidomo.core.codec import to_json
from vidomo.core.errors import InputError, VidomoError
from vidomo.disclosure.model import PublicView
from vidomo.disclosure.narrow import about as narrowed
from vidomo.publish.api.model import About, AlertsAnswer, IndexAnswer
from vidomo.publish.api.openapi import KEPT, VERSION, describe
from vidomo.publish.api.page import render_api_page
from vidomo.publish.api.paging import page_of
from vidomo.publish.api.table import ABOUT_A_PLACE, MOST_HITS, OPERATIONS, V1, Operation
from vidomo.publish.api.wording import api_words, fault, taken_back
from vidomo.publish.api.write import Slice, Writer
from vidomo.publish.words import LANGUAGES, words_of

TOLD = 200
"""Statements of a place, the latest, that the older answer for machines holds beside its state."""
METHODS = ("GET", "HEAD", "OPTIONS")
_ALL = (*METHODS, "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT")
"""Methods that are answered here and not by the router, whose refusals have another shape."""
SQUEEZED_FROM = 600
"""Bytes from which an answer is compressed."""
OPEN = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Retry-After",
    "cross-origin-resource-policy": "cross-origin",
}
"""What lets pages of any site read the answers; nothing here depends on who asks."""
PREFLIGHT = OPEN | {
    "access-control-allow-methods": "GET, HEAD",
    "access-control-allow-headers": "Accept, If-None-Match",
    "access-control-max-age": "86400",
    "allow": ", ".join(METHODS),
}
_FEEDS = {"page": "/alerts/", "atom": "/alerts.atom", "rss": "/alerts.rss"}
Document = msgspec.Struct | Mapping[str, object]
Answer = Callable[[Request, Asked], Awaitable[Document]]
Listing = Callable[[PublicView, str, About, Slice], tuple[msgspec.Struct, str]]


class Api:
    """What programs are served."""

    def __init__(self, site: Site, present: Present) -> None:
        self._site, self._present = site, present
        self._atlas = site.house.gazetteer
        self._past = Past(site)
        self._answers: dict[str, Answer] = {
            "index": self._index,
            "places": self._places,
            "place": self._place,
            "country": self._country,
            "alerts": self._alerts,
            "view": self._view,
            "description": self._description,
            **{one.id: self._about_a_place(one.id) for one in ABOUT_A_PLACE},
        }

    def routes(self) -> Sequence[BaseRoute]:
        """Return every address of the table, the page about them, and the refusal of all else."""
        return (
            *(_exact(Route(one.path, self._endpoint(one), methods=_ALL)) for one in OPERATIONS),
            _exact(Route("/api/", self.page)),
            _rest(),
        )

    def _endpoint(self, operation: Operation) -> Callable[[Request], Awaitable[Response]]:
        answer = self._answers[operation.id]

        async def answered(request: Request) -> Response:
            try:
                if request.method == "OPTIONS":
                    return Response(status_code=204, headers=PREFLIGHT)
                asked = self._understood(request, operation)
                document = await answer(request, asked)
                return _sent(request, await self._site.make(lambda: to_json(document)))
            except Refused as error:
                return refusal(request, error)
            except InputError:
                return refusal(request, Refused(422, "bad_value", field="cursor"))
            except VidomoError as error:
                # Such a message names folders and options: it is for whoever runs this.
                sys.stderr.write(f"an answer could not be made: {error.message}; {error.hint}\n")
                return refusal(request, Refused(500, "broken"))
            except Exception:  # noqa: BLE001 - whoever asks still gets the one shape
                traceback.print_exc(file=sys.stderr)
                return refusal(request, Refused(500, "broken"))

        return answered

    def _understood(self, request: Request, operation: Operation) -> Asked:
        if request.method not in METHODS:
            raise Refused(405, "method_not_allowed")
        if not takes_json(request):
            raise Refused(406, "not_acceptable")
        asked = read_request(request, operation)
        if operation.is_about_a_place and self._atlas.get(asked.code) is None:
            raise Refused(404, "no_such_place", field="code")
        return asked

    async def page(self, request: Request) -> Response:
        """Answer with the page for people."""
        asked = request.query_params.get("lang", "")
        lang = asked if asked in LANGUAGES else LANGUAGES[0]
        return HTMLResponse(render_api_page(lang, run_by=await self._site.run_by(lang)))

    async def _index(self, _: Request, asked: Asked) -> IndexAnswer:
        words, shown = api_words(asked.lang), await self._present.latest()
        return IndexAnswer(
            version=VERSION,
            description="/api/openapi.json",
            addresses={one.path: words(f"operation.{one.id}") for one in OPERATIONS},
            is_exercise=bool(_scenario(shown)),
            notice=_notice(shown, asked.lang),
        )

    async def _description(self, _: Request, asked: Asked) -> Mapping[str, object]:
        del asked
        return describe()

    async def _alerts(self, request: Request, _: Asked) -> AlertsAnswer:
        served = {getattr(route, "path", "") for route in request.app.routes}
        return AlertsAnswer(
            indexes={kind: path for kind, path in _FEEDS.items() if path in served},
            states=f"{V1}/country?dimension=alert",
        )

    async def _places(self, _: Request, asked: Asked) -> msgspec.Struct:
        query = asked.given["q"].strip()

        def found() -> tuple[msgspec.Struct, str]:
            hits = list(enumerate(self._atlas.find(query, limit=MOST_HITS))) if query else []
            rows, cursor = page_of(
                hits,
                key=lambda one: (f"{one[0]:06}", one[1].code),
                limit=asked.part.limit,
                cursor=asked.part.cursor,
                newest_first=False,
            )
            writer = Writer(asked.lang, self._atlas)
            return writer.found(query, [(one.code, one.how) for _, one in rows]), cursor

        return _linked(*await self._site.make(found), asked)

    async def _place(self, _: Request, asked: Asked) -> msgspec.Struct:
        lang = {"lang": asked.lang} if "lang" in asked.given else {}
        query = f"?{urlencode(lang)}" if lang else ""
        links = {one.id: one.path.replace("{code}", asked.code) + query for one in ABOUT_A_PLACE}
        return Writer(asked.lang, self._atlas).one_place(asked.code, links)

    async def _country(self, _: Request, asked: Asked) -> msgspec.Struct:
        shown = await self._present.latest()
        about = msgspec.structs.replace(self._about_now(shown, asked), permanent=None)

        def compared() -> tuple[msgspec.Struct, str]:
            return Writer(asked.lang, self._atlas).country(
                shown.country(),
                about,
                asked.part,
                dimension=asked.given.get("dimension", ""),
                level=asked.given.get("level", ""),
            )

        return _linked(*await self._site.make(compared), asked)

    async def _view(self, _: Request, asked: Asked) -> PublicView:
        shown = await self._present.latest()
        code = asked.code
        # The last of them is the country; who speaks for that speaks for no place in particular.
        wider = self._atlas.ancestors(code)[:-1]
        return await self._site.make(
            lambda: _nameless(narrowed(_newest(shown.of(code), code), code, wider=wider))
        )

    def _about_a_place(self, kind: str) -> Answer:
        async def answered(_: Request, asked: Asked) -> msgspec.Struct:
            writer = Writer(asked.lang, self._atlas)
            view, about = await self._seen(asked)
            if kind == "state":
                return writer.state(view, asked.code, about)
            listing: Listing = getattr(writer, kind)
            found = await self._site.make(lambda: listing(view, asked.code, about, asked.part))
            return _linked(*found, asked)

        return answered

    async def _seen(self, asked: Asked) -> tuple[PublicView, About]:
        """Return what may be shown of a place at a moment, and what the answer is about."""
        shown = await self._present.latest()
        now = self._about_now(shown, asked)
        if not asked.is_of_the_past:
            return await self._site.make(lambda: shown.of(asked.code)), now
        earlier = await self._past.at(asked, shown)
        view, is_changed = await self._past.sift(lambda: earlier.view(asked.code))
        valid_at = earlier.valid_at.replace(microsecond=0)
        known_at = earlier.known_at.replace(microsecond=0)
        return view, msgspec.structs.replace(
            now,
            valid_at=valid_at,
            known_at=known_at,
            permanent=asked.permanent(valid_at, known_at),
            changed=taken_back(asked.lang) if is_changed else None,
            publisher=earlier.publisher.line(asked.lang),
        )

    def _about_now(self, shown: Shown, asked: Asked) -> About:
        # To the minute, as on the pages: finer, it would tell whenever anything is written here.
        minute = shown.at.replace(second=0, microsecond=0)
        return About(
            policy=RESIDENTS,
            valid_at=minute,
            known_at=minute,
            permanent=asked.permanent(minute, minute),
            is_exercise=bool(_scenario(shown)),
            notice=_notice(shown, asked.lang),
            publisher=shown.publisher.line(asked.lang),
        )


def _scenario(shown: Shown) -> str:
    """Return the name of the bundled scenario that is shown; empty for real posts."""
    return shown.leaf(LANGUAGES[0], "/").notice


def _notice(shown: Shown, lang: str) -> str:
    name = _scenario(shown)
    return words_of(lang).label("notice", name) if name else ""


def refusal(request: Request, error: Refused) -> Response:
    """Return a refusal in the one shape that all have."""
    found = fault(error.code, lang=asked_lang(request), field=error.field)
    headers = OPEN | {"cache-control": "no-store"}
    if error.wait_s:
        headers["retry-after"] = str(error.wait_s)
    if error.status == 405:  # noqa: PLR2004 - HTTP
        headers["allow"] = ", ".join(METHODS)
    return _bodied(request, to_json(found), headers, status=error.status)


def _exact(route: Route) -> Route:
    """Return a route that takes no line break at its end for part of its address."""
    route.path_regex = re.compile(route.path_regex.pattern.removesuffix("$") + r"\Z")
    return route


def _rest() -> Mount:
    """Return what answers for every other address under ``/api``, whatever letters it has."""
    rest = Mount("/api", app=_Unknown())
    rest.path_regex = re.compile(r"^/api/(?P<path>.*)$", re.DOTALL)  # a line break, too
    return rest


class _Unknown:
    """Answers for every address under ``/api`` that the table does not have."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        known = request.method in METHODS
        error = Refused(404, "no_such_address") if known else Refused(405, "method_not_allowed")
        await refusal(request, error)(scope, receive, send)


def _linked(found: msgspec.Struct, cursor: str, asked: Asked) -> msgspec.Struct:
    """Return an answer with the address of its next page."""
    following = asked.address(cursor=cursor) if cursor else None
    return msgspec.structs.replace(found, next=following)


def _sent(request: Request, body: bytes) -> Response:
    tag = hashlib.blake2b(body, digest_size=9).hexdigest()
    headers = OPEN | {
        "etag": f'"{tag}"',
        # Kept only to be asked after: a word taken back must not be shown from a cache.
        "cache-control": KEPT,
        "vary": "Accept-Encoding",
    }
    if holds_already(request, tag):
        return Response(status_code=304, headers=headers)
    if len(body) >= SQUEEZED_FROM and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, 6, mtime=0)
        headers |= {"content-encoding": "gzip"}
    return _bodied(request, body, headers)


def _bodied(
    request: Request, body: bytes, headers: Mapping[str, str], *, status: int = 200
) -> Response:
    shown = b"" if request.method == "HEAD" else body
    return Response(
        shown,
        status_code=status,
        headers={**headers, "content-length": str(len(body))},
        media_type="application/json",
    )


def _newest(view: PublicView, code: str) -> PublicView:
    """Return a view of a place with what was said there last; an oblast's years are megabytes.

    What the present rests on stays, however old.
    """
    places = tuple(
        msgspec.structs.replace(item, timeline=item.timeline[-TOLD:], advice=item.advice[-TOLD:])
        for item in view.places
        if item.place == code
    )
    return msgspec.structs.replace(view, places=places)


def _nameless(view: PublicView) -> PublicView:
    """Return a view in which no changed post can be told from the others of its source.

    The id of a report is a digest of its source and its number there, and numbers are small:
    whoever tries them all has the address of a post that was taken back, and looks in caches.
    """
    changes = (msgspec.structs.replace(item, report="", url="") for item in view.changes)
    return msgspec.structs.replace(view, changes=tuple(changes))
