"""What happens on a stretch of track happened at its ends; a line only runs between them."""

import pytest

from vidomo.app.reader import read

ROMODAN, HREBINKA = "UA53060270010033721", "UA53040010010092378"
KYIV, ODESA = "UA80000000000093317", "UA51100270010076757"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("УЗ: на ділянці Ромодан – Гребінка пошкоджено контактну мережу.", "impact.damage"),
        ("На дільниці Ромодан – Гребінка дрон пошкодив колію.", "impact.damage"),
        ("На перегоні Ромодан – Гребінка поранено двох колійників.", "harm.injured"),
        ("На перегоне Ромодан – Гребенка дрон повредил пути.", "impact.damage"),
        ("На участке Ромодан – Гребенка ранены двое путейцев.", "harm.injured"),
        ("On the section Romodan – Hrebinka a drone damaged the tracks.", "impact.damage"),
        ("Two track workers were injured on the stretch Romodan – Hrebinka.", "harm.injured"),
    ],
)
def test_what_happens_on_a_stretch_of_track_is_at_both_ends(text: str, topic: str) -> None:
    (claim,) = [one for one in read(text) if one.topic == topic]
    assert {(place.code, place.role.value) for place in claim.places} == {
        (ROMODAN, "affected"),
        (HREBINKA, "affected"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Поїзд №31 Київ – Одеса затримується через обстріл.",
        "Поезд №31 Киев – Одесса задерживается из-за обстрела.",
        "Train No. 31 Kyiv – Odesa is delayed because of shelling.",
    ],
)
def test_what_delays_a_line_is_at_none_of_its_ends(text: str) -> None:
    for claim in read(text):
        roles = {(place.code, place.role.value) for place in claim.places}
        assert not {(KYIV, "affected"), (ODESA, "affected")} & roles
