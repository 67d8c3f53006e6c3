"""What texts about the front say of those who do not fight."""

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
