"""Who confirms a thing that a text has told adds nothing; told first that way, it is told."""

import pytest

from vidomo.app.reader import read


def topics(text: str) -> list[str]:
    return [one.topic for one in read(text)]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("У Сумах пошкоджено школу. Мер підтвердив пошкодження школи.", "impact.damage"),
        ("В Сумах поврежден мост. Сообщения о повреждении подтвердил глава.", "impact.damage"),
        (
            "В Тернополе отключение света. Об отключении света мэр писал ранее.",
            "impact.power.outage",
        ),
        ("A school in Sumy is damaged. The mayor confirmed damage to it.", "impact.damage"),
    ],
)
def test_what_is_confirmed_is_told_once(text: str, topic: str) -> None:
    assert topics(text).count(topic) == 1


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Влада підтвердила пошкодження дамби під Сумами.", 1),
        ("Украинские власти подтверждают повреждение дамбы под Сумами.", 1),
        ("В Одессе поврежден порт. В Измаиле власти подтвердили повреждение склада.", 2),
        ("The port of Odesa is damaged. In Izmail officials confirmed damage to a depot.", 2),
    ],
)
def test_what_is_confirmed_elsewhere_or_first_is_told(text: str, wanted: int) -> None:
    assert topics(text).count("impact.damage") == wanted
