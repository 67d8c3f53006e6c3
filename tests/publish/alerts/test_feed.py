"""The index of alerts leads to each file."""

import hashlib
from datetime import timedelta

import feedparser
import msgspec
import pytest
from lxml import etree

from cap.keyrings import Keys
from cap.situations import NOON, message
from vidomo.core.errors import InputError
from vidomo.publish.alerts.feed import ATOM, Index, Listed, atom, listed, rss
from vidomo.publish.alerts.feed_check import broken_feed
from vidomo.publish.alerts.model import MsgType
from vidomo.publish.alerts.parse import opened
from vidomo.publish.alerts.sign import signed
from vidomo.publish.alerts.verify import check_references, verify_file

INDEX = Index(
    title="Попередження громади",
    author="Ізюмська громада",
    home="https://izium.example/alerts/",
    itself="https://izium.example/alerts.atom",
    updated=NOON,
)
LATER = NOON + timedelta(minutes=5)


def row(alert: object = None, body: bytes = b"x") -> Listed:
    return listed(alert or message(), body, href="https://izium.example/alerts/a.xml")


@pytest.mark.parametrize("make", [atom, rss])
def test_an_index_is_read_by_a_feed_reader(make: object) -> None:
    later = message(sent=LATER, identifier=f"izium.example.{LATER:%Y%m%dT%H%M%SZ}.00c0ffee")
    read = feedparser.parse(make(INDEX, (row(), row(later))))
    assert not read.bozo
    assert read.feed.title == INDEX.title
    assert [entry.cap_identifier for entry in read.entries] == [
        later.identifier,
        message().identifier,
    ]
    entry = read.entries[1]
    assert entry.title == message().infos[0].headline
    assert message().infos[1].headline in entry.summary
    assert entry.links[0].href == "https://izium.example/alerts/a.xml"
    assert entry.v_sha256 == hashlib.sha256(b"x").hexdigest()
    assert entry.cap_expires == "2024-01-31T17:00:00+02:00"
    assert entry.id.endswith(message().identifier)


@pytest.mark.parametrize("make", [atom, rss])
def test_an_index_of_ours_keeps_the_rules_of_feeds(make: object) -> None:
    for rows in ((), (row(),), (row(message(infos=(), msg_type=MsgType.ACK)),)):
        assert broken_feed(opened(make(INDEX, rows))) == ()


@pytest.mark.parametrize("make", [atom, rss])
def test_an_index_is_the_same_for_the_same_files(make: object) -> None:
    other = row(message(identifier="izium.example.20240131T120000Z.0000beef"))
    assert make(INDEX, (row(), other)) == make(INDEX, (other, row()))


def test_an_index_in_english_has_english_titles() -> None:
    english = msgspec.structs.replace(INDEX, lang="en")
    assert feedparser.parse(atom(english, (row(),))).entries[0].title == message().infos[1].headline


def test_an_index_holds_no_hidden_signs() -> None:
    with pytest.raises(InputError):
        atom(msgspec.structs.replace(INDEX, title="а\u202eб"), ())


ENTRY = "<entry><id>a</id><title>t</title><updated>2024-01-31T12:00:00Z</updated>{}</entry>"
HEAD = "<id>a</id><title>t</title><updated>2024-01-31T12:00:00Z</updated>"
LINK = '<link href="https://izium.example/"/>'
AUTHOR = "<author><name>x</name></author>"


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        (HEAD, []),
        (HEAD + AUTHOR + ENTRY.format(LINK), []),
        (HEAD + ENTRY.format(LINK + AUTHOR), []),
        (HEAD + AUTHOR + ENTRY.format("<content>x</content>"), []),
        (HEAD + '<x xmlns="urn:x"/>', []),
        (HEAD + ENTRY.format(LINK), ["author"]),
        (HEAD + AUTHOR + ENTRY.format(""), ["leads nowhere"]),
        (HEAD + AUTHOR + ENTRY.format(LINK.replace("<link", '<link rel="related"')), ["nowhere"]),
        (HEAD + "<id>b</id>", ["id is there 2 times"]),
        ("", ["id is there 0", "title is there 0", "updated is there 0"]),
        (HEAD + "<foo/>", ["foo is no element"]),
        (HEAD + "<published>x</published>", ["published is no element"]),
    ],
)
def test_an_atom_feed_is_judged_by_its_parts(inside: str, found: list[str]) -> None:
    problems = broken_feed(opened(f'<feed xmlns="{ATOM}">{inside}</feed>'.encode()))
    assert len(problems) == len(found)
    assert all(part in problem.found for part, problem in zip(found, problems, strict=True))


@pytest.mark.parametrize(
    ("inside", "count"),
    [
        ("<channel><title>t</title><link>l</link><description>d</description></channel>", 0),
        (
            "<channel><title>t</title><link>l</link><description>d</description><item><title>x</title></item></channel>",
            0,
        ),
        ("<channel><title>t</title><link>l</link><description>d</description><item/></channel>", 1),
        ("<channel/>", 3),
        ("", 1),
    ],
)
def test_an_rss_feed_is_judged_by_its_parts(inside: str, count: int) -> None:
    assert len(broken_feed(opened(f'<rss version="2.0">{inside}</rss>'.encode()))) == count


def test_a_chain_of_files_is_followed_by_its_references(keys: Keys) -> None:
    first = message()
    update = message(
        sent=LATER,
        identifier=f"izium.example.{LATER:%Y%m%dT%H%M%SZ}.00c0ffee",
        msg_type=MsgType.UPDATE,
        references=(first.as_reference,),
    )
    wrong = msgspec.structs.replace(
        update, references=(msgspec.structs.replace(first.as_reference, sent=NOON - timedelta(1)),)
    )
    unknown = msgspec.structs.replace(
        update,
        references=(
            msgspec.structs.replace(first.as_reference, identifier=first.identifier + "0"),
        ),
    )

    def states(*alerts: object, index: bytes | None = None) -> list[str]:
        found = [
            verify_file(
                body := signed(alert, keys.live),
                file="x",
                sha256=hashlib.sha256(body).hexdigest(),
                trusted=(keys.live.certificate,),
            )
            for alert in alerts
        ]
        return [one.references for one in check_references(found, index=index)]

    assert states(first, update) == ["none", "right"]
    assert states(update) == ["broken"]
    assert states(first, wrong) == ["none", "broken"]
    assert states(first, unknown) == ["none", "broken"]
    assert states(update, wrong) == ["broken", "broken"]
    body = signed(update, keys.live)
    rows = (row(first), listed(update, body, href="https://izium.example/b.xml"))
    for make in (atom, rss):
        assert states(wrong, index=make(INDEX, rows)) == ["broken"]
        # A signature of ECDSA is another one each time, so these are not the listed bytes.
        assert states(update, index=make(INDEX, rows)) == ["broken"]
    unsigned_index = atom(INDEX, rows)
    root = etree.fromstring(unsigned_index)
    for digest in root.iter("{urn:vidomo:digest:1}sha256"):
        digest.getparent().remove(digest)
    assert states(update, index=etree.tostring(root)) == ["right"]
    assert states(first, index=atom(INDEX, (row(update),))) == ["broken"]
    for bad in (b"<a/>", b"hello", b"<!DOCTYPE a><a/>"):
        with pytest.raises(InputError):
            states(first, index=bad)


@pytest.mark.parametrize("make", [atom, rss])
def test_a_message_that_is_over_says_so_before_its_own_words(make: object) -> None:
    over = msgspec.structs.replace(row(), over="[замінено]", over_at=LATER)
    read = feedparser.parse(make(INDEX, (over,)))
    (entry,) = read.entries
    assert entry.title == f"[замінено] {message().infos[0].headline}"
    assert entry.summary.startswith("[замінено]")
    assert message().infos[0].headline in entry.summary
    if make is atom:
        assert entry.updated == "2024-01-31T12:05:00Z"


def test_a_message_that_stands_says_nothing_before_its_own_words() -> None:
    (entry,) = feedparser.parse(atom(INDEX, (row(),))).entries
    assert entry.title == message().infos[0].headline
