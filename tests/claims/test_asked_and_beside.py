"""What caused a fire is asked of the fire; what is launched over a country strikes it."""

from claims.reading import facts


def test_the_cause_of_a_fire_is_asked_beside_its_losses() -> None:
    found = facts("У Ковелі сталася пожежа. Причина та збитки встановлюються.")
    assert {
        ("impact.fire", "unknown", "affirmed"),
        ("impact.damage", "unknown", "affirmed"),
    } <= found


def test_the_cause_of_a_strike_is_asked_of_the_strike() -> None:
    found = facts("Удар по Ковелю, горить дім. Обставини встановлюються.")
    assert ("impact.fire", "unknown", "affirmed") not in found


def test_what_was_launched_over_a_country_is_a_strike() -> None:
    text = "По Україні було випущено п'ять дронів-камікадзе і 70 крилатих ракет."
    assert {topic for topic, _, _ in facts(text)} == {"event.strike"}
