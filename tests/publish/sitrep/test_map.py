"""The map of a report: one oblast, nothing finer than a raion."""

import lxml.etree

from publish.sitrep.reports import ATLAS, IZIUM, OBLAST, RAION, material
from vidomo.disclosure.country import UnitView
from vidomo.gazetteer.shapes import bundled_shapes
from vidomo.publish.page.urgency import Tone
from vidomo.publish.sitrep.around import unit_tones
from vidomo.publish.sitrep.map import area_map
from vidomo.publish.sitrep.telling import Telling

SHAPES = bundled_shapes()


def telling(*, is_internal: bool = True, lang: str = "en") -> Telling:
    return Telling(material(is_internal=is_internal), lang=lang, atlas=ATLAS)


def test_each_raion_of_the_oblast_is_drawn_and_named_and_no_other() -> None:
    drawn = area_map({}, code=IZIUM, shapes=SHAPES, telling=telling())
    root = lxml.etree.fromstring(drawn.svg.encode())
    names = {one.text for one in root.iter("{*}text")}
    expected = {
        ATLAS.label(code, lang="en").removesuffix(" raion")
        for code in SHAPES.codes
        if ATLAS.within(code, OBLAST)
    }
    assert names == expected
    assert len(names) == 7


def test_a_raion_is_coloured_by_what_is_said_of_a_place_in_it() -> None:
    tones = unit_tones(material(), SHAPES, telling())
    assert tones[RAION] is Tone.DANGER
    assert {tone for code, tone in tones.items() if code != RAION} == {Tone.UNKNOWN}


def test_the_public_map_shows_alerts_and_supply_as_they_may_be_compared() -> None:
    import msgspec

    found = material(is_internal=False)
    alert = UnitView(code=RAION, level="raion", dimension="alert", phase="on")
    supply = UnitView(code=OBLAST, level="oblast", dimension="power", phase="partial")
    told = msgspec.structs.replace(found, units=(alert, supply))
    tones = unit_tones(told, SHAPES, telling(is_internal=False))
    assert tones[RAION] is Tone.DANGER
    others = {tone for code, tone in tones.items() if ATLAS.within(code, OBLAST) and code != RAION}
    assert others == {Tone.CAUTION}
    stale = msgspec.structs.replace(alert, stale=True)
    tones = unit_tones(
        msgspec.structs.replace(found, units=(stale,)), SHAPES, telling(is_internal=False)
    )
    assert tones[RAION] is Tone.UNKNOWN


def test_the_public_map_shows_no_attack() -> None:
    tones = unit_tones(material(is_internal=False), SHAPES, telling(is_internal=False))
    assert set(tones.values()) == {Tone.UNKNOWN}


def test_the_map_says_the_same_in_words_and_that_borders_are_approximate() -> None:
    drawn = area_map({RAION: Tone.DANGER}, code=IZIUM, shapes=SHAPES, telling=telling())
    assert "Izium raion: threat, attack or people hurt." in drawn.alt
    assert "Of the other raions nothing was reported." in drawn.alt
    assert any("approximate" in one.text for one in drawn.notes)
    empty = area_map({}, code=IZIUM, shapes=SHAPES, telling=telling())
    assert "Nothing was reported of any raion." in empty.alt


def test_the_public_map_tells_supply_of_the_oblast_and_not_of_each_raion() -> None:
    drawn = [code for code in SHAPES.codes if ATLAS.within(code, OBLAST)]
    tones = dict.fromkeys(drawn, Tone.CAUTION)
    public = telling(is_internal=False)
    told = area_map(tones, code=IZIUM, shapes=SHAPES, telling=public).alt
    assert told.count("a service out or in part") == 1
    assert "Kharkiv oblast, not told by raion: a service out or in part" in told
    assert "Bohodukhiv" not in told
    alarmed = area_map(tones | {RAION: Tone.DANGER}, code=IZIUM, shapes=SHAPES, telling=public).alt
    assert "Izium raion: threat" in alarmed
    assert alarmed.count("a service out or in part") == 1
    named = area_map(tones, code=IZIUM, shapes=SHAPES, telling=telling()).alt
    assert named.count("a service out or in part") == len(drawn)


def test_the_country_has_no_such_map() -> None:
    assert area_map({}, code="UA", shapes=SHAPES, telling=telling()) is None
    assert area_map({}, code="XX00000000000000000", shapes=SHAPES, telling=telling()) is None
