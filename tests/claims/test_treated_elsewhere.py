"""A hospital in one sentence says nothing of the place that the next one begins with."""

import pytest

from vidomo.app.reader import read


@pytest.mark.parametrize(
    "text",
    [
        "Three wounded people are in hospital. In Lipetsk two people were wounded.",
        "Поранених доставили в лікарню. У Липецьку поранено двох людей.",
        "Раненых доставили в больницу. В Липецке ранены два человека.",
    ],
)
def test_the_place_after_a_hospital_is_that_of_the_next_sentence(text: str) -> None:
    last = read(text, home="UA63040090010029555")[-1]
    assert [place.code for place in last.places] == ["RU"]
