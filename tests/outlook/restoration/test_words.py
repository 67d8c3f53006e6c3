"""A plan in words."""

import pytest

from grid.networks import branch, square
from vidomo.app.grid_example import example_district
from vidomo.core.errors import ConfigError
from vidomo.grid.arrays import compile_grid
from vidomo.outlook.restoration.model import Damage, RepairHours, Service
from vidomo.outlook.restoration.plan import plan
from vidomo.outlook.restoration.words import headings, plan_words, told


def test_both_languages_have_the_same_words() -> None:
    assert set(plan_words("uk")) == set(plan_words("en"))
    with pytest.raises(ConfigError, match="no words"):
        plan_words("fr")


def test_a_plan_says_what_comes_back_and_whose_backup_ends() -> None:
    grid = compile_grid(square(branches=(branch("AB"), branch("AC"), branch("AD"))))
    damage = [Damage(element=name, repair=RepairHours(median_h=10)) for name in ("AC", "AD")]
    services = [
        Service(id="hospital", place="place-C", weight_mw=50, backup_h=4),
        Service(id="pump", place="place-D", weight_mw=1),
    ]
    said = told(plan(grid, damage, services=services), services, lang="en")
    assert said[0] == (
        "1. AC: crew 1, from 0 to 10 h. Brings back 20 MW. "
        "hospital is supplied again: its backup was good for 4 h."
    )
    assert said[1].endswith("pump is supplied again: how long its backup lasts is not known.")
    assert "Under these assumptions no order is better." in said


def test_a_repair_that_adds_nothing_says_so() -> None:
    grid = compile_grid(square())
    made = plan(grid, [Damage(element="AB", repair=RepairHours(median_h=2.5))])
    assert told(made, lang="uk")[0] == (
        "1. AB: бригада 1, з 0 до 2,5 год. Навантаження, що живиться в моделі, від неї не більшає."
    )


def test_a_benchmark_says_exercise_on_every_form() -> None:
    model, damage, services = example_district()
    made = plan(compile_grid(model), damage, services=services, crews=2)
    assert headings(made, lang="en")[0].startswith("EXERCISE")
    assert headings(made, lang="uk")[0].startswith("НАВЧАННЯ")
    assert any("at most" in said or "not shown" in said for said in told(made, services, lang="en"))
