"""Borders of somebody else: which unit each is, what is told, and what is stored."""

import json

import pytest

from vidomo.core.errors import InputError
from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.shapes import bundled_shapes
from vidomo.gazetteer.shapes_arcs import SCALE
from vidomo.gazetteer.shapes_import import Imported, import_shapes
from vidomo.gazetteer.shapes_rings import holds

IZIUM, KUPIANSK = "UA63040000000023521", "UA63080000000032022"
KYIV = "UA80000000000093317"


def outline(code: str) -> list:
    return [[x / SCALE, y / SCALE] for x, y in bundled_shapes().arcs.rings(code)[0]]


def taken(gazetteer: Gazetteer, *features: tuple[str, dict], **more) -> Imported:
    """Import features that lie where the cells of the given units do."""
    body = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": properties,
                "geometry": {"type": "Polygon", "coordinates": [outline(code)]},
            }
            for code, properties in features
        ],
    }
    asked = {"source": "a surveyor", "licence": "CC0", "day": "2025-01-31"} | more
    return import_shapes(json.dumps(body).encode(), gazetteer=gazetteer, **asked)


def how(found: Imported) -> dict[str, str]:
    return {match.code: match.how for match in found.matches}


def codes(found: Imported) -> list[str]:
    return [problem.code for problem in found.problems]


@pytest.mark.parametrize(
    ("properties", "way"),
    [
        ({"katottg": IZIUM, "name": "whatever"}, "code"),
        ({"code": IZIUM, "oblast": "UA63000000000041885"}, "code"),
        ({"ADM2_PCODE": "UA6304", "ADM1_PCODE": "UA63"}, "pcode"),
        ({"adm2_pcode": " UA6304 "}, "pcode"),
        ({"name": "Ізюмський район"}, "name"),
        ({"name:uk": "ІЗЮМСЬКИЙ р-н"}, "name"),
        ({"shapeName": "Iziumskyi"}, "name"),
        ({"ADM2_EN": "Izium raion", "ADM2_RU": "Изюмский район"}, "name"),
    ],
)
def test_a_raion_is_known_by_code_by_pcode_or_by_name(gazetteer, properties, way) -> None:
    found = taken(gazetteer, (IZIUM, properties))
    if way == "name" and not found.matches:
        pytest.fail(f"{properties}: {found.problems}")
    assert how(found) == {IZIUM: way}
    assert found.problems == ()


def test_every_raion_is_known_by_its_ukrainian_name_in_its_place(gazetteer: Gazetteer) -> None:
    wanted = [code for code in bundled_shapes().codes if gazetteer.unit(code).category == "P"]
    found = taken(gazetteer, *((code, {"name": gazetteer.label(code)}) for code in wanted))
    assert how(found) == dict.fromkeys(wanted, "name")
    assert found.problems == ()


def test_a_former_name_is_known_too(gazetteer: Gazetteer) -> None:
    renamed = next(
        code for code in bundled_shapes().codes if gazetteer.unit(code).former and code != KYIV
    )
    found = taken(gazetteer, (renamed, {"name": gazetteer.unit(renamed).former[0]}))
    assert how(found) == {renamed: "name"}


def test_kyiv_is_known_although_it_is_no_raion(gazetteer: Gazetteer) -> None:
    assert how(taken(gazetteer, (KYIV, {"ADM2_PCODE": "UA8000"}))) == {KYIV: "pcode"}
    assert how(taken(gazetteer, (KYIV, {"name": "Київ"}))) == {KYIV: "name"}


@pytest.mark.parametrize(
    ("properties", "code"),
    [
        ({}, "no_name"),
        ({"name": "Первомайский район"}, "unmatched"),  # Russian, and another oblast's
        ({"name": "Куп'янський район"}, "no_such"),
        ({"code": IZIUM, "other": KUPIANSK}, "two_codes"),
        ({"code": "UA63040090010029555"}, "other_level"),
        ({"code": "UA63000000000041885"}, "other_level"),
        ({"raion": IZIUM, "hromada": "UA63040030000052515"}, "other_level"),
        ({"ADM3_PCODE": "UA6304009", "ADM2_PCODE": "UA6304"}, "other_level"),
        ({"ADM2_PCODE": "UA6399"}, "unknown_pcode"),
    ],
)
def test_a_feature_that_is_no_raion_is_told_and_left_out(gazetteer, properties, code) -> None:
    found = taken(gazetteer, (IZIUM, properties))
    if code == "no_such":  # the name of a neighbour in the same oblast is believed
        assert how(found) == {KUPIANSK: "name"}
        return
    assert found.shapes is None
    assert codes(found) == [code]
    assert found.problems[0].hint


def test_an_unknown_code_is_not_believed_and_the_name_is_asked(gazetteer: Gazetteer) -> None:
    found = taken(gazetteer, (IZIUM, {"code": "UA63049999999999999", "name": "Ізюмський район"}))
    assert how(found) == {IZIUM: "name"}


def test_a_name_in_the_middle_of_the_sea_matches_nothing(gazetteer: Gazetteer) -> None:
    sea = [[31.5, 43.0], [32.0, 43.0], [32.0, 43.5], [31.5, 43.0]]
    feature = {
        "type": "Feature",
        "properties": {"name": "район Ізюмський"},
        "geometry": {"type": "Polygon", "coordinates": [sea]},
    }
    body = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    found = import_shapes(body, source="a", licence="b", day="2025-01-31", gazetteer=gazetteer)
    assert codes(found) == ["no_place"]


def test_of_two_shapes_of_one_unit_the_surer_match_counts(gazetteer: Gazetteer) -> None:
    named, coded = (IZIUM, {"name": "Ізюмський район"}), (IZIUM, {"code": IZIUM})
    for features in ((named, coded), (coded, named)):
        found = taken(gazetteer, *features)
        assert how(found) == {IZIUM: "code"}
        assert codes(found) == ["same_unit_twice"]
        assert "Ізюмський" in found.problems[0].where
    assert codes(taken(gazetteer, named, named)) == ["same_unit_twice"]


def test_a_shape_that_lies_on_a_surer_one_is_left_out(gazetteer: Gazetteer) -> None:
    found = taken(gazetteer, (IZIUM, {"code": IZIUM}), (IZIUM, {"name": "Куп'янський район"}))
    assert how(found) == {IZIUM: "code"}
    assert codes(found) == ["overlaps"]
    assert "left out" in found.problems[0].found


def test_units_that_the_file_lacks_keep_their_cells(gazetteer: Gazetteer) -> None:
    found = taken(gazetteer, (IZIUM, {"code": IZIUM}))
    assert found.shapes is not None
    assert len(found.shapes.codes) == 138
    assert IZIUM not in found.shapes.origin.missing
    assert len(found.shapes.origin.missing) == 137
    assert not found.shapes.origin.is_approximate


@pytest.mark.parametrize(
    "more", [{"source": " "}, {"licence": "x" * 200}, {"day": "31.01.2025"}, {"day": ""}]
)
def test_source_licence_and_date_are_asked_for(gazetteer: Gazetteer, more: dict) -> None:
    with pytest.raises(InputError) as refused:
        taken(gazetteer, (IZIUM, {"code": IZIUM}), **more)
    assert refused.value.hint


def test_the_raions_of_openstreetmap_are_taken_and_the_old_crimean_ones_told(
    gazetteer: Gazetteer, shared
) -> None:
    body = (shared / "geo" / "raions_osm.geojson").read_bytes()
    found = import_shapes(
        body, source="OpenStreetMap", licence="ODbL 1.0", day="2026-01-17", gazetteer=gazetteer
    )
    assert len(found.matches) == 135
    unmatched = [problem for problem in found.problems if problem.code == "unmatched"]
    assert len(unmatched) == 14
    assert all("Crimea" in problem.found for problem in unmatched)
    assert {problem.code for problem in found.problems} == {"unmatched", "overlaps"}
    assert {gazetteer.unit(code).name_en for code in found.shapes.origin.missing} == {
        "Bakhchysarai",
        "Kyiv",
        "Sevastopol",
    }
    city = gazetteer.find("Ізюм")[0]
    unit = gazetteer.unit(city.code)
    inside = [
        code
        for code in found.shapes.codes
        if sum(holds(r, unit.lon * SCALE, unit.lat * SCALE) for r in found.shapes.arcs.rings(code))
        % 2
    ]
    assert inside == [IZIUM]
