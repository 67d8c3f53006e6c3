"""``vidomo outlook`` and what it takes from a data folder."""

import gzip
import json
import os
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.desk_world import IZIUM, NOW, Hands, night_folder
from vidomo.app import outlook_heard
from vidomo.app.desk_book import entries_in
from vidomo.app.house import House
from vidomo.app.outlook import (
    Order,
    example_outlook,
    own_network,
    own_scenarios,
    scaled,
)
from vidomo.app.outlook_heard import backed, outlook_here
from vidomo.core.errors import InputError, MachineRefused, NothingKnown
from vidomo.outlook.fragmentation.outlook import NO_NETWORK
from vidomo.outlook.fragmentation.scenarios import bundled_scenarios
from vidomo.outlook.network.prior import bundled_prior
from vidomo.outlook.services.model import Backup, Cause, Hold, Phase, Risk

BUSES = f"bus,place_code,load_mw,generation_mw,capacity_mw,slack\nA,{IZIUM},20,,,\nB,,,20,30,yes\n"
BRANCHES = "branch,from_bus,to_bus,x_pu,rating_mw\nL1,A,B,0.05,60\nL2,A,B,0.05,60\n"
AT = datetime.fromisoformat("2025-12-21T09:45:00+00:00")


def test_the_example_is_an_exercise_with_intervals(run_vidomo) -> None:
    ran = run_vidomo("outlook", "--example", "--lang", "en", "--samples", "50")
    assert ran.code == 0
    assert ran.out.startswith("EXERCISE")
    assert "from the draw" in ran.out
    assert re.search(r">2 h \d+ % \(\u00b1\d+\.\d\)", ran.out)
    assert re.search(r"hospital South .*: \d+ % \(\u00b1\d+\.\d\)", ran.out)
    assert "scenario severe: attacks_per_day 1" in ran.out
    assert "how long its backup lasts is not known" in ran.out


def test_what_is_not_known_of_a_service_is_told_in_the_language_asked_for(run_vidomo) -> None:
    out = run_vidomo("outlook", "--example", "--samples", "30").out
    assert "на скільки вистачає резерву, невідомо" in out
    assert "is not known" not in out.split("\n\n")[1]


def test_several_workers_print_the_same(run_vidomo) -> None:
    asked = ("outlook", "--example", "--samples", "40", "--known-at", "2026-01-08T14:00Z", "--json")
    alone = run_vidomo(*asked)
    assert alone.code == 0
    assert run_vidomo(*asked, "--workers", "2").out == alone.out
    found = json.loads(alone.out)
    assert found["is_exercise"]
    assert found["run"]["model_hash"].startswith("net_")


def test_weights_and_pictures(run_vidomo, tmp_path: Path) -> None:
    ran = run_vidomo(
        *("outlook", "--example", "--samples", "30", "--picture", str(tmp_path / "out")),
        *("--weight", "severe=0,5", "--weight", "as-last-week=1"),
    )
    assert "Разом, за вашими вагами" in ran.out
    pictures = sorted(path.name for path in (tmp_path / "out").glob("*.svg"))
    assert len(pictures) == 4
    for path in (tmp_path / "out").glob("*.svg"):
        assert "НАВЧАННЯ" in path.read_text("utf-8")
    assert run_vidomo("outlook", "--example", "--weight", "severe=much").code == 2
    assert run_vidomo("outlook", "--example", "--weight", "worst=1").code == 5
    assert run_vidomo("outlook", "--example", "--lang", "xx").code == 2


def test_without_a_network_information_is_insufficient_and_nothing_is_made(
    run_vidomo, tmp_path: Path
) -> None:
    ran = run_vidomo("outlook")
    assert ran.code == 3
    assert NO_NETWORK in ran.out
    assert not (tmp_path / "data").exists()


def _own(folder: Path) -> Path:
    grid = folder / "grid"
    grid.mkdir(parents=True)
    (grid / "bus.csv").write_text(BUSES)
    (grid / "branch.csv").write_text(BRANCHES)
    for name in ("bus.csv", "branch.csv"):
        os.utime(grid / name, (NOW.timestamp(),) * 2)
    return folder


@pytest.fixture
def night(tmp_path: Path) -> Path:
    return _own(night_folder(tmp_path / "data", tmp_path / "kept"))


def _ask(folder: Path, **more: object):
    order = Order(**{"purpose": "зміна", "at": AT, "samples": 60} | more)
    return outlook_here(folder, folder / "grid", order, is_past=True, clock=Hands())


def test_reports_of_a_night_become_an_outlook_that_is_written_down(night: Path) -> None:
    (night / "facilities.csv").write_text(
        "id,kind,place_code,needs,backup_min_h,backup_max_h,backup_origin,backup_source\n"
        f"hospital,hospital,{IZIUM},power,8,12,owner,said so\n"
    )
    found = _ask(night)
    assert not found.insufficient
    assert not found.is_exercise
    horizon = found.scenarios[0].horizons[1]
    assert horizon.places[0].place == IZIUM
    assert horizon.places[0].p_without_power_past_h["2"].value > 0.2  # it was reported dark
    assert horizon.services[0].service == "hospital"
    assert [one.assumption for one in horizon.sensitivity][-2:] == ["prior x0.3", "prior x3"]
    with House.open(night, clock=Hands(), read_only=True) as house:
        (deed,) = entries_in(house.journal, what_prefix="outlook.")
    assert (deed.by, deed.reason, deed.subject) == ("cli", "зміна", found.run.model_hash)


def test_facilities_that_could_not_be_read_are_told_of(night: Path) -> None:
    table = f"id,kind,place_code\nhospital,hospital,{IZIUM}\nother,clinic,{IZIUM}\n"
    (night / "facilities.csv").write_text(table)
    found = _ask(night)
    assert [one.service for one in found.scenarios[0].horizons[0].services] == ["hospital"]
    assert any("inventory of facilities has 1 problems" in one for one in found.assumptions)


def test_a_network_of_a_place_that_nobody_speaks_of_gets_no_answer(tmp_path: Path) -> None:
    found = _ask(_own(tmp_path / "data"))
    assert found.insufficient.startswith("insufficient information: 0%")
    assert found.scenarios == ()


def test_an_old_network_gets_no_answer(night: Path) -> None:
    old = (AT - timedelta(days=500)).timestamp()
    for name in ("bus.csv", "branch.csv"):
        os.utime(night / "grid" / name, (old, old))
    (night / "grid" / "damage.csv").write_text("element,median_h\nL1,3\n")  # says nothing of it
    assert "500 days ago" in _ask(night).insufficient


def test_nothing_is_told_that_could_not_be_written_down(night: Path, monkeypatch) -> None:
    monkeypatch.setattr(outlook_heard, "_LOCK_WAIT_S", 0.0)
    with House.open(night, clock=Hands()), pytest.raises(MachineRefused, match="another process"):
        _ask(night)


def test_scenarios_and_a_prior_of_ones_own_are_taken_from_beside_the_network(night: Path) -> None:
    grid = night / "grid"
    assert own_scenarios(grid) == bundled_scenarios()
    (grid / "scenarios.toml").write_text("scenario = 1")
    with pytest.raises(InputError, match="no scenarios"):
        own_network(grid)
    (grid / "scenarios.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="UTF-8"):
        own_network(grid)
    (grid / "scenarios.toml").unlink()
    (grid / "prior.toml").write_text("version = 1")
    with pytest.raises(InputError, match="prior"):
        own_network(grid)
    with pytest.raises(NothingKnown):
        own_network(night / "nowhere")


def test_a_file_of_a_network_has_its_age_too(night: Path) -> None:
    (night / "case.m").write_text("nonsense")
    with pytest.raises(InputError):
        own_network(night / "case.m")
    recorded = Path(__file__).resolve().parents[1] / "grid" / "recorded" / "pypsa_solved.nc.gz"
    path = night / "district.nc"
    path.write_bytes(gzip.decompress(recorded.read_bytes()))
    old = (AT - timedelta(days=500)).timestamp()
    os.utime(path, (old, old))
    own = own_network(path)
    assert own.model_at is not None
    assert own.model_at.timestamp() == old


def test_a_prior_times_three_is_still_one() -> None:
    for factor in (0.3, 3.0, 100.0):
        prior = scaled(bundled_prior(), factor)
        for name in ("local_out_if_struck", "local_partly_if_struck"):
            assert prior[name] <= 0.45
        assert prior["strike_probability"] == pytest.approx(min(0.1 * factor, 0.9))
        low, high = prior.figures["failure_otherwise"].range
        assert low <= prior["failure_otherwise"] <= high
        assert f"x{factor:g}" in prior.version


def _risk(cause: Cause) -> Risk:
    return Risk(
        facility="f",
        kind="hospital",
        place=IZIUM,
        service="health",
        phase=cause.phase,
        causes=(cause,),
    )


def _cause(phase: Phase, hold: Hold, **more: object) -> Cause:
    fields = {
        "service": "power",
        "supplier": "",
        "phase": phase,
        "hold": hold,
        "backup": Backup(hours_min=8, hours_max=12),
    }
    return Cause(**fields | more)


@pytest.mark.parametrize(
    ("cause", "hours"),
    [
        (_cause(Phase.HOLDING, Hold.UP), (8, 12)),
        (_cause(Phase.HOLDING, Hold.UP, unknown=("not_recharged",)), (0, 12)),
        (_cause(Phase.UNKNOWN, Hold.UNKNOWN), (0, 12)),
        (_cause(Phase.UNKNOWN, Hold.UNKNOWN, backup=Backup()), (None, None)),
        (_cause(Phase.AT_RISK, Hold.OUT, fails_from=AT + timedelta(hours=3)), (3, 12)),
        (_cause(Phase.AT_RISK, Hold.OUT, fails_from=AT + timedelta(hours=30)), (8, 12)),
        (_cause(Phase.FAILING, Hold.PARTLY), (0, 12)),
        (_cause(Phase.FAILED, Hold.OUT), (0, 0)),
    ],
)
def test_a_backup_that_may_be_drawn_on_is_never_full(cause: Cause, hours) -> None:
    (one,) = backed([_risk(cause)], at=AT)
    assert (one.backup_from_h, one.backup_until_h) == hours


def test_what_does_not_hang_on_the_mains_of_its_place_is_left_out() -> None:
    water = _cause(Phase.HOLDING, Hold.UP, service="water")
    other = _cause(Phase.HOLDING, Hold.UP, supplier="mast")
    assert not list(backed([_risk(water), _risk(other)], at=AT))


def test_the_same_order_gives_the_same_outlook() -> None:
    order = Order(purpose="x", at=AT, samples=30)
    assert example_outlook(order) == example_outlook(order)
