"""Files of borders from anywhere: what is read, what is mended, and what is refused with a hint."""

import json

import pytest
from hypothesis import given, strategies as st

from vidomo.gazetteer import shapes_read
from vidomo.gazetteer.shapes_read import read_features

SQUARE = [[36.0, 49.0], [37.0, 49.0], [37.0, 50.0], [36.0, 50.0], [36.0, 49.0]]


def file(*rings, kind: str = "Polygon", name: str = "Somewhere", **more) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {"name": name, "population": 7, "empty": " "},
            "geometry": {"type": kind, "coordinates": [ring]},
        }
        for ring in rings
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def refused(body: bytes):
    features, problems = read_features(body)
    assert features == ()
    assert len(problems) == 1
    assert problems[0].hint
    return problems[0]


def test_a_polygon_is_read_with_its_texts() -> None:
    ((feature,), problems) = read_features(file(SQUARE))
    assert problems == ()
    assert feature.properties == {"name": "Somewhere"}
    assert feature.where == "feature 1 (Somewhere)"
    assert feature.rings[0][:2] == ((360_000, 490_000), (370_000, 490_000))


def test_several_polygons_heights_open_rings_and_a_byte_mark_are_all_taken() -> None:
    body = file([[*place, 120.5] for place in SQUARE[:-1]])
    ((feature,), problems) = read_features(b"\xef\xbb\xbf" + body)
    assert problems == ()
    assert feature.rings[0][0] == feature.rings[0][-1]
    many = json.loads(body)
    many["features"][0]["geometry"] = {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}
    ((feature,), _) = read_features(json.dumps(many).encode())
    assert len(feature.rings) == 2


def test_a_single_feature_is_taken_for_a_collection_of_one() -> None:
    single = json.loads(file(SQUARE))["features"][0]
    features, problems = read_features(json.dumps(single).encode())
    assert (len(features), problems) == (1, ())


@pytest.mark.parametrize(
    "system", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"]
)
def test_the_one_coordinate_system_of_geojson_may_be_named(system: str) -> None:
    body = file(SQUARE, crs={"type": "name", "properties": {"name": system}})
    assert read_features(body)[1] == ()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "not_geojson"),
        (b"\xff\xfe{}", "not_utf8"),
        (b"id,name\n1,Izium\n", "not_geojson"),
        (b"[" * 100_000, "not_geojson"),
        (b'{"type": "FeatureCollection", "features": 5}', "not_geojson"),
        (b'{"type": "FeatureCollection", "features": [{"properties": {"x": NaN}}]}', "not_geojson"),
        (b'{"type": "Topology"}', "wrong_type"),
        (b'{"type": "FeatureCollection", "features": [{}]}', "not_a_polygon"),
        (file([36.0, 49.0], kind="LineString"), "not_a_polygon"),
        (file("no ring"), "broken_geometry"),
        (file(SQUARE).replace(b"49.0", b"NaN", 1), "not_geojson"),
        (file(SQUARE).replace(b"49.0", b"1e999", 1), "broken_geometry"),
        (file([[36.0], [37.0]]), "no_number"),
        (file([]), "no_area"),
        (file([[36.0, 49.0], [37.0, 50.0], [36.0, 49.0]]), "no_area"),
        (file([[y, x] for x, y in SQUARE]), "latitude_first"),
        (file([[x * 111_320, y * 111_320] for x, y in SQUARE]), "wrong_crs"),
        (file([[x - 100, y] for x, y in SQUARE]), "elsewhere"),
        (file(SQUARE, crs={"properties": {"name": "EPSG:3857"}}), "wrong_crs"),
        (file([SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]]), "crosses_itself"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_hint(body: bytes, code: str) -> None:
    assert refused(body).code == code


def test_a_file_that_is_too_large_is_not_even_parsed(monkeypatch) -> None:
    monkeypatch.setattr(shapes_read, "LARGEST", 10)
    assert refused(file(SQUARE)).code == "too_large"


def test_too_many_features_are_refused(monkeypatch) -> None:
    monkeypatch.setattr(shapes_read, "_MOST_FEATURES", 1)
    assert refused(file(SQUARE, SQUARE)).code == "too_many_features"


def test_points_are_counted_over_the_whole_file(monkeypatch) -> None:
    monkeypatch.setattr(shapes_read, "_MOST_POINTS", 7)
    features, problems = read_features(file(SQUARE, SQUARE))
    assert len(features) == 1
    assert [problem.code for problem in problems] == ["too_many_points"]


def test_one_broken_feature_does_not_spoil_the_others() -> None:
    features, problems = read_features(file(SQUARE, [], SQUARE))
    assert [feature.where[:9] for feature in features] == ["feature 1", "feature 3"]
    assert problems[0].where == "feature 2 (Somewhere)"


def test_a_speck_of_a_loop_is_cut_off_and_counted() -> None:
    looped = [*SQUARE[:2], [37.01, 49.52], [37.01, 49.5], [36.99, 49.53], *SQUARE[2:]]
    ((feature,), problems) = read_features(file(looped))
    assert problems == ()
    assert feature.mended == 1


def test_a_ring_full_of_loops_is_refused() -> None:
    steps = [[36.0 + at / 200, 49.0 + (at % 2) / 1000 * (-1) ** (at // 2)] for at in range(200)]
    back = [[x + 0.0001, 49.0005 - (y - 49.0)] for x, y in reversed(steps)]
    body = file([*steps, *back, [36.0, 49.0]])
    assert refused(body).code in {"crosses_itself", "no_area"}


def test_a_tangle_that_would_take_for_ever_is_refused_at_once() -> None:
    far = [[36.0 + (at % 2), 49.0 + at / 4_000] for at in range(3_000)]
    assert refused(file([*far, [35.0, 48.0]])).code in {"too_tangled", "crosses_itself"}


@given(st.binary(max_size=200))
def test_no_bytes_at_all_bring_the_reader_down(body: bytes) -> None:
    features, problems = read_features(body)
    assert features or problems or body


@given(
    st.lists(
        st.tuples(st.floats(allow_nan=False), st.floats(allow_nan=False)).map(list), max_size=12
    )
)
def test_no_ring_at_all_brings_the_reader_down(ring) -> None:
    body = json.dumps(json.loads(file(SQUARE)), allow_nan=True).replace(
        json.dumps(SQUARE), json.dumps(ring).replace("Infinity", "1e999")
    )
    features, problems = read_features(body.encode())
    assert len(features) + len(problems) == 1
