import pytest
from lxml import etree

from outlook.regimes.test_board import HOURLY, board, schedule, shut
from outlook.saying import OBLAST
from vidomo.core.errors import ConfigError
from vidomo.gazetteer import Gazetteer
from vidomo.outlook.regimes.map import regime_map
from vidomo.outlook.regimes.model import Regime
from vidomo.outlook.regimes.words import board_words, named


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_the_map_says_in_words_what_its_patterns_show(lang: str) -> None:
    found = board(schedule(0), shut(5))
    gazetteer = Gazetteer.open()
    drawn = regime_map(found, shape=gazetteer.shape, name=gazetteer.label, lang=lang)
    root, words = etree.fromstring(drawn), board_words(lang)
    said = " ".join(root.itertext())
    name = gazetteer.label(OBLAST)
    assert f"{name}: {words['emergency_shutdown']}" in said
    assert words["none"] in said
    assert words["desk_only"] in said
    assert words["hourly"] not in said
    assert drawn.count("<pattern") == 1
    assert "style=" not in drawn


def test_an_oblast_without_a_shape_or_a_regime_is_still_there() -> None:
    drawn = regime_map(board(), shape=lambda _: None, name=lambda _: "<here>", lang="en")
    assert "&lt;here&gt;: not announced" in drawn
    assert "url(#" not in drawn


def test_words_in_an_unknown_language_are_looked_up_in_all() -> None:
    assert named(HOURLY, topic="power.schedule", lang="und") == {Regime.HOURLY}
    with pytest.raises(ConfigError):
        board_words("ru")
