"""English posts as administrations, utilities, agencies and monitors write them."""

import pytest

from claims.reading import count, facts, only, read, surfaces


@pytest.mark.parametrize(
    "text",
    [
        "Stay in shelters until the all-clear in Sumy.",
        "The alert in Sumy has yet to be lifted.",
        "The alert in Sumy is not over.",
        "Wait for the all-clear in Sumy!",
        "When the alert ends in Sumy, crews will start work.",
        "The message about an all-clear in Sumy is fake.",
        "It is too early for the all-clear in Sumy.",
        "Trains will run once the alert is lifted.",
        "Sumy: alert continues, all-clear later.",
        "An all-clear in Sumy is expected soon.",
        "Nobody has announced the all-clear for Sumy.",
        "An alert over Sumy can be declared again.",
        "The warning about frost in Sumy is over.",
        "In the city free meals are given out.",
    ],
)
def test_words_about_an_all_clear_end_no_alert(text: str) -> None:
    assert ("alert.end", "report", "affirmed") not in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "The all-clear was given in Dnipro at 05:30.",
        "The air raid alert is over in Kyiv.",
        "The alert in Odesa has been lifted.",
        "Air raid alerts were lifted in all regions at 09:12.",
        "Kharkiv: all-clear.",
    ],
)
def test_an_all_clear_that_was_given_ends_the_alert(text: str) -> None:
    assert facts(text) == {("alert.end", "report", "affirmed")}


def test_what_is_set_against_an_all_clear_is_no_part_of_it() -> None:
    text = (
        "The all-clear was sounded in Kharkiv at 3 a.m., but Chuhuiv district remains under alert."
    )
    assert surfaces(only(text, "alert.end")) == {"Kharkiv"}
    assert surfaces(only(text, "alert.start")) == {"Chuhuiv district"}


@pytest.mark.parametrize(
    "text",
    [
        "The number of casualties is unknown.",
        "Casualties: being clarified.",
        "Officials gave no casualty figures.",
        "Nobody can say how many were hurt.",
        "No casualty figures were released.",
        "As of now there is no word on casualties.",
        "Data on injured people has not come in.",
    ],
)
def test_casualties_not_known_are_unknown_and_never_zero(text: str) -> None:
    assert facts(text) == {("harm.casualties", "unknown", "affirmed")}


@pytest.mark.parametrize(
    "text",
    [
        "No people were injured.",
        "Not a single person was hurt.",
        "None of the residents were hurt.",
        "The residents escaped unhurt.",
        "Injured: 0.",
    ],
)
def test_nobody_hurt_is_a_zero(text: str) -> None:
    claim = only(text, "harm.injured")
    assert (claim.polarity, count(claim)) == ("negated", (0, 0, "none"))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A man of 62 was killed.", 1),
        ("A resident (71) died.", 1),
        ("The farmer, 44, was injured.", 1),
        ("Two men, 24 and 38, were injured.", 2),
        ("Wounded: a driver (45) and a passenger (23).", 2),
        ("A woman had been killed and three men injured.", 3),
    ],
)
def test_an_age_counts_nobody(text: str, wanted: int) -> None:
    assert wanted in {c.number.min for c in read(text).claims if c.number}
    assert max(c.number.min or 0 for c in read(text).claims if c.number) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Kindergarten No. 18 is closed.", ("service.education.disrupted", "report", "affirmed")),
        ("Train No. 45 is running late.", ("service.transport.disrupted", "report", "affirmed")),
        ("Buses will run instead of trams.", ("service.transport.adapted", "plan", "affirmed")),
        ("ATMs are not working.", ("service.payments.disrupted", "report", "affirmed")),
        ("Emergency cuts are not applied.", ("power.emergency_shutdown", "report", "negated")),
        ("Schedules will not be applied tomorrow.", ("power.schedule", "plan", "negated")),
        ("Water will be back after 18:00.", ("impact.water.restored", "forecast", "affirmed")),
        (
            "It is not known when power will be back.",
            ("impact.power.restored", "unknown", "affirmed"),
        ),
        ("Reports of a blackout are fake.", ("impact.power.outage", "report", "denied")),
        ("Repairs will begin tomorrow.", ("response.repair", "plan", "affirmed")),
        ("The shelter is closed.", ("help.point", "report", "negated")),
        ("Fast target on Kharkiv!", ("threat.missile", "warning", "affirmed")),
        ("Minus 3 over Poltava.", ("event.air_defence", "report", "affirmed")),
        ("Sumy clear for now.", ("threat.air", "report", "negated")),
    ],
)
def test_ordinary_english_phrases_are_read(text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "A drone school opened in Lviv.",
        "Ukraine needs more air defence missiles, Zelensky said.",
        "Workers at the plant went on strike.",
        "Power prices will rise in March.",
        "How to prepare for a power outage: tips.",
        "The school is closed for repairs? No, it is open.",
        "Sappers found 12 mines in the field.",
        "Thank you to our energy workers for their work!",
    ],
)
def test_other_english_news_states_nothing(text: str) -> None:
    assert not facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "The road to Kyiv is clear.",
        "The situation in Kyiv is clear.",
        "Odesa clear of ice",
        "🟢 Kharkiv region: no outages",
        "🟢 Points of Invincibility in Kharkiv are open",
        "The sirens in Lviv will go silent only when the all-clear comes.",
        "Restrictions on power lifted in Kharkiv region",
    ],
)
def test_what_is_clear_or_green_beside_other_words_ends_no_alert(text: str) -> None:
    assert ("alert.end", "report", "affirmed") not in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "🟢 Kharkiv, Kharkiv raion",
        "✅ Air raid alert over in Kharkiv region",
    ],
)
def test_a_place_that_is_called_green_or_over_has_its_all_clear(text: str) -> None:
    assert facts(text) == {("alert.end", "report", "affirmed")}


@pytest.mark.parametrize(
    "text", ["Kyiv is clear.", "Myrhorod and Lubny raions clear.", "Odesa clear"]
)
def test_clear_alone_tells_of_the_sky_and_ends_no_alarm(text: str) -> None:
    assert facts(text) == {("threat.air", "report", "negated")}


@pytest.mark.parametrize(
    "text",
    [
        "Voznesensk still red",
        "Vinnytsia region 🔴",
        "Chuhuiv and Izium raions unchanged, red",
    ],
)
def test_a_place_that_is_called_red_has_an_alert(text: str) -> None:
    assert facts(text) == {("alert.start", "report", "affirmed")}


@pytest.mark.parametrize(
    "text",
    [
        "Year in review: in June three people were killed by a strike in Lutsk.",
        "Last March a strike on Lutsk killed three people.",
        "Six months after the strike on Lutsk, relatives of the sixteen killed came.",
        "The strike of May 15 on Lutsk killed three people.",
        "In 1943 three people were killed here in Lutsk.",
    ],
)
def test_what_is_remembered_is_background(text: str) -> None:
    assert {kind for _, kind, _ in facts(text)} == {"background"}


def test_how_long_an_alert_lasted_is_background() -> None:
    text = "The alert in the Cherkasy region lasted all night."
    assert facts(text) == {("alert.start", "background", "affirmed")}


def test_no_information_on_victims_is_not_zero() -> None:
    assert all(c.kind == "unknown" for c in read("Cherkasy region. Info on victims: none.").claims)


def test_missing_people_who_returned_unharmed_are_no_casualties() -> None:
    text = "Two men missing since Thursday have returned to Kherson; nobody was harmed."
    assert ("harm.injured", "report", "affirmed") not in facts(text)
    assert ("harm.injured", "report", "negated") in facts(text)


def test_the_number_of_dead_can_be_zero() -> None:
    assert ("harm.killed", "report", "affirmed") not in facts(
        "Lutsk. The number of dead, zero, has not changed."
    )
