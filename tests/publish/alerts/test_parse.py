"""Files of strangers are opened at bounded cost or refused unread."""

import gzip
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cap.situations import message
from vidomo.publish.alerts.parse import LARGEST, HostileXml, NotXml, opened
from vidomo.publish.alerts.sign import checked

CAP = 'xmlns="urn:oasis:names:tc:emergency:cap:1.2"'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 10}">' for n in range(12))
ATTACKS = {
    "laughs": f"<!DOCTYPE alert [{LAUGHS}]><alert {CAP}><identifier>&l11;</identifier></alert>",
    "quadratic": f'<!DOCTYPE a [<!ENTITY q "{"q" * 50_000}">]><a>{"&q;" * 50_000}</a>',
    "external": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "parameter": '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]><a/>',
    "dtd": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>',
    "plain": "<!DOCTYPE alert><alert/>",
    "deep": "<a>" * 100_000 + "</a>" * 100_000,
    "many": "<a>" + "<b/>" * 300_000 + "</a>",
    "attributes": "<a " + " ".join(f'a{n}="1"' for n in range(50_000)) + "/>",
    "name": f"<{'a' * 100_000}/>",
    "large": f"<a>{'x' * LARGEST}</a>",
}


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_attack_is_refused_at_once(name: str, encoding: str) -> None:
    body = ATTACKS[name].encode(encoding)
    began = time.monotonic()
    with pytest.raises(HostileXml):
        opened(body)
    assert time.monotonic() - began < 5


def test_attacks_are_refused_in_little_memory(tmp_path: Path) -> None:
    for name, text in ATTACKS.items():
        (tmp_path / f"{name}.xml").write_text(text)
    script = """
import resource, sys
from pathlib import Path
from vidomo.publish.alerts.verify import verify_file
held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sorted(Path(sys.argv[1]).glob("*.xml")):
    body = path.read_bytes()
    assert verify_file(body, file=path.name, sha256="").attack, path
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held) // 1024)
"""
    ran = subprocess.run(
        [sys.executable, "-c", script, tmp_path], capture_output=True, text=True, check=True
    )
    assert int(ran.stdout) < 100  # MiB


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"<a>",
        b"<a></b>",
        b"<a>&unknown;</a>",
        b"\x00\x01",
        gzip.compress(b"<a/>"),
        b'<?xml version="1.0" encoding="klingon"?><a/>',
        b"<a>\xff</a>",
        b"<a>\x08</a>",
    ],
    ids=repr,
)
def test_what_is_no_xml_is_told_apart(body: bytes) -> None:
    with pytest.raises(NotXml):
        opened(body)


def test_sound_files_are_opened_in_any_usual_encoding() -> None:
    text = checked(message()).decode()
    for encoding in ("utf-8", "utf-16", "utf-8-sig"):
        named = encoding.removesuffix("-sig")
        other = text.replace('encoding="UTF-8"', f'encoding="{named}"')
        assert opened(other.encode(encoding)).tag.endswith("alert")
    cyrillic = '<?xml version="1.0" encoding="windows-1251"?><a>Ізюм</a>'.encode("cp1251")
    assert opened(cyrillic).text == "Ізюм"
