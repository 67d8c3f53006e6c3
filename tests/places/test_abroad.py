"""What a text about Russia leaves open lies there; what happens at home stays at home."""

import pytest

from vidomo.app.reader import read
from vidomo.claims.model import Claim
from vidomo.gazetteer import Gazetteer

KYIV = "UA80000000000093317"
SUMY_OBLAST = "UA59000000000057109"


def places(claims: tuple[Claim, ...], topic: str) -> list[tuple[str, str | None]]:
    return [
        (ref.role.value, ref.code)
        for claim in claims
        if claim.topic == topic
        for ref in claim.places
    ]


def test_a_statement_without_a_place_lies_in_russia_where_the_whole_text_does() -> None:
    found = read("Взрыв прогремел в Нижнем Тагиле. Ещё трое пострадали.", lang="ru")
    assert places(found, "harm.injured") == [("affected", "RU")]


def test_the_city_lies_in_russia_where_the_whole_text_does() -> None:
    text = "Два беспилотника сбиты над Астраханской областью. Эвакуацию в городе не проводили."
    assert places(read(text, lang="ru"), "response.evacuation") == [("affected", "RU")]


def test_a_village_that_many_share_lies_in_russia_where_the_whole_text_does() -> None:
    text = "В Белгородской области атака дронов. В деревне Ивановка сгорел гараж."
    assert places(read(text, lang="ru"), "impact.fire") == [("affected", "RU")]


def test_a_village_stays_open_where_the_text_also_names_a_place_in_ukraine() -> None:
    text = "Удар по Харькову из Белгородской области. В деревне Ивановка сгорел гараж."
    assert ("affected", "RU") not in places(read(text, lang="ru"), "impact.fire")


def test_what_flew_from_russia_fell_at_the_home_of_the_source() -> None:
    found = read("Зранку з Курської області прилетіло п'ять мін.", home=SUMY_OBLAST, lang="uk")
    assert places(found, "event.shelling") == [("affected", SUMY_OBLAST), ("origin", "RU")]


def test_a_launch_says_only_where_the_danger_comes_from() -> None:
    text = "Тривога в Києві. Зафіксовано пуски ракет з Бєлгородської області."
    assert places(read(text, lang="uk"), "threat.missile") == [("origin", "RU")]


def test_two_oblasts_named_alike_leave_open_what_a_text_is_about() -> None:
    text = "У Харківській, Сумській областях аварійні відключення. В інших діють графіки."
    assert places(read(text, lang="uk"), "power.schedule") == []


@pytest.mark.parametrize("name", ["Чорноморську", "Південноукраїнську", "Чорнобилі"])
def test_a_city_whose_name_begins_like_an_ordinary_word_is_found(name: str) -> None:
    (place,) = read(f"Пожежа триває у {name}, є поранені.", lang="uk")[0].places
    unit = Gazetteer.open().get(place.code or "")
    assert unit is not None
    assert unit.category == "M"


def test_the_city_after_a_place_in_russia_is_that_place() -> None:
    text = (
        "В Шебекино повреждены линии. Часть города осталась без воды. Напомним, ударили по Херсону."
    )
    claims = read(text)
    assert {p.code for one in claims for p in one.places if one.topic == "impact.water.outage"} == {
        "RU"
    }
    text = "В Херсоне повреждены линии. Часть города осталась без воды. Ударили по Шебекино."
    found = {p.code for one in read(text) for p in one.places if "water" in one.topic}
    assert found
    assert "RU" not in found
