"""Asking one address: limits, refusals, lies."""

import gzip
import shutil
import socket
import subprocess
import threading
import tracemalloc
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from conftest import missing
from sources.live.conftest import NOW
from sources.live.site import Site, reply, serving
from vidomo.core.clock import fixed_clock
from vidomo.core.errors import InputError, SourceRefused, SourceUnavailable
from vidomo.sources.fetch import Busy, Fetcher, Limits, Page, retry_after_s
from vidomo.sources.fetch_reach import Reach, checked_url
from vidomo.sources.pace import Pace


def get(fetcher: Fetcher, url: str, **options: str) -> Page:
    return fetcher.get(url, reach=Reach.of(url), accept="text/html", **options)


def test_a_page_comes_with_its_type_and_says_who_asks(site: Site, fetcher: Fetcher) -> None:
    site["/"] = reply("слово", ETag='"1"')
    fetcher.contact = "mailto:desk@example.org"
    page = get(fetcher, site["/"])
    assert (page.body.decode(), page.content_type, page.etag) == ("слово", "text/html", '"1"')
    assert site.headers[0]["user-agent"].startswith("Vidomo/")
    assert site.headers[0]["user-agent"].endswith("mailto:desk@example.org")


def test_a_packed_page_is_unpacked(site: Site, fetcher: Fetcher) -> None:
    site["/"] = reply("слово " * 1000, packed=True)
    assert get(fetcher, site["/"]).body.decode() == "слово " * 1000


def test_validators_are_sent_and_an_unchanged_page_is_empty(site: Site, fetcher: Fetcher) -> None:
    site["/"] = reply(status=304)
    page = get(fetcher, site["/"], etag='"1"', last_modified="Sat, 20 Dec 2025 12:00:00 GMT")
    assert page.is_unchanged
    assert not page.body
    assert site.headers[0]["if-none-match"] == '"1"'
    assert site.headers[0]["if-modified-since"].startswith("Sat, 20 Dec")


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451, 418])
def test_a_client_error_is_a_refusal(site: Site, fetcher: Fetcher, status: int) -> None:
    site["/"] = reply(status=status)
    with pytest.raises(SourceRefused, match=str(status)):
        get(fetcher, site["/"])


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_a_server_error_is_no_answer(site: Site, fetcher: Fetcher, status: int) -> None:
    site["/"] = reply(status=status)
    with pytest.raises(SourceUnavailable, match=str(status)):
        get(fetcher, site["/"])


@pytest.mark.parametrize("status", [204, 206, 300])
def test_any_other_status_is_no_answer(site: Site, fetcher: Fetcher, status: int) -> None:
    site["/"] = reply(status=status)
    with pytest.raises(SourceUnavailable, match=str(status)):
        get(fetcher, site["/"])


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("120", 120),
        ("Sat, 20 Dec 2025 15:02:00 GMT", 120),
        ("Sat, 20 Dec 2025 14:00:00 GMT", 0),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("Sat, 20 Dec 2025 15:02:00", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(written: str, seconds: float | None) -> None:
    assert retry_after_s(written, now=NOW) == seconds


def test_what_a_busy_server_asks_for_is_passed_on(site: Site, fetcher: Fetcher) -> None:
    site["/"] = reply(status=429, Retry_After="77")
    with pytest.raises(Busy) as raised:
        get(fetcher, site["/"])
    assert raised.value.retry_after_s == 77


def test_a_stalled_server_is_given_up(site: Site) -> None:
    site["/"] = lambda _handler: site.done.wait()
    quick = Fetcher(
        pace=Pace(monotonic=lambda: 0, sleep=lambda _: None),
        clock=fixed_clock(NOW),
        limits=Limits(total_s=9, step_s=0.05),
    )
    with pytest.raises(SourceUnavailable, match="no answer"):
        get(quick, site["/"])


@pytest.mark.parametrize("part", ["head", "body"])
def test_a_server_that_drips_is_cut_in_the_end(site: Site, part: str) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        if part == "body":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        else:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not site.done.wait(0.01):
            handler.wfile.write(b"a")

    site["/"] = drip
    quick = Fetcher(
        pace=Pace(monotonic=lambda: 0, sleep=lambda _: None),
        clock=fixed_clock(NOW),
        limits=Limits(total_s=0.2, step_s=5),
    )
    with pytest.raises(SourceUnavailable, match=r"within 0\.2 s"):
        get(quick, site["/"])


def test_a_running_request_can_be_stopped(site: Site, fetcher: Fetcher) -> None:
    arrived = threading.Event()

    def stall(_handler: BaseHTTPRequestHandler) -> None:
        arrived.set()
        site.done.wait()

    site["/"] = stall
    threading.Thread(target=lambda: (arrived.wait(), fetcher.stop())).start()
    with pytest.raises(SourceUnavailable, match="stopped"):
        get(fetcher, site["/"])
    with pytest.raises(SourceUnavailable, match="stopped"):
        get(fetcher, site["/"])


def test_a_body_shorter_than_stated_is_no_answer(site: Site, fetcher: Fetcher) -> None:
    site["/"] = reply("short", length=5000)
    with pytest.raises(SourceUnavailable, match="no answer"):
        get(fetcher, site["/"])


def test_a_body_longer_than_stated_is_cut_at_what_was_stated(site: Site, fetcher: Fetcher) -> None:
    site["/"] = reply("one, two", length=3)
    assert get(fetcher, site["/"]).body == b"one"


def test_a_huge_page_is_refused_before_it_is_read_whole(site: Site) -> None:
    site["/"] = reply("x" * 400_000)
    small = Fetcher(
        pace=Pace(monotonic=lambda: 0, sleep=lambda _: None),
        clock=fixed_clock(NOW),
        limits=Limits(raw_bytes=100_000),
    )
    with pytest.raises(SourceUnavailable, match="larger than 100,000 bytes as sent"):
        get(small, site["/"])


@pytest.mark.parametrize("is_chunked", [True, False], ids=["chunked", "plain"])
def test_a_gzip_bomb_never_fills_the_memory(
    site: Site,
    fetcher: Fetcher,
    is_chunked: bool,  # noqa: FBT001 - a parameter
) -> None:
    bomb = gzip.compress(b"\0" * 200_000_000, compresslevel=9)
    assert len(bomb) < 1_000_000

    def chunked(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
        )
        handler.wfile.write(f"{len(bomb):x}\r\n".encode() + bomb + b"\r\n0\r\n\r\n")

    site["/"] = chunked if is_chunked else reply(bomb, Content_Encoding="gzip")
    tracemalloc.start()
    try:
        with pytest.raises(SourceUnavailable, match="larger than 12,000,000 bytes unpacked"):
            get(fetcher, site["/"])
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip, gzip", "zstd", "nonsense"])
def test_an_encoding_nobody_asked_for_is_no_answer(
    site: Site, fetcher: Fetcher, encoding: str
) -> None:
    site["/"] = reply("words", Content_Encoding=encoding)
    with pytest.raises(SourceUnavailable, match="nobody asked"):
        get(fetcher, site["/"])


def test_bytes_that_are_not_packed_as_stated_are_no_answer(site: Site, fetcher: Fetcher) -> None:
    site["/"] = reply("no gzip at all", Content_Encoding="gzip")
    with pytest.raises(SourceUnavailable, match="no answer"):
        get(fetcher, site["/"])


def test_what_is_no_http_is_no_answer(site: Site, fetcher: Fetcher) -> None:
    site["/"] = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
    with pytest.raises(SourceUnavailable, match="no answer"):
        get(fetcher, site["/"])


def test_nobody_listening_is_no_answer(fetcher: Fetcher) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(SourceUnavailable, match="no answer"):
            get(fetcher, f"http://127.0.0.1:{port}/")


def test_a_name_that_nobody_knows_is_no_answer(fetcher: Fetcher) -> None:
    with pytest.raises(SourceUnavailable, match="name of the host"):
        get(fetcher, "http://nobody.invalid/")


def test_redirects_are_followed_to_the_end(site: Site, fetcher: Fetcher) -> None:
    site["/a"] = reply(status=302, Location="/b")
    site["/b"] = "end"
    page = get(fetcher, site["/a"])
    assert (page.url, page.body) == (site["/b"], b"end")


def test_a_loop_of_redirects_ends(site: Site, fetcher: Fetcher) -> None:
    site["/a"] = reply(status=302, Location="/b")
    site["/b"] = reply(status=307, Location="/a")
    with pytest.raises(SourceUnavailable, match="more than 5 times"):
        get(fetcher, site["/a"])
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    "target",
    [
        "ftp://example.org/a",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://example.org/",
        "http://user:secret@127.0.0.1/",
        "http://[::1",
    ],
)
def test_a_redirect_to_another_scheme_or_with_a_password_is_refused(
    site: Site, fetcher: Fetcher, target: str
) -> None:
    site["/"] = reply(status=302, Location=target)
    with pytest.raises(SourceRefused):
        get(fetcher, site["/"])
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/",
        "http://192.168.1.1/",
        "http://0.0.0.0/",
    ],
)
def test_a_redirect_to_a_private_address_is_refused(
    site: Site, fetcher: Fetcher, target: str
) -> None:
    site["/"] = reply(status=302, Location=target)
    with pytest.raises(SourceRefused, match="private address"):
        get(fetcher, site["/"])


def test_a_public_source_cannot_lead_to_this_machine(site: Site, fetcher: Fetcher) -> None:
    site["/"] = "secret"
    reach = Reach.of("https://example.org/")
    with pytest.raises(SourceRefused, match=r"private address 127\.0\.0\.1"):
        fetcher.get(site["/"], reach=reach, accept="text/html")
    assert site.asked == []


def test_a_name_that_points_at_this_machine_is_refused_like_its_address(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    site["/"] = "secret"
    real = socket.getaddrinfo

    def lie(_host: str, port: int, *args: object, **named: object) -> object:
        return real("127.0.0.1", port, *args, **named)

    monkeypatch.setattr(socket, "getaddrinfo", lie)
    port = site.address.rpartition(":")[2]
    with pytest.raises(SourceRefused, match="private address"):
        get(fetcher, f"http://rebound.example.org:{port}/")
    assert site.asked == []


def test_the_private_address_that_was_configured_may_be_asked_and_no_other() -> None:
    reach = Reach.of("http://10.1.2.3/feed")
    assert reach.allows("10.1.2.3")
    assert not reach.allows("10.1.2.4")
    assert not reach.allows("127.0.0.1")
    assert reach.allows("93.184.215.14")


@pytest.mark.parametrize(
    "address",
    ["::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "224.0.0.1", "100.64.0.1", "no address"],
)
def test_a_public_source_reaches_only_public_addresses(address: str) -> None:
    assert not Reach.of("https://example.org/").allows(address)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_a_loopback_source_reaches_loopback(host: str) -> None:
    assert Reach.of(f"http://{host}:8080/").allows("127.0.0.1")
    assert not Reach.of(f"http://{host}:8080/").allows("10.0.0.1")


@pytest.mark.parametrize("url", ["ftp://a.org", "a.org/feed", "http://u:p@a.org", "", "http://[x"])
def test_only_plain_web_addresses_are_taken(url: str) -> None:
    with pytest.raises(InputError):
        checked_url(url)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for this machine that nobody but this test trusts."""
    if shutil.which("openssl") is None:
        missing("openssl makes the certificate")
    folder = tmp_path_factory.mktemp("tls")
    request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    subprocess.run(
        [
            "openssl",
            *request.split(),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", folder / "key.pem", "-out", folder / "certificate.pem"),
        ],
        check=True,
        capture_output=True,
    )
    both = folder / "both.pem"
    both.write_bytes(
        b"".join((folder / name).read_bytes() for name in ("key.pem", "certificate.pem"))
    )
    return both


def test_a_page_comes_over_tls(
    certificate: Path, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving(certificate) as site:
        site["/"] = "слово"
        assert get(fetcher, site["/"]).body.decode() == "слово"


def test_a_certificate_that_nobody_vouches_for_is_no_answer(
    certificate: Path, fetcher: Fetcher
) -> None:
    with serving(certificate) as site:
        site["/"] = "слово"
        with pytest.raises(SourceUnavailable, match="certificate verify failed"):
            get(fetcher, site["/"])
        assert site.asked == []


def test_a_server_that_drips_over_tls_is_cut_in_the_end(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    quick = Fetcher(
        pace=Pace(monotonic=lambda: 0, sleep=lambda _: None),
        clock=fixed_clock(NOW),
        limits=Limits(total_s=0.3, step_s=5),
    )
    with serving(certificate) as site:

        def drip(handler: BaseHTTPRequestHandler) -> None:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            while not site.done.wait(0.01):
                handler.wfile.write(b"a")

        site["/"] = drip
        with pytest.raises(SourceUnavailable, match=r"within 0\.3 s"):
            get(quick, site["/"])


def test_one_host_is_asked_with_a_gap_and_others_at_once(slept: list[float]) -> None:
    pace = Pace(monotonic=lambda: sum(slept), sleep=slept.append, gap_s=2)
    for host in ("a", "b", "a"):
        pace.wait(host)
    assert slept == [2]
    pace.wait("b")
    assert slept == [2]


def test_every_redirect_waits_its_turn(site: Site, fetcher: Fetcher, slept: list[float]) -> None:
    site["/a"] = reply(status=302, Location="/b")
    site["/b"] = "end"
    get(fetcher, site["/a"])
    assert slept == [pytest.approx(1)]
