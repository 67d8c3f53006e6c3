"""Digests of a place: short message, mesh radio, loudspeaker, notice, plain text."""

from collections.abc import Callable, Sequence

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from vidomo.app.web.present import Present
from vidomo.app.web.site import Site, split_language
from vidomo.publish.digest import as_mesh, as_sms, as_text, as_voice, tell
from vidomo.publish.digest_notice import notice_policy, render_notice
from vidomo.publish.digest_tell import Digest
from vidomo.publish.residents.frame import short_of
from vidomo.publish.words import LANGUAGES

_PLAIN: dict[str, Callable[[Digest], str]] = {"sms": as_sms, "mesh": as_mesh, "voice": as_voice}


class Digests:
    """What is served beside the page of a place, of the present only."""

    def __init__(self, site: Site, present: Present) -> None:
        self._site, self._present = site, present

    def routes(self) -> Sequence[BaseRoute]:
        """Return what is served, in every language that digests have words in."""
        found: list[BaseRoute] = []
        for lang in LANGUAGES:
            prefix = "" if lang == LANGUAGES[0] else f"/{lang}"
            found += [
                *(Route(f"{prefix}/place/{{code}}/{kind}", self._plain(kind)) for kind in _PLAIN),
                Route(f"{prefix}/place/{{code}}/text", self.text),
                Route(f"{prefix}/place/{{code}}/notice", self.notice),
            ]
        return found

    async def text(self, request: Request) -> Response:
        """Answer with everything as plain text."""
        digest = await self._digest(request)
        return PlainTextResponse(as_text(digest, address=address_of(request, digest)))

    async def notice(self, request: Request) -> Response:
        """Answer with the notice for the door."""
        digest = await self._digest(request)
        page = render_notice(digest, address=address_of(request, digest))
        return HTMLResponse(page, headers={"content-security-policy": notice_policy()})

    def _plain(self, kind: str) -> Callable[[Request], object]:
        made = _PLAIN[kind]

        async def answer(request: Request) -> Response:
            return PlainTextResponse(made(await self._digest(request)) + "\n")

        return answer

    async def _digest(self, request: Request) -> Digest:
        code, atlas = self._site.code(request), self._site.house.gazetteer
        lang, _ = split_language(request.url.path, LANGUAGES)

        def told() -> Digest:
            shown = self._present.shown()
            return tell(
                shown.of(code),
                code,
                lang=lang,
                atlas=atlas,
                is_exercise=self._site.house.is_demo,
                publisher=shown.publisher,
            )

        return await self._site.ask(told)


def address_of(request: Request, digest: Digest) -> str:
    """Return the short address of the page, under the name that the server was asked by."""
    prefix = "" if digest.lang == LANGUAGES[0] else f"/{digest.lang}"
    return f"{request.url.scheme}://{request.url.netloc}{prefix}/p/{short_of(digest.code)}"
