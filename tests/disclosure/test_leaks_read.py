"""Posts in many spellings through the reader, the fold and the gate: no secret comes out."""

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, strategies as st

from disclosure import mutants
from disclosure.planted import GAZETTEER, IZIUM
from disclosure.posts import PLANTS, Plant, Written, written
from vidomo.core.codec import to_json
from vidomo.disclosure.country import compare
from vidomo.disclosure.gate import PublicGate

SEEDS = st.integers(min_value=0, max_value=2**40)


def quotes(some: Written) -> Iterator[str]:
    opened = PublicGate(some.situation(), gazetteer=GAZETTEER)
    for code in {*opened.told(), IZIUM}:
        yield from (item.quote for item in opened.view(code).said if item.quote)


def escaped(some: Written) -> list[tuple[Plant, str]]:
    """Return the plants that stand in words which residents are shown."""
    return [
        (plant, quote)
        for quote in quotes(some)
        for plant, text in zip(some.plants, some.texts, strict=True)
        if quote in text and plant.needle.casefold() in quote.replace("\u200b", "").casefold()
    ]


@given(SEEDS)
def test_no_secret_of_a_post_is_quoted_however_it_is_spelled(seed: int) -> None:
    assert escaped(written(seed)) == []


@given(SEEDS)
def test_the_country_view_quotes_nobody(seed: int) -> None:
    some = written(seed)
    body = to_json(compare(some.situation(), gazetteer=GAZETTEER)).decode()
    assert not any(plant.needle in body for plant in some.plants)


def test_most_statements_with_nothing_planted_in_them_are_quoted() -> None:
    shown = Counter(quote for seed in range(60) for quote in quotes(written(seed)))
    assert shown["В Ізюмі немає світла"] > 10
    assert shown["Повітряна тривога в Ізюмі"] > 10


def test_every_kind_of_secret_is_planted_in_several_spellings() -> None:
    spelled = Counter(plant.kind for plant in PLANTS)
    assert min(spelled.values()) >= 4
    assert set(spelled) == {"street", "point", "object", "unit", "course", "figure", "victim"}


@pytest.mark.parametrize("kind", sorted({plant.kind for plant in PLANTS}))
def test_a_gate_that_quotes_one_kind_of_secret_is_caught(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = mutants.PUBLIC.rule("quote", kind)
    assert rule is not None
    mutants.without_value(monkeypatch, rule.id, kind)
    found = (plant for seed in range(300) for plant, _ in escaped(written(seed)))
    assert any(plant.kind == kind for plant in found)
