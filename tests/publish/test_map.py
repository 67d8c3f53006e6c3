"""The map of the country: what it draws, what it says beside it, and what it weighs."""

import gzip
import random
import re
from datetime import UTC, datetime

import pytest

from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.shapes import Origin, bundled_shapes
from vidomo.publish.map import (
    MapState,
    border_note,
    country_map,
    map_words,
    unit_tones,
)
from vidomo.publish.page.urgency import ORDER, Tone
from vidomo.publish.residents import Leaf, render_resident_start

GAZETTEER = Gazetteer.open()
SHAPES = bundled_shapes()
KHARKIV, SUMY, KYIV = "UA63000000000041885", "UA59000000000057109", "UA80000000000093317"
IZIUM = "UA63040000000023521"
KHARKIV_RAIONS = tuple(code for code in SHAPES.codes if code.startswith("UA63"))


def drawn(states: dict[str, MapState], lang: str = "uk"):
    return country_map(states, shapes=SHAPES, atlas=GAZETTEER, lang=lang)


def paths(svg: str) -> dict[str, str]:
    return dict(re.findall(r'<path fill="url\(#(m\d)\)"[^>]* d="([^"]*)"', svg))


def test_a_country_of_which_nothing_is_said_is_hatched_grey_and_said_not_to_be_well() -> None:
    found = drawn({})
    assert list(paths(found.svg)) == ["m4"]
    assert found.rows == ()
    assert len(found.quiet) == 27
    assert "не означає" in map_words("uk")("map.nothing")


def test_each_tone_has_its_own_pattern_and_none_is_green() -> None:
    svg = drawn({}).svg
    patterns = re.findall(r"<pattern.*?</pattern>", svg)
    assert len(set(patterns)) == 4
    for red, green, blue in re.findall(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\b", svg):
        assert int(green, 16) <= max(int(red, 16), int(blue, 16))
    unknown = next(one for one in patterns if 'id="m4"' in one)
    assert "polygon" not in unknown  # hatching without a ground


def test_one_raion_is_drawn_alone_and_the_others_of_its_oblast_stay_unknown() -> None:
    found = drawn({IZIUM: MapState(Tone.DANGER, "тривога")})
    assert set(paths(found.svg)) == {"m1", "m4"}
    assert found.tones == {IZIUM: Tone.DANGER}
    (row,) = found.rows
    assert (row.name, row.where, row.words) == ("Ізюмський район", "Харківська область", "тривога")
    assert "Харківська область" not in found.quiet


def test_what_is_said_of_an_oblast_holds_for_all_its_raions() -> None:
    tones = unit_tones({KHARKIV: Tone.CAUTION}, shapes=SHAPES)
    assert {tones[code] for code in KHARKIV_RAIONS} == {Tone.CAUTION}
    assert set(tones.values()) == {Tone.CAUTION, Tone.UNKNOWN}


def test_the_more_urgent_of_raion_and_oblast_is_drawn() -> None:
    tones = unit_tones({KHARKIV: Tone.CAUTION, IZIUM: Tone.DANGER}, shapes=SHAPES)
    assert tones[IZIUM] is Tone.DANGER
    assert sum(tone is Tone.CAUTION for tone in tones.values()) == len(KHARKIV_RAIONS) - 1
    tones = unit_tones({KHARKIV: Tone.DANGER, IZIUM: Tone.INFO}, shapes=SHAPES)
    assert tones[IZIUM] is Tone.DANGER


def test_a_raion_that_the_words_take_out_of_an_alert_is_not_drawn_under_it() -> None:
    rest = {code: MapState(Tone.DANGER, "тривога") for code in KHARKIV_RAIONS if code != IZIUM}
    found = drawn({KHARKIV: MapState(Tone.DANGER, "тривога"), **rest})
    assert IZIUM not in found.tones
    assert len(found.rows) == len(KHARKIV_RAIONS)


def test_raions_that_say_what_their_oblast_says_are_told_in_its_row() -> None:
    alert = MapState(Tone.DANGER, "тривога")
    found = drawn({KHARKIV: alert, **dict.fromkeys(KHARKIV_RAIONS, alert)})
    assert [row.code for row in found.rows] == [KHARKIV]
    assert set(found.tones) == set(KHARKIV_RAIONS)
    other = drawn({KHARKIV: MapState(Tone.DANGER, "інше"), **dict.fromkeys(KHARKIV_RAIONS, alert)})
    assert len(other.rows) == len(KHARKIV_RAIONS) + 1


def test_kyiv_is_drawn_although_it_has_no_raions() -> None:
    assert drawn({KYIV: MapState(Tone.DANGER)}).tones == {KYIV: Tone.DANGER}


def test_an_unknown_code_is_neither_drawn_nor_told() -> None:
    found = drawn({"UA99": MapState(Tone.DANGER), KHARKIV: MapState(Tone.UNKNOWN)})
    assert found.rows == ()
    assert found.tones == {}


def test_a_settlement_is_told_in_the_table_and_never_drawn() -> None:
    city = GAZETTEER.find("Ізюм")[0].code
    found = drawn({city: MapState(Tone.DANGER)})
    assert [row.code for row in found.rows] == [city]
    assert list(paths(found.svg)) == ["m4"]


def test_rows_come_most_urgent_first_and_the_key_names_every_tone() -> None:
    found = drawn(
        {SUMY: MapState(Tone.INFO), KYIV: MapState(Tone.CAUTION), KHARKIV: MapState(Tone.DANGER)}
    )
    assert [row.code for row in found.rows] == [KHARKIV, KYIV, SUMY]
    assert [tone for tone, _ in found.key] == list(ORDER)
    assert all(row.words for row in found.rows)


def test_raion_borders_are_drawn_only_where_raions_differ() -> None:
    whole = drawn({KHARKIV: MapState(Tone.CAUTION)}).svg
    apart = drawn({IZIUM: MapState(Tone.CAUTION)}).svg
    assert 'stroke-width=".4"' not in whole
    assert 'stroke-width=".4"' in apart


@pytest.mark.parametrize("seed", range(5))
def test_the_map_weighs_at_most_six_kilobytes_whatever_is_said(seed: int) -> None:
    chance = random.Random(seed)
    states = {code: MapState(chance.choice(ORDER)) for code in SHAPES.codes}
    assert len(gzip.compress(drawn(states).svg.encode(), 9)) <= 6_000


def test_on_a_usual_night_the_map_weighs_less_than_three_kilobytes() -> None:
    alert = {code: MapState(Tone.DANGER) for code in KHARKIV_RAIONS[:4]}
    found = drawn({**alert, SUMY: MapState(Tone.CAUTION), KYIV: MapState(Tone.CAUTION)})
    assert len(gzip.compress(found.svg.encode(), 9)) < 3_000


def test_the_start_page_keeps_its_budget_when_every_raion_says_something_else() -> None:
    chance = random.Random(2)
    states = {
        code: MapState(chance.choice(ORDER), f"тривога з {code[-4:]}") for code in SHAPES.codes
    }
    for oblast in GAZETTEER.oblasts():
        states[oblast.code] = MapState(Tone.CAUTION, f"частково немає світла {oblast.code[-4:]}")
    at = datetime(2025, 12, 20, 20, 30, tzinfo=UTC)
    for lang in ("uk", "en"):
        leaf = Leaf(lang=lang, path="/", valid_at=at, known_at=at, notice="izium")
        page = render_resident_start(states, shapes=SHAPES, frame=leaf, atlas=GAZETTEER)
        assert len(gzip.compress(page.encode(), 9)) <= 14_336


def test_the_map_needs_no_style_no_script_and_no_request() -> None:
    svg = drawn({IZIUM: MapState(Tone.DANGER)}).svg
    assert not re.search(r"style=|<script|href|class=|on\w+=|//", svg)
    assert 'role="img"' in svg
    assert f'aria-label="{map_words("uk")("map.label")}"' in svg
    assert "<title>" in svg


def test_the_note_says_that_borders_are_approximate_or_whose_they_are() -> None:
    assert "approximate" in border_note(SHAPES.origin, lang="en")
    own = Origin(source="a surveyor", licence="CC0", date="2025-01-31")
    assert border_note(own, lang="en") == "Borders: a surveyor. Licence: CC0. As of 2025-01-31."
    some = Origin(source="a surveyor", licence="CC0", date="2025-01-31", missing=(KYIV,))
    assert "Approximate borders: 1." in border_note(some, lang="en")


def test_every_language_has_the_same_words_in_short_sentences() -> None:
    tables = {lang: map_words(lang) for lang in ("uk", "en", "ru")}
    assert len({table.keys for table in tables.values()}) == 1
    for table in tables.values():
        for key in table.keys:
            for sentence in re.split(
                r"[.!?:]\s", table(key, n=1, source="s", licence="l", date="d")
            ):
                assert len(sentence.split()) <= 12, (key, sentence)
    assert map_words("de").lang == "uk"
