"""Advice from the reviewed table: only for a state that holds, and for its own hazard."""

import tomllib
from importlib.resources import files

import pytest

from disclosure.night import IZIUM, at, said
from publish.residents.leaves import outage, place_page, standing, words_in
from vidomo.core.errors import InputError
from vidomo.disclosure.model import DIMENSIONS, DimensionView
from vidomo.publish.residents.reviewed import advice_for, bundled_tables, calls_for
from vidomo.situation.model import DimensionState
from vidomo.situation.rules import dimension_rules

NOW = at("20 22:30")
TABLES = bundled_tables()


def warned(topic: str) -> str:
    word = said("clm_w", topic, "Загроза!", when="20 22:20", kind="warning")
    threat = DimensionState(
        dimension="attack", phase="threat", heard_at=at("20 22:20"), evidence=("clm_w",)
    )
    return words_in(place_page(standing(threat, told=(word,))))


def test_bombs_drones_and_shelling_have_advice_of_their_own() -> None:
    bombs, drones, shelling = (
        warned(f"threat.{name}") for name in ("guided_bomb", "uav", "artillery")
    )
    assert "Не виходьте на сходовий майданчик." in bombs
    assert "Почули дрон" in drones
    assert "лягайте" in shelling
    assert "дрон" not in bombs.split("Що робити")[1].split("Чого ще")[0]


def test_a_hazard_without_an_entry_has_no_advice() -> None:
    assert "Порад для цього місця зараз немає." in warned("threat.missile")


def test_a_long_outage_has_more_advice_than_a_short_one() -> None:
    assert "Бережіть питну воду" not in words_in(place_page(outage(since_h=1)))
    assert "Бережіть питну воду" in words_in(place_page(outage(since_h=5)))


def test_a_state_that_is_out_of_date_has_no_advice() -> None:
    old = DimensionView(dimension="power", phase="out", since=at("19 10:00"), stale=True)
    assert advice_for([old], hazards=(), at=NOW, tables=TABLES) == ()


def test_an_outage_of_unknown_length_has_no_advice_for_a_long_one() -> None:
    dark = DimensionView(dimension="power", phase="out")
    assert [one.id for one in advice_for([dark], hazards=(), at=NOW, tables=TABLES)] == ["outage"]


@pytest.mark.parametrize("one", TABLES.advice, ids=lambda one: one.id)
def test_every_entry_names_its_states_its_body_and_its_publication(one) -> None:
    for state in one.states:
        dimension, phase = state.split(".")
        assert phase in dimension_rules().dimensions[dimension].phases
        assert dimension in DIMENSIONS
    assert set(one.text) == set(one.body) == {"uk", "en", "ru"}
    assert one.url.startswith("https://")
    assert one.issued is None or one.issued <= one.reviewed


def test_every_number_has_a_source_and_a_day() -> None:
    numbers = [one.number for one in TABLES.calls]
    assert numbers[:4] == ["112", "101", "102", "103"]
    for one in TABLES.calls:
        assert one.url.startswith("https://")
        assert set(one.who) == {"uk", "en", "ru"}


OWN = """
[[calls]]
number = "0 800 000 000"
who = { uk = "Обленерго", en = "Grid operator", ru = "Облэнерго" }
url = "https://operator.example/contacts"
checked = 2026-11-25
places = ["UA63040090010029555"]
"""


def test_an_operators_own_number_is_shown_in_its_area_only() -> None:
    tables = TABLES.more(calls=OWN)
    assert calls_for({IZIUM}, tables=tables)[0].number == "0 800 000 000"
    assert calls_for({"UA80000000000093317"}, tables=tables) == TABLES.calls


@pytest.mark.parametrize("text", ["[[calls]", "[[calls]]\nnumber = 1", "[[numbers]]\na = 1"])
def test_a_table_that_cannot_be_read_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(InputError, match="calls") as refused:
        TABLES.more(calls=text)
    assert "docs/residents.md" in refused.value.hint


def test_the_tables_hold_nothing_else() -> None:
    for name in ("advice", "calls"):
        path = files("vidomo.publish.residents") / "tables" / f"{name}.toml"
        assert set(tomllib.loads(path.read_text("utf-8"))) == {name}
