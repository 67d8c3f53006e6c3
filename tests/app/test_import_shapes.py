"""The command that takes in borders of raions, run as people run it."""

import json
import re
import shlex
from pathlib import Path

import pytest

from vidomo.gazetteer.shapes import bundled_shapes, shapes_in
from vidomo.gazetteer.shapes_arcs import SCALE

IZIUM = "UA63040000000023521"
ASKED = ("--source", "a surveyor", "--licence", "CC0", "--date", "2025-01-31")


@pytest.fixture
def borders(tmp_path, monkeypatch) -> Path:
    """A file of one raion and one feature that is none, in the folder that commands run in."""
    ring = [[x / SCALE, y / SCALE] for x, y in bundled_shapes().arcs.rings(IZIUM)[0]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": geometry}
        for name in ("Ізюмський район", "Nowhere")
    ]
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "raions.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_what_can_be_matched_is_stored_and_the_rest_is_told(run_vidomo, borders, tmp_path) -> None:
    ran = run_vidomo("places", "import-shapes", borders, *ASKED)
    assert ran.code == 5
    assert "feature 2 (Nowhere)" in ran.err
    assert "hint" in ran.err
    assert "1 raions stored" in ran.out
    assert "under every map: a surveyor; CC0; 2025-01-31" in ran.out
    found = shapes_in(tmp_path / "data")
    assert found.origin.source == "a surveyor"
    assert len(found.origin.missing) == 137


def test_the_same_is_told_as_json(run_vidomo, borders) -> None:
    told = json.loads(run_vidomo("places", "import-shapes", borders, *ASKED, "--json").out)
    assert told["matched"] == [
        {"code": IZIUM, "how": "name", "where": "feature 1 (Ізюмський район)"}
    ]
    assert [problem["code"] for problem in told["problems"]] == ["unmatched"]
    assert told["origin"]["licence"] == "CC0"


def test_a_file_without_any_raion_stores_nothing_and_leaves_what_was_there(
    run_vidomo, borders, tmp_path
) -> None:
    run_vidomo("places", "import-shapes", borders, *ASKED)
    before = (tmp_path / "data" / "boundaries.shapes").read_bytes()
    borders.write_text("no borders")
    ran = run_vidomo("places", "import-shapes", borders, *ASKED)
    assert ran.code == 5
    assert "no raion of raions.geojson can be used" in ran.err
    assert (tmp_path / "data" / "boundaries.shapes").read_bytes() == before


def test_a_whole_file_ends_with_zero(run_vidomo, borders) -> None:
    body = json.loads(borders.read_text())
    del body["features"][1]
    borders.write_text(json.dumps(body))
    assert run_vidomo("places", "import-shapes", borders, *ASKED).code == 0


@pytest.mark.parametrize("missing", ["--source", "--licence", "--date"])
def test_source_licence_and_date_must_be_given(run_vidomo, borders, missing: str) -> None:
    at = ASKED.index(missing)
    ran = run_vidomo("places", "import-shapes", borders, *ASKED[:at], *ASKED[at + 2 :])
    assert ran.code == 2
    assert missing in ran.err


def test_a_file_that_is_not_there_or_no_file_is_told(run_vidomo, borders, tmp_path) -> None:
    assert run_vidomo("places", "import-shapes", tmp_path / "none.geojson", *ASKED).code == 5
    assert run_vidomo("places", "import-shapes", tmp_path, *ASKED).code == 6


def test_a_huge_file_is_refused_before_it_is_read(run_vidomo, borders, tmp_path) -> None:
    huge = tmp_path / "huge.geojson"
    with huge.open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    ran = run_vidomo("places", "import-shapes", huge, *ASKED)
    assert ran.code == 5
    assert "simplify" in ran.err


def test_the_example_of_the_help_runs(run_vidomo, borders) -> None:
    text = " ".join(run_vidomo("places", "import-shapes", "--help").out.split())
    example = re.search(r"Example: vidomo (.*?--date \S+)", text).group(1)
    assert run_vidomo(*shlex.split(example)).code == 5
