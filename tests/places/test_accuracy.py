"""How often places are right, measured; floors that must not fall."""

import json
import random
import sys
from collections import Counter
from pathlib import Path

import pytest

from places.reading import reading_of
from vidomo.gazetteer import Gazetteer, fold
from vidomo.gazetteer.model import Unit
from vidomo.places.resolve import explain
from vidomo.places.score import Setting, decide, weigh

SAMPLE = 1200


def say(capsys: pytest.CaptureFixture[str], figure: str) -> None:
    """Show a figure to whoever runs the tests."""
    with capsys.disabled():
        sys.stdout.write(f"\n{figure}\n")


def unit_labelled(label: str, gazetteer: Gazetteer) -> str | None:
    """Return the code of a label such as "name:X@raion"; None where the label is not enough."""
    if label.startswith("RU:"):
        return "RU"
    label, _, wider = label.partition("@")
    name, _, category = label.partition(":")
    found = [
        unit
        for unit in gazetteer.units()
        if unit.category == category
        and fold(unit.name) == fold(name)
        and (not wider or fold(wider) in _names_above(unit, gazetteer))
    ]
    if category == "M":
        found.sort(key=lambda unit: -(unit.population or 0))
        return found[0].code
    return found[0].code if len(found) == 1 else None


def _names_above(unit: Unit, gazetteer: Gazetteer) -> set[str]:
    return {fold(gazetteer.unit(code).name) for code in gazetteer.ancestors(unit.code)}


def test_places_of_the_labelled_posts_are_found_and_decided(
    shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gazetteer = Gazetteer.open()
    known: dict[str, str | None] = {}

    def code_of(label: str) -> str | None:
        if label not in known:
            known[label] = unit_labelled(label, gazetteer)
        return known[label]

    right = extra = missed = 0
    for line in (shared / "corpus" / "labelled_start.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        home = code_of(row["channel_place"]) if row["channel_place"] else None
        labels = {code_of(label) for label in row["places"]}
        if None in labels:
            continue
        told = explain(reading_of(row["text"]), gazetteer, home=home)
        found = {
            one.decision.code
            for one in told
            if one.decision.code and one.mention.candidates and not one.mention.is_body
        } - {"UA"}
        right += len(labels & found)
        extra += len(found - labels)
        missed += len(labels - found)
    precision, recall = right / (right + extra), right / (right + missed)
    say(capsys, f"places of labelled posts: precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= 0.98
    assert recall >= 0.93


@pytest.mark.parametrize(
    ("level", "right_floor", "wrong_ceiling"),
    [("oblast", 0.70, 0.06), ("raion", 0.87, 0.025), ("hromada", 0.97, 0.01)],
)
def test_a_name_with_its_home_is_decided_rightly_or_left_open(
    level: str, right_floor: float, wrong_ceiling: float, capsys: pytest.CaptureFixture[str]
) -> None:
    gazetteer = Gazetteer.open()
    settlements = [unit for unit in gazetteer.units() if unit.category in {"M", "X", "C"}]
    outcomes: Counter[str] = Counter()
    for unit in random.Random(7).sample(settlements, SAMPLE):
        mentions = reading_of(f"Пожежа в населеному пункті {unit.name}.").mentions
        above = getattr(unit, level)
        setting = Setting(gazetteer, gazetteer.unit(above))
        named = [one for one in mentions if unit.code in one.candidates]
        if not named:
            outcomes["not found"] += 1
            continue
        code = decide(weigh(named[0].candidates, named[0], setting), setting).code
        outcomes["open" if code is None else "right" if code == unit.code else "wrong"] += 1
    shares = {name: count / SAMPLE for name, count in outcomes.items()}
    say(capsys, f"name with its {level}: {shares}")
    assert shares["right"] >= right_floor
    assert shares.get("wrong", 0) <= wrong_ceiling
