"""A danger that a text sets against the end of another one goes on."""

import pytest

from claims.reading import read


@pytest.mark.parametrize(
    ("text", "ended", "going"),
    [
        ("По балістиці чисто, по мопедах ще ні.", "threat.missile", "threat.uav"),
        ("По ракетах чисто, а по кабах поки ні.", "threat.missile", "threat.guided_bomb"),
        ("Чисто по ракетах, але не по шахедах.", "threat.missile", "threat.uav"),
        ("По баллистике чисто, по шахедам — нет.", "threat.missile", "threat.uav"),
        ("Чисто по ракетам, но не по дронам.", "threat.missile", "threat.uav"),
        ("Clear of missiles, drones not yet.", "threat.missile", "threat.uav"),
        ("Clear on ballistics, not on drones.", "threat.missile", "threat.uav"),
    ],
)
def test_an_end_does_not_reach_the_danger_that_is_answered_with_no(
    text: str, ended: str, going: str
) -> None:
    told = {claim.topic: claim.polarity.value for claim in read(text).claims}
    assert told[ended] == "negated"
    assert told[going] == "affirmed"


def test_the_danger_answered_with_no_is_never_over_although_the_other_end_is_lost() -> None:
    told = {c.topic: c.polarity.value for c in read("По шахедам чисто, по баллистике нет.").claims}
    assert told["threat.missile"] == "affirmed"


@pytest.mark.parametrize(
    "text",
    [
        "Чисто по мопедах, ракет немає.",
        "По мопедам чисто, ракет нет.",
        "Clear of drones, no missiles.",
    ],
)
def test_two_dangers_that_are_both_denied_make_no_warning(text: str) -> None:
    assert all(claim.kind.value != "warning" for claim in read(text).claims)


@pytest.mark.parametrize(
    "text",
    [
        "Sumy region clear. Two drones over Poltava.",
        "Drones over Poltava. Sumy clear.",
        "Konotop is clear. Missiles heading for Romny.",
    ],
)
def test_clear_beside_a_danger_that_goes_on_ends_no_alarm(text: str) -> None:
    topics = {claim.topic for claim in read(text).claims}
    assert "alert.end" not in topics
    assert any(topic.startswith("threat.") for topic in topics)


def test_an_all_clear_beside_a_danger_elsewhere_stays() -> None:
    topics = {c.topic for c in read("Sumy: all clear. Two drones over Poltava.").claims}
    assert "alert.end" in topics
