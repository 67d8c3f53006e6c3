"""What an expert does not believe in is an inference too."""

import pytest

from vidomo.app.reader import read


@pytest.mark.parametrize(
    "text",
    [
        "Аналітик не вірить в «енергоострів» навколо Шептицького.",
        "Експерти сумніваються, що мережа розпадеться на острови.",
        "Оглядач не вірить, що місто лишиться без світла.",
        "Аналитик рынка не верит в «энергоостров» вокруг Шептицкого.",
        "Эксперты сомневаются, что энергосистема распадётся на острова.",
        "Экономист не верит, что город останется без тепла.",
        "Analysts doubt that the grid will split into islands.",
        "An expert does not believe that the city will be left without power.",
    ],
)
def test_what_an_expert_doubts_is_no_report(text: str) -> None:
    assert "report" not in {claim.kind.value for claim in read(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Очікуються затримки: поїзд № 45 Харків – Ужгород, до 90 хвилин.",
        "Можливі затримки на 30 хвилин: № 779 Київ – Суми.",
        "Ожидаются задержки на 40 минут: № 45 Харьков – Ужгород.",
        "Expect delays of 30 to 90 minutes: No. 779 Kyiv – Sumy.",
        "Expect +30 minutes: No. 45 Kharkiv – Uzhhorod.",
    ],
)
def test_a_delay_that_is_expected_is_no_report(text: str) -> None:
    kinds = {c.kind.value for c in read(text) if c.topic == "service.transport.disrupted"}
    assert "report" not in kinds
