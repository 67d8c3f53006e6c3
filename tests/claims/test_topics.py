"""The table of topics agrees with the standards that it names."""

import re
from pathlib import Path

import pytest
from lxml import etree

from vidomo.claims import topics as module
from vidomo.claims.topics import topics

# Core hashtags of HXL 1.1.
HXL = {"#access", "#activity", "#affected", "#cause", "#contact", "#event", "#impact", "#meta"} | {
    "#service",
    "#status",
}
# Terms of the OASIS Event Terms List that the table uses.
TERMS = {
    "OET-045": "communications service disruption",
    "OET-074": "emergency telephone outage",
    "OET-076": "explosion threat",
    "OET-129": "missile threat",
    "OET-144": "potable water",
    "OET-145": "power outage",
}
# CLAIMS.md section 3, the names before their endings are spelled out.
NAMED = [
    "threat.air",
    "threat.uav",
    "threat.guided_bomb",
    "threat.missile",
    "threat.artillery",
    "alert.start",
    "alert.end",
    "event.explosion",
    "event.strike",
    "event.shelling",
    "event.air_defence",
    "cause.munition",
    "impact.damage",
    "impact.fire",
    "impact.fire.out",
    "power.schedule",
    "power.emergency_shutdown",
    "power.emergency_end",
    "harm.killed",
    "harm.injured",
    "harm.missing",
    "harm.rescued",
    "harm.casualties",
    "response.repair",
    "response.evacuation",
    "response.rescue",
    "advice.shelter",
    "advice.do_not_film",
    "advice.stock_water",
    "advice.save_power",
    "advice.avoid",
    "advice.other",
    "help.point",
    "help.water",
    "help.phone",
    "grid.fragmentation",
    "source.error",
]
SUPPLIES = ("power", "water", "heat", "gas", "comms")
SERVICES = ("health", "transport", "education", "emergency", "payments")


def enumeration(schema: Path, name: str) -> set[str]:
    tree = etree.parse(str(schema))
    xsd = "{http://www.w3.org/2001/XMLSchema}"
    element = tree.find(f".//{xsd}element[@name='{name}']")
    assert element is not None
    return {value.get("value", "") for value in element.iter(f"{xsd}enumeration")}


@pytest.fixture(scope="module")
def schema(shared: Path) -> Path:
    return shared / "cap" / "CAP-v1.2-schema.xsd"


def test_the_topics_are_those_of_the_contract() -> None:
    supplies = {f"impact.{s}.{end}" for s in SUPPLIES for end in ("outage", "restored")}
    services = {
        f"service.{s}.{end}" for s in SERVICES for end in ("disrupted", "adapted", "restored")
    }
    assert set(topics()) == set(NAMED) | supplies | services


def test_every_mapping_to_cap_is_a_value_of_the_standard(schema: Path) -> None:
    rows = topics().values()
    assert {row.category for row in rows} <= enumeration(schema, "category")
    assert {row.urgency for row in rows} <= enumeration(schema, "urgency")
    assert {row.response for row in rows} <= enumeration(schema, "responseType")


def test_event_terms_and_hashtags_are_of_their_lists() -> None:
    for row in topics().values():
        assert row.event_term in {"", *TERMS}
        assert row.hxl.partition("+")[0] in HXL
        assert re.fullmatch(r"#[a-z]+(\+[a-z_]+)*", row.hxl)


def test_only_an_end_of_something_is_an_all_clear() -> None:
    cleared = {code for code, row in topics().items() if row.response == "AllClear"}
    assert all(code.endswith((".end", "_end", ".restored")) for code in cleared)


def test_every_topic_has_a_definition_and_labels_in_two_languages() -> None:
    for row in topics().values():
        assert row.definition.endswith(".")
        assert set(row.labels) == {"uk", "en"}
        assert all(row.labels.values())


def test_the_table_is_there_under_its_plain_name() -> None:
    assert module.TOPICS is topics()
    with pytest.raises(AttributeError):
        _ = module.NOTHING
