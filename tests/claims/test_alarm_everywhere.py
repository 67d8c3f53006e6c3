"""An all-clear "everywhere" is of the place that its sentence names, and who only shouts gives none."""

import pytest

from claims.reading import read
from vidomo.claims.model import Claim


def _ended(text: str) -> list[Claim]:
    return [
        claim
        for claim in read(text).claims
        if claim.topic == "alert.end"
        and claim.polarity.value == "affirmed"
        and claim.kind.value in {"report", "assessment"}
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Черкаська область: відбій усюди, крім Умані", "Черкаська область"),
        ("Черкасская область: отбой везде, кроме Умани", "Черкасская область"),
        ("Cherkasy region: all clear everywhere except Uman", "Cherkasy region"),
        ("Відбій усюди по Черкащині", "Черкащині"),
        ("Черкащина: загальний відбій", "Черкащина"),
        ("Черкаська область. Відбій усюди", "Черкаська область"),
    ],
)
def test_everywhere_is_in_the_place_that_is_named(text: str, name: str) -> None:
    (claim,) = _ended(text)
    assert [text[one.start : one.end] for one in claim.places] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Київ: відбій по всій країні",
        "Киев: отбой по всей стране",
        "Kyiv: all clear nationwide",
        "Відбій усюди",
        "Отбой везде",
    ],
)
def test_the_whole_country_stays_the_whole_country(text: str) -> None:
    (claim,) = _ended(text)
    assert name_of(claim, text) not in {"Київ", "Киев", "Kyiv"}


def name_of(claim: Claim, text: str) -> str:
    (place,) = claim.places
    return text[place.start : place.end]


@pytest.mark.parametrize(
    "text",
    [
        "«Відбій!» — крикнула сусідка, але сирена не вщухала",
        "«Отбой!» — крикнула соседка, но сирена не смолкла",
        "«Відбій!» — прошепотів хтось у темряві",
        '"All clear!" - somebody yelled, and the siren went on',
    ],
)
def test_who_only_shouts_it_ends_no_alarm(text: str) -> None:
    assert _ended(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The air raid alert in Odesa region is over",
        "The air alert in Skvyra has been lifted",
        "Chernihiv got the all clear",
    ],
)
def test_an_alarm_that_is_over_is_no_alarm(text: str) -> None:
    assert _ended(text)
    assert not any(claim.topic == "alert.start" for claim in read(text).claims)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Суми та область: вибухи", ["Суми", "область"]),
        ("Рівне й район: вибухи", ["Рівне", "район"]),
        ("Сумы и область: взрывы", ["Сумы", "область"]),
    ],
)
def test_a_town_that_is_also_a_word_stands_beside_its_area(text: str, names: list[str]) -> None:
    (claim,) = read(text).claims
    assert [text[one.start : one.end] for one in claim.places] == names


@pytest.mark.parametrize(
    "text",
    [
        "Відбій о 22:10, але о 22:31 знову червоні",
        "Отбой в 22:10, но в 22:31 снова красные",
        "All clear at 22:10, red again at 22:31",
        "Отбой: концерт перенесён",
        "Відбій: концерт перенесено",
        "All clear: the concert is off",
        "Ten minutes to the all clear",
        "A few minutes until the all-clear",
        "Діти репетирували: тривога, сховище, відбій",
        "Дети репетировали: тревога, убежище, отбой",
        "The class rehearsed: alert, shelter, all clear",
        "Ще хвилина — і відбій",
        "Ещё минута — и отбой",
        "One more minute - and all clear",
    ],
)
def test_what_lasted_minutes_is_called_off_or_to_come_ends_no_alarm(text: str) -> None:
    assert _ended(text) == []


@pytest.mark.parametrize(
    "text", ["Відбій: Козятин", "Отбой: Казатин", "All clear: Koziatyn", "Відбій: 22:10, Козятин"]
)
def test_a_place_after_a_colon_is_where_it_ends(text: str) -> None:
    assert _ended(text)
