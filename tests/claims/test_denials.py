"""What is said not to be so, and what somebody else's words are said to be."""

import pytest

from claims.reading import facts


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Пошукову операцію призупинено через тривогу.", "response.rescue"),
        ("Поисковую операцию приостановили из-за тревоги.", "response.rescue"),
        ("Rescue work has been suspended because of the alert.", "response.rescue"),
        ("Евакуація мешканців не знадобилася.", "response.evacuation"),
        ("Эвакуация жителей не понадобилась.", "response.evacuation"),
        ("Evacuation was not needed.", "response.evacuation"),
        ("Займання немає.", "impact.fire"),
        ("Возгорания нет.", "impact.fire"),
        ("No houses, either in the city or around it, were damaged.", "impact.damage"),
        ("Перебоев с водоснабжением не зафиксировано.", "impact.water.outage"),
    ],
)
def test_what_is_not_so_is_negated(text: str, topic: str) -> None:
    found = {(kind, polarity) for one, kind, polarity in facts(text) if one == topic}
    assert found == {("report", "negated")}


@pytest.mark.parametrize(
    "text",
    [
        "Канали писали про двох загиблих, мер назвав це вкидом.",
        "Каналы писали о двух погибших, мэр назвал это вбросом.",
        "Помилково повідомляли про двох загиблих.",
        "Ошибочно сообщали о двух погибших.",
        "Two people were mistakenly reported killed.",
    ],
)
def test_dead_whom_somebody_takes_back_are_denied(text: str) -> None:
    assert {(k, p) for topic, k, p in facts(text) if topic == "harm.killed"} == {
        ("report", "denied")
    }


@pytest.mark.parametrize(
    "text",
    [
        "Пошукова операція триває.",
        "Поисковая операция продолжается.",
        "Rescue work goes on.",
    ],
)
def test_work_that_goes_on_is_reported(text: str) -> None:
    assert ("response.rescue", "report", "affirmed") in facts(text)


def test_nobody_hurt_after_a_strike_denies_no_strike() -> None:
    found = facts("No casualties were reported after a drone hit a warehouse.")
    assert ("event.strike", "report", "affirmed") in found


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Чутки про евакуацію Одеси — фейк, тривога в місті триває.", "alert.start"),
        ("Слухи об эвакуации Одессы — фейк, тревога в городе продолжается.", "alert.start"),
        ("Слухи о полном блэкауте в Одессе — фейк, город живёт по графикам.", "power.schedule"),
    ],
)
def test_the_truth_beside_a_denial_is_not_denied(text: str, topic: str) -> None:
    assert (topic, "report", "denied") not in facts(text)
    assert {polarity for _, _, polarity in facts(text)} >= {"denied"}
