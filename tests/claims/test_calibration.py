"""Confidence: what it rests on and that it stays within what can be known."""

import msgspec
import pytest

from claims.reading import read
from vidomo.app.reader import read as read_whole
from vidomo.claims.calibration import calibrated, calibration, features_of, with_confidence
from vidomo.claims.model import Claim, Kind, Number, PlaceRef, Polarity

PLAIN = Claim(
    id="clm_1",
    topic="harm.injured",
    kind=Kind.REPORT,
    quote="двоє поранених",
    start=0,
    end=14,
    rules=("uk.cues.injured",),
)


def features(**changes: object) -> tuple[str, ...]:
    return features_of(msgspec.structs.replace(PLAIN, **changes), lang="uk", genre="news")


def test_the_table_lists_only_features_that_a_claim_can_have() -> None:
    kinds = ("family", "topic", "kind", "lang", "genre", "place", "quote", "polarity", "rule")
    listed = {name.partition(":")[0] for name in calibration().weights}
    assert listed <= {*kinds, "number"}
    assert {f"kind:{kind.value}" for kind in Kind} >= {
        name for name in calibration().weights if name.startswith("kind:")
    }


@pytest.mark.parametrize(
    ("places", "feature"),
    [
        ((), "place:none"),
        ((PlaceRef(code=None, start=1, end=2),), "place:ambiguous"),
        ((PlaceRef(code="UA", start=-1),), "place:from_context"),
        ((PlaceRef(code="UA", start=1, confidence=0.5),), "place:low"),
        ((PlaceRef(code="UA", start=1, confidence=0.7),), "place:fair"),
        ((PlaceRef(code="UA", start=1, confidence=0.9),), "place:sure"),
        (
            (
                PlaceRef(code="UA", start=1, confidence=0.9),
                PlaceRef(code="UA", start=5, confidence=0.5),
            ),
            "place:low",
        ),
    ],
)
def test_the_least_sure_place_is_the_one_that_counts(
    places: tuple[PlaceRef, ...], feature: str
) -> None:
    assert feature in features(places=places)


@pytest.mark.parametrize(
    ("end", "feature"), [(5, "quote:short"), (20, "quote:fair"), (90, "quote:long")]
)
def test_the_length_of_the_quotation_is_a_feature(end: int, feature: str) -> None:
    assert feature in features(end=end)


def test_polarity_number_and_rules_are_features() -> None:
    assert "polarity:negated" in features(polarity=Polarity.NEGATED)
    assert "number" in features(number=Number(min=2, max=2))
    assert not {"number", "polarity:affirmed"} & set(features())
    assert "rule:cues.injured" in features(rules=("ru.cues.injured", "en.cues.injured", "x"))


def test_confidence_stays_between_what_a_thousand_claims_can_show() -> None:
    for kind in Kind:
        claim = msgspec.structs.replace(PLAIN, kind=kind)
        assert 0.02 <= calibrated(claim, lang="xx", genre="unheard") <= 0.99


def test_a_guess_is_less_sure_than_a_report() -> None:
    guess = msgspec.structs.replace(PLAIN, kind=Kind.ASSESSMENT)
    assert calibrated(guess, lang="uk", genre="news") < calibrated(PLAIN, lang="uk", genre="news")


def test_only_the_confidence_of_a_reading_changes() -> None:
    reading = read("У Чугуєві двоє поранених, частина міста без світла.")
    after = with_confidence(reading)
    assert reading.claims
    for was, now in zip(reading.claims, after.claims, strict=True):
        assert now == msgspec.structs.replace(was, confidence=now.confidence)
    assert with_confidence(after) == after


def test_what_is_read_carries_the_confidence_of_the_table() -> None:
    claims = read_whole("У Чугуєві двоє поранених.", lang="uk", genre="news")
    assert claims
    for claim in claims:
        assert claim.confidence == calibrated(claim, lang="uk", genre="news")
