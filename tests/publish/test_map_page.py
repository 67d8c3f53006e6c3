"""The page of the map and its files: public units only, and nobody else is asked."""

import json
import re
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.shapes import bundled_shapes
from vidomo.publish.map import MapState
from vidomo.publish.map_page import ASSETS, map_asset, map_shapes, render_map
from vidomo.publish.page.urgency import Tone
from vidomo.publish.residents import Leaf

GAZETTEER = Gazetteer.open()
SHAPES = bundled_shapes()
AT = datetime(2025, 12, 20, 20, 30, tzinfo=UTC)
IZIUM = "UA63040000000023521"


def page(lang: str = "uk") -> str:
    return render_map(
        {IZIUM: MapState(Tone.DANGER, "<тривога>")},
        shapes=SHAPES,
        atlas=GAZETTEER,
        frame=Leaf(lang=lang, path="/map/", valid_at=AT, known_at=AT),
    )


@pytest.fixture(scope="module")
def drawn() -> dict:
    return json.loads(map_shapes(SHAPES, GAZETTEER))


def test_the_page_says_all_without_scripts() -> None:
    text = page()
    assert "<svg" in text
    assert "&lt;тривога&gt;" in text
    assert f'data-code="{IZIUM}"' in text
    assert f"{IZIUM}&#34;:&#34;danger" in text
    assert "приблизні" in text
    assert text.count("<h1") == 1


def test_what_only_works_with_scripts_is_hidden_until_they_run() -> None:
    (button,) = re.findall(r"<button[^>]*large-map[^>]*>", page())
    assert " hidden" in button


def test_the_page_says_of_when_it_is() -> None:
    assert 'data-at="2025-12-20T20:30:00Z"' in page()


def test_after_five_minutes_without_contact_the_browser_has_words_instead_of_the_map() -> None:
    text = page()
    shown = re.search(r'<div id="alert"[\s\S]*?</div>', text).group()
    spare = re.search(r'<template id="noalert">([\s\S]*?)</template>', text).group(1)
    left = text.replace(shown, spare)
    assert "тривога&gt;" in shown
    assert "<svg" not in left
    assert "тривога&gt;" not in left
    assert "danger" not in re.sub(r"<style>.*?</style>", "", left)


def test_the_page_exists_in_english_and_links_there() -> None:
    assert "Izium raion" in page("en")
    assert f'href="/en/place/{IZIUM}/"' in page("en")


def test_every_public_unit_is_in_the_shapes_once_and_nothing_else(drawn: dict) -> None:
    units = [one["properties"] for one in drawn["features"] if one["properties"]["kind"] == "unit"]
    assert [unit["code"] for unit in units] == list(SHAPES.codes)
    kinds = {one["properties"]["kind"] for one in drawn["features"]}
    assert kinds == {"unit", "oblasts", "name"}
    keys = {key for one in drawn["features"] for key in one["properties"]}
    assert keys == {"kind", "code", "uk", "en", "ru"}
    names = {unit["uk"] for unit in units}
    assert names == {GAZETTEER.label(code, lang="uk", full=True) for code in SHAPES.codes}


def test_the_shapes_say_whose_they_are(drawn: dict) -> None:
    assert drawn["about"]["is_approximate"] is True
    assert "GeoNames" in drawn["about"]["licence"]


def test_the_only_points_are_seats_of_oblasts_to_a_kilometre(drawn: dict) -> None:
    points = [one for one in drawn["features"] if one["geometry"]["type"] == "Point"]
    assert len(points) == 27
    for point in points:
        lon, lat = point["geometry"]["coordinates"]
        assert round(lon, 2) == lon
        assert round(lat, 2) == lat
    assert len({tuple(point["geometry"]["coordinates"]) for point in points}) == 27


def test_rings_are_closed_and_outer_ones_run_left(drawn: dict) -> None:
    for one in drawn["features"]:
        if one["geometry"]["type"] != "MultiPolygon":
            continue
        for polygon in one["geometry"]["coordinates"]:
            for at, ring in enumerate(polygon):
                assert ring[0] == ring[-1]
                twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
                assert (twice > 0) is (at == 0)


def test_our_own_script_asks_for_nothing_but_our_own_files() -> None:
    script = map_asset("map.js").decode()
    assert "http" not in script
    assert re.findall(r"import\('([^']+)'\)", script) == ["./maplibre-gl.js"]
    assert not re.search(r"eval\(|innerHTML|document\.write", script)


def test_the_library_comes_with_its_licences() -> None:
    licences = map_asset("LICENSES.txt").decode()
    assert "== maplibre-gl" in licences
    assert b"MapLibre GL JS" in map_asset("maplibre-gl.js")[:200]


def test_no_other_file_can_be_asked_for() -> None:
    assert "map.js" in ASSETS
    with pytest.raises(KeyError):
        map_asset("../map.toml")
