"""The page on which a draft is checked before it is posted; nothing of it is kept."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from urllib.parse import parse_qs

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from vidomo.app.web.site import split_language
from vidomo.core.clock import Clock, system_clock
from vidomo.desk.check import check_draft
from vidomo.desk.check.draft import LONGEST
from vidomo.desk.check.model import Checked
from vidomo.desk.check.page import Asked, check_link, check_policy, render_check
from vidomo.desk.check.words import check_words
from vidomo.gazetteer import Gazetteer
from vidomo.publish.words import LANGUAGES

LONGEST_BODY = 12 * LONGEST + 8192
"""Bytes of a form: a letter beyond Latin takes six in a form, and a draft is at most 20,000."""
LONGEST_FIELD = 80
"""Characters of a place name or a signature."""
MOST_READ, READ_S = 64, 60.0
"""Forms that are taken in at a time, each within so many seconds: the longest at 33 kbit/s."""
MOST_WAITING = 8
"""Drafts in the queue. They are checked one by one, the longest in less than a second, so that
nobody waits much longer than that and the residents' pages keep the processor."""
RETRY_S = 5
"""Seconds after which somebody who was turned away is told to try again."""
_FIELDS = 8


class Checks:
    """The form and its answer. Needs no posts, no history and no network.

    Args:
        atlas: Places.
        clock: Anchors "today" in a draft.
        run_by: Returns who runs this, in words of a language.
    """

    def __init__(
        self,
        atlas: Gazetteer,
        *,
        clock: Clock = system_clock,
        run_by: Callable[[str], Awaitable[str]] | None = None,
    ) -> None:
        self._atlas, self._clock, self._run_by = atlas, clock, run_by
        self._told: dict[str, str] = {}
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="check")
        self._reading, self._waiting = 0, 0

    def routes(self) -> Sequence[BaseRoute]:
        """Return the form in every language, and what answers it."""
        return [
            Route(check_link(lang), answer, methods=[method])
            for lang in LANGUAGES
            for method, answer in (("GET", self.form), ("POST", self.answer))
        ]

    async def form(self, request: Request) -> Response:
        """Answer with the empty form."""
        lang = _lang(request)
        if self._run_by is not None:
            self._told[lang] = await self._run_by(lang)
        return _page(self._render(lang=lang))

    def _render(
        self,
        *,
        lang: str,
        asked: Asked | None = None,
        found: Checked | None = None,
        problem: str = "",
    ) -> str:
        told = self._told.get(lang, "")
        return render_check(lang=lang, asked=asked, found=found, problem=problem, run_by=told)

    async def answer(self, request: Request) -> Response:
        """Answer with what was found in the draft; nobody is asked who they are."""
        lang = _lang(request)
        words = check_words(lang)
        if self._reading >= MOST_READ:
            return _turned_away(self._render(lang=lang, problem=words("check.busy")))
        self._reading += 1
        try:
            async with asyncio.timeout(READ_S):
                body = await _body(request)
        except (TimeoutError, ClientDisconnect):
            return _page(self._render(lang=lang, problem=words("check.unreadable")), 408)
        finally:
            self._reading -= 1
        if body is None:
            return _page(self._render(lang=lang, problem=words("check.too_long", n=LONGEST)), 413)
        asked = _asked(body)
        if asked is None:
            return _page(self._render(lang=lang, problem=words("check.unreadable")), 400)
        problem = ""
        if not asked.draft.strip():
            problem = words("check.empty")
        elif len(asked.draft) > LONGEST:
            problem = words("check.too_long", n=LONGEST)
        if problem:
            return _page(self._render(lang=lang, asked=asked, problem=problem), 400)
        return await self._in_turn(asked, lang)

    async def _in_turn(self, asked: Asked, lang: str) -> Response:
        """Check a draft when those before it are done; too long a queue is not joined."""
        if self._waiting >= MOST_WAITING:
            busy = check_words(lang)("check.busy")
            return _turned_away(self._render(lang=lang, asked=asked, problem=busy))
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return _page(
                await loop.run_in_executor(self._thread, self._checked, asked, lang, self._clock())
            )
        finally:
            self._waiting -= 1

    def _checked(self, asked: Asked, lang: str, now: datetime) -> str:
        home, problem = None, ""
        if asked.home.strip():
            home = home_code(asked.home.strip(), self._atlas)
            if home is None:
                problem = check_words(lang)("check.unknown_home", name=asked.home.strip())
        found = check_draft(
            asked.draft, home=home, sign=asked.sign, lang=lang, now=now, gazetteer=self._atlas
        )
        return self._render(lang=lang, asked=asked, found=found, problem=problem)


def home_code(name: str, atlas: Gazetteer) -> str | None:
    """Return the code of a place by code or name; None where there is none or more than one."""
    found = [item for item in atlas.find(name, limit=2) if item.how != "prefix"]
    if not found or (len(found) > 1 and found[0].score <= found[1].score):
        return None
    return found[0].code


async def _body(request: Request) -> bytes | None:
    """Return the body of a request, None as soon as it is too long."""
    parts, length = [], 0
    async for part in request.stream():
        length += len(part)
        if length > LONGEST_BODY:
            return None
        parts.append(part)
    return b"".join(parts)


def _asked(body: bytes) -> Asked | None:
    """Return what was typed; None for what no form of ours sends."""
    try:
        fields = parse_qs(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_FIELDS,
        )
    except (UnicodeDecodeError, ValueError):
        return None
    values = {key: found[0] for key, found in fields.items()}
    # A browser writes line ends in two characters; the offsets count one.
    return Asked(
        draft=values.get("draft", "").replace("\r\n", "\n"),
        home=values.get("home", "")[:LONGEST_FIELD],
        sign=values.get("sign", "")[:LONGEST_FIELD],
    )


def _lang(request: Request) -> str:
    return split_language(request.url.path, LANGUAGES)[0]


def _turned_away(html: str) -> Response:
    answer = _page(html, 503)
    answer.headers["retry-after"] = str(RETRY_S)
    return answer


def _page(html: str, status: int = 200) -> Response:
    headers = {"content-security-policy": check_policy(), "cache-control": "no-store"}
    return HTMLResponse(html, status_code=status, headers=headers)
