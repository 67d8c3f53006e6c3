"""The page of the order of repair."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk_world import IZIUM, IZIUM_RAION, LVIV, Desk, night_folder, whole
from vidomo.app.network import DAMAGE_TEMPLATE, FOLDER, SERVICE_TEMPLATE
from vidomo.desk.people import Grant, Role
from vidomo.grid.csv_pair import BRANCH_TEMPLATE, BUS_TEMPLATE

PAGE = "/desk/restoration"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return night_folder(tmp_path / "first", tmp_path / "kept")


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    with Desk(folder) as it:
        yield it


def _network(folder: Path, **files: str) -> None:
    grid = folder / FOLDER
    grid.mkdir()
    given = {
        "bus": BUS_TEMPLATE,
        "branch": BRANCH_TEMPLATE,
        "damage": DAMAGE_TEMPLATE,
        "services": SERVICE_TEMPLATE,
    }
    for name, text in (given | files).items():
        (grid / f"{name}.csv").write_text(text)


def _ask(desk: Desk, path: str = PAGE, role: Role = Role.EDITOR) -> tuple[int, str]:
    answer = desk.client(desk.person("one", whole(role))).get(path)
    return answer.status, answer.text


def test_the_order_comes_with_numbers_words_and_what_it_rests_on(folder: Path, desk: Desk) -> None:
    _network(folder)
    status, text = _ask(desk, f"{PAGE}?lang=en&crews=2&trips=1")
    assert status == 200
    assert "<svg" in text
    assert "L1" in text
    assert "any crew can mend anything" in text
    assert "For the desk only" in text
    assert "EXERCISE: a public benchmark" not in text


def test_the_made_up_district_is_an_exercise_in_words_and_in_its_picture(desk: Desk) -> None:
    status, text = _ask(desk, f"{PAGE}?lang=en&example=1")
    assert status == 200
    assert text.count("EXERCISE: a public benchmark network, not a real one") == 2


def test_without_a_network_the_page_says_what_to_put_where(desk: Desk) -> None:
    status, text = _ask(desk, f"{PAGE}?lang=en")
    assert status == 200
    assert "<svg" not in text


def test_every_problem_of_network_and_damage_is_listed_at_once(folder: Path, desk: Desk) -> None:
    rows = "".join(f"X{at},A,nowhere,0,,yes\n" for at in range(8))
    _network(
        folder,
        branch="branch,from_bus,to_bus,x_pu,rating_mw,in_service\n" + rows,
        damage="element,median_h\nL1,soon\n",
    )
    status, text = _ask(desk, f"{PAGE}?lang=en")
    assert status == 200
    for at in range(8):
        assert f"branch X{at}: to_bus" in text
        assert f"branch X{at}: x_pu" in text
    assert "median_h is" in text
    assert "<svg" not in text


def test_a_viewer_does_not_see_it(folder: Path, desk: Desk) -> None:
    _network(folder)
    status, text = _ask(desk, role=Role.VIEWER)
    assert status == 403
    assert "L1" not in text


def test_an_editor_of_another_place_does_not_see_the_network(folder: Path, desk: Desk) -> None:
    _network(folder, bus=BUS_TEMPLATE.replace("UA00000000000000001", IZIUM))
    near = desk.client(desk.person("near", Grant(Role.EDITOR, IZIUM_RAION)))
    far = desk.client(desk.person("far", Grant(Role.EDITOR, LVIV)))
    assert near.get(PAGE).status == 200
    refused = far.get(PAGE)
    assert refused.status == 403
    assert "L1" not in refused.text
    assert far.get(f"{PAGE}?example=1").status == 200


def test_a_network_without_places_is_for_editors_of_the_country(folder: Path, desk: Desk) -> None:
    _network(folder)
    near = desk.client(desk.person("near", Grant(Role.EDITOR, IZIUM_RAION)))
    assert near.get(PAGE).status == 403
    assert _ask(desk)[0] == 200
