"""Words that leave out what is supplied speak of the supply that was told last."""

import pytest
from tests.claims.reading import facts


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Без води два квартали. Решту підключимо до вечора.",
            {("impact.water.outage", "report"), ("impact.water.restored", "forecast")},
        ),
        (
            "Селище без газу. Коли полагодять, поки сказати не можуть.",
            {("impact.gas.outage", "report"), ("impact.gas.restored", "unknown")},
        ),
        (
            "Без тепла десять домов. Обещают запустить к утру.",
            {("impact.heat.outage", "report"), ("impact.heat.restored", "forecast")},
        ),
        (
            "В селе пропала вода. Подача полностью восстановлена.",
            {("impact.water.outage", "report"), ("impact.water.restored", "report")},
        ),
    ],
)
def test_what_is_left_out_is_the_supply_told_before(
    text: str, wanted: set[tuple[str, str]]
) -> None:
    assert {(topic, kind) for topic, kind, _ in facts(text)} == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Решту підключимо до вечора.",
        "Трамваї не ходять. Обіцяють відновити до вечора.",
        "Обещают вернуть до вечера.",
    ],
)
def test_what_is_left_out_is_no_supply_that_nobody_told(text: str) -> None:
    assert not [topic for topic, _, _ in facts(text) if topic.startswith("impact.")]


def test_an_order_whose_end_is_unknown_is_no_supply_to_come_back() -> None:
    found = facts("Введены аварийные отключения. Графики не действуют. Сроки неизвестны.")
    assert "power.emergency_end" in {topic for topic, _, _ in found}
