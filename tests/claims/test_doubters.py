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
