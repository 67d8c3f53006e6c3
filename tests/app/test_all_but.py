"""What an all-clear takes out is taken out of its places, from the words to the fold's hierarchy."""

import pytest

from vidomo.claims.read import read_text
from vidomo.gazetteer import Gazetteer
from vidomo.places.resolve import resolve
from vidomo.situation.exceptions import excluded
from vidomo.situation.hierarchy import Tree

SUMY = "UA59000000000057109"


@pytest.mark.parametrize(
    "text",
    [
        "🟢 Відбій повітряної тривоги по всій країні, крім Сумської області.",
        "Відбій скрізь, окрім Сумщини.",
        "🟢 Отбой воздушной тревоги везде, кроме Сумской области.",
        "🟢 All clear across the country, except Sumy oblast.",
    ],
)
def test_an_all_clear_for_the_country_takes_out_the_oblast_that_it_names(text: str) -> None:
    gazetteer = Gazetteer.open()
    reading = resolve(read_text(text, gazetteer=gazetteer), gazetteer, home=None)
    ends = [claim for claim in reading.claims if claim.topic == "alert.end"]
    assert ends
    for claim in ends:
        places = tuple(place.code for place in claim.places if place.code)
        out = excluded(claim, reading, places, text=text, tree=Tree(gazetteer))
        assert places == ("UA",)
        assert out == (SUMY,)
