"""The outlook in words and pictures: exercise on every form, never a number without interval."""

import re
from importlib import resources

import msgspec
import pytest
from lxml import etree

from outlook.fragmentation.worlds import SURE, known, placement_of, ring, scenario, tree
from vidomo.core.errors import ConfigError
from vidomo.outlook.fragmentation.chart import band_chart, scale_mw
from vidomo.outlook.fragmentation.context import measured
from vidomo.outlook.fragmentation.measured_chart import auc_chart, reliability_chart
from vidomo.outlook.fragmentation.outlook import no_outlook, outlook
from vidomo.outlook.fragmentation.words import headings, number, outlook_words, percent, told

LANGUAGES = ("uk", "en")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module", params=[True, False], ids=["benchmark", "own"])
def found(request):
    model = msgspec.structs.replace(tree(), is_benchmark=request.param)
    return outlook(
        known(model, ("BC",), ()), model, placement_of(model), [scenario(SURE)], samples=100, seed=2
    )


def test_both_languages_have_the_same_words() -> None:
    assert outlook_words("uk").keys() == outlook_words("en").keys()
    with pytest.raises(ConfigError, match="xx"):
        outlook_words("xx")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_exercise_stands_first_in_words_and_in_every_picture(found, lang: str) -> None:
    words = outlook_words(lang)
    lines = headings(found, lang=lang)
    assert (lines[0] == words["exercise"]) == found.is_exercise
    assert words["desk_only"] in lines
    assert words["if"] in lines
    one = found.scenarios[0]
    picture = band_chart(found, one, name="Назва <і>", lang=lang)
    assert (words["exercise"] in picture) == found.is_exercise
    for measured_picture in (
        reliability_chart(measured(), lang=lang),
        auc_chart(measured(), lang=lang),
    ):
        assert words["exercise_short"] in measured_picture


def test_no_answer_says_that_information_is_insufficient() -> None:
    none = no_outlook(why="insufficient information: none", purpose="", at=known(ring()).at)
    assert outlook_words("en")["insufficient"] in headings(none, lang="en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_has_its_error_and_its_range(found, lang: str) -> None:
    lines = told(found.scenarios[0], lang=lang)
    assert len(lines) == 6
    for line in lines:
        assert "±" in line
        assert len(re.findall(r"\d[\d,.]*", line)) >= 4


def test_numbers_are_written_as_people_read_them() -> None:
    uk, en = outlook_words("uk"), outlook_words("en")
    assert percent(0.0346, uk) == "3,5"
    assert percent(0.0346, en) == "3.5"
    assert (number(5.0, en), number(5.25, uk), number(512.4, uk)) == ("5", "5,2", "512")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pictures_are_plain_svg_with_a_title_and_stay_inside(found, lang: str) -> None:
    one = found.scenarios[0]
    pictures = [
        band_chart(found, one, name='A "name" & <more>', lang=lang),
        reliability_chart(measured(), lang=lang),
        auc_chart(measured(), lang=lang),
    ]
    for picture in pictures:
        root = etree.fromstring(picture.encode())
        assert root.tag == f"{SVG}svg"
        assert root.find(f"{SVG}title").text
        _, _, width, height = map(float, root.get("viewBox").split())
        for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", picture):
            assert -1 <= float(x) <= width + 1
            assert -1 <= float(y) <= height + 1
        assert not {"script", "style", "foreignObject"} & {
            etree.QName(element).localname for element in root.iter()
        }
    assert 'A "name" &amp; &lt;more&gt;' in pictures[0]


def test_all_scenarios_share_one_scale(found) -> None:
    highest = max(moment.high_mw for moment in found.scenarios[0].moments)
    assert scale_mw(found) >= highest > 0


def test_the_measured_table_is_what_the_docs_claim() -> None:
    made = measured()
    assert made.auc["outlook_probability"][0] >= 0.75
    assert made.auc["outlook_probability"][1] >= 0.80
    assert {"stressed", "relaxed"} == set(made.reliability)
    for name, pair in made.auc.items():
        assert f"metric_{name}" in outlook_words("uk")
        if not name.startswith("outlook"):
            assert pair[0] < made.auc["outlook_probability"][0]
    for load, bins in made.reliability.items():
        total = sum(one.count for one in bins)
        assert total == made.states
        error = sum(one.count * abs(one.forecast - one.observed) for one in bins) / total
        assert error <= 0.03
        assert made.brier[load][0] < made.brier[load][1]
    pictures = resources.files("vidomo.outlook.fragmentation") / "tables" / "measured.toml"
    assert pictures.read_text("utf-8").startswith("# Written by bench/outlook.py")
