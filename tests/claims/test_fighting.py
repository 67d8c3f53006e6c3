"""What texts about the front say of those who do not fight."""

import pytest

from claims.reading import facts

DIGEST = (
    "Протягом доби відбулося 40 бойових зіткнень. "
    "Противник завдав авіаційних ударів в районах Куп'янська та Борової Харківської області. "
    "Авіація сил оборони завдала 10 ударів по районах зосередження особового складу. "
    "Є загиблі серед цивільного населення."
)


def test_a_summary_of_the_front_tells_of_shelled_towns_and_of_civilians() -> None:
    assert facts(DIGEST) == {
        ("event.strike", "background", "affirmed"),
        ("harm.killed", "background", "affirmed"),
    }


def test_our_own_strikes_and_strikes_at_positions_are_no_claims() -> None:
    text = (
        "Штурмовики відбили три атаки на напрямку. Ворог завдав удару по позиціях бригади. "
        "Сили оборони знищили танк."
    )
    assert facts(text) == set()


def test_a_text_about_the_front_alone_says_nothing() -> None:
    text = "Бійці 15-ї бригади тримають позиції. Знищено три танки, є поранені."
    assert facts(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Території біля лінії зіткнення потерпають. Ворог обстріляв Дворічну, двоє поранених.",
        "Вздоль линии соприкосновения тихо. Обстреляна Ясиноватая, двое раненых.",
        "Громада поруч із зоною бойових дій. Після бойових дій тут пошкоджено 40 будинків.",
        "Сбито восемь БПЛА ВСУ. Несколько взрывов прогремело в Сочи.",
    ],
)
def test_a_line_of_contact_that_is_only_named_does_not_make_a_text_of_fighting(text: str) -> None:
    assert facts(text)


def test_russian_summaries_tell_of_towns_and_of_drones_that_were_shot_down() -> None:
    text = (
        "На направлении идут бои, за сутки 12 боестолкновений. "
        "ВСУ нанесли удары по Горловке. Штурмовики заняли позиции у леса. "
        "За ночь сбито 14 беспилотников."
    )
    assert facts(text) == {
        ("event.strike", "background", "affirmed"),
        ("event.air_defence", "background", "affirmed"),
    }


def test_reconnaissance_drones_over_the_front_are_its_losses() -> None:
    text = (
        "За добу 80 бойових зіткнень на напрямку. Знищено три розвідувальні БпЛА. "
        "Силами протиповітряної оборони збито дві крилаті ракети."
    )
    assert facts(text) == {("event.air_defence", "background", "affirmed")}
