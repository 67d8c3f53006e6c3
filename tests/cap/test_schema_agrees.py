"""Our schema and the official one never differ."""

import os
import random
from collections import Counter
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree
from lxml.etree import _Element as Element

from cap.situations import situation
from vidomo.publish.alerts.model import NAMESPACE
from vidomo.publish.alerts.parse import HostileXml, NotXml, opened
from vidomo.publish.alerts.schema import broken_schema
from vidomo.publish.alerts.write import write_alert

SHORT, LONG = 400, 10_000
VALUES = (
    "",
    " ",
    "x",
    "Actual",
    " Actual ",
    "actual",
    "Unknown",
    "None",
    "uk-UA",
    "uk_UA",
    "x" * 9,
    "2026-01-31T14:00:00+02:00",
    " 2026-01-31T14:00:00+02:00\n",
    "2026-01-31T14:00:00Z",
    "2026-01-31T14:00:00.5+02:00",
    "2026-02-30T14:00:00+02:00",
    "2026-01-31T24:00:00+02:00",
    "2026-01-31T14:00:00,02:00",
    "2026-01-31T14:00:00-00:00",
    "2026-01-31T14:00:00+15:00",
    "2026-01-31T14:00+02:00",
    "2026-01-31",
    "12",
    "12.5",
    "+0012",
    "1e3",
    "-.5",
    "https://izium.example/a b",
    "http://[",
    "%%%",
    "наслідки",
)
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


def remove(node: Element, dice: random.Random) -> None:
    node.getparent().remove(node)


def double(node: Element, dice: random.Random) -> None:
    node.addnext(deepcopy(node))


def reorder(node: Element, dice: random.Random) -> None:
    parent = node.getparent()
    parent.insert(dice.randrange(len(parent)), node)


def set_value(node: Element, dice: random.Random) -> None:
    for child in list(node):
        node.remove(child)
    node.text = dice.choice(VALUES)


def mix_in_text(node: Element, dice: random.Random) -> None:
    node.tail = dice.choice(("x", "\n \n", " & "))


def rename(node: Element, dice: random.Random) -> None:
    node.tag = dice.choice((node.tag.lower(), "info", f"{{{NAMESPACE}}}info", "{urn:x}info"))


def stranger(node: Element, dice: random.Random) -> None:
    names = ("{urn:x}y", f"{{{NAMESPACE}}}note", "{http://www.w3.org/2000/09/xmldsig#}Signature")
    etree.SubElement(node.getparent(), dice.choice(names)).text = dice.choice(("", "z"))


def attribute(node: Element, dice: random.Random) -> None:
    name, value = dice.choice(
        (
            ("lang", "uk"),
            (f"{XSI}nil", "true"),
            (f"{XSI}nil", "false"),
            (f"{XSI}type", "xs:string"),
            ("{http://www.w3.org/XML/1998/namespace}lang", "uk"),
        )
    )
    node.set(name, value)


def comment(node: Element, dice: random.Random) -> None:
    node.insert(0, etree.Comment("Actual"))


MUTATIONS = (
    remove,
    double,
    reorder,
    set_value,
    set_value,
    mix_in_text,
    rename,
    stranger,
    attribute,
    comment,
)


def mutated(seed: int) -> Element:
    dice = random.Random(seed)
    root = opened(write_alert(situation(seed % 997)))
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        nodes = [node for node in root.iter(etree.Element) if node.getparent() is not None]
        if nodes:
            dice.choice(MUTATIONS)(dice.choice(nodes), dice)
    return etree.fromstring(etree.tostring(root))


def compare(seeds: range, official: etree.XMLSchema) -> Counter[bool]:
    counted: Counter[bool] = Counter()
    for seed in seeds:
        root = mutated(seed)
        verdict = official.validate(root)
        assert (broken_schema(root) == ()) is verdict, (seed, etree.tostring(root).decode())
        counted[verdict] += 1
    return counted


def test_spoiled_messages_get_the_same_verdict(official: etree.XMLSchema) -> None:
    counted = compare(range(SHORT), official)
    assert min(counted[True], counted[False]) > SHORT / 10


def test_sound_messages_are_valid_in_both(official: etree.XMLSchema) -> None:
    for seed in range(SHORT // 4):
        root = opened(write_alert(situation(seed)))
        assert official.validate(root)
        assert broken_schema(root) == ()


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_ten_thousand_sound_and_spoiled_messages_get_the_same_verdict(
    official: etree.XMLSchema,
) -> None:
    compare(range(LONG), official)
    for seed in range(LONG):
        root = opened(write_alert(situation(seed)))
        assert official.validate(root)
        assert broken_schema(root) == ()


def test_every_file_at_hand_gets_the_same_verdict(shared: Path, official: etree.XMLSchema) -> None:
    counted: Counter[bool] = Counter()
    for path in sorted((shared / "cap").rglob("*")):
        try:
            root = opened(path.read_bytes()) if path.is_file() else None
        except (HostileXml, NotXml):
            continue
        for alert in () if root is None else root.iter(f"{{{NAMESPACE}}}alert"):
            alone = etree.fromstring(etree.tostring(alert, with_tail=False))
            verdict = official.validate(alone)
            assert (broken_schema(alone) == ()) is verdict, path
            counted[verdict] += 1
    assert counted[True] >= 10
    assert counted[False] >= 2


def test_a_schema_named_in_a_file_is_never_opened(tmp_path: Path) -> None:
    trap = tmp_path / "trap.xsd"
    os.mkfifo(trap)  # whoever opens it waits for ever
    root = opened(write_alert(situation(1)))
    signature = "http://www.w3.org/2000/09/xmldsig#"
    etree.SubElement(root, f"{{{signature}}}Signature")
    root.set(f"{XSI}schemaLocation", f"{NAMESPACE} {trap} {signature} {trap} urn:x {trap}")
    root.set(f"{XSI}noNamespaceSchemaLocation", str(trap))
    assert broken_schema(root) == ()
