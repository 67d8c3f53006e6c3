"""The map as a browser gets it from the server: its page, its shapes, its files."""

import gzip
import json
from collections.abc import Iterator

import pytest

from disclosure.night import SECRET
from disclosure.served import NightHouse, Served
from vidomo.gazetteer.shapes import Origin, Shapes, bundled_shapes
from vidomo.publish.map_page import ASSETS


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    it = Served(NightHouse())
    yield it
    it.stop()


@pytest.mark.parametrize(
    ("path", "word"), [("/map/", "Карта"), ("/map", "Карта"), ("/en/map/", "Map")]
)
def test_the_page_is_there_in_every_language(served: Served, path: str, word: str) -> None:
    answer, body = served.get(path)
    assert answer.status == 200
    assert f"<h1>{word}" in body.decode()
    assert SECRET not in body.decode()


def test_the_page_may_run_our_own_script_and_its_worker_and_nothing_else(served: Served) -> None:
    policy = served.get("/map/")[0].headers["content-security-policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if " " in rule.strip())
    assert rules["script-src"] == "'self'"
    assert rules["worker-src"] == "'self'"
    assert rules["connect-src"] == "'self'"
    assert "http" not in policy


def test_the_page_changes_with_the_start_page(served: Served) -> None:
    def version(path: str) -> str:
        return served.text(path).partition('data-v="')[2].partition('"')[0]

    assert version("/map/") == version("/") != ""


@pytest.mark.parametrize("name", [*ASSETS, "raions.geojson"])
def test_files_come_whole_or_compressed_and_may_be_kept_for_a_day(served, name: str) -> None:
    answer, body = served.get(f"/map/{name}")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "public, max-age=86400"
    assert "no-store" not in answer.headers["cache-control"]
    zipped, small = served.get(f"/map/{name}", **{"Accept-Encoding": "gzip"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert gzip.decompress(small) == body
    assert SECRET.encode() not in body


def test_types_are_those_that_a_browser_runs(served: Served) -> None:
    kinds = {name: served.get(f"/map/{name}")[0].headers["content-type"] for name in ASSETS}
    assert kinds["map.js"].startswith("text/javascript")
    assert kinds["maplibre-gl-worker.js"].startswith("text/javascript")
    assert served.get("/map/raions.geojson")[0].headers["content-type"] == "application/geo+json"


@pytest.mark.parametrize("path", ["/map/nothing.js", "/map/..%2Fmap.toml", "/map/map.js/x"])
def test_no_other_file_is_served(served: Served, path: str) -> None:
    assert served.get(path)[0].status == 404


def test_shapes_that_an_operator_imports_meanwhile_are_served() -> None:
    drawn = [bundled_shapes()]
    it = Served(NightHouse(), shapes=lambda: drawn[0])
    try:
        first = json.loads(it.get("/map/raions.geojson")[1])
        drawn[0] = Shapes(Origin(source="a surveyor", licence="CC0"), bundled_shapes().arcs)
        second = json.loads(it.get("/map/raions.geojson")[1])
    finally:
        it.stop()
    assert first["about"]["is_approximate"]
    assert second["about"]["source"] == "a surveyor"
    assert second["features"] == first["features"]
