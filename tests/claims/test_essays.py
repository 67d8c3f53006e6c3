"""What an essay and the words of habit tell of attacks is no news of the day."""

import pytest

from claims.reading import read

_ESSAY = (
    "Європа обговорює санкції та бюджет. Путін чекає на переговори, а корупція з'їдає економіку. "
    "НАТО скликає саміт, дипломати пишуть резолюції. {} Уряди мають діяти."
)


def kinds(text: str) -> set[str]:
    return {claim.kind.value for claim in read(text).claims if claim.topic.startswith("event.")}


def test_an_essay_puts_attacks_behind() -> None:
    assert kinds(_ESSAY.format("Обстріл ринку в Херсоні забрав життя 12 людей.")) == {"background"}


@pytest.mark.parametrize(
    "said",
    [
        "Сьогодні обстріл ринку в Херсоні забрав життя 12 людей.",
        "О 9:40 обстріл ринку в Херсоні забрав життя 12 людей.",
    ],
)
def test_an_essay_that_tells_of_its_day_reports(said: str) -> None:
    assert kinds(_ESSAY.format(said)) == {"report"}


@pytest.mark.parametrize(
    "text",
    [
        "Нікополь на лінії вогню: обстріли тривають щодня.",
        "Херсон росіяни обстрілюють щоночі.",
        "Насіння роздали у селах, які піддаються обстрілам.",
        "Прикордонні громади Сумщини потерпають від ударів дронами.",
        "Никополь на линии огня: обстрелы продолжаются ежедневно.",
        "Херсон обстреливают каждый день.",
        "Семена раздали в сёлах, которые подвергаются обстрелам.",
    ],
)
def test_what_happens_all_the_time_is_background(text: str) -> None:
    assert kinds(text) == {"background"}


@pytest.mark.parametrize(
    "text",
    [
        "Нікополь обстріляли вночі.",
        "Марганець піддали обстрілу з артилерії.",
        "Ремонт почали після атаки на Полтаву, роботи тривають безперервно.",
        "Никополь подвергся обстрелу.",
    ],
)
def test_what_happened_once_is_a_report(text: str) -> None:
    assert kinds(text) == {"report"}
