"""Laws of reports over made-up worlds: every sentence traced, nothing added up, unknown no zero."""

import random
import re
from datetime import timedelta

from hypothesis import given, settings, strategies as st

from disclosure.planted import ALL, World, world
from disclosure.rendered import WorldHouse
from publish.sitrep.test_compose import is_fixed
from vidomo.app.sitrep import Order, situation_report, written
from vidomo.gazetteer.shapes import bundled_shapes
from vidomo.publish.figures import number_text
from vidomo.publish.sitrep import Report

SEEDS = st.integers(min_value=0, max_value=2**40)
PROFILE = settings.get_current_profile_name()
FEW = settings(max_examples=15 if PROFILE == "short" else 500)
HOURS = (1, 6, 24, 60)


def made_of(some: World, seed: int) -> Report:
    dice = random.Random(seed)
    since = some.now - timedelta(hours=dice.choice(HOURS)) if dice.random() < 0.5 else None
    order = Order(
        place=dice.choice(ALL),
        start=some.now - timedelta(hours=dice.choice(HOURS)),
        since=since,
        lang=dice.choice(("uk", "en")),
        is_internal=dice.random() < 0.5,
    )
    return situation_report(WorldHouse(some), order, shapes=bundled_shapes())


@FEW
@given(SEEDS)
def test_every_sentence_is_traced_or_fixed_and_every_footnote_tells_something(seed: int) -> None:
    for number in range(4):
        made = made_of(world(seed), seed + number)
        numbers = made.numbers()
        for sentence in made.sentences():
            traced = [claim for claim in sentence.claims if claim in numbers]
            assert traced or is_fixed(sentence, made.lang), sentence
        for note in made.notes:
            assert note.quote or note.withheld, note


@FEW
@given(SEEDS)
def test_the_same_question_has_the_same_answer(seed: int) -> None:
    some = world(seed)
    for kind in ("html", "md"):
        assert written(made_of(some, seed), kind) == written(made_of(some, seed), kind)


@FEW
@given(SEEDS)
def test_every_number_of_people_is_one_that_somebody_gave(seed: int) -> None:
    some = world(seed)
    given_numbers = {
        number_text(bound)
        for incident in some.situation().incidents
        for figure in (*incident.figures, *incident.parts)
        for bound in (figure.min, figure.max)
        if bound is not None
    }
    made = made_of(some, seed)
    for section in made.sections:
        if section.id != "casualties" or not made.is_internal:
            continue
        for block in section.blocks:
            for line in block.lines:
                for sentence in line.sentences:
                    if sentence.claims:
                        text = re.sub(r"\(.*?\)", "", sentence.text.split("–")[0].split("—")[0])
                        assert set(re.findall(r"\d+", text)) <= given_numbers


def test_half_of_the_worlds_make_reports_with_footnotes() -> None:
    reports = [made_of(world(seed), seed) for seed in range(24)]
    assert sum(bool(made.notes) for made in reports) > 8
    assert 4 < sum(made.is_internal for made in reports) < 20
