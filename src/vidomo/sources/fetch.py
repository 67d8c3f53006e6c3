"""Ask one web address, politely and within limits of time and size."""

import contextlib
import email.utils
import socket
import threading
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, cast

import msgspec
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NameResolutionError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Url

from vidomo.core.clock import Clock
from vidomo.core.errors import SourceRefused, SourceUnavailable
from vidomo.sources.fetch_reach import Reach, checked_url, host_of, redirected
from vidomo.sources.pace import Pace

AGENT = "Vidomo/0.1 (situation room for civil protection; reads public pages)"
_CHUNK = 1 << 16
_VALIDATOR = 200  # characters that are kept of an ETag; longer ones only cost a full answer
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({408, 425, 429})
_PLAIN = frozenset({"", "identity", "gzip", "x-gzip"})


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one request may cost.

    Attributes:
        total_s: From the first byte sent to the last one read, redirects apart.
        step_s: Longest pause of the other side.
        raw_bytes: As sent over the wire.
        bytes: After decompression.
        redirects: How many are followed.
    """

    total_s: float = 25.0
    step_s: float = 10.0
    raw_bytes: int = 4_000_000
    bytes: int = 12_000_000
    redirects: int = 5


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One answer.

    Attributes:
        url: Where it came from in the end, after redirects.
        body: The bytes, decompressed; empty when unchanged.
        content_type: As stated, small letters, without parameters.
        is_unchanged: Whether the server says that nothing changed (304).
    """

    url: str
    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    is_unchanged: bool = False


class Busy(SourceUnavailable):
    """A source that did not answer and said when to come back.

    Attributes:
        retry_after_s: Seconds that the server asked for, None when it did not.
    """

    def __init__(self, message: str, *, hint: str = "", retry_after_s: float | None) -> None:
        super().__init__(message, hint=hint)
        self.retry_after_s = retry_after_s


class Fetcher:
    """Asks web addresses; may be shared by threads.

    Args:
        pace: Keeps the gap between requests to one host.
        clock: For a ``Retry-After`` that is written as a date.
        limits: What one request may cost.
        contact: Whom a webmaster may write to; part of the User-Agent.
    """

    def __init__(
        self, *, pace: Pace, clock: Clock, limits: Limits | None = None, contact: str = ""
    ) -> None:
        self._pace = pace
        self._clock = clock
        self._limits = limits or Limits()
        self.contact = contact
        self._lines: set[_Line] = set()
        self._stopped = threading.Event()

    def get(
        self, url: str, *, reach: Reach, etag: str = "", last_modified: str = "", accept: str
    ) -> Page:
        """Return what an address answers.

        Args:
            url: The address.
            reach: What may be connected to.
            etag: Validator of an earlier answer, empty for none.
            last_modified: The same as a date.
            accept: Media types, for the header.

        Raises:
            SourceRefused: The source said no (401, 403, 404, 410, 451 and other 4xx), or an
                address that may not be asked.
            SourceUnavailable: Anything else that gave no answer; ``Busy`` with the wait that
                the server asked for.
        """
        agent = f"{AGENT} {self.contact}".strip()
        headers = {"User-Agent": agent, "Accept": accept, "Accept-Encoding": "gzip"}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        parts = checked_url(url)
        for _ in range(self._limits.redirects + 1):
            self._pace.wait(host_of(parts))
            found = self._once(parts, headers, reach)
            if isinstance(found, Page):
                return found
            parts = redirected(parts, found)
        raise SourceUnavailable(
            f"redirects more than {self._limits.redirects} times", hint="look at the address"
        )

    def stop(self) -> None:
        """Cut every request under way and refuse further ones."""
        self._stopped.set()
        for line in tuple(self._lines):
            line.cut()

    def _once(self, parts: Url, headers: Mapping[str, str], reach: Reach) -> Page | str:
        """Return the page, or the address that it redirects to."""
        if self._stopped.is_set():
            raise SourceUnavailable("stopped before it was asked")
        line = _Line(reach)
        timer = threading.Timer(self._limits.total_s, line.cut)
        timer.daemon = True
        self._lines.add(line)
        if self._stopped.is_set():  # told so between the question and here
            line.cut()
        timer.start()
        try:
            with _pool(parts, line, self._limits) as pool:
                answer = pool.urlopen(
                    "GET",
                    parts.request_uri,
                    headers=headers,
                    redirect=False,
                    retries=False,
                    preload_content=False,
                    timeout=Timeout(connect=self._limits.step_s, read=self._limits.step_s),
                )
                with contextlib.closing(answer):
                    return self._read(answer, parts, line)
        except (HTTPError, OSError, ValueError) as error:
            raise self._no_answer(error, line) from error
        finally:
            timer.cancel()
            self._lines.discard(line)
            line.close()

    def _read(self, answer: BaseHTTPResponse, parts: Url, line: "_Line") -> Page | str:
        headers = answer.headers
        etag = headers.get("ETag", "")[:_VALIDATOR]
        modified = headers.get("Last-Modified", "")[:_VALIDATOR]
        if answer.status in _REDIRECTS and headers.get("Location"):
            return str(headers["Location"])
        if answer.status == 304:  # noqa: PLR2004 - Not Modified, RFC 9110 section 15.4.5
            return Page(url=parts.url, is_unchanged=True, etag=etag, last_modified=modified)
        self._refuse_status(answer)
        if (encoding := headers.get("Content-Encoding", "").strip().lower()) not in _PLAIN:
            raise SourceUnavailable(f"answered in an encoding nobody asked for: {encoding[:40]}")
        body = bytearray()
        for chunk in answer.stream(_CHUNK, decode_content=True):
            body += chunk
            self._refuse_size(len(body), answer.tell())
        line.refuse_cut()
        stated = headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return Page(
            url=parts.url,
            body=bytes(body),
            content_type=stated,
            etag=etag,
            last_modified=modified,
        )

    def _refuse_status(self, answer: BaseHTTPResponse) -> None:
        status = answer.status
        if status == 200:  # noqa: PLR2004 - the one status that carries a page
            return
        words = f"answered {status} {answer.reason or ''}".strip()
        if status in _BUSY or status >= 500:  # noqa: PLR2004 - server errors
            wait_s = retry_after_s(answer.headers.get("Retry-After", ""), now=self._clock())
            raise Busy(words, retry_after_s=wait_s)
        if 400 <= status < 500:  # noqa: PLR2004 - client errors
            raise SourceRefused(words, hint="look at the address in a browser")
        raise SourceUnavailable(words)

    def _refuse_size(self, size: int, raw: int) -> None:
        for found, limit, kind in (
            (raw, self._limits.raw_bytes, "as sent"),
            (size, self._limits.bytes, "unpacked"),
        ):
            if found > limit:
                raise SourceUnavailable(f"the page is larger than {limit:,} bytes {kind}")

    def _no_answer(self, error: Exception, line: "_Line") -> SourceUnavailable:
        if self._stopped.is_set():
            return SourceUnavailable("stopped while it was asked")
        if line.is_cut:
            return SourceUnavailable(f"no whole answer within {self._limits.total_s:g} s")
        if isinstance(error, NameResolutionError):
            return SourceUnavailable(
                "the name of the host is not known", hint="is there a network?"
            )
        return SourceUnavailable(f"no answer: {_words(error)}")


def retry_after_s(written: str, *, now: datetime) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks for, None for none (RFC 9110)."""
    written = written.strip()
    if written.isascii() and written.isdecimal():
        return float(written[:9])
    try:
        moment = email.utils.parsedate_to_datetime(written)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        return None
    return max(0.0, (moment - now).total_seconds())


class _Line:
    """The connection of one request, so that another thread can cut it."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self.is_cut = False
        self._twin: socket.socket | None = None
        self._lock = threading.RLock()  # a signal may arrive while it is held

    def hold(self, connection: socket.socket) -> None:
        # TLS takes the socket object over; a second handle on it can still shut it down.
        with self._lock:
            self._let_go()
            self._twin = connection.dup()

    def cut(self) -> None:
        with self._lock:
            self.is_cut = True
            if self._twin is not None:
                with contextlib.suppress(OSError):
                    self._twin.shutdown(socket.SHUT_RDWR)

    def refuse_cut(self) -> None:
        """Refuse to go on; a body without a stated length also ends when the line is cut."""
        if self.is_cut:
            raise TimeoutError

    def close(self) -> None:
        with self._lock:
            self._let_go()

    def _let_go(self) -> None:
        if self._twin is not None:
            self._twin.close()
            self._twin = None


def _connect(host: str, port: int, timeout_s: float | None, line: _Line) -> socket.socket:
    """Return a connection to the first allowed address of a host; that very address is used."""
    refused = ""
    last: OSError | None = None
    for family, kind, proto, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if not line.reach.allows(str(address[0])):
            refused = str(address[0])
            continue
        connection = socket.socket(family, kind, proto)
        try:
            connection.settimeout(timeout_s)
            line.hold(connection)
            line.refuse_cut()
            connection.connect(address)
        except OSError as error:
            connection.close()
            last = error
            continue
        return connection
    if last is not None:
        raise last
    if refused:
        raise SourceRefused(
            f"{host} is the private address {refused}",
            hint="only the very address that the operator configured may be private",
        )
    raise OSError(f"{host} has no address")


class _OwnConnection:
    """What both kinds of connection do in our way: open the socket."""

    def _new_conn(self) -> socket.socket:
        own = cast("Any", self)
        try:
            return _connect(own.host.strip("[]"), own.port, own.timeout, own.line)
        except socket.gaierror as error:
            raise NameResolutionError(own.host, own, error) from error


class _Plain(_OwnConnection, HTTPConnection):
    def __init__(self, *args: Any, line: _Line, **named: Any) -> None:
        self.line = line
        super().__init__(*args, **named)


class _Secure(_OwnConnection, HTTPSConnection):
    def __init__(self, *args: Any, line: _Line, **named: Any) -> None:
        self.line = line
        super().__init__(*args, **named)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


@contextlib.contextmanager
def _pool(parts: Url, line: _Line, limits: Limits) -> Iterator[HTTPConnectionPool]:
    kind = _SecurePool if parts.scheme == "https" else _PlainPool
    pool = kind(
        parts.host or "",
        parts.port,
        timeout=Timeout(connect=limits.step_s, read=limits.step_s),
        maxsize=1,
        block=False,
        line=line,
    )
    try:
        yield pool
    finally:
        pool.close()


def _words(error: Exception) -> str:
    name = type(error).__name__
    said = str(error).rpartition("): ")[2] or str(error)
    return f"{name} {said[:160]}".strip()
