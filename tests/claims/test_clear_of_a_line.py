""" "Clear" in a line of its own ends no alarm, and a street lends its name to no village."""

from vidomo.app.reader import read


def _told(text: str) -> list[tuple[str, str]]:
    return [(claim.topic, claim.polarity.value) for claim in read(text)]


def test_clear_above_the_alert_of_another_town_ends_no_alarm() -> None:
    told = _told("Odesa — clear\nKherson — alert, artillery from the left bank")
    assert ("threat.air", "negated") in told
    assert not any(topic == "alert.end" for topic, _ in told)


def test_clear_beside_an_alert_in_one_line_ends_the_alarm() -> None:
    assert ("alert.end", "affirmed") in _told("Odesa clear, Kherson alert")


def test_an_all_clear_after_a_street_is_of_the_city() -> None:
    ends = [
        claim
        for claim in read(
            "Харьков. Электротранспорт на Полтавском Шляхе курсирует с изменениями. "
            "Отбой тревоги объявили в 15:05."
        )
        if claim.topic == "alert.end"
    ]
    assert [place.code for claim in ends for place in claim.places] == ["UA63120270010096107"]
