"""Short texts that name a weapon and where it flies, in few words and with oblasts cut short."""

import pytest

from claims.reading import facts, read

_UAV = ("threat.uav", "warning", "affirmed")
_MISSILE = ("threat.missile", "warning", "affirmed")
_LATER = ("threat.missile", "forecast", "affirmed")
_DOWN = ("event.air_defence", "report", "affirmed")
_CLEAR = ("threat.air", "report", "negated")
_ON = ("alert.start", "report", "affirmed")


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Вінниччина: три борти з боку Козятина", _UAV),
        ("Винницкая: три борта со стороны Козятина", _UAV),
        ("Дрони пройшли Козятин, далі захід", _UAV),
        ("До Козятина два реактивних", _UAV),
        ("«Онікс» з Криму по Миколаївщині", _MISSILE),
        ("«Оникс» из Крыма по Николаевской", _MISSILE),
        ("Носій «Кинджалів» у повітрі", _MISSILE),
        ("Носитель «Кинжалов» в воздухе", _MISSILE),
        ("Вночі підуть калібри", _LATER),
        ("Ночью полетят калибры", _LATER),
        ("Kalibrs will fly tonight", _LATER),
        ("Козятин: збили двох", _DOWN),
        ("Третий упал в поле, летят ещё", _DOWN),
        ("Тихо всюди", _CLEAR),
        ("Везде тихо", _CLEAR),
        ("Quiet everywhere", _CLEAR),
        ("Вінницька, Черкаська — знову червоні", _ON),
        ("Винницкая, Черкасская — снова красные", _ON),
    ],
)
def test_few_words_tell_what_flies(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts(text)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Два шахеда с Полтавской на Черкасскую", ["UA71000000000010357"]),
        ("Два шахеди з Полтавської на Черкаську", ["UA71000000000010357"]),
    ],
)
def test_an_oblast_cut_short_is_where_it_flies(text: str, codes: list[str]) -> None:
    (claim,) = read(text).claims
    names = [text[one.start : one.end] for one in claim.places if one.role.value == "heading"]
    assert len(names) == len(codes)


@pytest.mark.parametrize(
    "text",
    [
        "Дрони для розвідників зібрали в Козятині",
        "Дроны для разведчиков собрали в Казатине",
        "A drone show in Koziatyn",
        "Борти вантажівок відкрили у Козятині",
        "Стратеги сіли в Енгельсі",
        "Стратеги сели в Энгельсе",
        "Bombers landed at Engels",
    ],
)
def test_what_does_not_fly_there_is_no_danger(text: str) -> None:
    assert not any(topic.startswith("threat.") for topic, _, _ in facts(text))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Гуде над Козятином, низько", _UAV),
        ("Гудит над Казатином, низко", _UAV),
        ("Buzzing over Koziatyn, low", _UAV),
        ("Друга хвиля заходить на Козятин", _UAV),
        ("Вторая волна заходит на Казатин", _UAV),
        ("Тривога на Вінниччині через безпілотники", _UAV),
        ("Тревога в Винницкой области из-за беспилотников", _UAV),
        ("All drones destroyed, Koziatyn", _DOWN),
        ("Авіація рф активна на північному сході", ("threat.air", "warning", "affirmed")),
        ("🛵 6 шт через Вінниччину", _UAV),
        ("🛵 6 through Vinnytsia region", _UAV),
        ("Відбою не буде, МіГ кружляє", _MISSILE),
        ("Отбоя не будет, МиГ кружит", _MISSILE),
        ("Марганець під вогнем", ("event.shelling", "report", "affirmed")),
        ("Марганец под огнём", ("event.shelling", "report", "affirmed")),
    ],
)
def test_sounds_waves_and_reasons_tell_what_flies(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Two KABs on Koziatyn", "Koziatyn"),
        ("The missile turned and flies to Koziatyn", "Koziatyn"),
        ("Дві Х-59 на Синельникове", "Синельникове"),
        ("Drones changed course, now to Koziatyn", "Koziatyn"),
    ],
)
def test_small_words_lead_to_where_it_flies(text: str, name: str) -> None:
    (claim,) = read(text).claims
    found = [(text[one.start : one.end], one.role.value) for one in claim.places]
    assert (name, "heading") in found


@pytest.mark.parametrize("text", ["Threat to Koziatyn: KABs", "Danger of drones on Tuesday"])
def test_a_threat_to_a_place_hangs_over_it(text: str) -> None:
    assert not any(one.role.value == "heading" for c in read(text).claims for one in c.places)


@pytest.mark.parametrize(
    "text", ["Ракета з Криму на Козятин. Збили.", "Ракета из Крыма на Казатин. Сбили."]
)
def test_what_was_shot_down_was_not_where_it_was_launched(text: str) -> None:
    (claim,) = [claim for claim in read(text).claims if claim.topic == "event.air_defence"]
    assert len(claim.places) == 1
    assert claim.places[0].start > text.index("Кр")


@pytest.mark.parametrize(
    "text",
    [
        "Севастополь: отражаем атаку БПЛА",
        "Козятин: відбиваємо атаку дронів",
    ],
)
def test_an_attack_that_is_being_repelled_is_air_defence_alone(text: str) -> None:
    assert facts(text) == {_DOWN}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Drones gone, ballistic threat remains for Koziatyn", "threat.uav"),
        ("Drones left for Romania, Izmail", "threat.uav"),
        ("Nothing more is flying to Koziatyn", "threat.air"),
    ],
)
def test_what_is_gone_is_no_danger(text: str, topic: str) -> None:
    assert (topic, "report", "negated") in facts(text)


def test_a_fire_in_the_port_is_one() -> None:
    assert ("impact.fire", "report", "affirmed") in facts("Loud in Izmail, fire in the port")
