"""What people live with, and what struck once, is background; a weapon that struck was not downed."""

import pytest

from vidomo.app.reader import read
from vidomo.claims.model import Kind


@pytest.mark.parametrize(
    "text",
    [
        "Жители приспосабливаются к постоянным перебоям со светом.",
        "Мешканці пристосовуються до постійних перебоїв зі світлом.",
        "Residents are adapting to constant blackouts.",
        "Ракеты, которыми был нанесён удар по Киеву, неуязвимы для ПВО.",
        "Ракети, якими було завдано удару по Києву, роблять на Уралі.",
    ],
)
def test_what_is_lived_with_or_struck_once_is_no_news(text: str) -> None:
    told = read(text)
    assert told
    assert {claim.kind for claim in told} == {Kind.BACKGROUND}


@pytest.mark.parametrize(
    "text", ["Ворог вдарив ракетами, знищено склад.", "Враг ударил ракетами, уничтожен склад."]
)
def test_missiles_that_struck_were_not_shot_down(text: str) -> None:
    assert [claim.topic for claim in read(text)] == ["event.strike", "impact.damage"]
