"""The founding article, read from the command line."""

import json
from pathlib import Path

import pytest

FOUND_AT_LEAST = 15


@pytest.fixture
def claims(run_vidomo, shared: Path) -> list[dict]:
    ran = run_vidomo("read", shared / "seed/article.txt", "--json")
    assert ran.code == 0
    (line,) = ran.out.splitlines()
    return json.loads(line)["claims"]


def has(claims: list[dict], topic: str, kind: str, **fields: object) -> bool:
    return any(
        claim["topic"] == topic
        and claim["kind"] == kind
        and all(claim[name] == value for name, value in fields.items())
        for claim in claims
    )


def test_every_quotation_is_an_exact_substring(claims, shared: Path) -> None:
    text = (shared / "seed/article.txt").read_text("utf-8")
    assert claims
    for claim in claims:
        assert text[claim["start"] : claim["end"]] == claim["quote"]


def test_at_least_fifteen_of_the_nineteen_are_found_with_the_right_kind(
    claims, shared: Path
) -> None:
    gold = [
        json.loads(line)
        for line in (shared / "izium/article_claims.jsonl").read_text("utf-8").splitlines()
    ]
    found = [
        any(
            claim["topic"] == want["topic"]
            and claim["kind"] == want["kind"]
            and claim["start"] < want["end"]
            and want["start"] < claim["end"]
            for claim in claims
        )
        for want in gold
    ]
    missed = [
        (w["topic"], w["kind"], w["quote"]) for w, ok in zip(gold, found, strict=True) if not ok
    ]
    assert sum(found) >= FOUND_AT_LEAST, missed


def test_the_outage_is_a_report_of_the_city_military_administration_for_the_raion(claims) -> None:
    outage = next(
        c for c in claims if c["topic"] == "impact.power.outage" and c["kind"] == "report"
    )
    assert "military administration" in outage["speaker"]["name"]
    assert [place["code"] for place in outage["places"]] == ["UA63040000000023521"]


def test_about_ten_explosions_are_a_report(claims) -> None:
    found = next(c for c in claims if c["topic"] == "event.explosion" and c["kind"] == "report")
    assert (found["number"]["min"], found["number"]["mode"]) == (10, "about")


def test_the_munition_is_an_assessment_of_one_or_the_other(claims) -> None:
    found = next(c for c in claims if c["topic"] == "cause.munition")
    assert found["kind"] == "assessment"
    assert sorted(found["means"]) == ["fab", "kab"]
    assert found["means_logic"] == "or"


@pytest.mark.parametrize(
    ("topic", "kind"),
    [
        ("event.shelling", "report"),
        ("threat.air", "warning"),
        ("advice.other", "advice"),
        ("grid.fragmentation", "forecast"),
        ("grid.fragmentation", "speculation"),
        ("service.health.disrupted", "speculation"),
        ("impact.comms.outage", "speculation"),
        ("service.emergency.disrupted", "speculation"),
        ("source.error", "assessment"),
    ],
)
def test_a_statement_of_the_article_is_read_as_it_is_meant(claims, topic: str, kind: str) -> None:
    assert has(claims, topic, kind)


@pytest.mark.parametrize("subject", ["casualties", "damage", "location"])
def test_what_is_not_known_is_read_as_unknown(claims, subject: str) -> None:
    unknown = [c for c in claims if c["kind"] == "unknown"]
    assert any(c["unknown"]["subject"] == subject for c in unknown)
    assert all(c["number"] is None for c in unknown)


def test_disrupted_services_are_never_reported(claims) -> None:
    assert not any(c["topic"].startswith("service.") and c["kind"] == "report" for c in claims)


def test_explain_accounts_for_every_sentence(run_vidomo, shared: Path) -> None:
    ran = run_vidomo("read", shared / "seed/article.txt", "--json", "--explain")
    line = json.loads(ran.out)
    assert line["silent"]
    assert all(silent["reason"] for silent in line["silent"])
