"""Every message that is made keeps every rule, in the eyes of others."""

import hashlib
import subprocess
from itertools import pairwise
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from cap.keyrings import Keys, program
from cap.second_reader import read_by_others
from cap.situations import NOON, situation
from vidomo.publish.alerts.feed import MIME, Index, Listed, atom, listed, rss
from vidomo.publish.alerts.keys import SigningKey
from vidomo.publish.alerts.model import Alert, Status
from vidomo.publish.alerts.parse import opened
from vidomo.publish.alerts.read import read_alert
from vidomo.publish.alerts.schema import broken_schema
from vidomo.publish.alerts.sign import signed
from vidomo.publish.alerts.verify import verify_file

SITE = "https://izium.example/alerts/"
BATCH = 250
SHORT, LONG = 150, 10_000
INDEX = Index(
    title="Попередження",
    author="Ізюмська громада",
    home="https://izium.example/alerts/",
    itself="https://izium.example/alerts.atom",
    updated=NOON,
)


def made(folder: Path, seeds: range, keys: Keys) -> list[Listed]:
    """Sign each situation into a file, listed under the file's own address."""
    rows = []
    for seed in seeds:
        alert = situation(seed)
        body = signed(alert, keys.for_status(alert.status))
        path = folder / f"{alert.identifier}.xml"
        path.write_bytes(body)
        rows.append(listed(alert, body, href=f"{SITE}{path.name}"))
    return rows


def found_through(index: bytes, folder: Path) -> dict[str, bytes]:
    """The files that an index leads to, by the identifier that it names."""
    read = feedparser.parse(index)
    assert not read.bozo
    found = {}
    for entry in read.entries:
        link = next((one.href for one in entry.links if one.type == MIME), entry.link)
        body = (folder / link.removeprefix(SITE)).read_bytes()
        assert entry["v_sha256"] == hashlib.sha256(body).hexdigest()
        found[entry["cap_identifier"]] = body
    return found


def check_batch(
    folder: Path, seeds: range, keys: Keys, official: etree.XMLSchema, xsd: Path
) -> None:
    rows = made(folder, seeds, keys)
    known: dict[str, Alert] = {row.alert.identifier: row.alert for row in rows}
    assert len(known) == len(seeds)
    files = found_through(atom(INDEX, rows), folder)
    assert files == found_through(rss(INDEX, rows), folder)
    assert files.keys() == known.keys()
    for identifier, body in files.items():
        root = opened(body)
        assert official.validate(root), official.error_log
        assert broken_schema(root) == ()
        assert read_by_others(body) == known[identifier]
        assert read_alert(body) == known[identifier]
        assert judged(body, keys) == ("alert", "1.2", "valid", "ours", "trusted")
    paths = sorted(map(str, folder.glob("*.xml")))
    ran = subprocess.run(
        [program("xmllint"), "--nonet", "--noout", "--schema", str(xsd), *paths],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0
    assert ran.stderr.count(" validates") == len(paths)
    exercises = [
        str(folder / f"{one}.xml") for one in known if known[one].status is Status.EXERCISE
    ]
    alerts = sorted(set(paths) - set(exercises))
    for group, where in ((exercises, keys.exercise_folder), (alerts, keys.live_folder)):
        assert held(group, where / "certificate.pem") == len(group)


def judged(body: bytes, keys: Keys) -> tuple[str, ...]:
    trusted = (keys.live.certificate, keys.exercise.certificate)
    one = verify_file(body, file="a", sha256="", trusted=trusted)
    assert one.is_acceptable, one.problems
    return (one.kind, one.cap_version, one.schema, one.profile, one.signature)


def held(paths: list[str], certificate: Path) -> int:
    """How many files xmlsec1 finds signed by a certificate, each over the whole of itself."""
    ran = subprocess.run(
        [program("xmlsec1"), "--verify", "--pubkey-cert-pem", str(certificate), *paths],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = (ran.stdout + ran.stderr).splitlines()
    return sum(
        line == "OK" and then == "SignedInfo References (ok/all): 1/1"
        for line, then in pairwise(lines)
    )


def test_each_message_holds_in_the_eyes_of_all_programs(
    tmp_path: Path, keys: Keys, official: etree.XMLSchema, shared: Path
) -> None:
    check_batch(tmp_path, range(SHORT), keys, official, shared / "cap/CAP-v1.2-schema.xsd")


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_ten_thousand_messages_hold_in_the_eyes_of_all_programs(
    tmp_path: Path, keys: Keys, official: etree.XMLSchema, shared: Path
) -> None:
    for start in range(0, LONG, BATCH):
        folder = tmp_path / str(start)
        folder.mkdir()
        seeds = range(start, start + BATCH)
        check_batch(folder, seeds, keys, official, shared / "cap/CAP-v1.2-schema.xsd")


def test_xmlsec1_would_notice_another_key_and_another_word(tmp_path: Path, keys: Keys) -> None:
    alert = situation(3)
    key: SigningKey = keys.for_status(alert.status)
    body = signed(alert, key)
    good, changed = tmp_path / "good.xml", tmp_path / "changed.xml"
    good.write_bytes(body)
    changed.write_bytes(body.replace(b"<urgency>", b"<urgency> ", 1))
    ours = keys.exercise_folder if key.is_exercise else keys.live_folder
    other = keys.live_folder if key.is_exercise else keys.exercise_folder
    assert held([str(good)], ours / "certificate.pem") == 1
    assert held([str(good)], other / "certificate.pem") == 0
    assert held([str(changed)], ours / "certificate.pem") == 0
