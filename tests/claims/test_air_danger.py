"""The signal "air danger" warns while it holds, and no longer when it is lifted."""

import pytest

from vidomo.app.reader import read
from vidomo.claims.model import Kind, Polarity


@pytest.mark.parametrize(
    "text",
    [
        "В Липецкой области введён сигнал «Воздушная опасность».",
        "Воздушная опасность в Липецке и районе.",
        "Повітряна небезпека в області.",
    ],
)
def test_the_signal_is_a_warning(text: str) -> None:
    told = [(claim.topic, claim.kind, claim.polarity) for claim in read(text)]
    assert told == [("threat.air", Kind.WARNING, Polarity.AFFIRMED)]


@pytest.mark.parametrize(
    "text",
    [
        "Отбой воздушной опасности в Липецкой области.",
        "Сигнал «Воздушная опасность» отменен.",
        "Режим воздушной опасности снят.",
        "Скасовано режим повітряної небезпеки.",
    ],
)
def test_its_end_denies_the_danger_and_ends_no_alarm(text: str) -> None:
    told = [(claim.topic, claim.polarity) for claim in read(text)]
    assert told == [("threat.air", Polarity.NEGATED)]


@pytest.mark.parametrize(
    "text",
    ["Повреждены два дома, никто не пострадал.", "Пошкоджено два будинки, ніхто не постраждав."],
)
def test_nobody_hurt_says_nothing_of_the_houses_before_it(text: str) -> None:
    told = [(claim.topic, claim.polarity) for claim in read(text)]
    assert told == [("impact.damage", Polarity.AFFIRMED), ("harm.injured", Polarity.NEGATED)]
