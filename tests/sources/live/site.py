"""A real web server on loopback that does whatever a site may do to us."""

import gzip
import html
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

CHANNEL = "hromada_sample"
PAGE = 20
Reply = Callable[[BaseHTTPRequestHandler], None]


def reply(
    body: bytes | str = b"",
    *,
    status: int = 200,
    kind: str = "text/html; charset=utf-8",
    length: int | None = None,
    packed: bool = False,
    **headers: str,
) -> Reply:
    """Return what answers with these bytes; underscores of header names become hyphens."""
    raw = body.encode() if isinstance(body, str) else body
    raw = gzip.compress(raw) if packed else raw

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(raw) if length is None else length))
        if packed:
            handler.send_header("Content-Encoding", "gzip")
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(raw)

    return answer


class Site:
    """What the server answers, by path; and what it was asked."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.done = threading.Event()
        self.address = ""

    def __getitem__(self, path: str) -> str:
        return f"{self.address}{path}"

    def __setitem__(self, path: str, answer: Reply | str) -> None:
        self.replies[path] = reply(answer) if isinstance(answer, str) else answer


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """A client that went away is what some tests are about."""


@contextmanager
def serving(certificate: Path | None = None) -> Iterator[Site]:
    """Serve on loopback; with TLS where a file with key and certificate is given."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append({name.lower(): value for name, value in self.headers.items()})
            path = urlsplit(self.path).path
            answer = site.replies.get(self.path) or site.replies.get(path)
            self.close_connection = True
            (answer or reply(status=404))(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = _Server(("127.0.0.1", 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "http" if certificate is None else "https"
    site.address = f"{scheme}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        site.done.set()
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Channel:
    """A channel and its preview pages; posts may be edited and deleted."""

    name: str = CHANNEL
    texts: dict[int, str] = field(default_factory=dict)
    edited: set[int] = field(default_factory=set)
    start: datetime = datetime(2025, 12, 20, 12, tzinfo=UTC)
    times: dict[int, datetime] = field(default_factory=dict)

    def say(self, number: int, text: str, at: datetime | None = None) -> None:
        self.texts[number] = text
        self.times[number] = at or self.start + timedelta(minutes=number % 1000)

    def edit(self, number: int, text: str) -> None:
        self.texts[number] = text
        self.edited.add(number)

    def delete(self, number: int) -> None:
        del self.texts[number]

    def page(self, before: int | None = None) -> str:
        numbers = [one for one in sorted(self.texts) if before is None or one < before][-PAGE:]
        return preview_page("".join(self._block(number) for number in numbers))

    def _block(self, number: int) -> str:
        text = html.escape(self.texts[number]).replace("\n", "<br/>")
        words = (
            f'<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>'
            if text
            else '<div class="tgme_widget_message_photo_wrap"></div>'
        )
        mark = "edited " if number in self.edited else ""
        return (
            f'<div class="tgme_widget_message js-widget_message" data-post="{self.name}/{number}">'
            f'<a class="tgme_widget_message_owner_name"><span>Громада (зразок)</span></a>{words}'
            f'<span class="tgme_widget_message_meta">{mark}<a class="tgme_widget_message_date">'
            f'<time datetime="{self.times[number].isoformat()}"></time></a></span></div>'
        )

    def serve(self, site: Site) -> None:
        """Answer for this channel from now on, always as it then is."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            before = parse_qs(urlsplit(handler.path).query).get("before")
            reply(self.page(int(before[0]) if before else None))(handler)

        site[f"/s/{self.name}"] = answer


def preview_page(blocks: str) -> str:
    return (
        "<!doctype html><html><body><main><section class='tgme_channel_history'>"
        f"{blocks}</section></main></body></html>\n<!-- page generated in 9.1ms -->"
    )


def rss(*items: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>Новини громади</title>{''.join(items)}</channel></rss>"
    )


def item(
    guid: str,
    title: str,
    *,
    link: str = "",
    summary: str = "",
    published: str = "Sat, 20 Dec 2025 14:10:00 +0200",
) -> str:
    return (
        f"<item><guid isPermaLink='false'>{guid}</guid><title>{title}</title><link>{link}</link>"
        f"<description>{html.escape(summary)}</description><pubDate>{published}</pubDate></item>"
    )


def article(text: str, title: str = "Стаття") -> str:
    paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n"))
    return (
        f"<!doctype html><html lang='uk'><head><title>{title}</title></head><body><nav>Головна</nav>"
        f"<article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )
