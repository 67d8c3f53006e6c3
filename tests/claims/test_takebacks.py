"""What a text tells first and then calls false is denied, and nothing else is."""

import pytest

from claims.reading import facts


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        (
            (
                "У мережі з'явилася інформація, що мешканців Сум евакуюватимуть. "
                "Начальник ОВА спростував ці повідомлення."
            ),
            "response.evacuation",
        ),
        ("Пишуть, що в Ізюмі оголосили евакуацію. Це неправда.", "response.evacuation"),
        (
            "У чатах пишуть, що завтра в Полтаві вимкнуть воду на тиждень. Це вигадка.",
            "impact.water.outage",
        ),
        (
            "Міноборони РФ заявило про влучання у склад під Сумами. Місто назвало це брехнею.",
            "event.strike",
        ),
        (
            (
                "В соцсетях распространяется информация о массовой эвакуации в городе Алёшки. "
                "Администрация опровергла эти слухи."
            ),
            "response.evacuation",
        ),
        (
            "В каналах пишут, что якобы в Сумах объявили эвакуацию. Это неправда.",
            "response.evacuation",
        ),
        ("Ранее мы писали о семи раненых, это ошибка.", "harm.injured"),
        (
            (
                "Social media posts say that an evacuation of Sumy has begun. "
                "The administration said this was not true."
            ),
            "response.evacuation",
        ),
        (
            "A message that Poltava is without water is being shared online. It is a fake.",
            "impact.water.outage",
        ),
    ],
)
def test_talk_that_is_called_false_is_denied(text: str, topic: str) -> None:
    told = facts(text)
    assert (topic, "report", "denied") in told
    assert (topic, "report", "affirmed") not in told


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("У Сумах немає світла. Чутки про евакуацію неправдиві.", "impact.power.outage"),
        ("З Покровська триває евакуація. Чуток багато.", "response.evacuation"),
        ("Внаслідок удару поранено двох. Інформацію про загиблих спростували.", "harm.injured"),
        ("Россия ударила по больнице. Москва это отрицает.", "event.strike"),
        (
            "Two people were wounded in Sumy. The mayor denied that the town is evacuated.",
            "harm.injured",
        ),
    ],
)
def test_what_nobody_calls_false_stays(text: str, topic: str) -> None:
    assert (topic, "report", "affirmed") in facts(text)
