"""The founding article and the texts about the same night, read as they were by hand."""

import json
from pathlib import Path

import pytest

from claims.reading import read
from vidomo.claims.model import Claim, Reading


@pytest.fixture(scope="module")
def text(shared: Path) -> str:
    return (shared / "seed" / "article.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def article(text: str) -> Reading:
    return read(text)


@pytest.fixture(scope="module")
def izium(shared: Path) -> dict[str, tuple[Claim, ...]]:
    rows = (shared / "izium" / "texts.jsonl").read_text(encoding="utf-8").splitlines()
    return {
        row["id"]: read(row["text"], posted=row.get("posted_at")).claims
        for row in map(json.loads, rows)
    }


def of(claims: tuple[Claim, ...], topic: str, kind: str | None = None) -> list[Claim]:
    return [c for c in claims if c.topic == topic and (kind is None or c.kind == kind)]


def test_the_article_gives_every_claim_that_a_person_found(article: Reading, shared: Path) -> None:
    gold = (shared / "izium" / "article_claims.jsonl").read_text(encoding="utf-8").splitlines()
    missed = [
        row["quote"]
        for row in map(json.loads, gold)
        if not any(
            claim.start < row["end"] and row["start"] < claim.end
            for claim in of(article.claims, row["topic"], row["kind"])
        )
    ]
    assert not missed


def test_the_article_gives_no_report_that_a_person_did_not_find(article: Reading) -> None:
    reports = {claim.topic for claim in article.claims if claim.kind == "report"}
    assert reports == {
        "impact.power.outage",
        "event.explosion",
        "event.shelling",
        "impact.damage",
    }


def test_every_quotation_is_an_exact_substring(article: Reading, text: str) -> None:
    assert all(text[claim.start : claim.end] == claim.quote for claim in article.claims)


def test_the_outage_is_told_by_the_city_military_administration(article: Reading) -> None:
    (claim,) = of(article.claims, "impact.power.outage", "report")
    assert claim.extent == "most"
    assert claim.speaker.kind == "organisation"
    assert (claim.speaker.body or "").startswith("city_military_administration@")


def test_about_ten_explosions_are_counted(article: Reading) -> None:
    (claim,) = of(article.claims, "event.explosion", "report")
    assert claim.number is not None
    assert (claim.number.min, claim.number.mode, claim.number.unit) == (10, "about", "explosions")


def test_the_munition_is_one_or_the_other(article: Reading) -> None:
    (claim,) = of(article.claims, "cause.munition")
    assert (claim.kind, claim.means, claim.means_logic) == ("assessment", ("kab", "fab"), "or")


def test_what_is_unknown_names_its_subject(article: Reading) -> None:
    subjects = {claim.unknown.subject for claim in article.claims if claim.unknown}
    assert subjects == {"location", "extent", "casualties", "damage"}


def test_the_false_gloss_is_an_error_of_the_source(article: Reading) -> None:
    (claim,) = of(article.claims, "source.error")
    assert claim.quote.startswith("KAB (")
    assert claim.kind == "assessment"


def test_every_sentence_has_a_claim_or_a_reason(article: Reading, text: str) -> None:
    spans = [(c.start, c.end) for c in article.claims] + [(s.start, s.end) for s in article.silent]
    for line in filter(None, text.split("\n")):
        start = text.index(line)
        assert any(a < start + len(line) and start < b for a, b in spans), line
    assert all(silent.reason for silent in article.silent)


def figure(claims: list[Claim]) -> set[tuple[float | None, str]]:
    return {(c.number.min, c.number.mode) for c in claims if c.number}


def test_two_were_killed_and_earlier_one(izium: dict[str, tuple[Claim, ...]]) -> None:
    assert figure(of(izium["iz01"], "harm.killed")) == {(1, "exact")}
    for name in ("iz02", "iz03", "iz04", "iz05", "iz06"):
        assert figure(of(izium[name], "harm.killed")) == {(2, "exact")}, name


def test_the_head_of_the_oblast_gives_both_figures(izium: dict[str, tuple[Claim, ...]]) -> None:
    for name in ("iz01", "iz05"):
        (claim,) = of(izium[name], "harm.killed")
        assert claim.speaker.kind == "named_official"
        assert (claim.speaker.body or "").startswith("oblast_administration@")


def test_one_was_injured_and_sixty_is_her_age(izium: dict[str, tuple[Claim, ...]]) -> None:
    for name in ("iz01", "iz02", "iz03", "iz04", "iz05"):
        assert figure(of(izium[name], "harm.injured")) == {(1, "exact")}, name
    assert not any(
        60 in {c.number.min, c.number.max} for cs in izium.values() for c in cs if c.number
    )


def test_four_bombs_and_about_ten_explosions_are_two_counts(
    izium: dict[str, tuple[Claim, ...]],
) -> None:
    bombs = [c for c in of(izium["iz02"], "event.strike") if c.number and c.number.min == 4]
    assert [(c.number.unit, c.means) for c in bombs if c.number] == [("bombs", ("kab",))]
    assert (10, "about") in figure(of(izium["iz01"], "event.explosion"))
    assert {4} == {c.number.min for c in of(izium["iz05"], "event.strike") if c.number is not None}


def test_power_is_partly_out_partly_back_and_cannot_be_back_today(
    izium: dict[str, tuple[Claim, ...]],
) -> None:
    assert of(izium["iz01"], "impact.power.outage", "report")[0].extent == "part"
    (back,) = of(izium["iz01"], "impact.power.restored", "report")
    assert back.extent == "part"
    (later,) = of(izium["iz01"], "impact.power.restored", "forecast")
    assert later.polarity == "negated"
    assert of(izium["iz06"], "impact.power.restored", "report")


def test_rescuers_at_work_and_a_dog_are_no_casualties(
    izium: dict[str, tuple[Claim, ...]],
) -> None:
    for claims in izium.values():
        assert not [c for c in claims if c.topic == "harm.rescued"]
        assert not [
            c for c in claims if c.topic.startswith("harm.") and c.number and c.number.min == 13
        ]


def test_there_was_no_fire(izium: dict[str, tuple[Claim, ...]]) -> None:
    (claim,) = of(izium["iz03"], "impact.fire")
    assert claim.polarity == "negated"


def test_the_consequences_are_still_being_clarified(izium: dict[str, tuple[Claim, ...]]) -> None:
    (claim,) = of(izium["iz02"], "impact.damage", "unknown")
    assert claim.unknown is not None
    assert (claim.unknown.subject, claim.unknown.status) == ("extent", "being_clarified")


def test_the_slip_of_the_pen_is_no_event_elsewhere(izium: dict[str, tuple[Claim, ...]]) -> None:
    slipped = [c for c in izium["iz02"] if any(p.surface == "Ізмаїлі" for p in c.places)]
    assert {c.kind for c in slipped} == {"unknown"}


def test_the_invented_head_is_kept_with_his_office(izium: dict[str, tuple[Claim, ...]]) -> None:
    named = {(c.speaker.name, c.speaker.role) for c in izium["iz10"] if c.speaker.role}
    assert ("Oleh Petrovskyi", "head of the military administration") in named
